# SPDX-License-Identifier: Apache-2.0
"""The field in which a note is typed: kept as it is typed, written down when one leaves it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QFrame, QPlainTextEdit, QSizePolicy

from player.lesson import noting
from player.lesson.noting import Writing
from player.ui.language import direction_of, spot_name, translate
from player.ui.lesson.context import LessonContext
from player.ui.lesson.drafting import Soon
from player.ui.parts import button, column, label, row
from player.ui.style import GRID

_LINES = 3  # of a note, where there is little room
_CLICK = 50  # milliseconds between two looks whether a click is over
_ELSEWHERE = {
    Qt.FocusReason.ActiveWindowFocusReason,  # another program: what is typed is kept anyway
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
}


class _Text(QPlainTextEdit):
    """Signals: `done`: the learner is through; `left`: the keyboard went elsewhere in here."""

    done = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def sizeHint(self) -> QSize:
        """Three lines, so that what ends a note is in sight below it; more where there is room."""
        return QSize(super().sizeHint().width(), _LINES * self.fontMetrics().lineSpacing() + GRID)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (
            enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.done.emit()
        else:
            super().keyPressEvent(event)
            event.accept()  # a letter is for the note, never for the video

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _ELSEWHERE:
            self.left.emit()


class NoteEditor(QFrame):
    """Hidden while nothing is typed.

    Signals:
        ended: nothing is typed any more, whoever ended it.
        closed: the learner is through with a note; the keyboard may go back.
    """

    ended = Signal()
    closed = Signal()

    def __init__(self, context: LessonContext) -> None:
        super().__init__()
        self._context = context
        self._writing: Writing | None = None
        self.setProperty("role", "panel")
        inner = column(self, margin=GRID + GRID // 2)
        self.place = label(role="strong")
        self.text = _Text()
        line = self.text.fontMetrics().lineSpacing()
        self.text.setStyleSheet(f"min-height: {2 * line}px; max-height: {8 * line}px;")
        self.done = button(translate("Notes", "Done"), self._close, role="primary")
        keys = QKeySequence("Ctrl+Enter").toString(QKeySequence.SequenceFormat.NativeText)
        self.done.setToolTip(f"{self.done.text()} ({keys})")
        hint = translate("Notes", "Saved as you type. {keys} when you are done.")
        inner.addWidget(self.place)
        inner.addWidget(self.text)
        said = label(hint.format(keys=keys), "caption")
        said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        inner.addLayout(row(said, self.done))
        self._soon = Soon(self._keep, self)
        self.text.textChanged.connect(self._typed)
        self.text.done.connect(self._close)
        self.text.left.connect(self._look_soon)
        self.hide()

    @property
    def unwritten(self) -> tuple[Writing, str] | None:
        """What is typed and not written down yet."""
        return (self._writing, self.text.toPlainText()) if self._writing else None

    @property
    def note(self) -> str:
        """The id of the note that is typed, '' for none."""
        return self._writing.id if self._writing else ""

    def open(self, writing: Writing, text: str = "") -> None:
        """Have a note typed; one that was is written down first, or stays if it cannot be."""
        self.finish()
        if self._writing is not None:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        said = spot_name(writing.spot) or translate("Notes", "On this activity")
        self.place.setText(said)
        self.text.setAccessibleName(translate("Notes", "Note: {place}").format(place=said))
        self.text.blockSignals(True)
        self.text.setPlainText(text)
        self.text.blockSignals(False)
        self._writing = writing
        self._turn()
        self.show()
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Write down what is typed; the field goes. What the disk refuses stays in the field."""
        writing = self._writing
        if writing is None:
            return
        self._soon.stop()
        with self._context.saying():
            noting.write(self._context.db, writing, self.text.toPlainText(), self._context.now)
            self._writing = None
        if self._writing is None:
            self.hide()
            self.ended.emit()

    def _close(self) -> None:
        self.finish()
        if self._writing is None:
            self.closed.emit()

    def _typed(self) -> None:
        self._turn()
        self._soon.ask()

    def _turn(self) -> None:
        """Write from the right what is written so."""
        self.text.setLayoutDirection(direction_of(self.text.toPlainText(), self.layoutDirection()))

    def _keep(self) -> None:
        if self._writing is not None:
            with self._context.saying():
                noting.keep(
                    self._context.db, self._writing, self.text.toPlainText(), self._context.now
                )

    def _look_soon(self) -> None:
        QTimer.singleShot(0, self, self._look_whether_left)

    def _look_whether_left(self) -> None:
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            QTimer.singleShot(_CLICK, self, self._look_whether_left)
            return  # what is being clicked must not move away under the mouse
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            self.finish()
