# SPDX-License-Identifier: Apache-2.0
"""A few minutes of revision: what was missed comes again."""

from __future__ import annotations

from answering import RIGHT, answers
from PySide6.QtCore import Qt
from walker import Walker

from player.ui.language import translate
from player.ui.revision_page import RevisionPage

from .hands import fill
from .learning import pick

QUESTIONS = 3  # then the learner stops


def revise(walker: Walker, page: RevisionPage, language: str) -> int:
    """Open the page and answer what is due today; returns how many questions that were."""
    walker.press(translate("Revision", "Revision"))
    walker.until(page.isVisible, "the revision")
    walker.picture(f"{language}-revision")
    if not page.start.isVisible():
        return 0
    walker.click(page.start)
    asked = 0
    while page.is_asking and asked < QUESTIONS:
        asked += 1
        card = page.session.card
        fill(walker, card, pick(answers(card.question), RIGHT))
        walker.press(translate("QuizView", "Answer"), page)
        walker.picture(f"{language}-revision-{asked}")
        walker.click(page.session.next)
    if page.is_asking:
        walker.key(Qt.Key.Key_Escape, page.session)
    return asked
