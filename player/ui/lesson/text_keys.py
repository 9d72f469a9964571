# SPDX-License-Identifier: Apache-2.0
"""The keys of what is read: a page, questions, a document. The sheet of keys (F1) lists them."""

from __future__ import annotations

from player.ui.key_sheet import Row
from player.ui.language import translate


def of_page(*, speaks: bool) -> list[Row]:
    """The keys of a page, one that can be read aloud or not."""
    aloud: list[Row] = [(("Ctrl+Shift+U",), translate("Keys", "Read the page aloud, and pause"))]
    return [
        *_finding(),
        *(aloud if speaks else []),
        (("Ctrl++", "Ctrl+-"), translate("Keys", "Larger and smaller letters")),
        *_noting(),
    ]


def of_questions(*, speaks: bool) -> list[Row]:
    """The keys of questions, that can be read aloud or not."""
    aloud: list[Row] = [
        (("Ctrl+Shift+U",), translate("Keys", "Read aloud what was not heard yet, and pause")),
        (("Escape",), translate("Keys", "Stop reading aloud")),
    ]
    sizes: Row = (("Ctrl++", "Ctrl+-"), translate("Keys", "Larger and smaller letters"))
    return [*aloud, sizes] if speaks else [sizes]


def of_document() -> list[Row]:
    """The keys of a document."""
    return [
        *_finding(),
        (("Ctrl+G",), translate("Keys", "Go to a page")),
        (("Ctrl+C",), translate("Keys", "Copy the text of the page")),
        (("+", "-"), translate("Keys", "Larger and smaller")),
        (("0",), translate("Keys", "As wide as the window")),
        *_noting(),
    ]


def _finding() -> list[Row]:
    return [
        (("Ctrl+F",), translate("Keys", "Find words in it")),
        (("F3", "Shift+F3"), translate("Keys", "The next place, the one before")),
    ]


def _noting() -> list[Row]:
    return [
        (("N",), translate("VideoKeys", "Take a note")),
        (("B",), translate("Keys", "Set a bookmark, or take it away")),
    ]
