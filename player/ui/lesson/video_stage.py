# SPDX-License-Identifier: Apache-2.0
"""The picture of a video and the bar below it, and the window in which they fill the screen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from player.ui.language import duration, translate
from player.ui.lesson.pieces import Notice
from player.ui.lesson.video_controls import VideoControls
from player.ui.parts import button, column, label, row
from player.ui.style import GRID
from player.ui.video.surface import VideoSurface


class Stage(QWidget):
    """Surface and controls, in their place in the view or in `FullScreen`.

    Signals:
        restarted: the learner wants to see the video from its start.
    """

    restarted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.surface = VideoSurface()
        self.surface.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.surface.setMinimumHeight(120)
        self.controls = VideoControls()
        self._notice: Notice | None = None
        self.chip = self._make_chip()
        self._body = column(self, gap=0)
        self._body.addWidget(self.surface, 1)
        self._body.addWidget(self.chip)
        self._body.addWidget(self.controls)

    def say_resumed(self, time: float) -> None:
        """Say that the video goes on at `time` seconds, and offer its start."""
        self._resumed.setText(
            translate("VideoView", "Resumed at {time}").format(time=duration(time))
        )
        self.chip.show()

    def say_instead(self, sentence: str) -> None:
        """Put a sentence in the place of the picture; the controls go."""
        for part in (self.surface, self.controls, self.chip):
            part.hide()
        if self._notice is None:
            self._notice = Notice(sentence, "warning")
            frame = QWidget()
            inner = column(frame, margin=2 * GRID)
            inner.addWidget(self._notice)
            inner.addStretch(1)
            self._body.insertWidget(0, frame)
        self._notice.words.setText(sentence)

    @property
    def sentence(self) -> str:
        """What is said in the place of the picture; '' while there is one."""
        return self._notice.words.text() if self._notice else ""

    def _make_chip(self) -> QFrame:
        chip = QFrame()
        chip.setProperty("role", "bar")
        self._resumed = label(role="muted", wrap=False)
        anew = button(translate("VideoView", "From the start"), self.restarted.emit, role="quiet")
        line = row(self._resumed, anew, 1)
        line.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        chip.setLayout(line)
        chip.hide()
        return chip


class FullScreen(QWidget):
    """A window as large as the screen; the stage is lent to it.

    Signals:
        key_pressed: a key that nothing in the window needs; the event.
        closed: the system took the window away.
    """

    key_pressed = Signal(QKeyEvent)
    closed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self._body = column(self, gap=0)

    def borrow(self, stage: Stage) -> None:
        """Show the stage on the whole screen."""
        self._body.addWidget(stage)
        self.showFullScreen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.key_pressed.emit(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.closed.emit()
