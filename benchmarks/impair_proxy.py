# SPDX-License-Identifier: Apache-2.0
"""A poor network between a client and a server on this machine, in user space.

Taken from the research behind `benchmarks/transfer`, whose figures were measured through it. Sits
between a client and a static HTTP server and makes the path look like a poor network. Needs no
root, no netem and no iptables, and runs on Linux, macOS and Windows, so it also serves the tests.

What it models
--------------
* bottleneck rate per direction, shared fairly by all connections
* round-trip time, including the TCP handshake (and optionally TLS) round trips
* TCP slow start (a congestion window that opens from ``init_cwnd`` bytes), so
  that many small connections cost what they cost in real life
* connection drops after N bytes and/or T seconds (RST, clean FIN, or silently)
* link outages: ``stall`` (data waits, connections survive), ``halfopen``
  (existing connections are silently dead for ever; new ones are refused while
  the link is down, the usual result of a modem that re-dials), ``reset``
* refusal windows (the listening socket is closed: ECONNREFUSED)
* one or more flipped bits at given downstream byte positions
* a captive portal that answers ``200 text/html`` (or 302) to every request
* HTTP error windows (503 with Retry-After)

What it does not model: packet loss and reordering. Against a packet-level link with real TCP it was
within 5 %, and up to 16 % optimistic for several connections under CUBIC.

What it counts
--------------
Application bytes that left the bottleneck link in each direction (HTTP headers
included, TCP/IP/Ethernet framing excluded), connections, HTTP/1.x requests and
injected faults.  Bytes that were sent and then thrown away by a dying
connection are counted: the learner pays for them.

Command line
------------
    impair_proxy.py --upstream 127.0.0.1:8080 --listen 127.0.0.1:9000 \
        --preset slow2m --stats stats.json
    impair_proxy.py --upstream 127.0.0.1:8080 --rate 256k --rtt 600 \
        --drop-bytes 1M --drop-jitter 0.3
    impair_proxy.py --list-presets

In tests
--------
    from impair_proxy import Profile, ProxyThread
    with ProxyThread(("127.0.0.1", 8080), Profile(rate="2m", rtt_ms=300)) as px:
        download(f"http://127.0.0.1:{px.port}/course/manifest.json")
        assert px.stats()["down_bytes"] < 1.05 * payload
"""

from __future__ import annotations

import argparse
import asyncio
import bisect
import contextlib
import dataclasses
import json
import random
import re
import signal
import socket
import struct
import sys
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

MSS = 1460
PORTAL_HTML = (
    b"<!DOCTYPE html><html><head><title>Welcome to Free WiFi</title></head><body>"
    b"<h1>Please log in</h1><p>Accept the terms to use this network.</p>"
    + b"<!-- padding -->" * 200
    + b"</body></html>\n"
)
_REQUEST_RE = re.compile(rb"(?:GET|HEAD|POST|PUT|OPTIONS) (\S{1,4096}) HTTP/1\.[01]\r\n")


# --------------------------------------------------------------------------
# Profile
# --------------------------------------------------------------------------
def parse_size(text: str | int | float) -> int:
    """``"1M"`` -> 1_000_000, ``"64Ki"`` -> 65536, ``"500"`` -> 500."""
    if isinstance(text, (int, float)):
        return int(text)
    m = re.fullmatch(r"\s*([\d.]+)\s*([kKmMgG]?)(i?)[bB]?\s*", text)
    if not m:
        raise ValueError(f"bad size: {text!r}")
    base = 1024 if m.group(3) else 1000
    return int(float(m.group(1)) * base ** {"": 0, "k": 1, "m": 2, "g": 3}[m.group(2).lower()])


def parse_rate(text: str | int | float | None) -> float:
    """Bits per second: ``"256k"``, ``"2m"``, ``"2mbit"``; 0/None = unlimited."""
    if text in (None, "", 0, "0"):
        return 0.0
    if isinstance(text, (int, float)):
        return float(text)
    return float(parse_size(re.sub(r"(bit|bps|bit/s)$", "", text.strip().lower())))


@dataclass
class Windows:
    """A set of time windows in seconds: explicit, periodic, or both.

    Text form: ``"5-20,40-60"`` and/or ``"every=60:for=20:first=30"``
    (comma-separated).  ``first`` defaults to ``every - for``.
    """

    spans: list[tuple[float, float]] = field(default_factory=list)
    period: float = 0.0
    length: float = 0.0
    first: float = 0.0

    @classmethod
    def parse(cls, text: str | Windows | None) -> Windows:
        if isinstance(text, Windows):
            return text
        w = cls()
        for part in filter(None, (text or "").split(",")):
            if "=" in part:
                kv = dict(p.split("=", 1) for p in part.split(":"))
                w.period, w.length = float(kv["every"]), float(kv["for"])
                w.first = float(kv.get("first", w.period - w.length))
            else:
                a, b = part.split("-")
                w.spans.append((float(a), float(b)))
        return w

    def __bool__(self) -> bool:
        return bool(self.spans or self.period)

    def end_of_window(self, t: float) -> float | None:
        """End time of the window that contains ``t``, or None."""
        for a, b in self.spans:
            if a <= t < b:
                return b
        if self.period and t >= self.first:
            k = int((t - self.first) // self.period)
            a = self.first + k * self.period
            if t < a + self.length:
                return a + self.length
        return None

    def next_start(self, t: float) -> float | None:
        """Start of the first window beginning after ``t``, or None."""
        cand = [a for a, _ in self.spans if a > t]
        if self.period:
            k = 0 if t < self.first else int((t - self.first) // self.period) + 1
            cand.append(self.first + k * self.period)
        return min(cand) if cand else None


@dataclass
class Profile:
    """Everything that is wrong with the network."""

    rate: str | float = 0  #: downstream bits/s (0 = unlimited)
    up_rate: str | float = 0  #: upstream bits/s (0 = same as rate)
    rtt_ms: float = 0.0  #: base round-trip time
    jitter_ms: float = 0.0  #: uniform extra one-way delay
    handshake_rtts: int = 1  #: 1 = TCP, 2 = TCP + TLS 1.3
    slow_start: bool = True
    init_cwnd: int = 10 * MSS
    max_cwnd: int = 4 << 20
    conn_rate: str | float = 0  #: per-connection cap (lossy TCP)
    drop_bytes: str | int = 0  #: cut each connection after N bytes down
    drop_secs: float = 0.0  #: ... and/or after T seconds
    drop_jitter: float = 0.0  #: +- fraction applied to both
    drop_mode: str = "rst"  #: rst | fin | silent
    outage: str | Windows = ""  #: link-down windows
    outage_mode: str = "halfopen"  #: halfopen | stall | reset
    refuse: str | Windows = ""  #: ECONNREFUSED windows
    portal: str | Windows = ""  #: captive-portal windows
    portal_mode: str = "200"  #: 200 | 302
    http_error: str | Windows = ""  #: 503 windows
    flip_at: Sequence[int] = ()  #: downstream byte positions to corrupt
    seed: int = 1

    def __post_init__(self) -> None:
        self.rate = parse_rate(self.rate)
        self.up_rate = parse_rate(self.up_rate) or self.rate
        self.conn_rate = parse_rate(self.conn_rate)
        self.drop_bytes = parse_size(self.drop_bytes)
        self.flip_at = sorted(parse_size(x) for x in self.flip_at)
        for name in ("outage", "refuse", "portal", "http_error"):
            setattr(self, name, Windows.parse(getattr(self, name)))


#: The link profiles used in the benchmark report.
PRESETS: dict[str, dict] = {
    "none": {},
    "lan": {"rate": "100m", "rtt_ms": 2},
    "mid8m": {"rate": "8m", "rtt_ms": 100},
    "slow2m": {"rate": "2m", "rtt_ms": 300},
    "slow256k": {"rate": "256k", "rtt_ms": 600},
    "drop": {"rate": "8m", "rtt_ms": 100, "drop_bytes": "1M", "drop_secs": 10, "drop_jitter": 0.3},
    "outage": {"rate": "2m", "rtt_ms": 100, "outage": "every=60:for=20:first=20"},
    "stall": {
        "rate": "2m",
        "rtt_ms": 100,
        "outage": "every=60:for=20:first=20",
        "outage_mode": "stall",
    },
    "flip": {"rate": "100m", "rtt_ms": 2, "flip_at": ["200M"]},
    "portal": {"rate": "8m", "rtt_ms": 50, "portal": "0-15"},
    "portal-mid": {"rate": "8m", "rtt_ms": 50, "portal": "8-23"},
    "error-mid": {"rate": "8m", "rtt_ms": 50, "http_error": "8-23"},
}


# --------------------------------------------------------------------------
# Engine
# --------------------------------------------------------------------------
class _Link:
    """One direction of the bottleneck: a FIFO serialiser shared by everyone."""

    def __init__(self, rate: float, px: ImpairProxy) -> None:
        self.byte_time = 8.0 / rate if rate else 0.0
        self.quantum = int(min(max(rate / 8 * 0.05, MSS), 65536)) if rate else 262144
        self.px = px
        self.free_at = 0.0
        self.bytes = 0

    async def transmit(self, n: int) -> None:
        """Return when ``n`` bytes have left the link."""
        loop = self.px.loop
        while True:
            end = self.px.profile.outage.end_of_window(self.px.t())
            if end is None:
                break
            await asyncio.sleep(max(0.005, end - self.px.t()))
        if self.byte_time:
            now = loop.time()
            self.free_at = max(now, self.free_at) + n * self.byte_time
            if self.free_at > now:
                await asyncio.sleep(self.free_at - now)
        self.bytes += n


class _Conn:
    """One client connection and its upstream twin."""

    _ids = 0

    def __init__(self, px: ImpairProxy, creader, cwriter) -> None:
        _Conn._ids += 1
        self.id = _Conn._ids
        self.px, self.creader, self.cwriter = px, creader, cwriter
        self.ureader: asyncio.StreamReader | None = None
        self.uwriter: asyncio.StreamWriter | None = None
        self.born = px.t()
        self.born_loop = px.loop.time()
        self.down = 0
        self.dead = False  # silently black-holed
        self.closed = False
        p, rnd = px.profile, px.random

        def jig(v):
            return v * (1 + rnd.uniform(-p.drop_jitter, p.drop_jitter)) if v else 0

        self.limit_bytes = int(jig(p.drop_bytes))
        self.limit_secs = jig(p.drop_secs)
        self.cwnd = p.init_cwnd if p.slow_start else p.max_cwnd
        self.inflight = 0
        self.acked = asyncio.Event()
        self.queue: deque[tuple[float, bytes]] = deque()
        self.wake = asyncio.Event()
        self.eof = False
        self.conn_free_at = 0.0

    # -- helpers -----------------------------------------------------------
    def cut(self, mode: str) -> None:
        """End the connection from the network side."""
        if self.closed or self.dead:
            return
        if mode == "silent":
            self.dead = True
            if self.uwriter:
                self.uwriter.transport.abort()
            return
        self.closed = True
        if mode == "rst":
            sock = self.cwriter.get_extra_info("socket")
            with contextlib.suppress(OSError, AttributeError):
                linger = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.cwriter.transport.abort()
        else:
            with contextlib.suppress(Exception):
                self.cwriter.close()
        if self.uwriter:
            self.uwriter.transport.abort()
        self.wake.set()
        self.acked.set()

    def _ack(self, n: int) -> None:
        self.inflight -= n
        self.cwnd = min(self.cwnd + n, self.px.profile.max_cwnd)
        self.acked.set()

    # -- pumps -------------------------------------------------------------
    async def run(self, upstream: tuple[str, int]) -> None:
        px = self.px
        try:
            self.ureader, self.uwriter = await asyncio.open_connection(*upstream, limit=1 << 18)
        except OSError:
            self.cut("rst")
            return
        tasks = [asyncio.ensure_future(c) for c in (self._up(), self._down(), self._deliver())]
        if self.limit_secs:
            tasks.append(asyncio.ensure_future(self._timebomb()))
        try:
            await tasks[2]  # ends at EOF or when cut
            if self.dead:  # half-open: the client sees nothing
                await tasks[0]  # until it gives up by itself
        finally:
            for t in tasks:
                t.cancel()
            for w in (self.uwriter, self.cwriter):
                with contextlib.suppress(Exception):
                    w.close()
            px.conns.discard(self)

    async def _timebomb(self) -> None:
        await asyncio.sleep(self.limit_secs)
        self.px.count("drops")
        self.cut(self.px.profile.drop_mode)

    async def _up(self) -> None:
        px, p = self.px, self.px.profile
        owd = p.rtt_ms / 2000
        tail = b""
        first = True
        while data := await self.creader.read(65536):
            if self.dead:
                continue
            tail = self._note_requests(tail + data)
            if first:
                first = False
                await self._shake_hands()
            for i in range(0, len(data), px.uplink.quantum):
                await px.uplink.transmit(len(data[i : i + px.uplink.quantum]))
            if owd:
                await asyncio.sleep(owd + px.jitter())
            if not self.dead and not self.closed:
                with contextlib.suppress(Exception):
                    self.uwriter.write(data)
                    await self.uwriter.drain()
        # client closed its side
        if self.dead:
            self.closed = True
        with contextlib.suppress(Exception):
            if self.uwriter.can_write_eof():
                self.uwriter.write_eof()
        # A client that closed will not read: stop paying for its bytes.
        self.closed = True
        self.wake.set()
        self.acked.set()

    def _note_requests(self, data: bytes) -> bytes:
        """Count the requests; return the unfinished line (a finished one would count twice)."""
        for match in _REQUEST_RE.finditer(data):
            self.px.note_request(self, match.group(1))
        return data[data.rfind(b"\n") + 1 :][-4096:]

    async def _shake_hands(self) -> None:
        """Wait for the round trips of the handshake."""
        p = self.px.profile
        ready = self.born_loop + p.handshake_rtts * p.rtt_ms / 1000
        await asyncio.sleep(max(0.0, ready - self.px.loop.time()))

    async def _down(self) -> None:
        link = self.px.downlink
        while not self.closed and not self.dead:
            try:
                data = await self.ureader.read(link.quantum)
            except (ConnectionError, OSError):
                data = b""
            if not data:
                self.eof = True
                self.wake.set()
                return
            view = memoryview(data)
            while view and not self.closed and not self.dead:
                n = len(view)
                if self.limit_bytes:
                    n = min(n, self.limit_bytes - self.down)
                await self._pace(n)
                if self.closed or self.dead:
                    return
                await link.transmit(n)
                if self.closed or self.dead:
                    return
                self._pass_on(bytes(view[:n]))
                view = view[n:]
                if self.limit_bytes and self.down >= self.limit_bytes:
                    await self._cut_at_limit()
                    return

    async def _pace(self, n: int) -> None:
        """Wait for the congestion window, and for what one connection is given."""
        px, p = self.px, self.px.profile
        backlog = max(p.max_cwnd, 1 << 20)
        while self.inflight and not self.closed:
            if self.inflight + n <= (self.cwnd if p.rtt_ms else backlog):
                break
            self.acked.clear()
            await self.acked.wait()
        if p.conn_rate:
            now = px.loop.time()
            self.conn_free_at = max(now, self.conn_free_at) + n * 8.0 / p.conn_rate
            await asyncio.sleep(max(0.0, self.conn_free_at - now))

    def _pass_on(self, piece: bytes) -> None:
        """Have a piece that left the link delivered after its way."""
        px, n = self.px, len(piece)
        self.down += n
        self.inflight += n
        arrives = px.loop.time() + px.profile.rtt_ms / 2000 + px.jitter()
        self.queue.append((arrives, px.corrupt(piece)))
        self.wake.set()

    async def _cut_at_limit(self) -> None:
        """Cut once everything sent so far has arrived."""
        self.px.count("drops")
        await asyncio.sleep(self.px.profile.rtt_ms / 2000)
        while self.queue and not self.closed:
            await asyncio.sleep(0.002)
        self.cut(self.px.profile.drop_mode)

    async def _deliver(self) -> None:
        px, owd = self.px, self.px.profile.rtt_ms / 2000
        while not self.closed:
            if self.dead:
                return
            if not self.queue:
                if self.eof:
                    with contextlib.suppress(Exception):
                        await self.cwriter.drain()
                    return
                self.wake.clear()
                await self.wake.wait()
                continue
            at, piece = self.queue[0]
            wait = at - px.loop.time()
            if wait > 0:
                await asyncio.sleep(wait)
                continue
            self.queue.popleft()
            if self.dead or self.closed:
                return
            try:
                self.cwriter.write(piece)
                await self.cwriter.drain()
            except (ConnectionError, OSError, RuntimeError):
                self.closed = True
                return
            if owd:
                px.loop.call_later(owd, self._ack, len(piece))
            else:
                self._ack(len(piece))


class ImpairProxy:
    """The proxy itself; create and ``await start()`` inside a running loop."""

    def __init__(
        self,
        upstream: tuple[str, int],
        profile: Profile | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        log_requests: bool = False,
    ) -> None:
        self.upstream, self.profile = upstream, profile or Profile()
        self.host, self.port = host, port
        self.log_requests = log_requests
        self.random = random.Random(self.profile.seed)
        self.conns: set = set()
        self.t0: float | None = None
        self.counters: dict[str, int] = {}
        self.requests: list[dict] = []
        self.flips_left = list(self.profile.flip_at)
        self.flips_done: list[int] = []
        self.last_activity = 0.0
        self._server: asyncio.AbstractServer | None = None
        self._side: list[asyncio.AbstractServer] = []
        self._tasks: list[asyncio.Task] = []

    # -- time, counting, corruption -----------------------------------------
    def t(self) -> float:
        """Seconds since the first connection (0 before it)."""
        return self.loop.time() - self.t0 if self.t0 is not None else 0.0

    def count(self, key: str, n: int = 1) -> None:
        self.counters[key] = self.counters.get(key, 0) + n

    def jitter(self) -> float:
        j = self.profile.jitter_ms
        return self.random.uniform(0, j) / 1000 if j else 0.0

    def note_request(self, conn: _Conn, path: bytes) -> None:
        self.count("requests")
        if self.log_requests:
            self.requests.append(
                {"t": round(self.t(), 3), "conn": conn.id, "path": path.decode("latin-1")}
            )

    def corrupt(self, piece: bytes) -> bytes:
        """Flip one bit if a configured position lies in this piece."""
        end = self.downlink.bytes
        start = end - len(piece)
        lo = bisect.bisect_left(self.flips_left, start)
        hi = bisect.bisect_left(self.flips_left, end)
        if lo == hi:
            return piece
        buf = bytearray(piece)
        for pos in self.flips_left[lo:hi]:
            buf[pos - start] ^= 0x01
            self.flips_done.append(pos)
            self.count("flips")
        del self.flips_left[lo:hi]
        return bytes(buf)

    def stats(self) -> dict:
        return {
            "down_bytes": self.downlink.bytes,
            "up_bytes": self.uplink.bytes,
            "connections": self.counters.get("connections", 0),
            "requests": self.counters.get("requests", 0),
            "elapsed": round(self.t(), 3),
            **{
                k: v
                for k, v in sorted(self.counters.items())
                if k not in ("connections", "requests")
            },
            "flip_positions": self.flips_done,
            **({"request_log": self.requests} if self.log_requests else {}),
        }

    # -- server ----------------------------------------------------------------
    async def start(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.downlink = _Link(self.profile.rate, self)
        self.uplink = _Link(self.profile.up_rate, self)
        portal = await asyncio.start_server(self._portal_conn, "127.0.0.1", 0)
        errors = await asyncio.start_server(self._error_conn, "127.0.0.1", 0)
        self._side = [portal, errors]
        self._portal_addr = portal.sockets[0].getsockname()[:2]
        self._error_addr = errors.sockets[0].getsockname()[:2]
        await self._listen()
        self._tasks = [asyncio.ensure_future(self._windows())]

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(
            self._accept, self.host, self.port, limit=1 << 18, backlog=256
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        for t in self._tasks:
            t.cancel()
        for s in [self._server, *self._side]:
            if s:
                s.close()
        for c in list(self.conns):
            c.cut("rst")
        await asyncio.sleep(0)

    async def _accept(self, reader, writer) -> None:
        if self.t0 is None:
            self.t0 = self.loop.time()
        p = self.profile
        sock = writer.get_extra_info("socket")
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if p.rate and p.rate < 20e6:  # keep little data in our own buffers
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)
        writer.transport.set_write_buffer_limits(high=65536)
        conn = _Conn(self, reader, writer)
        self.conns.add(conn)
        self.count("connections")
        t = self.t()
        upstream = self.upstream
        if p.portal.end_of_window(t) is not None:
            upstream = self._portal_addr
        elif p.http_error.end_of_window(t) is not None:
            upstream = self._error_addr
        try:
            await conn.run(upstream)
        except (asyncio.CancelledError, ConnectionError, OSError):
            pass
        finally:
            self.conns.discard(conn)

    async def _windows(self) -> None:
        """Apply the start and the end of each configured window."""
        p = self.profile
        while True:
            if self.t0 is None:
                await asyncio.sleep(0.02)
                continue
            t = self.t()
            down = p.outage.end_of_window(t) is not None and p.outage_mode != "stall"
            refusing = down or p.refuse.end_of_window(t) is not None
            if refusing and self._server.is_serving():
                self._server.close()  # ECONNREFUSED for newcomers
                self.count("outages" if down else "refusals")
                if down:
                    for c in list(self.conns):
                        c.cut("silent" if p.outage_mode == "halfopen" else "rst")
            elif not refusing and not self._server.is_serving():
                with contextlib.suppress(OSError):
                    await self._listen()
            now_portal = (
                p.portal.end_of_window(t) is not None,
                p.http_error.end_of_window(t) is not None,
            )
            if now_portal != getattr(self, "_was_portal", now_portal):
                for c in list(self.conns):  # the path changed under the connections
                    c.cut("rst")
            self._was_portal = now_portal
            await asyncio.sleep(0.02)

    # -- fake servers ------------------------------------------------------------
    async def _read_heads(self, reader):
        while True:
            try:
                head = await reader.readuntil(b"\r\n\r\n")
            except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
                return
            yield head

    async def _portal_conn(self, reader, writer) -> None:
        async for head in self._read_heads(reader):
            self.count("portal_hits")
            path = head.split(b" ", 2)[1]
            if self.profile.portal_mode == "302" and not path.startswith(b"/__portal__"):
                resp = (
                    b"HTTP/1.1 302 Found\r\nLocation: /__portal__/login\r\n"
                    b"Content-Length: 0\r\nConnection: keep-alive\r\n\r\n"
                )
            else:
                body = b"" if head.startswith(b"HEAD") else PORTAL_HTML
                resp = (
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
                    b"Content-Length: %d\r\nConnection: keep-alive\r\n\r\n" % len(PORTAL_HTML)
                ) + body
            writer.write(resp)
            with contextlib.suppress(ConnectionError):
                await writer.drain()
        writer.close()

    async def _error_conn(self, reader, writer) -> None:
        async for _ in self._read_heads(reader):
            self.count("error_hits")
            writer.write(
                b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\n"
                b"Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nbusy\n"
            )
            with contextlib.suppress(ConnectionError):
                await writer.drain()
        writer.close()


class ProxyThread:
    """Run an :class:`ImpairProxy` in a background thread (for pytest)."""

    def __init__(
        self,
        upstream: tuple[str, int],
        profile: Profile | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        log_requests: bool = False,
    ) -> None:
        self.proxy = ImpairProxy(upstream, profile, host, port, log_requests)
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._main, daemon=True)

    def _main(self) -> None:
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self.proxy.start())
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(self.proxy.stop())
        for t in asyncio.all_tasks(self._loop):
            t.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.05))
        self._loop.close()

    def __enter__(self) -> ProxyThread:
        self._thread.start()
        if not self._ready.wait(10):
            raise RuntimeError("proxy did not start")
        return self

    def __exit__(self, *exc) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    @property
    def port(self) -> int:
        return self.proxy.port

    def stats(self) -> dict:
        return self.proxy.stats()


# --------------------------------------------------------------------------
# Command line
# --------------------------------------------------------------------------
def _addr(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    return host or "127.0.0.1", int(port)


def add_profile_arguments(ap: argparse.ArgumentParser) -> None:
    """Add one option per Profile field, and ``--preset``."""
    ap.add_argument("--preset", choices=sorted(PRESETS), default="none")
    for f in dataclasses.fields(Profile):
        name = "--" + f.name.replace("_", "-").replace("-ms", "")
        if f.name == "slow_start":
            ap.add_argument(
                "--no-slow-start", dest="slow_start", action="store_false", default=None
            )
        elif f.name == "flip_at":
            ap.add_argument(
                name,
                dest=f.name,
                action="append",
                default=None,
                help="downstream byte position; may be repeated",
            )
        else:
            typ = {"float": float, "int": int}.get(str(f.type), str)
            ap.add_argument(name, dest=f.name, type=typ, default=None)


def profile_from_args(ns: argparse.Namespace) -> Profile:
    kw = dict(PRESETS[ns.preset])
    for f in dataclasses.fields(Profile):
        v = getattr(ns, f.name, None)
        if v is not None:
            kw[f.name] = v
    return Profile(**kw)


def main(argv: Sequence[str] | None = None) -> int:
    ap = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    ap.add_argument("--upstream", type=_addr, help="HOST:PORT of the real server")
    ap.add_argument("--listen", type=_addr, default=("127.0.0.1", 0))
    ap.add_argument("--stats", help="write statistics here as JSON on exit")
    ap.add_argument("--port-file", help="write the chosen port here once listening")
    ap.add_argument("--log-requests", action="store_true")
    ap.add_argument("--list-presets", action="store_true")
    add_profile_arguments(ap)
    ns = ap.parse_args(argv)
    if ns.list_presets:
        print(json.dumps(PRESETS, indent=2))
        return 0
    if not ns.upstream:
        ap.error("--upstream is required")
    profile = profile_from_args(ns)

    async def go() -> None:
        px = ImpairProxy(ns.upstream, profile, *ns.listen, log_requests=ns.log_requests)
        await px.start()
        print(
            f"impair_proxy: {px.host}:{px.port} -> {ns.upstream[0]}:{ns.upstream[1]}",
            file=sys.stderr,
            flush=True,
        )
        if ns.port_file:
            Path(ns.port_file).write_text(str(px.port))
        done = asyncio.Event()
        for sig in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):
                px.loop.add_signal_handler(sig, done.set)
        await done.wait()
        st = px.stats()
        await px.stop()
        text = json.dumps(st, indent=2)
        if ns.stats:
            Path(ns.stats).write_text(text)
        else:
            print(text)

    asyncio.run(go())
    return 0


if __name__ == "__main__":
    sys.exit(main())
