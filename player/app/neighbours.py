# SPDX-License-Identifier: Apache-2.0
"""The PCs next door: lending to them, and looking what they lend."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from player.catalogue.document import Absent, get
from player.catalogue.mirrors import mirrors_of
from player.catalogue.refresh import Refreshed, fetch_course
from player.catalogue.trust import Policy
from player.course.manifest import Manifest
from player.course.peer import (
    HAVE_LIMIT,
    PEER_LIMIT,
    Lent,
    Peer,
    decode_have,
    decode_peer,
    is_lent,
    is_public,
    repository_path,
)
from player.download.sources import Source
from player.download.worker import sources_of
from player.errors import ConnectionProblem, ContentProblem, NotAPeer, PlayerError
from player.share.server import Lender, Report, addresses, listen
from player.store import peers
from player.store.database import Database
from player.store.drives import find_again
from player.store.peers import KnownPeer
from player.transport import Transport, place, refusal
from player.transport.detour import Detour

__all__ = ["Neighbours", "addresses", "listen"]

log = logging.getLogger(__name__)

Refresh = Callable[[str, str], Refreshed]
"""Look what the repository of an address offers, asking at another."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The neighbours of one home. Any thread may ask; `db` is that thread's own connection."""

    home: Path
    db: Callable[[], Database]
    road: Callable[[], AbstractContextManager[Transport]]
    refresh: Refresh
    now: Callable[[], datetime]

    def lend(self, listener: socket.socket, report: Report) -> None:
        """Lend what is here over `share.server.listen`'s socket until `report` raises."""
        Lender(self.home, listener).run(report)

    def known(self) -> list[KnownPeer]:
        """Every neighbour known here, those first that answered the last time."""
        return peers.peers(self.db())

    def add(self, address: str) -> KnownPeer:
        """Know the neighbour at `address` (`host:port` or a URL) from now on. Raises NotAPeer."""
        return peers.add_peer(self.db(), address)

    def remove(self, address: str) -> bool:
        """Know it no longer; whether it was known. Raises NotAPeer."""
        return peers.remove_peer(self.db(), address)

    def look_at(self, url: str) -> list[Refreshed | PlayerError]:
        """Look what a neighbour lends: each of its repositories is refreshed from it.

        Signature, number and trust count as everywhere. A repository is written down under its own
        address, and stays as it was where the neighbour knows nothing newer or is not believed.

        Args:
            url: of a known neighbour.

        Returns:
            what was found, or why not, for each repository that is newer there.

        Raises:
            ConnectionProblem, ContentProblem: it did not say what it lends.
        """
        try:
            lent = self._asked(url).repositories
        except PlayerError as error:
            peers.missed(self.db(), url, str(error))
            raise
        found = [self._take(address, url + one.path) for one, address in self._newer(lent, url)]
        peers.saw(self.db(), url, self.now().astimezone(UTC))
        return found

    def roads_to(self, repository: str) -> list[tuple[KnownPeer, str]]:
        """The neighbours that answered the last time, and where each would have a repository."""
        answered = [one for one in self.known() if one.seen_at and not one.problem]
        return [(one, one.url + repository_path(repository)) for one in answered]

    def fetch_course(
        self,
        transport: Transport,
        course: str,
        policy: Policy,
        *,
        coming: bool = False,
        aside: bool = False,
    ) -> Manifest:
        """Have a course's manifest here, from a neighbour where one has it: that costs nothing.

        See `catalogue.refresh.fetch_course`.
        """

        def fetched(road: Transport) -> Manifest:
            return fetch_course(self.db(), road, course, policy, coming=coming, aside=aside)

        query = "SELECT repository FROM best_offers WHERE course = ?"
        row = self.db().execute(query, [course]).fetchone()
        for peer, via in self.roads_to(row[0]) if row else ():
            try:
                return fetched(Detour(transport, row[0], via))
            except ConnectionProblem as problem:
                peers.missed(self.db(), peer.url, str(problem))
            except ContentProblem as problem:  # it has not this one, or another under its name
                log.info("%s: %s", peer.name, problem)
        return fetched(transport)

    def sources(self, transport: Transport, course: str) -> list[Source]:
        """Whom to ask for the files of a course: the neighbours, the repositories, their mirrors.

        Each neighbour that answered the last time is asked once what it has.
        """
        found = []
        for one, _ in self.roads_to(""):
            try:
                have = self._had(one.url, transport)
                found.append(Source(one.url, transport, near=True, packs=False, known=have))
            except PlayerError as problem:
                peers.missed(self.db(), one.url, str(problem))
        there = [
            replace(one, url=find_again(one.url) or one.url)  # a stick under another path
            for one in sources_of(self.db(), transport, course)
        ]
        urls = [one.url for one in there]
        mirrors = dict.fromkeys(one for url in urls for one in mirrors_of(self.db(), url))
        there += [Source(url, transport) for url in mirrors if url not in urls]
        return found + [
            replace(one, near=True, packs=False) if is_lent(one.url) else one for one in there
        ]

    def _had(self, url: str, transport: Transport) -> frozenset[str]:
        with transport.request("GET", url + "have") as reply:
            if reply.status != 200:
                raise refusal(reply, url)
            return decode_have(reply.read(HAVE_LIMIT))

    def _asked(self, url: str) -> Peer:
        with self.road() as transport:
            found = get(transport, url + "peer.json", PEER_LIMIT)
        if isinstance(found, Absent):
            raise NotAPeer(place=place(url))
        return decode_peer(found.data)

    def _newer(self, lent: tuple[Lent, ...], url: str) -> Iterator[tuple[Lent, str]]:
        """What it knows and this PC does not, with the address to write it down under."""
        known = dict(self.db().execute("SELECT url, number FROM repositories").fetchall())
        for one in lent:
            address = one.url or url + one.path
            if one.url and not (is_public(one.url) and one.url.endswith("/")):
                log.warning("not the address of a repository: %r", one.url[:80])
            elif one.number > known.get(address, 0):
                yield one, address

    def _take(self, address: str, via: str) -> Refreshed | PlayerError:
        query = "SELECT problem FROM repositories WHERE url = ?"
        before = self.db().execute(query, [address]).fetchone()
        try:
            return self.refresh(address, via)
        except PlayerError as error:
            self._undo(address, before[0] if before else None)
            return error

    def _undo(self, address: str, problem: str | None) -> None:
        """Leave no trace of a neighbour's fault in a repository that is not the neighbour's."""
        with self.db().atomic():
            if problem is None:
                self.db().execute("DELETE FROM repositories WHERE url = ?", [address])
            else:
                query = "UPDATE repositories SET problem = ? WHERE url = ?"
                self.db().execute(query, [problem, address])
