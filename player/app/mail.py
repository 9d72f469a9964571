# SPDX-License-Identifier: Apache-2.0
"""What comes back from the platform: looked for, taken from a stick, shown, read."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from player.catalogue.mirrors import mirrors_of
from player.clock import stamp
from player.course.platform import Platform
from player.course.signing import readable
from player.errors import BadKey, StorageProblem
from player.journal import journal, learners, mail
from player.journal.events import Addressed, Event
from player.journal.items import FOLDER, Box
from player.journal.journal import Where
from player.journal.mail import Came, Collected
from player.store import lock
from player.store.database import Database
from player.transport import Transport

__all__ = ["Came", "Collected", "Mail"]

log = logging.getLogger(__name__)

IDENTITY = "mail.age"
PATIENCE = 5.0  # seconds, while another Cartable of this home looks
OFTEN = timedelta(hours=1)  # how soon after a look another one is made by itself


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail of one home. Any thread may ask; `db` is that thread's connection.

    `platform` gives the platform whose letters these are, None where there is none.
    """

    home: Path
    db: Callable[[], Database]
    platform: Callable[[], Platform | None]
    road: Callable[[], AbstractContextManager[Transport]]
    announce: Callable[[object], None]
    now: Callable[[], datetime]

    # To have letters written

    def tell_address(self) -> None:
        """Record where letters can be sealed to, for each learner and course that lacks it.

        A fault of it is for the log: it holds up nothing that leaves.
        """
        from player.sync import seal  # noqa: PLC0415 - as in `_identity`

        try:
            recipient = seal.public_of(self._identity())
            for learner, course in self._enrolments():
                if recipient not in self._told(learner, course):
                    self._tell(learner, course, recipient)
        except (BadKey, StorageProblem) as error:
            log.warning("no address for letters was told: %s", error)

    def _identity(self) -> str:
        """This PC's own, made when first needed. It never leaves the home."""
        from player.app.identity import own_identity  # noqa: PLC0415 - most starts unseal nothing

        return own_identity(self.home / IDENTITY)

    def _enrolments(self) -> list[tuple[str, str]]:
        """Each learner and the courses that they take."""
        return [
            (learner.id, course)
            for learner in learners.all_learners(self.db())
            for course in dict.fromkeys(one.course for one in self._acts(learner.id, "enrolled"))
        ]

    def _acts(self, learner: str, kind: str, course: str = "") -> list[Event]:
        condition = "learner = ? AND kind = ? AND (? = '' OR course = ?)"
        return list(journal.events(self.db(), condition, (learner, kind, course, course)))

    def _told(self, learner: str, course: str) -> set[str]:
        acts = (one.act for one in self._acts(learner, "addressed", course))
        return {act.recipient for act in acts if isinstance(act, Addressed)}

    def _tell(self, learner: str, course: str, recipient: str) -> None:
        enrolled = self._acts(learner, "enrolled", course)[0]
        said = {"name": enrolled.act.name, "language": enrolled.act.language}
        where = Where(learner, course, enrolled.version)
        journal.record(self.db(), where, Addressed(**said, recipient=recipient), self.now)

    # Collecting

    def collect(self, *, by_hand: bool = True) -> Collected:
        """Take what is new of all courses here, from the repositories that have them.

        Where nobody asks `by_hand`, a course that was asked within the last hour is left out.

        Raises:
            StorageProblem: it cannot be written down; what was, is.
        """
        platform = self.platform()
        if platform is None:
            return Collected()
        courses = [one for one in self._courses() if by_hand or self._is_time(platform, one)]
        found, asked = self._through(platform, courses, self._repositories)
        for course in asked:
            mail.looked(self.db(), platform.home, course, self._stamp())
        return found

    def take(self, paths: Iterable[Path]) -> Collected:
        """Take what is new from folders, of a stick say, in which a `mailbox` folder lies.

        Raises:
            StorageProblem: it cannot be written down; what was, is.
        """
        platform = self.platform()
        roots = [one.parent if one.name == FOLDER else one for one in paths]
        urls = [f"{one.absolute().as_uri()}/" for one in roots if (one / FOLDER).is_dir()]
        if platform is None or not urls:
            return Collected()
        return self._through(platform, self._courses(), lambda _course: urls)[0]

    def _through(
        self,
        platform: Platform,
        courses: Sequence[str],
        repositories: Callable[[str], Sequence[str]],
    ) -> tuple[Collected, list[str]]:
        """Take what is new; what came of it, and which courses were asked for to the end."""
        if not platform.mail or not courses:
            return Collected(), []
        from player.sync import seal  # noqa: PLC0415 - as in `_identity`
        from player.sync.mailbox import Collector  # noqa: PLC0415 - as above

        with lock.alone(self.home / "mail.lock", wait=PATIENCE), self.road() as transport:
            round_ = Collector(self.db(), transport, readable(platform.mail), self.now)
            try:
                round_.identity = self._identity()
            except BadKey as error:  # what is for everybody needs none
                round_.problems.append(error)
            own = seal.public_of(round_.identity) if round_.identity else ""
            asked = []
            for course in courses:
                urls = repositories(course)
                boxes = self._boxes(platform, course, own)
                through = [round_.collect(box, urls) for box in boxes]  # each, whatever the others
                asked += [course] if all(through) else []
        if round_.new:
            self.announce(round_.collected)
        return round_.collected, asked

    def _courses(self) -> list[str]:
        return list(dict.fromkeys(course for _, course in self._enrolments()))

    def _boxes(self, platform: Platform, course: str, own: str) -> list[Box]:
        """Everybody's, then those of learners for whom this PC told its address `own`."""
        whose = [learner for learner, taken in self._enrolments() if taken == course]
        told = [learner for learner in whose if own in self._told(learner, course)]
        return [
            Box(platform.home, course),
            *(Box(platform.home, course, learner, own) for learner in told),
        ]

    def _is_time(self, platform: Platform, course: str) -> bool:
        last = mail.looked_at(self.db(), platform.home, course)
        passed = self.now() - datetime.fromisoformat(last) if last else OFTEN
        return not timedelta() <= passed < OFTEN  # a clock that was set back looks at once

    def _repositories(self, course: str) -> list[str]:
        """Where the course came from, who else offers it, and their mirrors."""
        rows = self.db().execute(
            "SELECT repository FROM current_courses WHERE id = :course UNION ALL"
            " SELECT repository FROM offers WHERE course = :course",
            {"course": course},
        )
        urls = list(dict.fromkeys(row[0] for row in rows))
        mirrors = [one for url in urls for one in mirrors_of(self.db(), url)]
        return list(dict.fromkeys([*urls, *mirrors]))

    # Showing

    def items(self, course: str = "") -> list[Came]:
        """What came for the learner, in one course or in all, the newest first."""
        return mail.came(self.db(), self._learner, course)

    def unread(self, course: str = "") -> int:
        """How many of these were not read yet."""
        return mail.unread(self.db(), self._learner, course)

    def read(self, ids: Iterable[str]) -> None:
        """Write down that these items were read."""
        mail.read(self.db(), self._learner, ids, self._stamp())

    @property
    def _learner(self) -> str:
        return next((one.id for one in learners.all_learners(self.db())), "")

    def _stamp(self) -> str:
        return stamp(self.now(), "milliseconds")
