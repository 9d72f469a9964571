# SPDX-License-Identifier: Apache-2.0
"""What a course asks for its attestation, and how far a learner is with it. Pure.

The player reads it off the journal, the platform off its store; both come here. What a learner did
is never taken away: an activity that a new version dropped still counts as it did. So do sections
that are on one path alone, which are asked of nobody. An activity that this version of the program
does not know is left out, so that nobody is held up by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from player.course.manifest import (
    AnyActivity,
    AttestationRule,
    Exam,
    Manifest,
    Quiz,
    Survey,
    Unknown,
    Video,
    Work,
)

WATCHED, ANSWERED, MEAN, MARK = "watched", "answered", "mean", "mark"
_HAIR = 1e-9  # shares are sums of floats


@dataclass(frozen=True, slots=True)
class Fact:
    """What was done with one activity.

    `watched` is the share of a video of `length` seconds; `finished` whether a quiz was handed in,
    `score` 0 to 1 of the attempt that counts, None without a mark.
    """

    watched: float = 0.0
    length: float = 0.0
    finished: bool = False
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is asked: `kind` is one of the words above, `have` of `need` a share.

    `activity` is the one whose mark it is, '' otherwise. `next` is where to go on, '' for nowhere.
    With `waiting`, all is done here and a mark has to come back from the platform.
    """

    kind: str
    need: float
    have: float
    activity: str = ""
    next: str = ""
    waiting: bool = False

    @property
    def met(self) -> bool:
        """Whether it is enough."""
        return self.have >= self.need - _HAIR


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a learner is. `left_out` are activities that this program does not know."""

    rule: AttestationRule
    lines: tuple[Line, ...]
    left_out: tuple[str, ...] = ()
    begun: bool = False

    @property
    def met(self) -> bool:
        """Whether all of it is done; whoever did nothing has met nothing."""
        return self.begun and all(line.met for line in self.lines)

    @property
    def waiting(self) -> bool:
        """Whether nothing is left to do here, and only marks lack."""
        return not self.met and self.begun and all(one.met or one.waiting for one in self.lines)

    @property
    def next(self) -> str:
        """The activity with which to go on; '' where nothing is left to do."""
        open_ = (line.next for line in self.lines if not line.met and not line.waiting)
        return next(filter(None, open_), "")


def standing(manifest: Manifest, facts: Mapping[str, Fact]) -> Standing | None:
    """Return how far the rule of a course is met by `facts`, by activity; None without a rule."""
    rule = manifest.attestation
    if rule is None:
        return None
    reading = _Reading(manifest, facts)
    lines = [
        reading.watched(rule.watched),
        reading.answered(rule.answered),
        reading.mean(rule.mean, rule.of),
        *(reading.mark(one, need) for one, need in rule.marks.items()),
    ]
    named = [*rule.marks, *rule.of]
    left_out = tuple(one for one in named if isinstance(manifest.find(one), Unknown))
    return Standing(rule, tuple(filter(None, lines)), left_out, begun=bool(facts))


def best(standings: Iterable[Standing]) -> Standing | None:
    """Return the standing that is met, else the one with most done; None without any."""
    return max(
        standings, key=lambda one: (one.met, sum(line.met for line in one.lines)), default=None
    )


def is_asking(activity: AnyActivity) -> bool:
    """Whether it counts as something to answer; the platform is not told whose an anonymous
    questionnaire is, so none can ask for it."""
    return isinstance(activity, Quiz) and not (isinstance(activity, Survey) and activity.anonymous)


def is_marked(activity: AnyActivity) -> bool:
    """Whether it can have a mark."""
    return isinstance(activity, Quiz | Exam | Work) and not isinstance(activity, Survey)


@dataclass(frozen=True, slots=True)
class _Reading:
    manifest: Manifest
    facts: Mapping[str, Fact]

    def watched(self, need: float) -> Line | None:
        """By duration. A course without videos asks for none."""
        videos = [one for one in self._common() if isinstance(one, Video)]
        weights = {one.id: one.duration or 1.0 for one in videos}
        shares = {one: min(self._fact(one).watched, 1.0) for one in weights}
        for one, fact in self._beside():
            if seen := fact.length * min(fact.watched, 1.0):
                weights[one], shares[one] = seen, 1.0
        return self._share(WATCHED, need, weights, shares)

    def answered(self, need: float) -> Line | None:
        """By how many were handed in, whatever the marks."""
        asked = [one.id for one in self._common() if is_asking(one)]
        asked += [one for one, fact in self._beside() if fact.finished]
        shares = {one: float(self._fact(one).finished) for one in asked}
        return self._share(ANSWERED, need, dict.fromkeys(asked, 1.0), shares)

    def mean(self, need: float, of: Sequence[str]) -> Line | None:
        """Of marks; what was not handed in counts nothing."""
        here = [one for one in self.manifest.activities() if one.id in of] if of else self._common()
        marked = [one.id for one in here if is_marked(one)]
        if not need or not marked:
            return None
        scores = {one: self._fact(one).score or 0.0 for one in marked}
        more = [fact.score for _, fact in self._beside() if fact.score is not None and not of]
        have = max(fmean(scores.values()), fmean([*scores.values(), *more]))
        awaited = [one for one in marked if self._is_awaited(one)]
        could = have + len(awaited) / len(marked)  # if all of these had full marks
        open_ = (one for one in marked if not self._fact(one).finished)
        lowest = min(scores, key=lambda one: (one in awaited, scores[one]))
        waiting = have < need <= could + _HAIR and bool(awaited)
        return Line(MEAN, need, have, next=next(open_, lowest), waiting=waiting)

    def mark(self, activity: str, need: float) -> Line | None:
        """Of one activity; None where it is not one that this course can ask a mark of."""
        found = self.manifest.find(activity)
        if found is None or not is_marked(found):
            return None
        have = self._fact(activity).score or 0.0
        waiting = have < need and self._is_awaited(activity)
        return Line(MARK, need, have, activity, activity, waiting)

    def _share(
        self, kind: str, need: float, weights: Mapping[str, float], shares: Mapping[str, float]
    ) -> Line | None:
        if not need or not weights:
            return None
        have = sum(weights[one] * shares[one] for one in weights) / sum(weights.values())
        open_ = (one.id for one in self._common() if shares.get(one.id, 1.0) < 1)
        return Line(kind, need, have, next=next(open_, ""))

    def _fact(self, activity: str) -> Fact:
        return self.facts.get(activity, Fact())

    def _common(self) -> list[AnyActivity]:
        """What is asked of everybody, in order."""
        apart = {section for path in self.manifest.paths for section in path.sections}
        sections = (one for one in self.manifest.sections if one.id not in apart)
        return [activity for section in sections for activity in section.activities()]

    def _beside(self) -> list[tuple[str, Fact]]:
        """What was done beside it: on a path, or with what this version does not have."""
        here = {one.id for one in self._common()}
        return [(one, fact) for one, fact in self.facts.items() if one not in here]

    def _is_awaited(self, activity: str) -> bool:
        fact = self._fact(activity)
        return fact.finished and fact.score is None
