# SPDX-License-Identifier: Apache-2.0
"""The window: navigation at the side, one page in front, one line for what happened.

It decides nothing: it calls `Services`, beside the window where a network is involved, and shows
what came of it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QLabel,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from player.app import Services
from player.catalogue.refresh import Refreshed
from player.course.manifest import Manifest
from player.download.news import DownloadNews
from player.download.worker import Summary
from player.errors import ConnectionProblem, NoPlatform, PlayerError, UntrustedKey
from player.sync.push import Pushed
from player.ui import style
from player.ui.changes import Changes
from player.ui.course_page import CoursePage
from player.ui.downloads_page import DownloadsPage
from player.ui.first_start import FirstStart
from player.ui.icons import icon, pixmap
from player.ui.language import size, translate
from player.ui.lesson_page import LessonPage
from player.ui.library_page import LibraryPage
from player.ui.message_bar import MessageBar
from player.ui.parts import column, label, row
from player.ui.settings_page import SettingsPage
from player.ui.tasks import Tasks
from player.ui.work_page import WorkPage

SEND_EVERY = 5 * 60 * 1000  # ms between tries to send by itself
SEND_SOON = 4000  # ms after an act: several acts leave together


class Stopped(Exception):
    """Raised out of a download's report to stop it."""


class MainWindow(QMainWindow):
    """The whole window.

    Signals:
        respoken: the language changed; make the window anew.
    """

    respoken = Signal()

    def __init__(self, services: Services, changes: Changes) -> None:
        super().__init__()
        self._services = services
        self._changes = changes
        self._tasks = Tasks(services.close_thread, self)
        self._stop_download = threading.Event()
        self._downloading = self._sending = False
        self.setWindowTitle("Cartable")
        self.setWindowIcon(icon("bag", style.colours().accent))
        self.setMinimumSize(760, 560)
        self._make_pages()
        self._make_frame()
        self._connect()
        self._restore()
        self._timer = QTimer(self, interval=SEND_EVERY)
        self._timer.timeout.connect(self.send_quietly)
        self._first = QTimer(self, singleShot=True, interval=0)
        self._first.timeout.connect(self._first_look)
        self._soon = QTimer(self, singleShot=True, interval=SEND_SOON)
        self._soon.timeout.connect(self.send_quietly)
        if services.learner is None:
            self._show(self.first_start)
        else:
            self.begin()

    def _make_pages(self) -> None:
        self.library = LibraryPage(self._services)
        self.course = CoursePage(self._services)
        self.lesson = LessonPage(self._services)
        self.downloads = DownloadsPage(self._services)
        self.work = WorkPage(self._services)
        self.settings = SettingsPage(self._services)
        self.first_start = FirstStart(self._services)
        self.messages = MessageBar()
        self._stack = QStackedWidget()
        for page in (
            self.library, self.course, self.lesson, self.downloads, self.work, self.settings,
            self.first_start,
        ):  # fmt: skip
            self._stack.addWidget(page)

    def _make_frame(self) -> None:
        whole = QWidget()
        whole.setProperty("role", "page")
        layout = row(gap=0)
        whole.setLayout(layout)
        self._side = self._make_side()
        layout.addWidget(self._side)
        right = column(gap=0)
        bar = column()
        bar.setContentsMargins(12, 8, 12, 0)
        bar.addWidget(self.messages)
        right.addLayout(bar)
        right.addWidget(self._stack, 1)
        layout.addLayout(right, 1)
        self.setCentralWidget(whole)

    def _make_side(self) -> QFrame:
        side = QFrame()
        side.setProperty("role", "sidebar")
        side.setFixedWidth(208)
        inner = column(side, margin=12, gap=4)
        logo = QLabel()
        logo.setPixmap(pixmap("bag", style.colours().accent, 28))
        inner.addLayout(row(logo, label("Cartable", "heading", wrap=False), 1))
        inner.addSpacing(16)
        self._group = QButtonGroup(self)
        self._nav: dict[QWidget, QPushButton] = {}
        for number, (page, sign, text) in enumerate(
            (
                (self.library, "library", translate("Window", "Library")),
                (self.downloads, "download", translate("Window", "Downloads")),
                (self.work, "work", translate("Window", "My work")),
                (self.settings, "settings", translate("Window", "Settings")),
            ),
            start=1,
        ):
            inner.addWidget(self._make_nav(page, sign, text, f"Ctrl+{number}"))
        inner.addStretch()
        self._download_state = label(role="caption")
        self._sync_state = label(role="caption")
        inner.addWidget(self._download_state)
        inner.addWidget(self._sync_state)
        return side

    def _make_nav(self, page: QWidget, sign: str, text: str, keys: str) -> QPushButton:
        made = QPushButton(icon(sign), text)
        made.setProperty("role", "nav")
        made.setCheckable(True)
        made.setShortcut(keys)
        made.setToolTip(
            f"{text} ({QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)})"
        )
        made.clicked.connect(partial(self._show, page))
        self._group.addButton(made)
        self._nav[page] = made
        return made

    def _connect(self) -> None:
        self.library.opened.connect(self.open_course)
        self.library.continued.connect(partial(self.open_course, go_on=True))
        self.library.refresh_wanted.connect(self.refresh)
        self.course.closed.connect(partial(self._show, self.library))
        self.course.activity_wanted.connect(self.open_activity)
        self.course.sections_wanted.connect(self.fetch)
        self.lesson.closed.connect(self._leave_lesson)
        self.lesson.problem.connect(self.messages.problem)
        self.lesson.told.connect(self.messages.show_text)
        self.lesson.progressed.connect(self._progressed)
        self.lesson.fetch_wanted.connect(self._fetch_section)
        self.downloads.start_wanted.connect(self.download)
        self.downloads.stop_wanted.connect(self._stop_download.set)
        self.downloads.opened.connect(self.open_course)
        self.work.send_wanted.connect(self.send)
        self.settings.sources_changed.connect(self.refresh)
        for page in (self.settings, self.first_start):
            page.problem.connect(self.messages.problem)
            page.language_changed.connect(self.respoken)
        self.first_start.finished.connect(self.begin)
        self._changes.downloading.connect(self._hear_download)
        QShortcut("F11", self, self._toggle_full_screen)

    # What the pages ask for

    def begin(self) -> None:
        """Show the library at once, and only then look what is new."""
        self._show(self.library)
        self._timer.start()
        self._say_sync()
        self._first.start()

    def _first_look(self) -> None:
        if self._services.repositories():
            self.refresh(quietly=True)
        self.send_quietly()
        if any(one.total > one.here for one in self._services.wishes()):
            self.download()

    def refresh(self, *, quietly: bool = False) -> None:
        """Look what the repositories offer now."""
        self._tasks.run(
            self._services.refresh_all, partial(self._refreshed, quietly), self.messages.problem
        )

    def _refreshed(self, quietly: bool, results: list[Refreshed | PlayerError]) -> None:
        self.library.show_now()
        self.settings.show_now()
        for result in results:
            if isinstance(result, UntrustedKey) or (
                isinstance(result, PlayerError)
                and not (quietly and isinstance(result, ConnectionProblem))
            ):
                self.messages.problem(result)
        if results and not quietly and not any(isinstance(r, PlayerError) for r in results):
            count = sum(result.courses for result in results if isinstance(result, Refreshed))
            self.messages.show_text(translate("Window", "%n course(s) on offer.", "", count))

    def open_course(self, course: str, *, go_on: bool = False) -> None:
        """Show a course; its description is fetched first where it is not here."""

        def then(manifest: Manifest) -> None:
            self.course.show_course(manifest)
            self._show(self.course)
            if go_on:
                self.course.go_on()

        self._tasks.run(partial(self._services.take_up, course), then, self.messages.problem)

    def open_activity(self, course: str, activity: str) -> None:
        """Open one activity."""
        self.messages.hide()
        self._show(self.lesson)
        self.lesson.open(self._services.course(course), activity)

    def _leave_lesson(self) -> None:
        self.course.show_now()
        self._show(self.course)

    def _progressed(self, _course: str) -> None:
        self._say_sync()
        if self._services.settings.send_by_itself:
            self._soon.start()

    def fetch(self, course: str, sections: list[str], rendition: str) -> None:
        """Bring sections here."""
        try:
            self._services.ask(course, sections, rendition)
        except PlayerError as error:
            self.messages.problem(error)
            return
        self.course.show_now()
        self.download()

    def _fetch_section(self, course: str, section: str) -> None:
        self.lesson.leave()
        self.fetch(course, [section], self._services.settings.rendition)

    def download(self) -> None:
        """Work off what was asked for."""
        if self._downloading:
            return
        self._downloading = True
        self._stop_download.clear()
        self.downloads.set_running(True)

        def report(_bytes: int) -> None:
            if self._stop_download.is_set():
                raise Stopped

        def work() -> Summary | None:
            try:
                return self._services.download(report)
            except Stopped:
                return None

        self._tasks.run(work, self._downloaded, self._download_failed)

    def _downloaded(self, summary: Summary | None) -> None:
        self._download_ended()
        if summary is None:
            self.messages.show_text(translate("Window", "Paused. What has come so far is kept."))
        elif summary.fetched:
            text = translate("Window", "Everything you asked for is here ({size} fetched).")
            self.messages.show_text(text.format(size=size(summary.fetched)))

    def _download_failed(self, error: PlayerError) -> None:
        self._download_ended()
        self.messages.problem(error)

    def _download_ended(self) -> None:
        self._downloading = False
        self._download_state.setText("")
        self.downloads.set_running(False)
        self._show_again()

    def _hear_download(self, news: DownloadNews) -> None:
        self.downloads.hear(news)
        left = max(0, news.total - news.done)
        text = translate("Window", "Downloading: {size} to come").format(size=size(left))
        self._download_state.setText(text if left else "")
        if self._stack.currentWidget() is self.course and news.course == self.course.course:
            self.course.show_now()

    def send(self) -> None:
        """Send what is not yet received, and say how it went."""
        self._send(self._sent, self.messages.problem)

    def send_quietly(self) -> None:
        """Send if there is a connection; no word where there is none."""
        counts = self._services.counts()
        if self._services.settings.send_by_itself and counts.saved + counts.sent:
            self._send(lambda _: None, self._mutter)

    def _send(self, then: Callable[[Pushed], None], failed: Callable[[PlayerError], None]) -> None:
        if self._sending:
            return
        self._sending = True

        def ended(result: Pushed | PlayerError) -> None:
            self._sending = False
            self._say_sync()
            if self._stack.currentWidget() is self.work:
                self.work.show_now()
            problem = result.problem if isinstance(result, Pushed) else result
            if problem is not None:
                failed(problem)
            elif isinstance(result, Pushed):
                then(result)

        self._tasks.run(self._services.send, ended, ended)

    def _sent(self, pushed: Pushed) -> None:
        received = pushed.received
        text = translate("Window", "%n act(s) received by the platform.", "", received)
        self.messages.show_text(text)

    def _mutter(self, error: PlayerError) -> None:
        if not isinstance(error, (ConnectionProblem, NoPlatform)):
            self.messages.problem(error)

    # How the window looks

    @property
    def idle(self) -> bool:
        """Whether nothing is under way beside the window."""
        return self._tasks.idle

    def _show(self, page: QWidget, *_: object) -> None:
        if self._stack.currentWidget() is self.lesson and page is not self.lesson:
            self.lesson.close_lesson()
        self._stack.setCurrentWidget(page)
        self._side.setVisible(page not in (self.lesson, self.first_start))
        found = self._nav.get(self.library if page is self.course else page)
        if found:
            found.setChecked(True)
        self._show_again()

    def _show_again(self) -> None:
        page = self._stack.currentWidget()
        if page is not None and hasattr(page, "show_now"):
            page.show_now()

    def _say_sync(self) -> None:
        counts = self._services.counts()
        waiting, refused = counts.saved + counts.sent, counts.refused
        if refused:
            text = translate("Window", "%n act(s) refused: see My work", "", refused)
        elif waiting:
            text = translate("Window", "%n act(s) saved, to be sent", "", waiting)
        else:
            text = translate("Window", "All your work is received") if counts.received else ""
        self._sync_state.setText(text)

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _restore(self) -> None:
        self.resize(1024, 740)
        kept = QSettings(str(self._services.home / "window.ini"), QSettings.Format.IniFormat)
        geometry = kept.value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.lesson.close_lesson()
        self._stop_download.set()
        for timer in (self._first, self._soon, self._timer):
            timer.stop()
        kept = QSettings(str(self._services.home / "window.ini"), QSettings.Format.IniFormat)
        kept.setValue("geometry", self.saveGeometry())
        self._tasks.close()
        super().closeEvent(event)
