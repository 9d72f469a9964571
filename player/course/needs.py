# SPDX-License-Identifier: Apache-2.0
"""Which blobs a section is made of, for a choice of rendition: the cost rule of docs/format.md.

Whoever shows a price, fetches, or says what is here asks this one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from player.course.manifest import Manifest, Rendition, Section, Video

_HEIGHT = re.compile(r"(\d{1,5})p")


def pick_rendition(video: Video, name: str) -> Rendition | None:
    """The rendition that a wish for `name` gets; None for '', the wish to have no video.

    The one of that name, else the next lighter one, else the lightest.
    """
    if not name:
        return None
    found = next((one for one in video.renditions if one.name == name), None)
    if found:
        return found
    height = _HEIGHT.fullmatch(name)
    limit = int(height[1]) if height else 0
    lighter = [one for one in video.renditions if one.height < limit]
    return max(lighter, key=lambda one: one.height) if lighter else video.renditions[0]


def rendition_names(manifest: Manifest) -> tuple[str, ...]:
    """Every rendition that any video of the course has, from light to heavy."""
    heights: dict[str, int] = {}
    for activity in manifest.activities():
        if isinstance(activity, Video):
            heights |= {one.name: one.height for one in activity.renditions}
    return tuple(sorted(heights, key=lambda name: (heights[name], name)))


def texts(section: Section) -> Iterator[str]:
    """The blobs of everything but video: pages, quizzes, captions, documents, slides."""
    for activity in section.activities():
        yield from activity.blobs()


def videos(section: Section, rendition: str) -> Iterator[str]:
    """The blobs of its videos in `rendition`, or what stands in for it; none for ''."""
    for activity in section.activities():
        if isinstance(activity, Video) and (picked := pick_rendition(activity, rendition)):
            yield picked.blob


def needs(section: Section, rendition: str) -> dict[str, None]:
    """The blobs of a section, each once, texts before videos."""
    return dict.fromkeys([*texts(section), *videos(section, rendition)])


def size(manifest: Manifest, blobs: Iterable[str]) -> int:
    """Bytes that fetching `blobs`, each named once, takes."""
    return sum(manifest.blobs[sha256].cost for sha256 in blobs)


def chosen(manifest: Manifest, sections: Sequence[str]) -> list[Section]:
    """The sections of those ids, in the order of the course; ids it does not have are left out."""
    wanted = frozenset(sections)
    return [section for section in manifest.sections if section.id in wanted]
