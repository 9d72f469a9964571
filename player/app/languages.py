# SPDX-License-Identifier: Apache-2.0
"""In which language each course is read, and what another one would take.

Until something of a course is asked for, it follows the window. From then on it stays as it was,
so that a window in other words, tomorrow and without a network, is not a course that is not here;
the learner changes it by choosing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from player.clock import Now
from player.course import languages as speaking
from player.course import needs
from player.course.manifest import Manifest
from player.download import wishes
from player.download.plan import wanted
from player.errors import NotOffered
from player.journal.events import LanguageChosen
from player.journal.journal import Where, record
from player.journal.learners import Learner
from player.store import blobs, spoken, versions
from player.store.courses import Shelf
from player.store.database import Database


def of_system() -> tuple[str, ...]:
    """What the environment says (gettext, "Locale Environment Variables"): the dearest first."""
    said = next((os.environ.get(one) for one in ("LC_ALL", "LC_MESSAGES", "LANG")), None) or ""
    tags = [*os.environ.get("LANGUAGE", "").split(":"), said]
    plain = (one.partition(".")[0].partition("@")[0].replace("_", "-") for one in tags)
    return tuple(dict.fromkeys(one for one in plain if one not in ("", "C", "POSIX")))


@dataclass(slots=True)
class Languages:
    """The languages of one home's courses. Any thread may ask; `db` is that thread's connection.

    `system` are those that the system speaks, the dearest first; the window knows them better.
    """

    db: Callable[[], Database]
    learner: Callable[[], Learner | None]
    setting: Callable[[], str]
    now: Now
    system: Sequence[str] = field(default_factory=of_system)

    def chain(self) -> tuple[str, ...]:
        """The languages to read in where nobody chose, the dearest first."""
        setting = self.setting()
        return (*((setting,) if setting else ()), *self.system)

    def course(self, course: str) -> Manifest | None:
        """The course as it is read here; None where it is not here."""
        return self._said(versions.manifest_bytes(self.db(), course))

    def goal(self, course: str) -> Manifest | None:
        """The version that downloads work towards, as it is read here."""
        return self._said(versions.coming_bytes(self.db(), course)) or self.course(course)

    def said(self, manifest: Manifest) -> Manifest:
        """Any version of a course, as it is read here."""
        return speaking.spoken(manifest, (self._language(manifest),))

    def shelf(self, shelf: Shelf) -> Shelf:
        """What the library shows, in the language in which the course is read."""
        if not shelf.translations or self.learner() is None:
            return shelf
        if shelf.spoken:
            return shelf.in_language(
                speaking.preferred(shelf.languages, (shelf.spoken,), shelf.own)[0]
            )
        if shelf.wished:
            return shelf
        return shelf.in_language(speaking.preferred(shelf.languages, self.chain(), shelf.own)[0])

    def choose(self, course: str, language: str) -> Manifest:
        """Read a course in one of its languages from now on; what lacks comes with a download.

        Raises:
            NotOffered: the course is not here, or not in that language.
            DiskFull, DatabaseBusy, NotWritable: nothing changed.
        """
        manifest, learner = versions.course(self.db(), course), self.learner()
        if manifest is None or learner is None:
            raise NotOffered(what=course)
        if language.lower() not in {one.lower() for one in speaking.languages(manifest)}:
            raise NotOffered(what=f"{manifest.title} ({language})")
        self._record(learner, manifest, language)
        wishes.look_again(self.db(), course)
        return self.said(manifest)

    def keep(self, course: str) -> None:
        """From now on, read a course as it is read now: something of it is asked for."""
        manifest, learner = versions.course(self.db(), course), self.learner()
        if manifest is None or learner is None or not manifest.translations:
            return
        language = self._language(manifest) or manifest.language
        if not spoken.language(self.db(), course) and language != manifest.language:
            self._record(learner, manifest, language)

    def price(self, course: str, language: str) -> int:
        """Bytes that reading a course in that language takes, of all that is wished for."""
        manifest = versions.goal(self.db(), course)
        if manifest is None:
            return 0
        there = speaking.spoken(manifest, (language,))
        asked = wanted(there, wishes.wished_for(self.db(), course))
        return needs.size(there, asked - blobs.present(self.db()))

    def _said(self, data: bytes | None) -> Manifest | None:
        if data is None:
            return None
        return spoken.said(data, self._language(versions.decoded(data)))

    def _language(self, manifest: Manifest) -> str:
        """The one to read in; '' for the course's own."""
        if not manifest.translations or self.learner() is None:
            return ""
        chosen = spoken.language(self.db(), manifest.id)
        if chosen or wishes.wished_for(self.db(), manifest.id):
            return chosen
        return speaking.best(manifest, self.chain())

    def _record(self, learner: Learner, manifest: Manifest, language: str) -> None:
        act = LanguageChosen(name=manifest.title, language=manifest.language, spoken=language)
        record(self.db(), Where(learner.id, manifest.id, manifest.version), act, self.now)
