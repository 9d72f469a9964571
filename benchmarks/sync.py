# SPDX-License-Identifier: Apache-2.0
"""What telling the platform costs: bytes and requests, and catching up over a poor line.

    python benchmarks/sync.py [--answers 10000] [--rate 256k] [--rtt 600] [--only gzip]

The acts are those of a learner who watches, and answers the questions of the example courses again
and again, through the real journal, outbox and push; the store is one of our own on this machine,
behind `impair_proxy`. Counted is what crosses the line: bodies and heads of HTTP, both ways. The
figures for Kolibri are the research's.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from unittest.mock import patch

import msgspec
from impair_proxy import Profile, ProxyThread

from player.course.interactions import (
    ChoiceInteraction,
    Interaction,
    NumberInteraction,
    TextInteraction,
)
from player.course.manifest import Exam, Quiz
from player.course.platform import Lrs, Platform
from player.course.quiz import Question, decode_quiz
from player.journal import journal
from player.journal.events import Answered, AnyAct, Left, Opened, Paused, Played
from player.journal.journal import Where, new_id, record_all
from player.lesson.grading import grade
from player.lesson.saying import response
from player.publish.source import read_source
from player.store import database
from player.sync.push import push
from player.transport import Roads

KOLIBRI = "Kolibri, as it was measured (requests of 2026)"
HOME = "https://campus.example"
EXAMPLES = Path(__file__).parents[1] / "examples"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--answers", type=int, default=10_000, help="how many to catch up with")
    parser.add_argument("--rate", default="256k", help="bit/s of the poor line")
    parser.add_argument("--rtt", type=float, default=600, help="milliseconds")
    parser.add_argument("--only", choices=["gzip", "plain"], help="one of both")
    chosen = parser.parse_args()
    ways = [chosen.only] if chosen.only else ["gzip", "plain"]
    print("100 acts                     requests   bytes up  a piece  bytes down")
    for kind in ("short answers", "answers", "acts of all kinds"):
        for way in ways:
            cost = run(100, way, Profile(), kind)
            print(
                f"{kind:<18} {way:<8}  {cost.requests:>8}  {cost.up:>9}  {cost.up / 100:>7.1f}"
                f"  {cost.down:>10}"
            )
    print(f"{KOLIBRI}: 300 requests, 780 bytes a piece; 13 records in 30 requests, 57 KB")
    print(f"\n{chosen.answers} acts over {chosen.rate}bit/s and {chosen.rtt:g} ms")
    for way in ways:
        line = Profile(rate=chosen.rate, rtt_ms=chosen.rtt)
        cost = run(chosen.answers, way, line, "acts of all kinds")
        limit = max(cost.up, cost.down) * 8 / float(line.up_rate)
        print(
            f"{way:<6} {cost.seconds:7.1f} s, {cost.seconds / limit:.2f} of what the line needs for"
            f" {cost.up / 1e6:.2f} MB up; {cost.requests} requests,"
            f" {cost.up / chosen.answers:.1f} bytes a piece"
        )


@dataclass(frozen=True)
class Cost:
    """What crossed the line, heads included, and how long it took."""

    requests: int
    up: int
    down: int
    seconds: float


def run(many: int, way: str, line: Profile, kind: str) -> Cost:
    """Have a home that has sent something since the PC's start, do so much, and send it."""
    with tempfile.TemporaryDirectory() as folder, serving(way == "gzip") as store:
        home = Path(folder) / "home"
        database.prepare(home)
        with closing(database.connect(home)) as db, closing(Roads()) as roads:
            fill(db, 1, kind)
            with ProxyThread(("127.0.0.1", store.server_port), line) as proxy:
                lrs = Lrs(f"http://127.0.0.1:{proxy.port}/xAPI", "device", "sesame")
                platform = Platform(
                    format="cartable/1", kind="platform", name="Campus", home=HOME, lrs=lrs
                )
                push(db, roads, platform, now=now, announce=lambda _: None)
                if way == "plain":
                    with db.atomic():
                        db.execute("UPDATE stores SET gzip = 'no', asked_at = told_at")
                before = proxy.stats()
                fill(db, many, kind)
                began = time.monotonic()
                done = push(db, roads, platform, now=now, announce=lambda _: None)
                seconds = time.monotonic() - began
                after = proxy.stats()
    assert done.received == many == len(store.stored) - 1, done
    spent = [after[name] - before[name] for name in ("requests", "up_bytes", "down_bytes")]
    return Cost(*spent, seconds)


def now() -> datetime:
    return datetime.now(UTC)


def _in_a_word(act: Answered) -> Answered:
    """An answer to a question that has next to no text, as in the research's measurements."""
    choices = {id_: id_ for id_ in act.choices}
    return msgspec.structs.replace(act, title="Pick one", choices=choices)


def questions() -> list[tuple[str, Question]]:
    """What the example courses ask and mark here in one choice or one line, each with its quiz."""
    found = []
    for course in ("diriger-une-equipe", "studying-without-a-network"):
        source = read_source(EXAMPLES / course)
        blobs = {one.sha256: one for part in source.contents for one in part}
        for section in source.sections:
            for quiz in section.activities():
                if type(quiz) in (Quiz, Exam) and not quiz.marking:
                    asked = decode_quiz(blobs[quiz.blob].read())
                    found += [(f"{course}/{quiz.id}", one) for one in asked if _is_short(one)]
    return found


def _is_short(question: Question) -> bool:
    kinds = {type(one) for one in question.interactions}
    return kinds in ({ChoiceInteraction}, {TextInteraction}, {NumberInteraction})


def fill(db: database.Database, many: int, kind: str) -> None:
    """Do things, the same ones each time but for their ids: each quiz again and again."""
    chance = random.Random(7)
    learner = str(uuid.UUID(int=7))
    asked = questions()
    acts: list[tuple[str, AnyAct]] = []
    attempts: dict[tuple[str, int], str] = {}
    for number in count():
        name, question = asked[number % len(asked)]
        if kind == "acts of all kinds" and name != asked[number % len(asked) - 1][0]:
            acts += _watched(chance, name)
        again = number // len(asked)
        attempt = attempts.setdefault((name, again), new_id())
        answer = _answered(chance, name, question, attempt, 1 + again)
        acts.append((name, _in_a_word(answer) if kind == "short answers" else answer))
        if len(acts) >= many:
            break
    at = now() - timedelta(seconds=100 * many)
    with db.atomic():
        db.execute(
            "INSERT OR IGNORE INTO learners VALUES (?, 'Awa', '2026-01-05T08:00:00Z')", [learner]
        )
        for name, act in acts[:many]:
            at += timedelta(seconds=chance.uniform(5, 175))
            course, _, activity = name.partition("/")
            with started_each_day(at):
                record_all(db, Where(learner, course, 3, activity), [act], lambda: at)  # noqa: B023


@contextmanager
def started_each_day(at: datetime) -> Iterator[None]:
    """Have the PC's other clock, the seconds since its start, agree with what it was then."""
    day = at.date()
    up = at - datetime.combine(day, datetime.min.time(), UTC)
    boot = str(uuid.uuid5(uuid.NAMESPACE_URL, str(day)))
    with (
        patch.object(journal, "since_boot", up.total_seconds),
        patch.object(journal, "boot_id", lambda: boot),
    ):
        yield


def _answered(
    chance: random.Random, name: str, question: Question, attempt: str, number: int
) -> Answered:
    given = {one.id: _guess(chance, one) for one in question.interactions}
    interaction, said, choices = response(question, given)
    mark = grade(question, given)
    return Answered(
        name=name.rpartition("/")[2].capitalize(),
        language="fr",
        attempt=attempt,
        question=question.id,
        title=question.title,
        interaction=interaction,
        choices=choices,
        given=given,
        response=said,
        success=mark.success,
        score=mark.score,
        number=number,
        seconds=round(chance.uniform(3, 90), 2),
    )


def _guess(chance: random.Random, interaction: Interaction) -> str | list[str]:
    if isinstance(interaction, ChoiceInteraction):
        given = chance.choice(interaction.choices).id
        return [given] if interaction.multiple else given
    return str(chance.randrange(100))


def _watched(chance: random.Random, quiz: str) -> list[tuple[str, AnyAct]]:
    """A film before a quiz: opened, played, stopped twice, left."""
    visit, activity = new_id(), f"{quiz}-video"
    name = activity.rpartition("/")[2].capitalize()
    stop = [round(chance.uniform(20, 200), 1), round(chance.uniform(220, 431), 1)]

    def film(kind: type[Played | Paused | Left], time: float, **more: object) -> AnyAct:
        common = {"name": name, "language": "fr", "visit": visit, "length": 431.2, "time": time}
        return msgspec.convert({"type": _TAG[kind], **common, **more}, kind)

    def watched(kind: type[Paused | Left], until: float) -> AnyAct:
        share = round(until / 431.2, 3)
        return film(kind, until, segments=[[0.0, until]], progress=share)

    return [
        (activity, Opened(name=name, language="fr", type="video")),
        (activity, film(Played, 0.0, rendition="240p")),
        (activity, watched(Paused, stop[0])),
        (activity, film(Played, stop[0], rendition="240p")),
        (activity, watched(Left, stop[1])),
    ]


_TAG = {Played: "played", Paused: "paused", Left: "left"}


class Store(ThreadingHTTPServer):
    """A learning record store that believes everything, and knows gzip or not."""

    daemon_threads = True

    def __init__(self, packs: bool) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.packs = packs
        self.stored: set[str] = set()


class _Handler(BaseHTTPRequestHandler):
    server: Store
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self.say(404, b'{"detail":"Not Found"}')

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            if not self.server.packs:
                self.say(500, b"")
                return
            body = gzip.decompress(body)
        ids = [one["id"] for one in json.loads(body)]
        assert not self.server.stored.intersection(ids)
        self.server.stored.update(ids)
        self.say(200, json.dumps(ids).encode())

    def say(self, status: int, body: bytes) -> None:
        """As Ralph does, with a date and a length, and little else; in gzip as Apache before it."""
        packed = ""
        if self.server.packs and len(body) > 200:
            body, packed = gzip.compress(body), "content-encoding: gzip\r\n"
        head = (
            f"HTTP/1.1 {status} OK\r\ndate: {formatdate(usegmt=True)}\r\nserver: uvicorn\r\n"
            f"content-length: {len(body)}\r\n{packed}content-type: application/json\r\n\r\n"
        )
        self.wfile.write(head.encode() + body)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serving(packs: bool) -> Iterator[Store]:
    """The store, while the block runs."""
    store = Store(packs)
    thread = threading.Thread(target=store.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield store
    finally:
        store.shutdown()
        thread.join()
        store.server_close()


if __name__ == "__main__":
    main()
