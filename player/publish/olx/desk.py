# SPDX-License-Identifier: Apache-2.0
"""The desk an import works at: the files that came, the folder it fills, the list of losses."""

from __future__ import annotations

import re
import shutil
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from player.clock import utc_now
from player.publish.olx.model import Activity, LeftOut, slug

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
"""What every player shows, and `publish` takes; SVG is not among them."""
FILMS = (".mp4", ".m4v", ".webm", ".mov")
_REFERENCES = (
    re.compile(r"(?:^|/)asset-v1:[^/]*?@asset\+block[@/](.+)$"),
    re.compile(r"(?:^|/)c4x/[^/]+/[^/]+/asset/(.+)$"),
    re.compile(r"^[./]*static/(.+)$"),
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Which block is being worked on, and where it stands."""

    block: str
    name: str
    title: str
    where: str


@dataclass(slots=True)
class Desk:
    """What the steps share. `static` and `media` find a file by its name in any spelling.

    `past` are the dates that were over at `now`: block type, url_name, which date.
    """

    files: Mapping[str, Path]
    out: Path
    known: frozenset[str]
    language: str
    media: Mapping[str, Path]
    static: dict[str, str] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    changes: dict[str, int] = field(default_factory=dict)
    licence: str = ""
    notes: list[str] = field(default_factory=list)
    now: datetime = field(default_factory=utc_now)
    past: set[tuple[str, str, str]] = field(default_factory=set)
    pages_of: dict[str, str] = field(default_factory=dict)
    _ids: set[str] = field(default_factory=set)
    _carried: dict[str, str] = field(default_factory=dict)
    _documents: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in sorted(self.files):
            if name.startswith("static/"):
                self.static.setdefault(spelling(name.removeprefix("static/")), name)

    def leave(self, spot: Spot, reason: str, block: str = "") -> None:
        """Note something that is not carried."""
        entry = LeftOut(block or spot.block, spot.name, spot.title, spot.where, reason)
        if entry not in self.left_out:
            self.left_out.append(entry)

    def change(self, sentence: str) -> None:
        """Note something that is carried, but works a little differently. Counted by sentence."""
        self.changes[sentence] = self.changes.get(sentence, 0) + 1

    def note(self, sentence: str) -> None:
        """Note something that a teacher should see to before publishing, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def new_id(self, wish: str) -> str:
        """An id nobody else has, near the wish."""
        return _unique(slug(wish), "", self._ids)

    def find(self, reference: str) -> str | None:
        """The file of the export that a `src` or `href` means, None where it means no file.

        `/static/a.png`, `asset-v1:…@a.png`, `/c4x/…/a.png`; percent signs, spaces, underscores
        and case in any of the ways that edX has written them.
        """
        name = asset_name(reference)
        return None if name is None else self.named(name)

    def named(self, name: str) -> str | None:
        """The file in `static/` of this name, however it is spelt there."""
        exact = f"static/{name}"
        return exact if exact in self.files else self.static.get(spelling(name))

    def picture(self, name: str) -> str:
        """Copy a picture into the course, once. Answers its path from a page or a quiz."""
        return "../" + self.carry(name, "images")

    def carry(self, name: str, folder: str) -> str:
        """Copy a file of the export into a folder of the course, once. Answers its path there."""
        if name not in self._carried:
            stem, suffix = _parts(name)
            free = _unique(f"{folder}/{slug(stem)}", suffix, self._ids)
            self.put(self.files[name], free)
            self._carried[name] = free
        return self._carried[name]

    def put(self, source: Path, path: str) -> None:
        """Copy a file to a path of the course."""
        place = self.out / path
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file of the course, text as UTF-8 with `\\n`."""
        place = self.out / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode() if isinstance(content, str) else content)

    def document(self, name: str, title: str) -> tuple[str, Activity | None]:
        """A linked PDF: its activity id, and the activity where it is met for the first time."""
        if name in self._documents:
            return self._documents[name], None
        stem, _ = _parts(name)
        path = self.carry(name, "media")
        made = Activity(self.new_id(stem), "document", path, title or stem, ())
        self._documents[name] = made.id
        return made.id, replace(made, names=(made.id,))


def asset_name(reference: str) -> str | None:
    """The name of the file in `static/` that a reference means, None for other addresses."""
    plain = re.split(r"[?#]", reference.strip(), maxsplit=1)[0]
    for pattern in _REFERENCES:
        if match := pattern.search(plain):
            return unquote(match[1])
    return None


def spelling(name: str) -> str:
    """One spelling for all that edX has given the same file: `My%20Pic.PNG`, `my_pic.png`."""
    return re.sub(r"[^\w.-]", "_", unicodedata.normalize("NFC", unquote(name)).casefold())


def _parts(name: str) -> tuple[str, str]:
    path = PurePosixPath(unquote(name))
    return path.stem, path.suffix.lower()


def _unique(stem: str, suffix: str, taken: set[str]) -> str:
    name, number = stem + suffix, 2
    while name in taken:
        name, number = f"{stem}-{number}{suffix}", number + 1
    taken.add(name)
    return name
