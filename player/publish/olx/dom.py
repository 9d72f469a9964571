# SPDX-License-Identifier: Apache-2.0
"""What is done to a tree of HTML or of a problem, whatever course it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.publish.olx.markup import BLOCKS, BOXES, EMPTY_WHEN_BARE
from player.publish.olx.xml import text_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.etree import _Element as Element

_FOR_SCRIPTS = ("class", "aria-hidden")
_ICON = 30  # characters


def swap(element: Element, other: Element | None, text: str = "") -> None:
    """Put another element, or text, in the place of one; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    tail = text + (element.tail or "")
    if other is not None:
        element.addprevious(other)
        other.tail = tail
    elif (before := element.getprevious()) is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def without(root: Element, tags: Collection[str]) -> int:
    """Take elements out, keep the text that follows them. Answers how many."""
    found = [element for element in root.iter(*tags) if element is not root]
    for element in found:
        if element.getparent() is not None:
            swap(element, None)
    return len(found)


def drop_icons(root: Element) -> None:
    """Words that an icon font or a script would have drawn as a sign: `menu_book`, `star`."""
    for element in list(root.iter()):
        icon = "material-" in (element.get("class") or "")
        hidden = element.get("aria-hidden") == "true" and len(text_of(element)) < _ICON
        if (icon or hidden) and element.find(".//img") is None and element.tag != "img":
            swap(element, None)


def tidy(root: Element) -> None:
    """Boxes made for a style sheet go; what was a paragraph without saying so becomes one."""
    for element in reversed(list(root.iter())):
        parent = element.getparent()
        if parent is None:
            continue
        for name in _FOR_SCRIPTS:
            element.attrib.pop(name, "")
        if element.tag in BOXES:
            holds_blocks = next(element.iterdescendants(*BLOCKS - {"div"}), None) is not None
            inside_text = parent.tag in {"p", "span", "a", "li", "td", "th"}
            element.tag = "div" if holds_blocks or inside_text else "p"
        if element.tag in EMPTY_WHEN_BARE and not _shows(element):
            swap(element, None, " " if element.text else "")
        elif not element.attrib and element.tag in {"a", "span"}:
            element.tag = "words"  # nh3 knows neither this nor "box": the tag goes, the rest stays
        elif not element.attrib and element.tag == "div" and not _loose(element):
            element.tag = "box"


def _loose(element: Element) -> bool:
    """Does it hold words or signs that stand in no block of their own?"""
    texts = [element.text, *(child.tail for child in element)]
    inline = any(child.tag not in BLOCKS | {"box"} for child in element)
    return inline or any(text and text.strip() for text in texts)


def _shows(element: Element) -> bool:
    return bool(text_of(element)) or element.find(".//img") is not None
