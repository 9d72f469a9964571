# SPDX-License-Identifier: Apache-2.0
"""The picture of a video and the bar below it, and the window in which they fill the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QWidget

from player.ui.language import duration, translate
from player.ui.lesson.end_card import EndCard
from player.ui.lesson.pieces import Notice
from player.ui.lesson.video_controls import VideoControls
from player.ui.parts import Strip, button, column, label, row
from player.ui.style import GRID
from player.ui.video.surface import VideoSurface

_RESTING = 3000  # milliseconds without a mouse after which the bar leaves the whole screen


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
        self.end = EndCard()
        self.end.again.connect(self.restarted)
        over = column(self.surface, margin=GRID)
        over.addStretch(1)
        over.addLayout(row(1, self.end, 1))
        over.addStretch(1)
        self._notice: Notice | None = None
        self.chip = self._make_chip()
        self.beside = Strip()  # what has to be said while it plays
        self._body = column(self, gap=0)
        self._body.addWidget(self.surface, 1)
        self._body.addWidget(self.beside)
        self._body.addWidget(self.chip)
        self._body.addWidget(self.controls)

    def say_resumed(self, time: float) -> None:
        """Say that the video goes on at `time` seconds, and offer its start."""
        self._resumed.setText(
            translate("VideoView", "Resumed at {time}").format(time=duration(time))
        )
        self.chip.show()

    def say_beside(self, sentence: str) -> None:
        """Say something below the picture; it plays on."""
        self.beside.words.setText(sentence)
        self.beside.show()

    def say_instead(self, sentence: str) -> None:
        """Put a sentence in the place of the picture; the controls go."""
        for part in (self.surface, self.controls, self.chip, self.beside):
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

    While the video plays and nobody moves the mouse or is in the bar, bar and mouse are out of
    sight.

    Signals:
        key_pressed: a key that nothing in the window needs; the event.
        closed: the system took the window away.
    """

    key_pressed = Signal(QKeyEvent)
    closed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.playing = False
        self._stage: Stage | None = None
        self._body = column(self, gap=0)
        self._resting = QTimer(self, interval=_RESTING, singleShot=True)
        self._resting.timeout.connect(self._hide_bar)

    def borrow(self, stage: Stage) -> None:
        """Show the stage on the whole screen."""
        self._stage = stage
        self._body.addWidget(stage)
        self.showFullScreen()
        stage.surface.moved_over.connect(self.show_bar)
        stage.installEventFilter(self)
        self.show_bar()

    def give_back(self) -> Stage | None:
        """The stage, as it was."""
        stage, self._stage = self._stage, None
        self._resting.stop()
        if stage is not None:
            stage.removeEventFilter(self)
            stage.surface.moved_over.disconnect(self.show_bar)
            stage.surface.unsetCursor()
            stage.controls.setVisible(not stage.sentence)
        self.hide()
        return stage

    def show_bar(self) -> None:
        """Bring the bar and the mouse back into sight, for a while."""
        if self._stage is not None and not self._stage.sentence:
            self._stage.controls.show()
            self._stage.surface.unsetCursor()
            self._resting.start()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:  # Tab too, which then finds the bar
            self.show_bar()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.key_pressed.emit(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:  # one that a part of the stage did not take
            self.show_bar()
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.closed.emit()

    def _hide_bar(self) -> None:
        stage = self._stage
        if stage is None or not self.playing or stage.end.isVisible():
            return
        busy = stage.controls.underMouse() or QApplication.activePopupWidget() is not None
        held = stage.controls.focusWidget()
        inside = held is not None and held.hasFocus() and held is not stage.controls.play
        if busy or inside or not self.isActiveWindow():
            self._resting.start()
            return
        stage.controls.hide()
        self.setFocus()
        stage.surface.setCursor(Qt.CursorShape.BlankCursor)
