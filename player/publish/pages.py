# SPDX-License-Identifier: Apache-2.0
"""Texts of a course: Markdown or HTML in, a clean fragment and the pictures it names out."""

from __future__ import annotations

import html
import posixpath
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

import msgspec

from player.course.fragment import clean, is_relative, leads_somewhere
from player.publish.faults import Place
from player.publish.folder import Content, Folder

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>\s*\Z", re.DOTALL)


def inline(text: str) -> str:
    """Return HTML without the paragraph around it, where it is a single one."""
    match = _ONE_PARAGRAPH.match(text)
    return match[1] if match else text


def is_markdown(name: str) -> bool:
    """Whether the name is that of a Markdown file."""
    return name.lower().endswith((".md", ".markdown"))


def slug(title: str, fallback: str) -> str:
    """Return the title as an id: letters without accents, digits, hyphens, at most 60."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or fallback


@dataclass(slots=True)
class Texts:
    """The texts of one activity, all from one file, and what they name.

    `resources` are pictures by the names that the cleaned texts use; `references` are the
    activities that links lead to, with their places. In `graded` questions no name tells anything.
    """

    folder: Folder
    file: str
    source: str
    graded: bool = False
    resources: dict[str, Content] = field(default_factory=dict)
    references: list[tuple[str, Place]] = field(default_factory=list)
    _seen: Counter[str] = field(default_factory=Counter)

    def take(self, markup: str) -> str:
        """Return `markup` cleaned, its pictures renamed to keys of `resources`."""
        reader = _read(markup)
        for href in reader.links:
            self._check_link(href)
        names: dict[str, str | None] = {}
        for source, described in reader.pictures:
            place = self._place(source)
            if not described:
                what = f"The picture “{source}” has no words for those who cannot see it."
                self.folder.findings.warn(place, what, "Write ![what it shows](…), or alt=“…”.")
            if source not in names:
                names[source] = self._carried(source, place)
        return clean(markup, names.get).strip()

    def forget_but_for(self, shown: object) -> None:
        """Keep the pictures alone that texts in `shown`, a struct or several, still use."""
        said = msgspec.json.encode(shown).decode()
        self.resources = {name: one for name, one in self.resources.items() if name in said}

    def _carried(self, source: str, place: Place) -> str | None:
        if not is_relative(source):
            what = f"The picture “{source}” is not beside the text."
            do = "Copy it into the course's folder; a learner may have no network."
            self.folder.findings.fault(place, what, do)
            return None
        name = unquote(source)
        picture = self.folder.picture(name, place, beside=self.file)
        if picture is None:
            return None
        stem, extension = posixpath.splitext(posixpath.basename(name))
        if self.graded:
            stem = picture.sha256[:12]  # its own name might tell
        key = first = slug(stem, "picture") + extension.lower()
        number = 2
        while self.resources.get(key, picture).sha256 != picture.sha256:
            key = f"{number}-{first}"
            number += 1
        self.resources[key] = picture
        return key

    def _check_link(self, href: str) -> None:
        place = self._place(href)
        if href.startswith("#activity:"):
            self.references.append((href.removeprefix("#activity:"), place))
        elif href.startswith("#"):
            what = f"The link “{href}” leads to a place in the page, which the player cannot find."
            self.folder.findings.warn(place, what, "Its words stay, the link is left out.")
        elif not leads_somewhere(href):
            what = f"The link “{href}” leads nowhere for a learner."
            do = "Begin it with https://, or write #activity: and the id of an activity."
            self.folder.findings.fault(place, what, do)

    def _place(self, name: str) -> Place:
        """Where the source says `name`, the next time that it does."""
        spellings = "|".join(re.escape(one) for one in {name, unquote(name), html.escape(name)})
        found = [
            match.start() for match in re.finditer(rf"(?<![\w./-])(?:{spellings})", self.source)
        ]
        if not found:
            return Place(self.file)
        at = found[min(self._seen[name], len(found) - 1)]
        self._seen[name] += 1
        return Place(self.file, self.source.count("\n", 0, at) + 1)


def first_heading(markup: str) -> str:
    """Return the words of the first heading, empty where there is none."""
    return " ".join(_read(markup).heading.split())


class _Reader(HTMLParser):
    """Notes pictures, links and the first heading."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.heading = ""
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Part of HTMLParser."""
        values = {key: (value or "").strip() for key, value in attrs}
        if tag == "img" and values.get("src"):
            self.pictures.append((values["src"], values.get("alt", "")))
        elif tag == "a" and values.get("href"):
            self.links.append(values["href"])
        elif tag in _HEADINGS and not self.heading:
            self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        """Part of HTMLParser."""
        if tag == self.inside:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        """Part of HTMLParser."""
        if self.inside:
            self.heading += data


def _read(markup: str) -> _Reader:
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader
