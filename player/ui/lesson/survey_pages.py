# SPDX-License-Identifier: Apache-2.0
"""The questions of a questionnaire, and who learns what is answered."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from player.course.manifest import Survey
from player.course.quiz import Question
from player.lesson import survey as surveys
from player.lesson.attempt import Attempt
from player.lesson.grading import Given
from player.ui.language import translate
from player.ui.lesson import look
from player.ui.lesson.context import LessonContext
from player.ui.lesson.pieces import Column, Leading, Notice, Sign
from player.ui.lesson.question_card import QuestionCard
from player.ui.lesson.verdict import can_be_asked
from player.ui.parts import button, card, clear, column, label, row
from player.ui.style import GRID

PAGE = 40  # questions: so many widgets an old PC makes in a moment


def about(survey: Survey) -> str:
    """Who learns what is answered, in one honest sentence."""
    if survey.anonymous:
        return translate(
            "Survey",
            "Anonymous: your answers leave without your name, apart from your other work. Only "
            "where very few people answer, or where somebody watches this computer's connection, "
            "could it be guessed that they are yours.",
        )
    return translate("Survey", "The platform will know that these answers are yours.")


class Asking(Leading, QWidget):
    """The questions, all on one page or, where there are very many, on several.

    Signals:
        edited: something was filled in.
        sent: the learner wants to send it.
        turned: another page of questions is about to be shown.
        activity_asked, address_asked: a link was followed, as in `RichText`.
    """

    edited = Signal()
    sent = Signal()
    turned = Signal()
    activity_asked = Signal(str)
    address_asked = Signal(str)

    def __init__(
        self,
        context: LessonContext,
        survey: Survey,
        attempt: Attempt,
        given: Mapping[str, Given],
    ) -> None:
        super().__init__()
        self._context, self._survey, self._attempt = context, survey, attempt
        self._given = dict(given)
        self.cards: dict[str, QuestionCard] = {}
        self._place = Column(look.width(context.look))
        self._fault, self.send = Notice(""), button("", self.sent.emit)
        outer = column(self, gap=0)
        outer.addLayout(self._make_head())
        outer.addWidget(self._place, 1)
        self.open(0)

    @property
    def answers(self) -> dict[str, Given]:
        """What is filled in, by question; what is empty is left out."""
        found = self._given | {id_: made.given for id_, made in self.cards.items()}
        return {id_: given for id_, given in found.items() if not surveys.is_empty(given)}

    def open(self, page: int) -> None:
        """Show a page, counted from 0."""
        self._given, questions = self.answers, self._attempt.questions
        shown = questions[page * PAGE : (page + 1) * PAGE]
        self.turned.emit()
        clear(self._place.body)
        self.cards = {
            one.id: asked_card(self, self._context, self._attempt, one, self._given.get(one.id, {}))
            for one in shown
        }
        if page == 0:
            self._place.body.addWidget(self._intro())
        number = sum(bool(one.interactions) for one in questions[: page * PAGE])
        for one in shown:
            number += bool(one.interactions)
            headed = _headed(one, number, self.cards[one.id])
            self._place.body.addWidget(headed)
            headed.show()  # at once: what is hidden takes no keyboard
            self.cards[one.id].edited.connect(self._count)
            self.cards[one.id].edited.connect(self.edited)
        self._add_foot(page, last=(page + 1) * PAGE >= len(questions))
        self._place.verticalScrollBar().setValue(0)
        self._count()
        fields = [field for made in self.cards.values() for field in made.fields]
        self.lead_to(fields[0].entry if fields else self.send)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_fit(self) -> bool:
        """Whether it can be sent; if not, what stands in the way is said and shown."""
        answers, questions = self.answers, self._attempt.questions
        unread = surveys.unread(questions, answers)
        # What this version cannot ask stands in nobody's way
        known = {one.id for one in questions if can_be_asked(one)}
        missing = [id_ for id_ in surveys.missing(questions, answers) if id_ in known]
        first = next((n for n, one in enumerate(questions) if one.id in (*unread, *missing)), None)
        if first is None:
            return True
        self._turn_to(first)
        for id_ in unread.keys() & self.cards.keys():
            self.cards[id_].refuse(unread[id_])
        self._say(len(missing))
        card_ = self.cards[questions[first].id]
        self._place.ensureWidgetVisible(card_)
        card_.fields[0].entry.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def show_question(self, number: int, words: str = "") -> None:
        """Turn to a question, its number from 0, at these words; its field has the keyboard."""
        self._turn_to(number)
        made = self.cards[self._attempt.questions[number].id]
        if made.fields:
            made.fields[0].entry.setFocus(Qt.FocusReason.OtherFocusReason)
        made.lead(self._place, words)

    def _turn_to(self, number: int) -> None:
        if self._attempt.questions[number].id not in self.cards:
            self.open(number // PAGE)

    def _say(self, missing: int) -> None:
        words = translate("Survey", "One answer cannot be read.")
        if missing:
            words = translate("Survey", "%n question(s) still need an answer.", "", missing)
        self._fault.words.setText(words)
        self._fault.show()
        self.send.setAccessibleDescription(words)

    def _add_foot(self, page: int, *, last: bool) -> None:
        body = self._place.body
        self._fault = Notice("", "warning")
        self._fault.hide()
        body.addWidget(self._fault)
        back = button(translate("QuizView", "Previous"), lambda: self.open(page - 1))
        back.setVisible(page > 0)
        words = translate("Survey", "Send") if last else translate("Survey", "Next page")
        act = self.sent.emit if last else lambda: self.open(page + 1)
        self.send = button(words, act, role="primary")
        body.addLayout(row(self.send, back, 1))
        if last:
            once = translate("Survey", "It is sent once; then answers cannot be changed.")
            body.addWidget(label(once))
        body.addStretch(1)

    def _intro(self) -> QWidget:
        frame, inner = card()
        words = translate(
            "Survey",
            "Nothing here is right or wrong. Skip what you like, except where an answer is asked "
            "for. What you fill in is kept on this computer until you send it.",
        )
        whose = "lock" if self._survey.anonymous else "person"
        for sign, sentence in (("info", words), (whose, about(self._survey))):
            line = row(Sign(sign), gap=GRID + GRID // 2)
            line.addWidget(label(sentence), 1)
            inner.addLayout(line)
        return frame

    def _make_head(self) -> QHBoxLayout:
        self._words = label(role="caption", wrap=False)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(translate("Survey", "Answered"))
        head = row(self._bar, self._words, gap=2 * GRID)
        head.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, GRID)
        return head

    def _count(self) -> None:
        asked = sum(can_be_asked(one) for one in self._attempt.questions)
        done = len(self.answers)
        self._bar.setMaximum(max(asked, 1))
        self._bar.setValue(done)
        words = translate("Survey", "{done} of {all} answered").format(done=done, all=asked)
        self._words.setText(words)


def asked_card(
    page: QWidget, context: LessonContext, attempt: Attempt, question: Question, given: Given
) -> QuestionCard:
    """A question of `attempt` with what was given; its links are those of `page`."""
    made = QuestionCard(context, question, lambda one, items: attempt.mixed(question, one, items))
    made.show_given(given)
    made.activity_asked.connect(page.activity_asked)  # type: ignore[attr-defined]
    made.address_asked.connect(page.address_asked)  # type: ignore[attr-defined]
    return made


def _headed(question: Question, number: int, made: QuestionCard) -> QWidget:
    """A card below its number, and whether it has to be answered."""
    if not question.interactions:
        return made
    words = translate("Survey", "Question {n}").format(n=number)
    if question.required:
        words = f"{words} · {translate('Survey', 'an answer is asked for')}"
    whole = QWidget()
    inner = column(whole, gap=GRID // 2)
    inner.addWidget(label(words, "strong" if question.required else "caption"))
    inner.addWidget(made)
    made.setAccessibleName(words)
    return whole
