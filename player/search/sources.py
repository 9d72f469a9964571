# SPDX-License-Identifier: Apache-2.0
"""From what may be found to its pieces of text: one way of reading for each kind of file."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from player.course.captions import parse_captions
from player.course.quiz import Question, decode_quiz
from player.errors import ContentProblem, LessonProblem
from player.search import markup, pdf_text, spoken
from player.search.places import Place
from player.search.segments import MOST, Segment, clipped
from player.store import blobs

READERS = "2"
"""Counts up whenever something here reads otherwise: then everything is read again."""

LARGEST = 16 * 1024 * 1024
"""Bytes of a text that is held in memory, whole; a document is not."""

_DRAWN = re.compile(r"(?<!\{)\{=?[^{}]{1,200}\}(?!\})")  # as `player.lesson.drawing` fills in


def read(
    home: Path, place: Place, alive: Callable[[], None] = lambda: None
) -> tuple[Segment, ...] | None:
    """The pieces of what a place has to say; None where it cannot be read at all.

    Args:
        home: the home folder.
        place: what is read.
        alive: called now and then while it takes long; may raise to stop.

    Raises:
        DriveGone: its files lie on a drive that is not plugged in.
    """
    if not place.blob:
        parts = (part for text in place.texts for part in clipped(_clean(text)))
        return tuple(Segment(part) for part in islice(parts, MOST))
    try:
        found = _of_file(home, place, alive)
    except (ContentProblem, LessonProblem, OSError):
        return None
    return None if found is None else tuple(_cleaned(one) for one in found[:MOST])


def _of_file(home: Path, place: Place, alive: Callable[[], None]) -> list[Segment] | None:
    path, kind = blobs.path(home, place.blob), place.source.partition(":")[0]
    if kind == "pdf":
        return pdf_text.segments(path, alive)
    if path.stat().st_size > LARGEST:
        return []
    data = blobs.read(home, place.blob, place.activity)
    match kind:
        case "cues":
            return spoken.segments(parse_captions(data, place.activity))
        case "quiz":
            return [
                Segment(part, page=number)
                for number, one in enumerate(decode_quiz(data), 1)
                for part in clipped(_asked(one))
            ]
    return markup.segments(data.decode("utf-8", "replace"))


def _asked(question: Question) -> str:
    """What a question asks, in no learner's numbers; '' for one that chance may not draw."""
    if question.pool:
        return ""
    text = "\n".join(line.lstrip("\f") for line in markup.lines(question.body))
    return _DRAWN.sub("…", text) if question.variables else text


def _cleaned(segment: Segment) -> Segment:
    text = _clean(segment.text)
    return segment if text == segment.text else Segment(text, segment.page, segment.seconds)


def _clean(text: str) -> str:
    """Text that a database takes: half a pair of UTF-16, which a PDF may have, is no letter."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
