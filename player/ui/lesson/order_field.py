# SPDX-License-Identifier: Apache-2.0
"""A list to put in order: by dragging, by two buttons, or with Alt and the arrows."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QListWidget, QListWidgetItem, QWidget

from player.course.interactions import Item, OrderInteraction
from player.lesson.answers import Answer, listed
from player.lesson.parts import Part
from player.ui.icons import icon
from player.ui.language import translate
from player.ui.lesson.cleaning import plain
from player.ui.lesson.context import LessonContext
from player.ui.parts import button, column, label, row
from player.ui.style import GRID, colours, side

_ID = Qt.ItemDataRole.UserRole


class OrderList(QListWidget):
    """As high as its lines; an item is moved with the mouse, or with Alt and an arrow."""

    moved = Signal()

    def __init__(self, items: Iterable[Item]) -> None:
        super().__init__()
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setWordWrap(True)
        self.setSpacing(2)
        self.setIconSize(QSize(side(20), side(20)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(translate("QuizView", "Put in order"))
        for number, one in enumerate(items, 1):
            made = QListWidgetItem(plain(one.text) or str(number))
            made.setData(_ID, one.id)
            self.addItem(made)
        self.setCurrentRow(0)
        self.model().rowsMoved.connect(lambda *_: self.moved.emit())
        self.fit()

    @property
    def ids(self) -> list[str]:
        """The items as they stand now."""
        return [str(self.item(number).data(_ID)) for number in range(self.count())]

    def arrange(self, ids: list[str]) -> None:
        """Put the items into this order; those not named stay behind."""
        items = {str(one.data(_ID)): one for one in self._taken()}
        for id_ in sorted(items, key=lambda one: ids.index(one) if one in ids else len(ids)):
            self.addItem(items[id_])
        self.setCurrentRow(0)

    def shift(self, by: int) -> None:
        """Move the current item up (-1) or down (1)."""
        here, there = self.currentRow(), self.currentRow() + by
        if here >= 0 and 0 <= there < self.count():
            self.insertItem(there, self.takeItem(here))
            self.setCurrentRow(there)
            self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() in steps:
            if self.dragEnabled():
                self.shift(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # the page answers
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _taken(self) -> list[QListWidgetItem]:
        return [self.takeItem(0) for _ in range(self.count())]

    def fit(self) -> None:
        """Become as high as the lines are now."""
        self.doItemsLayout()
        last = self.visualItemRect(self.item(self.count() - 1)).bottom() if self.count() else 0
        self.setFixedHeight(last + 2 * self.frameWidth() + 2 * self.spacing() + 4)


class OrderField(QWidget):
    """Items in an order, which is an answer as soon as one was moved or the order is said to be it.

    Signals:
        edited: an item was moved, or the order was confirmed.
    """

    edited = Signal()

    def __init__(
        self, context: LessonContext, interaction: OrderInteraction, items: Iterable[Item]
    ) -> None:
        super().__init__()
        self.id = interaction.id
        self.list = OrderList(items)
        self.mine = QCheckBox(translate("QuizView", "This is my order"))
        self.up = button(translate("QuizView", "Up"), lambda: self.list.shift(-1))
        self.down = button(translate("QuizView", "Down"), lambda: self.list.shift(1))
        hint = translate("QuizView", "Drag the lines, or move them with Alt and the arrow keys.")
        layout = column(self, gap=GRID)
        layout.addWidget(label(hint, "caption"))
        layout.addWidget(self.list)
        layout.addLayout(row(self.up, self.down, 1))
        layout.addWidget(self.mine)
        self.list.moved.connect(self._moved)
        self.mine.toggled.connect(lambda _: self.edited.emit())
        self.setLayoutDirection(context.direction)

    @property
    def given(self) -> Answer:
        """The ids in order; nothing before it was touched."""
        return self.list.ids if self.mine.isChecked() else []

    def show_given(self, answer: Answer) -> None:
        """Put them into the order that was given before."""
        if listed(answer):
            self.list.arrange(listed(answer))
        self.mine.setChecked(bool(listed(answer)))

    def show_marked(self, part: Part | None) -> None:
        """Show which are at their place; None takes that away."""
        for number in range(self.list.count()):
            item = self.list.item(number)
            right = part is not None and str(item.data(_ID)) in part.right
            sign = icon("check" if right else "cross", colours().good if right else colours().bad)
            words = (
                translate("QuizView", "Right.") if right else translate("QuizView", "Not right.")
            )
            item.setData(Qt.ItemDataRole.DecorationRole, sign if part else None)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, words if part else "")
        self.list.fit()

    def lock(self, *, locked: bool) -> None:
        """Take no more changes, or take them again."""
        self.list.setDragEnabled(not locked)
        for one in (self.up, self.down, self.mine):
            one.setEnabled(not locked)

    @property
    def entry(self) -> QWidget:
        """Where the keyboard goes."""
        return self.list

    def _moved(self) -> None:
        self.mine.setChecked(True)
        self.edited.emit()
