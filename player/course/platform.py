# SPDX-License-Identifier: Apache-2.0
"""Where courses come from and learning records go: `platform.json` of docs/format.md."""

from __future__ import annotations

import re

import msgspec

from player.course.decode import decode
from player.errors import QT_TRANSLATE_NOOP, Malformed

DOCUMENT = QT_TRANSLATE_NOOP("errors", "The platform file")
_URL = re.compile(r"https?://[^\s/?#]+[^\s?#]*")


class SignIn(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a person signs in, by OpenID Connect or OAuth 2: this PC is a public client there.

    `issuer` is the server's URL, below which its metadata lie.
    """

    issuer: str
    client: str
    scopes: tuple[str, ...] = ("openid", "offline_access")


class Lrs(msgspec.Struct, frozen=True, omit_defaults=True):
    """A learning record store: `endpoint` is the URL above `/statements`.

    Admitted is this PC by HTTP Basic, or, with `auth`, whoever signed in.
    """

    endpoint: str
    username: str = ""
    password: str = ""
    auth: SignIn | None = None


class Platform(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One platform. `home` is its own URL: accounts and activities are named below it.

    `repositories` are URLs (http, https or file); `keys` are minisign public keys of the
    publishers it vouches for. Work that is carried is sealed for `recipients`, age public keys of
    the platform and its offices; receipts for it count that one of `offices` signed (minisign), and
    letters that one of `mail` did. Anonymous answers go to `anonymous`, with a key that is the same
    on every PC; without it, by hand alone: a store notes whose key it was. Credentials are the
    platform's that one of `issuers` signed, a `did:key` (`player.course.did`). Files that learners
    hand in are put below `dropbox`, a URL, '' where they travel by stick alone.
    """

    format: str
    kind: str
    name: str
    home: str
    repositories: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    lrs: Lrs | None = None
    recipients: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    mail: tuple[str, ...] = ()
    anonymous: Lrs | None = None
    issuers: tuple[str, ...] = ()
    dropbox: str = ""


def decode_platform(data: bytes) -> Platform:
    """Return the platform.

    Raises:
        Malformed, NewerFormat: as for every document.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")  # as some editors write it
    platform = decode(data, Platform, document=DOCUMENT, expected="platform")
    # Every statement is named below `home`, for good: a wrong one would freeze wrong statements
    urls = {"home": platform.home}
    if platform.dropbox:
        urls["dropbox"] = platform.dropbox
    if platform.lrs:
        urls["lrs.endpoint"] = platform.lrs.endpoint
    if platform.anonymous:
        urls["anonymous.endpoint"] = platform.anonymous.endpoint
    if platform.lrs and platform.lrs.auth:
        urls["lrs.auth.issuer"] = platform.lrs.auth.issuer
    for field, url in urls.items():
        if not _URL.fullmatch(url):
            raise Malformed(
                document=DOCUMENT, reason=f"{url[:60]!r} is no web address - at `$.{field}`"
            )
    return platform
