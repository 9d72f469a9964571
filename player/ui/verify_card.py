# SPDX-License-Identifier: Apache-2.0
"""Whatever credential somebody shows: pasted, chosen or let go of here, and what is said of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QPlainTextEdit

from player.app import Services
from player.course.judging import Judged
from player.errors import AttestationProblem, NotAFolder, system_reason
from player.ui import attestation_words as words
from player.ui import style
from player.ui.flow import Flow
from player.ui.icons import pixmap
from player.ui.language import day, translate
from player.ui.parts import button, column, label, row
from player.ui.style import GRID

LINES = 3  # of pasted text to see


class VerdictView(QFrame):
    """What there is to say of one thing, and what that says of itself."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        inner = row(gap=12)
        inner.setContentsMargins(14, 10, 14, 10)
        self.setLayout(inner)
        self._sign = label(wrap=False)
        right = column(gap=4)
        self._words, self._about = label(role="strong"), label(role="caption")
        flags = Qt.TextInteractionFlag.TextSelectableByMouse
        self._words.setTextInteractionFlags(
            flags | Qt.TextInteractionFlag.TextSelectableByKeyboard  # so Tab and readers come here
        )
        inner.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        right.addWidget(self._words)
        right.addWidget(self._about)
        inner.addLayout(right, 1)
        self.hide()

    def show_verdict(self, judged: Judged) -> None:
        """Say it."""
        kind = words.kind(judged.verdict)
        style.role(self, kind)
        tint = getattr(style.colours(), kind)
        self._sign.setPixmap(pixmap(words.SIGNS[kind], tint, style.side(24)))
        self._words.setText(words.verdict(judged, self._services.now()))
        self._about.setText("\n".join(self._says(judged)))
        self._about.setVisible(bool(judged.title))
        self.show()

    def _says(self, judged: Judged) -> list[str]:
        whose = self._services.attesting.whose(judged)
        named = judged.name or translate("Credential", "nobody, only an account")
        lines = [
            judged.title,
            translate("Credential", "It names: {name}").format(name=named),
            translate("Credential", "Course: {course}").format(course=judged.course),
        ]
        if judged.since:
            lines.append(translate("Credential", "From: {day}").format(day=day(judged.since)))
        if whose:
            text = translate("Credential", "It is of {name}, who learns on this computer.")
            lines.append(text.format(name=whose))
        return lines


class VerifyCard(QFrame):
    """Signals: `problem`: a PlayerError to say."""

    problem = Signal(object)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.setProperty("role", "card")
        self.setAcceptDrops(True)
        inner = column(self, margin=2 * GRID)
        inner.addWidget(label(translate("Credential", "Check an attestation"), "heading"))
        text = translate(
            "Credential",
            "Anybody's: drop a file here (PDF, JWT or JSON), choose one, or paste what its code "
            "says. No network is needed.",
        )
        inner.addWidget(label(text))
        self._text = QPlainTextEdit()
        self._text.setPlaceholderText("eyJhbGciOiJFZERTQSIs…")
        self._text.setAccessibleName(translate("Credential", "What the code says"))
        self._text.setTabChangesFocus(True)
        self._text.setAcceptDrops(False)  # the card takes files
        self._text.setMaximumHeight(LINES * self._text.fontMetrics().lineSpacing() + 20)
        self._text.textChanged.connect(self._look_at_text)
        inner.addWidget(self._text)
        choose = button(translate("Credential", "Choose a file…"), self._choose, sign="folder")
        inner.addLayout(Flow(choose))
        self.verdict = VerdictView(services)
        inner.addWidget(self.verdict)

    def take_focus(self) -> None:
        """Begin at the text."""
        self._text.setFocus()

    def look_at(self, path: Path) -> None:
        """Say what a file is."""
        self.verdict.hide()  # what was said of another one is not true of this one
        try:
            judged = self._services.attesting.judge_file(path)
        except AttestationProblem as error:
            self.problem.emit(error)
        except OSError as error:
            self.problem.emit(NotAFolder(place=path.name, reason=system_reason(error)))
        else:
            self._text.clear()
            self.verdict.show_verdict(judged)

    def _look_at_text(self) -> None:
        text = self._text.toPlainText().strip()
        if text:
            self.verdict.show_verdict(self._services.attesting.judge(text.encode(errors="replace")))
        else:
            self.verdict.hide()

    def _choose(self) -> None:
        title = translate("Credential", "The attestation to check")
        name, _ = QFileDialog.getOpenFileName(self, title, filter="(*.pdf *.jwt *.json *.txt);;(*)")
        if name:
            self.look_at(Path(name))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file(event.mimeData()) or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if path := _file(event.mimeData()):
            self.look_at(path)
        else:
            self._text.setPlainText(event.mimeData().text())
        event.acceptProposedAction()


def _file(data: QMimeData) -> Path | None:
    paths = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return next((path for path in paths if path.is_file()), None)
