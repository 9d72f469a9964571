# SPDX-License-Identifier: Apache-2.0
"""What a new version of a course changes, for whoever decides whether to have it. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from player.course.manifest import AnyActivity, Manifest, Video

ADDED, REMOVED, MOVED = "added", "removed", "moved"
RENAMED, CONTENT, RENDITIONS = "renamed", "content", "renditions"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes: a section, or an `activity` of it ('' for the section itself).

    `what` is 'added', 'removed', 'moved' (to another place), 'renamed', 'content' (its texts,
    questions, captions or files) or 'renditions' (its videos are encoded anew). `title` is the new
    one, where there is one.
    """

    what: str
    section: str
    activity: str
    title: str


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes, in the order of the new course; what is removed comes last.

    `languages` are those that it can be read in from now on.
    """

    every: tuple[Change, ...]
    languages: tuple[str, ...] = ()

    def count(self, *what: str) -> int:
        """How many there are of some kinds; an activity counts once."""
        return len({(one.section, one.activity) for one in self.every if one.what in what})


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where an activity stands, and what it is."""

    section: str
    sequence: str
    activity: AnyActivity


def changes(old: Manifest, new: Manifest) -> Changes:
    """What `new` has that `old` has not, and the other way round; parts are known by their ids."""
    before = {one.language.lower() for one in old.translations}
    more = (one.language for one in new.translations if one.language.lower() not in before)
    return Changes((*_of_sections(old, new), *_of_activities(old, new)), tuple(more))


def _of_sections(old: Manifest, new: Manifest) -> Iterator[Change]:
    before = {section.id: section.title for section in old.sections}
    after = {section.id: section.title for section in new.sections}
    moved = _moved(list(before), list(after))
    for name, title in after.items():
        if name not in before:
            yield Change(ADDED, name, "", title)
        elif before[name] != title:
            yield Change(RENAMED, name, "", title)
        if name in moved:
            yield Change(MOVED, name, "", title)
    for name, title in before.items():
        if name not in after:
            yield Change(REMOVED, name, "", title)


def _of_activities(old: Manifest, new: Manifest) -> Iterator[Change]:
    before, after = _spots(old), _spots(new)
    moved = _moved_within(before, after)
    for name, spot in after.items():
        title = spot.activity.title
        if name not in before:
            yield Change(ADDED, spot.section, name, title)
            continue
        then = before[name]
        whats = [*_differences(then.activity, spot.activity)]
        if (then.section, then.sequence) != (spot.section, spot.sequence) or name in moved:
            whats.append(MOVED)
        yield from (Change(what, spot.section, name, title) for what in whats)
    for name, spot in before.items():
        if name not in after:
            yield Change(REMOVED, spot.section, name, spot.activity.title)


def _spots(manifest: Manifest) -> dict[str, _Spot]:
    return {
        activity.id: _Spot(section.id, sequence.id, activity)
        for section in manifest.sections
        for sequence in section.sequences
        for activity in sequence.activities
    }


def _differences(old: AnyActivity, new: AnyActivity) -> Iterator[str]:
    if old.title != new.title:
        yield RENAMED
    if _content(old) != _content(new):
        yield CONTENT
    if isinstance(old, Video) and isinstance(new, Video) and old.renditions != new.renditions:
        yield RENDITIONS


def _content(activity: AnyActivity) -> AnyActivity:
    """The activity without its title, and without a word on its language, which is in its blobs; a
    video without its renditions and their exact length."""
    if isinstance(activity, Video):
        return msgspec.structs.replace(
            activity, title="", language="", renditions=activity.renditions[:0], duration=0
        )
    return msgspec.structs.replace(activity, title="", language="")


def _moved_within(before: dict[str, _Spot], after: dict[str, _Spot]) -> set[str]:
    """Activities that changed their place among those that stayed in their sequence."""
    found = set[str]()
    for sequence in {spot.sequence for spot in after.values()}:
        orders = [
            [name for name, spot in spots.items() if spot.sequence == sequence]
            for spots in (before, after)
        ]
        found |= _moved(*orders)
    return found


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The fewest of what is in both whose moving explains the new order.

    All but a longest increasing run of the old places, found by patience sorting.
    """
    place = {name: at for at, name in enumerate(before)}
    kept = [name for name in after if name in place]
    tails: list[int] = []
    ends: list[str] = []
    behind: dict[str, str] = {}
    for name in kept:
        at = bisect_left(tails, place[name])
        tails[at:], ends[at:] = [place[name], *tails[at + 1 :]], [name, *ends[at + 1 :]]
        if at:
            behind[name] = ends[at - 1]
    run = set[str]()
    name = ends[-1] if ends else ""
    while name:
        run.add(name)
        name = behind.get(name, "")
    return set(kept) - run
