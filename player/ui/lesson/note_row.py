# SPDX-License-Identifier: Apache-2.0
"""One note or one bookmark in a list: where it stands, what it says, and what can be done to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from player.journal.notes import Bookmark, Note
from player.lesson.spot import Spot
from player.ui.language import direction_of, spot_name, translate
from player.ui.lesson.pieces import Sign
from player.ui.parts import button, column, label, row, sign_button
from player.ui.style import GRID


class NoteRow(QFrame):
    """Signals:
    asked: go to where it stands; a `Spot`.
    edit_wanted, delete_wanted: the note, or the bookmark.
    """

    asked = Signal(object)
    edit_wanted = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self, what: Note | Bookmark) -> None:
        super().__init__()
        self.what = what
        self.spot = Spot(time=what.time, page=what.page)
        self.setProperty("role", "card")
        is_note = isinstance(what, Note)
        text = what.text if isinstance(what, Note) else translate("Notes", "Bookmark")
        place = spot_name(self.spot)
        inner = column(self, margin=GRID + GRID // 2, gap=GRID // 2)
        head = row(Sign("note" if is_note else "bookmark"), gap=GRID)
        if place:
            self.go = button(place, self._ask, role="quiet")
            named = translate("Notes", "Go to {place}: {text}")
            self.go.setAccessibleName(named.format(place=place, text=text))
            head.addWidget(self.go)
        if not is_note:
            head.addWidget(label(text, wrap=False))
        head.addStretch(1)
        if is_note:
            edit = sign_button("pencil", translate("Notes", "Edit"), self._edit)
            edit.setAccessibleDescription(text)
            head.addWidget(edit)
        delete = sign_button("trash", translate("Notes", "Delete"), self._delete)
        delete.setAccessibleDescription(" ".join(filter(None, (place, text))))
        head.addWidget(delete)
        inner.addLayout(head)
        if is_note:
            words = label(text)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setLayoutDirection(direction_of(text, self.layoutDirection()))
            inner.addWidget(words)

    def _ask(self) -> None:
        self.asked.emit(self.spot)

    def _edit(self) -> None:
        self.edit_wanted.emit(self.what)

    def _delete(self) -> None:
        self.delete_wanted.emit(self.what)
