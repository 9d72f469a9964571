# SPDX-License-Identifier: Apache-2.0
"""One wish in the queue of downloads: what it is, how far it is, and its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QProgressBar

from player.app import WishedSection
from player.app.services import WishKey
from player.download.news import DownloadNews
from player.ui.icons import icon
from player.ui.language import say_again, since, size, translate
from player.ui.parts import button, column, label, row, sign_button
from player.ui.standing import Latest

MIME = "application/x-cartable-wish"


class WishRow(QFrame):
    """A card. It is moved with the mouse, with Alt and the arrows, or with its two buttons.

    `opened` is called with a course, `moved` with the row and by how many places, `held` with the
    row, `dropped` with the row.
    """

    def __init__(
        self,
        wish: WishedSection,
        opened: Callable[[str], object],
        moved: Callable[[WishRow, int], object],
        held: Callable[[WishRow], object],
        dropped: Callable[[WishRow], object],
    ) -> None:
        super().__init__()
        self.key: WishKey = wish.key
        self._moved = moved
        self._pressed: QPoint | None = None
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inner = column(self, margin=14)
        words = column(gap=2)
        words.addWidget(label(wish.title, "strong"))
        words.addWidget(label(wish.course_title, "caption"))
        self.open = button(
            translate("Downloads", "Open"), lambda: opened(wish.course), role="quiet"
        )
        self.open.setAccessibleName(f"{self.open.text()}: {wish.course_title}")
        earlier = translate("Downloads", "Earlier in the queue")
        later = translate("Downloads", "Later in the queue")
        self.up = sign_button("chevron-up", f"{earlier} (Alt+↑)", lambda: moved(self, -1))
        self.down = sign_button("chevron-down", f"{later} (Alt+↓)", lambda: moved(self, 1))
        self.hold = sign_button("pause", "", lambda: held(self))
        no_longer = translate("Downloads", "No longer wanted; what came stays")
        self.drop = sign_button("cross", no_longer, lambda: dropped(self))
        for one, name in ((self.up, earlier), (self.down, later), (self.drop, no_longer)):
            one.setAccessibleName(f"{wish.title}: {name}")
        top = row()
        top.addLayout(words, 1)
        for part in (self.open, self.up, self.down, self.hold, self.drop):
            top.addWidget(part)
        inner.addLayout(top)
        self._bar = QProgressBar(maximum=1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(wish.title)
        self._state, self._problem = label(role="muted"), label(role="warn")
        for shown in (self._bar, self._state, self._problem):
            inner.addWidget(shown)

    def show_wish(self, wish: WishedSection, latest: Latest) -> None:
        """Show what the database says, and what came since while a download runs."""
        self.wish = wish
        hold = translate("Downloads", "Go on") if wish.held else translate("Downloads", "Wait")
        self.hold.setIcon(icon("play" if wish.held else "pause"))
        self.hold.setToolTip(hold)
        self.hold.setAccessibleName(f"{wish.title}: {hold}")
        self._show(latest.here(wish), wish.total, wish.problem, latest.since(wish))

    def hear(self, news: DownloadNews) -> None:
        """Show what is told of it while it comes."""
        self._show(news.done, news.total, news.problem, news.since)

    def _show(self, here: int, total: int, problem: str, waiting: str) -> None:
        self.here, self.total = here, total
        through = here >= total
        self._bar.setValue(1000 * here // total if total else 1000)
        for one in (self.up, self.down, self.hold, self._bar):  # of what is here nothing is to come
            one.setVisible(not through)
        self._state.setText(self._said(waiting))
        self._problem.setText(say_again(problem))
        self._problem.setVisible(bool(problem) and not through)
        self.setAccessibleName(f"{self.wish.title}. {self._state.text()}")

    def _said(self, waiting: str) -> str:
        if self.here >= self.total:
            text = translate("Downloads", "Here, whole and checked · {total}")
        elif waiting:
            text = translate(
                "Downloads",
                "Waiting for the connection since {time}; {here} of {total} are safe here",
            )
        elif self.wish.held:
            text = translate("Downloads", "On hold; {here} of {total} are safe here")
        else:
            text = translate("Downloads", "{here} of {total} are here")
        began = since(waiting) if waiting else ""
        text = text.format(here=size(self.here), total=size(self.total), time=began)
        rendition = self.wish.rendition
        if rendition:
            audio = rendition == "audio"
            text += " · " + (translate("Library", "audio") if audio else rendition)
        return text

    # Moved by hand

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._moved(self, step)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        begun = self._pressed
        if begun is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        way = (event.position().toPoint() - begun).manhattanLength()
        if way < QApplication.startDragDistance():
            return
        self._pressed = None
        drag, data = QDrag(self), QMimeData()
        data.setData(MIME, b"")
        drag.setMimeData(data)
        drag.setPixmap(self.grab())
        drag.setHotSpot(begun)
        drag.exec(Qt.DropAction.MoveAction)
