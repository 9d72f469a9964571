# SPDX-License-Identifier: Apache-2.0
"""Another road to the same repository: asked for below one address, written down as another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from player.transport.reply import Reply, Transport


@dataclass(frozen=True, slots=True)
class Detour:
    """A transport that asks for what lies below `url` below `via` instead; both end in '/'.

    A document comes without its tag, and is asked for without one: the tag is a matter between a
    reader and one server, and that of the neighbour would be told to the repository the next time.
    """

    inner: Transport
    url: str
    via: str

    @contextmanager
    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Iterator[Reply]:
        """Ask. See `Transport.request`."""
        if url.startswith(self.url):
            url = self.via + url.removeprefix(self.url)
        asked = {k: v for k, v in (headers or {}).items() if k.lower() != "if-none-match"}
        with self.inner.request(method, url, headers=asked, body=body) as reply:
            said = {name: value for name, value in reply.headers.items() if name != "etag"}
            yield replace(reply, headers=said)
