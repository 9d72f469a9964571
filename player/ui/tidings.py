# SPDX-License-Identifier: Apache-2.0
"""What goes on beside a window, said and shown in it: what errands, upkeep and neighbours report.

Bound methods alone are connected: Qt lets go of those by itself when the window is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from player.app import Services
from player.app.repair import Repaired
from player.app.updates import Renewed
from player.download.news import DownloadNews
from player.errors import DriveGone, PlayerError
from player.store.moving import Left
from player.ui import outcome
from player.ui.changes import Changes
from player.ui.drive_card import far_words
from player.ui.errands import Errands
from player.ui.going_on import GoingOn
from player.ui.language import size, translate
from player.ui.neighbourhood import Neighbourhood
from player.ui.upkeep import Far, Upkeep

if TYPE_CHECKING:
    from player.app.courier import Taken
    from player.app.homecoming import Home
    from player.sync.push import Pushed
    from player.ui.front import Front

LOOK_EVERY = 400  # ms between readings of a page while a download runs


class Tidings(QObject):
    """Hears for one window."""

    def __init__(
        self,
        window: Front,
        going_on: GoingOn,
        services: Services,
        errands: Errands,
        upkeep: Upkeep,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._going_on = going_on
        self._services = services
        self._errands = errands
        self._upkeep = upkeep
        self._has_renewed = False
        self._said: set[str] = set()  # what came of looking for courses, so far
        self._look_soon = QTimer(self, singleShot=True, interval=LOOK_EVERY)
        self._look_soon.timeout.connect(self._look_at_files)

    def hear(self, changes: Changes, neighbourhood: Neighbourhood) -> None:
        """Hear from now on, and show what is under way already."""
        neighbourhood.looked.connect(self._looked_next_door)
        changes.downloading.connect(self._hear_download)
        changes.renewed.connect(self._hear_renewed)
        changes.homed.connect(self._came_home)
        changes.collected.connect(self._window.show_again)
        self._hear_errands()
        self._hear_upkeep()

    def _hear_errands(self) -> None:
        window, errands = self._window, self._errands
        errands.looked.connect(self._looked)
        errands.failed.connect(window.say)
        errands.fetching.connect(self._show_fetching)
        errands.fetched.connect(self._fetched)
        errands.sent.connect(self._sent)
        errands.signing_in.ended.connect(self._signed_in)
        errands.carrier.taken.connect(self._file_taken)
        errands.arrivals.letters.connect(self._letters_came)
        errands.arrivals.homing.connect(self._show_homing)
        errands.arrivals.home.connect(self._came_home)
        errands.offline.connect(window.side.show_road)
        window.side.show_road(errands.is_offline)

    def _hear_upkeep(self) -> None:
        self._upkeep.drive.connect(self._show_drive)
        self._upkeep.far.connect(self._show_far)
        self._upkeep.ended.connect(self._kept_up)

    def stop(self) -> None:
        """Read no page any more: the window closes."""
        self._look_soon.stop()

    @Slot(list, bool)
    def _looked(self, results: list[object], quietly: bool) -> None:
        if not self._errands.is_offline and self._window.is_made("course"):
            self._window.course.renewal.look_again()
        self._window.show_again()
        told = outcome.of_look(results, quietly=quietly)
        if isinstance(told, PlayerError):
            if not quietly or str(told) not in self._said:  # looks may come every few minutes
                self._window.say(told)
            self._said.add(str(told))
        elif not self._notice(quietly=quietly):
            self._tell(told)

    def _notice(self, *, quietly: bool) -> bool:
        """Say once what a person should know though nothing failed; whether there was any."""
        for text in outcome.notices(self._services, quietly=quietly):
            if text not in self._said:
                self._said.add(text)
                self._window.messages.show_text(text, "warn")
                return True
        return False

    @Slot(list, bool)
    def _looked_next_door(self, results: list[object], quietly: bool) -> None:
        self._window.show_again()
        if not quietly:  # what is wrong with one that nobody asked stands in its row
            none = translate("Sharing", "They lend nothing that is new here.")
            self._tell(outcome.of_look(results, quietly=False) if results else none)

    @Slot(object, bool)
    def _fetched(self, result: object, quietly: bool) -> None:
        self._going_on.take_what_came(at_the_end=True)
        told = outcome.of_fetch(result, quietly=quietly)
        renewed, self._has_renewed = self._has_renewed, False
        if isinstance(told, PlayerError) or not renewed:  # else more was said already
            self._tell(told)

    @Slot(object)
    def _hear_renewed(self, news: Renewed) -> None:
        """Say once that an update is through; the course's page says it until it is left."""
        self._has_renewed = self._errands.is_fetching
        self._window.course.renewal.hear(news)
        self._window.show_again()
        if self._is_before(news.course):
            return  # it is said there
        text = translate("Window", "“{title}” is version {number} now. What you did was kept.")
        self._window.messages.show_text(text.format(title=news.title, number=news.version))

    @Slot(object, bool)
    def _sent(self, result: Pushed | PlayerError, quietly: bool) -> None:
        self._window.side.show_now()
        if self._window.page == "work":
            self._window.work.show_now()
        self._tell(outcome.of_sending(result, quietly=quietly))

    @Slot(object)
    def _letters_came(self, result: object) -> None:
        self._window.show_again()
        self._tell(outcome.of_letters(result))

    @Slot(bool)
    def _show_homing(self, homing: bool) -> None:
        if homing:
            text = translate("Window", "Looking for what you did on your other computers…")
            self._window.messages.show_text(text)

    @Slot(object)
    def _came_home(self, result: Home | PlayerError) -> None:
        self._window.show_again()
        self._tell(outcome.of_home(result))

    @Slot(object)
    def _file_taken(self, result: Taken | PlayerError) -> None:
        self._tell(outcome.of_file(result))
        self._window.show_again()

    @Slot(object)
    def _show_far(self, far: Far | None) -> None:
        self._window.side.keeping.say("disk", far_words(far) if far and far.total else "")

    @Slot(str, object)
    def _kept_up(self, _kind: str, result: object) -> None:
        self._tell(outcome.of_upkeep(result))
        if isinstance(result, Left):
            self._window.library.gone.show_problem(
                None
            )  # it is not back: nobody waits for it any more
            self._window.show_again()
        elif isinstance(result, int) and result:
            self._errands.try_again()  # what stopped because the disk was full
        elif isinstance(result, Repaired) and result.to_fetch:
            self._window.download()

    @Slot(object)
    def _show_drive(self, found: object) -> None:
        was_gone = not self._window.library.gone.isHidden()
        self._window.library.gone.show_problem(found if isinstance(found, DriveGone) else None)
        if was_gone and not isinstance(found, PlayerError):
            self._window.messages.show_text(
                translate("Space", "The drive with your courses is here again.")
            )
            self._window.show_again()
            self._errands.try_again()

    @Slot(object)
    def _signed_in(self, problem: PlayerError | None) -> None:
        self._window.work.sign_in.show_answer()
        if problem is not None:
            self._window.say(problem)
            return
        self._window.messages.hide()
        self._window.send()

    def _tell(self, told: PlayerError | str | None) -> None:
        if isinstance(told, PlayerError):
            self._window.say(told)
        elif told:
            self._window.messages.show_text(told)

    @Slot(bool)
    def _show_fetching(self, running: bool) -> None:
        window = self._window
        window.library.set_running(running)
        if window.is_made("downloads"):
            window.downloads.set_running(running)
        if window.is_made("course"):
            window.course.set_running(running)
        if not running:
            window.latest.forget()
            if window.is_made("lesson"):
                window.lesson.files_came()
            self._window.side.fetching.say("download", "")
            self._window.show_again()

    @Slot(object)
    def _hear_download(self, news: DownloadNews) -> None:
        self._window.latest.hear(news)
        if self._window.is_made("downloads"):
            self._window.downloads.hear(news)
        left = max(0, news.total - news.done)
        waits = news.state == "waiting"
        text = translate("Window", "Downloading: {size} to come")
        if waits:
            text = translate("Window", "Waiting for the connection: {size} to come")
        text = text.format(size=size(left)) if left and self._errands.is_fetching else ""
        self._window.side.fetching.say("clock" if waits else "download", text)
        shown = self._window.page == "library" or self._is_before(news.course)
        if shown and not self._look_soon.isActive():
            self._look_soon.start()

    def _look_at_files(self) -> None:
        self._going_on.take_what_came()
        if self._window.page == "course":
            self._window.course.mark_now()
        elif self._window.page == "library":
            self._window.library.stand_now()

    def _is_before(self, course: str) -> bool:
        """Whether the learner sees the page of that course now."""
        return self._window.page == "course" and self._window.course.course == course
