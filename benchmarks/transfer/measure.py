# SPDX-License-Identifier: Apache-2.0
"""One tool over one link, once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

from impair_proxy import Profile as Link
from impair_proxy import ProxyThread
from make_course import SCALES, Scale

from transfer import tools
from transfer.courses import Course, Door, examine
from transfer.persevere import persevere
from transfer.profiles import Profile
from transfer.server import Address, free_port, serving
from transfer.tools import Job, Tool


@dataclass(frozen=True)
class Result:
    """What one tool did over one link. `wall`, `ideal` and `cpu` in seconds.

    `paid` are the bytes that left the link towards the tool, thrown away by a cut or not; `payload`
    those of the course. `finished` says that the tool itself said that it was through, in time.
    """

    tool: str
    profile: str
    wall: float
    ideal: float
    paid: int
    payload: int
    right: int
    wrong: int
    missing: int
    requests: int
    cpu: float
    starts: int
    finished: bool
    said: str = ""

    @property
    def is_right(self) -> bool:
        """Whether everything came."""
        return not self.wrong and not self.missing


@dataclass
class Laboratory:
    """A server, and the courses below its folder, made when first asked for."""

    folder: Path
    server: Address
    artefacts: tuple[str, ...] = ()
    scales: dict[str, Scale] = field(default_factory=lambda: dict(SCALES))

    def course(self, scale: str, version: str) -> Course:
        """A course, with all that fetching that version needs."""
        folder = self.folder / "www" / scale
        return Course(folder, self.scales[scale], self.artefacts).make(version)

    @contextmanager
    def job(self, scale: str, version: str, port: int, *, had: bool = False) -> Iterator[Job]:
        """A place of its own for one measurement, in which the course is behind `port`."""
        course = self.course(scale, version)
        door = course.door()
        with tempfile.TemporaryDirectory(dir=self.folder) as out:
            url = f"http://127.0.0.1:{port}/{scale}"
            door.open(version)
            try:
                yield Job(course, version, url, door.name, Path(out), had)
            finally:
                door.close()


@contextmanager
def laboratory(chosen: Sequence[Tool]) -> Iterator[Laboratory]:
    """A folder and a server that are gone after the block."""
    artefacts = tuple(name for one in chosen for name in one.artefacts)
    with tempfile.TemporaryDirectory(prefix="transfer-") as name:
        folder = Path(name)
        (folder / "www").mkdir()
        with serving(folder / "www", folder / "server") as server:
            yield Laboratory(folder, server, artefacts)


def measure(lab: Laboratory, tool: Tool, profile: Profile) -> Result:
    """Let the tool fetch the course over that link."""
    port = free_port()
    with lab.job(profile.scale, profile.version, port, had=profile.had) as job:
        if profile.had and tool.name == "cartable":
            _have_first(lab, job, port)
        with ProxyThread(lab.server, Link(**profile.link), port=port) as proxy:
            ran = persevere(
                tool.command(job),
                job.out,
                tools.environment(),
                limit=profile.limit,
                kill_every=profile.kill_every,
            )
            counted = proxy.stats()
        found = examine(job.course.versions[job.version], tool.places(job))
    payload = job.course.payload(job.version)
    return Result(
        tool=tool.name,
        profile=profile.name,
        wall=ran.wall,
        ideal=profile.ideal(payload),
        paid=counted["down_bytes"],
        payload=payload,
        right=found.right,
        wrong=found.wrong,
        missing=found.missing,
        requests=counted["requests"],
        cpu=ran.cpu,
        starts=ran.starts,
        finished=ran.code == 0,
        said=ran.said,
    )


def _have_first(lab: Laboratory, job: Job, port: int) -> None:
    """Version 1 in the learner's home, from the same address over a perfect link."""
    door = Door(job.course, job.door)
    door.open("v1")
    with ProxyThread(lab.server, Link(), port=port):
        tools.prepare_learner(job)
    door.open(job.version)


def middle(results: Sequence[Result]) -> Result:
    """The medians of several runs; of what came, the worst."""
    typical = sorted(results, key=lambda one: one.wall)[len(results) // 2]
    return replace(
        typical,
        wall=median(one.wall for one in results),
        paid=round(median(one.paid for one in results)),
        requests=round(median(one.requests for one in results)),
        cpu=median(one.cpu for one in results),
        starts=round(median(one.starts for one in results)),
        right=min(one.right for one in results),
        wrong=max(one.wrong for one in results),
        missing=max(one.missing for one in results),
        finished=all(one.finished for one in results),
    )
