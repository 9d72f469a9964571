# SPDX-License-Identifier: Apache-2.0
"""Start a tool, and start it again until it says that it is through."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PAUSE = 1.0  # seconds before another start after a failure; after a kill it is at once
_LOOK = 0.02


@dataclass(frozen=True)
class Ran:
    """How it went: seconds in all and of the processor, starts; `code` is None for "never"."""

    wall: float
    cpu: float
    starts: int
    code: int | None
    said: str


@dataclass
class Running:
    """A process of a tool, and what its threads and children cost once it is over."""

    process: subprocess.Popen[bytes]
    cpu: float = 0.0

    def over(self) -> bool:
        """Whether it has ended."""
        if self.process.returncode is None:
            self._look(os.WNOHANG)
        return self.process.returncode is not None

    def kill(self) -> None:
        """End it (-9), with its children."""
        if not self.over():
            os.killpg(self.process.pid, signal.SIGKILL)
            self._look(0)

    def _look(self, options: int) -> None:
        pid, status, usage = os.wait4(self.process.pid, options)
        if pid:
            self.process.returncode = os.waitstatus_to_exitcode(status)
            self.cpu = usage.ru_utime + usage.ru_stime


@contextmanager
def started(
    command: Sequence[str], folder: Path, env: Mapping[str, str], log: Path
) -> Iterator[Running]:
    """Start a command in a group of its own, which is killed at the end if it still runs.

    What it says goes behind what `log` has.
    """
    with log.open("ab") as out:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    running = Running(process)
    try:
        yield running
    finally:
        running.kill()


def persevere(
    command: Sequence[str],
    folder: Path,
    env: Mapping[str, str],
    *,
    limit: float,
    kill_every: float = 0,
    starts: int = 0,
) -> Ran:
    """Run a command until it exits with 0.

    Args:
        command: the program and its arguments.
        folder: where it runs; `said` is written there.
        env: its environment.
        limit: seconds after which it is ended for good.
        kill_every: seconds after each start when it is killed; 0 for never.
        starts: give up after as many; 0 for never.
    """
    log = folder / "said"
    began, cpu, count = time.monotonic(), 0.0, 0
    while True:
        count += 1
        with started(command, folder, env, log) as running:
            kill_at = time.monotonic() + kill_every if kill_every else 0
            killed = _wait(running, kill_at, began + limit)
        cpu += running.cpu
        code = running.process.returncode
        wall = time.monotonic() - began
        if code == 0 or wall >= limit or count == starts:
            through = code if wall < limit or code == 0 else None
            return Ran(wall, cpu, count, through, _last(log))
        if not killed:
            time.sleep(PAUSE)


def _wait(running: Running, kill_at: float, end: float) -> bool:
    """Wait until it is over, or the time has come to kill it; whether it was killed."""
    while not running.over():
        now = time.monotonic()
        if now >= end or (kill_at and now >= kill_at):
            running.kill()
            return True
        time.sleep(_LOOK)
    return False


def _last(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
