# SPDX-License-Identifier: Apache-2.0
"""The window: navigation at the side, one page in front, one line for what happened.

It decides nothing: it calls `Services`, or has an errand run where a network is involved, and
shows what came of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

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

from player.app import Services
from player.course.manifest import Manifest
from player.errors import DriveGone, NotOffered, PlayerError
from player.lesson.spot import Spot
from player.ui import outcome, platform_file, style
from player.ui.changes import Changes
from player.ui.course_page import CoursePage
from player.ui.downloads_page import DownloadsPage
from player.ui.errands import Errands
from player.ui.first_start import FirstStart
from player.ui.going_on import GoingOn
from player.ui.icons import icon
from player.ui.language import translate
from player.ui.lesson_page import LessonPage
from player.ui.library_page import LibraryPage
from player.ui.link_keeper import LinkKeeper
from player.ui.message_bar import MessageBar
from player.ui.messages_page import MessagesPage
from player.ui.neighbourhood import Neighbourhood
from player.ui.over_fields import OverFields
from player.ui.parts import Page, row, tab_before
from player.ui.revision_page import RevisionPage
from player.ui.settings_page import SettingsPage
from player.ui.sidebar import Sidebar
from player.ui.space_page import SpacePage
from player.ui.standing import Latest
from player.ui.tidings import Tidings
from player.ui.upkeep import Upkeep
from player.ui.window_keys import WindowKeys
from player.ui.work_page import WorkPage

if TYPE_CHECKING:
    from player.ui.attestation_page import AttestationPage
    from player.ui.calendar_page import CalendarPage
    from player.ui.notes_page import NotesPage
    from player.ui.search_page import SearchPage

_Made = TypeVar("_Made", bound=Page)


@dataclass(frozen=True, slots=True)
class Where:
    """What a window showed, for the one that takes its place."""

    page: str = ""
    course: str = ""
    activity: str = ""
    name: str = ""
    """What was typed so far at the first start."""


class MainWindow(QMainWindow):
    """The whole window.

    Signals:
        respoken: the language changed; make the window anew.
        painted: the first picture is on the screen; nothing was asked of anybody before.
    """

    respoken = Signal()
    painted = Signal()

    def __init__(
        self,
        services: Services,
        changes: Changes,
        errands: Errands,
        upkeep: Upkeep,
        neighbourhood: Neighbourhood,
    ) -> None:
        super().__init__()
        self._services = services
        self._errands = errands
        self._upkeep = upkeep
        self._neighbourhood = neighbourhood
        self._is_painted = False
        self._asked_from: QWidget | None = None  # the page from which a course was asked for
        self.going_on = GoingOn(self, services)
        self.setWindowTitle("Cartable")
        self.setWindowIcon(icon("bag", style.colours().accent))
        self.setMinimumSize(760, 560)
        self.setAcceptDrops(True)
        self._make_pages()
        self._make_frame()
        self.keeper = LinkKeeper(services, self.messages.show_text, self)
        self._connect_keeper()
        self._connect_pages()
        self._connect_upkeep()
        self._tidings = Tidings(self, self.going_on, services, errands, upkeep, self)
        self._tidings.hear(changes, neighbourhood)
        self._restore()
        self.painted.connect(self._show_side, Qt.ConnectionType.QueuedConnection)
        self._show(self.first_start if services.learner is None else self.library)
        if services.learner is not None:
            self.library.take_focus()  # it was in front already

    def _make_pages(self) -> None:
        self.latest = Latest()
        self.library = LibraryPage(self._services, self.latest)
        self.course = CoursePage(self._services, self.latest)
        self.lesson = LessonPage(self._services)
        self._came_from: Page = self.course
        self.downloads = DownloadsPage(self._services, self.latest)
        self.work = WorkPage(self._services, self._errands.carrier, self._errands.arrivals)
        self.mail = MessagesPage(self._services)
        self.revision = RevisionPage(self._services)
        self.space = SpacePage(self._services, self._upkeep)
        self.settings = SettingsPage(self._services, self._neighbourhood)
        self.first_start = FirstStart(self._services, self._errands.carrier)
        self._pages: dict[str, Page | LessonPage] = {
            "library": self.library,
            "course": self.course,
            "lesson": self.lesson,
            "downloads": self.downloads,
            "work": self.work,
            "mail": self.mail,
            "revision": self.revision,
            "space": self.space,
            "settings": self.settings,
            "first_start": self.first_start,
        }
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)

    @cached_property
    def attestation(self) -> AttestationPage:
        """The page of attestations."""
        from player.ui.attestation_page import (  # noqa: PLC0415 - most starts do without
            AttestationPage,
        )

        made = self._added("attestation", AttestationPage(self._services))
        made.closed.connect(self._leave_attestation)
        made.activity_wanted.connect(self.open_activity)
        made.address_wanted.connect(self.lesson.open_url)
        made.told.connect(self.messages.show_text)
        made.problem.connect(self.say)
        made.claimed.connect(self._errands.send_soon)
        return made

    @cached_property
    def search(self) -> SearchPage:
        """The search."""
        from player.ui.search_page import SearchPage  # noqa: PLC0415 - most starts do without

        made = self._added("search", SearchPage(self._services, self._errands.lookup, self._ways))
        made.found.connect(self.open_found)
        made.course_wanted.connect(self.open_section)
        made.page_wanted.connect(self.show_page)
        return made

    def look_for_words(self) -> None:
        """Show the search, whatever is in front; what one is in is shown first there."""
        if self._services.learner is None:
            return
        inside = self.page in ("lesson", "course")
        if self.page != "search":
            self.search.look_from(self.course.course if inside else "")
        self._show(self.search)
        self.search.take_focus()

    def _look_for_words_here(self) -> None:
        if self.page != "lesson":  # a stroke may mean something there
            self.look_for_words()

    @cached_property
    def calendar(self) -> CalendarPage:
        """The calendar of all courses."""
        from player.ui.calendar_page import CalendarPage  # noqa: PLC0415 - as above

        made = self._added("calendar", CalendarPage(self._services))
        made.problem.connect(self.say)
        made.told.connect(self.messages.show_text)
        made.course_wanted.connect(self.open_course)
        made.activity_wanted.connect(self.open_from_afar)
        made.address_wanted.connect(self.lesson.open_url)
        return made

    @cached_property
    def notes(self) -> NotesPage:
        """The page of notes, bookmarks and kept links."""
        from player.ui.notes_page import NotesPage  # noqa: PLC0415 - most starts do without

        made = self._added("notes", NotesPage(self._services))
        made.is_offline = self._errands.is_offline
        made.opened.connect(self.open_from_afar)
        made.link_wanted.connect(self.keeper.open)
        made.told.connect(self.messages.show_text)
        made.problem.connect(self.say)
        return made

    def _added(self, name: str, page: _Made) -> _Made:
        """A page that was made when it was first asked for."""
        self._pages[name] = page
        self._stack.addWidget(page)
        tab_before(self.side, self.messages)  # it lies at the foot: behind all of the page
        return page

    def _make_frame(self) -> None:
        whole = QWidget()
        whole.setProperty("role", "page")
        layout = row(gap=0)
        whole.setLayout(layout)
        self._ways = (
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
        self.side = Sidebar(self._services, self._ways)
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
        tab_before(self.side, self.messages)
        self.setCentralWidget(whole)

    def _connect_pages(self) -> None:
        self.side.chosen.connect(self.show_page)
        self.library.opened.connect(self.open_course)
        for leading in (self.library, self.course):
            leading.activity_wanted.connect(self.open_from_afar)
            leading.fetch_wanted.connect(self.going_on.fetch)
            leading.revision_wanted.connect(partial(self._show, self.revision))
            leading.problem.connect(self.say)
        self.library.refresh_wanted.connect(self.refresh)
        self.library.file_chosen.connect(self.add_file)
        self.settings.file_chosen.connect(self.add_file)
        self.course.closed.connect(partial(self._show, self.library))
        self.course.sections_wanted.connect(self.fetch)
        self.course.language_chosen.connect(self._reread)
        renewal = self.course.renewal
        renewal.looked.connect(lambda: self._errands.preview(self.course.course))
        renewal.wanted.connect(self._renew)
        renewal.declined.connect(self._decline)
        renewal.rules_wanted.connect(partial(self._show, self.settings))
        self.lesson.closed.connect(self._leave_lesson)
        self.lesson.problem.connect(self.say)
        self.lesson.told.connect(self.messages.show_text)
        self.lesson.progressed.connect(self._progressed)
        self.lesson.fetch_wanted.connect(self._fetch_section)
        self.downloads.start_wanted.connect(self.download)
        self.downloads.stop_wanted.connect(self._errands.pause)
        self.downloads.opened.connect(self.open_course)
        self.downloads.rules_wanted.connect(partial(self._show, self.settings))
        self.work.send_wanted.connect(self.send)
        self.work.problem.connect(self.say)
        self.work.told.connect(self.messages.show_text)
        self.work.changed.connect(self.show_again)
        self.work.sign_in.wanted.connect(self.sign_in)
        self.course.news.wanted.connect(self.open_message)
        self.course.attestation.wanted.connect(lambda: self.open_attestation(self.course.course))
        self.mail.attestation_wanted.connect(self.open_attestation)
        self.settings.check_wanted.connect(self.open_attestation)
        self.mail.look_wanted.connect(self._errands.arrivals.look)
        self.mail.activity_wanted.connect(self.open_from_afar)
        self.mail.address_wanted.connect(self.lesson.open_url)
        self.mail.read.connect(self._show_side)
        self.revision.problem.connect(self.say)
        self.revision.recorded.connect(self._progressed)
        self.revision.recorded.connect(self._show_side)
        self.revision.activity_wanted.connect(self.open_from_afar)
        self.revision.address_wanted.connect(self.lesson.open_url)
        self.settings.sources_changed.connect(self.refresh)
        for page in (self.settings, self.first_start):
            page.problem.connect(self.say)
            page.language_changed.connect(self.respoken)
        self.first_start.adopted.connect(self._errands.arrivals.look_elsewhere)
        self.first_start.finished.connect(self.begin)
        self._errands.opened.connect(self._opened)

    def _connect_keeper(self) -> None:
        self.lesson.link_kept.connect(self.keeper.say_kept)
        self.keeper.opened.connect(self.lesson.open_url)
        self.keeper.list_wanted.connect(self._show_kept)
        self.keeper.changed.connect(self.lesson.links_changed)
        self.keeper.changed.connect(self.show_again)
        self.keeper.problem.connect(self.say)
        self._errands.offline.connect(self.keeper.hear)
        self._errands.offline.connect(self._hear_road)

    def _connect_upkeep(self) -> None:
        self.lesson.examine_wanted.connect(self._examine)
        self.lesson.mend_wanted.connect(self._upkeep.mend_harm)
        self.library.gone.looked.connect(self._upkeep.find_drive)
        self.library.gone.left.connect(self._upkeep.leave)
        self.painted.connect(self._upkeep.find_drive, Qt.ConnectionType.QueuedConnection)

    # What the pages ask for

    def begin(self) -> None:
        """Show the library at once, and only then look what is new."""
        self._show(self.library)
        self._errands.begin()

    def refresh(self) -> None:
        """Look what the repositories offer now."""
        self._errands.look()
        self._neighbourhood.look(quietly=True)

    def add_file(self, address: str) -> None:
        """Take a `.course` file or a folder as a place where courses come from."""
        if self._stack.currentWidget() is self.first_start:
            self.first_start.take_address(address)
            return
        self._show(self.library)
        self._errands.add(address)

    def open_course(self, course: str) -> None:
        """Show a course; its description is fetched first where it is not here."""
        self._asked_from = self._stack.currentWidget()
        self._errands.open(course)

    @Slot(object)
    def _opened(self, manifest: Manifest) -> None:
        front = self._stack.currentWidget()
        if front is self.lesson or front not in (self._asked_from, self.course):
            return  # the learner went on meanwhile, and nobody is pulled along
        self.course.show_course(manifest)
        self._show(self.course)

    def open_activity(self, course: str, activity: str, spot: Spot = Spot()) -> None:
        """Open one activity, at a place in it."""
        self.messages.hide()
        self._show(self.lesson)
        self._came_from = self.course
        self.lesson.name_way_back()
        self.lesson.open(self._services.course(course), activity, spot)

    def open_section(self, course: str, section: str = "") -> None:
        """Show a course that is here, at one of its sections."""
        try:
            self.course.show_course(self._services.course(course))
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
            manifest = self._services.course(course) if course else None
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
        if "notes" in self._pages:
            self.notes.is_offline = offline

    def _leave_attestation(self) -> None:
        self._show(self.course if self.attestation.course else self.settings)

    def open_from_afar(self, course: str, activity: str, spot: Spot = Spot()) -> None:
        """Open what a message or another page speaks of; the way back from it is the course."""
        try:
            self.course.show_course(self._services.course(course))
        except PlayerError as error:
            self.say(error)
            return
        self.open_activity(course, activity, spot)

    def _leave_lesson(self) -> None:
        self._show(self._came_from)

    def _progressed(self, _course: str) -> None:
        self.side.show_now()
        self._errands.send_soon()

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
            self._services.ask(course, sections, rendition, activity=activity, languages=languages)
        except PlayerError as error:
            self.say(error)
            return
        self.show_again()
        self.download()

    def _reread(self, course: str) -> None:
        """Fetch what a course lacks in the language in which it is read now."""
        self.side.show_now()
        if any(one.here < one.total for one in self._services.wishes() if one.course == course):
            self.download()

    def _fetch_section(self, course: str, section: str) -> None:
        """Fetch what an activity lacks, its videos as they were asked for before."""
        rendition = self._services.settings.rendition
        for state in self._services.sections(self._services.course(course)):
            if state.section == section and state.state != "absent":
                rendition = state.rendition
        self.lesson.leave()
        self.fetch(course, [section], rendition)

    def _renew(self) -> None:
        self._ask_of_the_line()
        self._asked_from = self.course
        self._errands.renew(self.course.course)

    def _decline(self) -> None:
        self._errands.decline(self.course.course)
        self.course.show_now()

    def download(self) -> None:
        """Work off what was asked for."""
        self._ask_of_the_line()
        self._errands.fetch()

    def _ask_of_the_line(self) -> None:
        """Before a download: what the system cannot tell of a network, the learner may, once."""
        if self._services.is_line_unknown():
            text = translate("Window", "Is this line paid by the megabyte?")
            yes, no, left = (partial(self._services.say_of_line, w) for w in ("yes", "no", "asked"))
            self.messages.ask(text, yes, no, left)

    def _examine(self, course: str, activity: str, calmly: bool) -> None:
        self._upkeep.examine(course, activity, calmly=calmly)

    def send(self) -> None:
        """Send what is not yet received, and say how it went."""
        self._errands.send()

    def sign_in(self) -> None:
        """Ask the person to sign in at the platform."""
        self._show(self.work)
        self.work.sign_in.show_asking()
        self._errands.signing_in.start()

    # What came of it

    def say(self, error: PlayerError) -> None:
        """Say a fault of the world, with the next step where there is one."""
        if isinstance(error, DriveGone):
            self._upkeep.find_drive()  # and go on looking for it
        way = outcome.way_out(error)
        if way is None:
            self.messages.problem(error)
            return
        steps: dict[str, Callable[[], object]] = {
            "trust": partial(self._trust, str(error.details.get("public", ""))),
            "settings": partial(self._show, self.settings),
            "space": partial(self._show, self.space),
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
        self._services.trust(public)
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
        return self._errands.idle and self._upkeep.idle and self._neighbourhood.idle

    @property
    def page(self) -> str:
        """The name of the page in front."""
        return next(name for name, one in self._pages.items() if one is self._stack.currentWidget())

    def where(self) -> Where:
        """What is shown, for the window that takes this one's place."""
        activity = self.lesson.activity if self.page == "lesson" else ""
        return Where(self.page, self.course.course, activity, self.first_start.name)

    def go(self, place: Where) -> None:
        """Show what another window showed."""
        self.first_start.name = place.name
        try:
            if place.course:
                self.course.show_course(self._services.course(place.course))
        except NotOffered:
            return
        if place.activity:
            self.open_activity(place.course, place.activity)
        elif place.page == "attestation":
            self.open_attestation(place.course)
        elif place.page and place.page != "lesson":
            self.show_page(place.page)

    def _front(self) -> tuple[str, object]:
        """The name of the page in front, and what is open in a lesson."""
        return self.page, self.lesson.view if self.page == "lesson" else None

    def show_page(self, name: str) -> None:
        """Show a page by its name."""
        self._show(getattr(self, name))

    def _show(self, page: QWidget) -> None:
        if self._stack.currentWidget() is self.lesson and page is not self.lesson:
            self.lesson.close_lesson()
        if page is not self._stack.currentWidget():
            self.going_on.stay()
        arrives = self._stack.currentWidget() is not page or not self._is_painted
        self._stack.setCurrentWidget(page)
        self.side.setVisible(page not in (self.lesson, self.first_start))
        name = self.page
        if name == "attestation":
            name = "library" if self.attestation.course else "settings"
        self.side.mark("library" if name == "course" else name)
        self.show_again()
        if arrives:
            self.messages.go_along()
        if arrives and isinstance(page, Page):
            page.take_focus()
        if arrives and page is self.library and self._is_painted:
            self._upkeep.find_drive()

    def show_again(self) -> None:
        """Have the page in front and the side read everything again."""
        page = self._stack.currentWidget()
        if isinstance(page, Page):
            page.show_again()
        self._show_side()

    @Slot()
    def _show_side(self) -> None:
        if self._is_painted and self.isVisible():  # counting 100,000 acts takes a moment: not first
            self.side.show_now()
            count = self._services.mail.unread()
            self.side.count("mail", count, translate("Messages", "%n unread", "", count))
            due = self._services.revision.due().today
            self.side.count("revision", due, translate("Revision", "%n due", "", due))

    def toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _restore(self) -> None:
        self.resize(1024, 740)
        geometry = self._kept().value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)

    def _kept(self) -> QSettings:
        return QSettings(str(self._services.home / "window.ini"), QSettings.Format.IniFormat)

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

    def closeEvent(self, event: QCloseEvent) -> None:
        self.lesson.close_lesson()
        self._tidings.stop()
        self._kept().setValue("geometry", self.saveGeometry())
        super().closeEvent(event)
