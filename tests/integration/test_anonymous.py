# SPDX-License-Identifier: Apache-2.0
"""What is answered anonymously arrives, and nothing that the platform hears tells who it was."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest
from carrying import ADA, BOB, OFFICES, PACE, Pc, bundles, hand_in
from carrying import slips as receipts
from clock import Clock
from lrs_simulator import ANSWER_LOST, ENDPOINT, FAILS_AFTER_STORING, LrsSimulator
from lrs_simulator import PLATFORM as CAMPUS
from power import Killed, Power, Road, power

from player.course.interactions import (
    Choice,
    ChoiceInteraction,
    FreeTextInteraction,
    UploadInteraction,
)
from player.course.manifest import Survey
from player.course.platform import Lrs, SignIn
from player.course.quiz import Pool, Question
from player.journal import desk, progress, slips
from player.journal.desk import Told
from player.journal.events import Answered, Confided
from player.journal.journal import Where, boot_id, events
from player.lesson import survey as surveys
from player.store import database
from player.store.database import Database
from player.sync import bundle, seal
from player.sync import slips as sending
from player.sync.deskwork import hear

__all__ = ["power"]  # a fixture, asked for by name

PLATFORM = msgspec.structs.replace(CAMPUS, anonymous=CAMPUS.lrs)
CHOICE = ChoiceInteraction("r", (Choice("a", "Oui"), Choice("b", "Non")), scoring="none")
QUESTIONS = (
    Question("yes", "Oui ?", "<p>Oui ?</p>", (CHOICE,)),
    Question("why", "Pourquoi ?", "<p>Pourquoi ?</p>", (FreeTextInteraction("r"),)),
    Question("else", "Autre", "<p>Autre</p>", (FreeTextInteraction("r"),)),
)
ANSWERS = {"yes": {"r": "a"}, "why": {"r": ["Parce que."]}, "else": {"r": [" "]}}
SURVEY = Survey(id="opinion", title="Votre avis", blob="0" * 64, questions=3, anonymous=True)
SECOND = msgspec.structs.replace(SURVEY, id="opinion-2")


def answer(
    db: Database, clock: Clock, survey: Survey = SURVEY, learner: str = ADA.id, **more: Any
) -> None:
    where = Where(learner, "course", 1, survey.id)
    surveys.send(db, where, survey, QUESTIONS, {**ANSWERS, **more}, clock)


def send(
    db: Database, road: Any, clock: Clock, platform: Any = PLATFORM, *, alone: bool = True
) -> None:
    sending.send(db, road, platform, now=clock, alone=alone, pace=PACE)


@pytest.fixture
def pc(tmp_path: Path, clock: Clock) -> Pc:
    found = Pc(tmp_path / "pc", clock)
    found.learn(ADA)
    return found


def strings(value: object) -> set[str]:
    """Every text in a document, names of members apart."""
    if isinstance(value, dict):
        return set().union(*map(strings, value.values()))
    if isinstance(value, list):
        return set().union(*map(strings, value))
    return {value} if isinstance(value, str) else set()


def test_nothing_of_it_is_in_anything_that_names_somebody(pc: Pc, clock: Clock) -> None:
    store = LrsSimulator()
    store.now = clock
    with pc.db() as db:
        answer(db, clock)
        answer(db, clock, SECOND)
        pc.do()
        pc.push(store)
        named = dict(store.stored)
        clock.forward(days=2)
        send(db, store, clock)
    nameless = {id_: one for id_, one in store.stored.items() if id_ not in named}
    assert len(nameless) == 4  # two answers of each; what was left empty is none
    # No answer in what is told with a name, and no name in what is told with an answer
    assert not {"opinion", "Votre avis", "Parce que."} & strings(list(named.values()))
    text = json.dumps(
        [{k: v for k, v in one.items() if k != "timestamp"} for one in nameless.values()]
    )
    for secret in (ADA.id, ADA.name, boot_id() or "boot", "registration", "monotonic", "clock"):
        assert f'"{secret}"' not in text, secret
    common = strings(list(named.values())) & strings(list(nameless.values()))
    words = {one for one in common if not one.startswith("https:") and not one.startswith("http:")}
    assert words <= {"Agent", "Activity", "Cartable", "1.0.0", "answered", "course"}
    assert not any(ADA.id in one for one in common)
    starts = {id_[:24] for id_ in named}
    assert not {id_[:24] for id_ in nameless} & starts
    # Two questionnaires of one learner are two accounts, in two requests
    accounts = {
        one["context"]["contextActivities"]["parent"][0]["id"].rpartition("/")[2]: one["actor"][
            "account"
        ]["name"]
        for one in nameless.values()
    }
    assert set(accounts) == {"opinion", "opinion-2"}
    assert len(set(accounts.values())) == 2
    batches = [batch for batch in store.posts if set(batch) & nameless.keys()]
    assert [len(batch) for batch in batches] == [2, 2]
    assert all(set(batch) <= nameless.keys() for batch in batches)


def test_nobody_is_known_by_the_questions_that_chance_drew(pc: Pc, clock: Clock) -> None:
    pool = tuple(
        msgspec.structs.replace(QUESTIONS[1], id=f"q{number}", pool=Pool("p", 2))
        for number in range(20)
    )
    pc.learn(BOB)
    with pc.db() as db:
        drawn = [
            [one.id for one in surveys.opened(db, where, SURVEY, pool, clock).questions]
            for where in (Where(who.id, "course", 1, SURVEY.id) for who in (ADA, BOB))
        ]
    assert drawn[0] == drawn[1]


def test_a_file_stays_here(pc: Pc, clock: Clock) -> None:
    question = Question("file", "F", "", (UploadInteraction("r"),))
    with pc.db() as db:
        where = Where(ADA.id, "course", 1, SURVEY.id)
        given = {"file": {"r": ["ab 12 ada-lovelace.pdf"]}}
        surveys.send(db, where, SURVEY, (question,), given, clock)
        assert not slips.waiting(db)


def test_no_time_is_told(pc: Pc, clock: Clock) -> None:
    with pc.db() as db:
        answer(db, clock)
        for lying in slips.waiting(db):
            for _, text in sending.statements(lying.slip, PLATFORM):
                assert not {"timestamp", "stored"} & json.loads(text).keys()
                assert not re.search(r"\d{4}-\d\d-\d\dT", text.decode())


def test_it_waits_for_a_moment_of_chance_and_for_a_run_of_its_own(pc: Pc, clock: Clock) -> None:
    store = LrsSimulator()
    store.now = clock
    with pc.db() as db:
        answer(db, clock)
        clock.forward(days=1, seconds=1)
        assert slips.due(db, clock())
        send(db, store, clock, alone=False)
        assert not store.stored  # a store shows what came in at the same moment
        clock.forward(days=8)
        send(db, store, clock, alone=False)
        assert len(store.stored) == 2
        assert not slips.due(db, clock())


def test_a_clock_that_was_set_back_holds_nothing_up(pc: Pc, clock: Clock) -> None:
    with pc.db() as db:
        answer(db, clock)
        clock.now = datetime.fromisoformat("2010-01-01T00:00:00Z")
        assert slips.due(db, clock())


def test_the_learners_own_pc_shows_it_as_done_and_tells_nobody(pc: Pc, clock: Clock) -> None:
    with pc.db() as db:
        answer(db, clock)
        answer(db, clock, yes={"r": "b"})  # a second time changes nothing
        (event,) = events(db)
        assert isinstance(event.act, Confided)
        assert event.act.answers == {"yes": {"r": "a"}, "why": {"r": ["Parce que."]}}
        assert progress.is_completed(db, ADA.id, "course", SURVEY.id)
        assert progress.activities_done(db, ADA.id, "course")[SURVEY.id].score is None
        assert len(slips.waiting(db)) == 1


def test_with_nothing_answered_nothing_leaves(pc: Pc, clock: Clock) -> None:
    with pc.db() as db:
        where = Where(ADA.id, "course", 1, SURVEY.id)
        surveys.send(db, where, SURVEY, QUESTIONS, {}, clock)
        assert progress.is_completed(db, ADA.id, "course", SURVEY.id)
        assert not slips.waiting(db)


def test_one_with_a_name_is_answers_as_any_other(pc: Pc, clock: Clock) -> None:
    open_ = msgspec.structs.replace(SURVEY, anonymous=False)
    with pc.db() as db:
        answer(db, clock, open_)
        answer(db, clock, open_)
        kinds = [one.kind for one in events(db)]
        assert kinds == ["begun", "answered", "answered", "finished", "completed"]
        said = [one.act.response for one in events(db) if isinstance(one.act, Answered)]
        assert said == ["a", "Parce que."]
        assert not slips.waiting(db)


def test_never_with_a_key_that_is_one_pcs_or_one_persons(pc: Pc, clock: Clock) -> None:
    lrs = Lrs(ENDPOINT, auth=SignIn("https://id.example", "cartable"))
    store = LrsSimulator()
    store.now = clock
    with pc.db() as db:
        answer(db, clock)
        clock.forward(days=30)
        send(db, store, clock, CAMPUS)  # this PC's own key would tell which PC it was
        send(db, store, clock, msgspec.structs.replace(CAMPUS, anonymous=lrs))
        assert not store.posts
        send(db, store, clock)
        assert len(store.stored) == 2


def test_what_is_refused_is_said_and_can_be_sent_again(pc: Pc, clock: Clock) -> None:
    store = LrsSimulator()
    store.now = clock
    with pc.db() as db:
        answer(db, clock)
        (lying,) = slips.waiting(db)
        store.poison = {lying.slip.answers[0].id: 400}
        clock.forward(days=2)
        send(db, store, clock)
        state = slips.state(db, lying.id)
        assert state is not None
        assert state.state == "refused"
        assert state.reason
        store.poison = {}
        slips.retry(db)
        send(db, store, clock)
        assert slips.state(db, lying.id) == slips.State("received")
        assert len(store.stored) == 2


def test_by_stick_each_lies_alone_and_the_file_names_nobody(
    pc: Pc, clock: Clock, tmp_path: Path
) -> None:
    store = LrsSimulator()
    store.now = clock
    stick = tmp_path / "stick"
    stick.mkdir()
    pc.do()
    with pc.db() as db:
        answer(db, clock)
        answer(db, clock, SECOND)
    pc.pack(stick)
    files = bundles(stick)
    assert len(files) == 3
    heads = [
        bundle.read(seal.opened_by(one.read_bytes(), OFFICES[0].identity, ""), "bundle", "").head
        for one in files
    ]
    named = [one for one in heads if one.learners == (ADA,)]
    nameless = [one for one in heads if one.learners != (ADA,)]
    assert (len(named), len(nameless)) == (1, 2)
    assert len({one.device for one in heads}) == 3  # signed by keys that nobody has
    assert len({one.learners[0].id for one in nameless}) == 2
    assert {(one.learners[0].name, one.recipient, one.made_at) for one in nameless} == {
        ("", "", sending.NOBODY)
    }
    for one in files:
        assert hand_in(one, store, clock).left == 0
    assert len(receipts(stick)) == 3
    back = pc.read(stick)
    assert not back.problems
    with pc.db() as db:
        assert not slips.waiting(db)
    assert pc.counts().waiting == 0


def test_the_way_home_brings_no_answer_to_another_pc(pc: Pc, clock: Clock, tmp_path: Path) -> None:
    store = LrsSimulator()
    store.now = clock
    pc.do()
    with pc.db() as db:
        answer(db, clock)
        pc.push(store)
        clock.forward(days=2)
        send(db, store, clock)
    other = Pc(tmp_path / "other", clock, 1)
    other.learn(ADA)
    other.bring_home(store, whole=True)
    with other.db() as db:
        assert not progress.is_completed(db, ADA.id, "course", SURVEY.id)
    # A file that the learner makes for themselves does: it never comes to the platform
    for parcel in pc.pack_journal():
        path = tmp_path / parcel.name
        path.write_bytes(parcel.data)
        other.bring(path)
    with other.db() as db:
        assert progress.is_completed(db, ADA.id, "course", SURVEY.id)
        assert not slips.waiting(db)


@pytest.mark.parametrize("trouble", [[], [FAILS_AFTER_STORING], [ANSWER_LOST]])
@pytest.mark.parametrize("strict", [False, True])
def test_killed_at_any_step_it_is_sent_once_and_whole(
    tmp_path: Path, power: Power, clock: Callable[[], datetime], strict: bool, trouble: list[Any]
) -> None:
    before = Pc(tmp_path / "before", clock)
    before.learn(ADA)
    began = clock()
    for goes_at in count(1):
        home = shutil.copytree(tmp_path / "before", tmp_path / str(goes_at))
        store = LrsSimulator(strict=strict)
        store.now, store.once = clock, list(trouble)
        clock.now = began  # type: ignore[attr-defined]
        power.steps, power.goes_at = 0, goes_at
        for _ in range(5):
            with suppress(Killed), closing(database.connect(home)) as db:
                answer(db, clock)  # type: ignore[arg-type]
                clock.forward(days=2)  # type: ignore[attr-defined]
                send(db, Road(store, power), clock)  # type: ignore[arg-type]
        with closing(database.connect(home)) as db:
            assert len(list(events(db))) == 1
            assert not slips.waiting(db)
        assert sorted(one["result"]["response"] for one in store.stored.values()) == [
            "Parce que.",
            "a",
        ]
        if power.steps < goes_at:
            break
    assert goes_at > 8


def test_the_journal_and_the_slip_are_one_transaction(pc: Pc, clock: Clock, power: Power) -> None:
    with pc.db() as db:
        power.goes_at = 4
        with suppress(Killed):
            answer(db, clock)
        assert len(list(events(db))) == len(slips.waiting(db))


def test_the_desk_asks_for_no_mark_of_it(pc: Pc, clock: Clock) -> None:
    told = Told()
    with pc.db() as db:
        answer(db, clock)
        for lying in slips.waiting(db):
            for _, text in sending.statements(lying.slip, PLATFORM):
                stored = {"timestamp": "2026-01-07T00:00:00Z", **json.loads(text)}
                hear(stored, PLATFORM, (), told)
        desk.hear(db, told)
        assert len(list(desk.answers_to(db, "course", SURVEY.id))) == 2
        assert not list(desk.open_acts(db))
        assert desk.unaddressed(db, "course") == 0
