# SPDX-License-Identifier: Apache-2.0
"""Which way a text is written: said to Qt's rich text in what it knows.

Qt takes `dir` of a block alone, does not hand it down, and knows neither `lang` nor `bdi` nor
`dir="auto"`. So each block is given its own direction, and what stands in a line is put between
Unicode's isolates (UAX #9, 2.7). Code is always written from the left.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import lxml.html
from PySide6.QtCore import Qt

from player.ui.language import direction, direction_of

_LEFT, _RIGHT, _FIRST, _END = "\u2066", "\u2067", "\u2068", "\u2069"
MARKS = dict.fromkeys(map(ord, (_LEFT, _RIGHT, _FIRST, _END)))
"""For `str.translate`: text without the marks that were put in here."""
_SAID = {
    Qt.LayoutDirection.LeftToRight: "ltr",
    Qt.LayoutDirection.RightToLeft: "rtl",
    Qt.LayoutDirection.LayoutDirectionAuto: "",
}
_CODE = {"pre", "code", "kbd", "samp"}


def arrange(root: lxml.html.HtmlElement, blocks: AbstractSet[str], *, from_the_right: bool) -> None:
    """Give every block of a tree its `dir`, and every piece of a line that differs its isolates."""
    given: dict[lxml.html.HtmlElement, str] = {root: "rtl" if from_the_right else "ltr"}
    for element in list(root.iterdescendants()):
        if not isinstance(element.tag, str):
            continue
        around = given[element.getparent()]
        own = "ltr" if element.tag in _CODE else _own(element)
        element.attrib.pop("dir", None)
        element.attrib.pop("lang", None)
        given[element] = own or around
        if element.tag in blocks:
            if given[element] == "rtl" or from_the_right:
                element.set("dir", given[element])
        elif element.tag == "bdi" and not own:
            _isolate(element, _FIRST)
        elif own and own != around:
            _isolate(element, _RIGHT if own == "rtl" else _LEFT)


def _own(element: lxml.html.HtmlElement) -> str:
    """`ltr` or `rtl` where the element says so itself, by `dir`, else by `lang`; else ''."""
    said = element.get("dir", "").lower()
    if said in ("ltr", "rtl"):
        return str(said)
    if said == "auto":
        return _SAID[
            direction_of("".join(element.itertext()), Qt.LayoutDirection.LayoutDirectionAuto)
        ]
    if language := element.get("lang", ""):
        return _SAID[direction(language)]
    return ""


def _isolate(element: lxml.html.HtmlElement, mark: str) -> None:
    element.text = mark + (element.text or "")
    if len(element):
        element[-1].tail = (element[-1].tail or "") + _END
    else:
        element.text += _END
