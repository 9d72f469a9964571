# SPDX-License-Identifier: Apache-2.0
"""Signing in from the command line, with a code or in the browser."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import click
import msgspec
import pytest
from command_line import cartable
from lrs_simulator import PLATFORM
from openid_server import CLIENT, OpenIdServer, signing_in

from player.course.platform import Lrs, SignIn


@pytest.fixture
def server() -> Iterator[OpenIdServer]:
    with signing_in() as found:
        yield found


@pytest.fixture
def joined(home: Path, server: OpenIdServer) -> Path:
    server.interval = 0
    lrs = Lrs(f"{server.issuer}/xAPI", auth=SignIn(server.issuer, CLIENT))
    file = home / "given.json"
    file.write_bytes(msgspec.json.encode(msgspec.structs.replace(PLATFORM, lrs=lrs, keys=())))
    assert cartable(home, "join", file).code == 0
    return home


def test_a_code_is_shown_and_where_it_is_kept_is_said(joined: Path) -> None:
    assert cartable(joined, "sync", "--json").code == 0  # there is nothing to send
    said = cartable(joined, "sign-in", "--json")
    assert said.facts == {"signed_in": True, "kept": "file"}
    assert "WDJB-MJHT" in said.err
    assert (joined / "sign-in.secret").exists()
    assert cartable(joined, "sign-out", "--json").facts == {"signed_in": False}
    assert not (joined / "sign-in.secret").exists()


def test_the_browser_is_opened(joined: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browsers: list[Thread] = []

    def launch(url: str) -> int:
        browsers.append(Thread(target=lambda: urllib.request.urlopen(url, timeout=30).close()))  # noqa: S310
        browsers[-1].start()
        return 0

    monkeypatch.setattr(click, "launch", launch)
    said = cartable(joined, "sign-in", "--browser")
    browsers[0].join()
    assert said.code == 0
    assert "/authorize?" in said.err
    assert "in a file of the home folder" in said.out


def test_whoever_declines_is_told(joined: Path, server: OpenIdServer) -> None:
    server.device = ["access_denied"]
    said = cartable(joined, "sign-in", "--json")
    assert (said.code, said.facts["error"]) == (1, "SignInFailed")


def test_without_a_platform_that_asks_there_is_nothing_to_sign_in_to(home: Path) -> None:
    said = cartable(home, "sign-in", "--json")
    assert (said.code, said.facts["error"]) == (1, "NoPlatform")
