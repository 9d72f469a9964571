# SPDX-License-Identifier: Apache-2.0
"""What stands in the place of an activity that is not open yet: from when, or after what."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from player.course.manifest import Manifest
from player.course.schedule import Standing
from player.ui import date_words
from player.ui.language import translate
from player.ui.lesson.pieces import Sign
from player.ui.parts import Page, button, card, column, label, row

LONGEST = 24 * 3600 * 1000  # ms: a timer does not wait for months
LATER = 1000  # ms behind the hour: timers may come early
WIDE = 72  # letters
MOST = 8  # of what is to be done first, with a way to each


class ClosedView(Page):
    """Nothing of the activity is shown, and nothing is recorded.

    Signals:
        wanted: the id of an activity to open instead.
        left: back to the course.
        fetch_wanted: what it will need may come now.
        opened: its hour has come while one looked on.
    """

    wanted = Signal(str)
    left = Signal()
    fetch_wanted = Signal()
    opened = Signal()

    def __init__(
        self,
        manifest: Manifest,
        stands: Standing,
        now: datetime,
        *,
        here: bool,
        on: str,
        done: Set[str],
    ) -> None:
        """`here` says whether the section's files are; `on` is where to go on, '' for nowhere."""
        super().__init__()
        self._done = done
        self._manifest, self._names = manifest, date_words.titles(manifest)
        self._waits = stands.opens_at is not None and stands.opens_at > now
        frame, inner = card()
        self.words, self.more = _lead(stands, now, waits=self._waits, here=here)
        self._buttons: list[QPushButton] = []
        inner.addStretch()
        self._add_words(inner)
        self._add_needs(inner, stands.lacks[:MOST])
        self._add_ways(inner, "" if stands.lacks and not self._waits else on, here=here)
        inner.addStretch()
        self.body.addWidget(frame, 1)
        self.setAccessibleName(" ".join(filter(None, (self.words, self.more))))
        self.setFocusProxy(self._buttons[0])
        if self._waits and stands.opens_at:
            self._look_again(stands.opens_at, now)

    def _add_words(self, inner: QVBoxLayout) -> None:
        inner.addLayout(row(1, Sign("clock" if self._waits else "lock", "muted", 48), 1))
        for text, role in ((self.words, "heading"), (self.more, "muted")):
            if text:
                inner.addWidget(_centred(text, role))

    def _add_needs(self, inner: QVBoxLayout, needs: tuple[str, ...]) -> None:
        """What has to be done before, and the way to each."""
        holder = QWidget()
        holder.setMaximumWidth(holder.fontMetrics().averageCharWidth() * WIDE)
        lines = column(holder)
        for need in needs:
            lines.addLayout(self._need(need))
        centred = row(1)
        centred.addWidget(holder, 100)
        centred.addStretch(1)
        inner.addLayout(centred)

    def _need(self, need: str) -> QHBoxLayout:
        section = next((one for one in self._manifest.sections if one.id == need), None)
        inside = [one.id for one in section.activities()] if section else [need]
        target = next((one for one in inside if one not in self._done), inside[0])
        name = self._names.get(need, need)
        first = not self._buttons and not self._waits
        go = button(
            translate("Calendar", "Go there"),
            partial(self.wanted.emit, target),
            role="primary" if first else "",
        )
        go.setAccessibleName(f"{go.text()}: {name}")
        self._buttons.append(go)
        title = label(name, "strong")
        title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line = row(gap=12)
        line.addWidget(title, 1)
        line.addWidget(go, 0, Qt.AlignmentFlag.AlignVCenter)
        return line

    def _add_ways(self, inner: QVBoxLayout, on: str, *, here: bool) -> None:
        ways = []
        if on:
            text = translate("Calendar", "Go on with something else")
            ways.append(button(text, partial(self.wanted.emit, on), role="primary", sign="play"))
            ways[-1].setToolTip(self._names.get(on, ""))
        if not here:
            text = translate("Calendar", "Download it already")
            ways.append(button(text, self.fetch_wanted.emit, sign="download"))
        text = translate("Lesson", "Back to the course")
        ways.append(button(text, self.left.emit, sign="arrow-left"))
        self._buttons += ways
        for one in ways:
            inner.addLayout(row(1, one, 1))

    def _look_again(self, at: datetime, now: datetime) -> None:
        wait = int((at - now).total_seconds() * 1000) + LATER
        if wait < LONGEST:
            timer = QTimer(self, singleShot=True, interval=wait)
            timer.timeout.connect(self.opened)
            timer.start()


def _lead(stands: Standing, now: datetime, *, waits: bool, here: bool) -> tuple[str, str]:
    """What is said: a heading, and a line below it."""
    if waits and stands.opens_at:
        words = date_words.opens(stands.opens_at, now)
        if stands.lacks:
            return words, translate("Calendar", "This is to be done first:")
        if here:
            return words, translate(
                "Calendar", "It is on this computer already, and will open without a connection."
            )
        return words, translate("Calendar", "You may download it already.")
    if stands.lacks:
        return translate("Calendar", "This is to be done first:"), ""
    return translate("Calendar", "Not open yet"), ""


def _centred(text: str, role: str) -> QLabel:
    made = label(text, role)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made
