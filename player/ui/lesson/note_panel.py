# SPDX-License-Identifier: Apache-2.0
"""The notes and bookmarks of one activity: beside a video, beside or below anything else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from player.journal import notes
from player.journal.notes import Bookmark, Note
from player.lesson import noting
from player.lesson.spot import Spot
from player.ui.flow import Flow
from player.ui.language import spot_name, translate
from player.ui.lesson.context import LessonContext
from player.ui.lesson.note_editor import NoteEditor
from player.ui.lesson.note_row import NoteRow
from player.ui.lesson.pieces import Column
from player.ui.parts import button, clear, column, label
from player.ui.style import GRID
from player.ui.undo import Undo

_WIDTH = 4096  # pixels: as wide as there is room


class NotePanel(QWidget):
    """Signals:
    asked: go to a `Spot` of the activity.
    ended: no note is typed any more.
    closed: the same, by a word of the learner: the keyboard may go back.
    changed: notes or bookmarks are others than before.
    """

    asked = Signal(object)
    ended = Signal()
    closed = Signal()
    changed = Signal()

    def __init__(
        self,
        context: LessonContext,
        place: Callable[[], Spot],
        begin: Callable[[], object] | None = None,
    ) -> None:
        """`place` says where in the activity the learner is; `begin` is called to begin a note."""
        super().__init__()
        self._context, self._place = context, place
        self.rows: list[NoteRow] = []
        self.write = button(translate("Notes", "Write a note"), begin or self.begin, sign="note")
        self.mark = button(translate("Notes", "Bookmark"), self.toggle, sign="bookmark")
        self.write.setToolTip(f"{self.write.text()} (N)")
        self.mark.setToolTip(f"{self.mark.text()} (B)")
        self.editor = NoteEditor(context)
        self.editor.ended.connect(self.show_now)  # unchanged or not, it stands in its row again
        self.editor.ended.connect(self.ended)
        self.editor.closed.connect(self.closed)
        self.undo = Undo()
        self.undo.wanted.connect(self._take_back)
        self._empty = label(
            translate(
                "Notes",
                "Nothing is noted here yet. Press N to write down what you think at this moment, "
                "B to find this place again. Your notes stay with you: the platform does not "
                "get them.",
            ),
            "muted",
        )
        body = column(self, margin=GRID)
        body.addLayout(Flow(self.write, self.mark))
        self._list = Column(_WIDTH)
        self._list.body.setContentsMargins(0, 0, 0, 0)
        self._list.body.setSpacing(GRID)
        self._list.body.addWidget(self.editor)
        self._list.body.addWidget(self.undo)
        self._list.body.addWidget(self._empty)
        self._rows = column()
        self._list.body.addLayout(self._rows)
        self._list.body.addStretch(1)
        body.addWidget(self._list, 1)
        with context.saying():
            where = context.where
            noting.adopt(context.db, where.learner, where.course, where.activity, context.now)
        self.show_now()

    def begin(self) -> None:
        """Have a note typed at this moment."""
        self.undo.hide()
        context = self._context
        self.editor.open(noting.begin(context.db, context.where, context.activity, self._place()))
        self._list.verticalScrollBar().setValue(0)

    def toggle(self) -> None:
        """Put a bookmark here, or take it away."""
        context, spot = self._context, self._place()
        with context.saying():
            is_there = noting.toggle(context.db, context.where, context.activity, spot, context.now)
            place = spot_name(spot)
            if is_there:
                said = translate("Notes", "Bookmarked: {place}")
            else:
                said = translate("Notes", "Bookmark removed: {place}")
            whole = translate("Notes", "this activity")
            context.told(said.format(place=place or whole))
        self.show_now()

    def finish(self) -> None:
        """Write down what is typed."""
        self.editor.finish()

    @property
    def seconds(self) -> list[float]:
        """The seconds of a video at which something is noted or marked."""
        return [row.spot.time for row in self.rows if row.spot.time is not None]

    def show_now(self) -> None:
        """Read what there is, in the order of the activity."""
        context = self._context
        place = context.where.learner, context.where.course, context.where.activity
        found: list[Note | Bookmark] = [
            *notes.all(context.db, *place),
            *notes.bookmarks(context.db, *place).values(),
        ]
        found.sort(key=lambda one: (one.time or 0.0, one.page or 0, _begun(one)))
        for old in self.rows:
            old.hide()
        clear(self._rows)
        self.rows = [self._row(one) for one in found if not self._is_typed(one)]
        for made in self.rows:
            self._rows.addWidget(made)
        self._empty.setVisible(not self.rows)
        self.changed.emit()

    def _row(self, what: Note | Bookmark) -> NoteRow:
        made = NoteRow(what)
        made.asked.connect(self.asked)
        made.edit_wanted.connect(self._edit)
        made.delete_wanted.connect(self._delete)
        return made

    def _is_typed(self, what: Note | Bookmark) -> bool:
        return isinstance(what, Note) and what.id == self.editor.note

    def _edit(self, note: Note) -> None:
        self.undo.hide()
        self.editor.open(noting.again(note, self._context.where.learner), note.text)
        self._list.verticalScrollBar().setValue(0)
        self.show_now()

    def _delete(self, what: Note | Bookmark) -> None:
        context, learner = self._context, self._context.where.learner
        with context.saying():
            back: Callable[[], object]
            if isinstance(what, Note):
                writing = noting.again(what, learner)
                noting.write(context.db, writing, "", context.now)
                back = partial(noting.write, context.db, writing, what.text, context.now)
                said = translate("Notes", "The note is deleted.")
            else:
                noting.take_away(context.db, learner, what, context.now)
                back = partial(noting.put_back, context.db, learner, what, context.now)
                said = translate("Notes", "The bookmark is deleted.")
            self.show_now()
            self.undo.offer(said, back)

    def _take_back(self, back: Callable[[], object]) -> None:
        with self._context.saying():
            back()
        self.show_now()
        self.write.setFocus()


def _begun(one: Note | Bookmark) -> str:
    return one.since if isinstance(one, Note) else one.at
