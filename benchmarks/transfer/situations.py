# SPDX-License-Identifier: Apache-2.0
"""What else Cartable promises of its downloads, each measured alone.

Each returns facts by name, times in seconds, and says in its first line what is to be reached.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from impair_proxy import PRESETS, ProxyThread, parse_rate
from impair_proxy import Profile as Link
from make_course import Scale

from player.course.manifest import Sequence, Video, decode_manifest
from transfer import tools
from transfer.courses import Door, examine
from transfer.measure import Laboratory, measure
from transfer.persevere import PAUSE, Running, persevere, start
from transfer.profiles import Profile
from transfer.server import free_port
from transfer.tools import Job

Facts = dict[str, Any]

ALIVE = 8.0  # seconds: how long the link lives before it is dead
CLEAN = Profile("clean", "8 Mbit/s, 100 ms", 120, PRESETS["mid8m"])
PERFECT = Profile("perfect", "no limit", 60)


@contextmanager
def _linked(
    lab: Laboratory, link: dict[str, Any], scale: str = "mid"
) -> Iterator[tuple[Job, ProxyThread]]:
    """A job of an empty home, and the link to its repository."""
    port = free_port()
    with (
        lab.job(scale, "v1", port) as job,
        ProxyThread(lab.server, Link(**link), port=port) as proxy,
    ):
        yield job, proxy


def _start(job: Job) -> Running:
    return start(tools.learner(job), job.out, tools.environment(), job.out / "said")


def dead(lab: Laboratory, seconds: float) -> Facts:
    """A dead link costs under 1 s of CPU in ten minutes."""
    link = PRESETS["slow2m"] | {"outage": f"{ALIVE}-{ALIVE + seconds + 3600}"}
    with _linked(lab, link) as (job, proxy):
        running, starts, spent = _start(job), 1, 0.0
        while proxy.stats()["elapsed"] < ALIVE and not running.over():
            time.sleep(0.1)
        before, end = _processor(running), time.monotonic() + seconds
        while time.monotonic() < end:
            if running.over():  # all of what a new one takes counts
                spent, before = spent + running.cpu - before, 0.0
                time.sleep(PAUSE)
                running, starts = _start(job), starts + 1
            time.sleep(0.2)
        spent += _processor(running) - before
        running.kill()
    return {"seconds": seconds, "cpu": round(spent, 2), "starts": starts}


def _processor(running: Running) -> float:
    """Seconds of the processor that a process took so far."""
    if running.over():
        return running.cpu
    fields = Path(f"/proc/{running.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def first(lab: Laboratory) -> Facts:
    """The first sequence of a large course is whole within 1.1 of its own bytes over the rate."""
    link = PRESETS["slow256k"]
    with _linked(lab, link, "weeks") as (job, proxy):
        path = next((job.course.folder / job.door / "courses").glob("*/1.json"))
        manifest = decode_manifest(path.read_bytes())
        blobs = set(_needed(manifest.sections[0].sequences[0]))
        places = [tools.home_of(job) / "blobs" / one[:2] / one for one in blobs]
        began, running = time.monotonic(), _start(job)
        while not all(place.exists() for place in places):
            if running.over():
                time.sleep(PAUSE)
                running = _start(job)
            time.sleep(0.05)
        wall, paid = time.monotonic() - began, proxy.stats()["down_bytes"]
        running.kill()
    own = sum(manifest.blobs[one].cost for one in blobs)
    ideal = own * 8 / parse_rate(link["rate"])
    facts = {"sections": len(manifest.sections), "own_bytes": own, "paid_bytes": paid}
    return facts | {"wall": round(wall, 1), "ideal": round(ideal, 1), "ratio": _ratio(wall, ideal)}


def _needed(sequence: Sequence) -> Iterator[str]:
    for activity in sequence.activities:
        yield from activity.blobs()
        if isinstance(activity, Video):
            yield activity.renditions[0].blob


def memory(lab: Laboratory, gb: float) -> Facts:
    """Memory is flat and under 150 MB while a course of 4 GB is fetched."""
    films = max(2, round(gb * 20))
    size = gb * 1000 / films
    lab.scales["large"] = Scale(films, gb * 1000, size * 0.8, size * 1.2, 100, 1000, 1, 1, 1.0)
    with lab.job("large", "v1", lab.server[1]) as job:
        began, running = time.monotonic(), _start(job)
        samples = []
        while not running.over():
            samples.append(_resident(running.process.pid))
            time.sleep(0.1)
        wall = time.monotonic() - began
        found = examine(job.course.versions["v1"], tools.in_home(job))
    quarter = max(1, len(samples) // 4)
    growth = median(samples[-quarter:]) - median(samples[quarter : 2 * quarter] or samples)
    facts = {"gb": gb, "right": found.right, "missing": found.missing, "wall": round(wall, 1)}
    return facts | {"cpu": round(running.cpu, 1), "max_mb": max(samples), "growth_mb": growth}


def _resident(pid: int) -> float:
    """Megabytes of memory that a process has; 0 where it has just ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    rest = status.partition("VmRSS:")[2].split()
    return round(int(rest[0]) / 1024, 1) if rest else 0.0


def bad_mirror(lab: Laboratory) -> Facts:
    """One byte wrong for ever wastes two pieces; the rest comes, and what is missing is said."""
    clean = measure(lab, tools.TOOLS["cartable"], CLEAN)
    with _linked(lab, CLEAN.link) as (job, proxy):
        repository = job.course.folder / "repository-bad"
        shutil.rmtree(repository, ignore_errors=True)
        shutil.copytree(job.course.folder / "repository-v1", repository)
        _spoil(max((repository / "blobs").glob("*/*"), key=lambda path: path.stat().st_size))
        Door(job.course, job.door).open("bad")
        env = tools.environment()
        ran = persevere(tools.learner(job), job.out, env, limit=120, starts=5)
        found, counted = examine(job.course.versions["v1"], tools.in_home(job)), proxy.stats()
    facts = {"paid_bytes": counted["down_bytes"], "clean_bytes": clean.paid}
    came = {"right": found.right, "wrong": found.wrong, "missing": found.missing}
    more = {"more_than_clean": counted["down_bytes"] - clean.paid, "requests": counted["requests"]}
    return facts | more | came | {"starts": ran.starts, "said": ran.said}


def _spoil(file: Path) -> None:
    """Change one byte in the middle."""
    with file.open("r+b") as stream:
        stream.seek(file.stat().st_size // 2)
        byte = stream.read(1)[0]
        stream.seek(-1, os.SEEK_CUR)
        stream.write(bytes([byte ^ 1]))


def restart(lab: Laboratory) -> Facts:
    """Nothing is asked for once everything is here."""
    with _linked(lab, {}) as (job, proxy):
        facts = []
        for _ in range(2):
            before = proxy.stats()
            env = tools.environment()
            ran = persevere(tools.learner(job), job.out, env, limit=60)
            after = proxy.stats()
            asked, paid = (after[one] - before[one] for one in ("requests", "down_bytes"))
            facts.append({"requests": asked, "bytes": paid, "wall": round(ran.wall, 2)})
    return {"first": facts[0], "again": facts[1]}


def two(lab: Laboratory) -> Facts:
    """Two Cartables on one home fetch one copy."""
    with _linked(lab, CLEAN.link) as (job, proxy), ThreadPoolExecutor(2) as pool:
        logs = [job.out / name for name in ("one", "other")]
        for log in logs:
            log.mkdir()
        env = tools.environment()
        going = [
            pool.submit(persevere, tools.learner(job), log, env, limit=CLEAN.limit) for log in logs
        ]
        ran = [one.result() for one in going]
        found, counted = examine(job.course.versions["v1"], tools.in_home(job)), proxy.stats()
        payload = job.course.payload("v1")
    came = {"right": found.right, "wrong": found.wrong, "missing": found.missing}
    facts = {
        "paid_bytes": counted["down_bytes"],
        "x_payload": _ratio(counted["down_bytes"], payload),
    }
    return (
        facts | came | {"starts": [one.starts for one in ran], "codes": [one.code for one in ran]}
    )


def _ratio(value: float, of: float) -> float:
    return round(value / of, 3)


SITUATIONS: dict[str, Callable[..., Facts]] = {
    "dead": dead,
    "first": first,
    "memory": memory,
    "badmirror": bad_mirror,
    "restart": restart,
    "two": two,
}
