# SPDX-License-Identifier: Apache-2.0
"""What may be found: exactly what the learner may see now.

`of_course` walks a course as the learner has it. An activity that is not open has no place here;
neither have the questions of an exam, or of whatever the platform marks, before they are done, nor
those that chance draws, nor any key or feedback; nor what is not on this PC.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from player.course.manifest import (
    AnyActivity,
    Document,
    Exam,
    Links,
    Manifest,
    Page,
    Quiz,
    Track,
    Video,
)
from player.journal import notes as journal_notes
from player.search.markup import flat
from player.store.database import Database
from player.store.versions import is_as_then


@dataclass(frozen=True, slots=True)
class Place:
    """A text that may be found, and where it leads.

    Attributes:
        source: its name in the index: how it is read, and of what. The same text in two activities
            is read once.
        kind: "page", "said", "transcript", "slides", "document", "question", "links", "note".
        course: its course, and `activity` there; '' for a note on the course.
        language: of captions; `foreign` where that is not the video's own.
        blob: the hash of the file that has the text; '' where `texts` has it.
        time: the second of the video that a note is tied to; `page` the page.
    """

    source: str
    kind: str
    course: str
    activity: str
    language: str = ""
    blob: str = ""
    texts: tuple[str, ...] = ()
    time: float | None = None
    page: int | None = None
    foreign: bool = False


_READERS = {
    "page": "html",
    "transcript": "html",
    "said": "cues",
    "slides": "pdf",
    "document": "pdf",
    "question": "quiz",
}


def of_course(
    manifest: Manifest, open_: frozenset[str], present: frozenset[str], done: frozenset[str]
) -> Iterator[Place]:
    """The places of a course.

    Args:
        manifest: the course.
        open_: ids of the activities that may be opened now.
        present: hashes of the files that are here.
        done: ids of the exams and works whose questions may be seen again.
    """
    for activity in manifest.activities():
        if activity.id in open_:
            for kind, blob, language in _texts(activity, manifest.language, present, done):
                if blob in present:
                    source = f"{_READERS[kind]}:{blob}"
                    foreign = kind == "said" and not _is_own(language, activity, manifest.language)
                    yield Place(
                        source, kind, manifest.id, activity.id, language, blob, foreign=foreign
                    )
            if isinstance(activity, Links):
                yield _links(manifest.id, activity)


def _texts(
    activity: AnyActivity, spoken: str, present: frozenset[str], done: frozenset[str]
) -> Iterator[tuple[str, str, str]]:
    """Kind, hash and language of each text of an activity."""
    match activity:
        case Page(blob=blob):
            yield "page", blob, ""
        case Document(blob=blob):
            yield "document", blob, ""
        case Video():
            yield from _of_video(activity, activity.language or spoken, present)
        case Quiz(blob=blob) if _may_be_asked(activity) or activity.id in done:
            yield "question", blob, ""


def _of_video(video: Video, spoken: str, present: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """What is said, the video's own language first; a transcript only where no captions have it."""

    def order(track: Track) -> bool:
        return track.language.split("-")[0].lower() != spoken.split("-", maxsplit=1)[0].lower()

    captions = sorted((one for one in video.captions if one.blob in present), key=order)
    timed = {one.language for one in captions}
    for track in captions:
        yield "said", track.blob, track.language
    for track in sorted(video.transcripts, key=order):
        if track.language not in timed:
            yield "transcript", track.blob, track.language
    if video.slides:
        yield "slides", video.slides, ""


def _is_own(language: str, activity: AnyActivity, spoken: str) -> bool:
    """Whether captions are in the language that is spoken there."""
    own = getattr(activity, "language", "") or spoken
    return language.partition("-")[0].lower() == own.partition("-")[0].lower()


def _may_be_asked(quiz: Quiz) -> bool:
    """Whether its questions may be read before it was answered: practice, and questionnaires."""
    is_survey = quiz.__struct_config__.tag == "survey"
    return is_survey or (not isinstance(quiz, Exam) and not quiz.marking)


def _links(course: str, activity: Links) -> Place:
    said = [f"{one.title}\n{one.note}".strip() for one in activity.links]
    texts = tuple(filter(None, (flat(activity.note), *said)))
    name = hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()
    return Place(f"links:{name}", "links", course, activity.id, texts=texts)


def over(db: Database, learner: str, manifest: Manifest) -> frozenset[str]:
    """The exams and works of a course that the learner ended, and is not in again.

    Where a later version asks other questions, not before the learner was asked those.
    """
    query = """
        SELECT DISTINCT activity, payload ->> '$.attempt', kind = 'finished', version FROM events
        WHERE learner = ? AND course = ? AND kind IN ('begun', 'answered', 'finished')
    """
    seen: dict[str, set[int]] = {}
    begun: set[tuple[str, str]] = set()
    ended: set[tuple[str, str]] = set()
    for activity, attempt, is_end, version in db.execute(query, [learner, manifest.id]):
        (ended if is_end else begun).add((activity, attempt))
        if not is_end:
            seen.setdefault(activity, set()).add(version)
    running = {activity for activity, _ in begun - ended}
    return frozenset(
        one
        for one in {activity for activity, _ in ended} - running
        if is_as_then(db, manifest.id, one, manifest.version, seen.get(one, ()))
    )


def enrolled(db: Database, learner: str) -> list[str]:
    """The courses that are here and that the learner took up."""
    query = """
        SELECT id FROM current_courses WHERE id IN (
            SELECT course FROM events WHERE learner = ? AND kind = 'enrolled'
        ) ORDER BY title, id
    """
    return [row[0] for row in db.execute(query, [learner])]


def notes(db: Database, learner: str, course: str) -> Iterator[Place]:
    """The learner's own notes in a course: the last word of each, none that was thrown away."""
    for one in journal_notes.all(db, learner, course):
        name = f"note:{one.id}:{one.number}:{one.at}"  # of another text it is another one
        yield Place(
            name, "note", course, one.activity, texts=(one.text,), time=one.time, page=one.page
        )
