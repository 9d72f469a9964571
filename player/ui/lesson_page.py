# SPDX-License-Identifier: Apache-2.0
"""One sitting: the sequence's activities at the side, the one that is open beside them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from player.app import Services
from player.course.fragment import leads_somewhere
from player.course.manifest import AnyActivity, Document, Manifest, Section, Sequence, Video
from player.errors import PlayerError
from player.lesson.spot import Spot
from player.ui import style
from player.ui.course_tree import SIGNS, kind, kind_name
from player.ui.icons import icon
from player.ui.language import say, translate
from player.ui.lesson.context import LessonContext
from player.ui.parts import Elided, button, card, clear, column, label, on_choice, row, sign_button
from player.ui.reading_fields import SIZES, ReadingPanel

_STEP = 25  # per cent, from one size of letters to the next


class LessonPage(QWidget):
    """The open activity, its neighbours, and the way on.

    Signals:
        closed: back to the course.
        problem: a PlayerError to say.
        told: a sentence of good news to say.
        progressed: the id of the course in which something was recorded.
        fetch_wanted: (course id, section id): what is needed is not here.
    """

    closed = Signal()
    problem = Signal(object)
    told = Signal(str)
    progressed = Signal(str)
    fetch_wanted = Signal(str, str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._services = services
        self._manifest: Manifest | None = None
        self._activity: AnyActivity | None = None
        self._view: QWidget | None = None
        layout = row(gap=0)
        self.setLayout(layout)
        layout.addWidget(self._make_side())
        layout.addLayout(self._make_main(), 1)

    def _make_side(self) -> QFrame:
        side = QFrame()
        side.setProperty("role", "sidebar")
        side.setFixedWidth(max(236, side.fontMetrics().averageCharWidth() * 32))
        inner = column(side, margin=12, gap=12)
        back = button(translate("Lesson", "Back to the course"), self.leave, sign="arrow-left")
        back.setProperty("role", "nav")
        back.setShortcut("Alt+Left")
        inner.addWidget(back)
        self._section, self._sequence = label(role="caption"), label(role="strong")
        inner.addWidget(self._section)
        inner.addWidget(self._sequence)
        self._list = QListWidget()
        self._list.setProperty("role", "plain")
        self._list.setAccessibleName(translate("Lesson", "Activities of this sequence"))
        self._list.setWordWrap(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        on_choice(self._list, lambda index: self._pick(self._list.item(index.row())))
        inner.addWidget(self._list, 1)
        return side

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
        self._next = button(translate("Lesson", "Next"), lambda: self._step(1), sign="arrow-right")
        self._next.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
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
        top.addWidget(self._previous)
        top.addWidget(self._next)
        head.setLayout(top)
        main.addWidget(head)
        self._place = column()
        main.addLayout(self._place, 1)
        return main

    def open(self, manifest: Manifest, activity: str, spot: Spot = Spot()) -> None:
        """Show an activity of a course, at a place in it where its view can be led there."""
        found = manifest.find(activity)
        if found is None:
            return
        self.close_lesson()
        self._manifest, self._activity = manifest, found
        section, sequence = _around(manifest, found.id)
        self._section.setText(section.title)
        self._sequence.setText(sequence.title)
        self._title.setText(found.title)
        self._title.setToolTip(found.title)
        self._fill(sequence)
        self._judge_neighbours()
        # Loaded with the first lesson: PDF, media and HTML would double the time to the library
        from player.ui.lesson.redress import frame  # noqa: PLC0415
        from player.ui.lesson.views import view_for  # noqa: PLC0415

        try:
            self._view = view_for(self._context(manifest, found))
        except PlayerError as error:
            self._view = self._instead(error, section)
        self._place.addWidget(self._view)
        for tool in self._view.tools() if hasattr(self._view, "tools") else ():
            self._tools.addWidget(tool)
        frame(self._view, self._services.settings)
        for shortcut in self._sizes:  # a PDF, and slides beside a video, are enlarged by these keys
            shortcut.setEnabled(not isinstance(found, Document | Video))
        self._letters.setVisible(not isinstance(found, Document))
        self._view.setFocus()
        if spot != Spot() and hasattr(self._view, "show_spot"):
            self._view.show_spot(spot)

    @property
    def activity(self) -> str:
        """The id of the open activity, '' while none is open."""
        return self._activity.id if self._activity and self._view else ""

    @property
    def view(self) -> QWidget | None:
        """What shows the activity now."""
        return self._view

    def close_lesson(self) -> None:
        """Let the view write down where it was, and take it away."""
        view, self._view = self._view, None
        if view is None:
            return
        if hasattr(view, "close_lesson"):
            view.close_lesson()
        self._place.removeWidget(view)
        clear(self._tools)
        view.hide()
        view.deleteLater()

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
            revision=self._services.revision if self._services.settings.revise else None,
            latest=lambda: self._services.settings,
        )

    def _instead(self, error: PlayerError, section: Section) -> QWidget:
        frame, inner = card()
        text = label(say(error), "heading")
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        course = self._manifest.id if self._manifest else ""
        fetch = button(
            translate("Lesson", "Download this week"),
            lambda: self.fetch_wanted.emit(course, section.id),
            role="primary",
            sign="download",
        )
        inner.addStretch()
        inner.addWidget(text)
        inner.addLayout(row(1, fetch, 1))
        inner.addStretch()
        outer = QWidget()
        column(outer, margin=24).addWidget(frame)
        return outer

    def _fill(self, sequence: Sequence) -> None:
        manifest = self._manifest
        done = self._services.done(manifest.id) if manifest else {}
        now = style.colours()
        self._list.clear()
        for activity in sequence.activities:
            finished = activity.id in done and done[activity.id].completed_at
            sign, tint = SIGNS.get(kind(activity), "info"), now.muted
            if finished:
                sign, tint = "check-circle", now.good
            item = QListWidgetItem(icon(sign, tint), activity.title)
            item.setData(Qt.ItemDataRole.UserRole, activity.id)
            words = [activity.title, kind_name(activity)]
            words += [translate("Lesson", "done")] if finished else []
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(words))
            item.setToolTip(activity.title)
            self._list.addItem(item)
            if self._activity and activity.id == self._activity.id:
                self._list.setCurrentItem(item)
                self._stand_out(bool(finished))

    def _stand_out(self, done: bool) -> None:
        """The way on stands out once the activity is done; until then, what is in it leads."""
        now = style.colours()
        style.role(self._next, "primary" if done else "")
        self._next.setIcon(icon("arrow-right", now.accent_text if done else now.text))

    def _pick(self, item: QListWidgetItem) -> None:
        target = item.data(Qt.ItemDataRole.UserRole)
        if self._activity is None or target != self._activity.id:
            self._go(target)

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

    def _neighbour(self, by: int) -> str:
        if self._manifest is None or self._activity is None:
            return ""
        return self._manifest.beside(self._activity.id, by)

    def _judge_neighbours(self) -> None:
        self._previous.setEnabled(bool(self._neighbour(-1)))
        last = not self._neighbour(1)
        self._next.setText(translate("Lesson", "Finish") if last else translate("Lesson", "Next"))

    def _changed(self) -> None:
        if self._manifest and self._activity:
            _, sequence = _around(self._manifest, self._activity.id)
            self._fill(sequence)
            self.progressed.emit(self._manifest.id)

    def open_url(self, url: str) -> None:
        """Leave for the web."""
        if not leads_somewhere(url):
            return  # a course is untrusted: nothing but the web is opened
        QDesktopServices.openUrl(url)
        self.told.emit(translate("Lesson", "Opened in your web browser, if there is a connection."))


def _around(manifest: Manifest, activity: str) -> tuple[Section, Sequence]:
    for section in manifest.sections:
        for sequence in section.sequences:
            if any(one.id == activity for one in sequence.activities):
                return section, sequence
    raise KeyError(activity)
