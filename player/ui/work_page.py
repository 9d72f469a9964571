# SPDX-License-Identifier: Apache-2.0
"""My work: everything that was recorded, and where each piece stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableView, QWidget

from player.app import Services
from player.journal import outbox
from player.ui import style
from player.ui.icons import pixmap
from player.ui.language import translate
from player.ui.parts import Page, button, card, label, row
from player.ui.work_list import Column, WorkList

MOST = 2000  # rows read at once: enough for weeks of work, and quick on an old PC


class WorkPage(Page):
    """The ledger.

    Signals:
        send_wanted: send what is not yet received.
    """

    send_wanted = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(scrolls=False, parent=parent)
        self._services = services
        title = label(translate("Work", "My work"), "title")
        self._send = button(
            translate("Work", "Send now"), self.send_wanted.emit, role="primary", sign="sent"
        )
        self.body.addLayout(row(title, 1, self._send))
        self._tiles = {
            name: _Tile(sign, words)
            for name, sign, words in (
                ("saved", "saved", translate("Work", "Saved here, still to send")),
                ("sent", "sent", translate("Work", "Sent, no receipt yet")),
                ("received", "received", translate("Work", "Received by the platform")),
                ("refused", "warning", translate("Work", "Refused, kept here")),
            )
        }
        self.body.addLayout(row(*(tile.frame for tile in self._tiles.values()), gap=12))
        self._filter = QComboBox()
        self._filter.setAccessibleName(translate("Work", "Show"))
        for name, text in (
            ("answers", translate("Work", "Answers and results")),
            ("all", translate("Work", "Everything")),
            ("refused", translate("Work", "Only what was refused")),
        ):
            self._filter.addItem(text, name)
        self._filter.currentIndexChanged.connect(self.show_now)
        self.body.addLayout(row(label(translate("Work", "Show"), "muted"), self._filter, 1))
        self._model = WorkList()
        self._table = self._make_table()
        self.body.addWidget(self._table, 1)
        self._empty = label(
            translate("Work", "Nothing yet. What you answer and finish will stand here."), "muted"
        )
        self.body.addWidget(self._empty)
        self._reason = label(role="bad")
        self._reason.hide()
        self.body.addWidget(self._reason)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._model)
        table.setAccessibleName(translate("Work", "My work"))
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(36)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in Column:
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(Column.WHERE, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(lambda now, _: self._explain(now.row()))
        return table

    def show_now(self) -> None:
        """Read the ledger."""
        counts = self._services.counts()
        for name, tile in self._tiles.items():
            tile.show_count(getattr(counts, name))
        self._send.setEnabled(counts.saved + counts.sent > 0)
        learner = self._services.learner
        shown = self._filter.currentData()
        rows = outbox.ledger(
            self._services.db,
            learner.id if learner else "",
            kinds=("answered", "finished", "completed") if shown == "answers" else (),
            states=("refused",) if shown == "refused" else (),
            limit=MOST,
        )
        self._model.show(rows)
        self._empty.setVisible(not rows)
        self._explain(-1)

    def _explain(self, place: int) -> None:
        reason = self._model.entry(place).reason if place >= 0 else ""
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))


class _Tile:
    """One count with its words."""

    def __init__(self, sign: str, words: str) -> None:
        self.frame, inner = card()
        inner.setContentsMargins(14, 10, 14, 10)
        inner.setSpacing(2)
        picture = label()
        picture.setPixmap(pixmap(sign, style.colours().muted, 20))
        self._count = label(role="heading")
        inner.addLayout(row(picture, self._count, 1))
        self._words = label(words, "caption")
        inner.addWidget(self._words)

    def show_count(self, count: int) -> None:
        """Show how many."""
        self._count.setText(str(count))
        self.frame.setAccessibleName(f"{count} {self._words.text()}")
