# SPDX-License-Identifier: Apache-2.0
"""A questionnaire: all its questions on one page, sent once, then thanks."""

from __future__ import annotations

from collections.abc import Mapping

from player.course.manifest import Survey
from player.course.quiz import decode_quiz
from player.errors import PlayerError
from player.lesson import drafts, reading
from player.lesson import survey as surveys
from player.lesson.grading import Given
from player.lesson.spot import Spot, place_asked
from player.store import blobs
from player.ui.lesson.context import LessonContext
from player.ui.lesson.drafting import Soon
from player.ui.lesson.listening import HeardPages
from player.ui.lesson.survey_pages import Asking
from player.ui.lesson.survey_thanks import Thanks


class SurveyView(HeardPages):
    """Asks what was not sent yet, as far as it was filled in; then shows what was sent.

    Raises (when made):
        NotHere, Damaged, Malformed, NewerFormat, StorageProblem: it cannot be asked.
    """

    def __init__(self, context: LessonContext, survey: Survey) -> None:
        super().__init__(context)
        self._context, self._survey = context, survey
        self._questions = decode_quiz(blobs.read(context.home, survey.blob, survey.title))
        db, where = context.db, context.where
        self._attempt = surveys.opened(db, where, survey, self._questions, context.now)
        if not survey.anonymous:  # or it would be told when somebody looked at it
            with context.recording():
                reading.opened(db, where, survey, context.now)
        self._saving = Soon(self._save, self)
        self._saved: Mapping[str, Given] = {}
        sent = surveys.sent(db, where, self._attempt)
        if sent is None:
            self._ask()
        else:
            self._thank(sent, fresh=False)

    def close_lesson(self) -> None:
        """Keep what is filled in."""
        super().close_lesson()
        self._save()

    def show_spot(self, spot: Spot) -> None:
        """Turn to a question, to be answered or as it was."""
        number = place_asked(spot, self._questions, self._attempt.questions)
        if number is not None and isinstance(self.page, Asking):
            self.page.show_question(number, spot.words)
        elif number is not None and isinstance(self.page, Thanks) and number < len(self.page.cards):
            self.page.cards[number].lead(self.page, spot.words)

    def _ask(self) -> None:
        self._saved = drafts.of(self._context.db, self._context.where, self._attempt.id)
        page = Asking(self._context, self._survey, self._attempt, self._saved)
        page.edited.connect(self._saving.ask)
        page.sent.connect(self.send)
        page.turned.connect(self.listening.begin_anew)
        page.activity_asked.connect(self._context.open_activity)
        page.address_asked.connect(self._follow)
        self.show_page(page)

    def send(self) -> None:
        """Send what is filled in, if everything is there that has to be."""
        page, context = self.page, self._context
        if not isinstance(page, Asking) or not page.is_fit():
            return
        answers = page.answers
        try:
            surveys.send(
                context.db, context.where, self._survey, self._questions, answers, context.now
            )
        except PlayerError as error:
            context.say(error)
            return
        self._saving.stop()
        with context.saying():
            drafts.forget(context.db, context.where, self._attempt.id)
        self._attempt = surveys.opened(
            context.db, context.where, self._survey, self._questions, context.now
        )
        self._thank(answers, fresh=True)
        context.changed()

    def _thank(self, sent: Mapping[str, Given], *, fresh: bool) -> None:
        page = Thanks(self._context, self._survey, self._attempt, sent, fresh=fresh)
        page.activity_asked.connect(self._context.open_activity)
        page.address_asked.connect(self._follow)
        self.show_page(page)

    def _save(self) -> None:
        """Keep what changed since the last time."""
        self._saving.stop()
        if not isinstance(self.page, Asking):
            return
        context, given = self._context, self.page.answers
        place = context.db, context.where, self._attempt.id
        with context.saying():
            for id_ in self._saved.keys() - given.keys():
                drafts.forget(*place, id_)
            for id_, answer in given.items():
                if answer != self._saved.get(id_):
                    drafts.keep(*place, id_, answer)
            self._saved = given

    def _follow(self, address: str) -> None:
        """Where it is anonymous, nothing else may tell when somebody looked at it."""
        if self._survey.anonymous:
            self._context.open_url(address)
        else:
            self._context.follow(address)
