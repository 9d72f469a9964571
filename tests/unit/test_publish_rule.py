# SPDX-License-Identifier: Apache-2.0
"""`[attestation]` of course.toml: what it becomes, and its author's mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_course import small_course, write

from player.course.manifest import AttestationRule
from player.errors import SourceFaults
from player.publish.source import read_source


def rule(folder: Path, text: str) -> AttestationRule | None:
    made = small_course(folder)
    outline = (made / "course.toml").read_text(encoding="utf-8")
    return read_source(write(made, {"course.toml": f"{outline}\n{text}\n"})).outline.attestation


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(SourceFaults) as caught:
        rule(folder, text)
    return [str(one) for one in caught.value.faults]


def test_without_one_there_is_none(tmp_path: Path) -> None:
    assert rule(tmp_path, "") is None


def test_a_rule_is_read_whole(tmp_path: Path) -> None:
    text = (
        '[attestation]\ntitle = "Suivi"\ntext = "Tout."\nwatched = 0.8\nanswered = 1\nmean = 0.6\n'
    )
    text += 'of = ["examen"]\nmarks = { "faites-le-point" = 0.4 }'
    assert rule(tmp_path, text) == AttestationRule(
        title="Suivi",
        text="Tout.",
        watched=0.8,
        answered=1.0,
        mean=0.6,
        of=("examen",),
        marks={"faites-le-point": 0.4},
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("watched = 0.5", "`title` is missing. Say what is attested"),
        ('title = ""\nwatched = 0.5', "`title` is empty."),
        (f'title = "{"x" * 121}"\nwatched = 0.5', "takes 121 bytes; there is room for 120"),
        ('title = "A"', "The attestation asks for nothing"),
        ('title = "A"\nwatched = 80', "not between 0 and 1. Write 0.6 for 60 %."),
        ('title = "A"\nwatchd = 1\nmean = 1', "Did you mean `watched`?"),
        ('title = "A"\nmarks = { exame = 0.5 }', "Did you mean `examen`?"),
        ('title = "A"\nmarks = { "roles-video" = 0.5 }', "which never has one"),
        ('title = "A"\nmarks = { examen = 0 }', "is asked for no mark"),
        ('title = "A"\nmarks = { examen = true }', "has to be a number"),
        ('title = "A"\nmarks = 5', "has to be a table"),
        ('title = "A"\nwatched = 1\nof = ["examen"]', "there is no `mean`"),
        ('title = "A"\nmean = 1\nof = [5]', "a list of texts"),
        ('title = "A"\nmean = 1\nof = ["nobody"]', "no activity has that id"),
    ],
)
def test_a_mistake_has_its_line_and_what_to_do(tmp_path: Path, text: str, said: str) -> None:
    found = faults(tmp_path, f"[attestation]\n{text}")
    assert any(said in one for one in found), found
    assert all(one.startswith("course.toml:") for one in found)
