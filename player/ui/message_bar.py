# SPDX-License-Identifier: Apache-2.0
"""One line over the page that says what happened: no dialog, nothing in the way of going on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from player.errors import ConnectionProblem, PlayerError
from player.ui import style
from player.ui.afloat import Afloat
from player.ui.flow import Flow
from player.ui.icons import pixmap
from player.ui.language import say, translate
from player.ui.parts import Few, button, column, label, sign_button, stop_before, tab_before

Do = Callable[[], object]

MOST = 500  # letters: a server's reason may be a whole page
LINES = 24  # and fewer where the page has no room for them
_ICONS = {"good": "check-circle", "warn": "warning", "bad": "cross-circle", "ask": "question"}
NATIVE = QKeySequence.SequenceFormat.NativeText
_READ = 1500  # ms after which good news may go when the learner does
_QUIET_AFTER = 8000  # ms; good news goes by itself, bad news stays until read


class MessageBar(Afloat):
    """Hidden while there is nothing to say. The Escape key closes it, wherever the keyboard is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = label(wrap=False)
        self._text = Few(LINES, "")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = button("", lambda: self._act(self._do))
        self._other = button("", lambda: self._act(self._do_other))
        self._close = sign_button("cross", translate("MessageBar", "Close the message"), self.leave)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(12)
        words = column()
        words.addWidget(self._text)
        words.addLayout(Flow(self._action, self._other))
        layout.addWidget(self._picture)
        layout.addLayout(words, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._ask_now)
        self._do: Do | None = None
        self._do_other: Do | None = None
        self._question: tuple[str, Do, Do, Do] | None = None
        self._shown = QElapsedTimer()
        self.hide()

    def problem(
        self, error: PlayerError, action: str = "", do: Callable[[], object] | None = None
    ) -> None:
        """Say a fault of the world: amber where waiting may help, red where it will not."""
        kind = "warn" if isinstance(error, ConnectionProblem) else "bad"
        self.show_text(say(error), kind, action, do)

    def show_text(
        self,
        text: str,
        kind: str = "good",
        action: str = "",
        do: Callable[[], object] | None = None,
    ) -> None:
        """Say `text`; `kind` is good, warn, bad or ask; `action` names a button that calls `do`."""
        style.role(self, kind)
        now = style.colours()
        tint = {"good": now.good, "warn": now.warn, "bad": now.bad, "ask": now.accent}[kind]
        self._picture.setPixmap(pixmap(_ICONS[kind], tint, style.side(20)))
        self._text.setText(text if len(text) <= MOST else text[:MOST] + "…")
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._other.hide()
        for one in (self._action, self._other):
            one.setShortcut(QKeySequence())
            one.setToolTip("")
        self._do, self._do_other = do, None
        self.setAccessibleName(text)
        self.raise_()
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.stop()
        self._shown.start()
        if kind == "good" and not action:
            self._timer.start(_QUIET_AFTER)

    def go_along(self) -> None:
        """Another page is in front: good news of the one before goes, unless it came just now."""
        if self._timer.isActive() and self._shown.elapsed() >= _READ:
            self._timer.stop()
            self._ask_now()

    def ask(self, text: str, yes: Do, no: Do, left: Do) -> None:
        """Ask what can be answered with yes or no, or left open: then `left` is called.

        It comes back after a message on top of it. Alt and the first letter of an answer press it.
        """
        self._question = text, yes, no, left
        self._ask_now()

    def _ask_now(self) -> None:
        if self._question is None:
            self.hide()
            return
        text, yes, no, _ = self._question
        words = translate("MessageBar", "Yes"), translate("MessageBar", "No")
        self.show_text(text, "ask", words[0], yes)
        self._other.setText(words[1])
        self._other.show()
        self._do_other = no
        for one, word in zip((self._action, self._other), words, strict=True):
            one.setShortcut(f"Alt+{word[0]}")
            one.setToolTip(f"{word} ({one.shortcut().toString(NATIVE)})")

    def come_last(self) -> None:
        """Have the Tab key lead here last, as the eyes go, however new a page is."""
        window = self.window()
        if not self.isAncestorOf(stop_before(window)):
            tab_before(window, self)

    @property
    def text(self) -> str:
        """What it says, '' while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    @property
    def kind(self) -> str:
        """`good`, `warn`, `bad` or `ask`."""
        return str(self.property("role"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def leave(self) -> None:
        """Close what is shown; a question that was under it shows again."""
        question, asked = self._question, not self._other.isHidden()
        if question and asked:
            self._question = None
            question[3]()
        self._ask_now()

    def _act(self, do: Do | None) -> None:
        if not self._other.isHidden():
            self._question = None
        self.hide()
        if do:
            do()
