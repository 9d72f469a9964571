# SPDX-License-Identifier: Apache-2.0
"""What may stand in a course's HTML: one list of what is allowed, for publisher and reader alike.

Everything else is taken out: scripts, styles, forms, frames, and whatever would be loaded from a
network. Of MathML the part that draws stays (`player.course.formulas`). A picture's `src` is a key
of its activity's `resources`; a link leads to the web, to a mail address, or to another activity of
the course (`#activity:<id>`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import nh3

from player.course.bounds import bounded
from player.course.formulas import MATHML, MATHML_ATTRIBUTES, settled

_TEXT = "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q rp rt ruby s samp small span"
_TEXT += " strong sub sup u var"
_BLOCKS = "article blockquote dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre"
_BLOCKS += " section ul"
_TABLES = "caption col colgroup table tbody td tfoot th thead tr"

TAGS = {*_TEXT.split(), *_BLOCKS.split(), *_TABLES.split(), "img", *MATHML}
ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    **MATHML_ATTRIBUTES,
}
SCHEMES = {"http", "https", "mailto"}

DROPPED_WHOLE = {"script", "style", "template", "noscript", "svg", "iframe", "object"}
DROPPED_WHOLE |= {"textarea", "select", "title", "head", "annotation-xml"}
_LINK = re.compile(r"(?:https?://|mailto:|#activity:[a-z0-9])", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_MAIL = re.compile(r"mailto:\S", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"\d{1,4}\Z")


def leads_somewhere(href: str) -> bool:
    """Whether a link may stay: the web, a mail address, or an activity of this course."""
    return _LINK.match(href.strip()) is not None


def is_web(url: str) -> bool:
    """Whether a link leads to the web, which takes a network."""
    return _WEB.match(url.strip()) is not None


def leaves(url: str) -> bool:
    """Whether a link leads out of the course by a road that we open: the web, or mail."""
    return is_web(url) or _MAIL.match(url.strip()) is not None


def is_relative(source: str) -> bool:
    """Whether a picture's source names a file beside the text, not a place elsewhere."""
    return bool(source) and not source.startswith(("/", "\\", "#", "?")) and ":" not in source


def relative(source: str) -> str | None:
    """The source itself where it is relative, else None, which leaves the picture out."""
    return source if is_relative(source) else None


def words(markup: str) -> str:
    """Return the text of `markup` on one line, without a tag."""
    # Formulas stay one step longer: where their tags are unknown, nh3 drops what is in them
    kept = MATHML - {"annotation"} if "<math" in markup else set()
    said = nh3.clean(bounded(markup), tags=kept, clean_content_tags={"annotation"}, attributes={})
    said = _TAG.sub("", said) if kept else said
    return " ".join(html.unescape(said).split())


def clean(markup: str, picture: Callable[[str], str | None] = relative) -> str:
    """Return `markup` as a harmless fragment.

    Args:
        markup: anything.
        picture: told each picture's source, gives the source to write, or None for none.
    """

    def kept(tag: str, attribute: str, value: str) -> str | None:
        if tag == "img" and attribute == "src":
            return picture(value.strip())
        if tag == "a" and attribute == "href":
            return value.strip() if leads_somewhere(value) else None
        if attribute in ("width", "height", "colspan", "rowspan", "start"):
            return value if _NUMBER.match(value) else None
        return value

    return nh3.clean(
        settled(bounded(markup)),
        tags=TAGS,
        clean_content_tags=DROPPED_WHOLE,
        attributes=ATTRIBUTES,
        attribute_filter=kept,
        url_schemes=SCHEMES,
        link_rel=None,
    )
