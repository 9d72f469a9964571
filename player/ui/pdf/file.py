# SPDX-License-Identifier: Apache-2.0
"""A PDF as the window knows it: what can be asked of it, and what becomes of a question.

The file lies in the hands of another process (`reader`). One question is on its way at a time. One
that is not answered in time, or not at all, costs itself: the process is killed, the next question
begins another. A file that does so again and again, or as soon as it is opened, is given up.
"""

from __future__ import annotations

import enum
import json
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QProcess, QProcessEnvironment, QTimer, Signal
from PySide6.QtGui import QImage

from player import apart
from player.ui.pdf import HEAD

log = logging.getLogger(__name__)

SECONDS = 15.0
"""For one answer: a map of a town takes some on an old PC, everything else less than one."""

_STARTING = 45.0  # seconds more for the first: an old disk that was asleep

TRIES = 3
"""How often a file may have its process killed before a page of it is drawn again."""

_MOMENT = 100  # ms until a killed process is gone; one that hangs in a drive goes later
_WORDS, _PICTURE = 4 << 20, 32 << 20  # bytes of an answer that we would ever have asked for


class Why(enum.Enum):
    """Why a file cannot be shown."""

    UNREADABLE = enum.auto()
    """It is no PDF, or a locked one."""
    STOPPED = enum.auto()
    """Reading it takes too long or too much memory, or makes what reads it fall."""


class _Opened(msgspec.Struct, frozen=True):
    pages: int


class Sizes(msgspec.Struct, frozen=True):
    """Width and height of some pages, in points."""

    sizes: tuple[tuple[float, float], ...]


class Text(msgspec.Struct, frozen=True):
    """The words of a page."""

    text: str


class Hit(msgspec.Struct, frozen=True):
    """Words that were found: areas are (x, y, width, height) in points."""

    page: int
    place: tuple[float, float]
    areas: tuple[tuple[float, float, float, float], ...]


class Found(msgspec.Struct, frozen=True):
    """Hits, and the page from which to look on."""

    hits: tuple[Hit, ...]
    next: int


class Link(msgspec.Struct, frozen=True):
    """An area of a page that leads to an address, or where there is none to a page."""

    area: tuple[float, float, float, float]
    page: int
    place: tuple[float, float]
    address: str


class Links(msgspec.Struct, frozen=True):
    """Those of a page."""

    links: tuple[Link, ...]


class Mark(msgspec.Struct, frozen=True):
    """A line of the outline."""

    title: str
    depth: int
    page: int
    place: tuple[float, float]


class Outline(msgspec.Struct, frozen=True):
    """Its lines, from above."""

    marks: tuple[Mark, ...]


class _Nothing(msgspec.Struct, frozen=True):
    pass


@dataclass(frozen=True, slots=True)
class _Question:
    line: bytes
    kind: type[Any]
    then: Callable[[Any, bytes], None]


class PdfFile(QObject):
    """One file. It is opened when something is asked, and by `open`; once given up, by `try_again`.

    Each `then` is called once, with None where there is no answer; no more when it is closed or
    given up.

    Signals:
        opened: it can be read; `pages` says how many there are.
        failed: it is given up; a `Why`.
    """

    opened = Signal()
    failed = Signal(object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pages = 0
        """How many it has; 0 until it is opened."""
        self._path = path
        self._waiting: deque[_Question] = deque()
        self._asked: _Question | None = None
        self._process: QProcess | None = None
        self._came = bytearray()
        self._broken = 0
        self._over = False
        self._clock = QTimer(self, singleShot=True)
        self._clock.timeout.connect(self._break_off)

    def open(self) -> None:
        """Begin to read it, unless it was closed or given up."""
        if self._process is None and not self._over:
            self._start()

    def try_again(self) -> None:
        """Begin anew to read what was given up."""
        self._over, self._broken = False, 0
        self.open()

    def close(self) -> None:
        """Let go of it, whatever is being asked."""
        self._over = True
        self._waiting.clear()
        self._end_process()

    @property
    def pid(self) -> int:
        """The id of the process that reads it; 0 for none."""
        return self._process.processId() if self._process else 0

    def sizes(self, first: int, count: int, then: Callable[[Sizes | None], None]) -> None:
        """Ask how large pages are."""
        self._ask(Sizes, lambda said, _: then(said), do="sizes", first=first, count=count)

    def draw(
        self,
        page: int,
        size: tuple[int, int],
        piece: tuple[int, int, int, int],
        then: Callable[[QImage | None], None],
    ) -> None:
        """Ask for a `piece` (x, y, width, height) of a page that is `size` pixels large."""
        width, height = piece[2:]

        def take(said: object, data: bytes) -> None:
            if said is None or len(data) != width * height * 4:
                then(None)
            else:
                kind = QImage.Format.Format_RGB32
                then(QImage(data, width, height, width * 4, kind).copy())

        self._ask(_Nothing, take, do="draw", page=page, size=size, piece=piece)

    def text(self, page: int, then: Callable[[Text | None], None]) -> None:
        """Ask for the words of a page."""
        self._ask(Text, lambda said, _: then(said), do="text", page=page)

    def find(self, words: str, page: int, then: Callable[[Found | None], None]) -> None:
        """Ask where words stand, from a page on."""
        self._ask(Found, lambda said, _: then(said), do="find", words=words, page=page)

    def links(self, page: int, then: Callable[[Links | None], None]) -> None:
        """Ask for the links of a page."""
        self._ask(Links, lambda said, _: then(said), do="links", page=page)

    def outline(self, then: Callable[[Outline | None], None]) -> None:
        """Ask for the outline."""
        self._ask(Outline, lambda said, _: then(said), do="outline")

    # What becomes of a question

    def _ask(self, kind: type[Any], then: Callable[[Any, bytes], None], **wish: object) -> None:
        if not self._over:
            self._waiting.append(_Question(json.dumps(wish).encode() + b"\n", kind, then))
            self._go_on()

    def _go_on(self) -> None:
        if self._asked is not None or not self._waiting or self._over:
            return
        if self._process is None:
            self._start()
        else:
            self._put(self._waiting.popleft(), SECONDS)

    def _put(self, question: _Question, seconds: float) -> None:
        self._asked = question
        if self._process is not None:
            self._process.write(question.line)
        self._clock.start(round(seconds * 1000))

    def _start(self) -> None:
        program, *words = apart.command("player.ui.pdf.reader", str(SECONDS), str(apart.MEGABYTES))
        surroundings = QProcessEnvironment()
        for name, value in apart.environment().items():
            surroundings.insert(name, value)
        self._process = process = QProcess(QCoreApplication.instance())  # it may outlive us, killed
        self.destroyed.connect(process.kill)
        process.finished.connect(process.deleteLater)
        process.setProcessEnvironment(surroundings)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._break_off)
        process.start(program, words)
        process.errorOccurred.connect(self._break_off)
        line = json.dumps({"do": "open", "path": str(self._path)}).encode() + b"\n"
        question = _Question(line, _Opened, lambda said, _: self._take(said))
        if process.state() is QProcess.ProcessState.NotRunning:  # no memory for one, say
            self._asked = question
            self._clock.start(0)  # who asks is not ready yet to hear of it
        else:
            self._put(question, SECONDS + _STARTING)

    def _take(self, said: _Opened | None) -> None:
        """Hear that the file is open; when its process had been killed, that is no news."""
        if said is None or self.pages:
            return
        if said.pages > 0:
            self.pages = said.pages
            self.opened.emit()
        else:
            self._give_up(Why.UNREADABLE)

    def _read(self) -> None:
        """Hear the answer that is due; whoever says more, or something else, is not believed."""
        if self._process is None:
            return
        self._came += self._process.readAllStandardOutput().data()
        if len(self._came) < HEAD.size:
            return
        words, picture = HEAD.unpack_from(self._came)
        length = HEAD.size + words + picture
        question = self._asked
        if question is None or words > _WORDS or picture > _PICTURE or len(self._came) > length:
            self._break_off()
        elif len(self._came) == length:
            came, self._came = memoryview(self._came), bytearray()  # no copy: it may be 26 MB
            answer, data = came[HEAD.size : HEAD.size + words], came[HEAD.size + words :]
            try:
                said = msgspec.json.decode(answer, type=question.kind)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                self._break_off()
                return
            self._asked = None
            self._clock.stop()
            if picture:
                self._broken = 0  # a book may have some pages that are too much
            question.then(said, bytes(data))
            self._go_on()

    def _break_off(self) -> None:
        """There is no answer: go on without, or without the file."""
        question = self._asked
        self._end_process()
        if self._over:
            return
        self._broken += 1
        log.warning("what reads %s was ended, time %d", self._path.name, self._broken)
        if not self.pages or self._broken >= TRIES:
            self._give_up(Why.STOPPED)
        elif question is not None:
            question.then(None, b"")
        self._go_on()

    def _give_up(self, why: Why) -> None:
        self.close()
        self.pages = 0
        self.failed.emit(why)

    def _end_process(self) -> None:
        self._clock.stop()
        self._asked, self._came = None, bytearray()
        process, self._process = self._process, None
        if process is None:
            return
        process.readyReadStandardOutput.disconnect(self._read)
        process.finished.disconnect(self._break_off)
        process.errorOccurred.disconnect(self._break_off)
        if process.state() is QProcess.ProcessState.NotRunning:
            process.deleteLater()
        else:
            process.kill()
            process.waitForFinished(_MOMENT)
