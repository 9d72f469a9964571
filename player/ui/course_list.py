# SPDX-License-Identifier: Apache-2.0
"""The library's list: one row a course, kept here or on offer, painted as a card."""

from __future__ import annotations

from collections.abc import Mapping, Set
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from player.course.manifest import Licence
from player.search.folding import fold_words
from player.store.courses import Shelf
from player.ui import licence_words, style
from player.ui.icons import pixmap
from player.ui.language import apart, percent, size, tongue, translate
from player.ui.share import paint_share
from player.ui.standing import Standing

Index = QModelIndex | QPersistentModelIndex
BAR = 160  # pixels
_BETWEEN = " · "  # facts
MANY = 3  # languages beside its own


class Role(IntEnum):
    """What the delegate and the filter ask a row for."""

    SHELF = Qt.ItemDataRole.UserRole
    WORDS = Qt.ItemDataRole.UserRole + 1
    STANDING = Qt.ItemDataRole.UserRole + 2
    NEW = Qt.ItemDataRole.UserRole + 3


class CourseList(QAbstractListModel):
    """Courses: those begun first, then those here, then those on offer."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Shelf] = []
        self._standings: Mapping[str, Standing] = {}
        self._new: Set[str] = frozenset()

    def stand(self, standings: Mapping[str, Standing]) -> None:
        """Show how the files of the courses stand; rows stay as they are."""
        if standings != self._standings and self._rows:
            self._standings = standings
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        self._standings = standings

    def show(self, rows: list[Shelf], new: Set[str] = frozenset()) -> bool:
        """Replace every row; returns whether anything is other than before.

        `new` are the courses of which an update is to be mentioned.
        """
        ordered = sorted(rows, key=lambda shelf: (_rank(shelf), fold_words(shelf.title), shelf.id))
        if ordered == self._rows and new == self._new:
            return False
        self.beginResetModel()
        self._rows, self._new = ordered, new
        self.endResetModel()
        return True

    def row_of(self, course: str) -> int:
        """Where a course stands; 0 where it does not."""
        return next((row for row, one in enumerate(self._rows) if one.id == course), 0)

    def shelf(self, row: int) -> Shelf:
        """The course of a row."""
        return self._rows[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        shelf = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shelf.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = state(shelf, self._standings.get(shelf.id))
            new = [translate("Library", "A new version is offered")]
            return f"{shelf.title}. {' · '.join((*(new if shelf.id in self._new else ()), words))}"
        if role == Qt.ItemDataRole.ToolTipRole:
            words = state(shelf, self._standings.get(shelf.id))
            return "\n".join(filter(None, (shelf.title, shelf.summary, words)))
        if role == Role.WORDS:
            return fold_words(f"{shelf.title} {shelf.summary}")
        known: dict[int, object] = {
            Role.SHELF: shelf,
            Role.STANDING: self._standings.get(shelf.id),
            Role.NEW: shelf.id in self._new,
        }
        return known.get(role)


class CourseFilter(QSortFilterProxyModel):
    """Rows whose title or summary has every word that was typed, accents and case aside."""

    def __init__(self) -> None:
        super().__init__()
        self._words: list[str] = []

    def look_for(self, text: str) -> None:
        """Show only what has these words."""
        self._words = fold_words(text).split()
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if not self._words:
            return True
        index = self.sourceModel().index(source_row, 0, source_parent)
        text = self.sourceModel().data(index, Role.WORDS)
        return all(word in text for word in self._words)


class CourseDelegate(QStyledItemDelegate):
    """Paints a course: title, summary, where it stands, what it costs."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        height = QFontMetrics(option.font).height()
        return QSize(option.rect.width(), height * 4 + 36)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shelf: Shelf = index.data(Role.SHELF)
        now = style.colours()
        flags = option.state
        selected = bool(flags & QStyle.StateFlag.State_Selected)
        focused = selected and bool(flags & QStyle.StateFlag.State_HasFocus)
        hovered = bool(flags & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(2, 4, -10, -4)
        edge = now.focus if focused else now.accent if selected or hovered else now.border
        painter.setPen(QPen(QColor(edge), 2 if focused else 1))
        painter.setBrush(QColor(now.surface))
        painter.drawRoundedRect(box, 10, 10)
        begun = shelf.version > 0
        tint = now.accent if begun else now.muted
        picture = _placed(option, QRect(box.left() + 16, box.top() + 16, 32, 32))
        painter.drawPixmap(picture.topLeft(), pixmap("book", tint, 32))
        inner = box.adjusted(64, 12, -16, -12)
        if index.data(Role.NEW):
            across = tag_size(option.font, _new()).width() + 1
            place = QRect(inner.right() - across, inner.top(), across, inner.height())
            paint_tag(painter, option.font, _placed(option, place), _new())
        self._words(painter, option, inner, index)
        painter.restore()

    def _words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        box: QRect,
        index: Index,
    ) -> None:
        now = style.colours()
        shelf: Shelf = index.data(Role.SHELF)
        standing: Standing | None = index.data(Role.STANDING)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        bold.setPointSizeF(bold.pointSizeF() * 1.12)
        metrics, title = QFontMetrics(option.font), QFontMetrics(bold)
        elide, left = Qt.TextElideMode.ElideRight, Qt.AlignmentFlag.AlignLeft
        painter.setFont(bold)
        painter.setPen(QColor(now.text))
        taken = tag_size(option.font, _new()).width() + 12 if index.data(Role.NEW) else 0
        line = QRect(box.left(), box.top(), box.width() - taken, title.height())
        words = title.elidedText(shelf.title, elide, line.width())
        painter.drawText(_placed(option, line), left, words)
        painter.setFont(option.font)
        painter.setPen(QColor(now.muted))
        line = QRect(box.left(), line.bottom() + 4, box.width(), metrics.height())
        words = metrics.elidedText(shelf.summary, elide, box.width())
        painter.drawText(_placed(option, line), left, words)
        foot = QRect(box.left(), line.bottom() + 8, box.width(), metrics.height())
        words, side = state(shelf, standing), metrics.height()
        needed = metrics.horizontalAdvance(words) + (side + 6 if standing else 0)
        if shelf.version and shelf.activities and BAR + 12 + needed <= box.width():
            bar = QRect(foot.left(), foot.top(), BAR, foot.height())
            paint_share(painter, _placed(option, bar), shelf.completed / shelf.activities)
            foot.setLeft(bar.right() + 12)  # where there is no room, the words say it too
        if standing:
            tint = now.warn if standing.problem else now.good if standing.whole else now.muted
            sign = _placed(option, QRect(foot.left(), foot.top(), side, side))
            painter.drawPixmap(sign.topLeft(), pixmap(standing.sign, tint, side))
            foot.setLeft(foot.left() + side + 6)
        words = metrics.elidedText(fitting(words, metrics, foot.width()), elide, foot.width())
        painter.drawText(_placed(option, foot), left, words)


def fitting(words: str, metrics: QFontMetrics, width: int) -> str:
    """As many of the facts as have room, the first ones; the tip and the course have all."""
    parts = words.split(_BETWEEN)
    while len(parts) > 1 and metrics.horizontalAdvance(_BETWEEN.join(parts)) > width:
        parts.pop()
    return _BETWEEN.join(parts)


def _placed(option: QStyleOptionViewItem, box: QRect) -> QRect:
    """A box reckoned from the left, where it is in this direction of writing."""
    return QStyle.visualRect(option.direction, option.rect, box)


def tag_size(font: QFont, text: str) -> QSize:
    """The size of a tag with these words."""
    metrics = QFontMetrics(font)
    return QSize(metrics.horizontalAdvance(text) + 2 * metrics.height() + 4, metrics.height() + 4)


def paint_tag(painter: QPainter, font: QFont, box: QRect, text: str) -> None:
    """Paint words that stand out, with the sign of updates, into the upper right of `box`."""
    now, place = style.colours(), tag_size(font, text)
    tag = QRect(box.right() - place.width(), box.top() - 2, place.width(), place.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(now.accent_soft))
    painter.drawRoundedRect(tag, tag.height() / 2, tag.height() / 2)
    side = tag.height() - 8
    painter.drawPixmap(tag.left() + 8, tag.top() + 4, pixmap("refresh", now.accent, side))
    painter.setFont(font)
    painter.setPen(QColor(now.accent))
    words = tag.adjusted(side + 14, 0, 0, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _new() -> str:
    return translate("Library", "New version")


def state(shelf: Shelf, standing: Standing | None = None) -> str:
    """Where a course stands, in a few words: its files first."""
    known = [standing.words] if standing else []
    if 0 < shelf.version < shelf.coming:
        text = translate("Library", "Version {number} is coming").format(number=shelf.coming)
        known = [text, *([] if not standing or standing.whole else [standing.words])]
    if not shelf.version:
        parts = [translate("Library", "On offer"), *_costs(shelf)]
    else:
        share = shelf.completed / shelf.activities if shelf.activities else 0.0
        done = percent(share) if shelf.completed else translate("Library", "Not begun")
        parts = [done]
    parts.append(_languages(shelf))
    parts += filter(None, [licence_words.named(Licence(shelf.licence))])
    if shelf.trust == "unsigned":
        parts.append(translate("Library", "Not signed"))
    return _BETWEEN.join((*known, *parts))


def _languages(shelf: Shelf) -> str:
    """The language it is read in, then its others; how many more where there are many."""
    others = [one for one in shelf.languages if one != shelf.language]
    said = ", ".join(apart(tongue(one)) for one in (shelf.language, *others[:MANY]))
    more = len(others) - MANY
    return (
        said
        if more <= 0
        else translate("Library", "{languages} +{n}").format(languages=said, n=more)
    )


def _costs(shelf: Shelf) -> list[str]:
    texts = translate("Library", "text {size}").format(size=size(shelf.base))
    videos = [f"{_spoken(name)} +{size(cost)}" for name, cost in shelf.renditions.items()]
    return [texts, *videos]


def _spoken(rendition: str) -> str:
    return translate("Library", "audio") if rendition == "audio" else rendition


def _rank(shelf: Shelf) -> int:
    if not shelf.version:
        return 3
    if shelf.completed == 0:
        return 1
    return 0 if shelf.completed < shelf.activities else 2
