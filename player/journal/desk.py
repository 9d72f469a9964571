# SPDX-License-Identifier: Apache-2.0
"""The platform's own desk: acts that can be marked, marks under way, items and boxes of letters.

Whoever runs a platform has it in a home of their own. All of it can be had again from the store and
the repository, but for announcements; what is lost is told twice under the same ids, never wrongly.
Every function is one transaction, on the disk when it returns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, field
from itertools import groupby
from urllib.parse import unquote

import msgspec

from player.journal.items import AnyItem, Mark, Poll, item, written
from player.store.database import Database, translated

MOST_RECIPIENTS = 20
"""PCs of a learner in a course: whoever may write to the store could name any number of them."""

QUESTIONNAIRE = 2
"""The `scored` of a questionnaire that was sent: nothing in it is right or wrong."""

_ACTS = (
    "SELECT id, learner, course, activity, object, question, response, done_at, scored,"
    " attempt, version, number, questions, contact, ended FROM post_acts AS a"
)
_KEY = "repository = ? AND course = ? AND learner = ? AND recipient = ?"


@dataclass(frozen=True, slots=True)
class DoneAct:
    """An answer, or a quiz that was finished, as the store shows it.

    `object` is the IRI that was answered, `question` its words, '' for a whole quiz; `done_at` is
    RFC 3339; `scored` is 1 where it came with a mark or nobody gives one, `QUESTIONNAIRE` of a
    whole one. `attempt` is a UUID, `version` the course's,
    `number` that of the try, from 1; '' and 0 where nobody said. `questions` are the first digits
    of the hash of those that were shown, '' where their key was shown too. `contact` says what its
    time stands on: see `player.sync.statements.Clock`. `ended` is 'time' where nobody handed it in.
    """

    id: str
    learner: str
    course: str
    activity: str
    object: str
    question: str
    response: str
    done_at: str
    scored: int
    attempt: str = ""
    version: int = 0
    number: int = 1
    questions: str = ""
    contact: str = ""
    ended: str = ""

    @property
    def question_id(self) -> str:
        """Which question was answered; '' for a whole quiz."""
        return unquote(self.object.rpartition("/activities/")[2].partition("/questions/")[2])


@dataclass(frozen=True, slots=True)
class Given:
    """A mark of an act of a learner in a course."""

    learner: str
    course: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Seen:
    """What a statement tells of an activity of a learner: `kind` is 'watched', 'finished' or, of
    the course, 'claimed'. `act` is its id, '' where only the most that was told counts.
    """

    learner: str
    course: str
    activity: str
    act: str
    kind: str
    version: int
    watched: float
    length: float
    score: float | None
    at: str


@dataclass(slots=True)
class Told:
    """What some statements told: acts, marks, carried acts (learner, course, id), PCs (learner,
    course, recipient), and what it is for an attestation."""

    acts: list[DoneAct] = field(default_factory=list)
    marks: list[Given] = field(default_factory=list)
    carried: list[tuple[str, str, str]] = field(default_factory=list)
    recipients: list[tuple[str, str, str]] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)


def hear(db: Database, told: Told) -> None:
    """Keep what is new of it. A recipient beyond `MOST_RECIPIENTS` is passed over."""
    acts = [astuple(one) for one in told.acts]
    with translated(db.path), db.atomic():
        db.conn.executemany(
            "INSERT INTO post_acts VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id)"
            " DO UPDATE SET attempt = excluded.attempt, version = excluded.version,"
            " number = excluded.number,"
            " questions = excluded.questions, contact = excluded.contact, ended = excluded.ended"
            " WHERE attempt = ''",  # read by a version that did not keep them
            acts,
        )
        db.conn.executemany(
            "INSERT OR IGNORE INTO post_receipts (learner, course, act) VALUES (?, ?, ?)",
            told.carried,
        )
        db.conn.executemany(
            "INSERT INTO post_facts VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET"
            " watched = max(watched, excluded.watched), length = max(length, excluded.length),"
            " version = max(version, excluded.version)",
            [astuple(one) for one in told.seen],
        )
        for one in told.marks:
            _add(db, one.course, one.learner, one.mark)
        for learner, course, recipient in told.recipients:
            db.execute(
                "INSERT OR IGNORE INTO post_boxes SELECT ?1, ?2, ?3 WHERE"
                " (SELECT count(*) FROM post_boxes WHERE course = ?1 AND learner = ?2) < ?4",
                (course, learner, recipient, MOST_RECIPIENTS),
            )


def answers_to(db: Database, course: str, activity: str) -> Iterator[DoneAct]:
    """What the store told of an activity, in the order in which it was done."""
    query = f"{_ACTS} WHERE course = ? AND activity = ? ORDER BY done_at, id"
    with translated(db.path):
        for row in db.execute(query, (course, activity)):
            yield DoneAct(*row)


def polls(db: Database, course: str) -> dict[tuple[str, str], Poll]:
    """The polls of a course as they were last told, by activity and question."""
    query = "SELECT item FROM post_items WHERE course = ? AND learner = '' ORDER BY seq"
    with translated(db.path):
        found = [_item(row[0]) for row in db.execute(query, (course,))]
    return {(one.activity, one.question): one for one in found if isinstance(one, Poll)}


def add(db: Database, course: str, learner: str, piece: AnyItem) -> None:
    """Have an item in the box of a learner, or of everybody (''), unless it is there."""
    with translated(db.path), db.atomic():
        _add(db, course, learner, piece)
        if not learner:
            db.execute("INSERT OR IGNORE INTO post_boxes VALUES (?, '', '')", (course,))


def _add(db: Database, course: str, learner: str, piece: AnyItem) -> None:
    act = piece.act if isinstance(piece, Mark) else ""
    db.execute(
        "INSERT OR IGNORE INTO post_items (course, learner, id, at, act, item)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (course, learner, piece.id, piece.at, act, _text(piece)),
    )


# Marks


def act(db: Database, id_: str) -> DoneAct | None:
    """The act of that id, if it can be marked."""
    with translated(db.path):
        row = db.execute(f"{_ACTS} WHERE id = ?", (id_,)).fetchone()
    return DoneAct(*row) if row else None


def open_acts(db: Database, *, every: bool = False) -> Iterator[DoneAct]:
    """The acts that wait for a mark, in the order in which they were done; with `every`, all.

    Answers of a questionnaire wait for none, nor do those of an attempt that a key has marked: what
    a key says of them comes once they are due, and a person's mark would stand in its way.
    """
    query = (
        f"{_ACTS} WHERE ?1 OR NOT (scored OR EXISTS"  # noqa: S608 - ours
        " (SELECT 1 FROM post_items WHERE act = a.id) OR EXISTS"
        " (SELECT 1 FROM post_marks WHERE act = a.id) OR a.attempt <> '' AND EXISTS"
        " (SELECT 1 FROM post_acts AS w WHERE w.course = a.course AND w.learner = a.learner"
        "  AND w.activity = a.activity AND w.attempt = a.attempt AND instr(w.object, '/questions/')"
        "  = 0 AND (w.scored = ?2 OR EXISTS (SELECT 1 FROM post_items WHERE act = w.id"
        "  AND item ->> '$.auto'))))"
        " ORDER BY course, activity, done_at, id"
    )
    with translated(db.path):
        for row in db.execute(query, (every, QUESTIONNAIRE)):
            yield DoneAct(*row)


def attempts(db: Database, course: str, activity: str) -> Iterator[list[DoneAct]]:
    """Yield the acts of each attempt at an activity, in the order of the tries.

    Its end comes last, before it those that do not count: two PCs may have ended it.
    """
    query = (
        f"{_ACTS} WHERE course = ?1 AND activity = ?2 AND attempt <> ''"  # noqa: S608 - ours
        " ORDER BY learner, attempt, id IN (SELECT id FROM post_second_ends"
        " WHERE course = ?1 AND activity = ?2) DESC, number, done_at, id"
    )
    with translated(db.path):
        rows = (DoneAct(*row) for row in db.execute(query, (course, activity)))
        for _, acts in groupby(rows, key=lambda one: (one.learner, one.attempt)):
            yield sorted(acts, key=lambda one: not one.question_id)


def mark_of(db: Database, act_id: str) -> Mark | None:
    """The latest mark of an act."""
    query = "SELECT item FROM post_items WHERE act = ? ORDER BY at DESC, seq DESC LIMIT 1"
    with translated(db.path):
        row = db.execute(query, (act_id,)).fetchone()
    found = _item(row[0]) if row else None
    return found if isinstance(found, Mark) else None


def put_marks(db: Database, marks: Iterable[tuple[str, str, bytes]]) -> None:
    """Keep marks that the store is to be told: id, act and statement."""
    with translated(db.path), db.atomic():
        db.conn.executemany("INSERT INTO post_marks (id, act, statement) VALUES (?, ?, ?)", marks)


def marks_under_way(db: Database, limit: int, after: int) -> list[tuple[int, str, bytes]]:
    """The first `limit` marks that the store does not have, later than seq `after`, with ids."""
    query = "SELECT seq, id, statement FROM post_marks WHERE seq > ? ORDER BY seq LIMIT ?"
    with translated(db.path):
        return db.execute(query, (after, limit)).fetchall()


def marks_left(db: Database) -> int:
    """How many marks the store does not have."""
    with translated(db.path):
        return int(db.execute("SELECT count(*) FROM post_marks").fetchone()[0])


def mark_statements(db: Database, ids: Iterable[str]) -> list[bytes]:
    """The statements of these marks, as far as they are under way."""
    query = "SELECT statement FROM post_marks WHERE id IN (SELECT value FROM json_each(?))"
    listed = msgspec.json.encode(list(ids)).decode()
    with translated(db.path):
        return [row[0] for row in db.execute(query, (listed,))]


def end_marks(db: Database, ids: Iterable[str], given: Iterable[Given] = ()) -> None:
    """They are no longer under way; the store has those that were `given`."""
    with translated(db.path), db.atomic():
        for one in given:
            _add(db, one.course, one.learner, one.mark)
        db.conn.executemany("DELETE FROM post_marks WHERE id = ?", [(id_,) for id_ in ids])


# Attestations


def seen(db: Database, course: str) -> Iterator[list[Seen]]:
    """What was told of each learner of a course, oldest first; one list a learner."""
    query = (
        "SELECT learner, course, activity, act, kind, version, watched, length, coalesce("
        " (SELECT i.item ->> '$.score' FROM post_items AS i WHERE i.act = f.act AND i.act <> ''"
        "  AND i.learner = f.learner AND i.course = f.course ORDER BY i.at DESC, i.seq DESC"
        "  LIMIT 1), score), at"
        " FROM post_facts AS f WHERE course = ?1"
        " AND act NOT IN (SELECT id FROM post_second_ends WHERE course = ?1)"
        " ORDER BY learner, at, act"
    )
    with translated(db.path):
        rows = (Seen(*row) for row in db.execute(query, (course,)))
        for _, group in groupby(rows, key=lambda one: one.learner):
            yield list(group)


def marked(db: Database, course: str) -> set[tuple[str, str]]:
    """The acts of a course to which the platform gave a score: learner and act."""
    query = (
        "SELECT learner, act FROM post_items WHERE course = ? AND act <> ''"
        " AND item ->> '$.score' IS NOT NULL"
    )
    with translated(db.path):
        return set(db.execute(query, (course,)).fetchall())


def item_of(db: Database, course: str, learner: str, id_: str) -> AnyItem | None:
    """An item that is, or will be, in a learner's letters."""
    query = "SELECT item FROM post_items WHERE course = ? AND learner = ? AND id = ?"
    with translated(db.path):
        row = db.execute(query, (course, learner, id_)).fetchone()
    return _item(row[0]) if row else None


# Letters


@dataclass(frozen=True, slots=True)
class BoxState:
    """A box of a repository and how far it is: its last letter, and what is in it already."""

    course: str
    learner: str
    recipient: str
    number: int
    items: int
    receipts: int


@dataclass(frozen=True, slots=True)
class Made:
    """A letter as it will lie in the repository, and how far its box is with it."""

    state: BoxState
    data: bytes


def waiting(
    db: Database, repository: str, course: str, limit: int, *, receipts_only: bool = False
) -> list[BoxState]:
    """Boxes of a course for which there is something new; '' as learner first."""
    query = """
        SELECT * FROM (
            SELECT b.course, b.learner, b.recipient, coalesce(w.number, 0) AS number,
                   coalesce(w.items, 0) AS items, coalesce(w.receipts, 0) AS receipts
            FROM post_boxes AS b LEFT JOIN post_written AS w
                ON w.repository = ? AND w.course = b.course AND w.learner = b.learner
                AND w.recipient = b.recipient
            WHERE b.course = ?
        ) AS w WHERE EXISTS (SELECT 1 FROM post_receipts AS r WHERE r.course = w.course
                             AND r.learner = w.learner AND r.seq > w.receipts)
            OR NOT ? AND EXISTS (SELECT 1 FROM post_items AS i WHERE i.course = w.course
                             AND i.learner = w.learner AND i.seq > w.items)
        ORDER BY learner, recipient LIMIT ?
    """
    with translated(db.path):
        return [
            BoxState(*row) for row in db.execute(query, (repository, course, receipts_only, limit))
        ]


def items_after(db: Database, box: BoxState) -> Iterator[tuple[int, AnyItem]]:
    """What is not yet in a box, oldest first, with its seq."""
    query = (
        "SELECT seq, item FROM post_items WHERE course = ? AND learner = ? AND seq > ? ORDER BY seq"
    )
    with translated(db.path):
        for seq, text in db.execute(query, (box.course, box.learner, box.items)):
            yield seq, _item(text)


def receipts_after(db: Database, box: BoxState, limit: int) -> list[tuple[int, str]]:
    """Acts of which a box does not yet say that they arrived, oldest first, with their seq."""
    query = (
        "SELECT seq, act FROM post_receipts WHERE course = ? AND learner = ? AND seq > ?"
        " ORDER BY seq LIMIT ?"
    )
    with translated(db.path):
        return db.execute(query, (box.course, box.learner, box.receipts, limit)).fetchall()


def put_letters(db: Database, repository: str, letters: Iterable[Made]) -> None:
    """Keep letters that are about to be written: the same bytes whatever happens next."""
    with translated(db.path), db.atomic():
        db.conn.executemany(
            "INSERT INTO post_letters VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(repository, *_row(one.state), one.data) for one in letters],
        )


def letters_under_way(db: Database, repository: str) -> list[Made]:
    """Letters of which nobody has said that they are in the repository."""
    query = (
        "SELECT course, learner, recipient, number, items, receipts, data FROM post_letters"
        " WHERE repository = ?"
    )
    with translated(db.path):
        return [Made(BoxState(*row[:-1]), row[-1]) for row in db.execute(query, (repository,))]


def end_letters(
    db: Database, repository: str, in_place: Iterable[BoxState], given_up: Iterable[BoxState] = ()
) -> None:
    """These letters lie in the repository; those do not and will be made anew."""
    in_place = list(in_place)
    with translated(db.path), db.atomic():
        db.conn.executemany(
            "INSERT OR REPLACE INTO post_written VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(repository, *_row(one)) for one in in_place],
        )
        db.conn.executemany(
            f"DELETE FROM post_letters WHERE {_KEY}",  # noqa: S608 - ours
            [(repository, *_row(one)[:3]) for one in (*in_place, *given_up)],
        )


def unaddressed(db: Database, course: str) -> int:
    """For how many learners of a course something waits who have named no PC yet."""
    query = """
        SELECT count(*) FROM (
            SELECT course, learner FROM post_items WHERE learner <> '' AND course = ?1
            UNION SELECT course, learner FROM post_receipts WHERE course = ?1
            EXCEPT SELECT course, learner FROM post_boxes
        )
    """
    with translated(db.path):
        return int(db.execute(query, (course,)).fetchone()[0])


def _row(one: BoxState) -> tuple[str | int, ...]:
    return one.course, one.learner, one.recipient, one.number, one.items, one.receipts


def _text(piece: AnyItem) -> str:
    return msgspec.json.encode(written(piece)).decode()


def _item(text: str) -> AnyItem:
    return item(msgspec.json.decode(text))
