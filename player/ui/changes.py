# SPDX-License-Identifier: Apache-2.0
"""The stages' news as Qt signals: the only crossing from their threads to the window's.

`Changes.tell` is the plain callable that `app.build` takes; it may be called from any thread.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot

from player.app.mail import Collected
from player.app.updates import Renewed
from player.download.news import DownloadNews
from player.sync.push import SyncNews


class Changes(QObject):
    """What has just happened.

    Signals:
        downloading: a `DownloadNews`, at most ten a second.
        syncing: a `SyncNews`.
        renewed: a `Renewed`.
        homed: a `Home`: what was done elsewhere came by itself.
        collected: a `Collected`: letters came.
        progressed: the id of a course in which the learner got on.
    """

    downloading = Signal(object)
    syncing = Signal(object)
    renewed = Signal(object)
    homed = Signal(object)
    collected = Signal(object)
    progressed = Signal(str)
    _told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told.connect(self._sort, Qt.ConnectionType.QueuedConnection)

    def tell(self, news: object) -> None:
        """Take news from any thread."""
        self._told.emit(news)

    @Slot(object)
    def _sort(self, news: object) -> None:
        if isinstance(news, DownloadNews):
            self.downloading.emit(news)
        elif isinstance(news, SyncNews):
            self.syncing.emit(news)
        elif isinstance(news, Renewed):
            self.renewed.emit(news)
        elif isinstance(news, Collected):
            self.collected.emit(news)
        else:
            from player.app.homecoming import Home  # noqa: PLC0415 - most starts do without

            if isinstance(news, Home):
                self.homed.emit(news)
