# SPDX-License-Identifier: Apache-2.0
"""A PC whose power goes at the Nth step.

A step is the beginning, the last moment before the commit and the end of each transaction; each
request before it leaves, when the server has done its part, and when the answer is read; and each
file before it is written, when half of it is, and when it is whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from lrs_simulator import LrsSimulator

from player.store import place
from player.store.database import Database
from player.transport import Reply


class Killed(BaseException):
    """The power went."""


class Power:
    """Goes at the step of that number; None: stays."""

    def __init__(self) -> None:
        self.goes_at: int | None = None
        self.steps = 0

    def step(self) -> None:
        self.steps += 1
        if self.steps == self.goes_at:
            raise Killed


class Road:
    """A transport on which the power can go at three places."""

    def __init__(self, store: LrsSimulator, power: Power) -> None:
        self._store, self._power = store, power

    @contextmanager
    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Iterator[Reply]:
        self._power.step()
        with self._store.request(method, url, headers=headers, body=body) as reply:
            self._power.step()
            yield reply
        self._power.step()


@pytest.fixture
def power(monkeypatch: pytest.MonkeyPatch) -> Power:
    found = Power()
    real = Database.atomic

    @contextmanager
    def atomic(self: Any) -> Iterator[Any]:
        found.step()
        with real(self):
            yield self
            found.step()
        found.step()

    write_whole = place.write

    def write(file: Path, data: bytes) -> None:
        found.step()
        file.with_name(f"{file.name}.part").write_bytes(data[: len(data) // 2])
        found.step()
        write_whole(file, data)
        found.step()

    monkeypatch.setattr(Database, "atomic", atomic)
    monkeypatch.setattr(place, "write", write)
    return found
