# SPDX-License-Identifier: Apache-2.0
"""One connection: its requests one after the other, each answered in bounded time and memory.

A visitor that says nothing, speaks slowly or does not read what it asked for is let go.
"""

from __future__ import annotations

import logging
import socket
import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from player.errors import PlayerError
from player.share.asking import Asked, Refused, is_known, parse, stretch
from player.share.stock import Thing, find
from player.store.database import Database
from player.transport.ceiling import Ceiling

log = logging.getLogger(__name__)

HEAD_LIMIT = 8192  # bytes of a request's head
HEAD_SECONDS = 10.0  # for all of it
IDLE_SECONDS = 15.0  # between two requests; none while others wait
SEND_SECONDS = 20.0  # for one block: some 3 kB/s at least
BLOCK = 64 * 1024
STEP = 0.25  # seconds until it is noticed that others wait, or that lending ends

_END = b"\r\n\r\n"


@dataclass(slots=True)
class Visitor:
    """Who asks, over one connection.

    `hurried` says that others wait, or that lending ends; `sent` is told the bytes of each block;
    `free` how many more may come in.
    """

    connection: socket.socket
    db: Database
    home: Path
    ceiling: Ceiling
    hurried: Callable[[], bool]
    sent: Callable[[int], None]
    free: Callable[[], int]
    rest: bytes = b""
    served: int = 0

    def serve(self) -> None:
        """Answer until it goes, or has to. What goes wrong with the connection ends it."""
        try:
            while self._serve_one():
                self.served += 1
            self._farewell()
        except OSError as error:
            log.info("a neighbour's connection ended: %s", error)

    def _serve_one(self) -> bool:
        """Answer one request; whether another may follow."""
        try:
            head = self._head()
            if head is None:
                return False
            asked = parse(head)
        except Refused as refused:
            self._say(refused.status, {}, stay=False)
            return False
        stay = asked.stay and not self.hurried()
        try:
            return self._answer(asked, stay) and stay
        except Refused as refused:
            self._say(refused.status, {}, stay=stay)
        except (PlayerError, sqlite3.Error) as error:
            log.warning("a neighbour could not be served: %s", error)
            self._say(503, {"Retry-After": "5"}, stay=stay)
        return stay

    def _head(self) -> bytes | None:
        """The next request's head; None when there is none."""
        now = time.monotonic()
        until = now + (IDLE_SECONDS if self.served else HEAD_SECONDS)
        begun = bool(self.rest)
        while _END not in self.rest:
            if len(self.rest) > HEAD_LIMIT:
                raise Refused(431)
            if self.rest and not begun:
                begun, until = True, time.monotonic() + HEAD_SECONDS
            left = until - time.monotonic()
            if left <= 0 or (self.served and not begun and self.hurried()):
                return None
            self.connection.settimeout(min(left, STEP))
            try:
                data = self.connection.recv(HEAD_LIMIT)
            except TimeoutError:
                continue
            if not data:
                return None
            self.rest += data
        head, _, self.rest = self.rest.partition(_END)
        if len(head) > HEAD_LIMIT:
            raise Refused(431)
        return head.removeprefix(b"\r\n")  # RFC 9112 §2.2: some send one after the request before

    def _farewell(self) -> None:
        """End it so that what was sent last arrives: unread bytes would have it taken back.

        RFC 9112 §9.6.
        """
        self.connection.shutdown(socket.SHUT_WR)
        self.connection.settimeout(STEP)
        until = time.monotonic() + 2 * STEP
        with suppress(TimeoutError):
            while time.monotonic() < until and self.connection.recv(BLOCK):
                pass

    def _answer(self, asked: Asked, stay: bool) -> bool:
        """Send what is asked for. False where the connection is of no use afterwards."""
        thing = find(self.db, self.home, asked.path, self.free())
        with _opened(thing) as stream:
            if thing is None or stream is None:
                self._say(404, {}, stay=stay)
                return True
            age = "max-age=31536000, immutable" if thing.lasting else "no-cache"
            fields = {"ETag": thing.etag, "Cache-Control": age, "Accept-Ranges": "bytes"}
            if is_known(asked, thing.etag):
                self._say(304, fields, stay=stay)
                return True
            try:
                part = stretch(asked, thing.size, thing.etag)
            except Refused:
                self._say(416, {**fields, "Content-Range": f"bytes */{thing.size}"}, stay=stay)
                return True
            start, stop = part or (0, thing.size)
            fields |= {"Content-Type": thing.type}
            if part:
                fields["Content-Range"] = f"bytes {start}-{stop - 1}/{thing.size}"
            self._say(206 if part else 200, fields, length=stop - start, stay=stay)
            return asked.method == "HEAD" or self._copy(stream, start, stop)

    def _say(
        self, status: int, fields: dict[str, str], *, stay: bool, length: int | None = None
    ) -> None:
        """Send the head of an answer."""
        said = dict(fields)
        if status != 304:
            said["Content-Length"] = str(length or 0)
        if status == 405:
            said["Allow"] = "GET, HEAD"
        said["X-Content-Type-Options"] = "nosniff"
        said["Connection"] = "keep-alive" if stay else "close"
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}"]
        lines += [f"{name}: {value}" for name, value in said.items()]
        self._send("\r\n".join([*lines, "", ""]).encode("ascii"))

    def _copy(self, stream: BinaryIO, start: int, stop: int) -> bool:
        """Send a stretch of a file, block by block; False where the file ends before."""
        stream.seek(start)
        while start < stop:
            step = min(BLOCK, stop - start, self.ceiling.step or BLOCK)
            block = stream.read(step)
            if not block:
                return False
            self.ceiling.take(len(block))
            self._send(block)
            self.sent(len(block))
            start += len(block)
        return True

    def _send(self, data: bytes) -> None:
        self.connection.settimeout(SEND_SECONDS)  # for all of it, however little goes at a time
        self.connection.sendall(data)


def _opened(thing: Thing | None) -> AbstractContextManager[BinaryIO | None]:
    """The bytes of a thing; None where its file is gone, or is not as long as it was."""
    if thing is None:
        return nullcontext(None)
    if thing.file is None:
        return BytesIO(thing.data)
    try:
        stream = thing.file.open("rb")
    except OSError:
        return nullcontext(None)
    if stream.seek(0, 2) != thing.size:
        stream.close()
        return nullcontext(None)
    return stream
