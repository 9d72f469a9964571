# SPDX-License-Identifier: Apache-2.0
"""How the text of courses looks: the choices, in the settings and beside a text that is read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QSpinBox, QWidget

from player.settings import Settings
from player.ui.forms import ask, choices, choose
from player.ui.language import translate
from player.ui.parts import column, label, spin

SIZES = (75, 250)  # per cent: the least and the greatest letters


class ReadingFields(QWidget):
    """Size, letters, spacing and length of lines. Each choice is told at once.

    `wraps`: where there is little room, a field goes below its words.

    Signals:
        chosen: (name of a setting, its value).
    """

    chosen = Signal(str, object)

    def __init__(self, parent: QWidget | None = None, *, wraps: bool = True) -> None:
        super().__init__(parent)
        self._numbers: dict[str, QSpinBox] = {}
        self._words: dict[str, QComboBox] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(10)
        rows = QFormLayout.RowWrapPolicy
        form.setRowWrapPolicy(rows.WrapLongRows if wraps else rows.DontWrapRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        column(self).addLayout(form)
        fonts = {
            "": translate("Reading", "Of the system"),
            "dyslexic": "OpenDyslexic",
        }
        widths = {
            "narrow": translate("Reading", "Short"),
            "usual": translate("Reading", "Usual"),
            "wide": translate("Reading", "Long"),
            "full": translate("Reading", "As wide as the window"),
        }
        size = translate("Settings", "Size of the text in pages")
        ask(form, size, self._number("text_size", *SIZES, 25))
        ask(form, translate("Reading", "Letters"), self._word("text_font", fonts))
        spacing = self._number("line_spacing", 100, 250, 25)
        ask(form, translate("Reading", "From line to line"), spacing)
        between = self._number("letter_spacing", 0, 30, 5)
        ask(form, translate("Reading", "More between letters"), between)
        ask(form, translate("Reading", "Length of lines"), self._word("text_width", widths))

    @property
    def first(self) -> QWidget:
        """Where the keyboard begins."""
        return self._numbers["text_size"]

    def show_settings(self, now: Settings) -> None:
        """Show what is chosen; telling nobody."""
        for name, number in self._numbers.items():
            with QSignalBlocker(number):
                number.setValue(getattr(now, name))
        for name, box in self._words.items():
            with QSignalBlocker(box):
                choose(box, getattr(now, name))

    def _number(self, name: str, low: int, high: int, step: int) -> QSpinBox:
        made = spin(QSpinBox(minimum=low, maximum=high, singleStep=step))
        made.setSuffix(translate("Units", "{n}%").format(n=""))
        made.setKeyboardTracking(False)
        made.valueChanged.connect(lambda value: self.chosen.emit(name, value))
        self._numbers[name] = made
        return made

    def _word(self, name: str, values: dict[str, str]) -> QComboBox:
        made = choices(values)
        made.currentIndexChanged.connect(lambda: self.chosen.emit(name, made.currentData()))
        self._words[name] = made
        return made


class ReadingPanel(QFrame):
    """The same choices in a small window over a text, which follows them at once."""

    def __init__(
        self, settings: Settings, choose: Callable[[str, object], object], parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        title = translate("Reading", "How text looks")
        self.setAccessibleName(title)
        self.setWindowTitle(title)
        self.fields = ReadingFields(wraps=False)
        self.fields.show_settings(settings)
        self.fields.chosen.connect(choose)
        inner = column(self, margin=16, gap=12)
        inner.addWidget(label(title, "strong"))
        inner.addWidget(self.fields)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back to the text."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def open_below(self, widget: QWidget) -> None:
        """Show it under a button, inside the screen, and give it the keyboard."""
        self.adjustSize()
        right_to_left = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
        corner = widget.rect().bottomLeft() if right_to_left else widget.rect().bottomRight()
        at = widget.mapToGlobal(corner)
        at.setX(at.x() if right_to_left else at.x() - self.width())
        room = widget.screen().availableGeometry()
        at.setX(max(room.left(), min(at.x(), room.right() - self.width())))
        at.setY(max(room.top(), min(at.y() + 4, room.bottom() - self.height())))
        self.move(at)
        self.show()
        self.fields.first.setFocus()
