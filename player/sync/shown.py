# SPDX-License-Identifier: Apache-2.0
"""A statement as a store shows it, in its parts: every value looked at, for nobody vouches for it.

Converting raises what msgspec raises. What is none of ours is left out.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from player.course.manifest import Count, Id
from player.journal import events as acts
from player.journal.events import Remark
from player.sync import vocabulary as the

MOST = 1e12
Number = Annotated[float, Meta(ge=-MOST, le=MOST)]
Size = Annotated[float, Meta(ge=0, le=MOST)]  # seconds, mostly
_Fraction = Annotated[float, Meta(ge=0, le=1)]


class _Account(msgspec.Struct, rename="camel"):
    home_page: str
    name: str


class _Actor(msgspec.Struct):
    account: _Account


class _Verb(msgspec.Struct):
    id: str


class _Choice(msgspec.Struct):
    id: str


class _Definition(msgspec.Struct, rename="camel"):
    type: str = ""
    name: dict[str, str] = {}
    interaction_type: str = "other"
    choices: list[_Choice] = []


class _Object(msgspec.Struct):
    id: str
    definition: _Definition = msgspec.field(default_factory=_Definition)


class _Score(msgspec.Struct):
    scaled: _Fraction | None = None
    raw: Size = 0.0
    max: Size = 0.0


class _Result(msgspec.Struct):
    response: str = ""
    success: bool | None = None
    score: _Score = msgspec.field(default_factory=_Score)
    duration: Annotated[str, Meta(pattern=r"^PT[0-9]{1,12}(\.[0-9]{1,2})?S\Z")] = "PT0S"
    extensions: dict[str, Any] = {}


class _Activities(msgspec.Struct):
    parent: list[_Object] = []


class _Context(msgspec.Struct, rename="camel"):
    extensions: dict[str, Any] = {}
    language: str = ""
    context_activities: _Activities = msgspec.field(default_factory=_Activities)


class Statement(msgspec.Struct):
    """The frame of every statement."""

    id: str
    actor: _Actor
    verb: _Verb
    object: _Object
    timestamp: str
    context: _Context = msgspec.field(default_factory=_Context)
    result: _Result = msgspec.field(default_factory=_Result)


class Words(
    msgspec.Struct,
    rename={
        "attempt": the.ATTEMPT,
        "length": the.LENGTH,
        "progress": the.PROGRESS,
        "rendition": the.QUALITY,
        "segments": the.SEGMENTS,
        "visit": the.SESSION,
        "speed": the.SPEED,
        "time": the.TIME,
        "time_from": the.TIME_FROM,
        "time_to": the.TIME_TO,
    },
):
    """The extensions of the profiles, of the context and of the result."""

    attempt: str = ""
    length: Size = 0.0
    progress: Size = 0.0
    rendition: str = ""
    segments: str = ""
    visit: str = ""
    speed: Annotated[str, Meta(pattern=r"^[0-9.e+-]{1,20}x\Z")] = "1x"
    time: Size = 0.0
    time_from: Size = 0.0
    time_to: Size = 0.0


class _Course(msgspec.Struct):
    id: Id
    version: Count


class Told(msgspec.Struct):
    """The clock that it was rendered by."""

    offset: Number
    monotonic: Number
    at: str = ""
    boot: str = ""
    contact: str = ""


class Own(msgspec.Struct):
    """The extensions below the platform's own name."""

    clock: Told
    course: _Course
    size: Annotated[int, Meta(ge=0, le=2**53)] = 0
    number: Count = 0
    recipient: str = ""
    by: str = ""
    ended: Annotated[str, Meta(max_length=20)] = ""
    record: Annotated[tuple[Remark, ...], Meta(max_length=1000)] = ()
    rating: Annotated[int, Meta(ge=1, le=4)] = 1
    questions: Annotated[str, Meta(pattern=r"^[0-9a-f]{0,64}\Z")] = ""
    attestation: str = ""


class Said(msgspec.Struct):
    """A statement in its parts; `piece` names the section, question or path."""

    it: Statement
    words: Words
    own: Own
    piece: str

    @property
    def about(self) -> dict[str, Any]:
        """What every act carries."""
        return {"name": self.title, "language": self.it.context.language}

    @property
    def title(self) -> str:
        """What the activity is called; '' for nothing."""
        return next(iter(self.it.object.definition.name.values()), "")

    @property
    def type(self) -> str:
        """The activity's kind; one that only a later version knows is as good as links."""
        return _TYPES.get(self.it.object.definition.type, "links")

    @property
    def seconds(self) -> float:
        """How long it took."""
        return float(self.it.result.duration[2:-1])

    @property
    def segments(self) -> acts.Segments:
        """What was watched."""
        pairs = (one.partition("[.]") for one in self.words.segments.split("[,]") if one)
        return tuple((_within(start), _within(stop)) for start, _, stop in pairs)

    @property
    def watched(self) -> dict[str, Any]:
        """What the acts around a video share."""
        words = self.words
        seen = {"visit": words.visit, "time": words.time, "length": words.length}
        return {**self.about, **seen, "segments": self.segments, "progress": words.progress}


_TYPES = {iri: kind for kind, iri in the.TYPES.items() if kind != "exam"}  # an exam's is a quiz's


def _within(text: str) -> float:
    value = float(text)
    if not 0 <= value <= MOST:  # as for `nan`
        raise ValueError(text)
    return value
