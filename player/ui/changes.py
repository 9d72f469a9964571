# SPDX-License-Identifier: Apache-2.0
"""The stages' news as Qt signals: the only crossing from their threads to the window's.

`Changes.tell` is the plain callable that `app.build` takes; it may be called from any thread.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot


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
        # By name, so that no stage is loaded before it has something to tell
        signals = {
            "DownloadNews": self.downloading,
            "SyncNews": self.syncing,
            "Renewed": self.renewed,
            "Home": self.homed,
            "Collected": self.collected,
        }
        if (signal := signals.get(type(news).__name__)) is not None:
            signal.emit(news)
