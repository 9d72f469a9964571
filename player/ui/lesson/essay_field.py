# SPDX-License-Identifier: Apache-2.0
"""A long text, with its words counted, what it is marked by, and the learner's own marks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from player.course.interactions import FreeTextInteraction, Item
from player.lesson.answers import Answer, essay_of
from player.lesson.parts import Part
from player.ui.language import translate
from player.ui.lesson.context import LessonContext
from player.ui.lesson.menu_rows import MenuRow, named
from player.ui.lesson.rubric import Rubric
from player.ui.parts import column, label
from player.ui.style import GRID


class EssayField(QWidget):
    """A text of several lines.

    Signals:
        edited: the text or a mark changed.
    """

    edited = Signal()

    def __init__(self, context: LessonContext, interaction: FreeTextInteraction) -> None:
        super().__init__()
        self.id, self._interaction = interaction.id, interaction
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(translate("QuizView", "Your answer"))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(24 * GRID)
        self._count = label(role="caption")
        self.marks: dict[str, MenuRow] = {}
        layout = column(self, gap=GRID)
        if interaction.rubric and interaction.scoring != "self":
            layout.addWidget(Rubric(context, interaction.rubric))
        layout.addWidget(self.text)
        layout.addWidget(self._count)
        for made in self._rubric(context):
            layout.addWidget(made)
        self.text.textChanged.connect(self._typed)
        self._count_words()
        self.setLayoutDirection(context.direction)

    @property
    def given(self) -> Answer:
        """The text as it was typed; in a list with the learner's own marks where there are any."""
        text = self.text.toPlainText()
        levels = [f"{id_} {one.menus[0].chosen}" for id_, one in self.marks.items()]
        chosen = [one for one in levels if not one.endswith(" ")]
        return [text, *chosen] if chosen else text

    def show_given(self, answer: Answer) -> None:
        """Type and choose what was given before."""
        text, levels = essay_of(answer)
        self.text.setPlainText(text)
        for id_, made in self.marks.items():
            made.menus[0].choose(levels.get(id_, ""))

    def show_marked(self, part: Part | None) -> None:
        """Nothing: the verdict beneath says all there is to say."""

    def lock(self, *, locked: bool) -> None:
        """Take no more changes, or take them again."""
        self.text.setReadOnly(locked)
        for made in self.marks.values():
            made.menus[0].setEnabled(not locked)

    @property
    def entry(self) -> QWidget:
        """Where the keyboard goes."""
        return self.text

    def _rubric(self, context: LessonContext) -> list[QWidget]:
        """What the learner marks by, where they do it themselves."""
        rubric = self._interaction.rubric
        if not rubric or self._interaction.scoring != "self":
            return []
        for one in rubric:
            levels = named(Item(level.id, level.text) for level in one.levels)
            self.marks[one.id] = MenuRow(context, one.text, levels)
            self.marks[one.id].edited.connect(self.edited)
        return [label(translate("QuizView", "Mark yourself by:"), "strong"), *self.marks.values()]

    def _typed(self) -> None:
        self._count_words()
        self.edited.emit()

    def _count_words(self) -> None:
        least, most = self._interaction.least_words, self._interaction.most_words
        said = [translate("QuizView", "%n word(s)", "", len(self.text.toPlainText().split()))]
        if least:
            said.append(translate("QuizView", "at least {n}").format(n=least))
        if most:
            said.append(translate("QuizView", "at most {n}").format(n=most))
        self._count.setText(" · ".join(said))
