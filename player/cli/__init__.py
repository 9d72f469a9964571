# SPDX-License-Identifier: Apache-2.0
"""The command line: each stage is a command, so that it can be run, timed and scripted alone.

Here are the learner's commands, `author` has those of who makes courses, `window` opens the window;
`answers` says how each of them answers, and with which exit code.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from player import __version__, settings
from player.app.doctor import examine, mend
from player.catalogue.refresh import normalise
from player.cli.answers import Call, megabytes, speaks
from player.cli.progress import Progress
from player.cli.window import window
from player.course.signing import PublicKey
from player.download.patience import ENDLESS, Patience
from player.errors import PlayerError, Rejected, UntrustedKey

if TYPE_CHECKING:
    from player.app import Services, WishedSection
    from player.store.courses import Shelf

BRIEF = Patience(tries=8)  # some ten seconds: a script may try again (exit code 75)

_LATER = {
    "attestation": ("attestation", "verify"),
    "author": ("import", "pack", "publish", "revoke", "rotate"),
    "calendar": ("calendar",),
    "courier": ("courier",),
    "find": ("find",),
    "grade": ("grade",),
    "home": ("bring-home",),
    "language": ("language",),
    "mail": ("mail",),
    "neighbours": ("peer", "share"),
    "notes": ("notes",),
    "platform": ("platform",),
    "sign_in": ("sign-in", "sign-out"),
    "space": ("free", "move", "space", "update"),
    "traffic": ("traffic",),
}
"""By module, the commands that are loaded when they are asked for: the window needs none."""


class _Commands(click.Group):
    """The learner's commands, and those of other modules."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *chain.from_iterable(_LATER.values())])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for module, names in _LATER.items():
            if cmd_name in names:
                found = import_module(f"player.cli.{module}")
                command: click.Command = getattr(found, _attribute(cmd_name))
                return command
        return super().get_command(ctx, cmd_name)


def _attribute(name: str) -> str:
    """What a command is called in its module."""
    return "import_" if name == "import" else name.replace("-", "_")


@click.group(cls=_Commands, invoke_without_command=True)
@click.version_option(__version__, prog_name="cartable")
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"Where the data lives. Otherwise ${settings.HOME_VARIABLE}, or the system's place.",
)
@click.option("-v", "--verbose", is_flag=True, help="Say on the error stream what is done.")
@click.pass_context
def main(context: click.Context, home: Path | None, verbose: bool) -> None:
    """Cartable: courses that were made for the web, followed without it.

    Without a command, the window opens.
    """
    context.obj = Call(home or settings.default_home(), verbose)
    if context.invoked_subcommand is None:
        context.invoke(window)


@main.command()
@click.option("--add", "address", metavar="ADDRESS", help="Know a repository: a URL or a folder.")
@click.option("--remove", metavar="ADDRESS", help="Forget a repository; its courses stay.")
@click.option(
    "--allow", metavar="KEY", help="Believe this publisher: the id of the key, or the whole key."
)
@click.option("--offline", is_flag=True, help="Only show what was offered last time.")
@speaks
def catalogue(
    call: Call, address: str | None, remove: str | None, allow: str | None, *, offline: bool
) -> None:
    """Look what the repositories offer, and what it costs."""
    services = call.services()
    if address:
        services.add_repository(address)
    if remove:
        _forget(services, remove)
    problems = [] if offline else _refreshed(services)
    if allow:
        services.trust(_key(services, allow, problems))
        problems = [] if offline else _refreshed(services)
    shelves = services.library()
    lines = [_shelf_line(shelf) for shelf in shelves] or ["Nothing is offered yet."]
    facts = {"repositories": services.repositories(), "courses": shelves}
    call.answer_with(facts, "\n".join(lines), problems)


def _refreshed(services: Services) -> list[PlayerError]:
    return [found for found in services.refresh_all() if isinstance(found, PlayerError)]


def _forget(services: Services, address: str) -> None:
    url = normalise(address)
    if url not in [repository.url for repository in services.repositories()]:
        raise click.BadParameter(f"{address} is not known here.", param_hint="--remove")
    services.remove_repository(url)


def _key(services: Services, allow: str, problems: Sequence[PlayerError]) -> str:
    """The key that is meant: as it was typed, or by its id as a refused repository offers it."""
    try:
        return str(PublicKey.parse(allow))
    except ValueError:
        wanted = allow.upper()
    offered = {
        str(one.details["key"]): str(one.details["public"])
        for one in problems
        if isinstance(one, UntrustedKey) and one.details.get("public")
    }
    known = {PublicKey.parse(key).id: key for key in services.settings.allowed_keys}
    if wanted not in offered | known:
        reason = "no repository that was refused offers a key of this id. Give the whole key."
        raise click.BadParameter(reason, param_hint="--allow")
    return (offered | known)[wanted]


@main.command()
@click.argument("course", required=False)
@speaks
def courses(call: Call, course: str | None) -> None:
    """Show the courses that are here, or one course: its sections, their sizes, the progress."""
    services = call.services()
    if course is None:
        shelves = [shelf for shelf in services.library() if shelf.version]
        lines = [f"{s.id}  {s.completed}/{s.activities}  {s.title}" for s in shelves]
        call.answer(shelves, "\n".join(lines) or "No course is here yet.")
        return
    manifest = services.take_up(course)
    done = {activity for activity, one in services.done(course).items() if one.completed_at}
    lines = [f"{manifest.title} (version {manifest.version}, {manifest.licence.id})"]
    sections = []
    for section, state in zip(manifest.sections, services.sections(manifest), strict=True):
        activities = [activity.id for activity in section.activities()]
        completed = len(done.intersection(activities))
        sections.append(
            {
                "id": section.id,
                "title": section.title,
                "state": state.state,
                "rendition": state.rendition,
                "here": state.here,
                "total": state.total,
                "completed": completed,
                "activities": len(activities),
            }
        )
        lines.append(
            f"  {section.id}  {completed}/{len(activities)}  {state.state}"
            f"  {megabytes(state.here)} of {megabytes(state.total)}  {section.title}"
        )
    facts = {"id": manifest.id, "version": manifest.version, "title": manifest.title}
    call.answer({**facts, "sections": sections}, "\n".join(lines))


@main.command()
@click.argument("course", required=False)
@click.argument("sections", nargs=-1)
@click.option(
    "--as", "rendition", metavar="RENDITION", help="audio, 240p, 480p …, or `none` without video."
)
@click.option("--latest", is_flag=True, help="Take the version that is offered now.")
@click.option("--now", is_flag=True, help="Wait for no hours and no other line; a budget holds.")
@click.option("--wait", is_flag=True, help="Go on waiting for the line, as long as it takes.")
@speaks
def download(  # noqa: PLR0913 - each option is one
    call: Call,
    course: str | None,
    sections: tuple[str, ...],
    rendition: str | None,
    *,
    latest: bool,
    now: bool,
    wait: bool,
) -> None:
    """Bring a course here, whole or by sections; without COURSE, go on with what was asked for."""
    progress = Progress()
    services = call.services(progress.tell)
    if course:
        manifest = services.renew(course) if latest else services.take_up(course)
        manifest = services.goal(course) or manifest
        wanted = services.settings.rendition if rendition is None else rendition
        if rendition and not re.fullmatch(r"audio|none|\d{2,5}p", rendition):
            raise click.BadParameter("say audio, 240p, 480p … or none.", param_hint="--as")
        asked = sections or [section.id for section in manifest.sections]
        services.ask(course, asked, "" if wanted == "none" else wanted)
    else:
        services.try_again()
    with progress.of(_lacking(services)):
        summary = services.download(by_hand=now, patience=ENDLESS if wait else BRIEF)
    call.answer(
        summary, f"{megabytes(summary.fetched)} fetched, {summary.sections} sections became whole."
    )


def _lacking(services: Services) -> list[WishedSection]:
    return [wish for wish in services.wishes() if wish.here < wish.total]


@main.command()
@click.option("--again", is_flag=True, help="Send what was refused once more, as it was.")
@speaks
def sync(call: Call, *, again: bool) -> None:
    """Send what the learner did to the platform."""
    services = call.services()
    if again:
        services.retry_refused()
    pushed = services.send()
    counts, files = services.counts(), services.files
    problems = [pushed.problem] if pushed.problem else []
    if pushed.refused:
        problems.append(Rejected(reason=_reasons(services, pushed.refused)))
    call.answer_with(
        {"sent": pushed.sent, "received": pushed.received, "refused": pushed.refused}
        | {"left": pushed.left, "counts": counts}
        | {"files": {"pieces": files.pieces, "taken": files.taken}},
        f"{pushed.received} received now; {counts.arrived} in all, "
        f"{counts.waiting} still to send, {counts.refused} refused."
        + (f" Files: {files.taken} of {files.pieces} pieces sent." if files.pieces else ""),
        problems,
    )


def _reasons(services: Services, refused: int) -> str:
    """Why the platform refused the latest acts that it refused, each reason once."""
    before, _, after = Rejected.sentence.partition("{reason}")
    entries = services.ledger(states=["refused"], limit=refused)
    reasons = (entry.reason.removeprefix(before).removesuffix(after) for entry in entries)
    return "; ".join(dict.fromkeys(reasons))


@main.command()
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    help="How many acts, the latest first.",
)
@speaks
def journal(call: Call, limit: int) -> None:
    """Show what was recorded, and where each act stands."""
    entries = call.services().ledger(limit=limit)
    lines = [
        f"{entry.event.at}  {entry.state:<8}  {entry.event.kind:<10}  {entry.event.act.name}"
        + (f"  ({entry.reason})" if entry.reason else "")
        for entry in entries
    ]
    call.answer(entries, "\n".join(lines) or "Nothing was recorded yet.")


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@speaks
def join(call: Call, file: Path) -> None:
    """Belong to the platform that FILE (its platform.json) describes."""
    platform = call.services().join(file.read_bytes())
    call.answer({"name": platform.name, "home": platform.home}, f"Your platform: {platform.name}")


@main.command()
@click.argument("name", required=False)
@speaks
def learner(call: Call, name: str | None) -> None:
    """Show who learns here, or write down NAME at the first start."""
    services = call.services()
    found = services.learner
    name = " ".join(name.split()) if name is not None else None
    if name == "":
        raise click.BadParameter("a name has letters.", param_hint="NAME")
    if name and found and found.name != name:
        raise click.BadParameter(f"{found.name} learns here already.", param_hint="NAME")
    if name and not found:
        found = services.introduce(name)
    call.answer(found, found.name if found else "Nobody yet: give a name.")


@main.command()
@click.option("--repair", is_flag=True, help="Mend the files, then check.")
@speaks
def doctor(call: Call, *, repair: bool) -> None:
    """Check this PC's Cartable: database, journal, files, platform, video."""
    services = call.services()
    mended = [mend(services)] if repair else []
    findings = [*mended, *examine(services)]
    mark = {True: "ok  ", False: "BAD "}
    lines = [f"{mark[one.good]} {one.what}: {one.text}" for one in findings]
    call.answer(findings, "\n".join(lines))
    if not all(one.good for one in findings):
        sys.exit(1)


def _shelf_line(shelf: Shelf) -> str:
    costs = "  ".join(f"{name} +{megabytes(cost)}" for name, cost in shelf.renditions.items())
    version = shelf.offered or shelf.version
    return f"{shelf.id}  v{version}  text {megabytes(shelf.base)}  {costs}  {shelf.title}"


main.add_command(window)
