# SPDX-License-Identifier: Apache-2.0
"""What became of an answer, as a learner is told: a sign and words, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from player.course.interactions import Unsupported
from player.course.quiz import Question
from player.lesson.grading import Marked
from player.ui.language import percent, translate


@dataclass(frozen=True, slots=True)
class Verdict:
    """`sign` is an icon, `tint` a colour and a frame of the style, `words` say it."""

    sign: str
    tint: str
    words: str


def verdict(marked: Marked) -> Verdict:
    """The verdict on a marked answer."""
    if marked.awaited:
        return Verdict("clock", "muted", translate("QuizView", "Answered; the mark comes later."))
    if marked.score is None:
        return Verdict("saved", "muted", translate("QuizView", "Answered; it brings no points."))
    if marked.success:
        return Verdict("check-circle", "good", _right(marked.score, marked.wrong))
    if marked.score > 0:
        partly = translate("QuizView", "Partly right: {share} of the points.")
        return Verdict("half", "warn", partly.format(share=percent(marked.score)))
    return Verdict("cross-circle", "bad", translate("QuizView", "Not right."))


def _right(score: float, wrong: int) -> str:
    """A right answer, and what it brought where wrong tries before it took something off."""
    if score >= 1:
        return translate("QuizView", "Right.")
    less = translate("QuizView", "Right after %n wrong try(s): {share} of the points.", "", wrong)
    return less.format(share=percent(score))


def standing(
    question: Question, *, answered: bool, marked: Marked | None, doubtful: bool = False
) -> Verdict:
    """Where a question of an attempt stands."""
    if marked is not None:
        return verdict(marked)
    if doubtful:
        return Verdict("flag", "warn", translate("QuizView", "To look at again."))
    if not question.interactions:
        return Verdict("info", "muted", translate("QuizView", "A text to read."))
    if not can_be_asked(question):
        return Verdict("info", "muted", translate("QuizView", "Needs a newer Cartable."))
    if answered:
        return Verdict("dot", "accent", translate("QuizView", "Answered."))
    return Verdict("circle", "muted", translate("QuizView", "Not answered."))


def can_be_asked(question: Question) -> bool:
    """Whether there is anything in it that can be answered here."""
    return any(not isinstance(one, Unsupported) for one in question.interactions)
