# SPDX-License-Identifier: Apache-2.0
"""The update of a course, above its weeks: one is offered, is coming, or has just come.

What it changes and costs is said before it can be had. Who put it off, or wants no updates, is told
no more than that there is one, and how to have it all the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QPushButton

from player.app import Services, WishedSection
from player.app.updates import Preview, Renewed, is_put_off, is_to_be_mentioned
from player.errors import PlayerError
from player.store.courses import Shelf
from player.ui import style, update_words
from player.ui.flow import Flow
from player.ui.icons import pixmap
from player.ui.language import part, say, say_again, since, translate
from player.ui.parts import button, column, label, row, sign_button
from player.ui.standing import Latest, Standing, standings


class CourseUpdate(QFrame):
    """Hidden where there is nothing to say.

    Signals:
        looked: find out what the update changes and costs.
        wanted: have it.
        declined: have it not, for now.
        rules_wanted: show the settings.
        left: the button that had the keyboard goes.
    """

    looked = Signal()
    wanted = Signal()
    declined = Signal()
    rules_wanted = Signal()
    left = Signal()

    def __init__(self, services: Services, latest: Latest) -> None:
        super().__init__()
        self._services, self._latest = services, latest
        self._course = ""
        self._shelf: Shelf | None = None
        self._wishes: Sequence[WishedSection] = ()
        self._running = False
        self._asked = False  # somebody who put it off, or has updates off, wants to see it
        self._about: object = None  # which update `_found` is of, for which wishes
        self._found: Preview | PlayerError | None = None
        self._news: dict[str, Renewed] = {}
        self.setProperty("role", "panel")
        self._sign = label(wrap=False)
        self._words, self._changes = label(role="strong"), label()
        self._price = label(role="muted")
        self.get = button("", self.wanted.emit, sign="refresh")
        text = translate("Course", "What does it change?")
        self.look = button(text, self._look)
        self.no = button("", self._decline)
        text = translate("Course", "Settings of updates")
        self.rules = button(text, self.rules_wanted.emit, role="quiet")
        self._close = sign_button("cross", translate("Course", "Close this notice"), self.leave)
        outer = column(self, gap=6)
        outer.setContentsMargins(14, 10, 10, 10)
        head = row(self._sign, gap=12)
        head.addWidget(self._words, 1)
        head.addWidget(self._close)
        outer.addLayout(head)
        below = column(gap=6)
        below.setContentsMargins(32, 0, 0, 0)  # under the words, not under their sign
        for one in (self._changes, self._price):
            below.addWidget(one)
        below.addLayout(Flow(self.get, self.look, self.no, self.rules))
        outer.addLayout(below)

    # What it is told

    def set_running(self, running: bool) -> None:
        """Say whether a download is under way."""
        self._running = running

    def hear(self, news: Renewed) -> None:
        """Take the news that a course has become its new version."""
        self._news[news.course] = news

    def leave(self) -> None:
        """The news was read."""
        self._news.pop(self._course, None)
        self.stand_now(())

    def take(self, course: str, found: Preview | PlayerError) -> None:
        """Take what an update changes and costs, or why that could not be found out."""
        if course == self._course:
            self._found = found
            self.stand_now(self._wishes)

    def look_again(self) -> None:
        """Forget what could not be found out: there may be a connection now."""
        if isinstance(self._found, PlayerError):
            self._found = self._about = None

    # What it shows

    def show_course(self, course: str) -> None:
        """Read which versions of a course there are; `stand_now` shows what to say of them."""
        if course != self._course:
            self._news.pop(self._course, None)  # it was read
            self._course, self._asked, self._about = course, False, None
        self._shelf = next((one for one in self._services.library() if one.id == course), None)

    def stand_now(self, wishes: Sequence[WishedSection]) -> None:
        """Show where the update stands, what was asked for of the course given."""
        shelf, news, self._wishes = self._shelf, self._news.get(self._course), wishes
        if shelf and 0 < shelf.version < shelf.coming:
            self._show_coming(shelf, wishes)
        elif shelf and 0 < shelf.version < shelf.offered:
            self._show_offered(shelf, wishes)
        elif news:
            text = translate("Course", "This is version {number} now. What you did was kept.")
            self._say("check-circle", style.colours().good, text.format(number=news.version))
            self._shown(self._close)
        else:
            self._shown()
            self.hide()
            return
        told = self.accessibleName() == self._words.text()
        self.setAccessibleName(self._words.text())
        self.show()
        if news and not told:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _show_coming(self, shelf: Shelf, wishes: Sequence[WishedSection]) -> None:
        found = standings(wishes, self._latest, running=self._running)
        stands = found.get(shelf.id, Standing())
        sign = "clock" if stands.since else "download" if stands.coming else "pause"
        head, why = _coming(shelf, stands), _waits(stands, wishes, self._latest)
        text = translate("Course", "Stay with version {number}")
        self.no.setText(text.format(number=shelf.version))
        if not is_to_be_mentioned(self._services.settings, shelf):
            self._say(sign, style.colours().muted, head, price=why)
            self._shown(self.no)
            return
        newer = translate("Course", "Version {number} is offered by now.")
        lines = (head, why, newer.format(number=shelf.offered))
        self._show_found(shelf, wishes, "\n".join(filter(None, lines)), self.no)

    def _show_offered(self, shelf: Shelf, wishes: Sequence[WishedSection]) -> None:
        choices = self._services.settings
        off, put_off = choices.updates == "never", is_put_off(choices, shelf)
        head = _offered(shelf, off=off, put_off=put_off)
        self.no.setText(translate("Course", "Not now"))
        if not off and not put_off:
            self._show_found(shelf, wishes, head, self.no)
        elif self._asked:
            self._show_found(shelf, wishes, head)
        else:
            self._say("refresh", style.colours().muted, head)
            self.look.setText(translate("Course", "What does it change?"))
            self._shown(self.look, *([self.rules] if off else []))

    def _show_found(
        self, shelf: Shelf, wishes: Sequence[WishedSection], head: str, *more: QPushButton
    ) -> None:
        """Show what is known of the version that is offered; have it found out where nothing is."""
        about = shelf.id, shelf.version, shelf.offered, [(w.key, w.rendition) for w in wishes]
        if about != self._about:
            self._about, self._found = about, None
            self.looked.emit()
        if self._found is None:
            working = translate("Course", "Looking up what it changes and costs…")
            self._say("refresh", style.colours().accent, head, price=working)
            self._shown(*more)
        elif isinstance(self._found, PlayerError):
            self._show_fault(self._found, update_words.most(shelf, wishes), head)
            self._shown(self.get, self.look, *more)
        else:
            self._show_preview(self._found, head)
            self._shown(self.get, *more)

    def _show_preview(self, found: Preview, head: str) -> None:
        lines = "\n".join(update_words.changed(found.changes))
        price = update_words.price(found)
        self._say("refresh", style.colours().accent, head, lines, price)
        self.get.setText(update_words.get(found.cost, exact=found.exact))
        self.get.setAccessibleDescription(f"{lines}\n{price}")

    def _show_fault(self, fault: PlayerError, most: int | None, head: str) -> None:
        text = translate("Course", "What it changes could not be looked up. {why}")
        price = update_words.at_most(most)
        self._say("warning", style.colours().warn, head, text.format(why=say(fault)), price)
        self.get.setText(update_words.get(most, exact=False))
        self.get.setAccessibleDescription(price)
        self.look.setText(translate("Course", "Look again"))

    def _say(self, sign: str, tint: str, words: str, changes: str = "", price: str = "") -> None:
        self._sign.setPixmap(pixmap(sign, tint, style.side(20)))
        for shown, text in ((self._words, words), (self._changes, changes), (self._price, price)):
            shown.setText(text)
            shown.setVisible(bool(text))

    def _shown(self, *buttons: QPushButton) -> None:
        for one in (self.get, self.look, self.no, self.rules, self._close):
            if one not in buttons and one.hasFocus():
                self.left.emit()  # before it goes, and the keyboard with it
            one.setVisible(one in buttons)

    def _decline(self) -> None:
        self._asked = False
        self.declined.emit()

    def _look(self) -> None:
        self._asked, self._about = True, None
        self.stand_now(self._wishes)


def _coming(shelf: Shelf, stands: Standing) -> str:
    text = translate(
        "Course",
        "Version {number} is coming: {part} are here. You go on with version {ours} until it is "
        "whole.",
    )
    here = part(stands.here, stands.total)
    return text.format(number=shelf.coming, part=here, ours=shelf.version)


def _offered(shelf: Shelf, *, off: bool, put_off: bool) -> str:
    if off:
        text = translate(
            "Course",
            "Version {number} is offered. Updates are off in the settings, so you go on with "
            "version {ours}.",
        )
    elif put_off:
        text = translate("Course", "You put off version {number} and go on with version {ours}.")
    else:
        text = translate(
            "Course", "Version {number} is offered. You have {ours}; what you did stays."
        )
    return text.format(number=shelf.offered, ours=shelf.version)


def _waits(stands: Standing, wishes: Sequence[WishedSection], latest: Latest) -> str:
    """Why an update does not come at this moment; '' where it does."""
    lacking = [one for one in wishes if latest.here(one) < one.total]
    if stands.since:
        text = translate("Course", "It waits for the connection since {time}.")
        return text.format(time=since(stands.since))
    problem = next((one.problem for one in lacking if one.problem), "")
    if problem:
        return say_again(problem)
    if lacking and all(one.held for one in lacking):
        return translate("Course", "You put it on hold: see the downloads.")
    if not stands.coming:
        return translate("Course", "Nothing of it is coming at the moment: see the downloads.")
    return ""
