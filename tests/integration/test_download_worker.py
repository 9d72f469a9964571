# SPDX-License-Identifier: Apache-2.0
"""From a wish to whole sections, whatever the line, the server and the disk do meanwhile."""

from __future__ import annotations

import shutil
import threading
from collections import namedtuple
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from clock import Clock
from repository_builder import Built, Draft, build, noise, sha256
from simulator import Simulator

from player.catalogue.refresh import fetch_course, normalise, refresh
from player.course.manifest import Manifest
from player.download import worker
from player.download.news import DownloadNews
from player.download.patience import Patience
from player.download.worker import SectionState, Summary
from player.errors import (
    Damaged,
    DiskFull,
    FilesBusy,
    NotOffered,
    NotTheServer,
    Offline,
    PlayerError,
    ServerBusy,
    ServerRefused,
)
from player.journal.events import Downloaded
from player.journal.journal import events
from player.store import blobs, courses, database, space
from player.store.database import Database
from player.transport import Roads

TEXT = 2000
AUDIO, SMALL, LARGE = 3000, 9000, 20_000


def course(version: int = 1, name: str = "demo", changed: str = "") -> Draft:
    """Two weeks of three texts and a video; `changed` marks what is new in the first text."""
    draft = Draft(id=name, version=version)
    for week in ("one", "two"):
        texts = [noise(f"{name} {week} {n}", TEXT) for n in range(3)]
        texts[0] = noise(f"{name} {week} {changed}", TEXT)
        draft.section(
            week,
            texts=texts,
            videos=[
                {
                    "audio": noise(f"{name} {week} audio", AUDIO),
                    "240p": noise(f"{name} {week} small", SMALL),
                    "480p": noise(f"{name} {week} large", LARGE),
                }
            ],
        )
    return draft


@dataclass
class Case:
    """A home with a course kept, its server, and a clock that sleeping moves on."""

    home: Path
    db: Database
    server: Simulator
    built: Built
    slept: list[float] = field(default_factory=list)
    told: list[DownloadNews] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def manifest(self) -> Manifest:
        found = courses.course(self.db, "demo")
        assert found is not None
        return found

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def ask(self, *sections: str, rendition: str = "240p") -> None:
        worker.ask(self.db, self.manifest, sections, rendition, Clock())

    def run(self, **more: object) -> Summary:
        patience = Patience(sleep=self.sleep, clock=lambda: self.seconds, chance=lambda: 1.0)
        given = {
            "patience": patience,
            "announce": self.told.append,
            "now": Clock(),
            "lanes": 1,
        } | more
        return worker.run(self.db, self.home, self.server, **given)  # type: ignore[arg-type]

    def offer(self, built: Built) -> Manifest:
        """Publish this instead, and have its manifest here."""
        self.server.publish(built.files)
        look(self.db, self.server, built)
        manifest = fetch_course(self.db, self.server, "demo")
        self.server.served.clear()
        self.server.asked.clear()
        return manifest

    def states(self) -> list[tuple[str, str]]:
        return [(one.section, one.state) for one in worker.sections_state(self.db, self.manifest)]

    def problems(self) -> list[str]:
        query = "SELECT problem FROM wishes ORDER BY section"
        return [row[0] for row in self.db.execute(query)]


def look(db: Database, server: Simulator, built: Built) -> None:
    refresh(db, server, server.url, [built.key], allow_unsigned=False, now=Clock())


def total(manifest: Manifest, *kinds: str) -> int:
    """Bytes of both packs and of the videos of these kinds."""
    sizes = {"audio": AUDIO, "240p": SMALL, "480p": LARGE}
    packs = sum(pack.size for pack in manifest.packs.values())
    return packs + sum(2 * sizes[kind] for kind in kinds)


@pytest.fixture
def case(home: Path, db: Database) -> Case:
    built = build(course())
    made = Case(home, db, Simulator(block=500), built)
    made.offer(built)
    return made


def whole(home: Path, db: Database) -> None:
    """Everything that is said to be here is here, whole; nothing else lies in its place."""
    assert blobs.verify(db, home) == []
    lying = {path.name for path in (home / "blobs").rglob("*") if path.is_file()}
    assert lying == blobs.present(db)


def test_what_was_asked_for_is_here_and_nothing_else_was_paid_for(case: Case) -> None:
    case.ask("one")
    found = case.run()
    assert case.states() == [("one", "here"), ("two", "absent")]
    assert found.fetched == case.server.served.total()
    assert found.fetched == total(case.manifest, "240p") // 2
    assert (found.blobs, found.sections) == (4, 1)
    assert worker.pending(case.db) == []
    assert list((case.home / "parts").iterdir()) == []
    whole(case.home, case.db)


def test_texts_come_before_videos(case: Case) -> None:
    case.ask("one", "two")
    case.run()
    assert [path.split("/")[0] for path in case.server.asked] == ["packs", "blobs"] * 2


def test_what_is_here_costs_no_request(case: Case) -> None:
    case.ask("one")
    case.run()
    case.server.asked.clear()
    case.ask("one")
    assert case.run() == Summary(0, 0, 0)
    assert case.server.asked == []


def test_what_was_damaged_or_deleted_here_comes_again_when_asked_for(case: Case) -> None:
    case.ask("one")
    case.run()
    gone, bad, *_ = sorted((case.home / "blobs").rglob("??*/*"))
    gone.unlink()
    bad.write_bytes(bytes(bad.stat().st_size))
    case.ask("one")
    assert case.run().blobs == 2
    whole(case.home, case.db)


def test_a_better_picture_costs_only_the_picture(case: Case) -> None:
    case.ask("one", "two", rendition="audio")
    case.run()
    case.ask("one", rendition="480p")
    assert case.states()[0] == ("one", "partial")
    assert case.run().fetched == LARGE


def test_a_new_version_costs_what_changed(case: Case) -> None:
    case.ask("one", "two")
    case.run()
    case.offer(build(course(2, changed="better"), number=2))
    assert case.states() == [("one", "partial"), ("two", "partial")]
    assert [one.total - one.here for one in worker.pending(case.db)] == [TEXT, TEXT]
    assert case.run().fetched == 2 * TEXT == case.server.served.total()
    assert case.manifest.version == 2
    assert case.states() == [("one", "here"), ("two", "here")]


def test_a_section_that_a_new_version_no_longer_has_is_wanted_no_longer(case: Case) -> None:
    case.ask("one", "two")
    draft = course(2)
    del draft.sections[1]
    case.offer(build(draft, number=2))
    case.run()
    assert case.states() == [("one", "here")]
    assert worker.pending(case.db) == []


def test_two_courses_share_what_is_the_same(case: Case) -> None:
    twin = course()
    twin.id = "twin"
    case.offer(build(course(), twin, number=2))
    manifest = fetch_course(case.db, case.server, "twin")
    case.server.served.clear()
    case.ask("one")
    worker.ask(case.db, manifest, ["one"], "240p", Clock())
    assert case.run().fetched == total(case.manifest, "240p") // 2
    assert [one.state for one in worker.sections_state(case.db, manifest)] == ["here", "absent"]


def test_only_the_named_course_is_fetched(case: Case) -> None:
    case.offer(build(course(), course(name="other"), number=2))
    other = fetch_course(case.db, case.server, "other")
    case.ask("one")
    worker.ask(case.db, other, ["one"], "", Clock())
    case.run(course="other")
    assert case.states()[0] == ("one", "wanted")
    assert [one.manifest.id for one in worker.pending(case.db)] == ["demo"]


def test_a_folder_or_a_stick_is_a_source_like_a_server(case: Case, tmp_path: Path) -> None:
    stick = build(course(name="handed")).write(tmp_path / "clé 100%")
    url = normalise(str(stick))
    refresh(case.db, Roads(), url, [case.built.key], allow_unsigned=False, now=Clock())
    manifest = fetch_course(case.db, Roads(), "handed")
    worker.ask(case.db, manifest, ["one", "two"], "480p", Clock())
    found = worker.run(case.db, case.home, Roads())
    assert found.fetched == total(manifest, "480p")
    whole(case.home, case.db)


def test_an_unknown_section_is_not_asked_for(case: Case) -> None:
    with pytest.raises(NotOffered, match="three"):
        case.ask("one", "three")
    assert worker.pending(case.db) == []


# The line


def test_a_cut_at_every_block_costs_no_byte_and_nothing_that_was_here(tmp_path: Path) -> None:
    """The database is opened anew after every cut, as after a power cut."""
    built = build(course())
    size = total(built.manifests["demo"], "240p")
    for at in range(0, size, 500):
        home = tmp_path / str(at)
        database.prepare(home)
        server = Simulator(block=500)
        server.publish(built.files)
        with closing(database.connect(home)) as db:
            look(db, server, built)
            manifest = fetch_course(db, server, "demo")
            worker.ask(db, manifest, ["one", "two"], "240p", Clock())
        server.served.clear()
        server.cut_after(at)
        with closing(database.connect(home)) as db:
            with pytest.raises(Offline):
                worker.run(db, home, server, patience=Patience(tries=0), lanes=1)
            assert blobs.verify(db, home) == []
        assert server.served.total() == at
        with closing(database.connect(home)) as db:
            worker.run(db, home, server, patience=Patience(tries=0), lanes=1)
            whole(home, db)
            states = worker.sections_state(db, manifest)
        assert [one.state for one in states] == ["here", "here"]
        assert server.served.total() == size
        shutil.rmtree(home)


def test_a_line_that_breaks_all_the_time_costs_no_byte_and_no_wait(case: Case) -> None:
    case.ask("one", "two")
    send = case.server._send

    def breaking(path: str, data: bytes) -> object:
        case.server.cut_after(700)
        return send(path, data)

    case.server._send = breaking  # type: ignore[method-assign, assignment]
    found = case.run()
    assert case.server.served.total() == found.fetched == total(case.manifest, "240p")
    assert case.slept == []


def test_other_wishes_after_a_cut_do_not_lose_what_came_of_a_pack(case: Case) -> None:
    """The stretch that is then planned begins and ends elsewhere."""
    manifest = case.offer(build(one_pack_of_two_sections(), number=2))
    size = next(iter(manifest.packs.values())).size
    case.ask("two", rendition="")
    case.server.cut_after(TEXT + TEXT // 2)
    with pytest.raises(Offline):
        case.run(patience=Patience(tries=0), lanes=1)
    case.ask("one", rendition="")
    case.run()
    assert case.states() == [("one", "here"), ("two", "here")]
    assert case.server.served.total() == size


def one_pack_of_two_sections() -> Draft:
    draft = Draft(version=2)
    draft.section("one", texts=[noise(f"1 {n}", TEXT) for n in range(2)])
    draft.section("two", texts=[noise(f"2 {n}", TEXT) for n in range(3)])
    draft.small = [[data for contents in draft.small for data in contents]]
    return draft


def test_the_whole_members_of_a_cut_pack_are_here_at_once(case: Case) -> None:
    case.ask("one", rendition="")
    case.server.cut_after(TEXT + 10)
    with pytest.raises(Offline):
        case.run(patience=Patience(tries=0), lanes=1)
    case.server.unreachable()
    with pytest.raises(Offline):
        case.run()
    assert blobs.present(case.db) == {sha256(noise("demo one ", TEXT))}
    case.server.unreachable(False)
    case.run()
    assert case.server.served.total() == total(case.manifest) // 2


def test_without_a_connection_it_gives_up_after_a_while_and_says_why(case: Case) -> None:
    case.ask("one")
    case.server.unreachable()
    with pytest.raises(Offline) as caught:
        case.run()
    assert case.problems() == [str(caught.value)]
    (one,) = worker.pending(case.db)
    assert (one.wish.section, one.problem, one.rests) == ("one", str(caught.value), False)
    assert sum(case.slept) == pytest.approx(0.5 + 1 + 2 * 13 + 6 * 24)
    assert {news.state for news in case.told} == {"fetching", "waiting", "stopped"}
    case.server.unreachable(False)
    case.run()
    assert case.problems() == [""]


def test_waits_grow_and_differ_and_end_with_the_first_byte(case: Case) -> None:
    patience = Patience(chance=lambda: 0.0)
    problem = Offline(place="x")
    assert [patience.wait(problem, n) for n in (0, 1, 2, 3, 15, 16, 39, 40)] == [
        *(0, 0.25, 0.5, 1, 1, 3, 3),
        None,
    ]
    half = Patience(chance=lambda: 0.5)
    assert half.wait(problem, 1) == 0.375
    assert half.wait(ServerBusy(place="x", seconds=40), 1) == 40
    assert half.wait(ServerBusy(place="x", seconds=4000), 1) is None
    assert half.wait(ServerRefused(place="x", status=404), 1) is None
    assert half.wait(ServerRefused(place="x", status=408), 1) == 0.375
    assert half.wait(ServerRefused(place="x", status=502), 1) == 0.375


def test_a_busy_server_is_left_alone_for_as_long_as_it_says(case: Case) -> None:
    case.ask("one")
    case.server.refuse(503, headers={"retry-after": "45"})
    case.run()
    assert sum(case.slept) == 45
    assert case.states()[0] == ("one", "here")


def test_a_login_page_is_waited_out_and_never_kept(case: Case) -> None:
    case.ask("one")
    case.server.captive_portal()

    def log_in(seconds: float) -> None:
        case.sleep(seconds)
        case.server.captive_portal(case.seconds < 5)

    patience = Patience(sleep=log_in, chance=lambda: 1.0)
    case.run(patience=patience)
    assert case.states()[0] == ("one", "here")
    whole(case.home, case.db)


def test_a_login_page_that_stays_is_told(case: Case) -> None:
    case.ask("one")
    case.server.captive_portal()
    with pytest.raises(NotTheServer, match="log in"):
        case.run()
    assert blobs.present(case.db) == frozenset()


# What a source has not, or has only damaged


def path_of(data: bytes) -> str:
    name = sha256(data)
    return f"blobs/{name[:2]}/{name}"


BROKEN = path_of(noise("demo one small", SMALL))


def lost(case: Case) -> None:
    case.server.forget(BROKEN)


def rotten(case: Case) -> None:
    case.server.lie(BROKEN)


@pytest.mark.parametrize(("harm", "error"), [(lost, ServerRefused), (rotten, Damaged)])
def test_one_bad_file_stops_nothing_else(
    case: Case, harm: Callable[[Case], None], error: type[PlayerError]
) -> None:
    case.ask("one", "two")
    harm(case)
    with pytest.raises(error) as caught:
        case.run()
    assert case.states() == [("one", "partial"), ("two", "here")]
    assert case.problems() == [str(caught.value), ""]
    assert case.server.asked.count(BROKEN) <= 2
    assert ("two", "here") in [(news.section, news.state) for news in case.told]
    assert [news.problem for news in case.told if news.state == "stopped"] == [str(caught.value)]


def test_a_damaged_file_is_not_paid_for_again_until_somebody_asks(case: Case) -> None:
    case.ask("one")
    rotten(case)
    with pytest.raises(Damaged):
        case.run()
    case.server.asked.clear()
    assert case.run() == Summary(0, 0, 0)
    assert case.server.asked == []
    case.server._lies.clear()
    case.ask("one")
    assert case.run().fetched == SMALL


class Both:
    """Two servers on one network."""

    def __init__(self, case: Case) -> None:
        self.mirror = Simulator("https://mirror.example/")
        self.mirror.publish(case.built.files)
        look(case.db, self.mirror, case.built)
        self.mirror.served.clear()
        self._first = case.server

    def request(self, method: str, url: str, **more: object) -> object:
        server = self.mirror if url.startswith(self.mirror.url) else self._first
        return server.request(method, url, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("harm", [lost, rotten])
def test_another_repository_gives_what_the_first_cannot(
    case: Case, harm: Callable[[Case], None]
) -> None:
    both = Both(case)
    harm(case)
    case.ask("one")
    worker.run(case.db, case.home, both)  # type: ignore[arg-type]
    assert case.states()[0] == ("one", "here")
    assert dict(both.mirror.served) == {BROKEN: SMALL}


def test_another_repository_is_asked_only_for_the_damaged_member_of_a_pack(case: Case) -> None:
    both = Both(case)
    pack = next(path for path in case.server.files if path.startswith("packs/"))
    data = case.server.files[pack]
    case.server.files[pack] = data[:10] + bytes([data[10] ^ 1]) + data[11:]
    case.ask("one", "two", rendition="")
    worker.run(case.db, case.home, both)  # type: ignore[arg-type]
    assert case.states() == [("one", "here"), ("two", "here")]
    assert dict(both.mirror.served) == {pack: TEXT}


# The disk


Usage = namedtuple("Usage", "total used free")


def test_a_disk_too_small_for_the_wishes_is_said_before_a_byte_is_paid(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.ask("one", "two", rendition="480p")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 0, 16 * 2**20 + 30_000))
    with pytest.raises(DiskFull, match="Free some space"):
        case.run()
    assert case.server.asked == []
    assert [bool(problem) for problem in case.problems()] == [True, True]
    monkeypatch.undo()
    case.run()
    assert case.states() == [("one", "here"), ("two", "here")]


# Who asks, who listens


def test_whoever_reports_may_stop_and_going_on_costs_no_byte(case: Case) -> None:
    class Stopped(Exception):
        """Somebody pressed Pause."""

    case.ask("one")
    came: list[int] = []

    def report(size: int) -> None:
        came.append(size)
        if len(came) % 7 == 0:
            raise Stopped

    for _ in range(100):
        try:
            case.run(report=report)
            break
        except Stopped:
            continue
    assert case.states()[0] == ("one", "here")
    assert case.server.served.total() == total(case.manifest, "240p") // 2


def test_tries_that_bring_nothing_are_one_wait_since_its_beginning(case: Case) -> None:
    case.ask("one")
    case.server.unreachable()
    clock = Clock()

    def sleep(seconds: float) -> None:
        case.sleep(seconds)
        clock.forward(minutes=1)
        case.server.unreachable(len(case.slept) < 5)

    patience = Patience(sleep=sleep, clock=lambda: case.seconds, chance=lambda: 1.0)
    case.run(patience=patience, now=clock)
    states = [news.state for news in case.told]
    first, come = states.index("waiting"), states.index("fetching", states.index("waiting"))
    assert come - first >= 3
    assert set(states[first:come]) == {"waiting"}
    assert {news.since for news in case.told[first:come]} == {"2026-01-05T09:00:00Z"}
    assert not any(news.since for news in case.told if news.state != "waiting")


def test_waiting_can_be_stopped(case: Case) -> None:
    class Stopped(Exception):
        """Somebody pressed Pause."""

    def report(_size: int) -> None:
        if case.slept:
            raise Stopped

    case.ask("one")
    case.server.unreachable()
    with pytest.raises(Stopped):
        case.run(report=report)
    assert len(case.slept) == 1


def test_a_wish_made_while_it_runs_is_worked_off_too(case: Case) -> None:
    case.ask("one", rendition="")
    asked = []

    def report(_size: int) -> None:
        if not asked:
            asked.append(True)
            case.ask("two", rendition="audio")

    assert case.run(report=report).sections == 2
    assert case.states() == [("one", "here"), ("two", "here")]


def test_a_wish_given_up_while_it_runs_is_not_paid_for(case: Case) -> None:
    case.ask("one", "two", rendition="480p")

    def report(_size: int) -> None:
        case.db.execute("DELETE FROM wishes WHERE section = 'two'")

    case.run(report=report)
    assert path_of(noise("demo two large", LARGE)) not in case.server.asked
    assert case.states()[0] == ("one", "here")


def test_two_workers_on_one_home_are_one_too_many(case: Case, home: Path) -> None:
    case.ask("one")
    refused: list[PlayerError] = []

    def second() -> None:
        with closing(database.connect(home)) as db:
            try:
                worker.run(db, home, case.server)
            except FilesBusy as error:
                refused.append(error)

    def report(_size: int) -> None:
        if not refused:
            other = threading.Thread(target=second)
            other.start()
            other.join()

    case.run(report=report)
    assert len(refused) == 1
    assert case.server.served.total() == total(case.manifest, "240p") // 2
    whole(case.home, case.db)


def test_what_a_download_counts_on_is_freed_after_it(case: Case, home: Path) -> None:
    case.ask("one", "two")
    waits, refused = threading.Event(), list[PlayerError]()

    def free() -> None:
        with closing(database.connect(home)) as db:
            try:
                space.remove_course_files(db, home, "demo")
            except FilesBusy as error:
                refused.append(error)
            space.remove_course_files(db, home, "demo", waits.set)

    other = threading.Thread(target=free)

    def report(_size: int) -> None:
        if other.ident is None:
            other.start()
            assert waits.wait(60)

    assert case.run(report=report).sections == 2
    other.join()
    assert len(refused) == 1
    assert blobs.present(case.db) == frozenset()
    assert not [one for one in (home / "blobs").rglob("*") if one.is_file()]


def test_a_whole_section_is_written_into_the_learners_journal_once(
    case: Case, learner: str
) -> None:
    case.ask("one", "two")
    case.run(learner=learner)
    case.run(learner=learner)
    written = list(events(case.db, "kind = 'downloaded'"))
    assert [(one.course, one.version, one.activity) for one in written] == [("demo", 1, "")] * 2
    act = written[0].act
    assert isinstance(act, Downloaded)
    assert (act.name, act.section, act.rendition) == ("A course", "one", "240p")
    assert act.size == total(case.manifest, "240p") // 2


def test_a_section_and_its_entry_in_the_journal_are_on_the_disk_together(
    case: Case, learner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the entry cannot be written, the blob is not recorded, and taken up the next time."""
    case.ask("one")

    def broken(*_: object) -> None:
        raise DiskFull(place="x", needed="1 MB", free="0 bytes")

    monkeypatch.setattr("player.download.keeping.record", broken)
    with pytest.raises(DiskFull):
        case.run(learner=learner)
    monkeypatch.undo()
    case.server.unreachable()
    case.run(learner=learner)
    assert len(list(events(case.db, "kind = 'downloaded'"))) == 1
    whole(case.home, case.db)


def test_progress_is_told_ten_times_a_second_and_ends_with_everything_here(case: Case) -> None:
    case.ask("one")

    def report(_size: int) -> None:
        case.seconds += 0.03

    case.run(report=report)
    size = total(case.manifest, "240p") // 2
    fetching = [news.done for news in case.told if news.state == "fetching"]
    blocks = size // 500
    assert 0 < len(fetching) < blocks * 0.03 / 0.1 + 5
    assert fetching == sorted(fetching)
    assert case.told[-1] == DownloadNews("demo", "one", size, size, "here")


def test_states_and_sizes_are_those_of_the_wish(case: Case) -> None:
    packs = total(case.manifest) // 2
    one, two = worker.sections_state(case.db, case.manifest)
    assert one == SectionState("one", "absent", "", 0, packs + AUDIO)
    case.ask("one", rendition="480p")
    one, two = worker.sections_state(case.db, case.manifest)
    assert one == SectionState("one", "wanted", "480p", 0, packs + LARGE)
    case.run()
    one, two = worker.sections_state(case.db, case.manifest)
    assert one == SectionState("one", "here", "480p", packs + LARGE, packs + LARGE)
    assert two.state == "absent"
    case.db.execute("DELETE FROM wishes")
    one, _ = worker.sections_state(case.db, case.manifest)
    assert one == SectionState("one", "here", "", packs + LARGE, packs + LARGE)


def test_files_that_were_begun_and_are_wanted_no_longer_go_when_all_is_here(case: Case) -> None:
    case.ask("one", rendition="480p")
    case.server.cut_after(total(case.manifest) // 2 + 5000)
    with pytest.raises(Offline):
        case.run(patience=Patience(tries=0), lanes=1)
    assert list((case.home / "parts").iterdir())
    case.ask("one", rendition="audio")
    case.run()
    assert list((case.home / "parts").iterdir()) == []
