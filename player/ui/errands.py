# SPDX-License-Identifier: Apache-2.0
"""What goes on beside the window: looking for courses, fetching, sending.

Errands outlive the window, which is made anew when the language or the colours change; so a
download runs on, and nothing is ever told to a window that is gone.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from player.app import Services
from player.app.updates import Preview
from player.catalogue.refresh import Refreshed
from player.course.manifest import Manifest
from player.download.patience import ENDLESS
from player.download.worker import Summary
from player.errors import Held, NotTheServer, Offline, PlayerError, ServerBusy
from player.ui.arrivals import Arrivals
from player.ui.carrier import Carrier
from player.ui.due_count import DueCount
from player.ui.lookup import Lookup
from player.ui.sign_in import SignIn
from player.ui.tasks import Tasks

if TYPE_CHECKING:
    from player.sync.push import Pushed

AGAIN_EVERY = 5 * 60 * 1000  # ms between tries to send and to fetch by itself
LOOK_SOON = 5 * 1000  # ms until the first look again where nobody answered; then twice as long
SEND_SOON = 4000  # ms after an act: several acts leave together


class Stopped(Exception):
    """Raised out of a download's report to stop it."""


class Errands(QObject):
    """One of each kind at a time; asking again while it runs changes nothing.

    Signals:
        looked: (list of `Refreshed` or `PlayerError`, whether nobody asked for it).
        opened: the `Manifest` of a course to show.
        previewed: (course id, `Preview` or `PlayerError`): what its update changes and costs.
        fetching: whether a download runs.
        fetched: (`Summary`, a `PlayerError`, or None where it was paused; whether nobody asked).
        sending: whether acts are being sent.
        sent: (`Pushed` or `PlayerError`, whether nobody asked for it).
        failed: a `PlayerError` of opening a course.
        offline: whether nobody could be reached the last time.
    """

    looked = Signal(list, bool)
    opened = Signal(object)
    previewed = Signal(str, object)
    fetching = Signal(bool)
    fetched = Signal(object, bool)
    sending = Signal(bool)
    sent = Signal(object, bool)
    failed = Signal(object)
    offline = Signal(bool)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = Tasks(services.close_thread, self)
        self.carrier = Carrier(services, self._tasks, self)
        self.arrivals = Arrivals(services, self._tasks, self)
        self.lookup = Lookup(services, self._tasks, self)
        self.due = DueCount(services, self._tasks, self)
        self.signing_in = SignIn(services, self)
        self._stop = threading.Event()
        self._paused = False
        self._wanted = ""
        self._previewing: set[str] = set()
        self.is_looking = self.is_fetching = self.is_sending = self.is_offline = False
        self._again = QTimer(self, interval=AGAIN_EVERY)
        self._again.timeout.connect(self.try_again)
        self._soon = QTimer(self, singleShot=True, interval=SEND_SOON)
        self._soon.timeout.connect(self.send_quietly)
        self._rest = QTimer(self, singleShot=True)  # while the store wants to be left alone
        self._rest.timeout.connect(self.send_quietly)
        self._look_again = QTimer(self, singleShot=True)
        self._look_again.timeout.connect(lambda: self.look(quietly=True))
        self._pause = LOOK_SOON
        self._quietly = True  # the download that runs, or ran last
        self._fetch_next: bool | None = None  # once the answers are sent: whether quietly
        self._follow_up: bool | None = None  # once this download has ended, another: the same
        self._fetch_after: bool | None = None  # the same, once the files are let go of again
        self._files_wanted: Callable[[], None] | None = None
        self._gives_way = False

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return self._tasks.idle and not self.signing_in.is_running

    def begin(self) -> None:
        """Look, send and fetch for the first time, and from now on by itself. Once is enough."""
        if self._again.isActive():
            return
        self._again.start()
        self._let_rest()
        self.lookup.begin()
        self._tasks.run(self._services.hand_in_overdue, lambda _: None, self.failed.emit)
        if self._services.repositories():
            self.look(quietly=True)
        self.try_again()

    def try_again(self) -> None:
        """Send, then fetch what is left, without a word where there is no connection."""
        left = any(one.total > one.here and not one.held for one in self._services.wishes())
        if not self._paused and left:
            self.fetch(quietly=True)
        else:
            self.send_quietly()

    def close(self) -> None:
        """End everything, at once or nearly; what came is kept, what did not is tried later."""
        self._stop.set()
        for timer in (self._again, self._soon, self._rest, self._look_again):
            timer.stop()
        self.signing_in.close()
        self.lookup.close()
        self._tasks.close()

    # Look

    def look(self, *, quietly: bool = False) -> None:
        """Look what the repositories offer now."""
        if self.is_looking:
            return
        self.is_looking = True
        ended = partial(self._looked, quietly)
        self._tasks.run(self._services.refresh_all, ended, lambda error: ended([error]))

    def add(self, address: str) -> None:
        """Know a `.course` file or a folder that somebody chose, and look what is in it."""

        def ended(result: Refreshed | PlayerError) -> None:
            self.looked.emit([result], False)

        self._tasks.run(partial(self._services.add_file, address), ended, ended)

    def _looked(self, quietly: bool, results: list[Refreshed | PlayerError]) -> None:
        self.is_looking = False
        if results:
            self._judge_road(*results)
        if results and self.is_offline:
            self._look_again.start(self._pause)
            self._pause = min(2 * self._pause, AGAIN_EVERY)
        else:
            self._pause = LOOK_SOON
        self.looked.emit(results, quietly)

    # Open

    def open(self, course: str) -> None:
        """Have a course's description here; nobody is asked where it is here already."""
        self._open(course, partial(self._services.take_up, course))

    def preview(self, course: str) -> None:
        """Say what the version of a course that is offered now changes and costs."""
        if course in self._previewing:
            return
        self._previewing.add(course)
        ended = partial(self._previewed, course)
        self._tasks.run(partial(self._services.update_preview, course), ended, ended)

    def _previewed(self, course: str, result: Preview | PlayerError) -> None:
        self._previewing.discard(course)
        self.previewed.emit(course, result)

    def renew(self, course: str) -> None:
        """Have the version of a course that is offered now, as somebody asked for just now."""
        self._open(course, partial(self._services.renew, course), renewed=True)

    def decline(self, course: str) -> None:
        """Put off the update of a course; a download that brings it goes on without it."""
        comes = self._services.goal(course) != self._services.course(course)
        self._services.decline_update(course)
        if comes and self.is_fetching:
            self._follow_up = self._quietly
            self._stop.set()

    def _open(self, course: str, work: Callable[[], Manifest], *, renewed: bool = False) -> None:
        self._wanted = course

        def then(manifest: Manifest) -> None:
            if renewed and any(one.total > one.here for one in self._services.wishes()):
                if self.is_fetching:
                    self._follow_up = False
                self.fetch()
            if self._wanted == course:  # not overtaken by another click
                self.opened.emit(manifest)

        self._tasks.run(work, then, self.failed.emit)

    # Fetch

    def fetch(self, *, quietly: bool = False) -> None:
        """Work off what was asked for, after the answers: they are small, and cannot be had again.

        What nobody asked for just now (`quietly`) keeps to the hours and the line of the settings.
        """
        if self._gives_way:
            self._fetch_after = quietly and self._fetch_after is not False
            return
        if self.is_fetching:
            return
        self._stop.clear()
        self._paused = False
        self.is_fetching = True
        self.fetching.emit(True)
        self._fetch_next = quietly
        self.send_quietly()
        if not self.is_sending:
            self._fetch_now()

    def _fetch_now(self) -> None:
        quietly, self._fetch_next = self._fetch_next, None
        if quietly is None:
            return
        self._quietly = quietly
        ended = partial(self._fetched, quietly)
        self._tasks.run(partial(self._fetch, by_hand=not quietly), ended, ended)

    def pause(self) -> None:
        """Stop fetching until asked again; what came is kept."""
        self._paused = True
        self._fetch_after = None
        self._stop.set()

    def give_way(self, then: Callable[[], None]) -> None:
        """Fetch nothing until `go_on`, and call `then` as soon as no download holds the files."""
        self._gives_way = True
        if self.is_fetching:
            self._files_wanted = then
            self._stop.set()
        else:
            then()

    def go_on(self) -> None:
        """The files are let go of: fetch what was broken off for it, or asked for meanwhile."""
        self._gives_way = False
        quietly, self._fetch_after = self._fetch_after, None
        if quietly is not None:
            self.fetch(quietly=quietly)

    def _fetch(self, *, by_hand: bool) -> Summary | None:
        def report(_bytes: int) -> None:
            if self._stop.is_set():
                raise Stopped

        try:
            return self._services.download(report, by_hand=by_hand, patience=ENDLESS)
        except Stopped:
            return None

    def _fetched(self, quietly: bool, result: Summary | PlayerError | None) -> None:
        self.is_fetching = False
        if result is not None:
            self._judge_road(result)
        if isinstance(result, Held):
            self._wait_until_allowed()
        follow_up, self._follow_up = self._follow_up, None
        if follow_up is not None and not self._paused and not self._gives_way:
            self.fetch(quietly=follow_up)
            return
        self.fetching.emit(False)
        self.lookup.begin()
        then, self._files_wanted = self._files_wanted, None
        if then and result is None and not self._paused:  # nobody paused it: no word
            self._fetch_after = quietly if follow_up is None else follow_up
        else:
            self.fetched.emit(result, quietly)
        if then:
            then()

    def _wait_until_allowed(self) -> None:
        """The learner's own rules hold it back: go on when they let it."""
        until = self._services.allowance().until
        if until is not None:
            left = (until - self._services.now()).total_seconds()
            wait = round(min(max(1.0, left), AGAIN_EVERY / 1000) * 1000)
            QTimer.singleShot(wait, self, self.try_again)

    # Send

    def send(self, *, quietly: bool = False) -> None:
        """Send what is not yet received."""
        if self.is_sending:
            return
        self.is_sending = True
        self.sending.emit(True)
        ended = partial(self._sent, quietly)
        self._tasks.run(self._services.send, ended, ended)

    def send_quietly(self) -> None:
        """Send if there is something to send and the learner lets it leave by itself."""
        if self._rest.isActive():
            return
        if self._services.settings.send_by_itself and self._services.has_to_send:
            self.send(quietly=True)

    def send_soon(self) -> None:
        """Send quietly in a moment, with what will be done until then."""
        self._soon.start()

    def _sent(self, quietly: bool, result: Pushed | PlayerError) -> None:
        self.is_sending = False
        problem = result if isinstance(result, PlayerError) else result.problem
        if not isinstance(result, PlayerError):
            self._judge_road(problem or result)
        if isinstance(problem, ServerBusy):
            self._let_rest()
        self.sending.emit(False)
        self.sent.emit(problem or result, quietly)
        self._fetch_now()

    def _let_rest(self) -> None:
        """Ask nothing by itself as long as the store wants to be left alone, then send."""
        if left := self._services.rest():
            self._rest.start(math.ceil(1000 * left))

    def _judge_road(self, *results: object) -> None:
        reached = any(not isinstance(one, (Offline, NotTheServer)) for one in results)
        self.is_offline = not reached
        self.offline.emit(self.is_offline)
