# SPDX-License-Identifier: Apache-2.0
"""What of a course to bring here, and what that takes: all, a week, or one activity alone.

Prices are of what is not here yet.
"""

from __future__ import annotations

from collections.abc import Set

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton, QWidget

from player.course.manifest import AnyActivity, Manifest, Video
from player.download.plan import cost
from player.ui.course_words import WITHOUT_VIDEO, heights, nearest, spoken
from player.ui.flow import Flow
from player.ui.language import apart, size, tongue, translate
from player.ui.parts import button, calm, column, label


class CourseOffer(QWidget):
    """The line of choices above the weeks.

    Signals:
        changed: another choice; the prices are to be shown again.
        left: the button that had the keyboard goes.
        wanted: (section ids, rendition or '' without video, an activity or '', caption languages).
    """

    changed = Signal()
    left = Signal()
    wanted = Signal(list, str, str, tuple)

    def __init__(self) -> None:
        super().__init__()
        self._manifest: Manifest | None = None
        self._section, self._activity = "", ""
        self._sections: list[str] = []
        self._is_path = False
        self.is_whole = False
        self.rendition = calm(QComboBox())
        self.rendition.currentIndexChanged.connect(self.changed)
        self._captions = QPushButton()
        self._menu = QMenu(self)
        self._captions.setMenu(self._menu)
        self.one = button("", lambda: self._want([self._section], self._activity), sign="download")
        self.this = button("", lambda: self._want([self._section]), sign="download")
        self.all = button("", self._want_all, sign="download")
        videos = label(translate("Course", "Videos as"), "muted", wrap=False)
        videos.setBuddy(self.rendition)
        self.rendition.setAccessibleName(videos.text())
        space = QWidget()
        parts = (videos, self.rendition, self._captions, space, self.one, self.this, self.all)
        layout = column(self)
        layout.addLayout(Flow(*parts, wide=space))
        self._prices = label(role="caption")
        layout.addWidget(self._prices)

    @property
    def chosen(self) -> str:
        """The rendition chosen, '' without video."""
        return self.rendition.currentData() or WITHOUT_VIDEO

    @property
    def languages(self) -> tuple[str, ...]:
        """The caption languages chosen; () where all are."""
        picked = [one for one in self._menu.actions() if one.isChecked()]
        if len(picked) in (0, len(self._menu.actions())):
            return ()
        return tuple(str(one.data()) for one in picked)

    def show_course(self, manifest: Manifest, wanted: str) -> None:
        """Offer what a course has; `wanted` is the rendition chosen the last time."""
        self._manifest = manifest
        self.follow(frozenset())
        offered = heights(manifest)
        with QSignalBlocker(self.rendition):
            self.rendition.clear()
            self.rendition.addItem(translate("Course", "text only, no video"), WITHOUT_VIDEO)
            for name in offered:
                self.rendition.addItem(spoken(name), name)
            found = self.rendition.findData(nearest(offered, wanted))
            self.rendition.setCurrentIndex(max(0, found))
        self.rendition.setEnabled(bool(offered))
        self._menu.clear()
        tracks = caption_languages(manifest)
        for code in tracks:
            entry = QAction(tongue(code), self._menu, checkable=True, checked=True)
            entry.setData(code)
            entry.toggled.connect(self._choose_captions)
            self._menu.addAction(entry)
        self._captions.setVisible(len(tracks) > 1)
        self._name_captions()

    def follow(self, aside: Set[str]) -> None:
        """Offer as a whole what is on the learner's path: all but the sections `aside`."""
        sections = self._manifest.sections if self._manifest else ()
        self._sections = [one.id for one in sections if one.id not in aside]
        self._is_path = bool(aside)

    def show_prices(self, section: str, activity: AnyActivity | None, present: Set[str]) -> None:
        """Say what each choice takes, beyond what is `present`."""
        manifest = self._manifest
        if manifest is None:
            return
        self._section, self._activity = section, activity.id if activity else ""
        languages = self.languages
        whole = cost(manifest, self._sections, present, languages=languages).get(self.chosen, 0)
        week = cost(manifest, [section], present, languages=languages) if section else {}
        part = week.get(self.chosen, 0)
        alone = 0
        if activity:
            prices = cost(manifest, [section], present, activity=activity.id, languages=languages)
            alone = prices.get(self.chosen, 0)
        everything = translate("Course", "Everything · {size}")
        if self._is_path:
            everything = translate("Course", "All of my path · {size}")
        for shown, amount, text in (
            (self.all, whole, everything),
            (self.this, part, translate("Course", "This week · {size}")),
            (self.one, alone, _only(activity)),
        ):
            self._keep_keyboard(shown, visible=shown is self.all or amount > 0)
            shown.setText(text.format(size=size(amount)))
            shown.setEnabled(amount > 0)
        self.is_whole = whole == 0
        if self.is_whole:
            here = translate("Course", "All of your path is here")
            self.all.setText(here if self._is_path else translate("Course", "Everything is here"))
        self.one.setAccessibleDescription(activity.title if activity else "")
        words = [f"{spoken(name)} {size(amount)}" for name, amount in week.items() if amount]
        text = translate("Course", "This week takes: {prices}").format(prices=" · ".join(words))
        self._prices.setText(text)
        self._prices.setVisible(bool(words))

    def _keep_keyboard(self, shown: QPushButton, *, visible: bool) -> None:
        if not visible and shown.hasFocus():
            self.left.emit()
        shown.setVisible(visible)

    def _choose_captions(self) -> None:
        self._name_captions()
        self.changed.emit()

    def _name_captions(self) -> None:
        names = [apart(tongue(one)) for one in self.languages]
        said = ", ".join(names) if names else translate("Course", "all languages")
        self._captions.setText(translate("Course", "Captions: {which}").format(which=said))

    def _want_all(self) -> None:
        self._want(self._sections)

    def _want(self, sections: list[str], activity: str = "") -> None:
        self.wanted.emit(sections, self.chosen, activity, self.languages)


def caption_languages(manifest: Manifest) -> list[str]:
    """The languages that captions and transcripts of a course are in, regions aside."""
    found = {
        track.language.lower().split("-")[0]
        for activity in manifest.activities()
        if isinstance(activity, Video)
        for track in (*activity.captions, *activity.transcripts)
    }
    return sorted(found)


def _only(activity: AnyActivity | None) -> str:
    if isinstance(activity, Video):
        return translate("Course", "Only this video · {size}")
    return translate("Course", "Only this activity · {size}")
