# SPDX-License-Identifier: Apache-2.0
"""A place inside an activity: to lead to what was found, noted or marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from player.course.quiz import Question


@dataclass(frozen=True, slots=True)
class Spot:
    """The second of a video, the page of a document or of the slides (from 1), words of a text.

    `question` is its place, from 1, among those of the quiz's file. What is None or '' leads
    nowhere in particular.
    """

    time: float | None = None
    page: int | None = None
    words: str = ""
    question: int | None = None


def place_asked(spot: Spot, read: Sequence[Question], asked: Sequence[Question]) -> int | None:
    """Where the question of a spot stands, from 0, among those that are `asked` of all `read`.

    None where it is not asked, or where the file has no such question.
    """
    if spot.question is None or not 0 < spot.question <= len(read):
        return None
    id_ = read[spot.question - 1].id
    return next((number for number, one in enumerate(asked) if one.id == id_), None)
