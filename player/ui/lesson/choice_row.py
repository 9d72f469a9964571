# SPDX-License-Identifier: Apache-2.0
"""One choice of a question: a row that can be clicked anywhere, with its text and its feedback."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
)

from player.course.interactions import Choice
from player.ui.language import translate
from player.ui.lesson.cleaning import plain
from player.ui.lesson.context import LessonContext
from player.ui.lesson.pieces import Sign
from player.ui.lesson.rich_text import RichText
from player.ui.parts import column, label, row
from player.ui.style import GRID, Colours, colours

_RADIUS = 8.0


class ChoiceRow(QFrame):
    """A radio button or a check box with a text from the course beside it."""

    def __init__(self, context: LessonContext, choice: Choice, *, multiple: bool) -> None:
        super().__init__()
        self.choice, self._context = choice, context
        self._verdict = ""
        self.button: QAbstractButton = QCheckBox() if multiple else QRadioButton()
        self.button.setStyleSheet("QAbstractButton { border: none; padding: 0; spacing: 0; }")
        self.button.setAccessibleName(plain(choice.text))
        self.button.installEventFilter(self)
        self.button.toggled.connect(self.update)
        self._sign, self._word = Sign("circle"), label(role="strong", wrap=False)
        self._feedback: RichText | None = None  # made when there is some: it takes its time
        self._lay_out(choice)
        self.mark("", "")

    def mark(self, verdict: str, feedback: str) -> None:
        """Show what became of it: `verdict` is `good`, `bad` or '', `feedback` HTML."""
        self._verdict = verdict
        words = {
            "good": translate("QuizView", "Your choice: right"),
            "bad": translate("QuizView", "Not the right choice"),
        }
        self._word.setText(words.get(verdict, ""))
        self._word.setProperty("role", verdict or "strong")
        if verdict:
            self._sign.show_sign("check" if verdict == "good" else "cross", verdict)
        for part in (self._sign, self._word):
            part.setVisible(bool(verdict))
        self._show_feedback(feedback)
        said = " ".join((words.get(verdict, ""), plain(feedback)))
        self.button.setAccessibleDescription(said.strip())
        self.update()

    def lock(self, *, locked: bool) -> None:
        """Take or refuse clicks. Focus stays possible: what was chosen can be read again."""
        self.button.setEnabled(not locked)
        self.setCursor(Qt.CursorShape.ArrowCursor if locked else Qt.CursorShape.PointingHandCursor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the field goes from row to row, check boxes included
            return True
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.button.isEnabled():
            self.button.setFocus(Qt.FocusReason.MouseFocusReason)
            self.button.click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        ground, edge, width = self._look(colours())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(ground))
        inset = width / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)

    def _show_feedback(self, html: str) -> None:
        if self._feedback is None and html:
            self._feedback = RichText(self._context)
            self._feedback.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._words.addWidget(self._feedback)
        if self._feedback is not None:
            self._feedback.set_html(html)
            self._feedback.setVisible(bool(html))

    def _look(self, now: Colours) -> tuple[str, str, float]:
        """Ground, edge and the edge's width."""
        if self._verdict == "good":
            return now.good_soft, now.good, 1.0
        if self._verdict == "bad":
            return now.bad_soft, now.bad, 1.0
        ground = now.accent_soft if self.button.isChecked() else now.surface
        if self.button.hasFocus():
            return ground, now.focus, 2.0
        return ground, now.accent if self.button.isChecked() else now.border, 1.0

    def _lay_out(self, choice: Choice) -> None:
        text = RichText(self._context, choice.text)
        text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = words = column(gap=GRID // 2)
        words.addWidget(text)
        words.addLayout(row(self._sign, self._word, 1))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID + GRID // 2, 2 * GRID, GRID + GRID // 2)
        layout.setSpacing(GRID + GRID // 2)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        # Its circle stands in the middle of the first line, above which is what spreads the lines
        high = QFontMetrics(text.document().defaultFont()).height()
        spread = self._context.look.line_spacing / 100 - 1
        self.button.setMinimumHeight(round(high * (1 + spread)))
        self.setLayoutDirection(self._context.direction)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
