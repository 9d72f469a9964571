# SPDX-License-Identifier: Apache-2.0
"""Single values as xAPI and its video profile want them spelt. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from player.journal.events import Segments

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?![A-Za-z0-9])")


def language(tag: str) -> str:
    """The language, script and region of a tag (RFC 5646); '' when it is none."""
    found = _TAG.match(tag)
    return found[0] if found else ""


def part(name: str) -> str:
    """A name as one part of an IRI's path."""
    return quote(name, safe="")


def iri(url: str) -> str:
    """`url` with what an IRI may not hold escaped: a course's link must not spoil a batch."""
    page, hash_, fragment = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", url.strip()).partition("#")
    kept = "%/:?&=~+!$,;'@()*"
    return quote(page, safe=kept) + hash_ + quote(fragment, safe=kept)


def seconds(value: float) -> float:
    """Three decimals at most, as the video profile asks; never negative."""
    return round(max(value, 0.0), 3)


def duration(value: float) -> str | None:
    """ISO 8601, hundredths of a second as xAPI compares them (part 2, 4.6); None for none."""
    return f"PT{_plain(value, 2)}S" if value >= 0.01 else None


def spelt(segments: Segments) -> str:
    """`0[.]12.5[,]40[.]61`: the video profile's played-segments."""
    return "[,]".join(f"{_plain(start, 3)}[.]{_plain(stop, 3)}" for start, stop in segments)


def share(segments: Segments, length: float) -> float:
    """The share of `length` that the segments cover, 0 to 1, what was seen twice counted once.

    Of both as they are spelt, so that whoever reads those comes to the same.
    """
    covered = reached = 0.0
    length = seconds(length)
    for start, stop in sorted((seconds(start), seconds(stop)) for start, stop in segments):
        covered += max(0.0, stop - max(start, reached))
        reached = max(reached, stop)
    return round(min(covered / length, 1.0), 3) if length > 0 else 0.0


def _plain(value: float, decimals: int) -> str:
    return f"{max(value, 0.0):.{decimals}f}".rstrip("0").rstrip(".")


def without_empty(value: Any) -> Any:
    """`value` without members that are null or empty: xAPI allows neither (part 2, 2.2)."""
    if isinstance(value, list):
        return [without_empty(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    members = ((key, without_empty(member)) for key, member in value.items())
    return {key: member for key, member in members if member not in (None, "", [], {})}
