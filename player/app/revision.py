# SPDX-License-Identifier: Apache-2.0
"""Revision: what is due over all courses, one question after another, a few minutes a day."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from player.clock import Now
from player.course.manifest import AnyActivity, Exam, Manifest, Quiz
from player.course.quiz import Question, decode_quiz
from player.errors import ContentProblem, PlayerError
from player.journal.events import PutIn, Reviewed, SetAside
from player.journal.journal import Where, new_id, record
from player.journal.learners import Learner
from player.lesson import attempt
from player.lesson.deeds import book
from player.lesson.drawing import filled
from player.lesson.grading import Given, Marked, counts, grade
from player.lesson.naming import named
from player.lesson.revision import IN_PART, KNOWN, Book, Key, rated
from player.settings import Settings
from player.store import blobs, spoken
from player.store.database import Database

EASY = 4
AWAY = 120.0  # seconds: whoever takes longer was away from the question
PACE = 30.0  # seconds that an answer takes, until the learner's own are known
QUICK = 10.0  # seconds: a right answer that took no longer is easy, if that is quick for them


@dataclass(frozen=True, slots=True)
class CourseDue:
    """Of one course: how many questions come again, how many are due, when the next one is."""

    course: str
    title: str
    total: int
    due: int
    following: datetime | None


@dataclass(frozen=True, slots=True)
class Due:
    """What there is to revise. `today` of `due` questions fit into what is left of the day's time.

    `minutes` is how long these take. `is_enough`: the day's time is over, or all was answered.
    `following` is when the next question is due that is not today, None where there is none;
    `waiting` are those of courses that are not on this PC.
    """

    total: int = 0
    due: int = 0
    today: int = 0
    minutes: int = 0
    is_enough: bool = False
    following: datetime | None = None
    waiting: int = 0
    courses: tuple[CourseDue, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that is asked now, its variables filled in for this time (`attempt`)."""

    manifest: Manifest
    activity: Quiz
    question: Question
    attempt: str
    where: Where

    @property
    def key(self) -> Key:
        """What names the question."""
        return self.where.course, self.where.activity, self.question.id


@dataclass
class Revision:
    """The revision of one home: it keeps what it read of the courses. Any thread may ask."""

    home: Path
    db: Callable[[], Database]
    learner: Callable[[], Learner | None]
    settings: Callable[[], Settings]
    now: Now
    _blobs: dict[str, Mapping[str, Question]] = field(default_factory=dict)  # what can be asked
    _courses: dict[str, Manifest | None] = field(default_factory=dict)
    _askable: dict[tuple[str, str], Mapping[str, Question]] = field(default_factory=dict)
    _sign: object = None
    _due: tuple[object, Due] | None = None
    _lock: threading.RLock = field(default_factory=threading.RLock)  # for all that is kept

    # What is due

    def due(self) -> Due:
        """What there is to revise; nothing where the learner wants no revision."""
        learner = self.learner()
        if learner is None or not self.settings().revise:
            return Due()
        with self._lock:
            sign = (self._look(), self.now().date())
            if self._due is None or self._due[0] != sign:
                self._due = sign, self._count(*book(self.db(), learner.id, self.now))
            return self._due[1]

    def _count(self, read: Book, now: float) -> Due:
        today = read.today(now)
        cards = {key: card.due for key, card in read.cards.items() if card.is_in}
        here = {key: due for key, due in cards.items() if self._question(key) is not None}
        gone = sum(self._course(name) is None for name, _, _ in cards)
        due = sum(day <= today for day in here.values())
        pace = _pace(read)
        left = self.settings().revision_minutes * 60 - read.spent_on(now)
        fit = min(due, math.ceil(left / max(pace, 1.0))) if left > 0 else 0
        later = [day for day in here.values() if day > today]
        return Due(
            total=len(here),
            due=due,
            today=fit,
            minutes=math.ceil(fit * pace / 60),
            is_enough=left <= 0 or (not due and read.spent_on(now) > 0),
            following=self._date(later, today),
            waiting=gone,
            courses=tuple(self._by_course(here, today)),
        )

    def _by_course(self, here: dict[Key, int], today: int) -> Iterator[CourseDue]:
        for name in dict.fromkeys(course for course, _, _ in here):
            days = [day for key, day in here.items() if key[0] == name]
            later = [day for day in days if day > today]
            manifest = self._course(name)
            yield CourseDue(
                name,
                manifest.title if manifest else name,
                len(days),
                len(days) - len(later),
                self._date(later, today),
            )

    def _date(self, days: list[int], today: int) -> datetime | None:
        """The date of the first of some days of the schedule, as the clock on the wall has it."""
        return self.now() + timedelta(days=min(days) - today) if days else None

    # One question after another

    def ask(self, but: Iterable[Key] = (), *, on: bool = False) -> Asked | None:
        """Return the question to ask now; None where it is enough for today, or nothing is due.

        The longest due comes first. `but` are not asked; `on`: the day's time does not count.
        """
        learner = self.learner()
        if learner is None or not self.settings().revise:
            return None
        read, now = book(self.db(), learner.id, self.now)
        if not on and read.spent_on(now) >= self.settings().revision_minutes * 60:
            return None
        today, left_out = read.today(now), set(but)
        due = [
            (card.due, key)
            for key, card in read.cards.items()
            if card.is_in and card.due <= today and key not in left_out
        ]
        with self._lock:
            self._look()
            return next((found for _, key in sorted(due) if (found := self._asked(key))), None)

    def answer(self, asked: Asked, given: Given, seconds: float, *, helped: bool = False) -> Marked:
        """Record how well it was known, and return the mark. Where it has `unread`, nothing was.

        `helped`: a hint was looked at.

        Raises:
            DiskFull, DatabaseBusy, NotWritable: nothing was recorded.
        """
        mark = grade(asked.question, given)
        if not mark.unread:
            self._rate(asked, self._rating(mark, seconds, helped=helped), seconds)
        return mark

    def say_hard(self, asked: Asked, seconds: float) -> None:
        """The learner says of a right answer that it was hard. Raises as `answer`."""
        self._rate(asked, IN_PART, seconds)

    def _rating(self, mark: Marked, seconds: float, *, helped: bool) -> int:
        found = rated(mark.score, success=mark.success, first=not helped)
        learner = self.learner()
        if found < KNOWN or learner is None:
            return found
        read, _ = book(self.db(), learner.id, self.now)
        pace = _pace(read)
        return EASY if seconds <= min(QUICK, pace / 2) else KNOWN

    def _rate(self, asked: Asked, rating: int, seconds: float) -> None:
        act = Reviewed(
            **named(self.db(), asked.where, asked.activity),
            question=asked.question.id,
            rating=rating,
            attempt=asked.attempt,
            seconds=min(max(seconds, 0.0), AWAY),
        )
        record(self.db(), asked.where, act, self.now)

    # What comes in, and what goes out

    def put_in(self, where: Where, activity: AnyActivity, question: str) -> None:
        """Have a question come again, today for the first time. Raises as `answer`."""
        act = PutIn(**named(self.db(), where, activity), question=question)
        record(self.db(), where, act, self.now)

    def take_out(self, where: Where, activity: AnyActivity, question: str) -> None:
        """Have a question come no more. Raises as `answer`."""
        act = SetAside(**named(self.db(), where, activity), question=question)
        record(self.db(), where, act, self.now)

    def take_all_out(self, course: str) -> None:
        """Have no question of a course come again that does until now. Raises as `answer`."""
        learner = self.learner()
        with self._lock:
            manifest = self._course(course)
        if learner and manifest:
            where = Where(learner.id, course, manifest.version)
            act = SetAside(name=manifest.title, language=manifest.language)
            record(self.db(), where, act, self.now)

    def is_in(self, where: Where, question: str) -> bool:
        """Whether a question comes again."""
        read, _ = book(self.db(), where.learner, self.now)
        card = read.cards.get((where.course, where.activity, question))
        return card is not None and card.is_in

    # What can be asked

    def _asked(self, key: Key) -> Asked | None:
        question, learner, manifest = self._question(key), self.learner(), self._course(key[0])
        activity = manifest.find(key[1]) if manifest else None
        if question is None or learner is None or manifest is None:
            return None
        if not isinstance(activity, Quiz):
            return None
        seed = new_id()
        where = Where(learner.id, manifest.id, manifest.version, activity.id)
        return Asked(manifest, activity, filled(question, seed), seed, where)

    def _question(self, key: Key) -> Question | None:
        """A question as the course on this PC has it; None where it cannot be asked."""
        place = key[:2]
        if place not in self._askable:
            self._askable[place] = self._read(*place)
        return self._askable[place].get(key[2])

    def _read(self, course: str, activity: str) -> Mapping[str, Question]:
        manifest = self._course(course)
        found = manifest.find(activity) if manifest else None
        if not isinstance(found, Quiz) or not self._may_show(course, found):
            return {}
        if found.blob not in self._blobs:
            try:
                questions = decode_quiz(blobs.read(self.home, found.blob, found.title))
            except PlayerError:  # its files are gone, or bad: its questions wait
                return {}
            self._blobs[found.blob] = {one.id: one for one in questions if counts(one)}
        return self._blobs[found.blob]

    def _may_show(self, course: str, activity: Quiz) -> bool:
        """Practice whose keys are here, and an exam once nobody can sit it any more."""
        learner = self.learner()
        if activity.marking or type(activity) not in (Quiz, Exam) or learner is None:
            return False
        if type(activity) is Quiz:
            return True
        where = Where(learner.id, course, 0, activity.id)
        return (
            bool(attempt.history(self.db(), where))
            and attempt.unfinished(self.db(), where) is None
            and not attempt.attempts_left(self.db(), where, activity)
        )

    def _course(self, course: str) -> Manifest | None:
        if course not in self._courses:
            try:
                self._courses[course] = spoken.course(self.db(), course)
            except ContentProblem:  # of a newer Cartable, say: it is as good as not here
                self._courses[course] = None
        return self._courses[course]

    def _look(self) -> tuple[object, ...]:
        """What all that is kept hangs on; where that changed, courses are looked at again."""
        db = self.db()
        here = db.execute("SELECT id, version FROM current_courses ORDER BY id").fetchall()
        last = db.execute("SELECT max(seq) FROM events").fetchone()
        sign = (tuple(here), last, self.settings())
        if sign != self._sign:
            self._sign = sign
            self._courses.clear()
            self._askable.clear()
        return sign


def _pace(read: Book) -> float:
    """Seconds that an answer takes this learner."""
    return read.pace / read.answers if read.answers else PACE
