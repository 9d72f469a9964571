# SPDX-License-Identifier: Apache-2.0
"""What whoever runs a platform needs: its keys, marks, and letters to the learners."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
import msgspec

from player.app import courier as office
from player.app.identity import identity_in
from player.app.issuing import Row
from player.app.post import Graded, Posted
from player.cli.answers import Call, speaks, whisper
from player.cli.courier import KEY
from player.course.did import did_of
from player.course.polls import LEAST
from player.publish.keys import public_text
from player.store.saving import write

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW = click.Path(dir_okay=False, writable=True, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_NEW = click.Path(file_okay=False, path_type=Path)
_ALL = "Read the whole store again, for work that was handed in very late."


@click.group()
def platform() -> None:
    """What whoever runs a platform needs."""


@platform.command()
@click.option("--identity", type=KEY, help="The age identity; otherwise office.age of the home.")
@click.option("--key", type=KEY, help="Signs receipts; otherwise office.key of the home.")
@speaks
def key(call: Call, identity: Path | None, key: Path | None) -> None:
    """Show the public keys of an office, for platform.json; they are made where they lack.

    `mail` is for the home alone that marks and writes letters, `issuers` for the one that attests.
    """
    services = call.services()
    found = office.public_parts(services.courier.secrets(identity, key, make=True))
    found |= {"mail": [public_text(services.desk.key(make=True))]}
    found |= {"issuers": [did_of(services.desk.issuer_key(make=True).public_key())]}
    call.answer(
        found, f"Into platform.json:\n{msgspec.json.format(msgspec.json.encode(found)).decode()}"
    )


@platform.command()
@click.argument("table", metavar="[FILE.csv]", required=False, type=_FILE)
@click.option(
    "--open", "to", type=_NEW, metavar="FILE.csv", help="Write what waits for a mark instead."
)
@click.option("--every", is_flag=True, help="With --open: what has a mark already, too.")
@click.option("--by", default="", metavar="NAME", help="Who marks, for the learners to see.")
@click.option("--all", "whole", is_flag=True, help=_ALL)
@speaks
def grade(
    call: Call, table: Path | None, to: Path | None, by: str, *, every: bool, whole: bool
) -> None:
    """Give marks: FILE.csv with its columns score (0.8, 80 %, 8/10) and feedback filled in."""
    if (table is None) == (to is None):
        raise click.UsageError("Give either a table that is filled in, or --open and a new file.")
    desk = call.services().desk
    if to is not None:
        data, count = desk.open_acts(every=every, whole=whole)
        write(to, data)
        call.answer({"file": to, "acts": count}, f"{to}: {count} acts to mark.")
    elif table is not None:
        _answer_graded(call, desk.grade(table, by))


def _answer_graded(call: Call, done: Graded) -> None:
    text = f"{done.marked} marks given, {done.known} known already, {done.left} still to be sent."
    facts = {"marked": done.marked, "known": done.known, "left": done.left}
    call.answer_with(facts, text, done.problems)


@platform.command()
@click.option(
    "--dropbox",
    "boxes",
    multiple=True,
    required=True,
    type=_FOLDER,
    metavar="FOLDER",
    help="Where files arrive: the drop box, or `dropbox` of a stick; may be given several times.",
)
@click.option("--out", required=True, type=_NEW, metavar="FOLDER", help="Where to lay them out.")
@click.option("--identity", type=KEY, help="The age identity; otherwise office.age of the home.")
@click.option("--every", is_flag=True, help="What has a mark already, too.")
@click.option("--all", "whole", is_flag=True, help=_ALL)
@speaks
def works(
    call: Call,
    boxes: tuple[Path, ...],
    out: Path,
    identity: Path | None,
    *,
    every: bool,
    whole: bool,
) -> None:
    """Open what learners handed in: texts and files by course, activity and learner, and a table
    for `platform grade`."""
    services = call.services()
    secret = identity_in(identity or services.home / office.IDENTITY)
    done = services.desk.works(boxes, out, secret, every=every, whole=whole)
    text = (
        f"{done.table}: {done.acts} answers; {done.files} files opened, {done.known} known already."
    )
    if done.missing:
        text += "\n" + "\n".join(f"Not all here yet: {one}" for one in done.missing)
    facts = {"table": done.table, "acts": done.acts, "files": done.files, "known": done.known}
    call.answer_with(facts | {"missing": done.missing}, text, done.problems)


@platform.command()
@click.argument("repository", type=_FOLDER)
@click.option("--course", default="", metavar="ID", help="Of this course alone.")
@click.option("--announce", "announcements", multiple=True, type=_FILE, metavar="FILE.md")
@click.option("--digest", "digests", multiple=True, type=_FILE, metavar="FILE.md")
@click.option("--all", "whole", is_flag=True, help=_ALL)
@speaks
def mailbox(
    call: Call,
    repository: Path,
    course: str,
    announcements: tuple[Path, ...],
    digests: tuple[Path, ...],
    *,
    whole: bool,
) -> None:
    """Write marks, receipts and word for the learners into the mailbox of REPOSITORY."""
    desk = call.services().desk
    _answer(call, desk.mailbox(repository, course, announcements, digests, whole=whole))


@platform.command()
@click.argument("repository", type=_FOLDER)
@click.option("--course", default="", metavar="ID", help="Of this course alone.")
@click.option(
    "--least",
    default=LEAST,
    show_default=True,
    type=click.IntRange(min=1),
    help="Of fewer answers nothing is told, nor before so many more have come.",
)
@click.option("--all", "whole", is_flag=True, help=_ALL)
@speaks
def polls(call: Call, repository: Path, course: str, least: int, *, whole: bool) -> None:
    """Count the polls of REPOSITORY; the next `mailbox` tells the class what is new."""
    found = call.services().desk.polls(repository, course, least=least, whole=whole)
    text = (
        f"Results for the next letters: {found.told}; as they were told: {found.same};"
        f" with too few answers: {found.few}."
    )
    call.answer({"told": found.told, "same": found.same, "few": found.few}, text)


@platform.command()
@click.argument("repository", type=_FOLDER)
@click.option("--course", default="", metavar="ID", help="Of this course alone.")
@click.option("--all", "whole", is_flag=True, help=_ALL)
@speaks
def receipts(call: Call, repository: Path, course: str, *, whole: bool) -> None:
    """Write into the mailbox of REPOSITORY which carried work has arrived, and nothing else."""
    desk = call.services().desk
    _answer(call, desk.mailbox(repository, course, receipts_only=True, whole=whole))


@platform.command()
@click.argument("repository", type=_FOLDER)
@click.option("--course", default="", metavar="ID", help="Of this course alone.")
@click.option(
    "--names", type=_FILE, metavar="FILE.csv", help="Whom to name: columns learner and name."
)
@click.option("--dry-run", is_flag=True, help="Only show who would get one, and what lacks.")
@click.option("--all", "whole", is_flag=True, help=_ALL)
@speaks
def attest(
    call: Call, repository: Path, course: str, names: Path | None, *, dry_run: bool, whole: bool
) -> None:
    """Issue the attestations that are due by the rules of the courses in REPOSITORY.

    They go out as letters, with the next `platform mailbox`.
    """
    desk = call.services().desk
    rows = desk.attest(repository, course, names, dry=dry_run, whole=whole)
    if not desk.is_issuer:
        whisper("The platform file does not name this home's issuer key: no PC believes it.")
    count = Counter(row.state for row in rows)
    facts = {"learners": [_facts(row) for row in rows], "counts": count}
    ends = [f"{number} {state}" for state, number in sorted(count.items())]
    call.answer(facts, "\n".join([*map(_line, rows), ", ".join(ends) or "Nobody yet."]))


def _facts(row: Row) -> dict[str, object]:
    lines = [
        {"kind": line.kind, "activity": line.activity, "need": line.need, "have": line.have}
        | {"met": line.met, "waiting": line.waiting}
        for line in row.standing.lines
    ]
    facts = {"course": row.course, "learner": row.learner, "name": row.name, "state": row.state}
    return facts | {"claimed": row.claimed, "conditions": lines}


def _line(row: Row) -> str:
    lacks = [
        f"{line.activity or line.kind} {line.have:.0%} of {line.need:.0%}"
        + (" (waits for a mark)" if line.waiting else "")
        for line in row.standing.lines
        if not line.met
    ]
    said = [row.course, row.learner, f"{row.state:<8}", row.name]
    return "  ".join(filter(None, [*said, "claimed" if row.claimed else "", ", ".join(lacks)]))


def _answer(call: Call, done: Posted) -> None:
    if not call.services().desk.is_known:
        whisper("The platform file does not name this home's mail key: no PC believes its letters.")
    lines = [f"Letters written: {done.letters}; courses: {len(done.courses)}."]
    if done.unaddressed:
        lines.append(
            "Learners for whom something waits until their PC has said its key:"
            f" {done.unaddressed}."
        )
    facts = {"courses": done.courses, "letters": done.letters, "unaddressed": done.unaddressed}
    call.answer(facts, "\n".join(lines))
