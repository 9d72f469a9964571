# SPDX-License-Identifier: Apache-2.0
"""Which questions come again and when: a pure reading of what was done."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from player.lesson.revision import BREAK, Book, Deed, Key, Moment, rated, straight

DAY = 86_400.0
START = datetime(2026, 1, 5, 9, tzinfo=UTC).timestamp()
ONE: Key = ("cours", "quiz", "q")


def deed(day: float, rating: int, key: Key = ONE, **more: object) -> Deed:
    found = Deed(START + day * DAY, f"{day}-{rating}", key, rating, attempt=f"a{day}")
    return found._replace(**more)  # type: ignore[arg-type]


def read(*deeds: Deed) -> Book:
    book = Book()
    book.take(deeds)
    return book


def due_in(book: Book, day: float, key: Key = ONE) -> int:
    """In how many days a question comes, seen from `day`."""
    return book.cards[key].due - book.today(START + day * DAY)


# What comes in, what goes out


def test_what_was_missed_comes_tomorrow() -> None:
    book = read(deed(0, 1))
    assert book.cards[ONE].is_in
    assert due_in(book, 0) == 1


def test_what_was_known_does_not_come_at_all() -> None:
    assert not read(deed(0, 3), deed(1, 4)).cards


def test_what_was_known_in_part_comes_later_than_what_was_missed() -> None:
    assert due_in(read(deed(0, 2)), 0) >= due_in(read(deed(0, 1)), 0)


def test_a_second_try_does_not_make_it_known() -> None:
    book = read(deed(0, 1), deed(0.01, 2, attempt="a0"), deed(0.02, 3, attempt="later"))
    assert book.cards[ONE] == read(deed(0, 1)).cards[ONE]


def test_answers_in_a_quiz_count_for_what_comes_again() -> None:
    assert due_in(read(deed(0, 1), deed(1, 3)), 1) > 1


def test_what_the_learner_puts_in_is_due_at_once() -> None:
    assert due_in(read(deed(0, 0)), 0) == 0
    assert due_in(read(deed(0, 1), deed(1, 3), deed(1.1, 0)), 1.2) == 0


def test_what_was_taken_out_stays_out_until_it_is_put_in() -> None:
    out = [deed(0, 1), deed(1, -1), deed(2, 1)]
    assert not read(*out).cards[ONE].is_in
    assert read(*out, deed(3, 0)).cards[ONE].is_in


def test_a_course_is_taken_out_as_a_whole_and_no_other() -> None:
    other, later = ("autre", "quiz", "q"), ("cours", "quiz", "later")
    book = read(deed(0, 1), deed(0, 1, other), deed(1, -1, ("cours", "", "")), deed(2, 1, later))
    assert [key for key, card in book.cards.items() if card.is_in] == [other, later]


def test_the_rating_follows_from_the_answer() -> None:
    assert rated(1.0, success=True) == 3
    assert rated(1.0, success=True, first=False) == 2
    assert rated(0.5, success=False) == 2
    assert rated(0.5, success=False, first=False) == 1
    assert rated(0.0, success=False) == 1


# Intervals


def test_intervals_grow_while_it_is_known_and_begin_anew_when_it_is_missed() -> None:
    deeds, day, gaps = [deed(0, 1)], 0, []
    for _ in range(6):
        gap = due_in(read(*deeds), day)
        gaps.append(gap)
        day += gap
        if gap > BREAK:
            break
        deeds.append(deed(day, 3, revised=True))
    assert gaps == sorted(gaps)
    assert gaps[-1] > 3 * gaps[1]
    deeds.append(deed(day + 1, 1, revised=True))
    assert due_in(read(*deeds), day + 1) < gaps[-1]


def test_it_was_hard_takes_the_place_of_it_was_known() -> None:
    known = [deed(0, 1), deed(1, 3, revised=True, seconds=20.0)]
    hard = [*known, deed(1.001, 2, revised=True, attempt="a1", seconds=20.0)]
    assert due_in(read(*hard), 1) < due_in(read(*known), 1)
    assert read(*hard).cards[ONE].due == read(deed(0, 1), deed(1, 2, revised=True)).cards[ONE].due
    assert read(*hard).spent == 20.0, "its time counts once"


def test_the_seconds_of_a_day_are_those_of_its_revision() -> None:
    book = read(deed(0, 1, seconds=90), deed(1, 3, revised=True, seconds=12.5))
    now = START + 1.1 * DAY
    assert (book.spent_on(now), book.spent_on(now + DAY), book.pace) == (12.5, 0.0, 12.5)


# One schedule on every PC

ratings = st.integers(-1, 4)
keys = st.tuples(st.sampled_from("ab"), st.sampled_from("xy"), st.sampled_from("pqr"))
deeds = st.lists(
    st.builds(
        Deed,
        when=st.floats(START, START + 400 * DAY),
        id=st.uuids().map(str),
        key=keys,
        rating=ratings,
        attempt=st.sampled_from(["one", "two", "three"]),
        revised=st.booleans(),
        seconds=st.floats(0, 100),
    ),
    max_size=30,
    unique_by=lambda one: one.id,
)


@given(deeds, st.randoms(use_true_random=False))
def test_in_whichever_order_acts_arrive_the_schedule_is_the_same(
    done: list[Deed], chance: random.Random
) -> None:
    mixed = done[:]
    chance.shuffle(mixed)
    assert read(*mixed) == read(*done)


@given(deeds, st.integers(0, 30))
def test_read_on_from_any_point_it_is_the_same(done: list[Deed], place: int) -> None:
    done = sorted(done)
    book = read(*done[:place])
    assert all(map(book.is_later, done[place:]))
    book.take(done[place:])
    assert book == read(*done)


@given(deeds, st.floats(0, 2000))
def test_what_is_in_comes_within_a_year_and_never_before_its_day(
    done: list[Deed], later: float
) -> None:
    book = read(*done)
    now = max((one.when for one in done), default=START)
    for card in book.cards.values():
        if card.is_in:
            assert card.due - book.today(now) <= 365
    assert book.today(now + later * DAY) >= book.today(now)


def test_a_year_away_is_a_month_to_catch_up() -> None:
    spread = [deed(day / 100, 1, ("c", "q", str(day))) for day in range(100)]
    book = read(*spread, *(one._replace(when=one.when + DAY, rating=3) for one in spread))
    assert book.today(START + 400 * DAY) == book.today(START + (1.99 + BREAK) * DAY)


# Clocks


def run(*moments: Moment) -> list[float]:
    found: list[float] = []
    last: tuple[Moment, float] | None = None
    for one in moments:
        found.append(straight(last, one))
        last = one, found[-1]
    return found


def at(day: float, up: float = 0.0, boot: str = "") -> Moment:
    return Moment(START + day * DAY, up, boot)


def test_while_the_pc_runs_nobody_can_move_the_day() -> None:
    first, second = run(at(0, 100, "b"), at(365, 160, "b"))
    assert second - first == 60
    first, second = run(at(0, 100, "b"), at(-365, 160, "b"))
    assert second - first == 60


def test_a_clock_set_back_over_a_night_goes_on_from_where_it_was() -> None:
    days = [round((one - START) / DAY, 3) for one in run(at(0), at(-365), at(-364), at(-363))]
    assert days == [0, 0, 1, 2]


def test_a_clock_that_was_a_year_ahead_costs_no_year_of_waiting() -> None:
    days = [round((one - START) / DAY, 3) for one in run(at(0), at(365), at(1), at(2), at(3))]
    assert days == [0, 365, 365, 366, 367]


def test_what_a_server_set_right_is_believed() -> None:
    told = at(-365)._replace(told=START + DAY)
    days = [round((one - START) / DAY, 3) for one in run(at(0), told, at(-364))]
    assert days == [0, 1, 2]


def test_the_scheduler_is_loaded_by_those_who_need_it() -> None:
    code = "import sys, player.app.revision; print('fsrs' in sys.modules, 'torch' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False False"
