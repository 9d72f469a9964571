# SPDX-License-Identifier: Apache-2.0
"""PDFs that would freeze, fell or bloat the window: it says so, and lives on."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import hostile_pdfs as hostile
import pytest
from lesson_course import pdf
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from player import apart
from player.ui.lesson.document_view import PdfPane
from player.ui.pdf import file as pdf_file
from player.ui.pdf import pages as pdf_pages

STOPPED = "“Le tableau” cannot be shown: it takes too long or too much memory, and was stopped."
LONG = 20_000  # ms: a process begins, on a busy machine


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes long is given up soon."""
    monkeypatch.setattr(pdf_file, "SECONDS", 0.5)
    monkeypatch.setattr(pdf_file, "_STARTING", 30.0)  # the reader itself ends long before


class Seen:
    """A pane with a file, and what is said in it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.pane: PdfPane

    def show(self, data: bytes, *, whole: bool = True) -> PdfPane:
        path = self.folder / "file.pdf"
        path.write_bytes(data)
        self.pane = PdfPane(path, "Le tableau", whole=whole)
        self.qtbot.addWidget(self.pane, before_close_func=let_go)
        self.pane.resize(600, 400)
        with self.qtbot.waitExposed(self.pane):
            self.pane.show()
        return self.pane

    def said(self) -> str:
        labels = self.pane.findChildren(QLabel)
        return "\n".join(one.text() for one in labels if one.text() and one.isVisible())

    def until_said(self, words: str) -> None:
        self.qtbot.waitUntil(lambda: words in self.said(), timeout=LONG)

    def until_drawn(self) -> None:
        pages = self.pane.pages
        self.qtbot.waitUntil(lambda: bool(pages._pictures or pages._lost), timeout=LONG)


@pytest.fixture
def seen(qtbot: QtBot, tmp_path: Path) -> Seen:
    return Seen(qtbot, tmp_path)


def let_go(pane: PdfPane) -> None:
    if isValid(pane) and isValid(pane.file):
        pane.close_file()


def runs(pid: int) -> bool:
    """Whether a process is there, other than as a name that nobody has asked for yet."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.parametrize("made", [hostile.own_child, hostile.in_circles])
def test_pages_that_name_themselves_leave_a_sentence(
    quick: None, seen: Seen, made: type[hostile.own_child]
) -> None:
    pane = seen.show(made())
    seen.until_said("Opening…")
    pid = pane.file.pid
    seen.until_said(STOPPED)
    assert "What you did is kept, and the rest of the course works." in seen.said()
    assert not runs(pid)


def test_what_was_stopped_can_be_tried_again(quick: None, seen: Seen) -> None:
    pane = seen.show(hostile.own_child())
    seen.until_said(STOPPED)
    (seen.folder / "file.pdf").write_bytes(pdf("Une", "Deux"))
    (again,) = (one for one in pane.findChildren(QPushButton) if one.text() == "Try again")
    again.click()
    seen.until_said("Page 1 of 2")
    assert STOPPED not in seen.said()


@pytest.mark.parametrize("made", [hostile.forms_in_forms, hostile.bomb])
def test_a_page_that_cannot_be_drawn_costs_itself(
    quick: None, seen: Seen, made: type[hostile.bomb]
) -> None:
    pane = seen.show(made())
    seen.until_drawn()
    assert pane.pages._lost == {0}
    assert pane.pages.accessibleDescription() == "This page cannot be shown."
    asked: list[object] = []
    pane.file.sizes(0, 1, asked.append)  # another process goes on
    seen.qtbot.waitUntil(lambda: bool(asked), timeout=LONG)
    assert asked[0] == pdf_file.Sizes(((595.0, 842.0),))


def test_a_page_that_the_file_lacks_is_not_shown_as_an_empty_one(seen: Seen) -> None:
    pane = seen.show(hostile.lacking_page())
    seen.until_drawn()
    pane.go_to(1)
    seen.qtbot.waitUntil(lambda: pane.pages._lost == {1}, timeout=LONG)
    assert pane.pages.accessibleDescription() == "This page cannot be shown."
    assert pane.file.pid > 0


def test_memory_is_a_limit_too(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MEGABYTES", 64)
    pane = seen.show(hostile.bomb())
    seen.until_drawn()
    assert pane.pages._lost == {0}


def give_up(seen: Seen) -> None:
    """Have what reads the file killed until nobody tries any more."""
    file = seen.pane.file
    for _ in range(pdf_file.TRIES):
        seen.qtbot.waitUntil(lambda: file.pid > 0, timeout=LONG)
        killed = file.pid
        os.kill(killed, signal.SIGKILL)
        seen.qtbot.waitUntil(lambda: file.pid != killed)  # noqa: B023 - called at once
        file.open()


def test_a_file_that_breaks_off_again_and_again_is_given_up(seen: Seen) -> None:
    pane = seen.show(pdf("Une"))
    seen.until_drawn()
    give_up(seen)
    seen.until_said(STOPPED)
    assert pane.file.pid == 0


def test_a_window_of_another_size_when_it_is_tried_again(seen: Seen) -> None:
    pane = seen.show(pdf("Une", "Deux"))
    seen.until_drawn()
    pane.go_to(1)
    give_up(seen)
    pane.zoom(1.25)
    pane.resize(800, 500)
    (again,) = (one for one in pane.findChildren(QPushButton) if one.text() == "Try again")
    again.click()
    seen.until_said("Page 2 of 2")


def test_a_killed_reader_leaves_the_sentence_while_the_file_is_opened(
    quick: None, seen: Seen
) -> None:
    pane = seen.show(hostile.own_child())
    seen.qtbot.waitUntil(lambda: pane.file.pid > 0)
    os.kill(pane.file.pid, signal.SIGKILL)
    seen.until_said(STOPPED)


def test_a_killed_reader_costs_nothing_when_the_file_is_open(seen: Seen) -> None:
    pane = seen.show(pdf("Une", "Deux"))
    seen.until_drawn()
    before = pane.file.pid
    os.kill(before, signal.SIGKILL)
    asked: list[pdf_file.Text | None] = []
    seen.qtbot.waitUntil(lambda: pane.file.pid != before)
    pane.file.text(1, asked.append)
    seen.qtbot.waitUntil(lambda: bool(asked), timeout=LONG)
    assert asked[0] is not None
    assert asked[0].text.strip() == "Deux"


def test_a_reader_that_cannot_be_started_leaves_the_sentence(
    seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "command", lambda *_: [""])  # Qt knows at once, as without memory
    seen.show(pdf("Une"))
    seen.until_said(STOPPED)


def test_leaving_ends_what_is_under_way(seen: Seen) -> None:
    pane = seen.show(hostile.own_child())
    seen.qtbot.waitUntil(lambda: pane.file.pid > 0)
    pid = pane.file.pid
    pane.close_file()
    seen.qtbot.waitUntil(lambda: not runs(pid))
    assert "Opening…" in seen.said()  # and no word of a fault: it was left


def test_a_pane_that_is_thrown_away_ends_what_is_under_way(seen: Seen) -> None:
    pane = seen.show(hostile.own_child())
    seen.qtbot.waitUntil(lambda: pane.file.pid > 0)
    pid = pane.file.pid
    pane.file.deleteLater()
    seen.qtbot.waitUntil(lambda: not runs(pid))


def test_an_outline_in_circles_costs_the_outline(quick: None, seen: Seen) -> None:
    pane = seen.show(hostile.outline_in_circles())
    seen.until_drawn()
    first = pane.file.pid
    seen.qtbot.waitUntil(lambda: pane.file.pid != first, timeout=LONG)
    assert pane.pages._lost == set()
    assert "Page 1 of 1" in seen.said()
    assert pane.outline.model().rowCount() == 0


@pytest.mark.parametrize("made", [hostile.enormous, hostile.ribbon, hostile.font_of_itself])
def test_a_strange_page_is_shown_in_a_bearable_size(seen: Seen, made: type[hostile.ribbon]) -> None:
    pane = seen.show(made())
    seen.until_drawn()
    pane.zoom(100.0)
    seen.qtbot.waitUntil(lambda: pane.pages._drawing is None, timeout=LONG)
    assert pane.pages._lost == set()
    assert pane.pages._whole.height() < 2 * pdf_pages._TALLEST
    side = pdf_pages._PIECE
    for piece in pane.pages._pictures:
        assert piece.area[2] <= side
        assert piece.area[3] <= side


def test_pictures_are_let_go_of(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "_KEPT", 0)
    pane = seen.show(hostile.many_pages(30))
    for page in (9, 19, 29):
        pane.go_to(page)
        seen.qtbot.waitUntil(lambda: pane.pages._drawing is None, timeout=LONG)
        seen.until_drawn()
    assert {one.page for one in pane.pages._pictures} <= {28, 29}


def test_more_pages_than_anybody_reads_are_counted_no_further(
    seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_pages, "_AT_ONCE", 40)
    pane = seen.show(hostile.many_pages(300))
    seen.until_said("Page 1 of 300")
    seen.qtbot.waitUntil(lambda: len(pane.pages._points) == 300, timeout=LONG)
    pane.go_to(299)
    assert "Page 300 of 300" in seen.said()
    seen.show(hostile.count_that_lies())
    seen.until_said("Page 1 of 1")


def test_a_reader_that_says_what_nobody_asked_is_not_believed(
    seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = ["sh", "-c", "exec cat /dev/zero"]
    monkeypatch.setattr(apart, "command", lambda *_: endless)
    seen.show(pdf("Une"))
    seen.until_said(STOPPED)


def test_links_lead_within_the_file_and_into_the_web(seen: Seen) -> None:
    pane = seen.show(hostile.link_page(b"https://example.org/"))
    seen.until_drawn()
    pages, asked = pane.pages, []
    pages.address_asked.connect(asked.append)
    seen.qtbot.mousePress(pages.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 50))
    seen.qtbot.waitUntil(lambda: 0 in pages._links)
    seen.qtbot.mouseRelease(pages.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 50))
    assert asked == ["https://example.org/"]
    seen.qtbot.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 250))
    assert "Page 2 of 2" in seen.said()
    assert asked == ["https://example.org/"]


@pytest.mark.parametrize("place", [b"0 9999999999.5", b"-9999999999.5 0"])
def test_a_link_to_a_place_far_beyond_a_page_leads_to_that_page(seen: Seen, place: bytes) -> None:
    pane = seen.show(hostile.link_page(b"", b"/XYZ %b 1" % place))
    seen.until_drawn()
    pane.zoom(4.0)
    pages = pane.pages
    pages.go_to(0, (0.0, 200.0))  # there the link begins
    at = QPoint(50, 50)
    seen.qtbot.mousePress(pages.viewport(), Qt.MouseButton.LeftButton, pos=at)
    seen.qtbot.waitUntil(lambda: 0 in pages._links)
    seen.qtbot.mouseRelease(pages.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert "Page 2 of 2" in seen.said()


def test_a_page_is_put_together_from_its_pieces(
    seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = seen.show(pdf("Une"))
    seen.until_drawn()
    whole = pane.pages.viewport().grab().toImage()
    monkeypatch.setattr(pdf_pages, "_PIECE", 100)
    pane.pages._pictures.clear()
    pane.pages._draw_on()
    seen.qtbot.waitUntil(lambda: pane.pages._drawing is None, timeout=LONG)
    assert len(pane.pages._pictures) > 20
    pieced = pane.pages.viewport().grab().toImage()
    points = [(x, y) for x in range(whole.width()) for y in range(whole.height())]
    other = sum(whole.pixel(*at) != pieced.pixel(*at) for at in points)
    assert other < len(points) / 1000  # a letter on a border may have another rim
    assert len({whole.pixel(*at) for at in points}) > 2  # ground, paper, letters
