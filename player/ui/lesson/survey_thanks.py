# SPDX-License-Identifier: Apache-2.0
"""After a questionnaire: thanks, how far it is, what follows from it, and what was answered."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal

from player.app.asked import Paths
from player.course.choosing import suggestions
from player.course.manifest import Survey
from player.journal import slips
from player.lesson import survey as surveys
from player.lesson.attempt import Attempt
from player.lesson.grading import Given
from player.ui.language import translate
from player.ui.lesson.context import LessonContext
from player.ui.lesson.look import COLUMN
from player.ui.lesson.path_choice import PathChoice
from player.ui.lesson.pieces import Column, Sign
from player.ui.lesson.poll_result import poll_result
from player.ui.lesson.survey_pages import PAGE, asked_card
from player.ui.parts import button, card, label, row
from player.ui.style import GRID


class Thanks(Column):
    """What was sent, how far it is, and what follows from it.

    Signals:
        activity_asked, address_asked: as in `RichText`.
    """

    activity_asked = Signal(str)
    address_asked = Signal(str)

    def __init__(
        self,
        context: LessonContext,
        survey: Survey,
        attempt: Attempt,
        sent: Mapping[str, Given],
        *,
        fresh: bool,
    ) -> None:
        super().__init__(COLUMN)
        self._context = context
        frame, inner = card("good" if fresh else "card")
        head = row(Sign("check-circle", "good", 32), gap=2 * GRID)
        thanks = translate("Survey", "Thank you. Your answers are recorded.")
        self.words = label(thanks if fresh else translate("Survey", "You have sent this."), "title")
        head.addWidget(self.words, 1)
        inner.addLayout(head)
        inner.addWidget(label(_standing(context)))
        self.on = button(
            translate("QuizView", "Continue"), self._go_on, role="primary", sign="arrow-right"
        )
        inner.addLayout(row(1, self.on))
        self.body.addWidget(frame)
        self.choice: PathChoice | None = None
        if attempt.result is not None and context.manifest.paths and survey.rules and context.paths:
            # With a name, or the path would tell it
            self._offer_paths(context.paths, survey, attempt, sent)
        shown = attempt.questions[:PAGE]
        self.cards = [
            asked_card(self, context, attempt, one, sent.get(one.id, {})) for one in shown
        ]
        for one, made in zip(shown, self.cards, strict=True):
            made.lock(locked=True)
            self.body.addWidget(made)
            result = poll_result(context, one, sent[one.id]) if one.id in sent else None
            if result is not None:
                self.body.addWidget(result)
        self.body.addStretch(1)
        self.on.setVisible(bool(context.following))
        self.lead_to(self.choice or self.on)

    def _offer_paths(
        self, paths: Paths, survey: Survey, attempt: Attempt, sent: Mapping[str, Given]
    ) -> None:
        course, facts = self._context.manifest, surveys.facts(attempt.questions, sent)
        rules = suggestions(survey.rules, facts, several=course.combine_paths)
        self.choice = PathChoice(course, paths.of(course.id), rules)
        self.choice.chosen.connect(self._follow)
        self.body.addWidget(self.choice)

    def _follow(self, path: str, by: str) -> None:
        context = self._context
        if context.paths is None:
            return
        with context.recording():
            context.paths.follow(context.manifest, path, by)
            titles = " + ".join(one.title for one in context.manifest.chosen(path))
            self.words.setText(translate("Survey", "You follow “{path}”.").format(path=titles))
            self.on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        self._context.open_activity(self._context.following)


def _standing(context: LessonContext) -> str:
    """How far what was sent is."""
    secret = surveys.confided(context.db, context.where)
    if secret is None:
        return translate("Survey", "How far they are stands under “My work”.")
    state = slips.state(context.db, secret.slip)
    if state is not None and state.state == "received":
        return translate("Survey", "The platform has received them, without your name.")
    if state is not None and state.state == "refused":
        return state.reason
    return translate(
        "Survey",
        "They leave later, by the network or on a stick, apart from your other work and without "
        "your name. Only this computer shows that they are yours.",
    )
