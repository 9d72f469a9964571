# SPDX-License-Identifier: Apache-2.0
"""Who made a course, what its licence allows, how to cite it: where the learner looks for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from player.course.fragment import leads_somewhere
from player.course.licence import terms
from player.course.manifest import AnyActivity, Manifest
from player.ui import licence_words, style
from player.ui.icons import pixmap
from player.ui.language import apart, day, tongue, translate
from player.ui.parts import button, card, clear, column, label, row


class Credits(QWidget):
    """A card with the credits of a course, for its page and beside a lesson."""

    def __init__(self) -> None:
        super().__init__()
        frame, self._body = card()
        column(self).addWidget(frame)
        self.copy = button(translate("Course", "Copy"), self._copy, sign="copy")
        self._cited = ""

    def show_course(self, manifest: Manifest, activity: AnyActivity | None = None) -> None:
        """Show the credits of a course; beside an activity, its language where it is another."""
        self.copy.setParent(self)
        clear(self._body)
        if activity is not None:
            self._body.addWidget(label(manifest.title, "heading"))
        self._authors(manifest)
        if activity and activity.language and activity.language != manifest.language:
            words = translate("Course", "This activity is in another language: {name}.")
            self._body.addWidget(label(words.format(name=apart(tongue(activity.language)))))
        self._licence(manifest)
        if manifest.adapted:
            self._body.addWidget(_head(translate("Course", "Changed from the original")))
            self._body.addWidget(_text(manifest.adapted))
        self._cite(manifest)

    def _authors(self, manifest: Manifest) -> None:
        if not manifest.authors:
            return
        self._body.addWidget(_head(translate("Course", "Authors")))
        lines = (" · ".join(filter(None, (one.name, one.role))) for one in manifest.authors)
        self._body.addWidget(_text("\n".join(lines)))

    def _licence(self, manifest: Manifest) -> None:
        known, name = terms(manifest.licence), licence_words.name(manifest.licence)
        self._body.addWidget(_head(translate("Course", "Licence: {name}").format(name=name)))
        rules = column(gap=4)
        for sign, sentence in licence_words.rules(known):
            rules.addLayout(_rule(sign, sentence))
        if not known.is_known:
            rules.addWidget(label(translate("Course", "What it allows stands in its text.")))
        self._body.addLayout(rules)
        if known.url and leads_somewhere(known.url):
            words = translate("Course", "Read the licence on the web")
            read = button(words, lambda: _open(known.url), role="quiet", sign="link")
            read.setToolTip(known.url)
            read.setAccessibleDescription(known.url)
            self._body.addLayout(row(read, 1))

    def _cite(self, manifest: Manifest) -> None:
        self._cited = licence_words.cited(manifest)
        self._body.addWidget(_head(translate("Course", "How to cite it")))
        line = row(gap=2 * style.GRID)
        line.addWidget(_text(self._cited), 1)
        line.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        self.copy.setText(translate("Course", "Copy"))
        self.copy.setAccessibleDescription(self._cited)
        self._body.addLayout(line)
        words = translate("Course", "Version {number} of {day}")
        said = words.format(number=manifest.version, day=day(manifest.issued))
        self._body.addWidget(label(said, "caption"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._cited)
        self.copy.setText(translate("Course", "Copied"))


class CreditsPanel(QScrollArea):
    """The credits above a lesson: as high as they are, and never more than half of its page."""

    def __init__(self) -> None:
        super().__init__()
        self.credits = Credits()
        self.setWidget(self.credits)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Take the height that the credits need at this width."""
        needed = max(0, self.credits.heightForWidth(self.viewport().width()))
        page = self.parentWidget()
        self.setFixedHeight(min(needed, page.height() // 2) if page else needed)


def _rule(name: str, sentence: str) -> QHBoxLayout:
    now = style.colours()
    tint = now.good if name == licence_words.ALLOWED else now.muted
    sign = label(wrap=False)
    sign.setPixmap(pixmap(name, tint, style.side(18)))
    line = row(sign, gap=10)
    line.addWidget(label(sentence), 1)
    return line


def _head(text: str) -> QWidget:
    return label(text, "strong")


def _text(text: str) -> QWidget:
    """Words that may be selected, and copied by the mouse or the keyboard."""
    made = label(text)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _open(url: str) -> None:
    QDesktopServices.openUrl(QUrl(url))
