# SPDX-License-Identifier: Apache-2.0
"""The whole of a week by keyboard alone, from the library to the next week: no mouse at all."""

from __future__ import annotations

from pathlib import Path

import av
import pytest
from at_the_keys import Keys, sitting_down
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot
from small_course import GIFT, LINKS, PAGE, VTT, png, write

from player import app
from player.publish.keys import own_key, public_text
from player.publish.repository import publish

pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", "pipewire", "PulseAudio", "No RHI backend"
)

COURSE = """\
[course]
id = "week"
title = "A small course"
language = "en"
authors = [{ name = "A. Diallo" }]
licence = "CC-BY-SA-4.0"

[[section]]
id = "one"
title = "Week 1"
[[section.sequence]]
title = "Who does what"
activities = [
    { video = "media/film", id = "film", title = "The film" },
    { page = "pages/page.md", id = "page", title = "To read" },
    { quiz = "quizzes/roles.gift", id = "quiz", title = "Check yourself" },
    { links = "pages/links.md", id = "links", title = "Further on" },
]

[[section]]
id = "two"
title = "Week 2"
[[section.sequence]]
title = "Decide"
activities = [{ page = "pages/two.md", id = "two-page", title = "The second week" }]
"""
EVERY = ("film", "page", "quiz", "links", "two-page")
CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def film(path: Path) -> None:
    """Two seconds of a picture, without sound."""
    with av.open(str(path), "w", format="mp4") as out:
        screen = out.add_stream("libx264", rate=10)
        screen.width, screen.height, screen.pix_fmt = 426, 240, "yuv420p"
        for number in range(20):
            frame = av.VideoFrame(426, 240, "rgb24")
            frame.planes[0].update(bytes([12 * number]) * frame.planes[0].buffer_size)
            out.mux(screen.encode(frame))
        out.mux(screen.encode())


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a learner and the course, all of it here, nothing opened yet."""
    monkeypatch.setattr("player.ui.metered._loaded", lambda: None)
    monkeypatch.setattr("player.ui.metered.network", lambda: "")
    source = write(
        tmp_path / "source",
        {
            "course.toml": COURSE,
            "pages/page.md": PAGE.replace("[les liens](#activity:pour-aller-plus-loin)", "")
            + "\n".join(f"Paragraph {n}.\n" for n in range(60)),
            "images/cover.png": png(),
            "pages/links.md": LINKS,
            "pages/two.md": "# The second week\n\nShort.\n",
            "quizzes/roles.gift": GIFT,
            "media/film.en.vtt": VTT,
        },
    )
    film(source / "media" / "film.240p.mp4")
    secret = own_key(tmp_path / "publisher.key")
    publish(source, tmp_path / "repository", secret)
    services = app.build(tmp_path / "home")
    services.introduce("Awa")
    services.change(allowed_keys=(public_text(secret),), language="en", engine="qt")
    services.add_repository(str(tmp_path / "repository"))
    services.refresh_all()
    services.ask("week", [one.id for one in services.take_up("week").sections], "240p")
    services.download(by_hand=True)
    services.close_thread()
    return tmp_path / "home"


def in_lesson(keys: Keys) -> bool:
    view = keys.window.lesson.view
    return view is not None and (keys.at is view or view.isAncestorOf(keys.at))


def next_one(keys: Keys, activity: str) -> None:
    """Go on; a key presses a button for a tenth of a second, as a finger would."""
    keys.press(Key.Key_PageDown, held=CTRL)
    keys.until(lambda: keys.window.lesson.activity == activity)


def test_a_week_is_done_without_a_mouse(
    qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: went.append(QUrl(url).toString()))
    )
    with sitting_down(qtbot, home) as keys:
        done = keys._shown.services.done

        def is_done(activity: str) -> bool:
            found = done("week")
            return activity in found and bool(found[activity].completed_at)

        # The library, the course, its first activity
        assert keys.window.library.isAncestorOf(keys.at)
        keys.tab_to("A small course", "Courses", "Begin", "Continue")
        keys.press(Key.Key_Return)
        keys.until(lambda: keys.window.page in ("course", "lesson"))
        if keys.window.page == "course":
            assert keys.window.course.isAncestorOf(keys.at)
            keys.tab_to("Begin", "Continue")
            keys.press(Key.Key_Return)
        keys.until(lambda: keys.window.lesson.activity == "film")

        # The film, to its end
        assert in_lesson(keys)
        keys.press(Key.Key_Space)
        keys.until(lambda: is_done("film"))
        assert in_lesson(keys)

        # The page, to its end
        next_one(keys, "page")
        assert in_lesson(keys)
        assert not is_done("page")
        keys.press(Key.Key_End)
        keys.until(lambda: is_done("page"))

        # The quiz: a choice by its number, a number typed, Enter for everything else
        next_one(keys, "quiz")
        assert in_lesson(keys)
        keys.type("1")
        keys.press(Key.Key_Return)  # answers
        keys.press(Key.Key_Return)  # goes on
        assert in_lesson(keys)
        keys.type("14")
        keys.press(Key.Key_Return, Key.Key_Return)
        keys.until(lambda: is_done("quiz"))
        assert in_lesson(keys)

        # The links: one is opened
        next_one(keys, "links")
        keys.tab_to("Open")
        keys.press(Key.Key_Return)
        assert went
        keys.until(lambda: is_done("links"))

        # The next week, and back to the course at its end
        next_one(keys, "two-page")
        assert in_lesson(keys)
        keys.until(lambda: is_done("two-page"))
        keys.press(Key.Key_PageDown, held=CTRL)
        keys.until(lambda: keys.window.page == "course")
        assert keys.window.course.isAncestorOf(keys.at)
        assert all(is_done(one) for one in EVERY)
