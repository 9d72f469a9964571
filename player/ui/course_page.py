# SPDX-License-Identifier: Apache-2.0
"""One course: what it is, how far the learner is, what each week costs, and the way in."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QProgressBar, QTreeView, QWidget

from player.app import Services
from player.app.asked import within
from player.course.manifest import Manifest
from player.store import blobs
from player.ui.attestation_line import AttestationLine
from player.ui.course_dates import CourseDates
from player.ui.course_news import CourseNews
from player.ui.course_offer import CourseOffer
from player.ui.course_path import CourseAsks
from player.ui.course_tree import Column, CourseTree, Role
from player.ui.course_update import CourseUpdate
from player.ui.course_words import Place, about, is_here, place
from player.ui.language import translate
from player.ui.parts import Page, button, head, label, on_choice, row, sign_button
from player.ui.share import ShareDelegate
from player.ui.standing import Latest, standing

LEAST = 6  # rows to see; where there is no room, the page scrolls
NARROW = 68  # letters: a narrower tree has no column for lengths
UNFOLDED = 60  # activities: a longer course shows only the section where the learner is


class CoursePage(Page):
    """The weeks of a course.

    Signals:
        problem: a PlayerError to say.
        closed: back to the library.
        activity_wanted: (course id, activity id).
        sections_wanted: (course id, section ids, rendition or '' without video, an activity or '',
            caption languages).
    """

    problem = Signal(object)
    closed = Signal()
    activity_wanted = Signal(str, str)
    sections_wanted = Signal(str, list, str, str, tuple)

    def __init__(self, services: Services, latest: Latest, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._services, self._latest = services, latest
        self._manifest: Manifest | None = None
        self._running = False
        self._model = CourseTree()
        self._make_head()
        self.renewal = CourseUpdate(services, latest)
        self.body.addWidget(self.renewal)
        self.news = CourseNews(services)
        self.body.addWidget(self.news)
        self.asks = CourseAsks(services)
        self.asks.wanted.connect(lambda survey: self.activity_wanted.emit(self.course, survey))
        self.asks.changed.connect(self.mark_now)
        self.asks.problem.connect(self.problem)
        self.body.addWidget(self.asks)
        self.attestation = AttestationLine(services)
        self.attestation.activity_wanted.connect(self._open)
        self.body.addWidget(self.attestation)
        self._make_offer()
        self._tree = self._make_tree()
        for part in (self.offer, self.renewal):
            part.left.connect(self._tree.setFocus)
        self.body.addWidget(self._tree, 1)

    def _make_head(self) -> None:
        back = sign_button("arrow-left", translate("Course", "Back"), self.closed.emit)
        back.setShortcut("Alt+Left")
        self._title = label(role="title")
        self._continue = button("", self.go_on, role="primary", sign="play")
        top = row()
        top.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(head(self._title, self._continue), 1)
        self.body.addLayout(top)
        self._about = label(role="muted")
        self._summary = label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(translate("Course", "Progress"))
        self._share = label(role="caption", wrap=False)
        self.body.addWidget(self._summary)
        self.body.addWidget(self._about)
        self.dates = CourseDates(self._services)
        self.body.addWidget(self.dates)
        bar = row(gap=12)
        bar.addWidget(self._bar, 1)
        bar.addWidget(self._share)
        self.body.addLayout(bar)

    def _make_offer(self) -> None:
        self.offer = CourseOffer()
        self.offer.changed.connect(self._price)
        self.offer.wanted.connect(self._fetch)
        self.body.addWidget(self.offer)

    def _make_tree(self) -> QTreeView:
        tree = QTreeView()
        tree.setModel(self._model)
        tree.setAccessibleName(translate("Course", "Weeks and activities"))
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        tree.setAllColumnsShowFocus(True)
        tree.setIndentation(22)
        tree.setExpandsOnDoubleClick(False)
        tree.setMinimumHeight(LEAST * (tree.fontMetrics().height() + 12))
        self._shares = ShareDelegate(Role.SHARE)
        tree.setItemDelegateForColumn(Column.DONE, self._shares)
        top = tree.header()
        top.setStretchLastSection(False)
        top.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        for column in (Column.LENGTH, Column.PLACE, Column.DONE):
            top.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        on_choice(tree, self._choose)
        tree.selectionModel().currentChanged.connect(lambda *_: self._price())
        return tree

    @property
    def course(self) -> str:
        """The id of the course shown, '' before the first."""
        return self._manifest.id if self._manifest else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        letters = self._tree.width() / max(1, self._tree.fontMetrics().averageCharWidth())
        self._tree.setColumnHidden(Column.LENGTH, letters < NARROW)
        self._shares.hidden = self._model.narrow = letters < NARROW
        self._keep_titles(narrow=letters < NARROW)

    def _keep_titles(self, *, narrow: bool) -> None:
        """Where a part is may be told shorter, with a tip, before titles have no room at all."""
        top, mode = self._tree.header(), QHeaderView.ResizeMode
        top.setSectionResizeMode(Column.PLACE, mode.Fixed if narrow else mode.ResizeToContents)
        if narrow:
            top.resizeSection(Column.PLACE, self._tree.width() // 4)

    def show_course(self, manifest: Manifest) -> None:
        """Show another course, or a new state of the same."""
        self._put(manifest)
        self.show_now()

    def _put(self, manifest: Manifest) -> None:
        before, self._manifest = self._manifest, manifest
        self._title.setText(manifest.title)
        self._summary.setText(manifest.summary)
        self._summary.setVisible(bool(manifest.summary))
        self._about.setText(about(manifest))
        if before != manifest:
            same = before is not None and before.id == manifest.id
            chosen = self._tree.currentIndex().siblingAtColumn(0).data(Role.ACTIVITY)
            self._model.show(manifest)
            self.offer.show_course(manifest, self._services.settings.rendition)
            self._unfold(manifest, chosen.id if same and chosen else "")

    def take_focus(self) -> None:
        """Begin at the next thing to do."""
        self._tree.setFocus()
        self._tree.scrollTo(self._tree.currentIndex())

    def _unfold(self, manifest: Manifest, chosen: str) -> None:
        """Show where the learner is: at what was `chosen` in an older version, else at the next."""
        following = self._model.index_of(chosen)
        if not following.isValid():
            following = self._model.index_of(self._services.next_activity(manifest))
        if sum(1 for _ in manifest.activities()) <= UNFOLDED:
            self._tree.expandAll()
        elif following.isValid():
            self._tree.expandRecursively(following.parent().parent())
        self._tree.setCurrentIndex(following if following.isValid() else self._model.index(0, 0))

    def show_now(self) -> None:
        """Read where everything stands, and what is offered; a version that has come is shown."""
        if self._manifest is None:
            return
        now = self._services.course(self._manifest.id)
        if now.version != self._manifest.version:
            self._put(now)
        self.renewal.show_course(now.id)
        self.news.show_course(now.id)
        self.mark_now()

    def mark_now(self) -> None:
        """Read how far the learner is and what is here."""
        manifest = self._manifest
        if manifest is None:
            return
        done = self._services.done(manifest.id)
        present = blobs.present(self._services.db)
        here = frozenset(a.id for a in manifest.activities() if is_here(a, present))
        path = self._services.paths.of(manifest.id)
        dated = self.dates.show_course(manifest, done)
        self._model.mark(done, here, self._places(manifest), manifest.aside(path), dated)
        self.asks.show_course(manifest)
        ids = {activity.id for activity in within(manifest, path)}
        finished = sum(1 for one, how in done.items() if how.completed_at and one in ids)
        self._bar.setMaximum(max(1, len(ids)))
        self._bar.setValue(finished)
        text = translate("Course", "{done} of {all} done").format(done=finished, all=len(ids))
        self._share.setText(text)
        begun = bool(done)
        text = translate("Course", "Continue") if begun else translate("Library", "Begin")
        self._continue.setText(text)
        self._continue.setEnabled(bool(ids))
        self.attestation.show_course(manifest, done)
        self._price()

    def set_running(self, running: bool) -> None:
        """Say whether a download is under way."""
        self._running = running
        self.renewal.set_running(running)

    def _places(self, manifest: Manifest) -> dict[str, Place]:
        """Where the files of each section stand, and of the update that is coming."""
        wishes = [one for one in self._services.wishes() if one.course == manifest.id]
        self.renewal.stand_now(wishes)
        stands = {}
        if self._services.goal(manifest.id) == manifest:  # else they are for the one that is coming
            stands = {
                one.section: standing(one, self._latest, running=self._running)
                for one in wishes
                if not one.activity
            }
        states = self._services.sections(manifest)
        return {one.section: place(one, stands.get(one.section)) for one in states}

    def go_on(self) -> None:
        """Open the next thing to do: the first not done after the last one opened."""
        manifest = self._manifest
        if manifest is None:
            return
        target = self._services.next_activity(manifest)
        if target:
            self.activity_wanted.emit(manifest.id, target)

    def _open(self, activity: str) -> None:
        self.activity_wanted.emit(self.course, activity)

    def _price(self) -> None:
        index = self._tree.currentIndex()
        activity = index.siblingAtColumn(0).data(Role.ACTIVITY) if index.isValid() else None
        present = blobs.present(self._services.db)
        self.offer.show_prices(self._section(), activity, present)

    def _section(self) -> str:
        index = self._tree.currentIndex()
        found = index.data(Role.SECTION) if index.isValid() else None
        if found is None and self._manifest and self._manifest.sections:
            return self._manifest.sections[0].id
        return str(found or "")

    def _fetch(
        self, sections: list[str], chosen: str, activity: str, languages: tuple[str, ...]
    ) -> None:
        if chosen:
            self._services.change(rendition=chosen)
        self.sections_wanted.emit(self.course, sections, chosen, activity, languages)
        self._tree.setFocus()  # the button may be gone

    def _choose(self, index: QModelIndex) -> None:
        first = index.siblingAtColumn(0)
        activity = first.data(Role.ACTIVITY)
        if activity is not None:
            self.activity_wanted.emit(self.course, activity.id)
        elif self.focusWidget() is self._tree:
            self._tree.setExpanded(first, not self._tree.isExpanded(first))
