# SPDX-License-Identifier: Apache-2.0
"""The clock of an exam, against closing, sleep, restarts and hands on the clock of the PC."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.journal.events import Answered, Begun, Event, Finished, Remark, Ticked
from player.lesson.exam_clock import MOVED, Moment, Step, elapsed, step
from player.lesson.record import CHAIN, CLOCK, CLOSED, DEVICES, LATE, RESTARTED, remarks

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FLOOR = datetime(2026, 1, 1, tzinfo=UTC)


def moment(wall: float = 0.0, up: float = 1000.0, boot: str = "a") -> Moment:
    return Moment(START + timedelta(seconds=wall), up, boot)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        pytest.param(moment(60, 1060), Step(60, 0, False), id="a minute"),
        pytest.param(moment(65, 1060), Step(60, 0, False), id="NTP moves a clock a little"),
        pytest.param(moment(-3540, 1060), Step(60, -3600, False), id="set back an hour"),
        pytest.param(moment(7260, 1060), Step(60, 7200, False), id="set forward two"),
        pytest.param(moment(0, 999.9996), Step(0, 0, False), id="written down a hair later"),
        pytest.param(moment(600, 30, "b"), Step(600, 0, True), id="off for ten minutes"),
        pytest.param(moment(-3000, 30, "b"), Step(30, -3030, True), id="off, and set back"),
        pytest.param(moment(600, 30, ""), Step(600, 0, True), id="off, no boot is told"),
    ],
)
def test_what_lies_between_two_moments(after: Moment, expected: Step) -> None:
    assert step(moment(), after, FLOOR) == expected


def test_a_clock_that_was_wrong_before_and_right_after_takes_no_years_and_it_is_said() -> None:
    dead_battery = Moment(datetime(2010, 1, 1, tzinfo=UTC), 500, "a")
    years = (START - dead_battery.at).total_seconds()
    assert step(dead_battery, moment(0, 40, "b"), FLOOR) == Step(40, years - 40, True)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        pytest.param(moment(60, 1060, ""), Step(60, 0, False), id="a minute"),
        pytest.param(moment(-3540, 1060, ""), Step(60, -3600, False), id="set back an hour"),
        pytest.param(moment(9000, 1200, ""), Step(9000, 0, True), id="off, and on for long"),
        pytest.param(moment(-60, 900, ""), Step(900, -960, True), id="off, and set back"),
    ],
)
def test_where_no_system_tells_starts_apart_time_off_is_not_time_won(
    after: Moment, expected: Step
) -> None:
    assert step(moment(0, 1000, ""), after, FLOOR) == expected


def test_between_two_pcs_only_their_clocks_can_tell() -> None:
    there = Moment(START, 900_000, "c", here=False)
    assert step(there, moment(60, 500_000), FLOOR) == Step(60, 0, False)
    assert step(there, moment(-60, 500_000), FLOOR) == Step(0, 0, False)
    assert step(replace(there, at=datetime(1999, 1, 1, tzinfo=UTC)), moment(), FLOOR).seconds == 0


@given(
    st.lists(
        st.tuples(st.floats(0, 5000), st.booleans(), st.floats(-1e6, 1e6)), min_size=1, max_size=20
    )
)
def test_time_never_runs_back_nor_stands_still_while_the_pc_is_on(
    way: list[tuple[float, bool, float]],
) -> None:
    """Whatever is done to the wall clock, what the PC was up for is counted."""
    wall, up, boot, on, moments = 0.0, 1000.0, 0, 0.0, [moment()]
    for seconds, restarts, moved in way:
        if restarts:
            up, boot = 0.0, boot + 1
        wall, up, on = wall + seconds + moved, up + seconds, on + seconds
        moments.append(moment(wall, up, str(boot) if boot else "a"))
    counted = [elapsed(moments[:n], moments[n], FLOOR) for n in range(1, len(moments))]
    assert counted == sorted(counted)
    assert counted[-1] >= on - 1e-6


@given(st.lists(st.tuples(st.floats(0, 5000), st.booleans()), min_size=1, max_size=20))
def test_with_an_honest_clock_it_is_the_time_that_passed(way: list[tuple[float, bool]]) -> None:
    wall, up, boot, moments = 0.0, 1000.0, 0, [moment()]
    for seconds, restarts in way:
        up, boot = (seconds / 2, boot + 1) if restarts else (up + seconds, boot)
        wall += seconds
        moments.append(moment(wall, up, str(boot) if boot else "a"))
    assert elapsed(moments[:-1], moments[-1], FLOOR) == pytest.approx(wall, abs=1e-3)


def act(seq: int, at: Moment, what: object) -> Event:
    return Event(
        seq=seq,
        id=str(seq),
        learner="l",
        course="c",
        version=1,
        activity="exam",
        act=what,  # type: ignore[arg-type]
        at=at.at.isoformat(),
        monotonic=at.monotonic,
        boot=at.boot,
        previous="",
        hash="",
    )


BEGUN = Begun(type="exam", attempt="x", number=1)
TICKED = Ticked(attempt="x")
ANSWERED = Answered(
    attempt="x", question="q", title="", interaction="choice", response="a", given={"i": "a"}
)


def test_a_quiet_exam_has_nothing_to_be_said() -> None:
    acts = [act(1, moment(), BEGUN)]
    acts += [act(n + 2, moment(20 * n, 1000 + 20 * n), TICKED) for n in range(90)]
    assert remarks(acts, [Moment.of(one) for one in acts], FLOOR, limit=1800) == ()


def test_what_the_record_shows() -> None:
    acts = [
        act(1, moment(), BEGUN),
        act(2, moment(20, 1020), TICKED),
        act(3, moment(-3560, 1040), TICKED),
        act(4, moment(-3060, 1540), ANSWERED),
        act(5, moment(-2000, 50, "b"), TICKED),
        act(6, moment(-1000, 1050, "b"), ANSWERED),
    ]
    found = remarks(
        acts, [Moment.of(one) for one in acts], FLOOR, limit=1800, broken={5}, devices=2
    )
    assert [(one.what, one.seconds) for one in found] == [
        (CLOCK, -3600),
        (CLOSED, 500),
        (RESTARTED, 1060),
        (CLOSED, 1000),
        (LATE, 800),
        (DEVICES, 0),
        (CHAIN, 0),
    ]
    assert found[0] == Remark(CLOCK, -3600, "2026-03-02T08:00:40.000Z")
    assert all(isinstance(one.act, Finished) is False for one in acts)


def test_a_record_is_never_endless() -> None:
    acts = [act(n, moment(1000 * n, 1000 + 20 * n), TICKED) for n in range(1, 5000)]
    assert len(remarks(acts, [Moment.of(one) for one in acts], FLOOR)) <= 200
    assert MOVED < 20


@pytest.mark.parametrize(
    "said",
    [
        {"what": "clock", "seconds": 1e300},
        {"what": "x" * 1000},
        {"what": "late", "seconds": 5.0, "at": "yesterday"},
    ],
)
def test_a_remark_of_a_stranger_is_no_novel(said: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode(said), type=Remark)


def test_what_is_done_to_the_clock_before_handing_in_shows_too() -> None:
    acts = [act(1, moment(), BEGUN)]
    last = moment(-3590, 1010)
    (found,) = remarks(acts, [moment(), last], FLOOR, limit=1800)
    assert found == Remark(CLOCK, -3600, "2026-03-02T08:00:10.000Z")
