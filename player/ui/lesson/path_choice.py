# SPDX-License-Identifier: Apache-2.0
"""The ways through a course, to choose one of: a suggestion is chosen already, and says why."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QVBoxLayout

from player.course.manifest import CoursePath, Manifest, Rule
from player.ui.language import translate
from player.ui.lesson.pieces import Leading
from player.ui.parts import button, column, label, row
from player.ui.style import GRID


class PathChoice(Leading, QFrame):
    """Signals: `chosen`: the id of a path, and by what: "rule" where it was suggested."""

    chosen = Signal(str, str)

    def __init__(self, manifest: Manifest, now: str, rule: Rule | None = None) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._suggested = rule.path if rule and manifest.path(rule.path) else ""
        inner = column(self, margin=2 * GRID, gap=GRID)
        inner.addWidget(label(translate("Survey", "Your path"), "heading"))
        if rule and (path := manifest.path(rule.path)):
            words = translate("Survey", "By your answers, “{path}” would suit you.")
            inner.addWidget(label(words.format(path=path.title)))
            if rule.reason:
                inner.addWidget(label(rule.reason))
        free = translate("Survey", "Choose as you like. You can change later on the course's page.")
        inner.addWidget(label(free, "muted"))
        self.group = QButtonGroup(self)
        self.options: dict[str, QRadioButton] = {}
        for path in manifest.paths:
            self._add(inner, manifest, path)
        self.follow = button(translate("Survey", "Follow this path"), self._choose, role="primary")
        inner.addLayout(row(self.follow, 1))
        self.group.buttonToggled.connect(lambda *_: self._judge())
        if chosen := self.options.get(now or self._suggested):
            chosen.setChecked(True)
        self.setLayoutDirection(QLocale(manifest.language).textDirection())
        self.lead_to(next((o for o in self.options.values() if o.isChecked()), self.follow))
        self._judge()

    def _add(self, inner: QVBoxLayout, manifest: Manifest, path: CoursePath) -> None:
        option = QRadioButton(path.title.replace("&", "&&"))
        titles = [one.title for one in manifest.sections if one.id in path.sections]
        about = " · ".join(filter(None, (path.summary, ", ".join(titles))))
        option.setAccessibleDescription(about)
        self.options[path.id] = option
        self.group.addButton(option)
        inner.addWidget(option)
        if about:
            words = label(about, "caption")
            words.setIndent(3 * GRID)
            inner.addWidget(words)

    @property
    def path(self) -> str:
        """The id of what is chosen now, '' for nothing."""
        return next((id_ for id_, one in self.options.items() if one.isChecked()), "")

    def _choose(self) -> None:
        if self.path:
            self.chosen.emit(self.path, "rule" if self.path == self._suggested else "learner")

    def _judge(self) -> None:
        self.follow.setEnabled(bool(self.path))
