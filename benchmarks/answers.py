# SPDX-License-Identifier: Apache-2.0
"""What an answer costs: recording it until it is on the disk, keeping a draft, marking.

Answers are recorded one after another by `Attempt.answer`, as the window does, in a home of its
own on the disk that holds the working folder (or `--home`); each returns when its fsync did. A
memory file system would make that too good: `/dev/shm` is refused.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import quantiles

from player.course import interactions as the
from player.course.manifest import Quiz
from player.course.quiz import Question
from player.journal import learners
from player.journal.journal import Where
from player.lesson.answers import Answer
from player.lesson.attempt import begin_or_resume
from player.lesson.grading import grade
from player.store import database
from player.store.database import Database

_THINGS = tuple(the.Item(f"s{n}", f"Thing {n}") for n in range(6))
_PLACES = tuple(the.Item(f"t{n}", f"Place {n}") for n in range(6))
_AREAS = tuple(the.Area(f"t{n}", "rect", (20 * n, 0, 20 * n + 9, 9)) for n in range(6))
_PAIRS = tuple(the.Pair(f"s{n}", f"t{n}") for n in range(6))
_CHOICES = tuple(the.Choice(f"c{n}", f"Choice {n}", 0.5 if n < 2 else -0.5) for n in range(6))
_TEXT = the.TextInteraction("r", (the.TextAnswer("the cap*l of Senegal"), the.TextAnswer("Dakar")))
_NUMBER = the.NumberInteraction("r", (the.NumberAnswer(9.8, 9.82),), unit="m/s²")
_MADE = [f"s{n} t{(n + n // 4) % 6}" for n in range(6)]

EVERY_KIND: dict[str, tuple[the.Interaction, Answer]] = {
    "choice": (the.ChoiceInteraction("r", _CHOICES, multiple=True), ["c0", "c3"]),
    "text": (_TEXT, "The capital of Senegal"),
    "number": (_NUMBER, "9,81 m/s²"),
    "formula": (
        the.FormulaInteraction(
            "r", (the.FormulaAnswer("a*b+sqrt(a)"),), (the.Free("a"), the.Free("b"))
        ),
        "2 + b*a",
    ),
    "cloze": (
        the.ClozeInteraction(
            "r",
            "{{g}} {{h}}",
            (
                the.TextInteraction("g", (the.TextAnswer("Dakar"),)),
                the.NumberInteraction("h", (the.NumberAnswer(9.8, 9.82),)),
            ),
        ),
        ["g dakar", "h 9.9"],
    ),
    "match": (the.MatchInteraction("r", _THINGS, _PLACES, _PAIRS), _MADE),
    "order": (
        the.OrderInteraction("r", _THINGS, tuple(one.id for one in _THINGS), scoring="pairs"),
        ["s1", "s0", "s2", "s3", "s5", "s4"],
    ),
    "hotspot": (the.HotspotInteraction("r", "a.png", 200, 10, _AREAS, 3), ["4 4", "64 4", "55 5"]),
    "image-drag": (
        the.ImageDragInteraction("r", "a.png", 200, 10, _THINGS, _AREAS, _PAIRS, default=-1),
        _MADE,
    ),
    "freetext": (the.FreeTextInteraction("r", scoring="completion", least_words=20), "word " * 80),
    "upload": (the.UploadInteraction("r", scoring="completion"), ["0" * 64 + " 12 a.pdf"]),
    "survey": (the.SurveyInteraction("r", _THINGS, _PLACES, "completion"), _MADE),
}


def questions() -> tuple[Question, ...]:
    """One of each kind."""
    return tuple(
        Question(kind, kind, f"<p>{kind}</p>", (asked,)) for kind, (asked, _) in EVERY_KIND.items()
    )


def marking(count: int) -> dict[str, float]:
    """Seconds for `count` answers of each kind, by kind."""
    asked = {one.id: one for one in questions()}
    return {
        kind: _seconds(lambda: [grade(asked[kind], {"r": given}) for _ in range(count)])  # noqa: B023
        for kind, (_, given) in EVERY_KIND.items()
    }


def recording(home: Path, count: int) -> dict[str, list[float]]:
    """Seconds of each of `count` answers, and of as many drafts, in a fresh home."""
    database.prepare(home)
    with closing(database.connect(home)) as db:
        where = Where(_learner(db), "course", 1, "quiz")
        quiz = Quiz(id="quiz", title="Quiz", blob="0" * 64, questions=len(EVERY_KIND))
        attempt = begin_or_resume(db, where, quiz, questions())
        if attempt is None:
            raise RuntimeError("a quiz without a limit has always one more attempt")
        taken: dict[str, list[float]] = {"draft": [], "answer": []}
        for number in range(count):
            question = attempt.questions[number % len(EVERY_KIND)]
            given = {"r": EVERY_KIND[question.id][1]}
            typed = {"r": f"{number}"}
            taken["draft"].append(_seconds(lambda: attempt.keep(question, typed)))  # noqa: B023
            taken["answer"].append(_seconds(lambda: attempt.answer(question.id, given)))  # noqa: B023
    return taken


def _learner(db: Database) -> str:
    with db.atomic():
        return learners.add(db, "Awa").id


def _seconds(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=2000, help="how many are recorded")
    parser.add_argument("--home", type=Path, default=Path.cwd(), help="on which disk")
    chosen = parser.parse_args()
    if chosen.home.resolve().is_relative_to("/dev/shm"):  # noqa: S108 - refused, not used
        parser.error("a memory file system waits for no disk")
    with tempfile.TemporaryDirectory(dir=chosen.home) as folder:
        for name, taken in recording(Path(folder) / "home", chosen.answers).items():
            cuts = [1000 * one for one in quantiles(taken, n=100)]
            print(
                f"{name:<8}{len(taken):>7} times, p50 {cuts[49]:.2f}, p99 {cuts[98]:.2f},"
                f" at most {1000 * max(taken):.2f} ms"
            )
    each = 10_000 // len(EVERY_KIND) + 1
    spent = marking(each)
    total = each * len(spent)
    print(f"marking {total:>6} answers in {sum(spent.values()):.2f} s")
    for kind, seconds in sorted(spent.items(), key=lambda one: -one[1]):
        print(f"  {kind:<12}{1e6 * seconds / each:8.1f} µs each")


if __name__ == "__main__":
    main()
