# SPDX-License-Identifier: Apache-2.0
"""Sticks that are lost, copied, delivered twice and at two offices; receipts in every order."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from unittest.mock import patch

import msgspec
import pytest
from carrying import (
    ADA,
    BOB,
    CAMPUS,
    OFFICES,
    STRANGER,
    Pc,
    bundles,
    copy,
    hand_in,
    once,
    slips,
)
from clock import Clock
from every_act import CHOSEN, EVERY_ACT, PASSED
from lrs_simulator import ANSWER_LOST, FAILS, SILENT, LrsSimulator

from player.errors import (
    BadReceipt,
    BundleDamaged,
    NoRecipients,
    NotWritable,
    Offline,
    OtherLearner,
    OtherPlatform,
    SealedForOthers,
    WrongPassphrase,
)
from player.journal import learners, outbox, progress
from player.journal.journal import Where, broken_links, events, record
from player.journal.learners import Learner
from player.journal.outbox import Counts
from player.sync import bundle, courier, receipt, seal
from player.sync.receipt import Receipt


@pytest.fixture(params=["kind", "strict"])
def store(request: pytest.FixtureRequest, clock: Clock) -> LrsSimulator:
    found = LrsSimulator(strict=request.param == "strict")
    found.now = clock
    return found


@pytest.fixture
def pc(tmp_path: Path, clock: Clock) -> Pc:
    return Pc(tmp_path / "pc", clock, 1)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    path = tmp_path / "stick"
    path.mkdir()
    return path


def test_work_leaves_on_a_stick_and_its_receipt_comes_home(
    pc: Pc, stick: Path, store: LrsSimulator, clock: Clock
) -> None:
    ids = pc.do(PASSED, CHOSEN)
    (file,) = pc.pack(stick)
    assert set(pc.states().values()) == {"packed"}
    done = hand_in(file, store, clock)
    assert (done.count, done.received, done.refused, done.left) == (2, 2, 0, 0)
    assert done.known
    assert once(store, ids)
    assert pc.read(stick) == courier.Returned(read=1, received=2, refused=0)
    assert pc.counts() == Counts(received=2)
    assert pc.pack(stick) == []


def test_by_network_and_by_stick_the_same_bytes_leave(
    pc: Pc, stick: Path, store: LrsSimulator, clock: Clock
) -> None:
    """The simulator fails where an id comes again with other bytes."""
    ids = pc.do()
    (file,) = pc.pack(stick)
    assert pc.push(store).left == 0
    done = hand_in(file, store, clock)
    assert (done.received, done.refused) == (len(store.stored), 0)
    assert set(store.stored) < set(ids)  # one is for this PC alone
    assert pc.read(stick).received == 0


def test_what_was_sent_and_not_answered_is_packed_as_it_was_sent(
    pc: Pc, stick: Path, store: LrsSimulator, clock: Clock
) -> None:
    ids = pc.do(PASSED)
    store.once = [ANSWER_LOST]
    pc.push(store)
    assert pc.states() == {ids[0]: "sent"}
    (file,) = pc.pack(stick)
    assert pc.states() == {ids[0]: "sent"}
    hand_in(file, store, clock)
    pc.read(stick)
    assert pc.received() == set(store.stored) == set(ids)


def test_a_lost_stick_costs_nothing(
    pc: Pc, stick: Path, tmp_path: Path, store: LrsSimulator, clock: Clock
) -> None:
    first = pc.do(PASSED)
    pc.pack(stick)
    second = pc.do(PASSED)
    later = tmp_path / "second stick"
    later.mkdir()
    (file,) = pc.pack(later)
    hand_in(file, store, clock)
    assert once(store, first + second)
    pc.read(later)
    assert pc.received() == {*first, *second}


def test_copies_twice_and_at_two_offices_are_one(
    pc: Pc, stick: Path, store: LrsSimulator, clock: Clock
) -> None:
    ids = pc.do(PASSED, PASSED, PASSED, PASSED)
    pc.pack(stick)
    other = copy(stick, "copy")
    for place, at in ((stick, 0), (stick, 0), (other, 1), (stick, 1), (other, 1)):
        done = hand_in(bundles(place)[0], store, clock, OFFICES[at])
        assert (done.received, done.refused, done.left) == (4, 0, 0)
    assert once(store, ids)
    assert pc.read(other).received == 4
    assert pc.read(stick, other) == courier.Returned(read=2, received=0, refused=0)


def test_delivered_twice_nothing_is_sent_twice(
    pc: Pc, stick: Path, store: LrsSimulator, clock: Clock
) -> None:
    pc.do(PASSED)
    (file,) = pc.pack(stick)
    hand_in(file, store, clock)
    first = slips(stick)[0].read_bytes()
    hand_in(file, store, clock)
    assert len(store.posts) == 1
    assert slips(stick)[0].read_bytes() == first


def test_a_line_that_breaks_leaves_a_receipt_of_what_is_known(
    pc: Pc, stick: Path, store: LrsSimulator, clock: Clock
) -> None:
    ids = pc.do(*[PASSED] * 7)
    (file,) = pc.pack(stick)

    class Breaks:
        def __init__(self) -> None:
            self.left = 2

        def request(self, *args: object, **more: object) -> object:
            self.left -= 1
            if self.left < 0:
                raise Offline(place="campus.example")
            return store.request(*args, **more)  # type: ignore[arg-type]

    done = hand_in(file, Breaks(), clock)  # type: ignore[arg-type]
    assert (done.received, done.left) == (6, 1)
    assert isinstance(done.problem, Offline)
    assert pc.read(stick).received == 6
    store.posts.clear()
    assert hand_in(file, store, clock, OFFICES[1]).left == 0
    assert store.posts == [ids[6:]]
    assert pc.read(stick).received == 1


def test_with_no_line_at_all_the_receipt_says_nothing(
    pc: Pc, stick: Path, store: LrsSimulator, clock: Clock
) -> None:
    pc.do(PASSED)
    (file,) = pc.pack(stick)
    store.always = SILENT
    done = hand_in(file, store, clock)
    assert (done.received, done.left) == (0, 1)
    assert pc.read(stick) == courier.Returned(read=1, received=0, refused=0)
    assert pc.counts() == Counts(packed=1)


def test_what_the_platform_refuses_comes_home_with_the_reason(
    pc: Pc, stick: Path, store: LrsSimulator, clock: Clock
) -> None:
    ids = pc.do(*[PASSED] * 4)
    store.poison = {ids[1]: 422}
    (file,) = pc.pack(stick)
    done = hand_in(file, store, clock)
    assert (done.received, done.refused) == (3, 1)
    assert pc.read(stick) == courier.Returned(read=1, received=3, refused=1)
    assert pc.read(stick) == courier.Returned(read=1, received=0, refused=0)
    states = pc.states()
    assert states.pop(ids[1]) == "refused"
    assert set(states.values()) == {"received"}
    # What the office knows to be refused is not asked again, unless it is packed anew
    store.poison = {}
    assert hand_in(file, store, clock).refused == 1
    assert ids[1] not in store.stored


def test_refused_and_put_back_it_goes_with_the_next_stick(
    pc: Pc, stick: Path, tmp_path: Path, store: LrsSimulator, clock: Clock
) -> None:
    (bad,) = pc.do(PASSED)
    store.poison = {bad: 422}
    hand_in(pc.pack(stick)[0], store, clock)
    pc.read(stick)
    with pc.db() as db:
        outbox.retry(db, bad)
    store.poison = {}
    pc.read(stick)  # the old receipt is still there
    assert pc.counts() == Counts(saved=1)
    later = tmp_path / "later"
    later.mkdir()
    hand_in(pc.pack(later)[0], store, clock)
    pc.read(stick, later)
    pc.read(stick)
    assert pc.received() == {bad}


@pytest.mark.parametrize("order", list(permutations(["push", "deliver", "read"])), ids="-".join)
def test_in_whatever_order_each_act_arrives_once(
    pc: Pc, stick: Path, store: LrsSimulator, clock: Clock, order: tuple[str, ...]
) -> None:
    ids = pc.do(*[PASSED] * 3)
    (file,) = pc.pack(stick)
    for step in (*order, *order):
        if step == "push":
            pc.push(store)
        elif step == "deliver":
            assert hand_in(file, store, clock).refused == 0
        else:
            pc.read(stick)
        assert pc.received() <= set(store.stored)
    assert once(store, ids)
    assert pc.received() == set(ids)


def test_a_forged_receipt_is_refused_and_stops_no_other(
    pc: Pc, stick: Path, store: LrsSimulator, clock: Clock
) -> None:
    ids = pc.do(PASSED)
    (file,) = pc.pack(stick)
    hand_in(file, store, clock)
    (good,) = slips(stick)
    text = Receipt(bundle="ff" * 8, platform=CAMPUS.home, at="2026-01-05T09:00:00Z", received=ids)
    (stick / f"{'0' * 16}{receipt.ENDING}").write_bytes(receipt.write(text, STRANGER.secret))
    (stick / f"{'1' * 16}{receipt.ENDING}").write_bytes(good.read_bytes()[:-30])
    other = msgspec.structs.replace(text, platform="https://other.example")
    (stick / f"{'2' * 16}{receipt.ENDING}").write_bytes(receipt.write(other, OFFICES[0].secret))
    found = pc.read(stick)
    assert (found.read, found.received) == (1, 1)
    assert [type(one) for one in found.problems] == [BadReceipt, BadReceipt, OtherPlatform]


def test_a_forged_receipt_alone_marks_nothing(pc: Pc, stick: Path) -> None:
    ids = pc.do(PASSED)
    text = Receipt(bundle="ff" * 8, platform=CAMPUS.home, at="2026-01-05T09:00:00Z", received=ids)
    (stick / f"{'0' * 16}{receipt.ENDING}").write_bytes(receipt.write(text, STRANGER.secret))
    assert pc.read(stick).received == 0
    assert pc.counts() == Counts(saved=1)


def test_an_office_believes_no_forged_receipt_either(
    pc: Pc, stick: Path, store: LrsSimulator, clock: Clock
) -> None:
    ids = pc.do(PASSED)
    (file,) = pc.pack(stick)
    text = Receipt(
        bundle=file.stem, platform=CAMPUS.home, at="2026-01-05T09:00:00Z", received=tuple(ids)
    )
    forged = stick / f"{file.stem}{receipt.ENDING}"
    forged.write_bytes(receipt.write(text, STRANGER.secret))
    hand_in(file, store, clock)
    assert once(store, ids)


def test_an_office_that_the_platform_does_not_name_hears_so(
    pc: Pc, stick: Path, store: LrsSimulator, clock: Clock
) -> None:
    pc.do(PASSED)
    with pc.db() as db:
        opens = (seal.public_of(STRANGER.identity),)
        platform = msgspec.structs.replace(CAMPUS, recipients=opens)
        parcels = courier.pack(db, platform, pc.secret, [ADA], now=clock)
        (file,) = courier.carry(db, parcels, stick, now=clock)
    assert not hand_in(file, store, clock, STRANGER).known
    assert isinstance(pc.read(stick).problems[0], BadReceipt)
    assert pc.counts() == Counts(packed=1)


def test_an_office_without_the_key_or_of_another_platform_sends_nothing(
    pc: Pc, stick: Path, store: LrsSimulator, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    pc.do(PASSED)
    (file,) = pc.pack(stick)
    with pytest.raises(SealedForOthers):
        hand_in(file, store, clock, STRANGER)
    other = msgspec.structs.replace(CAMPUS, home="https://other.example")
    monkeypatch.setattr("carrying.CAMPUS", other)
    with pytest.raises(OtherPlatform, match=r"campus\.example"):
        hand_in(file, store, clock)
    assert (store.posts, slips(stick)) == ([], [])


@pytest.mark.parametrize(
    "lines",
    [
        [b"{}"],
        [b"no json"],
        [b'{"id":"1","actor":{"account":{"homePage":"https://campus.example","name":"bob"}}}'],
        [b'{"id":"1","actor":{"account":{"homePage":"https://else.example","name":"ada"}}}'],
        [b'{"id":"1","actor":{"account":{"homePage":"https://campus.example","name":"ada"}}}'] * 2,
    ],
    ids=["empty", "no json", "another learner", "another platform", "twice"],
)
def test_what_no_player_packs_is_refused_whole(
    pc: Pc, stick: Path, store: LrsSimulator, clock: Clock, lines: list[bytes]
) -> None:
    head = bundle.Head(
        kind="bundle",
        id="0" * 16,
        platform=CAMPUS.home,
        device=bundle.device_of(pc.secret),
        made_at="2026-01-05T09:00:00.000Z",
        learners=(ADA,),
        count=len(lines),
    )
    file = stick / f"x{bundle.ENDING}"
    payload = bundle.write(head, lines, pc.secret)
    file.write_bytes(seal.sealed_for(payload, CAMPUS.recipients))
    with pytest.raises(BundleDamaged):
        hand_in(file, store, clock)
    assert store.posts == []


def test_names_answers_and_course_are_not_found_in_it(pc: Pc, stick: Path) -> None:
    ids = pc.do(*EVERY_ACT.values())
    (file,) = pc.pack(stick)
    sealed = file.read_bytes()
    words = ["Ada Lovelace", '"ada"', "course", "activity", "campus", "Diriger", "Paris", *ids]
    assert all(word.encode() not in sealed for word in words)
    assert len(file.stem) == 16


def test_of_one_learner_or_of_all(pc: Pc, stick: Path, store: LrsSimulator, clock: Clock) -> None:
    mine, theirs = pc.do(PASSED), pc.do(PASSED, learner=BOB)
    (file,) = pc.pack(stick, ADA)
    hand_in(file, store, clock)
    assert once(store, mine)
    file.unlink()
    pc.pack(stick)
    assert hand_in(bundles(stick)[0], store, clock).count == 2
    assert once(store, mine + theirs)


def test_more_than_one_file_holds_goes_into_several(
    pc: Pc, stick: Path, store: LrsSimulator, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "MOST", 3)
    ids = pc.do(*[PASSED] * 7)
    files = pc.pack(stick)
    assert len(files) == 3
    for file in reversed(files):
        hand_in(file, store, clock)
    assert once(store, ids)
    assert pc.read(stick).received == 7


def test_where_the_platform_names_nobody_nothing_is_packed(pc: Pc, stick: Path) -> None:
    pc.do(PASSED)
    for named in ((), ("age1nonsense",)):
        nobody = msgspec.structs.replace(CAMPUS, recipients=named)
        with pc.db() as db, pytest.raises(NoRecipients, match="Campus"):
            courier.pack(db, nobody, pc.secret, [ADA], now=pc.now)
    assert pc.counts() == Counts(saved=1)


def test_a_stick_that_cannot_be_written_is_said_and_nothing_is_packed(pc: Pc, stick: Path) -> None:
    pc.do(PASSED)
    stick.rmdir()
    with pytest.raises(NotWritable):
        pc.pack(stick)
    assert pc.counts() == Counts(saved=1)


# The clock


def clocks(pc: Pc) -> list[dict[str, object]]:
    with pc.db() as db:
        rows = db.execute("SELECT statement FROM deliveries ORDER BY seq").fetchall()
    name = f"{CAMPUS.home}/xapi/extensions/clock"
    return [json.loads(row[0])["context"]["extensions"][name] for row in rows]


def test_packed_without_any_contact_the_time_is_this_pcs_and_says_so(pc: Pc, stick: Path) -> None:
    pc.do(PASSED)
    pc.pack(stick)
    (clock,) = clocks(pc)
    assert (clock["offset"], clock["contact"]) == (0.0, "none")


def test_the_last_contact_holds_while_the_pc_runs_whoever_sets_the_clock(
    pc: Pc, stick: Path, store: LrsSimulator, clock: Clock
) -> None:
    wrong = timedelta(days=5000)
    store.now = lambda: clock.now + wrong
    pc.do(PASSED)
    pc.push(store)
    pc.do(PASSED)
    pc.pack(stick)
    clock.now += timedelta(days=3)  # somebody sets it: the seconds since the start tell
    pc.do(PASSED)
    clock.restart(hours=9)
    pc.do(PASSED)
    pc.pack(stick)
    first, second, third, fourth = clocks(pc)
    assert first["offset"] == second["offset"] == pytest.approx(wrong.total_seconds(), abs=2)
    assert third["offset"] == first["offset"] - timedelta(days=3).total_seconds()
    assert "contact" not in first
    assert (second["contact"], third["contact"]) == ("earlier", "earlier")
    assert (fourth["contact"], fourth["offset"]) == ("none", 0.0)


# Another PC of the learner's


@pytest.fixture
def other(tmp_path: Path, clock: Clock) -> Pc:
    return Pc(tmp_path / "other", clock, 2)


def to(stick: Path, pc: Pc) -> Path:
    (parcel,) = pc.pack_journal()
    courier.write(stick / parcel.name, parcel.data)
    return stick / parcel.name


def acts(pc: Pc) -> set[tuple[object, ...]]:
    """What every PC has alike."""
    columns = "id, learner, course, version, activity, kind, payload, at, monotonic, boot"
    with pc.db() as db:
        return set(db.execute(f"SELECT {columns} FROM events").fetchall())  # noqa: S608 - ours


def rendered(pc: Pc) -> dict[str, bytes]:
    with pc.db() as db:
        return dict(db.execute("SELECT event, statement FROM deliveries").fetchall())


def test_two_pcs_have_the_same_each_act_once(
    pc: Pc, other: Pc, stick: Path, store: LrsSimulator
) -> None:
    pc.do(*EVERY_ACT.values())
    file = to(stick, pc)
    taken = other.bring(file)
    assert (taken.learner, taken.new, taken.count) == (ADA, len(EVERY_ACT), len(EVERY_ACT))
    assert acts(other) == acts(pc)
    assert rendered(other) == rendered(pc)
    other.do(PASSED)
    assert pc.bring(to(stick, other)).new == 1
    assert other.bring(to(stick, pc)).new == 0
    assert acts(other) == acts(pc)
    for one in (pc, other):
        with one.db() as db:
            assert broken_links(db) == []
    other.push(store)
    pc.push(store)  # the simulator fails where bytes differ
    assert pc.received() == other.received() == set(store.stored)


def test_it_remembers_where_each_act_was_done(
    pc: Pc, other: Pc, tmp_path: Path, stick: Path, clock: Clock
) -> None:
    (first,) = pc.do(PASSED)
    other.bring(to(stick, pc))
    (second,) = other.do(PASSED)
    third = Pc(tmp_path / "third", clock, 3)
    third.bring(to(stick, other))
    with third.db() as db:
        found = dict(db.execute("SELECT event, device FROM origins").fetchall())
        hash_ = db.execute("SELECT hash FROM origins WHERE event = ?", [first]).fetchone()[0]
    assert found == {first: bundle.device_of(pc.secret), second: bundle.device_of(other.secret)}
    with pc.db() as db:
        assert [one.hash for one in events(db)] == [hash_]


def test_what_was_received_is_received_there_too(
    pc: Pc, other: Pc, stick: Path, store: LrsSimulator
) -> None:
    ids = pc.do(*[PASSED] * 3)
    other.bring(to(stick, pc))
    store.poison = {ids[1]: 422}
    pc.push(store)
    assert other.counts() == Counts(saved=3)
    other.bring(to(stick, pc))
    assert other.received() == {ids[0], ids[2]}
    third = Pc(other.home.with_name("third"), other.now, 3)
    third.bring(to(stick, pc))
    assert third.states() == pc.states()


def test_a_quiz_on_two_pcs_is_not_summed(pc: Pc, other: Pc, stick: Path) -> None:
    better = msgspec.structs.replace(PASSED, score=0.9)
    worse = msgspec.structs.replace(PASSED, score=0.2)
    pc.do(PASSED, better)
    other.bring(to(stick, pc))
    other.do(worse)
    pc.bring(to(stick, other))
    for one in (pc, other):
        with one.db() as db:
            assert progress.activities_done(db, ADA.id, "course")["activity"].score == 0.9


def test_whoever_only_typed_a_name_there_makes_way(pc: Pc, other: Pc, stick: Path) -> None:
    pc.do(PASSED)
    other.learn(Learner("another id", "Ada"))
    other.bring(to(stick, pc))
    with other.db() as db:
        assert learners.all_learners(db) == [ADA]


def test_nobodys_work_is_mixed_with_anothers(pc: Pc, other: Pc, stick: Path) -> None:
    pc.do(PASSED)
    other.do(PASSED, learner=BOB)
    with pytest.raises(OtherLearner, match="Bob"):
        other.bring(to(stick, pc))
    assert len(acts(other)) == 1


def test_a_wrong_passphrase_and_other_files_are_told_apart(
    pc: Pc, other: Pc, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pc.do(PASSED)
    file = to(stick, pc)
    with pytest.raises(WrongPassphrase):
        other.bring(file, "guess")
    (sealed,) = pc.pack(stick)
    with pytest.raises(SealedForOthers):
        other.bring(sealed)
    half = stick / "half"
    half.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(BundleDamaged):
        other.bring(half)
    with pytest.raises(BundleDamaged):
        other.bring(stick / "nowhere")
    elsewhere = msgspec.structs.replace(CAMPUS, home="https://other.example")
    monkeypatch.setattr("carrying.CAMPUS", elsewhere)
    with pytest.raises(OtherPlatform):
        other.bring(file)
    assert acts(other) == set()


def test_an_act_that_was_altered_before_it_was_packed_is_refused(
    pc: Pc, other: Pc, stick: Path
) -> None:
    """Its own journal's hash does not fit: the file was made by something that is no player."""
    pc.do(PASSED)
    with pc.db() as db, db.atomic():
        db.execute("DROP TRIGGER events_are_final")
        db.execute("UPDATE events SET payload = replace(payload, '0.75', '1.0')")
    with pytest.raises(BundleDamaged):
        other.bring(to(stick, pc))
    assert acts(other) == set()


def test_an_act_at_no_time_is_refused(pc: Pc, other: Pc, stick: Path) -> None:
    """Times are compared as texts."""
    with pc.db() as db:
        pc.learn()
        where = Where(ADA.id, "course", 1, "activity")
        with patch("player.journal.journal.stamp", lambda *_: "2026-01-05T09:00:00+00:00"):
            record(db, where, PASSED, pc.now)
    with pytest.raises(BundleDamaged):
        other.bring(to(stick, pc))
    assert acts(other) == set()


def test_failing_stores_block_no_delivery_of_others(
    pc: Pc, stick: Path, store: LrsSimulator, clock: Clock
) -> None:
    ids = pc.do(*[PASSED] * 4)
    store.once = [FAILS] * 2
    (file,) = pc.pack(stick)
    assert hand_in(file, store, clock).left == 0
    assert once(store, ids)
