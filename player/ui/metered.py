# SPDX-License-Identifier: Apache-2.0
"""Whether the system says that the line is paid by the megabyte, as far as it says anything.

NetworkManager, Windows and ConnMan know; elsewhere, and where no D-Bus runs, nobody does, and the
learner's word in the settings counts.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation

log = logging.getLogger(__name__)

_FEATURE = QNetworkInformation.Feature.Metered
_UNSURE = "glib"  # says no also where it only does not know


class Metered(QObject):
    """What the system says of the line. Made in the window's thread; `value` is read from any.

    Signals:
        changed: the system says something else now: True, False, or None where it does not know.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.value: bool | None = None
        self._system = _loaded()
        if self._system is not None:
            self._system.isMeteredChanged.connect(self._hear)
            self.value = self._judged(self._system.isMetered())

    def _hear(self, metered: bool) -> None:
        value = self._judged(metered)
        if value != self.value:
            self.value = value
            self.changed.emit(value)

    def _judged(self, metered: bool) -> bool | None:
        unsure = self._system is not None and self._system.backendName() == _UNSURE
        return None if unsure and not metered else metered


def _loaded() -> QNetworkInformation | None:
    """Qt's view of the network, made once in a process; None where no back end can tell."""
    offered = QNetworkInformation.availableBackends()
    for name in sorted(offered, key=lambda name: name == _UNSURE):
        if QNetworkInformation.loadBackendByName(name):
            found = QNetworkInformation.instance()
            if found is not None and found.supports(_FEATURE):
                return found
            break  # another one cannot be loaded in its place
    log.info("the system does not tell whether the line is metered")
    return None
