# SPDX-License-Identifier: Apache-2.0
"""The platform's side: its desk, by the commands that people type, and what its store holds."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from walker import Lost

HERE = Path(__file__).parents[1]


def command(home: Path, *words: object) -> dict[str, Any]:
    """Run `cartable --home HOME WORDS --json`; returns the facts that it printed.

    Raises:
        Lost: it failed, with what it said.
    """
    line = [sys.executable, "-m", "player", "--home", home, *words, "--json"]
    done = subprocess.run(
        [str(one) for one in line], check=False, cwd=HERE.parent, capture_output=True, text=True
    )
    if done.returncode:
        raise Lost(f"`{' '.join(map(str, words))}` said {done.stdout} {done.stderr}")
    facts: dict[str, Any] = json.loads(done.stdout)
    return facts


def read_back(data: Path) -> list[dict[str, Any]]:
    """Every statement of the platform's store, read as a reader of reports would."""
    line = [sys.executable, str(HERE / "platform" / "read_back.py"), str(data)]
    done = subprocess.run(line, capture_output=True, check=True, text=True)
    return [json.loads(one) for one in done.stdout.splitlines()]


def is_anonymous(statement: Mapping[str, Any]) -> bool:
    """Whether it is of an anonymous questionnaire: nobody can tell whose it is."""
    said = statement.get("context", {}).get("extensions", {})
    return any(name.endswith("/anonymous") for name in said)


def first_row(table: Path) -> dict[str, str] | None:
    """The first row of a spreadsheet for marking; None where nothing waits."""
    with table.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.DictReader(file), None)


def write_row(table: Path, row: Mapping[str, str]) -> None:
    """Write a spreadsheet for marking with one row."""
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
