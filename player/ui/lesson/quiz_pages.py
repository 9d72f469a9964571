# SPDX-License-Identifier: Apache-2.0
"""The pages after the questions: what is missing, then the result."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from player.course.manifest import Quiz
from player.course.quiz import Question
from player.journal.events import Finished
from player.journal.items import Mark
from player.lesson.attempt import Attempt
from player.lesson.policy import passes
from player.ui.flow import Flow
from player.ui.language import percent, translate
from player.ui.lesson.cleaning import plain
from player.ui.lesson.exam_words import ended, later, said
from player.ui.lesson.look import COLUMN
from player.ui.lesson.pieces import Column, Sign
from player.ui.lesson.verdict import Verdict, can_be_asked, standing
from player.ui.parts import button, card, label, line, row
from player.ui.style import GRID

_SHORT = 110  # letters of a question in a list


class HandIn(Column):
    """Asks once more before an attempt ends, and names what is not answered.

    Signals:
        picked: the learner wants to answer this question, its number from 0.
        confirmed: the attempt may end.
        went_back: not yet.
    """

    picked = Signal(int)
    confirmed = Signal()
    went_back = Signal()

    def __init__(self, attempt: Attempt, *, exam: bool) -> None:
        super().__init__(COLUMN)
        frame, body = card()
        body.setSpacing(2 * GRID)
        head = translate("QuizView", "Hand in?") if exam else translate("QuizView", "Finish?")
        body.addWidget(label(head, "heading"))
        missing = unanswered(attempt)
        body.addWidget(label(self._sentence(len(missing), exam=exam)))
        for number in missing:
            body.addWidget(self._listed(number, attempt.questions[number], "circle"))
        doubted = [n for n in doubtful(attempt) if n not in missing]
        if doubted:
            again = translate("QuizView", "%n question(s) to look at again:", "", len(doubted))
            body.addWidget(label(again))
        for number in doubted:
            body.addWidget(self._listed(number, attempt.questions[number], "flag"))
        last = translate("QuizView", "Hand in") if exam else translate("QuizView", "Finish")
        self.confirm = button(last, self.confirmed.emit, role="primary")
        self.back = button(translate("QuizView", "Go back"), self.went_back.emit)
        body.addLayout(row(self.back, 1, self.confirm))
        self.body.addWidget(frame)
        self.body.addStretch(1)
        self.lead_to(self.back if missing or doubted else self.confirm)

    def _sentence(self, missing: int, *, exam: bool) -> str:
        if missing:
            return translate("QuizView", "%n question(s) not answered:", "", missing)
        if exam:
            return translate(
                "QuizView",
                "Every question is answered. After handing in, answers cannot be changed.",
            )
        return translate("QuizView", "Every question is answered.")

    def _listed(self, number: int, question: Question, sign: str) -> QWidget:
        frame = QWidget()
        text = label(named(number, question))
        words = {
            "circle": translate("QuizView", "Answer it"),
            "flag": translate("QuizView", "Look at it"),
        }[sign]
        go = button(words, partial(self.picked.emit, number))
        go.setProperty("role", "quiet")
        go.setAccessibleDescription(text.text())
        inner = row(Sign(sign))
        inner.addWidget(text, 1)
        inner.addWidget(go)
        frame.setLayout(inner)
        return frame


class Result(Column):
    """How an attempt ended, question by question.

    Signals:
        picked: the learner wants to see this question again, its number from 0.
        begun_again: one more attempt.
        went_on: to what comes next in the course.
    """

    picked = Signal(int)
    begun_again = Signal()
    went_on = Signal()

    def __init__(
        self, attempt: Attempt, result: Finished, quiz: Quiz, attempts_left: int | None
    ) -> None:
        super().__init__(COLUMN)
        words = words_with(attempt.mark)
        result = told(result, quiz, attempt.mark)
        self.body.addWidget(self._score(result, quiz, attempts_left, words))
        frame, body = card()
        for number, question in enumerate(attempt.questions):
            if question.interactions:
                if body.count():
                    body.addWidget(line())
                marked = attempt.marked(question)
                found = standing(question, answered=marked is not None, marked=marked)
                body.addWidget(self._question(number, question, found))
        self.body.addWidget(frame)
        self.body.addStretch(1)
        self.lead_to(self.on)

    def _score(self, result: Finished, quiz: Quiz, attempts_left: int | None, words: str) -> QFrame:
        awaited = bool(quiz.marking) and not result.out_of
        found = handed_in() if awaited else outcome(result)
        frame, body = card(found.tint)
        body.setSpacing(GRID + GRID // 2)
        head = row(Sign(found.sign, found.tint if found.tint != "card" else "accent", 32), gap=16)
        self.verdict = label(found.words, "title")
        head.addWidget(self.verdict, 1)
        body.addLayout(head)
        self.points = label((words or later()) if awaited else points(result))
        body.addWidget(self.points)
        for sentence in filter(None, (ended(result), *map(said, result.record))):
            body.addLayout(_remark(sentence))
        if words and not awaited:
            body.addWidget(label(words))
        again = translate("QuizView", "Try it all again")
        self.again = button(again, self.begun_again.emit, sign="refresh")
        if attempts_left == 0:
            self.again.hide()  # never `setVisible(True)` here: without a parent it is a window
        self.on = button(
            translate("QuizView", "Continue"), self.went_on.emit, role="primary", sign="arrow-right"
        )
        left = label(wrap=True, role="muted")
        left.setText(translate("QuizView", "%n attempt(s) left", "", attempts_left or 0))
        body.addWidget(left)
        left.setVisible(attempts_left is not None)
        gap = QWidget()
        body.addLayout(Flow(self.again, gap, self.on, wide=gap))
        return frame

    def _question(self, number: int, question: Question, found: Verdict) -> QWidget:
        frame = QWidget()
        look = button(translate("QuizView", "Look at it"), partial(self.picked.emit, number))
        look.setProperty("role", "quiet")
        look.setAccessibleDescription(named(number, question))
        words = label(found.words, "muted")
        inner = row(Sign(found.sign, found.tint), gap=GRID + GRID // 2)
        inner.addWidget(label(named(number, question)), 3)
        inner.addWidget(words, 1)
        inner.addWidget(look)
        frame.setLayout(inner)
        return frame


def _remark(sentence: str) -> QHBoxLayout:
    """What is to be said of the time, with its sign."""
    found = row(Sign("info"), gap=GRID + GRID // 2)
    found.addWidget(label(sentence), 1)
    return found


def unanswered(attempt: Attempt) -> list[int]:
    """The numbers, from 0, of the questions that could be answered and are not."""
    return [
        number
        for number, question in enumerate(attempt.questions)
        if can_be_asked(question)
        and attempt.tries_left(question) != 0
        and not attempt.given(question)
    ]


def handed_in() -> Verdict:
    """The verdict before the platform's mark."""
    return Verdict("saved", "card", translate("QuizView", "Handed in."))


def told(result: Finished, quiz: Quiz, mark: Mark | None) -> Finished:
    """A result with the mark that the platform gave for it, if it did."""
    if mark is None or (mark.score is None and mark.points is None):
        return result
    points = mark.points if mark.points is not None else mark.score or 0.0
    out_of = mark.out_of if mark.out_of is not None else 1.0
    score = mark.score if mark.score is not None else points / out_of if out_of else 0.0
    passed = passes(score, quiz.passing) if mark.success is None else mark.success
    return msgspec.structs.replace(result, score=score, points=points, out_of=out_of, passed=passed)


def doubtful(attempt: Attempt) -> list[int]:
    """The numbers, from 0, of the questions that the learner wants to look at again."""
    return [n for n, question in enumerate(attempt.questions) if question.id in attempt.doubtful]


def place_of(attempt: Attempt) -> int:
    """The number, from 0, of the question to go on with: typed in last, or not answered."""
    ids = [question.id for question in attempt.questions]
    typed = [ids.index(id_) for id_ in attempt.drafted if id_ in ids]
    return [*reversed(typed), *unanswered(attempt), max(len(ids) - 1, 0)][0]


def words_with(mark: Mark | None) -> str:
    """What was said with the mark for the whole, plain text; '' for nothing."""
    if mark is None:
        return ""
    late = translate("QuizView", "This was answered after it was due.") if mark.late else ""
    return "\n".join(filter(None, (mark.feedback, late)))


def outcome(result: Finished) -> Verdict:
    """Passed, not passed, or done."""
    if result.passed is None:
        return Verdict("check-circle", "card", translate("QuizView", "Done."))
    if result.passed:
        return Verdict("check-circle", "good", translate("QuizView", "Passed."))
    return Verdict("cross-circle", "warn", translate("QuizView", "Not passed yet."))


def points(result: Finished) -> str:
    """The score as a sentence."""
    if not result.out_of:
        return translate("QuizView", "Nothing here brings points.")
    said = translate("QuizView", "{share}: {points} of {out_of} points.")
    return said.format(
        share=percent(result.score),
        points=QLocale().toString(result.points, "g", 4),
        out_of=QLocale().toString(result.out_of, "g", 4),
    )


def named(number: int, question: Question) -> str:
    """A question in a list: its number and its words."""
    words = plain(question.body) or question.title
    short = words if len(words) <= _SHORT else words[: _SHORT - 1].rstrip() + "…"
    return f"{number + 1}. {short}"
