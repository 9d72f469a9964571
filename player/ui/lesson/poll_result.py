# SPDX-License-Identifier: Apache-2.0
"""What the class answered to a poll: bars with numbers, one's own choice among them."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from player.course.interactions import Choice, ChoiceInteraction
from player.course.polls import poll
from player.course.quiz import Question
from player.journal import mail
from player.journal.items import Poll
from player.lesson.answers import chosen_of
from player.lesson.grading import Given
from player.ui.language import percent, translate, when
from player.ui.lesson.cleaning import plain
from player.ui.lesson.context import LessonContext
from player.ui.parts import column, label
from player.ui.style import GRID


def poll_result(context: LessonContext, question: Question, given: Given) -> QWidget | None:
    """What is known of a poll that was answered; None where the question is none."""
    asked = poll(context.activity, question)
    if asked is None:
        return None
    where = context.where
    found = mail.poll(context.db, where.learner, where.course, where.activity, question.id)
    return PollResult(context, asked, found, chosen_of(asked, given.get(asked.id, "")))


class PollResult(QFrame):
    """The result, or that it comes back later."""

    def __init__(
        self,
        context: LessonContext,
        asked: ChoiceInteraction,
        found: Poll | None,
        mine: tuple[str, ...],
    ) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setLayoutDirection(context.direction)
        self._inner = column(self, margin=2 * GRID, gap=GRID)
        self._inner.addWidget(label(translate("Survey", "What the class answered"), "strong"))
        if found is None or not found.answers:
            later = translate(
                "Survey",
                "The result comes back with the news of a later connection or stick, once enough "
                "people have answered.",
            )
            self._inner.addWidget(label(later, "muted"))
            return
        head = translate("Survey", "%n answer(s)", "", found.answers)
        self._inner.addWidget(label(f"{head} · {when(found.at)}", "caption"))
        for choice in asked.choices:
            self._add(choice, found.counts.get(choice.id, 0), found.answers, choice.id in mine)

    def _add(self, choice: Choice, count: int, answers: int, mine: bool) -> None:
        share = min(count / answers, 1.0)
        said = translate("Survey", "{choice}: {count} ({share})").format(
            choice=plain(choice.text) or choice.id,
            count=QLocale().toString(count),
            share=percent(share),
        )
        if mine:
            said = translate("Survey", "{choice} · your answer").format(choice=said)
        bar = QProgressBar()
        bar.setRange(0, 1000)
        bar.setValue(round(1000 * share))
        bar.setTextVisible(False)
        bar.setFixedHeight(GRID)
        bar.setAccessibleName(said)
        self._inner.addWidget(label(said, "strong" if mine else ""))
        self._inner.addWidget(bar)
