# SPDX-License-Identifier: Apache-2.0
"""Which blobs a section is made of, for a choice: the cost rule of docs/format.md.

Whoever shows a price, fetches, or says what is here asks this one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from player.course.manifest import (
    AnyActivity,
    Manifest,
    Rendition,
    Section,
    Track,
    Video,
)

_HEIGHT = re.compile(r"(\d{1,5})p")


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a section is wanted.

    Its videos in `rendition`, '' for all but the videos; captions and transcripts in `languages`,
    all of them for (); one `activity` alone, all for ''.
    """

    rendition: str = ""
    languages: tuple[str, ...] = ()
    activity: str = ""


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


def is_here(activity: AnyActivity, present: Set[str]) -> bool:
    """Whether an activity can be opened: its texts are here and, of a video, one rendition."""
    if isinstance(activity, Video):
        return any(one.blob in present for one in activity.renditions)
    return all(blob in present for blob in activity.blobs())


def rendition_names(manifest: Manifest) -> tuple[str, ...]:
    """Every rendition that any video of the course has, from light to heavy."""
    heights: dict[str, int] = {}
    for activity in manifest.activities():
        if isinstance(activity, Video):
            heights |= {one.name: one.height for one in activity.renditions}
    return tuple(sorted(heights, key=lambda name: (heights[name], name)))


def texts(section: Section, choice: Choice = Choice()) -> Iterator[str]:
    """The blobs of everything but video: pages, quizzes, captions, documents, slides."""
    for activity in _activities(section, choice):
        spared = set(_other_languages(activity, choice.languages))
        yield from (blob for blob in activity.blobs() if blob not in spared)


def videos(section: Section, choice: Choice) -> Iterator[str]:
    """The blobs of its videos in their rendition, or what stands in for it; none for ''."""
    for activity in _activities(section, choice):
        if isinstance(activity, Video) and (picked := pick_rendition(activity, choice.rendition)):
            yield picked.blob


def needs(section: Section, choice: Choice) -> dict[str, None]:
    """The blobs of a section, each once, texts before videos."""
    return dict.fromkeys([*texts(section, choice), *videos(section, choice)])


def _activities(section: Section, choice: Choice) -> Iterator[AnyActivity]:
    for activity in section.activities():
        if choice.activity in ("", activity.id):
            yield activity


def _other_languages(activity: AnyActivity, languages: Sequence[str]) -> Iterator[str]:
    """Tracks of a video in languages that were not chosen; none where it has no chosen one."""
    if not languages or not isinstance(activity, Video):
        return
    for tracks in (activity.captions, activity.transcripts):
        kept = [track for track in tracks if _speaks(track, languages)]
        yield from (track.blob for track in tracks if kept and track not in kept)


def _speaks(track: Track, languages: Sequence[str]) -> bool:
    """RFC 4647 §3.3.1: a chosen `fr` takes `fr-CA` too."""
    spoken = track.language.lower()
    return any(spoken == one.lower() or spoken.startswith(one.lower() + "-") for one in languages)


def size(manifest: Manifest, blobs: Iterable[str]) -> int:
    """Bytes that fetching `blobs`, each named once, takes; their piece lists included."""
    named = set(blobs)
    lists = {manifest.blobs[sha256].pieces for sha256 in named} - named
    return sum(manifest.blobs[sha256].cost for sha256 in (*named, *lists) if sha256)


def chosen(manifest: Manifest, sections: Sequence[str]) -> list[Section]:
    """The sections of those ids, in the order of the course; ids it does not have are left out."""
    wanted = frozenset(sections)
    return [section for section in manifest.sections if section.id in wanted]
