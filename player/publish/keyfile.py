# SPDX-License-Identifier: Apache-2.0
"""Key files (docs/format.md, "A key file"): outside the repository, for their owner alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.course.answer_key import AnswerKey, decode_key
from player.course.manifest import Manifest
from player.errors import ContentProblem, KeysInTheOpen
from player.publish.shelf import FORMAT
from player.publish.source import Source
from player.publish.writing import disk_faults, put


def salt(secret: Ed25519PrivateKey) -> bytes:
    """What the ids of graded questions follow from. See `withheld`."""
    return hashlib.blake2b(secret.private_bytes_raw(), person=b"cartable-ids").digest()


def folder_for_keys(course: Source, keys: Path | None, repository: Path) -> Path | None:
    """Where the keys go; None where there are none.

    Raises:
        KeysInTheOpen: in the repository, or nobody said where.
    """
    if not course.keys:
        return None
    if keys is None or keys.resolve().is_relative_to(repository.resolve()):
        raise KeysInTheOpen(place=keys or repository)
    return keys


def keep_keys(course: Source, manifest: Manifest, folder: Path) -> Path:
    """Write the keys of a version, and return where they are.

    Those of other questions under the same number stay, and these get another name: somebody may
    have been shown them, by another repository.

    Raises:
        DiskFull, NotWritable: the disk.
    """
    key = AnswerKey(
        format=FORMAT,
        kind="key",
        course=manifest.id,
        version=manifest.version,
        language=manifest.language,
        activities=dict(course.keys),
        translations={language: dict(keys) for language, keys in course.translated_keys.items()},
    )
    path = folder / key.file_name
    with disk_faults(folder):
        if path.exists() and _shown(path) != _blobs(key):
            path = folder / f"{key.course}-{key.version}.{_digits(key)}.key.json"
        put(path, msgspec.json.encode(key), mode=0o600)
    return path


def _shown(path: Path) -> dict[str, str] | None:
    """The questions of a key file; None where it is none."""
    try:
        return _blobs(decode_key(path.read_bytes()))
    except ContentProblem:
        return None


def _blobs(key: AnswerKey) -> dict[str, str]:
    own = {id_: one.blob for id_, one in key.activities.items()}
    others = key.translations.items()
    return own | {f"{id_}.{tag}": one.blob for tag, keys in others for id_, one in keys.items()}


def _digits(key: AnswerKey) -> str:
    return hashlib.sha256(repr(sorted(_blobs(key).items())).encode()).hexdigest()[:8]
