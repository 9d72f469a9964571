# SPDX-License-Identifier: Apache-2.0
"""A course: sections of sequences of activities, and the blobs they are made of.

`decode_manifest` reads `courses/<id>/<version>.json` (docs/format.md). What it returns is safe to
walk: ids are unique and harmless as file names, every blob an activity names is listed, and every
blob's place in its pack lies inside the pack.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import pairwise
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from player.course.decode import decode
from player.course.moments import tidy
from player.errors import QT_TRANSLATE_NOOP, Malformed

Id = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9._-]{0,79}\Z")]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Language = Annotated[str, Meta(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")]
Size = Annotated[int, Meta(ge=0, le=2**53)]
Count = Annotated[int, Meta(ge=0, le=2**31 - 1)]
"""How many of something: Qt counts no further."""
Seconds = Annotated[float, Meta(ge=0, le=10**6)]
Share = Annotated[float, Meta(ge=0, le=1)]


# Bytes of what is held in memory, whole. `publish` writes members of 128 KiB at the most, and the
# list of a film of 4 GiB has 1.2 MB
LARGEST_MANIFEST = 32 * 1024 * 1024
LARGEST_MEMBER = 16 * 1024 * 1024
LONGEST_LIST = 4 * 1024 * 1024


class Blob(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file by its hash. `size` in bytes, once unpacked.

    In a pack, `offset` and `length` say where its bytes lie, compressed by zlib where `encoding`
    says so. Outside a pack it is the file `blobs/<aa>/<sha256>`, as it is; `pieces` is then the
    blob with its piece list (`player.course.pieces`), None where it has none.
    """

    size: Size
    type: str
    pack: Sha256 | None = None
    offset: Size = 0
    length: Size = 0
    encoding: str = ""
    pieces: Sha256 | None = None

    @property
    def cost(self) -> int:
        """Bytes that fetching it takes."""
        return self.length if self.pack else self.size


class Pack(msgspec.Struct, frozen=True):
    """Many small files in one. `size` in bytes."""

    size: Size


class Rendition(msgspec.Struct, frozen=True, omit_defaults=True):
    """One encoding of a video: `audio`, `240p`, `480p` … `height` in pixels, 0 for sound alone."""

    name: Id
    blob: Sha256
    height: int = 0


class Track(msgspec.Struct, frozen=True):
    """Captions or a transcript in one language."""

    language: Language
    blob: Sha256


class Activity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="type"):
    """What every activity has. `resources` maps the names a text uses for its files to blobs.

    `language` is its own, '' where it is the course's. `needs` are ids of activities and sections
    to be done before; one that is not in the course asks for nothing.
    """

    id: Id
    title: str
    resources: dict[str, Sha256] = {}
    language: str = ""
    needs: tuple[str, ...] = ()

    def blobs(self) -> Iterator[str]:
        """Every blob it needs, renditions of a video apart."""
        yield from self.resources.values()

    def every_blob(self) -> Iterator[str]:
        """Every blob it names, all renditions of a video with it."""
        yield from self.blobs()


class Chapter(msgspec.Struct, frozen=True):
    """A part of a video that begins at the second `at`."""

    at: Seconds
    title: str


class SlideTurn(msgspec.Struct, frozen=True):
    """From the second `at` on, the slides show `page`, counted from 1."""

    at: Seconds
    page: Count


class Video(Activity, frozen=True, kw_only=True, omit_defaults=True, tag="video"):
    """A video sequence. `duration` in seconds; `renditions` from light to heavy.

    `chapters` and the `turns` of its slides are in the order of their seconds.
    """

    duration: Seconds
    renditions: Annotated[tuple[Rendition, ...], Meta(min_length=1)]
    captions: tuple[Track, ...] = ()
    transcripts: tuple[Track, ...] = ()
    slides: Sha256 | None = None
    poster: Sha256 | None = None
    chapters: tuple[Chapter, ...] = ()
    turns: tuple[SlideTurn, ...] = ()

    def blobs(self) -> Iterator[str]:
        """Every blob it needs, renditions of a video apart."""
        yield from self.resources.values()
        yield from (track.blob for track in (*self.captions, *self.transcripts))
        yield from (blob for blob in (self.slides, self.poster) if blob)

    def every_blob(self) -> Iterator[str]:
        """Every blob it names, all renditions of a video with it."""
        yield from self.blobs()
        yield from (one.blob for one in self.renditions)


class Page(Activity, frozen=True, kw_only=True, omit_defaults=True, tag="page"):
    """An HTML fragment, cleaned when published and again when shown."""

    blob: Sha256

    def blobs(self) -> Iterator[str]:
        """Every blob it needs, renditions of a video apart."""
        yield self.blob
        yield from self.resources.values()


class Document(Activity, frozen=True, kw_only=True, omit_defaults=True, tag="document"):
    """A PDF. `pages` is 0 where the publisher could not count them."""

    blob: Sha256
    pages: Count = 0

    def blobs(self) -> Iterator[str]:
        """Every blob it needs, renditions of a video apart."""
        yield self.blob


class Link(msgspec.Struct, frozen=True, omit_defaults=True):
    """One annotated link; `note` is plain text."""

    url: str
    title: str
    note: str = ""


class Links(Activity, frozen=True, kw_only=True, omit_defaults=True, tag="links"):
    """An annotated list of links: what they say is here, what they lead to needs a network."""

    links: tuple[Link, ...]
    note: str = ""


class Quiz(Activity, frozen=True, kw_only=True, omit_defaults=True, tag="quiz"):
    """Practice: each answer is marked at once. The questions are a blob (`player.course.quiz`).

    `passing` is the share of the points needed; `attempts` how often the whole may be taken, 0
    without a limit; `tries` how often one question may be answered in one attempt, 0 without.
    `counts` says which attempt the score is of: the "best", the "first", the "last" or the
    "average" of all; a word of a later version is as good as "best". With `marking` "platform" the
    package holds no key, and the mark comes back with a letter; "" marks here. Dates are RFC 3339:
    `answer_by` is when answers are due, `connect_by` when they must have reached the platform;
    neither ever locks anything here.
    """

    blob: Sha256
    questions: Count
    passing: Share = 0.0
    attempts: Count = 0
    tries: Count = 0
    shuffle: bool = False
    counts: str = "best"
    marking: str = ""
    answer_by: str = ""
    connect_by: str = ""

    def blobs(self) -> Iterator[str]:
        """Every blob it needs, renditions of a video apart."""
        yield self.blob
        yield from self.resources.values()


class Exam(Quiz, frozen=True, kw_only=True, omit_defaults=True, tag="exam"):
    """Answers are marked together, at the end.

    `limit` in seconds, 0 without; `warning` how long before its end the learner is told. `code` is
    the argon2id hash of what a supervisor types to open it, '' where nobody does.
    """

    passing: Share = 0.5
    tries: Count = 1
    limit: Seconds = 0.0
    warning: Seconds = 300.0
    code: str = ""


class Work(Quiz, frozen=True, kw_only=True, omit_defaults=True, tag="work"):
    """Texts and files to hand in, as a whole; somebody marks them later, by their rubric."""

    tries: Count = 1
    marking: str = "platform"


class Rule(msgspec.Struct, frozen=True, omit_defaults=True):
    """Answers for which `when` holds suggest `path`; `reason` is the sentence that says why.

    `when` is data, understood by `player.course.choosing` alone.
    """

    path: str
    when: dict[str, Any]
    reason: str = ""


class Survey(Quiz, frozen=True, kw_only=True, omit_defaults=True, tag="survey"):
    """A questionnaire: nothing is right or wrong.

    `when` is "entry", "exit" or "". Where it is `anonymous`, the platform is not told who answered,
    and there are no `rules`: the path that they suggest would tell. Otherwise the first that holds
    suggests a path.
    """

    tries: Count = 1
    when: str = ""
    anonymous: bool = False
    rules: tuple[Rule, ...] = ()


class Unknown(Activity, frozen=True, kw_only=True, omit_defaults=True, tag="unknown"):
    """A kind of a later minor version: shown with a sentence, everything else goes on."""

    kind: str


AnyActivity = Video | Page | Document | Links | Quiz | Exam | Work | Survey | Unknown
_KINDS = {"video", "page", "document", "links", "quiz", "exam", "work", "survey"}


class Sequence(msgspec.Struct, frozen=True):
    """One sitting: activities in order."""

    id: Id
    title: str
    activities: tuple[AnyActivity, ...]


class Section(msgspec.Struct, frozen=True, omit_defaults=True):
    """A week or a chapter.

    It opens at `opens` (RFC 3339), or `opens_after` days after the learner enrolled, and is due at
    `due` or after `due_after` days. `needs` as in an activity. `player.course.schedule` says what
    it comes to; what cannot be understood leaves the section open.
    """

    id: Id
    title: str
    sequences: tuple[Sequence, ...]
    opens: str = ""
    opens_after: float | None = None
    due: str = ""
    due_after: float | None = None
    needs: tuple[str, ...] = ()

    def activities(self) -> Iterator[AnyActivity]:
        """Every activity, in order."""
        for sequence in self.sequences:
            yield from sequence.activities


class Meeting(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A live session (`kind` "live") or people who meet ("meetup"). Times are RFC 3339."""

    id: Id
    title: str
    starts: str
    ends: str = ""
    kind: str = "live"
    place: str = ""
    url: str = ""
    note: str = ""


class AttestationWords(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an attestation is called, and says, in another language."""

    title: str = ""
    text: str = ""


class Translation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The course in another language: what is missing here is read as the course itself has it.

    `titles` by the id of a section, sequence, path or meeting, `summaries` by that of a path,
    `places` and `notes` by that of a meeting, `roles` by the name of an author; an activity of
    `activities` stands in the place of the one with its id, of the same kind
    (`player.course.languages`).
    """

    language: Language
    title: str = ""
    summary: str = ""
    effort: str = ""
    cite: str = ""
    adapted: str = ""
    attestation: AttestationWords = AttestationWords()
    titles: dict[str, str] = {}
    summaries: dict[str, str] = {}
    places: dict[str, str] = {}
    notes: dict[str, str] = {}
    roles: dict[str, str] = {}
    activities: tuple[AnyActivity, ...] = ()


class CoursePath(msgspec.Struct, frozen=True, omit_defaults=True):
    """A way through a course: `sections` are its own. A section that no path names is on all."""

    id: Id
    title: str
    sections: tuple[str, ...] = ()
    summary: str = ""


class Author(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who made it."""

    name: str
    role: str = ""


class Licence(msgspec.Struct, frozen=True, omit_defaults=True):
    """`id` is an SPDX identifier where there is one."""

    id: str
    url: str = ""


class AttestationRule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the course asks for its attestation (`player.course.attestation` says how it is read).

    `text` is plain and says what it attests. All others are shares from 0 to 1, 0 where nothing is
    asked: `watched` of the videos, `answered` of the quizzes, exams, works and questionnaires,
    `mean` of the marks of the activities `of` (of all where it is empty), `marks` by activity.
    """

    title: str
    text: str = ""
    watched: Share = 0.0
    answered: Share = 0.0
    mean: Share = 0.0
    of: tuple[Id, ...] = ()
    marks: dict[Id, Share] = {}


class Manifest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A course, whole. `version` counts up; `blobs` and `packs` are by SHA-256.

    `starts` and `ends` are RFC 3339, '' where the course always runs. With `combine_paths`, a
    learner may follow several paths at once. `adapted` says what was changed in a course that
    others made, as most licences want it said.
    """

    format: str
    kind: str
    id: Id
    version: Annotated[int, Meta(ge=1)]
    title: str
    language: Language
    summary: str
    authors: tuple[Author, ...]
    licence: Licence
    issued: str
    cite: str = ""
    adapted: str = ""
    effort: str = ""
    image: Sha256 | None = None
    attestation: AttestationRule | None = None
    sections: tuple[Section, ...]
    blobs: dict[Sha256, Blob]
    packs: dict[Sha256, Pack] = {}
    paths: tuple[CoursePath, ...] = ()
    combine_paths: bool = False
    starts: str = ""
    ends: str = ""
    meetings: tuple[Meeting, ...] = ()
    translations: tuple[Translation, ...] = ()

    def activities(self) -> Iterator[AnyActivity]:
        """Every activity, in order."""
        for section in self.sections:
            yield from section.activities()

    def every_activity(self) -> Iterator[AnyActivity]:
        """Every activity, then what translations have in the place of some."""
        yield from self.activities()
        for translation in self.translations:
            yield from translation.activities

    def in_every_language(self, section: Section) -> Iterator[AnyActivity]:
        """The activities of a section, then what translations have in the place of some."""
        own = {one.id for one in section.activities()}
        yield from section.activities()
        for translation in self.translations:
            yield from (one for one in translation.activities if one.id in own)

    def find(self, activity: str) -> AnyActivity | None:
        """The activity of that id."""
        return next((one for one in self.activities() if one.id == activity), None)

    def around(self, activity: str) -> tuple[Section, Sequence]:
        """The section and the sequence that an activity is in. Raises KeyError."""
        for section in self.sections:
            for sequence in section.sequences:
                if any(one.id == activity for one in sequence.activities):
                    return section, sequence
        raise KeyError(activity)

    def counting(self) -> dict[str, str]:
        """Which attempt counts, by activity: see `Quiz.counts`."""
        return {one.id: one.counts for one in self.activities() if isinstance(one, Quiz)}

    def beside(
        self, activity: str, by: int, path: str = "", may: Container[str] | None = None
    ) -> str:
        """The id of the activity `by` places after another (before it, below 0); '' for none.

        Of all, or of those that `may` be opened. Whoever is on a `path` goes on there, past what is
        on others alone; whoever looks into a section beside it goes on from there.
        """
        aside, ids = self.aside(path), []
        for section in self.sections:
            parts = [one.id for one in section.activities()]
            if section.id not in aside or activity in parts:
                ids += parts
        if activity not in ids:
            return ""
        here = ids.index(activity)
        way = ids[here + 1 :] if by > 0 else ids[:here][::-1]
        there = [one for one in way if may is None or one in may]
        return there[abs(by) - 1] if 0 < abs(by) <= len(there) else ""

    def path(self, id_: str) -> CoursePath | None:
        """The path of that id."""
        return next((one for one in self.paths if one.id == id_), None)

    def chosen(self, path: str) -> tuple[CoursePath, ...]:
        """The paths that `path` names, ids with blanks between, in the course's order."""
        ids = path.split()
        return tuple(one for one in self.paths if one.id in ids)

    def aside(self, path: str) -> frozenset[str]:
        """The sections that are on other paths alone; none where `path` is none of the course's.

        `path` may name several, with blanks between: what is on one of them is on the learner's.
        """
        mine = {section for one in self.chosen(path) for section in one.sections}
        if not self.chosen(path):
            return frozenset()
        named = {section for one in self.paths for section in one.sections}
        return frozenset(named - mine)


def decode_manifest(data: bytes) -> Manifest:
    """Return a course whose parts fit together.

    Raises:
        Malformed: with the path of the fault.
        NewerFormat: a major format after ours.
    """
    document = QT_TRANSLATE_NOOP("errors", "The course")
    manifest = decode(data, Manifest, document=document, expected="course", arrange=_arrange)
    for fault in faults(manifest):
        raise Malformed(document=document, reason=fault)
    return manifest


def _arrange(raw: dict[str, Any]) -> None:
    """Turn activities of kinds we do not know into `Unknown`, and tidy up videos; in place."""
    stack: list[object] = [raw]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(value)
        elif isinstance(value, dict):
            for activity in _listed(value.get("activities")):
                if isinstance(activity, dict) and str(activity.get("type")) not in _KINDS:
                    kind = str(activity.get("type"))
                    kept = {key: activity[key] for key in ("id", "title") if key in activity}
                    activity.clear()
                    activity.update(kept, type="unknown", kind=kind)
                elif isinstance(activity, dict) and activity["type"] == "video":
                    tidy(activity)
            for key in ("sections", "sequences", "translations"):
                stack.extend(_listed(value.get(key)))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def faults(manifest: Manifest) -> Iterator[str]:
    """What does not fit together, each with its place in the file."""
    yield from _doubled_ids(manifest)
    yield from _unlisted_blobs(manifest)
    yield from _misplaced_blobs(manifest)
    yield from _crowded_packs(manifest)


def _doubled_ids(manifest: Manifest) -> Iterator[str]:
    seen: set[str] = set()
    for section in manifest.sections:
        for part in (section, *section.sequences, *section.activities()):
            if part.id in seen:
                yield f"the id {part.id!r} stands twice - at `$.sections`"
            seen.add(part.id)


def _unlisted_blobs(manifest: Manifest) -> Iterator[str]:
    for activity in manifest.every_activity():
        for blob in activity.every_blob():
            if blob not in manifest.blobs:
                what = f"{activity.id!r} names the blob {blob[:12]}…, which is not listed"
                yield f"{what} - at `$.sections`"
    if manifest.image and manifest.image not in manifest.blobs:
        yield "the course's image is not listed - at `$.image`"


def _misplaced_blobs(manifest: Manifest) -> Iterator[str]:
    for sha256, blob in manifest.blobs.items():
        if blob.encoding not in ("", "zlib"):
            yield f"unknown encoding {blob.encoding[:20]!r} - at `$.blobs[{sha256[:12]}…]`"
        if blob.pieces and not _may_be_list(manifest.blobs.get(blob.pieces)):
            yield f"the blob has no list of pieces - at `$.blobs[{sha256[:12]}…].pieces`"
        if blob.pack is None:
            continue
        pack = manifest.packs.get(blob.pack)
        if pack is None or blob.offset + blob.length > pack.size:
            yield f"the blob lies outside its pack - at `$.blobs[{sha256[:12]}…]`"
        if max(blob.size, blob.length) > LARGEST_MEMBER:
            yield f"the blob is too large for a pack - at `$.blobs[{sha256[:12]}…]`"


def _crowded_packs(manifest: Manifest) -> Iterator[str]:
    """Two files in one place: to gather them, one would pay for the same bytes again and again."""
    for name in manifest.packs.keys() & manifest.blobs.keys():
        if manifest.packs[name].size != manifest.blobs[name].size:
            yield f"the pack has the name of another file - at `$.packs[{name[:12]}…]`"
    members = ((one.pack, one.offset, one.length) for one in manifest.blobs.values() if one.pack)
    for (pack, offset, length), (other, start, _) in pairwise(sorted(members)):
        if pack == other and offset + length > start:
            yield f"two blobs lie one over the other - at `$.packs[{pack[:12]}…]`"


def _may_be_list(blob: Blob | None) -> bool:
    """Whether a blob, None where it is not listed, may be a piece list: 36 bytes for each piece."""
    if blob is None or blob.pieces:
        return False
    return 0 < blob.size <= LONGEST_LIST and blob.size % 36 == 0
