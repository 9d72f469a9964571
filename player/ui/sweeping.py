# SPDX-License-Identifier: Apache-2.0
"""Garbage is collected in the window's thread alone.

Python looks for cycles in whichever thread happens to allocate, libVLC's and the downloads' among
them. What it finds there may be a widget, and a widget that is destroyed in another thread than the
window's takes the whole program down, some time later and somewhere else.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 1000  # ms between two looks


class Sweeper(QObject):
    """Collects in the thread that made it, as often as Python itself would."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self, interval=EVERY)
        timer.timeout.connect(sweep)
        timer.start()


def sweep() -> None:
    """Collect those generations of which enough has come together (`gc.get_threshold`)."""
    for generation, (count, enough) in enumerate(
        zip(gc.get_count(), gc.get_threshold(), strict=True)
    ):
        if count <= enough:
            break
        gc.collect(generation)
