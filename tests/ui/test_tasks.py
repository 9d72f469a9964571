# SPDX-License-Identifier: Apache-2.0
"""Work beside the window: where its outcome arrives, and how it ends."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from player.errors import Offline, PlayerError
from player.ui.tasks import Repeated, Tasks


class Desk:
    """Tasks, and what arrived of them."""

    def __init__(self) -> None:
        self.swept: list[str] = []
        self.tasks = Tasks(lambda: self.swept.append(threading.current_thread().name))
        self.results: list[object] = []
        self.faults: list[PlayerError] = []
        self.threads: list[threading.Thread] = []

    def then(self, result: object) -> None:
        self.threads.append(threading.current_thread())
        self.results.append(result)

    def failed(self, error: PlayerError) -> None:
        self.threads.append(threading.current_thread())
        self.faults.append(error)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.tasks.close()


def test_a_result_arrives_in_the_windows_thread(qtbot: QtBot, desk: Desk) -> None:
    beside: list[threading.Thread] = []
    desk.tasks.run(lambda: beside.append(threading.current_thread()) or 7, desk.then, desk.failed)
    assert not desk.tasks.idle
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert desk.results == [7]
    assert desk.threads == [threading.main_thread()]
    assert beside != desk.threads


def test_what_the_thread_held_is_let_go_before_the_result_arrives(qtbot: QtBot, desk: Desk) -> None:
    swept: list[int] = []
    desk.tasks.run(lambda: 1, lambda _: swept.append(len(desk.swept)), desk.failed)
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert swept == [1]
    assert desk.swept == ["cartable"]


def test_a_fault_of_the_world_arrives_as_such(qtbot: QtBot, desk: Desk) -> None:
    def work() -> None:
        raise Offline(place="campus.example")

    desk.tasks.run(work, desk.then, desk.failed)
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert [str(fault) for fault in desk.faults] == [str(Offline(place="campus.example"))]
    assert desk.threads == [threading.main_thread()]
    assert desk.swept


def test_a_bug_reaches_the_excepthook_and_nothing_else(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.captureExceptions() as found:
        desk.tasks.run(lambda: 1 // 0, desk.then, desk.failed)
        qtbot.waitUntil(lambda: desk.tasks.idle)
    assert [kind for kind, _, _ in found] == [ZeroDivisionError]
    assert (desk.results, desk.faults) == ([], [])


def test_a_slow_piece_of_work_keeps_no_other_waiting(qtbot: QtBot, desk: Desk) -> None:
    gate = threading.Event()
    for _ in range(8):
        desk.tasks.run(gate.wait, lambda _: None, desk.failed)
    desk.tasks.run(lambda: "quick", desk.then, desk.failed)
    qtbot.waitUntil(lambda: desk.results == ["quick"])
    gate.set()
    qtbot.waitUntil(lambda: desk.tasks.idle)


def test_closing_waits_for_nobody_who_hangs_and_delivers_nothing_more(
    qtbot: QtBot, desk: Desk
) -> None:
    gate, begun = threading.Event(), threading.Event()
    found: list[threading.Thread] = []

    def hang() -> str:
        found.append(threading.current_thread())
        begun.set()
        gate.wait()
        return "late"

    desk.tasks.run(hang, desk.then, desk.failed)
    assert begun.wait(30)
    desk.tasks.close(wait=0)
    assert found[0].is_alive()
    assert found[0].daemon  # so the program may end without it
    gate.set()
    found[0].join()
    qtbot.wait(1)
    assert desk.results == []


def test_closing_lets_what_is_about_to_end_do_so(qtbot: QtBot, desk: Desk) -> None:
    ended: list[bool] = []
    gate = threading.Event()

    def work() -> None:
        gate.wait()
        ended.append(True)

    desk.tasks.run(work, desk.then, desk.failed)
    gate.set()
    desk.tasks.close(wait=30)
    assert ended == [True]


def test_nothing_is_begun_after_closing(qtbot: QtBot, desk: Desk) -> None:
    desk.tasks.close()
    desk.tasks.run(lambda: 1, desk.then, desk.failed)
    assert desk.tasks.idle


def test_what_is_asked_for_while_it_runs_is_done_once_more_after_it(
    qtbot: QtBot, desk: Desk
) -> None:
    gate, begun = threading.Event(), 0
    told: list[tuple[object, bool]] = []

    def work() -> int:
        nonlocal begun
        begun += 1
        gate.wait(30)
        if begun == 1:
            raise Offline(place="campus.example")
        return begun

    def tell(outcome: object) -> None:
        told.append((type(outcome), repeated.is_running))

    repeated = Repeated(desk.tasks, work, tell, tell)
    for _ in range(3):
        repeated.run()
    gate.set()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [(Offline, True), (int, False)]  # the first is out of date
    assert begun == 2
    repeated.run()
    qtbot.waitUntil(lambda: len(told) == 3)
    assert begun == 3
