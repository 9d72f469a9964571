# SPDX-License-Identifier: Apache-2.0
"""The publisher's secret key: one PEM file (PKCS 8), made once and never overwritten."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from player.course.signing import public_key
from player.errors import QT_TRANSLATE_NOOP, BadKey, system_reason


def make_key(path: Path) -> Ed25519PrivateKey:
    """Make a new key in `path`, which only its owner may read.

    Raises:
        BadKey: there is a file already, or it cannot be written.
    """
    secret = Ed25519PrivateKey.generate()
    keep_secret(path, secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return secret


def keep_secret(path: Path, data: bytes) -> None:
    """Write a secret into a new file, which only its owner may read; on the disk on return.

    Raises:
        BadKey: there is a file already, or it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and not path.stat().st_size:
            path.unlink()  # a power cut left it
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        reason = QT_TRANSLATE_NOOP(
            "errors", "there is a file already, and a key is never overwritten"
        )
        raise BadKey(place=path, reason=reason) from error
    except OSError as error:
        raise BadKey(place=path, reason=system_reason(error)) from error
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def load_key(path: Path) -> Ed25519PrivateKey:
    """Return the key in `path`.

    Raises:
        BadKey: no such file, not a PEM key, not Ed25519, or locked with a password.
    """
    try:
        secret = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError as error:
        raise BadKey(
            place=path, reason=QT_TRANSLATE_NOOP("errors", "there is no such file")
        ) from error
    except OSError as error:
        raise BadKey(place=path, reason=system_reason(error)) from error
    except TypeError as error:
        raise BadKey(
            place=path, reason=QT_TRANSLATE_NOOP("errors", "it is locked with a password")
        ) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise BadKey(
            place=path, reason=QT_TRANSLATE_NOOP("errors", "it is not a private key in PEM")
        ) from error
    if not isinstance(secret, Ed25519PrivateKey):
        raise BadKey(place=path, reason=QT_TRANSLATE_NOOP("errors", "it is not an Ed25519 key"))
    return secret


def own_key(path: Path) -> Ed25519PrivateKey:
    """Return the key in `path`, made at the first time.

    Raises:
        BadKey: as `load_key` and `make_key` say.
    """
    return load_key(path) if path.exists() and path.stat().st_size else make_key(path)


def public_text(secret: Ed25519PrivateKey) -> str:
    """Return the public key as minisign writes it (`RWQ…`): what goes into a platform file."""
    return str(public_key(secret))
