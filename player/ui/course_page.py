# SPDX-License-Identifier: Apache-2.0
"""One course: what it is, how far the learner is, what each week costs, and the way in."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHeaderView, QTreeView, QWidget

from player.app import Services
from player.course.manifest import Manifest
from player.course.needs import is_here
from player.store import blobs
from player.ui.attestation_line import AttestationLine
from player.ui.course_about import CourseAbout
from player.ui.course_asides import CourseAsides
from player.ui.course_dates import CourseDates
from player.ui.course_news import CourseNews
from player.ui.course_offer import CourseOffer
from player.ui.course_path import CourseAsks
from player.ui.course_tree import Column, CourseTree, Role
from player.ui.course_update import CourseUpdate
from player.ui.course_words import Place, place
from player.ui.flow import Flow
from player.ui.language import translate
from player.ui.next_card import NextCard
from player.ui.parts import Page, fold, label, letters, on_choice, row, sign_button, tab_before
from player.ui.share import ShareDelegate
from player.ui.standing import Latest, standing
from player.ui.style import GRID

LEAST = 6  # rows to see; where there is no room, the page scrolls
NARROW = 68  # letters: a narrower tree has no column for lengths
MEASURED = 60  # rows whose words say how wide a column is: all of 500 took a third of a second
SIDE_BY_SIDE = 96  # letters: in a narrower page what can be unfolded stands below the title
UNFOLDED = 60  # activities: a longer course shows only the section where the learner is


class CoursePage(Page):
    """The weeks of a course.

    Signals:
        problem: a PlayerError to say.
        closed: back to the library.
        activity_wanted: (course id, activity id).
        fetch_wanted: (course id, activity id): bring that here, and go on with it.
        revision_wanted: to the questions that are due.
        sections_wanted: (course id, section ids, rendition or '' without video, an activity or '',
            caption languages).
        language_chosen: the id of a course that is read in another language from now on.
    """

    problem = Signal(object)
    closed = Signal()
    activity_wanted = Signal(str, str)
    fetch_wanted = Signal(str, str)
    revision_wanted = Signal()
    sections_wanted = Signal(str, list, str, str, tuple)
    language_chosen = Signal(str)

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
        self.attestation = AttestationLine(services)
        self.attestation.activity_wanted.connect(self._open)
        self.asides = CourseAsides(self.asks, self.attestation)
        self._folds.addWidget(self.asides.rest)
        tab_before(self.about, self.asides.rest)
        self.body.addWidget(self.asides)
        self._make_offer()
        self._tree = self._make_tree()
        for part in (self.offer, self.renewal):
            part.left.connect(self._tree.setFocus)
        self.body.addWidget(self._tree, 1)

    def _make_head(self) -> None:
        back = sign_button("arrow-left", translate("Course", "Back"), self.closed.emit)
        back.setShortcut("Alt+Left")
        self._title = label(role="title")
        self.about = CourseAbout(self._services)
        self.about.problem.connect(self.problem)
        self.about.chosen.connect(self._read_anew)
        self.files = fold(translate("Course", "Files"), self._fold_offer)
        self._wants_offer = False
        title = row()
        title.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        title.addWidget(self._title, 1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(GRID)
        self._top.addLayout(title, 1)
        self._folds = Flow(self.about.open, self.files, gap=0)
        self._top.addLayout(self._folds)
        self.body.setSpacing(12)
        self.body.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        self.body.addLayout(self._top)
        self.body.addWidget(self.about)
        self.dates = CourseDates(self._services)
        self.body.addWidget(self.dates)
        self.next = NextCard(self._services, titled=False)
        self.next.activity_wanted.connect(self.activity_wanted)
        self.next.fetch_wanted.connect(self.fetch_wanted)
        self.next.revision_wanted.connect(self.revision_wanted)
        self.next.library_wanted.connect(self.closed)
        self.next.problem.connect(self.problem)
        self.next.changed.connect(self.mark_now)
        self.body.addWidget(self.next)

    def _fold_offer(self, unfolded: bool) -> None:
        """The row of downloads is there while something lacks, and when somebody asks for it."""
        self._wants_offer = unfolded
        self._judge_offer()

    def _judge_offer(self) -> None:
        shown = self._wants_offer or not self.offer.is_whole
        if not shown and self.offer.isAncestorOf(self.focusWidget() or self):
            self._tree.setFocus()  # before the row goes, and the keyboard with it
        self.offer.setVisible(shown)
        self.files.setVisible(self.offer.is_whole)

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
        top.setResizeContentsPrecision(MEASURED)
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
        self._arrange()
        self._keep_titles()

    def _arrange(self) -> None:
        """What can be unfolded beside the title, where there is room."""
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._top.setDirection(below if letters(self) < SIDE_BY_SIDE else beside)

    def _keep_titles(self) -> None:
        """Say where parts are in fewer words, with a tip, before a title is cut; where there is
        hardly any room, lengths go and shares become numbers too."""
        tree, top = self._tree, self._tree.header()
        narrow = letters(tree) < NARROW
        tree.setColumnHidden(Column.LENGTH, narrow)
        self._shares.hidden = narrow
        was_brief, self._model.is_brief = self._model.is_brief, narrow
        wanted = {
            one: tree.sizeHintForColumn(one) for one in Column if not top.isSectionHidden(one)
        }
        if sum(wanted.values()) > tree.viewport().width():
            self._model.is_brief = True
            wanted[Column.PLACE] = tree.sizeHintForColumn(Column.PLACE)
        if self._model.is_brief != was_brief:
            self._model.tell_places()
        is_long = narrow and wanted[Column.PLACE] > tree.width() // 4
        mode = QHeaderView.ResizeMode
        top.setSectionResizeMode(Column.PLACE, mode.Fixed if is_long else mode.ResizeToContents)
        if is_long:
            top.resizeSection(Column.PLACE, tree.width() // 4)

    def show_course(self, manifest: Manifest) -> None:
        """Show another course, or a new state of the same; what is not in front is read later."""
        self._put(manifest)
        if self.isVisible():
            self.show_now()

    def _put(self, manifest: Manifest) -> None:
        before, self._manifest = self._manifest, manifest
        self._title.setText(manifest.title)
        self.about.show_course(manifest, is_begun=bool(self._services.done(manifest.id)))
        if before is None or before.id != manifest.id:
            self.files.setChecked(False)
            self.asides.rest.setChecked(False)
        if before != manifest:
            same = before is not None and before.id == manifest.id
            chosen = self._tree.currentIndex().siblingAtColumn(0).data(Role.ACTIVITY)
            self._model.show(manifest)
            self.offer.show_course(manifest, self._services.settings.rendition)
            self._unfold(manifest, chosen.id if same and chosen else "")

    def take_focus(self) -> None:
        """Begin at the next thing to do."""
        self._tree.scrollTo(self._tree.currentIndex())
        (self.next.go if self.next.go.isEnabled() else self._tree).setFocus()

    def choose_section(self, section: str) -> None:
        """Lead to a section."""
        for number in range(self._model.rowCount()):
            index = self._model.index(number, 0)
            if index.data(Role.SECTION) == section:
                self._tree.expand(index)
                self._tree.setCurrentIndex(index)
                self._tree.scrollTo(index, QTreeView.ScrollHint.PositionAtTop)
                self._tree.setFocus()

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
        if (now.version, now.language) != (self._manifest.version, self._manifest.language):
            self._put(now)
        self.renewal.show_course(now.id)
        self.news.show_course(now.id)
        self.mark_now()

    def _read_anew(self) -> None:
        """Show the course in the language that was chosen; what lacks is to come."""
        self.show_now()
        self.language_chosen.emit(self.course)

    def mark_now(self) -> None:
        """Read how far the learner is and what is here."""
        manifest = self._manifest
        if manifest is None:
            return
        done = self._services.done(manifest.id)
        present = blobs.present(self._services.db)
        here = frozenset(a.id for a in manifest.activities() if is_here(a, present))
        path = self._services.paths.of(manifest.id)
        aside = manifest.aside(path)
        dated = self.dates.show_course(manifest, done)
        self._model.mark(done, here, self._places(manifest), aside, dated)
        self.next.show_course(manifest)
        self.asks.show_course(manifest, self._next)
        self.attestation.show_course(manifest, done)
        self.asides.arrange()
        self.about.mark_now()
        self._arrange()
        self._keep_titles()
        self.offer.follow(aside)
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

    @property
    def _next(self) -> str:
        """The id of the next activity, '' for none."""
        step = self.next.step
        return step.activity.id if step and step.activity else ""

    def _open(self, activity: str) -> None:
        self.activity_wanted.emit(self.course, activity)

    def _price(self) -> None:
        index = self._tree.currentIndex()
        activity = index.siblingAtColumn(0).data(Role.ACTIVITY) if index.isValid() else None
        present = blobs.present(self._services.db)
        if activity is not None and activity.id == self._next:
            activity = None  # the card brings it here
        self.offer.show_prices(self._section(), activity, present)
        self._judge_offer()

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
