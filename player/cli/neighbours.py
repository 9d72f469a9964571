# SPDX-License-Identifier: Apache-2.0
"""The commands for the PC next door: lending to it, and looking what it lends."""

from __future__ import annotations

import time

import click

from player.app.neighbours import addresses, listen
from player.catalogue.refresh import Refreshed
from player.cli.answers import Call, megabytes, speaks, whisper
from player.course.manifest import Licence
from player.course.peer import PORT
from player.errors import PlayerError
from player.publish.permission import to_hand_out


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0: any."
)
@click.option(
    "--for", "seconds", type=click.FloatRange(min=0), help="Seconds; otherwise until Ctrl+C."
)
@click.option("--host", default="", metavar="ADDRESS", help="Only at this address of this PC.")
@speaks
def share(call: Call, port: int, seconds: float | None, host: str) -> None:
    """Lend the courses that are here to the PCs of this network."""
    services = call.services()
    listener = listen(port, host)
    started, sent = time.monotonic(), 0

    def report(size: int) -> None:
        nonlocal sent
        sent = size
        if seconds is not None and time.monotonic() - started >= seconds:
            raise KeyboardInterrupt

    try:  # from the first word on: whoever reads it may end it
        for address in addresses(listener):
            whisper(f"Type this on the other computer: {address}")
        for shelf in services.library():
            for note in to_hand_out(Licence(shelf.licence)) if shelf.version else ():
                whisper(f"{shelf.title}: {note}")
        whisper("Ctrl+C ends it.")
        services.neighbours.lend(listener, report)
    except KeyboardInterrupt:
        call.answer({"sent": sent}, f"{megabytes(sent)} were lent.")


@click.command()
@click.option("--add", metavar="ADDRESS", help="Know a neighbour, as its `share` shows it.")
@click.option("--remove", metavar="ADDRESS", help="Forget a neighbour.")
@speaks
def peer(call: Call, add: str | None, remove: str | None) -> None:
    """Look what the neighbours that are known here lend."""
    neighbours = call.services().neighbours
    if add:
        neighbours.add(add)
    if remove and not neighbours.remove(remove):
        raise click.BadParameter(f"{remove} is not known here.", param_hint="--remove")
    found: list[Refreshed] = []
    problems: list[PlayerError] = []
    for one in neighbours.known():
        try:
            looked = neighbours.look_at(one.url)
        except PlayerError as error:
            looked = [error]
        found += [each for each in looked if isinstance(each, Refreshed)]
        problems += [each for each in looked if isinstance(each, PlayerError)]
    known = neighbours.known()
    lines = [f"{one.name}  {one.problem or 'answers'}" for one in known]
    lines += [f"  {one.url}  {one.courses} courses are new to see" for one in found]
    facts = {"peers": known, "repositories": found}
    call.answer_with(facts, "\n".join(lines) or "No neighbour is known yet.", problems)
