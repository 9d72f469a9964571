# SPDX-License-Identifier: Apache-2.0
"""The window: navigation at the side, one page in front, one line for what happened.

It decides nothing: it calls `Services`, or has an errand run where a network is involved, and
shows what came of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
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
from shiboken6 import isValid

from player.app import Services
from player.course.manifest import Manifest
from player.errors import DriveGone, NotOffered, PlayerError
from player.lesson.spot import Spot
from player.ui import outcome, platform_file, style
from player.ui.changes import Changes
from player.ui.errands import Errands
from player.ui.going_on import GoingOn
from player.ui.icons import icon
from player.ui.language import translate
from player.ui.library_page import LibraryPage
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

if TYPE_CHECKING:
    from player.ui.attestation_page import AttestationPage
    from player.ui.calendar_page import CalendarPage
    from player.ui.course_page import CoursePage
    from player.ui.downloads_page import DownloadsPage
    from player.ui.first_start import FirstStart
    from player.ui.lesson_page import LessonPage
    from player.ui.messages_page import MessagesPage
    from player.ui.notes_page import NotesPage
    from player.ui.revision_page import RevisionPage
    from player.ui.search_page import SearchPage
    from player.ui.settings_page import SettingsPage
    from player.ui.space_page import SpacePage
    from player.ui.work_page import WorkPage

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
        self._came_from: Page | None = None  # the page from which an activity was opened
        self._before_search: tuple[Where, QWidget | None] = Where("library"), None
        self.going_on = GoingOn(self, services)
        self.setWindowTitle("Cartable")
        self.setWindowIcon(icon("bag", style.colours().accent))
        self.setMinimumSize(760, 560)
        self.setAcceptDrops(True)
        self._make_first_page()
        self._make_frame()
        self.keeper = LinkKeeper(services, self.messages.show_text, self)
        self._connect()
        self._tidings = Tidings(self, self.going_on, services, errands, upkeep, self)
        self._tidings.hear(changes, neighbourhood)
        self._restore()
        self.painted.connect(self.library.take_time, Qt.ConnectionType.QueuedConnection)
        self.painted.connect(self._show_side, Qt.ConnectionType.QueuedConnection)
        self.library.is_hurried = True
        self._show(self.first_start if services.learner is None else self.library)
        if services.learner is not None:
            self.library.take_focus()  # it was in front already

    # The pages: all but the first are made, and their modules loaded, when they are asked for

    def _make_first_page(self) -> None:
        self.latest = Latest()
        self._pages: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self.library = self._added("library", LibraryPage(self._services, self.latest))

    def is_made(self, name: str) -> bool:
        """Whether somebody asked for a page before."""
        return name in self._pages

    @cached_property
    def course(self) -> CoursePage:
        """The page of one course."""
        from player.ui.course_page import CoursePage  # noqa: PLC0415 - see above

        made = self._added("course", CoursePage(self._services, self.latest))
        self._lead_on_from(made)
        made.closed.connect(partial(self.show_page, "library"))
        made.sections_wanted.connect(self.fetch)
        made.language_chosen.connect(self._reread)
        made.renewal.looked.connect(lambda: self._errands.preview(made.course))
        made.renewal.wanted.connect(self._renew)
        made.renewal.declined.connect(self._decline)
        made.renewal.rules_wanted.connect(partial(self.show_page, "settings"))
        made.news.wanted.connect(self.open_message)
        made.attestation.wanted.connect(lambda: self.open_attestation(made.course))
        self._errands.previewed.connect(made.renewal.take)
        made.set_running(self._errands.is_fetching)
        self.going_on.mark(made.next)
        made.next.set_due(self._errands.due.due)
        return made

    @cached_property
    def lesson(self) -> LessonPage:
        """The page on which activities are opened."""
        from player.ui.lesson_page import LessonPage  # noqa: PLC0415 - see above

        made = self._added("lesson", LessonPage(self._services))
        made.closed.connect(self._leave_lesson)
        made.problem.connect(self.say)
        made.told.connect(self.messages.show_text)
        made.progressed.connect(self._progressed)
        made.fetch_wanted.connect(self._fetch_section)
        made.link_kept.connect(self.keeper.say_kept)
        made.examine_wanted.connect(self._examine)
        made.mend_wanted.connect(self._upkeep.mend_harm)
        self.keeper.changed.connect(made.links_changed)
        self._upkeep.examined.connect(made.take_harm)
        self._errands.offline.connect(made.hear_road)
        made.hear_road(self._errands.is_offline)
        return made

    @cached_property
    def downloads(self) -> DownloadsPage:
        """The queue of what was asked for."""
        from player.ui.downloads_page import DownloadsPage  # noqa: PLC0415 - see above

        made = self._added("downloads", DownloadsPage(self._services, self.latest))
        made.start_wanted.connect(self.download)
        made.stop_wanted.connect(self._errands.pause)
        made.opened.connect(self.open_course)
        made.rules_wanted.connect(partial(self.show_page, "settings"))
        made.set_running(self._errands.is_fetching)
        return made

    @cached_property
    def work(self) -> WorkPage:
        """What the learner did, and how far it is on its way."""
        from player.ui.work_page import WorkPage  # noqa: PLC0415 - see above

        errands = self._errands
        made = self._added("work", WorkPage(self._services, errands.carrier, errands.arrivals))
        made.send_wanted.connect(self.send)
        made.problem.connect(self.say)
        made.told.connect(self.messages.show_text)
        made.changed.connect(self.show_again)
        made.sign_in.wanted.connect(self.sign_in)
        errands.sending.connect(made.set_sending)
        errands.signing_in.asked.connect(made.sign_in.show_code)
        made.set_sending(errands.is_sending)
        return made

    @cached_property
    def mail(self) -> MessagesPage:
        """The page of messages."""
        from player.ui.messages_page import MessagesPage  # noqa: PLC0415 - see above

        made = self._added("mail", MessagesPage(self._services))
        made.attestation_wanted.connect(self.open_attestation)
        made.look_wanted.connect(self._errands.arrivals.look)
        made.activity_wanted.connect(self.open_from_afar)
        made.address_wanted.connect(self._open_url)
        made.read.connect(self._show_side)
        self._errands.arrivals.looking.connect(made.set_looking)
        made.set_looking(looking=self._errands.arrivals.is_looking)
        return made

    @cached_property
    def revision(self) -> RevisionPage:
        """The page of questions that come again."""
        from player.ui.revision_page import RevisionPage  # noqa: PLC0415 - see above

        made = self._added("revision", RevisionPage(self._services))
        made.problem.connect(self.say)
        made.recorded.connect(self._progressed)
        made.recorded.connect(self._show_side)
        made.activity_wanted.connect(self.open_from_afar)
        made.address_wanted.connect(self._open_url)
        return made

    @cached_property
    def space(self) -> SpacePage:
        """What the courses take of the disk."""
        from player.ui.space_page import SpacePage  # noqa: PLC0415 - see above

        return self._added("space", SpacePage(self._services, self._upkeep))

    @cached_property
    def settings(self) -> SettingsPage:
        """The choices of this PC."""
        from player.ui.settings_page import SettingsPage  # noqa: PLC0415 - see above

        made = self._added("settings", SettingsPage(self._services, self._neighbourhood))
        made.file_chosen.connect(self.add_file)
        made.check_wanted.connect(self.open_attestation)
        made.sources_changed.connect(self.refresh)
        made.problem.connect(self.say)
        made.language_changed.connect(self.respoken)
        return made

    @cached_property
    def first_start(self) -> FirstStart:
        """Who learns here, and from where the courses come: asked once."""
        from player.ui.first_start import FirstStart  # noqa: PLC0415 - see above

        made = self._added("first_start", FirstStart(self._services, self._errands.carrier))
        made.problem.connect(self.say)
        made.language_changed.connect(self.respoken)
        made.adopted.connect(self._errands.arrivals.look_elsewhere)
        made.finished.connect(self.begin)
        return made

    @cached_property
    def attestation(self) -> AttestationPage:
        """The page of attestations."""
        from player.ui.attestation_page import (  # noqa: PLC0415 - see above
            AttestationPage,
        )

        made = self._added("attestation", AttestationPage(self._services))
        made.closed.connect(self._leave_attestation)
        made.activity_wanted.connect(self.open_activity)
        made.address_wanted.connect(self._open_url)
        made.told.connect(self.messages.show_text)
        made.problem.connect(self.say)
        made.claimed.connect(self._errands.send_soon)
        return made

    @cached_property
    def search(self) -> SearchPage:
        """The search."""
        from player.ui.search_page import SearchPage  # noqa: PLC0415 - see above

        made = self._added("search", SearchPage(self._services, self._errands.lookup, self._ways))
        made.found.connect(self.open_found)
        made.course_wanted.connect(self.open_section)
        made.page_wanted.connect(self.show_page)
        made.left.connect(self._leave_search)
        return made

    def look_for_words(self) -> None:
        """Show the search, whatever is in front; what one is in is shown first there."""
        if self._services.learner is None:
            return
        inside = self.page in ("lesson", "course")
        if self.page != "search":
            self.search.look_from(self.course.course if inside else "")
            self._before_search = self.where(), self.focusWidget()
        self._show(self.search)
        self.search.take_focus()

    def _leave_search(self) -> None:
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

    @cached_property
    def calendar(self) -> CalendarPage:
        """The calendar of all courses."""
        from player.ui.calendar_page import CalendarPage  # noqa: PLC0415 - see above

        made = self._added("calendar", CalendarPage(self._services))
        made.problem.connect(self.say)
        made.told.connect(self.messages.show_text)
        made.course_wanted.connect(self.open_course)
        made.activity_wanted.connect(self.open_from_afar)
        made.address_wanted.connect(self._open_url)
        return made

    @cached_property
    def notes(self) -> NotesPage:
        """The page of notes, bookmarks and kept links."""
        from player.ui.notes_page import NotesPage  # noqa: PLC0415 - see above

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
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self.side.chosen.connect(self.show_page)
        self._lead_on_from(self.library)
        self.library.opened.connect(self.open_course)
        self.library.refresh_wanted.connect(self.refresh)
        self.library.file_chosen.connect(self.add_file)
        self.library.gone.looked.connect(self._upkeep.find_drive)
        self.library.gone.left.connect(self._upkeep.leave)
        self.library.set_running(self._errands.is_fetching)
        self.painted.connect(self._upkeep.find_drive, Qt.ConnectionType.QueuedConnection)
        self._errands.opened.connect(self._opened)
        self._errands.due.counted.connect(self._show_due)
        self.keeper.opened.connect(self._open_url)
        self.keeper.list_wanted.connect(self._show_kept)
        self.keeper.changed.connect(self.show_again)
        self.keeper.problem.connect(self.say)
        self._errands.offline.connect(self.keeper.hear)
        self._errands.offline.connect(self._hear_road)

    def _lead_on_from(self, page: LibraryPage | CoursePage) -> None:
        """Go where a card of the next step leads."""
        page.activity_wanted.connect(self.open_from_afar)
        page.fetch_wanted.connect(self.going_on.fetch)
        page.revision_wanted.connect(partial(self.show_page, "revision"))
        page.problem.connect(self.say)

    def _open_url(self, url: str) -> None:
        self.lesson.open_url(url)

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
        if self.page == "first_start":
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
        if self.is_made("notes"):
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
        self._show(self._came_from or self.course)

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
                self.course.show_course(self._services.course(place.course))
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
        self._stack.setCurrentWidget(page)
        name = self.page
        self.side.setVisible(name not in ("lesson", "first_start"))
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
            self._errands.due.count()

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
        self.close_lesson()
        self._tidings.stop()
        self._kept().setValue("geometry", self.saveGeometry())
        super().closeEvent(event)
