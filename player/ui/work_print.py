# SPDX-License-Identifier: Apache-2.0
"""The ledger on paper, or as a PDF that can be handed over."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QBuffer, QMarginsF
from PySide6.QtGui import QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QWidget

from player.journal.outbox import Entry
from player.ui.language import translate
from player.ui.work_list import Column, details, heads, texts

_STYLE = """
    body { font-family: sans-serif; font-size: 9pt; color: #000000; }
    th { text-align: left; border-bottom: 1px solid #000000; }
    td, th { padding: 3px 8px 3px 0px; }
    .when { white-space: nowrap; }
"""


def document(learner: str, entries: list[Entry]) -> QTextDocument:
    """The acts as a table with a title; with what there is to say of each."""
    made = QTextDocument()
    made.setDefaultStyleSheet(_STYLE)
    rows = "".join(_row(entry) for entry in entries)
    head = "".join(f"<th>{escape(text)}</th>" for text in heads())
    title = translate("Work", "The work of {name}").format(name=learner)
    count = translate("Work", "%n act(s)", "", len(entries))
    made.setHtml(
        f"<h2>{escape(title)}</h2><p>{escape(count)}</p>"
        f'<table width="100%" cellspacing="0"><thead><tr>{head}</tr></thead>{rows}</table>'
    )
    return made


def as_pdf(made: QTextDocument) -> bytes:
    """It as a PDF of A4 pages."""
    data = QBuffer()
    data.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(data)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))  # printing a document leaves 2 cm by itself
    made.print_(writer)
    return bytes(data.data().data())


def ask_and_print(made: QTextDocument, parent: QWidget) -> None:
    """Ask for a printer, and print."""
    from PySide6.QtPrintSupport import (  # noqa: PLC0415 - not before somebody prints
        QPrintDialog,
        QPrinter,
    )

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if QPrintDialog(printer, parent).exec():
        made.print_(printer)


def _row(entry: Entry) -> str:
    cells = texts(entry)
    if more := details(entry):
        cells[Column.STATE] += f" ({more})"
    when, *rest = (escape(cell) for cell in cells)
    return f'<tr><td class="when">{when}</td>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'
