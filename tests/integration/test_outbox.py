# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import sqlite3

import pytest
from every_act import EVERY_ACT, PASSED

from player.journal import outbox
from player.journal.events import LOCAL, AnyAct, kind_of
from player.journal.journal import Where, record
from player.journal.outbox import Counts, Heard
from player.store.database import Database

AT = "2026-11-22T12:00:00.000Z"


@pytest.fixture(autouse=True)
def ada_and_bob(db: Database) -> None:
    with db.atomic():
        for learner in ("ada", "bob"):
            db.execute("INSERT INTO learners VALUES (?, ?, ?)", (learner, learner, AT))


def do(db: Database, act: AnyAct = PASSED, learner: str = "ada") -> str:
    return record(db, Where(learner, "course", 1, "quiz"), act).id


def ready(db: Database, many: int) -> list[str]:
    ids = [do(db) for _ in range(many)]
    outbox.put(db, [(id_, id_.encode()) for id_ in ids])
    return ids


def under_way(db: Database) -> list[str]:
    return [one.event for one in outbox.open_deliveries(db, 100)]


def test_what_nobody_rendered_is_owed_oldest_first(db: Database) -> None:
    ids = [do(db) for _ in range(3)]
    assert [event.id for event in outbox.owed(db, 2)] == ids[:2]
    outbox.put(db, [(ids[0], b"{}"), (ids[1], None)])
    assert [event.id for event in outbox.owed(db, 2)] == ids[2:]


def test_a_statement_is_rendered_once(db: Database) -> None:
    id_ = do(db)
    outbox.put(db, [(id_, b"first")])
    outbox.put(db, [(id_, b"second")])
    assert [one.statement for one in outbox.open_deliveries(db, 9)] == [b"first"]


def test_a_batch_is_kept_whole_or_not_at_all(db: Database) -> None:
    id_ = do(db)
    with pytest.raises(sqlite3.IntegrityError):
        outbox.put(db, [(id_, b"{}"), ("no such event", b"{}")])
    assert [event.id for event in outbox.owed(db, 9)] == [id_]


def test_what_waits_comes_oldest_first_and_in_pages(db: Database) -> None:
    ids = ready(db, 5)
    first = outbox.open_deliveries(db, 2)
    rest = outbox.open_deliveries(db, 9, first[-1].seq)
    assert [one.event for one in (*first, *rest)] == ids


def test_every_sending_is_counted_and_the_answer_may_still_come(db: Database) -> None:
    (id_,) = ready(db, 1)
    outbox.mark_sent(db, [id_], AT)
    outbox.mark_sent(db, [id_], AT)
    assert [one.tries for one in outbox.open_deliveries(db, 9)] == [2]
    assert outbox.counts(db) == Counts(sent=1)


def test_a_receipt_is_never_taken_back(db: Database) -> None:
    (id_,) = ready(db, 1)
    outbox.acknowledge(db, [id_], AT)
    outbox.mark_sent(db, [id_], "later")
    outbox.refuse(db, id_, "no")
    outbox.retry(db, id_)
    (entry,) = outbox.ledger(db, "ada")
    assert (entry.state, entry.reason, entry.received_at) == ("received", "", AT)


def test_what_was_refused_stays_with_its_reason_until_it_is_tried_again(db: Database) -> None:
    (id_,) = ready(db, 1)
    outbox.refuse(db, id_, "no verb")
    assert under_way(db) == []
    assert [(one.state, one.reason) for one in outbox.ledger(db, "ada")] == [("refused", "no verb")]
    outbox.retry(db, id_)
    assert under_way(db) == [id_]
    assert outbox.counts(db) == Counts(saved=1)


def test_counts_are_of_one_learner_or_of_all(db: Database) -> None:
    a, b, c, *_ = ready(db, 4)
    outbox.mark_sent(db, [a, b, c], AT)
    outbox.acknowledge(db, [a], AT)
    outbox.refuse(db, b, "no")
    do(db, learner="bob")
    assert outbox.counts(db, "ada") == Counts(saved=1, sent=1, received=1, refused=1)
    assert outbox.counts(db, "bob") == Counts(saved=1)
    assert outbox.counts(db) == Counts(saved=2, sent=1, received=1, refused=1)


def test_what_is_for_this_pc_alone_is_neither_counted_nor_shown(db: Database) -> None:
    id_ = do(db, EVERY_ACT["watching"])
    assert outbox.counts(db) == Counts()
    outbox.put(db, [(id_, None)])
    assert outbox.counts(db) == Counts()
    assert outbox.ledger(db, "ada") == []
    assert outbox.owed(db, 9) == []


def test_my_work_shows_each_act_latest_first(db: Database) -> None:
    told = [act for act in EVERY_ACT.values() if kind_of(act) not in LOCAL]
    ids = [do(db, act) for act in told]
    do(db, learner="bob")
    pages, before = [], 0
    while page := outbox.ledger(db, "ada", before=before, limit=4):
        pages += page
        before = page[-1].event.seq
    assert [one.event.id for one in pages] == ids[::-1]
    assert [one.event.act for one in pages] == told[::-1]
    assert {(one.state, one.sent_at, one.received_at) for one in pages} == {("saved", None, None)}


def test_my_work_can_be_narrowed_to_a_state(db: Database) -> None:
    a, b, c = ready(db, 3)
    outbox.mark_sent(db, [a], AT)
    outbox.refuse(db, b, "no")
    shown = {
        state: outbox.ledger(db, "ada", states=[state]) for state in ("saved", "sent", "refused")
    }
    assert {state: [one.event.id for one in page] for state, page in shown.items()} == {
        "saved": [c],
        "sent": [a],
        "refused": [b],
    }


def test_my_work_can_be_narrowed_to_a_kind(db: Database) -> None:
    answer, _ = do(db, EVERY_ACT["chose"]), do(db)
    assert [one.event.id for one in outbox.ledger(db, "ada", kinds=["answered"])] == [answer]


LATER = "2026-11-23T12:00:00.000Z"


def state(db: Database, id_: str) -> str:
    return next(one.state for one in outbox.ledger(db, "ada") if one.event.id == id_)


def test_what_is_packed_is_shown_so_and_is_still_to_be_sent(db: Database) -> None:
    a, b = ready(db, 2)
    outbox.mark_packed(db, [a], AT, "b1")
    assert outbox.counts(db, "ada") == Counts(saved=1, packed=1)
    assert outbox.counts(db).waiting == 2
    assert under_way(db) == [a, b]
    (entry,) = outbox.ledger(db, "ada", states=["packed"])
    assert (entry.event.id, entry.packed_at) == (a, AT)
    outbox.mark_sent(db, [a], AT)
    assert outbox.counts(db) == Counts(saved=1, sent=1)


def test_a_receipt_marks_what_is_ours_once(db: Database) -> None:
    a, b, c, d = ready(db, 4)
    outbox.mark_packed(db, [a, b, c], AT, "b1")
    outbox.refuse(db, c, "no")
    receipt = ("b1", [a, c, "another PC's"], {b: "no verb", "another PC's too": "no"}, LATER)
    assert outbox.hear(db, *receipt) == Heard(received=2, refused=1)
    assert outbox.hear(db, *receipt) == Heard()
    assert [state(db, one) for one in (a, b, c, d)] == ["received", "refused", "received", "saved"]
    assert outbox.ledger(db, "ada", states=["refused"])[0].reason == "no verb"


def test_an_old_refusal_does_not_come_back(db: Database) -> None:
    (a,) = ready(db, 1)
    outbox.mark_packed(db, [a], AT, "b1")
    old = ("b1", [], {a: "no verb"}, AT)
    outbox.hear(db, *old)
    outbox.retry(db, a)
    assert outbox.hear(db, *old) == Heard()
    outbox.mark_packed(db, [a], LATER, "b2")
    assert outbox.hear(db, *old) == Heard()
    assert state(db, a) == "packed"


def test_what_is_to_be_carried_may_be_of_one_learner(db: Database) -> None:
    (a,) = ready(db, 1)
    b = do(db, learner="bob")
    outbox.put(db, [(b, b"{}")])
    assert [one.event for one in outbox.open_deliveries(db, 9, learner="bob")] == [b]
    assert [one.event for one in outbox.open_deliveries(db, 9)] == [a, b]
