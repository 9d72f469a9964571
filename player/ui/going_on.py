# SPDX-License-Identifier: Apache-2.0
"""The ways on from wherever the learner is: to the next step, the course's page, its attestation.

What lacks of a step is fetched on request alone, and opened once it is here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from player.app import Services
from player.app.next_step import under_way
from player.course.needs import is_here
from player.errors import PlayerError
from player.store import blobs

if TYPE_CHECKING:
    from player.ui.front import Front
    from player.ui.next_card import NextCard


class GoingOn:
    """The ways of one window."""

    def __init__(self, window: Front, services: Services) -> None:
        self._window = window
        self._services = services
        self._awaited: tuple[str, str] | None = None  # course and activity to go on with

    def go_on(self) -> None:
        """Go to the next step from wherever the learner is; nothing is fetched by it.

        From a lesson, to the next one behind it; from a course's page, in that course; from
        anywhere else, in the course that was learnt in last.
        """
        inside = self._window.page in ("lesson", "course", "attestation")
        course = self._at_hand() if inside else self._last()
        if not course:
            self._window.show_page("library")
            return
        manifest = self._services.course(course)
        after = self._window.lesson.activity if self._window.page == "lesson" else ""
        target = manifest.find(self._services.steps.next_activity(manifest, after))
        if target is not None and is_here(target, blobs.present(self._services.db)):
            self._window.open_from_afar(course, target.id)
        else:
            self._window.course.show_course(manifest)  # it says what is next, and what that costs
            self._window.show_page("course")

    def go_to_course(self) -> None:
        """Show the course's page: the one that is open, else the one that was learnt in last."""
        course = self._at_hand()
        if course and self._window.page != "course":
            self._window.course.show_course(self._services.course(course))
            self._window.show_page("course")

    def go_to_attestation(self) -> None:
        """Show the attestation of the course: see `go_to_course`."""
        self._window.open_attestation(self._at_hand())

    def _at_hand(self) -> str:
        """The course that is open, else the one that was learnt in last; '' for none."""
        open_ = self._window.course.course if self._window.is_made("course") else ""
        return open_ or self._last()

    def _last(self) -> str:
        return next((one.id for one in under_way(self._services.library())), "")

    def fetch(self, course: str, activity: str) -> None:
        """Bring one activity here before everything else, and open it once it is here.

        Unless the learner has gone somewhere else meanwhile: nobody is pulled along.
        """
        try:
            self._services.ask_next(course, activity)
        except PlayerError as error:
            self._window.say(error)
            return
        self._wait_for((course, activity))
        self._window.show_again()
        self._window.download()

    def stay(self) -> None:
        """Open nothing by itself any more."""
        self._wait_for(None)

    def _wait_for(self, awaited: tuple[str, str] | None) -> None:
        self._awaited = awaited
        cards = [*self._window.library.cards]
        cards += [self._window.course.next] if self._window.is_made("course") else []
        for card in cards:
            self.mark(card)

    def mark(self, card: NextCard) -> None:
        """Have a card say whether its activity is on its way."""
        card.set_coming(self._awaited)

    def take_what_came(self, *, at_the_end: bool = False) -> None:
        """A download goes on, or is `at_the_end`: open what is waited for, if it is here."""
        if self._awaited is None:
            return
        course, activity = self._awaited
        found = self._services.course(course).find(activity)
        if found is not None and is_here(found, blobs.present(self._services.db)):
            self.stay()
            self._window.open_from_afar(course, activity)
        elif at_the_end:
            self.stay()
