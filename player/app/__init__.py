# SPDX-License-Identifier: Apache-2.0
"""The composition root: joins the stages to one home, one network, one clock. No Qt.

`build` has the real things as defaults and takes fakes as arguments: no container, no registry,
nothing global. `services` is what it returns, on `parts`, `doctor` examines a home.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from player import __version__, settings
from player.app.parts import Announce
from player.app.services import Repository, Services, WishedSection
from player.clock import Now
from player.store import database
from player.transport import Roads, Transport

__all__ = ["Announce", "Now", "Repository", "Services", "WishedSection", "build"]


def build(
    home: Path | None = None,
    announce: Announce | None = None,
    transport: Transport | None = None,
    now: Now | None = None,
) -> Services:
    """Return the services of a home, its database made or brought up to date.

    Args:
        home: the folder of the data; the settings' default otherwise.
        announce: told the stages' news, from any thread.
        transport: the roads to repositories and platforms; the real ones otherwise.
        now: the wall clock, aware of its time zone.

    Raises:
        StorageProblem: the home cannot be used; nothing was changed.
    """
    home = home or settings.default_home()
    database.prepare(home)
    return Services(
        home,
        announce or (lambda _: None),
        transport or Roads(f"Cartable/{__version__}"),
        now or (lambda: datetime.now(UTC)),
    )
