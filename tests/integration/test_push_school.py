# SPDX-License-Identifier: Apache-2.0
"""Sending from a school: through its proxy, and past a certificate that only its own PCs trust."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from every_act import PASSED
from lrs_simulator import PLATFORM, LrsSimulator

from player.course.platform import Lrs, Platform
from player.errors import NotTheServer, Offline
from player.journal.journal import Where, record
from player.store.database import Database
from player.sync.push import Pushed, push
from player.transport import Roads

DAY = timedelta(days=1)


@dataclass
class Authority:
    """A school's own certificate authority: its certificate lies in `file`."""

    folder: Path
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    name: x509.Name = field(
        default_factory=lambda: x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Lycée")])
    )

    @property
    def file(self) -> Path:
        path = self.folder / "school.pem"
        if not path.exists():
            its_own = self._certificate(self.name, self.key.public_key(), authority=True)
            path.write_bytes(its_own.public_bytes(Encoding.PEM))
        return path

    def server(self, host: str) -> ssl.SSLContext:
        """What a server of that name needs to prove who it is."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        certificate = self._certificate(name, key.public_key(), host=host)
        path = self.folder / "server.pem"
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        path.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def _certificate(
        self,
        name: x509.Name,
        key: ec.EllipticCurvePublicKey,
        *,
        host: str = "",
        authority: bool = False,
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self.name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - DAY)
            .not_valid_after(now + DAY)
            .add_extension(x509.BasicConstraints(authority, None), critical=True)
        )
        if host:
            names = x509.SubjectAlternativeName([x509.DNSName(host)])
            made = made.add_extension(names, critical=False)
        return made.sign(self.key, SHA256())


class Handler(BaseHTTPRequestHandler):
    """Speaks HTTP for the simulator."""

    protocol_version = "HTTP/1.1"
    server: Store

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        url = f"https://campus.example{self.path}"
        headers = {name.title(): value for name, value in self.headers.items()}
        headers["X-Experience-API-Version"] = headers["X-Experience-Api-Version"]
        body = self.rfile.read(length)
        with self.server.records.request(self.command, url, headers=headers, body=body) as reply:
            answer = b"".join(reply.body)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *args: object) -> None:
        pass


class Store(ThreadingHTTPServer):
    """A store behind TLS."""

    daemon_threads = True

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.records = LrsSimulator()
        self.records.now = lambda: datetime.now(UTC)

    def handle_error(self, *args: object) -> None:
        """A client that hangs up is no fault."""


@contextmanager
def serving(server: ThreadingHTTPServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Proxy(ThreadingHTTPServer):
    """A school's proxy: it alone knows where `campus.invalid` is. `asked` is what for."""

    daemon_threads = True

    def __init__(self, to: int) -> None:
        super().__init__(("127.0.0.1", 0), _Tunnel)
        self.to = to
        self.asked: list[str] = []


class _Tunnel(BaseHTTPRequestHandler):
    server: Proxy

    def do_CONNECT(self) -> None:
        self.server.asked.append(self.path)
        with socket.create_connection(("127.0.0.1", self.server.to)) as there:
            self.send_response(200)
            self.end_headers()
            up = threading.Thread(target=_pipe, args=[self.connection, there], daemon=True)
            up.start()
            _pipe(there, self.connection)
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        pass


def _pipe(source: socket.socket, to: socket.socket) -> None:
    with suppress(OSError):
        while block := source.recv(65536):
            to.sendall(block)
        to.shutdown(socket.SHUT_WR)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    folder = tmp_path / "school"
    folder.mkdir()
    return Authority(folder)


@pytest.fixture
def store(authority: Authority) -> Iterator[Store]:
    found = Store(authority.server("campus.invalid"))
    with serving(found):
        yield found


@pytest.fixture
def proxy(store: Store) -> Iterator[Proxy]:
    found = Proxy(store.server_port)
    with serving(found):
        yield found


@pytest.fixture
def platform() -> Platform:
    lrs = Lrs("https://campus.invalid/xAPI", "device", "sesame")
    return msgspec.structs.replace(PLATFORM, lrs=lrs)


@pytest.fixture
def send(
    db: Database, learner: str, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Pushed]]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for _ in range(20):
        record(db, Where(learner, "course", 1, "quiz"), PASSED)
    with closing(Roads()) as roads:
        yield lambda: push(
            db, roads, platform, now=lambda: datetime.now(UTC), announce=lambda _: None
        )


def test_answers_leave_through_the_schools_proxy_by_its_own_certificate(
    store: Store,
    proxy: Proxy,
    authority: Authority,
    send: Callable[[], Pushed],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.server_port}")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))  # where OpenSSL looks for the system's
    assert send() == Pushed(sent=20, received=20, refused=0, left=0)
    assert set(proxy.asked) == {"campus.invalid:443"}
    assert len(store.records.stored) == 20
    assert store.records.wire[0] < 5000  # in gzip, as without a proxy


def test_a_certificate_that_this_pc_does_not_trust_gets_nothing(
    store: Store, proxy: Proxy, send: Callable[[], Pushed], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.server_port}")
    done = send()
    assert isinstance(done.problem, NotTheServer)
    assert done.left == 20
    assert store.records.wire == []


def test_a_proxy_that_is_down_is_no_connection(
    send: Callable[[], Pushed], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{taken.getsockname()[1]}")
        done = send()
    assert isinstance(done.problem, Offline)
    assert done.left == 20
