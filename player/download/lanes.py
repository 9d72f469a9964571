# SPDX-License-Identifier: Apache-2.0
"""Several requests at once, behind a call that blocks: the threads of a download.

A lane asks for one stretch at a time, writes what comes into its part file, and tells. It decides
nothing: what to ask of whom, and what became of it, is the business of the one thread that started
the lanes (docs/decisions/0014). After `close` no lane writes another byte.
"""

from __future__ import annotations

import math
import queue
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field

from player.download.parts import Part, Run, Span, total
from player.download.room import writing
from player.download.sources import Source
from player.download.targets import Target

SILENT = 10.0  # seconds without a byte until another connection looks whether the line is there
DRIP = 16 * 1024  # bytes per second: what costs nothing has to be faster than what does
_LAST = 0.5  # seconds that closing waits for lanes that are being broken off


@dataclass(slots=True, eq=False)
class Job:
    """One stretch for a lane: bytes `start` to `stop` of `target`, from `source` into `part`.

    What came of it is `begin` to `at`; a server that knows no ranges begins before `start`. When it
    was `began`, last `heard` of, and `overtaken`: the first time since then that another request to
    the same source was begun that brought something; all by the clock of who watches. `came` are
    bytes that were not here before, `judged` those that were found wrong.
    """

    target: Target
    part: Part
    source: Source
    start: int
    stop: int
    began: float
    heard: float
    begin: int = -1
    at: int = -1
    came: int = 0
    overtaken: float = math.inf
    abort: Callable[[], None] = lambda: None
    judged: list[Span] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.begin = self.at = self.start

    @property
    def has_brought(self) -> bool:
        """Whether it brought anything to speak of; from next door, a second's worth at least."""
        return self.came >= (DRIP if self.source.near else 1)

    def is_silent(self, now: float) -> bool:
        """Whether it has brought nothing for long, or from next door hardly anything."""
        took = now - self.began
        drips = self.source.near and took > SILENT and self.came < DRIP * took
        return drips or now - self.heard > SILENT


@dataclass(frozen=True, slots=True)
class Came:
    """Bytes `start` to `stop` of a job are in its part file; `fresh` of them were not before."""

    job: Job
    start: int
    stop: int
    fresh: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A job is through, or `problem` ended it. Anything but a PlayerError is a bug."""

    job: Job
    problem: BaseException | None


@dataclass(slots=True)
class Lanes:
    """At most `most` requests at once; threads are started as they are needed."""

    most: int
    news: queue.SimpleQueue[Came | Ended] = field(default_factory=queue.SimpleQueue)
    jobs: set[Job] = field(default_factory=set)
    _todo: queue.SimpleQueue[Job | None] = field(default_factory=queue.SimpleQueue)
    _threads: list[threading.Thread] = field(default_factory=list)
    _writing: threading.Lock = field(default_factory=threading.Lock)
    _ending: bool = False
    _closed: bool = False

    @property
    def free(self) -> int:
        """How many more jobs may be given."""
        return self.most - len(self.jobs)

    def give(self, job: Job) -> None:
        """Have a lane do `job`; its news come through `hear`."""
        self.jobs.add(job)
        if len(self._threads) < len(self.jobs):
            thread = threading.Thread(target=self._lane, name="cartable lane", daemon=True)
            self._threads.append(thread)
            thread.start()
        self._todo.put(job)

    def hear(self, seconds: float) -> Came | Ended | None:
        """The next news; None when there are none for so long."""
        try:
            news = self.news.get(timeout=seconds) if seconds > 0 else self.news.get_nowait()
        except queue.Empty:
            return None
        if isinstance(news, Ended):
            self.jobs.discard(news.job)
        return news

    def close(self) -> None:
        """Break off what is under way; a block that came is still written.

        When this returns, nothing is written any more.
        """
        self._ending = True
        for job in self.jobs:
            job.abort()
        for _ in self._threads:
            self._todo.put(None)
        until = time.monotonic() + _LAST
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        with self._writing:
            self._closed = True

    def _lane(self) -> None:
        while (job := self._todo.get()) is not None and not self._ending:
            problem: BaseException | None = None
            try:
                self._do(job)
            except BaseException as error:
                problem = error
            self.news.put(Ended(job, problem))

    def _do(self, job: Job) -> None:
        run: Run | None = None
        with ExitStack() as stack:
            found = job.source.stretch(job.target.path, job.start, job.stop, job.target.size)
            incoming = stack.enter_context(found)
            job.abort = incoming.abort
            job.begin = job.at = incoming.start
            for block in incoming.blocks:
                with self._writing:
                    if self._closed:
                        return
                    fresh = total(job.part.missing(job.at, job.at + len(block)))
                    with writing(job.part.path.parent, job.target.size):
                        run = job.part.put(run, job.at, block)
                start, job.at = job.at, job.at + len(block)
                self.news.put(Came(job, start, job.at, fresh))
                if self._ending:
                    return
