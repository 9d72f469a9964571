# SPDX-License-Identifier: Apache-2.0
"""One link of a list: what its author says of it, and what can be done with it, now or later."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QPushButton

from player.course.fragment import is_web, leaves
from player.course.manifest import Link
from player.ui.flow import Flow
from player.ui.icons import icon
from player.ui.kept_list import shown_address
from player.ui.language import translate
from player.ui.lesson.context import LessonContext
from player.ui.parts import button, column, label
from player.ui.style import GRID, role

_TOLD_FOR = 2500  # milliseconds for which a button says that it has copied


class LinkCard(QFrame):
    """Says whether it needs a connection; with `kept`, it waits for one."""

    def __init__(self, context: LessonContext, link: Link, *, kept: bool) -> None:
        super().__init__()
        self._context, self._link, self._kept = context, link, kept
        self.setProperty("role", "card")
        self._name = link.title or shown_address(link.url) or link.url
        inner = column(self, margin=2 * GRID, gap=GRID // 2)
        inner.addWidget(label(self._name, "heading"))
        inner.addWidget(label(shown_address(link.url) or link.url, "caption"))
        if link.note:
            inner.addWidget(label(link.note))
        if not is_web(link.url):
            inner.addWidget(label(_otherwise(link.url), "muted"))
        inner.addSpacing(GRID // 2)
        self.open = button(translate("LinksView", "Open"), self._follow, sign="link")
        self.open.setAccessibleName(translate("LinksView", "Open {title}").format(title=self._name))
        self.later = button("", self._toggle)
        inner.addLayout(Flow(self.open, self.later, self._copy_button()))
        self.open.setVisible(leaves(link.url))  # in their place: else they open as windows
        self.later.setVisible(is_web(link.url))
        self._show_kept()

    @property
    def url(self) -> str:
        """Where it leads."""
        return self._link.url

    def show_kept(self, *, kept: bool) -> None:
        """Say whether it waits."""
        self._kept = kept
        self._show_kept()

    def _show_kept(self) -> None:
        text, sign = translate("LinksView", "Open when connected"), "clock"
        if self._kept:
            text, sign = translate("LinksView", "Kept for later"), "check"
        self.later.setText(text)
        self.later.setIcon(icon(sign))
        self.later.setAccessibleName(f"{text}: {self._name}")
        tip = translate("LinksView", "Press again to let it go") if self._kept else ""
        self.later.setToolTip(tip)
        role(self.later, "quiet")

    def _follow(self) -> None:
        self._context.follow(self._link.url, self._link.title)

    def _toggle(self) -> None:
        if self._kept:
            self._context.let_go(self._link.url)
        else:
            self._context.keep_link(self._link.url, self._link.title)
        self.show_kept(kept=not self._kept)

    def _copy_button(self) -> QPushButton:
        made = QPushButton()
        made.setProperty("role", "quiet")

        def offer() -> None:
            made.setText(translate("LinksView", "Copy the address"))
            made.setIcon(icon("copy"))

        def copy() -> None:
            QGuiApplication.clipboard().setText(self._link.url)
            made.setText(translate("LinksView", "Copied"))
            made.setIcon(icon("check"))
            QTimer.singleShot(_TOLD_FOR, made, offer)

        made.clicked.connect(copy)
        made.setAccessibleDescription(self._link.url)
        offer()
        return made


def _otherwise(url: str) -> str:
    """What is to be known of a link that leads to no page of the web."""
    if leaves(url):
        return translate(
            "LinksView", "Opens your mail program: what you write there leaves once connected."
        )
    return translate("LinksView", "This address cannot be opened from here.")
