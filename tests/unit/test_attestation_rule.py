# SPDX-License-Identifier: Apache-2.0
"""How far a learner is with what a course asks for its attestation."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from player.course.attestation import Fact, Standing, best, standing
from player.course.manifest import (
    AnyActivity,
    AttestationRule,
    CoursePath,
    Exam,
    Licence,
    Manifest,
    Page,
    Quiz,
    Rendition,
    Section,
    Sequence,
    Survey,
    Unknown,
    Video,
    Work,
)

BLOB = "0" * 64


def video(id_: str, duration: float = 100) -> Video:
    return Video(id=id_, title=id_, duration=duration, renditions=(Rendition("240p", BLOB, 240),))


def quiz(id_: str, kind: type[Quiz] = Quiz, **more: Any) -> Quiz:
    return kind(id=id_, title=id_, blob=BLOB, questions=2, **more)


def course(*activities: AnyActivity, **rule: Any) -> Manifest:
    return Manifest(
        format="cartable/1",
        kind="course",
        id="course",
        version=1,
        title="C",
        language="en",
        summary="",
        authors=(),
        licence=Licence("CC0-1.0"),
        issued="2026-01-01T00:00:00Z",
        attestation=AttestationRule(title="Attestation", **rule) if rule else None,
        sections=(Section("s", "S", (Sequence("q", "Q", activities),)),),
        blobs={},
    )


def stands(manifest: Manifest, **facts: Fact) -> Standing:
    found = standing(manifest, facts)
    assert found
    return found


SEEN, HANDED_IN = Fact(watched=1.0, length=100), Fact(finished=True, score=0.5)


def test_a_course_without_a_rule_has_no_standing() -> None:
    assert standing(course(video("a")), {}) is None


def test_what_is_watched_counts_by_its_length() -> None:
    manifest = course(video("a", 300), video("b", 100), watched=0.75)
    assert stands(manifest).lines[0].next == "a"
    line = stands(manifest, a=Fact(watched=0.5, length=300)).lines[0]
    assert (line.have, line.met, line.next) == (0.375, False, "a")
    assert stands(manifest, a=Fact(watched=1, length=300)).met


def test_what_is_answered_counts_whatever_its_mark() -> None:
    manifest = course(quiz("a"), quiz("b", Exam), quiz("c", Survey), answered=1.0)
    one = stands(manifest, a=Fact(finished=True, score=0.0), c=Fact(finished=True))
    assert (one.met, one.next) == (False, "b")
    assert stands(manifest, a=HANDED_IN, b=HANDED_IN, c=HANDED_IN).met


def test_an_anonymous_questionnaire_is_not_asked_for() -> None:
    manifest = course(quiz("a"), quiz("c", Survey, anonymous=True), answered=1.0)
    assert stands(manifest, a=HANDED_IN).met


def test_marks_are_asked_of_one_and_of_all() -> None:
    manifest = course(quiz("a"), quiz("b", Exam), mean=0.6, marks={"b": 0.5})
    assert not stands(manifest, a=Fact(finished=True, score=1.0)).met
    assert stands(manifest, a=Fact(finished=True, score=0.7), b=HANDED_IN).met
    low = stands(manifest, a=HANDED_IN, b=HANDED_IN)
    assert [line.met for line in low.lines] == [False, True]
    only = course(quiz("a"), quiz("b"), mean=0.6, of=["b"])
    assert stands(only, b=Fact(finished=True, score=0.6)).met


def test_a_mark_that_the_platform_gives_is_waited_for() -> None:
    manifest = course(quiz("a", Work), video("v"), watched=1.0, marks={"a": 0.5})
    only_handed_in = stands(manifest, a=Fact(finished=True))
    assert (only_handed_in.waiting, only_handed_in.next) == (False, "v")
    done = stands(manifest, a=Fact(finished=True), v=SEEN)
    assert (done.met, done.waiting, done.next) == (False, True, "")
    assert stands(manifest, a=HANDED_IN, v=SEEN).met
    mean = course(quiz("a", Work), quiz("b"), mean=0.9)
    assert stands(mean, a=Fact(finished=True), b=Fact(finished=True, score=0.8)).waiting
    assert not stands(mean, a=Fact(finished=True), b=Fact(finished=True, score=0.7)).waiting


def test_what_this_program_does_not_know_holds_nobody_up() -> None:
    later = Unknown(id="x", title="X", kind="hologram")
    manifest = course(video("v"), later, watched=1.0, answered=1.0, marks={"x": 0.9})
    found = stands(manifest, v=SEEN)
    assert (found.met, found.left_out) == (True, ("x",))


def test_whoever_did_nothing_has_met_nothing() -> None:
    assert not stands(course(Page(id="p", title="P", blob=BLOB), watched=1.0)).met


def test_what_a_new_version_dropped_takes_nothing_away() -> None:
    old = course(video("a"), video("b"), quiz("q"), quiz("r"), watched=0.5, answered=0.5)
    facts = {"a": SEEN, "q": HANDED_IN}
    assert stands(old, **facts).met
    new = course(video("b"), quiz("r"), watched=0.5, answered=0.5)
    assert stands(new, **facts).met
    barely = {"a": Fact(watched=0.1, length=1000), "b": SEEN, "r": HANDED_IN}
    assert stands(new, **barely).met


def test_a_section_of_one_path_is_asked_of_nobody_and_helps_whoever_did_it() -> None:
    manifest = course(video("a"), watched=0.6)
    more = Section("p", "P", (Sequence("pq", "Q", (video("b"), quiz("q"))),))
    path = CoursePath(id="calm", title="Calm", sections=("p",))
    forked = msgspec.structs.replace(manifest, sections=(*manifest.sections, more), paths=(path,))
    half = Fact(watched=0.5, length=100)
    assert stands(forked, a=SEEN).met
    assert not stands(forked, a=half).met
    assert stands(forked, a=half, b=SEEN).met


def test_the_version_that_is_met_counts() -> None:
    easy, hard = course(video("a"), watched=0.5), course(video("a"), watched=1.0)
    facts = {"a": Fact(watched=0.6, length=100)}
    found = best([stands(hard, **facts), stands(easy, **facts)])
    assert found
    assert found.met
    assert best([]) is None


FACTS = st.dictionaries(
    st.sampled_from(["v", "w", "q", "x", "gone"]),
    st.builds(
        Fact,
        watched=st.floats(0, 1),
        length=st.floats(0, 1e5),
        finished=st.booleans(),
        score=st.none() | st.floats(0, 1),
    ),
)


@given(FACTS, st.floats(0, 1), st.sampled_from(["v", "w", "q", "x", "gone"]))
def test_doing_more_never_undoes_it(facts: dict[str, Fact], need: float, more: str) -> None:
    manifest = course(
        *(video("v"), video("w", 7), quiz("q"), quiz("x", Exam)),
        watched=need,
        answered=need,
        mean=need,
        marks={"x": need},
    )
    full = Fact(watched=1.0, length=facts.get(more, SEEN).length or 5, finished=True, score=1.0)
    before, after = stands(manifest, **facts), stands(manifest, **{**facts, more: full})
    assert all(0 <= line.have <= 1 + 1e-9 for line in before.lines)
    for one, other in zip(before.lines, after.lines, strict=True):
        assert other.have >= one.have - 1e-9
