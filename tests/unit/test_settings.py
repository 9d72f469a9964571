# SPDX-License-Identifier: Apache-2.0
"""Settings: what does not fit is replaced, what is not known is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from player import settings
from player.settings import Settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("volume", 99999999999),
        ("volume", True),
        ("volume", "loud"),
        ("caption_size", 10),
        ("caption_size", 150.5),
        ("caption_ground", "pink"),
        ("speed", 0),
        ("speed", float("nan")),
        ("speed", True),
        ("text_size", -5),
        ("engine", "banana"),
        ("language", "xx"),
        ("appearance", "pink"),
        ("allowed_keys", [1, None]),
        ("budget_day_mb", -1),
        ("budget_month_mb", 2.5),
        ("budget_month_mb", "200"),
        ("ceiling_kbits", 10**9),
        ("allowed_hours", "at night"),
        ("metered", "perhaps"),
        ("metered", True),
        ("on_metered", "stop"),
        ("allowed_keys", "RWQ"),
    ],
)
def test_a_value_that_means_nothing_is_replaced(tmp_path: Path, name: str, value: object) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({name: value}), encoding="utf-8")
    assert settings.load(tmp_path) == Settings()


def test_what_fits_is_taken_and_a_whole_number_may_be_a_speed(tmp_path: Path) -> None:
    raw = {"volume": 30, "speed": 2, "allowed_keys": ["RWQ"], "language": "fr"}
    (tmp_path / "settings.json").write_text(json.dumps(raw), encoding="utf-8")
    wanted = Settings(volume=30, speed=2.0, allowed_keys=("RWQ",), language="fr")
    assert settings.load(tmp_path) == wanted


def test_what_a_later_version_wrote_stays(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"later": [1], "volume": 10}', encoding="utf-8")
    settings.save(tmp_path, Settings(volume=20))
    kept = json.loads((tmp_path / "settings.json").read_text(encoding="utf-8"))
    assert (kept["later"], kept["volume"]) == ([1], 20)


@pytest.mark.parametrize("text", ["", "{", "[]", "\udcff"])
def test_a_broken_file_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    data = text.encode("utf-8", errors="surrogateescape")
    (tmp_path / "settings.json").write_bytes(data)
    assert settings.load(tmp_path) == Settings()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        ("22:00-06:00", ((1320, 360),)),
        ("8:00-12:00, 14:00-24:00", ((480, 720), (840, 0))),
        ("06:00-06:00", ((360, 360),)),
    ],
)
def test_hours_of_the_day(text: str, found: tuple[tuple[int, int], ...]) -> None:
    assert settings.hours(text) == found


@pytest.mark.parametrize(
    "text",
    ["22", "22:00", "25:00-06:00", "22:60-06:00", "00:00-24:01", "22:00-06:00,", "२२:00-06:00"],
)
def test_hours_that_are_none(text: str) -> None:
    assert settings.hours(text) is None
