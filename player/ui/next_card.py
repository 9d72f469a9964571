# SPDX-License-Identifier: Apache-2.0
"""The next step: what, how long, what it costs, how far; and one button that goes there.

The library shows one with the course's title, and perhaps a second in `brief`; the course's page
has one at its head.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QWidget

from player.app import Services
from player.app.next_step import Return, Step
from player.course.manifest import AnyActivity, Manifest
from player.ui import next_words, style
from player.ui.flow import Flow
from player.ui.icons import icon
from player.ui.language import size, translate
from player.ui.parts import button, column, label, letters, row
from player.ui.plan_line import PlanLine
from player.ui.way import MOST, Way

NARROW = 74  # letters: in a narrower card the buttons stand below the words


class NextCard(QFrame):
    """What is next in one course.

    Signals:
        activity_wanted: (course id, activity id).
        fetch_wanted: (course id, activity id): bring that here, and go on with it.
        course_wanted: a course id.
        revision_wanted, library_wanted: to that page.
        problem: a PlayerError to say.
        changed: there is another plan.
    """

    activity_wanted = Signal(str, str)
    fetch_wanted = Signal(str, str)
    course_wanted = Signal(str)
    revision_wanted = Signal()
    library_wanted = Signal()
    problem = Signal(object)
    changed = Signal()

    def __init__(self, services: Services, *, titled: bool = True, brief: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._services, self._titled, self._brief = services, titled, brief
        self._step: Step | None = None
        self._back: Return | None = None
        self._coming: tuple[str, str] | None = None
        self._due = 0
        self._title = label(role="caption" if brief else "strong")
        self._welcome = label(role="strong")
        self._next = label(role="strong" if brief else "heading")
        self._details, self._far, self._passed = label(role="muted"), label(role="caption"), label()
        self.go = button("", self._go, role="" if brief else "primary", sign="play")
        self.again = button("", self._look_again, sign="again")
        self.warm = button("", self.revision_wanted.emit, sign="again")
        self.open = button(
            translate("Next", "See the course"), self._see, role="quiet", sign="arrow-right"
        )
        self.way, self.plan = Way(), PlanLine(services)
        self.plan.changed.connect(self.changed)
        self.plan.problem.connect(self.problem)
        self._arrange()

    def _arrange(self) -> None:
        words = column(gap=4)
        for one in (self._welcome, self._title, self._next, self._details, self._far):
            words.addWidget(one)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(2 * style.GRID)
        self._line.addLayout(words, 1)
        self._ways = column(gap=4)
        self._ways.addWidget(self.go)
        self._ways.addWidget(self.open)
        self._line.addLayout(self._ways)
        self._line.setAlignment(self._ways, Qt.AlignmentFlag.AlignVCenter)
        inner = column(self, margin=12 if self._brief else 2 * style.GRID, gap=10)
        inner.addLayout(self._line)
        inner.addWidget(self._passed)
        self._more = QWidget()
        self._more.setLayout(Flow(self.again, self.warm))
        inner.addWidget(self._more)
        self._foot = row(self.plan.open, gap=0)
        self._foot.insertWidget(0, self.way, 1)
        inner.addLayout(self._foot)
        inner.addWidget(self.plan)
        for part in (self.way, self.plan, self.plan.open):
            part.setVisible(not self._brief)
        self.open.setVisible(self._titled and not self._brief)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = letters(self) < NARROW
        side = QBoxLayout.Direction
        self._line.setDirection(side.TopToBottom if narrow else side.LeftToRight)
        here = Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag.AlignVCenter
        self._line.setAlignment(self._ways, here)
        if self._back is not None and self._back.again is not None:
            self._name_again(self._back.again, self._back.seconds)
        self._foot.setDirection(side.TopToBottom if narrow else side.LeftToRight)
        self._foot.setAlignment(self.plan.open, here)

    @property
    def step(self) -> Step | None:
        """What it shows."""
        return self._step

    def show_course(self, manifest: Manifest | None, *, hurried: bool = False) -> None:
        """Read what is next in a course; without one it hides. `hurried`: no page is read for it,
        and how long it takes is told by its size."""
        self.setVisible(manifest is not None)
        if manifest is None:
            self._step = self._back = None
            return
        steps = self._services.steps
        step = self._step = steps.of(manifest, count=not hurried)
        back = self._back = steps.returning(step)
        self._title.setText(next_words.soft(manifest.title))
        self._title.setVisible(self._titled)
        welcome = next_words.welcome(back, step) if back and not self._brief else ""
        self._say(self._welcome, welcome)
        self._next.setText(next_words.soft(next_words.headline(step)))
        self._details.setText(next_words.soft(next_words.details(step)))
        self._say(self._far, "" if self._brief else next_words.how_far(step))
        self._say(self._passed, next_words.passed(back) if back and not self._brief else "")
        self._name_buttons(step, back)
        if not self._brief:
            is_drawn = len(manifest.sections) <= MOST
            self.way.show_way(steps.way(manifest) if is_drawn else ())
            self.way.setVisible(is_drawn)
            is_over = step.activity is None and step.later is None
            self.plan.show_step(None if is_over else step)
            self.plan.open.setVisible(not is_over)

    @staticmethod
    def _say(words: QLabel, text: str) -> None:
        words.setText(next_words.soft(text))
        words.setVisible(bool(text))

    def set_coming(self, coming: tuple[str, str] | None) -> None:
        """Say which activity is on its way, (course id, activity id); None for none."""
        self._coming = coming
        if self._step is not None:
            self._name_buttons(self._step, self._back)

    def set_due(self, due: int) -> None:
        """Say how many questions wait to be revised."""
        self._due = due
        if self._step is not None:
            self._name_buttons(self._step, self._back)

    def _name_buttons(self, step: Step, back: Return | None) -> None:
        words, sign, _ = self._way_on(step)
        self.go.setText(words)
        tint = None if self._brief else style.colours().accent_text
        self.go.setIcon(icon(sign, tint))
        told = (step.manifest.title, self._next.text(), self._details.text())
        self.go.setAccessibleDescription(". ".join(told))
        is_coming = step.activity is not None and self._coming == self._key(step.activity)
        self.go.setEnabled(not is_coming)
        again = back.again if back else None
        if again is not None and back is not None:
            self._name_again(again, back.seconds)
        self.again.setVisible(again is not None)
        due = self._due if back and not self._is_revision(step) else 0
        self.warm.setText(translate("Next", "Warm up with %n question(s)", "", due))
        self.warm.setVisible(due > 0)
        self._more.setVisible(not self._brief and (again is not None or due > 0))

    def _name_again(self, again: AnyActivity, seconds: float) -> None:
        """With as much of the title as there is room for."""
        text = translate("Next", "Look again at “{title}” · {time}")
        words = text.format(title="{title}", time=next_words.about(seconds))
        metrics, gap = self.again.fontMetrics(), 2 * style.side(40)  # its sign and its edges
        room = self.width() - metrics.horizontalAdvance(words) - 4 * style.GRID - gap
        least = 6 * metrics.averageCharWidth()
        title = metrics.elidedText(again.title, Qt.TextElideMode.ElideRight, max(least, room))
        self.again.setText(words.format(title=title))
        self.again.setAccessibleName(words.format(title=again.title))
        self.again.setToolTip(again.title)

    def _way_on(self, step: Step) -> tuple[str, str, Callable[[], object]]:
        """What the button says, its sign, and what it does."""
        course, activity = step.manifest.id, step.activity
        if activity is None:
            return self._way_out(step)
        if self._coming == self._key(activity):
            return translate("Next", "On its way…"), "download", lambda: None
        if step.price.size:
            text = translate("Next", "Fetch it and go on · {size}")
            words = text.format(size=size(step.price.size))
            return words, "download", lambda: self.fetch_wanted.emit(course, activity.id)
        begun = step.done or step.is_begun
        words = translate("Course", "Continue") if begun else translate("Library", "Begin")
        return words, "play", lambda: self.activity_wanted.emit(course, activity.id)

    def _way_out(self, step: Step) -> tuple[str, str, Callable[[], object]]:
        """Where to go from the end of a course."""
        course, standing = step.manifest.id, step.attestation
        if standing is not None and not standing.met and standing.next:
            words = translate("Next", "For the attestation")
            return words, "exam", lambda: self.activity_wanted.emit(course, standing.next)
        if self._is_revision(step):
            words = translate("Revision", "Revision")
            return words, "again", self.revision_wanted.emit
        if self._titled:
            words = translate("Next", "See the course")
            return words, "arrow-right", self._see
        return translate("Next", "Another course"), "library", self.library_wanted.emit

    def _is_revision(self, step: Step) -> bool:
        """Whether the button leads to questions: nothing else is left, and some are due."""
        standing = step.attestation
        is_over = step.activity is None and (standing is None or standing.met or not standing.next)
        return is_over and self._due > 0

    def _key(self, activity: AnyActivity) -> tuple[str, str]:
        return (self._step.manifest.id if self._step else "", activity.id)

    def _go(self) -> None:
        if self._step is not None:
            self._way_on(self._step)[2]()

    def _look_again(self) -> None:
        if self._step is not None and self._back is not None and self._back.again is not None:
            self.activity_wanted.emit(self._step.manifest.id, self._back.again.id)

    def _see(self) -> None:
        if self._step is not None:
            self.course_wanted.emit(self._step.manifest.id)
