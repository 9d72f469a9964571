# SPDX-License-Identifier: Apache-2.0
"""An SVG picture of a course, without anything that runs, loads or looks elsewhere.

Qt's SVG reads the file that an `<image>` names; a course is untrusted. What is kept is a closed
list of shapes and their attributes; an `href` leads into the picture itself, or holds a bitmap.
"""

from __future__ import annotations

import re

import lxml.etree

_SHAPES = {
    *("svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline"),
    *(
        "polygon",
        "text",
        "tspan",
        "use",
        "image",
        "symbol",
        "marker",
        "clipPath",
        "mask",
        "pattern",
    ),
    *("linearGradient", "radialGradient", "stop", "switch", "style"),
}
_LARGEST = 2_000_000  # bytes
_MOST = 50_000  # elements
_BITMAP = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,")
_ELSEWHERE = re.compile(r"url\s*\(\s*[\"']?\s*(?!#)|@import|expression", re.IGNORECASE)


def made_safe(data: bytes) -> bytes:
    """Return a picture as it is where it is none of SVG, else an SVG that looks nowhere else.

    Empty where it cannot be read as one.
    """
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"<") and b"<svg" not in head:
        return b"" if data[:2] == b"\x1f\x8b" else data  # svgz unpacks to any size
    if len(data) > _LARGEST:
        return b""
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = lxml.etree.fromstring(data, parser)
    except (lxml.etree.XMLSyntaxError, ValueError):
        return b""
    if sum(1 for _ in root.iter()) > _MOST or _name(root) != "svg":
        return b""
    for element in list(root.iter()):
        if _name(element) in _SHAPES and not _ELSEWHERE.search(element.text or ""):
            _strip(element)
            if _name(element) == "image" and not any(_is_link(str(k)) for k in element.attrib):
                element.tag = "g"
        elif (parent := element.getparent()) is not None:
            parent.remove(element)
    return lxml.etree.tostring(root)


def _name(element: lxml.etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _is_link(key: str) -> bool:
    return key.rpartition("}")[2].lower() in ("href", "src")


def _strip(element: lxml.etree._Element) -> None:
    for key, value in list(element.attrib.items()):
        name = str(key).rpartition("}")[2].lower()
        link = _is_link(str(key))
        inside = str(value).startswith("#") or _BITMAP.match(str(value))
        if (
            name.startswith("on")
            or (link and not inside)
            or (not link and _ELSEWHERE.search(str(value)))
        ):
            del element.attrib[key]
