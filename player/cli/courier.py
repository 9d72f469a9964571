# SPDX-License-Identifier: Apache-2.0
"""What is carried: work out, receipts home, work to another PC."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from player.app.courier import Delivered
from player.cli.answers import Call, speaks, whisper
from player.errors import PlayerError
from player.journal.learners import Learner, all_learners

SECRET = "CARTABLE_PASSPHRASE"  # noqa: S105 - where it may stand, not what it is

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
KEY = click.Path(dir_okay=False, path_type=Path)


@click.group()
def courier() -> None:
    """Work that travels by hand: sealed files out, receipts home."""


@courier.command()
@click.argument("folder", type=_FOLDER)
@click.option("--learner", "name", metavar="NAME", help="Of this learner alone; otherwise of all.")
@click.option(
    "--passphrase", is_flag=True, help="For another PC of the learner's: ask for a passphrase."
)
@speaks
def pack(call: Call, folder: Path, name: str | None, *, passphrase: bool) -> None:
    """Write what the platform has not received into FOLDER, sealed for the platform alone."""
    services = call.services()
    whose = _named(all_learners(services.db), name)
    if passphrase:
        if len(whose) != 1:
            raise click.BadParameter("say whose work it is.", param_hint="--learner")
        parcels = services.courier.pack_journal(whose[0], _passphrase(confirm=True))
    else:
        parcels = services.courier.pack(whose)
    files, size = (0, 0) if passphrase else services.handing.to_carry()
    paths = services.courier.carry(parcels, folder)
    facts = [
        {"file": path, "acts": parcel.count, "size": len(parcel.data)}
        for path, parcel in zip(paths, parcels, strict=True)
    ]
    lines = [f"{one['file']}: {one['acts']} acts, {one['size']} bytes." for one in facts]
    if files:
        lines.append(f"{files} files that were handed in go with it in `dropbox`, {size} bytes.")
    call.answer(
        {"files": facts, "handed": files},
        "\n".join(lines) or "Everything is received: nothing to carry.",
    )


@courier.command()
@click.argument("bundles", metavar="BUNDLE…", nargs=-1, required=True, type=_FILE)
@click.option("--identity", type=KEY, help="The age identity; otherwise office.age of the home.")
@click.option("--key", type=KEY, help="Signs receipts; otherwise office.key of the home.")
@speaks
def deliver(call: Call, bundles: tuple[Path, ...], identity: Path | None, key: Path | None) -> None:
    """At an office with a connection: bring the platform each BUNDLE, write a receipt beside it."""
    services = call.services()
    secrets = services.courier.secrets(identity, key)
    done: list[Delivered] = []
    problems: list[PlayerError] = []
    for path in bundles:
        try:
            done.append(services.courier.deliver(path, secrets))
        except PlayerError as error:
            problems.append(error)
    if any(not one.known for one in done):
        whisper("The platform file does not name this office's key: receipts may not be believed.")
    problems += [one.problem for one in done if one.problem]
    lines = [
        f"{one.receipt}: {one.received} of {one.count} received, {one.refused} refused,"
        f" {one.left} still to send; letters for the stick: {one.letters}, pieces of files in the"
        f" drop box: {one.pieces}."
        for one in done
    ]
    facts = [{**_facts(one), "problem": str(one.problem or "")} for one in done]
    call.answer_with({"bundles": facts}, "\n".join(lines), problems)


@courier.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@speaks
def receipts(call: Call, paths: tuple[Path, ...]) -> None:
    """Read what came back: receipts, files or folders with some, and letters in a folder."""
    services = call.services()
    found, mail = services.courier.receipts(paths), services.mail.take(paths)
    text = f"{found.read} receipts: {found.received} acts received now, {found.refused} refused."
    if found.pieces:
        text += f" {found.pieces} pieces of files have arrived."
    call.answer_with(
        {"read": found.read, "received": found.received, "refused": found.refused}
        | {"mail": mail.new, "pieces": found.pieces},
        f"{text}\n{mail.new} items of mail are new." if mail.new else text,
        [*found.problems, *mail.problems],
    )


@courier.command(name="import")
@click.argument("file", type=_FILE)
@click.option("--passphrase", is_flag=True, help="Ask for it; so it is without this, too.")
@speaks
def import_(call: Call, file: Path, *, passphrase: bool) -> None:  # noqa: ARG001 - said for clarity
    """Take in what a learner did on another PC, from FILE as `pack --passphrase` wrote it."""
    taken = call.services().courier.bring(file, _passphrase(confirm=False))
    call.answer(
        {"learner": taken.learner.name, "new": taken.new, "acts": taken.count},
        f"{taken.learner.name}: {taken.new} acts are new here, of {taken.count}.",
    )


def _named(everybody: Sequence[Learner], name: str | None) -> Sequence[Learner]:
    if name is None:
        return everybody
    found = [one for one in everybody if name in (one.name, one.id)]
    if not found:
        raise click.BadParameter(f"nobody of that name learns here: {name}", param_hint="--learner")
    return found


def _passphrase(*, confirm: bool) -> str:
    """From the environment, for scripts; otherwise a person is asked."""
    given = os.environ.get(SECRET, "")
    return given or str(
        click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True)
    )


def _facts(done: Delivered) -> dict[str, object]:
    names = ("bundle", "count", "received", "refused", "left", "receipt", "letters", "pieces")
    return {name: getattr(done, name) for name in names}
