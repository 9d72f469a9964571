# SPDX-License-Identifier: Apache-2.0
"""What a view of an activity is given: where it stands, and whom to call."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from player.clock import Now
from player.course.fragment import is_web, leaves
from player.course.manifest import AnyActivity, Manifest
from player.errors import PlayerError
from player.journal.journal import Where
from player.lesson import noting, reading
from player.lesson.naming import named
from player.settings import Settings
from player.store.database import Database
from player.ui.language import direction

if TYPE_CHECKING:
    from player.app.asked import Paths
    from player.app.revision import Revision


@dataclass(frozen=True, slots=True, weakref_slot=True)  # Qt refers to it from its signals
class LessonContext:
    """One activity, opened by one learner. `where.activity` is the id of `activity`."""

    db: Database
    home: Path
    where: Where
    manifest: Manifest
    activity: AnyActivity
    settings: Settings
    now: Now
    say: Callable[[PlayerError], None]
    """Shows a fault in the window's message bar."""
    open_activity: Callable[[str], None]
    """Goes to another activity of the course, by its id."""
    open_url: Callable[[str], None]
    """Leaves for the web."""
    changed: Callable[[], None]
    """Called after something was recorded that may change progress."""
    files_go: str = "network"
    """By which road files go that are handed in: "network", "stick" alone, or "" for none."""
    remember: Callable[[Settings], None] = lambda _settings: None
    """Keeps how loud and how fast the learner plays videos."""
    may_open: Callable[[], Container[str] | None] = lambda: None
    """The activities that may be opened now; None for all."""
    revision: Revision | None = None
    """Where questions come again; None where nobody wants that."""
    paths: Paths | None = None
    """Where a path is chosen, and what follows from it; None where none is."""
    told: Callable[[str], None] = lambda _sentence: None
    """Says good news in the window's message bar."""
    link_kept: Callable[[str], None] = lambda _address: None
    """Called after a link was put by for when there is a connection."""
    is_offline: Callable[[], bool] = lambda: False
    """Whether nobody could be reached the last time."""
    damage_suspected: Callable[[], None] = lambda: None
    """Has the files of the activity looked at: something in them seems to be damaged."""
    latest: Callable[[], Settings] | None = None
    """The settings of now; `settings` are those of when the activity was opened."""

    @property
    def look(self) -> Settings:
        """The settings by which text is shown, which may change while one reads."""
        return self.latest() if self.latest else self.settings

    @property
    def language(self) -> str:
        """The activity's own language, else the course's (BCP 47)."""
        return self.activity.language or self.manifest.language

    @property
    def direction(self) -> Qt.LayoutDirection:
        """Which way that language is written."""
        return direction(self.language)

    @property
    def following(self) -> str:
        """The id of the next activity on the learner's path that may be opened, '' at its end."""
        path = self.paths.of(self.manifest.id) if self.paths else ""
        return self.manifest.beside(self.activity.id, 1, path, self.may_open())

    def follow(self, address: str, title: str = "") -> None:
        """Leave for the web, and record that; with no connection, keep the link for later."""
        if is_web(address) and self.is_offline():
            self.keep_link(address, title)
            self.link_kept(address)
            return
        if leaves(address):
            with self.recording():
                reading.followed(self.db, self.where, address, self.activity, self.now)
        self.open_url(address)

    def keep_link(self, address: str, title: str = "") -> None:
        """Have a link opened when there is a connection."""
        with self.saying():
            names = named(self.db, self.where, self.activity)
            noting.keep_link(self.db, self.where, names, address, title, self.now)

    def let_go(self, address: str) -> None:
        """Wait with a link no longer."""
        with self.saying():
            noting.let_go(self.db, self.where.learner, address, self.now)

    @contextmanager
    def saying(self) -> Iterator[None]:
        """Say a fault of the block (a full disk, say) instead of failing."""
        try:
            yield
        except PlayerError as error:
            self.say(error)

    @contextmanager
    def recording(self) -> Iterator[None]:
        """As `saying`; where nothing went wrong, tell that progress may have changed."""
        with self.saying():
            yield
            self.changed()
