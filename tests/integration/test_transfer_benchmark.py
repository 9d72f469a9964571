# SPDX-License-Identifier: Apache-2.0
"""`benchmarks/transfer` works: a made-up course is published, served, fetched and examined."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from transfer import run

LEAST = ["--profiles", "least", "--tools", "cartable,requests"]


@pytest.fixture(autouse=True)
def by_our_own_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """nginx is not everywhere, and is not what is tested."""
    monkeypatch.setattr("transfer.server.nginx", lambda: None)
    monkeypatch.setattr("transfer.run.nginx", lambda: None)


def test_every_file_comes_and_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main([*LEAST, "--json", str(tmp_path / "found.json")]) == 0
    results = {one["tool"]: one for one in json.loads((tmp_path / "found.json").read_text())}
    assert results.keys() == {"cartable", "requests"}
    for one in results.values():
        assert (one["right"], one["wrong"], one["missing"]) == (10, 0, 0), one
        assert one["finished"]
        assert 0.5 < one["paid"] / one["payload"] < 1.1
        assert one["starts"] == 1
    assert results["requests"]["requests"] == 10
    assert "10/0/0" in capsys.readouterr().out
