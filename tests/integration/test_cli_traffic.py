# SPDX-License-Identifier: Apache-2.0
"""`cartable traffic`: what the line cost, for a person and for a script."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from command_line import cartable

from player.download import worker
from player.store import database, traffic


@pytest.fixture
def used(home: Path) -> Path:
    with closing(database.connect(home)) as db:
        traffic.add(db, date(2026, 11, 2), "content", 210_000_000, 800_000)
        traffic.add(db, date(2026, 11, 9), "answers", 300_000, 100_000)
        traffic.add(db, date(2026, 11, 9), "catalogue", 2_800_000, 0)
    return home


def test_a_month_for_a_person(used: Path) -> None:
    said = cartable(used, "traffic", "2026-11")
    assert (said.code, said.err) == (0, "")
    parts = "210.0 MB courses, 2.8 MB catalogue, 0.3 MB answers, 0.9 MB overhead"
    assert said.out.splitlines() == [
        f"2026-11: 214.0 MB, of it {parts}.",
        "  2026-11-02  210.8 MB",
        "  2026-11-09  3.2 MB",
    ]


def test_a_month_for_a_script(used: Path) -> None:
    facts = cartable(used, "traffic", "2026-11", "--json").facts
    assert (facts["month"], facts["total"], facts["answers"]) == ("2026-11", 214_000_000, 300_000)
    assert facts["by_day"] == [["2026-11-02", 210_800_000], ["2026-11-09", 3_200_000]]
    assert facts["left_month"] is None


def test_this_month_and_what_is_left(home: Path) -> None:
    (home / "settings.json").write_text('{"budget_month_mb": 200, "budget_day_mb": 50}')
    said = cartable(home, "traffic")
    assert "50.0 MB of 50.0 MB are left today." in said.out
    assert "200.0 MB of 200.0 MB are left this month." in said.out


@pytest.mark.parametrize("month", ["november", "2026-13", "2026", "2026-11-01", "0000-01"])
def test_what_is_no_month(home: Path, month: str) -> None:
    assert cartable(home, "traffic", month).code == 2


def test_by_hand_is_asked_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    download = "player.app.Services.download"

    def watched(self: object, *_: object, by_hand: bool = False, **_more: object) -> object:
        asked.append(by_hand)
        return worker.Summary(0, 0, 0)

    monkeypatch.setattr(download, watched)
    assert cartable(home, "download").code == 0
    assert cartable(home, "download", "--now").code == 0
    assert asked == [False, True]
