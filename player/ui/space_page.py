# SPDX-License-Identifier: Apache-2.0
"""Disk space: what the courses take and where, what could go, moving them, checking them.

A page of its own and not a part of another: who is told that the disk is full looks for the disk,
neither among what comes nor among choices that are made once.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from player.app import Services
from player.errors import DriveGone, PlayerError
from player.ui.drive_card import DriveCard
from player.ui.gone_card import GoneCard
from player.ui.language import say, translate
from player.ui.parts import Page, column, empty_card, label
from player.ui.space_rows import CourseCards, Suggestions
from player.ui.upkeep import Checked, Disk, Far, Upkeep


class SpacePage(Page):
    """What is read and done beside the window is shown as it comes; nothing goes unasked."""

    def __init__(self, services: Services, upkeep: Upkeep, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._upkeep = upkeep
        self._disk: Disk | None = None
        self._arrives = False
        self.body.addWidget(label(translate("Space", "Disk space"), "title"))
        text = translate(
            "Space",
            "Your answers and your progress stay, whatever goes from here; a video can be "
            "downloaded again.",
        )
        self.body.addWidget(label(text, "muted"))
        self._state = label(translate("Space", "Looking at the disk…"), "muted")
        self.body.addWidget(self._state)
        self.gone = GoneCard()
        self.gone.looked.connect(upkeep.look)
        self.gone.left.connect(upkeep.leave)
        self.body.addWidget(self.gone)
        self.drive = DriveCard(services, upkeep)
        self._known = QWidget()
        known = column(self._known, gap=16)
        known.addWidget(self.drive)
        self.suggestions = Suggestions(upkeep)
        known.addWidget(self.suggestions)
        self.courses = CourseCards(upkeep)
        known.addWidget(self.courses)
        text = translate("Space", "No course has files here yet, so none takes any space.")
        self._empty, _, inner = empty_card("disk", text)
        inner.addStretch()
        known.addWidget(self._empty, 1)
        self._rest = QWidget()
        known.addWidget(self._rest, 1)
        self._known.hide()
        self.body.addWidget(self._known, 1)
        self.body.addStretch()
        upkeep.looked.connect(self._show)
        upkeep.far.connect(self._show_far)
        upkeep.ended.connect(self._show_end)

    def show_now(self) -> None:
        """Have the disk read again."""
        self._upkeep.look()

    def take_focus(self) -> None:
        """Begin where work begins, now and once more when the disk was read."""
        self._arrives = True
        self._focus_first()

    def _focus_first(self) -> None:
        """What can be freed where there is little left, else what can be done."""
        little = self._disk is not None and self._disk.room.little
        first = [self.suggestions.first()] if little else []
        for one in (*first, self.gone.again, self.drive.stop, self.drive.take_away):
            if one is not None and one.isVisibleTo(self) and one.isEnabled():
                one.setFocus()
                return
        self.setFocus()

    @Slot(object)
    def _show(self, found: Disk | PlayerError) -> None:
        self.gone.show_problem(found if isinstance(found, DriveGone) else None)
        if isinstance(found, PlayerError):
            self._disk = None
            self._known.hide()
            self._state.setText("" if isinstance(found, DriveGone) else say(found))
        else:
            self._show_disk(found)
            self._known.show()
            self._state.setText("")
        self._state.setVisible(bool(self._state.text()))
        lost = self.window().focusWidget() is None  # what had the keyboard is gone
        if self.isVisible() and (lost or self._arrives):
            self._arrives = False
            self._focus_first()

    def _show_disk(self, disk: Disk) -> None:
        before, self._disk = self._disk, disk
        self.drive.show_disk(disk)
        self._empty.setVisible(disk.taken == 0)
        self._rest.setVisible(disk.taken > 0)
        if before is None or replace(before, room=disk.room) != disk:  # rows keep the keyboard
            self.suggestions.show_disk(disk)
            self.courses.show_disk(disk)

    @Slot(object)
    def _show_far(self, far: Far | None) -> None:
        for part in (self.suggestions, self.courses):
            part.setEnabled(far is None)
        self.drive.show_far(far)

    @Slot(str, object)
    def _show_end(self, _kind: str, result: object) -> None:
        if isinstance(result, Checked):
            self.drive.show_checked(result)
            return
        here = self.window().focusWidget()
        self._arrives = here is None or not self.isAncestorOf(here)  # its button was greyed out
