# SPDX-License-Identifier: Apache-2.0
"""From the rule that is met to a credential that anybody can check."""

from __future__ import annotations

from pathlib import Path

from walker import Lost, Walker

from player.app import Services
from player.ui.main_window import MainWindow

from .desk import command
from .telling import tell


def claim(walker: Walker, services: Services, window: MainWindow, course: str, to: Path) -> bool:
    """See how far the learner is, and have what this PC can say by itself where all is done."""
    window.open_attestation(course)
    walker.until(window.attestation.isVisible, "the attestation")
    walker.picture(f"attestation-{course}")
    standing = services.attesting.standing(services.course(course))
    if standing is None:
        raise Lost(f"{course} asks for no attestation")
    lines = ", ".join(f"{one.activity or one.kind} {one.have:.0%}" for one in standing.lines)
    tell("Attestation", f"{course}: {lines}: {'met' if standing.met else 'not yet met'}")
    if standing.met:
        to.write_text(services.attesting.claim(course, "Awa Diop"), encoding="utf-8")
    return standing.met


def issue(place: Path, course: str) -> None:
    """The desk attests to whoever has met the rule, and writes letters."""
    facts = command(place / "desk", "platform", "attest", place / "repository", "--course", course)
    command(place / "desk", "platform", "mailbox", place / "repository", "--course", course)
    tell("Attested", ", ".join(f"{many} {state}" for state, many in facts["counts"].items()))


def verify(walker: Walker, services: Services, window: MainWindow, course: str, to: Path) -> None:
    """The credential came: saved, and checked on a PC that knows the platform alone."""
    to.write_text(services.attesting.confirmed(course).text, encoding="utf-8")
    window.open_attestation(course)
    walker.picture(f"attestation-{course}-confirmed")
    elsewhere = to.parent / "elsewhere"
    command(elsewhere, "join", to.parent / "platform" / "platform.json")
    facts = command(elsewhere, "verify", to)
    tell("Verified", f"{to.name}: {facts['verdict']}, {facts['title']}")
