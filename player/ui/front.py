# SPDX-License-Identifier: Apache-2.0
"""What a window is to those that work in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from player.errors import PlayerError
from player.lesson.spot import Spot

if TYPE_CHECKING:
    from player.ui.course_page import CoursePage
    from player.ui.downloads_page import DownloadsPage
    from player.ui.lesson_page import LessonPage
    from player.ui.library_page import LibraryPage
    from player.ui.message_bar import MessageBar
    from player.ui.sidebar import Sidebar
    from player.ui.standing import Latest
    from player.ui.work_page import WorkPage


class Front(Protocol):
    """Its pages, its side, its line for messages, and the ways between them: see `MainWindow`.

    A page is made by asking for it; whoever only has something for it asks `is_made` before.
    """

    library: LibraryPage
    side: Sidebar
    messages: MessageBar
    latest: Latest

    @property
    def course(self) -> CoursePage:
        """The page of one course."""

    @property
    def lesson(self) -> LessonPage:
        """The page on which activities are opened."""

    @property
    def downloads(self) -> DownloadsPage:
        """The queue of what was asked for."""

    @property
    def work(self) -> WorkPage:
        """What the learner did."""

    def is_made(self, name: str) -> bool:
        """Whether somebody asked for a page before."""

    @property
    def page(self) -> str:
        """The name of the page in front."""

    def show_page(self, name: str) -> None:
        """Show a page by its name."""

    def show_again(self) -> None:
        """Have the page in front and the side read everything again."""

    def open_from_afar(self, course: str, activity: str, spot: Spot = ...) -> None:
        """Open an activity; the way back from it is the course."""

    def open_attestation(self, course: str = "") -> None:
        """Show the attestation of a course."""

    def say(self, error: PlayerError) -> None:
        """Say a fault of the world."""

    def download(self) -> None:
        """Work off what was asked for."""

    def send(self) -> None:
        """Send what is not yet received."""
