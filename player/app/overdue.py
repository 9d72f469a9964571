# SPDX-License-Identifier: Apache-2.0
"""Exams whose time ran out while nobody had them open: they are handed in."""

from __future__ import annotations

import logging
from pathlib import Path

from msgspec.structs import replace

from player.clock import Now
from player.course.manifest import AnyActivity, Exam, Manifest
from player.course.quiz import decode_quiz
from player.errors import PlayerError
from player.journal.journal import Where
from player.lesson.attempt import Attempt, unfinished
from player.store import blobs, courses, spoken
from player.store.database import Database

log = logging.getLogger(__name__)

_OPEN = """
    SELECT DISTINCT learner, course, activity FROM events AS b
    WHERE kind = 'begun' AND payload ->> '$.type' = 'exam' AND NOT EXISTS (
        SELECT 1 FROM events AS f WHERE f.kind = 'finished' AND f.learner = b.learner
        AND f.course = b.course AND f.activity = b.activity
        AND f.payload ->> '$.attempt' = b.payload ->> '$.attempt')
"""


def hand_in(db: Database, home: Path, now: Now) -> int:
    """End every attempt of this PC whose time is up; return how many.

    One whose questions are not here, or cannot be read, stays as it is. So does one that was begun
    on another PC and never opened here: what was answered there is not known here, and there it
    ends.

    Raises:
        DiskFull, DatabaseBusy, NotWritable: the next time does it.
    """
    ended = 0
    for learner, course, activity in db.execute(_OPEN).fetchall():
        manifest = spoken.course(db, course)
        exam = _here(db, manifest, activity) if manifest else None
        if manifest is None or not isinstance(exam, Exam) or not exam.limit:
            continue
        where = Where(learner, course, manifest.version, activity)
        begun = unfinished(db, where)
        if begun is None:
            continue
        try:
            questions = decode_quiz(blobs.read(home, exam.blob, exam.title))
        except PlayerError as error:
            log.info("an exam of %s cannot be handed in: %s", course, error)
            continue
        attempt = Attempt(db, where, exam, questions, begun, now)
        if attempt.time is not None and attempt.time.is_up and attempt.time.is_here:
            attempt.finish()
            ended += 1
    return ended


def _here(db: Database, manifest: Manifest, activity: str) -> AnyActivity | None:
    """An exam in a language in which its questions are here; they have the same ids in all."""
    exam, present = manifest.find(activity), blobs.present(db)
    own = courses.course(db, manifest.id)
    others = [one for one in own.every_activity() if one.id == activity] if own else []
    for one in others:
        if isinstance(exam, Exam) and isinstance(one, Exam) and exam.blob not in present:
            exam = replace(exam, blob=one.blob)
    return exam
