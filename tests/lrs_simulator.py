# SPDX-License-Identifier: Apache-2.0
"""A learning record store in memory, in the place of the network.

It can be as kind as Ralph or as strict as xAPI allows (research/xapi.md §1.3, §1.5, §3): then an
identical statement is a conflict that refuses its whole batch, new ones included, more than 2.5 MB
are a bad request, and so is a request without the version. It can fail in each way that was seen or
must be feared. What it receives it checks: credentials, headers, ids once in a batch, and the very
same bytes whenever a statement comes again.
"""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec

from player.course.platform import Lrs, Platform
from player.errors import Offline
from player.transport import Reply

ENDPOINT = "https://campus.example/xAPI"
PLATFORM = Platform(
    format="cartable/1",
    kind="platform",
    name="Campus",
    home="https://campus.example",
    lrs=Lrs(ENDPOINT, "device", "sesame"),
)
_BASIC = "Basic ZGV2aWNlOnNlc2FtZQ=="  # device:sesame


@dataclass(frozen=True)
class Answer:
    """What a POST is answered with instead of the truth. `stores`: after it was stored."""

    status: int = 0
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    stores: bool = False


FAILS = Answer(500, b'{"detail":"Statements bulk indexation failed"}')
FAILS_AFTER_STORING = Answer(500, b"Internal Server Error", stores=True)
SILENT = Answer()
ANSWER_LOST = Answer(stores=True)
PORTAL = Answer(200, b"<html><title>Welcome to the hotel</title></html>")
MOVED_TO_A_PORTAL = Answer(302, b"", {"location": "https://hotel.example/login"})
EMPTY_PAGE = Answer(200)
SOMEONE_ELSES_IDS = Answer(200, b'["6e0e2a55-9d0c-4b5d-8a63-6e1f4f2f0a77"]')
BUSY = Answer(429, b"", {"retry-after": "7"})
BUSY_FOR_AN_HOUR = Answer(503, b"", {"retry-after": "3600"})
NOT_ADMITTED = Answer(401, b'{"detail":"Invalid authentication credentials"}')
FORBIDDEN = Answer(403)
NOT_FOUND = Answer(404, b'{"detail":"Not Found"}')
NOT_ALLOWED = Answer(405)
TOO_LARGE = Answer(413, b"<html>Request Entity Too Large</html>")
TOO_LARGE_FOR_DJANGO = Answer(400, b"<h1>Bad Request (400)</h1>")
MAY_NOT_READ = Answer(401, b'{"detail":"Access not authorized to scope: "statements/read"."}')
NOT_IN_SCOPE = Answer(401, b'{"detail":"Access not authorized to scope: "statements/write"."}')
UNREAD = {  # what stores that know no gzip make of it; the first two were seen
    "500": Answer(500, b"Internal Server Error"),
    "400": Answer(400, b'{"detail":"Invalid JSON body"}'),
    "400 page": Answer(400, b"<h1>Bad Request (400)</h1>"),
    "415": Answer(415),
    "breaks": SILENT,
    "portal": PORTAL,
}
DJANGOS_LIMIT = 2_621_440  # DATA_UPLOAD_MAX_MEMORY_SIZE, which ADL's store leaves as it is


class LrsSimulator:
    """The store. `stored` is what it has, by id; `posts` the ids of each batch that it read.

    `wire` has the bytes of each body as it came and `unread` how many of them were in gzip and not
    read: `gzip` is "takes" or a key of `UNREAD`.

    `once` holds the answers of the next POSTs, `always` that of all later ones; without them it
    does what a store does. `poison` maps ids to the status that they spoil their batch with;
    `names_it` says whether the answer tells which. `largest` is the longest body in bytes.

    It is read as Ralph is, oldest first and `since` by when something was done, or, `strict`, as
    the specification says, newest first and `since` by when it was stored: `page` at a time.
    `reads` holds the answers of the next requests for a page; with `only_mine` a key is shown what
    was sent with it alone.
    """

    def __init__(self, *, strict: bool = False) -> None:
        self.strict = strict
        self.stored: dict[str, dict[str, Any]] = {}
        self.posts: list[list[str]] = []
        self.gets: list[str] = []
        self.once: list[Answer] = []
        self.always: Answer | None = None
        self.poison: dict[str, int] = {}
        self.names_it = True
        self.largest: int | None = DJANGOS_LIMIT if strict else None
        self.gzip = "takes"
        self.unread = 0
        self.wire: list[int] = []
        self.keys = {_BASIC}
        self.readable = True
        self.only_mine = False
        self.page = 50 if strict else 100
        self.reads: list[Answer] = []
        self.now: Callable[[], datetime] = lambda: datetime(2026, 11, 22, 12, tzinfo=UTC)
        self._bytes: dict[str, bytes] = {}
        self._stored: dict[str, tuple[str, str]] = {}  # when, and by whose key
        self._one_at_a_time = threading.Lock()

    @contextmanager
    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Iterator[Reply]:
        """Answer, as `player.transport.Transport`."""
        sent = dict(headers or {})
        with self._one_at_a_time:
            answer = self._answer(method, url, sent, body)
        if not answer.status:
            raise Offline(place="campus.example")
        date = format_datetime(self.now(), usegmt=True)
        yield Reply(answer.status, {"date": date, **answer.headers}, iter([answer.body]))

    def _answer(self, method: str, url: str, sent: Mapping[str, str], body: bytes | None) -> Answer:
        if self.strict and sent.get("X-Experience-API-Version") not in ("1.0.3", "1.0.2", "1.0.1"):
            return Answer(400, b"X-Experience-API-Version header missing")
        if method == "GET":
            return self._get(url, sent)
        assert (method, url) == ("POST", f"{ENDPOINT}/statements")
        assert sent["Content-Type"] == "application/json"
        return self._post(sent, body or b"")

    def _post(self, headers: Mapping[str, str], body: bytes) -> Answer:
        self.wire.append(len(body))
        if headers.get("Content-Encoding") == "gzip":
            if self.gzip != "takes":
                self.unread += 1
                return UNREAD[self.gzip]
            body = gzip.decompress(body)
        statements = msgspec.json.decode(body, type=list[msgspec.Raw])
        batch = {json.loads(bytes(raw))["id"]: bytes(raw) for raw in statements}
        assert len(batch) == len(statements) > 0, "an id stands twice in a batch"
        for id_, raw in batch.items():
            assert self._bytes.setdefault(id_, raw) == raw, f"{id_} came again with other bytes"
        self.posts.append(list(batch))
        answer = self.once.pop(0) if self.once else self.always
        if answer is None:
            return self._keep(headers, body, batch)
        if answer.stores:
            self._keep(headers, body, batch)
        return answer

    def _keep(self, headers: Mapping[str, str], body: bytes, batch: dict[str, bytes]) -> Answer:
        if headers.get("Authorization") not in self.keys:
            return NOT_ADMITTED
        if self.largest is not None and len(body) > self.largest:
            return TOO_LARGE_FOR_DJANGO if self.strict else TOO_LARGE
        for index, id_ in enumerate(batch):
            if id_ in self.poison:
                return self._spoilt(self.poison[id_], index)
        known = [id_ for id_ in batch if id_ in self.stored]
        differing = [
            id_
            for id_ in known
            if {**self.stored[id_], **json.loads(batch[id_])} != self.stored[id_]
        ]
        if differing or (self.strict and known):
            return Answer(409, b'{"detail":"Differing statements already exist"}')
        new = [id_ for id_ in batch if id_ not in self.stored]
        at = self.now().astimezone(UTC).isoformat(timespec="milliseconds")
        self.stored |= {id_: {"timestamp": at, **json.loads(batch[id_])} for id_ in new}
        self._stored |= {id_: (at, str(headers["Authorization"])) for id_ in new}
        return Answer(200, json.dumps(new).encode()) if new else Answer(204)

    def _spoilt(self, status: int, index: int) -> Answer:
        if status == 500:
            return FAILS
        if self.names_it:
            fault = {"type": "missing", "loc": ["body", index, "verb"], "msg": "Field required"}
            return Answer(status, json.dumps({"detail": [fault]}).encode())
        return Answer(status, b"a statement is not valid")

    def _get(self, url: str, headers: Mapping[str, str]) -> Answer:
        self.gets.append(url)
        if self.always is not None and self.always.status in (0, 200, 302):
            return self.always  # no road, or a portal: it answers everything alike
        if url == f"{ENDPOINT}/about":
            return Answer(200, b'{"version":["1.0.3"]}') if self.strict else NOT_FOUND
        assert url.startswith(f"{ENDPOINT}/statements?")
        if headers.get("Authorization") not in self.keys:
            return NOT_ADMITTED
        if not self.readable:
            return MAY_NOT_READ
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        if "statementId" in asked:
            return self._single(asked["statementId"])
        answer = self.reads.pop(0) if self.reads else None
        return answer or self._page(asked, str(headers["Authorization"]))

    def _single(self, id_: str) -> Answer:
        found = self.stored.get(id_)
        if not self.strict:
            return Answer(200, json.dumps({"statements": [found] if found else []}).encode())
        return Answer(200, json.dumps(_respelt(found)).encode()) if found else NOT_FOUND

    def _page(self, asked: dict[str, str], key: str) -> Answer:
        """One page, and where the next is: by a path, as both stores do."""
        filters = {"agent", "since", "limit", "after"}
        filters |= {"verb", "activity"} if self.strict else set()
        ids = self._chosen(asked, key) if asked.keys() <= filters else []
        if "after" in asked:
            ids = ids[ids.index(asked["after"]) + 1 :]
        here = ids[: min(int(asked["limit"]), self.page)]
        more = ""
        if len(here) < len(ids) or (here and len(here) == self.page and not self.strict):
            more = f"/xAPI/statements?{urlencode({**asked, 'after': here[-1]})}"
        shown = [_respelt(self.stored[id_]) if self.strict else self.stored[id_] for id_ in here]
        return Answer(200, json.dumps({"statements": shown, "more": more}).encode())

    def _chosen(self, asked: Mapping[str, str], key: str) -> list[str]:
        """The ids that a query asks for, in this store's order."""
        by = {
            id_: at if self.strict else self.stored[id_]["timestamp"]
            for id_, (at, whose) in self._stored.items()
            if whose == key or not self.only_mine
        }
        since = datetime.fromisoformat(asked.get("since", "0001-01-01T00:00:00Z"))
        assert since.tzinfo, "Ralph fails at a time without its zone"
        whose = json.loads(asked["agent"])["account"] if "agent" in asked else None
        found = [
            id_
            for id_, at in by.items()
            if datetime.fromisoformat(at) > since
            and whose in (None, self.stored[id_]["actor"]["account"])
        ]
        return sorted(found, key=lambda id_: (by[id_], id_), reverse=self.strict)


def _respelt(statement: dict[str, Any]) -> dict[str, Any]:
    """The statement as another store gives it back: added to, and spelt its own way."""
    return {
        **statement,
        "id": statement["id"].upper(),
        "verb": {"id": statement["verb"]["id"]},
        "timestamp": statement["timestamp"].replace("Z", "000+00:00"),
        "stored": "2026-11-22T12:00:00.123456+00:00",
        "authority": {"objectType": "Agent", "mbox": "mailto:store@campus.example"},
        "version": "1.0.3",
    }
