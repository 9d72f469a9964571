# SPDX-License-Identifier: Apache-2.0
"""The platform's marks by its key files: what each attempt is worth.

An answer is marked by the questions that its learner saw, named by their hash and drawn by its
attempt, as on the learner's PC. Where the key of just these is not here, nothing is guessed.
"""

from __future__ import annotations

import html
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

import nh3

from player.course.answer_key import SHOWN, AnswerKey, KeyedQuiz, decode_key
from player.course.quiz import Question
from player.errors import BadKey, Malformed, NoKeyFor
from player.journal.desk import DoneAct
from player.journal.items import Mark
from player.lesson.drawing import drawn
from player.lesson.grading import Marked, counts, grade
from player.lesson.policy import passes
from player.lesson.saying import given_of
from player.sync.marking import Verdict

LARGEST = 64 * 1024 * 1024  # bytes of a key file that is read at all
_NEAR = timedelta(seconds=10)
"""What clocks that a server has set right may differ by."""
_SURPLUS = {
    "en": "Attempts that count: {}. This one came after them.",
    "fr": "Tentatives qui comptent : {}. Celle-ci est venue après.",
}
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marking:
    """How keys are used.

    `late` is one of "flag", "accept" and "refuse": what becomes of answers after `answer_by`: it is
    said with the mark, nothing, or they bring no points. `by` is who marks, for the learners to
    see; `feedback` whether what the course says to an answer goes along; `dry` tells nobody.
    """

    late: str = "flag"
    by: str = ""
    feedback: bool = True
    dry: bool = False


PLAIN = Marking()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One attempt that was handed in, marked. `verdicts` are its acts with what each is worth.

    `waiting` says that somebody has to mark a text of it, or that a key lacks, before the whole has
    a mark; `surplus`, that it came after as many as the activity allows, and does not count.
    """

    end: DoneAct
    verdicts: tuple[tuple[DoneAct, Verdict], ...]
    waiting: bool
    surplus: bool = False

    @property
    def whole(self) -> Verdict | None:
        """What the whole is worth, None where a person says it."""
        act, verdict = self.verdicts[-1] if self.verdicts else (None, None)
        return verdict if act is self.end else None


@dataclass(slots=True)
class Marker:
    """Marks attempts by keys. `missed` counts those without one, by title and version.

    Args:
        keys: those of one course.
        mark_of: the latest mark of an act, that somebody may have given by hand.
        now: what time it is. Before `answer_by` answers get no mark of their own, for who has one
            could tell others what is right.
    """

    keys: Sequence[AnswerKey]
    mark_of: Callable[[str], Mark | None]
    now: datetime
    how: Marking = PLAIN
    missed: Counter[tuple[str, int]] = field(default_factory=Counter)

    def sheet(self, acts: Sequence[DoneAct], place: int = 1) -> Sheet | None:
        """Mark one attempt; None where it was not handed in, or its key is not here.

        `place` counts the learner's attempts at the activity, from 1.
        """
        end = acts[-1] if acts else None
        if end is None or end.question_id or not end.questions:  # the key was in the package
            return None
        quiz = self._quiz(end)
        if quiz is None:
            self.missed[end.question, end.version] += 1
            return None
        ends = [act for act in acts if not act.question_id]  # of several PCs: one mark for all
        if 0 < quiz.attempts < place:
            return self._surplus(ends, quiz)
        answers = self._answers((act for act in acts if not _is_after(act, end)), quiz)
        verdicts, worth, waiting = [], [], False
        for question in drawn(quiz.questions, end.attempt):
            if not _brings_points(question):
                continue
            act = answers.get(question.id)
            verdict = Verdict(0.0) if act is None else self._answer(act, question, quiz)
            if verdict is None:
                waiting = True  # for a person, or for a key
            elif act and verdict.auto and not self._is_open(quiz):
                verdicts.append((act, verdict))
            worth.append((question.weight, (verdict.score if verdict else None) or 0.0))
        if not waiting:
            verdicts += self._for(ends, self._whole(end, quiz, worth))
        return Sheet(end, tuple(verdicts), waiting)

    def problems(self) -> Iterator[NoKeyFor]:
        """What could not be marked for want of a key."""
        for (title, version), count in sorted(self.missed.items()):
            yield NoKeyFor(what=title, version=version, count=count)

    def _quiz(self, act: DoneAct) -> KeyedQuiz | None:
        """The questions that were shown, with their key, whichever version has them."""
        shown = (one for key in reversed(self.keys) for one in key.of(act.activity))
        return next((one for one in shown if one.blob[:SHOWN] == act.questions), None)

    def _is_open(self, quiz: KeyedQuiz) -> bool:
        due = _when(quiz.answer_by)
        return due is not None and self.now <= due

    def _for(self, ends: Iterable[DoneAct], verdict: Verdict) -> Iterator[tuple[DoneAct, Verdict]]:
        return ((one, verdict) for one in ends if not self._by_hand(one))

    def _surplus(self, ends: Sequence[DoneAct], quiz: KeyedQuiz) -> Sheet:
        words = _SURPLUS.get(self.keys[0].language[:2], _SURPLUS["en"])
        verdict = Verdict(feedback=words.format(quiz.attempts), by=self.how.by, auto=True)
        return Sheet(ends[-1], tuple(self._for(ends, verdict)), waiting=False, surplus=True)

    def _answers(self, acts: Iterable[DoneAct], quiz: KeyedQuiz) -> dict[str, DoneAct]:
        """The answer to each question that counts: the last one, or the last in time."""
        found: dict[str, DoneAct] = {}
        for act in acts:
            refused = self.how.late == "refuse" and _is_late(act, quiz)
            if not (refused and act.question_id in found):
                found[act.question_id] = act
        return found

    def _answer(self, act: DoneAct, question: Question, quiz: KeyedQuiz) -> Verdict | None:
        """What an answer is worth by the key of its own version, or as somebody said; None where
        somebody has yet to say."""
        if by_hand := self._by_hand(act):
            return Verdict(by_hand.score)
        asked: Question | None = question
        if act.questions != quiz.blob[:SHOWN]:
            own = self._quiz(act)
            asked = _of(own, question.id, act.attempt) if own else None
            if own is None:
                self.missed[act.question, act.version] += 1
        if asked is None:
            return None
        marked = grade(asked, given_of(asked, act.response))
        if marked.unread:
            marked = Marked(0.0, success=False)
        if marked.score is None:
            return None
        late = self.how.late != "accept" and _is_late(act, quiz)
        score = 0.0 if late and self.how.late == "refuse" else marked.score
        weight = asked.weight
        return Verdict(
            score=round(score, 6),
            points=round(score * weight, 6),
            out_of=weight,
            feedback=_said(asked, marked) if self.how.feedback else "",
            by=self.how.by,
            success=score == 1,
            late=late,
            auto=True,
        )

    def _whole(
        self, end: DoneAct, quiz: KeyedQuiz, worth: Iterable[tuple[float, float]]
    ) -> Verdict:
        pairs = list(worth)
        out_of = math.fsum(weight for weight, _ in pairs)
        points = min(max(math.fsum(weight * score for weight, score in pairs), 0.0), out_of)
        score = points / out_of if out_of else 0.0
        return Verdict(
            score=round(score, 6) if out_of else None,
            points=round(points, 6),
            out_of=round(out_of, 6),
            by=self.how.by,
            success=passes(score, quiz.passing) if out_of else None,
            late=self.how.late != "accept" and _is_late(end, quiz),
            auto=True,
        )

    def _by_hand(self, act: DoneAct) -> Mark | None:
        """What a person gave for it, which no key takes back."""
        mark = self.mark_of(act.id)
        return mark if mark and not mark.auto else None


def read_keys(files: Iterable[Path]) -> list[AnswerKey]:
    """Return the keys in these files.

    Raises:
        BadKey: a file that cannot be read, or in which there are none.
        NewerFormat: see `decode_key`.
    """
    found = []
    for file in files:
        try:
            with file.open("rb") as stream:
                data = stream.read(LARGEST + 1)
            if len(data) > LARGEST:
                raise BadKey(place=file, reason="it is far too large")
            found.append(decode_key(data))
        except OSError as error:
            raise BadKey(place=file, reason=error.strerror or "it cannot be read") from error
        except Malformed as error:
            raise BadKey(place=file, reason=str(error.details["reason"])) from error
    return found


def by_course(keys: Iterable[AnswerKey]) -> list[list[AnswerKey]]:
    """The keys of each course, the earliest version first."""
    found: dict[str, list[AnswerKey]] = {}
    for key in sorted(keys, key=lambda one: one.version):
        found.setdefault(key.course, []).append(key)
    return list(found.values())


def placed(attempts: Iterable[list[DoneAct]]) -> Iterator[tuple[int, list[DoneAct]]]:
    """Each learner's attempts at an activity with their places, from 1, by their first answers."""
    for _, own in groupby(attempts, key=lambda acts: acts[0].learner):
        yield from enumerate(sorted(own, key=_first), 1)


def _first(acts: list[DoneAct]) -> tuple[float, str]:
    """By the clocks that a server has set right; two PCs have no other order."""
    times = [when.timestamp() for act in acts if (when := _when(act.done_at))]
    return min(times, default=math.inf), acts[0].attempt


def _of(quiz: KeyedQuiz, question: str, attempt: str) -> Question | None:
    return next((one for one in drawn(quiz.questions, attempt) if one.id == question), None)


def _brings_points(question: Question) -> bool:
    by_hand = any(getattr(one, "scoring", "") == "manual" for one in question.interactions)
    return by_hand or counts(question)


def _is_late(act: DoneAct, quiz: KeyedQuiz) -> bool:
    """Whether it was done after it was due, by a clock that a server had set right."""
    done, due = _when(act.done_at), _when(quiz.answer_by)
    return done is not None and due is not None and done > due


def _is_after(act: DoneAct, end: DoneAct) -> bool:
    """Whether it was done when somebody had handed in before, on another PC.

    Only where a server told both times: those of a PC without a battery say nothing.
    """
    done, ended = _when(act.done_at), _when(end.done_at)
    if done is None or ended is None or "none" in (act.contact, end.contact):
        return False
    return not end.ended and done - ended > _NEAR


def _when(text: str) -> datetime | None:
    """A time with its zone; None where it is none."""
    with suppress(ValueError):
        at = datetime.fromisoformat(text)
        return at if at.tzinfo else None
    return None


def _said(question: Question, marked: Marked) -> str:
    """What the course says to the answer, as plain text."""
    outcome = ""
    if question.outcome and marked.score is not None:
        words = question.outcome
        outcome = words.right if marked.success else words.partly if marked.score else words.wrong
    said = (outcome, *(part.feedback for part in marked.parts), question.feedback)
    return "\n".join(text for text in map(_plain, said) if text)


def _plain(markup: str) -> str:
    bare = nh3.clean(_BREAK.sub("\n", markup), tags=set())
    lines = (" ".join(line.split()) for line in html.unescape(bare).splitlines())
    return "\n".join(line for line in lines if line)
