# SPDX-License-Identifier: Apache-2.0
"""Where courses come from and learning records go: `platform.json` of docs/format.md."""

from __future__ import annotations

import msgspec

from player.course.decode import decode


class Lrs(msgspec.Struct, frozen=True):
    """A learning record store: `endpoint` is the URL above `/statements`; HTTP Basic."""

    endpoint: str
    username: str = ""
    password: str = ""


class Platform(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One platform. `home` is its own URL: accounts and activities are named below it.

    `repositories` are URLs (http, https or file); `keys` are minisign public keys of the
    publishers it vouches for.
    """

    format: str
    kind: str
    name: str
    home: str
    repositories: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    lrs: Lrs | None = None


def decode_platform(data: bytes) -> Platform:
    """Return the platform.

    Raises:
        Malformed, NewerFormat: as for every document.
    """
    return decode(data, Platform, document="The platform file", expected="platform")
