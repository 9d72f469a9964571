# SPDX-License-Identifier: Apache-2.0
"""The newest word to the learners of a course, on its page: one line, and the way to it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from player.app import Services
from player.journal.items import Announcement, Digest
from player.ui import style
from player.ui.icons import pixmap
from player.ui.language import translate, when
from player.ui.parts import Strip, button

MOST = 300  # letters of its title


class CourseNews(Strip):
    """Signals: `wanted`: the id of the message to read."""

    wanted = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._item = ""
        read = button(translate("Course", "Read"), lambda: self.wanted.emit(self._item))
        self.end_with(read)

    def show_course(self, course: str) -> None:
        """Show the newest of a course; nothing where there is none."""
        for came in self._services.mail.items(course):
            if isinstance(came.item, Announcement | Digest):
                self._show(came.item, is_read=came.is_read)
                return
        self.hide()

    def _show(self, news: Announcement | Digest, *, is_read: bool) -> None:
        self._item = news.id
        style.role(self.words, "" if is_read else "strong")
        tint = style.colours().muted if is_read else style.colours().accent
        self.sign.setPixmap(pixmap("mail", tint, style.side(20)))
        title = " ".join(news.title.split()) or translate("Messages", "Announcement")
        self.words.setText(f"{_shortened(title)} · {when(news.at)}")
        self.show()


def _shortened(text: str) -> str:
    return text if len(text) <= MOST else text[:MOST] + "…"
