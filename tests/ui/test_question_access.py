# SPDX-License-Identifier: Apache-2.0
"""What a screen reader finds in each form: every control has a name and says what it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lesson_course import Desk
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from test_question_kinds import AREAS, LABELS, LAW, SPOT, asking, page

from player.course.interactions import (
    Choice,
    ChoiceInteraction,
    ClozeInteraction,
    Criterion,
    FreeTextInteraction,
    Interaction,
    Item,
    Level,
    MatchInteraction,
    NumberAnswer,
    NumberInteraction,
    OrderInteraction,
    SurveyInteraction,
    TextAnswer,
    TextInteraction,
)
from player.journal.journal import Now
from player.store.database import Database

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

CHOICES = (Choice("a", "<b>Un</b>", 1.0), Choice("b", "Deux", 0.0))
CITY = TextInteraction("t", (TextAnswer("Dakar"),))
SUM = NumberInteraction("n", (NumberAnswer(1, 2),), unit="kg")
THINGS, PLACES = (Item("x", "Le pays"), Item("y", "La ville")), (Item("1", "Oui"), Item("2", "Non"))
RUBRIC = (Criterion("c", "Clair ?", (Level("l", "Oui", 1), Level("m", "Non"))),)
GAPS = (ChoiceInteraction("c", CHOICES), CITY, SUM, ChoiceInteraction("d", CHOICES, multiple=True))
KINDS: dict[str, Interaction] = {
    "choice": ChoiceInteraction("i", CHOICES),
    "several": ChoiceInteraction("i", CHOICES, multiple=True),
    "text": CITY,
    "number": SUM,
    "formula": LAW,
    "cloze": ClozeInteraction("i", "{{c}} {{t}} {{n}} {{d}}", GAPS),
    "match": MatchInteraction("i", THINGS, PLACES, per_source=2),
    "order": OrderInteraction("i", THINGS, ("x", "y")),
    "hotspot": SPOT,
    "areas": AREAS,
    "image-drag": LABELS,
    "freetext": FreeTextInteraction("i", RUBRIC, scoring="self"),
    "survey": SurveyInteraction("i", THINGS, PLACES),
}


@pytest.fixture
def desk(db: Database, home: Path, learner: str, clock: Now) -> Desk:
    return Desk(db, home, learner, clock)


def tree(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """An element with everything below it that is shown."""
    yield interface
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None and child.isValid() and not child.state().invisible:
            yield from tree(child)


@pytest.mark.parametrize("kind", KINDS)
def test_every_control_has_a_name_and_a_role(qtbot: QtBot, desk: Desk, kind: str) -> None:
    view = asking(qtbot, desk, KINDS[kind], hints=("<p>Au bord.</p>",))
    found = list(tree(QAccessible.queryAccessibleInterface(view)))
    controls = [one for one in found if one.state().focusable]
    assert controls
    for one in controls:
        what = (one.object(), one.role(), one.text(QAccessible.Text.Name))
        assert one.text(QAccessible.Text.Name).strip(), what
        assert one.role() not in {QAccessible.Role.NoRole, QAccessible.Role.Client}, what


@pytest.mark.parametrize("kind", KINDS)
def test_tab_reaches_every_control_of_the_form(qtbot: QtBot, desk: Desk, kind: str) -> None:
    view = asking(qtbot, desk, KINDS[kind])
    card = page(view).card
    reached = set()
    for _ in range(60):
        focused = QApplication.focusWidget()
        reached.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    for field in card.fields:
        assert field.entry in reached
    assert page(view).on in reached
