# SPDX-License-Identifier: Apache-2.0
"""The choices of this PC: language, videos, where courses come from, where work goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from player.app import Repository, Services
from player.errors import PlayerError
from player.ui.language import LANGUAGES, translate, when
from player.ui.parts import Page, button, card, clear, column, label, row, sign_button


class SettingsPage(Page):
    """Every choice takes effect at once; there is nothing to save.

    Signals:
        language_changed: the window is to be spoken anew.
        sources_changed: a platform or a repository came or went.
        problem: a PlayerError to say.
    """

    language_changed = Signal()
    sources_changed = Signal()
    problem = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services = services
        self.body.addWidget(label(translate("Settings", "Settings"), "title"))
        self._make_reading()
        self._make_platform()
        self._make_sources()
        self.body.addWidget(_place(services))
        self.body.addStretch()

    def _form(self, heading: str) -> QFormLayout:
        frame, inner = card()
        inner.addWidget(label(heading, "heading"))
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(10)
        inner.addLayout(form)
        self.body.addWidget(frame)
        return form

    def _make_reading(self) -> None:
        now = self._services.settings
        form = self._form(translate("Settings", "Reading and watching"))
        names = {"": translate("Settings", "As the system"), **LANGUAGES}
        language = _choice(names, now.language)
        language.currentIndexChanged.connect(lambda: self._speak(str(language.currentData() or "")))
        _ask(form, translate("Settings", "Language of the window"), language)
        renditions = {
            "": translate("Course", "text only, no video"),
            "audio": translate("Course", "sound only"),
            "240p": "240p",
            "480p": "480p",
            "720p": "720p",
        }
        videos = _choice(renditions, now.rendition)
        videos.currentIndexChanged.connect(
            lambda: self._services.change(rendition=videos.currentData() or "")
        )
        _ask(form, translate("Settings", "Download videos as"), videos)
        captions = _choice(
            {"": translate("Settings", "None"), **LANGUAGES, "ar": "العربية"}, now.caption_language
        )
        captions.currentIndexChanged.connect(
            lambda: self._services.change(caption_language=captions.currentData() or "")
        )
        _ask(form, translate("Settings", "Captions"), captions)
        text = QSpinBox(minimum=75, maximum=250, singleStep=25, suffix=" %", value=now.text_size)
        text.valueChanged.connect(lambda value: self._services.change(text_size=value))
        _ask(form, translate("Settings", "Size of the text in pages"), text)
        engines = {
            "auto": translate("Settings", "The best one found"),
            "vlc": "VLC",
            "qt": translate("Settings", "Built in (Qt)"),
        }
        engine = _choice(engines, now.engine)
        engine.currentIndexChanged.connect(
            lambda: self._services.change(engine=engine.currentData())
        )
        _ask(form, translate("Settings", "Videos are played by"), engine)

    def _make_platform(self) -> None:
        form = self._form(translate("Settings", "Your platform"))
        self._platform = label()
        choose = button(translate("Settings", "Choose a platform file…"), self._choose_platform)
        line = row(gap=12)
        line.addWidget(self._platform, 1)
        line.addWidget(choose)
        form.addRow(line)
        sends = QCheckBox(
            translate("Settings", "Send my work by itself whenever there is a connection")
        )
        sends.setChecked(self._services.settings.send_by_itself)
        sends.toggled.connect(lambda on: self._services.change(send_by_itself=on))
        form.addRow(sends)

    def _make_sources(self) -> None:
        frame, inner = card()
        inner.addWidget(label(translate("Settings", "Where courses come from"), "heading"))
        self._sources: QVBoxLayout = column(gap=12)
        inner.addLayout(self._sources)
        self._address = QLineEdit()
        self._address.setPlaceholderText("https://…")
        self._address.setAccessibleName(translate("Settings", "Address of a course repository"))
        self._address.returnPressed.connect(self._add)
        add = button(translate("Settings", "Add"), self._add, sign="plus")
        folder = button(
            translate("Settings", "A folder or stick…"), self._choose_folder, sign="folder"
        )
        line = row()
        line.addWidget(self._address, 1)
        line.addWidget(add)
        line.addWidget(folder)
        inner.addLayout(line)
        unsigned = QCheckBox(
            translate(
                "Settings", "Also open courses that nobody signed (anyone may have made them)"
            )
        )
        unsigned.setChecked(self._services.settings.allow_unsigned)
        unsigned.toggled.connect(lambda on: self._services.change(allow_unsigned=on))
        inner.addWidget(unsigned)
        self.body.addWidget(frame)

    def show_now(self) -> None:
        """Read the platform and the repositories."""
        platform = self._services.platform
        if platform is None:
            text = translate("Settings", "None yet: your work stays on this computer.")
        else:
            text = f"{platform.name}\n{platform.home}"
        self._platform.setText(text)
        clear(self._sources)
        for repository in self._services.repositories():
            self._sources.addWidget(self._source(repository))

    def _source(self, repository: Repository) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "panel")
        inner = row()
        inner.setContentsMargins(12, 8, 8, 8)
        words = column(gap=2)
        words.addWidget(label(repository.title or repository.url, "strong"))
        words.addWidget(label(repository.url, "caption"))
        words.addWidget(_looked(repository))
        inner.addLayout(words, 1)
        drop = sign_button(
            "trash",
            translate("Settings", "Forget this address; its courses stay"),
            lambda: self._forget(repository.url),
        )
        inner.addWidget(drop)
        frame.setLayout(inner)
        return frame

    def _speak(self, language: str) -> None:
        self._services.change(language=language)
        self.language_changed.emit()

    def _add(self) -> None:
        if address := self._address.text().strip():
            self._know(address)

    def _choose_folder(self) -> None:
        title = translate("Settings", "The folder of a course repository")
        if folder := QFileDialog.getExistingDirectory(self, title):
            self._know(folder)

    def _know(self, address: str) -> None:
        try:
            self._services.add_repository(address)
        except PlayerError as error:
            self.problem.emit(error)
            return
        self._address.clear()
        self.show_now()
        self.sources_changed.emit()

    def _forget(self, url: str) -> None:
        self._services.remove_repository(url)
        self.show_now()
        self.sources_changed.emit()

    def _choose_platform(self) -> None:
        title = translate("Settings", "The file your platform gave you")
        name, _ = QFileDialog.getOpenFileName(self, title, filter="platform.json (*.json)")
        if not name:
            return
        try:
            self._services.join(Path(name).read_bytes())
        except PlayerError as error:
            self.problem.emit(error)
            return
        self.show_now()
        self.sources_changed.emit()


def _choice(names: dict[str, str], chosen: str) -> QComboBox:
    box = QComboBox()
    for value, name in names.items():
        box.addItem(name, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


def _ask(form: QFormLayout, text: str, field: QWidget) -> None:
    words = label(text, wrap=False)
    words.setMinimumHeight(field.sizeHint().height())
    words.setBuddy(field)
    form.addRow(words, field)


def _looked(repository: Repository) -> QWidget:
    if repository.problem:
        return label(repository.problem, "warn")
    if not repository.refreshed_at:
        return label(translate("Settings", "Not looked at yet"), "caption")
    text = translate("Settings", "Last looked at {time}").format(time=when(repository.refreshed_at))
    signed = {
        "trusted": translate("Settings", "signed by a key you trust"),
        "unsigned": translate("Settings", "not signed"),
        "untrusted": translate("Settings", "signed by an unknown key"),
    }.get(repository.trust, "")
    return label(" · ".join(part for part in (text, signed) if part), "caption")


def _place(services: Services) -> QWidget:
    text = translate("Settings", "Everything of yours is in {folder}")
    return label(text.format(folder=services.home), "caption")
