# SPDX-License-Identifier: Apache-2.0
r"""Formulas in a course's text: where each begins and ends, however it is written.

In a package they stand as LaTeX between `\(` and `\)` (in a line) or `\[` and `\]` (on a line of
its own), as MathJax reads them, or as MathML; `$$ … $$` is read, too. `settled` brings to these
what Open edX writes, `[mathjaxinline]` and `[mathjax]`, and MathJax's `<script type="math/tex">`. A
single `$` is a price. Everything here takes time in proportion to its text.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

LONGEST = 4000  # characters: what is longer is no formula that anybody reads
OPEN = {"\\(": "\\)", "\\[": "\\]", "$$": "$$"}
_MARK = re.compile(r"\\\\|\\[()\[\]]|\$\$")
_EDX = re.compile(r"\[(/?)mathjax(inline)?\]")
_SCRIPT = re.compile(r"<script\b([^<>]{0,200})>", re.IGNORECASE)
_TEX = re.compile(r"type\s*=\s*[\"']?math/tex(\s*;\s*mode\s*=\s*display)?", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)

MATHML = {
    *("math", "semantics", "annotation", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace"),
    *("mfrac", "msqrt", "mroot", "mstyle", "mpadded", "mphantom", "menclose", "mfenced"),
    *("msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts"),
    *("none", "mtable", "mtr", "mlabeledtr", "mtd"),
}
MATHML_ATTRIBUTES = {
    "math": {"display", "alttext"},
    "annotation": {"encoding"},
    "mi": {"mathvariant"},
    "mn": {"mathvariant"},
    "mtext": {"mathvariant"},
    "mo": {"mathvariant", "stretchy", "fence", "separator", "form", "largeop", "movablelimits"},
    "mspace": {"width"},
    "mfrac": {"linethickness", "bevelled"},
    "mstyle": {"displaystyle", "mathvariant"},
    "menclose": {"notation"},
    "mfenced": {"open", "close", "separators"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "munderover": {"accent", "accentunder"},
    "mtable": {"columnalign", "rowalign"},
    "mtd": {"columnalign", "rowalign"},
}
"""The part of MathML that is let through: what draws, nothing that links, loads or colours."""


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula: LaTeX, or MathML where `mathml` says so. `words` is how it is said in text."""

    source: str
    display: bool = False
    mathml: bool = False
    spoken: str = ""

    @property
    def words(self) -> str:
        """Its LaTeX where it has some: what is copied, read aloud, and shown in its place."""
        return self.spoken or self.source


def split(text: str) -> list[str | Formula]:
    """Cut a text into what is plain and what is a formula, in order; nothing is lost.

    A mark without its other half is plain; so is a mark behind a backslash (`\\\\(`).
    """
    found: list[str | Formula] = []
    begun, done = None, 0
    for mark in _MARK.finditer(text):
        said = mark[0]
        if begun is not None and said == OPEN[begun[0]] and mark.start() >= begun.end():
            source = text[begun.end() : mark.start()].strip()
            if source and len(source) <= LONGEST:
                if done < begun.start():
                    found.append(text[done : begun.start()])
                found.append(Formula(source, display=begun[0] != "\\("))
                done = mark.end()
            begun = None
        elif begun is None and said in OPEN:
            begun = mark
    if done < len(text):
        found.append(text[done:])
    return found


def written(source: str, *, display: bool) -> str:
    """A formula's LaTeX as it stands in HTML."""
    inside = html.escape(source.strip(), quote=False)
    return f"\\[{inside}\\]" if display else f"\\({inside}\\)"


def settled(markup: str) -> str:
    r"""Return HTML whose LaTeX stands between `\(`…`\)` and `\[`…`\]`, as text without a tag."""
    if "mathjax" in markup:
        markup = _EDX.sub(_edx, markup)
    if "math/tex" in markup:
        markup = _without_scripts(markup)
    return _joined(markup) if "<br" in markup.lower() else markup


def _edx(mark: re.Match[str]) -> str:
    left, right = ("\\(", "\\)") if mark[2] else ("\\[", "\\]")
    return right if mark[1] else left


def _without_scripts(markup: str) -> str:
    """MathJax's `<script type="math/tex">` said in text; other scripts stay what they are."""
    parts, at, low = [], 0, markup.lower()
    for opened in _SCRIPT.finditer(markup):
        kind = _TEX.search(opened[1])
        if kind is None or opened.start() < at:
            continue
        end = low.find("</script", opened.end())
        if end < 0:
            break
        parts.append(markup[at : opened.start()])
        parts.append(written(markup[opened.end() : end], display=kind[1] is not None))
        close = low.find(">", end)
        at = len(markup) if close < 0 else close + 1
    return "".join([*parts, markup[at:]])


def _joined(markup: str) -> str:
    """Line breaks that an editor put inside a formula become spaces."""
    parts: list[str] = []
    begun, at = None, 0
    for mark in _MARK.finditer(markup):
        if begun is not None and mark[0] == OPEN[begun[0]]:
            if mark.start() - begun.end() <= LONGEST:
                parts.append(markup[at : begun.end()])
                parts.append(_BREAK.sub(" ", markup[begun.end() : mark.start()]))
                at = mark.start()
            begun = None
        elif begun is None and mark[0] in OPEN:
            begun = mark
    return "".join([*parts, markup[at:]])
