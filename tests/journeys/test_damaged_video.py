# SPDX-License-Identifier: Apache-2.0
"""A film goes bad on the disk, in the middle: it plays on, and only the bad piece is paid for.

A real film of the example courses, a real server on loopback that writes down every byte it sends,
the real window, and both engines where they are.
"""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from player.app import mending
from player.course.manifest import Document, Video
from player.errors import FilesBusy
from player.journal.events import Sought
from player.journal.journal import events
from player.lesson.media import State
from player.lesson.vlc import available
from player.publish.keys import own_key, public_text
from player.publish.repository import publish
from player.store import blobs
from player.store.lock import files_of
from player.ui.lesson import damage
from player.ui.lesson.document_view import DocumentView
from player.ui.lesson.video_view import VideoView
from player.ui.main import Shown, application

WAIT = 30_000
FILMS = Path(__file__).parents[2] / "examples" / "diriger-une-equipe" / "media"
COURSE, FILM = "film", "decider"
OUTLINE = f"""\
[course]
id = "{COURSE}"
title = "Un film"
language = "fr"
authors = [{{ name = "Cartable" }}]
licence = "CC-BY-SA-4.0"
[[section]]
id = "un"
title = "Un"
[[section.sequence]]
id = "sq"
title = "Un"
activities = [
    {{ id = "{FILM}", video = "media/{FILM}", title = "Le film" }},
    {{ id = "page", page = "page.md" }},
    {{ id = "feuille", document = "media/{FILM}.pdf", title = "La feuille" }},
]
"""
_RANGE = re.compile(r"bytes=(\d+)-(\d+)")

pytestmark = pytest.mark.qt_log_ignore(
    "pipewire", "PulseAudio", "No RHI backend", "Could not open media", "propagateSizeHints"
)


@dataclass
class Server:
    """Files of a folder, by ranges; `sent` are the stretches that left, by path."""

    folder: Path
    url: str = ""
    is_down: bool = False
    sent: list[tuple[str, int, int]] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[Server]:
        """Serve until the end of the block."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        server.daemon_threads = True
        self.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

    def of(self, sha256: str) -> list[tuple[int, int]]:
        """The stretches of a file that left."""
        return [(start, stop) for path, start, stop in self.sent if path.endswith(sha256)]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        mine = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                file = mine.folder / self.path.lstrip("/")
                if mine.is_down:
                    self.close_connection = True  # without a word
                    return
                if not file.is_file():
                    self.send_error(404)
                    return
                data, wanted = file.read_bytes(), self.headers.get("Range", "")
                match = _RANGE.fullmatch(wanted)
                start = int(match[1]) if match else 0
                stop = min(int(match[2]) + 1, len(data)) if match else len(data)
                self.send_response(206 if match else 200)
                self.send_header("ETag", f'"{file.name}"')
                self.send_header("Content-Length", str(stop - start))
                if match:
                    self.send_header("Content-Range", f"bytes {start}-{stop - 1}/{len(data)}")
                self.end_headers()
                self.wfile.write(data[start:stop])
                mine.sent.append((self.path, start, stop))

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A repository with the film, and who published it."""
    root = tmp_path_factory.mktemp("film")
    media = root / "source" / "media"
    media.mkdir(parents=True)
    for name in (f"{FILM}.480p.mp4", f"{FILM}.fr.vtt", f"{FILM}.pdf"):
        shutil.copy(FILMS / name, media / name)
    (root / "source" / "page.md").write_text("# Une page\n\nDu texte.\n", encoding="utf-8")
    (root / "source" / "course.toml").write_text(OUTLINE, encoding="utf-8")
    secret = own_key(root / "publisher.key")
    publish(root / "source", root / "repository", secret)
    return root / "repository", public_text(secret)


@dataclass
class Watcher:
    """A learner who has the film, and a window on it."""

    shown: Shown
    server: Server
    qtbot: QtBot

    @property
    def film(self) -> Video:
        found = self.shown.services.course(COURSE).find(FILM)
        assert isinstance(found, Video)
        return found

    @property
    def sha256(self) -> str:
        return self.film.renditions[0].blob

    @property
    def file(self) -> Path:
        return blobs.path(self.shown.services.home, self.sha256)

    @property
    def view(self) -> VideoView:
        found = self.shown.window.lesson.view
        assert isinstance(found, VideoView)
        return found

    @property
    def bar(self) -> damage.DamageBar:
        return self.shown.window.lesson.damage

    def until(self, true: object) -> None:
        self.qtbot.waitUntil(true, timeout=WAIT)

    def pieces(self) -> list[tuple[int, int]]:
        """Where each piece of the film begins and ends."""
        services = self.shown.services
        found, start = [], 0
        for length, _ in blobs.pieces(services.home, services.course(COURSE).blobs[self.sha256]):
            found.append((start, start + length))
            start += length
        return found

    def spoil(self, piece: int) -> tuple[int, int]:
        """Overwrite the inside of a piece."""
        start, stop = self.pieces()[piece]
        with self.file.open("r+b") as file:
            file.seek(start + 1000)
            file.write(bytes(stop - start - 2000))
        return start, stop

    def watch(self) -> None:
        """Open the film and let it play, twice as fast."""
        self.shown.window.open_activity(COURSE, FILM)
        self.view.choices.choose_speed(2.0)
        self.view.playback.toggle()


@pytest.fixture
def watcher(
    qtbot: QtBot, tmp_path: Path, published: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Watcher]:
    monkeypatch.setattr(damage, "CALMLY_AFTER", 200)
    repository, key = published
    with Server(repository).running() as server:
        shown = Shown(application(), tmp_path / "home")
        with qtbot.waitExposed(shown.window):
            shown.window.show()
        services = shown.services
        services.introduce("Awa")
        services.change(allowed_keys=(key,), metered="no")
        services.refresh(services.add_repository(server.url))
        services.take_up(COURSE)
        services.ask(COURSE, ["un"], "480p")
        services.download()
        server.sent.clear()
        yield Watcher(shown, server, qtbot)
        shown.close()
        shown.deleteLater()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(params=["vlc", "qt"])
def engine(request: pytest.FixtureRequest, watcher: Watcher) -> str:
    if request.param == "vlc" and not available():
        pytest.skip("libVLC is not on this machine")
    watcher.shown.services.change(engine=request.param)
    return str(request.param)


def test_a_film_that_is_bad_in_the_middle_plays_on_and_costs_one_piece(
    watcher: Watcher, engine: str
) -> None:
    bad = watcher.spoil(len(watcher.pieces()) // 2)
    length = bad[1] - bad[0]
    watcher.watch()
    watcher.until(watcher.bar.isVisible)
    assert watcher.bar.harm is not None
    assert watcher.bar.harm.cost == length
    assert "can go on" in watcher.bar.words.text()
    watcher.until(lambda: watcher.view.playback.position > 2)  # nothing stands in its way
    assert watcher.server.of(watcher.sha256) == []  # nobody was asked before the learner wished it
    watcher.bar.fetch.click()
    watcher.until(watcher.bar.isHidden)
    assert _covered(watcher.server.of(watcher.sha256)) == [bad]  # the bad piece and nothing else
    size = watcher.shown.services.course(COURSE).blobs[watcher.sha256].size
    assert blobs.whole(watcher.file, watcher.sha256, size)
    place = watcher.view.playback.position
    assert place > 2  # it went on where it was, in the new file
    watcher.until(lambda: watcher.view.playback.position > place + 1)


def _covered(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches as they lie side by side; one that left twice shows."""
    found: list[tuple[int, int]] = []
    for start, stop in sorted(stretches):
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], stop)
        else:
            found.append((start, stop))
    return found


def test_a_film_that_breaks_off_is_not_seen_to_its_end(watcher: Watcher, engine: str) -> None:
    size = watcher.file.stat().st_size
    whole = watcher.pieces()
    with watcher.file.open("r+b") as file:
        file.truncate(size * 12 // 100)
    ended: list[object] = []
    watcher.shown.window.open_activity(COURSE, FILM)
    watcher.until(watcher.bar.isVisible)  # by its size alone, before it plays
    watcher.view.finished.connect(lambda: ended.append(True))
    watcher.view.choices.choose_speed(2.0)
    watcher.view.playback.toggle()
    watcher.until(lambda: watcher.view.playback.position > 1)
    watcher.until(lambda: not watcher.view.playback.playing)
    assert watcher.view.stage.sentence == ""
    reached = watcher.view.playback.position
    assert 1 < reached < watcher.view.playback.length - 10
    assert ended == []
    watcher.bar.fetch.click()
    watcher.until(watcher.bar.isHidden)
    kept = [stop for _, stop in whole if stop <= size * 12 // 100]
    assert _covered(watcher.server.of(watcher.sha256)) == [(max(kept, default=0), size)]
    watcher.until(lambda: watcher.view.playback._engine.state is State.READY)
    watcher.view.playback.toggle()
    watcher.until(lambda: watcher.view.playback.position > reached + 1)


def test_without_a_connection_the_damaged_film_stays_and_is_mended_later(watcher: Watcher) -> None:
    watcher.shown.services.change(engine="qt")
    watcher.server.is_down = True
    bad = watcher.spoil(1)
    watcher.shown.window.open_activity(COURSE, FILM)
    watcher.until(watcher.bar.isVisible)
    watcher.bar.fetch.click()
    watcher.until(lambda: watcher.shown.upkeep.kind == "")
    watcher.shown.window.lesson.leave()
    watcher.shown.window.open_activity(COURSE, FILM)  # it can still be seen
    assert watcher.view.stage.sentence == ""
    watcher.until(watcher.bar.isVisible)
    assert watcher.bar.harm is not None
    assert watcher.bar.harm.cost == bad[1] - bad[0]
    assert watcher.bar.fetch.isHidden()  # it was asked for, and comes by itself
    watcher.server.is_down = False

    def mended() -> bool:
        watcher.shown.errands.try_again()  # as its timer does every few minutes
        return watcher.bar.isHidden()

    watcher.until(mended)
    assert _covered(watcher.server.of(watcher.sha256)) == [bad]


def test_a_page_that_went_bad_is_offered_too(watcher: Watcher) -> None:
    services = watcher.shown.services
    page = services.course(COURSE).find("page")
    assert page is not None
    file = blobs.path(services.home, page.blob)
    file.write_bytes(b"nonsense")
    watcher.shown.window.open_activity(COURSE, "page")
    watcher.until(watcher.bar.isVisible)
    assert "this is damaged" in watcher.bar.words.text()
    watcher.bar.fetch.click()
    watcher.until(watcher.bar.isHidden)
    assert "Du texte" in watcher.shown.window.lesson.view.toPlainText()  # type: ignore[union-attr]


def test_a_caption_file_that_went_bad_stops_no_film_and_is_offered(watcher: Watcher) -> None:
    watcher.shown.services.change(engine="qt")
    services = watcher.shown.services
    caption = watcher.film.captions[0].blob
    blobs.path(services.home, caption).write_bytes(b"nonsense")
    watcher.shown.window.open_activity(COURSE, FILM)
    assert watcher.view.stage.sentence == ""
    watcher.until(watcher.bar.isVisible)
    watcher.bar.fetch.click()
    watcher.until(watcher.bar.isHidden)
    assert watcher.server.of(watcher.sha256) == []
    assert mending.look(services.db, services.home, services.course(COURSE), watcher.film) is None


def test_large_files_are_looked_at_calmly_and_small_ones_at_once(
    watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher.shown.services.change(engine="qt")
    monkeypatch.setattr(mending, "QUICK", 100_000)  # the film is a large file now
    asked: list[bool] = []
    watcher.shown.window.lesson.examine_wanted.connect(lambda *told: asked.append(told[2]))
    watcher.spoil(2)
    watcher.shown.window.open_activity(COURSE, FILM)
    assert asked == []
    watcher.until(watcher.bar.isVisible)
    assert asked == [True]
    watcher.shown.window.lesson.leave()
    assert watcher.bar.isHidden()


def test_where_the_disk_has_no_room_for_a_copy_the_film_is_mended_in_place(
    watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = watcher.shown.services
    bad = watcher.spoil(1)
    harm = services.disk.harm(COURSE, FILM)
    assert harm is not None
    assert (harm.lost, harm.cost, harm.is_coming) == ((watcher.sha256,), bad[1] - bad[0], False)
    full = shutil.disk_usage(services.home)._replace(free=1)
    monkeypatch.setattr(mending.shutil, "disk_usage", lambda _: full)
    services.disk.mend_harm(harm)
    monkeypatch.undo()
    assert not watcher.file.exists()
    services.download()
    assert _covered(watcher.server.of(watcher.sha256)) == [bad]
    assert services.disk.harm(COURSE, FILM) is None


def test_mending_while_files_are_in_use_changes_nothing(watcher: Watcher) -> None:
    services = watcher.shown.services
    watcher.spoil(1)
    harm = services.disk.harm(COURSE, FILM)
    assert harm is not None
    with files_of(services.home), pytest.raises(FilesBusy):
        services.disk.mend_harm(harm)
    assert services.disk.harm(COURSE, FILM) == harm


def test_a_pdf_that_cannot_be_opened_is_looked_at(
    watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even a large one, of the right size, whose beginning alone is wrong."""
    monkeypatch.setattr(mending, "QUICK", 100)
    monkeypatch.setattr(damage, "CALMLY_AFTER", 10**6)
    services = watcher.shown.services
    sheet = services.course(COURSE).find("feuille")
    assert isinstance(sheet, Document)
    file = blobs.path(services.home, sheet.blob)
    file.write_bytes(bytes(file.stat().st_size))
    watcher.shown.window.open_activity(COURSE, "feuille")
    watcher.until(watcher.bar.isVisible)
    watcher.bar.fetch.click()
    watcher.until(watcher.bar.isHidden)
    view = watcher.shown.window.lesson.view
    assert isinstance(view, DocumentView)
    watcher.until(lambda: view.pane.readable)


def test_where_an_engine_stands_still_at_the_damage_it_is_skipped(watcher: Watcher) -> None:
    """Qt's stands still as long as a damaged stretch lasts; libVLC plays on through it."""
    watcher.shown.services.change(engine="qt")
    bad = [watcher.spoil(number) for number in (1, 2, 3)]
    watcher.watch()
    watcher.until(watcher.bar.isVisible)
    film = watcher.file.stat().st_size
    length = watcher.view.playback.length
    watcher.view.playback.seek(bad[0][0] / film * length - 1)
    behind = bad[-1][1] / film * length

    def jumps() -> list[Sought]:
        acts = [one.act for one in events(watcher.shown.services.db, "kind = 'sought'")]
        return [one for one in acts if isinstance(one, Sought) and one.to > behind - 1]

    watcher.until(lambda: watcher.view.playback.position > behind + 1)
    assert len(jumps()) == 1  # one jump, over all of it
    assert watcher.view.playback.playing
