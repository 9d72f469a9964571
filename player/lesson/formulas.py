# SPDX-License-Identifier: Apache-2.0
"""A formula of a course -> a drawing, made on this PC: LaTeX or MathML in, SVG out.

The one user of ziamath. A course is untrusted: the time that ziamath takes doubles with each level
of nesting, so what a formula would cost is counted before it is drawn, and one that costs too much
is not. Nobody is told: its source is shown instead, as for one that cannot be read.
"""

from __future__ import annotations

import logging
import re
import warnings
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from player.course.formulas import LONGEST, Formula

log = logging.getLogger(__name__)

EM = 16.0  # units of a drawing's font size
X_HEIGHT = 0.473  # of STIX Two Math, in em
_DEEPEST = 40  # braces in braces; what is deeper is not even parsed
_DEAREST = 6000  # units of `_cost`, some 80 µs each; a formula that fills a line has some 200
_HIDDEN = 2  # how much dearer than others what takes its room unseen is
_KEPT = 1000  # drawings, of some 5 kB each
_NESTS = {"mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover"}
_NESTS |= {"mtable", "mfenced", "menclose", "mstyle", "mpadded", "mphantom", "mmultiscripts"}
_FENCES = set("()[]{}|‖⟨⟩⌈⌉⌊⌋")
_MACROS = re.compile(r"\\(?:[gex]?def|let|(?:re|provide)?newcommand|newenvironment|loop|csname)\b")
_TAG = re.compile(r"\\tag\*?\{([^{}]*)\}")
_UNSEEN = re.compile(r"\\(?:label\{[^{}]*\}|nonumber|notag|displaystyle(?=\s*\Z))")
# Written from the right: letters that ziamath would put in the wrong order
_FROM_THE_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula at a font size of `EM` units; `ascent` and `descent` from its baseline.

    `svg` is drawn in the colour that stands in it as `black`.
    """

    svg: str
    width: float
    ascent: float
    descent: float


@lru_cache(maxsize=_KEPT)
def draw(formula: Formula) -> Drawing | None:
    """Return the drawing of a formula, None where it cannot be read or would take too long."""
    try:
        return _drawn(_mathml(formula))
    except Exception as error:  # ziamath raises whatever it stumbles over
        log.info("a formula cannot be drawn (%s): %.200s", type(error).__name__, formula.source)
        return None


def _drawn(root: ET.Element) -> Drawing:
    _unwrap(root)
    if _cost(root) > _DEAREST:
        raise ValueError("too deep or too long")
    math = _ziamath().Math(root, size=EM, margin=1.0)
    svg = math.svg()
    width, height = math.getsize()
    below = max(0.0, -math.getyofst())
    if not (0 < width < 120 * EM and 0 < height < 100 * EM):
        raise ValueError("no size that can be shown")
    return Drawing(svg, width + 2, height - below + 1, below + 1)


def _mathml(formula: Formula) -> ET.Element:
    source = formula.source
    if len(source) > LONGEST * (10 if formula.mathml else 1) or _FROM_THE_RIGHT.search(source):
        raise ValueError("too long, or not written from the left")
    if formula.mathml:
        if "<!" in source:
            raise ValueError("no MathML defines anything")
        root = ET.fromstring(source)  # noqa: S314 - written by lxml from a cleaned tree: no DTD
        _without_annotations(root)
        root.set("display", "block" if formula.display else "inline")
        return root
    if _MACROS.search(source) or _depth(source) > _DEEPEST:
        raise ValueError("macros, or too deep")
    source = _TAG.sub(lambda found: f"\\qquad \\text{{({found[1]})}}", _UNSEEN.sub("", source))
    _ziamath()
    from ziamath.tex import tex2mml  # noqa: PLC0415 - see `_ziamath`

    return ET.fromstring(tex2mml(source, inline=not formula.display))  # noqa: S314 - its own


def _depth(source: str) -> int:
    """How many braces, pairs of brackets and environments stand in one another."""
    deepest = depth = 0
    for mark in re.finditer(r"[{}]|\\(?:left|right|begin|end)\b", source):
        depth += 1 if mark[0] in ("{", "\\left", "\\begin") else -1
        deepest = max(deepest, depth)
    return deepest


def _cost(root: ET.Element) -> int:
    """What drawing takes: each level of nesting counts twice the one around it (measured)."""
    whole, waiting = 0, [(root, 1, "mtd")]
    while waiting and whole <= _DEAREST:
        element, weight, above = waiting.pop()
        whole += weight * max(1, len(element.text or "") // 8)
        name = _name(element)
        weight *= _HIDDEN if name == "mphantom" else 1
        weight *= 2 if _nests(element) or (len(element) and not _has_place(name, above)) else 1
        waiting.extend((child, weight, name) for child in element)
    return whole


def _has_place(name: str, above: str) -> bool:
    """Whether an element is laid out once where it stands; a row in a row is so twice."""
    if name in _NESTS or above in _NESTS:
        return True
    return (name, above) in {("mtd", "mtr"), ("mrow", "mtd"), ("math", "mtd")}


def _nests(element: ET.Element) -> bool:
    """Whether it lays out what is in it a second time: brackets that grow with it, do, too."""
    name = _name(element)
    return name in _NESTS or (
        name == "mrow"
        and any(one.get("fence") == "true" or (one.text or "") in _FENCES for one in element)
    )


def _unwrap(root: ET.Element) -> None:
    """Take out rows that hold nothing but a row: `{{{x}}}`, and what programs write as MathML.

    A row around one sign stays: `{,}` is a comma without a space behind it.
    """
    for parent in reversed(list(root.iter())):
        for place, child in enumerate(list(parent)):
            if _name(child) == "semantics":
                child.tag = "mrow"
            if _name(child) == "mrow" and len(child) == 1 and _name(child[0]) == "mrow":
                parent[place] = child[0]


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _without_annotations(root: ET.Element) -> None:
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.rpartition("}")[2].startswith("annotation"):
                parent.remove(child)


@lru_cache(maxsize=1)
def _ziamath() -> Any:
    """The library, loaded with the first formula: it reads a font, which takes a moment."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # its own, of importlib.resources
        import ziamath  # noqa: PLC0415 - see above
        from ziamath.config import config  # noqa: PLC0415

    config.svg2 = False  # Qt draws SVG 1.2 Tiny, which has no <symbol>
    config.precision = 2
    return ziamath
