# SPDX-License-Identifier: Apache-2.0
"""What could go and what each course takes, each row with the button that says what it frees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from player.store.space import SYNCED, Suggestion, Usage
from player.ui.flow import Flow
from player.ui.icons import icon
from player.ui.language import size, translate
from player.ui.parts import button, card, clear, column, label, row
from player.ui.style import GRID
from player.ui.upkeep import Disk, Upkeep

WORTH = 100_000  # bytes: looking what an update costs leaves a few piece lists
FEW = 6  # suggestions: the courses stand below
MANY = 8  # courses at a time: a card takes some milliseconds


class Suggestions(QFrame):
    """What nobody needs now, what the platform has first. Hidden where there is nothing."""

    def __init__(self, upkeep: Upkeep) -> None:
        super().__init__()
        self._upkeep = upkeep
        self.setProperty("role", "card")
        inner = column(self, margin=2 * GRID)
        inner.addWidget(label(translate("Space", "Could go first"), "heading"))
        self._all = button("", self._free_sent, sign="trash")
        inner.addLayout(Flow(self._all))
        self._rows = column()
        inner.addLayout(self._rows)
        self._folded = True
        self._sent: list[Suggestion] = []

    def first(self) -> QPushButton | None:
        """The first button that frees something."""
        found = [one for one in self.findChildren(QPushButton) if one.isVisibleTo(self)]
        return found[0] if found else None

    def show_disk(self, disk: Disk) -> None:
        """Show what could go: what no course uses, then what is watched and sent, then watched."""
        clear(self._rows)
        titles = {one.course: one.title for one in disk.usage}
        found = [one for one in disk.videos if one.what]
        found.sort(key=lambda one: (one.what != SYNCED, -one.bytes))
        if disk.unused > WORTH:
            text = translate("Space", "Files of older versions, which no course uses any more")
            self._rows.addWidget(_line(text, "", disk.unused, self._upkeep.free_unused))
        for one in found[:FEW] if self._folded else found:
            why = f"{titles.get(one.course, one.course)}\n{_why(one)}"
            free = partial(self._upkeep.free, [one])
            self._rows.addWidget(_line(one.title, why, one.bytes, free))
        self._sent = [one for one in found if one.what == SYNCED]
        text = translate("Space", "Free all that is watched and sent · {size}")
        self._all.setText(text.format(size=size(sum(one.bytes for one in self._sent))))
        self._all.setVisible(len(self._sent) > 1)
        more = len(found) - FEW
        if self._folded and more > 0:
            text = translate("Space", "Show %n more", "", more)
            self._rows.addWidget(
                button(text, lambda: self._unfold(disk), role="quiet", sign="chevron-down")
            )
        self.setVisible(bool(found) or disk.unused > WORTH)

    def _free_sent(self) -> None:
        self._upkeep.free(self._sent)

    def _unfold(self, disk: Disk) -> None:
        self._folded = False
        self.show_disk(disk)
        if (first := self.first()) is not None:
            first.setFocus()


class CourseCards(QWidget):
    """A card for each course that has files here, the greatest first."""

    def __init__(self, upkeep: Upkeep) -> None:
        super().__init__()
        self._upkeep = upkeep
        self._unfolded: set[str] = set()
        self._shown = MANY
        inner = column(self, gap=12)
        inner.addWidget(label(translate("Space", "Courses"), "heading"))
        self._cards = column(gap=12)
        inner.addLayout(self._cards)

    def show_disk(self, disk: Disk) -> None:
        """Show what takes something."""
        clear(self._cards)
        taking = [one for one in disk.usage if one.bytes]
        for usage in taking[: self._shown]:
            self._add(disk, usage)
        self._offer_more(disk, taking[self._shown :])
        self.setVisible(bool(taking))

    def _add(self, disk: Disk, usage: Usage) -> CourseCard:
        videos = [one for one in disk.videos if one.course == usage.course]
        made = CourseCard(self._upkeep, usage, videos, self._unfolded)
        self._cards.addWidget(made)
        return made

    def _offer_more(self, disk: Disk, left: Sequence[Usage]) -> None:
        if not left:
            return

        def show_more() -> None:
            more.hide()
            more.deleteLater()
            self._shown += MANY
            added = [self._add(disk, usage) for usage in left[:MANY]]
            self._offer_more(disk, left[MANY:])
            (added[0].remove if left[0].free_bytes else added[0].weeks).setFocus()

        text = translate("Space", "Show %n more", "", len(left))
        more = button(text, show_more, role="quiet", sign="chevron-down")
        self._cards.addWidget(more)


class CourseCard(QFrame):
    """One course: what it takes, its weeks, and removing all of it, which is asked once more."""

    def __init__(
        self, upkeep: Upkeep, usage: Usage, videos: list[Suggestion], unfolded: set[str]
    ) -> None:
        super().__init__()
        self._upkeep, self._usage, self._videos = upkeep, usage, videos
        self._unfolded = unfolded
        self.course = usage.course
        self.setProperty("role", "card")
        self._inner = inner = column(self, margin=14)
        inner.addWidget(label(usage.title, "strong"))
        inner.addWidget(label(_taken(usage), "caption"))
        self.weeks = button("", self._fold, role="quiet")
        self.remove = button("", self._ask, sign="trash")
        text = translate("Space", "Remove its files · {size}").format(size=size(usage.free_bytes))
        self.remove.setText(text)
        self.remove.setAccessibleName(f"{usage.title}: {text}")
        inner.addLayout(Flow(self.remove, self.weeks))
        self.remove.setVisible(usage.free_bytes > 0)
        self.weeks.setVisible(bool(videos))
        self._question: QFrame | None = None
        self._list = QWidget()
        self._rows = column(self._list)
        inner.addWidget(self._list)
        self._show_weeks()

    def _make_question(self) -> QFrame:
        frame, inner = card("warn")
        text = translate(
            "Space",
            "All of its files go. To follow it again it has to be downloaded again; your answers "
            "and your progress stay.",
        )
        inner.addWidget(label(text))
        freed = size(self._usage.free_bytes)
        self._yes = button(
            translate("Space", "Free {size}").format(size=freed),
            lambda: self._upkeep.remove(self._usage.course),
        )
        self._no = button(translate("Space", "Keep it"), self._keep)
        inner.addLayout(Flow(self._no, self._yes))
        return frame

    def _ask(self) -> None:
        if self._question is None:
            self._question = self._make_question()
            self._inner.insertWidget(self._inner.indexOf(self._list), self._question)
        self._question.show()
        self._no.setFocus()

    def _keep(self) -> None:
        if self._question is not None:
            self._question.hide()
        self.remove.setFocus()

    def _fold(self) -> None:
        self._unfolded ^= {self._usage.course}
        self._show_weeks()

    def _show_weeks(self) -> None:
        shown = self._usage.course in self._unfolded
        count = len(self._videos)
        self.weeks.setText(translate("Space", "Videos of %n week(s)", "", count))
        self.weeks.setIcon(icon("chevron-up" if shown else "chevron-down"))
        state = translate("Space", "unfolded") if shown else translate("Space", "folded")
        self.weeks.setAccessibleName(f"{self._usage.title}: {self.weeks.text()}, {state}")
        clear(self._rows)
        for one in self._videos if shown else ():
            free = partial(self._upkeep.free, [one])
            self._rows.addWidget(_line(one.title, _why(one), one.bytes, free))
        self._list.setVisible(shown)


def _line(words: str, why: str, freed: int, do: Callable[[], object]) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "panel")
    text = column(gap=2)
    text.addWidget(label(words))
    if why:
        text.addWidget(label(why, "caption"))
    free = button(translate("Space", "Free {size}").format(size=size(freed)), do)
    free.setAccessibleName(f"{words}: {free.text()}")
    inner = row(gap=12)
    inner.setContentsMargins(12, 8, 8, 8)
    inner.addLayout(text, 1)
    inner.addWidget(free)
    frame.setLayout(inner)
    return frame


def _why(one: Suggestion) -> str:
    if one.what == SYNCED:
        return translate("Space", "Done, and received by the platform")
    return translate("Space", "Watched") if one.what else translate("Space", "Not watched yet")


def _taken(usage: Usage) -> str:
    if not usage.shared_bytes:
        return size(usage.bytes)
    text = translate("Space", "{size}, of it {shared} that another course uses too")
    return text.format(size=size(usage.bytes), shared=size(usage.shared_bytes))
