# SPDX-License-Identifier: Apache-2.0
"""HTML from Studio -> HTML that needs no platform, no network and no script.

Between two passes of nh3 (see `markup`), what needs the platform is taken out, pictures and
documents are fetched from the export, and links are made to lead somewhere on this PC.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import lxml.html

from player.publish.olx.desk import PICTURES, asset_name
from player.publish.olx.dom import drop_icons, swap, tidy, without
from player.publish.olx.markup import CONTROLS, FRAMES, formed, safe, squeezed
from player.publish.olx.words import say
from player.publish.olx.xml import text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from player.publish.olx.desk import Desk, Spot
    from player.publish.olx.model import Activity

_PIXEL = 200  # bytes; an inlined picture below that is a spacer
_WORDS_OF_A_WIDGET = 100  # characters left beside its buttons
_JUMPS = (
    re.compile(r"jump_to_id/([^/?#]+)"),
    re.compile(r"jump_to/[^?#]*?[@/]([^@/?#]+)/?(?:[?#]|$)"),
    re.compile(r"(?:^|/)courseware/([^?#]+)"),
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """HTML for a page, empty where nothing is left to show, and the PDFs it links to."""

    html: str
    documents: tuple[Activity, ...] = ()


def clean(markup: str, desk: Desk, spot: Spot) -> Cleaned:
    """Make a piece of Studio's HTML fit for a page or a question.

    Pictures and PDFs it uses are copied into the course; what cannot come is noted at the desk.
    Links to other blocks become `#activity:<url_name>`, which `settle` turns into activity ids.
    """
    root = lxml.html.fragment_fromstring(formed(markup), create_parent="div")
    controls = without(root, CONTROLS)
    if controls and len(text_of(root)) < _WORDS_OF_A_WIDGET and root.find(".//img") is None:
        desk.leave(spot, "It is only buttons or a form, which need the platform.")
        return Cleaned("")
    drop_icons(root)
    for frame in list(root.iter(*FRAMES)):
        _online_only(frame, desk, spot)
    for image in list(root.iter("img")):
        _picture(image, desk, spot)
    documents = [_link(anchor, desk, spot) for anchor in list(root.iter("a"))]
    tidy(root)
    return Cleaned(
        squeezed(safe(_markup(root))), tuple(made for made in documents if made is not None)
    )


def _online_only(frame: Element, desk: Desk, spot: Spot) -> None:
    """A frame or film from elsewhere becomes a line that says where it is."""
    inside = frame.find(".//source")
    address = frame.get("src") or frame.get("data") or ""
    if not address and inside is not None:
        address = inside.get("src") or ""
    title = frame.get("title") or say("this", desk.language)
    if address.startswith("//"):
        address = "https:" + address
    if (desk.find(address) or "").lower().endswith(".pdf"):
        swap(frame, _line("", address, frame.get("title") or ""))
        return
    if not re.match(r"https?://", address):
        desk.leave(spot, f"An embedded page ({address or 'no address'}) cannot be shown.", "frame")
        swap(frame, None)
        return
    desk.leave(spot, f"An embedded page is a link now: it needs a connection ({address}).", "frame")
    swap(frame, _line(say("online", desk.language), address, title, f" ({address})"))


def _line(before: str, address: str, words: str, after: str = "") -> Element:
    line: Element = lxml.html.Element("p")
    line.text = before + " "
    link = lxml.html.Element("a", href=address)
    link.text = words or address.rpartition("/")[2]
    link.tail = after
    line.append(link)
    return line


def _picture(image: Element, desk: Desk, spot: Spot) -> None:
    source = (image.get("src") or "").strip()
    words = " ".join((image.get("alt") or "").split())
    if source.startswith("data:"):
        inlined = _inlined(source, desk)
        if inlined is None:
            swap(image, None, words)
        else:
            image.set("src", inlined)
            image.set("alt", words)
        return
    found = desk.find(source)
    if found is not None and "." + found.rpartition(".")[2].lower() in PICTURES:
        image.set("src", desk.picture(found))
        image.set("alt", words)
    elif re.match(r"(https?:)?//", source):
        desk.leave(spot, f"A picture lies on another server ({source}).", "picture")
        link = lxml.html.Element("a", href=source)
        link.text = words or source
        swap(image, link)
    else:
        if found is not None:
            desk.leave(
                spot, f"A picture is of a kind not every player shows ({source}).", "picture"
            )
        elif source:
            desk.leave(spot, f"A picture is not in the export ({source}).", "picture")
        swap(image, None, words)


def _inlined(source: str, desk: Desk) -> str | None:
    """A picture written into the page, as a file. None: a spacer, or nothing that we show."""
    head, _, body = source.partition(",")
    kind = re.fullmatch(r"data:image/(png|jpeg|gif|webp);base64", head.replace(" ", ""))
    try:
        content = base64.b64decode("".join(body.split()), validate=True) if kind else b""
    except binascii.Error:
        return None
    if kind is None or len(content) < _PIXEL:
        return None
    path = f"images/inline-{hashlib.sha256(content).hexdigest()[:16]}.{kind[1]}"
    desk.write(path, content)
    return "../" + path


def _link(anchor: Element, desk: Desk, spot: Spot) -> Activity | None:
    """Make one link lead somewhere on this PC, or into the web, or be text."""
    href = (anchor.get("href") or "").strip()
    found = desk.find(href)
    if found is not None and found.lower().endswith(".pdf"):
        target, document = desk.document(found, text_of(anchor))
        anchor.set("href", f"#activity:{target}")
        return document
    if found is not None and "." + found.rpartition(".")[2].lower() in PICTURES:
        if anchor.find(".//img") is None:
            image = lxml.html.Element("img", src=desk.picture(found), alt=text_of(anchor))
            image.tail, anchor.tail = anchor.tail, None
            anchor.addnext(image)
    elif asset_name(href) is not None and not re.match(r"https?:", href):
        desk.leave(spot, f"A linked file is not carried ({asset_name(href)}).", "file")
    elif (block := _block_of(href, desk)) is not None:
        anchor.set("href", f"#activity:{block}")
        return None
    elif re.match(r"https?://|mailto:", href):
        anchor.set("href", href)
        return None
    anchor.attrib.clear()
    return None


def _block_of(href: str, desk: Desk) -> str | None:
    """The url_name of the block a platform address leads to, if this course has it."""
    for pattern in _JUMPS:
        if match := pattern.search(href):
            for name in reversed(match[1].split("/")):
                if name in desk.known:
                    return name
    return None


def _markup(root: Element) -> str:
    whole = str(lxml.html.tostring(root, encoding="unicode"))
    return whole.removeprefix("<div>").removesuffix("</div>")
