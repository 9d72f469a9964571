# SPDX-License-Identifier: Apache-2.0
"""The questions of one attempt, one at a time.

A quiz marks each answer when it is given. An exam keeps what is given whenever the learner goes to
another question, and marks at the end. An attempt that is over is only looked at.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget

from player.course.quiz import Question
from player.errors import PlayerError
from player.lesson.attempt import Attempt
from player.lesson.grading import Marked
from player.ui.flow import Flow
from player.ui.language import translate
from player.ui.lesson import look
from player.ui.lesson.again_later import AgainLater
from player.ui.lesson.answer_fields import ChoiceField
from player.ui.lesson.context import LessonContext
from player.ui.lesson.dots import Dots
from player.ui.lesson.drafting import Drafting
from player.ui.lesson.pieces import Column, Leading, Sign
from player.ui.lesson.question_card import QuestionCard
from player.ui.lesson.verdict import standing
from player.ui.parts import button, clear, column, label, line, row, tab_before
from player.ui.style import GRID

_DOUBT = QKeySequence("Ctrl+M")


class QuestionPage(Leading, QWidget):
    """One question, what leads to the others, and what became of the answer.

    Signals:
        ended: the learner goes on behind the last question, or asks to hand in.
        turned: another question is about to be shown.
        marked: the mark of this one is about to be shown, or taken away.
        activity_asked, address_asked: a link was followed, as in `RichText`.
    """

    ended = Signal()
    turned = Signal()
    marked = Signal()
    activity_asked = Signal(str)
    address_asked = Signal(str)

    def __init__(self, context: LessonContext, attempt: Attempt, *, exam: bool) -> None:
        super().__init__()
        self._context, self._attempt, self._exam = context, attempt, exam
        self._retrying = self._kept = self._fresh = False
        self._opened = QElapsedTimer()
        self._drafting = Drafting(context, attempt, self)
        self._at = 0
        self.card: QuestionCard
        self.again_later: AgainLater
        body = column(self, gap=0)
        body.addWidget(self._make_head())
        self._place = Column(look.width(context.look))
        laid_out = QTimer(self, singleShot=True, interval=0)
        laid_out.timeout.connect(self._reveal)
        self._place.verticalScrollBar().rangeChanged.connect(lambda *_: laid_out.start())
        body.addWidget(self._place, 1)
        body.addWidget(line())
        body.addLayout(self._make_foot())

    def open(self, number: int, words: str = "") -> None:
        """Show a question by its number, from 0, at these words of it."""
        attempt, question = self._attempt, self._attempt.questions[number]
        self._at, self._retrying, self._fresh = number, False, False
        self.turned.emit()
        clear(self._place.body)
        self.card = QuestionCard(
            self._context,
            question,
            lambda one, items: attempt.mixed(question, one, items),
            attempt.hints(question),
        )
        self._show_given(question)
        self.card.edited.connect(self._judge)
        self.card.hint_asked.connect(self._hint)
        self._drafting.watch(self.card)
        self.card.activity_asked.connect(self.activity_asked)
        self.card.address_asked.connect(self.address_asked)
        self._place.body.addWidget(self.card)
        self.again_later = AgainLater(self._context, question)
        self._place.body.addWidget(self.again_later)
        self._place.body.addStretch(1)
        self.card.show()  # at once: what is hidden takes no keyboard
        self._place.verticalScrollBar().setValue(0)
        self._opened.start()
        self._show_state()
        tab_before(self.previous, self.card, self.again_later)  # newer than the buttons below
        self._take_keyboard(self.card.fields[0].entry if self.answerable else self.on)
        if words:
            self.card.lead(self._place, words)

    @property
    def answerable(self) -> bool:
        """Whether an answer may be given now."""
        attempt, question = self._attempt, self.card.question
        if self._exam or not attempt.given(question) or self._retrying:
            return attempt.tries_left(question) != 0 and bool(self.card.fields)
        return False

    def keep(self) -> bool:
        """Keep what is typed; in an exam it is the answer. False where that could not be done."""
        self._drafting.keep()
        if not self._exam or not self.answerable:
            return True
        given, before = self.card.given, self._attempt.given(self.card.question)
        if given == before or (not before and self.card.is_empty):
            return True
        return self._record()

    def answer(self) -> None:
        """Record what is given and show what became of it."""
        if self.card.is_empty or not self._record():
            return
        self._retrying = False
        self.marked.emit()
        self._show_state()
        self._take_keyboard(self.on)
        self._fresh = True

    def retry(self) -> None:
        """Let the learner answer once more."""
        self._retrying = True
        self._opened.restart()
        self.marked.emit()
        self._show_state()
        self._take_keyboard(self.card.fields[0].entry)

    def go_to(self, number: int) -> None:
        """Go to any question; behind the last one it ends."""
        if not self.keep():
            return
        if number >= len(self._attempt.questions):
            self.ended.emit()
        elif number >= 0:
            self.open(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter answers or goes on; 1 to 9 choose, wherever the keyboard is."""
        choices = [field for field in self.card.fields if isinstance(field, ChoiceField)]
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            press = self.submit if self.submit.isVisibleTo(self) else self.on
            (focused if isinstance(focused, QPushButton) else press).click()
        elif Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9 and choices:
            choices[0].keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _reveal(self) -> None:
        """Bring a fresh verdict into sight, as soon as it has its place."""
        if self._fresh and self.card.outcome is not None:
            self._place.ensureWidgetVisible(self.card.outcome)

    def _take_keyboard(self, widget: QWidget) -> None:
        self.lead_to(widget)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _record(self) -> bool:
        seconds = self._opened.elapsed() / 1000
        try:
            mark = self._attempt.answer(self.card.question.id, self.card.given, seconds)
        except PlayerError as error:
            self._context.say(error)
            return False
        if mark is not None and mark.unread:
            self.card.refuse(mark.unread)
            return False
        self._drafting.drop()
        self._kept = True
        self._context.changed()
        return True

    def _show_given(self, question: Question) -> None:
        """What was typed and not answered comes back, over an earlier answer too."""
        given, draft = self._attempt.given(question), self._attempt.draft(question)
        if draft is not None and self._attempt.tries_left(question) != 0:
            self._retrying = bool(given) and not self._exam
            given = draft
        self.card.show_given(given)

    def _hint(self) -> None:
        with self._context.recording():
            self.card.show_hints(self._attempt.hint(self.card.question))

    def _show_state(self) -> None:
        question = self.card.question
        marked = None if self._retrying else self._attempt.marked(question)
        self.card.show_marked(marked)
        self.card.lock(locked=not self.answerable)
        self.again_later.show_state(answered=marked is not None)
        saved = bool(self._attempt.given(question)) and not self._retrying
        self._saved.setVisible(saved or self._kept)
        self._kept = False
        shown = translate("QuizView", "Question {n} of {count}")
        count = len(self._attempt.questions)
        self._number.setText(shown.format(n=self._at + 1, count=count))
        self._show_dots()
        self._name_buttons(marked)
        self._judge()

    def _show_dots(self) -> None:
        attempt = self._attempt
        standings = tuple(
            standing(
                one,
                answered=bool(attempt.given(one)),
                marked=attempt.marked(one),
                doubtful=one.id in attempt.doubtful,
            )
            for one in attempt.questions
        )
        self.dots.show_standings(standings, self._at)

    def _name_buttons(self, marked: Marked | None) -> None:
        attempt, tries = self._attempt, self._attempt.tries_left(self.card.question)
        last, over = self._at + 1 == len(attempt.questions), attempt.result is not None
        if not last:
            words = translate("QuizView", "Next question")
        elif over:
            words = translate("QuizView", "Back to the results")
        elif self._exam:
            words = translate("QuizView", "Hand in…")
        else:
            words = translate("QuizView", "See the results")
        self.on.setText(words)
        self.previous.setVisible(self._at > 0)
        doubtable = self._exam and not over and bool(self.card.fields)
        self.doubt.setVisible(doubtable)
        self.doubt.setEnabled(doubtable)  # its shortcut presses it unseen too
        self.doubt.setChecked(self.card.question.id in attempt.doubtful)
        self.hand_in.setVisible(self._exam and not over and not last)
        self.submit.setVisible(self.answerable and not self._exam)
        unsolved = marked is not None and marked.success is False  # None: nothing is right or wrong
        self.again.setVisible(unsolved and tries != 0)
        counted = tries is not None and not over and bool(self.card.fields)
        told = translate("QuizView", "%n more answer(s) possible", "", tries or 0)
        self._tries.setText(told if counted else "")

    def _judge(self) -> None:
        """Enable what makes sense with what is given now; the likeliest button stands out."""
        self.submit.setEnabled(not self.card.is_empty)
        stands_out = not self.submit.isVisibleTo(self)
        if (self.on.property("role") == "primary") != stands_out:
            self.on.setProperty("role", "primary" if stands_out else "")
            self.on.style().unpolish(self.on)
            self.on.style().polish(self.on)

    def _make_head(self) -> QWidget:
        head, inner = QWidget(), QWidget()
        inner.setMaximumWidth(look.width(self._context.look))
        self._number = label(role="strong", wrap=False)
        self.doubt = QCheckBox(translate("QuizView", "Look at it again"))
        self.doubt.setToolTip(_DOUBT.toString(QKeySequence.SequenceFormat.NativeText))
        self.doubt.clicked.connect(self._doubt)
        QShortcut(_DOUBT, self, self.doubt.click)
        self._saved = QWidget()
        words = translate("QuizView", "Saved on this computer")
        self._saved.setLayout(
            row(Sign("saved", "good", 16), label(words, "caption", wrap=False), gap=GRID // 2)
        )
        self.dots = Dots()
        self.dots.picked.connect(self.go_to)
        top = column(inner, gap=GRID // 2)
        top.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, GRID)
        shown = (self._number, self._saved, self.doubt)
        top.addLayout(Flow(*shown, gap=2 * GRID, wide=self._number))
        top.addWidget(self.dots)
        sides = row(gap=0)
        sides.addStretch(1)
        sides.addWidget(inner, 1000)
        sides.addStretch(1)
        head.setLayout(sides)
        return head

    def _make_foot(self) -> QHBoxLayout:
        self._tries = label(role="caption", wrap=False)
        self.previous = button(
            translate("QuizView", "Previous"), lambda: self.go_to(self._at - 1), sign="arrow-left"
        )
        self.hand_in = button(translate("QuizView", "Hand in…"), self._hand_in, role="quiet")
        self.again = button(translate("QuizView", "Try again"), self.retry, sign="refresh")
        self.submit = button(translate("QuizView", "Answer"), self.answer, role="primary")
        self.on = button("", lambda: self.go_to(self._at + 1))
        parts = (self.previous, self._tries, self.hand_in, self.again, self.on, self.submit)
        foot = row()
        foot.addLayout(Flow(*parts, wide=self._tries))
        foot.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        return foot

    def _doubt(self) -> None:
        with self._context.saying():
            self._attempt.doubt(self.card.question, on=self.doubt.isChecked())
        self._show_dots()

    def _hand_in(self) -> None:
        if self.keep():
            self.ended.emit()
