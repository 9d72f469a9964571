# SPDX-License-Identifier: Apache-2.0
"""What was asked for: how much of it is here, what it waits for, and how to stop it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from player.app import Services, WishedSection
from player.download.news import DownloadNews
from player.ui import style
from player.ui.language import minutes, say_again, size, translate
from player.ui.parts import (
    Page,
    button,
    clear,
    column,
    empty_card,
    head,
    label,
    row,
    sign_button,
)
from player.ui.rate import Rate


class DownloadsPage(Page):
    """One card a wished section.

    Signals:
        start_wanted: go on fetching.
        stop_wanted: stop; what came stays.
        opened: the id of a course to show.
    """

    start_wanted = Signal()
    stop_wanted = Signal()
    opened = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services = services
        self._rows: dict[tuple[str, str], _Row] = {}
        self._running = False
        self._rate = Rate()
        title = label(translate("Downloads", "Downloads"), "title")
        self._go = button(
            translate("Downloads", "Download now"),
            self.start_wanted.emit,
            role="primary",
            sign="download",
        )
        self._stop = button(translate("Downloads", "Pause"), self.stop_wanted.emit, sign="pause")
        self.body.addLayout(head(title, self._stop, self._go))
        self._sum = label(role="muted")
        self.body.addWidget(self._sum)
        self._list: QVBoxLayout = column(gap=12)
        self.body.addLayout(self._list)
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
        """Read what was asked for; cards that stay keep the keyboard."""
        wishes = {(wish.course, wish.section): wish for wish in self._services.wishes()}
        if list(wishes) != list(self._rows):
            clear(self._list)
            self._rows = {}
            for key, wish in wishes.items():
                self._rows[key] = _Row(wish, self.opened.emit, self._give_up)
                self._list.addWidget(self._rows[key])
        for key, wish in wishes.items():
            self._rows[key].show_wish(wish)
        self._judge()

    def take_focus(self) -> None:
        """Begin at what can be pressed first."""
        for one in (self._go, self._stop, *(card.open for card in self._rows.values())):
            if not one.isHidden() and one.isEnabled():
                one.setFocus()
                return
        self.setFocus()

    def hear(self, news: DownloadNews) -> None:
        """Take news of one section."""
        found = self._rows.get((news.course, news.section))
        if found is None:
            self.show_now()
        else:
            found.move_to(news.done, news.total, news.problem)
        self._rate.hear(sum(one.here for one in self._rows.values()))
        self._judge()

    def _judge(self) -> None:
        here = sum(one.here for one in self._rows.values())
        left = sum(one.total - one.here for one in self._rows.values())
        self._empty.setVisible(not self._rows)
        self._rest.setVisible(bool(self._rows))
        self._sum.setVisible(bool(self._rows))
        self._sum.setText(" ".join((_amounts(here, left), self._pace(left))).strip())
        self._go.setVisible(not self._running)
        self._go.setEnabled(left > 0)
        self._stop.setVisible(self._running)

    def _pace(self, left: int) -> str:
        speed = self._rate.speed() if self._running else None
        if not speed or not left:
            return ""
        text = translate("Downloads", "{speed} a second, about {time} to go.")
        return text.format(speed=size(round(speed)), time=minutes(left / speed))

    def _give_up(self, course: str, section: str) -> None:
        self._services.give_up(course, section)
        self.show_now()
        self.take_focus()


def _amounts(here: int, left: int) -> str:
    if not left:
        return translate("Downloads", "Everything you asked for is here: {here}.").format(
            here=size(here)
        )
    text = translate("Downloads", "{here} are safe here, {left} still to come.")
    return text.format(here=size(here), left=size(left))


class _Row(QFrame):
    """One wished section."""

    def __init__(
        self,
        wish: WishedSection,
        opened: Callable[[str], object],
        give_up: Callable[[str, str], object],
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        inner = column(self, margin=14)
        words = column(gap=2)
        words.addWidget(label(wish.title, "strong"))
        words.addWidget(label(wish.course_title, "caption"))
        self.open = button(
            translate("Downloads", "Open"), lambda: opened(wish.course), role="quiet"
        )
        self.open.setAccessibleName(f"{self.open.text()}: {wish.course_title}")
        no_longer = translate("Downloads", "No longer wanted; what came stays")
        drop = sign_button("cross", no_longer, lambda: give_up(wish.course, wish.section))
        drop.setAccessibleName(f"{wish.title}: {no_longer}")
        top = row()
        top.addLayout(words, 1)
        top.addWidget(self.open)
        top.addWidget(drop)
        inner.addLayout(top)
        self._bar = QProgressBar(maximum=1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(wish.title)
        self._state, self._problem = label(role="muted"), label(role="warn")
        for one in (self._bar, self._state, self._problem):
            inner.addWidget(one)
        self.show_wish(wish)

    def show_wish(self, wish: WishedSection) -> None:
        """Show what the database says."""
        self._rendition = wish.rendition
        self.move_to(wish.here, wish.total, wish.problem)

    def move_to(self, here: int, total: int, problem: str) -> None:
        """Show how far it is."""
        self.here, self.total = here, total
        self._bar.setValue(1000 * here // total if total else 1000)
        style.role(self._bar, "done" if here >= total else "")
        if here >= total:
            text = translate("Downloads", "Here, whole and checked · {total}")
        else:
            text = translate("Downloads", "{here} of {total} are here")
        text = text.format(here=size(here), total=size(total))
        if self._rendition:
            audio = self._rendition == "audio"
            text += " · " + (translate("Library", "audio") if audio else self._rendition)
        self._state.setText(text)
        self._problem.setText(say_again(problem))
        self._problem.setVisible(bool(problem) and here < total)
