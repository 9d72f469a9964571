# SPDX-License-Identifier: Apache-2.0
"""My work: each act and how far it is on its way; a refusal says why and can be sent again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QTableView
from pytestqt.modeltest import ModelTester
from shell import COURSE, Shell, answer, receive, refuse, seen, spoken

from player.errors import NoPlatform
from player.journal import outbox
from player.ui import work_list
from player.ui.work_list import Column, WorkList, said, stated

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none
WHY = "The platform refused this: no mailbox. It stays saved here and can be exported."


@pytest.fixture
def worked(shell: Shell) -> Shell:
    """Three answers: one received, one refused, one saved."""
    shell.learn()
    shell.shown.services.change(send_by_itself=False)
    shell.take(COURSE)
    acts = [answer(shell, COURSE, score) for score in (1, 0.5, 0)]
    receive(shell, acts[0])
    refuse(shell, acts[1], WHY)
    shell.window._show(shell.window.work)
    return shell


def table(shell: Shell) -> QTableView:
    return seen(shell.window.work, QTableView)[0]


def rows(shell: Shell) -> list[list[str]]:
    model = table(shell).model()
    return [
        [model.index(row, column).data() for column in Column] for row in range(model.rowCount())
    ]


def choose(shell: Shell, name: str) -> None:
    box = seen(shell.window.work, QComboBox)[0]
    box.setCurrentIndex(box.findData(name))


def test_nothing_yet_says_so(shell: Shell) -> None:
    shell.learn()
    shell.window._show(shell.window.work)
    assert any(text.startswith("Nothing yet.") for text in shell.texts())
    assert not seen(shell.window.work, QTableView)
    assert not shell.button("Send now").isEnabled()


def test_answers_are_listed_latest_first_with_their_results_and_states(worked: Shell) -> None:
    found = rows(worked)
    assert [row[Column.RESULT] for row in found] == ["0%", "50%", "Right"]
    assert [row[Column.STATE] for row in found] == ["Saved", "Refused", "Received"]
    assert {row[Column.WHERE] for row in found} == {"Qui décide ?"}
    assert {row[Column.WHAT] for row in found} == {"Answered"}
    first = table(worked).model().index(0, 0)
    assert "Qui décide ?, 0%, Saved" in first.data(Qt.ItemDataRole.AccessibleTextRole)


def test_in_a_narrow_page_the_day_leaves_room_for_where(worked: Shell) -> None:
    whole = [one[Column.WHEN] for one in rows(worked)]
    tip = table(worked).model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == whole[0]
    worked.window.work.resize(420, 600)
    brief = [one[Column.WHEN] for one in rows(worked)]
    assert all(
        short and long.startswith(f"{short} ") for short, long in zip(brief, whole, strict=True)
    )
    assert table(worked).model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == tip


def test_the_tiles_count_what_is_where(worked: Shell) -> None:
    counts = worked.shown.services.counts()
    for name, tile in worked.window.work._tiles.items():
        assert tile.count.text() == str(getattr(counts, name))
        assert spoken(tile.frame).startswith(f"{getattr(counts, name)} ")
    assert (counts.received, counts.refused) == (1, 1)
    assert "1 act refused: see My work" in worked.texts(worked.window.side)


def test_the_filter_shows_everything_or_only_what_was_refused(worked: Shell) -> None:
    choose(worked, "all")
    assert [row[Column.WHAT] for row in rows(worked)].count("Began the course") == 1
    choose(worked, "refused")
    assert [row[Column.STATE] for row in rows(worked)] == ["Refused"]
    choose(worked, "answers")
    assert len(rows(worked)) == 3


def test_a_refused_row_says_why_and_only_that_row(worked: Shell) -> None:
    table(worked).selectRow(1)
    assert WHY in worked.texts()
    table(worked).selectRow(0)
    assert WHY not in worked.texts()


def test_a_refused_act_can_be_sent_again(worked: Shell) -> None:
    table(worked).selectRow(1)
    worked.press("Send it again")
    worked.idle()
    assert worked.shown.services.counts().refused == 0
    assert WHY not in worked.texts()
    assert worked.window.messages.text == str(NoPlatform())
    worked.press("Settings", worked.window.messages)
    assert worked.window.page == "settings"


def test_the_chosen_row_stays_chosen_when_new_work_comes(worked: Shell) -> None:
    table(worked).selectRow(1)
    answer(worked, COURSE, 1)
    worked.window.work.show_now()
    assert table(worked).currentIndex().row() == 2
    assert WHY in worked.texts()


def test_nothing_refused_says_so(shell: Shell) -> None:
    shell.learn()
    shell.window._show(shell.window.work)
    choose(shell, "refused")
    assert "Nothing was refused." in shell.texts()


def test_sending_is_said_and_not_begun_twice(worked: Shell) -> None:
    worked.shown.errands.sending.emit(True)
    assert not worked.button("Sending…").isEnabled()
    worked.shown.errands.sending.emit(False)
    assert worked.button("Send now").isEnabled()


def test_the_table_keeps_qts_rules(worked: Shell, qtmodeltester: ModelTester) -> None:
    services = worked.shown.services
    model = WorkList(lambda limit, before: services.ledger(limit=limit, before=before))
    model.show()
    qtmodeltester.check(model)
    assert model.row_of("nowhere") == -1


def test_old_work_is_read_as_far_as_somebody_scrolls(
    worked: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_list, "PAGE", 4)
    services = worked.shown.services
    for _ in range(6):
        answer(worked, COURSE, 1)
    every = services.ledger(limit=100)
    model = WorkList(lambda limit, before: services.ledger(limit=limit, before=before))
    here, known = QModelIndex(), list[int]()
    model.show()
    while model.canFetchMore(here):
        known.append(model.rowCount())
        model.fetchMore(here)
    assert known == list(range(4, len(every) + 1, 4))
    assert [model.entry(row) for row in range(model.rowCount())] == every
    assert not model.show()  # as far as before, and nothing is new
    answer(worked, COURSE, 1)
    assert model.show()
    assert model.canFetchMore(here)  # the oldest fell off the end, and can be had again


def test_every_state_and_every_kind_of_act_has_its_word(worked: Shell) -> None:
    for entry in worked.shown.services.ledger(limit=100):
        assert said(entry.event.act)
    for name in (*outbox.Counts.__dataclass_fields__, "ready", "local"):
        assert stated(name)
