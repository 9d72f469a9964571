# SPDX-License-Identifier: Apache-2.0
"""A course is untrusted: its links open the web and nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot
from shell import Shell

from player.ui.lesson_page import LessonPage


@pytest.mark.parametrize(
    ("address", "opens"),
    [
        ("https://campus.example/guide", True),
        ("mailto:help@campus.example", True),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("smb://server/share", False),
    ],
)
def test_only_the_web_is_opened(
    shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, address: str, opens: bool
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(str(url))))
    page = LessonPage(shell.shown.services)
    qtbot.addWidget(page)
    page.open_url(address)
    assert opened == ([address] if opens else [])
