# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.sync.backoff import LONGEST, delay, http_date, retry_after

NOW = "Sun, 22 Nov 2026 12:00:00 GMT"


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_a_wait_grows_up_to_a_quarter_of_an_hour(failures: int, chance: float) -> None:
    wait = delay(failures, chance=lambda: chance)
    assert 0 < wait <= LONGEST
    assert delay(failures + 1, chance=lambda: chance) >= wait


def test_two_pcs_do_not_come_back_together() -> None:
    assert delay(5, chance=lambda: 0.0) != delay(5, chance=lambda: 0.9)


@given(st.integers(1, 50), st.floats(0, 1e6), st.floats(0, 1, exclude_max=True))
def test_what_a_server_asks_for_is_never_undercut(
    failures: int, asked: float, chance: float
) -> None:
    assert asked <= delay(failures, asked, lambda: chance) <= asked + 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7),
        ({"retry-after": " 7 "}, 7),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-7"}, None),
        ({"retry-after": "٧"}, None),
        ({"retry-after": "9" * 400}, 10**7),
        ({"retry-after": "Sun, 22 Nov 2026 12:01:30 GMT", "date": NOW}, 90),
        ({"retry-after": "Sun, 22 Nov 2026 11:00:00 GMT", "date": NOW}, 0),
        ({"retry-after": "Sun, 22 Nov 2026 12:01:30 GMT"}, None),
    ],
)
def test_retry_after_is_read_in_both_its_forms(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert retry_after(headers) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-11-22",
        "\x00",
        "Sun, 99 Nov 2026",
        "Sun, 22 Nov 99999999999999999999 10:00:00 GMT",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert http_date(text) is None


def test_a_date_is_in_utc() -> None:
    found = http_date("Sun, 22 Nov 2026 12:00:00 -0000")
    assert found is not None
    assert found.isoformat() == "2026-11-22T12:00:00+00:00"
