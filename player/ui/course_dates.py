# SPDX-License-Identifier: Apache-2.0
"""The dates of a course on its page: the nearest one in a line, and what they make of each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from PySide6.QtWidgets import QLabel, QWidget

from player.app import Services
from player.course.agenda import DUE, Entry
from player.course.manifest import Manifest
from player.course.schedule import Standing, is_scheduled
from player.journal.progress import Done
from player.ui import style
from player.ui.date_words import Dated, closed, coming_due, sentence, titles
from player.ui.icons import pixmap
from player.ui.parts import label, row


class CourseDates(QWidget):
    """Hidden where no date is to come."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._sign, self.words = QLabel(), label(role="muted")
        inner = row(self._sign, gap=8)
        inner.addWidget(self.words, 1)
        self.setLayout(inner)
        self.hide()

    def show_course(self, manifest: Manifest, done: Mapping[str, Done]) -> dict[str, Dated]:
        """Show the nearest dates; return what stands in the rows of sections and activities."""
        if not is_scheduled(manifest):
            self.hide()
            return {}
        look = self._services.calendar.look(manifest)
        nearest = _nearest(look.entries, look.now)
        self.words.setText(" ".join(sentence(one, look.now) for one in nearest))
        self._sign.setPixmap(pixmap("calendar", style.colours().muted, style.side(16)))
        self.setVisible(bool(nearest))
        return dict(_rows(manifest, look.standing, done, look.now))


def _nearest(entries: list[Entry], now: datetime) -> list[Entry]:
    """The next deadline, and the next of all other dates, in their order."""
    coming = [one for one in entries if not one.is_past(now) and not one.done]
    due = next((one for one in coming if one.kind == DUE), None)
    other = next((one for one in coming if one.kind != DUE), None)
    return sorted(filter(None, (due, other)), key=lambda one: one.at)


def _rows(
    manifest: Manifest, found: Mapping[str, Standing], done: Mapping[str, Done], now: datetime
) -> Iterator[tuple[str, Dated]]:
    names = titles(manifest)
    finished = {one for one, how in done.items() if how.completed_at}
    for section in manifest.sections:
        whole = found[section.id]
        said = closed(whole, names, now)
        is_done = {one.id for one in section.activities()} <= finished
        if not said and not is_done:
            said = coming_due(whole, now)
        if said:
            yield section.id, said
        for activity in section.activities():
            stands = found[activity.id]
            shown = closed(stands, names, now) if whole.is_open else None
            if not shown and stands.due != whole.due and activity.id not in finished:
                shown = coming_due(stands, now)
            if shown:
                yield activity.id, shown
