# SPDX-License-Identifier: Apache-2.0
"""A line above an activity whose files are damaged: what can be done, and what it costs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from player.app import mending
from player.app.mending import Harm
from player.course.manifest import AnyActivity, Manifest, Video
from player.errors import PlayerError
from player.ui.flow import Flow
from player.ui.icons import pixmap
from player.ui.language import size, translate
from player.ui.parts import button, column, label, row
from player.ui.style import GRID, colours, role, side

CALMLY_AFTER = 3000  # ms after it was opened: then large files are looked at, beside it

Key = tuple[str, str]
"""Course and activity."""


class DamageBar(QWidget):
    """Hidden while nothing is known to be damaged. It says so once, and offers to mend it.

    Signals:
        examine_wanted: (course id, activity id, whether calmly): have the files looked at.
        mend_wanted: a `Harm` that is to be mended.
        whole_again: what was damaged has come.
    """

    examine_wanted = Signal(str, str, bool)
    mend_wanted = Signal(object)
    whole_again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sign, self.words = label(wrap=False), label()
        self._key: Key | None = None
        self._is_video = self.is_mending = self._asks = False
        self.harm: Harm | None = None
        """What is damaged of the open activity, as far as that is known."""
        self.fetch = button("", self._mend, sign="download")
        beside = column(gap=GRID // 2)
        beside.addWidget(self.words)
        beside.addLayout(Flow(self.fetch))
        inner = row(self.sign, gap=12)
        inner.setContentsMargins(14, 8, 14, 8)
        inner.addLayout(beside, 1)
        self._frame = QFrame()
        self._frame.setLayout(inner)
        column(self, margin=GRID).addWidget(self._frame)
        self.hide()
        self._calmly = QTimer(self, singleShot=True, interval=CALMLY_AFTER)
        self._calmly.timeout.connect(lambda: self._examine(calmly=True))

    def watch(self, home: Path, manifest: Manifest, activity: AnyActivity) -> None:
        """Mind the files of an activity that was opened just now."""
        self.leave()
        self._key = manifest.id, activity.id
        self._is_video = isinstance(activity, Video)
        if mending.is_suspicious(home, manifest, activity):
            self.suspect()
        elif mending.has_large(home, manifest, activity):
            self._calmly.start()

    def leave(self) -> None:
        """Nothing is open."""
        self._calmly.stop()
        self._key = self.harm = None
        self.is_mending = self._asks = False
        self.hide()

    def suspect(self) -> None:
        """Something does not play, or cannot be read: look what it is, once."""
        if self.harm is None:
            self._examine(calmly=False)

    def files_came(self) -> None:
        """A download has ended: look whether what was missed is among it."""
        if self.harm is not None:
            self._examine(calmly=False)

    def take(self, key: Key, harm: Harm | PlayerError | None) -> None:
        """Hear what is damaged of an activity, or why nobody can tell."""
        if key != self._key:
            return
        self._asks = False
        if isinstance(harm, PlayerError):
            return  # the drive is gone, say: that is said elsewhere
        before, self.harm = self.harm, harm
        if harm is None:
            self.hide()
            if before:
                self.whole_again.emit()
        elif harm.is_coming:
            self._say_coming()
        else:
            self._say(harm)

    def _say_coming(self) -> None:
        self._show(
            translate(
                "Damage",
                "The damaged part is being fetched; without a connection, as soon as there is one. "
                "You can go on.",
            )
        )
        self.fetch.hide()
        self.is_mending = True

    def _say(self, harm: Harm) -> None:
        self.is_mending = False
        said = translate("Damage", "A part of this is damaged. It can be fetched again: {size}.")
        if self._is_video:
            said = translate(
                "Damage",
                "A part of this video is damaged. You can go on; the part can be fetched again: "
                "{size}.",
            )
        self._show(said.format(size=size(harm.cost)))
        text = translate("Damage", "Fetch it again")
        self.fetch.setText(text)
        self.fetch.setAccessibleDescription(self.words.text())
        self.fetch.show()

    def _show(self, said: str) -> None:
        self.words.setText(said)
        self.sign.setPixmap(pixmap("warning", colours().warn, side(20)))
        role(self._frame, "warn")
        self.show()

    def _examine(self, *, calmly: bool) -> None:
        if self._key is not None and not self._asks:
            self._asks = True
            self._calmly.stop()
            self.examine_wanted.emit(*self._key, calmly)

    def _mend(self) -> None:
        if self.harm is not None:
            harm = self.harm
            self._say_coming()
            self.mend_wanted.emit(harm)
