# SPDX-License-Identifier: Apache-2.0
"""Colours that can be read: WCAG 2.1, criteria 1.4.3 (text) and 1.4.11 (what is no text)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from player.ui import icons, style
from player.ui.parts import Elided
from player.ui.style import DARK, LIGHT, Colours

GROUNDS = ("window", "surface", "surface_2")
TEXTS = [
    *((text, ground) for text in ("text", "muted") for ground in GROUNDS),
    *(("text", f"{kind}_soft") for kind in ("good", "warn", "bad", "accent")),
    *((kind, f"{kind}_soft") for kind in ("good", "warn", "bad", "accent")),
    *((kind, ground) for kind in ("good", "warn", "bad", "accent") for ground in GROUNDS[:2]),
    ("accent_text", "accent"),
    ("accent_text", "focus"),  # a primary button under the pointer
    ("muted", "accent_soft"),  # a chosen row
]
SIGNS = [
    *(("focus", ground) for ground in GROUNDS),
    *(("accent", ground) for ground in GROUNDS),
    ("text", "surface"),  # the ring of a primary button that has the keyboard, outwards
    *(("field", ground) for ground in GROUNDS[:2]),
    ("accent", "border"),  # a bar and its groove
    ("good", "border"),
]


def luminance(colour: QColor) -> float:
    parts = [part / 255 for part in (colour.red(), colour.green(), colour.blue())]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(luminance(QColor(colour)) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("now", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_stands_out_from_its_ground(now: Colours, text: str, ground: str) -> None:
    assert contrast(getattr(now, text), getattr(now, ground)) >= 4.5


@pytest.mark.parametrize("now", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("sign", "ground"), SIGNS)
def test_rings_fields_and_bars_stand_out(now: Colours, sign: str, ground: str) -> None:
    assert contrast(getattr(now, sign), getattr(now, ground)) >= 3


RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
QUIET = ":disabled"  # WCAG asks nothing of what cannot be used now


@pytest.mark.parametrize("now", [LIGHT, DARK], ids=["light", "dark"])
def test_a_rule_that_colours_both_can_be_read(now: Colours) -> None:
    sheet = (Path(style.__file__).parent / "style.qss").read_text(encoding="utf-8")
    found = 0
    for where, rule in RULE.findall(sheet):
        text = re.search(r"(?<![\w-])color: @(\w+);", rule)
        ground = re.search(r"background: @(\w+);", rule)
        if text and ground and QUIET not in where:
            found += 1
            here, there = getattr(now, text[1]), getattr(now, ground[1])
            assert contrast(here, there) >= 4.5, where.strip()
    assert found >= 10


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("now", [LIGHT, DARK], ids=["light", "dark"])
def test_every_name_in_the_sheet_is_filled(now: Colours) -> None:
    assert "@" not in style.sheet(now, QFont())


@pytest.mark.usefixtures("qapp")
def test_sizes_of_the_sheet_follow_the_systems_letters() -> None:
    font = QFont()
    font.setPointSizeF(20)
    assert "font-size: 35.0pt" in style.sheet(LIGHT, font)
    assert f"icon-size: {style.side(16, font)}px" in style.sheet(LIGHT, font)


@pytest.mark.usefixtures("qapp")
def test_signs_grow_with_the_letters_and_never_shrink() -> None:
    small, large = QFont(), QFont()
    small.setPixelSize(8)
    large.setPixelSize(48)
    assert style.side(20, small) == 20
    assert style.side(20, large) > 40


def test_a_line_that_does_not_fit_says_so(qtbot: QtBot) -> None:
    line = Elided()
    qtbot.addWidget(line)
    line.resize(120, 30)
    line.setText("WWWWWWWWWW" * 3)
    long = line.grab().toImage()
    line.setText(line.fontMetrics().elidedText(line.text(), Qt.TextElideMode.ElideRight, 120))
    assert line.grab().toImage() == long
    assert line.text().endswith("…")


def test_a_locked_choice_can_still_be_seen() -> None:
    sheet = (Path(style.__file__).parent / "style.qss").read_text(encoding="utf-8")
    locked = re.search(r"QRadioButton::indicator:disabled \{ border-color: @(\w+); \}", sheet)
    assert locked is not None
    for now in (LIGHT, DARK):
        assert contrast(getattr(now, locked[1]), now.surface) >= 3


def test_a_role_changes_how_a_widget_looks(qtbot: QtBot) -> None:
    words = QLabel("x")
    qtbot.addWidget(words)
    words.setStyleSheet('QLabel[role="bad"] { color: #ff0000; }')
    words.ensurePolished()
    style.role(words, "bad")
    assert words.palette().windowText().color() == QColor("#ff0000")
    style.role(words, "")
    assert words.palette().windowText().color() != QColor("#ff0000")


def test_every_icon_that_is_named_is_drawn(qtbot: QtBot) -> None:
    ui = Path(style.__file__).parent
    named = set()
    for path in ui.rglob("*.py"):
        named |= set(re.findall(r'sign="([\w-]+)"', path.read_text(encoding="utf-8")))
    assert named <= set(icons.SHAPES)
    for name in icons.SHAPES:
        image = icons.pixmap(name, "#ff0000", 24).toImage()
        inked = [image.pixelColor(x, y).alpha() for x in range(24) for y in range(24)]
        assert any(inked), name
