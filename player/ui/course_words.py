# SPDX-License-Identifier: Apache-2.0
"""What the course page says of a course: renditions, where its files stand, who made it."""

from __future__ import annotations

from player.course import needs
from player.course.manifest import AnyActivity, Manifest, Video
from player.download.wishes import SectionState
from player.ui.language import LANGUAGES, minutes, size, translate

WITHOUT_VIDEO = ""


def nearest(heights: dict[str, int], wanted: str) -> str:
    """The rendition that a wish for `wanted` gets: it, else the next lighter, else the lightest."""
    if wanted in heights or not wanted:
        return wanted
    limit = int(wanted[:-1]) if wanted[:-1].isdecimal() else 0
    lighter = [name for name, height in heights.items() if height < limit]
    return lighter[-1] if lighter else next(iter(heights), WITHOUT_VIDEO)


def heights(manifest: Manifest) -> dict[str, int]:
    """The renditions of a course and their heights, from light to heavy."""
    found: dict[str, int] = {}
    for activity in manifest.activities():
        if isinstance(activity, Video):
            found |= {one.name: one.height for one in activity.renditions}
    return {name: found[name] for name in needs.rendition_names(manifest)}


def spoken(rendition: str) -> str:
    """A rendition in the reader's words."""
    if rendition == WITHOUT_VIDEO:
        return translate("Course", "text")
    return translate("Course", "sound only") if rendition == "audio" else rendition


def is_here(activity: AnyActivity, present: frozenset[str]) -> bool:
    """Whether an activity can be opened: its texts are here and, of a video, one rendition."""
    if isinstance(activity, Video):
        return any(one.blob in present for one in activity.renditions)
    return all(blob in present for blob in activity.blobs())


def place(state: SectionState) -> str:
    """Where a section's files stand, in a few words."""
    left = size(state.total - state.here)
    if state.state == "here":
        return translate("Course", "Here")
    if state.state == "wanted":
        return translate("Course", "{size} still to come").format(size=left)
    if state.state == "partial":
        return translate("Course", "Partly here")
    return translate("Course", "Not here yet")


def about(manifest: Manifest) -> str:
    """Who made a course, in which language, under which licence, how long it takes."""
    lengths = sum(a.duration for a in manifest.activities() if isinstance(a, Video))
    parts = [
        ", ".join(author.name for author in manifest.authors),
        LANGUAGES.get(manifest.language[:2], manifest.language),
        translate("Course", "licence {name}").format(name=manifest.licence.id),
        manifest.effort,
    ]
    if lengths:
        parts.append(translate("Course", "{time} of video").format(time=minutes(lengths)))
    return " · ".join(part for part in parts if part)
