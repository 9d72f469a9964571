# SPDX-License-Identifier: Apache-2.0
"""The command that opens the window, and its stopwatch."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click
import msgspec

from player.cli.answers import Call, speaks
from player.errors import NoDisplay

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@click.command()
@click.option("--measure", is_flag=True, help="Print the seconds and memory to the first picture.")
@speaks
def window(call: Call, *, measure: bool = False) -> None:
    """Open the window."""
    if sys.platform == "linux" and not any(map(os.environ.get, _DISPLAYS)):
        raise NoDisplay
    from player.ui.main import start  # noqa: PLC0415 - so that no other command loads Qt

    sys.exit(start(call.home, _measured if measure else None))


def _measured(_shown: object) -> None:
    """Print how long and how much memory it took from the process's start to the first picture."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    memory = int(status.split("VmRSS:")[1].split()[0]) / 1024
    started = int(Path("/proc/self/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[19])
    seconds = time.clock_gettime(time.CLOCK_BOOTTIME) - started / os.sysconf("SC_CLK_TCK")
    click.echo(msgspec.json.encode({"seconds": round(seconds, 3), "rss_mb": round(memory, 1)}))
