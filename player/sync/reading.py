# SPDX-License-Identifier: Apache-2.0
"""Read what a learning record store has, page by page.

Stores differ (research/xapi.md §1.6, §3): the newest first or the oldest, `since` by when it was
stored or by when it was done, 50 or 100 at a time. So only `agent`, `since` and `limit` are asked
for, which all know, and whoever reads must bear any order and the same statement twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

import msgspec

from player.course.platform import Lrs
from player.errors import NotTheServer
from player.sync.endpoint import Endpoint
from player.transport import place

PAGE = 100  # Ralph gives no more; some 130 kB, which a line that breaks may still carry


@dataclass(frozen=True, slots=True)
class Page:
    """Some statements as decoded JSON; `more` is the address of the next, '' after the last."""

    statements: list[dict[str, Any]]
    more: str


def pages(
    store: Endpoint, *, agent: str = "", home: str = "", since: str = ""
) -> Iterator[list[dict[str, Any]]]:
    """Yield the statements of an account, or of everybody, in whatever order the store has them.

    Args:
        store: where.
        agent: the account's name; '' for everybody's.
        home: the account's home page.
        since: RFC 3339 with its zone: nothing from before, by whatever the store goes by.

    Raises:
        NotAdmitted, MayNotRead, SignInNeeded, SignInFailed: it shows nothing.
        ConnectionProblem, WrongEndpoint: as in `lrs.get_page`; what came is good.
    """
    start = address(store.lrs, agent=agent, home=home, since=since)
    return (page.statements for page in walk(store, start))


def address(lrs: Lrs, *, agent: str = "", home: str = "", since: str = "") -> str:
    """Where the first page of this choice is. See `pages`."""
    choice: dict[str, str] = {"limit": str(PAGE)}
    if agent:
        whose = {"objectType": "Agent", "account": {"homePage": home, "name": agent}}
        choice["agent"] = msgspec.json.encode(whose).decode()
    if since:
        choice["since"] = since
    return f"{lrs.endpoint.rstrip('/')}/statements?{urlencode(choice)}"


def smaller(page: str) -> str:
    """The address of a page half as long; where the store hides how long it is, the same one."""
    limit = re.search(r"[?&]limit=([0-9]{1,4})(?![0-9])", page)
    if limit is None:
        return page
    return f"{page[: limit.start(1)]}{max(int(limit[1]) // 2, 5)}{page[limit.end(1) :]}"


def walk(store: Endpoint, start: str) -> Iterator[Page]:
    """Yield the page at the address `start` and all after it, until one is empty or came before.

    So a store that goes round in a circle is read once.
    """
    met: set[int] = set()
    at = start
    while at:
        page = _page(at, store.get_page(at))
        which = hash(frozenset(str(one.get("id")) for one in page.statements))
        if not page.statements or which in met:
            return
        met.add(which)
        yield page
        at = page.more


def _page(at: str, found: dict[str, Any]) -> Page:
    statements, more = found.get("statements"), found.get("more")
    if not isinstance(statements, list):
        raise NotTheServer(place=place(at))
    objects = [one for one in statements if isinstance(one, dict)]
    return Page(objects, _there(at, more) if more and isinstance(more, str) else "")


def _there(at: str, more: str) -> str:
    """The address `more` on the host that was asked: no other is told the key.

    A store behind a proxy may call itself by a name that only the proxy knows.
    """
    here = urlsplit(at)
    try:
        to = urlsplit(urljoin(at, more))
    except ValueError:
        raise NotTheServer(place=place(at)) from None
    return urlunsplit((here.scheme, here.netloc, to.path, to.query, ""))
