# SPDX-License-Identifier: Apache-2.0
"""The text of HTML, line by line, as a reader sees it: to be found, and to be found again there.

The HTML is untrusted. Only its letters are taken; what no reader sees (`fragment.DROPPED_WHOLE`) is
left out, and however deep it is nested, nothing here is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import lxml.etree

from player.course.fragment import DROPPED_WHOLE
from player.search.segments import LONG, Segment, clipped

_BLANKS = re.compile("[ \t\r\n\f\u00a0]+")
"""What a reader sees as one blank. A narrow no-break space stays: it stays on the screen too."""

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BREAKS = "article blockquote br caption dd div dl dt figcaption figure hr img li ol p pre section"
_BREAKS += " table tbody td tfoot th thead tr ul"
_BREAKING = _HEADINGS | set(_BREAKS.split())


class _Lines:
    """Told by the parser what comes, it keeps the lines; a heading begins with `\\f`."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._text: list[str] = []
        self._dropped = 0

    def start(self, tag: str, _attributes: object) -> None:
        if tag in DROPPED_WHOLE:
            self._dropped += 1
        elif tag in _BREAKING:
            self._break()
            if tag in _HEADINGS:
                self._text.append("\f")

    def end(self, tag: str) -> None:
        if tag in DROPPED_WHOLE:
            self._dropped -= 1
        elif tag in _BREAKING:
            self._break()

    def data(self, text: str) -> None:
        if not self._dropped:
            self._text.append(text.replace("\f", " "))

    def close(self) -> list[str]:
        self._break()
        return self._lines

    def _break(self) -> None:
        whole = "".join(self._text)
        line = _BLANKS.sub(" ", whole).strip(" ")
        if line:
            self._lines.append("\f" + line if whole.startswith("\f") else line)
        self._text.clear()


def lines(html: str) -> list[str]:
    """The lines of `html`, none empty; a heading begins with `\\f`."""
    if not html.strip():
        return []
    kept: Any = _Lines()  # its stubs want methods that lxml calls only where they are
    parser = lxml.etree.HTMLParser(target=kept, huge_tree=False)
    try:
        parser.feed(f"<div>{html}</div>")
        found: Any = parser.close()
    except lxml.etree.LxmlError:  # nested beyond reason, say
        return []
    return list(found)


def flat(html: str) -> str:
    """The text of `html` on one line."""
    return " ".join(line.lstrip("\f") for line in lines(html))


def segments(html: str) -> list[Segment]:
    """A page in pieces: from one heading to the next, long ones cut between lines."""
    made: list[list[str]] = [[]]
    for line in lines(html):
        full = sum(map(len, made[-1])) > LONG
        if made[-1] and (full or (line.startswith("\f") and not made[-1][-1].startswith("\f"))):
            made.append([])
        made[-1].append(line)
    return [Segment(text) for part in made for text in _joined(part)]


def _joined(part: Iterable[str]) -> list[str]:
    return clipped("\n".join(line.lstrip("\f") for line in part))
