# SPDX-License-Identifier: Apache-2.0
"""Each command as a person and as a script meet it."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click import Context, Group
from command_line import ROOT, Ran, cartable, end, run, start
from lrs_simulator import PLATFORM
from msgspec import json as msgjson
from small_course import small_course

from player import app
from player.cli import main
from player.cli.progress import Progress
from player.download.news import DownloadNews
from player.journal import journal, outbox
from player.journal.events import Opened
from player.store import blobs, database, lock
from player.transport import Roads

COURSE, SECTION = "petit-cours", "organiser"
QM = ROOT / "player" / "ui" / "i18n" / "cartable_fr.qm"
COMMANDS = [
    (name, *below)
    for name in main.list_commands(Context(main))
    for command in [main.get_command(Context(main), name)]
    for below in ([(one,) for one in command.commands] if isinstance(command, Group) else [()])
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a `source`, its `repository`, and the author's `author` home."""
    folder = tmp_path_factory.mktemp("made")
    small_course(folder / "source")
    done = cartable(folder / "author", "publish", folder / "source", folder / "repository")
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    """The same, for one test, below a name with spaces and accents."""
    return shutil.copytree(made, tmp_path / "Été à Ségou – élèves")


@pytest.fixture
def home(place: Path) -> Path:
    """A home that knows the repository and believes its publisher."""
    found = place / "maison d’Awa"
    key = next((place / "repository" / "keys").glob("*.pub")).stem
    said = cartable(found, "catalogue", "--add", place / "repository", "--allow", key)
    assert said.code == 0, said.err
    assert cartable(found, "learner", "Awa").code == 0
    return found


@contextmanager
def opened(home: Path) -> Iterator[app.Services]:
    roads = Roads()
    services = app.build(home, transport=roads)
    try:
        yield services
    finally:
        services.close_thread()
        roads.close()


def join(home: Path, place: Path, endpoint: str = "http://127.0.0.1:9/xAPI") -> Ran:
    lrs = PLATFORM.lrs
    raw = json.loads(msgjson.encode(PLATFORM)) | {"lrs": {"endpoint": endpoint}}
    assert lrs is not None
    (place / "platform.json").write_text(json.dumps(raw))
    return cartable(home, "join", place / "platform.json", "--json")


def act(services: app.Services, number: int = 0) -> None:
    where = services.where(COURSE, f"page-{number}")
    journal.record(services.db, where, Opened(name="Une page", type="page"))


# Every command


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_and_touches_nothing(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    said = cartable(tmp_path / "home", *command, "--help")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"Usage: cartable {' '.join(command)}")
    assert "--json" in said.out
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "words",
    [
        "unknown",
        "journal --limit 0",
        "journal --limit x",
        "join nowhere",
        "publish",
        "import nowhere x",
        "publish . x --mirror ftp://x.example",
        "publish . x --mirror file:///x",
        "catalogue --remove https://campus.example",
        "catalogue --offline --allow ABCDEF",
        "learner \N{NO-BREAK SPACE}",
    ],
)
def test_what_was_typed_wrongly_ends_with_2(home: Path, words: str) -> None:
    said = cartable(home, *words.split(" "))
    assert said.code == 2
    assert said.out == ""
    assert "Error: " in said.err


def test_a_person_and_a_script_get_the_same_course_from_catalogue_to_doctor(
    home: Path, place: Path
) -> None:
    (shelf,) = cartable(home, "catalogue", "--json").facts["courses"]
    assert (shelf["id"], shelf["offered"], shelf["trust"]) == (COURSE, 1, "untrusted")
    assert COURSE in cartable(home, "catalogue", "--offline").out
    assert cartable(home, "courses").out == "No course is here yet.\n"
    assert cartable(home, "courses", "--json").facts == []

    (section,) = cartable(home, "courses", COURSE, "--json").facts["sections"]
    assert (section["id"], section["state"], section["here"]) == (SECTION, "absent", 0)
    got = cartable(home, "download", COURSE, "--as", "480p", "--json")
    assert (got.code, got.facts["sections"]) == (0, 1)
    assert got.err == "Downloading\n", "progress is said beside the answer"
    (section,) = cartable(home, "courses", COURSE, "--json").facts["sections"]
    assert (section["state"], section["rendition"]) == ("here", "480p")
    assert got.facts["fetched"] >= section["here"] == section["total"] > 200_000
    assert "0/6" in cartable(home, "courses", COURSE).out
    again = cartable(home, "download", "--json")
    assert (again.code, again.facts["fetched"]) == (0, 0)

    kinds = [entry["event"]["act"]["kind"] for entry in cartable(home, "journal", "--json").facts]
    assert kinds == ["downloaded", "enrolled"]
    assert len(cartable(home, "journal", "--limit", "1").out.splitlines()) == 1
    assert join(home, place).facts == {"name": "Campus", "home": "https://campus.example"}
    assert cartable(home, "doctor", "--json").code == 0
    assert not cartable(home, "doctor").found_bad

    url = cartable(home, "catalogue", "--offline", "--json").facts["repositories"][0]["url"]
    gone = cartable(home, "catalogue", "--remove", url, "--json").facts
    assert gone["repositories"] == []
    assert [shelf["id"] for shelf in gone["courses"]] == [COURSE], "the course stays"


def test_an_unknown_course_or_section_is_said_by_its_name(home: Path) -> None:
    for words in (["courses", "cours-inconnu"], ["download", "cours-inconnu"]):
        said = cartable(home, *words)
        assert said.code == 1
        assert said.err.startswith("cours-inconnu is not offered")
    said = cartable(home, "download", COURSE, "semaine-99", "--json")
    assert (said.code, said.facts["error"]) == (1, "NotOffered")
    with opened(home) as services:
        assert services.wishes() == []


def test_a_learner_is_written_down_once(home: Path) -> None:
    assert cartable(home, "learner", "--json").facts["name"] == "Awa"
    assert cartable(home, "learner", " Awa ").out == "Awa\n"
    second = cartable(home, "learner", "Moussa")
    assert second.code == 2
    assert "Awa learns here already" in second.err
    assert cartable(home, "learner").out == "Awa\n"


def test_nobody_yet_is_said_too(tmp_path: Path) -> None:
    assert cartable(tmp_path, "learner", "--json").facts is None
    assert cartable(tmp_path, "learner").out == "Nobody yet: give a name.\n"
    assert cartable(tmp_path, "journal").out == "Nothing was recorded yet.\n"
    assert cartable(tmp_path, "catalogue").out == "Nothing is offered yet.\n"


def test_the_version_is_said_and_the_log_is_kept(home: Path) -> None:
    assert cartable(home, "--version").out.startswith("cartable, version ")
    cartable(home, "sync")
    log = (home / "cartable.log").read_text(encoding="utf-8")
    assert "NoPlatform" in log


# Whether waiting helps


def test_an_offline_sync_says_the_counts_and_that_waiting_may_help(home: Path, place: Path) -> None:
    assert cartable(home, "courses", COURSE).code == 0
    join(home, place)
    said = cartable(home, "sync")
    assert said.code == 75
    assert said.out == "0 received now; 0 in all, 1 still to send, 0 refused.\n"
    assert said.err.startswith("No connection to 127.0.0.1:9.")
    facts = cartable(home, "sync", "--json").facts
    assert (facts["error"], facts["retry"], facts["left"]) == ("Offline", True, 1)
    assert facts["counts"]["saved"] + facts["counts"]["sent"] == 1


def test_what_was_refused_goes_once_more_when_asked(home: Path, place: Path) -> None:
    join(home, place)
    assert cartable(home, "courses", COURSE).code == 0  # which enrols: the one act
    with opened(home) as services:
        (entry,) = services.ledger(limit=1)
        outbox.put(services.db, [(entry.event.id, b"{}")])
        outbox.refuse(services.db, entry.event.id, "no")
    assert cartable(home, "sync", "--json").facts["counts"]["refused"] == 1
    again = cartable(home, "sync", "--again", "--json").facts["counts"]
    assert (again["refused"], again["saved"] + again["sent"]) == (0, 1)


def test_a_later_version_comes_only_when_asked_for(home: Path, place: Path) -> None:
    assert cartable(home, "download", COURSE, "--as", "none").code == 0
    outline = place / "source" / "course.toml"
    outline.write_text(outline.read_text().replace('title = "', 'title = "Neuf : ', 1))
    cartable(
        place / "author",
        "publish",
        place / "source",
        place / "repository",
        "--key",
        place / "author" / "publisher.key",
    )
    assert cartable(home, "catalogue").code == 0
    assert "(version 1," in cartable(home, "courses", COURSE).out
    assert cartable(home, "download", COURSE, "--as", "none").code == 0
    assert "(version 1," in cartable(home, "courses", COURSE).out
    assert cartable(home, "download", COURSE, "--as", "none", "--latest").code == 0
    assert "(version 2," in cartable(home, "courses", COURSE).out


def test_a_publisher_believed_no_longer_brings_nothing_new(home: Path) -> None:
    services = app.build(home)
    services.change(allowed_keys=())
    services.close_thread()
    refused = cartable(home, "download", COURSE, "--as", "none", "--json")
    assert (refused.code, refused.facts["error"]) == (1, "UntrustedKey")


def test_one_repository_that_fails_hides_no_other(home: Path) -> None:
    said = cartable(home, "catalogue", "--add", "http://127.0.0.1:9/", "--json")
    assert (said.code, said.facts["error"]) == (75, "Offline")
    assert [one["error"] for one in said.facts["problems"]] == ["Offline"]
    assert [shelf["id"] for shelf in said.facts["courses"]] == [COURSE]
    assert len(said.facts["repositories"]) == 2


def test_a_home_that_takes_no_log_says_one_sentence(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("logging.handlers.RotatingFileHandler._open", full)
    said = cartable(home, "courses", "nowhere")
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err


# Two at once


def test_a_second_download_a_second_sync_say_that_they_are_not_alone(
    home: Path, place: Path
) -> None:
    join(home, place)
    with lock.alone(home / "download.lock"), lock.alone(home / "sending.lock"):
        for words, kind in ((["download"], "FilesBusy"), (["sync"], "DatabaseBusy")):
            busy = run(home, *words, "--json")
            assert (busy.code, busy.facts["error"], busy.facts["retry"]) == (75, kind, True)
        assert cartable(home, "courses").code == 0, "looking is always possible"


class _Gate(BaseHTTPRequestHandler):
    """Sends half of what is asked for, then waits until it may go on."""

    folder: Path
    half = threading.Event()
    on = threading.Event()

    def do_GET(self) -> None:
        file = self.folder / self.path.lstrip("/")
        data = file.read_bytes() if file.is_file() else b""
        self.send_response(200 if data else 404)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.path.startswith("/blobs/"):
            self.wfile.write(data[: len(data) // 2])
            self.wfile.flush()
            self.half.set()
            self.on.wait(60)
            data = data[len(data) // 2 :]
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def gate(place: Path) -> Iterator[tuple[str, type[_Gate]]]:
    class Gate(_Gate):
        folder = place / "repository"
        half, on = threading.Event(), threading.Event()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Gate)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", Gate
    Gate.on.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def slow_home(home: Path, gate: tuple[str, type[_Gate]]) -> Path:
    """The home, with the slow server as its only source."""
    url = cartable(home, "catalogue", "--offline", "--json").facts["repositories"][0]["url"]
    assert cartable(home, "catalogue", "--remove", url).code == 0
    assert cartable(home, "catalogue", "--add", gate[0]).code == 0
    return home


def test_freeing_waits_for_a_download_and_says_so(
    slow_home: Path, gate: tuple[str, type[_Gate]], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = start(slow_home, "download", COURSE, "--as", "480p", "--json")
    assert gate[1].half.wait(60)
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    refused = cartable(slow_home, "free", COURSE, "--json")
    assert (refused.code, refused.facts["error"]) == (75, "FilesBusy")
    assert refused.err.startswith("A download is under way; this waits half a minute")
    waits = start(slow_home, "free", COURSE, "--json")
    assert waits.stderr is not None
    assert waits.stderr.readline().startswith("A download is under way")
    gate[1].on.set()
    had, freed = end(first), end(waits)
    assert (had.code, had.facts["sections"]) == (0, 1), had.err
    assert freed.code == 0
    with opened(slow_home) as services:
        assert blobs.present(services.db) == frozenset()
    assert not [one for one in (slow_home / "blobs").rglob("*") if one.is_file()]


def test_while_one_downloads_acts_are_recorded_and_a_second_download_is_told(
    slow_home: Path, gate: tuple[str, type[_Gate]]
) -> None:
    first = start(slow_home, "download", COURSE, "--as", "480p", "--json")
    assert gate[1].half.wait(60)
    with opened(slow_home) as services:
        for number in range(20):
            act(services, number)
        assert journal.broken_links(services.db) == []
    second = cartable(slow_home, "download", "--json")
    assert (second.code, second.facts["error"]) == (75, "FilesBusy")
    gate[1].on.set()
    done = end(first)
    assert (done.code, done.facts["sections"]) == (0, 1), done.err
    kinds = [e["event"]["act"]["kind"] for e in cartable(slow_home, "journal", "--json").facts]
    assert kinds.count("opened") == 20
    assert kinds.count("downloaded") == kinds.count("enrolled") == 1


def test_the_bar_begins_where_earlier_runs_ended_and_never_goes_back() -> None:
    def wish(section: str, here: int) -> app.WishedSection:
        return app.WishedSection(COURSE, section, "Petit cours", section, "240p", here, 100, "")

    bar = Progress()
    with bar.of([wish("a", 30), wish("b", 0)]):
        assert bar.share == 0.15
        bar.tell(DownloadNews(COURSE, "a", 60, 100, "fetching"))  # 30 came before, in a part
        assert bar.share == 0.3
        bar.tell(DownloadNews(COURSE, "a", 50, 100, "fetching"))  # something came damaged
        assert bar.share == 0.3
        bar.tell(DownloadNews(COURSE, "a", 100, 100, "here"))
        bar.tell(DownloadNews(COURSE, "b", 100, 100, "here"))
        assert bar.share == 1.0
    bar.tell(DownloadNews(COURSE, "b", 100, 100, "here"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process alone")
def test_an_interrupted_download_goes_on_and_shows_what_it_already_has(
    slow_home: Path, gate: tuple[str, type[_Gate]]
) -> None:
    first = start(slow_home, "download", COURSE, "--as", "480p")
    assert gate[1].half.wait(60)
    with closing(sqlite3.connect(slow_home / database.FILE)) as db:
        before = db.execute("SELECT count(*) FROM blobs").fetchone()[0]
    first.send_signal(signal.SIGINT)
    stopped = end(first)
    assert stopped.code == 1
    assert "Aborted!" in stopped.err
    assert "Traceback" not in stopped.err
    gate[1].on.set()
    with opened(slow_home) as services:
        assert len(blobs.present(services.db)) >= before
    done = cartable(slow_home, "download", "--json")
    assert (done.code, done.facts["sections"]) == (0, 1)


# What `doctor` finds


def findings(home: Path) -> list[str]:
    said = cartable(home, "doctor", "--json")
    bad = [one["what"] for one in said.facts if not one["good"]]
    assert said.code == (1 if bad else 0)
    person = cartable(home, "doctor")
    assert person.code == said.code
    assert len(person.found_bad) == len(bad)
    return bad


def test_the_doctor_finds_what_is_wrong_and_only_that(home: Path, place: Path) -> None:
    assert cartable(home, "download", COURSE, "--as", "audio").code == 0
    assert findings(home) == []
    with opened(home) as services:
        act(services)
        act(services)
        (refused, *_) = services.ledger(limit=1)
        outbox.put(services.db, [(refused.event.id, b"{}")])
        outbox.refuse(services.db, refused.event.id, "no")
        damaged = blobs.path(home, min(blobs.present(services.db)))
    damaged.write_bytes(b"damaged")
    assert findings(home) == ["files", "platform"]
    with closing(sqlite3.connect(home / database.FILE)) as db:
        db.execute("DROP TRIGGER events_are_final")
        db.execute("UPDATE events SET payload = replace(payload, 'Une', 'Ma') WHERE seq = 3")
        db.commit()
    assert findings(home) == ["journal", "files", "platform"]


def test_the_doctor_says_what_it_can_of_a_damaged_database(home: Path) -> None:
    with opened(home) as services:
        services.take_up(COURSE)
        for number in range(50):
            act(services, number)
        services.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'events'"
        root = services.db.execute(query).fetchone()[0]
        size = services.db.execute("PRAGMA page_size").fetchone()[0]
    with (home / database.FILE).open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    said = cartable(home, "doctor", "--json")
    assert said.code == 1
    bad = [one["what"] for one in said.facts if not one["good"]]
    assert bad[:2] == ["database", "journal"]
    assert {"files", "space", "video"} <= {one["what"] for one in said.facts}


# Authors


def test_mistakes_in_a_source_are_all_said_at_once(place: Path) -> None:
    course = place / "source" / "course.toml"
    text = course.read_text(encoding="utf-8")
    course.write_text(
        text.replace("pages/roles.md", "pages/nowhere.md").replace("licence", "licnce")
    )
    author = place / "author"
    said = cartable(author, "publish", place / "source", place / "repository")
    facts = cartable(author, "publish", place / "source", place / "repository", "--json").facts
    assert said.code == 1
    assert (facts["error"], facts["retry"]) == ("SourceFaults", False)
    assert len(facts["faults"]) >= 2
    assert all(fault.startswith(("course.toml:", "pages/")) for fault in facts["faults"])
    assert set(facts["faults"]) < set(said.err.splitlines())
    assert said.err.splitlines()[-1] == facts["text"]


def test_publishing_twice_changes_nothing(place: Path) -> None:
    author = place / "author"
    said = cartable(author, "publish", place / "source", place / "repository", "--json")
    assert (said.code, said.facts["changed"], said.facts["version"]) == (0, False, 1)
    assert "Reading" in said.err
    person = cartable(author, "publish", place / "source", place / "repository")
    assert "already published as version 1" in person.out
    assert "Public key: RW" in person.out


def test_a_publisher_says_where_else_the_repository_stands(place: Path) -> None:
    publish = ["publish", place / "source", place / "repository"]
    mirror = ["--mirror", "https://a.example/courses"]
    said = cartable(place / "author", *publish, *mirror, "--json")
    assert (said.code, said.facts["changed"], said.facts["catalogue_number"]) == (0, False, 2)
    catalogue = json.loads((place / "repository/catalogue.json").read_bytes())
    assert catalogue["mirrors"] == ["https://a.example/courses/"]
    said = cartable(place / "author", *publish, "--mirror", "file:///media/stick")
    assert said.code == 2
    assert "an address of the web" in said.err
    assert cartable(place / "author", *publish, "--mirror", "none").code == 0
    assert json.loads((place / "repository/catalogue.json").read_bytes())["mirrors"] == []


def test_another_publishers_repository_is_left_alone(place: Path) -> None:
    said = cartable(place / "other", "publish", place / "source", place / "repository", "--json")
    assert said.code == 1
    assert said.facts["error"] in ("BadKey", "BadSignature")


def test_a_foreign_course_is_imported_published_and_fetched(corpora: Path, tmp_path: Path) -> None:
    export = corpora / "olx" / "openedx-demo-course.tar.gz"
    if not export.is_file():
        pytest.skip("the corpora have no Open edX course")
    author, learner = tmp_path / "author", tmp_path / "learner"
    imported = cartable(author, "import", export, tmp_path / "source", "--json")
    assert imported.code == 0, imported.err
    assert imported.facts["left_out"]
    done = cartable(author, "publish", tmp_path / "source", tmp_path / "repository", "--json")
    assert done.code == 0, done.out
    key = next((tmp_path / "repository" / "keys").glob("*.pub")).stem
    course = done.facts["course"]
    added = cartable(learner, "catalogue", "--add", tmp_path / "repository", "--allow", key)
    assert course in added.out
    assert cartable(learner, "download", course, "--as", "none").code == 0
    sections = cartable(learner, "courses", course, "--json").facts["sections"]
    assert {section["state"] for section in sections} == {"here"}
    assert cartable(learner, "doctor").code == 0


def test_what_is_no_export_is_said(place: Path) -> None:
    (place / "export.tar.gz").write_bytes(b"no archive")
    said = cartable(place / "author", "import", place / "export.tar.gz", place / "new", "--json")
    assert (said.code, said.facts["error"]) == (1, "BadExport")
    assert not (place / "new").exists()


# In whose language


@pytest.mark.skipif(not QM.is_file(), reason="the French translation was not compiled yet")
def test_an_error_is_said_in_french_where_the_system_speaks_it(tmp_path: Path) -> None:
    french = run(tmp_path, "courses", "nulle-part", LC_ALL="fr_FR.UTF-8")
    english = cartable(tmp_path, "courses", "nulle-part")
    assert french.code == english.code == 1
    assert "nulle-part" in french.err
    assert "is not offered" in english.err
    assert "is not offered" not in french.err


@pytest.mark.parametrize("language", ["C.UTF-8", "en_GB.UTF-8", "pt_PT.UTF-8"])
def test_an_error_is_said_in_english_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    assert "is not offered" in cartable(tmp_path, "courses", "nowhere").err
