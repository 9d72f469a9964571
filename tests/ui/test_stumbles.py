# SPDX-License-Identifier: Apache-2.0
"""A video that stands still, breaks off or fails: skipped only where it is known to be damaged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from lesson_course import Desk
from pytestqt.qtbot import QtBot
from test_video_view import Engine, film

from player.journal.journal import Now
from player.lesson.media import DAMAGED, MISSING, OnError, OnFrame, OnState, State
from player.store.database import Database
from player.ui.lesson import playback
from player.ui.lesson.stumbles import STALL
from player.ui.lesson.video_view import VideoView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


class Player:
    """A view of a film of 60 seconds, a clock that is moved by hand, and what was suspected."""

    def __init__(self, qtbot: QtBot, desk: Desk, engines: list[Engine]) -> None:
        self.suspected = 0
        video = film(desk)
        context = replace(desk.context(video), damage_suspected=self._suspect)
        self.view = VideoView(context, video)
        qtbot.addWidget(self.view)
        self.engine, self.time = engines[-1], 0.0
        self.view.stumbles._now = lambda: self.time
        self.view.stumbles._since = 0.0
        self.ended = 0
        self.view.finished.connect(self._end)
        self.view.playback.toggle()

    def _suspect(self) -> None:
        self.suspected += 1

    def _end(self) -> None:
        self.ended += 1

    def go(self, position: float, after: float = 0.25) -> None:
        """Let so much time go by, at the end of which the film is there."""
        self.time += after
        self.engine.position = position
        self.view.playback._tick()


@pytest.fixture
def player(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    db: Database,
    home: object,
    learner: str,
    clock: Now,
) -> Iterator[Player]:
    made: list[Engine] = []

    def choose(_: str, on_frame: OnFrame, on_state: OnState, on_error: OnError) -> Engine:
        made.append(Engine(on_frame, on_state, on_error))
        return made[-1]

    monkeypatch.setattr(playback, "choose", choose)
    found = Player(qtbot, Desk(db, db.home, learner, clock), made)
    yield found
    found.view.close_lesson()


def stand(player: Player, position: float) -> None:
    """Let it stand there for a while, or until it is taken elsewhere."""
    player.go(position)
    for _ in range(round(STALL / 0.25)):
        if player.engine.position == position:
            player.go(position)


def test_a_slow_disk_makes_no_jump(player: Player) -> None:
    player.go(9.75)
    stand(player, 10.0)
    assert player.suspected > 0  # somebody looks
    assert player.engine.position == 10.0  # and nothing is skipped, for the files are right


def test_what_is_known_to_be_damaged_is_skipped_by_growing_steps(player: Player) -> None:
    player.go(9.75)
    player.view.stumbles.harmed(())
    stand(player, 10.0)
    assert player.engine.position == 12.0
    stand(player, 12.0)
    assert player.engine.position == 16.0
    player.go(16.25)
    player.go(16.5)  # it plays again
    stand(player, 16.5)
    assert player.engine.position == 18.5


def test_where_it_is_known_what_is_bad_one_jump_leads_behind_it(player: Player) -> None:
    player.go(19.75)
    player.view.stumbles.harmed(((0.1, 0.15), (0.35, 0.6)))
    stand(player, 20.0)  # a little before the bad stretch, which ends at 36
    assert player.engine.position == 36.0
    player.go(36.25)
    player.go(36.5)
    assert player.suspected == 0


def test_a_pause_is_no_standstill(player: Player) -> None:
    player.go(10.0)
    player.view.stumbles.harmed(())
    player.view.playback.toggle()
    stand(player, 10.0)
    assert (player.suspected, player.engine.position) == (0, 10.0)


def test_near_its_end_nothing_is_skipped(player: Player) -> None:
    player.go(58.75)
    player.view.stumbles.harmed(())
    stand(player, 59.0)
    assert player.engine.position == 59.0


def test_an_end_far_from_the_end_is_none(player: Player) -> None:
    player.go(29.75)
    player.go(30.0)
    player.engine.reach(30.0)
    assert (player.ended, player.suspected) == (0, 1)
    assert player.view.playback.position == 30.0  # it stands where it broke off


def test_an_end_at_the_end_is_one(player: Player) -> None:
    player.go(58.0)
    player.go(59.9)
    player.engine.reach(60.0)
    assert (player.ended, player.suspected) == (1, 0)


def test_a_jump_to_the_end_is_no_damage(player: Player) -> None:
    player.go(10.0)
    player.view.playback.seek(59.5)
    player.go(59.75)
    player.engine.reach(60.0)
    assert (player.ended, player.suspected) == (1, 0)


def test_a_fault_in_the_middle_is_tried_behind_it(player: Player) -> None:
    player.go(9.75)
    player.go(10.0)
    player.engine._become(State.FAILED)
    player.engine.on_error(DAMAGED)
    assert player.suspected == 1
    assert player.engine.loaded[-1][1] == 12.0
    assert player.engine.state is State.PLAYING
    assert player.view.stage.sentence == ""


def test_what_fails_again_and_again_is_said_in_the_end(player: Player) -> None:
    player.go(9.75)
    player.go(10.0)
    for _ in range(20):
        player.engine._become(State.FAILED)
        player.engine.on_error(DAMAGED)
    assert "cannot be played" in player.view.stage.sentence


def test_a_file_that_is_gone_is_said_at_once(player: Player) -> None:
    player.go(10.0)
    player.engine.on_error(MISSING)
    assert "cannot be played" in player.view.stage.sentence
    assert player.suspected == 0
