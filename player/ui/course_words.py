# SPDX-License-Identifier: Apache-2.0
"""What the course page says of a course: renditions, where its files stand, who made it."""

from __future__ import annotations

from dataclasses import dataclass

from player.course import needs
from player.course.manifest import Manifest, Video
from player.download.wishes import SectionState
from player.ui import licence_words
from player.ui.language import apart, minutes, part, since, size, tongue, translate
from player.ui.standing import Standing

WITHOUT_VIDEO = ""
LITTLE = 0.01  # the share from which a section is partly here


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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section's files stand: `said` in full, `short` and a `sign` where there is no room.

    The sign, '' for none, says why no more comes at this moment. It is `settled` where all is here
    or nothing.
    """

    said: str
    short: str
    sign: str = ""
    settled: bool = False


def place(state: SectionState, stands: Standing | None = None) -> Place:
    """Where a section's files stand; `stands` is of the wish for it."""
    here = stands.here if stands else state.here
    if state.state == "here":
        return _alike(translate("Course", "Here"), settled=True)
    amount = part(here, state.total)
    if here < LITTLE * state.total:
        if state.state == "absent":
            return _alike(translate("Course", "Not here yet"), settled=True)
        left = translate("Course", "{size} still to come").format(size=size(state.total - here))
        return Place(left, amount)
    if stands and stands.problem:
        why = translate("Course", "something is missing")
        return Place(f"{amount} · {why}", amount, "warning")
    if stands and stands.since:
        why = translate("Course", "waiting since {time}").format(time=since(stands.since))
        return Place(f"{amount} · {why}", amount, "clock")
    return _alike(amount)


def _alike(words: str, *, settled: bool = False) -> Place:
    return Place(words, words, settled=settled)


def about(manifest: Manifest) -> str:
    """Who made a course, in which language, under which licence, how long it takes."""
    lengths = sum(a.duration for a in manifest.activities() if isinstance(a, Video))
    parts = [
        apart(", ".join(author.name for author in manifest.authors)),
        apart(tongue(manifest.language)),
        licence_words.named(manifest.licence),
        manifest.effort,
    ]
    if lengths:
        parts.append(translate("Course", "{time} of video").format(time=minutes(lengths)))
    return " · ".join(part for part in parts if part)
