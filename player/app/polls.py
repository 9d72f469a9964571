# SPDX-License-Identifier: Apache-2.0
"""At the platform's desk: what classes answered to polls, counted for their letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from player.clock import stamp
from player.course import polls
from player.course.fragment import words
from player.course.interactions import ChoiceInteraction
from player.course.manifest import Manifest, Quiz, decode_manifest
from player.course.quiz import Question, decode_quiz
from player.download.targets import member, unpacked
from player.errors import Damaged
from player.journal import desk
from player.journal.items import Poll
from player.publish import versions
from player.store.database import Database


@dataclass(frozen=True, slots=True)
class Counted:
    """Polls that were looked at: `told` are new, `few` have too few answers for one."""

    told: int = 0
    same: int = 0
    few: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.told + other.told, self.same + other.same, self.few + other.few)


def count(db: Database, repository: Path, course: str, *, least: int, now: datetime) -> Counted:
    """Have what is new of a course's polls told to everybody in it, by the next letter.

    A course that the repository has no longer has none.

    Raises:
        Malformed, NewerFormat, Damaged: the course cannot be read there.
    """
    numbers = versions.numbers(repository, course)
    if not numbers:
        return Counted()
    manifest = decode_manifest(versions.place(repository, course, numbers[-1]).read_bytes())
    before = desk.polls(db, course)
    told = same = few = 0
    for activity, question, asked in _polls(repository, manifest):
        said = list(_responses(db, course, activity.id, question.id))
        tally = polls.tallied(asked, said)
        last = before.get((activity.id, question.id))
        if last is not None and last.answers == tally.answers and last.counts == tally.counts:
            same += 1
        elif polls.may_be_told(tally, last.answers if last else None, least):
            desk.add(db, course, "", _item(activity, question, tally, now))
            told += 1
        else:
            few += 1
    return Counted(told, same, few)


def _item(activity: Quiz, question: Question, tally: polls.Tally, now: datetime) -> Poll:
    at = stamp(now, "milliseconds")
    named = sha256(f"{activity.id}/{question.id}/{at}".encode()).hexdigest()[:32]
    return Poll(
        id=f"poll-{named}",
        at=at,
        title=(words(question.body) or question.title)[:200],
        activity=activity.id,
        question=question.id,
        counts=tally.counts,
        answers=tally.answers,
    )


def _responses(
    db: Database, course: str, activity: str, question: str
) -> Iterator[tuple[str, str]]:
    for act in desk.answers_to(db, course, activity):
        if unquote(act.object.rpartition("/questions/")[2]) == question:
            yield act.learner, act.response


def _polls(
    repository: Path, manifest: Manifest
) -> Iterator[tuple[Quiz, Question, ChoiceInteraction]]:
    for activity in manifest.activities():
        if isinstance(activity, Quiz):
            for question in decode_quiz(_read(repository, manifest, activity.blob)):
                asked = polls.poll(activity, question)
                if asked is not None:
                    yield activity, question, asked


def _read(repository: Path, manifest: Manifest, sha256_: str) -> bytes:
    """The bytes of a blob as they lie in a repository."""
    blob = manifest.blobs[sha256_]
    piece = member(sha256_, blob)
    folder, name = ("packs", blob.pack) if blob.pack else ("blobs", sha256_)
    path = repository / folder / name[:2] / name
    try:
        with path.open("rb") as file:
            file.seek(blob.offset)
            data = file.read(blob.length if blob.pack else blob.size + 1)
    except OSError as error:
        raise Damaged(what=path.name, place=repository) from error
    whole = unpacked(data, piece)
    if whole is None:
        raise Damaged(what=path.name, place=repository)
    return whole
