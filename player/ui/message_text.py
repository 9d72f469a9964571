# SPDX-License-Identifier: Apache-2.0
"""One message, read: what it is, its text, and the way to what it speaks of."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from player.app import Services
from player.journal.items import Announcement, AnyItem, Attestation, Digest, Mark, Poll
from player.journal.mail import Came
from player.ui.flow import Flow
from player.ui.language import direction, direction_of, translate
from player.ui.lesson.cleaning import plain
from player.ui.lesson.rich_text import CleanText
from player.ui.parts import button, column, label

LEAST = 8  # lines of text to see


class LetterText(CleanText):
    """The text of a message: as wide and high as there is room, scrolled by the keyboard too."""

    def render_text(self) -> None:
        super().render_text()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _fit_to_text(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(0)
        self.setMinimumHeight(LEAST * self.fontMetrics().height())


class MessageText(QFrame):
    """The message that is open.

    Signals:
        activity_wanted: (course id, activity id).
        address_wanted: a link to the web was followed.
        attestation_wanted: the id of the course whose attestation it is.
    """

    activity_wanted = Signal(str, str)
    address_wanted = Signal(str)
    attestation_wanted = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._services = services
        self._came: Came | None = None
        inner = column(self, margin=20, gap=8)
        self._title, self._about = label(role="heading"), label(role="caption")
        self._by = label(role="caption")
        self.text = LetterText(services.settings, QLocale().textDirection())
        self.text.activity_asked.connect(self._go)
        self.text.address_asked.connect(self.address_wanted)
        self._open = button(
            translate("Messages", "Open the activity"), self._open_marked, sign="arrow-right"
        )
        self._show = button(
            translate("Messages", "Show the attestation"),
            self._show_attestation,
            sign="arrow-right",
        )
        for part in (self._title, self._about, self._by):
            inner.addWidget(part)
        inner.addSpacing(4)
        inner.addWidget(self.text, 1)
        inner.addLayout(Flow(self._open, self._show))

    def show_message(self, came: Came, head: str, foot: str, *, opens: bool) -> None:
        """Show it under its `head`; `opens` says whether what it marks can be opened."""
        self._title.setText(head)
        self._about.setText(foot)
        by = getattr(came.item, "by", "")
        self._by.setText(translate("Messages", "From {name}").format(name=by))
        self._by.setVisible(bool(by))
        self._open.setVisible(opens)
        self._show.setVisible(isinstance(came.item, Attestation) and bool(came.learner))
        if self._came is None or self._came.item != came.item:  # else the reader stays where it is
            self.text.set_html(html(came.item))
            self.text.dress(self._services.settings, _direction(came.item))
        self._came = came

    def _go(self, activity: str) -> None:
        if self._came:
            self.activity_wanted.emit(self._came.course, activity)

    def _show_attestation(self) -> None:
        if self._came:
            self.attestation_wanted.emit(self._came.course)

    def _open_marked(self) -> None:
        if self._came and isinstance(self._came.item, Mark | Poll):
            self._go(self._came.item.activity)


def html(item: AnyItem) -> str:
    """What stands in a message, as HTML that is still to be cleaned."""
    if isinstance(item, Announcement | Digest):
        return item.text
    if isinstance(item, Mark):
        late = translate("Messages", "This was answered after it was due.") if item.late else ""
        none = translate("Messages", "Nothing was written about it.")
        return _paragraphs("\n".join(filter(None, (item.feedback, late))) or none)
    if isinstance(item, Attestation):
        kept = translate("Messages", "It is kept on this computer.")
        return _paragraphs("\n".join(filter(None, (item.text, kept))))
    if isinstance(item, Poll):
        count = translate("Survey", "%n answer(s)", "", item.answers)
        there = translate("Messages", "The result stands beneath the question.")
        return _paragraphs(f"{count}\n{there}")
    newer = translate(
        "Messages", "This version of Cartable cannot show it. It is kept, and a newer one will."
    )
    return _paragraphs(newer)


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())


def _direction(item: AnyItem) -> Qt.LayoutDirection:
    """Which way it is written: by its language, else by its first letter."""
    if language := getattr(item, "language", ""):
        return direction(language)
    return direction_of(plain(html(item)), Qt.LayoutDirection.LeftToRight)
