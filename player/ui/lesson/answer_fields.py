# SPDX-License-Identifier: Apache-2.0
"""What an interaction is answered in: choices to pick, a text or a number to type.

All have the same face: `given` and `show_given`, `show_marked`, `lock`, `entry`, and the signal
`edited`.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QWidget

from player.course.interactions import (
    Choice,
    ChoiceInteraction,
    FormulaInteraction,
    NumberInteraction,
    TextInteraction,
)
from player.lesson.answers import Answer
from player.lesson.parts import Part
from player.ui.language import translate
from player.ui.lesson.choice_row import ChoiceRow
from player.ui.lesson.context import LessonContext
from player.ui.lesson.pieces import Notice, Sign
from player.ui.lesson.rich_text import RichText
from player.ui.parts import column, label, row
from player.ui.style import GRID


class ChoiceField(QWidget):
    """Rows to choose one or several of; the keys 1 to 9 press them.

    Signals:
        edited: something was chosen or unchosen.
    """

    edited = Signal()

    def __init__(
        self, context: LessonContext, interaction: ChoiceInteraction, choices: Iterable[Choice]
    ) -> None:
        super().__init__()
        self.id, self._multiple = interaction.id, interaction.multiple
        layout = column(self, gap=GRID)
        if interaction.multiple:
            hint = translate("QuizView", "Several answers may be right: choose all of them.")
            layout.addWidget(label(hint, "caption"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(not interaction.multiple)
        self.rows = [ChoiceRow(context, one, multiple=interaction.multiple) for one in choices]
        for one in self.rows:
            self._group.addButton(one.button)
            layout.addWidget(one)
        self._group.buttonToggled.connect(lambda *_: self.edited.emit())

    @property
    def given(self) -> Answer:
        """The ids of what is chosen; one id, or '', where only one may be."""
        chosen = [one.choice.id for one in self.rows if one.button.isChecked()]
        return chosen if self._multiple else "".join(chosen[:1])

    def show_given(self, answer: Answer) -> None:
        """Choose what was chosen before."""
        chosen = [answer] if isinstance(answer, str) else answer
        for one in self.rows:
            one.button.setChecked(one.choice.id in chosen)

    def show_marked(self, part: Part | None) -> None:
        """Show beneath each choice that was made what became of it; None takes that away."""
        for one in self.rows:
            verdict = ""
            if part is not None and one.choice.id in (*part.right, *part.wrong):
                verdict = "good" if one.choice.id in part.right else "bad"
            one.mark(verdict, one.choice.feedback if verdict else "")

    def lock(self, *, locked: bool) -> None:
        """Take no more changes, or take them again."""
        for one in self.rows:
            one.lock(locked=locked)

    @property
    def entry(self) -> QWidget:
        """Where the keyboard goes: to what is chosen, or to the first choice."""
        checked = [one for one in self.rows if one.button.isChecked()]
        return (checked or self.rows)[0].button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        number = event.key() - Qt.Key.Key_1.value
        if event.key() in steps:
            self._go(steps[Qt.Key(event.key())])
        elif 0 <= number < min(9, len(self.rows)):
            self.rows[number].button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.rows[number].button.click()
        else:
            super().keyPressEvent(event)

    def _go(self, by: int) -> None:
        """To the row above or below; where one of several is chosen, the choice goes along."""
        here = [number for number, one in enumerate(self.rows) if one.button.hasFocus()]
        if not here:
            return
        there = self.rows[(here[0] + by) % len(self.rows)].button
        there.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._group.exclusive() and self.given:
            there.click()


class LineField(QWidget):
    """A line to type a text or a number in.

    Signals:
        edited: the text changed.
    """

    edited = Signal()

    def __init__(
        self,
        context: LessonContext,
        interaction: TextInteraction | NumberInteraction | FormulaInteraction,
    ) -> None:
        super().__init__()
        self.id = interaction.id
        self.line = QLineEdit()
        self.line.setMaxLength(500)
        self.line.textEdited.connect(self._typed)
        unit = "" if isinstance(interaction, TextInteraction) else interaction.unit
        self._formula = isinstance(interaction, FormulaInteraction) and bool(interaction.free)
        numeric = not isinstance(interaction, TextInteraction) and not self._formula
        name = translate("QuizView", "Your answer")
        if numeric:
            name = translate("QuizView", "Your answer, a number")
        elif self._formula:
            name = translate("QuizView", "Your answer, a formula")
        self.line.setPlaceholderText(name)
        letter = self.line.fontMetrics().averageCharWidth()
        self.line.setMaximumWidth(letter * (32 if numeric else 56))
        self.line.setAccessibleName(f"{name} ({unit})" if unit else name)
        self._hint = Notice("", "warning")
        self._sign, self._feedback = Sign("circle"), RichText(context)
        layout = column(self, gap=GRID)
        beside = row(self.line, label(unit, wrap=False), self._sign)
        beside.addStretch(1)
        beside.setStretch(0, 4)
        layout.addLayout(beside)
        layout.addWidget(self._hint)
        layout.addWidget(self._feedback)
        self._hint.hide()
        self.show_marked(None)

    @property
    def given(self) -> Answer:
        """What is typed."""
        return self.line.text()

    def show_given(self, answer: Answer) -> None:
        """Type what was typed before."""
        self.line.setText(answer if isinstance(answer, str) else " ".join(answer))

    def show_marked(self, part: Part | None) -> None:
        """Show beneath the line what became of it; None takes that away."""
        self._hint.hide()
        self._sign.setVisible(part is not None)
        self._feedback.setVisible(part is not None and bool(part.feedback))
        if part is not None:
            self._sign.show_worth(part.fraction or 0.0)
            self._feedback.set_html(part.feedback)
        self.line.setAccessibleDescription(self._feedback.toPlainText() if part else "")

    def refuse(self) -> None:
        """Say that this is no number, or no formula."""
        sentence = translate(
            "QuizView", "“{text}” is not a number. Write it with digits, for example {example}."
        )
        example = translate("QuizView", "12.5", "a number as the reader writes it")
        if self._formula:
            sentence = translate(
                "QuizView", "“{text}” cannot be read as a formula. Write it like {example}."
            )
            example = "2*a + sqrt(b)"
        self._hint.words.setText(sentence.format(text=self.line.text().strip(), example=example))
        self._hint.show()
        self.line.setAccessibleDescription(self._hint.words.text())
        self.line.selectAll()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def lock(self, *, locked: bool) -> None:
        """Take no more changes, or take them again."""
        self.line.setReadOnly(locked)

    @property
    def entry(self) -> QWidget:
        """Where the keyboard goes."""
        return self.line

    def _typed(self) -> None:
        self._hint.hide()
        self.edited.emit()
