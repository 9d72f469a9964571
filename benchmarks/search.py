# SPDX-License-Identifier: Apache-2.0
"""What finding words costs: 100,000 segments in French, English and Arabic.

    python benchmarks/search.py                    # a minute
    python benchmarks/search.py --segments 10000   # the same, smaller
    python benchmarks/search.py --designs          # the index alone, in ways that we did not take

Sentences of a made-up but fixed vocabulary, whose words are as frequent as those of a language are
(Zipf), stand for 500 transcripts of 200 sentences. They are read into the index as the program does
it, in small transactions; meanwhile another connection records answers and is timed. Then questions
are typed letter by letter and each is answered whole, words weighed and snippets cut. Beside it the
same questions by `LIKE` over the same rows, which knows neither accents nor order.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import accumulate
from pathlib import Path

from player import app
from player.journal import journal
from player.journal.events import Opened
from player.journal.journal import Where
from player.search import finding, index
from player.search.folding import tokens
from player.search.places import Place
from player.search.query import understand
from player.store import database
from player.store.database import Database

EACH = 200  # segments of one source
DESIGNS: dict[str, tuple[str, Callable[[str], str]]] = {
    "as it is": ("content='', prefix='2 3', tokenize='ascii'", tokens),
    "without prefix indexes": ("content='', tokenize='ascii'", tokens),
    "with its content": ("prefix='2 3', tokenize='ascii'", tokens),
    "trigrams of folded text": ("content='', tokenize='trigram'", tokens),
    "unicode61, nothing folded": (
        "content='', prefix='2 3', tokenize='unicode61 remove_diacritics 2'",
        str,
    ),
}
LETTERS = {
    "fr": ("b c ch d f g j l m n p r s t v", "a e é è ê i o ou u au ai on en"),
    "en": ("b c d f g h k l m n p r s t th w", "a e i o u ea oo ou er in"),
    "ar": ("ب ت ج ح د ر س ش ع ف ق ك ل م ن ه ي", "ا و ي َ ُ ِ ة"),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--segments", type=int, default=100_000)
    parser.add_argument("--designs", action="store_true", help="compare ways to make the index")
    chosen = parser.parse_args()
    count = chosen.segments
    if chosen.designs:
        _compare(*_made(count))
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        services = app.build(home)
        learner = services.introduce("Awa").id
        places, asked = _made(count)
        _build(services.db, home, places, learner)
        _ask(services.db, places, asked)
        services.close_thread()


def _compare(places: list[Place], asked: list[str]) -> None:
    """Decision 0030: size, time and questions of each design, over the same texts."""
    texts = [text for place in places for text in place.texts]
    for name, (options, read) in DESIGNS.items():
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "x.db"
            with closing(sqlite3.connect(file)) as db:
                db.execute(f"CREATE VIRTUAL TABLE w USING fts5(words, {options})")
                start = time.perf_counter()
                rows = [(number, read(text)) for number, text in enumerate(texts, 1)]
                db.executemany("INSERT INTO w (rowid, words) VALUES (?, ?)", rows)
                db.commit()
                took = time.perf_counter() - start
                late = _asked_of(db, asked, whole="trigram" not in options)
            share = file.stat().st_size / sum(len(text.encode()) for text in texts)
        print(f"{name:<28} built in {took:4.1f} s, {share:.2f} times the text; {_spread(late)}")


def _asked_of(db: sqlite3.Connection, asked: list[str], *, whole: bool) -> list[float]:
    """Milliseconds of each question, from its third letter on; for trigrams as substrings."""
    late = []
    for words in asked[:60]:
        for end in range(3, len(words) + 1):
            query = understand(words[:end])
            expression = query.expression
            if not whole:
                parts = [" ".join(piece.words) for piece in query.pieces]
                expression = " AND ".join(f'"{part}"' for part in parts if len(part) > 2)
            if expression:
                start = time.perf_counter()
                sql = "SELECT rowid FROM w WHERE w MATCH ? ORDER BY rank LIMIT 121"
                db.execute(sql, [expression]).fetchall()
                late.append(1000 * (time.perf_counter() - start))
    return late


def _made(count: int) -> tuple[list[Place], list[str]]:
    """The sources, and what is looked for in them."""
    chance = random.Random(30)
    languages = {
        name: _words(chance, consonants.split(), vowels.split())
        for name, (consonants, vowels) in LETTERS.items()
    }
    places, asked = [], []
    for number in range(max(3, count // EACH)):
        name = list(languages)[number % 3]
        words, weights = languages[name]
        texts = tuple(
            " ".join(chance.choices(words, cum_weights=weights, k=chance.randint(8, 20))) + "."
            for _ in range(EACH)
        )
        places.append(Place(f"made:{number}", "said", "course", f"video-{number}", texts=texts))
        asked += [" ".join(texts[7].split()[:2]), texts[11].split()[3]] if number < 60 else []
    return places, asked


def _words(
    chance: random.Random, consonants: Sequence[str], vowels: Sequence[str]
) -> tuple[list[str], list[float]]:
    """30,000 words and how often each is said, added up."""
    made: dict[str, None] = {}
    while len(made) < 30_000:
        parts = chance.choice((1, 2, 2, 3, 3, 4))
        made["".join(chance.choice(consonants) + chance.choice(vowels) for _ in range(parts))] = (
            None
        )
    return list(made), list(accumulate(1 / (rank + 2) for rank in range(len(made))))


def _build(db: Database, home: Path, places: list[Place], learner: str) -> None:
    """Read all of it, while somebody learns."""
    late: list[float] = []
    done = threading.Event()
    alone = _answers(home, learner, [], count=50)
    somebody = threading.Thread(target=_answers, args=(home, learner, late), kwargs={"until": done})
    size = _size(home)
    somebody.start()
    start = time.perf_counter()
    index.refresh(db, home, places)
    took = time.perf_counter() - start
    done.set()
    somebody.join()
    count = sum(len(place.texts) for place in places)
    text = sum(len(one.encode()) for place in places for one in place.texts)
    print(f"{count} segments, {text / 1e6:.1f} MB of text, in {len(places)} sources")
    print(f"built in {took:.1f} s: {1000 * took / count * 1000:.0f} ms per 1,000 segments")
    grown = _size(home) - size
    print(f"{grown / 1e6:.1f} MB on the disk: {grown / text:.2f} times the text, which is in it")
    print(f"an answer recorded meanwhile: {_spread(late)}")
    print(f"an answer recorded alone:     {_spread(alone)}")
    start = time.perf_counter()
    index.refresh(db, home, places)
    print(f"looking again whether anything is new: {1000 * (time.perf_counter() - start):.0f} ms")


def _answers(
    home: Path,
    learner: str,
    took: list[float],
    count: int = 10**9,
    until: threading.Event | None = None,
) -> list[float]:
    """Record acts, one each 50 ms; how long each took, in milliseconds."""
    services = app.build(home)
    with closing(database.connect(home)) as db:
        for _ in range(count):
            if until and until.is_set():
                break
            start = time.perf_counter()
            where = Where(learner, "course", 1, "video-1")
            journal.record(db, where, Opened(name="x", type="video"), services.now)
            took.append(1000 * (time.perf_counter() - start))
            time.sleep(0.05)
    return took


def _size(home: Path) -> int:
    with closing(database.connect(home)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages, each = (
            db.execute(f"PRAGMA {one}").fetchone()[0] for one in ("page_count", "page_size")
        )
    return int(pages * each)


def _ask(db: Database, places: list[Place], asked: list[str]) -> None:
    """Type each question letter by letter."""
    by_name = {place.source: place for place in places}
    allowed = {number: [by_name[name]] for name, number in index.known(db).items()}
    ours: list[float] = []
    theirs: list[float] = []
    for words in asked:
        for end in range(2, len(words) + 1):
            typed = words[:end]
            start = time.perf_counter()
            query = understand(typed)
            if not query.is_brief:
                finding.find(db, query, allowed)
            ours.append(1000 * (time.perf_counter() - start))
        start = time.perf_counter()
        like = " AND ".join("text LIKE ?" for _ in words.split())
        given = [f"%{one}%" for one in words.split()]
        db.execute(f"SELECT id FROM search_pieces WHERE {like}", given).fetchall()  # noqa: S608
        theirs.append(1000 * (time.perf_counter() - start))
    print(f"{len(ours)} questions, as {len(asked)} were typed: {_spread(ours)}")
    print(f"by LIKE, each once it was typed: {_spread(theirs)}")
    ratio = statistics.median(theirs) / statistics.median(ours)
    worst = max(theirs) / max(ours)
    print(f"LIKE takes {ratio:.1f} times as long in the median, {worst:.1f} times at most")


def _spread(took: list[float]) -> str:
    ordered = sorted(took)
    p50, p95 = (ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.95))
    return f"p50 {p50:.1f}, p95 {p95:.1f}, at most {ordered[-1]:.1f} ms ({len(ordered)})"


if __name__ == "__main__":
    main()
