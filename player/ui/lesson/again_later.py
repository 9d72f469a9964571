# SPDX-License-Identifier: Apache-2.0
"""Below an answered question of a quiz: whether it comes again, and the other choice."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from player.course.manifest import Quiz
from player.course.quiz import Question
from player.lesson.grading import counts
from player.ui.flow import Flow
from player.ui.language import translate
from player.ui.lesson.context import LessonContext
from player.ui.parts import button, label


class AgainLater(QWidget):
    """One quiet line; nothing where the question cannot be revised, or nobody wants that."""

    def __init__(self, context: LessonContext, question: Question) -> None:
        super().__init__()
        self._context, self._question = context, question
        self._words = label(role="caption", wrap=False)
        self.change = button("", self._change, role="quiet", sign="again")
        self.setLayout(Flow(self._words, self.change))
        self.hide()

    def show_state(self, *, answered: bool) -> None:
        """Say whether it comes again, once it is answered and the answer may be seen."""
        revision, activity = self._context.revision, self._context.activity
        plain = type(activity) is Quiz and not activity.marking and counts(self._question)
        self.setVisible(bool(revision) and answered and plain)
        if self.isHidden() or revision is None:
            return
        comes = revision.is_in(self._context.where, self._question.id)
        self._words.setText(translate("Revision", "This comes again in the revision."))
        self._words.setVisible(comes)
        take = translate("Revision", "Take it out")
        self.change.setText(take if comes else translate("Revision", "Ask me this again later"))

    def _change(self) -> None:
        revision, where = self._context.revision, self._context.where
        if revision is None:
            return
        act = revision.take_out if revision.is_in(where, self._question.id) else revision.put_in
        with self._context.recording():
            act(where, self._context.activity, self._question.id)
        self.show_state(answered=True)
