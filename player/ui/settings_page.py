# SPDX-License-Identifier: Apache-2.0
"""The choices of this PC: language, videos, where courses come from, where work goes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from player.app import Services
from player.errors import PlayerError
from player.ui import platform_file
from player.ui.flow import Flow
from player.ui.forms import ask, choices, choose, form_card
from player.ui.language import LANGUAGES, translate
from player.ui.neighbourhood import Neighbourhood
from player.ui.parts import Page, button, card, clear, column, label, spin, tab_before
from player.ui.settings_budget import BudgetCard
from player.ui.settings_reading import ReadingCard
from player.ui.settings_sharing import SharingCard
from player.ui.sources import key_row, repository_row


class SettingsPage(Page):
    """Every choice takes effect at once; there is nothing to save.

    Signals:
        language_changed: the window is to be made anew, in other words or colours.
        sources_changed: a platform, a repository or whom to believe changed.
        problem: a PlayerError to say.
        file_chosen: a `.course` file to take courses from.
        check_wanted: somebody has an attestation to look at.
    """

    language_changed = Signal()
    sources_changed = Signal()
    problem = Signal(object)
    file_chosen = Signal(str)
    check_wanted = Signal()

    def __init__(
        self, services: Services, neighbourhood: Neighbourhood, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._services = services
        self._choices: dict[str, QComboBox] = {}
        self._switches: dict[str, QCheckBox] = {}
        self.body.addWidget(label(translate("Settings", "Settings"), "title"))
        self._make_watching()
        self.reading = ReadingCard(services)
        self.body.addWidget(self.reading.frame)
        self._make_revision()
        self._make_platform()
        self.budget = BudgetCard(services)
        self.body.addWidget(self.budget.frame)
        self._make_sources()
        self.sharing = SharingCard(services, neighbourhood, self)
        self.sharing.problem.connect(self.problem)
        self.body.addWidget(self.sharing.frame)
        text = translate("Settings", "Everything of yours is in {folder}")
        self.body.addWidget(label(text.format(folder=services.home), "caption"))
        self.body.addStretch()

    def _form(self, heading: str) -> QFormLayout:
        frame, form = form_card(heading)
        self.body.addWidget(frame)
        return form

    def _make_watching(self) -> None:
        form = self._form(translate("Settings", "Window and videos"))
        as_system = {"": translate("Settings", "As the system"), **LANGUAGES}
        looks = {
            "": translate("Settings", "As the system"),
            "light": translate("Settings", "Light"),
            "dark": translate("Settings", "Dark"),
        }
        renditions = {
            "": translate("Course", "text only, no video"),
            "audio": translate("Course", "sound only"),
            "240p": "240p",
            "480p": "480p",
            "720p": "720p",
        }
        captions = {"": translate("Settings", "None"), **LANGUAGES, "ar": "العربية"}
        engines = {
            "auto": translate("Settings", "The best one found"),
            "vlc": "VLC",
            "qt": translate("Settings", "Built in (Qt)"),
        }
        for name, text, values in (
            ("language", translate("Settings", "Language of the window"), as_system),
            ("appearance", translate("Settings", "Colours"), looks),
            ("rendition", translate("Settings", "Download videos as"), renditions),
            ("caption_language", translate("Settings", "Captions"), captions),
            ("engine", translate("Settings", "Videos are played by"), engines),
        ):
            ask(form, text, self._choice(name, values))
        pause = translate("Settings", "Pause a video for a note")
        form.addRow(self._switch("pause_for_notes", pause))

    def _make_revision(self) -> None:
        form = self._form(translate("Revision", "Revision"))
        text = translate("Settings", "Ask me again what I missed")
        form.addRow(self._switch("revise", text))
        self._minutes = spin(QSpinBox(minimum=1, maximum=60))
        self._minutes.setSuffix(translate("Units", "{n} min").format(n=""))
        self._minutes.setKeyboardTracking(False)
        self._minutes.valueChanged.connect(
            lambda value: self._services.change(revision_minutes=value)
        )
        ask(form, translate("Settings", "Minutes a day"), self._minutes)

    def _choice(self, name: str, values: dict[str, str]) -> QComboBox:
        box = choices(values)
        box.currentIndexChanged.connect(lambda: self._change(name, str(box.currentData() or "")))
        self._choices[name] = box
        return box

    def _switch(self, name: str, text: str) -> QCheckBox:
        made = QCheckBox(text)
        made.toggled.connect(lambda on: self._change(name, on))
        self._switches[name] = made
        return made

    def _make_platform(self) -> None:
        form = self._form(translate("Settings", "Your platform"))
        self._platform = label()
        choose = button(translate("Settings", "Choose a platform file…"), self._choose_platform)
        form.addRow(self._platform)
        check = button(translate("Credential", "Check an attestation…"), self.check_wanted.emit)
        form.addRow(Flow(choose, check))
        form.addRow(self._switch("send_by_itself", translate("Settings", "Send my work by itself")))
        why = translate("Settings", "Whenever there is a connection, without asking.")
        form.addRow(label(why, "caption"))

    def _make_sources(self) -> None:
        frame, inner = card()
        inner.addWidget(label(translate("Settings", "Where courses come from"), "heading"))
        self._sources = column(gap=12)
        inner.addLayout(self._sources)
        self._address = QLineEdit()
        self._address.setPlaceholderText("https://…")
        self._address.setAccessibleName(translate("Settings", "Address of a course repository"))
        self._address.returnPressed.connect(self._add)
        add = button(translate("Settings", "Add"), self._add, sign="plus")
        folder = button(
            translate("Settings", "A folder or stick…"), self._choose_folder, sign="folder"
        )
        text = translate("Settings", "A course file…")
        single = button(text, self._choose_course, sign="book")
        inner.addLayout(Flow(self._address, add, folder, single, wide=self._address))
        text = translate("Settings", "Also open courses that nobody signed")
        inner.addWidget(self._switch("allow_unsigned", text))
        inner.addWidget(label(translate("Settings", "Anyone may have made them."), "caption"))
        self.body.addWidget(frame)

    def show_now(self) -> None:
        """Read every choice, the platform and the repositories; others may have changed them."""
        now = self._services.settings
        for name, box in self._choices.items():
            with QSignalBlocker(box):
                choose(box, getattr(now, name))
        for name, switch in self._switches.items():
            with QSignalBlocker(switch):
                switch.setChecked(getattr(now, name))
        self.reading.show_now()
        with QSignalBlocker(self._minutes):
            self._minutes.setValue(now.revision_minutes)
        self.budget.show_now()
        self.sharing.show_now()
        none = translate("Settings", "None yet: your work stays on this computer.")
        self._platform.setText(platform_file.described(self._services) or none)
        clear(self._sources)
        known = self._services.repositories()
        rows = [repository_row(one, self._forget) for one in known]
        rows += [key_row(key, self._distrust) for key in now.allowed_keys]
        for made in rows:
            self._sources.addWidget(made)
        tab_before(self._address, *rows)

    def take_focus(self) -> None:
        """Begin at the first choice."""
        self._choices["language"].setFocus()

    def _change(self, name: str, value: object) -> None:
        self._services.change(**{name: value})
        if name in ("language", "appearance"):
            self.language_changed.emit()
        elif name == "allow_unsigned":
            self.sources_changed.emit()

    def _add(self) -> None:
        if address := self._address.text().strip():
            self._know(address)

    def _choose_folder(self) -> None:
        if folder := platform_file.folder(self):
            self._know(folder)

    def _choose_course(self) -> None:
        if name := platform_file.course_file(self):
            self.file_chosen.emit(name)

    def _know(self, address: str) -> None:
        def know() -> None:
            self._services.add_repository(address)
            self._address.clear()

        self._change_sources(know)

    def _forget(self, url: str) -> None:
        self._change_sources(lambda: self._services.remove_repository(url))

    def _distrust(self, key: str) -> None:
        left = tuple(one for one in self._services.settings.allowed_keys if one != key)
        self._change_sources(lambda: self._services.change(allowed_keys=left))

    def _choose_platform(self) -> None:
        self._change_sources(lambda: platform_file.join(self, self._services))

    def _change_sources(self, change: Callable[[], object]) -> None:
        before = self._known()
        try:
            change()
        except PlayerError as error:
            self.problem.emit(error)
            return
        if self._known() != before:
            self.show_now()
            self.sources_changed.emit()
        self._address.setFocus()

    def _known(self) -> tuple[object, ...]:
        urls = [one.url for one in self._services.repositories()]
        platform = platform_file.described(self._services)
        return urls, self._services.settings.allowed_keys, platform
