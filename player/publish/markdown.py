# SPDX-License-Identifier: Apache-2.0
r"""Markdown -> HTML: CommonMark, tables, and formulas in LaTeX.

A formula is written `\( … \)` or `` $`…`$ `` in a line; `\[ … \]`, `$$ … $$` or a fence of
` ```math ` on lines of its own. Nothing in it is Markdown. A single `$` is a price, unless the text
says `<!-- formulas: $ -->`: then `$…$` is read as Pandoc does, where no space stands inside of the
two and no digit behind the last (https://pandoc.org/MANUAL.html#math).
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from player.course.formulas import LONGEST, OPEN, written

_PAIRS = {**OPEN, "$`": "`$"}
_DOLLARS = re.compile(r"<!--\s*formulas:\s*\$\s*-->")
_FORMULA = "formula"
_MOST_LINES = 60  # of one formula


def from_markdown(text: str) -> str:
    """Return Markdown as HTML, not yet cleaned; formulas stand between TeX's marks."""
    return str(_MARKDOWN.render(text, {"dollars": _DOLLARS.search(text) is not None}))


def _inline(state: StateInline, silent: bool) -> bool:
    """A formula at this place of a line."""
    begin = state.src[state.pos : state.pos + 2]
    end = _PAIRS.get(begin)
    start = state.pos + 2
    if end is None:
        if not (state.env.get("dollars") and begin[:1] == "$"):
            return False
        start, begin, end = state.pos + 1, "$", "$"
    stop = _closing(state.src, start, state.posMax, end)
    source = state.src[start:stop] if stop >= 0 else ""
    if not source.strip() or (begin == "$" and not _is_pandocs(state.src, start, stop)):
        return False
    if not silent:
        token = state.push(_FORMULA, "", 0)
        token.content, token.meta = source, {"display": begin in ("\\[", "$$")}
    state.pos = stop + len(end)
    return True


def _closing(text: str, start: int, limit: int, end: str) -> int:
    """Where a formula that begins at `start` ends, -1 where it does not."""
    at = text.find(end, start, min(limit, start + LONGEST + len(end)))
    while at > start and end[0] == "\\" and _backslashes(text, at) % 2:
        at = text.find(end, at + 1, min(limit, start + LONGEST + len(end)))  # of `\\\)` or so
    return at


def _backslashes(text: str, at: int) -> int:
    count = 0
    while at > count and text[at - count - 1] == "\\":
        count += 1
    return count


def _is_pandocs(text: str, start: int, stop: int) -> bool:
    inside, behind = text[start:stop], text[stop + 1 : stop + 2]
    return not (inside[0].isspace() or inside[-1].isspace() or behind.isdigit() or "\n\n" in inside)


def _block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    r"""A formula on lines of its own: from a line that begins with `\[` or `$$` to its end."""
    if state.is_code_block(start_line):
        return False
    first = state.bMarks[start_line] + state.tShift[start_line]
    end = OPEN.get(state.src[first : first + 2], "")
    if end not in ("\\]", "$$"):
        return False
    for line in range(start_line, min(end_line, start_line + _MOST_LINES)):
        begin = first + 2 if line == start_line else state.bMarks[line]
        said = state.src[begin : state.eMarks[line]].rstrip()
        if (line > start_line and not said) or begin - first > LONGEST:
            return False  # a formula has no empty line: this is something else
        if said.endswith(end) and begin + len(said) - len(end) >= first + 2:
            if not silent:
                token = state.push(_FORMULA, "", 0)
                token.content = state.src[first + 2 : begin + len(said) - len(end)]
                token.meta, token.block = {"display": True}, True
                token.map = [start_line, line + 1]
                state.line = line + 1
            return True
    return False


def _render(
    _self: RendererHTML, tokens: Sequence[Token], index: int, _options: Any, _env: Any
) -> str:
    token = tokens[index]
    made = written(token.content, display=token.meta["display"])
    return f"<p>{made}</p>\n" if token.block else made


def _fence(
    self: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: Any,
    env: MutableMapping[str, Any],
) -> str:
    token = tokens[index]
    if token.info.strip() == "math" and token.content.strip():
        return f"<p>{written(token.content, display=True)}</p>\n"
    return RendererHTML.fence(self, tokens, index, options, env)


def _parser() -> MarkdownIt:
    made = MarkdownIt("commonmark").enable("table")
    made.inline.ruler.before("escape", _FORMULA, _inline)
    made.block.ruler.before(
        "fence", _FORMULA, _block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    made.add_render_rule(_FORMULA, _render)
    made.add_render_rule("fence", _fence)
    return made


_MARKDOWN = _parser()
