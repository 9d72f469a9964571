# SPDX-License-Identifier: Apache-2.0
"""Where bytes come from. A source needs no trust: what it gives is checked by its hash.

It is asked for a stretch of a file and gives just that, or raises: a login page, a stretch of
something else, bytes that somebody compressed on the way are never mistaken for content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from player.errors import ConnectionProblem, NotTheServer, Offline, ServerRefused
from player.transport import Reply, Transport, place, refusal


@dataclass(frozen=True, slots=True)
class Incoming:
    """Bytes on their way, in blocks as they arrive; the first is at `start` of the file.

    `abort` ends it from another thread.
    """

    start: int
    blocks: Iterator[bytes]
    abort: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A repository on a web server, in a folder, on a stick, in a file, or at a neighbour's.

    `url` ends in '/'. A `near` one costs nothing, so it is asked first. One without `packs` has
    every blob as a file of its own, as a neighbour's PC has. `known`, where it is not None, are the
    only blobs that it has.
    """

    url: str
    transport: Transport = field(compare=False)
    near: bool = False
    packs: bool = True
    known: frozenset[str] | None = field(default=None, compare=False)

    @property
    def place(self) -> str:
        """What to call it in a sentence."""
        return place(self.url)

    @contextmanager
    def stretch(self, path: str, start: int, stop: int, size: int) -> Iterator[Incoming]:
        """Yield the bytes `start` to `stop` (not included) of `path`, a file of `size` bytes.

        A server that knows no ranges sends the whole: then they begin at 0 and go to the end.

        Raises:
            Offline: nobody answered, or the road broke; the blocks raise it too.
            NotTheServer: what answered is not that file.
            ServerBusy, ServerRefused: as they say.
        """
        headers = {"Accept-Encoding": "identity"}
        if (start, stop) != (0, size):
            headers["Range"] = f"bytes={start}-{stop - 1}"
        with self.transport.request("GET", self.url + path, headers=headers) as reply:
            begin, end = self._judge(reply, start, stop, size)
            reply.patient(PATIENT)
            yield Incoming(begin, self._exactly(reply.body, end - begin), reply.abort)

    def holds(self, path: str) -> bool:
        """Whether a near source has that file, and can be read at all."""
        try:
            headers = {"Range": "bytes=0-0", "Accept-Encoding": "identity"}
            with self.transport.request("GET", self.url + path, headers=headers) as reply:
                return reply.status in (200, 206)
        except ConnectionProblem:
            return False

    def _judge(self, reply: Reply, start: int, stop: int, size: int) -> tuple[int, int]:
        """Which bytes of the file the body has."""
        if reply.status not in (200, 206):
            raise self._refusal(reply)
        if reply.headers.get("content-encoding", "identity").lower() != "identity":
            raise NotTheServer(place=self.place)
        length = reply.headers.get("content-length")
        if reply.status == 206:
            said = reply.headers.get("content-range", "")
            if said.startswith("bytes ") and said.rpartition("/")[2] not in (str(size), "*"):
                raise self._another_file()
            exact = f"bytes {start}-{stop - 1}/{size}"
            if said != exact or length not in (None, str(stop - start)):
                raise NotTheServer(place=self.place)
            return start, stop
        if length != str(size):
            html = "html" in reply.headers.get("content-type", "").lower()  # a login page
            is_file = reply.headers.get("accept-ranges") == "bytes" and length and not html
            raise self._another_file() if is_file else NotTheServer(place=self.place)
        return 0, size

    def _another_file(self) -> ConnectionProblem:
        """What to raise where a file has another size: half uploaded, say; ours is not there."""
        return ServerRefused(place=self.place, status=404)

    def _refusal(self, reply: Reply) -> ConnectionProblem:
        gone = self.url.startswith("file:") and not Path(self.place).exists()
        return Offline(place=self.place) if gone else refusal(reply, self.url)

    def _exactly(self, blocks: Iterator[bytes], length: int) -> Iterator[bytes]:
        for block in blocks:
            wanted = block[:length]
            length -= len(wanted)
            if wanted:
                yield wanted
            if not length:
                return
        raise Offline(place=self.place)


PATIENT = 120.0  # seconds: who asked watches over the silence, and may end it earlier
