# SPDX-License-Identifier: Apache-2.0
"""Answering as a person does: each kind of field by clicks, keys and typed letters."""

from __future__ import annotations

from functools import singledispatch
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from walker import Walker

from player.lesson.answers import Answer, essay_of, listed
from player.lesson.grading import Given
from player.ui.lesson.answer_fields import ChoiceField, LineField
from player.ui.lesson.cloze_field import ClozeField, MenuGap
from player.ui.lesson.essay_field import EssayField
from player.ui.lesson.fields import Field
from player.ui.lesson.menu_rows import Menu, MenuField
from player.ui.lesson.order_field import OrderField
from player.ui.lesson.picture_field import PointField
from player.ui.lesson.question_card import QuestionCard
from player.ui.lesson.scale_field import ScaleField
from player.ui.lesson.upload_field import UploadField


def fill(walker: Walker, card: QuestionCard, given: Given) -> None:
    """Give these answers to the question on `card`."""
    for field in card.fields:
        enter(field, walker, given.get(field.id, ""))


@singledispatch
def enter(field: Field | MenuGap, walker: Walker, answer: Answer) -> None:
    """Answer one field."""
    del walker, answer
    raise TypeError(f"no hand for {type(field).__name__}")


@enter.register
def _(field: ChoiceField, walker: Walker, answer: Answer) -> None:
    for one in field.rows:
        wanted = one.choice.id in listed(answer)
        if wanted and not one.button.isChecked():
            walker.click(one.button)


@enter.register
def _(field: LineField, walker: Walker, answer: Answer) -> None:
    walker.type(field.line, " ".join(listed(answer)))


@enter.register
def _(field: MenuField, walker: Walker, answer: Answer) -> None:
    for pair in listed(answer):
        source, _, target = pair.partition(" ")
        _choose(walker, field.rows[source].menus[-1], target)


@enter.register
def _(field: MenuGap, walker: Walker, answer: Answer) -> None:
    _choose(walker, field.menu, "".join(listed(answer)))


@enter.register
def _(field: OrderField, walker: Walker, answer: Answer) -> None:
    for place, id_ in enumerate(listed(answer)):
        while (here := field.list.ids.index(id_)) > place:
            field.list.setCurrentRow(here)
            walker.key(Qt.Key.Key_Up, field.list, Qt.KeyboardModifier.AltModifier)
    if not field.mine.isChecked():
        walker.click(field.mine)


@enter.register
def _(field: ClozeField, walker: Walker, answer: Answer) -> None:
    for gap in field.fields:
        said = [one.removeprefix(f"{gap.id} ") for one in listed(answer)]
        mine = [one for one, whole in zip(said, listed(answer), strict=True) if one != whole]
        enter(gap, walker, "".join(mine))


@enter.register
def _(field: PointField, walker: Walker, answer: Answer) -> None:
    del walker
    picture = field.picture
    scale = picture.width() / picture.sizeHint().width()
    for one in listed(answer):
        x, y = (round(float(number) * scale) for number in one.split())
        QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=QPoint(x, y))


@enter.register
def _(field: ScaleField, walker: Walker, answer: Answer) -> None:
    for pair in listed(answer):
        item, _, step = pair.partition(" ")
        walker.click(field.rows[item].steps[step])


@enter.register
def _(field: EssayField, walker: Walker, answer: Answer) -> None:
    text, levels = essay_of(answer)
    walker.type(field.text, text)
    for criterion, level in levels.items():
        _choose(walker, field.marks[criterion].menus[0], level)


@enter.register
def _(field: UploadField, walker: Walker, answer: Answer) -> None:
    """Drop a file of that name, from the examples, onto the field."""
    for name in listed(answer):
        path = next(Path(__file__).parents[1].glob(f"*/quizzes/figures/{name}"))
        files = QMimeData()
        files.setUrls([QUrl.fromLocalFile(str(path))])
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        place = QPointF(field.rect().center())
        drop = QDropEvent(place, Qt.DropAction.CopyAction, files, buttons, keys)
        field.dropEvent(drop)  # by QApplication it would need a drag that has begun
        walker.until(lambda: not field.is_busy, f"{name} to be copied")


def _choose(walker: Walker, menu: Menu, id_: str) -> None:
    """Go down in a menu until that is chosen."""
    menu.setFocus()
    walker.key(Qt.Key.Key_Home, menu)
    for _ in range(menu.findData(id_)):
        walker.key(Qt.Key.Key_Down, menu)
