# SPDX-License-Identifier: Apache-2.0
"""A page in Arabic in a French window: written, published, fetched, read, and left again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shell import Shell

from player.ui.lesson.page_view import PageView

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none

OUTLINE = """[course]
id = "petit-cours"
title = "Petit cours"
language = "fr"
authors = [{ name = "A" }]
licence = "CC0-1.0"

[[section]]
title = "Accueillir"

[[section.sequence]]
title = "Accueil"
activities = [
    { page = "pages/ar.md", id = "arabe", language = "ar" },
    { page = "pages/fr.md", id = "francais" },
]
"""
ARABIC = "# أهلاً\n\nالسرعة \\(v = \\frac{s}{t}\\).\n\n<p lang='fr'>En français !</p>\n"


def test_an_arabic_page_in_a_french_window(shell: Shell) -> None:
    shell.shown.services.change(language="fr")
    shell.shown.renew()
    files = {"course.toml": OUTLINE, "pages/ar.md": ARABIC, "pages/fr.md": "# Bonjour\n\nUn mot.\n"}
    course = shell.publisher.publish(files)
    shell.learn()
    shell.take(course, "")
    window = shell.window

    window.open_activity(course, "arabe")
    view = window.lesson.view
    assert isinstance(view, PageView)
    assert QApplication.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert view.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert shell.button("Suivant").isVisible()
    middle = view.width() / 2
    cursor = view.textCursor()
    cursor.movePosition(cursor.MoveOperation.Start)
    assert view.cursorRect(cursor).x() > middle
    cursor.movePosition(cursor.MoveOperation.End)
    cursor.movePosition(cursor.MoveOperation.StartOfBlock)
    assert view.cursorRect(cursor).x() < middle  # the French paragraph begins at the left
    assert "\ufffc" in view.toPlainText()

    shell.press("Suivant")
    view = window.lesson.view
    assert isinstance(view, PageView)
    assert view.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert "Un mot." in view.toPlainText()
