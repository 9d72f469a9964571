# SPDX-License-Identifier: Apache-2.0
"""What the platform has: every statement of its store, page by page.

    python examples/platform/read_back.py DATA      one statement a line, oldest first

DATA is the folder given to `serve.py`. Standard library only, so that tests can use it anywhere.
"""

from __future__ import annotations

import base64
import json
import sys
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urljoin


def read_back(endpoint: str, username: str, password: str) -> list[dict[str, Any]]:
    """Return every statement that the credential may read, as decoded JSON.

    Args:
        endpoint: the URL above `/statements`.
        username: of a credential with the scope `statements/read`.
        password: its secret.
    """
    secret = base64.b64encode(f"{username}:{password}".encode()).decode()
    headers = {"Authorization": f"Basic {secret}", "X-Experience-API-Version": "1.0.3"}
    found: list[dict[str, Any]] = []
    url = f"{endpoint}/statements?limit=100"
    while url:
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 - given by the caller
        with urllib.request.urlopen(request, timeout=30) as reply:  # noqa: S310
            page = json.load(reply)
        found += page["statements"]
        url = urljoin(endpoint, page["more"]) if page.get("more") and page["statements"] else ""
    return found


if __name__ == "__main__":
    reader = json.loads((Path(sys.argv[1]) / "reader.json").read_text(encoding="utf-8"))
    for statement in read_back(**reader):
        print(json.dumps(statement, ensure_ascii=False))
