# SPDX-License-Identifier: Apache-2.0
"""The versions of a course that lie in the folder of a repository (docs/format.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from player.course.manifest import LARGEST_MANIFEST, Manifest, decode_manifest
from player.errors import ContentProblem

_FILE = re.compile(r"([1-9][0-9]{0,8})\.json\Z")


def place(repository: Path, course: str, version: int) -> Path:
    """Where the manifest of a version lies."""
    return repository / "courses" / course / f"{version}.json"


def numbers(repository: Path, course: str) -> list[int]:
    """The versions that have a file, the earliest first."""
    folder = place(repository, course, 0).parent
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(int(match[1]) for path in found if (match := _FILE.match(path.name)))


def manifests(repository: Path, course: str) -> Iterator[Manifest]:
    """Yield the versions that can be read, the earliest first; a damaged one is as good as gone."""
    for number in numbers(repository, course):
        path = place(repository, course, number)
        with suppress(FileNotFoundError, ContentProblem):
            if path.stat().st_size <= LARGEST_MANIFEST:
                yield decode_manifest(path.read_bytes())
