# SPDX-License-Identifier: Apache-2.0
"""The drives of this PC, and things on them that come back under another path.

A stick is at `/media/awa/STICK` today and at `/media/awa/STICK1` or `E:` tomorrow. What lay on it
is looked for by the same path below each drive, and known by what lies there.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from urllib.parse import urlsplit

_MOUNTS = Path("/proc/self/mounts")
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "sshfs", "fuse.sshfs", "9p", "autofs"}  # may hang
_OCTAL = re.compile(r"\\([0-7]{3})")


def mounts() -> list[Path]:
    """Where drives are mounted; not those of the network, which may keep us waiting."""
    if sys.platform == "win32":
        return [Path(f"{letter}:\\") for letter in _letters()]
    if sys.platform == "darwin":
        return [Path("/"), *sorted(Path("/Volumes").glob("*"))]
    try:
        return mounted(_MOUNTS.read_text(encoding="utf-8", errors="surrogateescape"))
    except OSError:
        return [Path("/")]


def _letters() -> Iterator[str]:
    """Letters of drives that have something in them: an empty card reader has not."""
    for letter in "CDEFGHIJKLMNOPQRSTUVWXYZAB":
        if os.path.exists(f"{letter}:\\"):  # noqa: PTH110 - never raises, whatever the drive says
            yield letter


def mounted(table: str) -> list[Path]:
    """The drives of a Linux mount table (proc(5)), in its order."""
    found = []
    for line in table.splitlines():
        fields = line.split(" ")
        if len(fields) < 3 or fields[2] in _NETWORK:
            continue
        if fields[0].startswith("/dev/") or fields[2].startswith("fuse"):
            found.append(Path(_OCTAL.sub(lambda code: chr(int(code[1], 8)), fields[1])))
    return list(dict.fromkeys(found))


def drive_of(path: Path, drives: Iterable[Path] | None = None) -> Path:
    """The mount point that `path` lies below; its root where none of `drives` has it."""
    drives = mounts() if drives is None else drives
    above = [drive for drive in drives if path.is_relative_to(drive)]
    return max(above, key=lambda drive: len(drive.parts), default=Path(path.anchor or path))


def elsewhere(path: PurePath, drives: Iterable[Path]) -> Iterator[Path]:
    """Where `path` may be now: its last parts below each drive, the most parts first."""
    parts = path.parts[1:] if path.anchor else path.parts
    drives = list(drives)
    for first in range(len(parts) + 1):
        for drive in drives:
            yield drive.joinpath(*parts[first:])


def find_again(url: str, drives: Iterable[Path] | None = None) -> str | None:
    """Where the repository of a `file:` URL is now; None where it is nowhere, or is no folder.

    That a catalogue lies there says nothing of whose it is: whoever asks checks its signature.
    """
    folder = _folder(url)
    if folder is None or _has_catalogue(folder):
        return url if folder else None
    for place in elsewhere(folder, mounts() if drives is None else drives):
        if place != folder and _has_catalogue(place):
            return place.as_uri() + "/"
    return None


def _folder(url: str) -> Path | None:
    from urllib.request import url2pathname  # noqa: PLC0415 - it loads a whole HTTP client

    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return None
    return Path(url2pathname(parts.path))


def _has_catalogue(folder: Path) -> bool:
    try:
        if folder.suffix == ".course":
            return folder.is_file()
        return (folder / "catalogue.json").is_file()
    except (OSError, ValueError):
        return False
