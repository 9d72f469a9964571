# SPDX-License-Identifier: Apache-2.0
"""Which HTML is read, which is let out, and how it is written down.

Everything goes twice through nh3: first to get a tree that is well-formed whatever the author
typed, then, after our own changes, to let out nothing but what a page may hold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import nh3

from player.course.formulas import MATHML, MATHML_ATTRIBUTES, settled

if TYPE_CHECKING:
    from collections.abc import Callable


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCKS = _names(
    "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr th td blockquote pre "
    "figure figcaption details summary div hr"
)
BOXES = _names("div section header footer article main aside nav center form fieldset")
CONTROLS = _names("button input select textarea option")
FRAMES = _names("iframe object embed video audio")
EMPTY_WHEN_BARE = _names(
    "p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre figure figcaption div span a em strong b "
    "i u small code table thead tbody tr details summary"
)
_TAGS = (
    BLOCKS
    | _names(
        "code kbd samp var em strong b i u s del ins sub sup small mark abbr cite q br img a span"
    )
    | MATHML
)
_READ = _TAGS | BOXES | CONTROLS | FRAMES | {"source"}
_DROPPED = {"script", "style", "template", "title", "noscript", "annotation-xml"}
_SCHEMES = {"http", "https", "mailto"}
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
    "*": {"lang", "dir"},
    **MATHML_ATTRIBUTES,
}
_READ_ATTRIBUTES = {
    **_ATTRIBUTES,
    "*": {"lang", "dir", "class", "aria-hidden"},
    "object": {"data", "title"},
    **{tag: {"src", "title"} for tag in ("iframe", "embed", "video", "audio", "source")},
}
_LINK = re.compile(r'<a href="#activity:([^"]*)">(.*?)</a>', re.DOTALL)
_NAMES = "|".join(sorted(BLOCKS))
_EDGE = re.compile(r"(<(?:p|li|td|th|dt|dd|h\d)(?: [^>]*)?>) +| +(</(?:p|li|td|th|dt|dd|h\d)>)")
_LINE = re.compile(rf" ?(<(?:{_NAMES})\b|</(?:ul|ol|dl|table|thead|tbody|tr|figure|details)>)")
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)


def formed(markup: str) -> str:
    """Well-formed HTML out of anything, without scripts; formulas stand between TeX's own marks."""
    return nh3.clean(
        settled(markup),
        tags=set(_READ),
        clean_content_tags=_DROPPED,
        attributes={tag: set(names) for tag, names in _READ_ATTRIBUTES.items()},
        url_schemes=_SCHEMES | {"data", "asset-v1"},
        link_rel=None,
    )


def safe(html: str) -> str:
    """HTML with nothing in it but what a page may hold."""
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes=_SCHEMES,
        link_rel=None,
    )


def settle(html: str, targets: Callable[[str], str | None]) -> str:
    """Links to blocks become links to activities, or plain text where there is none."""

    def link(match: re.Match[str]) -> str:
        activity = targets(match[1])
        return f'<a href="#activity:{activity}">{match[2]}</a>' if activity else match[2]

    return _LINK.sub(link, html)


def squeezed(html: str) -> str:
    """HTML on one line, but for what stands in `<pre>`; no spaces at the edges of a block."""
    return "".join(
        part if part.startswith("<pre") else _EDGE.sub(r"\1\2", re.sub(r"\s+", " ", part))
        for part in _PRE.split(html)
    ).strip()


def in_lines(html: str) -> str:
    """One block a line, so that a teacher can read and change the file."""
    parts = [
        "\n" + part if part.startswith("<pre") else _LINE.sub(r"\n\1", part)
        for part in _PRE.split(html)
    ]
    return "".join(parts).strip() + "\n"
