# SPDX-License-Identifier: Apache-2.0
"""The card of the settings for the PCs next door: lending to them, and which are known."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from player.app import Services
from player.errors import PlayerError
from player.store.peers import KnownPeer
from player.ui import licence_words
from player.ui.flow import Flow
from player.ui.language import say, say_again, size, translate, when
from player.ui.neighbourhood import Neighbourhood
from player.ui.parts import button, card, clear, column, label, tab_before
from player.ui.sources import forgettable


class SharingCard(QObject):
    """Off unless it was chosen. Signals: `problem`: a PlayerError to say."""

    problem = Signal(object)

    def __init__(self, services: Services, neighbourhood: Neighbourhood, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._neighbourhood = services, neighbourhood
        self.frame, inner = card()
        inner.addWidget(label(translate("Sharing", "Computers next door"), "heading"))
        self._on = QCheckBox(translate("Sharing", "Lend my courses in this network"))
        self._on.toggled.connect(self._lend)
        inner.addWidget(self._on)
        why = translate(
            "Sharing",
            "Other computers here can then take courses from this one, without the internet, while "
            "this window is open. Nothing of what you did is lent.",
        )
        inner.addWidget(label(why, "caption"))
        self._asks = label(role="caption")
        inner.addWidget(self._asks)
        self._address = label()
        self._address.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._copy = button(translate("Sharing", "Copy"), self._copy_address, sign="copy")
        self._sent, self._fault = label(role="caption"), label(role="warn")
        inner.addWidget(self._address)
        inner.addLayout(Flow(self._copy))
        inner.addWidget(self._sent)
        inner.addWidget(self._fault)
        inner.addWidget(label(translate("Sharing", "Computers that lend to this one"), "strong"))
        self._peers = column(gap=12)
        inner.addLayout(self._peers)
        self._make_adding(inner)
        neighbourhood.changed.connect(self.show_lending)
        neighbourhood.looked.connect(self._show_peers)

    def _make_adding(self, inner: QVBoxLayout) -> None:
        self._field = QLineEdit()
        self._field.setPlaceholderText("192.168.1.20:7717")
        self._field.setAccessibleName(translate("Sharing", "Address of a computer next door"))
        self._field.returnPressed.connect(self._add)
        add = button(translate("Settings", "Add"), self._add, sign="plus")
        add.setAccessibleName(translate("Sharing", "Add this computer"))
        text = translate("Sharing", "See what they lend")
        self._look = button(text, self._neighbourhood.look, sign="refresh")
        inner.addLayout(Flow(self._field, add, self._look, wide=self._field))

    def show_now(self) -> None:
        """Read what was chosen and who is known."""
        with QSignalBlocker(self._on):
            self._on.setChecked(self._services.settings.lend)
        self.show_lending()
        self._show_peers()

    @Slot()
    def show_lending(self) -> None:
        """Show whether it lends, under which address."""
        lends = self._neighbourhood
        found, on = lends.addresses, self._services.settings.lend and lends.problem is None
        asks = "\n".join(licence_words.to_lend(self._services.library())) if on else ""
        self._asks.setText(asks)
        self._asks.setVisible(bool(asks))
        text = translate("Sharing", "Type this on the other computer: {address}")
        none = translate("Sharing", "No network now: the address stands here once there is one.")
        self._address.setText(text.format(address=" · ".join(found)) if found else none)
        self._address.setVisible(on)
        self._copy.setVisible(on and bool(found))
        self._sent.setText(
            translate("Sharing", "Lent so far: {size}").format(size=size(lends.sent))
        )
        self._sent.setVisible(on and lends.sent > 0)
        self._fault.setText(say(lends.problem) if lends.problem else "")
        self._fault.setVisible(bool(lends.problem))

    @Slot()
    def _show_peers(self) -> None:
        clear(self._peers)
        known = self._services.neighbours.known()
        rows = [self._row(one) for one in known]
        for made in rows:
            self._peers.addWidget(made)
        tab_before(self._field, *rows)
        if not known:
            text = translate("Sharing", "None yet: type the address that the other one shows.")
            self._peers.addWidget(label(text, "caption"))
        self._look.setVisible(bool(known))

    def _row(self, one: KnownPeer) -> QWidget:
        if one.problem:
            state = label(say_again(one.problem), "warn")
        elif one.seen_at:
            text = translate("Sharing", "Answered {time}").format(time=when(one.seen_at))
            state = label(text, "caption")
        else:
            state = label(translate("Settings", "Not looked at yet"), "caption")
        words = [label(one.name, "strong"), state]
        name = translate("Sharing", "Forget this computer")
        return forgettable(words, one.name, name, lambda: self._forget(one.url))

    def _lend(self, on: bool) -> None:
        self._services.change(lend=on)
        self._neighbourhood.lend(on)
        self.show_lending()

    def _copy_address(self) -> None:
        QGuiApplication.clipboard().setText(self._neighbourhood.addresses[0])

    def _add(self) -> None:
        if not (address := self._field.text().strip()):
            return
        try:
            self._services.neighbours.add(address)
        except PlayerError as error:
            self.problem.emit(error)
            return
        self._field.clear()
        self._show_peers()
        self._neighbourhood.look()

    def _forget(self, url: str) -> None:
        self._services.neighbours.remove(url)
        self._show_peers()
        self._field.setFocus()
