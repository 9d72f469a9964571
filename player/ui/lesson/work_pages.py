# SPDX-License-Identifier: Apache-2.0
"""The pages of a piece of work: where it is written, and where it is asked for the last time."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from player.course.interactions import FreeTextInteraction
from player.course.manifest import Work
from player.course.quiz import Question
from player.lesson.answers import Answer, essay_of
from player.lesson.attempt import Attempt
from player.store import handed
from player.ui.language import translate, when
from player.ui.lesson import look
from player.ui.lesson.context import LessonContext
from player.ui.lesson.drafting import Soon
from player.ui.lesson.look import COLUMN
from player.ui.lesson.pieces import Column, Leading, Sign
from player.ui.lesson.question_card import QuestionCard
from player.ui.lesson.quiz_pages import named
from player.ui.lesson.upload_field import UploadField
from player.ui.lesson.upload_words import to_send
from player.ui.lesson.verdict import can_be_asked
from player.ui.parts import button, card, column, label, line, row
from player.ui.style import GRID


class Writing(Leading, QWidget):
    """All of a piece of work on one page: tasks, rubrics, texts and files.

    Signals:
        asked: the learner wants to hand it in.
        activity_asked, address_asked: a link was followed, as in `RichText`.
    """

    asked = Signal()
    activity_asked = Signal(str)
    address_asked = Signal(str)

    def __init__(self, context: LessonContext, attempt: Attempt, work: Work) -> None:
        super().__init__()
        self._context, self._attempt = context, attempt
        self._soon = Soon(self.keep, self)
        self._place = Column(look.width(context.look))
        self.cards: list[QuestionCard] = []
        for sentence in rules(work):
            self._place.body.addWidget(label(sentence, "muted"))
        for question in attempt.questions:
            self._place.body.addWidget(self._card(question))
        self._place.body.addStretch(1)
        self._saved = label(role="caption")
        self.hand_in = button(translate("HandIn", "Hand in…"), self.asked.emit, role="primary")
        body = column(self, gap=0)
        body.addWidget(self._place, 1)
        body.addWidget(line())
        foot = row(Sign("saved", side=16), gap=GRID)
        foot.addWidget(self._saved, 1)
        foot.addWidget(self.hand_in)
        foot.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        body.addLayout(foot)
        self._show_saved()
        fields = [field for made in self.cards for field in made.fields]
        self.lead_to(fields[0].entry if fields else self.hand_in)

    @property
    def is_busy(self) -> bool:
        """Whether a file is still being copied."""
        return any(
            isinstance(field, UploadField) and field.is_busy
            for made in self.cards
            for field in made.fields
        )

    def keep(self) -> None:
        """Keep what is typed and chosen; where that cannot be done, it is said."""
        with self._context.saying():
            self.keep_now()

    def keep_now(self) -> None:
        """Keep what is typed and chosen. Raises DiskFull, DatabaseBusy, NotWritable."""
        self._soon.stop()
        for made in self.cards:
            if made.fields:
                self._attempt.keep(made.question, made.given)
        self._show_saved()

    def _card(self, question: Question) -> QuestionCard:
        attempt = self._attempt
        made = QuestionCard(
            self._context, question, lambda one, items: attempt.mixed(question, one, items)
        )
        draft = attempt.draft(question)
        made.show_given(attempt.given(question) if draft is None else draft)
        made.edited.connect(self._edited)
        made.activity_asked.connect(self.activity_asked)
        made.address_asked.connect(self.address_asked)
        self.cards.append(made)
        return made

    def _edited(self) -> None:
        self._soon.ask()
        self._saved.setText(translate("HandIn", "Saving…"))

    def _show_saved(self) -> None:
        self._saved.setText(
            translate("HandIn", "Saved on this computer as you write. Nothing is handed in yet.")
        )


class Asking(Column):
    """Asks once, says what is missing and what it costs, and then it is final.

    Signals:
        confirmed: it may be handed in.
        went_back: not yet.
    """

    confirmed = Signal()
    went_back = Signal()

    def __init__(self, context: LessonContext, writing: Writing, attempts_left: int | None) -> None:
        super().__init__(COLUMN)
        frame, body = card()
        body.setSpacing(2 * GRID)
        body.addWidget(label(translate("HandIn", "Hand in?"), "heading"))
        missing = list(_missing(writing))
        for sentence in missing:
            body.addLayout(_signed("warning", sentence))
        sizes = [file.size for made in writing.cards for file in files_in(made.given.values())]
        if sizes:
            body.addLayout(_signed("sent", to_send(sizes, context.files_go)))
        final = translate("HandIn", "After that it cannot be changed.")
        if attempts_left != 0:
            final = translate("HandIn", "It cannot be changed then; you may hand in another one.")
        body.addLayout(_signed("lock", final))
        words = translate("HandIn", "Hand in")
        self.confirm = button(words, self.confirmed.emit, role="primary")
        self.back = button(translate("HandIn", "Go on writing"), self.went_back.emit)
        body.addLayout(row(self.back, 1, self.confirm))
        self.body.addWidget(frame)
        self.body.addStretch(1)
        self.lead_to(self.back if missing else self.confirm)


def rules(work: Work) -> list[str]:
    """What a learner should know while writing, beside the task."""
    said = []
    if work.answer_by:
        said.append(
            translate("HandIn", "To be handed in by {time}.").format(time=when(work.answer_by))
        )
    if work.connect_by:
        text = translate("HandIn", "It must have reached the platform by {time}.")
        said.append(text.format(time=when(work.connect_by)))
    return said


def files_in(answers: Iterable[Answer]) -> list[handed.File]:
    """The files that some answers name."""
    lines = [line for one in answers if isinstance(one, list) for line in one]
    return [file for line in lines if (file := handed.file_of(line))]


def _missing(writing: Writing) -> list[str]:
    said = []
    for number, made in enumerate(writing.cards):
        question = made.question
        if not can_be_asked(question):
            continue
        if made.is_empty:
            text = translate("HandIn", "Not answered: {question}")
            said.append(text.format(question=named(number, question)))
        for one in question.interactions:
            if isinstance(one, FreeTextInteraction):
                said += _length(one, made.given.get(one.id, ""), named(number, question))
    return said


def _length(asked: FreeTextInteraction, answer: Answer, question: str) -> list[str]:
    words = len(essay_of(answer)[0].split())
    if words and words < asked.least_words:
        text = translate(
            "HandIn", "%n word(s), and at least {n} are asked for: {question}", "", words
        )
        return [text.format(n=asked.least_words, question=question)]
    if asked.most_words and words > asked.most_words:
        text = translate(
            "HandIn", "%n word(s), and at most {n} are asked for: {question}", "", words
        )
        return [text.format(n=asked.most_words, question=question)]
    return []


def _signed(sign: str, sentence: str) -> QHBoxLayout:
    made = row(Sign(sign), gap=GRID + GRID // 2)
    made.addWidget(label(sentence), 1)
    return made
