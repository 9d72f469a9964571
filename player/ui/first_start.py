# SPDX-License-Identifier: Apache-2.0
"""The first start: who learns here, and where courses come from. One page, nothing else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QLabel, QLineEdit, QWidget

from player.app import Services
from player.errors import PlayerError
from player.ui import style
from player.ui.icons import pixmap
from player.ui.language import LANGUAGES, chosen, translate
from player.ui.parts import Page, button, card, label, line, row


class FirstStart(Page):
    """Asks for a name; a platform file, an address or a folder may come now or later.

    Signals:
        finished: a learner is written down.
        language_changed: the window is to be spoken anew.
        problem: a PlayerError to say.
    """

    finished = Signal()
    language_changed = Signal()
    problem = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services = services
        frame, self._inner = card()
        frame.setFixedWidth(620)
        self._inner.setContentsMargins(40, 32, 40, 32)
        self._inner.setSpacing(12)
        self._make_welcome()
        self._make_name()
        self._make_source()
        self._start = button(
            translate("FirstStart", "Start learning"), self._finish, role="primary"
        )
        self._start.setDefault(True)
        self._inner.addSpacing(8)
        self._inner.addWidget(self._start)
        self.body.addStretch()
        self.body.addWidget(frame, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addStretch()
        self._judge()

    def _make_welcome(self) -> None:
        picture = QLabel()
        picture.setPixmap(pixmap("bag", style.colours().accent, 48))
        language = QComboBox()
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

    def _make_source(self) -> None:
        known = bool(self._services.repositories())
        self._source = QFrame()
        self._source.setVisible(not known)
        words = label(translate("FirstStart", "Where do your courses come from?"), "strong")
        self._inner.addWidget(words)
        words.setVisible(not known)
        self._address = QLineEdit()
        self._address.setPlaceholderText(
            translate("FirstStart", "Address, if you were given one: https://…")
        )
        self._address.setAccessibleName(words.text())
        self._address.setVisible(not known)
        self._inner.addWidget(self._address)
        file = button(
            translate("FirstStart", "A file from my platform…"), self._choose_file, sign="document"
        )
        folder = button(
            translate("FirstStart", "A folder or stick…"), self._choose_folder, sign="folder"
        )
        for one in (file, folder):
            one.setVisible(not known)
        self._inner.addLayout(row(file, folder, 1))
        self._told = label(role="good")
        self._told.setVisible(known)
        platform = self._services.platform
        if platform:
            text = translate("FirstStart", "Your platform: {name}").format(name=platform.name)
            self._told.setText(text)
        self._inner.addWidget(self._told)

    def _judge(self) -> None:
        self._start.setEnabled(bool(self._name.text().strip()))

    def _speak(self, language: str) -> None:
        self._services.change(language=language)
        self.language_changed.emit()

    def _choose_file(self) -> None:
        title = translate("Settings", "The file your platform gave you")
        name, _ = QFileDialog.getOpenFileName(self, title, filter="platform.json (*.json)")
        if not name:
            return
        try:
            platform = self._services.join(Path(name).read_bytes())
        except (PlayerError, OSError) as error:
            if isinstance(error, PlayerError):
                self.problem.emit(error)
            return
        self._tell(translate("FirstStart", "Your platform: {name}").format(name=platform.name))

    def _choose_folder(self) -> None:
        title = translate("Settings", "The folder of a course repository")
        if folder := QFileDialog.getExistingDirectory(self, title):
            self._address.setText(folder)

    def _tell(self, text: str) -> None:
        self._told.setText(text)
        self._told.show()

    def _finish(self) -> None:
        name = self._name.text().strip()
        if not name:
            return
        try:
            if address := self._address.text().strip():
                self._services.add_repository(address)
            self._services.introduce(name)
        except PlayerError as error:
            self.problem.emit(error)
            return
        self.finished.emit()
