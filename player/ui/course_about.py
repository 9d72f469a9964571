# SPDX-License-Identifier: Apache-2.0
"""On a course's page: a line that says what it is, and all that it says of itself behind it.

What it is about stands below the line until the learner has begun; later it is known.

Behind it, too, is the choice of a language, where the course has several. Nothing changes before
what that takes was read and a button was pressed.
"""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from player.app import Services
from player.course.languages import languages
from player.course.manifest import Manifest
from player.errors import PlayerError
from player.store import courses
from player.ui.course_credits import Credits
from player.ui.course_words import about
from player.ui.flow import Flow
from player.ui.icons import icon
from player.ui.language import size, tongue, translate
from player.ui.parts import Words, button, calm, column, label
from player.ui.style import GRID


class CourseAbout(QWidget):
    """The line and the card; `open`, whose place is the page's, shows the card and hides it.

    Signals:
        chosen: the course is read in another language from now on.
        problem: a PlayerError to say.
    """

    chosen = Signal()
    problem = Signal(object)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._manifest: Manifest | None = None
        self._is_begun = False
        self._line, self._summary = label(role="muted"), Words()
        self.open = button(translate("Course", "About this course"), self._turn, role="quiet")
        self.open.setCheckable(True)
        self.languages = LanguageChoice(services)
        self.languages.chosen.connect(self._choose)
        self.credits = Credits()
        body = column(self)
        body.addWidget(self._line)
        body.addWidget(self._summary)
        self._inside = QWidget()
        inner = column(self._inside, gap=GRID)
        inner.addWidget(self.languages)
        inner.addWidget(self.credits)
        body.addWidget(self._inside)
        self._fold()

    def show_course(self, manifest: Manifest, *, is_begun: bool) -> None:
        """Show what a course says of itself; another course begins folded."""
        before, self._manifest = self._manifest, manifest
        if before is None or before.id != manifest.id:
            self._is_begun = is_begun
        if before and _which(before) == _which(manifest):
            return  # what is being chosen stays as it is
        if before is None or before.id != manifest.id:
            self.open.setChecked(False)
        self._line.setText(about(manifest))
        self._summary.setText(manifest.summary)
        self._fold()

    def mark_now(self) -> None:
        """Say the price of another language again: something has come meanwhile, perhaps."""
        if self._inside.isVisible():
            self.languages.mark_now()

    def _turn(self) -> None:
        self._fold()

    def _fold(self) -> None:
        shown = self.open.isChecked()
        self.open.setIcon(icon("chevron-up" if shown else "chevron-down"))
        words = translate("Course", "Summary, licence, authors, how to cite it, languages")
        self.open.setAccessibleDescription(words)
        has_words = self._manifest is not None and bool(self._manifest.summary)
        self._summary.setVisible(has_words and (shown or not self._is_begun))
        if shown and self._manifest is not None:
            self.languages.show_course(self._manifest)
            self.credits.show_course(self._manifest)
        self._inside.setVisible(shown)

    def _choose(self, language: str) -> None:
        if self._manifest is None:
            return
        try:
            self._services.languages.choose(self._manifest.id, language)
        except PlayerError as error:
            self.problem.emit(error)
            return
        self.chosen.emit()
        self.languages.choice.setFocus(Qt.FocusReason.OtherFocusReason)  # the button is gone


def _which(manifest: Manifest) -> tuple[str, int, str]:
    return manifest.id, manifest.version, manifest.language


class LanguageChoice(QWidget):
    """In which of its languages a course is read, and what another one takes.

    Signals:
        chosen: a language tag.
    """

    chosen = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._manifest: Manifest | None = None
        self.choice = calm(QComboBox())
        self.choice.currentIndexChanged.connect(self.mark_now)
        words = label(translate("Course", "Language of this course"), wrap=False)
        words.setBuddy(self.choice)
        self.choice.setAccessibleName(words.text())
        self.read = button("", lambda: self.chosen.emit(self.choice.currentData()), role="primary")
        self._why = label(role="caption")
        body = column(self)
        body.addLayout(Flow(words, self.choice, self.read))
        body.addWidget(self._why)

    def show_course(self, manifest: Manifest) -> None:
        """Offer the languages of a course; nothing where it has one alone."""
        self._manifest = manifest
        original = courses.course(self._services.db, manifest.id) or manifest
        offered = languages(original)
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for one in offered:
                self.choice.addItem(tongue(one), one)
            self.choice.setCurrentIndex(max(0, self.choice.findData(manifest.language)))
        self.setVisible(len(offered) > 1)
        self.mark_now()

    def mark_now(self) -> None:
        """Show what the language that is chosen takes."""
        manifest, language = self._manifest, self.choice.currentData()
        if manifest is None:
            return
        other = bool(language) and language != manifest.language
        price = self._services.languages.price(manifest.id, language) if other else 0
        said = translate("Course", "Read it in this language")
        if price:
            said = translate("Course", "Read it in this language · {size}").format(size=size(price))
        self.read.setText(said)
        self.read.setVisible(other)
        self._why.setText(_explained(manifest, language, other=other, price=price))
        self.read.setAccessibleDescription(self._why.text())


def _explained(manifest: Manifest, language: str, *, other: bool, price: int) -> str:
    if other and price:
        return translate(
            "Course",
            "What it takes comes with the next connection. What you did stays, and so does what is"
            " here: you can change back at any time.",
        )
    if other:
        return translate("Course", "All of it is here. What you did stays.")
    aside = sum(1 for one in manifest.activities() if one.language not in ("", language))
    words = translate("Course", "%n activities are not translated yet.", "", aside)
    return words if aside else ""
