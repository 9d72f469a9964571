# SPDX-License-Identifier: Apache-2.0
"""What was found, as a list: below the title of its course each thing, where it is, its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from player.app.finding import Answer, Found
from player.ui.course_tree import SIGNS, type_name
from player.ui.language import duration, translate

Index = QModelIndex | QPersistentModelIndex
Marks = tuple[tuple[int, int], ...]

_SIGNS = {
    "course": "book",
    "section": "library",
    "sequence": "list",
    "said": "captions",
    "transcript": "captions",
    "slides": "document",
    "note": "pencil",
}


class Role(IntEnum):
    """What the delegate and the page ask a row for."""

    ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Way:
    """A page of the window that was found by its name."""

    page: str
    sign: str
    title: str
    about: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `what` is what it leads to, None for the title of a group.

    `title` and `text` have (start, end) `marks` of what was asked for; of one of them alone.
    """

    title: str
    sign: str = ""
    place: str = ""
    text: str = ""
    title_marks: Marks = ()
    text_marks: Marks = ()
    what: Found | Way | str | None = None

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ". ".join(filter(None, (self.title, self.place, self.text)))


def rows_of(answer: Answer, ways: Sequence[tuple[Way, Marks]]) -> Iterator[Row]:
    """The rows of an answer: pages of the window, then each course with what is in it."""
    if ways:
        yield Row(translate("Search", "In Cartable"))
    for way, marks in ways:
        yield Row(way.title, way.sign, way.about, title_marks=marks, what=way)
    before = ""
    for found in answer.found:
        if found.hit.course != before:
            before = found.hit.course
            yield Row(found.course)
        yield _row(found)


def _row(found: Found) -> Row:
    hit = found.hit
    sign = _SIGNS.get(hit.kind) or SIGNS.get(found.type, "info")
    if hit.kind in ("course", "section", "sequence", "activity", "chapter"):
        return Row(hit.text, sign, _place(found, found.way), title_marks=hit.marks, what=found)
    title = found.way[-1] if found.way else found.course
    return Row(title, sign, _place(found, found.way[:-1]), hit.text, (), hit.marks, found)


def _place(found: Found, way: Sequence[str]) -> str:
    hit = found.hit
    parts = [kind_name(found), *way]
    if hit.time is not None:
        parts.append(duration(hit.time))
    elif hit.page is not None:
        parts.append(translate("Search", "page {number}").format(number=hit.page))
    if not found.is_here:
        parts.append(translate("Search", "not on this computer"))
    return " · ".join(parts)


def kind_name(found: Found) -> str:
    """What was found, in the reader's words."""
    kinds = {
        "course": translate("Search", "Course"),
        "section": translate("Search", "Section"),
        "sequence": translate("Search", "Sequence"),
        "chapter": translate("Search", "Chapter of a video"),
        "said": translate("Search", "Said in a video"),
        "transcript": translate("Search", "Transcript"),
        "slides": translate("Search", "Slides"),
        "note": translate("Search", "My note"),
        "question": translate("Search", "Question"),
    }
    return kinds.get(found.hit.kind) or type_name(found.type)


class FoundList(QAbstractListModel):
    """The rows. Titles of groups cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Show these; where they are those that are shown, nothing moves."""
        if list(rows) == self._rows:
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, number: int) -> Row | None:
        """One of them."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def place_of(self, what: object) -> int:
        """Where something stands, else the first that can be chosen; -1 where there is none."""
        there = [at for at, one in enumerate(self._rows) if one.what is not None]
        same = (at for at in there if self._rows[at].what == what)
        return next(same, there[0] if there else -1)

    @property
    def count(self) -> int:
        """How many rows lead somewhere."""
        return sum(1 for one in self._rows if one.what is not None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self._rows[index.row()].what is None:
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole and row.what is not None:
            return "\n".join(filter(None, (row.title, row.place)))
        return row if role == Role.ROW else None
