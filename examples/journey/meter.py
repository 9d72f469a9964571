# SPDX-License-Identifier: Apache-2.0
"""The real roads, with a meter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from player.transport import Reply, Roads


class Metered(Roads):
    """`came` counts the bytes of every answer's body."""

    came = 0

    @contextmanager
    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Iterator[Reply]:
        """Ask, and count what comes."""
        with super().request(method, url, headers=headers, body=body) as reply:
            reply.body = self._counted(reply.body)
            yield reply

    def _counted(self, body: Iterator[bytes]) -> Iterator[bytes]:
        for chunk in body:
            self.came += len(chunk)
            yield chunk
