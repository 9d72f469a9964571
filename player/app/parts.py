# SPDX-License-Identifier: Apache-2.0
"""One home with its network and its clock, and the parts that need nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from player import settings
from player.app.allowance import Line
from player.app.asked import Paths
from player.app.languages import Languages
from player.clock import Now
from player.course.peer import is_lent
from player.course.platform import DOCUMENT, Platform, decode_platform
from player.download.room import writing
from player.errors import Malformed, NoPlatform, system_reason
from player.journal import learners
from player.settings import Settings
from player.store import database, lock
from player.store.database import Database
from player.transport import Transport

if TYPE_CHECKING:
    from player.app.attesting import Attesting
    from player.app.calendar import Calendar
    from player.app.handing import Handing
    from player.app.mail import Mail
    from player.app.next_step import Steps
    from player.app.notebook import Notebook
    from player.app.plan import Plans
    from player.app.post import Desk
    from player.app.revision import Revision
    from player.app.signing_in import SigningIn

Announce = Callable[[object], None]


class Parts:
    """What `Services` puts to use. Each thread has its own connection to the database."""

    def __init__(self, home: Path, announce: Announce, transport: Transport, now: Now) -> None:
        self.home = home
        self.announce = announce
        self.transport = transport
        self.now = now
        self.settings = settings.load(home)
        self.line = Line(home, transport, now, lambda: self.settings, free=is_lent)
        self.metered = self.line.metered
        self.languages = Languages(
            lambda: self.db, lambda: self.learner, lambda: self.settings.language, now
        )
        self._thread = threading.local()

    @property
    def db(self) -> Database:
        """This thread's connection, opened when first asked for."""
        if not hasattr(self._thread, "db"):
            self._thread.db = database.connect(self.home)
        return self._thread.db  # type: ignore[no-any-return]

    def close_thread(self) -> None:
        """Close this thread's connection, if it has one."""
        if hasattr(self._thread, "db"):
            self._thread.db.close()
            del self._thread.db

    def change(self, **choices: Any) -> Settings:
        """Change settings and keep them."""
        with lock.alone(self.home / "settings.lock", wait=5), writing(self.home, 0):
            # Another Cartable on this home may have changed others meanwhile
            chosen = replace(settings.load(self.home), **choices)
            settings.save(self.home, chosen)
        self.settings = chosen
        return chosen

    def keep_playing(self, chosen: Settings) -> None:
        """Keep how loud and how fast videos are played, and the captions chosen there; of `chosen`
        nothing else."""
        self.change(
            volume=chosen.volume,
            speed=chosen.speed,
            caption_language=chosen.caption_language,
            caption_size=chosen.caption_size,
            caption_ground=chosen.caption_ground,
        )

    @property
    def learner(self) -> learners.Learner | None:
        """Who learns here; None before the first start is through."""
        return learners.first(self.db)

    def introduce(self, name: str) -> learners.Learner:
        """Write down who learns here."""
        return learners.add(self.db, name)

    @property
    def platform(self) -> Platform | None:
        """The platform this PC belongs to."""
        path = self.home / "platform.json"
        if not path.exists():
            return None
        try:
            data = path.read_bytes()
        except OSError as error:
            raise Malformed(document=DOCUMENT, reason=system_reason(error)) from error
        return decode_platform(data)

    def platform_to_tell(self) -> Platform:
        """The platform. Raises NoPlatform where there is none."""
        if (platform := self.platform) is None:
            raise NoPlatform
        return platform

    def who(self) -> str:
        """The id of who learns here, '' before the first start is through."""
        return self.learner.id if self.learner else ""

    # Some that most starts do without: their modules are loaded when they are used

    @cached_property
    def attesting(self) -> Attesting:
        """The learner's attestations, and whatever credential somebody shows."""
        from player.app.attesting import Attesting  # noqa: PLC0415 - see above

        return Attesting(self.home, lambda: self.db, lambda: self.platform, self.now)

    @cached_property
    def calendar(self) -> Calendar:
        """What may be opened now, and what is coming."""
        from player.app.calendar import Calendar  # noqa: PLC0415 - see above

        return Calendar(lambda: self.db, lambda: self.learner, self.now, self.languages.course)

    @cached_property
    def handing(self) -> Handing:
        """Files that are handed in."""
        from player.app.handing import Handing  # noqa: PLC0415 - see above

        return Handing(self.home, lambda: self.db, self.platform_to_tell, self.announce, self.now)

    @cached_property
    def mail(self) -> Mail:
        """What comes back from the platform."""
        from player.app.mail import Mail  # noqa: PLC0415 - see above

        return Mail(
            self.home,
            lambda: self.db,
            lambda: self.platform,
            lambda: self.line.road("answers"),
            self.announce,
            self.now,
        )

    @cached_property
    def desk(self) -> Desk:
        """The platform's side: marks and letters."""
        from player.app.post import Desk  # noqa: PLC0415 - see above

        return Desk(
            self.home,
            lambda: self.db,
            self.platform_to_tell,
            lambda: self.line.road("answers"),
            self.signing_in.authorize,
            self.announce,
            self.now,
        )

    @cached_property
    def notebook(self) -> Notebook:
        """The learner's notes, bookmarks and kept links."""
        from player.app.notebook import Notebook  # noqa: PLC0415 - see above

        return Notebook(lambda: self.db, lambda: self.learner, self.now, self.languages.course)

    @cached_property
    def revision(self) -> Revision:
        """Missed and shaky questions, again."""
        from player.app.revision import Revision  # noqa: PLC0415 - see above

        return Revision(
            self.home, lambda: self.db, lambda: self.learner, lambda: self.settings, self.now
        )

    @cached_property
    def signing_in(self) -> SigningIn:
        """Who this PC is to the platform, where that wants people to sign in."""
        from player.app.signing_in import SigningIn  # noqa: PLC0415 - see above

        return SigningIn(self.home, lambda: self.platform, lambda: self.line.road("answers"))

    @property
    def paths(self) -> Paths:
        """Which paths the learner follows."""
        return Paths(lambda: self.db, self.who, self.now)

    @cached_property
    def plans(self) -> Plans:
        """How much of a week the learner plans for each course."""
        from player.app.plan import Plans  # noqa: PLC0415 - see above

        return Plans(lambda: self.db, self.who, self.now)

    @cached_property
    def steps(self) -> Steps:
        """What is next in each course."""
        from player.app.next_step import Steps  # noqa: PLC0415 - see above

        return Steps(
            self.home,
            lambda: self.db,
            self.who,
            lambda: self.settings,
            self.now,
            self.paths,
            open_to=self.calendar.open_to,
            dates=self.calendar.deadlines,
            opens=self.calendar.openings,
            attesting=lambda manifest: self.attesting.standing(manifest),  # noqa: PLW0108 - lazy
        )
