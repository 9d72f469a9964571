# SPDX-License-Identifier: Apache-2.0
"""What a learner does, act by act, as the window would do it but without one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from player.app import Services, build
from player.course.interactions import ChoiceInteraction, NumberInteraction, TextInteraction
from player.course.manifest import AnyActivity, Quiz, Video
from player.course.quiz import Question
from player.course.quiz import decode_quiz as decode
from player.journal.events import LOCAL, Event
from player.journal.journal import events
from player.lesson.attempt import Attempt, begin_or_resume
from player.lesson.reading import opened, read_through
from player.lesson.video import VideoVisit
from player.store import blobs
from player.transport import Transport

TICK = 0.25  # seconds between two ticks of the window


class Clock(Protocol):
    """The test's clock: see conftest."""

    def __call__(self) -> datetime: ...

    def forward(self, **by: float) -> None: ...


@contextmanager
def opening(
    home: Path, transport: Transport | None = None, now: Clock | None = None
) -> Iterator[Services]:
    """Cartable, from its start to its end."""
    services = build(home, transport=transport, now=now)
    try:
        yield services
    finally:
        services.close_thread()
        if transport is None:
            services.transport.close()  # type: ignore[attr-defined]


def activity_of(services: Services, course: str, activity: str) -> AnyActivity:
    found = {one.id: one for one in services.course(course).activities()}
    return found[activity]


def read(services: Services, course: str, activity: str) -> None:
    """Open a page and read it to its end."""
    page = activity_of(services, course, activity)
    where = services.where(course, activity)
    for blob in page.blobs():
        blobs.read(services.home, blob, page.title)
    opened(services.db, where, page, services.now)
    read_through(services.db, where, page, services.now)


def watch(
    services: Services, clock: Clock, course: str, activity: str, seconds: float
) -> VideoVisit:
    """Open a video where it was left and let it play, tick by tick."""
    video = activity_of(services, course, activity)
    assert isinstance(video, Video)
    where = services.where(course, activity)
    opened(services.db, where, video, services.now)
    visit = VideoVisit(services.db, where, video, services.now)
    visit.played(visit.resume_at, rendition="240p")
    for step in range(1, round(seconds / TICK) + 1):
        clock.forward(seconds=TICK)
        visit.tick(visit.resume_at + step * TICK)
    return visit


def attempt(services: Services, course: str, activity: str) -> Attempt:
    """Open a quiz or an exam: the attempt that was begun, or a new one."""
    quiz = activity_of(services, course, activity)
    assert isinstance(quiz, Quiz)
    questions = decode(blobs.read(services.home, quiz.blob, quiz.title))
    where = services.where(course, activity)
    found = begin_or_resume(services.db, where, quiz, questions, services.now)
    assert found is not None
    return found


def open_questions(found: Attempt) -> list[Question]:
    """The questions of an attempt that have no answer yet."""
    return [one for one in found.questions if one.interactions and not found.given(one)]


def answer(found: Attempt, questions: Iterable[Question], *, right: bool = True) -> None:
    """Answer questions, each with the best answer there is, or with the worst."""
    for question in questions:
        given = {part.id: _answer(part, right) for part in question.interactions}
        found.answer(question.id, given, seconds=4.0)


def _answer(part: Any, right: bool) -> str | list[str]:
    if isinstance(part, ChoiceInteraction):
        chosen = [one.id for one in part.choices if (one.fraction > 0) == right]
        return chosen if part.multiple else chosen[:1]
    if isinstance(part, NumberInteraction):
        return f"{part.answers[0].low:g}" if right else "-987654"
    assert isinstance(part, TextInteraction)
    return part.answers[0].text if right else "?"


def acts(services: Services) -> list[Event]:
    """The whole journal, oldest first."""
    return list(events(services.db))


def told(journal: Iterable[Event]) -> dict[str, Event]:
    """The acts that the platform is to be told, by id."""
    return {event.id: event for event in journal if event.kind not in LOCAL}
