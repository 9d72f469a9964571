# SPDX-License-Identifier: Apache-2.0
"""Puts the block tree together again: an export scatters it over hundreds of small files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from player.errors import BadExport
from player.publish.olx.model import Block, LeftOut
from player.publish.olx.xml import decode, parse, plain, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from lxml.etree import _Element as Element

_CONTAINERS = frozenset(
    {
        "course",
        "chapter",
        "sequential",
        "videosequence",
        "vertical",
        "split_test",
        "library_content",
        "itembank",
        "conditional",
        "randomize",
        "wrapper",
        "problemset",
    }
)
_DEEPEST = 24
"""No course nests its blocks so deep; a chain of pointers without an end does."""


def rebased(files: Mapping[str, Path], archive: Path) -> dict[str, Path]:
    """The files of the course by their names below the folder that holds `course.xml`.

    Drafts are dropped: what a teacher has not published, an import does not publish either.

    Raises:
        BadExport: there is no `course.xml`; a library is named as such.
    """
    for wanted in ("course.xml", "library.xml"):
        found = [name for name in files if name == wanted or name.endswith("/" + wanted)]
        if not found:
            continue
        root = min(found, key=lambda name: (name.count("/"), name))[: -len(wanted)]
        if wanted == "library.xml":
            reason = "it is a content library. Import the course that uses it: it carries a copy"
            raise BadExport(place=archive, reason=reason)
        below = {name[len(root) :]: path for name, path in files.items() if name.startswith(root)}
        return {name: path for name, path in below.items() if not name.startswith("drafts/")}
    raise BadExport(place=archive, reason="there is no course.xml in it")


class Reader:
    """Reads blocks, once each, and notes what it cannot find.

    `known` holds every url_name of the course, `left_out` what was missing or unreadable.
    """

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files
        self._seen: set[tuple[str, str]] = set()
        self._policy: Mapping[str, object] = {}
        self.known: set[str] = set()
        self.left_out: list[LeftOut] = []

    def course(self, archive: Path) -> Block:
        """The whole tree.

        Raises:
            BadExport: `course.xml` is no course or cannot be read.
        """
        pointer = parse(self._files["course.xml"].read_bytes())
        if pointer is None or pointer.tag != "course":
            raise BadExport(place=archive, reason="its course.xml cannot be read")
        self._policy = self._policies(pointer.get("url_name", ""))
        course = self._read(pointer, ())
        if course is None or not course.children:
            raise BadExport(place=archive, reason="it has no chapters")
        return course

    def _policies(self, run: str) -> Mapping[str, object]:
        for name in (f"policies/{run}/policy.json", f"policies/{run}.json"):
            if name in self._files:
                text = self._files[name].read_text("utf-8", errors="replace")
                policy = decode(text)
                if isinstance(policy, dict):
                    return policy
        return {}

    def _read(self, element: Element, above: tuple[str, ...]) -> Block | None:
        kind, name = str(element.tag), element.get("url_name", "")
        here = self._here(element, above)
        if here is None:
            return None
        if name:
            self.known.add(name)
        settings = self._settings(kind, name, element, here)
        title = settings.get("display_name", "")
        if settings.get("visible_to_staff_only", "").lower() == "true":
            self._leave(element, title, above, "Only the staff of the course could see it.")
            return None
        children: tuple[Block, ...] = ()
        if kind in _CONTAINERS and len(above) < _DEEPEST:
            path = (*above, title) if kind != "course" else ()
            read = (self._read(child, path) for child in here if _is_block(child))
            children = tuple(block for block in read if block is not None)
        return Block(kind, name, title, settings, here, children)

    def _here(self, element: Element, above: tuple[str, ...]) -> Element | None:
        """The element that really holds the block, after following a pointer; None: not there."""
        kind, name = str(element.tag), element.get("url_name", "")
        if name:
            if (kind, name) in self._seen:
                self._leave(element, "", above, "It stands twice in the course; once is kept.")
                return None
            self._seen.add((kind, name))
        if not name or len(element) or text_of(element):
            return element
        file = self._files.get(f"{kind}/{name.replace(':', '/')}.xml")
        if file is not None:
            found = parse(file.read_bytes())
            if found is None or found.tag != kind:
                self._leave(element, "", above, "Its file cannot be read as XML.")
                return None
            return found
        bare = set(element.attrib) <= {"url_name", "org", "course", "slug"}
        if bare and f"{kind}/{name}.html" not in self._files:
            self._leave(element, "", above, "Its file is not in the export.")
            return None
        return element

    def _settings(self, kind: str, name: str, pointer: Element, here: Element) -> Mapping[str, str]:
        """Attributes of the pointer, of the file, and of the policy; the last one wins."""
        policy = self._policy.get(f"{kind}/{name}")
        merged: dict[str, object] = {**_attributes(pointer), **_attributes(here)}
        if isinstance(policy, dict):
            simple = (str, int, float, bool)
            merged.update({k: v for k, v in policy.items() if isinstance(v, simple)})
        return {key: plain(value) for key, value in merged.items()}

    def _leave(self, element: Element, title: str, above: tuple[str, ...], reason: str) -> None:
        title = title or plain(element.get("display_name"))
        where = " / ".join(part for part in above if part)
        name = element.get("url_name", "")
        self.left_out.append(LeftOut(str(element.tag), name, title, where, reason))


def _attributes(element: Element) -> dict[str, str]:
    return {str(key): str(value) for key, value in element.attrib.items()}


def _is_block(element: Element) -> bool:
    """Not the notes that containers carry beside their children."""
    tag = element.tag
    return isinstance(tag, str) and not re.fullmatch(r"wiki|show|textbook|description", tag)
