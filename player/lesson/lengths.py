# SPDX-License-Identifier: Apache-2.0
"""How long an activity takes a learner. Pure.

A video takes its duration at the learner's speed. A page takes its words at `WORDS` a minute,
slower than the 238 that adults read in English without hurry (Brysbaert, 2019, over 190 studies):
courses are read in a second language, and to learn. A quiz takes its questions at the learner's own
pace. What nobody can know, a document's pages say, or its kind. All of it is said with "about".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from player.course.manifest import (
    AnyActivity,
    Document,
    Exam,
    Links,
    Manifest,
    Page,
    Quiz,
    Survey,
    Video,
    Work,
)

WORDS = 180.0  # a minute
BYTES = 8.0  # of HTML for a word, where the page is not here to be counted
PICTURE = 10.0  # seconds
SLIDE = 45.0  # seconds a page of a document
DOCUMENT = 300.0  # seconds, where nobody counted its pages
LINK = 30.0  # seconds to read what is said of one; what it leads to is beside the course
ANSWER = 30.0  # seconds, until the learner's own are known
OPINION = 15.0  # seconds a question of a questionnaire
TASK = 900.0  # seconds a question of a work to hand in: texts, files
UNKNOWN = 120.0  # seconds, of a kind that this version does not know
LEAST = 20.0  # seconds that whatever is left takes

_TAG = re.compile(r"<[^>]*>")
_WITHOUT_BLANKS = re.compile("[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]")
_LETTERS = 1.5  # letters of such a script for a word


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a learner is: videos at `speed`, `answer` seconds for a question."""

    speed: float = 1.0
    answer: float = ANSWER


def words(html: str) -> int:
    """Return how many words a page has; scripts without blanks are counted by their letters."""
    text = _TAG.sub(" ", html)
    letters = len(_WITHOUT_BLANKS.findall(text))
    return len(_WITHOUT_BLANKS.sub(" ", text).split()) + round(letters / _LETTERS)


def seconds(
    manifest: Manifest,
    activity: AnyActivity,
    pace: Pace = Pace(),
    *,
    counted: int | None = None,
    through: float = 0.0,
) -> float:
    """Return how long what is left of an activity takes, in seconds.

    Args:
        manifest: its course.
        activity: what is to be done.
        pace: how fast the learner is.
        counted: the words of a page, None where they were not counted.
        through: what is behind the learner: seconds of a video, questions of a quiz.
    """
    return max(LEAST, _seconds(manifest, activity, pace, counted, through))


def _seconds(  # noqa: PLR0911 - one for each kind
    manifest: Manifest, activity: AnyActivity, pace: Pace, counted: int | None, through: float
) -> float:
    match activity:
        case Video(duration=length):
            return (length - through) / max(0.1, pace.speed)
        case Page():
            size = manifest.blobs[activity.blob].size if activity.blob in manifest.blobs else 0
            read = size / BYTES if counted is None else counted
            return read * 60 / WORDS + PICTURE * len(activity.resources)
        case Document(pages=pages):
            return SLIDE * pages if pages else DOCUMENT
        case Links(links=links):
            return LINK * len(links)
        case Survey(questions=count):
            return OPINION * (count - through)
        case Work(questions=count):
            return TASK * (count - through)
        case Exam(limit=limit, questions=count):
            asked = pace.answer * (count - through)
            return min(limit, asked) if limit else asked
        case Quiz(questions=count):
            return pace.answer * (count - through)
    return UNKNOWN
