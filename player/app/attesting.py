# SPDX-License-Identifier: Apache-2.0
"""The learner's attestations: how far they are, what a PC can claim, what the platform confirmed.

And whatever credential somebody shows: what can be said of it without a network.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from player.app.courier import DEVICE
from player.course import credential, judging, jwt
from player.course.attestation import Standing, standing
from player.course.credential import Grant
from player.course.judging import Judged, Verdict
from player.course.manifest import Manifest
from player.course.platform import Platform
from player.errors import Malformed, NewerFormat, NoCredential, NoPlatform, NotYetMet, TooLarge
from player.journal import facts, journal, learners, mail
from player.journal.events import Claimed
from player.journal.items import Attestation
from player.journal.journal import Where
from player.journal.learners import Learner
from player.journal.progress import Done, activities_done
from player.publish import keys
from player.store import spoken
from player.store.database import Database

__all__ = ["Attesting", "Held"]

LARGEST = 8 * 1024 * 1024  # bytes of a file that somebody shows
_OURS = {Verdict.GENUINE, Verdict.EXPIRED, Verdict.EARLY}


@dataclass(frozen=True, slots=True)
class Held:
    """A credential that came from the platform, as `text` (a JWT), and what it is."""

    course: str
    text: str
    judged: Judged
    item: Attestation


@dataclass(frozen=True, slots=True)
class Attesting:
    """One home. Any thread may ask; `db` is that thread's connection.

    `platform` gives the platform that this PC belongs to, None where there is none.
    """

    home: Path
    db: Callable[[], Database]
    platform: Callable[[], Platform | None]
    now: Callable[[], datetime]

    # How far

    def standing(
        self, manifest: Manifest, done: Mapping[str, Done] | None = None
    ) -> Standing | None:
        """How far the learner is with what a course asks; None where it asks for nothing.

        `done` is what was done there, where somebody has read that already.
        """
        learner = self._learner
        if manifest.attestation is None or learner is None:
            return None
        if done is None:
            done = activities_done(self.db(), learner.id, manifest.id, manifest.counting())
        return standing(manifest, facts.facts(self.db(), learner.id, manifest.id, done))

    def has_claimed(self, course: str) -> bool:
        """Whether the learner has met the rule, here or on another PC, and said so."""
        learner = self._learner
        return learner is not None and facts.has_claimed(self.db(), learner.id, course)

    # The provisional one

    def claim(self, course: str, name: str = "") -> str:
        """Say that the rule is met, once, and return that as a text signed by this PC.

        `name` is what shall stand on the paper: it is in the text, and goes nowhere else.

        Raises:
            NoPlatform: nobody could ever confirm it.
            NotYetMet: it is not, and never was.
            BadKey, StorageProblem: nothing was written down.
        """
        learner, platform = self._learner, self.platform()
        manifest = spoken.course(self.db(), course)
        if platform is None or learner is None:
            raise NoPlatform
        if manifest is None or manifest.attestation is None:
            raise NotYetMet(course=course)
        if not self.has_claimed(course):
            found = self.standing(manifest)
            if found is None or not found.met:
                raise NotYetMet(course=manifest.title)
            self._record(manifest, learner)
        grant = _grant(manifest, platform, learner, name)
        return credential.write_claim(grant, keys.own_key(self.home / DEVICE), self.now())

    def _record(self, manifest: Manifest, learner: Learner) -> None:
        title = manifest.attestation.title if manifest.attestation else ""
        act = Claimed(name=manifest.title, language=manifest.language, title=title)
        where = Where(learner.id, manifest.id, manifest.version)
        journal.record(self.db(), where, act, self.now)

    # What the platform confirmed

    def held(self, course: str = "") -> list[Held]:
        """The credentials that came for the learner, the newest first; of one course, or all."""
        learner = self._learner
        came = mail.came(self.db(), learner.id, course) if learner else []
        found = (one for one in came if one.learner)  # everybody's letters attest nothing
        return [
            self._held(one.course, one.item) for one in found if isinstance(one.item, Attestation)
        ]

    def _held(self, course: str, item: Attestation) -> Held:
        """What came may have more around the token than the token."""
        data = item.credential.encode()
        return Held(course, jwt.find(data) or item.credential, self.judge(data), item)

    def best(self, course: str) -> Held | None:
        """The credential of a course that counts, a genuine one before any other; None before one
        came."""
        found = self.held(course)
        genuine = (one for one in found if one.judged.verdict is Verdict.GENUINE)
        return next(genuine, found[0] if found else None)

    def confirmed(self, course: str) -> Held:
        """As `best`. Raises NoCredential where none came."""
        found = self.best(course)
        if found is None:
            raise NoCredential(course=course)
        return found

    # Whatever somebody shows

    def judge(self, data: bytes) -> Judged:
        """Say what was handed over, by the issuers of this PC's platform."""
        try:
            platform = self.platform()
        except (Malformed, NewerFormat):  # it is said elsewhere; then nobody is known
            platform = None
        known = dict.fromkeys(platform.issuers, platform.name) if platform else {}
        return judging.judge(data, known, self.now())

    def judge_file(self, path: Path) -> Judged:
        """Say what a file is.

        Raises:
            TooLarge: it is far more than a credential can be.
            OSError: it cannot be read.
        """
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise TooLarge(place=path.name)
        return self.judge(data)

    def whose(self, judged: Judged) -> str:
        """The name of the learner of this PC to whom our platform issued it; '' for nobody.

        What others sign can name any account.
        """
        if judged.verdict not in _OURS:
            return ""
        everybody = learners.all_learners(self.db())
        return next((one.name for one in everybody if judged.is_of(one.id)), "")

    @property
    def _learner(self) -> Learner | None:
        return learners.first(self.db())


def _grant(manifest: Manifest, platform: Platform, learner: Learner, name: str) -> Grant:
    rule = manifest.attestation
    return Grant(
        home=platform.home,
        platform=platform.name,
        course=manifest.id,
        learner=learner.id,
        title=rule.title if rule else manifest.title,
        text=rule.text if rule else "",
        name=" ".join(name.split()),
    )
