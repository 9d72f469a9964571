# SPDX-License-Identifier: Apache-2.0
"""Signing in at the platform, by the way that its server knows and the person prefers."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from player.course.platform import Platform, SignIn
from player.errors import QT_TRANSLATE_NOOP, ContentProblem, NoPlatform, SignInFailed
from player.store import secrets
from player.sync import openid
from player.sync.admission import Admission
from player.sync.endpoint import Authorize
from player.sync.openid import Code, Server, Tokens
from player.transport import Transport, place

__all__ = ["Code", "SigningIn"]


@dataclass(frozen=True, slots=True)
class Asks:
    """How a person is asked, from whichever thread: `browse` opens an address, `show` a code.

    `stopped` says whether they have given it up.
    """

    browse: Callable[[str], None]
    show: Callable[[Code], None]
    stopped: Callable[[], bool] = lambda: False
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class SigningIn:
    """Who is signed in from one home. Any thread may ask."""

    home: Path
    platform: Callable[[], Platform | None]
    road: Callable[[], AbstractContextManager[Transport]]

    @property
    def is_needed(self) -> bool:
        """Whether the platform wants people to sign in, and nobody is.

        A platform file that is damaged asks nobody.
        """
        try:
            wanted = self._wanted
        except ContentProblem:
            return False
        return wanted is not None and Admission(self.home, wanted).kept is None

    @property
    def in_keyring(self) -> bool:
        """Whether the tokens are kept in the system's keyring; otherwise in a file of the home."""
        return secrets.has_keyring()

    def authorize(self, transport: Transport) -> Authorize | None:
        """What gives a run of sending its tokens; None where a key does."""
        wanted = self._wanted
        if wanted is None:
            return None
        admission = Admission(self.home, wanted)
        return lambda renew: admission.header(transport, renew=renew)

    def start(self, asks: Asks, *, browser: bool) -> None:
        """Sign in: by the browser of this PC if it is preferred, else with a code; as there is.

        Raises:
            NoPlatform: nobody is asked to sign in here.
            SignInFailed, ConnectionProblem: it did not come to it; whoever was signed in still is.
        """
        wanted = self._wanted
        if wanted is None:
            raise NoPlatform
        with self.road() as transport:
            server = openid.discover(transport, wanted)
            ways = [self._by_browser] if server.authorization_endpoint else []
            ways += [self._by_code] if server.device_authorization_endpoint else []
            if not ways:
                reason = QT_TRANSLATE_NOOP("errors", "it offers no way that this program knows")
                raise SignInFailed(place=place(wanted.issuer), reason=reason)
            tokens = ways[0 if browser else -1](transport, wanted, server, asks)
        Admission(self.home, wanted).keep(tokens)

    def end(self) -> None:
        """Sign out here. Work that has not left waits until somebody signs in."""
        if (wanted := self._wanted) is not None:
            Admission(self.home, wanted).forget()

    @property
    def _wanted(self) -> SignIn | None:
        platform = self.platform()
        return platform.lrs.auth if platform and platform.lrs else None

    @staticmethod
    def _by_browser(transport: Transport, wanted: SignIn, server: Server, asks: Asks) -> Tokens:
        from player.sync.loopback import returning  # noqa: PLC0415 - a web server

        with returning() as back:
            asked = openid.question(wanted, server, back.url)
            asks.browse(asked.url)
            answer = back.answer(asked.state, asks.stopped)
        return openid.signed_in_by_browser(transport, wanted, server, asked, answer)

    @staticmethod
    def _by_code(transport: Transport, wanted: SignIn, server: Server, asks: Asks) -> Tokens:
        def wait(seconds: float) -> None:
            if asks.stopped():
                raise SignInFailed(
                    place=place(wanted.issuer),
                    reason=QT_TRANSLATE_NOOP("errors", "it was given up"),
                )
            asks.sleep(seconds)

        code = openid.ask_for_code(transport, wanted, server)
        asks.show(code)
        return openid.signed_in_by_code(transport, wanted, server, code, wait)
