# SPDX-License-Identifier: Apache-2.0
"""One request to a learning record store, and what its answer means.

Answers are sorted by what to do next, not by number (docs/sync.md has the table). Nothing is a
receipt but what a store answers: 204, or 200 with a JSON list of ids that are ours.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec

from player.course.platform import Lrs
from player.errors import (
    ConnectionProblem,
    MayNotRead,
    NotAdmitted,
    NotPermitted,
    NotTheServer,
    PlayerError,
    ServerBusy,
    ServerRefused,
    WrongEndpoint,
)
from player.sync.backoff import http_date, retry_after
from player.transport import Transport, place

LARGEST_PAGE = 32 * 1024 * 1024  # a hundred statements, each an essay
LARGEST_ANSWER = 8 * 1024 * 1024  # Ralph's 422 repeats the statements that it refuses
_EARLIEST = 2001  # a router that lost the time begins at 1970, 1980 or 2000
_WAIT = 60  # seconds, where a busy server names none


@dataclass(frozen=True, slots=True)
class Received:
    """The store has every statement of the batch."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """409: it has one of these ids already, with the same statement or another."""


@dataclass(frozen=True, slots=True)
class Bad:
    """The batch was refused for a statement in it, `index` where the store says which."""

    reason: str
    index: int | None = None


@dataclass(frozen=True, slots=True)
class TooLarge:
    """413: not so much at once."""

    reason: str


@dataclass(frozen=True, slots=True)
class TryLater:
    """The server could not, this time. `problem` says it to the learner.

    `asked` is how many seconds it wants to be left alone; `broken` that it failed without a reason,
    so that one statement of the batch may be why, every time.
    """

    problem: PlayerError
    asked: float | None = None
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Halted:
    """No use in going on now: no road, no admission, or no store there."""

    problem: PlayerError


Outcome = Received | Conflict | Bad | TooLarge | TryLater | Halted


def basic(lrs: Lrs) -> str:
    """The `Authorization` of a store's own key."""
    secret = base64.b64encode(f"{lrs.username}:{lrs.password}".encode()).decode()
    return f"Basic {secret}"


def joined(statements: Sequence[bytes]) -> bytes:
    """The body of a batch, the bytes of each statement as they are."""
    return b"[" + b",".join(statements) + b"]"


def post(
    transport: Transport,
    lrs: Lrs,
    statements: Sequence[bytes],
    *,
    authorization: str = "",
    packed: bytes | None = None,
    last: bool = False,
) -> Outcome:
    """Send one batch, the bytes as they are, and return what the answer means. Never raises.

    Args:
        transport: the road.
        lrs: the store.
        statements: their bytes, as they were rendered.
        authorization: the header's value; otherwise the store's own key.
        packed: the same batch in gzip, to be sent instead.
        last: nothing more comes over this connection.
    """
    url = f"{lrs.endpoint.rstrip('/')}/statements"
    headers = {**_headers(lrs, authorization), "Content-Type": "application/json"}
    body = joined(statements) if packed is None else packed
    if packed is not None:
        headers["Content-Encoding"] = "gzip"
    if last:
        headers["Connection"] = "close"
    try:
        with transport.request("POST", url, headers=headers, body=body) as reply:
            status, answer = reply.status, dict(reply.headers)
            data = reply.read(LARGEST_ANSWER)
    except ConnectionProblem as problem:
        return Halted(problem)
    return _judge(status, answer, data, url, statements)


def get_statement(
    transport: Transport, lrs: Lrs, id_: str, authorization: str = ""
) -> object | None:
    """Return the statement of that id as decoded JSON; None where the store does not show it.

    Raises:
        ConnectionProblem: no answer of the store's; ask again another time.
    """
    url = f"{lrs.endpoint.rstrip('/')}/statements?statementId={id_}"
    status, headers, data = _ask(transport, lrs, url, authorization)
    if status in (401, 403, 404, 405):  # this device's key may be for writing only
        return None
    found = _json(data)
    if status != 200:
        raise _not_taken(status, headers, data, place(url)).problem
    if not isinstance(found, dict):
        raise NotTheServer(place=place(url))
    listed = found.get("statements")
    return next(iter(listed), None) if isinstance(listed, list) else found


def server_time(transport: Transport, lrs: Lrs, authorization: str = "") -> datetime | None:
    """What time the server says it is, to the second, UTC; None where it does not say.

    That of a box that has lost it is none.

    Raises:
        Offline, NotTheServer: nobody there, or somebody else: a login page has a clock too.
    """
    url = f"{lrs.endpoint.rstrip('/')}/about"
    status, headers, data = _ask(transport, lrs, url, authorization)
    if status in (407, 511) or (status < 400 and not isinstance(_json(data), dict)):
        raise NotTheServer(place=place(url))
    found = http_date(headers.get("date", ""))
    return found if found and found.year >= _EARLIEST else None


def get_page(transport: Transport, lrs: Lrs, url: str, authorization: str = "") -> dict[str, Any]:
    """Return what the store has at `url`, an address below its endpoint, as decoded JSON.

    Raises:
        NotAdmitted, MayNotRead: the key is not known, or is for writing only.
        ConnectionProblem, WrongEndpoint: no answer of the store's; ask again another time.
    """
    status, headers, data = _ask(transport, lrs, url, authorization, LARGEST_PAGE)
    found = _lenient(data)
    if status == 200 and isinstance(found, dict):
        return found
    problem = _not_taken(status, headers, data, place(url)).problem
    if isinstance(problem, NotPermitted):
        raise MayNotRead(**problem.details)
    raise problem


def _ask(
    transport: Transport, lrs: Lrs, url: str, authorization: str, limit: int = LARGEST_ANSWER
) -> tuple[int, dict[str, str], bytes]:
    """Ask for what is at `url`: status, headers, body."""
    with transport.request("GET", url, headers=_headers(lrs, authorization)) as reply:
        status, headers = reply.status, dict(reply.headers)
        return status, headers, reply.read(limit)


def _headers(lrs: Lrs, authorization: str) -> dict[str, str]:
    return {
        "Authorization": authorization or basic(lrs),
        "X-Experience-API-Version": "1.0.3",  # ADL's answers 400 without it
    }


def _judge(
    status: int, headers: Mapping[str, str], data: bytes, url: str, sent: Sequence[bytes]
) -> Outcome:
    if status == 204 or (status == 200 and _are_ids(_json(data), sent)):
        return Received()
    if status == 409:
        return Conflict()
    if status == 413:
        return TooLarge(_reason(data) or "HTTP 413")
    if status in (400, 422) and not _is_page(data):
        return _bad(status, data)
    return _not_taken(status, headers, data, place(url))


def _not_taken(
    status: int, headers: Mapping[str, str], data: bytes, where: str
) -> TryLater | Halted:
    if status in (401, 403):
        return Halted(_not_admitted(status, _reason(data) or f"HTTP {status}", where))
    if status in (404, 405, 410) or _moved(status, headers, where):
        return Halted(WrongEndpoint(place=where, status=status))
    if status < 400 or status in (407, 511):  # a proxy's or a network's own log-in
        return Halted(NotTheServer(place=where))
    asked = retry_after(headers)
    if status == 429 or asked is not None:
        return TryLater(ServerBusy(place=where, seconds=round(asked or _WAIT)), asked)
    return TryLater(ServerRefused(place=where, status=status), broken=status not in (408, 425))


def _not_admitted(status: int, reason: str, where: str) -> PlayerError:
    """Unknown here, or known and not allowed: Ralph says 401 for both (research/xapi.md §1.2)."""
    known = status == 403 or "scope" in reason.lower()
    return (NotPermitted if known else NotAdmitted)(place=where, reason=reason)


def _moved(status: int, headers: Mapping[str, str], where: str) -> bool:
    """Whether the server itself says that it is elsewhere, for good: the address wants mending.

    A POST is not sent after it: the key might go to whoever the other is.
    """
    try:
        to = urlsplit(headers.get("location", "")).hostname
    except ValueError:  # "http://[": whoever says so is no store
        return False
    return status in (301, 308) and to == urlsplit(f"//{where}").hostname


def _are_ids(answer: object, sent: Sequence[bytes]) -> bool:
    """Whether a store may have said it: Ralph names only what was new to it."""
    if not isinstance(answer, list):
        return False
    try:
        ours = {str(msgspec.json.decode(one)["id"]).lower() for one in sent}
    except RecursionError:  # of a bundle that no player packed
        return False
    return all(isinstance(id_, str) and id_.lower() in ours for id_ in answer)


class _Fault(msgspec.Struct):
    msg: str
    loc: list[int | str] = []


class _Refusal(msgspec.Struct):
    """What Ralph says is wrong: a sentence, or faults with their place in the request."""

    detail: str | list[_Fault]


def _bad(status: int, data: bytes) -> Bad:
    match _detail(data):
        case [_Fault(loc=[_, int(index), *_]), *_]:
            return Bad(_reason(data), index)
    return Bad(_reason(data) or f"HTTP {status}")


def _detail(data: bytes) -> str | list[_Fault]:
    try:
        return msgspec.json.decode(data, type=_Refusal).detail
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return "" if _is_page(data) else data.decode(errors="replace")


def _reason(data: bytes) -> str:
    """What the store says is wrong, in one line of plain text; '' where it does not say."""
    detail = _detail(data)
    if isinstance(detail, list):
        detail = "; ".join(f"{one.msg} ({'.'.join(map(str, one.loc))})" for one in detail)
    return " ".join(detail.split())[:300]


def _is_page(data: bytes) -> bool:
    return data.lstrip().startswith(b"<")


def _json(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _lenient(data: bytes) -> Any:
    """As `_json`, with what Python's own writers let through: `NaN`, half a surrogate pair.

    One such statement of another program must not keep a whole page from being read.
    """
    found = _json(data)
    if found is None:
        with suppress(ValueError, RecursionError):
            return json.loads(data)
    return found
