# SPDX-License-Identifier: Apache-2.0
"""The network, and every other road by which the files of a repository come.

One small protocol, `Transport`: ask for a URL, get a status, headers and bytes as they come. The
caller judges the status; a road that is down raises. `web` is HTTP and HTTPS; `folder` reads a
folder or a stick and `archive` a `.course` file, and both answer as a server with ranges would, so
that catalogue and download know no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from player.errors import Offline
from player.transport import archive
from player.transport.folder import read_file
from player.transport.reply import Reply, Transport, place, refusal

if TYPE_CHECKING:
    from player.transport.web import Web

__all__ = ["Reply", "Roads", "Transport", "place", "refusal"]


class Roads:
    """The real transport: HTTP(S) by requests, `file:` by reading. Any thread may ask."""

    def __init__(self, user_agent: str = "Cartable") -> None:
        self._user_agent = user_agent

    @cached_property
    def _web(self) -> Web:
        # Loaded when first asked for: what is on the disk shows before any request is made
        from player.transport.web import Web  # noqa: PLC0415

        return Web(self._user_agent)

    def close(self) -> None:
        """Let the connections go."""
        if "_web" in self.__dict__:
            self._web.close()

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
        scheme = url.partition(":")[0].lower()
        if scheme == "file":
            found = archive.inside(url)
            road = (
                archive.read_member(*found, headers or {}, url)
                if found
                else read_file(url, headers or {})
            )
        elif scheme in ("http", "https"):
            road = self._web.request(method, url, dict(headers or {}), body)
        else:
            raise Offline(place=place(url))
        with road as reply:
            yield reply
