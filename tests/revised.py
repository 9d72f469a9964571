# SPDX-License-Identifier: Apache-2.0
"""A learner with a course whose quiz can be missed, for the tests of the revision."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from clock import Clock
from small_course import small_course, write

from player import app
from player.app import Services
from player.app.revision import Asked
from player.course.manifest import AnyActivity, Quiz
from player.course.quiz import Question, decode_quiz
from player.lesson.answers import Answer
from player.lesson.attempt import begin_or_resume
from player.publish.keys import own_key, public_text
from player.publish.repository import publish
from player.store import blobs

COURSE = "petit-cours"


@dataclass
class Pupil:
    """Somebody who learns in one home. `root` holds the course's source and its repository."""

    root: Path
    clock: Clock
    name: str = "home"
    services: Services = field(init=False)

    def __post_init__(self) -> None:
        self.services = app.build(self.root / self.name, lambda _: None, None, self.clock)

    def take(self, gift: str = "") -> None:
        """Publish the course, with another quiz if one is given, and fetch its newest version."""
        source = small_course(self.root / "source")
        if gift:
            write(source, {"quizzes/roles.gift": gift})
        secret = own_key(self.root / "publisher.key")
        publish(source, self.root / "repository", secret)
        services = self.services
        services.change(allowed_keys=(public_text(secret),))
        services.refresh(services.add_repository(str(self.root / "repository")))
        if services.learner is None:
            services.introduce("Awa")
        services.renew(COURSE)
        services.ask(COURSE, [one.id for one in services.course(COURSE).sections], "")
        services.download()

    def activity(self, kind: type[Quiz] = Quiz) -> Quiz:
        found: list[AnyActivity] = list(self.services.course(COURSE).activities())
        return next(one for one in found if isinstance(one, Quiz) and type(one) is kind)

    def sit(self, *, right: bool, kind: type[Quiz] = Quiz, finish: bool = True) -> None:
        """Answer a quiz once, every question right or wrong."""
        services, quiz = self.services, self.activity(kind)
        questions = decode_quiz(blobs.read(services.home, quiz.blob, quiz.title))
        where = services.where(COURSE, quiz.id)
        attempt = begin_or_resume(services.db, where, quiz, questions, self.clock)
        assert attempt is not None
        for question in attempt.questions:
            attempt.answer(question.id, answer_to(question, right=right), 20)
        if finish:
            attempt.finish()

    def revise(self, *, right: bool = True, seconds: float = 20) -> int:
        """Revise until it is enough for today; how many questions that were."""
        seen: list[tuple[str, str, str]] = []
        while asked := self.services.revision.ask(seen):
            self.answer(asked, right=right, seconds=seconds)
            seen.append(asked.key)
        return len(seen)

    def answer(self, asked: Asked, *, right: bool = True, seconds: float = 20) -> None:
        self.clock.forward(seconds=seconds)
        given = answer_to(asked.question, right=right)
        assert bool(self.services.revision.answer(asked, given, seconds).success) == right


def answer_to(question: Question, *, right: bool) -> dict[str, Answer]:
    """A right or a wrong answer to a choice or a number."""
    (interaction,) = question.interactions
    if choices := getattr(interaction, "choices", ()):
        return {interaction.id: [next(c.id for c in choices if (c.fraction > 0) == right)]}
    (answer,) = getattr(interaction, "answers", ())[:1]
    return {interaction.id: f"{answer.low if right else answer.high + 1:g}"}
