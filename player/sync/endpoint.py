# SPDX-License-Identifier: Apache-2.0
"""The store that a run speaks to: admitted there by its key or a sign-in, in gzip where it can.

`lrs` is one request; here one batch may be two: once more plain, or once more with a new token.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from player.course.platform import Lrs
from player.errors import (
    ConnectionProblem,
    NotAdmitted,
    NotTheServer,
    Offline,
    ServerRefused,
    SignInNeeded,
    SyncProblem,
)
from player.sync import lrs as ask
from player.sync.lrs import Bad, Conflict, Halted, Outcome, Received, TooLarge, TryLater, joined
from player.sync.packing import Packing
from player.transport import Transport, place

Authorize = Callable[[bool], str]
"""Gives the `Authorization` for a request; told True, a new one: the last was not accepted.

Raises SignInNeeded, or ConnectionProblem where a new one has to be asked for.
"""


@dataclass(slots=True)
class Endpoint:
    """One store for one run."""

    transport: Transport
    lrs: Lrs
    packing: Packing
    authorize: Authorize | None = None
    """None: by the key of `lrs`."""
    _authorization: str = field(init=False, default="")

    @property
    def authorization(self) -> str:
        """The header's value, asked for when it is first needed."""
        if not self._authorization:
            self._authorization = self._asked() if self.lrs.auth else ask.basic(self.lrs)
        return self._authorization

    def post(self, statements: Sequence[bytes]) -> Outcome:
        """Send one batch. See `lrs.post`.

        Raises:
            SignInNeeded, SignInFailed, ConnectionProblem: it was not sent.
        """
        outcome = self._post(statements)
        if not self.may_renew(outcome):
            return outcome
        try:
            self._authorization = self._asked(renew=True)
        except (ConnectionProblem, SyncProblem) as problem:
            return Halted(problem)
        return self._post(statements)

    def may_renew(self, outcome: Outcome) -> bool:
        """Whether a new token may help."""
        refused = isinstance(outcome, Halted) and isinstance(outcome.problem, NotAdmitted)
        return refused and self.lrs.auth is not None

    def ready(self, statements: Sequence[bytes]) -> Callable[[], Outcome]:
        """What sends one batch, as the last one went, from any thread."""
        packed = self.packing.pack(joined(statements))
        return partial(
            ask.post,
            self.transport,
            self.lrs,
            statements,
            authorization=self.authorization,
            packed=packed,
        )

    def get_statement(self, id_: str) -> object | None:
        """See `lrs.get_statement`."""
        return ask.get_statement(self.transport, self.lrs, id_, self.authorization)

    def get_page(self, url: str) -> dict[str, Any]:
        """See `lrs.get_page`. A token that is no longer accepted is renewed once.

        Raises:
            SignInNeeded, SignInFailed: besides.
        """
        try:
            return ask.get_page(self.transport, self.lrs, url, self.authorization)
        except NotAdmitted:
            if self.lrs.auth is None:
                raise
        self._authorization = self._asked(renew=True)
        return ask.get_page(self.transport, self.lrs, url, self.authorization)

    def server_time(self) -> datetime | None:
        """See `lrs.server_time`."""
        return ask.server_time(self.transport, self.lrs, self.authorization)

    def _asked(self, *, renew: bool = False) -> str:
        if self.authorize is None:
            raise SignInNeeded(place=place(self.lrs.endpoint))
        return self.authorize(renew)

    def _post(self, statements: Sequence[bytes]) -> Outcome:
        packed = self.packing.pack(joined(statements))
        outcome = self._send(statements, packed)
        if packed is None:
            return outcome
        if isinstance(outcome, Received | Conflict) or _names_one(outcome):
            self.packing.worked()
        elif _may_be_gzip(outcome):
            if self.packing.state != "yes" or _is_our_fault(outcome):
                return self._plainly(statements, outcome)
            self.packing.doubt()
        return outcome

    def _plainly(self, statements: Sequence[bytes], before: Outcome) -> Outcome:
        """The same batch as it is: was it the gzip?"""
        outcome = self._send(statements, None)
        if not (isinstance(outcome, Received | Conflict | TooLarge) or _names_one(outcome)):
            self.packing.rest()
        elif _is_our_fault(before):
            self.packing.refused()
        else:
            self.packing.doubt()
        return outcome

    def _send(self, statements: Sequence[bytes], packed: bytes | None) -> Outcome:
        return ask.post(
            self.transport,
            self.lrs,
            statements,
            authorization=self.authorization,
            packed=packed,
            # A server that trips over gzip may leave the connection: what follows needs another
            last=packed is not None and self.packing.state != "yes",
        )


def _names_one(outcome: Outcome) -> bool:
    """Whether the store looked into the batch and found a statement in it that is wrong."""
    return isinstance(outcome, Bad) and outcome.index is not None


def _may_be_gzip(outcome: Outcome) -> bool:
    """Whether a store or a proxy that knows no gzip may answer so; not if nothing left this PC."""
    match outcome:
        case Bad() | TryLater(broken=True) | Halted(NotTheServer()):
            return True
        case Halted(Offline() as problem):
            return problem.left
    return False


def _is_our_fault(outcome: Outcome) -> bool:
    """Whether it was a 4xx, not a failure of the server's own."""
    match outcome:
        case TryLater(ServerRefused() as problem):
            return int(str(problem.details["status"])) < 500
    return isinstance(outcome, Bad)
