# SPDX-License-Identifier: Apache-2.0
"""A tree of made-up files (`make_course`) as a course, published as `cartable publish` does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.course.manifest import Author, Licence, Page, Rendition, Section, Video
from player.course.manifest import Sequence as Sitting
from player.course.signing import public_key
from player.publish.faults import Place
from player.publish.folder import Content, file_content
from player.publish.outline import Outline
from player.publish.repository import Published, publish
from player.publish.source import Source

COURSE = "made-up"
RENDITION = "240p"
SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = str(public_key(SECRET))

_TYPES = {
    ".html": "text/html",
    ".vtt": "text/vtt",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".mp4": "video/mp4",
}


def put_up(tree: Path, repository: Path) -> Published:
    """Publish what is in `tree` as the next version of the course in `repository`.

    The films are noise that no reader of films would accept, so the course is not read from an
    author's folder; everything after that is the publisher's own work.
    """
    course = as_source(tree)
    with patch("player.publish.repository.read_source", lambda *_: course):
        return publish(tree, repository, SECRET)


def as_source(tree: Path) -> Source:
    """The course: a section for each folder of texts, with its share of the films."""
    units = sorted(path for path in tree.iterdir() if path.name != "video")
    films = sorted((tree / "video").iterdir())
    sections, contents = [], []
    for number, unit in enumerate(units):
        own = films[number :: len(units)]
        held: list[Content] = []
        sections.append(_section(unit.name, sorted(unit.iterdir()), own, held))
        contents.append(tuple(held))
    return Source(_outline(), tuple(sections), tuple(contents), None, (), {})


def _outline() -> Outline:
    return Outline(
        place=Place("course.toml", 1),
        id=COURSE,
        title="A made-up course",
        language="en",
        summary="Files that nobody reads.",
        authors=(Author("Nobody"),),
        licence=Licence("CC0-1.0"),
        cite="",
        effort="",
        image="",
        image_place=Place("course.toml", 1),
        attestation=None,
        rule_places={},
        sections=(),
    )


def _section(
    unit: str, texts: Sequence[Path], films: Sequence[Path], held: list[Content]
) -> Section:
    """As many sequences as films, at least one, each with its pages before its film."""
    pages = list(_with_what_belongs(texts))
    count = max(1, len(films))
    sittings = []
    for number in range(count):
        first, end = (len(pages) * at // count for at in (number, number + 1))
        activities: list[Page | Video] = [_page(one, held) for one in pages[first:end]]
        activities += [_film(one, held) for one in films[number : number + 1]]
        sittings.append(Sitting(f"{unit}-{number}", f"Part {number + 1}", tuple(activities)))
    return Section(unit, unit.title(), tuple(sittings))


def _with_what_belongs(texts: Sequence[Path]) -> Iterator[list[Path]]:
    """Each page with the files that follow it, up to the next page."""
    group: list[Path] = []
    for path in texts:
        if path.suffix == ".html" and group:
            yield group
            group = []
        group.append(path)
    if group:
        yield group


def _page(files: Sequence[Path], held: list[Content]) -> Page:
    contents = [file_content(path, _TYPES[path.suffix]) for path in files]
    held += contents
    resources = {path.name: one.sha256 for path, one in zip(files[1:], contents[1:], strict=True)}
    name = files[0].stem
    return Page(id=name, title=name.title(), blob=contents[0].sha256, resources=resources)


def _film(path: Path, held: list[Content]) -> Video:
    one = file_content(path, _TYPES[path.suffix])
    held.append(one)
    renditions = (Rendition(RENDITION, one.sha256, int(RENDITION[:-1])),)
    return Video(id=path.stem, title=path.stem.title(), duration=60.0, renditions=renditions)
