# SPDX-License-Identifier: Apache-2.0
"""One attempt at a quiz or an exam: asked in a fixed order, kept through a power cut, marked.

An attempt is nothing but its acts in the journal: `Begun`, one `Answered` for each answer given,
`Finished`. Opening the activity again finds them and goes on, with what was typed since (`drafts`).
Where the questions were changed meanwhile, answers to those that are gone are left alone, and an
answer keeps the mark that it got.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from player.clock import Now
from player.course.answer_key import SHOWN
from player.course.interactions import (
    Area,
    Choice,
    Item,
)
from player.course.manifest import Exam, Quiz, Survey, Work
from player.course.quiz import Question
from player.errors import HandedIn, TimeIsUp
from player.journal.events import (
    Answered,
    AnyAct,
    Begun,
    Completed,
    Finished,
    Hinted,
    Remark,
)
from player.journal.journal import Where, new_id, record, record_all
from player.journal.progress import is_completed
from player.lesson import drafts
from player.lesson.answers import is_blank
from player.lesson.attempts import Past, acts_of, attempts_left, ending, held, history, unfinished
from player.lesson.drawing import Mixed, drawn, laid_out, shuffled
from player.lesson.grading import Given, Marked, grade, is_marked, points_of
from player.lesson.naming import named, type_of
from player.lesson.policy import after_tries, passes
from player.lesson.record import GRACE
from player.lesson.saying import response
from player.lesson.timed import ExamTime
from player.store.database import Database, translated
from player.store.versions import is_as_then

__all__ = ["Attempt", "Past", "attempts_left", "begin_or_resume", "history", "is_deferred"]
__all__ += ["look_back", "unfinished"]

T = TypeVar("T", Choice, Item, Area)
_SHOWN_IN = "kind IN ('begun', 'answered') AND payload ->> '$.attempt' = ?"


def is_deferred(activity: Quiz) -> bool:
    """Whether answers may be changed until the whole is handed in, and are marked after that."""
    return isinstance(activity, Exam | Work | Survey) or bool(activity.marking)


def begin_or_resume(
    db: Database,
    where: Where,
    activity: Quiz,
    questions: Sequence[Question],
    now: Now = lambda: datetime.now(UTC),
) -> Attempt | None:
    """Return the attempt that was not finished, or a new one; None when all are used up.

    One whose time is up is handed in, and has a result.

    Raises:
        DiskFull, DatabaseBusy, NotWritable: see `player.journal.journal.record`.
    """
    with translated(db.path), db.atomic():
        begun = unfinished(db, where)
        if begun is None:
            if attempts_left(db, where, activity) == 0:
                return None
            begun = Begun(
                **named(db, where, activity),
                type=type_of(activity),
                attempt=new_id(),
                number=1 + len(list(acts_of(db, where, "kind = 'begun'"))),
                questions=_shown(activity),
            )
            record(db, where, begun, now)
    found = Attempt(db, where, activity, questions, begun, now)
    if found.time and found.time.is_up:
        found.finish()  # it ran out while it was closed
    return found


def look_back(
    db: Database, where: Where, activity: Quiz, questions: Sequence[Question], past: Past
) -> Attempt:
    """Return a finished attempt with its answers and marks, to be read again.

    Where the course now asks other questions at the end of which they are marked, only those that
    were answered are in it: the learner was not asked the others, and may yet be.
    """
    begun = Begun(type=type_of(activity), attempt=past.attempt, number=past.number)
    if is_deferred(activity):
        acts = list(acts_of(db, where, _SHOWN_IN, past.attempt))
        then = {one.version for one in acts}
        if not is_as_then(db, where.course, where.activity, where.version, then):
            known = {one.act.question for one in acts if isinstance(one.act, Answered)}
            questions = [one for one in questions if one.id in known]
    return Attempt(db, where, activity, questions, begun)


class Attempt:
    """One attempt; made by `begin_or_resume` or `look_back`.

    Attributes:
        id: a UUID.
        number: counts from 1.
        questions: in the order in which they are asked, the same at each opening.
        result: how it ended; None before that.
        time: that of an exam which is under way; None of anything else.
        mark: what the platform gave for the whole; None before it came, and where it gives none.
    """

    def __init__(
        self,
        db: Database,
        where: Where,
        activity: Quiz,
        questions: Sequence[Question],
        begun: Begun,
        now: Now = lambda: datetime.now(UTC),
    ) -> None:
        self._db, self._where, self._activity, self._now = db, where, activity, now
        self.id, self.number = begun.attempt, begun.number
        asked = drawn(questions, self.id)
        self.questions = shuffled(asked, self.id) if activity.shuffle else asked
        self._load()
        self.time: ExamTime | None = None
        if isinstance(activity, Exam) and self.result is None:
            self.time = ExamTime(db, where, activity, self.id, now)

    def _load(self) -> None:
        """Read what the journal holds: another window may have added to it."""
        found = held(self._db, self._where, self.id, self.questions)
        self._answers, self._hints, self.result = found.answers, found.hints, found.result
        self._marks, self.mark = found.marks, found.marks.get("")
        self._drafts = drafts.of(self._db, self._where, self.id)
        self._doubtful = drafts.doubtful(self._db, self._where, self.id)

    def mixed(self, question: Question, interaction: Mixed, items: Sequence[T]) -> tuple[T, ...]:
        """Return what `interaction` shows as it is shown in this attempt. See `laid_out`."""
        return laid_out(self.id, question, interaction, items)

    def given(self, question: Question) -> Given:
        """Return the last answer to `question`, by interaction; empty without one."""
        answers = self._answers.get(question.id)
        return answers[-1].given if answers else {}

    def draft(self, question: Question) -> Given | None:
        """Return what was typed and not answered; None where there is nothing of that."""
        return None if self.result is not None else self._drafts.get(question.id)

    @property
    def drafted(self) -> tuple[str, ...]:
        """The ids of the questions that have a draft, the latest last."""
        return tuple(self._drafts)

    def keep(self, question: Question, given: Given) -> None:
        """Keep what is typed; what is no more than the answer before is no draft.

        Raises:
            TimeIsUp: the time was over; what had been typed before is handed in.
            DiskFull, DatabaseBusy, NotWritable: what was kept before is still there.
        """
        id_, before = question.id, self.given(question)
        if self.result is not None or given == self._drafts.get(id_):
            return
        self._expect_time()
        if given == before or (is_blank(given) and not before):
            if id_ in self._drafts:
                drafts.forget(self._db, self._where, self.id, id_)
                del self._drafts[id_]
        else:
            drafts.keep(self._db, self._where, self.id, id_, given, self._now)
            self._drafts.pop(id_, None)  # the latest last
            self._drafts[id_] = dict(given)

    @property
    def doubtful(self) -> frozenset[str]:
        """The ids of the questions that the learner wants to look at again."""
        return frozenset(self._doubtful)

    def doubt(self, question: Question, *, on: bool) -> None:
        """Say whether the learner wants to look at `question` again. Raises: see `keep`."""
        drafts.doubt(self._db, self._where, self.id, question.id, on)
        (self._doubtful.add if on else self._doubtful.discard)(question.id)

    def hints(self, question: Question) -> int:
        """Return how many of its hints were shown in this attempt."""
        return min(self._hints[question.id], len(question.hints))

    def hint(self, question: Question) -> int:
        """Record that one more hint is shown; return how many are. There may be none left.

        Raises:
            DiskFull, DatabaseBusy, NotWritable: nothing was recorded.
        """
        shown = self.hints(question)
        if shown < len(question.hints) and self.result is None:
            shown += 1
            names = named(self._db, self._where, self._activity)
            act = Hinted(**names, attempt=self.id, question=question.id, number=shown)
            record(self._db, self._where, act, self._now)
            self._hints[question.id] = shown
        return shown

    def marked(self, question: Question) -> Marked | None:
        """Return the mark of the last answer; None without one, and before a deferred end."""
        answers = self._answers.get(question.id)
        if not answers or (self.result is None and is_deferred(self._activity)):
            return None
        last = answers[-1]
        mark = self._marks.get(question.id)
        if mark is not None:
            success = None if mark.score is None else mark.score == 1
            return Marked(mark.score, success, words=mark.feedback)
        if self._activity.marking:
            return Marked(None, None, awaited=is_marked(question))
        wrong = self._wrong(answers[:-1])
        own = grade(question, last.given)
        return replace(own, score=last.score, success=last.success, wrong=wrong)

    def tries_left(self, question: Question) -> int | None:
        """Return how often `question` may still be answered; None without a limit.

        What is marked at the end may be changed until then: tries are counted in practice alone.
        """
        if self.result is not None or not question.interactions:
            return 0
        if is_deferred(self._activity) or not self._activity.tries:
            return None
        return max(self._activity.tries - len(self._answers.get(question.id, ())), 0)

    def answer(self, question_id: str, given: Given, seconds: float = 0.0) -> Marked | None:
        """Record an answer and return its mark; None where that comes at the end.

        Where the mark has `unread`, whatever the activity, nothing was recorded and no try
        was used: what was typed cannot be an answer. `seconds` is how long it took.

        Raises:
            KeyError: no such question.
            ValueError: no try is left, or the attempt is over.
            HandedIn: it ended meanwhile, in another window.
            TimeIsUp: the time was over; what had been typed before is handed in.
            DiskFull, DatabaseBusy, NotWritable: nothing was recorded.
        """
        question = {one.id: one for one in self.questions}[question_id]
        self._expect_time()
        if self.tries_left(question) == 0:
            raise ValueError(f"{question_id!r} takes no more answers")
        mark = grade(question, given)
        if mark.unread:
            return mark
        mark = Marked(None, None) if self._activity.marking else self._after_tries(question, mark)
        act = self._answered(question, given, mark, seconds)
        with translated(self._db.path), self._db.atomic():
            self.result = ending(self._db, self._where, self.id)  # in another window, perhaps
            if self.result is None:
                record(self._db, self._where, act, self._now)
                drafts.forget(self._db, self._where, self.id, question_id)
        if self.result is not None:
            raise HandedIn
        self._drafts.pop(question_id, None)
        self._answers.setdefault(question_id, []).append(act)
        return self.marked(question)

    def finish(self) -> Finished:
        """End the attempt and return its result; it ends once, whoever asks again.

        What was typed and not yet answered is handed in along, where marks come at the end.

        Raises:
            DiskFull, DatabaseBusy, NotWritable: nothing was recorded, it is not over.
        """
        if self.result is None:
            with translated(self._db.path), self._db.atomic():
                self._load()
                if self.result is None:
                    shown = self.time.record() if self.time else ()
                    typed = self._typed()
                    result = self._finished(typed, shown)
                    acts: list[AnyAct] = [*typed, result, *self._completion(result)]
                    record_all(self._db, self._where, acts, self._now)
                    drafts.forget(self._db, self._where, self.id)
            self._load()
        if self.result is None:
            raise AssertionError("an attempt that was ended has no end")
        return self.result

    def _expect_time(self) -> None:
        """Nothing is taken after the end, though it could not be handed in then: a full disk, say.

        Raises: see `answer`.
        """
        if self.time and self.result is None and self.time.left() < -GRACE:
            self.finish()
            raise TimeIsUp

    def _after_tries(self, question: Question, mark: Marked) -> Marked:
        """Take off what wrong tries cost."""
        if mark.score is None:
            return mark
        wrong = self._wrong(self._answers.get(question.id, ()))
        return replace(mark, score=after_tries(mark.score, wrong, question.penalty))

    def _wrong(self, before: Sequence[Answered]) -> int:
        """How many tries were wrong; until a deferred end an answer is only changed."""
        if is_deferred(self._activity):
            return 0
        return sum(not one.success for one in before)

    def _answered(self, question: Question, given: Given, mark: Marked, seconds: float) -> Answered:
        kind, said, choices = response(question, given)
        return Answered(
            **named(self._db, self._where, self._activity),
            attempt=self.id,
            question=question.id,
            title=question.title,
            interaction=kind,
            response=said,
            given=dict(given),
            choices=choices,
            score=mark.score,
            success=mark.success,
            number=1 + len(self._answers.get(question.id, ())),
            seconds=max(seconds, 0.0),
            questions=_shown(self._activity),
        )

    def _typed(self) -> list[Answered]:
        """What was typed and can be read, as answers, where all are marked at the end."""
        typed = []
        for question in self.questions if is_deferred(self._activity) else ():
            given = self._drafts.get(question.id, {})
            mark = grade(question, given)
            if not is_blank(given) and not mark.unread:
                mark = Marked(None, None) if self._activity.marking else mark
                typed.append(self._answered(question, given, mark, 0.0))
        return typed

    def _finished(self, typed: Sequence[Answered], shown: tuple[Remark, ...]) -> Finished:
        scores = {question: answers[-1].score for question, answers in self._answers.items()}
        scores |= {one.question: one.score for one in typed}
        here = () if self._activity.marking else self.questions
        points, out_of = points_of(here, scores)
        score = points / out_of if out_of else 0.0
        return Finished(
            **named(self._db, self._where, self._activity),
            type=type_of(self._activity),
            attempt=self.id,
            score=round(score, 6),
            points=round(points, 6),
            out_of=round(out_of, 6),
            passed=passes(score, self._activity.passing) if out_of else None,
            seconds=self._seconds(),
            ended="time" if self.time and self.time.is_up else "",
            record=shown,
            questions=_shown(self._activity),
        )

    def _seconds(self) -> float:
        """How long it took: by the clock of an exam, or the questions one after the other."""
        if self.time and self.time.limit:
            return round(min(self.time.passed(), self.time.limit), 3)
        return math.fsum(one.seconds for all_ in self._answers.values() for one in all_)

    def _completion(self, result: Finished) -> list[Completed]:
        where = self._where
        good = result.passed or not self._activity.passing or self._activity.marking
        if not good or is_completed(self._db, where.learner, where.course, where.activity):
            return []
        names = named(self._db, where, self._activity)
        return [Completed(**names, type=result.type, seconds=result.seconds)]


def _shown(activity: Quiz) -> str:
    """What names its questions to whoever has their key; '' where they are marked here."""
    return activity.blob[:SHOWN] if activity.marking else ""
