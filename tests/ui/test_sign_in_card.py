# SPDX-License-Identifier: Apache-2.0
"""Where the platform wants people to sign in: the window asks, and nothing is lost meanwhile."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from threading import Thread

import msgspec
import pytest
from lrs_simulator import PLATFORM
from openid_server import CLIENT, OpenIdServer, signing_in
from shell import COURSE, Shell, answer

from player.course.platform import Lrs, SignIn
from player.errors import SignInNeeded, WrongEndpoint

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none
NOBODY = "Nobody is signed in at the platform."


@pytest.fixture
def server() -> Iterator[OpenIdServer]:
    with signing_in() as found:
        yield found


@pytest.fixture
def joined(shell: Shell, server: OpenIdServer) -> Shell:
    """A platform where one signs in; its store is not there, which is said once one has."""
    shell.learn()
    lrs = Lrs(f"{server.issuer}/xAPI", auth=SignIn(server.issuer, CLIENT))
    services = shell.shown.services
    services.change(send_by_itself=False)
    services.join(msgspec.json.encode(msgspec.structs.replace(PLATFORM, lrs=lrs, keys=())))
    shell.take(COURSE)
    answer(shell, COURSE, 1)
    shell.window._show(shell.window.work)
    return shell


def asks(shell: Shell) -> bool:
    return any(text.startswith(NOBODY) for text in shell.texts())


def test_my_work_says_that_nobody_is_signed_in_and_sending_does_too(joined: Shell) -> None:
    assert asks(joined)
    joined.press("Send now")
    joined.idle()
    assert joined.window.messages.text.startswith(str(SignInNeeded(place="127.0.0.1"))[:9])
    assert joined.shown.services.counts().waiting == 2


def test_the_browser_signs_in_and_work_leaves(joined: Shell) -> None:
    browsers: list[Thread] = []

    def browse(url: str) -> None:
        browsers.append(Thread(target=lambda: urllib.request.urlopen(url, timeout=30).close()))  # noqa: S310
        browsers[-1].start()

    signing = joined.shown.errands.signing_in
    signing._browse.disconnect()
    signing._browse.connect(browse)
    joined.press("Sign in")
    joined.idle()
    browsers[0].join()
    assert not asks(joined)
    said = str(WrongEndpoint(place="", status=404)).split(" (")[0]
    assert said.split(" at ")[0] in joined.window.messages.text


def test_a_code_is_shown_for_a_telephone(joined: Shell, server: OpenIdServer) -> None:
    server.hidden = {"authorization_endpoint"}
    server.device = ["access_denied"]
    shown: list[list[str]] = []
    signing = joined.shown.errands.signing_in
    signing.asked.connect(lambda *_: shown.append(joined.texts(joined.window.work)))
    signing._wait = lambda _: None  # type: ignore[method-assign]
    joined.press("Sign in")
    joined.idle()
    assert "WDJB-MJHT" in shown[0]
    assert "(it was refused there)" in joined.window.messages.text
    assert asks(joined)
    server.device = []
    joined.press("Sign in", joined.window.messages)
    joined.idle()
    assert not asks(joined)


def test_closing_waits_for_nobody(joined: Shell, server: OpenIdServer) -> None:
    server.hidden = {"authorization_endpoint"}
    server.device = ["authorization_pending"] * 99
    joined.press("Sign in")
    joined.qtbot.waitUntil(lambda: any("WDJB" in text for text in joined.texts()))
    joined.shown.errands.signing_in.close()
    joined.qtbot.waitUntil(
        lambda: (
            not joined.shown.errands.signing_in._tasks._threads
            or all(
                not thread.is_alive() for thread in joined.shown.errands.signing_in._tasks._threads
            )
        )
    )


def test_without_such_a_platform_nobody_is_asked(shell: Shell) -> None:
    shell.learn()
    shell.window._show(shell.window.work)
    assert not asks(shell)
