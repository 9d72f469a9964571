# SPDX-License-Identifier: Apache-2.0
"""The platform's side: acts are marked, and marks, receipts and word come to the learners."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from clock import Clock
from every_act import PASSED, WRITTEN
from lrs_simulator import ANSWER_LOST, FORBIDDEN
from posting import COURSE, World

from player.errors import BadMark, BadNotice, DatabaseBusy, MayNotRead, NotAFolder
from player.store import lock


@pytest.fixture(params=[False, True], ids=["kind", "strict"])
def world(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[World]:
    """A platform whose store is as kind as Ralph, or as strict as xAPI allows."""
    with closing(World(tmp_path, clock, strict=request.param)) as found:
        yield found


@pytest.fixture
def campus(tmp_path: Path, clock: Clock) -> Iterator[World]:
    with closing(World(tmp_path, clock)) as found:
        yield found


def test_an_answer_is_sent_marked_and_comes_home_as_marked(world: World) -> None:
    pc = world.pc("awa")
    answer, _ = pc.do(), pc.do(WRITTEN)  # the second has its mark already
    assert pc.services.send().problem is None
    (row,) = world.table()
    assert (row["statement"], row["learner"], row["course"]) == (*answer, pc.learner, COURSE)
    assert (row["activity"], row["question"]) == ("quiz", "Rôle")
    done = world.desk.grade(world.fill((*answer, "8,5 / 10", "Bien vu : « oui ».")), "Dr Diop")
    assert (done.marked, done.known, done.left, done.problems) == (1, 0, 0, ())
    posted = world.desk.mailbox(world.repository)
    assert (posted.letters, posted.unaddressed) == (1, 0)
    assert pc.services.mail.collect().problems == ()
    entry = pc.entries()[answer[0]]
    assert entry.state == "marked"
    assert entry.mark is not None
    assert (entry.mark.score, entry.mark.points, entry.mark.out_of) == (0.85, 8.5, 10)
    assert (entry.mark.feedback, entry.mark.by) == ("Bien vu : « oui ».", "Dr Diop")
    assert not world.table()


def test_twice_marks_once_and_writes_once(world: World) -> None:
    pc = world.pc("awa")
    (answer,) = pc.do()
    pc.services.send()
    table = world.fill((answer, "0.8", "Good."))
    assert world.desk.grade(table).marked == 1
    count = len(world.store.stored)
    again = world.desk.grade(table)
    assert (again.marked, again.known, len(world.store.stored)) == (0, 1, count)
    assert world.desk.mailbox(world.repository).letters == 1
    before = world.mailbox()
    assert world.desk.mailbox(world.repository).letters == 0
    assert world.mailbox() == before


def test_a_corrected_mark_takes_the_place_of_the_older_and_can_go_back(world: World) -> None:
    pc = world.pc("awa")
    (answer,) = pc.do()
    pc.services.send()
    for score in ("0.2", "0.9", "20 %"):  # in the same second
        assert world.desk.grade(world.fill((answer, score, ""))).marked == 1
        world.desk.mailbox(world.repository)
    pc.services.mail.collect()
    assert pc.entries()[answer].mark.score == 0.2  # type: ignore[union-attr]
    assert len(pc.marks()) == 3


def test_a_desk_that_was_lost_knows_every_mark_again(campus: World) -> None:
    pc = campus.pc("awa")
    (answer,) = pc.do()
    pc.services.send()
    campus.desk.grade(campus.fill((answer, "0.8", "Good.")))
    campus.desk.mailbox(campus.repository)
    campus.restart("desk")
    for path in (campus.folder / "desk").glob("player.db*"):
        path.unlink()
    assert campus.desk.grade(campus.fill((answer, "0.8", "Good."))).known == 1
    assert campus.desk.mailbox(campus.repository).letters == 1  # told again, under the same id
    assert pc.services.mail.collect().new == 1
    assert len(pc.marks()) == 1


def test_each_bad_row_is_said_and_stops_no_other(campus: World) -> None:
    pc = campus.pc("awa")
    first, second = pc.do() + pc.do()
    pc.services.send()
    table = campus.fill(
        (first, "eleven", ""), ("nobody", "0.5", ""), (second, "1/2", "Two\nlines"), ("", "", "")
    )
    done = campus.desk.grade(table)
    assert done.marked == 1
    assert [one.details["line"] for one in done.problems] == [2, 3]
    assert {type(one) for one in done.problems} == {BadMark}


def test_an_answer_that_was_lost_marks_once(campus: World) -> None:
    pc = campus.pc("awa")
    (answer,) = pc.do()
    pc.services.send()
    campus.store.once = [ANSWER_LOST]
    table = campus.fill((answer, "0.8", ""))
    done = campus.desk.grade(table)
    assert (done.marked, done.left) == (0, 1)
    assert campus.desk.grade(table).left == 0
    campus.desk.mailbox(campus.repository)
    pc.services.mail.collect()
    assert len(pc.marks()) == 1


def test_a_key_that_may_not_read_is_said_and_nothing_written(campus: World) -> None:
    campus.store.readable = False
    with pytest.raises(MayNotRead):
        campus.desk.mailbox(campus.repository)
    campus.store.readable = True
    campus.store.always = FORBIDDEN
    assert not campus.mailbox()


def test_a_second_pc_of_a_learner_has_everything_from_the_first_letter(campus: World) -> None:
    one = campus.pc("one")
    (answer,) = one.do()
    one.services.send()
    campus.desk.grade(campus.fill((answer, "1", "")))
    campus.desk.mailbox(campus.repository)
    two = campus.pc("two", one.learner)
    two.services.send()
    assert campus.desk.mailbox(campus.repository).letters == 1
    assert two.services.mail.collect().problems == ()
    assert [mark.act for mark in two.marks()] == [answer]


def test_who_has_said_no_pc_is_counted_and_waits(campus: World) -> None:
    pc = campus.pc("awa")
    (answer,) = pc.do()
    pc.services.send()
    for id_, said in list(campus.store.stored.items()):
        if said["verb"]["id"].endswith("preferred"):
            del campus.store.stored[id_]
            del campus.store._stored[id_]
            address = id_, said
    campus.desk.grade(campus.fill((answer, "1", "")))
    posted = campus.desk.mailbox(campus.repository)
    assert (posted.letters, posted.unaddressed) == (0, 1)
    assert not campus.mailbox()
    id_, said = address
    campus.store.stored[id_] = said
    campus.store._stored[id_] = (campus.now().isoformat(), "Basic ZGV2aWNlOnNlc2FtZQ==")
    posted = campus.desk.mailbox(campus.repository)
    assert (posted.letters, posted.unaddressed) == (1, 0)


def notice(folder: Path, text: str) -> Path:
    path = folder / "notice.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_word_to_everybody_and_the_weeks_digest(campus: World) -> None:
    pc = campus.pc("awa")
    head = "---\ntitle: A later exam\nlanguage: en\nby: Dr Okafor\n---\n"
    said = notice(campus.folder, f"{head}The *hall* is flooded.<script>x</script>\n")
    digest = campus.folder / "digest.md"
    digest.write_text("---\nweek: 2026-W48\n---\n# The week\n\nTwelve questions.\n")
    for count in (1, 0):
        posted = campus.desk.mailbox(campus.repository, COURSE, [said], [digest])
        assert posted.letters == count
    assert campus.mailbox() == [f"mailbox/{COURSE}/1.json"]
    pc.services.mail.collect()
    first, second = sorted(pc.services.mail.items(), key=lambda one: one.type)
    assert (first.type, first.item.title) == ("announcement", "A later exam")
    assert first.item.text == "<p>The <em>hall</em> is flooded.</p>"  # type: ignore[union-attr]
    assert (second.item.title, second.item.week) == ("The week", "2026-W48")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no title",
        "---\ntitle: Nothing below\n---\n",
        "---\nauthor: X\n---\n# A\n\nb",
        "---\nlanguage: in French\n---\n# A\n\nb",
        "---\ndate: soon\n---\n# A\n\nb",
    ],
)
def test_a_word_that_makes_no_sense_is_said_and_nothing_written(campus: World, text: str) -> None:
    with pytest.raises(BadNotice):
        campus.desk.mailbox(campus.repository, "", [notice(campus.folder, text)])
    assert not campus.mailbox()


def test_a_folder_without_that_course_is_no_repository(campus: World, tmp_path: Path) -> None:
    for folder, course in ((campus.repository, "other"), (tmp_path, "")):
        with pytest.raises(NotAFolder):
            campus.desk.mailbox(folder, course)


def test_one_run_at_a_time_writes_into_a_repository(campus: World) -> None:
    with lock.alone(campus.repository / ".mailbox.lock"), pytest.raises(DatabaseBusy):
        campus.desk.mailbox(campus.repository)


def test_a_letter_that_lies_there_is_never_changed(campus: World) -> None:
    theirs = campus.repository / "mailbox" / COURSE / "1.json"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("somebody else's")
    campus.desk.mailbox(campus.repository, "", [notice(campus.folder, "# A\n\nb")])
    assert theirs.read_text() == "somebody else's"
    assert campus.mailbox() == [f"mailbox/{COURSE}/{n}.json" for n in (1, 2)]


def test_half_a_letter_that_a_killed_run_left_is_taken_away(
    campus: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    word = notice(campus.folder, "# A\n\nb")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: pytest.fail("the power went"))
        with pytest.raises(pytest.fail.Exception):
            campus.desk.mailbox(campus.repository, "", [word])
    assert campus.mailbox()
    campus.restart("desk")
    assert campus.desk.mailbox(campus.repository).letters == 1
    assert campus.mailbox() == [f"mailbox/{COURSE}/1.json"]


def test_carried_work_is_acknowledged_in_a_letter_and_the_office_brings_it_back(
    campus: World, tmp_path: Path
) -> None:
    pc, stick = campus.pc("awa"), tmp_path / "stick"
    stick.mkdir()
    (answer, _) = pc.do() + pc.do(PASSED)
    (file,) = pc.services.courier.carry(pc.services.courier.pack(), stick)
    office = campus.services("office").courier
    assert office.deliver(file, office.secrets()).letters == 0
    assert campus.desk.mailbox(campus.repository).letters == 1
    for slip in stick.glob("*.cartable-receipt"):
        slip.unlink()  # lost: the letter says it too
    assert {one.state for one in pc.entries().values()} == {"packed"}
    office.deliver(file, office.secrets())
    for slip in stick.glob("*.cartable-receipt"):
        slip.unlink()
    assert pc.services.mail.take([stick]).problems == ()
    assert {one.state for one in pc.entries().values()} == {"received"}
    assert office.deliver(file, office.secrets()).letters == 0  # it is on the stick already
    campus.desk.grade(campus.fill((answer, "1", "")))
    assert campus.desk.mailbox(campus.repository).letters == 1
    assert office.deliver(file, office.secrets()).letters == 1
    pc.services.mail.take([stick])
    assert pc.entries()[answer].state == "marked"


def test_receipts_alone_leave_marks_for_the_next_run(campus: World, tmp_path: Path) -> None:
    pc = campus.pc("awa")
    (answer,) = pc.do()
    (file,) = pc.services.courier.carry(pc.services.courier.pack(), tmp_path)
    office = campus.services("office").courier
    office.deliver(file, office.secrets())
    campus.desk.grade(campus.fill((answer, "1", "")))
    for only in (True, False):
        assert campus.desk.mailbox(campus.repository, receipts_only=only).letters == 1
        pc.services.mail.collect()
        assert pc.entries()[answer].state == ("received" if only else "marked")
