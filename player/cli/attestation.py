# SPDX-License-Identifier: Apache-2.0
"""Attestations on the command line: the learner's own, and what can be said of anybody's."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from player.app.attesting import LARGEST
from player.app.verdicts import SAID
from player.cli.answers import Call, speaks
from player.course.judging import Judged, Verdict
from player.errors import TooLarge
from player.store.saving import write

if TYPE_CHECKING:
    from player.app import Services
    from player.course.attestation import Line

CODES = {Verdict.GENUINE: 0, Verdict.FOREIGN: 3, Verdict.EXPIRED: 4, Verdict.EARLY: 5}
CODES |= {Verdict.CLAIM: 6}  # 1 for all others: what was shown proves nothing
_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command()
@click.argument("course")
@click.option(
    "--claim", type=_FILE, metavar="FILE.jwt", help="Write what this PC can say by itself."
)
@click.option("--save", type=_FILE, metavar="FILE.jwt", help="Write the platform's credential.")
@click.option("--name", default="", help="With --claim: the name to bear.")
@speaks
def attestation(call: Call, course: str, claim: Path | None, save: Path | None, name: str) -> None:
    """Show what COURSE asks for its attestation, how far that is, and what came of it."""
    services = call.services()
    manifest = services.course(course)
    stands = services.attesting.standing(manifest)
    if claim is not None:
        write(claim, services.attesting.claim(course, name).encode())
    if save is not None:
        write(save, services.attesting.confirmed(course).text.encode())
    held = services.attesting.held(course)
    lines = [stands.rule.title, *map(_line, stands.lines)] if stands else []
    if stands and stands.met:
        lines.append("All that is asked for is done.")
    lines += [sentence(services, one.judged) for one in held]
    conditions = [asdict(one) | {"met": one.met} for one in stands.lines] if stands else []
    facts: dict[str, object] = {"course": course, "conditions": conditions}
    facts |= {"met": bool(stands and stands.met), "claimed": services.attesting.has_claimed(course)}
    facts |= {"credentials": [{"text": one.text} | _facts(one.judged) for one in held]}
    call.answer(facts, "\n".join(lines) or f"{course} has no attestation.")


def _line(line: Line) -> str:
    more = "  waits for a mark" if line.waiting else ""
    sign = "x" if line.met else " "
    return f"[{sign}] {line.activity or line.kind}  {line.have:.0%} of {line.need:.0%}{more}"


@click.command()
@click.argument("what", metavar="FILE|TEXT|-")
@speaks
def verify(call: Call, what: str) -> None:
    """Say what a credential is, without a network: genuine, or what else.

    FILE is a JWT, a JSON or a PDF with one; TEXT is what a QR code says; - reads standard input.
    """
    services = call.services()
    judged = services.attesting.judge(_bytes(what))
    call.answer(_facts(judged), "\n".join([sentence(services, judged), *_about(judged)]))
    sys.exit(CODES.get(judged.verdict, 1))


def _bytes(what: str) -> bytes:
    if what == "-":
        data = sys.stdin.buffer.read(LARGEST + 1)
    elif what.startswith("eyJ"):  # as every token does
        data = what.encode(errors="surrogateescape")
    else:
        try:
            with Path(what).open("rb") as file:
                data = file.read(LARGEST + 1)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", "") or "it cannot be opened"
            raise click.BadParameter(f"{what[:80]}: {reason}") from error
    if len(data) > LARGEST:
        raise TooLarge(place=what[:80])
    return data


def sentence(services: Services, judged: Judged) -> str:
    """A verdict in words."""
    blanks = asdict(judged) | {"now": f"{services.now():%Y-%m-%d %H:%M} UTC"}
    blanks["algorithm"] = judged.algorithm or "a proof of another kind"
    whose = services.attesting.whose(judged)
    mine = f" It is of {whose}, who learns on this PC." if whose else ""
    return SAID[judged.verdict].format(**blanks) + mine


def _about(judged: Judged) -> list[str]:
    """What it says of itself, however far that is believed."""
    if not judged.title:
        return []
    pairs = {"What": judged.title, "Course": judged.course, "From": judged.since}
    pairs |= {"Until": judged.until, "Names": judged.name or "nobody", "Key": judged.key}
    return [f"  {key}: {value}" for key, value in pairs.items() if value]


def _facts(judged: Judged) -> dict[str, object]:
    facts: dict[str, object] = asdict(judged)
    return {key: value for key, value in facts.items() if key not in ("account", "salt")}
