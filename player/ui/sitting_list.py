# SPDX-License-Identifier: Apache-2.0
"""The activities of one sequence, beside the one that is open."""

from __future__ import annotations

from collections.abc import Mapping, Set

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from player.course.manifest import AnyActivity, Sequence
from player.ui import style
from player.ui.course_tree import SIGNS, kind, kind_name
from player.ui.date_words import Dated
from player.ui.icons import icon
from player.ui.language import translate
from player.ui.parts import breakable, on_choice

_ID = Qt.ItemDataRole.UserRole


class SittingList(QListWidget):
    """A row an activity: its kind, whether it is done, or when it opens.

    Signals:
        asked: the id of an activity that is not the open one.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._current = ""
        self.setProperty("role", "plain")
        self.setAccessibleName(translate("Lesson", "Activities of this sequence"))
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        on_choice(self, self._pick)

    def fill(
        self, sequence: Sequence, current: str, done: Set[str], waiting: Mapping[str, Dated]
    ) -> None:
        """Show a sequence, the `current` activity marked; `waiting` says why some are not open."""
        self._current = current
        self.clear()
        for activity in sequence.activities:
            item = _item(activity, activity.id in done, waiting.get(activity.id))
            self.addItem(item)
            if activity.id == current:
                self.setCurrentItem(item)

    def _pick(self, index: QModelIndex) -> None:
        target = index.data(_ID)
        if target != self._current:
            self.asked.emit(target)


def _item(activity: AnyActivity, done: bool, waits: Dated | None) -> QListWidgetItem:
    now = style.colours()
    sign, tint = SIGNS.get(kind(activity), "info"), now.muted
    if done:
        sign, tint = "check-circle", now.good
    elif waits:
        sign = waits.sign
    item = QListWidgetItem(icon(sign, tint), breakable(activity.title))
    item.setData(_ID, activity.id)
    words = [activity.title, kind_name(activity)]
    words += [translate("Lesson", "done")] if done else []
    words += [waits.said] if waits else []
    item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(words))
    item.setToolTip(f"{activity.title}\n{waits.said}" if waits else activity.title)
    if waits:
        item.setForeground(QColor(now.muted))
    return item
