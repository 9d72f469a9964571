# SPDX-License-Identifier: Apache-2.0
"""A video in its view, played by an engine that is where a test says."""

from __future__ import annotations

from pathlib import Path

import pytest
from lesson_course import Desk
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from player.course.manifest import Rendition, Track, Video
from player.lesson.media import OnError, OnFrame, OnState, Silent, State
from player.ui.lesson import playback
from player.ui.lesson.video_view import VideoView

FRENCH = """WEBVTT

00:01.000 --> 00:04.000
<v Awa>Bonjour &amp; <i>bienvenue</i>

00:05.000 --> 00:09.000
On commence {ici},
tout de suite.

00:30.000 --> 00:32.000
Et voilà.
"""
ENGLISH = "WEBVTT\n\n00:01.000 --> 00:04.000\nHello\n"


class Engine(Silent):
    """Silent, and known to the test."""

    def __init__(self, on_frame: OnFrame, on_state: OnState, on_error: OnError) -> None:
        super().__init__(on_frame, on_state, on_error)
        self.on_frame, self.on_error = on_frame, on_error
        self.loaded: list[tuple[Path, float]] = []
        self.speed, self.volume = 1.0, 100

    def load(self, path: Path, start: float = 0.0) -> None:
        self.loaded.append((path, start))
        super().load(path, start)

    def set_speed(self, factor: float) -> None:
        self.speed = factor

    def set_volume(self, percent: int) -> None:
        self.volume = percent

    def fail(self, reason: str) -> None:
        """Be unable to go on."""
        self._become(State.FAILED)
        self.on_error(reason)

    def reach(self, time: float) -> None:
        """Have come to its end."""
        self.position = time
        self._become(State.ENDED)


def engines_of(monkeypatch: pytest.MonkeyPatch) -> list[Engine]:
    """Have every video played by an `Engine`; the list fills as they are made."""
    made: list[Engine] = []

    def choose(_: str, on_frame: OnFrame, on_state: OnState, on_error: OnError) -> Engine:
        made.append(Engine(on_frame, on_state, on_error))
        return made[-1]

    monkeypatch.setattr(playback, "choose", choose)
    return made


def film(desk: Desk, **other: object) -> Video:
    facts: dict[str, object] = {
        "id": "v",
        "title": "Qui fait quoi ?",
        "duration": 60.0,
        "renditions": (
            Rendition("audio", desk.blob(b"sound")),
            Rendition("240p", desk.blob(b"small"), 240),
            Rendition("480p", "0" * 64, 480),
        ),
        "captions": (
            Track("fr", desk.blob(FRENCH.encode())),
            Track("en", desk.blob(ENGLISH.encode())),
        ),
    }
    return Video(**(facts | other))  # type: ignore[arg-type]


def opened(qtbot: QtBot, desk: Desk, video: Video) -> VideoView:
    view = VideoView(desk.context(video), video)
    qtbot.addWidget(view)
    view.resize(760, 640)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    view.setFocus()
    return view


def tick(view: VideoView, engine: Engine, time: float) -> None:
    """Let the video have played to `time`."""
    engine.position = time
    view.playback._tick()


def labels(view: VideoView) -> list[str]:
    return [one.text() for one in view.findChildren(QLabel) if one.isVisible() and one.text()]


def menu(button: QPushButton) -> dict[str, QAction]:
    return {one.text(): one for one in button.menu().actions() if one.text()}
