# SPDX-License-Identifier: Apache-2.0
"""Reads the XML of an export as what it is: text from a stranger."""

from __future__ import annotations

import json
import re
from html.entities import html5
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_OF_XML = {"amp", "lt", "gt", "quot", "apos"}


def parse(content: bytes) -> Element | None:
    """The root element, or None where the text is not well-formed or has a DOCTYPE.

    Nothing is fetched, no entity is expanded (Studio writes no DOCTYPE, bombs need one), comments
    are dropped. `&nbsp;` and its like, which hand-written courses use and XML does not know, are
    read as HTML reads them.
    """
    root = _parse(content)
    if root is None:
        root = _parse(re.sub(rb"&(\w+);", _entity, content))
    return root


def _parse(content: bytes) -> Element | None:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if root.getroottree().docinfo.internalDTD is None else None


def _entity(match: re.Match[bytes]) -> bytes:
    name = match[1].decode("ascii", "replace")
    if name in _OF_XML:
        return match[0]
    return html5.get(name + ";", match[0].decode("ascii", "replace")).encode()


def plain(value: object) -> str:
    """An attribute as text: Studio writes some as JSON (`"&quot;2016-…&quot;"`, `null`)."""
    if value is None:
        return ""
    text = str(value).strip()
    if text == "null":
        return ""
    if len(text) > 1 and text[0] == text[-1] == '"':
        decoded = decode(text)
        return decoded.strip() if isinstance(decoded, str) else text
    return text


def decode(text: str | None) -> object:
    """A JSON attribute as data, None where it is absent or no JSON."""
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None


def inner(element: Element) -> str:
    """What stands between the tags of an element, as markup."""
    parts = [_escape(element.text or "")]
    parts += [str(etree.tostring(child, encoding="unicode", method="html")) for child in element]
    return "".join(parts)


def text_of(element: Element) -> str:
    """The words of an element on one line."""
    return " ".join("".join(str(text) for text in element.itertext()).split())


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
