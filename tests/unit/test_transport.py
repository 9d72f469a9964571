# SPDX-License-Identifier: Apache-2.0
"""The real roads: a server on loopback that misbehaves on request, and folders."""

from __future__ import annotations

import base64
import gzip
import ipaddress
import itertools
import os
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from player.errors import ClockWrong, NotTheServer, Offline, ServerBusy, ServerRefused
from player.transport import Reply, Roads, folder, place, refusal, web

CONTENT = bytes(range(256)) * 1000


Asked = list[tuple[str, dict[str, str], int]]  # path, headers, the client's port
Server = tuple[str, Asked]


class Handler(BaseHTTPRequestHandler):
    """Answers by path; remembers what it was asked."""

    protocol_version = "HTTP/1.1"
    asked: Asked

    def do_GET(self) -> None:
        self.asked.append((self.path, dict(self.headers.items()), self.client_address[1]))
        getattr(self, "answer_" + self.path.strip("/").split("/")[0])()

    do_POST = do_GET  # noqa: N815

    def say(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"content-length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def answer_plain(self) -> None:
        self.say(200, CONTENT)

    def answer_echo(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.say(200, self.headers.get("authorization", "none").encode() + body)

    def answer_gzip(self) -> None:
        self.say(200, gzip.compress(CONTENT), content_encoding="gzip")

    def answer_bomb(self) -> None:
        self.say(200, gzip.compress(bytes(50_000_000)), content_encoding="gzip")

    def answer_chunked(self) -> None:
        self.send_response(200)
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for start in range(0, len(CONTENT), 50_000):
            block = CONTENT[start : start + 50_000]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(block), block))
        self.wfile.write(b"0\r\n\r\n")

    def answer_short(self) -> None:
        self.send_response(200)
        self.send_header("content-length", str(len(CONTENT)))
        self.end_headers()
        self.wfile.write(CONTENT[:100_000])
        self.close_connection = True

    def answer_to(self) -> None:
        self.say(302, location="/plain")

    def answer_round(self) -> None:
        self.say(302, location="/round")

    def answer_out(self) -> None:
        self.say(302, location="file:///etc/hostname")

    def answer_nothing(self) -> None:
        self.close_connection = True

    def answer_garbage(self) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        self.close_connection = True

    def answer_missing(self) -> None:
        self.say(404, b"no")

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class Quiet(ThreadingHTTPServer):
    """Says nothing when a client hangs up in the middle, as some here do."""

    daemon_threads = True

    def handle_error(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    handler = type("Own", (Handler,), {"asked": []})
    with Quiet(("127.0.0.1", 0), handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.server_port}", handler.asked
        finally:
            listening.shutdown()
            thread.join()


@pytest.fixture
def roads() -> Iterator[Roads]:
    made = Roads("Cartable/test")
    yield made
    made.close()


def get(roads: Roads, url: str, **headers: str) -> tuple[int, bytes]:
    with roads.request("GET", url, headers=headers) as reply:
        return reply.status, b"".join(reply.body)


@pytest.mark.parametrize("path", ["plain", "gzip", "chunked", "to"])
def test_the_same_bytes_come_however_they_were_sent(
    roads: Roads, server: Server, path: str
) -> None:
    assert get(roads, f"{server[0]}/{path}") == (200, CONTENT)


def test_one_connection_serves_request_after_request(roads: Roads, server: Server) -> None:
    url, asked = server
    for path in ("plain", "chunked", "gzip", "plain"):
        get(roads, f"{url}/{path}")
    assert len({port for _, _, port in asked}) == 1


def test_it_says_who_asks_and_accepts_gzip_unless_told_otherwise(
    roads: Roads,
    server: Server,
) -> None:
    url, asked = server
    get(roads, f"{url}/plain")
    get(roads, f"{url}/plain", **{"Accept-Encoding": "identity"})
    assert [headers["User-Agent"] for _, headers, _ in asked] == ["Cartable/test"] * 2
    assert [headers["Accept-Encoding"] for _, headers, _ in asked] == ["gzip", "identity"]


def test_a_broken_body_raises_after_giving_all_that_came(roads: Roads, server: Server) -> None:
    came: list[bytes] = []
    with roads.request("GET", f"{server[0]}/short") as reply, pytest.raises(Offline):
        came.extend(reply.body)
    assert b"".join(came) == CONTENT[:100_000]


def test_a_compressed_bomb_ends_at_the_limit(roads: Roads, server: Server) -> None:
    with (
        roads.request("GET", f"{server[0]}/bomb") as reply,
        pytest.raises(NotTheServer, match=r"127\.0\.0\.1"),
    ):
        reply.read(1_000_000)


@pytest.mark.parametrize(("size", "comes"), [(400, False), (600, True)])
def test_a_document_that_comes_by_drops_is_waited_for_so_long_and_no_longer(
    monkeypatch: pytest.MonkeyPatch, size: int, comes: bool
) -> None:
    seconds = itertools.count()
    monkeypatch.setattr("player.transport.reply.time.monotonic", lambda: float(next(seconds)))
    reply = Reply(200, body=iter([bytes(size)] * 1000))
    with nullcontext() if comes else pytest.raises(Offline):
        assert len(reply.read(10**6)) == size * 1000


def test_a_body_of_just_the_limit_is_read(roads: Roads, server: Server) -> None:
    with roads.request("GET", f"{server[0]}/plain") as reply:
        assert reply.read(len(CONTENT)) == CONTENT


def test_an_error_status_is_the_callers_to_judge(roads: Roads, server: Server) -> None:
    assert get(roads, f"{server[0]}/missing") == (404, b"no")


@pytest.mark.parametrize("path", ["nothing", "garbage"])
def test_what_does_not_speak_http_is_nobody(roads: Roads, server: Server, path: str) -> None:
    with pytest.raises(Offline):
        get(roads, f"{server[0]}/{path}")


@pytest.mark.parametrize("path", ["round", "out"])
def test_being_sent_in_circles_or_out_of_the_web_is_not_the_server(
    roads: Roads, server: Server, path: str
) -> None:
    with pytest.raises(NotTheServer):
        get(roads, f"{server[0]}/{path}")


def test_a_login_for_this_host_in_a_netrc_does_not_replace_the_one_given(
    roads: Roads,
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    given = "Basic " + base64.b64encode(b"device:key").decode()
    with roads.request(
        "POST", f"{server[0]}/echo", headers={"Authorization": given}, body=b"!"
    ) as reply:
        assert reply.read(1000) == given.encode() + b"!"


def test_a_proxy_of_the_system_is_asked(
    roads: Roads,
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url, asked = server
    monkeypatch.setenv("http_proxy", url)
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setattr(Handler, "answer_http:", Handler.answer_plain, raising=False)
    assert get(roads, "http://campus.invalid/plain")[0] == 200
    assert [path for path, _, _ in asked] == ["http://campus.invalid/plain"]


@pytest.mark.parametrize("proxied", [False, True])
def test_a_server_that_cannot_prove_who_it_is_is_not_the_server(
    server: Server,
    roads: Roads,
    monkeypatch: pytest.MonkeyPatch,
    proxied: bool,
) -> None:
    """It speaks no TLS at all; the handshake fails as one with a wrong certificate would."""
    url = server[0].replace("http:", "https:")
    if proxied:
        monkeypatch.setenv("https_proxy", server[0])
        monkeypatch.setenv("no_proxy", "")
    with pytest.raises(Offline if proxied else NotTheServer):
        get(roads, f"{url}/plain")


def test_nobody_at_the_port_and_an_unknown_name_are_offline(roads: Roads) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        for host in (f"127.0.0.1:{taken.getsockname()[1]}", "campus.invalid"):
            with pytest.raises(Offline, match=host):
                get(roads, f"http://{host}/")


def test_a_long_body_may_take_longer_than_one_block_of_it(
    roads: Roads, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A socket's time-out is for the whole of one `sendall`: 8 s would be 1 Mbit/s for a batch."""
    sent: list[int] = []
    real = socket.socket.sendall

    def sendall(self: socket.socket, data: bytes, *flags: int) -> None:
        if self.getpeername()[1] == int(server[0].rpartition(":")[2]):
            sent.append(len(data))
        real(self, data, *flags)

    monkeypatch.setattr(socket.socket, "sendall", sendall)
    with roads.request("POST", server[0] + "/echo", body=bytes(1_000_000)) as reply:
        assert reply.read(2_000_000) == b"none" + bytes(1_000_000)
    assert max(sent) <= 65_536
    assert sum(sent) > 1_000_000


def test_the_answer_to_a_long_body_is_waited_for_longer() -> None:
    assert web._patience(None) == web.READ_SECONDS
    assert web._patience(b"") >= 30  # a store that is slow, not dead
    assert web._patience(bytes(128_000)) >= 30 + 128_000 * 8 / 32_000


def test_a_silent_server_is_given_up(roads: Roads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "READ_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Offline):
        get(roads, f"http://127.0.0.1:{silent.getsockname()[1]}/")


@pytest.mark.parametrize("url", ["ftp://campus.example/x", "javascript:alert(1)", "x", "http://["])
def test_only_web_addresses_and_folders_are_roads(roads: Roads, url: str) -> None:
    with pytest.raises(Offline):
        get(roads, url)


def test_a_connection_is_used_by_one_at_a_time_and_by_whoever_asks_next(server: Server) -> None:
    url, asked = server
    roads = Roads()
    with (
        roads.request("GET", f"{url}/plain") as first,
        roads.request("GET", f"{url}/plain") as second,
    ):
        assert {b"".join(first.body), b"".join(second.body)} == {CONTENT}
    thread = threading.Thread(target=get, args=(roads, f"{url}/plain"))
    thread.start()
    thread.join()
    *both, third = [port for _, _, port in asked]
    assert len(set(both)) == 2
    assert third in both
    roads.close()
    assert get(roads, f"{url}/plain") == (200, CONTENT)  # and it can be used again
    roads.close()


# Folders


def test_a_file_answers_like_a_server_with_ranges(roads: Roads, tmp_path: Path) -> None:
    file = tmp_path / "é 100%.bin"
    file.write_bytes(CONTENT)
    url = file.as_uri()
    assert get(roads, url) == (200, CONTENT)
    assert get(roads, url, Range="bytes=10-19") == (206, CONTENT[10:20])
    assert get(roads, url, Range=f"bytes={len(CONTENT) - 5}-") == (206, CONTENT[-5:])
    assert get(roads, url, Range=f"bytes={len(CONTENT)}-") == (416, b"")
    with roads.request("GET", url, headers={"Range": "bytes=10-19"}) as reply:
        assert reply.headers["content-range"] == f"bytes 10-19/{len(CONTENT)}"
        assert reply.headers["content-length"] == "10"


def test_what_is_no_file_is_not_found(roads: Roads, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder", "missing", "loop", "pipe", "missing/below", "nul%00"):
        assert get(roads, f"{tmp_path.as_uri()}/{name}") == (404, b"")
    assert get(roads, "file:///dev/zero") == (404, b"")


def test_a_pulled_stick_is_offline(
    roads: Roads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_bytes(CONTENT)

    class Pulled:
        def seek(self, _place: int) -> None:
            pass

        def read(self, size: int) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(Offline):
        next(folder.blocks(Pulled(), folder.Span(0, 10), file.as_uri()))  # type: ignore[arg-type]
    monkeypatch.setattr(Path, "open", lambda *_: Pulled().read(1))
    with pytest.raises(Offline):
        get(roads, file.as_uri())


# Sentences


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://user:secret@campus.example:8443/x?token=1", "campus.example:8443"),
        ("file:///media/awa/cl%C3%A9", "/media/awa/clé"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_a_place_has_a_name_without_its_secrets(url: str, said: str) -> None:
    assert place(url) == said


def test_a_refusal_says_what_the_server_said() -> None:
    url = "https://campus.example/x"
    assert isinstance(refusal(Reply(511), url), NotTheServer)
    busy = refusal(Reply(503, {"retry-after": "120"}), url)
    assert isinstance(busy, ServerBusy)
    assert busy.details["seconds"] == 120
    for odd in ("", "soon", "-1", "²", "9" * 5000):
        assert refusal(Reply(429, {"retry-after": odd}), url).details["seconds"] in (30, 86400)
    refused = refusal(Reply(500), url)
    assert isinstance(refused, ServerRefused)
    assert refused.details["status"] == 500


# A certificate of another time


def certified(folder: Path, *, starts: datetime, ends: datetime) -> Path:
    """A key and a certificate for 127.0.0.1 that vouches for itself, in one file."""
    key = Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(starts)
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, None)
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = folder / "server.pem"
    path.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    return path


@pytest.mark.parametrize(
    ("starts", "ends", "error"),
    [(1, 2, ClockWrong), (-2, -1, ClockWrong), (-1, 1, None)],
    ids=["not yet valid", "no longer valid", "valid"],
)
def test_a_certificate_of_another_time_is_told_from_a_login_page(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    starts: int,
    ends: int,
    error: type[Exception] | None,
) -> None:
    now, year = datetime.now(UTC), timedelta(days=365)
    path = certified(tmp_path, starts=now + starts * year, ends=now + ends * year)
    ours = ssl.create_default_context(cafile=str(path))
    monkeypatch.setattr(web, "_system_context", lambda: ours)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(path)
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), type("Once", (Handler,), {"asked": []}))
    httpd.handle_error = lambda *_: None  # type: ignore[method-assign]
    httpd.socket = theirs.wrap_socket(httpd.socket, server_side=True)
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    url = f"https://127.0.0.1:{httpd.server_port}/plain"
    roads = Roads()
    try:
        if error is None:
            with roads.request("GET", url) as reply:
                assert reply.read(len(CONTENT)) == CONTENT
            return
        with pytest.raises(error) as caught, roads.request("GET", url):
            pass
        today = {f"{one.astimezone():%Y-%m-%d}" for one in (now, datetime.now(UTC))}
        assert any(one in str(caught.value) for one in today)  # it may be midnight
        assert "127.0.0.1" in str(caught.value)
    finally:
        roads.close()
        httpd.shutdown()
        thread.join()
        httpd.server_close()
