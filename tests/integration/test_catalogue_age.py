# SPDX-License-Identifier: Apache-2.0
"""Older news than is known, news held back, and clocks that are wrong: nobody is locked out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from publishers import K1, K2, THIEF, catalogue, document
from simulator import URL, Simulator

from player.catalogue.freshness import clock_is_behind, newest_issued
from player.catalogue.refresh import Refreshed, fetch_course, refresh
from player.course.signing import public_key
from player.errors import NotOffered, Offline
from player.store import courses
from player.store.database import Database
from player.store.repositories import kept_catalogue

TODAY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def look(
    db: Database,
    server: Simulator,
    now: datetime = TODAY,
    trusted: tuple[object, ...] = (K1,),
    unsigned: bool = False,
) -> Refreshed:
    keys = [public_key(key) for key in trusted]  # type: ignore[arg-type]
    return refresh(db, server, server.url, keys, allow_unsigned=unsigned, now=lambda: now)


def notice(db: Database, url: str = URL) -> str:
    query = "SELECT notice FROM repositories WHERE url = ?"
    return str(db.execute(query, [url]).fetchone()[0])


@pytest.fixture
def server() -> Simulator:
    made = Simulator()
    made.publish(catalogue(5, K1, version=3))
    return made


# Rollback of one course


def test_an_offer_of_an_older_version_is_left_out_and_the_rest_is_taken(
    db: Database, server: Simulator
) -> None:
    look(db, server)
    raw = catalogue(6, K1, version=2, title="New title")
    server.publish(raw)
    assert look(db, server).number == 6
    title = db.execute("SELECT title FROM repositories").fetchone()[0]
    assert title == "New title"
    assert "version 2" in notice(db)
    assert "version 3" in notice(db)
    with pytest.raises(NotOffered):
        fetch_course(db, server, "demo")
    server.publish(catalogue(7, K1, version=4))
    look(db, server)
    assert notice(db) == ""
    assert fetch_course(db, server, "demo").version == 4


def test_a_person_may_ask_for_the_older_version(db: Database, server: Simulator) -> None:
    look(db, server)
    server.publish(catalogue(6, K1, version=2))
    look(db, server)
    assert fetch_course(db, server, "demo", older=True).version == 2


def test_an_old_copy_under_another_address_is_no_way_back(db: Database, server: Simulator) -> None:
    look(db, server)
    stick = Simulator("https://stick.example/")
    stick.publish(catalogue(4, K1, version=2))
    look(db, stick)
    (shelf,) = courses.listing(db, "")
    assert (shelf.offered, shelf.repository) == (3, URL)
    db.execute("DELETE FROM repositories WHERE url = ?", [URL])
    assert courses.listing(db, "") == []
    assert "version 2" in notice(db, stick.url)


def test_versions_of_another_publisher_do_not_bind(db: Database, server: Simulator) -> None:
    other = Simulator("https://other.example/")
    other.publish(catalogue(1, THIEF, version=99))
    look(db, other, trusted=(K1, THIEF))
    look(db, server)
    assert notice(db) == ""
    unsigned = Simulator("https://unsigned.example/")
    unsigned.publish({p: d for p, d in other.files.items() if not p.endswith(".minisig")})
    look(db, unsigned, unsigned=True)
    server.publish(catalogue(6, K1, version=4))
    look(db, server)
    assert notice(db) == ""


def test_versions_bind_a_publishers_next_key_too(db: Database, server: Simulator) -> None:
    look(db, server)
    server.publish(catalogue(6, K2, version=2, names=document(1, [K1, K2], [K1, K2])))
    assert look(db, server).number == 6
    assert "version 3" in notice(db)


# Freeze, and clocks


def until(text: object, **more: object) -> dict[str, bytes]:
    return catalogue(6, K1, issued="2026-01-01T00:00:00Z", fresh_until=text, **more)  # type: ignore[arg-type]


def test_news_that_does_not_come_brings_a_notice_and_no_more(
    db: Database, server: Simulator
) -> None:
    server.publish(until("2026-02-01T00:00:00Z"))
    look(db, server)
    assert notice(db) == ""
    later = datetime(2026, 2, 2, tzinfo=UTC)
    assert not look(db, server, later).changed
    assert "2026-02-01" in notice(db)
    assert fetch_course(db, server, "demo").version == 1
    server.unreachable()
    with pytest.raises(Offline):
        look(db, server, later)
    assert "2026-02-01" in notice(db)
    server.unreachable(False)
    server.publish(catalogue(7, K1, fresh_until="2026-03-01T00:00:00Z"))
    look(db, server, later)
    assert notice(db) == ""


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), False),
        (datetime(2010, 6, 1, tzinfo=UTC), False),
        (datetime(2028, 1, 5, tzinfo=UTC), True),
        (datetime(2038, 1, 20, tzinfo=UTC), True),
    ],
    ids=["1970", "2010", "two years ahead", "2038"],
)
def test_a_wrong_clock_locks_nobody_out(
    db: Database, server: Simulator, now: datetime, says: bool
) -> None:
    server.publish(until("2026-02-01T00:00:00Z"))
    assert look(db, server, now).number == 6
    assert bool(notice(db)) is says
    assert fetch_course(db, server, "demo").version == 1
    server.publish(catalogue(7, K1, version=2))
    assert look(db, server, now).number == 7
    assert fetch_course(db, server, "demo").version == 2


def test_a_clock_in_the_past_does_not_hide_that_news_is_held_back(
    db: Database, server: Simulator
) -> None:
    in_1970 = datetime(1970, 1, 1, tzinfo=UTC)
    server.publish(until("2026-02-01T00:00:00Z"))
    look(db, server, in_1970)
    other = Simulator("https://other.example/")
    other.publish(catalogue(1, K1, issued="2026-03-01T00:00:00Z"))
    look(db, other, in_1970)
    look(db, server, in_1970)
    assert "2026-02-01" in notice(db)


def test_a_clock_that_stands_before_what_was_signed_is_noticed(
    db: Database, server: Simulator
) -> None:
    assert newest_issued(db) is None
    assert not clock_is_behind(db, datetime(1970, 1, 1, tzinfo=UTC))
    server.publish(until(""))
    look(db, server)
    assert newest_issued(db) == datetime(2026, 1, 1, tzinfo=UTC)
    assert clock_is_behind(db, datetime(1970, 1, 1, tzinfo=UTC))
    assert clock_is_behind(db, datetime(2025, 12, 30, tzinfo=UTC))
    assert not clock_is_behind(db, datetime(2025, 12, 31, 12, tzinfo=UTC))  # a time zone
    assert not clock_is_behind(db, datetime(2038, 1, 20, tzinfo=UTC))


def test_nobody_who_is_not_trusted_sets_the_time(db: Database, server: Simulator) -> None:
    files = catalogue(1, THIEF, issued="2999-01-01T00:00:00Z")
    server.publish({p: d for p, d in files.items() if not p.endswith(".minisig")})
    server.forget("catalogue.json.minisig")
    look(db, server, unsigned=True)
    assert newest_issued(db) is None


@pytest.mark.parametrize("text", ["soon", "2026-13-45", "2026-02-01", "9" * 400, ""])
def test_a_date_that_cannot_be_read_is_no_fault(db: Database, server: Simulator, text: str) -> None:
    server.publish(until(text))
    assert look(db, server, datetime(2038, 1, 20, tzinfo=UTC)).number == 6
    assert notice(db) == ""


# What another PC may be handed


def test_the_signed_documents_are_kept_as_they_came(
    db: Database, server: Simulator, tmp_path: Path
) -> None:
    assert kept_catalogue(db, URL) is None
    look(db, server)
    kept = kept_catalogue(db, URL)
    assert kept == (server.files["catalogue.json"], server.files["catalogue.json.minisig"])
    server.publish(catalogue(4, K1))  # a rollback is not kept
    with pytest.raises(Exception, match="older catalogue"):
        look(db, server)
    assert kept_catalogue(db, URL) == kept
