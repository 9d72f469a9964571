# SPDX-License-Identifier: Apache-2.0
"""What has to be fetched for a set of wishes, in which order. Pure.

A difference of sets: what the wished sections need, minus what is here. So an update costs what
changed, an upgrade of a rendition only the video, and what is here is never asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from player.course import needs
from player.course.manifest import Blob, Manifest
from player.course.needs import pick_rendition

__all__ = ["Fetch", "Part", "Plan", "Wish", "cost", "pick_rendition", "plan", "rest"]

# Members of a pack that stand near each other come with one request. A round trip on the links
# this is made for (256 kbit/s at 600 ms, 2 Mbit/s at 300 ms) lasts as long as 19 to 75 KB take.
# What stands between and was not wished for is kept all the same, so it is not wasted. What is here
# already is fetched twice only as far as one more request and answer would cost as many bytes.
GAP = 16 * 1024
GAP_HELD = 1024


@dataclass(frozen=True, slots=True)
class Wish:
    """A section wanted here, its videos in `rendition`; '' for all but the videos."""

    section: str
    rendition: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One blob that a stretch of bytes holds."""

    sha256: str
    blob: Blob


@dataclass(frozen=True, slots=True)
class Fetch:
    """The bytes `start` to `stop` (not included) of the file `path`, which has `size` of them.

    `path` is relative to the repository. `parts` are the blobs in it, at `blob.offset` of a pack.
    """

    path: str
    start: int
    stop: int
    size: int
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """The file's own SHA-256."""
        return self.path.rpartition("/")[2]

    @property
    def packed(self) -> bool:
        """Whether it is a stretch of a pack, not a blob as it is."""
        return self.parts[0].blob.pack is not None


@dataclass(frozen=True, slots=True)
class Plan:
    """What to fetch, in order. `bytes_total` is what the wishes take without anything here."""

    fetches: tuple[Fetch, ...]
    bytes_to_fetch: int
    bytes_here: int
    bytes_total: int


def plan(manifest: Manifest, wishes: Sequence[Wish], present: Set[str]) -> Plan:
    """Return what fulfils `wishes`; those for sections that the course does not have are left out.

    Texts and quizzes of all wished sections come before the first video, then the videos in the
    order of the course: a slow line makes a course readable first.
    """
    renditions = {wish.section: wish.rendition for wish in wishes}
    sections = needs.chosen(manifest, list(renditions))
    texts = dict.fromkeys(blob for section in sections for blob in needs.texts(section))
    if manifest.image and sections:
        texts = {manifest.image: None, **texts}
    videos = dict.fromkeys(
        blob for section in sections for blob in needs.videos(section, renditions[section.id])
    )
    first = _fetches(manifest, texts, present)
    coming = {part.sha256 for fetch in first for part in fetch.parts}
    fetches = first + _fetches(manifest, videos, present | coming)
    wanted = texts | videos
    return Plan(
        fetches=tuple(fetches),
        bytes_to_fetch=sum(fetch.stop - fetch.start for fetch in fetches),
        bytes_here=needs.size(manifest, (blob for blob in wanted if blob in present)),
        bytes_total=needs.size(manifest, wanted),
    )


def rest(fetch: Fetch, present: Set[str]) -> Fetch | None:
    """What of `fetch` is still lacking; None when nothing is."""
    parts = tuple(part for part in fetch.parts if part.sha256 not in present)
    if not parts or len(parts) == len(fetch.parts):
        return fetch if parts else None
    return replace(fetch, start=parts[0].blob.offset, stop=max(map(_end, parts)), parts=parts)


def cost(manifest: Manifest, sections: Sequence[str], present: Set[str]) -> dict[str, int]:
    """Return what each choice for `sections` would still take, in bytes, by rendition.

    '' is everything but video; a rendition's figure includes that. With all sections and nothing
    here, '' is the catalogue's `cost.base`, and the others are higher than it by what
    `cost.renditions` says.
    """
    prices = {}
    for name in ("", *needs.rendition_names(manifest)):
        wanted = _wanted(manifest, sections, name) - present
        prices[name] = needs.size(manifest, wanted)
    return prices


def _wanted(manifest: Manifest, sections: Sequence[str], rendition: str) -> set[str]:
    chosen = needs.chosen(manifest, sections)
    wanted = {blob for section in chosen for blob in needs.needs(section, rendition)}
    return wanted | {manifest.image} if manifest.image and chosen else wanted


def _fetches(manifest: Manifest, blobs: Iterable[str], present: Set[str]) -> list[Fetch]:
    """One fetch a blob, or a stretch of a pack, each where its first blob stands in `blobs`."""
    order: dict[str, list[Fetch]] = {}
    wanted = {sha256 for sha256 in blobs if sha256 not in present}
    for sha256 in blobs:
        blob = manifest.blobs[sha256]
        if sha256 in wanted:
            order.setdefault(blob.pack or sha256, [] if blob.pack else [_whole(sha256, blob)])
    packs: dict[str, list[Part]] = {}
    for sha256, blob in manifest.blobs.items():
        if blob.pack in order:
            packs.setdefault(blob.pack, []).append(Part(sha256, blob))
    for pack, members in packs.items():
        path, size = f"packs/{pack[:2]}/{pack}", manifest.packs[pack].size
        members.sort(key=lambda part: (part.blob.offset, part.blob.length))
        order[pack] = [
            Fetch(path, parts[0].blob.offset, max(map(_end, parts)), size, tuple(parts))
            for parts in _stretches(members, wanted, present)
        ]
    return [fetch for fetches in order.values() for fetch in fetches]


def _whole(sha256: str, blob: Blob) -> Fetch:
    return Fetch(f"blobs/{sha256[:2]}/{sha256}", 0, blob.size, blob.size, (Part(sha256, blob),))


def _end(part: Part) -> int:
    return part.blob.offset + part.blob.length


def _stretches(members: list[Part], wanted: Set[str], present: Set[str]) -> Iterator[list[Part]]:
    """The lacking members, by stretches of the pack that begin and end with a wanted one."""
    stretch: list[Part] = []
    between: list[Part] = []  # neither wanted nor here, and perhaps on the way
    stop = held = 0
    for part in members:
        if part.sha256 in present:
            held += part.blob.length
        elif part.sha256 not in wanted:
            between.append(part)
        else:
            near = part.blob.offset - stop <= GAP and held <= GAP_HELD
            if stretch and not near:
                yield stretch
                stretch = []
            stretch += [*(between if stretch else ()), part]
            between, held = [], 0
            stop = max(stop, _end(part))
    if stretch:
        yield stretch
