# SPDX-License-Identifier: Apache-2.0
"""Age identities in files, as age-keygen writes them: an office's, and this PC's own."""

from __future__ import annotations

from pathlib import Path

from player.errors import BadKey
from player.publish import keys
from player.sync import seal


def own_identity(path: Path) -> str:
    """Return the identity in `path`, made at the first time, for its owner alone to read.

    Raises:
        BadKey: it cannot be used, or written.
    """
    if not path.exists() or not path.stat().st_size:
        secret, public = seal.new_identity()
        keys.keep_secret(path, f"# public key: {public}\n{secret}\n".encode())
    return identity_in(path)


def identity_in(path: Path) -> str:
    """Return the identity in a file. Raises BadKey."""
    try:
        lines = path.read_text(encoding="utf-8").split()
    except FileNotFoundError as error:
        raise BadKey(place=path, reason="there is no such file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadKey(place=path, reason="it cannot be read") from error
    found = next((one for one in lines if one.startswith("AGE-SECRET-KEY-")), "")
    try:
        seal.public_of(found)
    except ValueError as error:
        raise BadKey(place=path, reason="it is not an age identity") from error
    return found
