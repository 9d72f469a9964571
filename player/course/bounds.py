# SPDX-License-Identifier: Apache-2.0
"""HTML that would take minutes to read is read as its words alone.

Every parser of HTML is slow at something: html5ever at a hundred thousand boxes in one another, or
as many attributes of one tag; libxml2 at references; Qt at a line without an end, and it lays out
tables in tables by calling itself. So the text is looked over first, in time in proportion to its
length, and what no author writes by hand never reaches them.
"""

from __future__ import annotations

import html
import re

LONGEST = 1_000_000  # characters of markup: some 300 printed pages
_READ = 3 * LONGEST  # of what is longer; each tag takes a microsecond, and 20 MB are millions
DEEPEST = 100  # elements in one another; the deepest of five real courses is 20
_WIDEST = 8_000  # characters of one tag
_MOST = 30_000  # tags
_PARAGRAPHS = 10_000  # paragraphs of what is read as words
_LINE = 2_000  # characters of one of them: a line of a million keeps Qt for minutes
_LONGEST_TEXT = 50_000  # characters without a tag
_DENSEST = 200_000  # references such as &amp;, each of which costs libxml2 a search
_TAG = re.compile(r"<(?=[a-zA-Z/!?])")
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9-]*)")
# Tags that end by themselves, or never hold anything: they do not nest
_FLAT = {
    *("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup"),
    *("br", "hr", "img", "col", "input", "wbr", "source", "track", "area", "link", "meta", "base"),
    *("rt", "rp", "embed", "param"),
}
_HIDDEN = {
    *("script", "style", "template", "noscript", "svg", "iframe", "object", "textarea", "select"),
    *("title", "head"),
}
_BLOCKS = {"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "br"}
_BLOCKS |= {"section", "article", "table", "ul", "ol", "dt", "dd", "hr", "figure", "figcaption"}
_SPACE = re.compile(r"\s+")


def bounded(markup: str) -> str:
    """Return `markup` where it can be read in time, else its words in paragraphs, not endless."""
    return markup if _bearable(markup) else _paragraphs(markup)


def _bearable(markup: str) -> bool:
    if len(markup) > LONGEST or markup.count("&") > _DENSEST:
        return False
    depth = count = last = 0
    opened = _TAG.search(markup)
    while opened is not None:
        count += 1
        if count > _MOST:
            return False
        at = opened.start()
        if at - last > _LONGEST_TEXT:
            return False
        last = end = _end_of_tag(markup, at)
        if end - at > _WIDEST and not markup.startswith("<!--", at):
            return False
        name = _NAME.match(markup, at + 1)
        if name is not None and name[1].lower() not in _FLAT and markup[end - 2 : end] != "/>":
            depth = max(0, depth - 1) if markup[at + 1] == "/" else depth + 1
            if depth > DEEPEST:
                return False
        opened = _TAG.search(markup, max(end, at + 1))
    return len(markup) - last <= _LONGEST_TEXT


def _paragraphs(markup: str) -> str:
    """The words of `markup`, up to `LONGEST` characters of them, a paragraph a block."""
    markup = markup[:_READ]
    said: list[str] = []
    length, at, low = 0, 0, markup.lower()
    while at < len(markup) and length < LONGEST:
        opened = _TAG.search(markup, at)
        begin = len(markup) if opened is None else opened.start()
        said.append(html.unescape(markup[at : min(begin, at + LONGEST)]))
        length += len(said[-1])
        if opened is None:
            break
        end = _end_of_tag(markup, begin)
        name = _NAME.match(low, begin + 1)
        if name is not None and name[1] in _HIDDEN and low[begin + 1] != "/":
            end = _behind(low, name[1], end)
        elif name is not None and name[1] in _BLOCKS:
            said.append("\n")
        at = max(end, begin + 1)
    lines = (_SPACE.sub(" ", line).strip() for line in _lines("".join(said)[:LONGEST]))
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)


def _lines(text: str) -> list[str]:
    """The lines of a text, each short enough to be laid out, not too many of them."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > _PARAGRAPHS:
        lines[_PARAGRAPHS:] = [" ".join(lines[_PARAGRAPHS:])]
    return [line[at : at + _LINE] for line in lines for at in range(0, len(line), _LINE)]


def _end_of_tag(markup: str, at: int) -> int:
    """Where what begins with the `<` at `at` ends: behind its `>`, or before the next `<`."""
    if markup.startswith("<!--", at):
        end = markup.find("-->", at + 4)
        return len(markup) if end < 0 else end + 3
    following = markup.find("<", at + 1)
    following = len(markup) if following < 0 else following
    end = markup.find(">", at, following)
    return following if end < 0 else end + 1


def _behind(low: str, name: str, at: int) -> int:
    """The place behind the end of an element that nobody reads; the text's end if it has none."""
    end = low.find("</" + name, at)
    if end < 0:
        return len(low)
    close = low.find(">", end)
    return len(low) if close < 0 else close + 1
