# SPDX-License-Identifier: Apache-2.0
"""One spelling for the address of a repository, however a person wrote it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from player.errors import NotARepository

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_FOLDER = re.compile(r"[/\\.~]|[A-Za-z]:[/\\]")


def normalise(address: str) -> str:
    """Return the URL of a repository, `http:`, `https:` or `file:`, ending in '/'.

    Args:
        address: a URL, a host with or without a path (`campus.example/courses`; https is meant),
            a folder, or a `.course` file. The address of the `catalogue.json` itself will do too.

    Raises:
        NotARepository: it is none of these.
    """
    address = address.strip().removesuffix("catalogue.json")
    scheme = _SCHEME.match(address)
    if scheme is None and (_FOLDER.match(address) or _is_here(address)):
        try:
            return _slashed(Path(address).expanduser().absolute().resolve().as_uri())
        except (RuntimeError, OSError) as error:  # no such user's folder, a ring of links
            raise NotARepository(place=address) from error
    try:
        parts = urlsplit(address if scheme else f"https://{address}")
        _ = parts.port  # which raises ValueError where it is no number
    except ValueError as error:
        raise NotARepository(place=address) from error
    if parts.scheme == "file":
        return _slashed(urlunsplit(("file", parts.netloc, parts.path, "", "")))
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", address):
        raise NotARepository(place=address)
    user, at, host = parts.netloc.rpartition("@")
    return _slashed(urlunsplit((parts.scheme, user + at + host.lower(), parts.path, "", "")))


def _slashed(url: str) -> str:
    return url if url.endswith("/") else url + "/"


def _is_here(address: str) -> bool:
    """Whether it names a folder or a `.course` file, though it looks like a host."""
    try:
        path = Path(address)
        is_course = path.name.lower().endswith(".course") and path.is_file()
        return bool(address) and (is_course or path.is_dir())
    except (OSError, ValueError):
        return False
