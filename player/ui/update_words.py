# SPDX-License-Identifier: Apache-2.0
"""What an update of a course changes and costs, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from player.app import WishedSection
from player.app.updates import Preview
from player.course.changes import (
    ADDED,
    CONTENT,
    MOVED,
    REMOVED,
    RENAMED,
    RENDITIONS,
    Change,
    Changes,
)
from player.store.courses import Shelf
from player.ui.language import size, tongue, translate

NAMED = 3  # titles that are told of each kind of change
LONGEST = 60  # letters of a title


def changed(changes: Changes) -> list[str]:
    """A line for each kind of change, the first few titles named."""
    kinds = (
        (translate("Course", "New: {titles}"), (ADDED,)),
        (translate("Course", "Changed: {titles}"), (CONTENT, RENAMED)),
        (translate("Course", "Videos saved anew: {titles}"), (RENDITIONS,)),
        (translate("Course", "In another place: {titles}"), (MOVED,)),
        (translate("Course", "Gone: {titles}"), (REMOVED,)),
    )
    every = list(_told(changes.every))
    lines = []
    for text, whats in kinds:
        titles = {
            (one.section, one.activity): _short(one.title) for one in every if one.what in whats
        }
        if titles:
            lines.append(text.format(titles=_listed(list(titles.values()))))
    if changes.languages:
        names = _listed(list(map(tongue, changes.languages)))
        lines.append(translate("Course", "Other languages: {names}").format(names=names))
    return lines or [translate("Course", "Nothing changes that you would see.")]


def _told(changes: Iterable[Change]) -> Iterator[Change]:
    """A section that comes or goes stands for all that is in it."""
    every = list(changes)
    sections = {(one.what, one.section) for one in every if not one.activity}
    whole = sections & {(what, name) for what in (ADDED, REMOVED) for _, name in sections}
    return (one for one in every if not one.activity or (one.what, one.section) not in whole)


def _short(title: str) -> str:
    return title if len(title) <= LONGEST else title[: LONGEST - 1].rstrip() + "…"


def _listed(titles: list[str]) -> str:
    named, more = ", ".join(titles[:NAMED]), len(titles) - NAMED
    if more <= 0:
        return named
    return translate("Course", "{titles} and %n more", "", more).format(titles=named)


def price(found: Preview) -> str:
    """What it takes, in a sentence."""
    if not found.exact and found.at_most:
        text = translate(
            "Course",
            "It takes at most {size}: how much of that is here already could not be looked up.",
        )
        return text.format(size=size(found.at_most))
    if not found.cost:
        return translate("Course", "It costs nothing.")
    text = translate("Course", "It takes {size}: what is here already is not fetched again.")
    return text.format(size=size(found.cost))


def at_most(most: int | None) -> str:
    """What it takes where it cannot be looked up; `most` as of the function of that name."""
    if most is None:
        return translate("Course", "What it costs is not known now.")
    if not most:
        return translate("Course", "It costs nothing.")
    return translate("Course", "It takes at most {size}, all of the course.").format(
        size=size(most)
    )


def get(cost: int | None, *, exact: bool = True) -> str:
    """What the button says that fetches it; None: nobody knows what it costs."""
    if not cost:
        return translate("Course", "Get it")
    text = translate("Course", "Get it ({size})")
    if not exact:
        text = translate("Course", "Get it (at most {size})")
    return text.format(size=size(cost))


def most(shelf: Shelf, wishes: Iterable[WishedSection]) -> int | None:
    """The most that an update can take, by the catalogue alone; None where it does not say.

    That is all of the course in the heaviest rendition asked for, as if nothing of it were here.
    """
    asked = {wish.rendition for wish in wishes}
    if not asked:
        return 0
    if not shelf.base and not shelf.renditions:
        return None
    heaviest = max(shelf.renditions.values(), default=0)
    return shelf.base + max(shelf.renditions.get(one, heaviest) if one else 0 for one in asked)
