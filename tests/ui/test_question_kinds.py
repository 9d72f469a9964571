# SPDX-License-Identifier: Apache-2.0
"""Each kind of question is asked, by mouse and by keyboard, kept, marked, and shown again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from lesson_course import Desk, picture
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from player.course.interactions import (
    Area,
    Choice,
    ChoiceInteraction,
    ClozeInteraction,
    Criterion,
    FormulaAnswer,
    FormulaInteraction,
    Free,
    FreeTextInteraction,
    HotspotInteraction,
    ImageDragInteraction,
    Interaction,
    Item,
    Level,
    MatchInteraction,
    NumberAnswer,
    NumberInteraction,
    OrderInteraction,
    Pair,
    SurveyInteraction,
    TextAnswer,
    TextInteraction,
    Unsupported,
)
from player.course.manifest import Quiz
from player.course.quiz import Drawn, Outcome, Question
from player.journal.events import Answered
from player.journal.journal import Now
from player.lesson.answers import Answer
from player.store.database import Database
from player.ui import theme
from player.ui.lesson.answer_fields import ChoiceField, LineField
from player.ui.lesson.cloze_field import ClozeField
from player.ui.lesson.menu_rows import MenuField
from player.ui.lesson.order_field import OrderField
from player.ui.lesson.picture_field import AreaField, LabelField, PointField
from player.ui.lesson.question_page import QuestionPage
from player.ui.lesson.quiz_view import QuizView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

CAPITALS = MatchInteraction(
    "i",
    (Item("sn", "<b>Sénégal</b>"), Item("ml", "Mali")),
    (Item("dakar", "Dakar"), Item("bamako", "Bamako"), Item("lome", "Lomé")),
    (Pair("sn", "dakar"), Pair("ml", "bamako")),
    shuffle=False,
)
STEPS = OrderInteraction(
    "i",
    (Item("a", "Planter"), Item("b", "Semer"), Item("c", "Récolter")),
    ("b", "a", "c"),
    shuffle=False,
    scoring="positions",
)
GAPS = ClozeInteraction(
    "i",
    "<p>{{g}} est la capitale du {{c}}, à {{n}} km de Thiès.</p>",
    (
        TextInteraction("g", (TextAnswer("Dakar"),)),
        ChoiceInteraction("c", (Choice("sn", "Sénégal", 1.0), Choice("ml", "Mali")), shuffle=False),
        NumberInteraction("n", (NumberAnswer(65, 75),), unit="km"),
    ),
)
ESSAY = FreeTextInteraction(
    "i",
    (Criterion("k", "Un exemple", (Level("no", "Aucun"), Level("yes", "Un bon", 2))),),
    least_words=3,
    scoring="self",
)
MOOD = SurveyInteraction(
    "i",
    (Item("a", "Le rythme me convient."), Item("b", "Je connais déjà ce thème.")),
    (Item("l1", "Pas du tout"), Item("l2", "Un peu"), Item("l3", "Tout à fait")),
)
MAP: dict[str, Any] = {"image": "map.png", "width": 400, "height": 200, "description": "Le Sénégal"}
PLACES = (
    Area("dakar", "rect", (10, 10, 90, 90), "L'ouest", feedback="Oui, au bord de la mer."),
    Area("kayes", "circle", (300, 100, 60), "L'est", points=-1),
)
SPOT = HotspotInteraction("i", **MAP, areas=PLACES)
AREAS = HotspotInteraction("i", **MAP, areas=PLACES, visible=True)
LABELS = ImageDragInteraction(
    "i",
    **MAP,
    labels=(Item("one", "La capitale"), Item("two", "La frontière")),
    zones=PLACES,
    pairs=(Pair("one", "dakar"), Pair("two", "kayes")),
    shuffle=False,
)
LAW = FormulaInteraction("i", (FormulaAnswer("m*a"),), (Free("m"), Free("a")), unit="N")


@pytest.fixture
def desk(db: Database, home: Path, learner: str, clock: Now) -> Desk:
    return Desk(db, home, learner, clock)


def asking(qtbot: QtBot, desk: Desk, *interactions: Interaction, **more: object) -> QuizView:
    """A quiz of one question, begun."""
    question = Question("q", "Question", "<p>Répondez.</p>", interactions, **more)  # type: ignore[arg-type]
    activity = Quiz(
        id="q",
        title="Le point",
        blob=desk.quiz(question),
        questions=1,
        resources={"map.png": desk.blob(picture("#7a9a4c", 400, 200))},
    )
    view = QuizView(desk.context(activity), activity)
    qtbot.addWidget(view)
    view.resize(760, 640)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    return view


def page(view: QuizView) -> QuestionPage:
    assert isinstance(view.page, QuestionPage)
    return view.page


def field(view: QuizView) -> object:
    return page(view).card.fields[0]


def press(qtbot: QtBot, view: QuizView, *keys: Qt.Key | str) -> None:
    """Press keys wherever the keyboard is."""
    for key in keys:
        widget = view.focusWidget()
        assert isinstance(widget, QWidget)
        if isinstance(key, str):
            qtbot.keyClicks(widget, key)
        else:
            qtbot.keyClick(widget, key)


def last(desk: Desk) -> Answered:
    act = desk.acts("answered")[-1]
    assert isinstance(act, Answered)
    return act


DOWN, TAB, ENTER = Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Return


def test_matching_by_keyboard_alone(qtbot: QtBot, desk: Desk) -> None:
    view = asking(qtbot, desk, CAPITALS, outcome=Outcome(partly="<p>Presque.</p>"))
    press(qtbot, view, DOWN, TAB, DOWN, DOWN, DOWN, ENTER)
    act = last(desk)
    assert act.given == {"i": ["sn dakar", "ml lome"]}
    assert (act.interaction, act.response, act.score) == (
        *("matching", "sn[.]dakar[,]ml[.]lome"),
        0.5,
    )
    made = field(view)
    assert isinstance(made, MenuField)
    menus = [one.menus[0] for one in made.rows.values()]
    assert [one.accessibleName() for one in menus] == ["Sénégal", "Mali"]
    assert [one.accessibleDescription() for one in menus] == ["Right.", "Not right."]
    assert not any(one.isEnabled() for one in menus)
    outcome = page(view).card.outcome
    assert outcome is not None
    assert "Presque." in [
        one.toPlainText() for one in outcome.findChildren(QWidget) if hasattr(one, "toPlainText")
    ]


def test_another_menu_comes_when_one_is_used(qtbot: QtBot, desk: Desk) -> None:
    view = asking(qtbot, desk, msgspec.structs.replace(CAPITALS, per_source=2))
    made = field(view)
    assert isinstance(made, MenuField)
    row = made.rows["sn"]
    assert len(row.menus) == 1
    row.menus[0].choose("lome")
    row.menus[1].choose("dakar")
    assert len(row.menus) == 2  # no more than a source may have
    assert made.given == ["sn lome", "sn dakar"]
    made.show_given(["ml bamako"])
    assert made.given == ["ml bamako"]
    made.show_given(["sn dakar", "sn lome"])
    assert made.given == ["sn dakar", "sn lome"]


def test_sorting_by_alt_and_arrows(qtbot: QtBot, desk: Desk) -> None:
    view = asking(qtbot, desk, STEPS)
    made = field(view)
    assert isinstance(made, OrderField)
    assert made.given == []  # nothing was said yet
    assert not page(view).submit.isEnabled()
    qtbot.keyClick(made.list, DOWN, Qt.KeyboardModifier.AltModifier)
    assert made.given == ["b", "a", "c"]
    press(qtbot, view, ENTER)
    assert (last(desk).response, last(desk).score) == ("b[,]a[,]c", 1)
    qtbot.keyClick(made.list, DOWN, Qt.KeyboardModifier.AltModifier)
    assert made.given == ["b", "a", "c"]  # an answer that was given is locked


def test_an_order_that_is_right_already_can_be_said(qtbot: QtBot, desk: Desk) -> None:
    view = asking(qtbot, desk, STEPS)
    made = field(view)
    assert isinstance(made, OrderField)
    qtbot.mouseClick(made.down, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(made.up, Qt.MouseButton.LeftButton)
    assert made.given == ["a", "b", "c"]
    made.mine.setChecked(False)
    assert made.given == []
    made.mine.setFocus()
    press(qtbot, view, Qt.Key.Key_Space)
    assert len(made.given) == 3


def test_gaps_by_keyboard_and_what_cannot_be_read(qtbot: QtBot, desk: Desk) -> None:
    view = asking(qtbot, desk, GAPS)
    press(qtbot, view, "dakar", TAB, DOWN, TAB, "loin", ENTER)
    assert desk.acts("answered") == []
    made = field(view)
    assert isinstance(made, ClozeField)
    number = made.fields[2]
    assert isinstance(number, LineField)
    assert "loin" in number.line.accessibleDescription()
    press(qtbot, view, "70", ENTER)
    act = last(desk)
    assert act.given == {"i": ["g dakar", "c sn", "n 70"]}
    assert (act.interaction, act.response, act.score) == ("fill-in", "dakar[,]sn[,]70", 1)
    assert [one.entry.accessibleName() for one in made.fields] == ["Gap 1", "Gap 2", "Gap 3"]


def test_a_long_text_and_the_learners_own_mark(qtbot: QtBot, desk: Desk) -> None:
    view = asking(qtbot, desk, ESSAY)
    press(qtbot, view, "Chez nous le puits", ENTER, "suffit.", TAB, DOWN, DOWN, ENTER)
    act = last(desk)
    assert act.given == {"i": ["Chez nous le puits\nsuffit.", "k yes"]}
    assert (act.interaction, act.response, act.score) == (
        *("long-fill-in", "Chez nous le puits\nsuffit."),
        1,
    )


def test_a_survey_brings_no_points(qtbot: QtBot, desk: Desk) -> None:
    view = asking(qtbot, desk, MOOD)
    press(qtbot, view, DOWN, TAB, Qt.Key.Key_Space, ENTER)
    act = last(desk)
    assert act.given == {"i": ["a l2", "b l1"]}
    assert (act.response, act.score, act.success) == ("a[.]l2[,]b[.]l1", None, None)


def test_pointing_by_keyboard_alone(qtbot: QtBot, desk: Desk) -> None:
    view = asking(qtbot, desk, SPOT)
    made = field(view)
    assert isinstance(made, PointField)
    left = Qt.Key.Key_Left
    press(qtbot, view, left, left, left, left, left, left, Qt.Key.Key_Up, Qt.Key.Key_Space)
    assert made.given == ["50 75"]
    assert made.picture.accessibleName() == "Le Sénégal"
    assert made.picture.accessibleDescription() == "50 across, 75 down"
    press(qtbot, view, ENTER)
    act = last(desk)
    assert (act.given, act.response, act.score) == ({"i": ["50 75"]}, "(50,75)", 1)
    press(qtbot, view, Qt.Key.Key_Right)
    assert made.given == ["50 75"]


def test_pointing_with_the_mouse_takes_places_away_again(qtbot: QtBot, desk: Desk) -> None:
    view = asking(qtbot, desk, SPOT)
    made = field(view)
    assert isinstance(made, PointField)
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(made.picture, left, pos=QPoint(300, 100))
    assert made.given == ["300 100"]
    qtbot.mouseClick(made.picture, left, pos=QPoint(20, 30))
    assert made.given == ["20 30"]  # one place is asked for
    qtbot.mouseClick(made.picture, left, pos=QPoint(21, 31))
    assert made.given == []


def test_choosing_an_area_by_its_name_or_a_click(qtbot: QtBot, desk: Desk) -> None:
    view = asking(qtbot, desk, AREAS)
    made = field(view)
    assert isinstance(made, AreaField)
    assert [one.button.accessibleName() for one in made.rows] == ["1. L'ouest", "2. L'est"]
    press(qtbot, view, "2")
    assert made.given == ["kayes"]
    qtbot.mouseClick(made.picture, Qt.MouseButton.LeftButton, pos=QPoint(20, 30))
    press(qtbot, view, ENTER)
    assert (last(desk).given, last(desk).response) == ({"i": ["dakar"]}, "dakar")
    assert last(desk).score == 1


def test_labels_by_menu_or_by_a_click_on_the_picture(qtbot: QtBot, desk: Desk) -> None:
    view = asking(qtbot, desk, LABELS)
    made = field(view)
    assert isinstance(made, LabelField)
    press(qtbot, view, DOWN)
    qtbot.mouseClick(made.picture, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
    press(qtbot, view, ENTER)
    act = last(desk)
    assert act.given == {"i": ["one dakar", "two kayes"]}
    assert (act.interaction, act.score) == ("matching", 1)


def test_a_formula_is_read_before_it_counts(qtbot: QtBot, desk: Desk) -> None:
    view = asking(qtbot, desk, LAW)
    press(qtbot, view, "m fois a", ENTER)
    assert desk.acts("answered") == []
    line = field(view)
    assert isinstance(line, LineField)
    assert "formula" in line.line.accessibleDescription()
    press(qtbot, view, "a*m N", ENTER)
    assert last(desk).score == 1


def test_numbers_are_drawn_once_for_an_attempt(qtbot: QtBot, desk: Desk) -> None:
    key = FormulaInteraction("i", (FormulaAnswer("a*2"),))
    view = asking(qtbot, desk, key, variables=(Drawn("a", 3, 300),), feedback="{a}")
    press(qtbot, view, str(2 * int(page(view).card.question.feedback)), ENTER)
    assert last(desk).score == 1


def test_what_has_no_form_here_blocks_nothing(qtbot: QtBot, desk: Desk) -> None:
    view = asking(qtbot, desk, Unsupported("u", "hologram"))
    assert page(view).card.fields == []
    assert page(view).on.isEnabled()


@pytest.mark.parametrize(
    "interaction", [CAPITALS, STEPS, GAPS, ESSAY, MOOD, LAW, SPOT, AREAS, LABELS]
)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_what_was_given_is_shown_again(
    qtbot: QtBot, desk: Desk, interaction: Interaction, language: str
) -> None:
    given: dict[str, Answer] = {
        "match": ["sn lome", "ml dakar"],
        "order": ["c", "a", "b"],
        "cloze": ["g Thiès", "c ml", "n 70"],
        "freetext": ["Un\ndeux", "k no"],
        "survey": ["a l3", "b l1"],
        "formula": "2a",
        "image-drag": ["two dakar"],
        "hotspot": ["20 30"],
    }
    if interaction is AREAS:
        given["hotspot"] = ["kayes"]
    desk.language = language
    view = asking(qtbot, desk, interaction)
    made = page(view).card.fields[0]
    answer = given[str(interaction.__struct_config__.tag)]
    page(view).card.show_given({"i": answer})
    assert made.given == answer
    assert (
        isinstance(made, LineField)
        or made.layoutDirection()
        is desk.context(
            view.activity
            if hasattr(view, "activity")
            else Quiz(id="x", title="", blob="0" * 64, questions=0)
        ).direction
    )


def test_menus_leave_the_wheel_to_the_page(qtbot: QtBot, desk: Desk) -> None:
    view = asking(qtbot, desk, MOOD)
    for menu in view.findChildren(QComboBox):
        assert menu.focusPolicy() is Qt.FocusPolicy.StrongFocus


def test_hints_come_one_after_the_other(qtbot: QtBot, desk: Desk) -> None:
    view = asking(qtbot, desk, LAW, hints=("<p>Newton.</p>", "<p>Deux lettres.</p>"))
    hints = page(view).card.hints
    assert hints is not None
    assert (hints.shown, hints.more.text()) == (0, "Hint 1 of 2")
    press(qtbot, view, TAB, Qt.Key.Key_Space)
    assert (hints.shown, hints.more.text()) == (1, "Hint 2 of 2")
    press(qtbot, view, Qt.Key.Key_Space)
    assert hints.shown == 2
    assert not hints.more.isVisible()


def test_what_brings_no_points_is_not_marked_wrong(qtbot: QtBot, desk: Desk) -> None:
    choices = (Choice("a", "Le matin"), Choice("b", "Le soir"))
    view = asking(qtbot, desk, ChoiceInteraction("i", choices, scoring="none"))
    press(qtbot, view, "1", ENTER)
    assert last(desk).success is None
    made = field(view)
    assert isinstance(made, ChoiceField)
    assert not any(row.button.accessibleDescription() for row in made.rows)


def test_large_letters_have_room_for_every_word(qtbot: QtBot, desk: Desk) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    usual, large = app.font(), app.font()
    large.setPointSizeF(usual.pointSizeF() * 2)
    app.setFont(large)
    theme.apply(app)
    try:
        view = asking(qtbot, desk, CAPITALS)
        view.resize(560, 640)
        press(qtbot, view, DOWN, TAB, DOWN, ENTER)
        card = page(view).card
        qtbot.waitUntil(lambda: card.outcome is not None and card.outcome.isVisible())
        qtbot.waitUntil(lambda: card.height() >= card.heightForWidth(card.width()))
        for one in view.findChildren(QPushButton):
            assert not one.isVisible() or one.width() >= one.minimumSizeHint().width(), one.text()
        for menu in view.findChildren(QComboBox):
            assert menu.height() >= menu.fontMetrics().height() + 12, menu.currentText()
    finally:
        app.setFont(usual)
