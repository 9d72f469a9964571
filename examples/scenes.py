# SPDX-License-Identifier: Apache-2.0
"""Every page of the window in every state that it may be in: a table, one line a scene.

`gallery_pages.py` takes their pictures and measures them, `tests/ui/test_accessibility.py` listens
to them as a screen reader does. A new page needs no line: it is shown as it opens, with nothing in
it and with everything, and found by its name in `MainWindow`. A state that it may be in does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from tempfile import TemporaryDirectory
from unittest.mock import patch

import msgspec
from homes import ARABIC, BARE, COURSES, FULL, LONG, NEW, NOWHERE, TITLE
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLineEdit,
    QTableView,
    QWidget,
)
from walker import Walker

from player.course.manifest import (
    AnyActivity,
    Document,
    Exam,
    Links,
    Manifest,
    Page,
    Quiz,
    Survey,
    Unknown,
    Video,
    Work,
)
from player.download.news import DownloadNews
from player.errors import (
    BadSignature,
    DiskFull,
    NotTheServer,
    Offline,
    Rejected,
    SignInNeeded,
    Unsigned,
    UntrustedKey,
)
from player.store import blobs
from player.ui import parts
from player.ui.language import translate
from player.ui.lesson.document_view import PdfPane
from player.ui.lesson.video_view import VideoView
from player.ui.lesson_page import LessonPage
from player.ui.main import Shown
from player.ui.main_window import MainWindow

AnyPage = parts.Page | LessonPage
BY_THEIR_OWN = {"lesson", "course", "attestation"}
"""Pages that show something of a course: `show_page` alone would find them empty."""


class Stage:
    """One running window, and what a scene does with it."""

    def __init__(self, shown: Shown, language: str, walker: Walker) -> None:
        self.shown, self.walker = shown, walker
        self.course = COURSES[language]
        # A dialog of its own would wait for a person for ever
        self._guard = QTimer(shown, interval=500)
        self._guard.timeout.connect(self._dismiss)
        self._guard.start()

    @staticmethod
    def _dismiss() -> None:
        if found := QApplication.activeModalWidget():
            print(f"a dialog was closed: {type(found).__name__} “{found.windowTitle()}”")
            found.close()

    @property
    def window(self) -> MainWindow:
        """The window in front."""
        return self.shown.window

    def settle(self) -> None:
        """Wait until nothing is under way beside the window, and nothing waits in it."""
        self.walker.until(lambda: self.window.idle, "an idle window", 20)
        self.walker.until(
            lambda: all(one.is_settled for one in self.walker.see(PdfPane)), "a PDF", 60
        )
        for _ in range(3):
            QApplication.processEvents()

    def clear(self) -> None:
        """Put the window back to where a scene begins."""
        window = self.window
        window.activateWindow()  # else nothing has the keyboard
        window.messages.hide()
        window.side.show_road(offline=False)
        window.work.set_sending(False)
        window.work.sign_in.show_answer()
        window.downloads.set_running(running=False)
        if window.page == "lesson":
            window.lesson.leave()
        if window.page == "revision" and window.revision.is_asking:
            window.revision.session.ended.emit()

    def page(self, name: str) -> QWidget:
        """Show a page."""
        self.window.show_page(name)
        return getattr(self.window, name)

    def press(self, context: str, text: str, within: QWidget | None = None) -> None:
        """Press the button with these words of our own, whatever the language."""
        self.walker.press(translate(context, text), within)

    def activity(self, kind: type[AnyActivity], course: str = "", **having: object) -> AnyActivity:
        """The first activity of exactly that kind, of the example course or another."""
        manifest = self.shown.services.course(course or self.course)
        return next(
            one
            for one in manifest.activities()
            if type(one) is kind and all(bool(getattr(one, k)) == v for k, v in having.items())
        )

    def open(self, kind: type[AnyActivity], course: str = "", **having: object) -> QWidget:
        """Open that activity; its view."""
        found = self.activity(kind, course, **having)
        self.window.open_from_afar(course or self.course, found.id)
        return self.view

    @property
    def view(self) -> QWidget:
        """What shows the activity now."""
        view = self.window.lesson.view
        if view is None:
            raise LookupError("no activity is open")
        return view

    @property
    def opened(self) -> AnyActivity | None:
        """The activity that is open, as the page knows it."""
        return self.window.lesson.opened

    def open_changed(self, change: Callable[[Manifest], tuple[Manifest, str]]) -> None:
        """Open an activity of a course that was changed on its way to the page."""
        manifest, activity = change(self.shown.services.course(self.course))
        self.window.open_from_afar(self.course, next(iter(manifest.activities())).id)
        self.window.lesson.open(manifest, activity)


@dataclass(frozen=True, slots=True)
class Scene:
    """A name, the home it is played in, and how to get there."""

    name: str
    home: str
    show: Callable[[Stage], object]


# How to get there


def _shown(name: str) -> Callable[[Stage], object]:
    return lambda stage: stage.page(name)


def _typed(name: str, words: str) -> Callable[[Stage], object]:
    def show(stage: Stage) -> None:
        field = stage.walker.see(QLineEdit, stage.page(name))[0]
        field.setText(words)
        stage.walker.rest(0.3)

    return show


def _course(course: str = "") -> Callable[[Stage], object]:
    def show(stage: Stage) -> None:
        stage.window.open_course(course or stage.course)
        stage.settle()

    return show


def _opened(
    kind: type[AnyActivity], course: str = "", **having: object
) -> Callable[[Stage], object]:
    return lambda stage: stage.open(kind, course, **having)


def _said(error: Callable[[], Exception]) -> Callable[[Stage], object]:
    def show(stage: Stage) -> None:
        stage.page("library")
        stage.window.say(error())

    return show


def _elsewhere(stage: Stage) -> None:
    stage.page("first_start")
    stage.press("FirstStart", "I already worked on another computer")


def _fetching(stage: Stage) -> None:
    section = next(w for w in stage.shown.services.wishes() if w.total > w.here)
    stage.page("downloads")
    stage.window.downloads.set_running(running=True)
    stage.window.downloads.hear(
        DownloadNews(section.course, section.section, section.here, section.total, "fetching")
    )


def _waiting(stage: Stage) -> None:
    _fetching(stage)
    section = next(w for w in stage.shown.services.wishes() if w.total > w.here)
    since = "2026-01-05T09:00:00Z"
    reason = str(Offline(place="campus.example"))
    stage.window.downloads.hear(
        DownloadNews(
            section.course, section.section, section.here, section.total, "waiting", reason, since
        )
    )
    stage.window.side.show_road(offline=True)


def _sending(stage: Stage) -> None:
    stage.page("work")
    stage.window.work.set_sending(True)


def _act(stage: Stage) -> None:
    table = stage.walker.see(QTableView, stage.page("work"))[0]
    table.setCurrentIndex(table.model().index(table.model().rowCount() - 1, 0))
    table.activated.emit(table.currentIndex())


def _carrying(stage: Stage) -> None:
    with TemporaryDirectory() as stick, chosen(stick):
        stage.press("Work", "Carry on a stick…", stage.page("work"))
        stage.settle()


@contextmanager
def chosen(path: str) -> Iterator[None]:
    """Where the person is asked for a folder or a file, it is this one."""
    with (
        patch.object(QFileDialog, "getExistingDirectory", lambda *_, **__: path),
        patch.object(QFileDialog, "getOpenFileName", lambda *_, **__: (path, "")),
    ):
        yield


def _signing_in(stage: Stage) -> None:
    stage.page("work")
    card = stage.window.work.sign_in
    card.show_asking()
    card.show_code("https://campus.example/device", "WDJB-MJHT")
    card.show()


def _letter(number: int) -> Callable[[Stage], object]:
    def show(stage: Stage) -> None:
        stage.page("mail")
        stage.window.open_message(f"a{number}")

    return show


def _looking(stage: Stage) -> None:
    stage.page("mail")
    stage.window.mail.set_looking(looking=True)


def _revising(stage: Stage) -> None:
    stage.page("revision")
    stage.walker.click(stage.window.revision.start)


def _attestation(stage: Stage) -> None:
    stage.window.open_attestation(stage.course)


def _checking(stage: Stage) -> None:
    stage.window.open_attestation()


def _keys(stage: Stage) -> None:
    view = stage.open(Video)
    stage.walker.key(Qt.Key.Key_Question, view, Qt.KeyboardModifier.ShiftModifier)


def _slides(stage: Stage) -> None:
    view = stage.open(Video)
    if isinstance(view, VideoView):
        view.panel.show_slide(1)


def _begun(kind: type[AnyActivity], course: str = "") -> Callable[[Stage], object]:
    """An activity whose first button leads into it."""

    def show(stage: Stage) -> None:
        view = stage.open(kind, course)
        stage.settle()
        stage.walker.click(
            next(one for one in stage.walker.see(QAbstractButton, view) if one.isEnabled())
        )

    return show


def _unknown(manifest: Manifest) -> tuple[Manifest, str]:
    return _with(manifest, Unknown(id="later", title="Un atelier en 3D", kind="workshop"))


def _unreadable(manifest: Manifest) -> tuple[Manifest, str]:
    found = next(one for one in manifest.activities() if type(one) is Document)
    page = next(one for one in manifest.activities() if type(one) is Page)
    return _with(manifest, msgspec.structs.replace(found, blob=page.blob))


def _missing(kind: type[AnyActivity]) -> Callable[[Stage], object]:
    """An activity whose files are not here."""

    def change(manifest: Manifest) -> tuple[Manifest, str]:
        found = next(one for one in manifest.activities() if type(one) is kind)
        changes: dict[str, object] = {"blob": "0" * 64}
        if isinstance(found, Video):
            gone = tuple(msgspec.structs.replace(r, blob="0" * 64) for r in found.renditions)
            changes = {"renditions": gone}
        return _with(manifest, msgspec.structs.replace(found, **changes))

    return lambda stage: stage.open_changed(change)


def _with(manifest: Manifest, activity: AnyActivity) -> tuple[Manifest, str]:
    """The course with another first activity."""
    section = manifest.sections[0]
    sequence = section.sequences[0]
    sequence = msgspec.structs.replace(sequence, activities=(activity, *sequence.activities[1:]))
    section = msgspec.structs.replace(section, sequences=(sequence, *section.sequences[1:]))
    others = manifest.sections[1:]
    kept = [one for one in others if all(a.id != activity.id for a in one.activities())]
    return msgspec.structs.replace(manifest, sections=(section, *kept)), activity.id


def _damaged(stage: Stage) -> None:
    """A video of which the head was overwritten on this disk."""
    video = stage.activity(Video)
    for rendition in video.renditions if isinstance(video, Video) else ():
        path = blobs.path(stage.shown.services.home, rendition.blob)
        if path.is_file():
            path.write_bytes(bytes(path.stat().st_size))
    stage.open(Video)
    view = stage.view
    if isinstance(view, VideoView):
        view.playback.toggle()
        stage.walker.until(lambda: view.stage.sentence, "what is wrong with the video", 20)


SCENES = (
    Scene("first-start", NEW, _shown("first_start")),
    Scene("first-start-elsewhere", NEW, _elsewhere),
    Scene("library-offline", FULL, _said(lambda: Offline(place="campus.example"))),
    Scene("library-login-page", FULL, _said(lambda: NotTheServer(place="campus.example"))),
    Scene(
        "library-disk-full",
        FULL,
        _said(lambda: DiskFull(place=f"/home/{TITLE}", needed="12 MB", free="1 MB")),
    ),
    Scene("library-unsigned", FULL, _said(lambda: Unsigned(document="catalogue.json"))),
    Scene(
        "library-untrusted",
        FULL,
        _said(
            lambda: UntrustedKey(
                document="catalogue.json", place=NOWHERE, key="7" * 16, public="R" * 56
            )
        ),
    ),
    Scene("library-changed", FULL, _said(lambda: BadSignature(document=TITLE))),
    Scene("library-refused", FULL, _said(lambda: Rejected(reason=TITLE * 5))),
    Scene("library-sign-in", FULL, _said(lambda: SignInNeeded(place="campus.example"))),
    Scene("library-nothing-found", FULL, _typed("library", "zzzz")),
    Scene("course", FULL, _course()),
    Scene("course-long", FULL, _course(LONG)),
    Scene("course-arabic", FULL, _course(ARABIC)),
    Scene("downloads-fetching", FULL, _fetching),
    Scene("downloads-waiting", FULL, _waiting),
    Scene("work-act", FULL, _act),
    Scene("work-sending", FULL, _sending),
    Scene("work-carry", FULL, _carrying),
    Scene("work-sign-in", FULL, _signing_in),
    Scene("mail-long", FULL, _letter(1)),
    Scene("mail-arabic", FULL, _letter(2)),
    Scene("mail-looking", BARE, _looking),
    Scene("revision-question", FULL, _revising),
    Scene("attestation", FULL, _attestation),
    Scene("attestation-check", FULL, _checking),
    Scene("lesson-page", FULL, _opened(Page)),
    Scene("lesson-video", FULL, _opened(Video)),
    Scene("lesson-video-slides", FULL, _slides),
    Scene("lesson-video-keys", FULL, _keys),
    Scene("lesson-document", FULL, _opened(Document)),
    Scene("lesson-links", FULL, _opened(Links)),
    Scene("lesson-quiz", FULL, _opened(Quiz, marking=False)),
    Scene("lesson-graded", FULL, _opened(Quiz, marking=True)),
    Scene("lesson-exam", FULL, _opened(Exam)),
    Scene("lesson-exam-begun", FULL, _begun(Exam)),
    Scene("lesson-work", FULL, _opened(Work)),
    Scene("lesson-survey", FULL, _opened(Survey)),
    Scene("lesson-unknown", FULL, lambda stage: stage.open_changed(_unknown)),
    Scene("lesson-not-here", FULL, _missing(Page)),
    Scene("lesson-video-not-here", FULL, _missing(Video)),
    Scene("lesson-unreadable", FULL, lambda stage: stage.open_changed(_unreadable)),
    Scene("long-page", FULL, _opened(Page, LONG)),
    Scene("long-links", FULL, _opened(Links, LONG)),
    Scene("long-quiz", FULL, _opened(Quiz, LONG)),
    Scene("long-exam", FULL, _opened(Exam, LONG)),
    Scene("long-survey", FULL, _opened(Survey, LONG)),
    Scene("arabic-page", FULL, _opened(Page, ARABIC)),
    Scene("arabic-video", FULL, _opened(Video, ARABIC)),
    Scene("arabic-links", FULL, _opened(Links, ARABIC)),
    Scene("arabic-quiz", FULL, _opened(Quiz, ARABIC)),
    Scene("arabic-survey", FULL, _opened(Survey, ARABIC)),
    Scene("lesson-video-damaged", FULL, _damaged),  # the last: it stays so
)


def scenes(window: MainWindow, home: str) -> Iterator[Scene]:
    """Every scene that is played in this home: pages as they open first, then their states."""
    if home != NEW:
        for name in pages(window):
            if name not in BY_THEIR_OWN and name != "first_start":
                yield Scene(name if home == FULL else f"{name}-empty", home, _shown(name))
    yield from (one for one in SCENES if one.home == home)


def pages(window: MainWindow) -> list[str]:
    """The names of all pages of the window, made already or when first asked for."""
    made = [
        name
        for name, one in vars(window).items()
        if isinstance(one, AnyPage) and not name.startswith("_")
    ]
    late = [
        name
        for name, one in vars(type(window)).items()
        if isinstance(one, cached_property)
        and str(one.func.__annotations__.get("return")).endswith("Page")
    ]
    return [*made, *(name for name in late if name not in made)]
