# SPDX-License-Identifier: Apache-2.0
"""A platform with a desk, a repository and learners' PCs over a simulated store, for tests."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from clock import Clock
from every_act import ENROLLED, UNMARKED
from lrs_simulator import ENDPOINT, PLATFORM, LrsSimulator

from player import app
from player.app.courier import public_parts
from player.app.post import Desk
from player.app.services import Services
from player.course.did import did_of
from player.journal.events import AnyAct
from player.journal.items import Mark
from player.journal.journal import Where, record
from player.journal.learners import Learner
from player.journal.outbox import Entry
from player.publish.keys import public_text
from player.transport import Reply, Roads, Transport

COURSE = "course"


class Joined:
    """The store where its address is asked for, and the real roads for files."""

    def __init__(self, store: Transport) -> None:
        self._store, self._roads = store, Roads("test")

    def close(self) -> None:
        self._roads.close()

    @contextmanager
    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Iterator[Reply]:
        road = self._store if url.startswith(ENDPOINT) else self._roads
        with road.request(method, url, headers=headers, body=body) as reply:
            yield reply


class World:
    """One platform below `folder`; `close` ends every program there, `restart` that of one home."""

    def __init__(self, folder: Path, clock: Clock, *, strict: bool = False) -> None:
        self.folder, self.now = folder, clock
        self.store = LrsSimulator(strict=strict)
        self.store.now = clock
        self.road: Transport = self.store
        self._running: dict[str, Services] = {}
        self.repository = folder / "repository"
        (self.repository / "courses" / COURSE).mkdir(parents=True)
        key = public_text(self.services("desk").desk.key(make=True))
        self.services("office").courier.secrets(make=True)
        office = public_parts(self.services("office").courier.secrets())
        issuer = self.services("desk").desk.issuer_key(make=True).public_key()
        lrs = {"endpoint": ENDPOINT, "username": "device", "password": "sesame"}
        fields = {"format": "cartable/1", "kind": "platform", "name": "Campus", "lrs": lrs}
        fields |= {"home": PLATFORM.home, "mail": [key], **office}
        fields |= {"issuers": [did_of(issuer)]}
        fields |= {"repositories": [self.repository.as_uri()]}
        self.description = json.dumps(fields).encode()
        for home in ("desk", "office"):
            self.services(home).join(self.description)

    def services(self, home: str) -> Services:
        if home not in self._running:
            road = Joined(self.road)
            self._running[home] = app.build(self.folder / home, None, road, self.now)
        return self._running[home]

    def restart(self, home: str) -> None:
        """Whatever is known of a home is what lies on its disk."""
        if home in self._running:
            self._running.pop(home).close_thread()

    def close(self) -> None:
        for home in list(self._running):
            self.restart(home)

    @property
    def desk(self) -> Desk:
        return self.services("desk").desk

    def pc(self, name: str, learner: str = "") -> Pc:
        """A PC of somebody's; `learner` is who it is on another one."""
        return Pc(self, name, learner)

    def mailbox(self) -> list[str]:
        """The files in the mailbox, by their paths."""
        found = (self.repository / "mailbox").rglob("*")
        return sorted(p.relative_to(self.repository).as_posix() for p in found if p.is_file())

    def table(self) -> list[dict[str, str]]:
        """What waits for a mark."""
        data, _ = self.desk.open_acts()
        return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))

    def fill(self, *rows: tuple[str, str, str]) -> Path:
        """A table that was filled in: statement, score, feedback."""
        text = io.StringIO()
        csv.writer(text).writerows([("statement", "score", "feedback"), *rows])
        path = self.folder / "marks.csv"
        path.write_text(text.getvalue(), encoding="utf-8")
        return path


class Pc:
    """A learner's PC, which has the course."""

    def __init__(self, world: World, name: str, learner: str) -> None:
        self._world, self._name = world, name
        services = self.services
        services.join(world.description)
        db = services.db
        if learner:
            row = (learner, name, "2026-01-05T08:00:00Z")
            with db.atomic():
                db.execute("INSERT INTO learners VALUES (?, ?, ?)", row)
        found = Learner(learner, name) if learner else services.introduce(name)
        self.learner = found.id
        url = f"{world.repository.as_uri()}/"
        with db.atomic():
            db.execute("INSERT OR IGNORE INTO repositories (url) VALUES (?)", (url,))
            db.execute("INSERT INTO offers VALUES (?, ?, 1, 'C', 'en', '{}', '')", (url, COURSE))
        self.do(ENROLLED, activity="")

    @property
    def services(self) -> Services:
        return self._world.services(self._name)

    def do(self, *acts: AnyAct, activity: str = "quiz") -> list[str]:
        where = Where(self.learner, COURSE, 1, activity)
        db = self.services.db
        return [record(db, where, act, self._world.now).id for act in acts or (UNMARKED,)]

    def entries(self) -> dict[str, Entry]:
        return {one.event.id: one for one in self.services.ledger(limit=1000)}

    def marks(self) -> list[Mark]:
        return [one.item for one in self.services.mail.items() if isinstance(one.item, Mark)]
