# SPDX-License-Identifier: Apache-2.0
"""A video as somebody learns from it: by chapters, in its words, with its slides, to its end."""

from __future__ import annotations

from PySide6.QtCore import Qt
from walker import Walker

from player.app import Services
from player.course.manifest import Manifest, Video
from player.ui.key_sheet import KeySheet
from player.ui.language import translate
from player.ui.lesson.video_keys import TABLE
from player.ui.lesson.video_view import VideoView
from player.ui.main_window import MainWindow

from .telling import tell

_WORDS = {"fr": "equipe", "en": "the"}  # typed as people type: without accents


def watch(walker: Walker, services: Services, window: MainWindow, course: str) -> None:
    """Search what is said, jump by chapters, see the slides turn, and come to the end."""
    manifest = services.course(course)
    videos = (one for one in manifest.activities() if isinstance(one, Video) and one.chapters)
    video = next(videos, None)
    if video is None:
        return
    window.open_activity(course, video.id)
    walker.until(lambda: isinstance(window.lesson.view, VideoView), "the video")
    view = window.lesson.view
    assert isinstance(view, VideoView)  # noqa: S101 - waited for above
    name = f"{manifest.language}-watching"
    found = _search(walker, view, _WORDS.get(manifest.language, "a"))
    walker.picture(f"{name}-search")
    turned = _by_chapters(walker, view, video)
    walker.picture(f"{name}-slides")
    walker.key(Qt.Key.Key_Question, view)
    walker.until(lambda: walker.see(KeySheet), "the keys")
    walker.see(KeySheet)[0].close()
    _to_the_end(walker, view)
    walker.picture(f"{name}-end")
    window.lesson.leave()
    following = _title(manifest, video)
    tell(
        "Video",
        f"{course}: {found} places found in what is said, {len(video.chapters)} chapters,"
        f" slides {turned} seen, {len(TABLE)} keys on the sheet; next: {following}",
    )


def _search(walker: Walker, view: VideoView, words: str) -> int:
    """Find words in the transcript; how many rows have them. Then hear the first."""
    view.panel.spoken.search()
    walker.type(view.panel.spoken.field, words)
    found = len(view.panel.transcript.matches)
    walker.key(Qt.Key.Key_Return, view.panel.spoken.field)
    return found


def _by_chapters(walker: Walker, view: VideoView, video: Video) -> str:
    """Go from chapter to chapter by the menu; the pages that the slides turned to."""
    slides, seen = view.panel.slides, []
    if slides is None:
        return "none"
    view.panel.setCurrentWidget(slides)
    for number in range(len(video.chapters)):
        view.stage.controls.chapters.menu().actions()[number].trigger()
        walker.rest(0.1)
        seen.append(str(slides.page + 1))
    return ", ".join(seen)


def _to_the_end(walker: Walker, view: VideoView) -> None:
    view.playback.seek(view.playback.length - 1.0)
    walker.press(translate("VideoView", "Play"), view)
    walker.until(view.stage.end.isVisible, "the end of the video", 20)


def _title(manifest: Manifest, video: Video) -> str:
    following = manifest.find(manifest.beside(video.id, 1))
    return following.title if following else "nothing"
