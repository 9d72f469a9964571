# SPDX-License-Identifier: Apache-2.0
"""What a careful script does with requests: `plain.py BASE FILES OUT`.

One file after the other over one session, each resumed by `Range`, tried again until its size and
hash are right, then renamed; what is whole is never asked for again.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import requests

TIMEOUT = (8, 12)  # seconds: to connect, to read


def main(arguments: Sequence[str]) -> None:
    base, files, out = arguments
    session = requests.Session()
    session.headers["Accept-Encoding"] = "identity"
    for file in json.loads(Path(files).read_text())["files"]:
        path = Path(out, file["path"])
        path.parent.mkdir(parents=True, exist_ok=True)
        while not (path.exists() and digest(path) == file["sha256"]):
            try:
                fetch(session, f"{base}/{file['path']}", path, file)
            except (requests.RequestException, OSError):
                time.sleep(1)


def fetch(session: requests.Session, url: str, path: Path, file: dict[str, object]) -> None:
    """Go on with one file; put it in its place if it is right, begin anew if it is wrong."""
    part, size = path.with_name(path.name + ".part"), int(str(file["size"]))
    have = part.stat().st_size if part.exists() else 0
    if have < size:
        headers = {"Range": f"bytes={have}-"} if have else {}
        with session.get(url, headers=headers, timeout=TIMEOUT, stream=True) as answer:
            answer.raise_for_status()
            whole = answer.status_code == 200
            if answer.headers.get("Content-Length") != str(size if whole else size - have):
                raise OSError("not what was asked for")
            with part.open("wb" if whole else "ab") as out:
                for data in answer.iter_content(65536):
                    out.write(data)
    if part.stat().st_size >= size:
        if digest(part) == file["sha256"]:
            part.replace(path)
        else:
            part.unlink()


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    main(sys.argv[1:])
