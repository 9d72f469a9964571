# SPDX-License-Identifier: Apache-2.0
"""One question: its text, what it is answered in, and what became of the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from html import escape

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from player.course.interactions import Interaction
from player.course.quiz import Question
from player.lesson.answers import Answer, is_blank
from player.lesson.grading import Marked
from player.ui.language import translate
from player.ui.lesson.answer_fields import LineField
from player.ui.lesson.cloze_field import ClozeField
from player.ui.lesson.context import LessonContext
from player.ui.lesson.fields import Field, Mix, field_of
from player.ui.lesson.find_bar import hits
from player.ui.lesson.hints import Hints
from player.ui.lesson.pieces import Column, Notice, Sign
from player.ui.lesson.poll_result import poll_result
from player.ui.lesson.rich_text import RichText
from player.ui.lesson.verdict import verdict
from player.ui.parts import card, column, label, row
from player.ui.style import GRID


class QuestionCard(QFrame):
    """A question to answer, or to look at once it is answered; `hints` were shown before.

    Signals:
        edited: something was chosen or typed.
        hint_asked: the learner wants one more hint.
        activity_asked, address_asked: a link was followed, as in `RichText`.
    """

    edited = Signal()
    hint_asked = Signal()
    activity_asked = Signal(str)
    address_asked = Signal(str)

    def __init__(
        self, context: LessonContext, question: Question, mix: Mix, hints: int = 0
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.question, self._context = question, context
        self._body = column(self, margin=3 * GRID, gap=2 * GRID)
        self.text = self._text(question.body)
        self._body.addWidget(self.text)
        self.fields: list[Field] = []
        for interaction in question.interactions:
            self._body.addWidget(self._field(interaction, mix))
        self.hints: Hints | None = None
        if question.hints:
            self.hints = Hints([self._text(one) for one in question.hints], hints)
            self.hints.asked.connect(self.hint_asked)
            self._body.addWidget(self.hints)
        self.outcome: QWidget | None = None
        self._poll: QWidget | None = None
        self.setLayoutDirection(context.direction)
        # No maximum: that would be of lines that do not wrap, and squeeze those that do
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def given(self) -> dict[str, Answer]:
        """What is chosen and typed now, by interaction id."""
        return {field.id: field.given for field in self.fields}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is chosen and nothing typed."""
        return is_blank(self.given)

    def show_given(self, given: Mapping[str, Answer]) -> None:
        """Choose and type what was given before."""
        for field in self.fields:
            field.show_given(given.get(field.id, ""))

    def show_marked(self, marked: Marked | None) -> None:
        """Show verdict and feedback; None takes them away."""
        parts = {part.interaction: part for part in marked.parts} if marked else {}
        for field in self.fields:
            field.show_marked(parts.get(field.id))
        if self.outcome is not None:
            self.outcome.hide()
            self.outcome.deleteLater()
            self.outcome = None
        if marked is not None:
            self.outcome = self._make_outcome(marked)
            self._body.addWidget(self.outcome)
            self.outcome.show()
        self._show_poll(marked)

    def _show_poll(self, marked: Marked | None) -> None:
        """Beneath a poll that was answered, what the class answered."""
        if self._poll is not None:
            self._poll.hide()
            self._poll.deleteLater()
        self._poll = poll_result(self._context, self.question, self.given) if marked else None
        if self._poll is not None:
            self._body.addWidget(self._poll)
            self._poll.show()

    def show_hints(self, count: int) -> None:
        """Show the first `count` hints."""
        if self.hints is not None:
            self.hints.show_first(count)

    def lead(self, place: Column, words: str = "") -> None:
        """Bring what it asks into sight, these words of it marked, once it is laid out."""
        QTimer.singleShot(0, self, partial(self._lead, place, words))

    def _lead(self, place: Column, words: str) -> None:
        cursor = self.text.textCursor()
        for start, end in hits(self.text.document(), words)[:1]:
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            self.text.setTextCursor(cursor)
        place.reveal(self.text.viewport(), self.text.cursorRect(cursor).center())

    def refuse(self, unread: Iterable[str]) -> None:
        """Say what cannot be read: fields by their ids, gaps as `field gap`."""
        ids = list(unread)
        for field in self.fields:
            if isinstance(field, LineField) and field.id in ids:
                field.refuse()
            elif isinstance(field, ClozeField):
                mine = [one.split() for one in ids if " " in one]
                field.refuse([gap for cloze, gap in mine if cloze == field.id])

    def lock(self, *, locked: bool) -> None:
        """Take no more changes, or take them again."""
        for field in self.fields:
            field.lock(locked=locked)
        if self.hints is not None:
            self.hints.more.setEnabled(not locked)

    def _field(self, interaction: Interaction, mix: Mix) -> QWidget:
        field = field_of(self._context, interaction, mix)
        if field is None:
            sentence = translate(
                "QuizView",
                "This question needs a newer Cartable. It brings no points; go on with the next.",
            )
            return Notice(sentence)
        field.edited.connect(self.edited)
        self.fields.append(field)
        return field

    def _make_outcome(self, marked: Marked) -> QWidget:
        found = verdict(marked)
        frame, inner = card(found.tint if found.tint != "muted" else "panel")
        word = label(found.words, found.tint if found.tint != "muted" else "strong")
        head = row(Sign(found.sign, found.tint), gap=GRID)
        head.addWidget(word, 1)
        inner.addLayout(head)
        for html in (_outcome(self.question, marked), self.question.feedback, _written(marked)):
            if html:
                inner.addWidget(self._text(html))
        return frame

    def _text(self, html: str) -> RichText:
        text = RichText(self._context, html)
        text.activity_asked.connect(self.activity_asked)
        text.address_asked.connect(self.address_asked)
        return text


def _written(marked: Marked) -> str:
    """What whoever marked it wrote, as HTML."""
    return escape(marked.words, quote=False).replace("\n", "<br>")


def _outcome(question: Question, marked: Marked) -> str:
    """What the course says to an answer as a whole."""
    if marked.score is None or question.outcome is None:
        return ""
    if marked.success:
        return question.outcome.right
    return question.outcome.partly if marked.score > 0 else question.outcome.wrong
