# SPDX-License-Identifier: Apache-2.0
"""What a course's media are made from: `media.toml` and one storyboard for each video.

Both are read into frozen structs; a misspelt key stops the build with its path in the file.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec

LONGEST_CAPTION = 96
"""Characters that fit on two lines of a caption, so that one sentence is one caption."""


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A struct that accepts only the keys it names."""


class Look(Strict):
    """One course's colours (`#rrggbb`) and voice (an espeak-ng voice and words per minute)."""

    course: str
    language: str
    voice: str
    speed: int
    paper: str
    ink: str
    accent: str
    soft: str
    second: str


class Drawing(Strict):
    """One diagram. `items` are its parts; in an item, `|` separates a head from its details.

    `values` are the numbers some diagrams need, `axes` the names of theirs.
    """

    diagram: str
    items: list[str] = []
    values: list[float] = []
    axes: list[str] = []


class Picture(Drawing, frozen=True, kw_only=True):
    """A diagram drawn alone into a PNG `file` for a page."""

    file: str
    width: int = 720
    height: int = 360


class Sheet(Strict):
    """A page of A4 to print and fill in: some lines of advice above an empty table."""

    file: str
    title: str
    advice: list[str]
    columns: list[str]
    widths: list[int]
    rows: list[str]
    footer: str


class CourseMedia(Strict):
    """`media.toml`: what belongs to the course rather than to one of its videos."""

    look: Look
    picture: list[Picture] = []
    sheet: list[Sheet] = []


class Sentence(Strict):
    """One spoken sentence, in both languages; from it on, `show` parts of the diagram are lit."""

    fr: str
    en: str
    show: int | None = None

    def __post_init__(self) -> None:
        for text in (self.fr, self.en):
            if len(text) > LONGEST_CAPTION:
                raise ValueError(f"more than {LONGEST_CAPTION} characters for a caption: {text}")

    def text(self, language: str) -> str:
        """Return the sentence in `language`, "fr" or "en"."""
        return self.fr if language == "fr" else self.en


class Slide(Drawing, frozen=True, kw_only=True):
    """One slide: a title, a diagram, and the sentences spoken over it."""

    title: str
    sentence: list[Sentence]


class Storyboard(Strict):
    """One video, slide after slide."""

    slide: list[Slide]


def read_course(folder: Path) -> CourseMedia:
    """Return what `folder/media.toml` says. Raises msgspec.ValidationError on a wrong key."""
    return msgspec.convert(_toml(folder / "media.toml"), CourseMedia)


def read_storyboard(path: Path) -> Storyboard:
    """Return the slides of one video. Raises msgspec.ValidationError on a wrong key."""
    return msgspec.convert(_toml(path), Storyboard)


def _toml(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
