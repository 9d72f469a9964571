# SPDX-License-Identifier: Apache-2.0
"""The bar of a download, on the error stream: how much is here of what was asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from player.app import WishedSection
from player.download.news import DownloadNews

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar


class Progress:
    """A bar of what is here of what was asked for; what came in earlier runs counts."""

    def __init__(self) -> None:
        self._bar: ProgressBar[int] | None = None
        self._here: dict[tuple[str, str], int] = {}

    @contextmanager
    def of(self, lacking: Sequence[WishedSection]) -> Iterator[None]:
        """Show the bar while these come."""
        total = sum(wish.total for wish in lacking)
        self._here = {(wish.course, wish.section): wish.here for wish in lacking}
        with click.progressbar(length=total, label="Downloading", file=sys.stderr) as self._bar:
            self._bar.update(sum(self._here.values()))
            yield
        self._bar = None

    @property
    def share(self) -> float:
        """How much of it is here, 0 to 1."""
        return self._bar.pct if self._bar else 0.0

    def tell(self, news: object) -> None:
        """Take the news of a download."""
        if self._bar is None or not isinstance(news, DownloadNews):
            return
        self._here[news.course, news.section] = news.done
        more = sum(self._here.values()) - self._bar.pos
        if more > 0:  # what came damaged is fetched again: then it waits
            self._bar.update(more)
