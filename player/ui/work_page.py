# SPDX-License-Identifier: Apache-2.0
"""My work: everything that was recorded, and where each piece stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableView, QWidget

from player.app import Services
from player.journal import outbox
from player.journal.outbox import Entry
from player.ui.arrivals import Arrivals
from player.ui.carrier import Carrier
from player.ui.flow import Flow
from player.ui.language import translate
from player.ui.parts import Page, button, calm, empty_card, label, letters, row
from player.ui.sign_in import SignInCard
from player.ui.work_carry import BringPanel, CarryPanel
from player.ui.work_details import Details, Tile, Tiles
from player.ui.work_home import HomePanel
from player.ui.work_list import Column, WorkList
from player.ui.work_save import SaveMenu

MEASURED = 20  # rows whose words say how wide a column is: all of them would take seconds
NARROW = 68  # letters: in a narrower page an act says its day alone
LEAST = 5  # rows to see; where there is no room, the page scrolls
EVERY = 10**9  # rows of what is saved or printed
RESULTS = ("answered", "finished", "completed")
STATES = {
    "waiting": ("saved", "packed", "sent"),
    "packed": ("packed",),
    "marked": ("marked",),
    "refused": ("refused",),
}
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

    def __init__(
        self,
        services: Services,
        carrier: Carrier,
        arrivals: Arrivals,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._services = services
        self._is_sending = False
        self._is_to_send = False
        self._carry, self._bring = CarryPanel(services, carrier), BringPanel(carrier)
        self._home = HomePanel(services, arrivals)
        self._make_head(arrivals)
        self.sign_in = SignInCard(services)
        self.body.addWidget(self.sign_in)
        self._carry.told.connect(self.told)
        self._carry.problem.connect(self.problem)
        self._carry.changed.connect(self.changed)
        self.body.addWidget(self._carry)
        self.body.addWidget(self._bring)
        self._home.told.connect(self.told)
        self._home.problem.connect(self.problem)
        self.body.addWidget(self._home)
        self._tiles = {
            name: Tile(sign, words)
            for name, sign, words in (
                ("saved", "saved", translate("Work", "Saved here, still to send")),
                ("packed", "bag", translate("Work", "Packed, to be carried")),
                ("sent", "sent", translate("Work", "Sent, no receipt yet")),
                ("received", "received", translate("Work", "Received by the platform")),
                ("marked", "check-circle", translate("Work", "Marked by the platform")),
                ("refused", "warning", translate("Work", "Refused, kept here")),
            )
        }
        self._row = Tiles([tile.frame for tile in self._tiles.values()])
        self.body.addWidget(self._row)
        self._make_filter()
        self._model = WorkList(self._entries)
        self._table = self._make_table()
        self.body.addWidget(self._table, 1)
        self._empty, self._empty_text, inner = empty_card("work")
        inner.addStretch()
        self.body.addWidget(self._empty, 1)
        self._details = Details()
        self._details.again.connect(self._send_again)
        self.body.addWidget(self._details)

    def _make_head(self, arrivals: Arrivals) -> None:
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
        for text, do in (
            (translate("Work", "My code for another computer…"), self._show_code),
            (translate("Work", "Look for what I did elsewhere"), arrivals.look_elsewhere),
            (translate("Work", "Bring my work from another computer…"), self._bring_work),
        ):
            way = QAction(text, menu)
            way.triggered.connect(do)
            menu.insertAction(first, way)
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
            ("marked", translate("Work", "What is marked")),
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
        top.setResizeContentsPrecision(MEASURED)
        top.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in Column:
            top.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        top.setSectionResizeMode(Column.WHERE, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(lambda now, _: self._explain(now.row()))
        return table

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._model.tell(briefly=letters(self) < NARROW)

    def set_sending(self, sending: bool) -> None:
        """Say whether acts are being sent."""
        self._is_sending = sending
        text = translate("Work", "Sending…") if sending else translate("Work", "Send now")
        self._send.setText(text)
        self._send.setEnabled(not sending and self._is_to_send)

    def show_now(self) -> None:
        """Read the ledger; the row that was chosen stays so."""
        self.sign_in.show_now()
        chosen = self._chosen()
        shown = self._filter.currentData()
        if self._model.show():
            place = self._model.row_of(chosen.event.id) if chosen else -1
            if place >= 0:
                self._table.selectRow(place)
            else:
                self._table.setCurrentIndex(self._model.index(0, 0))
        self._explain(self._table.currentIndex().row())
        rows = self._model.rowCount()
        self._table.setVisible(rows > 0)
        self._empty.setVisible(not rows)
        self._empty_text.setText(
            {
                "refused": translate("Work", "Nothing was refused."),
                "packed": translate("Work", "Nothing is packed."),
                "marked": translate("Work", "Nothing is marked yet."),
                "waiting": translate("Work", "Nothing is left to send."),
            }.get(
                shown, translate("Work", "Nothing yet. What you answer and finish will stand here.")
            )
        )
        self._count()

    def take_focus(self) -> None:
        """Begin at the list, else at what is shown of it."""
        (self._filter if self._table.isHidden() else self._table).setFocus()

    def _entries(self, limit: int, before: int = 0) -> list[Entry]:
        shown = self._filter.currentData()
        kinds = RESULTS if shown == "answers" else ()
        states = STATES.get(shown, ())
        return self._services.ledger(kinds=kinds, states=states, limit=limit, before=before)

    def _count(self) -> None:
        counts = self._services.counts()
        for name, tile in self._tiles.items():
            tile.show_count(counts.arrived if name == "received" else getattr(counts, name))
        passing = {"packed", "marked"}  # what most learners never have is shown where there is any
        some = [name for name in self._tiles if name not in passing or getattr(counts, name)]
        self._row.show_only([self._tiles[name].frame for name in some])
        self._is_to_send = self._services.has_to_send
        self._send.setEnabled(not self._is_sending and self._is_to_send)

    def _chosen(self) -> Entry | None:
        place = self._table.currentIndex().row()
        return self._model.entry(place) if 0 <= place < self._model.rowCount() else None

    def _explain(self, place: int) -> None:
        there = 0 <= place < self._model.rowCount()
        self._details.show_entry(self._model.entry(place) if there else None)

    # What leaves as a file, and what comes

    def _show_code(self) -> None:
        self._only(self._home)
        self._home.begin()

    def _only(self, panel: QWidget) -> None:
        for other in (self._carry, self._bring, self._home):
            if other is not panel:
                other.leave()

    def _carry_work(self) -> None:
        self._only(self._carry)
        self._carry.begin()

    def _bring_work(self) -> None:
        self._only(self._bring)
        self._bring.begin()

    def _send_again(self) -> None:
        if entry := self._chosen():
            outbox.retry(self._services.db, entry.event.id)
            self._table.setFocus()
            self.show_now()
            self.send_wanted.emit()
