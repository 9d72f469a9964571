# SPDX-License-Identifier: Apache-2.0
"""My work: everything that was recorded, and where each piece stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableView, QWidget

from player.app import Services
from player.journal import outbox
from player.journal.outbox import Entry
from player.ui import style
from player.ui.carrier import Carrier
from player.ui.flow import Flow
from player.ui.icons import pixmap
from player.ui.language import say_again, translate
from player.ui.parts import Page, button, calm, card, empty_card, label, row
from player.ui.sign_in import SignInCard
from player.ui.work_carry import BringPanel, CarryPanel
from player.ui.work_list import Column, WorkList
from player.ui.work_save import SaveMenu

MOST = 2000  # rows read at once: enough for weeks of work, and quick on an old PC
LEAST = 5  # rows to see; where there is no room, the page scrolls
EVERY = 10**9  # rows of what is saved or printed
RESULTS = ("answered", "finished", "completed")
STATES = {"waiting": ("saved", "packed", "sent"), "packed": ("packed",), "refused": ("refused",)}
"""The states that a choice of the filter shows; the others show all."""


class WorkPage(Page):
    """The ledger.

    Signals:
        send_wanted: send what is not yet received.
        told: a sentence of what was done.
        problem: a PlayerError to say.
        changed: something else is known of the work than before.
    """

    send_wanted = Signal()
    told = Signal(str)
    problem = Signal(object)
    changed = Signal()

    def __init__(self, services: Services, carrier: Carrier, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services = services
        self._is_sending = False
        self._waiting = 0
        self._carry, self._bring = CarryPanel(services, carrier), BringPanel(carrier)
        self._make_head()
        self.sign_in = SignInCard(services)
        self.body.addWidget(self.sign_in)
        for panel in (self._carry, self._bring):
            panel.told.connect(self.told)
            panel.problem.connect(self.problem)
            panel.changed.connect(self.changed)
            self.body.addWidget(panel)
        self._tiles = {
            name: _Tile(sign, words)
            for name, sign, words in (
                ("saved", "saved", translate("Work", "Saved here, still to send")),
                ("packed", "bag", translate("Work", "Packed, to be carried")),
                ("sent", "sent", translate("Work", "Sent, no receipt yet")),
                ("received", "received", translate("Work", "Received by the platform")),
                ("refused", "warning", translate("Work", "Refused, kept here")),
            )
        }
        tiles = row(gap=12)
        for tile in self._tiles.values():
            tiles.addWidget(tile.frame, 1)
        self.body.addLayout(tiles)
        self._make_filter()
        self._model = WorkList()
        self._table = self._make_table()
        self.body.addWidget(self._table, 1)
        self._empty, self._empty_text, inner = empty_card("work")
        inner.addStretch()
        self.body.addWidget(self._empty, 1)
        self._make_reason()

    def _make_head(self) -> None:
        title = label(translate("Work", "My work"), "title", wrap=False)
        self._send = button(
            translate("Work", "Send now"), self.send_wanted.emit, role="primary", sign="sent"
        )
        carry = button(translate("Work", "Carry on a stick…"), self._carry_work, sign="bag")
        more = button(translate("Work", "More"), lambda: None)
        menu = SaveMenu(more, self._services, lambda: self._entries(EVERY))
        menu.told.connect(self.told)
        menu.problem.connect(self.problem)
        first = menu.actions()[0]
        bring = QAction(translate("Work", "Bring my work from another computer…"), menu)
        bring.triggered.connect(self._bring_work)
        menu.insertAction(first, bring)
        menu.insertSeparator(first)
        more.setMenu(menu)
        self.body.addLayout(Flow(title, more, carry, self._send, wide=title))

    def _make_filter(self) -> None:
        self._filter = calm(QComboBox())
        for name, text in (
            ("answers", translate("Work", "Answers and results")),
            ("all", translate("Work", "Everything")),
            ("waiting", translate("Work", "What is not received yet")),
            ("packed", translate("Work", "What is packed, to be carried")),
            ("refused", translate("Work", "Only what was refused")),
        ):
            self._filter.addItem(text, name)
        self._filter.currentIndexChanged.connect(self.show_now)
        words = label(translate("Work", "Show"), "muted", wrap=False)
        words.setBuddy(self._filter)
        self._filter.setAccessibleName(words.text())
        self.body.addLayout(row(words, self._filter, 1))

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._model)
        table.setAccessibleName(translate("Work", "My work"))
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setMinimumHeight(LEAST * (table.fontMetrics().height() + 18))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 18)
        top = table.horizontalHeader()
        top.setHighlightSections(False)
        top.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in Column:
            top.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        top.setSectionResizeMode(Column.WHERE, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(lambda now, _: self._explain(now.row()))
        return table

    def _make_reason(self) -> None:
        self._reason_box, inner = card("bad")
        inner.setContentsMargins(14, 10, 14, 10)
        self._reason = label(role="bad")
        self._again = button(translate("Work", "Send it again"), self._send_again, sign="refresh")
        line = row(gap=12)
        line.addWidget(self._reason, 1)
        line.addWidget(self._again)
        inner.addLayout(line)
        self._reason_box.hide()
        self.body.addWidget(self._reason_box)

    def set_sending(self, sending: bool) -> None:
        """Say whether acts are being sent."""
        self._is_sending = sending
        text = translate("Work", "Sending…") if sending else translate("Work", "Send now")
        self._send.setText(text)
        self._send.setEnabled(not sending and self._waiting > 0)

    def show_now(self) -> None:
        """Read the ledger; the row that was chosen stays so."""
        self.sign_in.show_now()
        chosen = self._chosen()
        shown = self._filter.currentData()
        rows = self._entries(MOST)
        if self._model.show(rows):
            place = self._model.row_of(chosen.event.id) if chosen else -1
            if place >= 0:
                self._table.selectRow(place)
            else:
                self._table.setCurrentIndex(self._model.index(0, 0))
        self._explain(self._table.currentIndex().row())
        self._table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty_text.setText(
            {
                "refused": translate("Work", "Nothing was refused."),
                "packed": translate("Work", "Nothing is packed."),
                "waiting": translate("Work", "Nothing is left to send."),
            }.get(
                shown, translate("Work", "Nothing yet. What you answer and finish will stand here.")
            )
        )
        self._count()

    def take_focus(self) -> None:
        """Begin at the list, else at what is shown of it."""
        (self._filter if self._table.isHidden() else self._table).setFocus()

    def _entries(self, limit: int) -> list[Entry]:
        shown = self._filter.currentData()
        kinds = RESULTS if shown == "answers" else ()
        return self._services.ledger(kinds=kinds, states=STATES.get(shown, ()), limit=limit)

    def _count(self) -> None:
        counts = self._services.counts()
        for name, tile in self._tiles.items():
            tile.show_count(counts.arrived if name == "received" else getattr(counts, name))
        self._tiles["packed"].frame.setVisible(counts.packed > 0)
        self._waiting = counts.waiting
        self._send.setEnabled(not self._is_sending and self._waiting > 0)

    def _chosen(self) -> Entry | None:
        place = self._table.currentIndex().row()
        return self._model.entry(place) if 0 <= place < self._model.rowCount() else None

    def _explain(self, place: int) -> None:
        reason = self._model.entry(place).reason if 0 <= place < self._model.rowCount() else ""
        self._reason.setText(say_again(reason))
        self._reason_box.setVisible(bool(reason))

    # What leaves as a file

    def _carry_work(self) -> None:
        self._bring.leave()
        self._carry.begin()

    def _bring_work(self) -> None:
        self._carry.leave()
        self._bring.begin()

    def _send_again(self) -> None:
        if entry := self._chosen():
            outbox.retry(self._services.db, entry.event.id)
            self._table.setFocus()
            self.show_now()
            self.send_wanted.emit()


class _Tile:
    """One count with its words."""

    def __init__(self, sign: str, words: str) -> None:
        self.frame, inner = card()
        inner.setContentsMargins(14, 10, 14, 10)
        inner.setSpacing(2)
        picture = label()
        picture.setPixmap(pixmap(sign, style.colours().muted, 20))
        self.count = label(role="heading")
        inner.addLayout(row(picture, self.count, 1))
        self._words = label(words, "caption")
        inner.addWidget(self._words)
        inner.addStretch()

    def show_count(self, count: int) -> None:
        """Show how many."""
        self.count.setText(str(count))
        self.frame.setAccessibleName(f"{count} {self._words.text()}")
