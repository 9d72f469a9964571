# SPDX-License-Identifier: Apache-2.0
"""What the platform's side reads in its store, and the marks that it tells it.

A statement is whatever somebody with a key for writing said. Every value is looked at, and what
cannot be understood is passed over; who did it is the account that it names, for a store tells no
more. Marks count by their signature alone.
"""

from __future__ import annotations

import logging
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any
from urllib.parse import unquote

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Meta

from player.clock import Now, stamp
from player.course.answer_key import SHOWN
from player.course.manifest import Id
from player.course.platform import Platform
from player.course.signing import PublicKey
from player.journal import desk, looks
from player.journal.desk import DoneAct, Given, Told
from player.journal.looks import Look
from player.journal.outbox import Delivery
from player.store.database import Database
from player.sync import marking, seal, witness
from player.sync import vocabulary as the
from player.sync.endpoint import Endpoint
from player.sync.homecoming import window
from player.sync.marking import Verdict
from player.sync.reading import pages
from player.sync.shown import Statement
from player.sync.spelling import part

log = logging.getLogger(__name__)

_LONGEST = 32_000  # characters of a title: a spreadsheet's cell
_ROOM = 1_000_000  # characters of an answer: one that was cut could not be marked
_WRONG = (
    msgspec.MsgspecError,
    ArithmeticError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
_Name = Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f]{1,200}\Z")]


class _Course(msgspec.Struct):
    id: Id
    version: Annotated[int, Meta(ge=0, le=2**31)] = 0


class _Clock(msgspec.Struct):
    contact: str = ""


class _Own(msgspec.Struct):
    """The extensions below the platform's own name."""

    course: _Course
    clock: _Clock = msgspec.field(default_factory=_Clock)
    recipient: str = ""
    number: Annotated[int, Meta(ge=0, le=2**31)] = 1
    anonymous: bool = False
    questions: Annotated[str, Meta(pattern=r"^[0-9a-f]{0,64}\Z")] = ""
    ended: Annotated[str, Meta(max_length=20)] = ""


_WORDS = ("course", "clock", "recipient", "number", "anonymous", "questions", "ended")


def gather(
    db: Database,
    store: Endpoint,
    platform: Platform,
    keys: Sequence[PublicKey],
    *,
    now: Now,
    whole: bool = False,
) -> None:
    """Read what is new in the store, by windows that overlap as in `homecoming`.

    Raises:
        ConnectionProblem, SyncProblem: what was read is kept, and is read again next time.
        StorageProblem: this PC's disk or database.
    """
    state = looks.look(db, "", store.lrs.endpoint)
    at = store.server_time() or now()
    kind, since = window(state, at, whole=whole)
    passed_over: Counter[str] = Counter()
    for page in pages(store, since=since):
        told = Told()
        for said in page:
            try:
                hear(said, platform, keys, told)
            except _WRONG as error:
                passed_over[type(error).__name__] += 1
        desk.hear(db, told)
    if passed_over:
        log.info("statements that are not ours or not well formed: %s", dict(passed_over))
    far = stamp(at) if kind != "near" else state.wide_at
    looks.keep(db, "", store.lrs.endpoint, Look(looked_at=stamp(at), wide_at=far))


def hear(
    said: Mapping[str, Any], platform: Platform, keys: Sequence[PublicKey], told: Told
) -> None:
    """Put into `told` what one statement tells; one that makes no sense raises of `_WRONG`."""
    found = msgspec.convert(said, Statement)
    account, about = found.actor.account, found.context.extensions
    if account.home_page != platform.home:
        return
    if found.verb.id == the.SCORED:
        mark = marking.told(about, platform, keys)
        told.marks += [mark] if mark else []
        return
    home = platform.home.rstrip("/")
    words = f"{home}/xapi/extensions/"
    ours = {name: about[words + name] for name in _WORDS if words + name in about}
    own = msgspec.convert(ours, _Own)
    learner, course = msgspec.convert(account.name, _Name), own.course.id
    learner.encode()  # half a surrogate pair cannot be written down
    id_ = str(uuid.UUID(found.id))
    if own.recipient:
        told.recipients += [(learner, course, one) for one in seal.known([own.recipient])]
    if own.clock.contact in ("none", "earlier"):
        told.carried.append((learner, course, id_))
    if found.verb.id == the.ANSWERED or _is_finished(found):
        act = _act(found, id_, learner, own, f"{home}/courses/{part(course)}")
        # Nobody is there to hear of a mark for an anonymous one
        told.acts.append(replace(act, scored=1) if own.anonymous else act)
    if not own.anonymous:
        told.seen += witness.seen(found, learner, course, own.course.version, home)


def _is_finished(found: Statement) -> bool:
    ends = found.verb.id in (the.PASSED, the.FAILED, the.COMPLETED)
    return ends and the.ATTEMPT in found.context.extensions


def _act(found: Statement, id_: str, learner: str, own: _Own, iri: str) -> DoneAct:
    is_answer = found.verb.id == the.ANSWERED
    here = found.context.context_activities.parent[0].id if is_answer else found.object.id
    if not here.startswith(f"{iri}/activities/"):
        raise ValueError("of no activity of its course")
    name = unquote(here.removeprefix(f"{iri}/activities/"), errors="strict")
    title = next(iter(found.object.definition.name.values()), "")
    "".join((found.object.id, title, found.result.response, found.timestamp)).encode()
    return DoneAct(
        id=id_,
        learner=learner,
        course=own.course.id,
        activity=msgspec.convert(name, Id),
        object=found.object.id,
        question=title[:_LONGEST],
        response=found.result.response[:_ROOM],
        done_at=found.timestamp[:40],
        scored=_scored(found, own),
        attempt=str(found.context.extensions.get(the.ATTEMPT, ""))[:100],
        version=own.course.version,
        number=own.number if is_answer else 1,
        questions=own.questions[:SHOWN],
        contact=own.clock.contact[:20],
        ended=own.ended,
    )


def _scored(found: Statement, own: _Own) -> int:
    about = found.object.definition
    if about.type == the.TYPES["survey"]:
        return desk.QUESTIONNAIRE
    poll = not own.questions and about.interaction_type in ("choice", "likert")
    return int(poll or found.result.score.scaled is not None)


def note(
    db: Database,
    verdicts: Iterable[tuple[DoneAct, Verdict]],
    platform: Platform,
    secret: Ed25519PrivateKey,
    *,
    now: Now,
) -> int:
    """Write down marks that the store is to be told, each rendered once; how many say no news."""
    marks, same = [], 0
    for act, verdict in verdicts:
        before = desk.mark_of(db, act.id)
        if verdict.is_that_of(before):
            same += 1
            continue
        mark = marking.given(act, verdict, before, platform, now())
        marks.append((mark.mark.id, act.id, marking.statement(mark, act.object, platform, secret)))
    desk.put_marks(db, marks)
    return same


@dataclass(slots=True)
class MarkBook:
    """How far each mark is, as `player.sync.book.Book` has it; `refused` are reasons by act."""

    db: Database
    platform: Platform
    keys: Sequence[PublicKey]
    refused: dict[str, str] = field(default_factory=dict)

    def open_deliveries(self, limit: int, after: int) -> list[Delivery]:
        """See `Book`."""
        return [Delivery(*row, 0) for row in desk.marks_under_way(self.db, limit, after)]

    def mark_sent(self, ids: Collection[str], at: str) -> None:
        """Nothing to write down: what is here may have been sent."""

    def acknowledge(self, ids: Collection[str], at: str) -> None:  # noqa: ARG002 - as `Book`
        """See `Book`."""
        desk.end_marks(self.db, ids, self._given(ids))

    def refuse(self, event: str, reason: str) -> None:
        """See `Book`."""
        self.refused |= {one.mark.act: reason for one in self._given([event])}
        desk.end_marks(self.db, [event])

    def left(self) -> int:
        """See `Book`."""
        return desk.marks_left(self.db)

    def _given(self, ids: Collection[str]) -> list[Given]:
        said = (msgspec.json.decode(one) for one in desk.mark_statements(self.db, ids))
        about = (one["context"]["extensions"] for one in said)
        found = (marking.told(one, self.platform, self.keys) for one in about)
        return [one for one in found if one]
