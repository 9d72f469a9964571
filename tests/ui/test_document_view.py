# SPDX-License-Identifier: Apache-2.0
"""A PDF inside the window: its pages, its keys, and a file that is none."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lesson_course import Desk, pdf
from pypdf import PdfWriter
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from player.course.manifest import Document
from player.errors import NotHere
from player.journal.journal import Now
from player.store.database import Database
from player.ui.lesson.document_view import DocumentView
from player.ui.lesson.pieces import SignButton
from player.ui.pdf.pages import Fit

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


@pytest.fixture
def desk(db: Database, home: Path, learner: str, clock: Now) -> Desk:
    return Desk(db, home, learner, clock)


def shown(qtbot: QtBot, desk: Desk, data: bytes, *, readable: bool = True) -> DocumentView:
    document = Document(id="d", title="Le tableau", blob=desk.blob(data))
    view = DocumentView(desk.context(document), document)
    qtbot.addWidget(view, before_close_func=DocumentView.close_lesson)
    view.resize(760, 640)
    with qtbot.waitExposed(view):
        view.show()
    if readable:
        qtbot.waitUntil(lambda: any(one.startswith("Page") for one in said(view)), timeout=20_000)
    return view


def said(view: DocumentView) -> list[str]:
    return [one.text() for one in view.findChildren(QLabel) if one.text() and one.isVisible()]


def test_the_pages_are_shown_as_wide_as_the_window(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, pdf("Une", "Deux", "Trois"))
    assert "Page 1 of 3" in said(view)
    assert view.pane.pages.fit is Fit.WIDTH
    assert desk.kinds() == ["opened"]
    view.close_lesson()


def test_the_last_page_in_sight_counts_as_read_and_once(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, pdf("Une", "Deux", "Trois"))
    view.pane.go_to(1)
    assert desk.kinds() == ["opened"]
    bar = view.pane.pages.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert "Page 3 of 3" in said(view)
    qtbot.waitUntil(lambda: desk.kinds() == ["opened", "completed"])
    bar.setValue(0)
    with qtbot.waitSignal(view.pane.end_reached):
        bar.setValue(bar.maximum())
    assert desk.kinds() == ["opened", "completed"]


def test_pages_that_become_smaller_do_not_count_as_read(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, pdf(*["Page"] * 20))
    view.pane.zoom(4.0)
    view.pane.go_to(14)
    view.pane.fit()
    qtbot.waitUntil(lambda: view.pane.is_settled)
    assert "Page 15 of 20" in said(view)
    QGuiApplication.processEvents()
    assert desk.kinds() == ["opened"]


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
    assert pages.fit is Fit.NONE
    assert pages.verticalScrollBar().maximum() > before
    enlarged = pages.factor
    qtbot.keyClick(pages, "-")
    assert pages.factor == pytest.approx(enlarged / 1.25)
    qtbot.keyClick(pages, "0")
    assert pages.fit is Fit.WIDTH


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
    view = shown(qtbot, desk, b"%PDF-1.7 and then nothing that belongs there", readable=False)
    qtbot.waitSignal(view.pane.failed, timeout=20_000).wait()
    (sentence,) = said(view)
    assert "“Le tableau” cannot be shown" in sentence
    view.close_lesson()


def test_a_document_that_was_not_fetched_says_so(qtbot: QtBot, desk: Desk) -> None:
    document = Document(id="d", title="Le tableau", blob="0" * 64)
    with pytest.raises(NotHere, match="Le tableau"):
        DocumentView(desk.context(document), document)
    assert desk.kinds() == []


def outlined(*titles: str) -> bytes:
    """A PDF with an entry of its outline for each page."""
    writer = PdfWriter(io.BytesIO(pdf(*titles)))
    for number, title in enumerate(titles):
        writer.add_outline_item(title=title, page_number=number)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_words_are_found_and_one_goes_from_hit_to_hit(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, pdf("Un plan", "Rien", "Le Plan"))
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.pane.pages.hasFocus)
    qtbot.keyClick(view.pane.pages, "f", Qt.KeyboardModifier.ControlModifier)
    words = view.pane.bar.words
    qtbot.keyClicks(words, "plan")
    qtbot.waitUntil(lambda: words.accessibleDescription() == "1 of 2")
    qtbot.keyClick(words, Qt.Key.Key_Return)
    assert words.accessibleDescription() == "2 of 2"
    qtbot.waitUntil(lambda: "Page 3 of 3" in said(view))
    qtbot.keyClick(words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "Page 1 of 3" in said(view))
    qtbot.keyClicks(words, "zz")
    qtbot.waitUntil(lambda: words.accessibleDescription() == "not found")
    qtbot.keyClick(words, Qt.Key.Key_Escape)
    assert view.pane.bar.isHidden()
    view.close_lesson()


def test_a_large_file_is_searched_at_once(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, pdf(*["mot"] * 120))
    view.pane.open_find()
    view.pane.bar.words.setText("mot")
    words = view.pane.bar.words
    # Left to Qt, at ten pages a second, this would take twelve
    qtbot.waitUntil(lambda: words.accessibleDescription() == "1 of 120")


def test_one_goes_to_a_page_and_copies_its_text(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, pdf("Une", "Deux", "Trois"))
    view.pane._goal.setValue(2)
    assert "Page 2 of 3" in said(view)
    view.pane.copy_page()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().strip() == "Deux")


def test_the_outline_of_a_file_leads_to_its_pages(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, outlined("Une", "Deux", "Trois"))
    outline = view.pane.outline
    assert outline.isHidden()
    qtbot.waitUntil(lambda: outline.model().rowCount() == 3)
    view.pane.show_outline()
    assert outline.isVisible()
    view.pane._follow_mark(outline.model().index(2, 0))
    assert "Page 3 of 3" in said(view)


def test_a_file_without_an_outline_has_no_button_for_it(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, pdf("Une"))
    asked: list[object] = []
    view.pane.file.outline(asked.append)
    qtbot.waitUntil(lambda: bool(asked))
    shown_names = [one.accessibleName() for one in view.findChildren(SignButton) if one.isVisible()]
    assert "Next page" in shown_names
    assert "Outline" not in shown_names


def test_tab_goes_from_the_buttons_to_the_pages(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, pdf("Une"))
    view.activateWindow()
    first = view.findChildren(SignButton)[0]
    first.setFocus()
    order = [first]
    while view.focusWidget() is not view.pane.pages and len(order) < 20:
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Tab)
        order.append(view.focusWidget())
    assert order[-1] is view.pane.pages
    assert len(order) > 6


def test_ctrl_and_the_wheel_enlarge(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, pdf("Une"))
    pages = view.pane.pages
    before = pages.factor_now()
    turn = QWheelEvent(
        QPointF(50, 50), QPointF(50, 50), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QGuiApplication.sendEvent(pages.viewport(), turn)
    assert pages.factor == pytest.approx(before * 1.25, rel=0.01)
