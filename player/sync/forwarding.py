# SPDX-License-Identifier: Apache-2.0
"""Letters that an office gives along on the stick, for PCs that no network reaches.

The office cannot open them, and need not: it knows their names from the bundle.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from player.course.manifest import Id
from player.course.platform import Platform
from player.errors import PlayerError
from player.journal.items import Box
from player.journal.outbox import Delivery
from player.store.saving import write
from player.sync.bundle import Head
from player.sync.mailbox import fetched
from player.transport import Transport

log = logging.getLogger(__name__)

_MOST = 1000  # letters of a box in one go, as `mailbox` has it


def forward(
    transport: Transport, platform: Platform, head: Head, acts: Sequence[Delivery], stick: Path
) -> int:
    """Put the letters to who is in a bundle, and to everybody in their courses, into the stick's
    `mailbox`, those that are not there yet; how many.

    What goes wrong is for the log: the work was delivered, and letters come another time.
    """
    if not platform.mail:
        return 0
    boxes = list(_boxes(platform, head, acts))
    count = 0
    for url in platform.repositories:
        try:
            for box in boxes:
                for path, data in _new(transport, url, box, stick):
                    path.parent.mkdir(parents=True, exist_ok=True)
                    write(path, data)
                    count += 1
        except (PlayerError, OSError) as error:
            log.warning("no more letters of %s for the stick: %s", url, error)
    return count


def _boxes(platform: Platform, head: Head, acts: Sequence[Delivery]) -> Iterator[Box]:
    """Everybody's of each course in which something was done, and those of who did it."""
    done = dict.fromkeys(one for act in acts if (one := _whose(act.statement, platform)))
    for course in dict.fromkeys(course for course, _ in done):
        yield Box(platform.home, course)
    for course, learner in done if head.recipient else ():
        yield Box(platform.home, course, learner, head.recipient)


class _Account(msgspec.Struct):
    name: str


class _Actor(msgspec.Struct):
    account: _Account


class _Context(msgspec.Struct):
    extensions: dict[str, Any]


class _Statement(msgspec.Struct):
    actor: _Actor
    context: _Context


class _Course(msgspec.Struct):
    id: Id


def _whose(statement: bytes, platform: Platform) -> tuple[str, str] | None:
    """Course and learner; None where it names no course, or one that could be no folder."""
    try:
        found = msgspec.json.decode(statement, type=_Statement)
        name = f"{platform.home.rstrip('/')}/xapi/extensions/course"
        course = msgspec.convert(found.context.extensions.get(name), _Course)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return course.id, found.actor.account.name


def _new(transport: Transport, url: str, box: Box, stick: Path) -> Iterator[tuple[Path, bytes]]:
    """The letters of a box that lie below `url` and not on the stick, and where they belong."""
    for number in range(1, _MOST):
        path = stick / box.path(number)
        if not path.resolve().is_relative_to(stick.resolve()):
            return  # a link on the stick leads elsewhere
        if path.exists():
            continue
        data = fetched(transport, f"{url.rstrip('/')}/{box.path(number)}", box.path(number))
        if data is None:
            return
        yield path, data
