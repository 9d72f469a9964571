# SPDX-License-Identifier: Apache-2.0
"""How a command answers: a person or a script, in whose language, with which exit code.

0 done; 1 a fault, said in one sentence; 2 the command was typed wrongly (click says so); 75 a fault
that waiting may mend (sysexits.h, EX_TEMPFAIL), so that a script can try again.
"""

from __future__ import annotations

import logging
import logging.handlers
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
import msgspec

from player import __version__, app
from player.errors import PlayerError, SourceFaults
from player.store.database import FILE, translated
from player.transport import Roads

TEMPORARY = 75

# C0 and C1 of ECMA-48 but tab and line feed: titles and texts are a stranger's
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

R = TypeVar("R")
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Call:
    """One call of the command line: on which home, and how to answer."""

    home: Path
    verbose: bool = False
    json: bool = False

    def services(self, announce: app.Announce | None = None) -> app.Services:
        """The services of this home, until the command ends."""
        roads = Roads(f"Cartable/{__version__}")
        services = app.build(self.home, announce, roads)
        context = click.get_current_context()
        context.call_on_close(roads.close)
        context.call_on_close(services.close_thread)
        return services

    def answer(self, facts: object, text: str) -> None:
        """Print `facts` as JSON, or `text`, in which nothing steers the terminal."""
        click.echo(_json(facts) if self.json else _CONTROL.sub("�", text))

    def answer_with(
        self, facts: Mapping[str, object], text: str, problems: Sequence[PlayerError]
    ) -> None:
        """Answer; if some of it went wrong, say what, and end with the exit code for it."""
        if not problems:
            self.answer(facts, text)
            return
        said = {**facts, **_facts(problems[0]), "problems": [_facts(one) for one in problems]}
        self.answer(said, text)
        if not self.json:
            for problem in problems:
                click.echo(sentence(problem), err=True)
        sys.exit(TEMPORARY if all(problem.retry for problem in problems) else 1)

    def complain(self, error: PlayerError) -> NoReturn:
        """Say what went wrong, and end."""
        if self.json:
            click.echo(_json(_facts(error)))
        else:
            click.echo("\n".join([*_faults(error), sentence(error)]), err=True)
        sys.exit(TEMPORARY if error.retry else 1)


def speaks(command: Callable[..., R]) -> Callable[..., Any]:
    """Give a command `--json`, and turn faults of the world into a sentence and an exit code."""

    @click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")
    @click.pass_obj
    @wraps(command)
    def spoken(call: Call, /, *args: Any, as_json: bool = False, **kwargs: Any) -> R:
        call.json = as_json
        _log(call)
        try:
            with translated(call.home / FILE):
                return command(call, *args, **kwargs)
        except PlayerError as error:
            log.info("%s", error, exc_info=error)
            call.complain(error)

    return spoken


def sentence(error: PlayerError) -> str:
    """The error's sentence in the system's language, in English where we do not speak it."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    language = next(filter(None, named), "")[:2].lower()
    if language in ("", "c", "c.", "po", "en"):  # po: POSIX
        return str(error)
    try:
        from player.ui.language import said_in  # noqa: PLC0415 - it loads Qt, for this alone
    except ImportError:  # a server without what Qt stands on
        return str(error)
    return said_in(error, language)


def whisper(text: str) -> None:
    """Say beside the answer what is being done."""
    click.echo(text, err=True)


def megabytes(count: int) -> str:
    """A number of bytes for a person."""
    return f"{count / 1e6:.1f} MB"


def _json(facts: object) -> bytes:
    """UTF-8 whatever the terminal speaks (RFC 8259 §8.1)."""

    def as_text(value: object) -> str:
        if isinstance(value, Path):
            return str(value)
        raise NotImplementedError

    return msgspec.json.encode(facts, enc_hook=as_text)


def _facts(error: PlayerError) -> dict[str, object]:
    facts = {"error": type(error).__name__, "text": sentence(error), "retry": error.retry}
    faults = _faults(error)
    return facts | ({"faults": faults} if faults else {})


def _faults(error: PlayerError) -> list[str]:
    return [str(fault) for fault in error.faults] if isinstance(error, SourceFaults) else []


def _log(call: Call) -> None:
    """Log to a rotating file in the home, where it can be written; never fail for it."""
    logging.raiseExceptions = False  # a full disk is said once, by the command itself
    handlers: list[logging.Handler] = [logging.NullHandler()]
    if call.verbose:
        handlers.append(logging.StreamHandler())
    try:
        call.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        log.debug("no log: %s", error)
    else:
        file = call.home / "cartable.log"
        handlers.append(
            logging.handlers.RotatingFileHandler(
                file, maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True
            )
        )
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=logging.INFO, format=form, handlers=handlers, force=True)
