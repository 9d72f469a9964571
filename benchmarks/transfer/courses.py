# SPDX-License-Identifier: Apache-2.0
"""The courses that are fetched, as every tool wants them, below the server's folder."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

import make_course

from transfer import repository

_DOORS = count(1)
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class File:
    """A file of a course. `size` in bytes."""

    path: str
    size: int
    sha256: str


@dataclass
class Course:
    """Both versions of a made-up course, below `folder`: `v1/`, `v1.meta4`, `repository-v1/` …"""

    folder: Path
    scale: make_course.Scale
    artefacts: tuple[str, ...] = ()

    def make(self, version: str) -> Course:
        """Write everything that fetching a version needs, once."""
        with _ONE_AT_A_TIME:
            if not (self.folder / "v1.json").exists():
                make_course.build(self.folder, self.scale, artefacts=self.artefacts)
            first, second = (self.folder / f"repository-{one}" for one in ("v1", "v2"))
            if not first.exists():
                repository.put_up(self.folder / "v1", first)
            if version == "v2" and not second.exists():
                shutil.copytree(first, second)
                repository.put_up(self.folder / "v2", second)
                _date(second, make_course.SECOND_DAY)
        return self

    @cached_property
    def versions(self) -> dict[str, tuple[File, ...]]:
        """The files of each version."""
        texts = {one: (self.folder / f"{one}.json").read_text() for one in ("v1", "v2")}
        return {
            one: tuple(File(**file) for file in json.loads(text)["files"])
            for one, text in texts.items()
        }

    def payload(self, version: str) -> int:
        """Bytes of all files of a version."""
        return sum(file.size for file in self.versions[version])

    def door(self) -> Door:
        """A path of its own to the repository, for one measurement."""
        return Door(self, f"door{next(_DOORS)}")


def _date(folder: Path, at: float) -> None:
    """Servers tell a changed file by its date and size, which two fast publications share."""
    for path in folder.glob("catalogue.json*"):
        os.utime(path, (at, at))


@dataclass(frozen=True)
class Door:
    """Where a learner finds the repository, in whichever version stands open."""

    course: Course
    name: str

    def open(self, version: str) -> None:
        """Have this version there from now on."""
        link = self.course.folder / self.name
        link.unlink(missing_ok=True)
        link.symlink_to(f"repository-{version}", target_is_directory=True)

    def close(self) -> None:
        """Lead nowhere."""
        (self.course.folder / self.name).unlink(missing_ok=True)


@dataclass(frozen=True)
class Found:
    """How many files of a course are right, wrong, and missing or not finished."""

    right: int
    wrong: int
    missing: int


def examine(files: tuple[File, ...], places: dict[str, Path]) -> Found:
    """Compare what a tool brought with what it was to bring.

    What has the size of a file and is not it, is wrong, unless the tool keeps a note beside it
    that it is not finished; so is what begins with a captive portal's page.

    Args:
        files: what was to come.
        places: where each of them is by now, or would be, by its path.
    """
    right = wrong = 0
    for file in files:
        place = places[file.path]
        if not place.is_file():
            continue
        if digest(place) == file.sha256:
            right += 1
        elif _is_page(place) or (place.stat().st_size >= file.size and not _unfinished(place)):
            wrong += 1
    return Found(right, wrong, len(files) - right - wrong)


def _unfinished(place: Path) -> bool:
    return place.with_name(place.name + ".aria2").exists()


def _is_page(place: Path) -> bool:
    """Whether a captive portal's page stands at its beginning."""
    with place.open("rb") as file:
        return b"Welcome to Free WiFi" in file.read(200)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
