# SPDX-License-Identifier: Apache-2.0
"""Every choice a person can make about this PC's Cartable, its default and its reason.

One JSON file in the home folder. Keys that this version does not know are kept, so that an older
and a newer Cartable can share a home; a value that does not fit is replaced by its default and
said in the log.
"""

from __future__ import annotations

import json
import logging
import os
import re
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import platformdirs

log = logging.getLogger(__name__)

HOME_VARIABLE = "CARTABLE_HOME"
MOST_LINES = 50  # networks whose price is remembered


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices. Read with `load`, changed by saving a new value."""

    language: str = ""
    """The window's language: `en`, `fr`, or empty for the system's."""
    appearance: str = ""
    """`light`, `dark`, or empty for the system's."""
    rendition: str = "240p"
    """The rendition asked for where nothing else is said: the lightest with a picture."""
    caption_language: str = ""
    """Captions shown from the start; empty for none."""
    caption_size: int = 100
    """Size of captions, in per cent."""
    caption_ground: str = "shade"
    """What captions stand on: `shade`, `solid`, or `outline` for the picture itself."""
    volume: int = 80
    """0 to 100, remembered between videos."""
    speed: float = 1.0
    """Playback speed, 0.5 to 2."""
    pause_for_notes: bool = True
    """Hold a video while a note is typed."""
    allow_unsigned: bool = False
    """Open courses that nobody signed. Off: a course is code for the mind, its maker matters."""
    allowed_keys: tuple[str, ...] = ()
    """Publishers' keys that a person on this PC allowed, beside those of the platform."""
    send_by_itself: bool = True
    """Send answers whenever there is a connection, not only on request."""
    engine: str = "auto"
    """What plays video: `auto` (libVLC where it is found), `vlc` or `qt`."""
    printed_name: str = ""
    """The name on attestations, where it is not the learner's; it is told to nobody."""
    text_size: int = 100
    """Size of the text in pages and quizzes, in per cent."""
    text_font: str = ""
    """The letters of courses: `dyslexic` for OpenDyslexic, or empty for the system's."""
    line_spacing: int = 125
    """From one line of a course's text to the next, in per cent of its letters' height."""
    letter_spacing: int = 0
    """What is put between letters, in per cent of their width; never where letters join."""
    text_width: str = "usual"
    """How long lines of a course get: `narrow`, `usual` (some 80 letters), `wide` or `full`."""
    budget_day_mb: int = 0
    """Megabytes (10^6 bytes) a day that may be spent on this PC's line; 0: no limit."""
    budget_month_mb: int = 0
    """The same by the calendar month."""
    allowed_hours: str = ""
    """When downloads may run by themselves, `22:00-06:00,12:00-13:30`; empty: always."""
    ceiling_kbits: int = 0
    """The most that downloads take of the line, in kbit/s, so that others can use it; 0: all."""
    metered: str = "auto"
    """Whether this PC's line is paid by the megabyte: `auto` (as the system says), `yes`, `no`."""
    lines: tuple[str, ...] = ()
    """What the learner said of networks when asked: `yes`, `no` or `asked`, then the name."""
    on_metered: str = "ask"
    """On such a line, what nobody asked for just now: `ask` first, `wait` for another, or `go`."""
    lend: bool = False
    """Lend the courses that are here to the PCs of this network, while the window is open."""
    updates: str = "ask"
    """A new version of a course: `ask` first, for it costs; `auto` takes it, `never` none."""
    put_off: tuple[str, ...] = ()
    """New versions that the learner did not want when asked, each `course version`."""
    revise: bool = True
    """Have missed and shaky questions come again; nobody is reminded of it but by a number."""
    revision_minutes: int = 5
    """After how many minutes of revision a day it is enough, 1 to 60."""


def default_home() -> Path:
    """Where data lives: `$CARTABLE_HOME`, or the system's place for a user's data."""
    given = os.environ.get(HOME_VARIABLE)
    return Path(given) if given else Path(platformdirs.user_data_dir("cartable", appauthor=False))


def load(home: Path) -> Settings:
    """Return the settings of `home`; the defaults where there is no file or it is broken."""
    raw = _raw(home)
    known: dict[str, Any] = {}
    for field in fields(Settings):
        if field.name not in raw:
            continue
        value, default = raw[field.name], field.default
        if isinstance(default, tuple) and isinstance(value, list):
            value = tuple(value)
        if isinstance(default, float) and type(value) is int:
            value = float(value)
        if type(value) is type(default) and _fits(field.name, value):
            known[field.name] = value
        else:
            log.warning("setting %s: %r does not fit, %r is used", field.name, value, default)
    return Settings(**known)


_RANGES = {
    "caption_size": (50, 300),
    "volume": (0, 100),
    "speed": (0.5, 2.0),
    "text_size": (75, 250),
    "line_spacing": (100, 250),
    "letter_spacing": (0, 30),
    "budget_day_mb": (0, 1_000_000),
    "budget_month_mb": (0, 1_000_000),
    "ceiling_kbits": (0, 1_000_000),
    "revision_minutes": (1, 60),
}
_WORDS = {
    "language": ("", "en", "fr"),
    "appearance": ("", "light", "dark"),
    "caption_ground": ("shade", "solid", "outline"),
    "engine": ("auto", "vlc", "qt"),
    "text_font": ("", "dyslexic"),
    "text_width": ("narrow", "usual", "wide", "full"),
    "metered": ("auto", "yes", "no"),
    "on_metered": ("ask", "go", "wait"),
    "updates": ("ask", "auto", "never"),
}


def _fits(name: str, value: Any) -> bool:
    """Whether a value of the right type is one that means something."""
    if isinstance(value, tuple):
        return all(isinstance(one, str) for one in value)
    if name in _RANGES:
        low, high = _RANGES[name]
        return bool(low <= value <= high)
    if name == "allowed_hours":
        return hours(value) is not None
    return name not in _WORDS or value in _WORDS[name]


_HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-4]):([0-5]\d)", re.ASCII)
_DAY = 24 * 60


def hours(text: str) -> tuple[tuple[int, int], ...] | None:
    """Hours of the day as (start, end), in minutes since midnight, local; None for nonsense.

    `22:00-06:00` goes over midnight; what ends when it starts is the whole day.
    """
    found = []
    for part in text.split(",") if text.strip() else ():
        match = _HOURS.fullmatch(part.strip())
        if match is None:
            return None
        start, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
        if end > _DAY:
            return None
        found.append((start, end % _DAY))
    return tuple(found)


def said_of(lines: tuple[str, ...], network: str) -> str:
    """What the learner said of a network: `yes`, `no`, `asked`, or '' where nobody asked."""
    found = (one.partition(" ") for one in lines)
    return next((said for said, _, name in found if name == network), "") if network else ""


def saying_of(lines: tuple[str, ...], network: str, said: str) -> tuple[str, ...]:
    """The setting `lines` with what was said of a network; '' for nothing. The latest are kept."""
    others = tuple(one for one in lines if one.partition(" ")[2] != network)
    return (*others, *([f"{said} {network}"] if said else []))[-MOST_LINES:]


def save(home: Path, settings: Settings) -> None:
    """Write `settings` to `home`, whole or not at all; unknown keys of the file are kept."""
    path = home / "settings.json"
    part = path.with_suffix(".part")
    text = json.dumps(_raw(home) | asdict(settings), indent=2, ensure_ascii=False)
    part.write_text(text + "\n", encoding="utf-8")
    part.replace(path)


def _raw(home: Path) -> dict[str, Any]:
    try:
        raw = json.loads((home / "settings.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning("settings.json cannot be read: %s", error)
        return {}
    return raw if isinstance(raw, dict) else {}
