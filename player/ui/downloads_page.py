# SPDX-License-Identifier: Apache-2.0
"""What was asked for: how much of it is here, what it waits for, and how to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from player.app import Services, WishedSection
from player.download.news import DownloadNews
from player.ui import style
from player.ui.language import size, translate
from player.ui.parts import Page, button, card, clear, column, label, row, sign_button


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
        title = label(translate("Downloads", "Downloads"), "title")
        self._go = button(
            translate("Downloads", "Download now"),
            self.start_wanted.emit,
            role="primary",
            sign="download",
        )
        self._stop = button(translate("Downloads", "Pause"), self.stop_wanted.emit, sign="pause")
        self.body.addLayout(row(title, 1, self._stop, self._go))
        self._sum = label(role="muted")
        self.body.addWidget(self._sum)
        self._list: QVBoxLayout = column(gap=12)
        self.body.addLayout(self._list)
        self._empty, inner = card()
        text = label(
            translate(
                "Downloads",
                "Nothing was asked for. Open a course and choose what to bring here.",
            ),
            "heading",
        )
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inner.addWidget(text)
        self.body.addWidget(self._empty)
        self.body.addStretch()

    def set_running(self, running: bool) -> None:
        """Say whether a download is under way."""
        self._running = running
        self._judge()

    def show_now(self) -> None:
        """Read what was asked for."""
        clear(self._list)
        self._rows = {}
        for wish in self._services.wishes():
            made = _Row(wish, self.opened.emit, self._give_up)
            self._rows[wish.course, wish.section] = made
            self._list.addWidget(made)
        self._judge()

    def hear(self, news: DownloadNews) -> None:
        """Take news of one section."""
        found = self._rows.get((news.course, news.section))
        if found is None:
            self.show_now()
        else:
            found.move(news.done, news.total, news.problem)
        self._judge()

    def _judge(self) -> None:
        left = sum(one.total - one.here for one in self._rows.values())
        here = sum(one.here for one in self._rows.values())
        self._empty.setVisible(not self._rows)
        self._sum.setVisible(bool(self._rows))
        text = translate("Downloads", "{here} are safe here, {left} still to come.")
        self._sum.setText(text.format(here=size(here), left=size(left)))
        self._go.setVisible(not self._running)
        self._go.setEnabled(left > 0)
        self._stop.setVisible(self._running)

    def _give_up(self, course: str, section: str) -> None:
        self._services.give_up(course, section)
        self.show_now()


class _Row(QFrame):
    def __init__(self, wish: WishedSection, opened: object, give_up: object) -> None:
        super().__init__()
        self.setProperty("role", "card")
        inner = column(self, margin=14)
        self.here, self.total = wish.here, wish.total
        title = label(wish.section_title, "strong")
        course = label(wish.course_title, "caption")
        words = column(gap=2)
        words.addWidget(title)
        words.addWidget(course)
        show = button(
            translate("Downloads", "Open"),
            lambda: opened(wish.course),  # type: ignore[operator]
            role="quiet",
        )
        drop = sign_button(
            "cross",
            translate("Downloads", "No longer wanted; what came stays"),
            lambda: give_up(wish.course, wish.section),  # type: ignore[operator]
        )
        head = row()
        head.addLayout(words, 1)
        head.addWidget(show)
        head.addWidget(drop)
        inner.addLayout(head)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(wish.section_title)
        inner.addWidget(self._bar)
        self._state = label(role="muted")
        self._problem = label(role="warn")
        inner.addWidget(self._state)
        inner.addWidget(self._problem)
        self._rendition = wish.rendition
        self.move(wish.here, wish.total, wish.problem)

    def move(self, here: int, total: int, problem: str) -> None:  # type: ignore[override]
        """Show how far it is."""
        self.here, self.total = here, total
        self._bar.setMaximum(1000)
        self._bar.setValue(round(1000 * here / total) if total else 1000)
        style.role(self._bar, "done" if here >= total else "")
        if here >= total:
            text = translate("Downloads", "Here, whole and checked · {total}")
        else:
            text = translate("Downloads", "{here} of {total} are here")
        text = text.format(here=size(here), total=size(total))
        if self._rendition:
            spoken = self._rendition
            text += " · " + (translate("Library", "audio") if spoken == "audio" else spoken)
        self._state.setText(text)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem) and here < total)
