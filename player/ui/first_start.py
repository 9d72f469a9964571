# SPDX-License-Identifier: Apache-2.0
"""The first start: who learns here, and where courses come from. One page, nothing else."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSizePolicy, QWidget

from player.app import Services
from player.app.courier import Taken
from player.errors import PlayerError
from player.ui import platform_file, style
from player.ui.carrier import Carrier
from player.ui.elsewhere import ElsewherePanel
from player.ui.flow import Flow
from player.ui.icons import pixmap
from player.ui.language import LANGUAGES, chosen, translate
from player.ui.parts import Page, button, calm, card, column, label, line, row


class FirstStart(Page):
    """Asks for a name; a platform file, an address or a folder may come now or later.

    Signals:
        finished: a learner is written down.
        adopted: a learner's code was taken, so what they did elsewhere can come; before `finished`.
        language_changed: the window is to be spoken anew.
        problem: a PlayerError to say.
    """

    finished = Signal()
    adopted = Signal()
    language_changed = Signal()
    problem = Signal(object)

    def __init__(self, services: Services, carrier: Carrier, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services, self._carrier = services, carrier
        carrier.taken.connect(self._taken)
        frame, self._inner = card()
        frame.setMaximumWidth(style.side(620))
        frame.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._inner.setContentsMargins(40, 32, 40, 32)
        self._inner.setSpacing(12)
        self._make_welcome()
        self._make_name()
        self._make_source()
        self._make_elsewhere()
        self._start = button(
            translate("FirstStart", "Start learning"), self._finish, role="primary"
        )
        self._start.setDefault(True)
        self._inner.addSpacing(8)
        self._inner.addWidget(self._start)
        self.body.addStretch()
        middle = row()
        middle.addStretch(1)
        middle.addWidget(frame, 100)
        middle.addStretch(1)
        self.body.addLayout(middle)
        self.body.addStretch()
        self._judge()

    def _make_welcome(self) -> None:
        picture = QLabel()
        picture.setPixmap(pixmap("bag", style.colours().accent, 48))
        language = calm(QComboBox())
        language.setAccessibleName(translate("FirstStart", "Language"))
        for code, name in LANGUAGES.items():
            language.addItem(name, code)
        language.setCurrentIndex(language.findData(chosen(self._services.settings.language)))
        language.currentIndexChanged.connect(lambda: self._speak(language.currentData()))
        self._inner.addLayout(row(picture, 1, language))
        self._inner.addWidget(label(translate("FirstStart", "Welcome to Cartable"), "title"))
        text = translate(
            "FirstStart",
            "Your courses in your bag: fetched once, followed without a network. What you do is "
            "kept on this computer and sent when there is a connection.",
        )
        self._inner.addWidget(label(text, "muted"))

    def _make_name(self) -> None:
        self._inner.addWidget(line())
        self._name = QLineEdit(maxLength=80)
        self._name.textChanged.connect(self._judge)
        self._name.returnPressed.connect(self._finish)
        words = label(translate("FirstStart", "What is your name?"), "strong")
        words.setBuddy(self._name)
        self._name.setAccessibleName(words.text())
        self._inner.addWidget(words)
        self._inner.addWidget(self._name)

    def _make_elsewhere(self) -> None:
        self._elsewhere = ElsewherePanel()
        self._elsewhere.hide()
        self._elsewhere.changed.connect(self._judge)
        self._elsewhere.entered.connect(self._finish)
        self._already = button(
            translate("FirstStart", "I already worked on another computer"),
            self._show_elsewhere,
            sign="computers",
        )
        self._inner.addLayout(Flow(self._already))
        self._inner.addWidget(self._elsewhere)

    def _make_source(self) -> None:
        self._source = QWidget()
        inner = column(self._source, gap=12)
        words = label(translate("FirstStart", "Where do your courses come from?"), "strong")
        self._address = QLineEdit()
        self._address.setPlaceholderText(
            translate("FirstStart", "Address, if you were given one: https://…")
        )
        self._address.setAccessibleName(words.text())
        self._address.returnPressed.connect(self._finish)
        words.setBuddy(self._address)
        inner.addWidget(words)
        inner.addWidget(self._address)
        self._platform = button(
            translate("FirstStart", "A file from my platform…"), self._choose_file, sign="document"
        )
        folder = button(
            translate("FirstStart", "A folder or stick…"), self._choose_folder, sign="folder"
        )
        single = button(translate("Settings", "A course file…"), self._choose_course, sign="book")
        inner.addLayout(Flow(self._platform, folder, single))
        later = translate("FirstStart", "You can leave this for later: it is in the settings too.")
        inner.addWidget(label(later, "caption"))
        self._inner.addWidget(self._source)
        self._told = label(role="good")
        self._inner.addWidget(self._told)

    def show_now(self) -> None:
        """Read whether it is known where courses come from."""
        known = platform_file.described(self._services).partition("\n")[0]
        text = translate("FirstStart", "Your platform: {name}").format(name=known)
        self._told.setText(text)
        self._told.setVisible(bool(known))
        self._source.setVisible(not self._services.repositories())
        self._elsewhere.judge(known=bool(known))

    def take_focus(self) -> None:
        """Begin at the name."""
        self._name.setFocus()

    @property
    def name(self) -> str:
        """What was typed so far."""
        return self._name.text()

    @name.setter
    def name(self, text: str) -> None:
        self._name.setText(text)

    def _judge(self) -> None:
        named = bool(self._name.text().strip())
        brought = self._elsewhere
        self._start.setEnabled(bool(brought.secret) if brought.path else named)

    def _show_elsewhere(self) -> None:
        self._already.hide()
        self._elsewhere.show()
        if not self._elsewhere.take_focus():
            self._platform.setFocus()

    def _speak(self, language: str) -> None:
        self._services.change(language=language)
        self.language_changed.emit()

    def _choose_file(self) -> None:
        try:
            platform_file.join(self, self._services)
        except PlayerError as error:
            self.problem.emit(error)
            return
        self.show_now()

    def _choose_folder(self) -> None:
        self.take_address(platform_file.folder(self))

    def _choose_course(self) -> None:
        self.take_address(platform_file.course_file(self))

    def take_address(self, address: str) -> None:
        """Take what somebody chose as the place where courses come from; '' for nothing."""
        if address:
            self._address.setText(address)
            self._address.setFocus()

    def _finish(self) -> None:
        if not self._start.isEnabled():
            return
        try:
            if address := self._address.text().strip():
                self._services.add_repository(address)
            if self._elsewhere.path:
                self._carrier.bring(self._elsewhere.path, self._elsewhere.secret)
                return
            self._introduce(self._name.text().strip())
        except PlayerError as error:
            self.problem.emit(error)
            return
        self.finished.emit()

    def _introduce(self, name: str) -> None:
        if code := self._elsewhere.code:
            self._services.homecoming.adopt(code, name)
            self.adopted.emit()
        else:
            self._services.introduce(name)

    def _taken(self, result: Taken | PlayerError) -> None:
        """What came of the file; it is said by whoever hears of all files."""
        if isinstance(result, Taken) and self._elsewhere.path:
            self._elsewhere.path = None
            self.finished.emit()
