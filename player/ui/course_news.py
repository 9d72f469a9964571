# SPDX-License-Identifier: Apache-2.0
"""The newest word to the learners of a course, on its page: one line, and the way to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy

from player.app import Services
from player.journal.items import Announcement, Digest
from player.ui import style
from player.ui.icons import pixmap
from player.ui.language import translate, when
from player.ui.parts import button, label, row

MOST = 300  # letters of its title


class CourseNews(QFrame):
    """Signals: `wanted`: the id of the message to read."""

    wanted = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._item = ""
        self.setProperty("role", "panel")
        inner = row(gap=12)
        inner.setContentsMargins(14, 8, 8, 8)
        self.setLayout(inner)
        self._sign = label(wrap=False)
        self._words = label()
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        read = button(translate("Course", "Read"), lambda: self.wanted.emit(self._item))
        inner.addWidget(self._sign)
        inner.addWidget(self._words, 1)
        inner.addWidget(read)
        self.hide()

    def show_course(self, course: str) -> None:
        """Show the newest of a course; nothing where there is none."""
        for came in self._services.mail.items(course):
            if isinstance(came.item, Announcement | Digest):
                self._show(came.item, is_read=came.is_read)
                return
        self.hide()

    def _show(self, news: Announcement | Digest, *, is_read: bool) -> None:
        self._item = news.id
        style.role(self._words, "" if is_read else "strong")
        tint = style.colours().muted if is_read else style.colours().accent
        self._sign.setPixmap(pixmap("mail", tint, 20))
        title = " ".join(news.title.split()) or translate("Messages", "Announcement")
        self._words.setText(f"{_shortened(title)} · {when(news.at)}")
        self.show()


def _shortened(text: str) -> str:
    return text if len(text) <= MOST else text[:MOST] + "…"
