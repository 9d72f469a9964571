# SPDX-License-Identifier: Apache-2.0
"""How the window looks: one set of colours for light, one for dark, and the sheet they fill.

Widgets say what they are by the property `role`; the sheet says how that looks. Text contrast is
at least 4.5:1 on its ground, that of focus rings and of the edges of fields (`field`) 3:1 (WCAG 2.1
AA); tests/ui/test_style.py computes it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QWidget

APPEARANCE = "cartable.appearance"  # the application's property: the setting of that name
GRID = 8  # pixels: every gap is a multiple of it
_USUAL = 20  # pixels: the height of a line up to which a sign keeps its size


@dataclass(frozen=True, slots=True)
class Colours:
    """The names under which the sheet and the painters know their colours."""

    window: str
    surface: str
    surface_2: str
    text: str
    muted: str
    border: str
    field: str
    accent: str
    accent_text: str
    accent_soft: str
    good: str
    warn: str
    bad: str
    good_soft: str
    warn_soft: str
    bad_soft: str
    focus: str


LIGHT = Colours(
    window="#f5f6f8",
    surface="#ffffff",
    surface_2="#eceef3",
    text="#1c2230",
    muted="#596273",
    border="#d5d9e2",
    field="#7f8799",
    accent="#3550c8",
    accent_text="#ffffff",
    accent_soft="#e6eaff",
    good="#14713d",
    warn="#8a5200",
    bad="#b3261e",
    good_soft="#e2f4e8",
    warn_soft="#fdf0d8",
    bad_soft="#fdeae8",
    focus="#3550c8",
)
DARK = Colours(
    window="#15171c",
    surface="#1e2128",
    surface_2="#292d37",
    text="#eceef3",
    muted="#a7afbe",
    border="#3a404d",
    field="#737b8d",
    accent="#93a5ff",
    accent_text="#0d1330",
    accent_soft="#2a3157",
    good="#6ed59a",
    warn="#f0b95c",
    bad="#ff9d94",
    good_soft="#1b3527",
    warn_soft="#3a2d14",
    bad_soft="#402321",
    focus="#b5c1ff",
)


def dark() -> bool:
    """Whether the person asks for dark or, where they leave it open, the system."""
    app = QCoreApplication.instance()
    chosen = app.property(APPEARANCE) if app else None
    if chosen:
        return bool(chosen == "dark")
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def colours() -> Colours:
    """The colours in force now."""
    return DARK if dark() else LIGHT


def sheet(now: Colours, font: QFont) -> str:
    """The style sheet, filled; sizes follow the system's font size."""
    base = font.pointSizeF() if font.pointSizeF() > 0 else 10.0
    sizes = {
        "size_title": f"{base * 1.75:.1f}pt",
        "size_heading": f"{base * 1.25:.1f}pt",
        "size_caption": f"{base * 0.9:.1f}pt",
        "side_sign": f"{side(14, font)}px",
        "side_menu": f"{side(14, font) + 14}px",
        "side_button": f"{side(16, font)}px",
        "side_list": f"{side(24, font)}px",
        "side_round": f"{side(16, font) // 2 + 1}px",
    }
    text = Path(__file__).with_name("style.qss").read_text(encoding="utf-8")
    for name, value in (asdict(now) | sizes).items():
        text = text.replace(f"@{name};", f"{value};").replace(f"@{name} ", f"{value} ")
    return text


def side(pixels: int, font: QFont | None = None) -> int:
    """How large a sign of that many pixels is drawn where letters are larger than usual."""
    high = QFontMetrics(font or QGuiApplication.font()).height()
    return max(pixels, round(pixels * high / _USUAL))


def palette(now: Colours) -> QPalette:
    """The same colours for what no sheet reaches."""
    made = QPalette()
    part = QPalette.ColorRole
    pairs = {
        part.Window: now.window,
        part.WindowText: now.text,
        part.Base: now.surface,
        part.AlternateBase: now.surface_2,
        part.Text: now.text,
        part.PlaceholderText: now.muted,
        part.Button: now.surface,
        part.ButtonText: now.text,
        part.Highlight: now.accent,
        part.HighlightedText: now.accent_text,
        part.Link: now.accent,
        part.ToolTipBase: now.surface_2,
        part.ToolTipText: now.text,
        part.Mid: now.border,
        part.Accent: now.accent,
    }
    for where, value in pairs.items():
        made.setColor(where, QColor(value))
    for where in (part.Text, part.ButtonText, part.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(now.muted))
    return made


def role(widget: QWidget, name: str) -> QWidget:
    """Give `widget` a role and repaint it if it had another."""
    if widget.property("role") != name:
        widget.setProperty("role", name)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
    return widget
