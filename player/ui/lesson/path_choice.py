# SPDX-License-Identifier: Apache-2.0
"""The ways through a course, to choose one of, or several: what is suggested is chosen already."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QRadioButton,
    QVBoxLayout,
)

from player.course.manifest import CoursePath, Manifest, Rule
from player.ui.language import direction, translate
from player.ui.lesson.pieces import Leading
from player.ui.parts import button, column, label, row
from player.ui.style import GRID


class PathChoice(Leading, QFrame):
    """Signals: `chosen`: ids of paths, with blanks between, and by what: "rule" as suggested."""

    chosen = Signal(str, str)

    def __init__(self, manifest: Manifest, now: str, rules: Sequence[Rule] = ()) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._several = manifest.combine_paths
        rules = [one for one in rules if manifest.path(one.path)]
        suggested = {one.path for one in rules}
        self._suggested = " ".join(one.id for one in manifest.paths if one.id in suggested)
        inner = column(self, margin=2 * GRID, gap=GRID)
        inner.addWidget(label(translate("Survey", "Your path"), "heading"))
        for rule in rules:
            self._suggest(inner, manifest, rule)
        free = translate("Survey", "Choose as you like. You can change later on the course's page.")
        if self._several:
            free = translate(
                "Survey",
                "Choose one or several, as you like. You can change later on the course's page.",
            )
        inner.addWidget(label(free, "muted"))
        self.group = QButtonGroup(self)
        self.group.setExclusive(not self._several)
        self.options: dict[str, QAbstractButton] = {}
        for path in manifest.paths:
            self._add(inner, manifest, path)
        self.follow = button("", self._choose, role="primary")
        inner.addLayout(row(self.follow, 1))
        self.group.buttonToggled.connect(lambda *_: self._judge())
        for one in manifest.chosen(now) or manifest.chosen(self._suggested):
            self.options[one.id].setChecked(True)
        self.setLayoutDirection(direction(manifest.language))
        self.lead_to(next((o for o in self.options.values() if o.isChecked()), self.follow))
        self._judge()

    def _suggest(self, inner: QVBoxLayout, manifest: Manifest, rule: Rule) -> None:
        path = manifest.path(rule.path)
        words = translate("Survey", "By your answers, “{path}” would suit you.")
        inner.addWidget(label(words.format(path=path.title if path else "")))
        if rule.reason:
            inner.addWidget(label(rule.reason))

    def _add(self, inner: QVBoxLayout, manifest: Manifest, path: CoursePath) -> None:
        words = path.title.replace("&", "&&")
        option = QCheckBox(words) if self._several else QRadioButton(words)
        titles = [one.title for one in manifest.sections if one.id in path.sections]
        about = " · ".join(filter(None, (path.summary.rstrip("."), ", ".join(titles))))
        option.setAccessibleDescription(about)
        self.options[path.id] = option
        self.group.addButton(option)
        inner.addWidget(option)
        if about:
            caption = label(about, "caption")
            caption.setIndent(3 * GRID)
            inner.addWidget(caption)

    @property
    def path(self) -> str:
        """The ids of what is chosen now, with blanks between; '' for nothing."""
        return " ".join(id_ for id_, one in self.options.items() if one.isChecked())

    def _choose(self) -> None:
        if self.path:
            self.chosen.emit(self.path, "rule" if self.path == self._suggested else "learner")

    def _judge(self) -> None:
        self.follow.setEnabled(bool(self.path))
        many = " " in self.path
        follow = translate("Survey", "Follow this path")
        self.follow.setText(translate("Survey", "Follow these paths") if many else follow)
