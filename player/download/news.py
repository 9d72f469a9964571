# SPDX-License-Identifier: Apache-2.0
"""What the window is told while a download runs, and how often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

EVERY = 0.1  # seconds: more often is no news to an eye, and work for an old processor


@dataclass(frozen=True, slots=True)
class DownloadNews:
    """How a wish comes along, a section or an `activity` of it: `done` of `total` bytes are here.

    `state` is 'fetching', 'waiting' (for the line), 'here' or 'stopped'; `problem` says why it
    waits or stopped, '' otherwise; `since` when it began to wait, RFC 3339 in UTC.
    """

    course: str
    section: str
    done: int
    total: int
    state: str
    problem: str = ""
    since: str = ""
    activity: str = ""


Announce = Callable[[DownloadNews], None]


def unheard(_news: DownloadNews) -> None:
    """Tell nobody."""


class Teller:
    """Passes on progress at most ten times a second, and every change of state at once."""

    def __init__(self, announce: Announce, clock: Callable[[], float]) -> None:
        self._announce = announce
        self._clock = clock
        self._last: DownloadNews | None = None
        self._at = 0.0

    def due(self, section: str) -> bool:
        """Whether progress of `section` would be passed on."""
        last = self._last
        if last is None or (last.section, last.state) != (section, "fetching"):
            return True
        return self._clock() - self._at >= EVERY

    def tell(self, news: DownloadNews) -> None:
        """Pass on, now."""
        self._last, self._at = news, self._clock()
        self._announce(news)
