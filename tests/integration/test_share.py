# SPDX-License-Identifier: Apache-2.0
"""Lending over real sockets: what a peer answers, to whom, and what it never does."""

from __future__ import annotations

import gzip
import hashlib
import http.client
import re
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lending import furnish, keep_catalogue, lent
from repository_builder import SECRET, Built, Draft, build, noise, sha256

from player import app
from player.course.peer import ROOT, decode_have, decode_peer, repository_path
from player.errors import PortTaken
from player.share import visitor
from player.share.server import listen
from player.store import blobs, database
from player.transport import Roads

URL = "https://campus.example/courses/"
BIG = noise("big", 3_000_000)


def repository() -> Built:
    texts = [noise(f"text {n}", 3000) for n in range(4)]
    return build(Draft().section("one", texts=texts, videos=[{"240p": BIG}]), secret=SECRET)


@dataclass
class Lent:
    home: Path
    url: str
    built: Built
    contents: list[bytes]

    @property
    def address(self) -> tuple[str, int]:
        parts = urlsplit(self.url)
        return parts.hostname or "", parts.port or 0

    @property
    def repository(self) -> str:
        return ROOT + repository_path(URL)

    def blob(self, data: bytes) -> str:
        name = sha256(data)
        return f"{ROOT}blobs/{name[:2]}/{name}"

    def ask(
        self, path: str, method: str = "GET", **fields: str
    ) -> tuple[int, dict[str, str], bytes]:
        with closing(http.client.HTTPConnection(*self.address, timeout=20)) as line:
            headers = {name.replace("_", "-"): value for name, value in fields.items()}
            line.request(method, path, headers=headers)
            answer = line.getresponse()
            said = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, said, answer.read()

    def raw(self, data: bytes) -> bytes:
        """What comes back for these bytes until the connection ends."""
        with socket.create_connection(self.address, timeout=20) as line:
            line.sendall(data)
            line.shutdown(socket.SHUT_WR)
            got = b""
            while block := line.recv(65536):
                got += block
            return got


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lent]:
    home = tmp_path_factory.mktemp("lender") / "home"
    built = repository()
    contents = furnish(home, built, URL)
    with lent(home) as url:
        yield Lent(home, url, built, contents)


@pytest.fixture(autouse=True)
def everybody_left() -> Iterator[None]:
    """Wait until the lender has noticed that its visitors are gone."""
    yield
    until = time.monotonic() + 10
    while visitors() and time.monotonic() < until:
        time.sleep(0.01)


def visitors() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "lend"]


# What it answers


def test_it_says_what_it_lends(peer: Lent) -> None:
    status, said, data = peer.ask(ROOT + "peer.json")
    found = decode_peer(data)
    assert (status, said["content-type"], found.free) == (200, "application/json", 7)
    assert [(one.url, one.number, one.path) for one in found.repositories] == [
        (URL, 1, repository_path(URL))
    ]


def test_documents_come_as_they_were_signed(peer: Lent) -> None:
    for name in ("catalogue.json", "catalogue.json.minisig", "courses/demo/1.json"):
        status, _, data = peer.ask(peer.repository + name)
        assert (status, data) == (200, peer.built.files[name])
    for name in ("catalogue.json", "courses/demo/1.json"):
        packed = peer.ask(f"{peer.repository}{name}.gz")[2]
        assert gzip.decompress(packed) == peer.built.files[name]


def test_every_file_comes_unpacked_under_both_its_paths(peer: Lent) -> None:
    _, _, have = peer.ask(ROOT + "have")
    assert decode_have(have) == {sha256(one) for one in peer.contents}
    assert len(have) == 32 * len(peer.contents)
    for one in peer.contents:
        path = peer.blob(one)
        for where in (path, path.replace(ROOT, peer.repository)):
            assert peer.ask(where)[::2] == (200, one)


def test_what_is_known_is_not_sent_again(peer: Lent) -> None:
    for path in (ROOT + "have", peer.repository + "catalogue.json", peer.blob(BIG)):
        _, said, _ = peer.ask(path)
        status, again, data = peer.ask(path, If_None_Match=said["etag"])
        assert (status, again["etag"], data) == (304, said["etag"], b"")


SIZE = len(BIG)


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-99", 10, 100),
        (f"bytes=0-{SIZE - 1}", 0, SIZE),
        (f"bytes=5-{SIZE * 9}", 5, SIZE),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE),
        ("bytes=-7", SIZE - 7, SIZE),
        (f"bytes=-{SIZE * 2}", 0, SIZE),
        ("BYTES=1-2", 1, 3),
    ],
)
def test_a_range(peer: Lent, asked: str, start: int, stop: int) -> None:
    status, said, data = peer.ask(peer.blob(BIG), Range=asked)
    assert (status, said["content-range"]) == (206, f"bytes {start}-{stop - 1}/{SIZE}")
    assert (said["content-length"], data) == (str(stop - start), BIG[start:stop])


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 5}", "bytes=-0"])
def test_a_range_of_nothing(peer: Lent, asked: str) -> None:
    status, said, data = peer.ask(peer.blob(BIG), Range=asked)
    assert (status, said["content-range"], data) == (416, f"bytes */{SIZE}", b"")


@pytest.mark.parametrize(
    "asked",
    ["bytes=9-3", "bytes=0-1,5-9", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=" + "9" * 40 + "-"],
)
def test_what_is_no_range_asks_for_all(peer: Lent, asked: str) -> None:
    assert peer.ask(peer.blob(BIG), Range=asked)[::2] == (200, BIG)


def test_a_range_of_an_earlier_state_asks_for_all(peer: Lent) -> None:
    assert peer.ask(peer.blob(BIG), Range="bytes=0-1", If_Range='"old"')[0] == 200
    tag = f'"{sha256(BIG)}"'
    assert peer.ask(peer.blob(BIG), Range="bytes=0-1", If_Range=tag)[0] == 206


def test_head_has_no_body_and_no_range(peer: Lent) -> None:
    status, said, data = peer.ask(peer.blob(BIG), "HEAD", Range="bytes=0-1")
    assert (status, said["content-length"], data) == (200, str(SIZE), b"")


def test_one_connection_serves_many_requests(peer: Lent) -> None:
    with closing(http.client.HTTPConnection(*peer.address, timeout=20)) as line:
        line.connect()
        port = line.sock.getsockname()[1]
        for one in [*peer.contents, b"not there"]:
            line.request("GET", peer.blob(one))
            answer = line.getresponse()
            assert answer.read() == (one if one in peer.contents else b"")
            assert line.sock.getsockname()[1] == port


def test_requests_sent_at_once_are_answered_in_their_order(peer: Lent) -> None:
    host = "Host: 127.0.0.1\r\n"
    first = f"HEAD {peer.blob(BIG)} HTTP/1.1\r\n{host}\r\n"
    last = f"GET {ROOT}nothing HTTP/1.1\r\n{host}Connection: close\r\n\r\n"
    got = peer.raw((first + "\r\n" + last).encode())
    assert re.findall(rb"HTTP/1.1 (\d+)", got) == [b"200", b"404"]


# What it never does


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/cartable/1",
        "/player.db",
        ROOT,
        ROOT + "../../player.db",
        ROOT + "blobs/../../player.db",
        ROOT + "blobs/%2e%2e/%2e%2e/player.db",
        ROOT + "blobs/aa/" + "A" * 64,
        ROOT + "blobs/ab/" + "a" * 64,
        ROOT + "blobs/aa/" + "a" * 64,
        ROOT + "blobs/aa/" + "a" * 64 + "%0a",
        ROOT + "peer.json?x=1",
        ROOT + "r/0000000000000000/catalogue.json",
        ROOT + repository_path(URL) + "courses/demo/2.json",
        ROOT + repository_path(URL) + "courses/..%2f/1.json",
        ROOT + repository_path(URL) + "packs/aa/" + "a" * 64,
    ],
)
def test_there_is_nothing_else(peer: Lent, path: str) -> None:
    assert peer.ask(path)[0] == 404


REQUEST = "GET /cartable/1/have HTTP/1.1\r\nHost: 127.0.0.1\r\n"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ("POST /cartable/1/have HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n", 405),
        ("DELETE /cartable/1/have HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 405),
        ("PRI * HTTP/2.0\r\n\r\n", 400),
        ("GET /cartable/1/have\r\n\r\n", 400),
        ("GET /cartable/1/have HTTP/1.1\r\n\r\n", 400),
        ("GET cartable HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        (REQUEST + "Content-Length: 5\r\n\r\n", 400),
        (REQUEST + "Transfer-Encoding: chunked\r\n\r\n", 400),
        (REQUEST + "Host: 127.0.0.2\r\n\r\n", 400),
        (REQUEST + "no colon\r\n\r\n", 400),
        (REQUEST + " folded: x\r\n\r\n", 400),
        ("GET /cartable/1/have HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
        (REQUEST + "A: b\r\n" * 100 + "\r\n", 431),
        (REQUEST + "A: " + "b" * 9000 + "\r\n\r\n", 431),
        ("GET " + "/" * 20_000, 431),
        ("GET /cartable/1/have HTTP/1.0\r\n\r\n", 200),
        ("GET http://127.0.0.1/cartable/1/have HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 200),
        ("HEAD /cartable/1/have HTTP/1.1\r\nHost: 10.1.2.3:7717\r\n\r\n", 200),
    ],
)
def test_requests_that_are_none(peer: Lent, request_: str, status: int) -> None:
    assert peer.raw(request_.encode()).startswith(f"HTTP/1.1 {status} ".encode())


WORDS = re.split("_", "/_/_/_.._cartable_1_blobs_r_aa_%2e_player.db_have_peer.json_\\_\x00_é_ ")
PATHS = st.lists(
    st.sampled_from([*WORDS, sha256(BIG), sha256(BIG)[:2], repository_path(URL).strip("/")]),
    max_size=9,
).map("".join)
HEADS = st.one_of(
    st.binary(max_size=300),
    PATHS.map(lambda path: f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()),
    st.tuples(
        st.sampled_from(["Range", "Host", "Connection", "If-Range"]), st.text(max_size=40)
    ).map(lambda field: f"{REQUEST}{field[0]}: {field[1]}\r\n\r\n".encode()),
)


@given(asked=st.lists(HEADS, min_size=1, max_size=3).map(b"".join))
@settings(max_examples=150)
def test_whatever_is_sent_nothing_breaks_and_nothing_leaks(peer: Lent, asked: bytes) -> None:
    got = peer.raw(asked)
    statuses = re.findall(rb"^HTTP/1\.1 (\d{3}) ", got, re.MULTILINE)
    allowed = {b"200", b"206", b"304", b"400", b"404", b"405", b"416", b"421", b"431"}
    assert set(statuses) <= allowed
    assert b"SQLite format" not in got


def test_nothing_about_a_person_goes_out(tmp_path: Path) -> None:
    home = tmp_path / "Aminata"
    built = repository()
    contents = furnish(home, built, "file:///media/Aminata/stick/")
    services = app.build(home)
    services.introduce("Aminata Kouassi")
    services.change(allowed_keys=("RWQsecret",))
    services.take_up("demo")
    with closing(database.connect(home)) as db:
        assert db.execute("SELECT count(*) FROM events").fetchone()[0]
        keep_catalogue(db, "https://user:pass@campus.example/locked/", built, 1)
    services.close_thread()
    with lent(home) as url:
        peer = Lent(home, url, built, contents)
        one = decode_peer(peer.ask(ROOT + "peer.json")[2]).repositories
        assert [(each.url, each.number) for each in one] == [("", 1)]
        at = ROOT + one[0].path
        paths = ["peer.json", "have", "player.db", "settings.json", "cartable.log"]
        asked = [ROOT + path for path in paths] + [
            at + "catalogue.json",
            at + "courses/demo/1.json",
        ]
        asked += [peer.blob(content) for content in contents]
        for path in asked:
            _, said, data = peer.ask(path)
            text = repr(said).encode() + data
            for word in (
                b"Aminata",
                b"Kouassi",
                b"RWQsecret",
                b"user",
                b"pass@",
                b"media",
                b"enrolled",
            ):
                assert word not in text


def test_courses_behind_a_password_are_not_lent(tmp_path: Path) -> None:
    home, built = tmp_path / "home", repository()
    url = "https://user:pass@campus.example/courses/"
    contents = furnish(home, built, url)
    with lent(home) as at:
        peer = Lent(home, at, built, contents)
        assert decode_peer(peer.ask(ROOT + "peer.json")[2]).repositories == ()
        assert peer.ask(ROOT + "have")[2] == b""
        assert peer.ask(peer.blob(BIG))[0] == 404
        assert peer.ask(ROOT + repository_path(url) + "catalogue.json")[0] == 404


# What happens meanwhile


def test_thirty_at_once(peer: Lent) -> None:
    roads = Roads()

    def fetch(n: int) -> bool:
        start = n * 1000
        where = peer.url.removesuffix(ROOT) + peer.blob(BIG)
        with roads.request("GET", where, headers={"Range": f"bytes={start}-{SIZE - 1}"}) as reply:
            return reply.status == 206 and reply.read(SIZE) == BIG[start:]

    with ThreadPoolExecutor(30) as many:
        assert all(many.map(fetch, range(30)))
    roads.close()


def test_who_is_idle_makes_room(tmp_path: Path) -> None:
    home, built = tmp_path / "home", repository()
    furnish(home, built, URL)
    with lent(home, at_once=2) as url:
        peer = Lent(home, url, built, [])
        idle = [http.client.HTTPConnection(*peer.address, timeout=20) for _ in range(2)]
        for line in idle:
            line.request("GET", ROOT + "have")
            line.getresponse().read()
        assert peer.ask(ROOT + "have")[0] == 200  # and not 503, after waiting for a place
        for line in idle:
            line.close()


def test_who_comes_when_all_are_busy_is_asked_to_come_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.share.server.WAIT_SECONDS", 0.3)
    home, built = tmp_path / "home", repository()
    furnish(home, built, URL)
    with lent(home, at_once=1) as url:
        peer = Lent(home, url, built, [])
        with socket.create_connection(peer.address) as busy:
            busy.sendall(b"GET /")
            time.sleep(0.2)
            status, said, _ = peer.ask(ROOT + "have")
            assert (status, said["retry-after"]) == (503, "2")


def test_who_speaks_slowly_is_let_go(peer: Lent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitor, "HEAD_SECONDS", 0.6)

    def spell(line: socket.socket) -> None:
        for letter in b"GET /cartable/1/have HTTP/1.1\r\n" * 10:
            line.sendall(bytes([letter]))
            time.sleep(0.1)

    gone = (ConnectionResetError, BrokenPipeError)
    with socket.create_connection(peer.address, timeout=10) as slow, pytest.raises(gone):
        spell(slow)


def test_who_does_not_read_is_let_go(peer: Lent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitor, "SEND_SECONDS", 0.5)
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.settimeout(20)
        deaf.connect(peer.address)
        asked = f"GET {peer.blob(BIG)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        deaf.sendall(asked.encode() * 20)
        got = len(deaf.recv(1))
        while visitors():
            time.sleep(0.05)
        with suppress(ConnectionResetError):
            while block := deaf.recv(65536):
                got += len(block)
        assert 0 < got < 20 * SIZE


def test_a_course_removed_while_it_is_sent(tmp_path: Path) -> None:
    home, built = tmp_path / "home", repository()
    furnish(home, built, URL)
    with lent(home) as url, closing(database.connect(home)) as db:
        peer = Lent(home, url, built, [])
        with closing(http.client.HTTPConnection(*peer.address, timeout=20)) as line:
            line.request("GET", peer.blob(BIG))
            answer = line.getresponse()
            got = answer.read(1000)
            blobs.forget(db, home, sha256(BIG))
            assert got + answer.read() == BIG  # an open file stays until it is closed
            line.request("GET", peer.blob(BIG))
            assert line.getresponse().status == 404
        assert sha256(BIG) not in decode_have(peer.ask(ROOT + "have")[2])


def test_a_file_that_is_not_what_it_was(tmp_path: Path) -> None:
    home, built = tmp_path / "home", repository()
    furnish(home, built, URL)
    file = blobs.path(home, sha256(BIG))
    with lent(home) as url:
        peer = Lent(home, url, built, [])
        file.write_bytes(b"\0" + BIG[1:])  # damaged: it is sent, and told by its hash
        status, _, data = peer.ask(peer.blob(BIG))
        assert status == 200
        assert hashlib.sha256(data).hexdigest() != sha256(BIG)
        file.write_bytes(BIG[:-1])  # shorter
        assert peer.ask(peer.blob(BIG))[0] == 404
        file.unlink()
        assert peer.ask(peer.blob(BIG))[0] == 404


def test_no_faster_than_the_ceiling(tmp_path: Path) -> None:
    home, built = tmp_path / "home", repository()
    furnish(home, built, URL)
    with lent(home, ceiling=8000) as url:  # kbit/s: 1 MB/s, of which one second is saved up
        began = time.monotonic()
        assert Lent(home, url, built, []).ask(repository_blob(BIG))[2] == BIG
        assert time.monotonic() - began > 1.8


def repository_blob(data: bytes) -> str:
    return f"{ROOT}blobs/{sha256(data)[:2]}/{sha256(data)}"


def test_a_port_that_is_taken_is_said() -> None:
    with (
        closing(listen(0, "127.0.0.1")) as one,
        pytest.raises(PortTaken, match="Choose another port"),
    ):
        listen(one.getsockname()[1], "127.0.0.1")
