# SPDX-License-Identifier: Apache-2.0
"""What can be recorded: one small struct for each kind of act.

A payload stands alone: it carries the names and identifiers that its statement needs, because the
course may be gone from this PC when the statement is rendered. Kinds and fields are added, never
changed: events written today are read by every later version.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

Segments = tuple[tuple[float, float], ...]


class Act(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    """What every act carries: `name` is the activity's title (the course's, for the course)."""

    name: str = ""
    language: str = ""


class Enrolled(Act, frozen=True, kw_only=True, omit_defaults=True, tag="enrolled"):
    """The learner took up the course."""


class Addressed(Act, frozen=True, kw_only=True, omit_defaults=True, tag="addressed"):
    """Letters to the learner come to this PC too: `recipient`, an age public key, is its own."""

    recipient: str


class Downloaded(Act, frozen=True, kw_only=True, omit_defaults=True, tag="downloaded"):
    """A section is whole here. `size` in bytes as they came; `rendition` '' without video."""

    section: str
    rendition: str = ""
    size: int = 0


class Opened(Act, frozen=True, kw_only=True, omit_defaults=True, tag="opened"):
    """An activity was shown; `type` is its kind (`page`, `document`, `links`, `video` …)."""

    type: str


class Followed(Act, frozen=True, kw_only=True, omit_defaults=True, tag="followed"):
    """A link out of the course was opened."""

    url: str


class Playing(Act, frozen=True, kw_only=True, omit_defaults=True):
    """What the acts around a video share, by the xAPI video profile. Seconds throughout.

    `visit` names one opening of the video (the profile's session id); `segments` are what was
    watched in this visit, in the order of watching; `progress` the share of the whole ever watched.
    """

    visit: str
    time: float
    length: float
    segments: Segments = ()
    progress: float = 0.0


class Played(Playing, frozen=True, kw_only=True, omit_defaults=True, tag="played"):
    """It began to play at `time`."""

    speed: float = 1.0
    rendition: str = ""


class Paused(Playing, frozen=True, kw_only=True, omit_defaults=True, tag="paused"):
    """It stopped at `time`."""


class Sought(Playing, frozen=True, kw_only=True, omit_defaults=True, tag="sought"):
    """The learner jumped from `time` to `to`."""

    to: float


class Watching(Playing, frozen=True, kw_only=True, omit_defaults=True, tag="watching"):
    """A checkpoint while it plays, for this PC alone: a power cut loses seconds, not minutes."""


class Left(Playing, frozen=True, kw_only=True, omit_defaults=True, tag="left"):
    """The video was closed at `time`."""


class Completed(Act, frozen=True, kw_only=True, omit_defaults=True, tag="completed"):
    """The activity counts as done, once. For a video, `time`, `length` and `visit` are filled."""

    type: str
    visit: str = ""
    time: float = 0.0
    length: float = 0.0
    segments: Segments = ()
    seconds: float = 0.0


class Begun(Act, frozen=True, kw_only=True, omit_defaults=True, tag="begun"):
    """A quiz or exam was begun. `attempt` is a UUID; `number` counts from 1.

    `questions` here and below names those that were shown, where the platform marks: the first
    digits of their blob's hash. A course may have others by the time the act is told.
    """

    type: str
    attempt: str
    number: int
    questions: str = ""


class Answered(Act, frozen=True, kw_only=True, omit_defaults=True, tag="answered"):
    """One question was answered. `response` and `interaction` as xAPI's `cmi.interaction` has them.

    `score` is the fraction 0 to 1 and `success` whether it is 1; both None when nothing here can
    tell. `given` is the answer as the player's own form has it, by interaction id, so that it can
    be shown again. `choices` are id and plain text. `number` counts the tries at this question.
    `seconds` is how long the question was open.
    """

    attempt: str
    question: str
    title: str
    interaction: str
    response: str
    given: dict[str, str | list[str]]
    choices: dict[str, str] = {}
    score: float | None = None
    success: bool | None = None
    number: int = 1
    seconds: float = 0.0
    questions: str = ""


class Ticked(Act, frozen=True, kw_only=True, omit_defaults=True, tag="ticked"):
    """A timed attempt goes on, for this PC alone: a crash takes some seconds off its clock."""

    attempt: str


class Remark(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that a record shows (`player.lesson.record`): what, how many seconds, and when.

    `at` is RFC 3339, UTC, by the clock of the PC.
    """

    what: Annotated[str, Meta(max_length=40)]
    seconds: Annotated[float, Meta(ge=-1e12, le=1e12)] = 0.0
    at: Annotated[str, Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}Z)?$")] = ""


class Hinted(Act, frozen=True, kw_only=True, omit_defaults=True, tag="hinted"):
    """A hint was asked for and shown: `number` counts from 1, in the question's order."""

    attempt: str
    question: str
    number: int


class Finished(Act, frozen=True, kw_only=True, omit_defaults=True, tag="finished"):
    """A quiz or exam ended. `score` 0 to 1, `points` of `out_of`; `passed` None without a mark.

    Of a timed one, `record` is what the journal shows of its time, and `ended` is "time" where the
    time was up and nobody handed it in.
    """

    type: str
    attempt: str
    score: float
    points: float
    out_of: float
    passed: bool | None = None
    seconds: float = 0.0
    ended: str = ""
    record: tuple[Remark, ...] = ()
    questions: str = ""


class Reviewed(Act, frozen=True, kw_only=True, omit_defaults=True, tag="reviewed"):
    """A question came again in a revision; no score of its quiz changes by it.

    `rating` is 1 (missed) to 4 (easy); `attempt` a UUID, from which its numbers were drawn. A later
    one of the same `attempt` takes the place of the first: the learner said that it was hard.
    """

    question: str
    rating: int
    attempt: str
    seconds: float = 0.0


class PutIn(Act, frozen=True, kw_only=True, omit_defaults=True, tag="put_in"):
    """The learner wants a question to come again."""

    question: str


class SetAside(Act, frozen=True, kw_only=True, omit_defaults=True, tag="set_aside"):
    """A question is not to come again; '' for all those of the course that did until now."""

    question: str = ""


class Confided(Act, frozen=True, kw_only=True, omit_defaults=True, tag="confided"):
    """An anonymous questionnaire was sent, once: known to the learner's own PC alone.

    `answers` are what was given, by question and interaction. `slip` names what the platform is
    told instead (`player.journal.slips`), '' where nothing was answered.
    """

    answers: dict[str, dict[str, str | list[str]]] = {}
    slip: str = ""


class PathChosen(Act, frozen=True, kw_only=True, omit_defaults=True, tag="path_chosen"):
    """The learner follows `path`, as a `by` "rule" suggested or as the "learner" wished.

    Where a course lets paths be combined, `path` may be several ids with blanks between.
    """

    path: str
    by: str = "learner"


class Noted(Act, frozen=True, kw_only=True, omit_defaults=True, tag="noted"):
    """The learner wrote a note; a later one of the same `note` (a UUID) takes its place.

    `text` is plain, '' where the note was thrown away. `time` is the second of the video, `page`
    that of the document or of the slides, from 1; each None where it is tied to none. `number`
    counts its writings from 1, on whatever PC: the highest is the latest, whatever the clocks say.
    """

    note: str
    text: str = ""
    time: float | None = None
    page: int | None = None
    number: int = 1


class Bookmarked(Act, frozen=True, kw_only=True, omit_defaults=True, tag="bookmarked"):
    """The learner put a bookmark here, or took it away again. All but `kept` as in a note."""

    time: float | None = None
    page: int | None = None
    kept: bool = True
    number: int = 1


class LinkKept(Act, frozen=True, kw_only=True, omit_defaults=True, tag="link_kept"):
    """A link is to be opened when there is a connection, or no longer. `number` as in a note."""

    url: str
    title: str = ""
    kept: bool = True
    number: int = 1


class Planned(Act, frozen=True, kw_only=True, omit_defaults=True, tag="planned"):
    """How many `hours` a week the learner wants to give the course; 0 for no plan."""

    hours: float


class LanguageChosen(Act, frozen=True, kw_only=True, omit_defaults=True, tag="language_chosen"):
    """In which language the learner reads the course (`spoken`), '' for what fits."""

    spoken: str = ""


class SectionOpened(Act, frozen=True, kw_only=True, omit_defaults=True, tag="section_opened"):
    """These `sections` were found open, whose dates or needs had kept them closed until then.

    So they stay, whatever the clock says afterwards.
    """

    sections: tuple[str, ...]


class Claimed(Act, frozen=True, kw_only=True, omit_defaults=True, tag="claimed"):
    """The course's rule for its attestation, called `title`, was met here, and the learner says so.

    From then on it stays met, whatever a later version of the course asks.
    """

    title: str = ""


AnyAct = (
    Enrolled
    | Addressed
    | Downloaded
    | Opened
    | Followed
    | Played
    | Paused
    | Sought
    | Watching
    | Left
    | Completed
    | Begun
    | Answered
    | Ticked
    | Hinted
    | Finished
    | Reviewed
    | PutIn
    | SetAside
    | Confided
    | PathChosen
    | Noted
    | Bookmarked
    | LinkKept
    | Planned
    | LanguageChosen
    | SectionOpened
    | Claimed
)

# Kinds that the platform is not told: what nobody but the learner has any use for
LOCAL = {
    *("watching", "ticked", "confided"),
    *("noted", "bookmarked", "link_kept", "planned", "language_chosen", "section_opened"),
}


def kind_of(act: AnyAct) -> str:
    """The name of its kind, as stored."""
    return str(act.__struct_config__.tag)


class Event(msgspec.Struct, frozen=True):
    """One row of the journal. `at` is the wall clock (RFC 3339, UTC, milliseconds)."""

    seq: int
    id: str
    learner: str
    course: str
    version: int
    activity: str
    act: AnyAct
    at: str
    monotonic: float
    boot: str
    previous: str
    hash: str

    @property
    def kind(self) -> str:
        """The name of the act's kind."""
        return kind_of(self.act)
