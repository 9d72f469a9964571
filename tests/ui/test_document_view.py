# SPDX-License-Identifier: Apache-2.0
"""A PDF inside the window: its pages, its keys, and a file that is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from lesson_course import Desk, pdf
from PySide6.QtCore import Qt
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from player.course.manifest import Document
from player.errors import NotHere
from player.journal.journal import Now
from player.store.database import Database
from player.ui.lesson.document_view import DocumentView

FIT = QPdfView.ZoomMode.FitToWidth

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


@pytest.fixture
def desk(db: Database, home: Path, learner: str, clock: Now) -> Desk:
    return Desk(db, home, learner, clock)


def shown(qtbot: QtBot, desk: Desk, data: bytes) -> DocumentView:
    document = Document(id="d", title="Le tableau", blob=desk.blob(data))
    view = DocumentView(desk.context(document), document)
    qtbot.addWidget(view)
    view.resize(760, 640)
    with qtbot.waitExposed(view):
        view.show()
    return view


def said(view: DocumentView) -> list[str]:
    return [one.text() for one in view.findChildren(QLabel) if one.text()]


def test_the_pages_are_shown_as_wide_as_the_window(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, pdf("Une", "Deux", "Trois"))
    assert "Page 1 of 3" in said(view)
    assert view.pane.pages.zoomMode() is FIT
    assert desk.kinds() == ["opened"]
    view.close_lesson()


def test_the_last_page_in_sight_counts_as_read_and_once(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, pdf("Une", "Deux", "Trois"))
    view.pane.go_to(1)
    assert desk.kinds() == ["opened"]
    bar = view.pane.pages.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert "Page 3 of 3" in said(view)
    bar.setValue(0)
    bar.setValue(bar.maximum())
    assert desk.kinds() == ["opened", "completed"]


def test_keys_turn_and_enlarge(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, pdf("Une", "Deux", "Trois"))
    view.activateWindow()
    view.setFocus()
    pages = view.pane.pages
    qtbot.waitUntil(pages.hasFocus)
    qtbot.keyClick(pages, Qt.Key.Key_PageDown)
    assert pages.verticalScrollBar().value() > 0
    before = pages.verticalScrollBar().maximum()
    qtbot.keyClick(pages, "+")
    assert pages.zoomMode() is QPdfView.ZoomMode.Custom
    assert pages.verticalScrollBar().maximum() > before
    enlarged = pages.zoomFactor()
    qtbot.keyClick(pages, "-")
    assert pages.zoomFactor() == pytest.approx(enlarged / 1.25)
    qtbot.keyClick(pages, "0")
    assert pages.zoomMode() is FIT


def test_zooming_in_begins_at_the_size_that_is_seen(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, pdf("Une", "Deux"))
    before = view.pane.pages.verticalScrollBar().maximum()
    view.pane.zoom(1.0)
    assert view.pane.pages.verticalScrollBar().maximum() == pytest.approx(before, abs=8)


def test_a_page_is_found_whatever_number_is_asked_for(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, pdf("Une", "Deux"))
    view.pane.go_to(99)
    assert "Page 2 of 2" in said(view)
    view.pane.go_to(-5)
    assert "Page 1 of 2" in said(view)


def test_a_file_that_is_no_pdf_leaves_a_sentence(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, b"%PDF-1.7 and then nothing that belongs there")
    (sentence,) = said(view)
    assert "“Le tableau” cannot be shown" in sentence
    view.close_lesson()


def test_a_document_that_was_not_fetched_says_so(qtbot: QtBot, desk: Desk) -> None:
    document = Document(id="d", title="Le tableau", blob="0" * 64)
    with pytest.raises(NotHere, match="Le tableau"):
        DocumentView(desk.context(document), document)
    assert desk.kinds() == []
