# SPDX-License-Identifier: Apache-2.0
"""The keys of the window, which work on every page, and the sheet that lists them (F1).

Every page and the next step are one key away from anywhere, a lesson included; so whatever is on a
page is at most two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from player.ui.key_sheet import KeySheet, Row
from player.ui.language import translate


@runtime_checkable
class HasKeys(Protocol):
    """A view with keys of its own."""

    def key_rows(self) -> list[Row]:
        """Them, as the sheet lists them."""
        ...


def of_page(page: str) -> list[Row]:
    """The keys that work on one page, beside those of the window."""
    move = (("Up", "Down", "Enter"), translate("Keys", "choose in the list, and open"))
    known: dict[str, list[Row]] = {
        "library": [
            (("Ctrl+F",), translate("Keys", "find a course")),
            (("F5",), translate("Keys", "look for courses")),
            move,
        ],
        "course": [
            (("Alt+Left",), translate("Keys", "back to the library")),
            (("Right", "Left"), translate("Keys", "unfold and fold a week")),
            move,
        ],
        "search": [
            (("Escape",), translate("Keys", "another word, then back to where you were")),
            move,
        ],
        "downloads": [(("Alt+Up", "Alt+Down"), translate("Keys", "sooner or later in the queue"))],
        "attestation": [(("Alt+Left",), translate("Keys", "back"))],
        "lesson": [
            (("Ctrl+PgDown",), translate("Keys", "the activity after this one")),
            (("Ctrl+PgUp",), translate("Keys", "the activity before this one")),
            (("Alt+Left",), translate("Keys", "back to the course")),
        ],
    }
    return known.get(page, [])


class WindowKeys(QObject):
    """Keys that work wherever the learner is."""

    def __init__(
        self,
        window: QWidget,
        pages: Mapping[str, tuple[str, str]],
        ways: Mapping[str, Callable[[], object]],
        show_page: Callable[[str], object],
        front: Callable[[], tuple[str, object]],
    ) -> None:
        """`pages` are (name, words) by their keys, `ways` what other keys do.

        `front` gives the name of the page in front, and what is open in it.
        """
        super().__init__(window)
        self._window, self._pages, self._front = window, pages, front
        self.sheet: KeySheet | None = None
        for keys, (page, _) in pages.items():
            self._add(keys, partial(show_page, page))
        for keys, do in {**ways, "F1": self.show_sheet}.items():
            self._add(keys, do)

    def _add(self, keys: str, do: Callable[[], object]) -> None:
        def pressed() -> None:
            if keys == "F11" or self._front()[0] != "first_start":  # who learns here comes first
                do()

        QShortcut(QKeySequence(keys), self._window, pressed)

    def rows(self) -> list[Row]:
        """What works on every page."""
        pages: list[Row] = [((keys,), words) for keys, (_, words) in self._pages.items()]
        return [
            (("Ctrl+K",), translate("Keys", "find something, on any page")),
            (("Alt+Right",), translate("Keys", "the next step, from anywhere")),
            (("Alt+Home",), translate("Keys", "the page of the course")),
            (("Alt+End",), translate("Keys", "its attestation")),
            *pages,
            (("Esc",), translate("Keys", "close a message")),
            (("F11",), translate("Keys", "full screen")),
            (("F1",), translate("Keys", "this sheet")),
        ]

    def show_sheet(self) -> None:
        """List the keys of the window, of the page in front, and of what is open in it."""
        tables = [(translate("Keys", "Everywhere"), self.rows())]
        page, view = self._front()
        if mine := of_page(page):
            tables.insert(0, (translate("Keys", "On this page"), mine))
        if isinstance(view, HasKeys):
            tables.insert(0, (translate("Keys", "In this activity"), view.key_rows()))
        self.sheet = KeySheet(tables, self._window)
        self.sheet.open()
