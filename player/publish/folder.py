# SPDX-License-Identifier: Apache-2.0
"""The files of a course: found by the names that its author wrote, never outside its folder.

A course may be written on Windows and published on Linux, so a name has to be that of the file
exactly; and a course may come from somebody else, so nothing leads out of the folder, a symbolic
link included.
"""

from __future__ import annotations

import codecs
import hashlib
import posixpath
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from player.publish.faults import Findings, Place, meant

SMALL = 128 * 1024  # bytes: docs/format.md, "Packs"

_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes by their hash, with their media type. `data` is None where `path` holds them."""

    sha256: str
    size: int
    type: str
    data: bytes | None = None
    path: Path | None = None

    def read(self) -> bytes:
        """The bytes, wherever they are."""
        if self.path is not None:
            return self.path.read_bytes()
        return self.data or b""


def content(data: bytes, kind: str) -> Content:
    """Return bytes made here as a content."""
    return Content(hashlib.sha256(data).hexdigest(), len(data), kind, data)


def file_content(path: Path, kind: str) -> Content:
    """Return a file as a content: read now where it is small enough for a pack."""
    if path.stat().st_size <= SMALL:
        return content(path.read_bytes(), kind)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return Content(digest.hexdigest(), file.tell(), kind, path=path)


@dataclass(slots=True)
class Folder:
    """A course's folder. What cannot be had is noted in `findings`, and is None."""

    root: Path
    findings: Findings
    _names: dict[Path, list[str]] = field(default_factory=dict)

    def find(self, name: str, place: Place, beside: str = "") -> str | None:
        """Return the file's path in the folder, with `/`, in the folder's own spelling.

        Args:
            name: as the author wrote it.
            place: where it is written.
            beside: the file that `name` is relative to; the folder itself where empty.
        """
        if "\\" in name:
            do = f"Write “{name.replace(chr(92), '/')}”, which works everywhere."
            self.findings.fault(place, f"“{name}” is written with backslashes.", do)
            return None
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(beside), name))
        if joined.startswith(("../", "/")) or joined == ".." or re.match(r"[A-Za-z]:", joined):
            self._outside(name, place)
            return None
        found = self._spelt(joined, name, place)
        if found is None:
            return None
        path = self.root / found
        if not path.resolve().is_relative_to(self.root.resolve()):
            self._outside(name, place)
            return None
        if not path.is_file():
            self.findings.fault(place, f"“{name}” is not a file.", "Name a file.")
            return None
        return found

    def _outside(self, name: str, place: Place) -> None:
        what = f"“{name}” leads out of the course's folder."
        self.findings.fault(place, what, "Copy the file into the folder and name it there.")

    def _spelt(self, joined: str, name: str, place: Place) -> str | None:
        """Walk down the names as they are on the disk."""
        at, spelt = self.root, []
        for part in joined.split("/"):
            names = self.names(at)
            same = [one for one in names if _composed(one) == _composed(part)]
            if not same:
                self._not_found(name, part, names, place)
                return None
            chosen = part if part in same else same[0]
            at /= chosen
            spelt.append(chosen)
        return "/".join(spelt)

    def names(self, folder: Path) -> list[str]:
        """The names in a folder, sorted; none where it is not one."""
        if folder not in self._names:
            found = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
            self._names[folder] = found
        return self._names[folder]

    def _not_found(self, name: str, part: str, names: list[str], place: Place) -> None:
        for one in names:
            if _composed(one).casefold() == _composed(part).casefold():
                what = f"“{name}” differs from “{one}” by capital letters alone."
                do = "Write it exactly as the file is called; other computers see two names."
                self.findings.fault(place, what, do)
                return
        do = meant(part, names) or "Check the name, or put the file there."
        self.findings.fault(place, f"There is no file “{name}”.", do)

    def text(self, found: str) -> str | None:
        """The text of a file that `find` found, in UTF-8, newlines as `\\n`."""
        data = (self.root / found).read_bytes()
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            what = "The file is in UTF-16."
            self.findings.fault(Place(found, 1), what, "Save it as UTF-8.")
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            what = "A character here is not in UTF-8."
            self.findings.fault(Place(found, line), what, "Save the file as UTF-8.")
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def picture(self, name: str, place: Place, beside: str = "") -> Content | None:
        """A picture that every player shows: PNG, JPEG, GIF or WebP, seen from its bytes."""
        found = self.find(name, place, beside)
        if found is None:
            return None
        path = self.root / found
        with path.open("rb") as file:
            head = file.read(16)
        kind = next((kind for magic, kind in _PICTURES if head.startswith(magic)), "")
        if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
            kind = "image/webp"
        if not kind:
            what = f"“{name}” is not a picture that every player can show."
            self.findings.fault(place, what, "Save it as PNG, JPEG, GIF or WebP.")
            return None
        return file_content(path, kind)

    def pdf(self, name: str, place: Place) -> Content | None:
        """A PDF, seen from its bytes."""
        found = self.find(name, place)
        if found is None:
            return None
        path = self.root / found
        with path.open("rb") as file:
            if b"%PDF-" not in file.read(1024):  # readers accept the mark in the first 1024 bytes
                what = f"“{name}” is not a PDF."
                self.findings.fault(place, what, "Export the document as PDF.")
                return None
        return file_content(path, "application/pdf")


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)
