# SPDX-License-Identifier: Apache-2.0
"""Where each of several things stands on a scale: its words, and the steps side by side beneath.

The steps go on in a next line where the window is narrow or the letters large. Arrows go from step
to step, Tab from one thing to the next; each step is read with what it is said of.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QSizePolicy, QWidget

from player.course.interactions import Item, SurveyInteraction
from player.lesson.answers import Answer, listed
from player.lesson.parts import Part
from player.ui.flow import Flow
from player.ui.language import translate
from player.ui.lesson.cleaning import plain
from player.ui.lesson.context import LessonContext
from player.ui.lesson.menu_rows import Named, named
from player.ui.lesson.rich_text import RichText
from player.ui.parts import WORD, button, column
from player.ui.style import GRID

_ARROWS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Right: 1,
}

WIDEST = 16_777_215  # pixels: Qt's QWIDGETSIZE_MAX
_SIDEWAYS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class Step(QRadioButton):
    """One step of a scale; arrows are the row's, which knows the order over several lines."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.fit(WIDEST)

    def fit(self, width: int) -> None:
        """Go on in a next line where the words are wider than `width`, in pixels."""
        beside = self.sizeHint().width() - self._widest(self.text().split("\n"))
        lines = _lines(self._words, self.fontMetrics(), width - beside)
        text = "\n".join(lines).replace("&", "&&")
        if text != self.text():
            self.setText(text)

    def minimumSizeHint(self) -> QSize:
        """A narrow line of its words: `fit` breaks them where there is no more room."""
        usual = super().minimumSizeHint()
        return QSize(
            min(usual.width(), self.fontMetrics().averageCharWidth() * WORD // 2), usual.height()
        )

    def _widest(self, lines: Iterable[str]) -> int:
        metrics = self.fontMetrics()
        return max(metrics.horizontalAdvance(line.replace("&&", "&")) for line in lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)


def _lines(words: str, metrics: QFontMetrics, width: int) -> list[str]:
    """The words in lines of at most that width; a word that alone is wider is broken."""
    lines, line = [], ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and metrics.horizontalAdvance(longer) > width:
            lines.append(line)
            longer = word
        while len(longer) > 1 and metrics.horizontalAdvance(longer) > width:
            fits = next(
                n for n in range(len(longer) - 1, 0, -1) if _fits(longer[:n], metrics, width)
            )
            lines.append(longer[:fits])
            longer = longer[fits:]
        line = longer
    return [*lines, line]


def _fits(text: str, metrics: QFontMetrics, width: int) -> bool:
    return len(text) == 1 or metrics.horizontalAdvance(text) <= width


class Steps(QWidget):
    """The steps, as high as they are at this width: what lies around it does not ask again."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self._steps = [one for one in parts if isinstance(one, Step)]
        self._flow = Flow(*parts, gap=2 * GRID)
        self.setLayout(self._flow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Take the height that is needed now."""
        for one in self._steps:
            one.fit(self.width())
        self.setMinimumHeight(self._flow.heightForWidth(self.width()))


class ScaleRow(QFrame):
    """One thing and the scale, nothing chosen at first; what was chosen can be taken back."""

    def __init__(self, context: LessonContext, item: Item, steps: Named) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        words = plain(item.text)
        self.setAccessibleName(words)
        text = RichText(context, item.text)
        text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        tip = translate("Survey", "The Delete key takes the answer back.")
        self.group = QButtonGroup(self)
        self.steps: dict[str, Step] = {}
        for id_, said in steps:
            step = Step(said)
            step.setAccessibleName(f"{words}: {said}")
            step.setAccessibleDescription(tip)
            self.steps[id_] = step
            self.group.addButton(step)
        self.undo = button(translate("Survey", "Take back"), self.clear, role="quiet")
        self.undo.setToolTip(tip)
        self.undo.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes from one thing to the next
        layout = column(self, margin=GRID + GRID // 2, gap=GRID)
        layout.addWidget(text)
        self._steps = Steps(*self.steps.values(), self.undo)
        layout.addWidget(self._steps)
        self.group.buttonToggled.connect(lambda *_: self._judge())
        self._judge()

    @property
    def chosen(self) -> str:
        """The id of the step, '' for none."""
        return next((id_ for id_, one in self.steps.items() if one.isChecked()), "")

    def choose(self, id_: str) -> None:
        """Choose a step by its id; what is not there chooses none."""
        self.group.setExclusive(False)
        for name, one in self.steps.items():
            one.setChecked(name == id_)
        self.group.setExclusive(True)

    def clear(self) -> None:
        """Have nothing chosen again."""
        self.choose("")
        next(iter(self.steps.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def lock(self, *, locked: bool) -> None:
        """Take no more changes, or take them again."""
        for one in self.steps.values():
            one.setEnabled(not locked)
        self.undo.setEnabled(not locked)
        self._judge()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the step before or behind, and choose it: left is back, but right to left."""
        steps = list(self.steps.values())
        here = next((n for n, one in enumerate(steps) if one.hasFocus()), None)
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
            return
        if here is None or event.key() not in _ARROWS:
            super().keyPressEvent(event)
            return
        by = _ARROWS[Qt.Key(event.key())]
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft and event.key() in _SIDEWAYS:
            by = -by
        there = steps[(here + by) % len(steps)]
        there.setFocus(Qt.FocusReason.OtherFocusReason)
        there.setChecked(True)

    def _judge(self) -> None:
        self.undo.setVisible(bool(self.chosen) and self.undo.isEnabled())
        self._steps.fit()


class ScaleField(QWidget):
    """A row for each item of a survey interaction.

    Signals:
        edited: something was chosen, or taken back.
    """

    edited = Signal()

    def __init__(self, context: LessonContext, interaction: SurveyInteraction) -> None:
        super().__init__()
        self.id = interaction.id
        steps = named(interaction.scale)
        self.rows = {one.id: ScaleRow(context, one, steps) for one in interaction.items}
        layout = column(self, gap=GRID)
        for made in self.rows.values():
            layout.addWidget(made)
            made.group.buttonToggled.connect(lambda *_: self.edited.emit())
        self.setLayoutDirection(context.direction)

    @property
    def given(self) -> Answer:
        """`item step` for each that stands somewhere."""
        return [f"{id_} {made.chosen}" for id_, made in self.rows.items() if made.chosen]

    def show_given(self, answer: Answer) -> None:
        """Choose what was chosen before."""
        chosen = dict(_pairs(listed(answer)))
        for id_, made in self.rows.items():
            made.choose(chosen.get(id_, ""))

    def show_marked(self, part: Part | None) -> None:
        """Nothing is right or wrong."""

    def lock(self, *, locked: bool) -> None:
        """Take no more changes, or take them again."""
        for made in self.rows.values():
            made.lock(locked=locked)

    @property
    def entry(self) -> QWidget:
        """Where the keyboard goes: to what is chosen of the first item, or its first step."""
        first = next(iter(self.rows.values()))
        return first.steps.get(first.chosen) or next(iter(first.steps.values()))


def _pairs(listed_: Iterable[str]) -> Iterable[tuple[str, str]]:
    for one in listed_:
        item, _, step = one.partition(" ")
        yield item, step
