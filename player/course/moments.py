# SPDX-License-Identifier: Apache-2.0
"""What a video has at certain of its seconds: chapters, and the slides that turn with it.

A course that says them wrong still plays: what cannot be understood is left out, the rest is put
into order.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, Protocol


class Moment(Protocol):
    """A second of a video from which on something holds."""

    @property
    def at(self) -> float:
        """The second."""


def index_at(moments: Sequence[Moment], time: float) -> int:
    """The number of the moment that holds at `time`; -1 before the first."""
    return bisect_right(moments, time, key=lambda moment: moment.at) - 1


def tidy(video: dict[str, Any]) -> None:
    """Bring `chapters` and `turns` of a raw video into order, in place.

    In the order of their seconds, each second once (the first that is said counts); left out is
    what begins outside the video, a chapter without a title, a turn to no page.
    """
    length = video.get("duration")
    end = float(length) if _is_number(length) and length > 0 else math.inf  # type: ignore[operator,arg-type]
    for key, fits in (("chapters", _is_chapter), ("turns", _is_turn)):
        if key in video:
            raw = video[key] if isinstance(video[key], list) else []
            kept: dict[float, dict[str, Any]] = {}
            for one in raw:
                if isinstance(one, dict) and _is_second(one.get("at"), end) and fits(one):
                    kept.setdefault(float(one["at"]), one)
            video[key] = [kept[at] for at in sorted(kept)]


def _is_chapter(raw: dict[str, Any]) -> bool:
    title = raw.get("title")
    return isinstance(title, str) and bool(title.strip())


def _is_turn(raw: dict[str, Any]) -> bool:
    page = raw.get("page")
    return type(page) is int and 1 <= page < 2**31


def _is_second(value: object, end: float) -> bool:
    return _is_number(value) and 0 <= value < end  # type: ignore[operator]


def _is_number(value: object) -> bool:
    return type(value) in (int, float) and math.isfinite(value)  # type: ignore[arg-type]
