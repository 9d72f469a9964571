# SPDX-License-Identifier: Apache-2.0
"""Whether the statement that a store holds is the one we sent. Pure.

Asked after a 409: some stores refuse a batch when they already have one of its statements, even
the same one (research/xapi.md §1.3). By meaning, not by bytes: stores add fields, spell times and
ids anew, and may keep their own descriptions (xAPI 1.0.3, part 2, 2.3.1 and 2.4).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

_ADDED_BY_STORES = {"stored", "authority", "version", "attachments"}
_DESCRIPTIONS = {"display", "definition", "objectType"}


def same(ours: bytes, theirs: object) -> bool:
    """Whether `theirs` (decoded JSON) means what `ours` (a statement's bytes) means."""
    try:
        mine = _meaning(msgspec.json.decode(ours))
        other = _meaning(theirs)
        if isinstance(other, dict) and "timestamp" not in mine:
            other.pop("timestamp", None)  # the store gave it one
        return bool(mine == other)
    except RecursionError:  # a thousand lists in each other: nothing that a player says
        return False


def _meaning(statement: Any) -> Any:
    if not isinstance(statement, dict):
        return None
    kept = {key: value for key, value in statement.items() if key not in _ADDED_BY_STORES}
    kept["id"] = str(kept.get("id")).lower()
    if "timestamp" in kept:  # an anonymous answer has none
        kept["timestamp"] = _instant(kept["timestamp"])
    return _without_descriptions(kept)


def _without_descriptions(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_descriptions(one) for one in value]
    if isinstance(value, dict):
        return {
            key: _without_descriptions(member)
            for key, member in value.items()
            if key not in _DESCRIPTIONS and member not in (None, [], {})
        }
    return value


def _instant(text: object) -> object:
    """A time, however spelt, to the millisecond; what is none stays as it is."""
    try:
        at = datetime.fromisoformat(str(text))
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):  # the year 1 at Samoa's clock is none in UTC
        return text
    return at.replace(microsecond=at.microsecond // 1000 * 1000)
