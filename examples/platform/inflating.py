# SPDX-License-Identifier: Apache-2.0
"""Bodies in gzip for an application that knows none: Ralph answers them with 500.

A school would have its web server do this, for instance Apache's `SetInputFilter DEFLATE`. A batch
of answers then needs a tenth of the line.
"""

from __future__ import annotations

import zlib
from typing import Any

MOST = 32 * 1024 * 1024  # bytes once unpacked: a small body must not fill the memory
_GZIP = 16 + zlib.MAX_WBITS


class Inflating:
    """An ASGI application in front of another."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Unpack what came in gzip, and hand it on."""
        if scope["type"] != "http" or (b"content-encoding", b"gzip") not in scope["headers"]:
            await self._app(scope, receive, send)
            return
        body = _unpacked(await _whole(receive))
        if body is None:
            await send({"type": "http.response.start", "status": 400, "headers": []})
            await send({"type": "http.response.body", "body": b"not gzip, or too much of it"})
            return
        gone = (b"content-encoding", b"content-length", b"transfer-encoding")
        headers = [(name, value) for name, value in scope["headers"] if name not in gone]
        headers.append((b"content-length", str(len(body)).encode()))

        async def unpacked() -> dict[str, object]:
            return {"type": "http.request", "body": body}

        await self._app({**scope, "headers": headers}, unpacked, send)


async def _whole(receive: Any) -> bytes:
    body = bytearray()
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return bytes(body)


def _unpacked(data: bytes) -> bytes | None:
    inflate = zlib.decompressobj(_GZIP)
    try:
        body = inflate.decompress(data, MOST)
    except zlib.error:
        return None
    return body if inflate.eof else None
