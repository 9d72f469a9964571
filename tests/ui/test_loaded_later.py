# SPDX-License-Identifier: Apache-2.0
"""What the window loads before its first picture, and what it leaves for later."""

from __future__ import annotations

import subprocess
import sys

import pytest

LATER = (
    "PySide6.QtMultimedia",
    "PySide6.QtPdf",
    "cryptography",
    "http.server",
    "icalendar",
    "keyring",
    "lxml",
    "nh3",
    "player.sync.push",
    "player.ui.course_page",
    "player.ui.lesson_page",
    "player.ui.settings_page",
    "pypdf",
    "pyrage",
    "requests",
    "vlc",
    "ziamath",
    "zeroconf",
)


@pytest.fixture(scope="module")
def loaded() -> list[str]:
    """What is there once the modules of the window are."""
    script = (
        "import sys, linecache, player.cli, player.ui.main\n"
        "print(*sys.modules, *linecache.cache, sep='\\n')"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return ran.stdout.splitlines()


@pytest.mark.parametrize("name", LATER)
def test_waits_until_it_is_needed(loaded: list[str], name: str) -> None:
    assert name not in loaded


def test_keeps_the_source_of_no_module(loaded: list[str]) -> None:
    assert "player.ui.main" in loaded
    assert not [one for one in loaded if one.endswith("main_window.py")]
