# SPDX-License-Identifier: Apache-2.0
"""One date in the calendar: its hour, what it is, and the way there."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from player.course.agenda import MEETINGS, Entry
from player.course.fragment import leads_somewhere
from player.ui import style
from player.ui.date_words import hour, kind
from player.ui.icons import pixmap
from player.ui.language import translate
from player.ui.next_words import soft
from player.ui.parts import button, column, label, row

MOST = 400  # letters of one text: who writes a course may write what they like
SIGNS = {
    "starts": "flag",
    "ends": "flag",
    "opens": "book",
    "due": "clock",
    "connect": "sent",
    "live": "video",
    "meetup": "people",
}


class CalendarRow(QWidget):
    """Signals:
    wanted: to go to what it concerns.
    address_wanted: the link of a meeting.
    """

    wanted = Signal()
    address_wanted = Signal(str)

    def __init__(self, entry: Entry, now: datetime) -> None:
        super().__init__()
        inner = row(gap=12)
        inner.setContentsMargins(4, 4, 0, 4)
        self.setLayout(inner)
        sign = label(wrap=False)
        tint = style.colours().muted if entry.done or entry.is_past(now) else style.colours().accent
        name = "check-circle" if entry.done else SIGNS[entry.kind]
        sign.setPixmap(pixmap(name, style.colours().good if entry.done else tint, style.side(20)))
        inner.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        said = title(entry)
        for text, role in ((said, ""), (beneath(entry), "caption")):
            if text:
                words.addWidget(label(soft(text), role))
        inner.addLayout(words, 1)
        joins = entry.kind in MEETINGS and leads_somewhere(entry.url)
        text = translate("Calendar", "See the course")
        if joins:
            text = translate("Calendar", "Join")
        elif entry.activity:
            text = translate("Calendar", "Go there")
        self.go = button(text, lambda: self._go(entry, joins=joins), role="quiet")
        self.go.setAccessibleName(f"{text}: {said}, {beneath(entry)}")
        self.go.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if joins:
            self.go.setToolTip(translate("Calendar", "This needs a connection."))
        inner.addWidget(self.go, 0, Qt.AlignmentFlag.AlignVCenter)

    def _go(self, entry: Entry, *, joins: bool) -> None:
        if joins:
            self.address_wanted.emit(entry.url)
        else:
            self.wanted.emit()


def title(entry: Entry) -> str:
    """What it is: “Due: Organise”, with its hour before it."""
    said = kind(entry)
    if entry.part:
        name = entry.title[:MOST]
        said = translate("Calendar", "{kind}: {title}").format(kind=said, title=name)
    if entry.whole_day:
        return said
    until = f"–{hour(entry.ends)}" if entry.ends and entry.ends.date() == entry.at.date() else ""
    return f"{hour(entry.at)}{until}  {said}"


def beneath(entry: Entry) -> str:
    """In which course, where, and what else there is to know."""
    parts = [entry.course_title[:MOST], entry.place[:MOST]]
    if entry.done:
        parts.append(translate("Lesson", "done"))
    if entry.kind in MEETINGS and entry.url:
        parts.append(translate("Calendar", "needs a connection"))
    return " · ".join(filter(None, [*parts, " ".join(entry.note[:MOST].split())]))


def summary(entry: Entry) -> str:
    """An entry in one line, for another calendar."""
    said = kind(entry)
    name = entry.title if entry.part else entry.course_title
    return translate("Calendar", "{kind}: {title}").format(kind=said, title=name)
