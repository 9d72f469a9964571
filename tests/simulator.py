# SPDX-License-Identifier: Apache-2.0
"""A repository's server in memory, in the place of the network, that fails in every known way.

It counts what it sends, by path: `served` is what the learner pays.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from player.errors import Offline
from player.transport import Reply

URL = "https://campus.example/courses/"
LOGIN = b"<!DOCTYPE html><html><title>Free WiFi</title><form>Log in</form></html>"

_RANGE = re.compile(r"bytes=(\d+)-(\d+)")


@dataclass
class Simulator:
    """The files of a repository at `url`, and what is wrong with the line and the server."""

    url: str = URL
    files: dict[str, bytes] = field(default_factory=dict)
    block: int = 1000
    served: Counter[str] = field(default_factory=Counter)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._left: int | None = None
        self._down = False
        self._portal = False
        self._stalls = 0
        self._refusals: list[tuple[str, int, dict[str, str], int]] = []
        self._lies: dict[str, int] = {}
        self._ranges = "right"
        self._gzip = False

    # What it has

    def publish(self, source: Path | Mapping[str, bytes]) -> None:
        """Have the files of a repository, given as a folder or by path, beside those it has."""
        if isinstance(source, Path):
            source = {
                path.relative_to(source).as_posix(): path.read_bytes()
                for path in source.rglob("*")
                if path.is_file()
            }
        self.files.update(source)

    def forget(self, path: str) -> None:
        """Have a file no longer."""
        del self.files[path]

    # What goes wrong

    def cut_after(self, size: int) -> None:
        """Break the line once, after so many more bytes of content."""
        self._left = size

    def unreachable(self, down: bool = True) -> None:
        """Answer nothing, or answer again."""
        self._down = down

    def stall(self, times: int = 1) -> None:
        """Send the head of so many answers and then nothing, until the reader gives up."""
        self._stalls = times

    def captive_portal(self, on: bool = True) -> None:
        """Answer everything with a login page and status 200."""
        self._portal = on

    def refuse(
        self, status: int, path: str = "", times: int = 1, headers: Mapping[str, str] | None = None
    ) -> None:
        """Answer so many requests for what contains `path` with `status`."""
        self._refusals.append((path, status, dict(headers or {}), times))

    def lie(self, path: str, times: int = 10**9) -> None:
        """Flip a bit in so many answers for what contains `path`."""
        self._lies[path] = times

    def ignore_ranges(self) -> None:
        """Send whole files only."""
        self._ranges = "ignored"

    def wrong_range(self) -> None:
        """Send another stretch than the one asked for, and say so."""
        self._ranges = "wrong"

    def gzip(self, on: bool = True) -> None:
        """Compress every answer, whatever the reader accepts, as some proxies do."""
        self._gzip = on

    # The transport

    @contextmanager
    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Iterator[Reply]:
        """Answer, or not."""
        if self._down or not url.startswith(self.url):
            raise Offline(place=url)
        path = url.removeprefix(self.url)
        self.asked.append(path)
        self.headers.append(dict(headers or {}))
        yield self._answer(path, dict(headers or {}))

    def _answer(self, path: str, headers: dict[str, str]) -> Reply:
        if self._portal:
            return Reply(200, {"content-type": "text/html"}, iter([LOGIN]))
        if refusal := self._refusal(path):
            return Reply(*refusal)
        data = self.files.get(path)
        if data is None:
            return Reply(404, {}, iter([LOGIN]))
        etag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
        if headers.get("If-None-Match") == etag:
            return Reply(304, {"etag": etag})
        data = self._flipped(path, data)
        return self._stretch(path, data, headers.get("Range", ""), etag)

    def _stretch(self, path: str, data: bytes, wanted: str, etag: str) -> Reply:
        said, size = {"etag": etag, "accept-ranges": "bytes"}, len(data)
        match = _RANGE.fullmatch(wanted)
        if match is None or self._ranges == "ignored":
            return self._give(200, said, path, data)
        start, stop = int(match[1]), min(int(match[2]) + 1, size)
        if start >= stop:
            return Reply(416, {"content-range": f"bytes */{size}"})
        if self._ranges == "wrong":
            start, stop = 0, stop - start
        said["content-range"] = f"bytes {start}-{stop - 1}/{size}"
        return self._give(206, said, path, data[start:stop])

    def _give(self, status: int, said: dict[str, str], path: str, data: bytes) -> Reply:
        if self._gzip:  # how long it gets is not known when it begins
            coded = gzip.compress(data)
            return Reply(status, said | {"content-encoding": "gzip"}, self._send(path, coded))
        return Reply(status, said | {"content-length": str(len(data))}, self._send(path, data))

    def _send(self, path: str, data: bytes) -> Iterator[bytes]:
        if self._stalls:
            self._stalls -= 1
            raise Offline(place="campus.example")
        for start in range(0, len(data), self.block):
            block = data[start : start + self.block]
            if self._left is not None:
                block, self._left = block[: self._left], self._left - len(block)
            self.served[path] += len(block)
            if block:
                yield block
            if self._left is not None and self._left < 0:
                self._left = None
                raise Offline(place="campus.example")

    def _refusal(self, path: str) -> tuple[int, dict[str, str]] | None:
        for index, (part, status, headers, times) in enumerate(self._refusals):
            if part in path and times:
                self._refusals[index] = (part, status, headers, times - 1)
                return status, headers
        return None

    def _flipped(self, path: str, data: bytes) -> bytes:
        for part, times in self._lies.items():
            if part in path and times:
                self._lies[part] = times - 1
                middle = len(data) // 2
                return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
        return data
