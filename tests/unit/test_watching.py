# SPDX-License-Identifier: Apache-2.0
"""What was watched, whatever an engine reports."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.lesson.watching import Recorder, merge, progress, threshold, watched_seconds

times = st.floats(0, 1000, allow_nan=False).map(lambda x: round(x, 3))
segments = st.lists(st.tuples(times, times), max_size=12)
anything = st.floats(allow_nan=True, allow_infinity=True)


def test_overlapping_and_touching_segments_become_one() -> None:
    assert merge([(10, 20), (0, 5), (5, 7), (15, 30)]) == ((0, 7), (10, 30))


def test_what_is_empty_reversed_or_not_a_number_is_left_out() -> None:
    assert merge([(3, 3), (9, 2), (math.nan, 4), (0, math.inf), (1, 2)]) == ((1, 2),)


@given(segments)
def test_merging_twice_is_merging_once_and_order_does_not_matter(
    some: list[tuple[float, float]],
) -> None:
    merged = merge(some)
    assert merge(merged) == merged == merge(reversed(some))
    assert all(a[1] < b[0] for a, b in pairwise(merged))


@given(segments, segments)
def test_more_watching_is_never_less_progress(
    some: list[tuple[float, float]], more: list[tuple[float, float]]
) -> None:
    assert 0 <= progress(some, 600) <= progress(some + more, 600) <= 1
    total = sum(max(end - start, 0) for start, end in some)
    assert watched_seconds(some) <= total + 1e-6


@given(segments)
def test_every_second_is_in_the_merged_ones_exactly_if_it_was_in_one(
    some: list[tuple[float, float]],
) -> None:
    for second in range(0, 1000, 50):
        inside = any(start <= second < end for start, end in some)
        assert inside == any(start <= second < end for start, end in merge(some))


@pytest.mark.parametrize("length", [0, -1, math.nan, math.inf])
def test_without_a_length_there_is_no_progress(length: float) -> None:
    assert progress([(0, 10)], length) == 0


def test_seconds_outside_the_video_do_not_count() -> None:
    assert progress([(-50, 10), (90, 500)], 100) == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("length", "share"),
    [(0, 0.7), (60, 0.725), (300, 0.825), (600, 0.95), (7200, 0.95)],
)
def test_the_threshold_is_marshas(length: float, share: float) -> None:
    assert threshold(length) == pytest.approx(share)


def test_a_visit_is_what_was_played_in_its_order() -> None:
    visit = Recorder(100)
    visit.play(0)
    for quarter in range(41):
        visit.tick(quarter / 4)
    visit.seek(10, 50)
    visit.tick(50.25)
    visit.tick(52)
    visit.stop(52.1234)
    visit.seek(52.1234, 5)
    visit.play(5)
    visit.tick(6)
    assert visit.segments == ((0, 10), (50, 52.123), (5, 6))


def test_going_on_after_a_pause_is_one_stretch() -> None:
    visit = Recorder(100)
    visit.play(0)
    visit.tick(3)
    visit.stop(3)
    visit.play(3)
    visit.tick(5)
    assert visit.segments == ((0, 5),)


def test_double_speed_and_late_reports_count_whole() -> None:
    visit = Recorder(100)
    visit.play(0)
    for time in (0.5, 1, 1.5, 5.5, 10):  # the machine hung for some seconds
        visit.tick(time)
    visit.stop(10)
    assert visit.segments == ((0, 10),)


def test_a_window_that_stands_still_for_a_while_loses_nothing_at_double_speed() -> None:
    recorder = Recorder(100)
    recorder.play(0)
    recorder.tick(8, speed=2)  # four seconds later
    recorder.tick(20, speed=2)  # six: nobody knows what happened
    recorder.stop(21)
    assert recorder.segments == ((0.0, 8.0), (20.0, 21.0))


def test_skipping_to_the_end_leaves_a_video_unwatched() -> None:
    recorder = Recorder(100)
    recorder.play(0)
    for time in range(1, 11):
        recorder.tick(time)
    recorder.seek(10, 95)
    for time in range(95, 101):
        recorder.tick(time)
    recorder.stop(100)
    assert recorder.segments == ((0.0, 10.0), (95.0, 100.0))
    assert progress(recorder.segments, 100) == pytest.approx(0.15)
    assert progress(recorder.segments, 100) < threshold(100)


def test_a_jump_that_nobody_announced_is_no_watching() -> None:
    visit = Recorder(1000)
    visit.play(0)
    visit.tick(1)
    visit.tick(500)
    visit.tick(501)
    visit.tick(20)
    visit.tick(21)
    assert visit.segments == ((0, 1), (500, 501), (20, 21))


def test_a_little_step_back_is_the_engines() -> None:
    visit = Recorder(100)
    visit.play(0)
    for time in (1, 0.8, 1.1, 1.0):
        visit.tick(time)
    visit.stop(1.05)
    assert visit.segments == ((0, 1.1),)


def test_a_seek_while_it_stands_is_no_watching() -> None:
    visit = Recorder(100)
    visit.seek(0, 50)
    visit.stop(60)
    assert visit.segments == ()


def test_what_lies_beyond_the_end_is_cut() -> None:
    visit = Recorder(10)
    visit.play(8)
    visit.tick(9)
    visit.tick(11)
    visit.stop(12)
    assert visit.segments == ((8, 10),)


calls = st.tuples(st.sampled_from(["play", "tick", "stop", "seek"]), anything, anything)


@given(st.lists(calls, max_size=40), st.sampled_from([0.0, 60.0, math.nan]))
def test_whatever_an_engine_says_segments_stay_whole(
    said: list[tuple[str, float, float]], length: float
) -> None:
    visit = Recorder(length)
    for call, one, two in said:
        if call == "seek":
            visit.seek(one, two)
        else:
            getattr(visit, call)(one)
    end = 60.0 if length == 60 else math.inf
    for start, stop in visit.segments:
        assert 0 <= start < stop <= end


@given(st.lists(st.floats(0, 100), min_size=1, max_size=60), st.floats(1, 2))
def test_nobody_watches_more_than_was_played(waits: list[float], speed: float) -> None:
    visit, at = Recorder(100_000), 0.0
    visit.play(0)
    for wait in waits:
        at += wait * speed
        visit.tick(at)
    visit.stop(at)
    assert watched_seconds(visit.segments) <= sum(waits) * speed + 0.01
