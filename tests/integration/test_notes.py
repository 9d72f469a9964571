# SPDX-License-Identifier: Apache-2.0
"""Notes, bookmarks and kept links: what the journal says of them, on one PC and on two."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from carrying import ADA, Pc
from clock import Clock
from hypothesis import given, settings
from hypothesis import strategies as st

from player.course.manifest import Page, Video
from player.errors import DiskFull
from player.journal import journal, notes, union
from player.journal.events import AnyAct, Bookmarked, LinkKept, Noted
from player.journal.journal import Where, events, record
from player.journal.learners import Learner
from player.lesson import drafts, noting, reading
from player.lesson.naming import Named
from player.lesson.spot import Spot
from player.store import database
from player.store.database import Database
from player.sync import seal

PAGE = Page(id="roles", title="Les rôles", blob="0" * 64)
NAMES = Named(name="Les rôles", language="fr")


@pytest.fixture
def where(learner: str) -> Where:
    return Where(learner, "cours", 3, "roles")


NOWHERE = Spot()


def noted(
    db: Database, where: Where, clock: Clock, text: str, spot: Spot = NOWHERE
) -> noting.Writing:
    clock.forward(seconds=1)
    writing = noting.begin(db, where, PAGE, spot)
    noting.write(db, writing, text, clock)
    return writing


def texts(db: Database, learner: str, **choice: str) -> list[str]:
    return [one.text for one in notes.all(db, learner, **choice)]


def test_a_note_is_what_was_written_last(db: Database, where: Where, clock: Clock) -> None:
    writing = noted(db, where, clock, "  Awa décide.\n", Spot(time=75.5))
    clock.forward(seconds=60)
    assert noting.write(db, writing, "Awa et Moussa décident.", clock)
    (note,) = notes.all(db, where.learner)
    assert (note.text, note.time, note.page) == ("Awa et Moussa décident.", 75.5, None)
    assert (note.name, note.version, note.number) == ("Les rôles", 3, 2)
    assert note.since == "2026-01-05T09:00:01.000Z"
    assert note.at == "2026-01-05T09:01:01.000Z"


def test_what_is_as_it_was_is_not_written_again(db: Database, where: Where, clock: Clock) -> None:
    writing = noted(db, where, clock, "Une fois")
    assert not noting.write(db, writing, "Une fois ", clock)
    assert not noting.write(db, noting.begin(db, where, PAGE, Spot()), " \n ", clock)
    assert len(list(events(db))) == 1


def test_a_note_that_is_thrown_away_can_be_had_again(
    db: Database, where: Where, clock: Clock
) -> None:
    writing = noted(db, where, clock, "Garder")
    noting.write(db, writing, "", clock)
    assert texts(db, where.learner) == []
    noting.write(db, writing, "Garder", clock)
    assert texts(db, where.learner) == ["Garder"]


def test_a_clock_set_back_a_year_hides_no_note(db: Database, where: Where, clock: Clock) -> None:
    writing = noted(db, where, clock, "avant")
    clock.now -= timedelta(days=365)
    noting.write(db, writing, "après", clock)
    assert texts(db, where.learner) == ["après"]


def test_notes_are_of_one_learner_one_course_one_activity(
    db: Database, where: Where, clock: Clock
) -> None:
    noted(db, where, clock, "ici")
    noted(db, Where(where.learner, "cours", 3, "autre"), clock, "à côté")
    noted(db, Where(where.learner, "ailleurs", 1, "roles"), clock, "ailleurs")
    assert texts(db, where.learner, course="cours", activity="roles") == ["ici"]
    assert texts(db, where.learner, course="cours") == ["ici", "à côté"]
    assert texts(db, "somebody else") == []


# What is typed


def test_what_is_typed_is_a_note_after_a_crash(db: Database, where: Where, clock: Clock) -> None:
    writing = noting.begin(db, where, PAGE, Spot(time=12.25, page=None))
    noting.keep(db, writing, "À moitié écr", clock)
    assert texts(db, where.learner) == []
    assert noting.adopt(db, where.learner, "cours", "autre", clock) == 0
    assert noting.adopt(db, where.learner, "cours", "roles", clock) == 1
    (note,) = notes.all(db, where.learner)
    assert (note.id, note.text, note.time, note.version) == (writing.id, "À moitié écr", 12.25, 3)
    assert note.name == "Les rôles"
    assert drafts.across(db, where.learner, "note") == []
    assert noting.adopt(db, where.learner, now=clock) == 0


def test_a_draft_of_a_note_is_its_next_writing(db: Database, where: Where, clock: Clock) -> None:
    writing = noted(db, where, clock, "Un")
    noting.keep(db, writing, "Un, deux", clock)
    noting.adopt(db, where.learner, now=clock)
    assert [(one.text, one.number) for one in notes.all(db, where.learner)] == [("Un, deux", 2)]


def test_two_windows_write_one_note_and_the_last_word_counts(
    db: Database, where: Where, clock: Clock
) -> None:
    mine = noting.begin(db, where, PAGE, Spot())
    noting.keep(db, mine, "Je tape enc", clock)
    noting.adopt(db, where.learner, now=clock)  # another window opens the same page
    noting.keep(db, mine, "Je tape encore", clock)
    noting.write(db, mine, "Je tape encore.", clock)
    assert texts(db, where.learner) == ["Je tape encore."]
    assert drafts.across(db, where.learner, "note") == []


def test_a_full_disk_leaves_the_draft(
    db: Database, where: Where, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing = noting.begin(db, where, PAGE, Spot())
    noting.keep(db, writing, "Ne pas perdre", clock)

    def full(*_: object) -> None:
        raise DiskFull(place="/", needed="1 kB", free="0 B")

    monkeypatch.setattr(noting.drafts, "forget", full)
    with pytest.raises(DiskFull):
        noting.write(db, writing, "Ne pas perdre", clock)
    monkeypatch.undo()
    assert texts(db, where.learner) == []  # all of it or nothing
    noting.adopt(db, where.learner, now=clock)
    assert texts(db, where.learner) == ["Ne pas perdre"]


KILLED = """
import sys
from pathlib import Path
from player.course.manifest import Page
from player.journal.journal import Where
from player.lesson import noting
from player.lesson.spot import Spot
from player.store import database

db = database.connect(Path(sys.argv[1]))
where = Where(sys.argv[2], "cours", 3, "roles")
page = Page(id="roles", title="Les rôles", blob="0" * 64)
writing = noting.begin(db, where, page, Spot(time=3.0))
for count in range(1, 10**6):
    noting.keep(db, writing, "mot " * count)
    print(count, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not Windows'")
def test_killed_while_typing_loses_nothing_that_was_kept(
    db: Database, home: Path, where: Where, clock: Clock
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(home), where.learner],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as typing:
        assert typing.stdout
        kept = 0
        while kept < 20:
            kept = int(typing.stdout.readline())
        typing.send_signal(signal.SIGKILL)
        kept = max([kept, *map(int, typing.stdout.read().split())])
    noting.adopt(db, where.learner, now=clock)
    (note,) = notes.all(db, where.learner)
    assert len(note.text.split()) in (kept, kept + 1)  # one more may have been kept unsaid


# Bookmarks


def test_the_same_key_puts_a_bookmark_and_takes_it_away(
    db: Database, where: Where, clock: Clock
) -> None:
    assert noting.toggle(db, where, PAGE, Spot(time=62.8), clock)
    assert [one.time for one in notes.bookmarks(db, where.learner).values()] == [62.0]
    assert noting.toggle(db, where, PAGE, Spot(time=70.0), clock)
    assert not noting.toggle(db, where, PAGE, Spot(time=61.2), clock)
    assert [one.time for one in notes.bookmarks(db, where.learner).values()] == [70.0]
    assert noting.toggle(db, where, PAGE, Spot(time=62.1), clock)
    assert len(notes.bookmarks(db, where.learner)) == 2


def test_a_page_and_a_whole_activity_are_places_too(
    db: Database, where: Where, clock: Clock
) -> None:
    assert noting.toggle(db, where, PAGE, Spot(page=3), clock)
    assert noting.toggle(db, where, PAGE, Spot(), clock)
    assert not noting.toggle(db, where, PAGE, Spot(page=3), clock)
    (left,) = notes.bookmarks(db, where.learner).values()
    assert (left.time, left.page, left.name) == (None, None, "Les rôles")
    noting.take_away(db, where.learner, left, clock)
    assert notes.bookmarks(db, where.learner) == {}
    noting.put_back(db, where.learner, left, clock)
    assert len(notes.bookmarks(db, where.learner)) == 1


# Links


def test_a_kept_link_waits_once_until_it_is_opened(
    db: Database, where: Where, clock: Clock
) -> None:
    for _ in range(2):
        noting.keep_link(db, where, NAMES, "https://example.org/a", "Un guide", clock)
    clock.forward(seconds=1)
    noting.keep_link(db, where, NAMES, "https://example.org/b", "", clock)
    assert [(one.url, one.title) for one in notes.links(db, where.learner)] == [
        ("https://example.org/a", "Un guide"),
        ("https://example.org/b", ""),
    ]
    other = Where(where.learner, "ailleurs", 1, "page")
    reading.followed(db, other, "https://example.org/a", PAGE, clock)
    assert [one.url for one in notes.links(db, where.learner)] == ["https://example.org/b"]
    noting.let_go(db, where.learner, "https://example.org/b", clock)
    noting.let_go(db, where.learner, "https://example.org/never", clock)
    assert notes.links(db, where.learner) == []
    noting.keep_link(db, where, NAMES, "https://example.org/b", "", clock)
    assert len(notes.links(db, where.learner)) == 1


# Two PCs


@pytest.fixture
def other(tmp_path: Path, learner: str) -> Iterator[Database]:
    """The learner's other PC."""
    home = tmp_path / "other"
    database.prepare(home)
    with closing(database.connect(home)) as connection:
        with connection.atomic():
            connection.execute(
                "INSERT INTO learners (id, name, created_at)"
                " VALUES (?, 'Awa', '2026-01-05T08:00:00Z')",
                [learner],
            )
        yield connection


def bring(one: Database, other: Database, learner: str) -> None:
    """Take all acts of `one` to `other`, as a journal bundle does."""
    with one.atomic():
        for event in events(one):
            one.execute(
                "INSERT OR IGNORE INTO deliveries (seq, event, learner, state)"
                " VALUES (?, ?, ?, 'local')",
                (event.seq, event.id, learner),
            )
    acts = [act for _, act in union.of(one, learner, 0, 10_000)]
    union.take(other, Learner(learner, "Awa"), acts, "a device")


def test_two_pcs_that_wrote_one_note_come_to_the_same(
    db: Database, other: Database, where: Where, clock: Clock
) -> None:
    writing = noted(db, where, clock, "Le début")
    bring(db, other, where.learner)
    noting.write(other, writing, "Sur l’autre PC", clock)
    clock.now -= timedelta(
        days=1
    )  # the first PC's clock is behind, and what it says is later all the same
    noting.write(db, writing, "Ici, une fois", clock)
    noting.write(db, writing, "Ici, deux fois", clock)
    bring(db, other, where.learner)
    bring(other, db, where.learner)
    assert texts(db, where.learner) == texts(other, where.learner) == ["Ici, deux fois"]


ACTS: list[Callable[[int], AnyAct]] = [
    lambda n: Noted(note="a", text=f"text {n}", number=n),
    lambda n: Noted(note="a", text="", number=n),
    lambda n: Noted(note="b", text=f"other {n}", page=2, number=n),
    lambda n: Bookmarked(time=5.0, number=n, kept=n % 2 == 1),
    lambda n: LinkKept(url="https://example.org", number=n, kept=n % 2 == 1),
]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(range(len(ACTS))), st.integers(1, 3)), max_size=6))
def test_in_whatever_order_acts_came_the_same_is_read(
    db: Database, other: Database, made: list[tuple[int, int]]
) -> None:
    learner = str(uuid.uuid4())
    for one in (db, other):
        with one.atomic():
            one.execute("INSERT INTO learners (id, name, created_at) VALUES (?, '', '')", [learner])
    done = [record(db, Where(learner, "c", 1, "x"), ACTS[kind](n)) for kind, n in made]
    with other.atomic():
        for event in reversed(done):
            facts = (event.id, learner, "c", 1, "x", _payload(db, event.seq), event.at, 0.0, "")
            journal.chained(other, facts, event.kind)
    assert _read(db, learner) == _read(other, learner)


def _payload(db: Database, seq: int) -> str:
    return str(db.execute("SELECT payload FROM events WHERE seq = ?", [seq]).fetchone()[0])


def _read(db: Database, learner: str) -> object:
    return notes.all(db, learner), notes.bookmarks(db, learner), notes.links(db, learner)


def test_notes_go_with_the_sealed_journal_and_never_to_the_platform(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What a passphrase seals is tried in test_courier; it takes seconds each time
    monkeypatch.setattr(seal, "sealed_with", lambda data, _: data)
    monkeypatch.setattr(seal, "opened_with", lambda data, *_: data)
    pc, second, stick = Pc(tmp_path / "one", clock, 1), Pc(tmp_path / "two", clock, 2), tmp_path
    pc.do(
        Noted(note="a", text="à revoir", time=75.0, name="Film"),
        Bookmarked(time=3.0),
        LinkKept(url="https://example.org"),
    )
    assert pc.pack(stick) == []  # for the platform there is nothing in it
    (parcel,) = pc.pack_journal()
    (stick / parcel.name).write_bytes(parcel.data)
    for new in (3, 0):
        assert second.bring(stick / parcel.name).new == new  # each once
    with pc.db() as here, second.db() as there:
        assert _read(there, ADA.id) == _read(here, ADA.id)
        assert [one.text for one in notes.all(there, ADA.id)] == ["à revoir"]


def test_a_video_is_a_place_as_well(db: Database, where: Where, clock: Clock) -> None:
    film = Video(id="v", title="Film", duration=60.0, renditions=())
    writing = noting.begin(db, where, film, Spot(time=1.0))
    noting.write(db, writing, "x", clock)
    again = noting.again(notes.all(db, where.learner)[0], where.learner)
    assert (again.id, again.spot, again.where) == (writing.id, Spot(time=1.0), where)
