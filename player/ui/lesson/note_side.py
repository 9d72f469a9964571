# SPDX-License-Identifier: Apache-2.0
"""An activity, and its notes beside it where the window is wide, below it where not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from player.course.manifest import Exam, Unknown
from player.lesson.noting import Writing
from player.lesson.spot import Spot
from player.ui.lesson.context import LessonContext
from player.ui.lesson.note_panel import NotePanel

_WIDE = 900  # pixels from which the notes stand beside what they are about
_SHARES = (0.64, 0.36)


@runtime_checkable
class Placed(Protocol):
    """A view that knows where in its activity the learner is."""

    def spot_now(self) -> Spot:
        """The second, or the page."""


@runtime_checkable
class Noting(Protocol):
    """A view that has the notes among its own parts."""

    notes: NotePanel

    def note(self) -> None:
        """Have a note typed at this moment."""


class NoteSide(QSplitter):
    """Holds one view at a time; the notes are folded away until somebody wants them."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setChildrenCollapsible(False)
        self._view: QWidget | None = None
        self.panel: NotePanel | None = None
        """The notes of the activity; None in an exam."""

    def show_view(self, view: QWidget, context: LessonContext, *, unfolded: bool) -> None:
        """Show an activity; its notes where they were `unfolded` before."""
        self._view = view
        self.addWidget(view)
        if isinstance(view, Noting):
            self.panel = view.notes
        elif self._is_for_notes(context):
            self.panel = NotePanel(context, lambda: _spot(view))
            self.panel.asked.connect(self._lead)
            self.panel.closed.connect(view.setFocus)
            self.addWidget(self.panel)
            self.panel.setVisible(unfolded)
        self._arrange()

    @staticmethod
    def _is_for_notes(context: LessonContext) -> bool:
        """Not in an exam; nor where the activity is not open yet, and something else is shown."""
        activity, may = context.activity, context.may_open()
        is_open = may is None or activity.id in may
        return is_open and not isinstance(activity, Exam | Unknown)

    def finish(self) -> None:
        """Write down what is typed."""
        if self.panel is not None:
            self.panel.finish()

    @property
    def unwritten(self) -> tuple[Writing, str] | None:
        """The note that is typed and not written down, since the disk refuses it."""
        return self.panel.editor.unwritten if self.panel is not None else None

    def clear(self) -> None:
        """Let go of the view and of the notes."""
        view, panel = self._view, self.panel if self.can_fold else None
        self._view = self.panel = None
        for widget in (view, panel):
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()

    @property
    def can_fold(self) -> bool:
        """Whether there are notes that are no part of the view."""
        return self.panel is not None and not isinstance(self._view, Noting)

    def fold(self, *, unfolded: bool) -> None:
        """Show the notes, or fold them away; what is typed is written down then."""
        if self.panel is not None and self.can_fold:
            if not unfolded:
                self.panel.finish()
            self.panel.setVisible(unfolded)
            self._arrange()

    def note(self) -> bool:
        """Have a note typed at this moment; whether this is a place for one."""
        if isinstance(self._view, Noting):
            self._view.note()
        elif self.panel is not None:
            self.fold(unfolded=True)
            self.panel.begin()
        return self.panel is not None

    def mark(self) -> bool:
        """Put a bookmark at this moment, or take it away; whether this is a place for one."""
        if self.panel is not None:
            self.panel.toggle()
        return self.panel is not None

    def spot(self) -> Spot:
        """Where in the activity the learner is."""
        return _spot(self._view) if self._view is not None else Spot()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (self.width() >= _WIDE) != (self.orientation() is Qt.Orientation.Horizontal):
            self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= _WIDE
        self.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        if self.can_fold:
            whole = self.width() if wide else self.height()
            self.setSizes([int(whole * share) for share in _SHARES])

    def _lead(self, spot: Spot) -> None:
        lead = getattr(self._view, "show_spot", None)
        if lead is not None and spot != Spot():
            cast("Callable[[Spot], None]", lead)(spot)


def _spot(view: QWidget) -> Spot:
    return view.spot_now() if isinstance(view, Placed) else Spot()
