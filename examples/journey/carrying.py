# SPDX-License-Identifier: Apache-2.0
"""What was handed in goes to the platform on a stick, sealed, and is opened there."""

from __future__ import annotations

from pathlib import Path

from .desk import command
from .telling import tell


def carry_files(place: Path) -> None:
    """From the learner's home onto a stick, and from there to the desk."""
    stick, works = place / "stick", place / "works"
    for folder in (stick, works):
        folder.mkdir()
    command(place / "home", "courier", "pack", stick)
    words = ("--dropbox", stick / "dropbox", "--out", works)
    identity = place / "office" / "office.age"
    facts = command(place / "desk", "platform", "works", *words, "--identity", identity)
    tell("Works", f"{facts['acts']} answers to mark, {facts['files']} files opened at the desk")
