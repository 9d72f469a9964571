# SPDX-License-Identifier: Apache-2.0
"""Where bytes come from. A source needs no trust: what it gives is checked by its hash.

It is asked for a stretch of a file and gives just that, or raises: a login page, a stretch of
something else, bytes that somebody compressed on the way are never mistaken for content.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from player.errors import ConnectionProblem, NotTheServer, Offline
from player.store.database import Database
from player.transport import Reply, Transport, place, refusal


@dataclass(frozen=True, slots=True)
class HttpOrFolder:
    """A repository on a web server, in a folder or on a stick. `url` ends in '/'."""

    url: str
    transport: Transport

    @property
    def place(self) -> str:
        """What to call it in a sentence."""
        return place(self.url)

    @contextmanager
    def stretch(self, path: str, start: int, stop: int, size: int) -> Iterator[Iterator[bytes]]:
        """Yield the bytes `start` to `stop` (not included) of `path`, a file of `size` bytes.

        They come in blocks as they arrive. A server that knows no ranges sends the whole; what was
        not asked for is dropped.

        Raises:
            Offline: nobody answered, or the road broke; the blocks raise it too.
            NotTheServer: what answered is not that file.
            ServerBusy, ServerRefused: as they say.
        """
        headers = {"Accept-Encoding": "identity"}
        if (start, stop) != (0, size):
            headers["Range"] = f"bytes={start}-{stop - 1}"
        with self.transport.request("GET", self.url + path, headers=headers) as reply:
            skip = self._judge(reply, start, stop, size)
            yield self._cut(reply.body, skip, stop - start)

    def _judge(self, reply: Reply, start: int, stop: int, size: int) -> int:
        """How many bytes of the body come before the stretch."""
        if reply.status not in (200, 206):
            raise self._refusal(reply)
        if reply.headers.get("content-encoding", "identity").lower() != "identity":
            raise NotTheServer(place=self.place)
        length = reply.headers.get("content-length")
        if reply.status == 206:
            exact = f"bytes {start}-{stop - 1}/{size}"
            if reply.headers.get("content-range") != exact or length not in (
                None,
                str(stop - start),
            ):
                raise NotTheServer(place=self.place)
            return 0
        if length != str(size):
            raise NotTheServer(place=self.place)
        return start

    def _refusal(self, reply: Reply) -> ConnectionProblem:
        gone = self.url.startswith("file:") and not Path(self.place).is_dir()
        return Offline(place=self.place) if gone else refusal(reply, self.url)

    def _cut(self, blocks: Iterator[bytes], skip: int, length: int) -> Iterator[bytes]:
        for block in blocks:
            wanted = block[skip : skip + length]
            skip = max(0, skip - len(block))
            length -= len(wanted)
            if wanted:
                yield wanted
            if not length:
                return
        raise Offline(place=self.place)


def sources_of(db: Database, transport: Transport, course: str) -> list[HttpOrFolder]:
    """Whom to ask for the files of a course, best first.

    The repository that its manifest came from, then the others that offer it.
    """
    rows = db.execute(
        "SELECT repository FROM current_courses WHERE id = :course UNION ALL"
        " SELECT repository FROM offers WHERE course = :course",
        {"course": course},
    )
    urls = dict.fromkeys(row[0] for row in rows)
    return [HttpOrFolder(url, transport) for url in urls]
