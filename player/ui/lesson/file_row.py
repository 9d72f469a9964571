# SPDX-License-Identifier: Apache-2.0
"""One file that was chosen: how it looks, what it weighs, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame

from player.store import handed
from player.store.handed import File
from player.ui import style
from player.ui.flow import Flow
from player.ui.icons import pixmap
from player.ui.language import size, translate
from player.ui.lesson import photo
from player.ui.parts import button, column, label, row
from player.ui.style import GRID

SIDE = 64


@dataclass(frozen=True, slots=True)
class Choice:
    """What became of a file that somebody chose.

    `file` lies in the home, None where it is larger than may be handed in, `size` bytes. `small` is
    the same picture made smaller, empty where that is not worth it.
    """

    name: str
    size: int
    file: File | None
    small: bytes = b""


class FileRow(QFrame):
    """A file with its buttons.

    Signals:
        shrunk: the learner wants the smaller picture.
        restored: the learner wants the large one back.
        removed: the learner wants it no more.
        replaced: the learner wants another one in its place.
    """

    shrunk = Signal()
    restored = Signal()
    removed = Signal()
    replaced = Signal()

    def __init__(self, home: Path, choice: Choice) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.choice, self.file = choice, choice.file
        self._home = home
        self._picture = label(wrap=False)
        self._picture.setFixedSize(SIDE, SIDE)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._name, self._words = label(choice.name, "strong"), label(role="muted")
        self.small = button("", self.shrunk.emit)
        self.large = button(
            translate("Upload", "Take the large one again"), self.restored.emit, role="quiet"
        )
        self._replace = button(translate("Upload", "Replace…"), self.replaced.emit, role="quiet")
        self.remove = button(translate("Upload", "Remove"), self.removed.emit, role="quiet")
        self._is_locked = False
        buttons = (self.small, self.large, self._replace, self.remove)
        for one in buttons:
            one.setAccessibleDescription(choice.name)
        texts = column(gap=GRID // 2)
        texts.addWidget(self._name)
        texts.addWidget(self._words)
        texts.addLayout(Flow(*buttons))
        body = row(gap=2 * GRID)
        body.setContentsMargins(GRID, GRID, GRID, GRID)
        body.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        body.addLayout(texts, 1)
        self.setLayout(body)
        self.show_file(choice.file)

    def show_file(self, file: File | None) -> None:
        """Show what is to be handed in of it now: the large file, the small one, or none."""
        self.file = file
        choice = self.choice
        self._name.setText(file.name if file else choice.name)
        self._words.setText(self._said())
        style.role(self._words, "muted" if file else "warn")
        words = translate("Upload", "Make it smaller: {small} instead of {large}")
        self.small.setText(words.format(small=size(len(choice.small)), large=size(choice.size)))
        is_small = file is not None and file != choice.file
        open_ = not self._is_locked
        self.small.setVisible(open_ and bool(choice.small) and not is_small)
        self.large.setVisible(open_ and is_small and choice.file is not None)
        self._replace.setVisible(open_)
        self.remove.setVisible(open_)
        self._picture.setPixmap(self._look())
        self.setAccessibleName(f"{self._name.text()}, {self._words.text()}")

    def lock(self, *, locked: bool) -> None:
        """Take no more changes, or take them again."""
        self._is_locked = locked
        self.show_file(self.file)

    def _said(self) -> str:
        choice = self.choice
        if self.file is None:
            too_large = translate("Upload", "{size}: too large, so far it is not handed in.")
            return too_large.format(size=size(choice.size))
        if not self.file.size:
            return translate("Upload", "It lies on the computer where it was chosen.")
        if self.file != choice.file:
            words = translate("Upload", "{small}, made smaller from {large}")
            return words.format(small=size(self.file.size), large=size(choice.size))
        return size(self.file.size)

    def _look(self) -> QPixmap:
        if self.file is not None and self.file.size:
            image = photo.thumbnail(handed.path(self._home, self.file.sha256), SIDE)
            if not image.isNull():
                return QPixmap.fromImage(image)
        return pixmap("document", style.colours().muted, SIDE // 2)
