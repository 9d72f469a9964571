# SPDX-License-Identifier: Apache-2.0
"""A text with gaps: each gap has a number in the text, and its field with that number beneath."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from player.course.interactions import Choice, ChoiceInteraction, ClozeInteraction, Gap
from player.lesson.answers import Answer, gaps_of
from player.lesson.parts import Part
from player.ui.language import translate
from player.ui.lesson.answer_fields import ChoiceField, LineField
from player.ui.lesson.cleaning import plain
from player.ui.lesson.context import LessonContext
from player.ui.lesson.menu_rows import Menu
from player.ui.lesson.pieces import Sign
from player.ui.lesson.rich_text import RichText
from player.ui.parts import column, label, row
from player.ui.style import GRID


class MenuGap(QWidget):
    """A gap that one of several texts fills."""

    edited = Signal()

    def __init__(self, interaction: ChoiceInteraction, choices: Iterable[Choice]) -> None:
        super().__init__()
        self.id = interaction.id
        entries = [(one.id, plain(one.text) or str(n)) for n, one in enumerate(choices, 1)]
        self.menu = Menu(entries, "")
        self._sign = Sign("circle")
        self._sign.hide()
        self.setLayout(row(self.menu, self._sign))
        self.menu.currentIndexChanged.connect(lambda _: self.edited.emit())

    @property
    def given(self) -> Answer:
        """The id of what is chosen."""
        return self.menu.chosen

    def show_given(self, answer: Answer) -> None:
        """Choose what was chosen before."""
        self.menu.choose(answer if isinstance(answer, str) else "".join(answer[:1]))

    def show_marked(self, part: Part | None) -> None:
        """Show a sign; None takes it away."""
        self._sign.setVisible(part is not None)
        if part is not None:
            right = (part.fraction or 0.0) > 0
            self._sign.show_sign("check" if right else "cross", "good" if right else "bad")

    def lock(self, *, locked: bool) -> None:
        """Take no more changes, or take them again."""
        self.menu.setEnabled(not locked)

    @property
    def entry(self) -> QWidget:
        """Where the keyboard goes."""
        return self.menu


Order = Callable[[ChoiceInteraction], Iterable[Choice]]


class ClozeField(QWidget):
    """The text, then a field for each gap.

    Signals:
        edited: a gap was filled or emptied.
    """

    edited = Signal()

    def __init__(self, context: LessonContext, interaction: ClozeInteraction, order: Order) -> None:
        super().__init__()
        self.id, self._interaction = interaction.id, interaction
        numbers = {gap.id: n for n, gap in enumerate(interaction.gaps, 1)}
        text = re.sub(
            r"\{\{([^{}]+)\}\}",
            lambda gap: f"<b>[{numbers[gap[1]]}]</b>" if gap[1] in numbers else gap[0],
            interaction.text,
        )
        layout = column(self, gap=GRID)
        layout.addWidget(RichText(context, text))
        self.fields: list[ChoiceField | LineField | MenuGap] = []
        for number, gap in enumerate(interaction.gaps, 1):
            field = _gap_field(context, gap, order)
            name = translate("QuizView", "Gap {n}").format(n=number)
            field.entry.setAccessibleName(name)
            field.edited.connect(self.edited)
            self.fields.append(field)
            beside = row(label(f"[{number}]", "strong", wrap=False))
            beside.addWidget(field, 1)
            layout.addLayout(beside)
        self._feedback = RichText(context)
        self._feedback.hide()
        layout.addWidget(self._feedback)
        self.setLayoutDirection(context.direction)

    @property
    def given(self) -> Answer:
        """What stands in each gap that is not empty, as `gap text`."""
        return [
            f"{field.id} {one}"
            for field in self.fields
            for one in ([field.given] if isinstance(field.given, str) else field.given)
            if one.strip()
        ]

    def show_given(self, answer: Answer) -> None:
        """Fill the gaps as they were filled before."""
        given = gaps_of(self._interaction, answer)
        for field in self.fields:
            one = given[field.id]
            field.show_given(one if isinstance(field, ChoiceField) else "".join(one))

    def show_marked(self, part: Part | None) -> None:
        """Show which gaps are right, and what there is to say; None takes that away."""
        for field in self.fields:
            told = part is not None and field.id in (*part.right, *part.wrong)
            right = float(part is not None and field.id in part.right)
            field.show_marked(Part(field.id, right) if told else None)
        self._feedback.set_html(part.feedback if part else "")
        self._feedback.setVisible(part is not None and bool(part.feedback))

    def refuse(self, gaps: Iterable[str]) -> None:
        """Say which gaps cannot be read, by their ids."""
        for field in self.fields:
            if isinstance(field, LineField) and field.id in gaps:
                field.refuse()

    def lock(self, *, locked: bool) -> None:
        """Take no more changes, or take them again."""
        for field in self.fields:
            field.lock(locked=locked)

    @property
    def entry(self) -> QWidget:
        """Where the keyboard goes: to the first gap."""
        return self.fields[0].entry


def _gap_field(context: LessonContext, gap: Gap, order: Order) -> ChoiceField | LineField | MenuGap:
    if not isinstance(gap, ChoiceInteraction):
        return LineField(context, gap)
    if gap.multiple:
        return ChoiceField(context, gap, order(gap))
    return MenuGap(gap, order(gap))
