# SPDX-License-Identifier: Apache-2.0
"""A transcript with what searches in it, and the way back to the speech."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from player.course.captions import Cue
from player.ui.language import translate
from player.ui.lesson.pieces import SignButton
from player.ui.lesson.transcript import Transcript
from player.ui.parts import button, column, label, row
from player.ui.style import GRID


class TranscriptPane(QWidget):
    """The rows, a field that finds words in them, a button that follows the speech again.

    Signals:
        asked: the learner wants to hear what is said at this second.
    """

    asked = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.rows = Transcript()
        self.field = _Field()
        self.count = label(role="muted", wrap=False)
        self._before = SignButton("chevron-up", translate("VideoView", "Previous match"))
        self._after = SignButton("chevron-down", translate("VideoView", "Next match"))
        self.follow = button(
            translate("VideoView", "Follow the speech"), self.rows.follow, sign="arrow-right"
        )
        self.follow.hide()
        line = row(self.field, self.count, self._before, self._after, gap=GRID // 2)
        line.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        line.setStretch(0, 1)
        body = column(self, gap=0)
        body.addLayout(line)
        body.addWidget(self.rows, 1)
        body.addWidget(self.follow)
        self._connect()
        self._show_matches()

    def show_cues(self, cues: tuple[Cue, ...], direction: Qt.LayoutDirection) -> None:
        """Show other cues; what is searched for is searched for in them."""
        self.rows.show_cues(cues, direction)
        if self.field.text():
            self._search(self.field.text())

    def search(self) -> None:
        """Give the keyboard to the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _connect(self) -> None:
        self.rows.asked.connect(self.asked)
        self.rows.following_changed.connect(lambda on: self.follow.setVisible(not on))
        self.field.textChanged.connect(self._search)
        self.field.stepped.connect(self._step)
        self.field.chosen.connect(self.rows.ask_match)
        self.field.left.connect(self._leave)
        self._before.clicked.connect(lambda: self._step(-1))
        self._after.clicked.connect(lambda: self._step(1))

    def _search(self, words: str) -> None:
        self.rows.search(words)
        self._show_matches()

    def _step(self, by: int) -> None:
        self.rows.step(by)
        self._show_matches()

    def _leave(self) -> None:
        self.field.clear()
        self.rows.setFocus()

    def _show_matches(self) -> None:
        """Say which match of how many is in sight."""
        searched, count = bool(self.field.text().strip()), len(self.rows.matches)
        said = ""
        if searched and count:
            said = translate("VideoView", "{n} of {count}")
            said = said.format(n=self.rows.match + 1, count=count)
        elif searched:
            said = translate("VideoView", "nothing found")
        self.count.setText(said)
        self.count.setVisible(bool(said))
        self.field.setAccessibleDescription(said)
        for one in (self._before, self._after):
            one.setVisible(searched)
            one.setEnabled(count > 1)


class _Field(QLineEdit):
    """Where words are typed.

    Signals:
        stepped: to the next match (1), to the one before (-1).
        chosen: go in the video to the match in sight.
        left: back to the rows.
    """

    stepped = Signal(int)
    chosen = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        words = translate("VideoView", "Search what is said")
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and F3 go through the matches; the video has none of these keys."""
        keys = Qt.Key
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (keys.Key_Down, keys.Key_Up):
            self.stepped.emit(1 if event.key() == keys.Key_Down else -1)
        elif event.key() == keys.Key_F3:
            self.stepped.emit(-1 if back else 1)
        elif event.key() in (keys.Key_Return, keys.Key_Enter):
            self.chosen.emit()
        elif event.key() == keys.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
