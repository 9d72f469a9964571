# SPDX-License-Identifier: Apache-2.0
"""Files that are handed in: from the learner's PC, over any road, to the desk."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from carrying import ADA, CAMPUS, OFFICES, PACE, Pc, bundles
from clock import Clock
from dropbox_server import Dropbox, road, serving
from lrs_simulator import LrsSimulator
from power import Killed, Power, Road, power

from player.course.platform import Platform
from player.errors import (
    Damaged,
    NoRecipients,
    NotTheServer,
    Offline,
    PlayerError,
    ServerBusy,
    ServerRefused,
)
from player.journal import handing
from player.journal.desk import DoneAct
from player.journal.events import Answered, Finished
from player.journal.journal import Where, record
from player.store import handed
from player.store.database import Database
from player.store.handed import PIECE, File
from player.sync import courier, handed_piece, seal, works
from player.sync.dropbox import Round
from player.sync.office import Delivered, deliver
from player.transport import Reply, Transport

__all__ = ["power"]  # a fixture, asked for by name

WORK, LETTER = os.urandom(2 * PIECE + 1000), b"Bonjour. " * 100
WHERE = Where("ada", "course", 1, "essay")


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Dropbox]:
    with serving(tmp_path / "arrived") as found:
        yield found


@dataclass
class Learner:
    pc: Pc
    platform: Platform

    def choose(self, data: bytes, name: str, tmp: Path) -> File:
        path = tmp / name
        path.write_bytes(data)
        found = handed.keep(self.pc.home, path)
        path.unlink()  # the original may go
        return found

    def answer(self, *files: File, attempt: str = "a1", end: bool = True) -> str:
        self.pc.learn(ADA)
        with self.pc.db() as db:
            names = "[,]".join(one.name for one in files)
            facts = {"name": "Essay", "language": "en", "attempt": attempt}
            given = {"u": [one.line for one in files]}
            act = Answered(
                **facts, question="q", title="Q", interaction="other", response=names, given=given
            )
            id_ = record(db, WHERE, act, self.pc.now).id
            if end:
                self.end(attempt)
            return id_

    def end(self, attempt: str = "a1") -> None:
        with self.pc.db() as db:
            act = Finished(
                name="Essay",
                language="en",
                type="work",
                attempt=attempt,
                score=0.0,
                points=0.0,
                out_of=0.0,
            )
            record(db, WHERE, act, self.pc.now)

    def send(self, by: Transport | None = None) -> PlayerError | None:
        with self.pc.db() as db:
            round_ = Round(db, self.pc.home, self.platform, self.pc.now)
            return round_.send(by or road())

    def carry(self, stick: Path) -> list[Path]:
        with self.pc.db() as db:
            return Round(db, self.pc.home, self.platform, self.pc.now).carry(stick)

    def standing(self, act: str = "") -> handing.Standing:
        with self.pc.db() as db:
            return handing.standing(db, act)


@pytest.fixture
def learner(tmp_path: Path, box: Dropbox, clock: Clock) -> Learner:
    platform = msgspec.structs.replace(CAMPUS, dropbox=box.url)
    found = Learner(Pc(tmp_path / "home", clock), platform)
    found.pc.learn(ADA)
    return found


@pytest.fixture
def two(learner: Learner, tmp_path: Path) -> str:
    """An answer with two files: three pieces and one."""
    learner.pc.learn(ADA)
    files = [learner.choose(WORK, "photo.jpg", tmp_path), learner.choose(LETTER, "a.txt", tmp_path)]
    return learner.answer(*files)


def desk(
    folders: list[Path], out: Path, *acts: str, response: str = "photo.jpg[,]a.txt"
) -> works.Works:
    """What the desk makes of the folders, with these answers in the store."""
    out.mkdir(exist_ok=True)
    done = [
        DoneAct(id_, "ada", "course", "essay", "iri", "Q", response, "2026-01-05", 0)
        for id_ in acts
    ]
    known = {one.id: one for one in done}
    return works.lay_out(done, known.get, folders, out, OFFICES[0].identity, CAMPUS.home)


def test_files_go_sealed_and_are_opened_at_the_desk(
    learner: Learner, two: str, box: Dropbox, tmp_path: Path
) -> None:
    assert learner.send() is None
    assert learner.standing(two) == handing.Standing(2, 4, 4, 0)
    assert len(box.names) == 4
    sent = b"".join((box.folder / name).read_bytes() for name in box.names)
    for secret in (b'"ada"', b"photo", b"essay", b"Bonjour", WORK[:64]):
        assert secret not in sent
    done = desk([box.folder], tmp_path / "out", two)
    folder = tmp_path / "out" / "course" / "essay" / "ada" / two
    assert (done.files, done.problems, done.missing) == (2, [], [])
    assert (folder / "photo.jpg").read_bytes() == WORK
    assert (folder / "a.txt").read_bytes() == LETTER
    assert "Q\n\nphoto.jpg" in (folder / "text.txt").read_text()
    rows = list(
        csv.DictReader(io.StringIO((tmp_path / "out" / "works.csv").read_text("utf-8-sig")))
    )
    assert rows[0]["statement"] == two
    assert set(rows[0]["files"].splitlines()) == {
        f"course/essay/ada/{two}/a.txt",
        f"course/essay/ada/{two}/photo.jpg",
    }


def test_what_it_costs_is_what_was_said(learner: Learner, two: str, box: Dropbox) -> None:
    learner.send()
    said = handed_piece.cost(len(WORK)) + handed_piece.cost(len(LETTER))
    sent = sum((box.folder / name).stat().st_size for name in box.names)
    heads = 4 * 450  # of request and answer
    assert abs(said - sent - heads) < 0.02 * said + 4 * 1024


@pytest.mark.parametrize("how", ["cut", "lost", "503", "429", "500", "507", "portal", "302"])
@pytest.mark.parametrize("at", range(4))
def test_broken_at_any_piece_it_goes_on_there_and_nothing_taken_goes_twice(
    learner: Learner, two: str, box: Dropbox, how: str, at: int, tmp_path: Path
) -> None:
    box.next_ = [""] * at + [how]
    problem = learner.send()
    assert problem is not None
    before = learner.standing().taken
    assert before >= at
    assert learner.send() is None
    assert learner.standing().left == 0
    assert set(box.put.values()) == {1}
    assert desk([box.folder], tmp_path / "out", two).files == 2


def test_where_the_drop_box_never_says_what_it_has_an_unsure_piece_goes_again(
    learner: Learner, two: str, box: Dropbox
) -> None:
    box.says, box.next_ = False, ["lost"]
    assert isinstance(learner.send(), Offline)
    assert learner.send() is None
    assert sorted(box.put.values()) == [1, 1, 1, 2]


@pytest.mark.parametrize(
    ("how", "problem"),
    [("cut", Offline), ("503", ServerBusy), ("403", ServerRefused), ("portal", NotTheServer)],
)
def test_what_stood_in_the_way_is_said(
    learner: Learner, two: str, box: Dropbox, how: str, problem: type
) -> None:
    box.next_ = [how]
    assert isinstance(learner.send(), problem)


def test_a_file_that_is_refused_holds_up_no_other(learner: Learner, two: str, box: Dropbox) -> None:
    box.next_ = ["413"]
    assert isinstance(learner.send(), ServerRefused)
    assert learner.standing().taken == 1  # the letter


def test_only_what_was_handed_in_goes_and_of_each_question_the_last_answer(
    learner: Learner, box: Dropbox, tmp_path: Path
) -> None:
    first = learner.choose(LETTER, "first.txt", tmp_path)
    last = learner.choose(LETTER + b"!", "last.txt", tmp_path)
    learner.answer(first, end=False)
    assert learner.send() is None
    assert not box.names
    id_ = learner.answer(last)
    assert learner.send() is None
    assert learner.standing() == learner.standing(id_) == handing.Standing(1, 1, 1, 0)


def test_without_a_drop_box_files_stay_for_a_stick(
    learner: Learner, two: str, box: Dropbox, tmp_path: Path
) -> None:
    learner.platform = CAMPUS
    assert learner.send() is None
    assert not box.names
    stick = tmp_path / "stick"
    stick.mkdir()
    assert len(learner.carry(stick)) == 4
    assert learner.standing() == handing.Standing(2, 4, 0, 4)
    assert desk([stick / "dropbox"], tmp_path / "out", two).files == 2


def test_for_nobody_nothing_is_sealed(learner: Learner, two: str, tmp_path: Path) -> None:
    learner.platform = msgspec.structs.replace(CAMPUS, recipients=())
    assert learner.send() is None
    with pytest.raises(NoRecipients):
        learner.carry(tmp_path)


def test_by_stick_an_office_puts_them_into_the_drop_box_and_its_receipt_says_so(
    learner: Learner, two: str, box: Dropbox, tmp_path: Path, clock: Clock
) -> None:
    stick, both = tmp_path / "stick", Both(LrsSimulator(), box)
    stick.mkdir()
    with learner.pc.db() as db:
        parcels = courier.pack(
            db, learner.platform, learner.pc.secret, [ADA], now=clock, with_files=True
        )
        courier.carry(db, parcels, stick, now=clock)
    learner.carry(stick)
    (stick / "dropbox" / f"{'f' * 32}.1.age").write_bytes(b"a virus, say")
    done = _deliver(bundles(stick)[0], both, learner.platform, clock, ["", "", "cut"])
    assert (done.pieces, type(done.problem)) == (2, Offline)
    done = _deliver(bundles(stick)[0], both, learner.platform, clock)
    assert (done.pieces, done.problem) == (4, None)
    assert set(box.put.values()) == {1}
    returned = learner.pc.read(stick)
    assert returned.pieces == 4
    assert learner.standing(two).left == 0
    assert learner.send() is None
    assert set(box.put.values()) == {1}


def test_files_alone_travel_with_a_bundle_of_no_acts(
    learner: Learner, two: str, box: Dropbox, tmp_path: Path, clock: Clock
) -> None:
    stick, both = tmp_path / "stick", Both(LrsSimulator(), box)
    stick.mkdir()
    learner.pc.push(both.store)
    learner.carry(stick)
    with learner.pc.db() as db:
        assert not courier.pack(db, learner.platform, learner.pc.secret, [ADA], now=clock)
        parcels = courier.pack(
            db, learner.platform, learner.pc.secret, [ADA], now=clock, with_files=True
        )
        courier.carry(db, parcels, stick, now=clock)
    done = _deliver(bundles(stick)[0], both, learner.platform, clock)
    assert (done.count, done.pieces, done.left, done.problem) == (0, 4, 0, None)
    learner.pc.read(stick)
    assert learner.standing(two).left == 0


@dataclass
class Both:
    """The store at its address, and the drop box at its own."""

    store: LrsSimulator
    box: Dropbox

    def request(
        self, method: str, url: str, *, headers: Any = None, body: bytes | None = None
    ) -> AbstractContextManager[Reply]:
        way: Transport = road() if url.startswith(self.box.url) else self.store
        return way.request(method, url, headers=headers, body=body)


def _deliver(
    path: Path, both: Both, platform: Platform, clock: Clock, breaks: Sequence[str] = ()
) -> Delivered:
    both.box.next_ = list(breaks)
    return deliver(path, both, platform, OFFICES[0], now=clock, announce=lambda _: None, pace=PACE)


def test_killed_at_any_step_each_piece_arrives_and_none_that_was_taken_goes_twice(
    learner: Learner, two: str, box: Dropbox, tmp_path: Path, power: Power
) -> None:
    deaths = 0
    for step in range(1, 100):
        power.goes_at, power.steps = step, 0
        before, taken = dict(box.put), _taken(learner)
        try:
            learner.send(Road(road(), power))
            break
        except Killed:
            deaths += 1
            power.goes_at = None
        assert {name for name in taken if box.put[name] != before[name]} == set()
    power.goes_at = None
    assert deaths > 10
    assert learner.standing().left == 0
    assert set(box.put.values()) == {1}, "a killed PC asks first what the drop box has"
    assert desk([box.folder], tmp_path / "out", two).files == 2


def _taken(learner: Learner) -> set[str]:
    with learner.pc.db() as db:
        query = "SELECT file, number FROM handed_pieces WHERE taken_at IS NOT NULL"
        return {handed_piece.called(*row) for row in db.execute(query)}


def test_a_file_that_was_damaged_here_is_said_and_holds_up_no_other(
    learner: Learner, two: str, box: Dropbox
) -> None:
    with learner.pc.db() as db:
        handing.gather(db, learner.pc.home)
    path = handed.path(learner.pc.home, hashlib.sha256(WORK).hexdigest())
    path.write_bytes(b"?" + WORK[1:])
    assert isinstance(learner.send(), Damaged)
    assert learner.standing().taken == 1


def test_nothing_that_an_answer_or_a_draft_names_is_tidied_away(
    learner: Learner, two: str, tmp_path: Path
) -> None:
    loose = learner.choose(b"never handed in", "loose.txt", tmp_path)
    with learner.pc.db() as db:
        now = (learner.pc.home / "handed").stat().st_mtime
        assert handing.tidy(db, learner.pc.home, now + 60) == 0
        assert handing.tidy(db, learner.pc.home, now + 2 * 86400) == loose.size
    assert sorted(one.stat().st_size for one in handed.stored(learner.pc.home)) == [900, len(WORK)]


# At the desk: what anybody may have put there


def _piece(act: str, folder: Path, *, data: bytes = b"Hello", **changes: Any) -> None:
    """Put a piece into a folder, of a file of ada's or of whatever the changes say."""
    facts = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "name": "x.txt"}
    file = File(**(facts | {key: changes.pop(key) for key in facts if key in changes}))
    one = replace(handing.Handed("0" * 32, act, "ada", "course", "essay", "q", file), **changes)
    folder.mkdir(exist_ok=True)
    sealed = handed_piece.write(one, 1, data, CAMPUS.home, list(CAMPUS.recipients))
    (folder / handed_piece.called(one.id, 1)).write_bytes(sealed)


@pytest.mark.parametrize(
    ("name", "laid"),
    [
        ("../../../etc/passwd", "_.._.._etc_passwd"),
        ("..", "_"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("C:\\boot.ini", "C__boot.ini"),
        ("photo\u202egpj.exe", "photo_gpj.exe"),
        ("text.txt", "text-2.txt"),
        ("a" * 400 + ".pdf", "a" * 120),
        ("trailing. . ", "trailing"),
    ],
)
def test_no_name_leads_out_of_its_folder(name: str, laid: str, tmp_path: Path) -> None:
    _piece("act", tmp_path / "box", name=name)
    desk([tmp_path / "box"], tmp_path / "out", "act")
    folder = tmp_path / "out" / "course" / "essay" / "ada" / "act"
    assert (folder / laid).read_bytes() == b"Hello"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["box", "out"]


@pytest.mark.parametrize(
    "change",
    [{"sha256": "0" * 64}, {"size": 6}, {"size": 2**30}, {"learner": "bob"}, {"course": "other"}],
    ids=str,
)
def test_what_is_not_what_it_says_is_left_aside(change: dict[str, object], tmp_path: Path) -> None:
    _piece("act", tmp_path / "box", **change)
    done = desk([tmp_path / "box"], tmp_path / "out", "act")
    assert done.files == 0
    assert len(done.problems) == 1
    assert not list((tmp_path / "out").rglob("x.txt")), "nothing of it may lie there"


def test_rubbish_in_the_drop_box_stops_nothing(
    learner: Learner, two: str, box: Dropbox, tmp_path: Path
) -> None:
    learner.send()
    folder = box.folder
    (folder / "readme.html").write_text("hello")
    (folder / f"{'1' * 32}.1.age").write_bytes(b"rubbish")
    (folder / f"{'2' * 32}.1.age").write_bytes(b"age-encryption.org/v1\n" + b"x" * 1000)
    (folder / f"{'3' * 32}.1.age").symlink_to("/dev/zero")
    (folder / f"{'4' * 32}.1.age").mkdir()
    with (folder / f"{'5' * 32}.1.age").open("wb") as huge:
        huge.truncate(2**34)
    os.mkfifo(folder / f"{'6' * 32}.1.age")
    stranger = seal.public_of(seal.new_identity()[0])
    (folder / f"{'7' * 32}.1.age").write_bytes(seal.sealed_for(b"{}", [stranger]))
    done = desk([folder], tmp_path / "out", two)
    assert done.files == 2
    assert len(done.problems) == 3


def test_what_lacks_pieces_waits_and_is_opened_when_they_are_here(
    learner: Learner, two: str, box: Dropbox, tmp_path: Path
) -> None:
    learner.send()
    gone = next(name for name in box.names if ".2." in name)
    shutil.move(box.folder / gone, tmp_path / gone)
    done = desk([box.folder], tmp_path / "out", two)
    assert (done.files, done.missing) == (1, ["“photo.jpg” of ada: 2 of 3 pieces are here"])
    shutil.move(tmp_path / gone, box.folder / gone)
    done = desk([box.folder], tmp_path / "out", two)
    assert (done.files, done.known, done.missing) == (1, 1, [])


def test_of_an_answer_that_the_store_does_not_have_yet_it_is_said(
    learner: Learner, two: str, box: Dropbox, tmp_path: Path
) -> None:
    learner.send()
    done = desk([box.folder], tmp_path / "out")
    assert (done.files, len(done.missing)) == (0, 2)


def test_no_name_reaches_the_terminal_as_anything_but_words(tmp_path: Path) -> None:
    _piece("unknown", tmp_path / "box", name="x\x1b[2J.txt", learner="ada\x07")
    (said,) = desk([tmp_path / "box"], tmp_path / "out").missing
    assert said.isprintable()


def test_a_table_in_which_somebody_wrote_is_never_written_over(
    learner: Learner, two: str, box: Dropbox, tmp_path: Path
) -> None:
    learner.send()
    assert desk([box.folder], tmp_path / "out", two).table == "works.csv"
    (tmp_path / "out" / "works.csv").write_text("marks")
    assert desk([box.folder], tmp_path / "out", two).table == "works-2.csv"
    assert (tmp_path / "out" / "works.csv").read_text() == "marks"


def test_what_is_handed_in_is_found_by_an_index(db: Database) -> None:
    """It is looked for before each sending, in a journal of 100,000 acts too."""
    query = f"EXPLAIN QUERY PLAN SELECT seq FROM ledger WHERE {handing._FINAL}"  # noqa: S608 - ours
    lines = [row[3] for row in db.execute(query)]
    assert any("USING INDEX events_with_files" in line for line in lines)
    assert not any(line.startswith("SCAN e") and "INDEX" not in line for line in lines)
