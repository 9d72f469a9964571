# SPDX-License-Identifier: Apache-2.0
"""Notes at a moment of a video, a link for later, and a film that went bad in the middle."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from walker import Lost, Walker

from player.app import Services
from player.app.notebook import markdown
from player.course.manifest import Links, Video
from player.store import blobs
from player.ui.language import translate
from player.ui.lesson.links_view import LinksView
from player.ui.lesson.video_view import VideoView
from player.ui.main_window import MainWindow

from .meter import Metered
from .telling import tell

HELD = Qt.KeyboardModifier.ControlModifier


def note(
    walker: Walker, services: Services, window: MainWindow, course: str, road: Metered, file: Path
) -> None:
    """A learner writes, marks and puts by; then a part of the film is found to be damaged."""
    every = list(services.course(course).activities())
    film = next((one for one in every if isinstance(one, Video)), None)
    if film is not None:
        _write(walker, window, course, film)
    for links in [one for one in every if isinstance(one, Links)][:1]:
        window.open_activity(course, links.id)
        view = window.lesson.view
        if isinstance(view, LinksView) and view.cards:
            walker.click(view.cards[0].later)
            walker.picture("links-kept")
    if film is not None:
        _mend(walker, services, window, course, film, road)
    window.show_page("notes")
    walker.until(lambda: window.idle, "the notes")
    walker.picture("notes")
    entries, kept = services.notebook.entries(), services.notebook.links()
    file.write_text(markdown(entries), encoding="utf-8")
    tell(
        "Noted",
        f"{len(entries)} notes and bookmarks, {len(kept)} link kept for later;"
        f" {file.stat().st_size} bytes of Markdown",
    )


def _write(walker: Walker, window: MainWindow, course: str, film: Video) -> None:
    window.open_activity(course, film.id)
    view = _view(window)
    walker.until(lambda: view.playback.length > 0, "the film to open")
    view.playback.seek(12.0)
    walker.key(Qt.Key.Key_B, view)
    walker.key(Qt.Key.Key_N, view)
    walker.type(view.notes.editor.text, "À revoir : qui décide, et qui doit le savoir ?")
    walker.picture("video-note")
    walker.key(Qt.Key.Key_Return, view.notes.editor.text, HELD)


def _mend(
    walker: Walker,
    services: Services,
    window: MainWindow,
    course: str,
    film: Video,
    road: Metered,
) -> None:
    """Overwrite the inside of one piece, as a bad sector would, and have it fetched again."""
    manifest = services.course(course)
    rendition = next(one for one in film.renditions if blobs.path(services.home, one.blob).exists())
    pieces = blobs.pieces(services.home, manifest.blobs[rendition.blob])
    window.lesson.leave()
    with blobs.path(services.home, rendition.blob).open("r+b") as spoilt:
        spoilt.seek(sum(length for length, _ in pieces[:1]) + 100)
        spoilt.write(bytes(1000))
    window.open_activity(course, film.id)
    bar = window.lesson.damage
    walker.until(bar.isVisible, "the damage to be noticed")
    if bar.harm is None:
        raise Lost("nothing is said to be damaged")
    walker.picture("video-damaged")
    before, cost = road.came, bar.harm.cost
    walker.press(translate("Damage", "Fetch it again"))
    walker.until(bar.isHidden, "the damaged part")
    walker.until(lambda: window.idle, "the download")
    size = manifest.blobs[rendition.blob].size
    tell(
        "Mended",
        f"{cost:,} of {size:,} bytes of a film were in a bad piece; {road.came - before:,} came,"
        " answers of the platform among them",
    )
    window.lesson.leave()


def _view(window: MainWindow) -> VideoView:
    if not isinstance(window.lesson.view, VideoView):
        raise Lost("the film is not shown")
    return window.lesson.view
