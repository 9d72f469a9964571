# SPDX-License-Identifier: Apache-2.0
"""A list of links: what they say is here, what they lead to needs a network, now or later."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from player.course.fragment import is_web
from player.course.manifest import Links
from player.journal import notes
from player.lesson import reading
from player.ui.kept_list import shown_address
from player.ui.language import translate
from player.ui.lesson.context import LessonContext
from player.ui.lesson.link_card import LinkCard
from player.ui.lesson.look import COLUMN
from player.ui.lesson.pieces import Column, Notice
from player.ui.lesson.rich_text import RichText
from player.ui.parts import column

__all__ = ["LinksView", "shown_address"]


class LinksView(QWidget):
    """A card for each link. The list counts as read once it is shown."""

    def __init__(self, context: LessonContext, links: Links) -> None:
        super().__init__()
        self._context, self._links = context, links
        place = Column(COLUMN)
        if any(is_web(link.url) for link in links.links):
            needs = translate(
                "LinksView",
                "These pages are on the web: opening one needs a network connection. "
                "Without one, keep it: you will be reminded when you are connected.",
            )
            place.body.addWidget(Notice(needs))
        if links.note:
            place.body.addWidget(self._note(links.note))
        kept = self._kept()
        self.cards = [LinkCard(context, link, kept=link.url in kept) for link in links.links]
        for made in self.cards:
            place.body.addWidget(made)
        place.body.addStretch(1)
        column(self).addWidget(place)
        with context.recording():
            reading.opened(context.db, context.where, links, context.now)
            reading.read_through(context.db, context.where, links, context.now)

    def show_kept(self) -> None:
        """Say again which of them wait: one was kept, or opened."""
        kept = self._kept()
        for made in self.cards:
            made.show_kept(kept=made.url in kept)

    def close_lesson(self) -> None:
        """Nothing is open: what was read is recorded already."""

    def _kept(self) -> set[str]:
        context = self._context
        return {one.url for one in notes.links(context.db, context.where.learner)}

    def _note(self, html: str) -> RichText:
        note = RichText(self._context, html)
        note.activity_asked.connect(self._context.open_activity)
        note.address_asked.connect(self._context.follow)
        return note
