# SPDX-License-Identifier: Apache-2.0
"""What it takes to see what is due, with years of revision in the journal.

    .venv/bin/python benchmarks/revision.py --cards 5000 --reviews 50000

The journal is filled as the player fills it; the courses are not on the disk of this measurement,
but for their manifests and questions, which are read as the page reads them.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from player import app
from player.app import Services
from player.course.interactions import Choice, ChoiceInteraction
from player.course.manifest import Blob, Licence, Manifest, Quiz, Section, Sequence
from player.course.quiz import Question, Questions
from player.journal.events import Answered, AnyAct, Reviewed
from player.journal.journal import Where, chained, new_id
from player.store import blobs
from player.store.database import Database

START = datetime(2025, 1, 1, 8, tzinfo=UTC)
QUIZZES = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=5000)
    parser.add_argument("--reviews", type=int, default=50_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, clock = Path(folder), [START + timedelta(days=400)]
        services = app.build(home, lambda _: None, None, lambda: clock[0])
        learner = services.introduce("Awa").id
        make_course(services.db, home, chosen.cards)
        fill(services.db, learner, chosen.cards, chosen.reviews)
        services.close_thread()
        for name in ("the first time", "the next time", "and the next"):
            measure(app.build(home, lambda _: None, None, lambda: clock[0]), name)


def measure(services: Services, name: str) -> None:
    """One start of the program."""
    revision = services.revision
    say(f"what is due, {name}", revision.due)
    say("  the same, asked again", revision.due)
    say("  the question to ask", revision.ask)
    asked = revision.ask()
    assert asked is not None
    say("  its answer, fsync included", lambda: revision.answer(asked, {}, 9.0))
    say("  what is due after it", revision.due)
    print(f"  {revision.due().due} due of {revision.due().total}")
    services.close_thread()


def say(what: str, do: Callable[[], object]) -> None:
    started = time.perf_counter()
    do()
    print(f"{what:32} {(time.perf_counter() - started) * 1000:8.1f} ms")


def make_course(db: Database, home: Path, cards: int) -> None:
    """One course with a hundred quizzes, all of it here."""
    quizzes = []
    for number in range(QUIZZES):
        ids = [str(card) for card in range(number, cards, QUIZZES)]
        quizzes.append(
            Quiz(id=f"q{number}", title="Quiz", blob=quiz(home, ids), questions=len(ids))
        )
    sequence = Sequence(id="sq", title="S", activities=tuple(quizzes))
    made = Manifest(
        format="cartable/1",
        kind="course",
        id="c",
        version=1,
        title="Course",
        language="en",
        summary="",
        authors=(),
        licence=Licence(id="CC0-1.0"),
        issued="2026-01-01T00:00:00Z",
        sections=(Section(id="s", title="S", sequences=(sequence,)),),
        blobs={one.blob: Blob(size=1, type="application/json") for one in quizzes},
    )
    row = {
        "id": "c",
        "version": 1,
        "title": "Course",
        "language": "en",
        "summary": "",
        "activities": QUIZZES,
        "repository": "",
        "trust": "trusted",
        "manifest": msgspec.json.encode(made),
    }
    with db.atomic():
        columns = {one.name for one in db["courses"].columns}
        extra = {"stage": "current", "added_at": "2026-01-01T00:00:00Z"}
        db["courses"].insert({k: v for k, v in (row | extra).items() if k in columns})


def quiz(home: Path, ids: list[str]) -> str:
    choices = (Choice(id="a", text="Yes", fraction=1), Choice(id="b", text="No"))
    asked = tuple(
        Question(
            id=name,
            title=name,
            body=f"<p>{'Words of the question. ' * 8}</p>",
            interactions=(ChoiceInteraction(id="i", choices=choices),),
        )
        for name in ids
    )
    data = msgspec.json.encode(Questions(format="cartable/1", kind="quiz", questions=asked))
    sha256 = hashlib.sha256(data).hexdigest()
    path = blobs.path(home, sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return sha256


def fill(db: Database, learner: str, cards: int, reviews: int) -> None:
    """Each question missed once, then revised over a year."""
    chance = random.Random(7)
    with db.atomic():
        for card in range(cards):
            act = Answered(
                attempt=f"a{card % QUIZZES}",
                question=str(card),
                title="Q",
                interaction="choice",
                response="b",
                given={"i": ["b"]},
                choices={"a": "Yes", "b": "No"},
                score=0.0,
                success=False,
            )
            put(db, learner, card, act, START + timedelta(seconds=card))
        for number in range(reviews):
            card = number % cards
            rating = chance.choice([1, 2, 3, 3, 3, 3, 4])
            act = Reviewed(question=str(card), rating=rating, attempt=f"r{number}", seconds=12)
            at = START + timedelta(days=1 + 390 * number / reviews)
            put(db, learner, card, act, at)


def put(db: Database, learner: str, card: int, act: AnyAct, at: datetime) -> None:
    where = Where(learner, "c", 1, f"q{card % QUIZZES}")
    payload = msgspec.json.encode(act).decode()
    stamp = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    facts = (new_id(), learner, "c", 1, where.activity, payload, stamp, 0.0, "")
    chained(db, facts, str(act.__struct_config__.tag))


if __name__ == "__main__":
    main()
