# SPDX-License-Identifier: Apache-2.0
"""My work on a stick, from another computer, as a file and on paper."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import msgspec
import pytest
from carrying import CAMPUS, OFFICES, STRANGER, Pc, bundles
from lrs_simulator import LrsSimulator
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QMenu
from shell import COURSE, Shell, answer, seen

from player.app.courier import Returned
from player.app.mail import Collected
from player.errors import BadLetter, NoPlatform, NotWritable, WrongPassphrase
from player.journal import export, outbox
from player.journal.outbox import Counts
from player.sync import courier, receipt
from player.sync.office import deliver
from player.sync.receipt import Receipt
from player.ui import work_print
from player.ui.language import say
from player.ui.work_carry import came_back
from player.ui.work_list import Column
from player.ui.work_save import SaveMenu

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that is chosen whenever one is asked for."""
    path = tmp_path / "stick"
    path.mkdir()
    chosen = lambda *_, **__: str(path)  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", chosen)
    return path


@pytest.fixture
def worked(shell: Shell) -> Shell:
    """Three answers on a PC that belongs to a platform."""
    shell.learn()
    shell.shown.services.change(send_by_itself=False)
    shell.shown.services.join(msgspec.json.encode(CAMPUS))
    shell.take(COURSE)
    for score in (1, 0.5, 0):
        answer(shell, COURSE, score)
    shell.window._show(shell.window.work)
    return shell


def open_stick(shell: Shell) -> None:
    shell.press("Carry on a stick…")
    shell.idle()


def said(shell: Shell) -> str:
    return "\n".join(shell.texts(shell.window.work))


def fields(shell: Shell) -> list[QLineEdit]:
    return seen(shell.window.work, QLineEdit)


def hand_in(shell: Shell, stick: Path, store: LrsSimulator) -> None:
    services = shell.shown.services
    for file in bundles(stick):
        deliver(file, store, CAMPUS, OFFICES[0], now=services.now, announce=lambda _: None)


def test_it_says_what_would_be_written_before_it_is(worked: Shell, stick: Path) -> None:
    open_stick(worked)
    text = said(worked)
    assert "4 acts that nobody has received yet" in text
    assert str(stick) in text
    assert "sealed for Campus" in text
    assert bundles(stick) == []
    worked.press("Not now")
    assert "sealed for Campus" not in said(worked)
    assert worked.shown.services.counts() == Counts(saved=4)


def test_written_it_is_packed_and_its_receipt_is_read_the_next_time(
    worked: Shell, stick: Path
) -> None:
    open_stick(worked)
    worked.press("Write onto the stick")
    worked.idle()
    assert worked.window.messages.text.startswith("1 file written.")
    assert len(bundles(stick)) == 1
    page = worked.window.work
    assert page._tiles["packed"].count.text() == "4"
    box = seen(page, QComboBox)[0]
    box.setCurrentIndex(box.findData("packed"))
    model = page._model
    assert {model.index(row, Column.STATE).data() for row in range(4)} == {"Packed"}
    store = LrsSimulator()
    hand_in(worked, stick, store)
    open_stick(worked)
    assert "4 acts received by the platform." in said(worked)
    assert "Nothing is left to carry." in said(worked)
    assert not worked.button("Write onto the stick").isEnabled()
    assert worked.shown.services.counts() == Counts(received=len(store.stored))
    assert not page._tiles["packed"].frame.isVisible()
    open_stick(worked)
    assert "The receipts on it say nothing new." in said(worked)


def test_a_forged_receipt_is_said_and_the_rest_goes_on(worked: Shell, stick: Path) -> None:
    entry = worked.shown.services.ledger(limit=1)[0]
    forged = Receipt(bundle="0" * 16, platform=CAMPUS.home, at="t", received=(entry.event.id,))
    file = stick / f"{'0' * 16}{receipt.ENDING}"
    file.write_bytes(receipt.write(forged, STRANGER.secret))
    open_stick(worked)
    assert "is no receipt of your platform" in said(worked)
    assert worked.button("Write onto the stick").isEnabled()
    assert worked.shown.services.counts() == Counts(saved=4)


def test_nothing_chosen_nothing_happens(worked: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: ("", ""))
    before = said(worked)
    open_stick(worked)
    worked.window.work._bring_work()
    assert said(worked) == before


def test_without_a_platform_the_way_to_one_is_shown(shell: Shell, stick: Path) -> None:
    shell.learn()
    shell.window._show(shell.window.work)
    open_stick(shell)
    assert shell.window.messages.text == str(NoPlatform())
    shell.press("Settings", shell.window.messages)
    assert shell.window.page == "settings"


def test_a_stick_that_is_gone_is_said(worked: Shell, stick: Path) -> None:
    open_stick(worked)
    stick.rmdir()
    worked.press("Write onto the stick")
    worked.idle()
    assert worked.window.messages.text == str(NotWritable(place=str(stick)))
    assert worked.shown.services.counts() == Counts(saved=4)


def test_for_another_computer_a_passphrase_is_asked_for_twice(worked: Shell, stick: Path) -> None:
    open_stick(worked)
    box = worked.window.work._carry._goal
    box.setCurrentIndex(box.findData("computer"))
    write = worked.button("Write onto the stick")
    first, second = fields(worked)
    for one, other, fits in (
        ("short", "short", False),
        ("correct horse", "correct hose", False),
        ("correct horse", "correct horse", True),
    ):
        first.setText(one)
        second.setText(other)
        assert write.isEnabled() is fits
    worked.press("Write onto the stick")
    worked.idle()
    assert worked.shown.services.counts() == Counts(saved=4)
    other = Pc(stick / "other", worked.shown.services.now)
    taken = other.bring(bundles(stick)[0], "correct horse")
    assert (taken.learner.name, taken.new) == ("Awa", 4)


def test_work_from_another_computer_comes_in_with_its_passphrase(
    worked: Shell, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = worked.shown.services
    learner = services.learner
    assert learner is not None
    elsewhere = Pc(stick / "elsewhere", services.now)
    elsewhere.do(learner=learner)
    (parcel,) = elsewhere.pack_journal("correct horse", learner)
    file = stick / parcel.name
    courier.write(file, parcel.data)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(file), ""))
    worked.window.work._bring_work()
    take = worked.button("Take it in")
    assert not take.isEnabled()
    fields(worked)[0].setText("guess")
    worked.press("Take it in")
    worked.idle()
    assert worked.window.messages.text == say(WrongPassphrase(place=file.name))
    fields(worked)[0].setText("correct horse")
    worked.press("Take it in")
    worked.idle()
    assert worked.window.messages.text == "8 acts of Awa are new on this computer."
    assert not fields(worked)
    assert services.counts().saved == 4 + 7


def test_what_is_shown_is_saved_and_a_formula_is_none(
    worked: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = worked.shown.services.ledger(limit=1)[0]
    outbox.put(worked.shown.services.db, [(entry.event.id, b"{}")])
    outbox.refuse(worked.shown.services.db, entry.event.id, "=1+1")
    saved = tmp_path / "saved"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    menu = worked.window.work.findChild(SaveMenu)
    assert isinstance(menu, QMenu)
    menu.save_csv()
    assert worked.window.messages.text == "Saved as saved."
    rows = list(csv.DictReader(saved.read_text(encoding="utf-8-sig").splitlines()))
    assert list(rows[0]) == list(export.COLUMNS)
    assert [row["score"] for row in rows] == ["0.0", "0.5", "1.0"]
    assert [row["state"] for row in rows] == ["refused", "saved", "saved"]
    assert rows[0]["reason"] == "'=1+1"
    menu.save_json()
    assert [one["state"] for one in json.loads(saved.read_bytes())] == ["refused", "saved", "saved"]
    menu.save_pdf()
    assert saved.read_bytes().startswith(b"%PDF-")


def test_a_place_where_nothing_can_be_saved_is_said(
    worked: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "no such folder" / "saved"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    menu = worked.window.work.findChild(SaveMenu)
    assert isinstance(menu, SaveMenu)
    menu.save_json()
    assert worked.window.messages.text == str(NotWritable(place=str(path.parent)))


def test_on_paper_stands_what_is_shown(worked: Shell) -> None:
    entries = worked.shown.services.ledger(limit=10)
    text = work_print.document("Awa <b>", entries).toPlainText()
    assert "The work of Awa <b>" in text
    assert "4 acts" in text
    assert text.count("Qui décide ?") == 3
    assert "Answered" in text


def test_what_came_back_is_said_only_where_something_did(worked: Shell) -> None:
    assert came_back(Returned(0, 0, 0), Collected()) == ""
    assert came_back(Returned(2, 1, 2), Collected(3)) == (
        "1 act received by the platform. 2 acts refused: see why below. "
        "3 messages came: see Messages."
    )
    assert came_back(Returned(1, 0, 0), Collected()) == "The receipts on it say nothing new."
    assert came_back(Returned(1, 0, 0), Collected(1)) == "1 message came: see Messages."
    problem = BadLetter(place="a letter")
    assert came_back(Returned(0, 0, 0), Collected(0, (problem,))) == say(problem)
