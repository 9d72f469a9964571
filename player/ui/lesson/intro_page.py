# SPDX-License-Identifier: Apache-2.0
"""The rules, before the first question, and the code that opens an exam."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from player.course.manifest import Exam, Quiz
from player.course.supervisor import opens
from player.ui.language import percent, translate
from player.ui.lesson.exam_words import code_rule, date_rules, later, time_rules
from player.ui.lesson.look import COLUMN
from player.ui.lesson.pieces import Column, Notice, Sign
from player.ui.parts import button, card, label, row
from player.ui.style import GRID


class Intro(Column):
    """The rules, before the first question; `now` is the time, to say what is over.

    Signals:
        started: the learner wants to begin.
    """

    started = Signal()

    def __init__(self, quiz: Quiz, attempts_left: int | None, now: datetime) -> None:
        super().__init__(COLUMN)
        self._code = quiz.code if isinstance(quiz, Exam) else ""
        frame, body = card()
        body.setSpacing(2 * GRID)
        exam = isinstance(quiz, Exam)
        head = translate("QuizView", "Before you begin")
        body.addWidget(label(head, "heading"))
        for sign, sentence in [*rules(quiz, attempts_left), *date_rules(quiz, now)]:
            rule = row(Sign(sign), gap=GRID + GRID // 2)
            rule.addWidget(label(sentence), 1)
            body.addLayout(rule)
        words = translate("QuizView", "Begin the exam") if exam else translate("QuizView", "Begin")
        self.start = button(words, self._begin, role="primary")
        self.code = QLineEdit()
        self.refusal = Notice("", "warning")
        self._wrong = 0
        self._locked = QTimer(self, singleShot=True)
        self._locked.timeout.connect(lambda: self.start.setEnabled(True))
        if self._code:
            self._ask_code(body)
        body.addLayout(row(self.start, 1))
        self.body.addWidget(frame)
        self.body.addStretch(1)
        self.lead_to(self.code if self._code else self.start)

    def _ask_code(self, body: QVBoxLayout) -> None:
        name = translate("Exam", "The supervisor's code")
        self.code.setMaxLength(100)
        self.code.setMaximumWidth(320)
        self.code.setAccessibleName(name)
        self.code.setEchoMode(QLineEdit.EchoMode.Password)
        self.code.returnPressed.connect(self.start.click)
        body.addWidget(label(name, "strong"))
        body.addWidget(self.code)
        body.addWidget(self.refusal)
        self.refusal.hide()

    def _begin(self) -> None:
        """Begin; where there is a code, after it was typed. Wrong ones take longer and longer."""
        if not self._code or opens(self.code.text(), self._code):
            self.started.emit()
            return
        self._wrong += 1
        sentence = translate("Exam", "This is not the code. Ask whoever watches over the exam.")
        self.refusal.words.setText(sentence)
        self.refusal.show()
        self.code.setAccessibleDescription(sentence)
        self.code.selectAll()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        self.start.setEnabled(False)
        self._locked.start(min(500 * 2**self._wrong, 30_000))


def rules(quiz: Quiz, attempts_left: int | None) -> list[tuple[str, str]]:
    """What a learner should know before beginning: signs and sentences."""
    asked = translate("QuizView", "%n question(s), in any order you like.", "", quiz.questions)
    found = [("list", asked)]
    if isinstance(quiz, Exam):
        found += [*code_rule(quiz), *time_rules(quiz)]
    if quiz.passing:
        share = percent(quiz.passing)
        need = translate("QuizView", "You need {share} of the points to pass.")
        found.append(("check-circle", need.format(share=share)))
    if quiz.marking:
        found.append(("exam", translate("QuizView", "Answers can be changed until you hand in.")))
        found.append(("clock", later()))
    elif isinstance(quiz, Exam):
        late = translate(
            "QuizView",
            "Answers can be changed until you hand in; then all of them are marked together.",
        )
        found.append(("exam", late))
    if attempts_left is not None:
        left = translate("QuizView", "%n attempt(s) left.", "", attempts_left)
        found.append(("refresh", left))
    kept = translate(
        "QuizView",
        "What you answer is saved on this computer at once. You may close the program and go on "
        "later.",
    )
    if isinstance(quiz, Exam) and quiz.limit:
        kept = translate("Exam", "What you answer is saved on this computer at once.")
    return [*found, ("saved", kept)]
