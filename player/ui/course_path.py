# SPDX-License-Identifier: Apache-2.0
"""On a course's page: which path the learner follows, and a questionnaire to be mentioned."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from player.app import Services
from player.app.asked import offered
from player.course.manifest import Manifest, Survey
from player.errors import PlayerError
from player.ui import style
from player.ui.icons import pixmap
from player.ui.language import translate
from player.ui.lesson.path_choice import PathChoice
from player.ui.parts import Strip, button, column
from player.ui.style import GRID


class Line(Strip):
    """A sign, a sentence, and what can be done about it."""

    def __init__(self, sign: str, words: str) -> None:
        super().__init__()
        self._name = sign
        self.act = button(words, lambda: None)
        self.end_with(self.act)

    def say(self, sentence: str) -> None:
        """Have it say this sentence, or nothing."""
        self.sign.setPixmap(pixmap(self._name, style.colours().accent, style.side(20)))
        self.words.setText(sentence)
        self.act.setAccessibleDescription(sentence)


class CourseAsks(QWidget):
    """Both lines, and the choice of a path where the learner wants to change it.

    Signals:
        wanted: the id of a questionnaire.
        changed: another path is followed.
        unfolded: the choice of a path came, or went.
        problem: a PlayerError to say.
    """

    wanted = Signal(str)
    changed = Signal()
    unfolded = Signal()
    problem = Signal(object)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._manifest: Manifest | None = None
        self._survey: Survey | None = None
        self.choice: PathChoice | None = None
        self.is_followed = False
        """Whether the learner has chosen a path."""
        self.survey = Line("list", translate("Course", "Answer"))
        self.survey.act.clicked.connect(self._answer)
        self.path = Line("path", "")
        self.path.act.clicked.connect(self._open)
        self._body = column(self, gap=GRID)
        self._body.addWidget(self.survey)
        self._body.addWidget(self.path)

    def show_course(self, manifest: Manifest, next_: str = "") -> None:
        """Show what there is to say of a course now; what is `next_` there is said already."""
        if self._manifest is None or self._manifest.id != manifest.id:
            self._close()
        self._manifest = manifest
        path = self._services.paths.of(manifest.id)
        done, may = self._services.done(manifest.id), self._services.calendar.open_to(manifest)
        found = offered(manifest, path, done, may)
        self._survey = None if found and found.id == next_ else found
        self.survey.say(_mentioned(self._survey))
        self.path.say(_followed(manifest, path))
        self.is_followed = bool(manifest.chosen(path))
        change, choose = translate("Course", "Change…"), translate("Course", "Choose…")
        self.path.act.setText(change if self.is_followed else choose)

    def _answer(self) -> None:
        if self._survey is not None:
            self.wanted.emit(self._survey.id)

    def _open(self) -> None:
        manifest = self._manifest
        if self.choice is not None or manifest is None:
            self._close()
            return
        self.choice = PathChoice(manifest, self._services.paths.of(manifest.id))
        self.choice.chosen.connect(self._follow)
        self._body.addWidget(self.choice)
        self.unfolded.emit()
        self.choice.show()
        self.choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        choice, self.choice = self.choice, None
        if choice is not None:
            self._body.removeWidget(choice)
            choice.hide()
            choice.deleteLater()
            self.unfolded.emit()

    def _follow(self, path: str, _by: str) -> None:
        manifest = self._manifest
        if manifest is None:
            return
        try:
            if path != self._services.paths.of(manifest.id):
                self._services.paths.follow(manifest, path)
        except PlayerError as error:
            self.problem.emit(error)
            return
        self._close()
        self.changed.emit()
        self.path.act.setFocus(Qt.FocusReason.OtherFocusReason)


def _mentioned(survey: Survey | None) -> str:
    if survey is None:
        return ""
    if survey.when == "exit":
        words = translate("Course", "You have come to the end. What did you think? {title}")
    else:
        words = translate("Course", "Before you begin, if you like: {title}")
    return words.format(title=survey.title)


def _followed(manifest: Manifest, path: str) -> str:
    if not manifest.paths:
        return ""
    titles = " + ".join(one.title for one in manifest.chosen(path))
    if titles:
        return translate("Course", "Your path: {title}").format(title=titles)
    if manifest.combine_paths:
        return translate("Course", "Compose your course: choose what you want to learn.")
    return translate("Course", "This course has several paths. You see all of them.")
