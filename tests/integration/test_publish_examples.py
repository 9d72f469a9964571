# SPDX-License-Identifier: Apache-2.0
"""The courses that come with the project, and imported ones, are published without a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.errors import BadExport
from player.publish.olx import import_olx
from player.publish.repository import publish
from player.publish.source import read_source

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/course.toml"))
SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.mark.parametrize("course", EXAMPLES, ids=lambda path: path.parent.name)
def test_an_example_is_published_without_a_warning(course: Path, tmp_path: Path) -> None:
    published = publish(course.parent, tmp_path / "repository", SECRET, keys=tmp_path)
    assert published.changed
    assert published.warnings == ()
    assert not publish(course.parent, tmp_path / "repository", SECRET, keys=tmp_path).changed


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 2


def test_every_imported_course_has_no_mistake(corpora: Path, tmp_path: Path) -> None:
    published = 0
    for number, export in enumerate(sorted((corpora / "olx").glob("*.tar.gz"))):
        target = tmp_path / str(number)
        try:
            import_olx(export, target)
        except BadExport:
            continue  # a library is no course
        assert read_source(target).sections
        published += 1
    assert published >= 4
