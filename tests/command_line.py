# SPDX-License-Identifier: Apache-2.0
"""The command line in a test: in this process, or in one of its own."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from player.cli import main

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Ran:
    """How a command ended: exit code, what stood on stdout and on stderr."""

    code: int
    out: str
    err: str

    @property
    def facts(self) -> Any:
        """What `--json` answered: one document and nothing beside it."""
        return json.loads(self.out)

    @property
    def found_bad(self) -> list[str]:
        """The lines of `doctor` that something is wrong in. By its first word: a key's id may
        hold the letters BAD too."""
        return [line for line in self.out.splitlines() if line.startswith("BAD ")]


def cartable(home: Path, *words: object) -> Ran:
    """Run `cartable --home HOME WORDS…` here. A bug comes through as itself."""
    command = ["--home", str(home), *map(str, words)]
    try:
        found = CliRunner().invoke(main, command, catch_exceptions=False, prog_name="cartable")
    finally:
        logging.raiseExceptions = True
        for handler in list(logging.root.handlers):
            if str(getattr(handler, "baseFilename", "")).startswith(str(home)):
                logging.root.removeHandler(handler)
                handler.close()
    return Ran(found.exit_code, found.stdout, found.stderr)


def start(home: Path, *words: object, **environment: str) -> subprocess.Popen[str]:
    """Start `cartable` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "player", "--home", str(home), *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=os.environ | environment,
        text=True,
        encoding="utf-8",
    )


def end(process: subprocess.Popen[str]) -> Ran:
    """Wait for a command that was started."""
    out, err = process.communicate(timeout=60)
    return Ran(process.returncode, out, err)


def run(home: Path, *words: object, **environment: str) -> Ran:
    """Run `cartable` in a process of its own."""
    return end(start(home, *words, **environment))
