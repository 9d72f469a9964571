# SPDX-License-Identifier: Apache-2.0
"""Qt's accessibility tree of a window, as a screen reader walks it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSpinBox, QApplication, QWidget

from player import ui

Role = QAccessible.Role

CONTROLS = {
    Role.Button,
    Role.ButtonDropDown,
    Role.ButtonMenu,
    Role.CheckBox,
    Role.ComboBox,
    Role.EditableText,
    Role.HotkeyField,
    Role.Link,
    Role.List,
    Role.MenuItem,
    Role.PageTab,
    Role.PageTabList,
    Role.ProgressBar,
    Role.RadioButton,
    Role.Slider,
    Role.SpinBox,
    Role.Table,
    Role.Tree,
}
"""What can be worked with, or says how something stands: each needs a name."""

ROWS = {Role.ListItem, Role.TreeItem, Role.Cell}
VAGUE = {Role.NoRole, Role.Client, Role.Pane, Role.Window, Role.LayeredPane, Role.UserRole}
"""Roles that tell nobody what a thing is that has the keyboard."""

UNNAMED = {Role.PageTabList}
"""Qt's own, between a named list of tabs and its named tabs."""


def walk(one: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """An element with everything below it that is shown, rows of lists among it."""
    yield one
    for number in range(one.childCount()):
        child = one.child(number)
        if child is not None and child.isValid() and not child.state().invisible:
            yield from walk(child)


def name(one: QAccessibleInterface) -> str:
    """What a screen reader calls an element."""
    return one.text(QAccessible.Text.Name).strip()


def faults(window: QWidget, language: str) -> Iterator[str]:
    """Yield what is wrong with the tree of what `window` shows."""
    found = list(walk(QAccessible.queryAccessibleInterface(window)))
    for one in found:
        role, said, thing = one.role(), name(one), one.object()
        what = f"{_kind(thing)} “{said}” ({role.name})"
        needs = (role in CONTROLS - UNNAMED or one.state().focusable) and role not in ROWS
        if needs and not said and not _stands_for_another(thing):
            yield f"{what} has no name"
        if one.state().focusable and role in VAGUE and _may_have_keyboard(thing):
            yield f"{what} does not say what it is"
        if role in ROWS and not said and _column(one) == 0:
            yield f"{what} in {_kind(one.parent().object())} has no text"
        if language != "en" and said in english(language):
            yield f"{what} is in English"
    yield from misplaced(window)


def _kind(thing: object) -> str:
    if not isinstance(thing, QWidget):
        return type(thing).__name__
    above = type(thing.parentWidget()).__name__
    return f"{type(thing).__name__} in {above}"


def called(one: QWidget) -> str:
    """A widget in a word for whoever reads what a test found."""
    return f"{_kind(one)} “{name(QAccessible.queryAccessibleInterface(one))}”"


def _stands_for_another(thing: object) -> bool:
    """Whether the keyboard goes on to a named control: a spin box for its field, tabs for a tab."""
    if not isinstance(thing, QWidget):
        return False
    return thing.focusProxy() is not None or isinstance(thing.parentWidget(), QAbstractSpinBox)


def _may_have_keyboard(thing: object) -> bool:
    if not isinstance(thing, QWidget) or thing.focusProxy() is not None:
        return False
    return thing.focusPolicy() != Qt.FocusPolicy.NoFocus


def _column(row: QAccessibleInterface) -> int:
    """The column of a cell: the first says what its row is, others may be empty."""
    cell = row.tableCellInterface()
    return cell.columnIndex() if cell else 0


@cache
def english(language: str) -> frozenset[str]:
    """English texts of ours that say something else in `language`."""
    path = Path(ui.__file__).parent / "i18n" / f"cartable_{language}.ts"
    pairs = [
        (one.findtext("source", ""), "".join(one.find("translation").itertext()))  # type: ignore[union-attr]
        for one in ElementTree.parse(path).getroot().iter("message")  # noqa: S314 - ours
    ]
    said = {translated for _, translated in pairs}
    return frozenset(source for source, _ in pairs if source not in said)


# Windows that open for a moment, and take the keyboard with them


class _Watch(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if (
            event.type() == QEvent.Type.Show
            and isinstance(thing, QWidget)
            and not thing.parent()
            and thing.isWindow()
        ):
            self.found.append(called(thing))
        return False


@contextmanager
def windows() -> Iterator[list[str]]:
    """What opens as a window meanwhile: a widget that is shown before it has its place, say."""
    watch, app = _Watch(), QApplication.instance()
    assert app is not None
    app.installEventFilter(watch)
    try:
        yield watch.found
    finally:
        app.removeEventFilter(watch)


# The order of the Tab key


def stops(window: QWidget) -> Iterator[QWidget]:
    """What the Tab key leads to, from the first on, all the way round; each while it has it."""
    first = next((one for one in _chain(window) if _is_stop(one)), None)
    if first is None:
        return
    first.setFocus(Qt.FocusReason.TabFocusReason)
    found: list[QWidget] = []
    now: QWidget | None = first
    while now is not None and now not in found and len(found) < 300:
        found.append(now)
        yield now
        now.focusNextChild()
        now = window.focusWidget()


def _chain(window: QWidget) -> Iterator[QWidget]:
    now = window.nextInFocusChain()
    while now is not window:
        yield now
        now = now.nextInFocusChain()


def _is_stop(one: QWidget) -> bool:
    tab = one.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(tab) and one.isVisible() and one.isEnabled()


def _seen(one: QWidget) -> QRegion:
    """What is seen of a widget; Qt takes off what lies in it, a viewport too."""
    shown = one.viewport() if isinstance(one, QAbstractScrollArea) else one
    return shown.visibleRegion()


def misplaced(window: QWidget) -> Iterator[str]:
    """Yield what has the keyboard unseen, or before what is read before it."""
    before, found = window.focusWidget(), []
    for one in stops(window):
        found.append(one)
        if found[1:] and _seen(one).isEmpty():  # nothing has scrolled to the first
            yield f"{called(one)} has the keyboard and cannot be seen"
    for one, other in pairwise(found):
        if _is_before(
            _place(other, window), _place(one, window), right=_from_the_right(one, other)
        ):
            yield f"Tab goes from {called(one)} back to {called(other)}"
    if before is not None:
        before.setFocus()


def _place(one: QWidget, window: QWidget) -> QRect:
    """Where it lies in the window, nothing scrolled."""
    corner, above = one.mapTo(window, one.rect().topLeft()), one.parentWidget()
    while above is not window:
        if isinstance(above, QAbstractScrollArea):
            bars = above.horizontalScrollBar(), above.verticalScrollBar()
            corner += QPoint(bars[0].value(), bars[1].value())
        above = above.parentWidget()
    return QRect(corner, one.size())


def _from_the_right(one: QWidget, other: QWidget) -> bool:
    """Whether what holds both is read from the right."""
    above = one.parentWidget()
    while not above.isAncestorOf(other):
        above = above.parentWidget()
    return above.layoutDirection() == Qt.LayoutDirection.RightToLeft


def _is_before(one: QRect, other: QRect, *, right: bool) -> bool:
    """Whether `one` is read before `other`: above it in its column, or ahead of it in its line."""
    across = min(one.right(), other.right()) - max(one.left(), other.left())
    down = min(one.bottom(), other.bottom()) - max(one.top(), other.top())
    if across > 0 and one.bottom() <= other.top():
        return True
    ahead = one.left() >= other.right() if right else one.right() <= other.left()
    return down > min(one.height(), other.height()) / 2 and ahead
