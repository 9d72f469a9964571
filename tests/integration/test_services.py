# SPDX-License-Identifier: Apache-2.0
"""What the window and the command line hold, where two of them share one home."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from player import app, settings
from player.errors import DatabaseDamaged, DiskFull, Malformed
from player.store.database import translated


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_two_programs_keep_each_others_settings(home: Path) -> None:
    window, terminal = app.build(home), app.build(home)
    terminal.trust("RWQ")
    window.change(volume=30)
    chosen = settings.Settings(volume=40, speed=1.5, language="fr", caption_language="ar")
    window.keep_playing(replace(chosen, caption_size=150, caption_ground="solid"))
    kept = settings.load(home)
    captions = (kept.caption_language, kept.caption_size, kept.caption_ground)
    assert captions == ("ar", 150, "solid")
    assert (kept.allowed_keys, kept.volume, kept.speed, kept.language) == (("RWQ",), 40, 1.5, "")


def test_a_platform_file_that_cannot_be_opened_is_said(home: Path) -> None:
    (home / "platform.json").mkdir()
    with pytest.raises(Malformed, match="platform file"):
        _ = app.build(home).platform


@pytest.mark.parametrize(("free", "said"), [(10_000, DiskFull), (10**9, DatabaseDamaged)])
def test_a_full_disk_is_not_called_a_damaged_database(
    home: Path, monkeypatch: pytest.MonkeyPatch, free: int, said: type[Exception]
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 0, free))
    with pytest.raises(said), translated(home / "player.db"):
        raise error
