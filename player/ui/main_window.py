# SPDX-License-Identifier: Apache-2.0
"""The window: navigation at the side, one page in front, one line for what happened.

It decides nothing: it calls `Services`, or has an errand run where a network is involved, and
shows what came of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtCore import QSettings, Qt, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid

from player.app import Services
from player.course.manifest import Manifest
from player.errors import DriveGone, NotOffered, PlayerError
from player.lesson.spot import Spot
from player.ui import outcome, pages, platform_file, style
from player.ui.changes import Changes
from player.ui.errands import Errands
from player.ui.going_on import GoingOn
from player.ui.icons import icon
from player.ui.language import translate
from player.ui.link_keeper import LinkKeeper
from player.ui.message_bar import MessageBar
from player.ui.neighbourhood import Neighbourhood
from player.ui.over_fields import OverFields
from player.ui.parts import Page, row
from player.ui.sidebar import Sidebar
from player.ui.standing import Latest
from player.ui.tidings import Tidings
from player.ui.upkeep import Upkeep
from player.ui.window_keys import WindowKeys

_Made = TypeVar("_Made", bound=QWidget)


@dataclass(frozen=True, slots=True)
class Where:
    """What a window showed, for the one that takes its place."""

    page: str = ""
    course: str = ""
    activity: str = ""
    name: str = ""
    """What was typed so far at the first start."""
    spot: Spot = field(default_factory=Spot)


class MainWindow(QMainWindow):
    """The whole window.

    Signals:
        respoken: the language changed; make the window anew.
        painted: the first picture is on the screen; nothing was asked of anybody before.
    """

    respoken = Signal()
    painted = Signal()

    library = cached_property(pages.library)
    course = cached_property(pages.course)
    lesson = cached_property(pages.lesson)
    downloads = cached_property(pages.downloads)
    work = cached_property(pages.work)
    mail = cached_property(pages.mail)
    revision = cached_property(pages.revision)
    space = cached_property(pages.space)
    settings = cached_property(pages.settings)
    first_start = cached_property(pages.first_start)
    attestation = cached_property(pages.attestation)
    search = cached_property(pages.search)
    calendar = cached_property(pages.calendar)
    notes = cached_property(pages.notes)

    def __init__(
        self,
        services: Services,
        changes: Changes,
        errands: Errands,
        upkeep: Upkeep,
        neighbourhood: Neighbourhood,
    ) -> None:
        super().__init__()
        self.services = services
        self.errands = errands
        self.upkeep = upkeep
        self.neighbourhood = neighbourhood
        self._is_painted = False
        self._asked_from: QWidget | None = None  # the page from which a course was asked for
        self._came_from: Page | None = None  # the page from which an activity was opened
        self._before_search: tuple[Where, QWidget | None] = Where("library"), None
        self.going_on = GoingOn(self, services)
        self.setWindowTitle("Cartable")
        self.setWindowIcon(icon("bag", style.colours().accent))
        self.setMinimumSize(760, 560)
        self.setAcceptDrops(True)
        self.latest = Latest()
        self._pages: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self._make_frame()
        self.keeper = LinkKeeper(services, self.messages.show_text, self)
        self._connect()
        self._tidings = Tidings(self, self.going_on, services, errands, upkeep, self)
        self._tidings.hear(changes, neighbourhood)
        self._restore()
        self.painted.connect(self.library.take_time, Qt.ConnectionType.QueuedConnection)
        self.painted.connect(self.show_side, Qt.ConnectionType.QueuedConnection)
        self.library.is_hurried = True
        self._show(self.first_start if services.learner is None else self.library)
        if services.learner is not None:
            self.library.take_focus()  # it was in front already

    def is_made(self, name: str) -> bool:
        """Whether somebody asked for a page before."""
        return name in self._pages

    def look_for_words(self) -> None:
        """Show the search, whatever is in front; what one is in is shown first there."""
        if self.services.learner is None:
            return
        inside = self.page in ("lesson", "course")
        if self.page != "search":
            self.search.look_from(self.course.course if inside else "")
            self._before_search = self.where(), self.focusWidget()
        self._show(self.search)
        self.search.take_focus()

    def leave_search(self) -> None:
        """Back to where the search was asked for, the keyboard to what had it."""
        back, had = self._before_search
        if back.activity:
            self.go(back)
            return
        page = getattr(self, "course" if back.page == "lesson" else back.page)
        self._show(page)
        if had is not None and isValid(had) and page.isAncestorOf(had):
            had.setFocus()

    def _look_for_words_here(self) -> None:
        if self.page != "lesson":  # a stroke may mean something there
            self.look_for_words()

    def add(self, name: str, page: _Made) -> _Made:
        """Take in a page that was just made; returns it."""
        self._pages[name] = page
        self._stack.addWidget(page)
        return page

    def _make_frame(self) -> None:
        whole = QWidget()
        whole.setProperty("role", "page")
        layout = row(gap=0)
        whole.setLayout(layout)
        self.ways = (
            ("library", "library", translate("Window", "Library")),
            ("search", "search", translate("Search", "Search")),
            ("calendar", "calendar", translate("Calendar", "Calendar")),
            ("notes", "note", translate("Notes", "Notes")),
            ("revision", "again", translate("Revision", "Revision")),
            ("work", "work", translate("Window", "My work")),
            ("mail", "mail", translate("Messages", "Messages")),
            ("downloads", "download", translate("Window", "Downloads")),
            ("space", "disk", translate("Window", "Disk space")),
            ("settings", "settings", translate("Window", "Settings")),
        )
        self.side = Sidebar(self.services, self.ways)
        keys = {
            "Ctrl+K": self.look_for_words,
            "Alt+Right": self.going_on.go_on,
            "Alt+Home": self.going_on.go_to_course,
            "Alt+End": self.going_on.go_to_attestation,
            "F11": self.toggle_full_screen,
        }
        self.keys = WindowKeys(self, self.side.keys, keys, self.show_page, self._front)
        OverFields(Qt.Modifier.CTRL | Qt.Key.Key_K, self)
        QShortcut("/", self, self._look_for_words_here)
        layout.addWidget(self.side)
        self.messages: MessageBar = MessageBar(whole)
        layout.addWidget(self._stack, 1)
        self.messages.lie_over(self._stack)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self.side.chosen.connect(self.show_page)
        self.painted.connect(self.upkeep.find_drive, Qt.ConnectionType.QueuedConnection)
        self.errands.opened.connect(self._opened)
        self.errands.due.counted.connect(self._show_due)
        self.keeper.opened.connect(self.open_url)
        self.keeper.list_wanted.connect(self._show_kept)
        self.keeper.changed.connect(self.show_again)
        self.keeper.problem.connect(self.say)
        self.errands.offline.connect(self.keeper.hear)
        self.errands.offline.connect(self._hear_road)

    def open_url(self, url: str) -> None:
        """Leave for the web. See `LessonPage.open_url`."""
        self.lesson.open_url(url)

    # What the pages ask for

    def begin(self) -> None:
        """Show the library at once, and only then look what is new."""
        self._show(self.library)
        self.errands.begin()

    def refresh(self) -> None:
        """Look what the repositories offer now."""
        self.errands.look()
        self.neighbourhood.look(quietly=True)

    def add_file(self, address: str) -> None:
        """Take a `.course` file or a folder as a place where courses come from."""
        if self.page == "first_start":
            self.first_start.take_address(address)
            return
        self._show(self.library)
        self.errands.add(address)

    def open_course(self, course: str) -> None:
        """Show a course; its description is fetched first where it is not here."""
        self._asked_from = self._stack.currentWidget()
        self.errands.open(course)

    @Slot(object)
    def _opened(self, manifest: Manifest) -> None:
        asked_from = self._stack.currentWidget() is self._asked_from
        if self.page == "lesson" or not (asked_from or self.page == "course"):
            return  # the learner went on meanwhile, and nobody is pulled along
        self.course.show_course(manifest)
        self._show(self.course)

    def open_activity(self, course: str, activity: str, spot: Spot = Spot()) -> None:
        """Open one activity, at a place in it."""
        self.messages.hide()
        self._show(self.lesson)
        self._came_from = self.course
        self.lesson.name_way_back()
        self.lesson.open(self.services.course(course), activity, spot)

    def open_section(self, course: str, section: str = "") -> None:
        """Show a course that is here, at one of its sections."""
        try:
            self.course.show_course(self.services.course(course))
        except PlayerError as error:
            self.say(error)
            return
        self._show(self.course)
        self.course.choose_section(section)

    def open_found(self, course: str, activity: str, spot: Spot) -> None:
        """Open what was found; the way back from it is the search."""
        self.open_from_afar(course, activity, spot)
        if self.page == "lesson":
            self._came_from = self.search
            self.lesson.name_way_back(translate("Search", "Back to the search"))

    def open_message(self, item: str) -> None:
        """Open one message."""
        self._show(self.mail)
        self.mail.choose(item)

    def open_attestation(self, course: str = "") -> None:
        """Show the attestation of a course; without one, only the look at anybody's."""
        try:
            manifest = self.services.course(course) if course else None
        except PlayerError as error:
            self.say(error)
            return
        if manifest:
            self.course.show_course(manifest)
        self.attestation.show_course(manifest)
        self._show(self.attestation)

    def _show_kept(self) -> None:
        self.notes.show_links()
        self._show(self.notes)

    @Slot(bool)
    def _hear_road(self, offline: bool) -> None:
        if self.is_made("notes"):
            self.notes.is_offline = offline

    def leave_attestation(self) -> None:
        """Back to the course, or to the settings, from where anybody's is checked."""
        self._show(self.course if self.attestation.course else self.settings)

    def open_from_afar(self, course: str, activity: str, spot: Spot = Spot()) -> None:
        """Open what a message or another page speaks of; the way back from it is the course."""
        try:
            self.course.show_course(self.services.course(course))
        except PlayerError as error:
            self.say(error)
            return
        self.open_activity(course, activity, spot)

    def leave_lesson(self) -> None:
        """Back to where the activity was opened from."""
        self._show(self._came_from or self.course)

    def progressed(self, _course: str) -> None:
        """Something was recorded: say so at the side, and send it soon."""
        self.side.show_now()
        self.errands.send_soon()

    def fetch(
        self,
        course: str,
        sections: list[str],
        rendition: str,
        activity: str = "",
        languages: tuple[str, ...] = (),
    ) -> None:
        """Bring sections here, or one `activity`."""
        try:
            self.services.ask(course, sections, rendition, activity=activity, languages=languages)
        except PlayerError as error:
            self.say(error)
            return
        self.show_again()
        self.download()

    def reread(self, course: str) -> None:
        """Fetch what a course lacks in the language in which it is read now."""
        self.side.show_now()
        if any(one.here < one.total for one in self.services.wishes() if one.course == course):
            self.download()

    def fetch_section(self, course: str, section: str) -> None:
        """Fetch what an activity lacks, its videos as they were asked for before."""
        rendition = self.services.settings.rendition
        for state in self.services.sections(self.services.course(course)):
            if state.section == section and state.state != "absent":
                rendition = state.rendition
        self.lesson.leave()
        self.fetch(course, [section], rendition)

    def renew(self) -> None:
        """Agree to the new version of the course in front."""
        self._ask_of_the_line()
        self._asked_from = self.course
        self.errands.renew(self.course.course)

    def decline(self) -> None:
        """Put that version off."""
        self.errands.decline(self.course.course)
        self.course.show_now()

    def download(self) -> None:
        """Work off what was asked for."""
        self._ask_of_the_line()
        self.errands.fetch()

    def _ask_of_the_line(self) -> None:
        """Before a download: what the system cannot tell of a network, the learner may, once."""
        if self.services.is_line_unknown():
            text = translate("Window", "Is this line paid by the megabyte?")
            yes, no, left = (partial(self.services.say_of_line, w) for w in ("yes", "no", "asked"))
            self.messages.ask(text, yes, no, left)

    def examine(self, course: str, activity: str, calmly: bool) -> None:
        """Look what of an activity is damaged. See `Upkeep.examine`."""
        self.upkeep.examine(course, activity, calmly=calmly)

    def send(self) -> None:
        """Send what is not yet received, and say how it went."""
        self.errands.send()

    def sign_in(self) -> None:
        """Ask the person to sign in at the platform."""
        self._show(self.work)
        self.work.sign_in.show_asking()
        self.errands.signing_in.start()

    # What came of it

    def say(self, error: PlayerError) -> None:
        """Say a fault of the world, with the next step where there is one."""
        if isinstance(error, DriveGone):
            self.upkeep.find_drive()  # and go on looking for it
        way = outcome.way_out(error)
        if way is None:
            self.messages.problem(error)
            return
        steps: dict[str, Callable[[], object]] = {
            "trust": partial(self._trust, str(error.details.get("public", ""))),
            "settings": partial(self.show_page, "settings"),
            "space": partial(self.show_page, "space"),
            "sign_in": self.sign_in,
        }
        self.messages.problem(error, way.text, steps[way.step])

    def say_unexpected(self) -> None:
        """Say that something is wrong with the program itself."""
        text = translate(
            "Window",
            "Something unexpected happened. Your work is saved; the details are in the log.",
        )
        self.messages.show_text(text, "bad")

    def _trust(self, public: str) -> None:
        self.services.trust(public)
        self.refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if platform_file.dropped(event.mimeData()) and self.page != "lesson":
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add_file(platform_file.dropped(event.mimeData()))
        event.acceptProposedAction()

    # How the window looks

    @property
    def idle(self) -> bool:
        """Whether nothing is under way beside the window."""
        return self.errands.idle and self.upkeep.idle and self.neighbourhood.idle

    @property
    def page(self) -> str:
        """The name of the page in front."""
        return next(name for name, one in self._pages.items() if one is self._stack.currentWidget())

    def where(self) -> Where:
        """What is shown, for the window that takes this one's place."""
        activity = self.lesson.activity if self.page == "lesson" else ""
        course = self.course.course if self.is_made("course") else ""
        name = self.first_start.name if self.is_made("first_start") else ""
        spot = self.lesson.beside.spot() if activity else Spot()
        return Where(self.page, course, activity, name, spot)

    def go(self, place: Where) -> None:
        """Show what another window showed."""
        if place.name:
            self.first_start.name = place.name
        try:
            if place.course:
                self.course.show_course(self.services.course(place.course))
        except NotOffered:
            return
        if place.activity:
            self.open_activity(place.course, place.activity, place.spot)
        elif place.page == "attestation":
            self.open_attestation(place.course)
        elif place.page and place.page != "lesson":
            self.show_page(place.page)

    def _front(self) -> tuple[str, object]:
        """The name of the page in front, and what is open in a lesson."""
        return self.page, self.lesson.view if self.page == "lesson" else None

    def show_page(self, name: str) -> None:
        """Show a page by its name."""
        if name == "search":
            self.look_for_words()
        else:
            self._show(getattr(self, name))

    def _show(self, page: QWidget) -> None:
        if self.page == "lesson" and page is not self.lesson:
            self.lesson.close_lesson()
        if page is not self._stack.currentWidget():
            self.going_on.stay()
        arrives = self._stack.currentWidget() is not page or not self._is_painted
        if isinstance(page, Page):
            page.show_again()  # before it is seen: what is made now is laid out, and shown, with it
        self._stack.setCurrentWidget(page)
        name = self.page
        self.side.setVisible(name not in ("lesson", "first_start"))
        if name == "attestation":
            name = "library" if self.attestation.course else "settings"
        self.side.mark("library" if name == "course" else name)
        self.show_side()
        if arrives:
            self.messages.go_along()
        if arrives and isinstance(page, Page):
            page.take_focus()
        if arrives and page is self.library and self._is_painted:
            self.upkeep.find_drive()

    def show_again(self) -> None:
        """Have the page in front and the side read everything again."""
        page = self._stack.currentWidget()
        if isinstance(page, Page):
            page.show_again()
        self.show_side()

    @Slot()
    def show_side(self) -> None:
        """Have the side say what it counts."""
        if self._is_painted and self.isVisible():  # counting 100,000 acts takes a moment: not first
            self.side.show_now()
            count = self.services.mail.unread()
            self.side.count("mail", count, translate("Messages", "%n unread", "", count))
            self.errands.due.count()

    @Slot(int)
    def _show_due(self, due: int) -> None:
        self.side.count("revision", due, translate("Revision", "%n due", "", due))
        for card in self.library.cards:
            card.set_due(due)
        if self.is_made("course"):
            self.course.next.set_due(due)

    def close_lesson(self) -> None:
        """Close the activity that is open, if one is; what was done in it is recorded."""
        if self.is_made("lesson"):
            self.lesson.close_lesson()

    def toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _restore(self) -> None:
        self.resize(1024, 740)
        geometry = self._kept().value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)

    def _kept(self) -> QSettings:
        return QSettings(str(self.services.home / "window.ini"), QSettings.Format.IniFormat)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.messages.isVisible():
            self.messages.leave()  # nothing nearer to the keyboard had a use for it
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self.messages.isVisible():
            self.messages.come_last()
        return super().focusNextPrevChild(forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_lesson()
        self._tidings.stop()
        self._kept().setValue("geometry", self.saveGeometry())
        super().closeEvent(event)
