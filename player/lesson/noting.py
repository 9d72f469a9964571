# SPDX-License-Identifier: Apache-2.0
"""Notes, bookmarks and links that are kept: written down at a place in an activity.

What is typed is kept as it is typed, as a draft (`player.lesson.drafts`). A note has no moment in
which it is handed in: a draft that a crash left behind becomes a note as soon as somebody looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.clock import Now
from player.course.manifest import AnyActivity
from player.journal import notes
from player.journal.events import Bookmarked, Followed, LinkKept, Noted
from player.journal.journal import Where, new_id, record
from player.lesson import drafts
from player.lesson.naming import Named, named
from player.lesson.spot import Spot
from player.store.database import Database, translated

if TYPE_CHECKING:
    from player.lesson.grading import Given

NEAR = 1.5
"""Seconds around a bookmark in which the same key takes it away again."""
_DRAFT = "note"  # what stands in the place of an attempt


@dataclass(frozen=True, slots=True)
class Writing:
    """One note under somebody's hands: which, and where it stands."""

    where: Where
    names: Named
    id: str
    spot: Spot


def begin(db: Database, where: Where, activity: AnyActivity, spot: Spot) -> Writing:
    """Have a new note at a place of `activity`. Nothing is written yet."""
    return Writing(where, named(db, where, activity), new_id(), spot)


def again(note: notes.Note, learner: str) -> Writing:
    """Have a note that is there under one's hands again."""
    spot = Spot(time=note.time, page=note.page)
    return Writing(_place(learner, note), _names(note), note.id, spot)


def keep(db: Database, writing: Writing, text: str, now: Now | None = None) -> None:
    """Keep what is typed so far; on the disk when this returns. Raises: see `drafts.keep`."""
    spot = writing.spot
    given: dict[str, str | list[str]] = {
        "text": text,
        "time": "" if spot.time is None else repr(spot.time),
        "page": "" if spot.page is None else str(spot.page),
        "version": str(writing.where.version),
        **{name: str(value) for name, value in writing.names.items()},
    }
    drafts.keep(db, writing.where, _DRAFT, writing.id, given, now)


def write(db: Database, writing: Writing, text: str, now: Now | None = None) -> bool:
    """Write the note down; '' throws it away. Returns whether anything is new.

    Raises:
        DiskFull, DatabaseBusy, NotWritable: nothing was written, the draft is still there.
    """
    where, text = writing.where, text.strip()
    with translated(db.path), db.atomic():
        known = [
            one
            for one in notes.written(db, where.learner, where.course, where.activity)
            if one.id == writing.id
        ]
        before = known[0] if known else None
        is_new = text != (before.text if before else "")
        if is_new:
            spot, number = writing.spot, before.number + 1 if before else 1
            act = Noted(
                **writing.names,
                note=writing.id,
                text=text,
                time=spot.time,
                page=spot.page,
                number=number,
            )
            record(db, where, act, now)
        drafts.forget(db, where, _DRAFT, writing.id)
    return is_new


def adopt(
    db: Database, learner: str, course: str = "", activity: str = "", now: Now | None = None
) -> int:
    """Write down what a crash left typed, everywhere or in one activity; returns how many notes."""
    found = 0
    for its_course, its_activity, note, given in drafts.across(db, learner, _DRAFT):
        if course in ("", its_course) and activity in ("", its_activity):
            place = Where(learner, its_course, int(_text(given, "version") or 0), its_activity)
            found += write(db, _left(place, note, given), _text(given, "text"), now)
    return found


def toggle(
    db: Database, where: Where, activity: AnyActivity, spot: Spot, now: Now | None = None
) -> bool:
    """Put a bookmark at a place, or take away the one that is there; returns whether it is there.

    Of a video, the second counts. Raises: see `player.journal.journal.record`.
    """
    time = None if spot.time is None else float(int(max(0.0, spot.time)))
    with translated(db.path), db.atomic():
        every = dict(notes.marked(db, where.learner, where.course, where.activity))
        near = [
            mark
            for mark, kept in every.values()
            if kept and mark.page == spot.page and _is_near(mark.time, spot.time)
        ]
        if near:
            take_away(db, where.learner, near[0], now)
            return False
        known = every.get((where.course, where.activity, time, spot.page))
        number = known[0].number + 1 if known else 1
        names = named(db, where, activity)
        record(db, where, Bookmarked(**names, time=time, page=spot.page, number=number), now)
    return True


def take_away(db: Database, learner: str, mark: notes.Bookmark, now: Now | None = None) -> None:
    """Take a bookmark away. Raises: see `player.journal.journal.record`."""
    _set(db, learner, mark, now, kept=False)


def put_back(db: Database, learner: str, mark: notes.Bookmark, now: Now | None = None) -> None:
    """Put back a bookmark that was taken away. Raises: see `player.journal.journal.record`."""
    _set(db, learner, mark, now, kept=True)


def _set(db: Database, learner: str, mark: notes.Bookmark, now: Now | None, *, kept: bool) -> None:
    with translated(db.path), db.atomic():
        every = dict(notes.marked(db, learner, mark.course, mark.activity))
        last = every[mark.place][0].number if mark.place in every else 0
        act = Bookmarked(**_names(mark), time=mark.time, page=mark.page, kept=kept, number=last + 1)
        record(db, _place(learner, mark), act, now)


def keep_link(
    db: Database, where: Where, names: Named, url: str, title: str, now: Now | None = None
) -> None:
    """Have a link waited with until there is a connection; one that waits already stays.

    Raises: see `player.journal.journal.record`.
    """
    with translated(db.path), db.atomic():
        known = notes.put_by(db, where.learner).get(url)
        if known is None or not known[1]:
            number = known[0].number + 1 if known else 1
            record(db, where, LinkKept(**names, url=url, title=title, number=number), now)


def let_go(db: Database, learner: str, url: str, now: Now | None = None) -> None:
    """Wait with a link no longer, if anybody did. Raises: see `player.journal.journal.record`."""
    with translated(db.path), db.atomic():
        known = notes.put_by(db, learner).get(url)
        if known is not None and known[1]:
            link = known[0]
            act = LinkKept(
                **_names(link), url=url, title=link.title, kept=False, number=link.number + 1
            )
            record(db, _place(learner, link), act, now)


def follow(db: Database, learner: str, link: notes.KeptLink, now: Now | None = None) -> None:
    """Record that a link that waited is opened. Raises: see `player.journal.journal.record`."""
    with translated(db.path), db.atomic():
        record(db, _place(learner, link), Followed(**_names(link), url=link.url), now)
        let_go(db, learner, link.url, now)


_One = notes.Note | notes.Bookmark | notes.KeptLink


def _place(learner: str, one: _One) -> Where:
    return Where(learner, one.course, one.version, one.activity)


def _names(one: _One) -> Named:
    return Named(name=one.name, language=one.language)


def _is_near(mark: float | None, now: float | None) -> bool:
    if mark is None or now is None:
        return mark is now
    return abs(now - mark) <= NEAR


def _left(place: Where, note: str, given: Given) -> Writing:
    time, page = _text(given, "time"), _text(given, "page")
    spot = Spot(time=float(time) if time else None, page=int(page) if page else None)
    names = Named(name=_text(given, "name"), language=_text(given, "language"))
    return Writing(place, names, note, spot)


def _text(given: Given, name: str) -> str:
    value = given.get(name, "")
    return value if isinstance(value, str) else ""
