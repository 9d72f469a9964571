# SPDX-License-Identifier: Apache-2.0
"""A table of course.toml, read key by key: what is wrong with a value is noted with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from player.publish.faults import Findings, Place, meant
from player.publish.positions import Path

_MOST_MINUTES = 16_000  # eleven days; a manifest's seconds go up to 10^6


@dataclass(slots=True)
class Table:
    """Values by key. What was asked for is what may stand there: `close` reports the rest."""

    raw: dict[str, Any]
    path: Path
    lines: dict[Path, int]
    file: str
    findings: Findings
    known: list[str] = field(default_factory=list)

    def place(self, *keys: str | int) -> Place:
        """Where a key of this table stands; the table itself where it has none."""
        path = (*self.path, *keys)
        line = self.lines.get(path) or self.lines.get((*path, 0))  # `[[key]]` has a line a table
        return Place(self.file, line or self.lines.get(self.path, 0))

    def text(self, key: str, missing: str = "", default: str = "") -> str:
        """A text without white space at its ends. `missing` says what to do where it has to be."""
        value = self._value(key, str, "a text in quotes", missing)
        if value is None:
            return default
        if missing and not value.strip():
            self.findings.fault(self.place(key), f"`{key}` is empty.", missing)
        return str(value).strip()

    def flag(self, key: str) -> bool:
        """`true` or `false`; false where absent."""
        return bool(self._value(key, bool, "`true` or `false`"))

    def whole(self, key: str, default: int) -> int:
        """A whole number from 0."""
        value = self._value(key, int, "a whole number")
        if value is not None and value < 0:
            self.findings.fault(self.place(key), f"`{key}` is below 0.", "Write 0 for no limit.")
        return default if value is None else max(int(value), 0)

    def moment(self, key: str) -> datetime | None:
        """A point in time, with its zone."""
        shape = "a date and time, such as 2027-03-31T18:00:00Z"
        value = self._value(key, datetime, f"{shape}, without quotes")
        if value is not None and value.tzinfo is None:
            what = f"`{key}` does not say in which time zone."
            do = "Write Z for UTC, or +01:00, behind it."
            self.findings.fault(self.place(key), what, do)
            return None
        return value if isinstance(value, datetime) else None

    def minutes(self, key: str, default: float) -> float:
        """Minutes, in seconds: a number from 0."""
        value = self._value(key, (int, float), "a number of minutes, such as 45")
        if value is None:
            return default
        if not 0 <= value <= _MOST_MINUTES:
            do = f"Write minutes, up to {_MOST_MINUTES}."
            self.findings.fault(self.place(key), f"`{key}` is {value}.", do)
            return default
        return float(value) * 60

    def share(self, key: str, default: float) -> float:
        """A number from 0 to 1."""
        value = self._value(key, (int, float), "a number from 0 to 1, such as 0.6")
        if value is None:
            return default
        if not 0 <= value <= 1:
            what = f"`{key}` is {value}, which is not between 0 and 1."
            self.findings.fault(self.place(key), what, "Write 0.6 for 60 %.")
            return default
        return float(value)

    def inner(self, key: str) -> Table | None:
        """The table of a key; None where there is none."""
        value = self._value(key, dict, f"a table: `[{'.'.join(map(str, (*self.path, key)))}]`")
        if value is None:
            return None
        return Table(value, (*self.path, key), self.lines, self.file, self.findings)

    def texts(self, key: str) -> list[str]:
        """A list of texts; empty where absent."""
        value = self._value(key, list, "a list of texts in quotes")
        if any(not isinstance(one, str) for one in value or []):
            self.findings.fault(self.place(key), f"`{key}` has to be a list of texts in quotes.")
            return []
        return [str(one).strip() for one in value or []]

    def listed(self, key: str) -> list[Any]:
        """The members of a list, whatever they are; empty where absent."""
        return list(self._value(key, list, "a list") or [])

    def tables(self, key: str, missing: str) -> Iterator[Table]:
        """The tables of a list; `missing` says what to do where there is none."""
        value = self._value(key, list, "a list of tables", missing)
        if value == []:
            self.findings.fault(self.place(key), f"`{key}` is empty.", missing)
        for index, raw in enumerate(value or []):
            if isinstance(raw, dict):
                path = (*self.path, key, index)
                yield Table(raw, path, self.lines, self.file, self.findings)
            else:
                what = f"An element of `{key}` is not a table."
                self.findings.fault(self.place(key, index), what, "Write it as `{ key = value }`.")

    def close(self) -> None:
        """Report every key that nobody asked for."""
        for key in self.raw:
            if key not in self.known:
                what = f"`{key}` is not a key that belongs here."
                self.findings.fault(self.place(key), what, meant(key, self.known))

    def _value(self, key: str, kind: type | tuple[type, ...], shape: str, missing: str = "") -> Any:
        self.known.append(key)
        if key not in self.raw:
            if missing:
                self.findings.fault(self.place(), f"`{key}` is missing.", missing)
            return None
        value = self.raw[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.findings.fault(self.place(key), f"`{key}` has to be {shape}.")
            return None
        return value
