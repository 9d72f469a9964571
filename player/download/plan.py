# SPDX-License-Identifier: Apache-2.0
"""What has to be fetched for a set of wishes, and in which order. Pure.

A difference of sets: what is wished for, minus what is here. So an update costs what changed, an
upgrade of a rendition only the video, and what is here is never asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field

from player.course import needs
from player.course.manifest import Manifest, Section
from player.course.manifest import Sequence as Sitting
from player.course.needs import Choice, pick_rendition

__all__ = ["Plan", "Wish", "cost", "pick_rendition", "plan", "wanted"]


@dataclass(frozen=True, slots=True)
class Wish:
    """A section wanted here, or one `activity` of it: see `player.course.needs.Choice`."""

    section: str
    rendition: str = ""
    activity: str = ""
    languages: tuple[str, ...] = ()

    @property
    def choice(self) -> Choice:
        """What of the section."""
        return Choice(self.rendition, self.languages, self.activity)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to fetch: blobs in stages, in order. The `first` of them are what is needed next.

    Sizes in bytes: `bytes_to_fetch` of the blobs in the stages, `bytes_here` of what is wished for
    and here, `bytes_total` of both.
    """

    stages: tuple[tuple[str, ...], ...]
    bytes_to_fetch: int
    bytes_here: int
    bytes_total: int
    first: int = 0


def plan(
    manifest: Manifest, wishes: Sequence[Wish], present: Set[str], following: str = ""
) -> Plan:
    """Return what fulfils `wishes`, given in the order in which the learner wants them.

    First comes the sitting that the learner needs next, whole: the one with the activity
    `following` if that is in the first section wished for, else the first that lacks something
    there. Then the texts and quizzes of all sections, so that a slow line makes the course readable
    first; then the videos, section by section. Piece lists come with the texts, just before the
    files they belong to.

    Wishes for sections that the course does not have are left out.
    """
    stages = _Stages(manifest, present)
    known = {section.id: section for section in manifest.sections}
    asked = [(known[wish.section], wish) for wish in wishes if wish.section in known]
    wished = {blob for section, wish in asked for blob in needs.needs(section, wish.choice)}
    if asked:
        first, wish = asked[0]
        for sitting in _next(first, wish, wished - present, following):
            alone = Section(first.id, first.title, (sitting,))
            stages.texts([(alone, wish)])
            stages.videos([(alone, wish)])
    sitting_stages = len(stages.found)
    image = [manifest.image] if manifest.image and asked else []
    wished.update(image)
    stages.texts(asked, first=image)
    stages.videos(asked)
    return Plan(
        tuple(stages.found),
        needs.size(manifest, wished - present),
        needs.size(manifest, wished & present),
        needs.size(manifest, wished),
        sitting_stages,
    )


def _next(section: Section, wish: Wish, lacking: Set[str], following: str) -> Iterator[Sitting]:
    for sitting in section.sequences:
        if any(activity.id == following for activity in sitting.activities):
            yield sitting
            return
    for sitting in section.sequences:
        alone = Section(section.id, section.title, (sitting,))
        if lacking & needs.needs(alone, wish.choice).keys():
            yield sitting
            return


@dataclass(slots=True)
class _Stages:
    """The stages so far. What is here, or in one of them, is in no later one."""

    manifest: Manifest
    present: Set[str]
    found: list[tuple[str, ...]] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)

    def texts(self, asked: Iterable[tuple[Section, Wish]], first: Iterable[str] = ()) -> None:
        texts = (blob for section, wish in asked for blob in needs.texts(section, wish.choice))
        self._add([*first, *texts])

    def videos(self, asked: Iterable[tuple[Section, Wish]]) -> None:
        for section, wish in asked:
            self._add(needs.videos(section, wish.choice))

    def _add(self, blobs: Iterable[str]) -> None:
        """A stage of piece lists that are lacking, then a stage of the blobs themselves."""
        new = [blob for blob in dict.fromkeys(blobs) if self._is_new(blob)]
        self.listed.update(new)
        lists = (self.manifest.blobs[blob].pieces for blob in new)
        ahead = [one for one in dict.fromkeys(lists) if one and self._is_new(one)]
        self.listed.update(ahead)
        self.found += [tuple(stage) for stage in (ahead, new) if stage]

    def _is_new(self, blob: str) -> bool:
        return blob not in self.present and blob not in self.listed


def wanted(manifest: Manifest, wishes: Iterable[Wish]) -> set[str]:
    """The blobs that fulfil `wishes`, those that are here included."""
    known = {section.id: section for section in manifest.sections}
    return {
        blob
        for wish in wishes
        if wish.section in known
        for blob in needs.needs(known[wish.section], wish.choice)
    }


def cost(
    manifest: Manifest,
    sections: Sequence[str],
    present: Set[str],
    *,
    activity: str = "",
    languages: tuple[str, ...] = (),
) -> dict[str, int]:
    """Return what each choice for `sections` would still take, in bytes, by rendition.

    '' is everything but video; a rendition's figure includes that. With all sections and nothing
    here, '' is the catalogue's `cost.base`, and the others are higher than it by what
    `cost.renditions` says.
    """
    prices = {}
    for name in ("", *needs.rendition_names(manifest)):
        asked = wanted(manifest, [Wish(one, name, activity, languages) for one in sections])
        if manifest.image and asked and not activity:
            asked.add(manifest.image)
        prices[name] = needs.size(manifest, asked - present)
    return prices
