# SPDX-License-Identifier: Apache-2.0
"""The ledger of the line: truthful over threads, kills, full disks and wrong clocks."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest
from clock import Clock
from hypothesis import given
from hypothesis import strategies as st
from repository_builder import Draft, build, noise
from simulator import URL, Simulator

from player import app
from player.app.zone import SystemZone
from player.errors import DiskFull
from player.store import tally, traffic
from player.store.database import Database
from player.store.tally import Tally
from player.store.traffic import Row

MONDAY, TUESDAY = date(2026, 1, 5), date(2026, 1, 6)

# The table


def test_a_month_adds_up(db: Database) -> None:
    traffic.add(db, MONDAY, "content", 1000, 10)
    traffic.add(db, MONDAY, "content", 500, 5, course="a")
    traffic.add(db, TUESDAY, "answers", 30, 20)
    traffic.add(db, TUESDAY, "catalogue", 200, 2)
    traffic.add(db, TUESDAY, "content", 1, 1)
    traffic.add(db, date(2026, 2, 1), "content", 9999, 9)
    found = traffic.month(db, TUESDAY)
    assert (found.content, found.catalogue, found.answers, found.overhead) == (1501, 200, 30, 38)
    assert found.by_day == ((MONDAY, 1515), (TUESDAY, 254))
    assert found.total == sum(size for _, size in found.by_day)
    assert traffic.used(db, TUESDAY, TUESDAY) == 254
    assert traffic.used(db, MONDAY, date(2026, 2, 1)) == found.total + 10008
    assert traffic.month(db, date(2024, 2, 29)).total == 0


@pytest.mark.parametrize(
    ("written", "clock", "counts"),
    [
        ([], date(2026, 3, 10), date(2026, 3, 10)),
        ([date(2026, 3, 9)], date(2026, 3, 10), date(2026, 3, 10)),
        ([date(2026, 3, 12)], date(2026, 3, 10), date(2026, 3, 12)),  # set back: no new budget
        ([date(2026, 4, 10)], date(2026, 3, 10), date(2026, 4, 10)),
        ([date(2038, 1, 19)], date(2026, 3, 10), date(2026, 3, 10)),  # once it ran wild
        ([date(2026, 3, 11), date(2038, 1, 19)], date(2026, 3, 10), date(2026, 3, 11)),
        ([date(2026, 3, 12)], date(2010, 1, 1), date(2026, 3, 12)),  # the battery is empty
        ([], date(2010, 1, 1), date(2010, 1, 1)),
        ([date(2026, 3, 12)], date(9999, 12, 31), date(9999, 12, 31)),
    ],
)
def test_the_day_that_counts(db: Database, written: list[date], clock: date, counts: date) -> None:
    for day in written:
        traffic.add(db, day, "content", 1, 1)
    at = datetime(clock.year, clock.month, clock.day, 12, tzinfo=SystemZone())
    assert traffic.day_that_counts(db, at) == counts


# The tally


class Book:
    """Rows as a database would add them up."""

    def __init__(self) -> None:
        self.days: dict[date, int] = {}
        self.writes = 0
        self.full = False

    def write(self, rows: Sequence[Row]) -> None:
        self.writes += 1
        if self.full:
            raise DiskFull(place="here", needed="1 MB", free="0 MB")
        for day, _, _, content, overhead in rows:
            self.days[day] = self.days.get(day, 0) + content + overhead

    @property
    def total(self) -> int:
        return sum(self.days.values())


sizes = st.tuples(
    st.sampled_from(["content", "answers"]), st.integers(0, 70_000), st.integers(0, 600)
)


@given(st.lists(st.tuples(sizes, st.floats(0, 20)), max_size=60))
def test_what_is_written_is_never_less_and_in_the_end_exact(
    steps: list[tuple[tuple[str, int, int], float]],
) -> None:
    book, now, came = Book(), [0.0], 0
    counting = Tally(book.write, lambda: MONDAY, lambda: now[0])
    for (kind, content, overhead), pause in steps:
        now[0] += pause
        counting.add(kind, content, overhead)
        came += content + overhead
        assert came <= book.total <= came + 2 * tally.MOST
        assert book.total - sum(counting.ahead().values()) == came
    counting.settle()
    assert book.total == came
    assert counting.ahead() == {}


def test_a_fast_line_is_written_down_about_once_a_second() -> None:
    book, now = Book(), [0.0]
    counting = Tally(book.write, lambda: MONDAY, lambda: now[0])
    for _ in range(1600):  # 100 s at 1 MiB/s
        now[0] += 1 / 16
        counting.add("content", 65536, 0)
    assert book.writes < 120
    assert book.total - 1600 * 65536 <= tally.MOST
    slow = Book()
    counting = Tally(slow.write, lambda: MONDAY, lambda: now[0])
    for _ in range(3000):  # 32 kbit/s
        now[0] += 0.25
        counting.add("content", 1000, 0)
    assert slow.total - 3_000_000 <= tally.LEAST


def test_at_midnight_the_rest_of_a_stretch_is_given_back() -> None:
    book, today = Book(), [MONDAY]
    counting = Tally(book.write, lambda: today[0])
    counting.add("content", 1000, 0)
    today[0] = TUESDAY
    counting.add("content", 100_000, 0)
    counting.settle()
    assert book.total == 101_000
    counting.add("content", 5, 0)
    counting.settle()
    assert book.days[TUESDAY] == 5


def test_a_full_disk_stops_nothing_and_nothing_is_forgotten() -> None:
    book, now = Book(), [0.0]
    counting = Tally(book.write, lambda: MONDAY, lambda: now[0])
    book.full = True
    for _ in range(100):
        counting.add("content", 10_000, 1)
    counting.settle()
    assert book.writes == 2  # it is not tried with each block
    book.full = False
    now[0] += 60
    counting.add("content", 10_000, 1)
    counting.settle()
    assert book.total == 101 * 10_001


def test_threads_lose_nothing() -> None:
    book = Book()
    counting = Tally(book.write, lambda: MONDAY)

    def count() -> None:
        for _ in range(2000):
            counting.add("content", 100, 1)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counting.settle()
    assert book.total == 8000 * 101


KILLED = """
import sys
from pathlib import Path
from player import app
line = app.build(Path(sys.argv[1])).line
for count in range(1, 10**9):
    line.tally.add("content", 10_000, 100)
    print(count, flush=True)
"""


def test_killed_at_any_moment_it_says_no_less_than_came(home: Path, db: Database) -> None:
    before = 0
    for wait in (0.0, 0.02, 0.1):
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(home)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        said = child.stdout.readline()
        time.sleep(wait)
        child.send_signal(signal.SIGKILL)
        said += child.stdout.read()
        child.stdout.close()
        child.wait()
        came = int(said.split()[-1]) * 10_100
        written = traffic.used(db, date.min, date.max) - before
        assert came <= written <= came + tally.MOST + 10_100
        before += written


# All of it together


@contextmanager
def opened(home: Path, server: Simulator, now: Clock) -> Iterator[app.Services]:
    services = app.build(home, transport=server, now=now)
    try:
        yield services
    finally:
        services.close_thread()


@pytest.fixture
def services(tmp_path: Path, clock: Clock) -> Iterator[app.Services]:
    with opened(tmp_path / "home", Simulator(), clock) as made:
        yield made


def test_a_download_is_in_the_ledger_to_the_byte(tmp_path: Path, clock: Clock) -> None:
    server = Simulator()
    texts, video = [noise("text", 2000)], {"240p": noise("video", 90_000)}
    built = build(Draft().section("one", texts, [video]))
    server.publish(built.files)
    with opened(tmp_path / "home", server, clock) as services:
        services.change(allowed_keys=(str(built.key),))
        services.add_repository(URL)
        services.refresh(URL)
        services.ask("demo", ["one"], "240p")
        services.download()
        found = services.traffic()
        assert found.month == "2026-01"
        assert found.content + found.catalogue == sum(server.served.values())
        blobs = sum(n for path, n in server.served.items() if path.startswith(("blobs", "packs")))
        assert found.content == blobs > 0
        assert found.answers == 0
        requests = len(server.asked)
        assert 150 * requests < found.overhead < 700 * requests
        assert found.by_day == ((MONDAY, found.total),)
        courses = services.db.execute("SELECT course FROM traffic WHERE kind = 'catalogue'")
        assert {row[0] for row in courses} == {"", "demo"}


def test_the_rules_of_the_settings_hold(services: app.Services, clock: Clock) -> None:
    assert services.allowance().bytes_left is None
    services.change(budget_day_mb=1, budget_month_mb=3)
    assert services.allowance().bytes_left == 1_000_000
    services.line.tally.add("content", 900_000, 0)  # under way: the reserve is not used
    assert services.allowance().bytes_left == 100_000
    assert services.traffic().left_month == 2_100_000
    services.line.tally.add("answers", 100_000, 0)
    found = services.allowance()
    assert (found.bytes_left, found.reason) == (0, "day")
    assert "Today's 1 MB" in str(found.held)
    services.line.by_hand = True
    assert services.allowance().reason == "day"
    clock.forward(days=1)
    assert services.allowance().bytes_left == 1_000_000
    clock.forward(days=-1)
    services.line.tally.settle()
    assert services.allowance().reason == "day"


def test_a_clock_set_back_brings_no_new_budget(services: app.Services, clock: Clock) -> None:
    services.change(budget_day_mb=1)
    services.line.tally.add("content", 1_000_000, 0)
    services.line.tally.settle()
    for back in (1, 3, 6000):
        clock.forward(days=-back)
        assert services.allowance().reason == "day"
        services.line.tally.add("content", 1, 0)
        services.line.tally.settle()
        clock.forward(days=back)
    assert services.traffic().used_today == 1_000_003


def test_who_says_whether_the_line_is_metered(services: app.Services) -> None:
    assert services.metered() is None
    services.line.system = lambda: True
    assert services.metered() is True
    assert services.allowance().reason == "metered"
    services.change(metered="no")
    assert services.metered() is False
    assert services.allowance().bytes_left is None
    services.line.system = lambda: False
    services.change(metered="yes", on_metered="wait")
    assert services.allowance().reason == "metered"
    services.line.by_hand = True
    assert services.allowance().bytes_left is None


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be set here")
def test_days_are_local_and_summer_time_is_known(
    services: app.Services, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    try:
        clock.now = datetime.fromisoformat("2026-03-28T23:30:00+00:00")  # the 29th in Paris
        services.change(budget_day_mb=1)
        services.line.tally.add("content", 1_000_000, 0)
        services.line.tally.settle()
        assert services.traffic().by_day == ((date(2026, 3, 29), 1_000_000),)
        until = services.allowance().until
        assert until is not None
        assert until.isoformat() == "2026-03-30T00:00:00+02:00"
        zone = SystemZone()
        for text in ("2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00"):
            moment = datetime.fromisoformat(text)
            assert moment.astimezone(zone).timestamp() == moment.timestamp()
            assert moment.astimezone(zone).strftime("%H:%M") == "02:30"
    finally:
        monkeypatch.undo()
        time.tzset()
