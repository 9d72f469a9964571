# SPDX-License-Identifier: Apache-2.0
"""The tokens of whoever signed in: kept, renewed before they are needed, forgotten when they end.

Nothing of the learner's work hangs on them: without, it waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from player.course.platform import SignIn
from player.errors import SignInFailed, SignInNeeded
from player.journal import journal
from player.store import secrets
from player.sync import openid
from player.sync.openid import NotGranted, Tokens
from player.transport import Transport, place

NAME = "sign-in"
_SHARE = 0.8  # of a token's life, after which another one is asked for


class Kept(msgspec.Struct, frozen=True):
    """Tokens, of whom, and when they came: by the seconds since which start, for clocks lie."""

    issuer: str
    client: str
    tokens: Tokens
    since: float
    boot: str

    @property
    def is_fresh(self) -> bool:
        """Whether they hold for a while, as far as this PC can tell."""
        age = journal.since_boot() - self.since
        here = self.boot and self.boot == journal.boot_id()
        return bool(here) and 0 <= age < _SHARE * self.tokens.expires_in


@dataclass(frozen=True, slots=True)
class Admission:
    """How one home is admitted where people sign in."""

    home: Path
    sign_in: SignIn

    def keep(self, tokens: Tokens) -> None:
        """Have them for the next time. Raises NotWritable."""
        kept = Kept(
            self.sign_in.issuer,
            self.sign_in.client,
            tokens,
            journal.since_boot(),
            journal.boot_id(),
        )
        secrets.keep(self.home, NAME, msgspec.json.encode(kept).decode())

    @property
    def kept(self) -> Kept | None:
        """What is there, if it is of this issuer."""
        text = secrets.find(self.home, NAME)
        try:
            found = msgspec.json.decode(text or "", type=Kept)
        except msgspec.MsgspecError:
            return None
        ours = (found.issuer, found.client) == (self.sign_in.issuer, self.sign_in.client)
        return found if ours else None

    def forget(self) -> None:
        """Sign out, here."""
        secrets.forget(self.home, NAME)

    def header(self, transport: Transport, *, renew: bool) -> str:
        """The `Authorization` of a request; with `renew`, by a new token.

        Raises:
            SignInNeeded: nobody is signed in, or no longer.
            SignInFailed: the server does not know this program.
            ConnectionProblem: whether somebody is, could not be asked.
        """
        kept = self.kept
        if kept is None:
            raise SignInNeeded(place=place(self.sign_in.issuer))
        tokens = kept.tokens
        if renew and not tokens.refresh_token:
            self.forget()
            raise SignInNeeded(place=place(self.sign_in.issuer))
        if renew or (tokens.refresh_token and not kept.is_fresh):
            tokens = self._renewed(transport, tokens)
        return f"Bearer {tokens.access_token}"

    def _renewed(self, transport: Transport, tokens: Tokens) -> Tokens:
        where = place(self.sign_in.issuer)
        try:
            server = openid.discover(transport, self.sign_in)
            found = openid.renewed(transport, self.sign_in, server, tokens.refresh_token)
        except NotGranted as refused:
            if refused.error != "invalid_grant":  # not the token, but this program or the server
                raise SignInFailed(place=where, reason=refused.words) from refused
            self.forget()
            raise SignInNeeded(place=where) from refused
        self.keep(found)
        return found
