# SPDX-License-Identifier: Apache-2.0
"""A list of links: what they say is here, what they lead to needs a network."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from player.course.manifest import Link, Links
from player.lesson import reading
from player.ui.icons import icon
from player.ui.language import translate
from player.ui.lesson.context import LessonContext
from player.ui.lesson.look import COLUMN
from player.ui.lesson.pieces import Column, Notice
from player.ui.lesson.rich_text import RichText
from player.ui.parts import button, card, column, label, row
from player.ui.style import GRID

_TOLD_FOR = 2500  # milliseconds for which a button says that it has copied


class LinksView(QWidget):
    """A card for each link. The list counts as read once it is shown."""

    def __init__(self, context: LessonContext, links: Links) -> None:
        super().__init__()
        self._context, self._links = context, links
        place = Column(COLUMN)
        needs = translate(
            "LinksView", "These pages are on the web: opening one needs a network connection."
        )
        place.body.addWidget(Notice(needs))
        if links.note:
            place.body.addWidget(self._note(links.note))
        for link in links.links:
            place.body.addWidget(self._card(link))
        place.body.addStretch(1)
        column(self).addWidget(place)
        with context.recording():
            reading.opened(context.db, context.where, links, context.now)
            reading.read_through(context.db, context.where, links, context.now)

    def close_lesson(self) -> None:
        """Nothing is open: what was read is recorded already."""

    def _note(self, html: str) -> RichText:
        note = RichText(self._context, html)
        note.activity_asked.connect(self._context.open_activity)
        note.address_asked.connect(self._context.follow)
        return note

    def _card(self, link: Link) -> QFrame:
        frame, body = card()
        body.setSpacing(GRID // 2)
        body.addWidget(label(link.title or link.url, "heading"))
        body.addWidget(label(shown_address(link.url), "caption"))
        if link.note:
            body.addWidget(label(link.note))
        body.addSpacing(GRID // 2)
        named = translate("LinksView", "Open {title}").format(title=link.title or link.url)
        leave = button(
            translate("LinksView", "Open"), partial(self._context.follow, link.url), sign="link"
        )
        leave.setAccessibleName(named)
        body.addLayout(row(leave, self._copy_button(link), 1))
        return frame

    def _copy_button(self, link: Link) -> QPushButton:
        made = QPushButton()
        made.setProperty("role", "quiet")

        def offer() -> None:
            made.setText(translate("LinksView", "Copy the address"))
            made.setIcon(icon("copy"))

        def copy() -> None:
            QGuiApplication.clipboard().setText(link.url)
            made.setText(translate("LinksView", "Copied"))
            made.setIcon(icon("check"))
            QTimer.singleShot(_TOLD_FOR, made, offer)

        made.clicked.connect(copy)
        made.setAccessibleDescription(link.url)
        offer()
        return made


def shown_address(url: str) -> str:
    """Where a link leads, short enough to read: `example.org/guide`."""
    bare = url.partition("://")[2].removeprefix("www.").rstrip("/")
    return bare if len(bare) <= 64 else bare[:63] + "…"
