# SPDX-License-Identifier: Apache-2.0
"""One sitting: the sequence's activities at the side, the one that is open beside them."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from player.app import Services
from player.course.fragment import leaves
from player.course.manifest import AnyActivity, Document, Manifest, Section, Video
from player.course.schedule import Standing
from player.errors import PlayerError
from player.lesson.spot import Spot
from player.ui import style
from player.ui.course_credits import CreditsPanel
from player.ui.date_words import closed, titles
from player.ui.icons import icon
from player.ui.language import translate
from player.ui.lesson.context import LessonContext
from player.ui.lesson.instead_view import InsteadView
from player.ui.parts import (
    Elided,
    Few,
    button,
    clear,
    column,
    reword,
    row,
    sign_button,
    tab_before,
)
from player.ui.reading_fields import SIZES, ReadingPanel
from player.ui.sitting_list import SittingList

_SIDE = 0.3  # of the width, at most, for the list of activities
_STEP = 25  # per cent, from one size of letters to the next

if TYPE_CHECKING:
    from player.app.mending import Harm
    from player.ui.lesson.damage import DamageBar
    from player.ui.lesson.late_notes import LateNotes
    from player.ui.lesson.note_side import NoteSide


@runtime_checkable
class ShowsKept(Protocol):
    """A view that says which links wait for a connection."""

    def show_kept(self) -> None:
        """Say it again."""


@runtime_checkable
class Damageable(Protocol):
    """A view that goes on where its files are damaged, and in the new ones once they came."""

    def harmed(self, harm: Harm) -> None:
        """A file of it is damaged."""

    def reload(self) -> bool:
        """Its files have changed; returns whether it could go on in them."""


class LessonPage(QWidget):
    """The open activity, its neighbours, and the way on.

    Signals:
        closed: back to the course.
        problem: a PlayerError to say.
        told: a sentence of good news to say.
        progressed: the id of the course in which something was recorded.
        fetch_wanted: (course id, section id): what is needed is not here.
        link_kept: a link that was followed waits for a connection; its address.
        examine_wanted, mend_wanted: see `DamageBar`.
    """

    closed = Signal()
    problem = Signal(object)
    told = Signal(str)
    progressed = Signal(str)
    fetch_wanted = Signal(str, str)
    link_kept = Signal(str)
    examine_wanted = Signal(str, str, bool)
    mend_wanted = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._services = services
        self._manifest: Manifest | None = None
        self._activity: AnyActivity | None = None
        self._view: QWidget | None = None
        self._standing: dict[str, Standing] = {}
        self.is_offline = False
        layout = row(gap=0)
        self.setLayout(layout)
        layout.addWidget(self._make_side())
        layout.addLayout(self._make_main(), 1)

    def _make_side(self) -> QFrame:
        side = QFrame()
        side.setProperty("role", "sidebar")
        self._side = side
        inner = column(side, margin=12, gap=12)
        self._back = button("", self.leave, sign="arrow-left")
        self._back.setProperty("role", "nav")
        self.name_way_back()
        inner.addWidget(self._back)
        self._section, self._sequence = Few(2, "caption"), Few(3, "strong")
        inner.addWidget(self._section)
        inner.addWidget(self._sequence)
        self._list = SittingList()
        self._list.asked.connect(self._go)
        inner.addWidget(self._list, 1)
        return side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = self._side.fontMetrics().averageCharWidth() * 32
        self._side.setFixedWidth(max(236, min(wanted, round(self.width() * _SIDE))))

    def _make_main(self) -> QVBoxLayout:
        main = column(gap=0)
        head = QFrame()
        head.setProperty("role", "bar")
        self._title = Elided()
        self._title.setProperty("role", "heading")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._previous = sign_button(
            "arrow-left", translate("Lesson", "Previous activity"), lambda: self._step(-1)
        )
        about = translate("Lesson", "Who made this, and what you may do with it")
        self._info = sign_button("info", about, self._say_about)
        self._info.setCheckable(True)
        self._info.setShortcut("Ctrl+I")
        self._next = button(translate("Lesson", "Next"), lambda: self._step(1), sign="arrow-right")
        self._noted = button("", self._toggle_notes, role="quiet", sign="note")
        self._noted.setCheckable(True)
        self._previous.setShortcut("Ctrl+PgUp")
        self._next.setShortcut("Ctrl+PgDown")
        letters = translate("Reading", "How text looks")
        self._letters = sign_button("letters", letters, self._open_letters)
        self._tools = row(gap=4)
        self._sizes = [
            QShortcut(QKeySequence(key), self, partial(self._resize_text, by))
            for key, by in (("Ctrl++", _STEP), ("Ctrl+=", _STEP), ("Ctrl+-", -_STEP))
        ]
        top = row(gap=8)
        top.setContentsMargins(20, 10, 16, 10)
        top.addWidget(self._title, 1)
        top.addLayout(self._tools)
        top.addWidget(self._letters)
        top.addWidget(self._info)
        top.addWidget(self._noted)
        top.addWidget(self._previous)
        top.addWidget(self._next)
        head.setLayout(top)
        main.addWidget(head)
        self.credits = CreditsPanel()
        self.credits.hide()
        main.addWidget(self.credits)
        self._main = main
        return main

    @cached_property
    def beside(self) -> NoteSide:
        """The view, and the notes beside it."""
        from player.ui.lesson.note_side import NoteSide  # noqa: PLC0415 - with the first lesson

        made = NoteSide()
        self._main.addWidget(made, 1)
        return made

    @cached_property
    def _late(self) -> LateNotes:
        """What could not be written down when it was left."""
        from player.ui.lesson.late_notes import LateNotes  # noqa: PLC0415 - with the first lesson

        return LateNotes(lambda: self._services.db, self._services.now, self)

    @cached_property
    def damage(self) -> DamageBar:
        """What is damaged of the activity, above it."""
        from player.ui.lesson.damage import DamageBar  # noqa: PLC0415 - with the first lesson

        made = DamageBar()
        self._main.insertWidget(1, made)
        made.examine_wanted.connect(self.examine_wanted)
        made.mend_wanted.connect(self.mend_wanted)
        made.whole_again.connect(self._show_whole)
        return made

    def open(self, manifest: Manifest, activity: str, spot: Spot = Spot()) -> None:
        """Show an activity of a course, at a place in it where its view can be led there."""
        found = manifest.find(activity)
        if found is None:
            return
        self.close_lesson()
        self._manifest, self._activity = manifest, found
        self._standing = self._services.calendar.standing(manifest)
        section, sequence = manifest.around(found.id)
        self._section.setText(section.title)
        self._sequence.setText(sequence.title)
        self._title.setText(found.title)
        self._title.setToolTip(found.title)
        self._fill(manifest, found.id)
        self._judge_neighbours()
        self._info.setChecked(False)
        self.credits.hide()
        context = self._context(manifest, found)
        self.damage.watch(self._services.home, manifest, found)
        self._view = self._shown(context, section)
        self.beside.show_view(self._view, context, unfolded=self._noted.isChecked())
        self._give_tools(self._view, found)
        self._follow_notes()
        self._view.show()  # at once: what is hidden takes no keyboard
        self._view.setFocus()
        if spot != Spot() and hasattr(self._view, "show_spot"):
            self._view.show_spot(spot)

    def _give_tools(self, view: QWidget, activity: AnyActivity) -> None:
        """What the view has for the head, and what is for how text looks."""
        from player.ui.lesson.redress import frame  # noqa: PLC0415 - with the first lesson

        tools = view.tools() if hasattr(view, "tools") else []
        for tool in tools:
            self._tools.addWidget(tool)
        tab_before(self._letters, *tools)  # newer than what stands behind them
        frame(view, self._services.settings)
        for shortcut in self._sizes:  # a PDF, and slides beside a video, are enlarged by these keys
            shortcut.setEnabled(not isinstance(activity, Document | Video))
        self._letters.setVisible(not isinstance(activity, Document))

    def _say_about(self) -> None:
        """Show the course's credits above the activity, or no longer."""
        shown = self._info.isChecked() and self._manifest is not None
        if self._manifest is not None and shown:
            self.credits.credits.show_course(self._manifest, self._activity)
        self.credits.setVisible(shown)
        self.credits.fit()

    def name_way_back(self, text: str = "") -> None:
        """Say where leaving leads to: the course where nothing else is said."""
        self._back.setText(text or translate("Lesson", "Back to the course"))
        self._back.setShortcut("Alt+Left")  # new words take it away

    def _shown(self, context: LessonContext, section: Section) -> QWidget:
        """The view of the context's activity, or what stands in its place."""
        if not self._standing[context.activity.id].is_open:
            return self._closed(context.manifest, context.activity, section)
        # Loaded with the first lesson: PDF, media and HTML would double the time to the library
        from player.ui.lesson.views import view_for  # noqa: PLC0415

        try:
            return view_for(context)
        except PlayerError as error:
            instead, course = InsteadView(error), context.manifest.id
            instead.fetch_wanted.connect(lambda: self.fetch_wanted.emit(course, section.id))
            return instead

    def _closed(self, manifest: Manifest, activity: AnyActivity, section: Section) -> QWidget:
        """From when it is open, or after what; nothing of it is shown or recorded."""
        from player.ui.lesson.closed_view import ClosedView  # noqa: PLC0415 - as above

        states = {one.section: one.state for one in self._services.sections(manifest)}
        on = self._services.next_activity(manifest)
        view = ClosedView(
            manifest,
            self._standing[activity.id],
            self._services.calendar.local_time(),
            here=states.get(section.id) == "here",
            on=on if self._standing[on].is_open else "",
            done={one for one, how in self._services.done(manifest.id).items() if how.completed_at},
        )
        view.wanted.connect(self._go)
        view.left.connect(self.leave)
        view.opened.connect(lambda: self._go(activity.id))
        view.fetch_wanted.connect(lambda: self.fetch_wanted.emit(manifest.id, section.id))
        return view

    def _may_open(self) -> frozenset[str]:
        """The activities that may be opened, as of this moment."""
        return self._services.calendar.open_to(self._manifest) if self._manifest else frozenset()

    @property
    def opened(self) -> AnyActivity | None:
        """The open activity, None while none is open."""
        return self._activity if self._view else None

    @property
    def activity(self) -> str:
        """Its id, '' while none is open."""
        return self.opened.id if self.opened else ""

    @property
    def view(self) -> QWidget | None:
        """What shows the activity now."""
        return self._view

    def close_lesson(self) -> None:
        """Let the view write down where it was, and take it away."""
        self._late.write()
        view, self._view = self._view, None
        if view is None:
            return
        self.damage.leave()
        self.beside.finish()
        if hasattr(view, "close_lesson"):
            view.close_lesson()
        if self.beside.unwritten:
            self._late.take(*self.beside.unwritten)
        self.beside.clear()
        clear(self._tools)

    def _open_letters(self) -> None:
        """Let the reader choose how text looks, and show it so at once."""
        panel = ReadingPanel(self._services.settings, self._choose_look, self)
        panel.open_below(self._letters)

    def _choose_look(self, name: str, value: object) -> None:
        self._services.change(**{name: value})
        if self._view is not None:
            from player.ui.lesson.redress import redress  # noqa: PLC0415 - see `open`

            redress(self._view, self._services.settings)

    def _resize_text(self, by: int) -> None:
        low, high = SIZES
        size = max(low, min(self._services.settings.text_size + by, high))
        self._choose_look("text_size", size)

    def leave(self) -> None:
        """Back to the course."""
        self.close_lesson()
        self.closed.emit()

    def _context(self, manifest: Manifest, activity: AnyActivity) -> LessonContext:
        return LessonContext(
            db=self._services.db,
            home=self._services.home,
            where=replace(self._services.where(manifest.id, activity.id), version=manifest.version),
            manifest=manifest,
            activity=activity,
            settings=self._services.settings,
            now=self._services.now,
            say=self.problem.emit,
            open_activity=self._go,
            open_url=self.open_url,
            changed=self._changed,
            files_go=self._services.files_go,
            remember=self._services.keep_playing,
            may_open=self._may_open,
            revision=self._services.revision if self._services.settings.revise else None,
            paths=self._services.paths,
            told=self.told.emit,
            link_kept=self.link_kept.emit,
            is_offline=lambda: self.is_offline,
            damage_suspected=lambda: self.damage.suspect(),  # noqa: PLW0108 - made when needed
            latest=lambda: self._services.settings,
        )

    # Damage

    def take_harm(self, key: tuple[str, str], harm: Harm | PlayerError | None) -> None:
        """Hear what is damaged of an activity."""
        self.damage.take(key, harm)
        if self.damage.harm and isinstance(self._view, Damageable):
            self._view.harmed(self.damage.harm)

    def files_came(self) -> None:
        """A download has ended."""
        if self._view is not None:
            self.damage.files_came()

    def _show_whole(self) -> None:
        """What was damaged is here: show it, at the same place."""
        view = self._view
        is_shown = isinstance(view, Damageable) and view.reload()
        if not is_shown and self._manifest and self._activity:
            spot = self.beside.spot()
            self.open(self._services.course(self._manifest.id), self._activity.id, spot)
        self.told.emit(translate("Damage", "The damaged part is here: all of it works again."))

    # Notes

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """N and B, wherever nothing else needs them: a note, a bookmark."""
        acts = {Qt.Key.Key_N: self.beside.note, Qt.Key.Key_B: self._mark}
        act = None if event.modifiers() else acts.get(Qt.Key(event.key()))
        if act is None or self._view is None or not act():
            super().keyPressEvent(event)
        elif self.beside.can_fold and event.key() == Qt.Key.Key_N:
            self._noted.setChecked(True)

    def _mark(self) -> bool:
        return self.beside.mark()

    def hear_road(self, offline: bool) -> None:
        """Somebody could be reached just now, or nobody."""
        self.is_offline = offline

    def links_changed(self) -> None:
        """A link was kept, or waits no longer."""
        if isinstance(self._view, ShowsKept):
            self._view.show_kept()

    def _toggle_notes(self) -> None:
        self.beside.fold(unfolded=self._noted.isChecked())
        if self._noted.isChecked() and self.beside.panel:
            self.beside.panel.write.setFocus()

    def _follow_notes(self) -> None:
        self._noted.setVisible(self.beside.can_fold)
        if self.beside.panel and self.beside.can_fold:
            self.beside.panel.changed.connect(self._count_notes)
            self._count_notes()

    def _count_notes(self) -> None:
        count = len(self.beside.panel.rows) if self.beside.panel else 0
        name = translate("Notes", "Notes")
        self._noted.setText(f"{name} ({count})" if count else name)
        self._noted.setToolTip(translate("Notes", "Notes and bookmarks of this activity"))

    def _fill(self, manifest: Manifest, current: str) -> None:
        done = {one for one, how in self._services.done(manifest.id).items() if how.completed_at}
        sequence, waiting = manifest.around(current)[1], {}
        if not all(one.is_open for one in self._standing.values()):
            at, names = self._services.calendar.local_time(), titles(manifest)
            for one in sequence.activities:
                if said := closed(self._standing[one.id], names, at):
                    waiting[one.id] = said
        self._list.fill(sequence, current, done, waiting)
        self._stand_out(current in done)

    def _stand_out(self, done: bool) -> None:
        """The way on stands out once the activity is done; until then, what is in it leads."""
        now = style.colours()
        style.role(self._next, "primary" if done else "")
        self._next.setIcon(icon("arrow-right", now.accent_text if done else now.text))

    def _step(self, by: int) -> None:
        target = self._neighbour(by)
        if target:
            self._go(target)
        elif by > 0:
            self.leave()

    def _go(self, target: str) -> None:
        """Open another activity; an update may have come meanwhile, and the old files be gone."""
        if self._manifest is None:
            return
        now = self._services.course(self._manifest.id)
        if now.find(target) is None:
            self.leave()
        else:
            self.open(now, target)

    def _neighbour(self, by: int, *, closed_too: bool = False) -> str:
        """The id of the activity before or behind this one that may be opened, '' for none."""
        if self._manifest is None or self._activity is None:
            return ""
        path = self._services.paths.of(self._manifest.id)
        may = {one for one, how in self._standing.items() if how.is_open}
        return self._manifest.beside(self._activity.id, by, path, None if closed_too else may)

    def _judge_neighbours(self) -> None:
        self._previous.setEnabled(bool(self._neighbour(-1)))
        text = translate("Lesson", "Next")
        if not self._neighbour(1):
            text = translate("Lesson", "Finish")
            if self._neighbour(1, closed_too=True):  # the course goes on, but not today
                text = translate("Lesson", "Done for now")
        reword(self._next, text)
        here = self._activity and self._standing[self._activity.id].is_open
        self._next.setVisible(bool(here or self._neighbour(1)))  # else the page has the ways on

    def _changed(self) -> None:
        if self._manifest and self._activity:
            self._standing = self._services.calendar.standing(self._manifest)
            self._fill(self._manifest, self._activity.id)
            self._judge_neighbours()
            self.progressed.emit(self._manifest.id)

    def open_url(self, url: str) -> None:
        """Leave for the web."""
        if not leaves(url):
            return  # a course is untrusted: nothing but the web and mail is opened
        QDesktopServices.openUrl(url)
        self.told.emit(translate("Lesson", "Opened in your web browser, if there is a connection."))
