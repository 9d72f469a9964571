# SPDX-License-Identifier: Apache-2.0
"""A course's HTML -> HTML that is safe here, and that Qt's rich text shows well.

A course is untrusted input and a browser widget is a large thing to trust it to: what would take
minutes to read becomes its words, nh3 lets through a closed list of tags, every picture must be one
that the activity brought, and every link leads to an activity or to the web. Then formulas become
places for their drawings, and the tags that Qt does not know are said in those it does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from urllib.parse import unquote

import lxml.etree
import lxml.html
import nh3

from player.course.bounds import bounded
from player.course.formulas import MATHML, MATHML_ATTRIBUTES, Formula, settled, split
from player.course.fragment import DROPPED_WHOLE, leads_somewhere
from player.ui.lesson import bidi

_BLOCKS = {
    *("p", "div", "pre", "blockquote", "hr", "br", "figure", "figcaption", "details", "summary"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"),
    *("article", "section", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
_INLINE = {
    *("a", "img", "span", "em", "strong", "b", "i", "u", "s", "del", "ins", "sub", "sup", "small"),
    *("mark", "abbr", "cite", "q", "code", "kbd", "samp", "var", "bdi", "dfn", "ruby", "rp"),
}
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
    "*": {"lang", "dir"},
    **MATHML_ATTRIBUTES,
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
    "dfn": ("i", ""),
    "bdi": ("span", ""),
    "ruby": ("span", ""),
    "rp": ("span", ""),
}
_AS_TYPED = {"code", "pre", "kbd", "samp"}
_BOXES = ("table", "blockquote", "pre")
_DEEPEST = 6  # boxes in one another: Qt lays out each by calling itself
_MOST_CELLS = 50_000  # rows times columns, of a page: a second for Qt, whatever stands in them
_WIDEST = 1000  # columns or rows that a cell may say it takes
ACTIVITY = "#activity:"

Picture = Callable[[str], str | None]
"""What to show for a picture's name: an address for the widget, or None where there is none."""
Place = Callable[[Formula], str | None]
"""What to show for a formula, likewise; None where it cannot be drawn."""


def clean(html: str) -> str:
    """`html` without anything that runs, loads, styles or asks."""
    return nh3.clean(
        settled(bounded(html)),
        tags=_BLOCKS | _INLINE | MATHML,
        attributes=_ATTRIBUTES,
        clean_content_tags=DROPPED_WHOLE,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )


def arranged(
    html: str, picture: Picture, formula: Place = lambda _: None, *, from_the_right: bool = False
) -> str:
    """Cleaned `html` in the tags of Qt's rich text, with classes for `rich_text.sheet`.

    A picture for which `picture` knows nothing is replaced by its words, a formula for which
    `formula` knows nothing by its source.
    """
    root = _tree(html)
    bidi.arrange(root, _BLOCKS, from_the_right=from_the_right)
    for element in list(root.iterdescendants("img")):
        _place_picture(element, picture)
    for element in list(root.iterdescendants("a")):
        if not is_link(element.get("href", "")):
            element.drop_tag()
    _place_formulas(root, formula)
    _flatten(root)
    _without_endless_tables(root)
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
    root = _tree(html)
    for picture in root.iterdescendants("img"):
        picture.tail = picture.get("alt", "") + (picture.tail or "")
    for element in list(root.iterdescendants("math")):
        _replace(element, [_of_mathml(element).words])
    for element in root.iterdescendants(*_BLOCKS):
        element.tail = " " + (element.tail or "")
    said = " ".join("".join(root.itertext()).split())
    return "".join(one if isinstance(one, str) else one.words for one in split(said))


def _tree(html: str) -> lxml.html.HtmlElement:
    parser = lxml.html.HTMLParser(huge_tree=True)  # `bounded` knows how deep; libxml2 cuts at 256
    return lxml.html.fragment_fromstring(clean(html), create_parent="div", parser=parser)


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


def _place_formulas(root: lxml.html.HtmlElement, place: Place) -> None:
    for element in list(root.iterdescendants("math")):
        _replace(element, [_formula(_of_mathml(element), place, element)])
    for element in list(root.iter()):
        if element.tag in _AS_TYPED or any(one.tag in _AS_TYPED for one in element.iterancestors()):
            parts: list[str | Formula] = []
        else:
            parts = split(element.text or "")
        if any(isinstance(one, Formula) for one in parts):
            element.text = None
            _put(parts, place, element, None)
        if element is root or any(one.tag in _AS_TYPED for one in element.iterancestors()):
            continue
        parts = split(element.tail or "")
        if any(isinstance(one, Formula) for one in parts):
            element.tail = None
            _put(parts, place, element.getparent(), element)


def _put(
    parts: list[str | Formula],
    place: Place,
    parent: lxml.html.HtmlElement,
    before: lxml.html.HtmlElement | None,
) -> None:
    """Write text and formulas into `parent`, behind its child `before` or at its start."""
    last, at = before, 0 if before is None else parent.index(before) + 1
    for part in parts:
        if isinstance(part, Formula):
            last = _formula(part, place, parent)
            parent.insert(at, last)
            at += 1
        elif last is None:
            parent.text = (parent.text or "") + part
        else:
            last.tail = (last.tail or "") + part


def _formula(formula: Formula, place: Place, near: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    """What stands for a formula: the place of its drawing, or its source."""
    source = place(formula)
    if source is None:
        made = lxml.html.Element("code")
        made.text = formula.words
        return made
    made = lxml.html.Element("img", src=source)
    if not formula.display:
        return made
    block = next((one for one in (near, *near.iterancestors()) if one.tag in _BLOCKS), near)
    alone = block.tag == "p" and not _words_beside(block)
    if alone:
        block.set("align", "center")
        block.set("style", "line-height: 100%")
        return made
    row = lxml.html.Element("div", align="center", style="line-height: 100%")
    row.set("class", "formula")
    row.append(made)
    return row


def _words_beside(block: lxml.html.HtmlElement) -> bool:
    """Whether a block holds more than one formula."""
    said = "".join(block.itertext())
    return sum(1 if isinstance(one, Formula) else 2 for one in split(said) if str(one).strip()) > 1


def _of_mathml(element: lxml.html.HtmlElement) -> Formula:
    said = next(
        (one.text or "" for one in element.iterdescendants("annotation") if "tex" in _kind(one)), ""
    )
    said = said.strip() or element.get("alttext", "").strip() or "".join(element.itertext())
    source = lxml.etree.tostring(element, encoding="unicode", with_tail=False)
    display = element.get("display") == "block"
    return Formula(source, display=display, mathml=True, spoken=" ".join(said.split()))


def _kind(annotation: lxml.html.HtmlElement) -> str:
    return str(annotation.get("encoding", "")).lower()


def _replace(element: lxml.html.HtmlElement, parts: list[str | lxml.html.HtmlElement]) -> None:
    """Put words or elements where `element` stands; what follows it stays."""
    parent, tail = element.getparent(), element.tail or ""
    at, before = parent.index(element), element.getprevious()
    element.tail = None
    parent.remove(element)
    for part in [*parts, tail]:
        if not isinstance(part, str):
            parent.insert(at, part)
            at, before = at + 1, part
        elif before is None:
            parent.text = (parent.text or "") + part
        else:
            before.tail = (before.tail or "") + part


def _flatten(root: lxml.html.HtmlElement) -> None:
    for element in list(root.iterdescendants(*_BOXES)):
        if sum(one.tag in _BOXES for one in element.iterancestors()) >= _DEEPEST:
            element.tag = "div"


def _without_endless_tables(root: lxml.html.HtmlElement) -> None:
    """Turn tables into lines of text, once those before have taken all the cells a page may have.

    Qt makes room for every row in every column: 14,000 of both, from a few kB, would take hours.
    """
    left = _MOST_CELLS
    for table in list(root.iterdescendants("table")):
        rows = [one for one in table.iterdescendants("tr") if _table_of(one) is table]
        left -= len(rows) * _widest(rows)
        if left >= 0:
            continue
        for row in rows:
            for cell in row:
                cell.tag = "div"
            row.tag = "div"
        for part in list(table.iterchildren("thead", "tbody", "tfoot", "caption")):
            part.tag = "div"
        table.tag = "div"


def _table_of(row: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    return next(row.iterancestors("table", "div"))


def _widest(rows: list[lxml.html.HtmlElement]) -> int:
    """How many columns a table has: cells that reach down push those of the next rows aside."""
    widest = above = 0
    ends: Counter[int] = Counter()
    for number, row in enumerate(rows):
        above -= ends.pop(number, 0)
        spans = [(_span(cell, "colspan"), _span(cell, "rowspan")) for cell in row]
        widest = max(widest, above + sum(columns for columns, _ in spans))
        for columns, down in spans:
            above += columns
            ends[number + down] += columns
    return widest


def _span(cell: lxml.html.HtmlElement, key: str) -> int:
    """How many columns or rows a cell takes; where it says too many, as many as may be."""
    said = cell.get(key, "")
    count = int(said[:6]) if said.isascii() and said.isdecimal() else 1
    if said:
        cell.set(key, str(min(max(count, 1), _WIDEST)))
    return min(max(count, 1), _WIDEST)


def _dress_table(table: lxml.html.HtmlElement) -> None:
    table.attrib.update({"class": "grid", "cellspacing": "0"})
    if table.get("dir") == "rtl":  # Qt has the first column at the left, whatever is said
        table.set("width", "100%")
        for row in table.iterdescendants("tr"):
            row[:] = reversed(row)
    for number, row in enumerate(table.iterdescendants("tr")):
        if number % 2 == 0:
            for cell in row.iterchildren("td"):
                cell.set("class", "even")


def _frame(element: lxml.html.HtmlElement) -> None:
    """Put `element` in a table of one row: the only box whose ground and padding Qt paints."""
    cells = ["<td></td>"]
    if element.tag == "blockquote":
        cells.insert(len(cells) * (element.get("dir") == "rtl"), '<td class="bar" width="4"></td>')
    frame = lxml.html.fragment_fromstring(
        f'<table class="{element.tag}" width="100%" cellspacing="0">'
        f"<tr>{''.join(cells)}</tr></table>"
    )
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    element.tail = None
    parent.replace(element, frame)
    frame.tail = tail
    cell = next(one for one in frame.iterdescendants("td") if not one.get("class"))
    cell.append(element)
    if element.get("dir") == "rtl":
        cell.set("style", "padding-left: 0px; padding-right: 14px")
    if element.tag == "blockquote":
        element.tag = "div"
        return
    last = element[-1] if len(element) and not element[-1].tail else element
    if len(last) == 0 and last.text:
        last.text = last.text.rstrip("\n")  # the line behind the last one is none
