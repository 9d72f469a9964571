# SPDX-License-Identifier: Apache-2.0
"""Lending as long as somebody wants: a blocking call, with a thread for each connection inside.

So many at once and no more: an old PC has a learner in front of it. Who comes in addition waits,
is let in as soon as one of the others has its answer, and is asked to come later if it takes long.
"""

from __future__ import annotations

import logging
import socket
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from player.course.peer import PORT, is_near
from player.errors import QT_TRANSLATE_NOOP, PlayerError, PortTaken, system_reason
from player.share.visitor import STEP, Visitor
from player.store import database
from player.transport.ceiling import Ceiling

log = logging.getLogger(__name__)

AT_ONCE = 8
WAIT_SECONDS = 5.0  # for a place; then "come later"
_BACKLOG = 64
_JOIN_SECONDS = 5.0
_LATER = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\n"
    b"Content-Length: 0\r\nConnection: close\r\n\r\n"
)
# In each private network. Which of this PC's addresses leads there is asked; nothing is sent
_SOMEWHERE = ("10.255.255.254", "172.31.255.254", "192.168.255.254", "169.254.255.254")

Report = Callable[[int], None]
"""Told the bytes lent so far, several times a second; may raise to end it."""


def listen(port: int = PORT, host: str = "") -> socket.socket:
    """Return a socket that neighbours can connect to; `port` 0 for any. Raises PortTaken."""
    try:
        made = socket.create_server((host, port), backlog=_BACKLOG, reuse_port=False)
    except OSError as error:
        raise PortTaken(port=port, reason=system_reason(error)) from error
    except OverflowError as error:
        reason = QT_TRANSLATE_NOOP("errors", "there is no such port")
        raise PortTaken(port=port, reason=reason) from error
    made.settimeout(STEP)
    return made


def addresses(listener: socket.socket) -> list[str]:
    """What to type on another PC, best first: `192.168.1.20:7717`."""
    host, port = listener.getsockname()[:2]
    if host != "0.0.0.0":  # noqa: S104 - compared, not bound
        return [f"{host}:{port}"]
    found = []
    for place in _SOMEWHERE:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
            probe.connect((place, 9))
            found.append(probe.getsockname()[0])
    near = [one for one in dict.fromkeys(found) if is_near(one) and not one.startswith("127.")]
    return [f"{one}:{port}" for one in near or ["127.0.0.1"]]


class Lender:
    """Lends what a home has to whoever connects to `listener`, at most `at_once` at a time."""

    def __init__(
        self,
        home: Path,
        listener: socket.socket,
        *,
        at_once: int = AT_ONCE,
        ceiling: Ceiling | None = None,
    ) -> None:
        self._home = home
        self._listener = listener
        self._ceiling = ceiling or Ceiling(0)
        self._at_once = at_once
        self._places = threading.BoundedSemaphore(at_once)
        self._lock = threading.Lock()
        self._inside: dict[socket.socket, threading.Thread] = {}
        self._waiting = False
        self._ended = False
        self._sent = 0

    def run(self, report: Report) -> None:
        """Lend until `report` raises; then let everybody go and close the listener."""
        try:
            while True:
                report(self._sent)
                try:
                    connection, (host, *_) = self._listener.accept()
                except TimeoutError:
                    continue
                except OSError as error:  # gone again, or too many files are open
                    log.warning("nobody can be let in: %s", error)
                    time.sleep(STEP)
                    continue
                if is_near(host):
                    self._admit(connection, report)
                else:
                    connection.close()  # out there nobody lends: the learner pays for that line
        finally:
            self._end()

    def _admit(self, connection: socket.socket, report: Report) -> None:
        """Give it a place as soon as one is free, and a thread."""
        until = time.monotonic() + WAIT_SECONDS
        try:
            while not self._places.acquire(timeout=STEP):
                self._waiting = True
                report(self._sent)
                if time.monotonic() > until:
                    _refuse(connection)
                    return
        except BaseException:
            connection.close()
            raise
        finally:
            self._waiting = False
        thread = threading.Thread(target=self._visit, args=[connection], name="lend", daemon=True)
        with self._lock:
            self._inside[connection] = thread
        try:
            thread.start()
        except RuntimeError as error:  # the system gives no more threads
            log.warning("nobody can be let in: %s", error)
            self._let_go(connection)

    def _visit(self, connection: socket.socket) -> None:
        try:
            with closing(database.connect(self._home)) as db:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                Visitor(
                    connection,
                    db,
                    self._home,
                    self._ceiling,
                    self._hurried,
                    self._count,
                    self._free,
                ).serve()
        except (OSError, sqlite3.Error, PlayerError) as error:
            log.warning("a neighbour could not be served: %s", error)
        finally:
            self._let_go(connection)

    def _let_go(self, connection: socket.socket) -> None:
        with self._lock:
            self._inside.pop(connection, None)
        connection.close()
        self._places.release()

    def _hurried(self) -> bool:
        return self._waiting or self._ended

    def _count(self, size: int) -> None:
        with self._lock:
            self._sent += size

    def _free(self) -> int:
        with self._lock:
            return self._at_once - len(self._inside)

    def _end(self) -> None:
        self._ended = True
        self._listener.close()
        with self._lock:
            inside = dict(self._inside)
        for connection in inside:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        until = time.monotonic() + _JOIN_SECONDS
        for thread in inside.values():
            thread.join(max(0.0, until - time.monotonic()))


def _refuse(connection: socket.socket) -> None:
    """Say "come later", once it has been heard what is asked: else the answer may be lost."""
    with connection, suppress(OSError):
        connection.settimeout(STEP)
        connection.recv(8192)
        connection.sendall(_LATER)
        connection.shutdown(socket.SHUT_WR)
