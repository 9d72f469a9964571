# SPDX-License-Identifier: Apache-2.0
"""What is asked on a picture: to point at places, to choose areas, to put labels on zones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from player.course.interactions import (
    Area,
    Choice,
    ChoiceInteraction,
    HotspotInteraction,
    ImageDragInteraction,
    Item,
)
from player.lesson.answers import Answer, Point, listed, places_of
from player.lesson.areas import holds
from player.lesson.parts import Part
from player.ui.language import translate
from player.ui.lesson.answer_fields import ChoiceField
from player.ui.lesson.cleaning import plain
from player.ui.lesson.context import LessonContext
from player.ui.lesson.menu_rows import MenuField, MenuRow
from player.ui.lesson.picture import Picture
from player.ui.lesson.pieces import Sign
from player.ui.lesson.rich_text import RichText
from player.ui.parts import column, label, row
from player.ui.style import GRID


def named_areas(areas: Iterable[Area]) -> list[tuple[str, str]]:
    """Ids, and names with the numbers that stand in the picture."""
    return [
        (one.id, f"{number}. {plain(one.text)}" if one.text else str(number))
        for number, one in enumerate(areas, 1)
    ]


class PointField(QWidget):
    """Places of a picture, as many as are asked for.

    Signals:
        edited: a place was added or taken away.
    """

    edited = Signal()

    def __init__(self, context: LessonContext, interaction: HotspotInteraction) -> None:
        super().__init__()
        self.id, self._interaction = interaction.id, interaction
        size = QSize(interaction.width, interaction.height)
        self.picture = Picture(context, interaction.image, size)
        self.picture.take_keys()
        self.picture.setAccessibleName(interaction.description or translate("QuizView", "Picture"))
        self.picture.pointed.connect(self._toggle)
        hint = translate(
            "QuizView", "Click, or move the cross with the arrow keys and press Space."
        )
        self._count, self._sign, self._feedback = (
            label(role="caption"),
            Sign("circle"),
            RichText(context),
        )
        layout = column(self, gap=GRID)
        layout.addWidget(label(hint, "caption"))
        layout.addWidget(self.picture)
        layout.addLayout(row(self._count, self._sign, 1))
        layout.addWidget(self._feedback)
        self.show_marked(None)
        self._tell()

    @property
    def given(self) -> Answer:
        """The places, `x y` in the picture's pixels."""
        return [f"{x:g} {y:g}" for x, y in self.picture.points]

    def show_given(self, answer: Answer) -> None:
        """Draw the places that were given before."""
        places = places_of(self._interaction, listed(answer))
        self.picture.show_points([one for one in places if not isinstance(one, str)])
        self._tell()

    def show_marked(self, part: Part | None) -> None:
        """Show what became of them; None takes that away."""
        self._sign.setVisible(part is not None)
        if part is not None:
            self._sign.show_worth(part.fraction or 0.0)
        self._feedback.set_html(part.feedback if part else "")
        self._feedback.setVisible(part is not None and bool(part.feedback))

    def lock(self, *, locked: bool) -> None:
        """Take no more places, or take them again."""
        self.picture.lock(locked=locked)

    @property
    def entry(self) -> QWidget:
        """Where the keyboard goes."""
        return self.picture

    def _toggle(self, x: float, y: float) -> None:
        """Add a place; one that is there goes, and the oldest where there are too many."""
        reach = max(self._interaction.width, self._interaction.height) / 60
        spot = Area("", "circle", (x, y, reach))
        left: list[Point] = [one for one in self.picture.points if not holds(spot, one)]
        if len(left) == len(self.picture.points):
            left = [*left, (x, y)][-self._interaction.most :]
        self.picture.show_points(left)
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        told = translate("QuizView", "Places: {n} of {most}")
        count = len(self.picture.points)
        self._count.setText(told.format(n=count, most=self._interaction.most))


class AreaField(ChoiceField):
    """Areas that can be seen: chosen by their names, or by a click on them."""

    def __init__(self, context: LessonContext, interaction: HotspotInteraction) -> None:
        choices = tuple(
            Choice(id_, name, one.points if -1 <= one.points <= 1 else 1.0, one.feedback)
            for (id_, name), one in zip(
                named_areas(interaction.areas), interaction.areas, strict=True
            )
        )
        asked = ChoiceInteraction(interaction.id, choices, multiple=interaction.most > 1)
        super().__init__(context, asked, choices)
        self._areas = interaction.areas
        size = QSize(interaction.width, interaction.height)
        self.picture = Picture(context, interaction.image, size, interaction.areas)
        self.picture.setAccessibleName(interaction.description or translate("QuizView", "Picture"))
        self.picture.pointed.connect(self._choose)
        cast("QVBoxLayout", self.layout()).insertWidget(0, self.picture)

    @property
    def given(self) -> Answer:
        """The ids of the areas."""
        return listed(super().given)

    def _choose(self, x: float, y: float) -> None:
        for one, area in zip(self.rows, self._areas, strict=True):
            if holds(area, (x, y)) and one.button.isEnabled():
                one.button.click()


class LabelField(MenuField):
    """Labels to put on the zones of a picture: a click on a zone puts the current label there."""

    def __init__(
        self, context: LessonContext, interaction: ImageDragInteraction, labels: Iterable[Item]
    ) -> None:
        entries = named_areas(interaction.zones)
        most = interaction.per_source or len(entries)
        super().__init__(context, interaction.id, labels, entries, most)
        self._zones = interaction.zones
        size = QSize(interaction.width, interaction.height)
        self.picture = Picture(context, interaction.image, size, interaction.zones)
        self.picture.setAccessibleName(interaction.description or translate("QuizView", "Picture"))
        self.picture.pointed.connect(self._put)
        hint = translate(
            "QuizView",
            "Choose a number for each label, or click the places in the picture in turn.",
        )
        layout = cast("QVBoxLayout", self.layout())
        layout.insertWidget(0, label(hint, "caption"))
        layout.insertWidget(1, self.picture)

    def _put(self, x: float, y: float) -> None:
        """Give a zone to the row that has the keyboard, or to the first that is free."""
        zone = next((one for one in self._zones if holds(one, (x, y))), None)
        row_ = self._current()
        if zone is not None and row_ is not None and row_.menus[-1].isEnabled():
            row_.menus[-1].choose(zone.id)

    def _current(self) -> MenuRow | None:
        free = [one for one in self.rows.values() if not one.menus[0].chosen]
        held = [one for one in self.rows.values() if any(menu.hasFocus() for menu in one.menus)]
        free_and_held = [one for one in held if one in free]
        return next(iter([*free_and_held, *free, *held]), None)
