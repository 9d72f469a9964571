# SPDX-License-Identifier: Apache-2.0
"""By what an answer will be marked: each criterion, its levels and their points, to be read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFrame

from player.course.interactions import Criterion, Level
from player.ui.language import translate
from player.ui.lesson.context import LessonContext
from player.ui.lesson.rich_text import RichText
from player.ui.parts import column, label, line
from player.ui.style import GRID


class Rubric(QFrame):
    """A panel that stands before what is to be written or chosen, and stays there."""

    def __init__(self, context: LessonContext, rubric: Sequence[Criterion]) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        head = translate("QuizView", "It is marked by:")
        self.setAccessibleName(head)
        body = column(self, margin=2 * GRID, gap=GRID)
        body.addWidget(label(head, "strong"))
        for number, criterion in enumerate(rubric):
            if number:
                body.addWidget(line())
            body.addWidget(RichText(context, criterion.text))
            body.addWidget(RichText(context, _levels(criterion.levels)))
        self.setLayoutDirection(context.direction)


def _levels(levels: Sequence[Level]) -> str:
    """The levels as a list, which a screen reader can count; their texts are HTML."""
    rows = (f"<li>{one.text} – {_points(one.points)}</li>" for one in levels)
    return f"<ul>{''.join(rows)}</ul>"


def _points(points: float) -> str:
    if points == int(points):
        return translate("QuizView", "%n point(s)", "", int(points))
    said = translate("QuizView", "{n} points")
    return said.format(n=QLocale().toString(points, "g", 4))
