# SPDX-License-Identifier: Apache-2.0
"""What a course says of itself is where the learner looks for it, and so are its languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from shell import COURSE, Publisher, Shell, running, seen
from simulator import Simulator

from player.course.licence import terms
from player.course.manifest import Licence
from player.ui import licence_words
from player.ui.language import tongue
from player.ui.lesson.page_view import PageView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

ENGLISH = {
    "course.en.toml": 'title = "Little course"\n[titles]\norganiser = "Get organised"\n',
    "pages/roles.en.md": "# Who does what?\n\nEach of us.\n",
}


@pytest.fixture
def shell(qtbot: QtBot, tmp_path: Path) -> Iterator[Shell]:
    """Somebody whose window is in French has the course here; the server is on a line."""
    publisher = Publisher(tmp_path)
    publisher.publish(ENGLISH)
    server = Simulator()
    server.publish(publisher.folder)
    with running(qtbot, tmp_path / "home", publisher, server) as made:
        services = made.shown.services
        services.introduce("Awa")
        services.change(allowed_keys=(publisher.public,), language="fr")
        services.add_repository(server.url)
        services.refresh_all()
        services.ask(COURSE, [one.id for one in services.take_up(COURSE).sections], "")
        services.download()
        made.shown.renew()
        made.window.open_course(COURSE)
        made.idle()
        yield made


def words(widget: QWidget) -> list[str]:
    return [one.text() for one in seen(widget, QLabel) if one.text()]


def test_behind_one_button_are_licence_authors_and_how_to_cite(shell: Shell) -> None:
    about = shell.window.course.about
    assert not about.credits.isVisible()
    about.open.setFocus()
    shell.qtbot.keyClick(about.open, Qt.Key.Key_Return)
    assert about.open.isChecked()
    said = words(about.credits)
    assert "A. Diallo · Formatrice" in said
    assert "Licence\u00a0: CC BY-SA 4.0" in said
    assert "Vous pouvez le copier et le partager." in said
    [cited] = [one for one in said if one.startswith("A. Diallo. Petit cours, cours, version 1")]
    about.credits.copy.click()
    assert QGuiApplication.clipboard().text() == cited
    assert about.credits.copy.text() == "Copié"
    about.open.click()
    assert not about.credits.isVisible()


def test_another_language_is_read_once_its_price_was_read(shell: Shell) -> None:
    course = shell.window.course
    course.about.open.click()
    choice = course.about.languages
    assert choice.isVisible()
    assert [choice.choice.itemText(n) for n in range(choice.choice.count())] == [
        "Français",
        "English",
    ]
    assert not choice.read.isVisible()
    choice.choice.setCurrentIndex(1)
    assert choice.read.isVisible()
    assert "Le lire dans cette langue · " in choice.read.text()
    assert shell.shown.services.course(COURSE).title == "Petit cours", "nothing changed yet"
    choice.read.click()
    assert "Little course" in words(course)
    shell.idle()
    assert not [one for one in shell.shown.services.wishes() if one.here < one.total]
    assert "6 activités ne sont pas encore traduites." in words(choice)
    shell.window.open_activity(COURSE, "qui-fait-quoi")
    view = shell.window.lesson.view
    assert isinstance(view, PageView)
    assert "Each of us." in view.toPlainText()


def test_what_is_being_chosen_outlives_a_look_at_the_page(shell: Shell) -> None:
    course = shell.window.course
    course.about.open.click()
    course.about.languages.choice.setCurrentIndex(1)
    course.show_course(shell.shown.services.course(COURSE))
    course.show_now()
    assert course.about.languages.choice.currentData() == "en"
    assert course.about.languages.read.isVisible()


def test_whoever_lends_is_told_what_may_not_be_lent_freely(shell: Shell) -> None:
    [shelf] = shell.shown.services.library()
    assert list(licence_words.to_lend([shelf])) == []
    shelves = [
        replace(shelf, licence="CC-BY-NC-4.0"),
        replace(shelf, licence="All rights reserved"),
        replace(shelf, licence="All rights reserved", version=0),  # it is not here
    ]
    assert list(licence_words.to_lend(shelves)) == [
        "Petit cours\u00a0: pas pour gagner de l’argent.",
        "Petit cours\u00a0: tous droits réservés\u202f; demandez d’abord à ses auteurs.",
    ]


def test_in_a_lesson_the_credits_are_one_key_away(shell: Shell) -> None:
    shell.window.open_activity(COURSE, "qui-fait-quoi")
    lesson = shell.window.lesson
    assert not lesson.credits.isVisible()
    shell.window.activateWindow()
    shell.qtbot.waitUntil(shell.window.isActiveWindow)
    shell.qtbot.keyClick(lesson, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    shell.qtbot.waitUntil(lesson.credits.isVisible)
    assert "Petit cours" in words(lesson.credits)
    assert lesson.credits.height() <= lesson.height() // 2
    shell.window.open_activity(COURSE, "pour-aller-plus-loin")
    assert not lesson.credits.isVisible(), "the next activity has the page to itself"


@pytest.mark.parametrize(
    ("id_", "signs"),
    [
        ("CC-BY-NC-ND-4.0", ["check", "cross", "cross", "info"]),
        ("CC0-1.0", ["check", "check"]),
        ("LicenseRef-All-Rights-Reserved", ["cross", "cross"]),
        ("Something", []),
    ],
)
def test_every_licence_is_told_by_what_one_may_do(id_: str, signs: list[str]) -> None:
    found = [sign.split("-")[0] for sign, _ in licence_words.rules(terms(Licence(id_)))]
    assert found == signs


def test_languages_are_called_as_those_who_speak_them_call_them() -> None:
    assert [tongue(one) for one in ("fr", "en", "es", "ar", "x-klingon")] == [
        "Français",
        "English",
        "Español",
        "العربية",
        "x-klingon",
    ]
    assert tongue("fr-CA").startswith("Français (C")
