# SPDX-License-Identifier: Apache-2.0
"""What a check of the files found, and the way to have it mended."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from player.app.repair import Found
from player.ui.flow import Flow
from player.ui.language import size, translate
from player.ui.parts import button, column, label
from player.ui.style import GRID, role
from player.ui.upkeep import Checked, Upkeep

MOST = 12  # places that are named one by one


class CheckPanel(QFrame):
    """Hidden until something was checked."""

    def __init__(self, upkeep: Upkeep) -> None:
        super().__init__()
        self._upkeep = upkeep
        self._found: Found | None = None
        self.setProperty("role", "panel")
        inner = column(self, margin=2 * GRID)
        self._words, self._places, self._left = label(), label(), label(role="caption")
        self.mend = button("", self._mend, role="primary", sign="download")
        self.leave = button(translate("Space", "Close"), self.hide)
        for part in (self._words, self._places, self._left):
            inner.addWidget(part)
        inner.addLayout(Flow(self.mend, self.leave))
        self.hide()

    def show_checked(self, checked: Checked) -> None:
        """Say what is damaged, where, and what fetching it again costs."""
        found = self._found = checked.found
        bad = len(found.lost)
        if bad:
            text = translate("Space", "%n file(s) are damaged or gone, of {all}.", "", bad)
        else:
            text = translate(
                "Space", "%n file(s) checked, each as it was published.", "", found.files
            )
        self._words.setText(text.format(all=found.files))
        role(self, "warn" if bad else "good")
        places = [" · ".join((one.course, one.section, one.activity)) for one in checked.spots]
        more = len(places) - MOST
        if more > 0:
            places[MOST:] = [translate("Space", "and %n more", "", more)]
        self._places.setText("\n".join(places))
        self._places.setVisible(bool(places))
        self._show_left(found)
        text = translate("Space", "Fetch the damaged pieces again · {size}")
        if not bad:
            text = translate("Space", "Tidy up")
        self.mend.setText(text.format(size=size(found.cost)))
        self.mend.setVisible(bool(bad or self._left.text()))
        self.show()
        (self.leave if self.mend.isHidden() else self.mend).setFocus()

    def _show_left(self, found: Found) -> None:
        known, stray = len(found.sound) + len(found.broken), len(found.stray)
        words = []
        if known:
            text = translate("Space", "%n file(s) are here that no download knows of.", "", known)
            words.append(text)
        if stray:
            freed = size(sum(file.stat().st_size for file in found.stray if file.exists()))
            text = translate("Space", "%n file(s) are left over, {size}, and would go.", "", stray)
            words.append(text.format(size=freed))
        self._left.setText(" ".join(words))
        self._left.setVisible(bool(words))

    def _mend(self) -> None:
        self.hide()
        if self._found is not None:
            self._upkeep.mend(self._found)
