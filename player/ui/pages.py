# SPDX-License-Identifier: Apache-2.0
"""The pages of the window, and where what they ask for leads.

Each is made, and what it stands on is loaded, when it is first asked for. No page knows the window.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player.ui.attestation_page import AttestationPage
    from player.ui.calendar_page import CalendarPage
    from player.ui.course_page import CoursePage
    from player.ui.downloads_page import DownloadsPage
    from player.ui.first_start import FirstStart
    from player.ui.lesson_page import LessonPage
    from player.ui.library_page import LibraryPage
    from player.ui.main_window import MainWindow
    from player.ui.messages_page import MessagesPage
    from player.ui.notes_page import NotesPage
    from player.ui.revision_page import RevisionPage
    from player.ui.search_page import SearchPage
    from player.ui.settings_page import SettingsPage
    from player.ui.space_page import SpacePage
    from player.ui.work_page import WorkPage


def library(window: MainWindow) -> LibraryPage:
    """The courses, and the next step in each."""
    from player.ui.library_page import LibraryPage  # noqa: PLC0415 - see above

    made = window.add("library", LibraryPage(window.services, window.latest))
    _lead_on(window, made)
    made.opened.connect(window.open_course)
    made.refresh_wanted.connect(window.refresh)
    made.file_chosen.connect(window.add_file)
    made.gone.looked.connect(window.upkeep.find_drive)
    made.gone.left.connect(window.upkeep.leave)
    made.set_running(window.errands.is_fetching)
    return made


def course(window: MainWindow) -> CoursePage:
    """The page of one course."""
    from player.ui.course_page import CoursePage  # noqa: PLC0415 - see above

    made = window.add("course", CoursePage(window.services, window.latest))
    _lead_on(window, made)
    made.closed.connect(partial(window.show_page, "library"))
    made.sections_wanted.connect(window.fetch)
    made.language_chosen.connect(window.reread)
    made.renewal.looked.connect(lambda: window.errands.preview(made.course))
    made.renewal.wanted.connect(window.renew)
    made.renewal.declined.connect(window.decline)
    made.renewal.rules_wanted.connect(partial(window.show_page, "settings"))
    made.news.wanted.connect(window.open_message)
    made.attestation.wanted.connect(lambda: window.open_attestation(made.course))
    window.errands.previewed.connect(made.renewal.take)
    made.set_running(window.errands.is_fetching)
    window.going_on.mark(made.next)
    made.next.set_due(window.errands.due.due)
    return made


def lesson(window: MainWindow) -> LessonPage:
    """The page on which activities are opened."""
    from player.ui.lesson_page import LessonPage  # noqa: PLC0415 - see above

    made = window.add("lesson", LessonPage(window.services))
    made.closed.connect(window.leave_lesson)
    made.problem.connect(window.say)
    made.told.connect(window.messages.show_text)
    made.progressed.connect(window.progressed)
    made.fetch_wanted.connect(window.fetch_section)
    made.link_kept.connect(window.keeper.say_kept)
    made.examine_wanted.connect(window.examine)
    made.mend_wanted.connect(window.upkeep.mend_harm)
    window.keeper.changed.connect(made.links_changed)
    window.upkeep.examined.connect(made.take_harm)
    window.errands.offline.connect(made.hear_road)
    made.hear_road(window.errands.is_offline)
    return made


def downloads(window: MainWindow) -> DownloadsPage:
    """The queue of what was asked for."""
    from player.ui.downloads_page import DownloadsPage  # noqa: PLC0415 - see above

    made = window.add("downloads", DownloadsPage(window.services, window.latest))
    made.start_wanted.connect(window.download)
    made.stop_wanted.connect(window.errands.pause)
    made.opened.connect(window.open_course)
    made.rules_wanted.connect(partial(window.show_page, "settings"))
    made.set_running(window.errands.is_fetching)
    return made


def work(window: MainWindow) -> WorkPage:
    """What the learner did, and how far it is on its way."""
    from player.ui.work_page import WorkPage  # noqa: PLC0415 - see above

    errands = window.errands
    made = window.add("work", WorkPage(window.services, errands.carrier, errands.arrivals))
    made.send_wanted.connect(window.send)
    made.problem.connect(window.say)
    made.told.connect(window.messages.show_text)
    made.changed.connect(window.show_again)
    made.sign_in.wanted.connect(window.sign_in)
    errands.sending.connect(made.set_sending)
    errands.signing_in.asked.connect(made.sign_in.show_code)
    made.set_sending(errands.is_sending)
    return made


def mail(window: MainWindow) -> MessagesPage:
    """The page of messages."""
    from player.ui.messages_page import MessagesPage  # noqa: PLC0415 - see above

    made = window.add("mail", MessagesPage(window.services))
    made.attestation_wanted.connect(window.open_attestation)
    made.look_wanted.connect(window.errands.arrivals.look)
    made.activity_wanted.connect(window.open_from_afar)
    made.address_wanted.connect(window.open_url)
    made.read.connect(window.show_side)
    window.errands.arrivals.looking.connect(made.set_looking)
    made.set_looking(looking=window.errands.arrivals.is_looking)
    return made


def revision(window: MainWindow) -> RevisionPage:
    """The page of questions that come again."""
    from player.ui.revision_page import RevisionPage  # noqa: PLC0415 - see above

    made = window.add("revision", RevisionPage(window.services))
    made.problem.connect(window.say)
    made.recorded.connect(window.progressed)
    made.recorded.connect(window.show_side)
    made.activity_wanted.connect(window.open_from_afar)
    made.address_wanted.connect(window.open_url)
    return made


def space(window: MainWindow) -> SpacePage:
    """What the courses take of the disk."""
    from player.ui.space_page import SpacePage  # noqa: PLC0415 - see above

    return window.add("space", SpacePage(window.services, window.upkeep))


def settings(window: MainWindow) -> SettingsPage:
    """The choices of this PC."""
    from player.ui.settings_page import SettingsPage  # noqa: PLC0415 - see above

    made = window.add("settings", SettingsPage(window.services, window.neighbourhood))
    made.file_chosen.connect(window.add_file)
    made.check_wanted.connect(window.open_attestation)
    made.sources_changed.connect(window.refresh)
    made.problem.connect(window.say)
    made.language_changed.connect(window.respoken)
    return made


def first_start(window: MainWindow) -> FirstStart:
    """Who learns here, and from where the courses come: asked once."""
    from player.ui.first_start import FirstStart  # noqa: PLC0415 - see above

    made = window.add("first_start", FirstStart(window.services, window.errands.carrier))
    made.problem.connect(window.say)
    made.language_changed.connect(window.respoken)
    made.adopted.connect(window.errands.arrivals.look_elsewhere)
    made.finished.connect(window.begin)
    return made


def attestation(window: MainWindow) -> AttestationPage:
    """The page of attestations."""
    from player.ui.attestation_page import AttestationPage  # noqa: PLC0415 - see above

    made = window.add("attestation", AttestationPage(window.services))
    made.closed.connect(window.leave_attestation)
    made.activity_wanted.connect(window.open_activity)
    made.address_wanted.connect(window.open_url)
    made.told.connect(window.messages.show_text)
    made.problem.connect(window.say)
    made.claimed.connect(window.errands.send_soon)
    return made


def search(window: MainWindow) -> SearchPage:
    """The search."""
    from player.ui.search_page import SearchPage  # noqa: PLC0415 - see above

    made = window.add("search", SearchPage(window.services, window.errands.lookup, window.ways))
    made.found.connect(window.open_found)
    made.course_wanted.connect(window.open_section)
    made.page_wanted.connect(window.show_page)
    made.left.connect(window.leave_search)
    return made


def calendar(window: MainWindow) -> CalendarPage:
    """The calendar of all courses."""
    from player.ui.calendar_page import CalendarPage  # noqa: PLC0415 - see above

    made = window.add("calendar", CalendarPage(window.services))
    made.problem.connect(window.say)
    made.told.connect(window.messages.show_text)
    made.course_wanted.connect(window.open_course)
    made.activity_wanted.connect(window.open_from_afar)
    made.address_wanted.connect(window.open_url)
    return made


def notes(window: MainWindow) -> NotesPage:
    """The page of notes, bookmarks and kept links."""
    from player.ui.notes_page import NotesPage  # noqa: PLC0415 - see above

    made = window.add("notes", NotesPage(window.services))
    made.is_offline = window.errands.is_offline
    made.opened.connect(window.open_from_afar)
    made.link_wanted.connect(window.keeper.open)
    made.told.connect(window.messages.show_text)
    made.problem.connect(window.say)
    return made


def _lead_on(window: MainWindow, page: LibraryPage | CoursePage) -> None:
    """Go where a card of the next step leads."""
    page.activity_wanted.connect(window.open_from_afar)
    page.fetch_wanted.connect(window.going_on.fetch)
    page.revision_wanted.connect(partial(window.show_page, "revision"))
    page.problem.connect(window.say)
