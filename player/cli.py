# SPDX-License-Identifier: Apache-2.0
"""The command line: each stage is a command, so that it can be run, timed and scripted alone.

Exit codes: 0 done; 1 a fault, said in one sentence; 2 the command was typed wrongly; 75 a fault
that waiting may mend (sysexits.h, EX_TEMPFAIL), so that a script can try again.
"""

from __future__ import annotations

import logging
import logging.handlers
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click
import msgspec

from player import __version__, app, settings
from player.app.doctor import examine
from player.errors import PlayerError, SourceFaults

TEMPORARY = 75

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class Said:
    """How to answer: for a person or for a script."""

    home: Path
    json: bool = False

    def services(self, announce: app.Announce | None = None) -> app.Services:
        """The services of this home."""
        return app.build(self.home, announce)

    def answer(self, facts: object, text: str) -> None:
        """Print `facts` as JSON or `text`."""
        click.echo(msgspec.json.encode(facts).decode() if self.json else text)


def speaks(command: Callable[..., R]) -> Callable[..., Any]:
    """Give a command `--json`, and turn faults of the world into a sentence and an exit code."""

    @click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")
    @click.pass_obj
    @wraps(command)
    def spoken(said: Said, /, *args: Any, as_json: bool = False, **kwargs: Any) -> R:
        said.json = as_json
        try:
            return command(said, *args, **kwargs)
        except PlayerError as error:
            logging.getLogger(__name__).info("%s", error, exc_info=error)
            _complain(error, as_json=as_json)
            sys.exit(TEMPORARY if error.retry else 1)

    return spoken


def _complain(error: PlayerError, *, as_json: bool) -> None:
    faults = [str(fault) for fault in error.faults] if isinstance(error, SourceFaults) else []
    if as_json:
        facts = {"error": type(error).__name__, "text": str(error), "retry": error.retry}
        click.echo(msgspec.json.encode(facts | ({"faults": faults} if faults else {})).decode())
        return
    for fault in faults:
        click.echo(fault, err=True)
    click.echo(str(error), err=True)


@click.group(invoke_without_command=True)
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
    context.obj = Said(home or settings.default_home())
    _log(context.obj.home, verbose=verbose)
    if context.invoked_subcommand is None:
        context.invoke(window)


@main.command()
@click.option("--measure", is_flag=True, help="Print the seconds and memory to the first picture.")
@speaks
def window(said: Said, *, measure: bool = False) -> None:
    """Open the window."""
    from player.ui.main import start  # noqa: PLC0415 - so that no other command loads Qt

    sys.exit(start(said.home, _measured if measure else None))


@main.command()
@click.option("--add", "address", metavar="ADDRESS", help="Know a repository: a URL or a folder.")
@click.option("--remove", metavar="ADDRESS", help="Forget a repository; its courses stay.")
@click.option("--offline", is_flag=True, help="Only show what was offered last time.")
@speaks
def catalogue(said: Said, address: str | None, remove: str | None, *, offline: bool) -> None:
    """Look what the repositories offer, and what it costs."""
    services = said.services()
    if address:
        services.add_repository(address)
    if remove:
        services.remove_repository(remove)
    results = [] if offline else services.refresh_all()
    problems = [result for result in results if isinstance(result, PlayerError)]
    shelves = services.library()
    lines = [_shelf_line(shelf) for shelf in shelves] or ["Nothing is offered yet."]
    said.answer(
        {
            "repositories": services.repositories(),
            "courses": shelves,
            "problems": [str(problem) for problem in problems],
        },
        "\n".join(lines),
    )
    for problem in problems:
        if not said.json:
            click.echo(str(problem), err=True)
    if problems:
        sys.exit(TEMPORARY if all(problem.retry for problem in problems) else 1)


@main.command()
@click.argument("course", required=False)
@speaks
def courses(said: Said, course: str | None) -> None:
    """Show the courses that are here, or one course: its sections, their sizes, the progress."""
    services = said.services()
    if course is None:
        shelves = [shelf for shelf in services.library() if shelf.version]
        lines = [f"{s.id}  {s.completed}/{s.activities}  {s.title}" for s in shelves]
        said.answer(shelves, "\n".join(lines) or "No course is here yet.")
        return
    manifest = services.take_up(course)
    titles = {section.id: section.title for section in manifest.sections}
    states = services.sections(manifest)
    lines = [f"{manifest.title} (version {manifest.version}, {manifest.licence.id})"]
    lines += [
        f"  {one.section}  {one.state}  {_mb(one.here)} of {_mb(one.total)}  {titles[one.section]}"
        for one in states
    ]
    said.answer({"id": manifest.id, "title": manifest.title, "sections": states}, "\n".join(lines))


@main.command()
@click.argument("course", required=False)
@click.argument("sections", nargs=-1)
@click.option(
    "--as", "rendition", metavar="RENDITION", help="audio, 240p, 480p …, or `none` without video."
)
@speaks
def download(
    said: Said, course: str | None, sections: tuple[str, ...], rendition: str | None
) -> None:
    """Bring a course here, whole or by sections; without COURSE, go on with what was asked for."""
    services = said.services()
    if course:
        manifest = services.take_up(course)
        wanted = services.settings.rendition if rendition is None else rendition
        asked = sections or [section.id for section in manifest.sections]
        services.ask(course, asked, "" if wanted == "none" else wanted)
    left = sum(wish.total - wish.here for wish in services.wishes())
    with click.progressbar(length=left, label="Downloading", file=sys.stderr) as bar:
        seen = 0

        def report(done: int) -> None:
            nonlocal seen
            bar.update(done - seen)
            seen = done

        summary = services.download(report)
    said.answer(summary, f"{_mb(summary.fetched)} fetched, {summary.sections} sections are whole.")


@main.command()
@click.argument("source", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("repository", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--key",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The publisher's secret key; made where it does not exist.",
)
@speaks
def publish(said: Said, source: Path, repository: Path, key: Path | None) -> None:
    """Turn the course in the folder SOURCE into a signed course repository."""
    from player.publish import keys  # noqa: PLC0415 - the author's libraries load slowly
    from player.publish.repository import publish as publish_course  # noqa: PLC0415 - as above

    secret = keys.own_key(key or said.home / "publisher.key")
    published = publish_course(source, repository, secret, report=_whisper)
    for warning in published.warnings:
        if not said.json:
            click.echo(str(warning), err=True)
    text = (
        f"{published.course} version {published.version} is published: "
        f"{_mb(published.new_bytes)} new of {_mb(published.total_bytes)}."
        if published.changed
        else f"{published.course} is already published as version {published.version}."
    )
    said.answer(published, f"{text}\nPublic key: {keys.public_text(secret)}")


@main.command(name="import")
@click.argument("archive", type=click.Path(exists=True, path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--media",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with the videos that the export does not hold.",
)
@speaks
def import_(said: Said, archive: Path, folder: Path, media: Path | None) -> None:
    """Turn an Open edX export (OLX) into a course source FOLDER that `publish` takes."""
    from player.publish.olx import import_olx  # noqa: PLC0415 - as above

    result = import_olx(archive, folder, media, _whisper)
    lines = [
        f"{one.where}: {one.title or one.url_name} ({one.block}): {one.reason}"
        for one in result.left_out
    ]
    lines.append(
        f"{result.title}: written to {folder}; {len(result.left_out)} parts were left out."
    )
    said.answer(result, "\n".join(lines))


@main.command()
@speaks
def sync(said: Said) -> None:
    """Send what the learner did to the platform."""
    services = said.services()
    pushed = services.send()
    counts = services.counts()
    said.answer(
        {"pushed": pushed, "counts": counts},
        f"{pushed.received} received now; {counts.received} in all, "
        f"{counts.saved + counts.sent} still to send, {counts.refused} refused.",
    )
    if pushed.problem:
        raise pushed.problem


@main.command()
@click.option("--limit", default=50, show_default=True, help="How many acts, the latest first.")
@speaks
def journal(said: Said, limit: int) -> None:
    """Show what was recorded, and where each act stands."""
    entries = said.services().ledger(limit=limit)
    facts = [
        {**_fields(entry.event), "state": entry.state, "reason": entry.reason} for entry in entries
    ]
    lines = [
        f"{entry.event.at}  {entry.state:<8}  {entry.event.kind:<10}  {entry.event.act.name}"
        + (f"  ({entry.reason})" if entry.reason else "")
        for entry in entries
    ]
    said.answer(facts, "\n".join(lines) or "Nothing was recorded yet.")


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@speaks
def join(said: Said, file: Path) -> None:
    """Belong to the platform that FILE (its platform.json) describes."""
    platform = said.services().join(file.read_bytes())
    said.answer({"name": platform.name, "home": platform.home}, f"Your platform: {platform.name}")


@main.command()
@click.argument("name", required=False)
@speaks
def learner(said: Said, name: str | None) -> None:
    """Show who learns here, or write down NAME at the first start."""
    services = said.services()
    found = services.learner
    if found is None and name:
        found = services.introduce(name)
    said.answer(found, found.name if found else "Nobody yet: give a name.")


@main.command()
@speaks
def doctor(said: Said) -> None:
    """Check this PC's Cartable: database, journal, files, platform, video."""
    findings = examine(said.services())
    mark = {True: "ok  ", False: "BAD "}
    lines = [f"{mark[one.good]} {one.what}: {one.text}" for one in findings]
    said.answer(findings, "\n".join(lines))
    if not all(one.good for one in findings):
        sys.exit(1)


def _fields(event: object) -> dict[str, Any]:
    return msgspec.to_builtins(event)  # type: ignore[no-any-return]


def _shelf_line(shelf: Any) -> str:
    costs = "  ".join(f"{name} +{_mb(cost)}" for name, cost in shelf.renditions.items())
    version = shelf.offered or shelf.version
    return f"{shelf.id}  v{version}  text {_mb(shelf.base)}  {costs}  {shelf.title}"


def _mb(count: int) -> str:
    return f"{count / 1e6:.1f} MB"


def _whisper(text: str) -> None:
    click.echo(text, err=True)


def _measured(shown: Any) -> None:
    """Print how long and how much memory it took from the process's start to the first picture."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    memory = int(status.split("VmRSS:")[1].split()[0]) / 1024
    started = int(Path("/proc/self/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[19])
    seconds = time.clock_gettime(time.CLOCK_BOOTTIME) - started / os.sysconf("SC_CLK_TCK")
    facts = {"seconds": round(seconds, 3), "rss_mb": round(memory, 1)}
    click.echo(msgspec.json.encode(facts).decode())
    shown.window.close()
    shown.app.exit(0)


def _log(home: Path, *, verbose: bool) -> None:
    """Log to a rotating file in the home, where it can be written; never fail for it."""
    handlers: list[logging.Handler] = [logging.NullHandler()]
    if verbose:
        handlers.append(logging.StreamHandler())
    try:
        home.mkdir(parents=True, exist_ok=True)
        handlers.append(
            logging.handlers.RotatingFileHandler(
                home / "cartable.log", maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True
            )
        )
    except OSError:
        pass
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        handlers=handlers,
        force=True,
    )
