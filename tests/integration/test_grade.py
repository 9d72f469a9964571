# SPDX-License-Identifier: Apache-2.0
"""The platform marks by its key files what reached its store."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from clock import Clock
from posting import COURSE, Pc, World
from power import Killed, Power, Road, power

from player.app.keyed import Marking, read_keys
from player.clock import stamp
from player.course.answer_key import AnswerKey, KeyedQuiz, decode_key
from player.course.interactions import (
    Choice,
    ChoiceInteraction,
    FreeTextInteraction,
    NumberAnswer,
    NumberInteraction,
    TextAnswer,
    TextInteraction,
)
from player.course.manifest import Exam
from player.course.quiz import Drawn, Outcome, Question
from player.errors import BadKey, NoKeyFor
from player.journal.events import Begun
from player.journal.journal import Where
from player.lesson.attempt import Attempt, begin_or_resume
from player.publish.quizzes import encode_questions
from player.publish.withheld import withheld

__all__ = ["power"]  # a fixture, asked for by name

ROLE = Question(
    "role",
    "Rôle",
    "<p>Qui ?</p>",
    (
        ChoiceInteraction(
            "c", (Choice("a", "Tous", 1.0, "<p>Oui&nbsp;!</p>"), Choice("b", "Personne"))
        ),
    ),
    outcome=Outcome(right="<p>Bien.</p>", wrong="<p>Non.</p>"),
)
TOWN = Question("town", "Ville", "", (TextInteraction("t", (TextAnswer("Dakar"),)),), weight=2)
SUM = Question(
    "sum",
    "Somme",
    "<p>{a} + 1 ?</p>",
    (NumberInteraction("n", (NumberAnswer(3, 3),)),),
    variables=(Drawn("a", 2, 2),),
)
ESSAY = Question("essay", "Essai", "", (FreeTextInteraction("e"),))


@pytest.fixture
def world(tmp_path: Path, clock: Clock) -> Iterator[World]:
    with closing(World(tmp_path, clock)) as found:
        yield found


class Graded:
    """An exam of some questions, its key, and who sits it."""

    def __init__(
        self,
        world: World,
        *questions: Question,
        due: str = "",
        version: int = 1,
        attempts: int = 0,
    ) -> None:
        shown, keyed = withheld(questions, b"secret", "course/quiz")
        blob = hashlib.sha256(encode_questions(shown)).hexdigest()
        quiz = KeyedQuiz(
            blob=blob,
            questions=keyed,
            title="Examen",
            passing=0.5,
            attempts=attempts,
            answer_by=due,
        )
        self.world, self.shown = world, shown
        self.exam = Exam(
            id="quiz", title="Examen", blob=blob, questions=len(shown), marking="platform"
        )
        self.key = AnswerKey(
            format="cartable/1",
            kind="key",
            course=COURSE,
            version=version,
            language="fr",
            activities={"quiz": quiz},
        )

    def begin(self, pc: Pc) -> Attempt:
        where = Where(pc.learner, COURSE, self.key.version, "quiz")
        found = begin_or_resume(pc.services.db, where, self.exam, self.shown, self.world.now)
        assert found is not None
        return found

    def choice(self, text: str) -> str:
        """The id that a choice has in the package."""
        role = self.shown[0].interactions[0]
        assert isinstance(role, ChoiceInteraction)
        return next(one.id for one in role.choices if one.text == text)


def whole(pc: Pc) -> tuple[float | None, float | None, float | None, bool | None]:
    """The mark of the exam, as the learner's PC shows it."""
    found = [one for one in pc.marks() if one.out_of is not None and one.out_of > 2]
    assert found
    return found[0].score, found[0].points, found[0].out_of, found[0].success


def home(world: World, pc: Pc) -> None:
    world.desk.mailbox(world.repository)
    assert pc.services.mail.collect().problems == ()


def test_an_exam_without_a_key_is_answered_marked_and_comes_home(world: World) -> None:
    pc, paper = world.pc("awa"), Graded(world, ROLE, TOWN, SUM)
    attempt = paper.begin(pc)
    assert attempt.answer("role", {"c": paper.choice("Tous")}) is None
    attempt.answer("town", {"t": "Thiès"})
    attempt.answer("town", {"t": " dakar"})  # changed before it is handed in
    attempt.answer("sum", {"n": "4"})
    result = attempt.finish()
    assert (result.out_of, result.passed) == (0, None)  # nothing here can tell
    assert pc.services.done(COURSE)["quiz"].score is None
    marked = attempt.marked(attempt.questions[0])
    assert marked is not None
    assert (marked.score, marked.awaited) == (None, True)
    assert pc.services.send().problem is None

    done, sheets = world.desk.grade_by_keys([paper.key], Marking(by="Campus"))
    assert (done.marked, done.known, done.left, done.problems) == (4, 0, 0, ())
    assert [sheet.waiting for sheet in sheets] == [False]
    home(world, pc)
    assert whole(pc) == (0.75, 3, 4, True)
    assert pc.services.done(COURSE)["quiz"].score == 0.75
    where = Where(pc.learner, COURSE, 1, "quiz")
    again = Attempt(pc.services.db, where, paper.exam, paper.shown, _begun(attempt))
    assert again.mark is not None
    assert (again.mark.score, again.mark.auto) == (0.75, True)
    marks = [again.marked(question) for question in again.questions]
    assert [one and one.score for one in marks] == [1, 1, 0]
    assert marks[0] is not None
    assert marks[0].words == "Bien.\nOui !"


def test_an_attempt_in_two_languages_has_one_mark(world: World) -> None:
    pc, paper = world.pc("awa"), Graded(world, ROLE, TOWN, SUM)
    english = [msgspec.structs.replace(one, body="In English") for one in (ROLE, TOWN, SUM)]
    there = Graded(world, *english)
    assert there.exam.blob != paper.exam.blob
    assert there.choice("Tous") == paper.choice("Tous"), "ids are the same in every language"
    paper.begin(pc).answer("role", {"c": paper.choice("Tous")})
    attempt = there.begin(pc)  # the same attempt, read in English from here on
    attempt.answer("town", {"t": "dakar"})
    attempt.answer("sum", {"n": "4"})
    attempt.finish()
    pc.services.send()
    done, _ = world.desk.grade_by_keys([paper.key])
    assert done.problems, "without the key of what was shown nothing is guessed"
    key = msgspec.structs.replace(paper.key, translations={"en": there.key.activities})
    done, [sheet] = world.desk.grade_by_keys([decode_key(msgspec.json.encode(key))])
    assert (done.problems, sheet.waiting) == ((), False)
    home(world, pc)
    assert whole(pc) == (0.75, 3, 4, True)


def _begun(attempt: Attempt) -> Begun:
    return Begun(type="exam", attempt=attempt.id, number=attempt.number)


def test_twice_marks_once_and_a_mended_key_marks_anew(world: World) -> None:
    pc, paper = world.pc("awa"), Graded(world, ROLE, TOWN)
    attempt = paper.begin(pc)
    attempt.answer("town", {"t": "Thiès"})
    attempt.finish()
    pc.services.send()
    assert world.desk.grade_by_keys([paper.key])[0].marked == 2
    again = world.desk.grade_by_keys([paper.key])[0]
    assert (again.marked, again.known) == (0, 2)
    mended = msgspec.structs.replace(
        TOWN, interactions=(TextInteraction("t", (TextAnswer("Dakar"), TextAnswer("Thiès"))),)
    )
    assert world.desk.grade_by_keys([Graded(world, ROLE, mended).key])[0].marked == 2
    home(world, pc)
    assert whole(pc)[:3] == (0.666667, 2, 3)


def test_what_a_person_gave_is_not_taken_back_and_counts(world: World) -> None:
    pc, paper = world.pc("awa"), Graded(world, ROLE, TOWN, ESSAY)
    attempt = paper.begin(pc)
    attempt.answer("role", {"c": paper.choice("Personne")})
    attempt.answer("town", {"t": "Dakar"})
    attempt.answer("essay", {"e": "Une équipe…"})
    attempt.finish()
    pc.services.send()
    done, sheets = world.desk.grade_by_keys([paper.key])
    assert (done.marked, [sheet.waiting for sheet in sheets]) == (2, [True])
    acts = {row["question"]: row["statement"] for row in world.table()}
    world.desk.grade(world.fill((acts["Essai"], "0.5", "Continuez.")), "Dr Diop")
    data = world.desk.open_acts(every=True)[0].decode("utf-8-sig").splitlines()
    role = next(row for row in csv.DictReader(data) if row["question"] == "Rôle")
    world.desk.grade(world.fill((role["statement"], "1", "Votre raison est bonne.")))
    done, sheets = world.desk.grade_by_keys([paper.key])
    assert (done.marked, [sheet.waiting for sheet in sheets]) == (1, [False])
    home(world, pc)
    assert whole(pc) == (0.875, 3.5, 4, True)


@pytest.mark.parametrize(
    ("late", "score", "is_late"),
    [("flag", 1.0, True), ("accept", 1.0, False), ("refuse", 0.333333, False)],
)
def test_what_was_answered_after_it_was_due(
    world: World, clock: Clock, late: str, score: float, is_late: bool
) -> None:
    due = stamp(clock() + timedelta(days=1))
    pc, paper = world.pc("awa"), Graded(world, ROLE, TOWN, due=due)
    attempt = paper.begin(pc)
    attempt.answer("role", {"c": paper.choice("Tous")})
    clock.forward(days=2)
    attempt.answer("town", {"t": "Dakar"})
    attempt.finish()
    pc.services.send()
    _, [sheet] = world.desk.grade_by_keys([paper.key], Marking(late=late))
    assert sheet.whole is not None
    assert sheet.whole.score == score
    assert [verdict.late for _, verdict in sheet.verdicts] == [
        False,
        late != "accept",
        late != "accept",
    ]


def test_the_deadline_passes_between_answering_and_connecting(world: World, clock: Clock) -> None:
    due = stamp(clock() + timedelta(days=1))
    pc, paper = world.pc("awa"), Graded(world, ROLE, due=due)
    attempt = paper.begin(pc)
    attempt.answer("role", {"c": paper.choice("Tous")})
    attempt.finish()
    clock.forward(days=9)
    pc.services.send()
    _, [sheet] = world.desk.grade_by_keys([paper.key], Marking(late="refuse"))
    assert sheet.whole is not None
    assert (sheet.whole.score, sheet.whole.late) == (1, False)


def test_before_it_is_due_no_mark_tells_others_what_is_right(world: World, clock: Clock) -> None:
    due = stamp(clock() + timedelta(days=1))
    pc, paper = world.pc("awa"), Graded(world, ROLE, TOWN, due=due)
    sit(paper, pc, role="Tous", town="Thiès")
    assert world.desk.grade_by_keys([paper.key])[0].marked == 1
    assert not world.table()  # a person's mark would keep out what the key says later
    home(world, pc)
    assert whole(pc)[:3] == (0.333333, 1, 3)
    assert [one.feedback for one in pc.marks()] == [""]
    clock.forward(days=2)
    assert world.desk.grade_by_keys([paper.key])[0].marked == 2
    home(world, pc)
    assert sorted(one.score or 0 for one in pc.marks()) == [0, 0.333333, 1]


def test_an_attempt_in_a_version_without_a_key_is_said_and_not_guessed(world: World) -> None:
    pc, paper = world.pc("awa"), Graded(world, ROLE, version=7)
    attempt = paper.begin(pc)
    attempt.answer("role", {"c": paper.choice("Tous")})
    attempt.finish()
    pc.services.send()
    quiz = msgspec.structs.replace(paper.key.activities["quiz"], blob="0" * 64)
    other = msgspec.structs.replace(paper.key, version=8, activities={"quiz": quiz})
    done, sheets = world.desk.grade_by_keys([other])
    [problem] = done.problems
    assert isinstance(problem, NoKeyFor)
    assert (problem.details["what"], problem.details["version"]) == ("Examen", 7)
    assert (done.marked, sheets) == (0, [])
    assert world.desk.grade_by_keys([other, paper.key])[0].marked == 2


def test_what_was_not_handed_in_has_no_mark(world: World) -> None:
    pc, paper = world.pc("awa"), Graded(world, ROLE)
    paper.begin(pc).answer("role", {"c": paper.choice("Tous")})
    pc.services.send()
    assert world.desk.grade_by_keys([paper.key]) == (world.desk.grade_by_keys([])[0], [])


def test_killed_at_any_step_each_mark_is_given_once(
    tmp_path: Path, clock: Clock, power: Power
) -> None:
    with closing(World(tmp_path, clock)) as world:
        world.road = Road(world.store, power)
        world.restart("desk")
        pc, paper = world.pc("awa"), Graded(world, ROLE, TOWN)
        total, is_through = 0, False
        while not is_through:
            total += 1
            clock.forward(days=30)
            attempt = paper.begin(pc)
            attempt.answer("town", {"t": "Dakar"})
            attempt.finish()
            pc.services.send()
            before = len(world.store.stored)
            power.steps, power.goes_at = 0, total
            try:
                world.desk.grade_by_keys([paper.key])
                is_through = True
            except Killed:
                power.goes_at = None
                world.restart("desk")
                world.desk.grade_by_keys([paper.key])
            power.goes_at = None
            assert len(world.store.stored) == before + 2
        assert total > 10  # steps


def test_a_file_that_is_no_key_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.key.json"
    path.write_text("{}")
    with pytest.raises(BadKey, match="cannot be used"):
        read_keys([path])


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no such device")
def test_a_key_that_never_ends_is_not_read_to_its_end() -> None:
    with pytest.raises(BadKey, match="too large"):
        read_keys([Path("/dev/zero")])


def sit(paper: Graded, pc: Pc, **answers: str) -> Attempt:
    """Answer, hand in and send. A choice is called by its text."""
    attempt = paper.begin(pc)
    for question, said in answers.items():
        field = {"role": "c", "town": "t", "sum": "n"}[question]
        attempt.answer(question, {field: paper.choice(said) if question == "role" else said})
    attempt.finish()
    pc.services.send()
    return attempt


def test_the_same_questions_are_marked_by_the_key_of_any_version(world: World) -> None:
    paper = Graded(world, ROLE, TOWN, version=3)
    sit(paper, world.pc("awa"), role="Tous", town="Dakar")
    later = msgspec.structs.replace(paper.key, version=9)
    _, [sheet] = world.desk.grade_by_keys([later])
    assert sheet.whole is not None
    assert sheet.whole.score == 1


def test_a_version_published_twice_is_told_apart_by_its_questions(world: World) -> None:
    """Two repositories may have counted alike."""
    seen, other = Graded(world, ROLE, version=3), Graded(world, TOWN, version=3)
    sit(seen, world.pc("awa"), role="Tous")
    done, sheets = world.desk.grade_by_keys([other.key])
    assert ([type(one) for one in done.problems], sheets) == ([NoKeyFor], [])
    assert len(world.desk.grade_by_keys([other.key, seen.key])[1]) == 1


def test_an_answer_given_before_the_questions_changed_is_marked_as_it_was_asked(
    world: World,
) -> None:
    """Begun in one version, handed in in the next: where a key lacks, the whole has to wait."""
    moved = msgspec.structs.replace(
        TOWN, interactions=(TextInteraction("t", (TextAnswer("Bamako"),)),), body="<p>Mali ?</p>"
    )
    pc, old, new = world.pc("awa"), Graded(world, ROLE, TOWN), Graded(world, ROLE, moved, version=2)
    old.begin(pc).answer("town", {"t": "Dakar"})
    attempt = new.begin(pc)
    attempt.answer("role", {"c": new.choice("Tous")})
    attempt.finish()
    pc.services.send()
    done, [sheet] = world.desk.grade_by_keys([new.key])
    assert (sheet.waiting, sheet.whole) == (True, None)
    assert [one.details["version"] for one in done.problems] == [1]
    _, [sheet] = world.desk.grade_by_keys([old.key, new.key])
    assert sheet.whole is not None
    assert sheet.whole.score == 1


def test_only_as_many_attempts_count_as_there_may_be_on_whichever_pc(
    world: World, clock: Clock
) -> None:
    once = Graded(world, ROLE, attempts=1)
    school = world.pc("school")
    away = world.pc("away", school.learner)
    sat: dict[str, Attempt] = {}
    for name, pc, said in (("first", away, "Personne"), ("second", school, "Tous")):
        sat[name] = once.begin(pc)
        sat[name].answer("role", {"c": once.choice(said)})
        sat[name].finish()
        clock.forward(hours=1)
    school.services.send()  # the later one is told first, and stands until the other is known
    _, [sheet] = world.desk.grade_by_keys([once.key])
    assert not sheet.surplus
    away.services.send()
    _, sheets = world.desk.grade_by_keys([once.key])
    surplus = {sheet.end.attempt: sheet.surplus for sheet in sheets}
    assert surplus == {sat["first"].id: False, sat["second"].id: True}
    assert world.desk.grade_by_keys([once.key])[0].marked == 0
    home(world, school)
    assert "Tentatives qui comptent" in " ".join(one.feedback for one in school.marks())
    assert school.services.done(COURSE)["quiz"].score is None


def test_practice_that_was_not_graded_yet_is_nobodys_to_mark(world: World) -> None:
    pc, paper = world.pc("awa"), Graded(world, ROLE)
    paper.exam = msgspec.structs.replace(paper.exam, marking="")
    sit(paper, pc, role="Tous")
    done, sheets = world.desk.grade_by_keys([paper.key])
    assert (done.problems, sheets) == ((), [])


def test_a_long_text_is_not_cut_before_it_is_marked(world: World) -> None:
    both = Question(
        "both",
        "Les deux",
        "",
        (
            FreeTextInteraction("e", scoring="completion"),
            NumberInteraction("n", (NumberAnswer(1, 1),)),
        ),
    )
    pc, paper = world.pc("awa"), Graded(world, both)
    attempt = paper.begin(pc)
    attempt.answer("both", {"e": "mot " * 20_000, "n": "1"})
    attempt.finish()
    pc.services.send()
    _, [sheet] = world.desk.grade_by_keys([paper.key])
    assert sheet.whole is not None
    assert sheet.whole.score == 1


def two_pcs(world: World, paper: Graded) -> tuple[tuple[Pc, Attempt], tuple[Pc, Attempt]]:
    """An attempt that was begun on one PC and is open on both, which know nothing of each other."""
    one = world.pc("school")
    other = world.pc("home", one.learner)
    begun = paper.begin(one)
    where = Where(one.learner, COURSE, 1, "quiz")
    again = Attempt(other.services.db, where, paper.exam, paper.shown, _begun(begun), world.now)
    return (one, begun), (other, again)


def test_what_is_answered_on_another_pc_after_handing_in_does_not_count(
    world: World, clock: Clock
) -> None:
    paper = Graded(world, ROLE, TOWN)
    (one, first), (other, second) = two_pcs(world, paper)
    first.answer("role", {"c": paper.choice("Tous")})
    first.answer("town", {"t": "Thiès"})
    first.finish()
    one.services.send()
    assert world.desk.grade_by_keys([paper.key])[0].marked == 3
    home(world, one)
    clock.forward(hours=1)
    second.answer("town", {"t": "Thiès"})
    second.answer("town", {"t": "Dakar"})  # as the mark said
    other.services.send()
    _, [sheet] = world.desk.grade_by_keys([paper.key])
    assert sheet.whole is not None
    assert sheet.whole.score == 0.333333
    second.finish()
    other.services.send()
    done, [sheet] = world.desk.grade_by_keys([paper.key])
    assert sheet.whole is not None
    assert (done.marked, sheet.end.done_at[:13], sheet.whole.score) == (
        1,
        "2026-01-05T09",
        0.333333,
    )
    home(world, other)
    assert {pc.services.done(COURSE)["quiz"].score for pc in (one, other)} == {0.333333}


def test_two_ends_by_time_have_one_mark_for_what_was_answered_on_both(
    world: World, clock: Clock
) -> None:
    """Looked at on another PC when its time was over; the first one was off until later."""
    paper = Graded(world, ROLE, TOWN)
    paper.exam = msgspec.structs.replace(paper.exam, limit=1800.0)
    (one, first), (other, second) = two_pcs(world, paper)
    first.answer("role", {"c": paper.choice("Tous")})
    first.keep(first.questions[1], {"t": "Dakar"})
    clock.forward(hours=1)
    assert second.finish().ended == "time"
    other.services.send()
    assert world.desk.grade_by_keys([paper.key])[0].marked == 1
    clock.forward(hours=1)
    first.finish()
    one.services.send()
    assert world.desk.grade_by_keys([paper.key])[0].marked == 4
    for pc in (one, other):
        home(world, pc)
        assert pc.services.done(COURSE)["quiz"].score == 1
