# SPDX-License-Identifier: Apache-2.0
"""What of a video is on this PC, and which part of it a learner gets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from player.course.captions import Cue
from player.course.manifest import Rendition, Track, Video
from player.errors import NotHere, PlayerError
from player.store import blobs
from player.ui.lesson.captions import cues_of


def renditions_here(home: Path, video: Video) -> tuple[Rendition, ...]:
    """The renditions that were fetched, from light to heavy.

    Raises:
        NotHere: there is none.
    """
    here = tuple(one for one in video.renditions if blobs.path(home, one.blob).is_file())
    if not here:
        raise NotHere(what=video.title)
    return here


def rendition_for(video: Video, here: tuple[Rendition, ...], wanted: str) -> Rendition:
    """The wanted one of `here`, else the next lighter, else the lightest."""
    names = [one.name for one in video.renditions]
    heaviest = names.index(wanted) if wanted in names else -1
    lighter = [one for one in here if names.index(one.name) <= heaviest]
    if wanted not in names:
        height = int(wanted[:-1]) if wanted[:-1].isdigit() else 0
        lighter = [one for one in here if one.height <= height]
    return lighter[-1] if lighter else here[0]


def captions_here(home: Path, video: Video) -> dict[str, tuple[Cue, ...]]:
    """The captions that were fetched and can be read, by language."""
    found = {}
    for track in video.captions:
        cues = cues_of(_bytes(home, track, video.title))
        if cues:
            found[track.language] = cues
    return found


def transcripts_here(home: Path, video: Video) -> dict[str, str]:
    """The transcripts that were fetched, by language, as HTML."""
    read = {track.language: _bytes(home, track, video.title) for track in video.transcripts}
    return {language: data.decode("utf-8", "replace") for language, data in read.items() if data}


def language_for(languages: Iterable[str], *wanted: str) -> str:
    """The first wanted language that there is, with its regions or without; else the first."""
    there = list(languages)
    for one in wanted:
        for language in there:
            if one and language.split("-")[0].lower() == one.split("-")[0].lower():
                return language
    return there[0] if there else ""


def _bytes(home: Path, track: Track, what: str) -> bytes:
    """The file of a track; nothing where it cannot be read, since the video plays without."""
    try:
        return blobs.read(home, track.blob, what)
    except PlayerError:
        return b""
