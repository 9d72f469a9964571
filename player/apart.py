# SPDX-License-Identifier: Apache-2.0
"""Another process of this program, for files that may do anything to whoever reads them.

A stranger's file can have the library that reads it turn in circles, take all memory or fall.
Python cannot stop a library, a thread cannot be ended, and what falls takes its process along; so
such a file is read by a process of its own, which may be killed at any moment: decision 0035.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEGABYTES = 512
"""Of its own that such a process may take: a third of what an old PC has left beside the window. A
page scanned at 600 dpi takes 100."""

AFTER = 2.0
"""Seconds after which such a process ends by itself: whoever waits for it has a limit before."""


def command(module: str, *words: str) -> list[str]:
    """What starts `module` of this program; its `environment` belongs to it.

    Without `site`, which takes a fifth of the start, and without the folder one happens to be in,
    which may hold a stranger's `player`.
    """
    return [sys.executable, "-S", "-P", "-m", module, *words]


def environment() -> dict[str, str]:
    """The variables of a process that finds the same program and libraries as this one."""
    places = [str(Path(__file__).parents[1]), *filter(None, sys.path)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places)}


def confine(megabytes: int) -> None:
    """Let this process take no more memory of its own, and leave no dump of it when it falls.

    Counted is what is written to, not what is mapped: a library may reserve gigabytes that it never
    uses. Only Linux holds to it (setrlimit(2), RLIMIT_DATA); elsewhere the time is the limit.
    """
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    for kind, wanted in ((resource.RLIMIT_DATA, megabytes << 20), (resource.RLIMIT_CORE, 0)):
        _, most = resource.getrlimit(kind)
        least = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(kind, (least, least))


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """End this process, whatever it is doing, soon (`AFTER`) after the block has taken so long.

    By faulthandler, whose thread needs no interpreter: a library that turns in circles keeps it. So
    nothing is left behind where whoever waits has been killed.
    """
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        faulthandler.dump_traceback_later(seconds + AFTER, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
