# SPDX-License-Identifier: Apache-2.0
"""What a question can ask: twelve interactions, each with its own scoring from a closed set.

docs/format.md ("Quizzes") is the exact word on fields and rules, docs/questions.md says where each
default is from. An interaction of another type becomes `Unsupported`. All texts called HTML are
untrusted and cleaned where they are shown. Marking is in `player.lesson.rules`.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from player.course.manifest import Id

Fraction = Annotated[float, Meta(ge=-1, le=1)]
Points = Annotated[float, Meta(ge=-1000, le=1000)]
Pixels = Annotated[int, Meta(ge=1, le=100_000)]
Few = Annotated[int, Meta(ge=0, le=1000)]
Name = Annotated[str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,30}\Z")]

GAPS = {"choice", "text", "number", "formula"}
KINDS = GAPS | {"cloze", "match", "order", "hotspot", "image-drag", "freetext", "upload", "survey"}
ELSEWHERE = "platform"
"""The `scoring` of what lost its key when it was published: the platform has it, and marks."""
SHAPES = {"rect", "circle", "ellipse", "poly"}


class Choice(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer to choose. `text` and `feedback` are HTML; `fraction` of the points it brings."""

    id: Id
    text: str
    fraction: Fraction = 0.0
    feedback: str = ""


class TextAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """An accepted text. `*` stands for any run of characters; `case` says that case counts."""

    text: str
    fraction: Fraction = 1.0
    feedback: str = ""
    case: bool = False


class NumberAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """An accepted range, both ends included (`low` ≤ x ≤ `high`); see `player.course.ranges`."""

    low: float
    high: float
    fraction: Fraction = 1.0
    feedback: str = ""


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing to match, to put in order, or to say yes to. `text` is HTML."""

    id: Id
    text: str


class Pair(msgspec.Struct, frozen=True, omit_defaults=True):
    """What putting `source` to `target` brings, in points of the interaction's `out_of`."""

    source: Id
    target: Id
    points: Points = 1.0


class Area(msgspec.Struct, frozen=True, omit_defaults=True):
    """A part of a picture, in its pixels from the upper left corner, edges included.

    `coords` as HTML has them: `rect` left, top, right, bottom; `circle` centre and radius;
    `ellipse` centre and both radii; `poly` the corners. `text` names it for whoever cannot see it.
    """

    id: Id
    shape: str
    coords: Annotated[tuple[float, ...], Meta(min_length=3, max_length=200)]
    text: str = ""
    points: Points = 1.0
    feedback: str = ""


class Level(msgspec.Struct, frozen=True, omit_defaults=True):
    """How well a criterion can be met. `text` is HTML."""

    id: Id
    text: str
    points: Annotated[float, Meta(ge=0, le=1000)] = 0.0


class Criterion(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of a rubric."""

    id: Id
    text: str
    levels: Annotated[tuple[Level, ...], Meta(min_length=1)]


class FormulaAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """An accepted expression. `tolerance` is of the key's value where `relative`, else absolute."""

    value: str
    tolerance: Annotated[float, Meta(ge=0)] = 1e-5
    relative: bool = True
    fraction: Fraction = 1.0
    feedback: str = ""


class Free(msgspec.Struct, frozen=True, omit_defaults=True):
    """A letter that stays a letter in the answer, and where it is tried (`low` to `high`)."""

    name: Name
    low: float = 1.0
    high: float = 10.0


class ChoiceInteraction(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="choice"
):
    """Pick one (`multiple` false) or several.

    `scoring`: `map` adds up the fractions of what was chosen, from `lower` to `upper`; `exact` is
    all or nothing, right being exactly the choices with a positive fraction; `edc` is the share of
    right decisions, `halves` a half for one error and a quarter for two (Open edX's partial
    credit); `completion` is all for any answer, `none` brings no points: a poll.
    """

    id: Id
    choices: Annotated[tuple[Choice, ...], Meta(min_length=1)]
    multiple: bool = False
    shuffle: bool = True
    scoring: str = "map"
    lower: Fraction = 0.0
    upper: Fraction = 1.0


class TextInteraction(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="text"
):
    """A short text: the first answer that fits counts."""

    id: Id
    answers: tuple[TextAnswer, ...] = ()
    feedback: str = ""
    scoring: str = ""


class NumberInteraction(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="number"
):
    """A number: the best answer whose range holds it counts. `fractions` allows `3/4`."""

    id: Id
    answers: tuple[NumberAnswer, ...] = ()
    feedback: str = ""
    unit: str = ""
    fractions: bool = False
    scoring: str = ""


class FormulaInteraction(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="formula"
):
    """An expression in the `free` letters, or in none: the best answer of the same value counts.

    Both sides are worked out at `samples` places. The question's own variables stand for numbers.
    """

    id: Id
    answers: tuple[FormulaAnswer, ...] = ()
    free: tuple[Free, ...] = ()
    samples: Annotated[int, Meta(ge=1, le=100)] = 10
    feedback: str = ""
    unit: str = ""
    scoring: str = ""


Gap = ChoiceInteraction | TextInteraction | NumberInteraction | FormulaInteraction


class ClozeInteraction(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="cloze"
):
    """A text with gaps: `{{id}}` in `text` (HTML) is the place of a gap, each place stands once.

    It scores the mean of its gaps, weighted by `weights` (1 where nothing is said).
    """

    id: Id
    text: str
    gaps: Annotated[tuple[Gap, ...], Meta(min_length=1)]
    weights: dict[str, Annotated[float, Meta(ge=0, le=1000)]] = {}
    scoring: str = ""


class MatchInteraction(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="match"
):
    """Put each of `sources` to one of `targets`, or sort them into these.

    A source takes `per_source` targets, a target `per_target` sources, 0 being any number.
    `scoring`: `map` is the points of the pairs made, `default` for one that is not listed, over
    `out_of` (the positive points where it is 0), from `lower` to 1; `exact` is all or nothing.
    """

    id: Id
    sources: Annotated[tuple[Item, ...], Meta(min_length=1)]
    targets: Annotated[tuple[Item, ...], Meta(min_length=1)]
    pairs: tuple[Pair, ...] = ()
    per_source: Few = 1
    per_target: Few = 0
    shuffle: bool = True
    scoring: str = "map"
    default: Points = 0.0
    out_of: Annotated[float, Meta(ge=0)] = 0.0
    lower: Fraction = 0.0


class OrderInteraction(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="order"
):
    """Put `items` in `order`; an item that is not in it belongs nowhere.

    `scoring`: `exact`; `positions` is the share of places that hold the right item; `pairs` the
    share of neighbours that follow each other as they should.
    """

    id: Id
    items: Annotated[tuple[Item, ...], Meta(min_length=1)]
    order: tuple[Id, ...] = ()
    shuffle: bool = True
    scoring: str = "exact"


class HotspotInteraction(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="hotspot"
):
    """Point at `most` places of a picture, or, where the areas are `visible`, choose among them.

    Each area that was hit counts once; a place outside all of them brings `default`. The points
    are over `out_of` as for `match`. `image` is an address as in HTML, its size is in pixels.
    """

    id: Id
    image: str
    width: Pixels
    height: Pixels
    areas: tuple[Area, ...] = ()
    most: Annotated[int, Meta(ge=1, le=100)] = 1
    visible: bool = False
    description: str = ""
    default: Points = 0.0
    out_of: Annotated[float, Meta(ge=0)] = 0.0
    lower: Fraction = 0.0
    scoring: str = ""


class ImageDragInteraction(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="image-drag"
):
    """Put `labels` on the `zones` of a picture; scored as `match`, whose fields it has."""

    id: Id
    image: str
    width: Pixels
    height: Pixels
    labels: Annotated[tuple[Item, ...], Meta(min_length=1)]
    zones: Annotated[tuple[Area, ...], Meta(min_length=1)]
    pairs: tuple[Pair, ...] = ()
    per_source: Few = 1
    per_target: Few = 0
    shuffle: bool = True
    description: str = ""
    scoring: str = "map"
    default: Points = 0.0
    out_of: Annotated[float, Meta(ge=0)] = 0.0
    lower: Fraction = 0.0


class FreeTextInteraction(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="freetext"
):
    """A long text. `most_words` 0 is no limit.

    `scoring`: `manual`, somebody marks it later by the `rubric`; `self`, the learner does;
    `completion`, all for any text of at least `least_words`.
    """

    id: Id
    rubric: tuple[Criterion, ...] = ()
    least_words: Annotated[int, Meta(ge=0, le=100_000)] = 0
    most_words: Annotated[int, Meta(ge=0, le=100_000)] = 0
    scoring: str = "manual"


class UploadInteraction(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="upload"
):
    """Files to hand in, of the media types `accept` (any where empty), `most_bytes` each."""

    id: Id
    accept: tuple[str, ...] = ()
    most_files: Annotated[int, Meta(ge=1, le=100)] = 1
    most_bytes: Annotated[int, Meta(ge=1, le=2**40)] = 10_000_000
    rubric: tuple[Criterion, ...] = ()
    scoring: str = "manual"


class SurveyInteraction(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="survey"
):
    """Say of each item where it stands on a scale. Nothing is right or wrong.

    `scoring`: `none` brings no points, `completion` all when every item is answered.
    """

    id: Id
    items: Annotated[tuple[Item, ...], Meta(min_length=1)]
    scale: Annotated[tuple[Item, ...], Meta(min_length=2)]
    scoring: str = "none"


class Unsupported(
    msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="unsupported"
):
    """An interaction of a later minor version."""

    id: Id
    kind: str


Placing = MatchInteraction | ImageDragInteraction
"""What is answered with pairs and scored by them."""

Interaction = (
    Gap
    | ClozeInteraction
    | Placing
    | OrderInteraction
    | HotspotInteraction
    | FreeTextInteraction
    | UploadInteraction
    | SurveyInteraction
    | Unsupported
)

_BY_ITS_KEY = frozenset({"", ELSEWHERE})

SCORINGS: dict[type[msgspec.Struct], frozenset[str]] = {
    ChoiceInteraction: frozenset(
        {"map", "exact", "edc", "halves", "completion", "none", ELSEWHERE}
    ),
    TextInteraction: _BY_ITS_KEY,
    NumberInteraction: _BY_ITS_KEY,
    FormulaInteraction: _BY_ITS_KEY,
    ClozeInteraction: _BY_ITS_KEY,
    MatchInteraction: frozenset({"map", "exact", ELSEWHERE}),
    ImageDragInteraction: frozenset({"map", "exact", ELSEWHERE}),
    OrderInteraction: frozenset({"exact", "positions", "pairs", ELSEWHERE}),
    HotspotInteraction: _BY_ITS_KEY,
    FreeTextInteraction: frozenset({"manual", "self", "completion", ELSEWHERE}),
    UploadInteraction: frozenset({"manual", "completion", ELSEWHERE}),
    SurveyInteraction: frozenset({"none", "completion", ELSEWHERE}),
}
"""The rules of each interaction; "" where it has one alone."""
