# SPDX-License-Identifier: Apache-2.0
"""What is shown of the work, as a file or on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from player.app import Services
from player.errors import PlayerError
from player.journal import export
from player.journal.outbox import Entry
from player.store.saving import write
from player.ui import work_print
from player.ui.language import translate


class SaveMenu(QMenu):
    """The ways to save it.

    Signals:
        told: a sentence of what was done.
        problem: a PlayerError to say.
    """

    told = Signal(str)
    problem = Signal(object)

    def __init__(
        self, parent: QWidget, services: Services, entries: Callable[[], list[Entry]]
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._entries = entries
        self.addAction(translate("Work", "Print what is shown…"), self._print)
        self.addAction(translate("Work", "Save as PDF…"), self.save_pdf)
        self.addAction(translate("Work", "Save as a table (CSV)…"), self.save_csv)
        self.addAction(translate("Work", "Save for other programs (JSON)…"), self.save_json)

    def save_pdf(self) -> None:
        """Save what would be printed."""
        self._save("pdf", lambda: work_print.as_pdf(self._document()))

    def save_csv(self) -> None:
        """Save a table for a spreadsheet."""
        self._save("csv", lambda: export.as_csv(self._entries()))

    def save_json(self) -> None:
        """Save everything that is recorded of each act."""
        self._save("json", lambda: export.as_json(self._entries()))

    def _print(self) -> None:
        work_print.ask_and_print(self._document(), self)

    def _document(self) -> QTextDocument:
        learner = self._services.learner
        return work_print.document(learner.name if learner else "", self._entries())

    def _save(self, ending: str, made: Callable[[], bytes]) -> None:
        title = translate("Work", "Where to save it")
        name, _ = QFileDialog.getSaveFileName(self, title, f"cartable.{ending}", f"*.{ending}")
        if not name:
            return
        try:
            write(Path(name), made())
        except PlayerError as error:
            self.problem.emit(error)
        else:
            self.told.emit(translate("Work", "Saved as {name}.").format(name=Path(name).name))
