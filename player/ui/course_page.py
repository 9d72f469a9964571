# SPDX-License-Identifier: Apache-2.0
"""One course: what it is, how far the learner is, what each week costs, and the way in."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHeaderView, QProgressBar, QTreeView, QWidget

from player.app import Services
from player.course.manifest import AnyActivity, Manifest, Video
from player.download.plan import cost
from player.download.wishes import SectionState
from player.store import blobs
from player.ui.course_tree import Column, CourseTree, Role
from player.ui.language import LANGUAGES, minutes, size, translate
from player.ui.parts import Page, button, label, row, sign_button

WITHOUT_VIDEO = ""


class CoursePage(Page):
    """The weeks of a course.

    Signals:
        closed: back to the library.
        activity_wanted: (course id, activity id).
        sections_wanted: (course id, list of section ids, rendition or '' without video).
    """

    closed = Signal()
    activity_wanted = Signal(str, str)
    sections_wanted = Signal(str, list, str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(scrolls=False, parent=parent)
        self._services = services
        self._manifest: Manifest | None = None
        self._model = CourseTree()
        self._make_head()
        self._make_offer()
        self._tree = self._make_tree()
        self.body.addWidget(self._tree, 1)

    def _make_head(self) -> None:
        back = sign_button("arrow-left", translate("Course", "Back"), self.closed.emit)
        back.setShortcut("Alt+Left")
        self._title = label(role="title")
        self._continue = button(
            translate("Course", "Continue"), self.go_on, role="primary", sign="play"
        )
        head = row(back)
        head.addWidget(self._title, 1)
        head.addWidget(self._continue, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self._about = label(role="muted")
        self._summary = label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(translate("Course", "Progress"))
        self._share = label(role="caption", wrap=False)
        self.body.addWidget(self._summary)
        self.body.addWidget(self._about)
        bar = row(gap=12)
        bar.addWidget(self._bar, 1)
        bar.addWidget(self._share)
        self.body.addLayout(bar)

    def _make_offer(self) -> None:
        self._rendition = QComboBox()
        self._rendition.setAccessibleName(translate("Course", "Videos as"))
        self._rendition.currentIndexChanged.connect(self._price)
        self._this = button("", self._fetch_this, sign="download")
        self._all = button("", self._fetch_all, sign="download")
        videos = label(translate("Course", "Videos as"), "muted", wrap=False)
        self.body.addLayout(row(videos, self._rendition, 1, self._this, self._all))

    def _make_tree(self) -> QTreeView:
        tree = QTreeView()
        tree.setModel(self._model)
        tree.setAccessibleName(translate("Course", "Weeks and activities"))
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setIndentation(22)
        tree.setExpandsOnDoubleClick(False)
        head = tree.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        for column in (Column.LENGTH, Column.PLACE, Column.DONE):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        tree.activated.connect(self._activate)
        tree.clicked.connect(self._click)
        tree.selectionModel().currentChanged.connect(lambda *_: self._price())
        return tree

    @property
    def course(self) -> str:
        """The id of the course shown, '' before the first."""
        return self._manifest.id if self._manifest else ""

    def show_course(self, manifest: Manifest) -> None:
        """Show another course, or a new state of the same."""
        same = self._manifest is not None and self._manifest.id == manifest.id
        renewed = not same or self._manifest != manifest
        self._manifest = manifest
        self._title.setText(manifest.title)
        self._summary.setText(manifest.summary)
        self._about.setText(_about(manifest))
        if renewed:
            self._model.show(manifest)
            self._tree.expandAll()
            self._offer_renditions(manifest)
            self._tree.setCurrentIndex(self._model.index(0, 0))
        self.show_now()
        self._tree.setFocus()

    def show_now(self) -> None:
        """Read where everything stands."""
        manifest = self._manifest
        if manifest is None:
            return
        done = self._services.done(manifest.id)
        present = blobs.present(self._services.db)
        here = frozenset(a.id for a in manifest.activities() if is_here(a, present))
        states = self._services.sections(manifest)
        self._model.mark(done, here, {state.section: place(state) for state in states})
        total = sum(1 for _ in manifest.activities())
        finished = sum(1 for one in done.values() if one.completed_at)
        self._bar.setMaximum(max(1, total))
        self._bar.setValue(finished)
        text = translate("Course", "{done} of {all} done").format(done=finished, all=total)
        self._share.setText(text)
        self._continue.setEnabled(total > 0)
        self._price()

    def go_on(self) -> None:
        """Open the next thing to do: the first not done after the last one opened."""
        manifest = self._manifest
        if manifest is None:
            return
        target = self._services.next_activity(manifest)
        if target:
            self.activity_wanted.emit(manifest.id, target)

    def _offer_renditions(self, manifest: Manifest) -> None:
        names: dict[str, int] = {}
        for activity in manifest.activities():
            if isinstance(activity, Video):
                names |= {one.name: one.height for one in activity.renditions}
        self._rendition.blockSignals(True)
        self._rendition.clear()
        self._rendition.addItem(translate("Course", "text only, no video"), WITHOUT_VIDEO)
        for name, _height in sorted(names.items(), key=lambda pair: pair[1]):
            spoken = translate("Course", "sound only") if name == "audio" else name
            self._rendition.addItem(spoken, name)
        wanted = self._rendition.findData(self._services.settings.rendition)
        self._rendition.setCurrentIndex(max(0, wanted))
        self._rendition.setEnabled(bool(names))
        self._rendition.blockSignals(False)

    def _price(self) -> None:
        manifest = self._manifest
        if manifest is None:
            return
        section, chosen = self._section(), self._rendition.currentData() or WITHOUT_VIDEO
        present = blobs.present(self._services.db)
        whole = cost(manifest, [s.id for s in manifest.sections], present).get(chosen, 0)
        part = cost(manifest, [section], present).get(chosen, 0) if section else 0
        for shown, amount, text in (
            (self._all, whole, translate("Course", "Everything · {size}")),
            (self._this, part, translate("Course", "This week · {size}")),
        ):
            shown.setText(text.format(size=size(amount)))
            shown.setEnabled(amount > 0)
        if whole == 0:
            self._all.setText(translate("Course", "Everything is here"))
        self._this.setVisible(bool(section) and part > 0)

    def _section(self) -> str:
        index = self._tree.currentIndex()
        found = index.data(Role.SECTION) if index.isValid() else None
        if found is None and self._manifest and self._manifest.sections:
            return self._manifest.sections[0].id
        return str(found or "")

    def _fetch_this(self) -> None:
        self._fetch([self._section()])

    def _fetch_all(self) -> None:
        self._fetch([section.id for section in self._manifest.sections] if self._manifest else [])

    def _fetch(self, sections: list[str]) -> None:
        chosen = self._rendition.currentData() or WITHOUT_VIDEO
        if chosen:
            self._services.change(rendition=chosen)
        self.sections_wanted.emit(self.course, sections, chosen)

    def _activate(self, index: QModelIndex) -> None:
        activity = index.siblingAtColumn(0).data(Role.ACTIVITY)
        if activity is not None:
            self.activity_wanted.emit(self.course, activity.id)
        else:
            first = index.siblingAtColumn(0)
            self._tree.setExpanded(first, not self._tree.isExpanded(first))

    def _click(self, index: QModelIndex) -> None:
        if index.siblingAtColumn(0).data(Role.ACTIVITY) is not None:
            self._activate(index)


def is_here(activity: AnyActivity, present: frozenset[str]) -> bool:
    """Whether an activity can be opened: its texts are here and, of a video, one rendition."""
    if isinstance(activity, Video):
        return any(one.blob in present for one in activity.renditions)
    return all(blob in present for blob in activity.blobs())


def place(state: SectionState) -> str:
    """Where a section's files stand, in a few words."""
    left = size(state.total - state.here)
    if state.state == "here":
        return translate("Course", "Here")
    if state.state == "wanted":
        return translate("Course", "{size} still to come").format(size=left)
    if state.state == "partial":
        return translate("Course", "Partly here")
    return translate("Course", "Not here yet")


def _about(manifest: Manifest) -> str:
    lengths = sum(a.duration for a in manifest.activities() if isinstance(a, Video))
    parts = [
        ", ".join(author.name for author in manifest.authors),
        LANGUAGES.get(manifest.language[:2], manifest.language),
        translate("Course", "licence {name}").format(name=manifest.licence.id),
        manifest.effort,
    ]
    if lengths:
        parts.append(translate("Course", "{time} of video").format(time=minutes(lengths)))
    return " · ".join(part for part in parts if part)
