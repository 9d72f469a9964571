# SPDX-License-Identifier: Apache-2.0
"""What nobody else may read: in the system's keyring, or where there is none in a file.

The file lies in the home, for its owner alone to read (0600), which is what such a system offers:
it is in the clear there, and so in every copy of the home.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from player.errors import NotWritable

log = logging.getLogger(__name__)

SERVICE = "Cartable"
_LEAST = 1  # of a keyring's priority: those below keep nothing, or not safely


def keep(home: Path, name: str, text: str) -> None:
    """Keep a secret under a name. Raises NotWritable."""
    if _in_keyring(lambda ring: ring.set_password(SERVICE, _user(home, name), text)):
        _file(home, name).unlink(missing_ok=True)
        return
    path = _file(home, name)
    part = path.with_suffix(".part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            part.chmod(0o600)  # it may lie there from before
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise NotWritable(place=str(home)) from error


def find(home: Path, name: str) -> str | None:
    """The secret of that name; None where there is none."""
    found: list[str | None] = []
    _in_keyring(lambda ring: found.append(ring.get_password(SERVICE, _user(home, name))))
    if found and found[0] is not None:
        return found[0]
    with suppress(OSError, UnicodeDecodeError):
        return _file(home, name).read_text(encoding="utf-8")
    return None


def forget(home: Path, name: str) -> None:
    """Keep it no longer."""
    _in_keyring(lambda ring: ring.delete_password(SERVICE, _user(home, name)))
    _file(home, name).unlink(missing_ok=True)


def has_keyring() -> bool:
    """Whether this system has a place for secrets."""
    return _ring() is not None


def _ring() -> Any:
    """The system's keyring; None where there is none. Loaded late: it takes a tenth of a second."""
    import keyring  # noqa: PLC0415

    ring = keyring.get_keyring()
    return ring if ring.priority >= _LEAST else None


def _in_keyring(work: Any) -> bool:
    """Do it with the keyring; whether that went well. It may be locked, or gone meanwhile."""
    from keyring.errors import KeyringError  # noqa: PLC0415

    ring = _ring()
    if ring is None:
        return False
    try:
        work(ring)
    except (KeyringError, OSError) as error:
        log.info("the keyring did not serve: %s", error)
        return False
    return True


def _user(home: Path, name: str) -> str:
    return f"{name} of {home.resolve()}"


def _file(home: Path, name: str) -> Path:
    return home / f"{name}.secret"
