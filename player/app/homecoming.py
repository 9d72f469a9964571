# SPDX-License-Identifier: Apache-2.0
"""One learner on several PCs, with a connection: what was done on the others comes home."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from player.course.platform import Lrs, Platform
from player.download.budget import Allowance
from player.errors import NoPlatform, OthersCode, PlayerError
from player.journal import learners
from player.journal.learners import Learner
from player.store import lock
from player.store.database import Database
from player.sync import code, homecoming
from player.sync.endpoint import Authorize, Endpoint
from player.sync.homecoming import Home
from player.sync.packing import Packing
from player.transport import Transport

__all__ = ["Home", "Homecoming"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Homecoming:
    """What comes home to one PC. Any thread may ask; `db` is that thread's connection.

    `platform` raises NoPlatform where this PC belongs to none, and so does what needs one here.
    """

    home: Path
    db: Callable[[], Database]
    platform: Callable[[], Platform]
    road: Callable[[], AbstractContextManager[Transport]]
    authorize: Callable[[Transport], Authorize | None]
    allowance: Callable[[], Allowance]
    announce: Callable[[object], None]
    now: Callable[[], datetime]

    def code(self, learner: Learner) -> str:
        """What makes another PC the learner's own: to be typed there, and shown to nobody else.

        Whoever is shown it is from now on taken to work there too.
        """
        homecoming.expect(self.db(), learner.id, self._lrs.endpoint)
        return code.code_of(learner.id)

    def adopt(self, typed: str, name: str = "") -> Learner:
        """Make this PC that of the learner whose code was typed; all they did can come home then.

        Known as `name`, or else by the name that was given here before.

        Raises:
            WrongCode, OthersCode, NoPlatform: nothing was changed.
        """
        id_, lrs, db = code.learner_of(typed), self._lrs, self.db()
        with db.atomic():
            worked = learners.who_worked(db)
            if worked and id_ not in [one.id for one in worked]:
                raise OthersCode(ours=worked[0].name)
            before = next((one.name for one in learners.all_learners(db)), "")
            learners.keep(db, Learner(id_, " ".join(name.split()) or before))
            homecoming.expect(db, id_, lrs.endpoint)
        return next(one for one in learners.all_learners(db) if one.id == id_)

    def bring(self, learner: Learner, *, whole: bool = False) -> Home:
        """Bring home what the learner did elsewhere; with `whole`, however long ago it was.

        Raises:
            NoPlatform: there is nowhere to look.
            DatabaseBusy: another Cartable is looking for this home.
        """
        platform, lrs = self.platform(), self._lrs
        with lock.alone(self.home / "homecoming.lock"), self.road() as transport:
            authorize = self.authorize(transport)
            store = Endpoint(transport, lrs, Packing(None, lrs.endpoint, self.now), authorize)
            return homecoming.bring(self.db(), store, platform, learner, now=self.now, whole=whole)

    def follow(self) -> None:
        """After a push: look for whoever works elsewhere too, where it is time and may cost.

        Who hears of it is told a `Home` for each learner for whom there was something new.
        """
        try:
            if self.allowance().held:
                return
            for learner in learners.all_learners(self.db()):
                found = self._look(learner)
                if found.new:
                    self.announce(found)
        except PlayerError as problem:
            log.info("no look for what was done elsewhere: %s", problem)

    def _look(self, learner: Learner) -> Home:
        db, endpoint = self.db(), self._lrs.endpoint
        wanted = homecoming.works_elsewhere(db, learner.id, endpoint)
        if not wanted or not homecoming.is_due(db, learner.id, endpoint, self.now()):
            return Home()
        return self.bring(learner)

    @property
    def _lrs(self) -> Lrs:
        lrs = self.platform().lrs
        if lrs is None:
            raise NoPlatform
        return lrs
