# SPDX-License-Identifier: Apache-2.0
"""Work from a learner's PC, through the store and the drop box, to a mark and back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from clock import Clock
from command_line import cartable
from dropbox_server import Dropbox, serving
from posting import COURSE, Pc, World

from player.app import doctor
from player.errors import Offline
from player.journal.events import Answered, Finished
from player.journal.items import Mark
from player.store import handed
from player.sync.works import Works

DATA = b"%PDF-1.7" + bytes(range(256)) * 3000
NAMES = {"name": "Essay", "language": "en"}


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Dropbox]:
    with serving(tmp_path / "arrived") as found:
        yield found


@pytest.fixture
def world(tmp_path: Path, clock: Clock, box: Dropbox) -> Iterator[World]:
    with closing(World(tmp_path, clock)) as found:
        found.description = json.dumps(
            json.loads(found.description) | {"dropbox": box.url}
        ).encode()
        for home in ("desk", "office"):
            found.services(home).join(found.description)
        yield found


def join(world: World, dropbox: str) -> None:
    """Have a drop box from now on, or none."""
    world.description = json.dumps(json.loads(world.description) | {"dropbox": dropbox}).encode()
    for home in ("desk", "office"):
        world.services(home).join(world.description)


def hand_in(pc: Pc, tmp: Path) -> str:
    """Hand in a file, and delete the original; the id of the answer."""
    source = tmp / "page.pdf"
    source.write_bytes(DATA)
    file = handed.keep(pc.services.home, source)
    source.unlink()
    act = Answered(
        **NAMES,
        attempt="a1",
        question="q",
        title="The page",
        interaction="other",
        response=file.name,
        given={"u": [file.line]},
    )
    end = Finished(**NAMES, type="work", attempt="a1", score=0.0, points=0.0, out_of=0.0)
    (id_, _) = pc.do(act, end, activity="essay")
    return id_


def works(world: World, box: Dropbox, out: Path) -> Works:
    identity = world.services("office").courier.secrets().identity
    return world.desk.works([box.folder], out, identity)


def test_a_page_goes_with_the_sync_is_marked_and_its_mark_comes_home(
    world: World, box: Dropbox, tmp_path: Path
) -> None:
    pc, out = world.pc("awa"), tmp_path / "out"
    answer = hand_in(pc, tmp_path)
    assert pc.services.files_go == "network"
    assert pc.services.send().problem is None
    assert not pc.services.has_to_send
    done = works(world, box, out)
    assert (done.files, done.problems, done.missing) == (1, [], [])
    assert (out / COURSE / "essay" / pc.learner / answer / "page.pdf").read_bytes() == DATA
    table = out / done.table
    rows = list(csv.reader(io.StringIO(table.read_text("utf-8-sig"))))
    score, feedback = rows[0].index("score"), rows[0].index("feedback")
    for row in rows[1:]:
        if row[0] == answer:
            row[score], row[feedback] = "8/10", "Clear."
    with table.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)
    assert world.desk.grade(table, "A. Diallo").marked == 1
    world.desk.mailbox(world.repository)
    assert pc.services.mail.collect().problems == ()
    (mark,) = pc.marks()
    assert isinstance(mark, Mark)
    assert (mark.act, mark.score, mark.feedback) == (answer, 0.8, "Clear.")
    assert pc.entries()[answer].state == "marked"


def test_a_line_that_breaks_leaves_pieces_to_send_though_every_act_has_arrived(
    world: World, box: Dropbox, tmp_path: Path
) -> None:
    pc = world.pc("awa")
    answer = hand_in(pc, tmp_path)
    box.next_ = ["", "cut"]
    assert isinstance(pc.services.send().problem, Offline)
    assert pc.services.counts().waiting == 0
    assert pc.services.has_to_send
    entry = pc.entries()[answer]
    assert (entry.state, entry.gone, entry.pieces) == ("received", 1, -(-len(DATA) // handed.PIECE))
    assert pc.services.send().problem is None
    assert set(box.put.values()) == {1}


def test_what_it_took_of_the_line_is_in_the_ledger(
    world: World, box: Dropbox, tmp_path: Path
) -> None:
    pc = world.pc("awa")
    hand_in(pc, tmp_path)
    pc.services.send()
    assert pc.services.traffic().answers > len(DATA)


def test_by_stick_alone_it_comes_to_the_desk_too(
    world: World, box: Dropbox, tmp_path: Path
) -> None:
    join(world, "")
    pc, stick = world.pc("awa"), tmp_path / "stick"
    stick.mkdir()
    hand_in(pc, tmp_path)
    assert pc.services.files_go == "stick"
    assert pc.services.send().problem is None
    assert not pc.services.has_to_send
    parcels = pc.services.courier.pack()
    assert [one.count for one in parcels] == [0]
    written = pc.services.courier.carry(parcels, stick)
    world.services("office").courier.deliver(written[0], world.services("office").courier.secrets())
    box.folder = stick / "dropbox"
    assert works(world, box, tmp_path / "out").files == 1
    for path in written:
        path.unlink()
    assert pc.services.files.left > 0, "nobody has said that it arrived"


def test_a_course_that_goes_takes_no_file_with_it_and_the_doctor_knows_them(
    world: World, box: Dropbox, tmp_path: Path
) -> None:
    pc = world.pc("awa")
    hand_in(pc, tmp_path)
    found = {one.what: one for one in doctor.examine(pc.services)}
    assert found["handed in"].good
    assert pc.services.disk.suggestions() == []
    doctor.mend(pc.services)
    assert pc.services.handing.damaged() == (1, [])
    (path,) = handed.stored(pc.services.home)
    path.write_bytes(b"?")
    found = {one.what: one for one in doctor.examine(pc.services)}
    assert not found["handed in"].good
    assert "page.pdf" in found["handed in"].text


def test_the_command_line_opens_what_arrived(
    world: World, box: Dropbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pc, out = world.pc("awa"), tmp_path / "out"
    hand_in(pc, tmp_path)
    pc.services.send()
    world.close()
    (world.folder / "desk" / "office.age").write_bytes(
        (world.folder / "office" / "office.age").read_bytes()
    )
    out.mkdir()
    road = world.services("desk").transport
    monkeypatch.setattr("player.cli.answers.Roads", lambda *_: road)
    ran = cartable(
        world.folder / "desk", "platform", "works", "--json", "--dropbox", box.folder, "--out", out
    )
    assert ran.code == 0, ran.err
    assert (ran.facts["files"], ran.facts["missing"]) == (1, [])
    assert (out / ran.facts["table"]).exists()
