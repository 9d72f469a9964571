# SPDX-License-Identifier: Apache-2.0
"""Links that were put by come back, once, when there is a connection; nothing opens by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from player.app import Services
from player.errors import PlayerError
from player.ui.language import translate

if TYPE_CHECKING:
    from player.journal.notes import KeptLink

Say = Callable[[str, str, str, Callable[[], object]], object]
"""Says a sentence of a kind, with a button: its words, and what it does."""


class LinkKeeper(QObject):
    """Hears whether anybody can be reached.

    Signals:
        opened: an address to leave for.
        list_wanted: show the links that wait.
        changed: a link waits no longer.
        problem: a PlayerError to say.
    """

    opened = Signal(str)
    list_wanted = Signal()
    changed = Signal()
    problem = Signal(object)

    def __init__(self, services: Services, say: Say, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._say = services, say
        self.is_offline = False
        self._is_connected = False  # and it was said what waits

    def hear(self, offline: bool) -> None:
        """Somebody could be reached just now, or nobody."""
        from player.ui import metered  # noqa: PLC0415 - after the first picture

        self.is_offline = offline
        if offline or not metered.network():  # a stick is reached without any network
            self._is_connected = False
        elif not self._is_connected:
            self._is_connected = True
            self._offer()

    def say_kept(self, address: str) -> None:
        """A link was followed with no connection: say that it waits, and how it opens anyway."""
        text = translate("Notes", "No connection now. The link is kept: you will be reminded.")
        link = next((one for one in self._links() if one.url == address), None)
        if link is not None:
            anyway = translate("Notes", "Open all the same")
            self._say(text, "warn", anyway, partial(self.open, link))
        self.changed.emit()

    def open(self, link: KeptLink) -> None:
        """Open a link; it waits no longer."""
        try:
            self._services.notebook.follow(link)
        except PlayerError as error:
            self.problem.emit(error)
            return
        self.opened.emit(link.url)
        self.changed.emit()

    def _offer(self) -> None:
        links = self._links()
        if len(links) == 1:
            text = translate("Notes", "You kept a link for when you are connected: {title}")
            said = text.format(title=links[0].title or links[0].url)
            self._say(said, "good", translate("LinksView", "Open"), partial(self.open, links[0]))
        elif links:
            text = translate("Notes", "%n link(s) are waiting for you.", "", len(links))
            self._say(text, "good", translate("Notes", "Show them"), self.list_wanted.emit)

    def _links(self) -> list[KeptLink]:
        try:
            return self._services.notebook.links()
        except PlayerError as error:
            self.problem.emit(error)
            return []
