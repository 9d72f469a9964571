# SPDX-License-Identifier: Apache-2.0
"""A Markdown list of links: the first link of an item is the link, the rest is its note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from player.course.manifest import Link
from player.publish.faults import Findings, Place

_MARKDOWN = MarkdownIt("commonmark")


@dataclass(slots=True)
class _Item:
    line: int
    url: str = ""
    title: str = ""
    note: str = ""


def parse_links(text: str, file: str, findings: Findings) -> tuple[tuple[Link, ...], str]:
    """Return the links of a Markdown text, and the Markdown that stands before its list.

    Faults: an item without a link, a link that does not lead to the web, no list at all.
    """
    tokens = _MARKDOWN.parse(text)
    lists = [token for token in tokens if token.type.endswith("_list_open") and token.level == 0]
    if not lists:
        do = "Write one link an item: - [Title](https://…) a note."
        findings.fault(Place(file), "There is no list of links in this file.", do)
        return (), ""
    links = []
    for item in _items(tokens):
        link = _link(item, file, findings)
        if link:
            links.append(link)
    before = text.split("\n")[: _line(lists[0]) - 1]
    return tuple(links), "\n".join(before)


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _items(tokens: Sequence[Token]) -> Iterator[_Item]:
    """Every item of every list, in order; an item in an item is one of its own."""
    items: list[_Item] = []
    open_items: list[_Item] = []
    for token in tokens:
        if token.type == "list_item_open":
            items.append(_Item(_line(token)))
            open_items.append(items[-1])
        elif token.type == "list_item_close":
            open_items.pop()
        elif token.type == "inline" and open_items:
            _read_inline(open_items[-1], token.children or [])
    yield from items


def _read_inline(item: _Item, tokens: Sequence[Token]) -> None:
    in_link = False
    for token in tokens:
        if token.type == "link_open" and not item.url:
            item.url, in_link = str(token.attrs.get("href", "")), True
        elif token.type == "link_close":
            in_link = False
        elif in_link:
            item.title += _words(token)
        else:
            item.note += _words(token)
    item.note += " "


def _words(token: Token) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def _link(item: _Item, file: str, findings: Findings) -> Link | None:
    place = Place(file, item.line)
    if not item.url:
        findings.fault(place, "This item has no link.", "Write - [Title](https://…) a note.")
        return None
    if not item.url.lower().startswith(("http://", "https://")):
        what = f"“{item.url}” does not lead to the web."
        findings.fault(place, what, "Begin the link with https://.")
        return None
    title = " ".join(item.title.split()) or item.url
    return Link(item.url, title, " ".join(item.note.split()).lstrip(":,;–—- "))
