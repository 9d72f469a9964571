# SPDX-License-Identifier: Apache-2.0
"""A course as a tree: sections, their sequences, their activities, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QIcon

from player.course.manifest import (
    AnyActivity,
    Manifest,
    Quiz,
    Section,
    Sequence,
    Survey,
    Video,
)
from player.journal.progress import Done
from player.ui import style
from player.ui.course_words import Place
from player.ui.date_words import Dated
from player.ui.icons import icon
from player.ui.language import duration, percent, translate

Index = QModelIndex | QPersistentModelIndex

SIGNS = {
    "video": "video",
    "page": "page",
    "document": "document",
    "links": "link",
    "quiz": "question",
    "exam": "exam",
    "work": "pencil",
    "survey": "list",
    "unknown": "info",
}


class Role(IntEnum):
    """What the page asks a row for."""

    ACTIVITY = Qt.ItemDataRole.UserRole
    SECTION = Qt.ItemDataRole.UserRole + 1
    SHARE = Qt.ItemDataRole.UserRole + 2


class Column(IntEnum):
    """What stands side by side."""

    TITLE = 0
    LENGTH = 1
    PLACE = 2
    DONE = 3


@dataclass(slots=True)
class Node:
    """One row and what hangs below it."""

    part: Section | Sequence | AnyActivity
    parent: Node | None
    row: int
    children: list[Node] = field(default_factory=list)

    def leaves(self) -> Iterator[AnyActivity]:
        """Every activity below, or itself."""
        if isinstance(self.part, (Section, Sequence)):
            for child in self.children:
                yield from child.leaves()
        else:
            yield self.part


def kind(activity: AnyActivity) -> str:
    """The activity's type, as the format names it."""
    return str(activity.__struct_config__.tag)


def kind_name(activity: AnyActivity) -> str:
    """The activity's type in the reader's words."""
    return type_name(kind(activity))


def type_name(type_: str) -> str:
    """A type of activity, by its name in the format, in the reader's words."""
    return {
        "video": translate("Course", "Video"),
        "page": translate("Course", "Page"),
        "document": translate("Course", "Document"),
        "links": translate("Course", "Links"),
        "quiz": translate("Course", "Quiz"),
        "exam": translate("Course", "Exam"),
        "work": translate("Course", "Work to hand in"),
        "survey": translate("Course", "Questionnaire"),
    }.get(type_, translate("Course", "Activity"))


class CourseTree(QAbstractItemModel):
    """One course; `here` are ids of activities whose files are here, `places` are by section,
    `dated` by section and activity: when they open or are due, what has to be done before.

    Where it `is_brief`, a sign stands for why a section does not come.
    """

    def __init__(self) -> None:
        super().__init__()
        self._roots: list[Node] = []
        self._done: Mapping[str, Done] = {}
        self._here: frozenset[str] = frozenset()
        self._places: Mapping[str, Place] = {}
        self._aside: frozenset[str] = frozenset()
        self._dated: Mapping[str, Dated] = {}
        self.is_brief = False
        """Whether it is said in few words where a part is; see `tell_places`."""

    def show(self, manifest: Manifest) -> None:
        """Replace the course."""
        self.beginResetModel()
        self._roots = []
        for number, section in enumerate(manifest.sections):
            root = Node(section, None, number)
            for place, sequence in enumerate(section.sequences):
                below = Node(sequence, root, place)
                below.children = [Node(a, below, i) for i, a in enumerate(sequence.activities)]
                root.children.append(below)
            self._roots.append(root)
        self.endResetModel()

    def mark(
        self,
        done: Mapping[str, Done],
        here: frozenset[str],
        places: Mapping[str, Place],
        aside: frozenset[str] = frozenset(),
        dated: Mapping[str, Dated] = {},
    ) -> None:
        """Say where each part stands, keeping what is unfolded and selected.

        The sections `aside` are not on the learner's path.
        """
        self.layoutAboutToBeChanged.emit()  # one for all: after each, columns are measured anew
        self._done, self._here, self._places, self._aside = done, here, places, aside
        self._dated = dated
        self.layoutChanged.emit()

    def tell_places(self) -> None:
        """Have whoever shows it say anew where each part is, as `is_brief` wants it."""
        self.layoutAboutToBeChanged.emit()  # one for all, as above
        self.layoutChanged.emit()

    def index_of(self, activity: str) -> QModelIndex:
        """Where an activity stands; an invalid index where it does not."""
        for root in self._roots:
            for sequence in root.children:
                for node in sequence.children:
                    if node.part.id == activity:
                        return self.createIndex(node.row, 0, node)
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        below = _node(parent).children if parent.isValid() else self._roots
        if 0 <= row < len(below) and 0 <= column < len(Column):
            return self.createIndex(row, column, below[row])
        return QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]
        above = _node(index).parent if index.isValid() else None
        return self.createIndex(above.row, 0, above) if above else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        if parent.column() > 0:
            return 0
        return len(_node(parent).children) if parent.isValid() else len(self._roots)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002 - Qt's signature
        return len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        node = _node(index)
        if role in (Role.ACTIVITY, Role.SECTION, Role.SHARE):
            return self._fact(node, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(node, Column(index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            words = [self._text(node, Column(column)) for column in Column]
            if isinstance(node.part, Section):
                words[Column.PLACE] = self._whole_place(node)
            words += [self._absence(node)] if not words[Column.PLACE] else []
            return ", ".join(word for word in words if word)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._sign(node, Column(index.column()))
        return self._look(node, index.column(), role)

    def _fact(self, node: Node, role: int) -> object:
        if role == Role.SECTION:
            return _section(node).id
        if role == Role.SHARE:
            return self._share(node)
        return None if isinstance(node.part, (Section, Sequence)) else node.part

    def _text(self, node: Node, column: Column) -> str:
        part = node.part
        if column == Column.TITLE:
            return part.title
        if column == Column.LENGTH:
            lengths = [a.duration for a in node.leaves() if isinstance(a, Video)]
            return duration(sum(lengths)) if lengths else ""
        if column == Column.PLACE:
            if isinstance(part, Section):
                return self._shown_place(node)
            if dated := self._dated.get(part.id):
                return dated.short if self.is_brief else dated.brief
            # Said once for a section of which nothing is here; its activities are greyed out
            below = _section(node).activities()
            some = any(a.id in self._here and any(a.blobs()) for a in below)
            return self._absence(node) if some else ""
        return self._progress(node)

    def _whole_place(self, node: Node) -> str:
        """Everything that there is to say of where a section stands."""
        place, dated = self._place(node), self._dated.get(node.part.id)
        return " · ".join(
            filter(None, (self._other(node), dated.said if dated else "", place.said))
        )

    def _shown_place(self, node: Node) -> str:
        """The same, as far as titles leave room for it: the tip and a reader have all of it."""
        place, dated = self._place(node), self._dated.get(node.part.id)
        if self.is_brief:
            found = dated.short if dated else place.short
            return " · ".join(filter(None, (self._other(node), found)))
        if dated and dated.closed:
            shown = (dated.said, "" if place.settled else place.said)
        else:
            shown = (dated.brief if dated else "", place.said)
        return " · ".join(filter(None, (self._other(node), *shown)))

    def _other(self, node: Node) -> str:
        return translate("Course", "Not on your path") if node.part.id in self._aside else ""

    def _place(self, node: Node) -> Place:
        return self._places.get(node.part.id, Place("", ""))

    def _absence(self, node: Node) -> str:
        if isinstance(node.part, (Section, Sequence)) or node.part.id in self._here:
            return ""
        return translate("Course", "Not here yet")

    def _share(self, node: Node) -> float | None:
        if not isinstance(node.part, Section):
            return None
        leaves = list(node.leaves())
        done = sum(1 for leaf in leaves if self._is_done(leaf.id))
        return done / len(leaves) if leaves else 0.0

    def _progress(self, node: Node) -> str:
        leaves = list(node.leaves())
        if isinstance(node.part, (Section, Sequence)):
            done = sum(1 for leaf in leaves if self._is_done(leaf.id))
            return translate("Course", "{done} of {all}").format(done=done, all=len(leaves))
        found = self._done.get(node.part.id)
        if found and found.score is not None and not isinstance(node.part, Survey):
            return percent(found.score)
        if isinstance(node.part, Quiz) and node.part.marking and self._is_done(node.part.id):
            return translate("Course", "Handed in")
        return translate("Course", "Done") if self._is_done(node.part.id) else ""

    def _tip(self, node: Node, column: int) -> str | None:
        if column == Column.PLACE and isinstance(node.part, Section):
            return self._whole_place(node)
        if column == Column.PLACE and (dated := self._dated.get(node.part.id)):
            return dated.said
        if column == Column.DONE:
            return self._counted(node)
        return node.part.title if column == Column.TITLE else None

    def _counted(self, node: Node) -> str | None:
        """Where the mark of an activity comes from."""
        found, part = self._done.get(node.part.id), node.part
        if not isinstance(part, Quiz) or isinstance(part, Survey) or found is None:
            return None
        if found.score is None:
            later = translate("Course", "The mark comes after your answers were sent.")
            return later if part.marking and found.completed_at else None
        return {
            "first": translate("Course", "The first attempt counts."),
            "last": translate("Course", "The last attempt counts."),
            "average": translate("Course", "The average of all attempts counts."),
        }.get(part.counts, translate("Course", "The best attempt counts."))

    def _is_closed(self, node: Node) -> bool:
        """Whether it, or what it is in, cannot be opened now."""
        above: Node | None = node
        while above:
            if (dated := self._dated.get(above.part.id)) and dated.closed:
                return True
            above = above.parent
        return False

    def _is_done(self, activity: str) -> bool:
        found = self._done.get(activity)
        return bool(found and found.completed_at)

    def _sign(self, node: Node, column: Column) -> QIcon | None:
        now = style.colours()
        if column == Column.PLACE:
            sign = self._place_sign(node)
            return icon(sign, now.warn if sign == "warning" else now.muted) if sign else None
        if isinstance(node.part, (Section, Sequence)):
            return None
        if column == Column.TITLE:
            may = node.part.id in self._here and not self._is_closed(node)
            tint = now.accent if may else now.muted
            return icon(SIGNS.get(kind(node.part), "info"), tint)
        if column == Column.DONE:
            if self._is_done(node.part.id):
                return icon("check-circle", now.good)
            return icon("half", now.warn) if node.part.id in self._done else None
        return None

    def _place_sign(self, node: Node) -> str:
        """What stands before the words on where a part is: why no more comes, or what is waited
        for."""
        dated = self._dated.get(node.part.id)
        return self._place(node).sign or (dated.sign if dated else "")

    def _look(self, node: Node, column: int, role: int) -> object:
        if role == Qt.ItemDataRole.FontRole and isinstance(node.part, Section) and column == 0:
            bold = QFont()
            bold.setWeight(QFont.Weight.DemiBold)
            return bold
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(node, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            muted = column in (Column.LENGTH, Column.PLACE) or bool(self._absence(node))
            muted = muted or _section(node).id in self._aside or self._is_closed(node)
            return QColor(style.colours().muted) if muted else None
        if role == Qt.ItemDataRole.TextAlignmentRole and column == Column.LENGTH:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


def _node(index: Index) -> Node:
    return index.internalPointer()  # type: ignore[no-any-return]


def _section(node: Node) -> Section:
    while node.parent:
        node = node.parent
    assert isinstance(node.part, Section)  # noqa: S101 - the roots are
    return node.part
