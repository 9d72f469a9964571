# SPDX-License-Identifier: Apache-2.0
"""Messages: what came back from the platform. The list, and what is chosen in it beside it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QListView, QWidget

from player.app import Services
from player.course.manifest import Manifest
from player.errors import PlayerError
from player.journal.items import Mark, Poll
from player.journal.mail import Came
from player.ui.flow import Flow
from player.ui.language import translate
from player.ui.message_list import MessageDelegate, MessageList
from player.ui.parts import Page, button, empty_card, label, letters
from player.ui.style import GRID

if TYPE_CHECKING:
    from player.ui.message_text import MessageText

NARROW = 92  # letters: a narrower page has the list above the text
LEAST = 3  # rows to see


class MessagesPage(Page):
    """What came. It is read as soon as it is shown.

    Signals:
        look_wanted: look for letters now.
        activity_wanted: (course id, activity id).
        address_wanted: a link to the web was followed.
        attestation_wanted: the id of the course whose attestation came.
        read: something was read.
    """

    look_wanted = Signal()
    activity_wanted = Signal(str, str)
    address_wanted = Signal(str)
    attestation_wanted = Signal(str)
    read = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services = services
        self._manifests: dict[str, Manifest | None] = {}
        title = label(translate("Messages", "Messages"), "title", wrap=False)
        self._look = button("", self.look_wanted.emit, sign="refresh")
        self.body.addLayout(Flow(title, self._look, wide=title))
        self._model = MessageList()
        self._list = self._make_list()
        self._both = QWidget()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._both)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(2 * GRID)
        self._halves.addWidget(self._list, 2)
        self.body.addWidget(self._both, 1)
        self._empty, words, inner = empty_card("mail")
        words.setText(
            translate(
                "Messages",
                "Nothing yet. Announcements, marks and attestations of your courses come here.",
            )
        )
        inner.addStretch()
        self.body.addWidget(self._empty, 1)
        self.set_looking(looking=False)

    @cached_property
    def text(self) -> MessageText:
        """The message that is open."""
        from player.ui.message_text import (  # noqa: PLC0415 - many starts do without
            MessageText,
        )

        made = MessageText(self._services)
        made.activity_wanted.connect(self.activity_wanted)
        made.address_wanted.connect(self.address_wanted)
        made.attestation_wanted.connect(self.attestation_wanted)
        self._halves.addWidget(made, 3)
        return made

    def _make_list(self) -> QListView:
        made = QListView()
        made.setModel(self._model)
        made.setItemDelegate(MessageDelegate(made))
        made.setAccessibleName(translate("Messages", "Messages"))
        made.setUniformItemSizes(True)
        made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        made.setMinimumHeight(LEAST * (2 * made.fontMetrics().height() + 32))
        made.setMinimumWidth(240)
        made.selectionModel().currentChanged.connect(lambda now, _: self._open(now))
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(below if letters(self) < NARROW else beside)

    def set_looking(self, looking: bool) -> None:
        """Say whether letters are being looked for."""
        text = translate("Messages", "Look now")
        self._look.setText(translate("Work", "Looking…") if looking else text)

    def show_now(self) -> None:
        """Read what is here; what is open stays open."""
        chosen = self._chosen()
        rows = self._services.mail.items()
        courses = {one.course for one in rows}
        self._manifests = {one: self._manifest(one) for one in courses}
        self._model.show(rows, self._titles())
        self._both.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        place = max(0, self._model.row_of(chosen.id)) if chosen else 0
        index = self._model.index(place)
        if index != self._list.currentIndex():
            self._list.setCurrentIndex(index)
        else:
            self._open(index)

    def take_focus(self) -> None:
        """Begin at the list."""
        (self._look if self._both.isHidden() else self._list).setFocus()

    def choose(self, item: str) -> None:
        """Open a message."""
        if (place := self._model.row_of(item)) >= 0:
            self._list.setCurrentIndex(self._model.index(place))

    def _chosen(self) -> Came | None:
        return self._model.came(self._list.currentIndex().row())

    def _open(self, index: QModelIndex) -> None:
        came = self._model.came(index.row())
        if came is None:
            return
        manifest = self._manifests.get(came.course)
        known = (
            isinstance(came.item, Mark | Poll) and manifest and manifest.find(came.item.activity)
        )
        head, foot = self._model.head(came), self._model.foot(came)
        self.text.show_message(came, head, foot, opens=bool(known))
        if self.isVisible():
            self._note_read(came)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if chosen := self._chosen():
            self._note_read(chosen)

    def _note_read(self, came: Came) -> None:
        if not came.is_read:
            self._services.mail.read([came.id])
            self._model.show(self._services.mail.items(), self._titles())
            self.read.emit()

    def _manifest(self, course: str) -> Manifest | None:
        try:
            return self._services.course(course)
        except PlayerError:  # deleted: its messages stay
            return None

    def _titles(self) -> dict[tuple[str, str], str]:
        found = {}
        for course, manifest in self._manifests.items():
            if manifest:
                found[course, ""] = manifest.title
                found |= {(course, one.id): one.title for one in manifest.activities()}
        return found
