# SPDX-License-Identifier: Apache-2.0
"""Rows of a text and a menu: what is matched, or put on a picture.

A menu is the form of drag and drop that a keyboard and a screen reader can use, and it fits where
the window is small and the letters are large.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QSizePolicy, QWidget

from player.course.interactions import Item, Placing
from player.lesson.answers import Answer, listed
from player.lesson.parts import Part
from player.ui.language import translate
from player.ui.lesson.cleaning import plain
from player.ui.lesson.context import LessonContext
from player.ui.lesson.pieces import Sign
from player.ui.lesson.rich_text import RichText
from player.ui.parts import calm, column, row
from player.ui.style import GRID

Named = Sequence[tuple[str, str]]
"""Ids and plain texts, in the order in which they are shown."""


def named(items: Iterable[Item]) -> Named:
    """Items as a menu has them; one without words is told by its number."""
    return [(one.id, plain(one.text) or str(n)) for n, one in enumerate(items, 1)]


class Menu(QComboBox):
    """A menu of a course's texts, nothing chosen at first."""

    def __init__(self, entries: Named, name: str) -> None:
        super().__init__()
        self.addItem(translate("QuizView", "Choose…"), "")
        for id_, text in entries:
            self.addItem(text, id_)
        self.setAccessibleName(name)
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.currentTextChanged.connect(self.setToolTip)
        calm(self)

    def showPopup(self) -> None:
        """Show the list as wide as its texts, which may be wider than the menu."""
        room = self.screen().availableGeometry().width()
        wide = self.view().sizeHintForColumn(0) + self.view().verticalScrollBar().sizeHint().width()
        self.view().setMinimumWidth(min(wide, room))
        super().showPopup()

    @property
    def chosen(self) -> str:
        """The id of what is chosen, '' for nothing."""
        return str(self.currentData() or "")

    def choose(self, id_: str) -> None:
        """Choose by id; what is not there chooses nothing."""
        self.setCurrentIndex(max(self.findData(id_), 0))


class MenuRow(QFrame):
    """A text from the course with menus beneath, and a sign for what became of them.

    Where `most` is more than one, another menu comes as soon as the last of them is used.

    Signals:
        edited: something was chosen.
    """

    edited = Signal()

    def __init__(self, context: LessonContext, text: str, entries: Named, most: int = 1) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._name, self._entries, self._most = plain(text), entries, most
        self.menus: list[Menu] = []
        self._sign = Sign("circle")
        self._sign.hide()
        words = RichText(context, text)
        words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._body = column(self, margin=GRID + GRID // 2, gap=GRID)
        self._body.addWidget(words)
        self._add_menu()

    @property
    def chosen(self) -> list[str]:
        """The ids chosen, each once."""
        return list(dict.fromkeys(menu.chosen for menu in self.menus if menu.chosen))

    def choose(self, ids: Sequence[str]) -> None:
        """Choose by ids; what is not there chooses nothing."""
        for number, id_ in enumerate(ids[: self._most] or [""]):
            if number == len(self.menus):
                self._add_menu()
            self.menus[number].choose(id_)
        for menu in self.menus[max(len(ids), 1) :]:
            menu.choose("")

    def lock(self, *, locked: bool) -> None:
        """Take no more changes, or take them again."""
        for menu in self.menus:
            menu.setEnabled(not locked)

    def mark(self, right: bool | None) -> None:
        """Show a sign; None takes it away."""
        self._sign.setVisible(right is not None)
        said = ""
        if right is not None:
            self._sign.show_sign("check" if right else "cross", "good" if right else "bad")
            said = translate("QuizView", "Right.") if right else translate("QuizView", "Not right.")
        for menu in self.menus:
            menu.setAccessibleDescription(said)

    def _add_menu(self) -> None:
        menu = Menu(self._entries, self._name)
        menu.currentIndexChanged.connect(self._changed)
        self._body.addLayout(row(menu, self._sign) if not self.menus else row(menu))
        self.menus.append(menu)

    def _changed(self) -> None:
        if self.menus[-1].chosen and len(self.menus) < min(self._most, len(self._entries)):
            self._add_menu()
        self.edited.emit()


class MenuField(QWidget):
    """Rows that answer an interaction with pairs, `source target`.

    Signals:
        edited: something was chosen.
    """

    edited = Signal()

    def __init__(
        self, context: LessonContext, id_: str, rows: Iterable[Item], entries: Named, most: int = 1
    ) -> None:
        super().__init__()
        self.id = id_
        self.rows = {one.id: MenuRow(context, one.text, entries, most) for one in rows}
        layout = column(self, gap=GRID)
        for made in self.rows.values():
            layout.addWidget(made)
            made.edited.connect(self.edited)
        self.setLayoutDirection(context.direction)

    @property
    def given(self) -> Answer:
        """The pairs made, each once."""
        return [f"{id_} {one}" for id_, made in self.rows.items() for one in made.chosen]

    def show_given(self, answer: Answer) -> None:
        """Choose what was chosen before."""
        targets: dict[str, list[str]] = {id_: [] for id_ in self.rows}
        for source, _, target in (one.partition(" ") for one in listed(answer)):
            targets.setdefault(source, []).append(target)
        for id_, made in self.rows.items():
            made.choose(targets[id_])

    def show_marked(self, part: Part | None) -> None:
        """Show which rows are right; None, or a part with nothing right or wrong, shows none."""
        verdicts = self._verdicts(part) if part is not None else {}
        for id_, made in self.rows.items():
            made.mark(verdicts.get(id_))

    def lock(self, *, locked: bool) -> None:
        """Take no more changes, or take them again."""
        for made in self.rows.values():
            made.lock(locked=locked)

    @property
    def entry(self) -> QWidget:
        """Where the keyboard goes: to the first menu."""
        return next(iter(self.rows.values())).menus[0]

    def _verdicts(self, part: Part) -> Mapping[str, bool]:
        right = {pair.split(" ")[0] for pair in part.right}
        wrong = {pair.split(" ")[0] for pair in part.wrong}
        return {id_: id_ not in wrong for id_ in right | wrong}


def placing_field(
    context: LessonContext, interaction: Placing, sources: Iterable[Item], targets: Iterable[Item]
) -> MenuField:
    """A row for each source, with a menu for each target that it may have."""
    entries = named(targets)
    most = interaction.per_source or len(entries)
    return MenuField(context, interaction.id, sources, entries, most)
