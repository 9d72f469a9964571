# SPDX-License-Identifier: Apache-2.0
"""What was asked for: how much of it is here, what it waits for, and how to stop it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from player.app import Services, WishedSection
from player.app.services import WishKey
from player.download.news import DownloadNews
from player.ui.flow import Flow
from player.ui.language import minutes, size, translate
from player.ui.parts import Page, button, empty_card, label
from player.ui.rate import Rate
from player.ui.standing import Latest
from player.ui.traffic_view import TrafficView
from player.ui.wish_queue import WishQueue


class DownloadsPage(Page):
    """The queue, what it waits for, and what the line was used for this month.

    Signals:
        start_wanted: go on fetching.
        stop_wanted: stop; what came stays.
        opened: the id of a course to show.
        rules_wanted: show the settings of the budget.
    """

    start_wanted = Signal()
    stop_wanted = Signal()
    opened = Signal(str)
    rules_wanted = Signal()

    def __init__(self, services: Services, latest: Latest, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services, self._latest = services, latest
        self._running = False
        self._rate = Rate()
        title = label(translate("Downloads", "Downloads"), "title", wrap=False)
        self._go = button(
            translate("Downloads", "Download now"),
            self.start_wanted.emit,
            role="primary",
            sign="download",
        )
        self._stop = button(translate("Downloads", "Pause"), self.stop_wanted.emit, sign="pause")
        self.body.addLayout(Flow(title, self._stop, self._go, wide=title))
        self._sum = label(role="muted")
        self.body.addWidget(self._sum)
        self.traffic = TrafficView(services)
        self.traffic.rules_wanted.connect(self.rules_wanted)
        self.body.addWidget(self.traffic)
        self.queue = WishQueue(self.opened.emit, self._order, self._hold, self._give_up)
        self.body.addWidget(self.queue)
        text = translate(
            "Downloads", "Nothing was asked for. Open a course and choose what to bring here."
        )
        self._empty, _, inner = empty_card("download", text)
        inner.addStretch()
        self.body.addWidget(self._empty, 1)
        self._rest = QWidget()
        self.body.addWidget(self._rest, 1)

    def set_running(self, running: bool) -> None:
        """Say whether a download is under way."""
        self._running = running
        self._rate.forget()
        self._judge()

    def show_now(self) -> None:
        """Read what was asked for and what it cost; cards that stay keep the keyboard."""
        self.queue.show_wishes(self._services.wishes(), self._latest)
        self.traffic.show_now()
        self._judge()

    def take_focus(self) -> None:
        """Begin at what can be pressed first."""
        for one in (self._go, self._stop, *(card.open for card in self.queue.rows.values())):
            if not one.isHidden() and one.isEnabled():
                one.setFocus()
                return
        self.setFocus()

    def hear(self, news: DownloadNews) -> None:
        """Take news of one section."""
        found = self.queue.rows.get((news.course, news.section, news.activity))
        if found is None:
            self.show_now()
        else:
            found.hear(news)
        self._rate.hear(sum(one.here for one in self.queue.rows.values()))
        self._judge()

    def _judge(self) -> None:
        here = sum(one.here for one in self.queue.rows.values())
        left = sum(one.total - one.here for one in self.queue.rows.values())
        self._empty.setVisible(not self.queue.rows)
        self._rest.setVisible(bool(self.queue.rows))
        self._sum.setVisible(bool(self.queue.rows))
        self._sum.setText(" ".join((_amounts(here, left), self._pace(left))).strip())
        goes, comes = (self._go, self._stop) if self._running else (self._stop, self._go)
        had_keyboard = goes.hasFocus()
        self._go.setEnabled(left > 0)
        comes.setVisible(True)
        if had_keyboard:
            comes.setFocus()  # before the other goes, and the keyboard with it
        goes.setVisible(False)

    def _pace(self, left: int) -> str:
        speed = self._rate.speed() if self._running else None
        if not speed or not left:
            return ""
        text = translate("Downloads", "{speed} a second over the last minutes: about {time} to go.")
        return text.format(speed=size(round(speed)), time=minutes(left / speed))

    def _hold(self, wish: WishedSection) -> None:
        self._services.hold(wish.key, held=not wish.held)
        self.show_now()
        if wish.held:
            self.start_wanted.emit()

    def _order(self, keys: Sequence[WishKey]) -> None:
        self._services.order(keys)
        self.show_now()

    def _give_up(self, key: WishKey) -> None:
        self._services.give_up(*key)
        self.show_now()
        self.take_focus()


def _amounts(here: int, left: int) -> str:
    if not left:
        return translate("Downloads", "Everything you asked for is here: {here}.").format(
            here=size(here)
        )
    text = translate("Downloads", "{here} are safe here, {left} still to come.")
    return text.format(here=size(here), left=size(left))
