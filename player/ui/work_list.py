# SPDX-License-Identifier: Apache-2.0
"""The list behind "my work": one row an act, newest first, and where it stands.

It is read a page at a time, as far as somebody scrolls: years of work would take seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from player.journal.events import Answered, AnyAct, Finished, Playing
from player.journal.items import Mark
from player.journal.outbox import Entry
from player.ui import style
from player.ui.icons import icon
from player.ui.language import duration, percent, say_again, translate, when

PAGE = 100  # rows read at once
Index = QModelIndex | QPersistentModelIndex
SIGNS = {
    "saved": ("saved", "muted"),
    "ready": ("saved", "muted"),
    "local": ("saved", "muted"),
    "packed": ("bag", "warn"),
    "sent": ("sent", "warn"),
    "received": ("received", "good"),
    "marked": ("check-circle", "good"),
    "refused": ("warning", "bad"),
}


class Column(IntEnum):
    """What stands side by side."""

    WHEN = 0
    WHAT = 1
    WHERE = 2
    RESULT = 3
    STATE = 4


class WorkList(QAbstractTableModel):
    """Rows of the ledger. `read` has them: how many at most, before which `seq`; 0: the latest."""

    def __init__(self, read: Callable[[int, int], list[Entry]]) -> None:
        super().__init__()
        self._read = read
        self._rows: list[Entry] = []
        self._has_more = False
        self._briefly = False

    def tell(self, *, briefly: bool) -> None:
        """Say of each act its day alone, so that there is room for where it was; a tip has more."""
        changes, self._briefly = briefly != self._briefly, briefly
        if changes and self._rows:
            last = self.index(len(self._rows) - 1, Column.WHEN)
            self.dataChanged.emit(self.index(0, Column.WHEN), last)

    def show(self) -> bool:
        """Read again, as far as before; returns whether anything is other than it was."""
        many = max(PAGE, len(self._rows))
        rows = self._read(many, 0)
        self._has_more = len(rows) == many
        if rows == self._rows:
            return False
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    def canFetchMore(self, parent: Index) -> bool:
        return self._has_more and not parent.isValid()

    def fetchMore(self, _parent: Index) -> None:
        rows = self._read(PAGE, self._rows[-1].event.seq)
        self._has_more = len(rows) == PAGE
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def row_of(self, event: str) -> int:
        """Where an act stands; -1 where it does not."""
        return next((row for row, one in enumerate(self._rows) if one.event.id == event), -1)

    def entry(self, row: int) -> Entry:
        """The act of a row."""
        return self._rows[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return heads()[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        found, column = self._rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return texts(found, briefly=self._briefly)[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return details(found) if column == Column.STATE else texts(found)[column]
        if role == Qt.ItemDataRole.AccessibleTextRole and column == Column.WHEN:
            return ", ".join(word for word in texts(found) if word)
        if column == Column.STATE:
            sign, tint = SIGNS[found.state]
            colour = getattr(style.colours(), tint)
            if role == Qt.ItemDataRole.DecorationRole:
                return icon(sign, colour)
            if role == Qt.ItemDataRole.ForegroundRole:
                return QColor(colour)
        return None


def heads() -> list[str]:
    """The head of each `Column`."""
    return [
        translate("Work", "When"),
        translate("Work", "What"),
        translate("Work", "Where"),
        translate("Work", "Result"),
        translate("Work", "State"),
    ]


def texts(found: Entry, *, briefly: bool = False) -> list[str]:
    """What an act says in each `Column`; `briefly`: its day alone."""
    act = found.event.act
    return [
        when(found.event.at, briefly=briefly),
        said(act),
        act.title if isinstance(act, Answered) else act.name,
        worth(found.mark) if found.mark else result(act),
        " · ".join(filter(None, (stated(found.state), gone(found)))),
    ]


def gone(found: Entry) -> str:
    """How much of the files of an answer has gone; '' where it has none, or all of them have."""
    if found.gone == found.pieces:
        return ""
    text = translate("Work", "files: {n} of %n piece(s) sent", "", found.pieces)
    return text.format(n=found.gone)


def said(act: AnyAct) -> str:
    """An act in the reader's words."""
    return {
        "enrolled": translate("Work", "Began the course"),
        "addressed": translate("Work", "Can get messages here"),
        "downloaded": translate("Work", "Downloaded"),
        "opened": translate("Work", "Opened"),
        "followed": translate("Work", "Followed a link"),
        "played": translate("Work", "Played"),
        "paused": translate("Work", "Paused"),
        "sought": translate("Work", "Jumped"),
        "watching": translate("Work", "Watched"),
        "left": translate("Work", "Closed"),
        "completed": translate("Work", "Completed"),
        "begun": translate("Work", "Began"),
        "answered": translate("Work", "Answered"),
        "hinted": translate("Work", "Asked for a hint"),
        "finished": translate("Work", "Finished"),
        "reviewed": translate("Work", "Revised"),
        "put_in": translate("Work", "Put into the revision"),
        "set_aside": translate("Work", "Taken out of the revision"),
        "path_chosen": translate("Work", "Chose a path"),
        "noted": translate("Work", "Wrote a note"),
        "bookmarked": translate("Work", "Bookmarked"),
        "link_kept": translate("Work", "Kept a link for later"),
        "planned": translate("Work", "Planned the week"),
        "language_chosen": translate("Work", "Chose a language"),
        "section_opened": translate("Work", "Saw that a section is open"),
        "confided": translate("Work", "Answered without a name"),
        "claimed": translate("Work", "Asked for the attestation"),
    }[str(act.__struct_config__.tag)]


def result(act: AnyAct) -> str:
    """What came of it."""
    if isinstance(act, Answered) and act.score is not None:
        return translate("Work", "Right") if act.success else percent(act.score)
    if isinstance(act, Finished):
        return percent(act.score) if act.out_of else ""
    if isinstance(act, Playing):
        return duration(act.time)
    return ""


def worth(mark: Mark) -> str:
    """What the platform gave for it, as short as can be."""
    if mark.points is not None and mark.out_of is not None:
        points, out_of = (QLocale().toString(one, "g", 6) for one in (mark.points, mark.out_of))
        return translate("Work", "{points} of {out_of}").format(points=points, out_of=out_of)
    if mark.score is not None:
        return percent(mark.score)
    if mark.success is None:
        return translate("Work", "Marked")
    return translate("Work", "Passed") if mark.success else translate("Work", "Not passed")


def details(found: Entry) -> str:
    """What more there is to say of an act: why it was refused, or how it was marked."""
    if found.mark is None or found.state != "marked":
        return say_again(found.reason)
    text = translate("Work", "Marked on {time}: {worth}")
    if found.mark.by:
        text = translate("Work", "Marked by {name} on {time}: {worth}")
    head = text.format(name=found.mark.by, time=when(found.mark.at), worth=worth(found.mark))
    return "\n".join(filter(None, (head, found.mark.feedback)))


def stated(state: str) -> str:
    """How far an act is on its way, in the reader's words."""
    return {
        "saved": translate("Work", "Saved"),
        "ready": translate("Work", "Saved"),
        "local": translate("Work", "Kept here"),
        "packed": translate("Work", "Packed"),
        "sent": translate("Work", "Sent"),
        "received": translate("Work", "Received"),
        "marked": translate("Work", "Marked"),
        "refused": translate("Work", "Refused"),
    }[state]
