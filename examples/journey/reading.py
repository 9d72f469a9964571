# SPDX-License-Identifier: Apache-2.0
"""Pages as they are read: formulas, words that are looked for, other letters, another direction."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from walker import Lost, Walker

from player.app import Services
from player.publish.repository import Published
from player.ui.lesson.formula_object import TYPE, objects
from player.ui.lesson.page_view import PageView
from player.ui.main_window import MainWindow

from .telling import tell

_PAGES = {"page-downloads": "megabits", "page-reunion": "semaine", "page-bienvenue": "الفريق"}


def read(
    walker: Walker, services: Services, window: MainWindow, published: Iterable[Published]
) -> None:
    """Open the pages that have something to show, find a word in each, and try other letters."""
    for course in (one.course for one in published):
        known = {one.id for one in services.course(course).activities()}
        for activity in (one for one in _PAGES if one in known):
            window.open_activity(course, activity)
            walker.until(window.lesson.isVisible, "the page")
            view = window.lesson.view
            if not isinstance(view, PageView):
                raise Lost(f"{activity} is no page")
            _look(walker, services, view, activity)
    window.lesson.leave()


def _look(walker: Walker, services: Services, view: PageView, activity: str) -> None:
    walker.rest(0.3)  # the first formula of a day brings its library along
    drawn = _formulas(view)
    walker.picture(f"read-{activity}")
    view.open_find()
    walker.type(view.bar.words, _PAGES[activity])
    said = view.bar.words.accessibleDescription()
    walker.picture(f"read-{activity}-found")
    walker.key(Qt.Key.Key_Escape)
    services.change(text_font="dyslexic", line_spacing=175)
    view.redress(services.settings)
    walker.picture(f"read-{activity}-letters")
    if _formulas(view) < drawn:
        raise Lost(f"{activity} lost a formula in other letters")
    services.change(text_font="", line_spacing=125)
    direction = "right" if view.layoutDirection() is Qt.LayoutDirection.RightToLeft else "left"
    tell(
        "Read",
        f"{activity}: from the {direction}, {drawn} formulas drawn,"
        f" “{_PAGES[activity]}” found: {said}",
    )


def _formulas(view: PageView) -> int:
    cursor, count = view.textCursor(), 0
    for position in objects(view.document()):
        cursor.setPosition(position + 1)
        count += cursor.charFormat().objectType() == TYPE
    return count
