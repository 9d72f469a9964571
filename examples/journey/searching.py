# SPDX-License-Identifier: Apache-2.0
"""A word that was said in a video is found, typed without its accents, and leads to its second."""

from __future__ import annotations

import time
import unicodedata

from PySide6.QtCore import Qt
from walker import Lost, Walker

from player.app import Services
from player.course.captions import Cue, parse_captions
from player.course.manifest import Video
from player.lesson.spot import Spot
from player.store import blobs
from player.ui.found_list import Role
from player.ui.lesson.video_view import VideoView
from player.ui.main_window import MainWindow

from .telling import tell


def search(walker: Walker, services: Services, window: MainWindow, course: str) -> None:
    """Look for the longest word of the course's first video with captions, and jump there."""
    found = _said(services, course)
    if found is None:
        return  # an imported course may have none
    video, word = found
    walker.until(lambda: window.idle, "the window")
    window.open_course(course)
    walker.until(window.course.isVisible, "the course page")
    window.activateWindow()  # off-screen, nobody does when a full screen was closed
    walker.until(window.isActiveWindow, "the window in front")
    walker.key(Qt.Key.Key_K, held=Qt.KeyboardModifier.ControlModifier)
    walker.until(window.search.isVisible, "the search")
    walker.until(lambda: not services.finding.unread(), "the index")
    typed = _bare(word).upper()
    begun = time.monotonic()
    walker.type(window.search.field, typed)
    walker.until(lambda: window.search.answer.typed == typed, f"what is found for {typed}")
    took = time.monotonic() - begun
    language = services.course(course).language
    walker.picture(f"{language}-search")
    found_ = window.search.answer.found
    said = ("said", video.id)
    spoken = next(one for one in found_ if (one.hit.kind, one.hit.activity) == said)
    for _ in range(2 * len(found_)):
        walker.key(Qt.Key.Key_Down)
        if window.search.list.currentIndex().data(Role.ROW).what == spoken:
            break
    walker.key(Qt.Key.Key_Return)
    _arrive(walker, window, spoken.spot)
    walker.picture(f"{language}-search-jump")
    walker.key(Qt.Key.Key_Left, held=Qt.KeyboardModifier.AltModifier)
    walker.until(window.search.isVisible, "the search again")
    pieces = services.db.execute("SELECT count(*) FROM search_pieces").fetchone()[0]
    tell(
        "Searched",
        f"{typed}: {len(found_)} found among {pieces} pieces of text {1000 * took:.0f} ms after the"
        f" first key; Enter led to second {spoken.spot.time:.1f} of “{video.title}”",
    )


def _arrive(walker: Walker, window: MainWindow, spot: Spot) -> None:
    walker.until(lambda: isinstance(window.lesson.view, VideoView), "the video", 20)
    view = window.lesson.view
    if not isinstance(view, VideoView) or spot.time is None:
        raise Lost("what was said led to no second of a video")
    walker.until(lambda: view.playback.position >= (spot.time or 0) - 0.5, "the second", 20)


def _said(services: Services, course: str) -> tuple[Video, str] | None:
    """A video, and the longest word that is said in its second half; None where none says any."""
    manifest = services.course(course)
    here = blobs.present(services.db)
    for video in (one for one in manifest.activities() if isinstance(one, Video)):
        for track in video.captions:
            if track.language == manifest.language and track.blob in here:
                data = blobs.read(services.home, track.blob, video.title)
                return video, _longest(parse_captions(data, video.title))
    return None


def _longest(cues: tuple[Cue, ...]) -> str:
    said = [word for cue in cues[len(cues) // 2 :] for word in cue.text.split() if word.isalpha()]
    return max(said, key=len)


def _bare(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return "".join(one for one in parts if unicodedata.category(one) != "Mn")
