# SPDX-License-Identifier: Apache-2.0
"""How a course's files stand at a glance."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from player.app import WishedSection
from player.download.news import DownloadNews
from player.download.wishes import SectionState
from player.ui.course_words import place
from player.ui.language import since
from player.ui.standing import Latest, Standing, standing, standings

AT = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def wish(here: int, *, problem: str = "", held: bool = False, course: str = "a") -> WishedSection:
    return WishedSection(course, "s", "A", "S", "", here, 1_000_000, problem, held=held)


def told(done: int, *, waits: bool = False, total: int = 1_000_000) -> Latest:
    latest = Latest()
    state = "waiting" if waits else "fetching"
    latest.hear(DownloadNews("a", "s", done, total, state, "", AT if waits else ""))
    return latest


@pytest.mark.parametrize(
    ("wished", "running", "sign"),
    [
        ([wish(1_000_000), wish(1_000_000)], True, "check-circle"),
        ([wish(1_000_000), wish(5)], True, "download"),
        ([wish(1_000_000), wish(5)], False, "pause"),
        ([wish(1_000_000), wish(5, held=True)], True, "pause"),
        ([wish(5, problem="gone"), wish(5)], True, "warning"),
        ([wish(1_000_000, problem="gone")], True, "check-circle"),  # it came since
    ],
)
def test_the_sign_says_what_the_words_say(
    wished: list[WishedSection], running: bool, sign: str
) -> None:
    assert standings(wished, Latest(), running=running)["a"].sign == sign


def test_figures_of_one_course_are_added_and_of_two_are_not() -> None:
    found = standings([wish(250_000), wish(750_000), wish(5, course="b")], Latest(), running=True)
    assert (found["a"].here, found["a"].total, found["b"].here) == (1_000_000, 2_000_000, 5)
    assert "50" in found["a"].words


def test_begun_files_count_while_a_download_runs() -> None:
    latest = told(400_000)
    assert standing(wish(5), latest, running=True).here == 400_000
    assert standing(wish(500_000), latest, running=True).here == 500_000
    assert told(400_000, total=999).here(wish(5)) == 5  # that was of another version
    latest.forget()
    assert latest.here(wish(5)) == 5


def test_what_waits_for_the_line_says_since_when() -> None:
    latest = told(340_000, waits=True)
    found = standings([wish(5)], latest, running=True)["a"]
    assert (found.sign, found.words) == (
        "clock",
        f"Waiting since {since(AT)} · 0.3 of 1.0 MB here",
    )
    assert latest.since(wish(5, held=True)) == ""  # it waits for the learner
    assert latest.since(wish(1_000_000)) == ""
    assert latest.since(wish(5, course="b")) == AT, "the line is everybody's"
    latest.hear(DownloadNews("b", "t", 1, 2, "fetching"))
    assert latest.since(wish(5)) == ""


def stands(here: int, *, problem: bool = False, waits: bool = False) -> Standing:
    return Standing(here, 58_000_000, problem, coming=True, since=AT if waits else "")


@pytest.mark.parametrize(
    ("state", "found", "said", "short", "sign"),
    [
        ("here", None, "Here", "Here", ""),
        ("absent", None, "Not here yet", "Not here yet", ""),
        ("wanted", stands(0), "58.0 MB still to come", "0.0 of 58.0 MB", ""),
        ("wanted", stands(0, waits=True), "58.0 MB still to come", "0.0 of 58.0 MB", ""),
        ("partial", stands(34_100_000), "34.1 of 58.0 MB", "34.1 of 58.0 MB", ""),
        (
            "partial",
            stands(34_100_000, waits=True),
            "34.1 of 58.0 MB · waiting since {}",
            "34.1 of 58.0 MB",
            "clock",
        ),
        (
            "partial",
            stands(34_100_000, problem=True),
            "34.1 of 58.0 MB · something is missing",
            "34.1 of 58.0 MB",
            "warning",
        ),
    ],
)
def test_a_week_says_where_it_stands(
    state: str, found: Standing | None, said: str, short: str, sign: str
) -> None:
    place_ = place(SectionState("s", state, "", 0, 58_000_000), found)
    said = said.format(since(AT))  # said otherwise tomorrow
    assert (place_.said, place_.short, place_.sign) == (said, short, sign)


def test_a_week_that_nobody_asked_for_may_be_partly_here() -> None:
    assert place(SectionState("s", "absent", "", 20_000_000, 58_000_000)).said == "20.0 of 58.0 MB"
