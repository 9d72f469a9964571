# SPDX-License-Identifier: Apache-2.0
"""Arabic captions and page in a French window: what is Arabic is read from the right, the rest not.

The course is that of the gallery (`examples/homes.py`): a page, a video with Arabic captions, a
quiz and a questionnaire.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import homes
import pytest
from at_the_keys import Keys, sitting_down
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractButton, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from player.lesson.spot import Spot
from player.ui.lesson.choice_row import ChoiceRow
from player.ui.lesson.page_view import PageView
from player.ui.lesson.transcript import Transcript
from player.ui.lesson.video_view import VideoView

pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", "pipewire", "PulseAudio", "No RHI backend"
)
LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("player.ui.metered._loaded", lambda: None)
    monkeypatch.setattr("player.ui.metered.network", lambda: "")
    return homes.prepare(tmp_path, "fr")[homes.FULL]


@pytest.fixture
def keys(qtbot: QtBot, home: Path) -> Iterator[Keys]:
    with sitting_down(qtbot, home) as found:
        yield found


def opened(keys: Keys, activity: str) -> QWidget:
    keys.window.open_from_afar(homes.ARABIC, activity, Spot())
    view = keys.window.lesson.view
    assert view is not None
    keys.press()  # let it be painted
    keys.until(lambda: shown(view, QAbstractButton) or isinstance(view, PageView))
    return view


def starts_at_the_right(document: QTextDocument) -> list[bool]:
    """Of each paragraph that has words, whether its first line begins in the right half."""
    found, block = [], document.begin()
    while block.isValid():
        if block.text().strip() and block.layout().lineCount():
            line = block.layout().lineAt(0)
            found.append(line.cursorToX(0)[0] > line.x() + line.width() / 2)
        block = block.next()
    return found


def shown(within: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [one for one in within.findChildren(kind) if one.isVisible()]


def is_right_of(one: QWidget, other: QWidget, window: QWidget) -> bool:
    return (
        one.mapTo(window, one.rect().center()).x() > other.mapTo(window, other.rect().center()).x()
    )


def test_the_page_is_read_from_the_right_and_the_window_from_the_left(keys: Keys) -> None:
    view = opened(keys, "page")
    assert isinstance(view, PageView)
    keys.until(lambda: all(starts_at_the_right(view.document())))
    assert view.layoutDirection() == RIGHT
    page = keys.window.lesson
    assert (keys.window.layoutDirection(), page.layoutDirection()) == (LEFT, LEFT)
    following = next(b for b in shown(page, QAbstractButton) if b.text() == "Suivant")
    assert is_right_of(following, view, keys.window)  # as in any French window


def test_captions_and_transcript_are_read_from_the_right(keys: Keys) -> None:
    view = opened(keys, "video")
    assert isinstance(view, VideoView)
    (transcript,) = shown(view, Transcript)
    assert transcript.layoutDirection() == RIGHT
    assert "مرحبا" in transcript.item(0).text()
    assert view.layoutDirection() == LEFT
    controls = view.stage.controls
    assert controls.layoutDirection() == LEFT  # time runs to the right in every language
    view.show_spot(Spot(time=5.0))
    keys.press(Qt.Key.Key_C)
    keys.until(lambda: "الأدوار" in view.stage.surface._caption)
    keys.press(Qt.Key.Key_Right)  # five seconds on, and not back
    keys.until(lambda: view.playback.position > 8)


def test_a_question_is_answered_from_the_right(keys: Keys) -> None:
    view = opened(keys, "quiz")
    rows = shown(view, ChoiceRow)
    assert {row.layoutDirection() for row in rows} == {RIGHT}
    for row in rows:
        (text,), (mark,) = shown(row, QTextBrowser), shown(row, QAbstractButton)
        assert is_right_of(mark, text, keys.window)
    answer = next(b for b in shown(view, QAbstractButton) if b.text() == "Valider")
    assert answer.layoutDirection() == LEFT


def test_a_questionnaire_keeps_the_words_of_the_window_french(keys: Keys) -> None:
    view = opened(keys, "survey")
    assert view.layoutDirection() == LEFT
    texts = [one for one in shown(view, QTextBrowser) if one.toPlainText().strip()]
    assert texts
    assert {one.layoutDirection() for one in texts} == {RIGHT}
