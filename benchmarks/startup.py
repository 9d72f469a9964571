# SPDX-License-Identifier: Apache-2.0
"""From launch to a painted library, with 1,000 courses and 100,000 events in the home.

Each run is a fresh process, beside an empty Qt window in another: what the machine and Qt take is
not ours to win, the difference is. Prints the median and the worst of all runs.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import msgspec

from player.course.catalogue import Cost, Offer, Reference
from player.course.manifest import Blob, Licence, Manifest, Page, Section, Sequence
from player.journal import events
from player.journal.journal import Where, record_all
from player.store import blobs, courses, database
from player.store.database import Database

RUNS = 5
COURSES = 1_000
KEPT = 250  # courses that are on this PC; the others are only offered
ACTIVITIES = 20  # in each
EVENTS = 20  # for each activity of a kept course: 100,000 in all
AIM = {"seconds": 0.6, "rss_mb": 120.0}

LEARNER = str(uuid.UUID(int=7))
REPOSITORY = "https://campus.example/courses/"
MONDAY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

EMPTY_WINDOW = """
import json, os, time
from pathlib import Path
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.resize(1024, 768)
window.show()
app.processEvents()
memory = int(Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0]) / 1024
ticks = int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19])
seconds = time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
print(json.dumps({"seconds": seconds, "rss_mb": memory}))
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        began = time.perf_counter()
        size = fill(home)
        took = time.perf_counter() - began
        print(
            f"home: {COURSES} courses, {KEPT} of them here, {KEPT * ACTIVITIES * EVENTS:,} acts,"
            f" {size / 1e6:.0f} MB of database, made in {took:.0f} s"
        )
        window = [sys.executable, "-m", "player", "--home", str(home), "window", "--measure"]
        empty = [sys.executable, "-c", EMPTY_WINDOW]
        launch(window)  # the first one compiles the modules and warms the disk's cache
        pairs = [(launch(window), launch(empty)) for _ in range(RUNS)]
    report(pairs)


# The home: rows as the stages write them


def fill(home: Path) -> int:
    """Make the home; returns the size of its database in bytes."""
    database.prepare(home)
    with closing(database.connect(home)) as db:
        with db.atomic():
            db.execute("INSERT INTO learners VALUES (?, 'Awa', ?)", [LEARNER, stamp(MONDAY)])
            offer_courses(db)
            bring_pages(db, home)
            keep_courses(db)
            live_through(db)
            deliver(db)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return (home / database.FILE).stat().st_size


def offer_courses(db: Database) -> None:
    db.execute(
        "INSERT INTO repositories (url, title, number, trust, refreshed_at)"
        " VALUES (?, 'Campus', 7, 'trusted', ?)",
        [REPOSITORY, stamp(MONDAY)],
    )
    for number in range(COURSES):
        offer = Offer(
            id=course_id(number),
            version=1,
            title=title(number),
            language="fr" if number % 2 else "en",
            summary="Four sentences that are read before anything is downloaded. " * 4,
            licence=Licence("CC-BY-SA-4.0"),
            manifest=Reference("0" * 64, 8_000),
            cost=Cost(400_000, {"audio": 1_200_000, "240p": 2_000_000, "480p": 4_400_000}),
            sections=4,
            activities=ACTIVITIES,
            duration=1_800.0,
        )
        text = msgspec.json.encode(offer).decode()
        db.execute(
            "INSERT INTO offers (repository, course, version, title, language, offer)"
            " VALUES (?, ?, 1, ?, ?, ?)",
            [REPOSITORY, offer.id, offer.title, offer.language, text],
        )


def bring_pages(db: Database, home: Path) -> None:
    """All pages are here; the courses share them."""
    for number in range(ACTIVITIES):
        blobs.path(home, page(number)).parent.mkdir(parents=True, exist_ok=True)
        blobs.path(home, page(number)).write_bytes(text(number))
    blobs.add_all(db, home, {page(n): len(text(n)) for n in range(ACTIVITIES)})


def keep_courses(db: Database) -> None:
    for number in range(KEPT):
        data = msgspec.json.encode(manifest(number))
        courses.keep(db, data, REPOSITORY, "trusted")


def manifest(number: int) -> Manifest:
    """A course of four weeks; every fourth course says when they open and are due."""
    pages = tuple(
        Page(id=activity_id(a), title=f"Activity {a}", blob=page(a)) for a in range(ACTIVITIES)
    )
    mondays = [stamp(MONDAY + timedelta(weeks=week)) for week in range(5)]
    dated = number % 4 == 1
    sections = tuple(
        Section(
            id=f"week-{week}",
            title=f"Week {week}",
            sequences=(Sequence(f"sitting-{week}", "A sitting", pages[week::4]),),
            opens=mondays[week] if dated else "",
            due=mondays[week + 1] if dated else "",
        )
        for week in range(4)
    )
    return Manifest(
        format="cartable/1",
        kind="course",
        id=course_id(number),
        version=1,
        title=title(number),
        language="fr" if number % 2 else "en",
        summary="What this course is about.",
        authors=(),
        licence=Licence("CC-BY-SA-4.0"),
        issued=stamp(MONDAY),
        sections=sections,
        blobs={one.blob: Blob(2_000, "text/html") for one in pages},
    )


def live_through(db: Database) -> None:
    """A busy learner: every activity opened, watched or answered; two in three completed."""
    at = MONDAY

    def now() -> datetime:
        nonlocal at
        at += timedelta(seconds=20)
        return at

    for number in range(KEPT):
        taken_up = events.Enrolled(name=title(number))
        record_all(db, Where(LEARNER, course_id(number), 1), [taken_up], now)
        for activity in range(ACTIVITIES):
            where = Where(LEARNER, course_id(number), 1, activity_id(activity))
            record_all(db, where, list(acts(number, activity)), now)


def acts(number: int, activity: int) -> Iterator[events.AnyAct]:
    """EVENTS acts, as one activity brings them."""
    name = f"Activity {activity}"
    done = events.Completed(name=name, type="quiz" if activity % 2 else "video")
    last = (done,) if (number + activity) % 3 else (events.Opened(name=name, type="page"),)
    if activity % 2:
        attempt = str(uuid.UUID(int=number * ACTIVITIES + activity))
        yield events.Begun(name=name, type="quiz", attempt=attempt, number=1)
        for question in range(EVENTS - 3):
            yield events.Answered(
                name=name,
                attempt=attempt,
                question=f"q-{question}",
                title=f"Question {question}",
                interaction="choice",
                response="a",
                given={"r": ["a"]},
                choices={"a": "The team", "b": "Nobody"},
                score=1.0,
                success=True,
            )
        yield events.Finished(
            name=name, type="quiz", attempt=attempt, score=0.8, points=8, out_of=10, passed=True
        )
    else:
        visit = str(uuid.UUID(int=number * ACTIVITIES + activity))
        yield events.Played(name=name, visit=visit, time=0, length=300)
        for step in range(EVENTS - 3):
            yield events.Watching(
                name=name, visit=visit, time=step * 5, length=300, segments=((0.0, step * 5.0),)
            )
        yield events.Left(name=name, visit=visit, time=90, length=300, segments=((0.0, 90.0),))
    yield from last


def deliver(db: Database) -> None:
    """All but the last hundred are on the platform; a statement takes about 1.2 kB."""
    db.execute(
        "INSERT INTO deliveries"
        " (seq, event, learner, statement, state, tries, sent_at, received_at)"
        " SELECT seq, id, learner,"
        " CAST(json_set(payload, '$.timestamp', at, '$.context', hex(zeroblob(450))) AS BLOB),"
        " 'received', 1, at, at FROM events WHERE kind <> 'watching'"
        " AND seq <= (SELECT max(seq) - 100 FROM events)"
    )
    db.execute(
        "INSERT INTO deliveries (seq, event, learner, state)"
        " SELECT seq, id, learner, 'local' FROM events WHERE kind = 'watching'"
    )


def course_id(number: int) -> str:
    return f"course-{number:04}"


def activity_id(number: int) -> str:
    return f"activity-{number:02}"


def page(number: int) -> str:
    """The hash of a page."""
    return hashlib.sha256(text(number)).hexdigest()


def text(number: int) -> bytes:
    return f"<h1>Activity {number}</h1>".encode() + b"<p>A paragraph that is read.</p>" * 60


def title(number: int) -> str:
    return f"Leading a small team, part {number}"


def stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


# The runs


def launch(command: list[str]) -> dict[str, float]:
    """Run to the first picture; returns `seconds` since the process began and `rss_mb`."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # else each run compiles everything anew
    ran = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    if ran.returncode:
        sys.exit(f"{command[1:4]} ended with {ran.returncode}:\n{ran.stdout}{ran.stderr}")
    figures: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return figures


def report(pairs: list[tuple[dict[str, float], dict[str, float]]]) -> None:
    print(f"\n{RUNS} runs each           median    worst      aim")
    for name, unit, digits in (("seconds", "s", 2), ("rss_mb", "MB", 0)):
        ours, theirs = ([pair[side][name] for pair in pairs] for side in (0, 1))
        for label, values, aim in (("Cartable", ours, AIM[name]), ("empty window", theirs, None)):
            figures = "".join(f"{value:9.{digits}f}" for value in (median(values), max(values)))
            said = f"{aim:9.{digits}f}" if aim else " " * 9
            print(f"{label:<14} {unit:<4}{figures}{said}")
        print(f"{'ratio':<19}{median(ours) / median(theirs):9.2f}\n")


if __name__ == "__main__":
    main()
