# SPDX-License-Identifier: Apache-2.0
"""The links that wait for a connection: opened from here once there is one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from player.course.fragment import is_web
from player.journal.notes import KeptLink
from player.ui.flow import Flow
from player.ui.language import day, translate
from player.ui.parts import button, card, clear, column, label
from player.ui.style import GRID


class KeptList(QWidget):
    """Signals:
    open_wanted: a `KeptLink` to open now.
    let_go_wanted: one that nobody waits for any more.
    """

    open_wanted = Signal(object)
    let_go_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        body = column(self, gap=GRID)
        self.words = label(role="muted")
        self._cards = column()
        body.addWidget(self.words)
        body.addLayout(self._cards)
        body.addStretch(1)

    def show_links(self, links: Sequence[KeptLink], *, offline: bool) -> None:
        """Show these; what can be done with them depends on whether somebody can be reached."""
        self.words.setText(_lead(links, offline=offline))
        clear(self._cards)
        for one in links:
            self._cards.addWidget(self._card(one))

    def _card(self, link: KeptLink) -> QFrame:
        frame, inner = card()
        inner.setSpacing(GRID // 2)
        inner.addWidget(label(link.title or shown_address(link.url), "strong"))
        inner.addWidget(label(shown_address(link.url), "caption"))
        where = translate("Notes", "From “{activity}”, kept on {day}")
        inner.addWidget(label(where.format(activity=link.name, day=day(link.at)), "muted"))
        name = link.title or shown_address(link.url)
        leave = button(
            translate("LinksView", "Open"), partial(self.open_wanted.emit, link), sign="link"
        )
        leave.setAccessibleName(translate("LinksView", "Open {title}").format(title=name))
        leave.setEnabled(is_web(link.url))
        text = translate("Notes", "No longer keep it")
        away = button(text, partial(self.let_go_wanted.emit, link), role="quiet")
        away.setAccessibleName(f"{text}: {name}")
        inner.addLayout(Flow(leave, away))
        return frame


def _lead(links: Sequence[KeptLink], *, offline: bool) -> str:
    if not links:
        return translate(
            "Notes",
            "No link waits. In a list of links, “Open when connected” keeps one for later; "
            "so does following a link while there is no connection.",
        )
    if offline:
        return translate("Notes", "They wait until there is a connection.")
    return translate("Notes", "There may be a connection now. What you open leaves this list.")


def shown_address(url: str) -> str:
    """Where a link leads, short enough to read: `example.org/guide`."""
    bare = url.partition("://")[2].removeprefix("www.").rstrip("/")
    return bare if len(bare) <= 64 else bare[:63] + "…"
