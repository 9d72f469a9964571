# SPDX-License-Identifier: Apache-2.0
"""A course's HTML -> HTML that is safe here, and that Qt's rich text shows well.

A course is untrusted input and a browser widget is a large thing to trust it to: nh3 lets through
a closed list of tags, every picture must be one that the activity brought, and every link leads to
an activity or to the web. Then the tags that Qt does not know are said in those it does.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

import lxml.html
import nh3

from player.course.fragment import DROPPED_WHOLE, leads_somewhere

_BLOCKS = {
    *("p", "div", "pre", "blockquote", "hr", "br", "figure", "figcaption", "details", "summary"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"),
    *("article", "section", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
_INLINE = {
    *("a", "img", "span", "em", "strong", "b", "i", "u", "s", "del", "ins", "sub", "sup", "small"),
    *("mark", "abbr", "cite", "q", "code", "kbd", "samp", "var"),
}
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
    "*": {"lang", "dir"},
}
_RENAMED = {  # what Qt lacks -> what it has, and the class that the sheet styles
    "article": ("div", ""),
    "section": ("div", ""),
    "figure": ("div", "figure"),
    "figcaption": ("p", "caption"),
    "caption": ("caption", "caption"),
    "details": ("div", ""),
    "summary": ("h4", ""),
    "mark": ("span", "mark"),
    "del": ("s", ""),
    "ins": ("u", ""),
    "abbr": ("span", ""),
}
ACTIVITY = "#activity:"

Picture = Callable[[str], str | None]
"""What to show for a picture's name: an address for the widget, or None where there is none."""


def clean(html: str) -> str:
    """`html` without anything that runs, loads, styles or asks."""
    return nh3.clean(
        html,
        tags=_BLOCKS | _INLINE,
        attributes=_ATTRIBUTES,
        clean_content_tags=DROPPED_WHOLE,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )


def arranged(html: str, picture: Picture) -> str:
    """Cleaned `html` in the tags of Qt's rich text, with classes for `rich_text.sheet`.

    A picture for which `picture` knows nothing is replaced by its words.
    """
    root = lxml.html.fragment_fromstring(clean(html), create_parent="div")
    for element in list(root.iterdescendants("img")):
        _place_picture(element, picture)
    for element in list(root.iterdescendants("a")):
        if not is_link(element.get("href", "")):
            element.drop_tag()
    for element in list(root.iterdescendants("table")):
        _dress_table(element)
    for element in list(root.iterdescendants("pre", "blockquote")):
        _frame(element)
    for element in list(root.iterdescendants(*_RENAMED)):
        tag, class_ = _RENAMED[str(element.tag)]
        element.tag = tag
        if class_:
            element.set("class", class_)
    return str(lxml.html.tostring(root, encoding="unicode"))


def is_link(address: str) -> bool:
    """Whether it leads anywhere: to an activity of the course, or to the web."""
    return leads_somewhere(address)


def plain(html: str) -> str:
    """The words of `html` in one line: for lists, tooltips and screen readers."""
    root = lxml.html.fragment_fromstring(clean(html), create_parent="div")
    for picture in root.iterdescendants("img"):
        picture.tail = picture.get("alt", "") + (picture.tail or "")
    for element in root.iterdescendants(*_BLOCKS):
        element.tail = " " + (element.tail or "")
    return " ".join("".join(root.itertext()).split())


def _place_picture(element: lxml.html.HtmlElement, picture: Picture) -> None:
    name, words = element.get("src", ""), element.get("alt", "")
    found = picture(name) or picture(unquote(name))
    if found:
        element.set("src", found)
        element.set("title", words)
        block = next(one for one in element.iterancestors() if one.tag in _BLOCKS)
        block.set("style", "line-height: 100%")  # of the picture: no gap beneath
        return
    element.tag = "i"
    element.attrib.clear()
    element.text = f"[{words or unquote(name)}]"


def _dress_table(table: lxml.html.HtmlElement) -> None:
    table.attrib.update({"class": "grid", "cellspacing": "0"})
    for number, row in enumerate(table.iterdescendants("tr")):
        if number % 2 == 0:
            for cell in row.iterchildren("td"):
                cell.set("class", "even")


def _frame(element: lxml.html.HtmlElement) -> None:
    """Put `element` in a table of one row: the only box whose ground and padding Qt paints."""
    cells = "<td></td>" if element.tag == "pre" else '<td class="bar" width="4"></td><td></td>'
    frame = lxml.html.fragment_fromstring(
        f'<table class="{element.tag}" width="100%" cellspacing="0"><tr>{cells}</tr></table>'
    )
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    element.tail = None
    parent.replace(element, frame)
    frame.tail = tail
    cell = frame[0][-1]
    cell.append(element)
    if element.tag == "blockquote":
        element.tag = "div"
        return
    last = element[-1] if len(element) and not element[-1].tail else element
    if len(last) == 0 and last.text:
        last.text = last.text.rstrip("\n")  # the line behind the last one is none
