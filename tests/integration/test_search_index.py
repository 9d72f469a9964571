# SPDX-License-Identifier: Apache-2.0
"""The index: each file read once, cut off anywhere without harm; nothing stays of what is gone."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from power import Killed, Power, power
from searched import slides

from player.errors import DatabaseBusy
from player.search import finding, index, sources
from player.search.places import Place
from player.search.query import understand
from player.search.segments import Segment
from player.store import blobs, database
from player.store.database import Database
from player.store.lock import alone

__all__ = ["power"]


def page(db: Database, home: Path, html: str, activity: str = "a") -> Place:
    """A page that is here."""
    return stored(db, home, html.encode(), "html", "page", activity)


def stored(db: Database, home: Path, data: bytes, reader: str, kind: str, activity: str) -> Place:
    sha256 = hashlib.sha256(data).hexdigest()
    part = home / "part"
    part.write_bytes(data)
    blobs.place(home, {sha256: part})
    blobs.add(db, home, sha256, len(data))
    return Place(f"{reader}:{sha256}", kind, "c", activity, blob=sha256)


def many(count: int, name: str = "many", word: str = "mot") -> Place:
    """A source of so many pieces."""
    texts = tuple(f"{word} numéro x{number}x" for number in range(count))
    return Place(f"links:{name}", "links", "c", "l", texts=texts)


def found(db: Database, places: Iterable[Place], typed: str) -> set[str]:
    """The activities in which it is found."""
    known = index.known(db)
    allowed: dict[int, list[Place]] = {}
    for place in places:
        if place.source in known:
            allowed.setdefault(known[place.source], []).append(place)
    hits, _ = finding.find(db, understand(typed), allowed)
    return {hit.activity for hit in hits}


def rows(db: Database) -> tuple[int, int, int]:
    """How many sources, pieces and texts of words there are."""
    counted = (
        db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - ours
        for table in ("search_sources", "search_pieces", "search_words_docsize")
    )
    return next(counted), next(counted), next(counted)


def is_sound(db: Database) -> bool:
    """Whether FTS5 finds no fault in its own tables."""
    try:
        db.execute("INSERT INTO search_words (search_words) VALUES ('integrity-check')")
    except sqlite3.DatabaseError:
        return False
    return True


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the sources that were read."""
    names: list[str] = []
    read = sources.read

    def told(home: Path, place: Place, alive: Callable[[], None]) -> tuple[Segment, ...] | None:
        names.append(place.source)
        return read(home, place, alive)

    monkeypatch.setattr(sources, "read", told)
    return names


def test_a_file_is_read_once_however_many_have_it(
    db: Database, home: Path, readings: list[str]
) -> None:
    one = page(db, home, "<p>hibiscus</p>")
    places = [one, page(db, home, "<p>hibiscus</p>", "b"), page(db, home, "<p>mil</p>", "c")]
    assert index.lacking(db, places) == 2
    assert index.refresh(db, home, places) == index.Indexed(read=2)
    assert index.refresh(db, home, places) == index.Indexed()
    assert len(readings) == 2
    assert found(db, places, "HIBISCUS") == {"a", "b"}
    assert index.lacking(db, places) == 0


def test_what_is_gone_leaves_and_what_only_may_not_be_found_stays(
    db: Database, home: Path, readings: list[str]
) -> None:
    here, gone, links = page(db, home, "mil"), page(db, home, "riz", "b"), many(3)
    index.refresh(db, home, [here, gone, links])
    blobs.forget(db, home, gone.blob)
    assert index.refresh(db, home, []) == index.Indexed(gone=2)
    assert rows(db) == (1, 1, 1)
    assert is_sound(db)
    assert index.refresh(db, home, [here]) == index.Indexed()
    assert readings.count(here.source) == 1
    assert found(db, [here, gone, links], "riz") == set()
    assert found(db, [here], "mil") == {"a"}


def test_nothing_of_what_may_not_be_asked_is_found(db: Database, home: Path) -> None:
    seen, hidden = page(db, home, "sorgho blanc"), page(db, home, "sorgho rouge", "b")
    index.refresh(db, home, [seen, hidden])
    assert found(db, [seen], "sorgho") == {"a"}
    assert found(db, [seen], "rouge") == set()
    assert found(db, [], "sorgho") == set()


def test_a_power_cut_at_any_step_costs_nothing_but_time(home: Path, power: Power) -> None:
    with closing(database.connect(home)) as db:
        places = [
            page(db, home, "<p>hibiscus</p>"),
            many(2 * index.ROWS + 5),
            stored(db, home, slides("La brouette"), "pdf", "document", "d"),
        ]
        gone = many(index.ROWS + 3, "gone", "parti")
        index.refresh(db, home, [gone])
    step = 0
    while True:
        step += 1
        power.steps, power.goes_at = 0, step
        with closing(database.connect(home)) as db:
            try:
                index.refresh(db, home, places)
            except Killed:
                continue
            break
    assert step > 9
    with closing(database.connect(home)) as db:
        assert found(db, places, "hibiscus") == {"a"}
        assert found(db, places, "brouette") == {"d"}
        assert found(db, places, f"x{2 * index.ROWS + 4}x") == {"l"}
        assert found(db, [gone], "parti") == set()
        assert is_sound(db)
        [sources_, pieces, words] = rows(db)
        assert (sources_, pieces) == (3, words)
        counts = db.execute("SELECT count(*), count(DISTINCT id) FROM search_pieces").fetchone()
        assert counts[0] == counts[1]


def test_whoever_stops_it_finds_what_was_read_and_goes_on_there(
    db: Database, home: Path, readings: list[str]
) -> None:
    class Enough(Exception):
        pass

    def stop(done: int, _total: int) -> None:
        if done == 1:
            raise Enough

    places = [page(db, home, "mil"), page(db, home, "riz", "b")]
    with pytest.raises(Enough):
        index.refresh(db, home, places, stop)
    assert found(db, places, "mil") == {"a"}
    assert found(db, places, "riz") == set()
    assert db.execute("PRAGMA synchronous").fetchone()[0] == 2  # answers wait for the disk again
    index.refresh(db, home, places)
    assert readings == [one.source for one in places]


def test_a_file_at_which_the_program_was_ended_often_is_read_all_the_same(
    db: Database, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(*_: object) -> None:
        raise Killed

    long = stored(db, home, slides("La brouette"), "pdf", "document", "d")
    with monkeypatch.context() as ended:
        ended.setattr(sources, "read", end)
        for _ in range(5):
            with pytest.raises(Killed):
                index.refresh(db, home, [long])
    assert index.refresh(db, home, [long]) == index.Indexed(read=1)
    assert found(db, [long], "brouette") == {"d"}


@pytest.mark.parametrize(
    ("reader", "data"),
    [
        ("pdf", b"no pdf"),
        ("cues", b"no captions"),
        ("cues", b"\xff\xfe\x00"),
        ("quiz", b"{}"),
        ("quiz", b"\x00" * 100),
    ],
)
def test_what_cannot_be_read_is_passed_over_once(
    db: Database, home: Path, reader: str, data: bytes
) -> None:
    bad = stored(db, home, data, reader, "document", "d")
    good = page(db, home, "riz", "b")
    assert index.refresh(db, home, [bad, good]) == index.Indexed(read=1, unreadable=1)
    assert index.refresh(db, home, [bad, good]) == index.Indexed()
    assert found(db, [bad, good], "riz") == {"b"}


def test_a_file_that_is_damaged_on_the_disk_is_read_again_once_it_is_mended(
    db: Database, home: Path
) -> None:
    place = page(db, home, "mil")
    path = blobs.path(home, place.blob)
    path.write_bytes(b"xyz")
    assert index.refresh(db, home, [place]) == index.Indexed(unreadable=1)
    blobs.forget(db, home, place.blob)  # as mending does
    index.refresh(db, home, [])
    assert page(db, home, "mil") == place
    assert index.refresh(db, home, [place]) == index.Indexed(read=1)
    assert found(db, [place], "mil") == {"a"}


def test_other_rules_read_everything_again(
    db: Database, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = page(db, home, "mil")
    index.refresh(db, home, [place])
    monkeypatch.setattr(index, "RULES", "others")
    assert index.known(db) == {}
    assert index.lacking(db, [place]) == 1
    assert index.refresh(db, home, [place]) == index.Indexed(read=1)
    assert found(db, [place], "mil") == {"a"}
    assert rows(db) == (1, 1, 1)


def test_the_index_may_be_thrown_away(db: Database, home: Path) -> None:
    place = page(db, home, "mil")
    index.refresh(db, home, [place])
    index.forget(db)
    assert rows(db) == (0, 0, 0)
    assert found(db, [place], "mil") == set()
    index.refresh(db, home, [place])
    assert found(db, [place], "mil") == {"a"}


def test_an_index_that_is_damaged_is_made_anew(db: Database, home: Path) -> None:
    places = [page(db, home, "mil"), many(2000)]
    index.refresh(db, home, places)

    def spoil() -> None:
        with db.atomic():
            db.execute("DELETE FROM search_words_data WHERE id > 10")

    spoil()
    assert found(db, places, "mil") == set()  # and no word of a damaged database
    assert index.lacking(db, places) == 2
    index.refresh(db, home, places)
    assert found(db, places, "mil") == {"a"}
    spoil()
    index.refresh(db, home, [places[0], page(db, home, "riz", "b")])
    assert found(db, places, "mil") == {"a"}
    assert is_sound(db)


def test_two_programs_on_one_home_do_not_read_at_once(
    db: Database, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "WAIT", 0.0)
    place = page(db, home, "mil")
    with alone(home / "search.lock"), pytest.raises(DatabaseBusy):
        index.refresh(db, home, [place])
    assert index.refresh(db, home, [place]) == index.Indexed(read=1)


def test_texts_that_no_database_takes_are_taken(db: Database, home: Path) -> None:
    place = Place("links:x", "links", "c", "l", texts=("demi \ud83d paire\0zéro", "", "fin"))
    index.refresh(db, home, [place])
    assert found(db, [place], "paire") == {"l"}
    assert found(db, [place], "zero") == {"l"}


def test_somebody_may_write_between_any_two_pieces_of_work(
    db: Database, home: Path, learner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No transaction has more rows than `ROWS`: an answer waits for one of them at the most."""
    sizes: list[int] = []
    real = Database.atomic

    def measured(self: Database) -> object:
        sizes.append(self.conn.total_changes)
        return real(self)

    monkeypatch.setattr(Database, "atomic", measured)
    index.refresh(db, home, [many(5 * index.ROWS)])
    index.refresh(db, home, [])
    sizes.append(db.conn.total_changes)
    per_piece = 6  # rows of FTS5's own tables for each text, at the most
    assert max(b - a for a, b in pairwise(sizes)) <= index.ROWS * per_piece


# What comes first


def test_words_that_stand_near_each_other_and_whole_come_first(db: Database, home: Path) -> None:
    texts = {
        "near": "Ils ont le droit de décider ensemble, dit-elle.",
        "far": "Décider, cela s’apprend. Tout le monde y passe un jour ou l’autre, puis ensemble.",
        "begun": "Décidera-t-on, ensemblement ?",
    }
    places = [page(db, home, html, name) for name, html in texts.items()]
    index.refresh(db, home, places)
    known = index.known(db)
    allowed = {known[one.source]: [one] for one in places}
    hits, _ = finding.find(db, understand("décider ensemble"), allowed)
    assert [hit.activity for hit in hits][:1] == ["near"]
    assert [hit.activity for hit in hits][-1] == "begun"


def test_the_course_one_is_in_comes_first(db: Database, home: Path) -> None:
    places = [page(db, home, f"mil {'mil ' * number}", f"a{number}") for number in range(4)]
    mine = Place(places[0].source, "page", "mine", "m", blob=places[0].blob)
    index.refresh(db, home, places)
    known = index.known(db)
    allowed = {known[one.source]: [one] for one in places[1:]} | {known[mine.source]: [mine]}
    assert finding.find(db, understand("mil"), allowed, "mine")[0][0].activity == "m"
    assert finding.find(db, understand("mil"), allowed, "c")[0][0].course == "c"


def test_a_text_that_says_it_often_leaves_room_for_others(db: Database, home: Path) -> None:
    places = [many(50, word="mil"), page(db, home, "du mil", "b")]
    index.refresh(db, home, places)
    known = index.known(db)
    hits, _ = finding.find(db, understand("mil"), {known[one.source]: [one] for one in places})
    assert [hit.activity for hit in hits].count("l") == finding.AT_ONCE
    assert "b" in [hit.activity for hit in hits]


def test_a_snippet_shows_what_was_asked_for(db: Database, home: Path) -> None:
    text = "avant " * 60 + "la Brouette-Rouge du jardin " + "apres " * 60
    place = page(db, home, f"<p>{text}</p>")
    index.refresh(db, home, [place])
    known = index.known(db)
    [hit], _ = finding.find(db, understand("brouette rouge"), {known[place.source]: [place]})
    assert len(hit.text) <= finding.SNIPPET + 4
    assert hit.text.startswith("… ")
    assert hit.text.endswith(" …")
    assert " ".join(hit.text[start:end] for start, end in hit.marks) == "Brouette Rouge"
    assert hit.words.startswith("Brouette")
    assert hit.words in text


@pytest.mark.parametrize(
    "how", ["DELETE FROM search_words_config", "DELETE FROM search_words_data"]
)
def test_an_index_that_cannot_even_be_opened_is_made_anew(
    db: Database, home: Path, how: str
) -> None:
    places = [page(db, home, "mil")]
    index.refresh(db, home, places)
    with db.atomic():
        db.execute(how)
    anew = database.connect(home)
    with closing(anew.conn):
        assert found(anew, places, "mil") == set()
        assert index.lacking(anew, places) == 1
        index.refresh(anew, home, places)
        assert found(anew, places, "mil") == {"a"}
        assert is_sound(anew)


@pytest.mark.parametrize(
    ("table", "column", "left"),
    [("pieces", "text", set()), ("pieces", "seconds", {"a"}), ("sources", "name", set())],
)
def test_letters_that_rotted_stop_no_search(
    db: Database, home: Path, table: str, column: str, left: set[str]
) -> None:
    places = [page(db, home, "mil")]
    index.refresh(db, home, places)
    with db.atomic():
        db.execute(f"UPDATE search_{table} SET {column} = CAST(x'5bff' AS TEXT)")  # noqa: S608
    assert found(db, places, "mil") == left
    index.refresh(db, home, places)
    assert found(db, places, "mil") == (left or ({"a"} if table == "sources" else set()))
