# SPDX-License-Identifier: Apache-2.0
"""Timed text: WebVTT, SubRip and Open edX's sjson, as they are found, into cues.

Real files have byte order marks, CRLF, HTML entities coded twice, cues without text, overlaps and
missing blank lines; all of that is read. What comes out is what a player shows one after the
other: sorted, one cue at a time, plain text.
"""

from __future__ import annotations

import codecs
import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from player.errors import QT_TRANSLATE_NOOP, Malformed

_TIME = r"(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?\Z")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}")
_LONGEST = 5.0  # seconds that a cue without an end stays
_LAST = 10.0**6  # seconds: the format's limit for a video
_MOST = 2_000_000  # characters of a file: five times what is said in the longest talk
WIDEST = 500  # characters of a cue: a picture has no room for more, and Qt lays out no endless line


@dataclass(frozen=True, slots=True)
class Cue:
    """Text shown from `start` to `end`, in seconds. Plain text; lines are parted by `\\n`."""

    start: float
    end: float
    text: str


def parse_captions(data: bytes, name: str) -> tuple[Cue, ...]:
    """Return the cues, sorted, none overlapping the next, none empty, none longer than `WIDEST`.

    Args:
        data: a WebVTT, SubRip or sjson file (`{"start": [ms], "end": [ms], "text": […]}`).
        name: the file's name; `.sjson` and `.json` mean sjson, the rest is seen from its text.

    Raises:
        Malformed: not text, no cue in it, or longer than 2 million characters.
    """
    text = _decoded(data, name)
    if len(text) > _MOST:
        raise Malformed(
            document=name, reason=QT_TRANSLATE_NOOP("errors", "it is too long for captions")
        )
    if name.lower().endswith((".sjson", ".json")):
        found = _sjson(text, name)
    elif text.lstrip().startswith("WEBVTT"):
        found = _blocks(text, continued=False, decodings=1)
    else:
        found = _blocks(text, continued=True, decodings=2)
    cues = _in_line([cue for cue in found if cue.text and cue.start <= _LAST])
    if not cues:
        raise Malformed(
            document=name, reason=QT_TRANSLATE_NOOP("errors", "no caption with a time was found")
        )
    return cues


def to_webvtt(cues: Iterable[Cue]) -> str:
    """Return a WebVTT file that any player reads (https://www.w3.org/TR/webvtt1/)."""
    blocks = (
        f"{_clock(cue.start)} --> {_clock(cue.end)}\n{html.escape(cue.text, quote=False)}\n"
        for cue in cues
    )
    return "\n".join(["WEBVTT\n", *blocks])


def plain(cues: Iterable[Cue]) -> str:
    """Return what is said, one cue a line, without times: for search and for reading."""
    return "\n".join(" ".join(cue.text.split()) for cue in cues)


def _decoded(data: bytes, name: str) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed(
            document=name, reason=QT_TRANSLATE_NOOP("errors", "it is not text in UTF-8")
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _sjson(text: str, name: str) -> list[Cue]:
    try:
        raw = json.loads(text)
        columns = [raw[key] for key in ("start", "end", "text")]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Malformed(
            document=name, reason=QT_TRANSLATE_NOOP("errors", "it is not sjson")
        ) from error
    if not all(isinstance(column, list) for column in columns):
        raise Malformed(document=name, reason=QT_TRANSLATE_NOOP("errors", "it is not sjson"))
    return [
        Cue(start / 1000, end / 1000 if _is_time(end) else 0.0, _plain(words, 2))
        for start, end, words in zip(*columns, strict=False)
        if _is_time(start) and isinstance(words, str)
    ]


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value <= _LAST * 1000


def _blocks(text: str, *, continued: bool, decodings: int) -> list[Cue]:
    """Read blocks between blank lines. In SubRip a block without a time continues the cue."""
    cues: list[tuple[str, list[str]]] = []  # the line with the time, and what is said
    for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.strip("\n")):
        lines = block.split("\n")
        starts = [at for at, line in enumerate(lines) if _TIMING.match(line)]
        if continued and cues:
            more = _without_number(lines[: starts[0]] if starts else lines)
            cues[-1][1].append(_plain(more, decodings))
        for at, following in pairwise([*starts, len(lines)]):
            words = lines[at + 1 : following]
            text = _without_number(words) if following < len(lines) else "\n".join(words)
            cues.append((lines[at], [_plain(text, decodings)]))
    return [_timed(line, "\n".join(filter(None, said))) for line, said in cues]


def _without_number(lines: list[str]) -> str:
    """Lines before a time, without the number of the cue that begins there."""
    return "\n".join(lines[:-1] if lines and lines[-1].strip().isdigit() else lines)


def _timed(line: str, text: str) -> Cue:
    match = _TIMING.match(line)
    assert match is not None  # noqa: S101 - the caller found it by the same pattern
    return Cue(_seconds(*match.groups()[:4]), _seconds(*match.groups()[4:]), text)


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> float:
    whole = int((hours or "0")[:6]) * 3600 + int(minutes) * 60 + int(seconds)
    return (whole * 1000 + int((fraction or "0").ljust(3, "0"))) / 1000


def _plain(text: str, decodings: int) -> str:
    text = _TAG.sub("", text).replace("\\N", "\n")
    for _ in range(decodings):
        text = html.unescape(text)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _in_line(cues: list[Cue]) -> tuple[Cue, ...]:
    """Sort; join what starts together; end each at the latest where the next begins; part those
    that are endless."""
    merged = []
    for start, together in groupby(sorted(cues, key=_start), _start):
        those = list(together)
        end = max(cue.end for cue in those)
        merged.append(Cue(start, end, "\n".join(cue.text for cue in those)))
    return tuple(part for cue in _ended(merged) for part in _parted(cue))


def _start(cue: Cue) -> float:
    return cue.start


def _ended(cues: list[Cue]) -> Iterator[Cue]:
    for at, cue in enumerate(cues):
        following = cues[at + 1].start if at + 1 < len(cues) else _LAST * 2
        end = cue.end if cue.end > cue.start else cue.start + _LONGEST
        yield Cue(cue.start, min(end, following), cue.text)


def _parted(cue: Cue) -> Iterator[Cue]:
    """A cue as several, one after the other, where it is longer than `WIDEST`; no word is lost."""
    at, length = 0, len(cue.text)
    while at < length:
        end = at + WIDEST
        if end < length:
            end = max(cue.text.rfind(gap, at + 1, end + 1) for gap in " \n")
            end = end if end > at else at + WIDEST
        words, begin = cue.text[at:end].strip(), cue.start + (cue.end - cue.start) * at / length
        stop = cue.start + (cue.end - cue.start) * min(end, length) / length
        at = end
        if words:
            yield Cue(round(begin, 3), round(stop, 3), words)


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
