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
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
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
from transfer.persevere import PAUSE, Running, persevere, started
from transfer.profiles import Profile
from transfer.server import free_port
from transfer.tools import Job

Facts = dict[str, Any]

ALIVE = 8.0  # seconds: how long the link lives before it is dead
CLEAN = Profile("clean", "8 Mbit/s, 100 ms", 120, PRESETS["mid8m"])


@contextmanager
def _linked(
    lab: Laboratory, link: dict[str, Any], scale: str = "mid"
) -> Iterator[tuple[Job, ProxyThread]]:
    """A job of an empty home, and the link to its repository."""
    port = free_port()
    with (
        lab.job(scale, "v1", port) as job,
        ProxyThread(lab.server, Link(**link), port=port, log_requests=True) as proxy,
    ):
        yield job, proxy


def _started(job: Job) -> AbstractContextManager[Running]:
    return started(tools.learner(job), job.out, tools.environment(), job.out / "said")


def dead(lab: Laboratory, seconds: float) -> Facts:
    """A dead link costs under 1 s of CPU in ten minutes."""
    ways = {"refused": "halfopen", "silent": "stall"}
    with ThreadPoolExecutor(len(ways)) as pool:
        going = {way: pool.submit(_dead, lab, seconds, mode) for way, mode in ways.items()}
        return {way: one.result() for way, one in going.items()}


def _dead(lab: Laboratory, seconds: float, mode: str) -> Facts:
    """Let the link die under a learner's connections; refuse new ones, or be silent to them too."""
    outage = f"{ALIVE}-{ALIVE + seconds + 3600}"
    link = PRESETS["slow2m"] | {"outage": outage, "outage_mode": mode}
    with _linked(lab, link) as (job, proxy):
        starts, spent, end = 0, 0.0, None
        while end is None or time.monotonic() < end:
            before, starts = 0.0, starts + 1
            with _started(job) as running:
                while not running.over() and (end is None or time.monotonic() < end):
                    if end is None and proxy.stats()["elapsed"] > ALIVE:
                        before, end = _processor(running), time.monotonic() + seconds
                    time.sleep(0.1)
                spent += _processor(running) - before if end else 0
            time.sleep(PAUSE)
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
        began = time.monotonic()
        while not all(place.exists() for place in places):
            with _started(job) as running:
                while not running.over() and not all(place.exists() for place in places):
                    time.sleep(0.05)
        wall, paid = time.monotonic() - began, proxy.stats()["down_bytes"]
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
        began, samples = time.monotonic(), []
        with _started(job) as running:
            while not running.over():
                samples.append(_resident(running.process.pid))
                time.sleep(0.1)
        wall = time.monotonic() - began
        found = examine(job.course.versions["v1"], tools.in_home(job))
    quarter = max(1, len(samples) // 4)
    growth = median(samples[-quarter:]) - median(samples[quarter : 2 * quarter] or samples)
    facts = {"gb": gb, **asdict(found), "wall": round(wall, 1)}
    return facts | {
        "cpu": round(running.cpu, 1),
        "max_mb": max(samples),
        "growth_mb": round(growth, 1),
    }


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
    clean = measure(lab, tools.TOOLS["cartable"], CLEAN).paid
    return {
        "clean_bytes": clean,
        "alone": _from_bad_mirror(lab, clean, with_good=False),
        "with_a_good": _from_bad_mirror(lab, clean, with_good=True),
    }


def _from_bad_mirror(lab: Laboratory, clean: int, *, with_good: bool) -> Facts:
    with _linked(lab, CLEAN.link) as (job, proxy):
        repository = job.course.folder / "repository-bad"
        if not repository.exists():
            shutil.copytree(job.course.folder / "repository-v1", repository)
            _spoil(max((repository / "blobs").glob("*/*"), key=lambda path: path.stat().st_size))
        Door(job.course, job.door).open("bad")
        mirrors = [f"{job.url}/repository-v1/"] if with_good else []
        command, env = tools.learner(job, *mirrors), tools.environment()
        ran = persevere(command, job.out, env, limit=CLEAN.limit, starts=5)
        found, counted = examine(job.course.versions["v1"], tools.in_home(job)), proxy.stats()
    facts = {"more_than_clean": counted["down_bytes"] - clean, "requests": counted["requests"]}
    return facts | asdict(found) | {"starts": ran.starts, "code": ran.code, "said": ran.said}


def _spoil(file: Path) -> None:
    """Change one byte in the middle."""
    with file.open("r+b") as stream:
        stream.seek(file.stat().st_size // 2)
        byte = stream.read(1)[0]
        stream.seek(-1, os.SEEK_CUR)
        stream.write(bytes([byte ^ 1]))


def restart(lab: Laboratory) -> Facts:
    """Nothing is asked for that is here: after a kill half way, and once everything is here."""
    with _linked(lab, CLEAN.link) as (job, proxy):
        command, env = tools.learner(job), tools.environment()
        with _started(job):
            while proxy.stats()["down_bytes"] < job.course.payload("v1") / 2:
                time.sleep(0.05)
        finished = {path.name for path in tools.home_of(job).glob("blobs/*/*")}
        facts = []
        for _ in range(2):
            before = proxy.stats()
            ran = persevere(command, job.out, env, limit=CLEAN.limit)
            after = proxy.stats()
            asked = after["request_log"][before["requests"] :]
            facts.append(
                {
                    "requests": len(asked),
                    "for_finished": sum(one["path"].split("/")[-1] in finished for one in asked),
                    "bytes": after["down_bytes"] - before["down_bytes"],
                    "wall": round(ran.wall, 2),
                    "cpu": round(ran.cpu, 2),
                }
            )
    return {"finished_before": len(finished), "half_way": facts[0], "all_here": facts[1]}


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
    paid = counted["down_bytes"]
    facts = {"paid_bytes": paid, "x_payload": _ratio(paid, payload), **asdict(found)}
    return facts | {"starts": [one.starts for one in ran], "codes": [one.code for one in ran]}


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
