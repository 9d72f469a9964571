# SPDX-License-Identifier: Apache-2.0
"""The learning record store: Ralph on a file, with keys for writing, for reading, and for both.

Ralph takes its settings from the environment while it is imported: `prepare` comes first.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

import bcrypt

AUDIENCE = "records"  # what a token of an issuer has to be for
_SCOPES = {
    "device": ["statements/write"],
    "reader": ["statements/read"],
    "desk": ["statements/read", "statements/write"],
}


def prepare(data: Path, home: str, issuer: str = "") -> dict[str, str]:
    """Make the store's folder ready and return the passwords by user name.

    With an `issuer` (OpenID Connect), whoever signed in there may write too. The passwords are made
    by chance when `data` is new, and kept there, readable by its owner alone.
    """
    folder = data / "lrs"
    folder.mkdir(parents=True, exist_ok=True)
    secret = data / "secrets.json"
    passwords: dict[str, str] = {name: secrets.token_urlsafe(24) for name in _SCOPES}
    if secret.exists():
        passwords |= json.loads(secret.read_text(encoding="utf-8"))
    write_private(secret, passwords)
    write_private(
        folder / "auth.json", [_entry(name, passwords[name], home) for name in sorted(_SCOPES)]
    )
    os.environ |= {
        "RALPH_APP_DIR": str(folder),
        "RALPH_RUNSERVER_BACKEND": "fs",
        "RALPH_RUNSERVER_AUTH_BACKENDS": "basic",
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(folder),
        "RALPH_BACKENDS__LRS__FS__DEFAULT_LRS_FILE": "statements.jsonl",
        # Without both, a key for writing could read everybody's work.
        "RALPH_LRS_RESTRICT_BY_AUTHORITY": "True",
        "RALPH_LRS_RESTRICT_BY_SCOPES": "True",
    }
    if issuer:
        os.environ |= {
            "RALPH_RUNSERVER_AUTH_BACKENDS": "basic,oidc",
            "RALPH_RUNSERVER_AUTH_OIDC_ISSUER_URI": issuer,
            "RALPH_RUNSERVER_AUTH_OIDC_AUDIENCE": AUDIENCE,
        }
    (folder / "statements.jsonl").touch()
    return passwords


def application() -> Any:
    """Return Ralph's ASGI application, writing more than once.

    Ralph 5.1.0 makes its file anew at each write and so refuses the second one; it has no setting
    for it.
    """
    from ralph.backends.data.base import BaseOperationType  # noqa: PLC0415 - after `prepare`
    from ralph.backends.lrs.fs import FSLRSBackend  # noqa: PLC0415

    FSLRSBackend.default_operation_type = BaseOperationType.APPEND
    from ralph.api import app  # noqa: PLC0415

    return app


def write_private(path: Path, value: object) -> None:
    """Write JSON that only its owner may read, whole or not at all."""
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
    part.replace(path)


def _entry(name: str, password: str, home: str) -> dict[str, object]:
    # A password of 192 random bits needs no slow hash; the first request would wait for it.
    hashed = bcrypt.hashpw(password.encode(), bcrypt.gensalt(rounds=4)).decode()
    account = {"homePage": f"{home}/devices", "name": name}
    agent = {"objectType": "Agent", "account": account}
    return {"agent": agent, "scopes": _SCOPES[name], "hash": hashed, "username": name}
