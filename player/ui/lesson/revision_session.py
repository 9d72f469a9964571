# SPDX-License-Identifier: Apache-2.0
"""A revision under way: one question after another, until it is enough or the learner stops."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from player.app import Services
from player.app.revision import Asked
from player.errors import PlayerError
from player.lesson.drawing import laid_out
from player.ui.flow import Flow
from player.ui.language import translate
from player.ui.lesson.aloud import Sentence
from player.ui.lesson.answer_fields import ChoiceField
from player.ui.lesson.context import LessonContext
from player.ui.lesson.listening import Hearing, said
from player.ui.lesson.look import COLUMN
from player.ui.lesson.pieces import Column, Leading
from player.ui.lesson.question_card import QuestionCard
from player.ui.parts import button, clear, column, label, line, row, tab_before
from player.ui.style import GRID


class RevisionSession(Leading, QWidget):
    """Answered or not, the learner may stop at any question.

    Signals:
        ended: nothing more for today, or the learner stopped.
        problem: a PlayerError to say.
        recorded: the id of the course in which something was.
        activity_wanted: (course id, activity id).
        address_wanted: a link to the web was followed.
    """

    ended = Signal()
    problem = Signal(object)
    recorded = Signal(str)
    activity_wanted = Signal(str, str)
    address_wanted = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._asked: Asked | None = None
        self._seen: list[tuple[str, str, str]] = []
        self._on = self._is_answered = False
        self._opened = QElapsedTimer()
        self._seconds = 0.0
        self.card: QuestionCard
        self._title, self._from = label(role="strong"), label(role="caption")
        self._place = Column(COLUMN)
        laid_out = QTimer(self, singleShot=True, interval=0)
        laid_out.timeout.connect(self._reveal)
        self._place.verticalScrollBar().rangeChanged.connect(lambda *_: laid_out.start())
        body = column(self, gap=0)
        self.listening = Hearing(self)
        self.speaks = self.listening.button()
        self.ended.connect(self.listening.stop)
        titles = column(gap=GRID // 2)
        titles.addWidget(self._title)
        titles.addWidget(self._from)
        head = row(gap=GRID)
        head.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        head.addLayout(titles, 1)
        head.addWidget(self.speaks)
        body.addLayout(head)
        body.addWidget(self._place, 1)
        body.addWidget(line())
        foot = column(margin=GRID)
        foot.addLayout(self._make_foot())
        body.addLayout(foot)

    def _make_foot(self) -> Flow:
        self.stop = button(translate("Revision", "Stop"), self.ended.emit, sign="stop")
        self.out = button(translate("Revision", "Take it out"), self._take_out, role="quiet")
        self.hard = button(translate("Revision", "That was hard"), self._say_hard)
        self.submit = button(translate("QuizView", "Answer"), self.answer, role="primary")
        following = translate("QuizView", "Next question")
        self.next = button(following, self.go_on, role="primary", sign="arrow-right")
        gap = QWidget()
        return Flow(self.stop, self.out, gap, self.hard, self.submit, self.next, wide=gap)

    def begin(self, *, on: bool = False) -> None:
        """Ask the first question; `on` though the day's time is over."""
        self._seen, self._on = [], on
        self.go_on()

    def go_on(self) -> None:
        """Ask the next question; without one it ends."""
        try:
            asked = self._services.revision.ask(self._seen, on=self._on)
        except PlayerError as error:
            self.problem.emit(error)
            asked = None
        if asked is None:
            self.ended.emit()
        else:
            self._show(asked)

    def answer(self) -> None:
        """Record how well it was known, and show the mark at once."""
        if self._asked is None or self.card.is_empty:
            return
        self._seconds = self._opened.elapsed() / 1000
        helped = self.card.hints is not None and self.card.hints.shown > 0
        try:
            mark = self._services.revision.answer(
                self._asked, self.card.given, self._seconds, helped=helped
            )
        except PlayerError as error:
            self.problem.emit(error)
            return
        if mark.unread:
            self.card.refuse(mark.unread)
            return
        self.listening.stop()
        self.card.show_marked(mark)
        self.card.lock(locked=True)
        self._is_answered = True
        self._name_buttons(hard=bool(mark.success))
        self._take_keyboard(self.next)
        self.recorded.emit(self._asked.where.course)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter answers or goes on, Escape stops; 1 to 9 choose, wherever the keyboard is."""
        choices = [field for field in self.card.fields if isinstance(field, ChoiceField)]
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            press = self.next if self._is_answered else self.submit
            (focused if isinstance(focused, QPushButton) else press).click()
        elif Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9 and choices:
            choices[0].keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.stop.click()
        else:
            super().keyPressEvent(event)

    def _show(self, asked: Asked) -> None:
        self.listening.begin_anew()
        self._asked, self._is_answered = asked, False
        self.speaks.setVisible(self.listening.can_be)
        self._seen.append(asked.key)
        self._title.setText(translate("Revision", "Question {n}").format(n=len(self._seen)))
        where = translate("Revision", "{course}: {activity}")
        names = {"course": asked.manifest.title, "activity": asked.activity.title}
        self._from.setText(where.format(**names))
        clear(self._place.body)
        self.card = QuestionCard(
            self._context(asked),
            asked.question,
            lambda one, items: laid_out(asked.attempt, asked.question, one, items),
        )
        self.card.edited.connect(self._judge)
        self.card.hint_asked.connect(self._hint)
        self.card.activity_asked.connect(lambda to: self._open(asked, to))
        self.card.address_asked.connect(self.address_wanted)
        self._place.body.addWidget(self.card)
        self._place.body.addStretch(1)
        self.card.show()  # at once: what is hidden takes no keyboard
        self._place.verticalScrollBar().setValue(0)
        self._opened.start()
        self._name_buttons(hard=False)
        tab_before(self.stop, self.card)  # newer than the buttons below
        self._take_keyboard(self.card.fields[0].entry)

    def _context(self, asked: Asked) -> LessonContext:
        services = self._services
        return LessonContext(
            db=services.db,
            home=services.home,
            where=asked.where,
            manifest=asked.manifest,
            activity=asked.activity,
            settings=services.settings,
            now=services.now,
            say=self.problem.emit,
            open_activity=lambda to: self._open(asked, to),
            open_url=self.address_wanted.emit,
            changed=lambda: None,
        )

    def _open(self, asked: Asked, activity: str) -> None:
        self.activity_wanted.emit(asked.where.course, activity)

    def _reveal(self) -> None:
        """Bring a fresh verdict into sight, as soon as it has its place."""
        if self._is_answered and self.card.outcome is not None:
            self._place.ensureWidgetVisible(self.card.outcome)

    def _name_buttons(self, *, hard: bool) -> None:
        self.submit.setVisible(not self._is_answered)
        self.next.setVisible(self._is_answered)
        self.hard.setVisible(hard)
        self._judge()

    def _judge(self) -> None:
        self.submit.setEnabled(not self.card.is_empty)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page of the window is in front."""
        self.listening.stop()
        super().hideEvent(event)

    @property
    def spoken(self) -> str:
        """The language that the question is in (BCP 47)."""
        asked = self._asked
        return asked.activity.language or asked.manifest.language if asked else ""

    def to_read(self) -> list[Sentence]:
        """The question, and what became of the answer."""
        return list(said(self.card, self.spoken))

    def _take_keyboard(self, widget: QWidget) -> None:
        self.lead_to(widget)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hint(self) -> None:
        if self.card.hints is not None:
            self.card.show_hints(self.card.hints.shown + 1)

    def _say_hard(self) -> None:
        """It was right, and comes sooner all the same."""
        if self._asked is None:
            return
        try:
            self._services.revision.say_hard(self._asked, self._seconds)
        except PlayerError as error:
            self.problem.emit(error)
            return
        self.recorded.emit(self._asked.where.course)
        self.go_on()

    def _take_out(self) -> None:
        asked = self._asked
        if asked is None:
            return
        try:
            self._services.revision.take_out(asked.where, asked.activity, asked.question.id)
        except PlayerError as error:
            self.problem.emit(error)
            return
        self.recorded.emit(asked.where.course)
        self.go_on()
