# SPDX-License-Identifier: Apache-2.0
"""The drive with the courses: how full it is, moving them to another, checking the files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QProgressBar

from player.app import Services
from player.errors import PlayerError
from player.store.moving import Plan
from player.ui import platform_file, style
from player.ui.check_panel import CheckPanel
from player.ui.flow import Flow
from player.ui.language import say, size, translate
from player.ui.parts import button, card, column, label
from player.ui.space_rows import WORTH
from player.ui.upkeep import CHECK, FREE, MOVE, Checked, Disk, Far, Upkeep


class DriveCard(QFrame):
    """What it is asked for goes to the upkeep; what that tells is shown by the page."""

    def __init__(self, services: Services, upkeep: Upkeep) -> None:
        super().__init__()
        self._home, self._upkeep = services.home, upkeep
        self.setProperty("role", "card")
        inner = column(self, margin=2 * style.GRID)
        self._title, self._words = label(role="heading"), label()
        self._bar = QProgressBar(maximum=1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(translate("Space", "How full the drive is"))
        self._low, self._where = label(role="warn"), label(role="caption")
        for part in (self._title, self._bar, self._words, self._low, self._where):
            inner.addWidget(part)
        self.take_away = button(
            translate("Space", "Move to another drive…"), self._choose, sign="folder"
        )
        self.back = button(
            translate("Space", "Bring back to this computer…"), lambda: self._plan(self._home)
        )
        self.check = button(
            translate("Space", "Check the files"), upkeep.check, sign="check-circle"
        )
        inner.addLayout(Flow(self.take_away, self.back, self.check))
        self._make_plan()
        self._make_progress()
        self.checked = CheckPanel(upkeep)
        for panel in (self._panel, self._work, self.checked):
            inner.addWidget(panel)
        upkeep.planned.connect(self._show_plan)

    def _make_plan(self) -> None:
        self._panel, inner = card("panel")
        self._planned: Path | None = None
        self._plan_words = label()
        self._go = button("", self._move, role="primary")
        self._not = button(translate("Space", "Leave them where they are"), self._drop_plan)
        inner.addWidget(self._plan_words)
        inner.addLayout(Flow(self._go, self._not))
        self._panel.hide()

    def _make_progress(self) -> None:
        self._work, inner = card("panel")
        self._far_words = label()
        self._far = QProgressBar(maximum=1000)
        self._far.setTextVisible(False)
        self.stop = button(translate("Space", "Stop"), self._upkeep.stop, sign="stop")
        for part in (self._far_words, self._far):
            inner.addWidget(part)
        inner.addLayout(Flow(self.stop))
        self._work.hide()

    def show_disk(self, disk: Disk) -> None:
        """Show how full the drive is and what of it the courses take."""
        room = disk.room
        text = translate("Space", "{free} free on this computer")
        if disk.away:
            text = translate("Space", "{free} free on {drive}")
        self._title.setText(text.format(free=size(room.free), drive=room.drive))
        text = translate("Space", "Your courses take {taken} of {total}.")
        self._words.setText(text.format(taken=size(disk.taken), total=size(room.total)))
        self._bar.setValue(round(1000 * (1 - room.free / max(1, room.total))))
        style.role(self._bar, "low" if room.little else "")
        self._bar.setAccessibleDescription(f"{self._title.text()}. {self._words.text()}")
        text = translate("Space", "Little is left: the next download may stop.")
        could = translate("Space", "What could go first stands below.")
        nothing = translate(
            "Space", "Free single weeks of a course below, or move all to another drive."
        )
        has_some = disk.unused > WORTH or any(one.what for one in disk.videos)
        self._low.setText(f"{text} {could if has_some else nothing}")
        self._low.setVisible(room.little)
        text = translate("Space", "Drive {drive}, folder {folder}.")
        if disk.away:
            stays = translate("Space", "What you did stays on this computer.")
            text = f"{text} {stays}"
        self._where.setText(text.format(drive=room.drive, folder=room.folder))
        self.back.setVisible(disk.away)
        self.take_away.setEnabled(disk.taken > 0)
        self.check.setEnabled(disk.taken > 0)

    # Move

    def _choose(self) -> None:
        if folder := platform_file.other_drive(self):
            self._plan(Path(folder))

    def _plan(self, folder: Path) -> None:
        self._upkeep.plan(folder)

    @Slot(object)
    def _show_plan(self, plan: Plan | PlayerError) -> None:
        self._planned = None
        if isinstance(plan, PlayerError):
            text = say(plan)
        elif plan.size == 0 and plan.free == 0:
            text = translate("Space", "The courses are there already: {folder}.")
        elif plan.fits:
            self._planned = plan.folder
            text = translate("Space", "{size} go to {folder}, where {free} can be used.")
            text += " " + translate(
                "Space", "Each file is checked as it is copied. Downloads pause meanwhile."
            )
        else:
            text = translate(
                "Space", "There is no room in {folder}: {size} are needed, {free} can be used."
            )
        if isinstance(plan, Plan):
            text = text.format(folder=plan.folder, size=size(plan.size), free=size(plan.free))
            self._go.setText(translate("Space", "Move {size}").format(size=size(plan.size)))
        self._plan_words.setText(text)
        self._go.setVisible(self._planned is not None)
        self._panel.setVisible(True)
        (self._not if self._planned is None else self._go).setFocus()

    def _drop_plan(self) -> None:
        self._panel.hide()
        self.take_away.setFocus()

    def _move(self) -> None:
        folder, self._planned = self._planned, None
        self._panel.hide()
        if folder is not None:
            self._upkeep.move(folder)

    # What is under way, and what came of it

    def show_far(self, far: Far | None) -> None:
        """Show how far a piece of work is, with the way to stop it."""
        for one in (self.take_away, self.back, self.check, self._go, self.checked):
            one.setEnabled(far is None)
        shown = far is not None and (far.kind in (MOVE, CHECK) or far.waits)
        begins = shown and self._work.isHidden()
        self._work.setVisible(shown)
        if far is None or not shown:
            return
        self._far_words.setText(far_words(far))
        self._far.setMaximum(1000 if far.total else 0)  # 0: it only moves
        self._far.setValue(1000 * far.done // far.total if far.total else 0)
        self._far.setAccessibleName(self._far_words.text())
        if begins:
            self.stop.setFocus()

    def show_checked(self, checked: Checked) -> None:
        """Show what a check found."""
        self.checked.show_checked(checked)


def far_words(far: Far) -> str:
    """How far a piece of work is."""
    if far.waits:
        return translate("Space", "A download is under way: it has to pause or to end first…")
    text = {
        FREE: translate("Space", "Freeing…"),
        MOVE: translate("Space", "Moving the courses: {done} of {total}"),
        CHECK: translate("Space", "Checking the files: {done} of {total}"),
    }.get(far.kind, translate("Space", "Mending the files…"))
    return text.format(done=size(far.done), total=size(far.total))
