# SPDX-License-Identifier: Apache-2.0
"""A piece of work that was handed in: what it was, where it is, and its mark when that came."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from player.course.manifest import Work
from player.journal import handing, outbox
from player.journal.events import Finished
from player.journal.items import Mark
from player.journal.journal import events
from player.lesson.attempt import Attempt
from player.ui.flow import Flow
from player.ui.language import translate, when
from player.ui.lesson.context import LessonContext
from player.ui.lesson.look import COLUMN
from player.ui.lesson.pieces import Column, Sign
from player.ui.lesson.question_card import QuestionCard
from player.ui.lesson.quiz_pages import outcome, points, told
from player.ui.parts import button, card, label, row
from player.ui.style import GRID
from player.ui.work_list import stated

ORDER = ("refused", "saved", "packed", "sent", "received", "marked")


class HandedIn(Column):
    """The latest attempt, to be read again.

    Signals:
        begun_again: the learner wants to hand in another one.
        went_on: to what comes next in the course.
        activity_asked, address_asked: a link was followed, as in `RichText`.
    """

    begun_again = Signal()
    went_on = Signal()
    activity_asked = Signal(str)
    address_asked = Signal(str)

    def __init__(
        self,
        context: LessonContext,
        attempt: Attempt,
        work: Work,
        at: str,
        attempts_left: int | None,
    ) -> None:
        super().__init__(COLUMN)
        self._context, self._attempt, self._work = context, attempt, work
        self.body.addWidget(self._head(attempt, at, attempts_left))
        self.cards: list[QuestionCard] = []
        for question in attempt.questions:
            made = QuestionCard(context, question, lambda _one, items: items)
            made.show_given(attempt.given(question))
            made.lock(locked=True)
            if (marked := attempt.marked(question)) is not None and not marked.awaited:
                made.show_marked(marked)
            made.activity_asked.connect(self.activity_asked)
            made.address_asked.connect(self.address_asked)
            self.body.addWidget(made)
            self.cards.append(made)
        self.body.addStretch(1)
        self.lead_to(self.on)

    def _head(self, attempt: Attempt, at: str, attempts_left: int | None) -> QFrame:
        frame, body = card()
        body.setSpacing(GRID + GRID // 2)
        head = row(Sign("check-circle", "good", 32), gap=2 * GRID)
        said = translate("HandIn", "Handed in on {time}").format(time=when(at))
        self.title = label(said, "title")
        head.addWidget(self.title, 1)
        body.addLayout(head)
        self.state = label(self._stated())
        body.addWidget(self.state)
        if (mark := attempt.mark) and attempt.result:
            body.addWidget(_marked(told(attempt.result, self._work, mark), mark))
        self.again = button(
            translate("HandIn", "Hand in another one"), self.begun_again.emit, sign="refresh"
        )
        self.again.setVisible(attempts_left != 0)
        self.on = button(
            translate("QuizView", "Continue"), self.went_on.emit, role="primary", sign="arrow-right"
        )
        if attempts_left is not None:
            left = translate("QuizView", "%n attempt(s) left", "", attempts_left)
            body.addWidget(label(left, "muted"))
        gap = QWidget()
        body.addLayout(Flow(self.again, gap, self.on, wide=gap))
        return frame

    def _stated(self) -> str:
        """How far texts and files are, the one that is furthest behind."""
        db, where = self._context.db, self._context.where
        about = "learner = ? AND course = ? AND activity = ? AND payload ->> '$.attempt' = ?"
        values = (where.learner, where.course, where.activity, self._attempt.id)
        ids = [one.id for one in events(db, about, values) if one.kind in ("answered", "finished")]
        states = set(outbox.states(db, ids).values()) - {"local"}
        state = min(states, key=ORDER.index, default="saved")
        if "marked" in states and "refused" not in states:
            state = "marked"
        said = [translate("HandIn", "What you wrote: {state}.").format(state=stated(state).lower())]
        found = [handing.standing(db, id_) for id_ in ids]
        pieces, taken = sum(one.pieces for one in found), sum(one.taken for one in found)
        if pieces:
            files = translate("HandIn", "Files: {n} of %n piece(s) sent.", "", pieces)
            if taken == pieces:
                files = translate("HandIn", "Files: received by the platform.")
            elif sum(one.packed for one in found) == pieces - taken:
                files += " " + translate("HandIn", "The rest is packed, to be carried.")
            said.append(files.format(n=taken))
        return " ".join(said)


def _marked(result: Finished, mark: Mark) -> QFrame:
    """The mark of the whole, and what whoever gave it wrote."""
    found = outcome(result)
    frame, body = card(found.tint)
    head = row(Sign(found.sign, "accent" if found.tint == "card" else found.tint), gap=GRID)
    by = translate("HandIn", "Marked by {name}.") if mark.by else translate("HandIn", "Marked.")
    head.addWidget(label(by.format(name=mark.by), "strong"), 1)
    body.addLayout(head)
    if mark.score is not None or mark.points is not None:
        body.addWidget(label(points(result)))
    if mark.feedback:
        body.addWidget(label(mark.feedback))
    return frame
