# SPDX-License-Identifier: Apache-2.0
"""Taking letters from where they lie: a web server, a folder, a stick.

Of each box the next number is asked for until there is none. What came is kept whatever goes wrong
after it, and no letter is asked for again. One that cannot be believed holds up its own box until
another time, for numbers are taken in order, and no other.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from player.clock import Now, stamp
from player.course.signing import PublicKey
from player.errors import (
    BadLetter,
    ConnectionProblem,
    CourierProblem,
    NewerFormat,
    NotTheServer,
    Offline,
    PlayerError,
    ServerBusy,
)
from player.journal import mail
from player.journal.items import Box
from player.journal.mail import Collected
from player.store.database import Database
from player.sync import letter
from player.transport import Transport, place, refusal

log = logging.getLogger(__name__)

_NONE = (403, 404, 410)  # the first is what S3 says of what is not there to whoever may not list
_MOST = 1000  # letters of a box in one go; a server without end is left until the next time


@dataclass(slots=True)
class Collector:
    """One round through some boxes. `keys` are the platform's `mail`, `identity` this PC's secret.

    A repository where nobody answers is not asked for the next box too.
    """

    db: Database
    transport: Transport
    keys: Sequence[PublicKey]
    now: Now
    identity: str = ""
    new: int = 0
    problems: list[PlayerError] = field(default_factory=list)
    _down: set[str] = field(default_factory=set)

    @property
    def collected(self) -> Collected:
        """What came of it so far."""
        return Collected(self.new, tuple(self.problems))

    def collect(self, box: Box, repositories: Iterable[str]) -> bool:
        """Take what is new in a box, from wherever it is; False where not all could be asked.

        A letter that is refused was asked for: it is not fetched again at once.

        Raises:
            StorageProblem: it cannot be written down; what was, is.
        """
        is_through = True
        for url in repositories:
            if url in self._down:
                is_through = False
                continue
            try:
                for _ in range(_MOST):
                    if not self._take_next(box, url):
                        break
            except ConnectionProblem as problem:
                self._failed(problem)
                is_through = False
                if isinstance(problem, Offline | ServerBusy):  # others may be of this file alone
                    self._down.add(url)
            except (CourierProblem, NewerFormat) as problem:
                self._failed(problem)
        return is_through

    def _failed(self, problem: PlayerError) -> None:
        """Say it, once for all boxes."""
        log.info("a letter was not taken: %s", problem)
        if str(problem) not in map(str, self.problems):
            self.problems.append(problem)

    def _take_next(self, box: Box, url: str) -> bool:
        """Take one letter; False where there is none."""
        number = mail.last(self.db, box) + 1
        path = box.path(number)
        where = f"{place(url)}: {path}"
        data = fetched(self.transport, url + path, where)
        if data is None:
            return False
        found = letter.read(data, box, number, self.keys, where, self.identity)
        at = stamp(self.now(), "milliseconds")
        self.new += mail.take(self.db, box, number, found.at, found.items, at)
        return True


def fetched(transport: Transport, url: str, where: str) -> bytes | None:
    """The file at `url`, None where there is none. Raises ConnectionProblem, BadLetter."""
    with transport.request("GET", url, headers={"Cache-Control": "no-cache"}) as reply:
        if reply.status in _NONE:
            return None
        if reply.status != 200:
            raise refusal(reply, url)
        try:
            data = reply.read(letter.LARGEST)
        except NotTheServer as error:  # longer than any letter
            raise BadLetter(place=where) from error
    # Neither JSON nor a sealed file begins with '<': a login page with status 200
    if data.lstrip()[:1] == b"<":
        raise NotTheServer(place=place(url))
    return data
