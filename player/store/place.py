# SPDX-License-Identifier: Apache-2.0
"""Where the files of the courses lie: in the home, or on another drive.

The home's `content.json` names the folder and its id, and the folder has that id in its
`cartable-content.json`. So a drive that comes back under another mount point or letter is found
again, and another drive under the old one is not taken for it. Looked up at each use, which costs
two small reads: a drive can be unplugged at any time.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

import msgspec

from player.errors import DriveGone
from player.store import drives

log = logging.getLogger(__name__)

FILE, MARKER = "content.json", "cartable-content.json"
FOLDERS = ("blobs", "parts")


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """What `content.json` says.

    The folder's `path`, '' for the home itself, and its `id`. `coming` is the id of a folder that
    they are being copied to. `left` is where they were before and still have to be deleted, '' for
    the home, and `left_id` its id; None where nothing is left there.
    """

    path: str = ""
    id: str = ""
    coming: str = ""
    left: str | None = None
    left_id: str = ""


class _Marker(msgspec.Struct, frozen=True):
    id: str


def content_folder(home: Path) -> Path:
    """The folder with `blobs/` and `parts/`.

    Raises:
        DriveGone: it is on a drive that is not plugged in.
    """
    place = chosen(home)
    if place is None or not place.path:
        return home
    folder = Path(place.path)
    if marked(folder) == place.id:
        return folder
    for found in drives.elsewhere(folder, drives.mounts()):
        if marked(found) == place.id:
            _note(home, msgspec.structs.replace(place, path=str(found)))
            return found
    raise DriveGone(place=place.path)


def blobs_folder(home: Path) -> Path:
    """The folder of whole files. Raises DriveGone."""
    return content_folder(home) / "blobs"


def parts_folder(home: Path) -> Path:
    """The folder of what is on its way. Raises DriveGone."""
    return content_folder(home) / "parts"


def chosen(home: Path) -> Place | None:
    """What `content.json` says; None where there is none. Raises DriveGone for nonsense.

    A file that cannot be read must not let the home's own folder count: everything would seem lost.
    """
    file = home / FILE
    try:
        return msgspec.json.decode(file.read_bytes(), type=Place)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise DriveGone(place=str(file)) from error


def marked(folder: Path) -> str:
    """The id of a content folder; '' where it is none."""
    try:
        return msgspec.json.decode((folder / MARKER).read_bytes(), type=_Marker).id
    except (OSError, ValueError):
        return ""


def mark(folder: Path, name: str) -> None:
    """Make `folder` the content folder of that id, on the disk when this returns."""
    write(folder / MARKER, msgspec.json.encode(_Marker(name)))


def choose(home: Path, place: Place | None) -> None:
    """Write `content.json` whole, or have none; on the disk when this returns."""
    file = home / FILE
    if place is None:
        file.unlink(missing_ok=True)
    else:
        write(file, msgspec.json.encode(place))


def write(file: Path, data: bytes) -> None:
    """Write a small file whole or not at all; on the disk when this returns."""
    part = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}.part")
    with part.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file)
    if sys.platform != "win32":  # Windows cannot open a folder, and journals renames itself
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            with suppress(OSError):  # a share of another system may know no such thing
                os.fsync(folder)
        finally:
            os.close(folder)


def _note(home: Path, place: Place) -> None:
    """Write down where the drive is now, so that it is found at once next time."""
    try:
        choose(home, place)
    except OSError as error:
        log.warning("%s is used, but could not be written down: %s", place.path, error)
