# SPDX-License-Identifier: Apache-2.0
"""What is beside a video: what is said in it, and its slides."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget

from player.course.captions import Cue
from player.course.manifest import Video
from player.store import blobs
from player.ui.language import direction, translate
from player.ui.lesson.context import LessonContext
from player.ui.lesson.look import COLUMN
from player.ui.lesson.pieces import Column
from player.ui.lesson.rich_text import RichText
from player.ui.lesson.slides_pane import SlidesPane
from player.ui.lesson.transcript_pane import TranscriptPane


class VideoPanel(QTabWidget):
    """Tabs for what there is: a transcript written by the author, the captions, the slides.

    Signals:
        asked: go to this second of the video.
        activity_asked, address_asked: a link of the transcript was followed, as in `RichText`.
    """

    asked = Signal(float)
    activity_asked = Signal(str)
    address_asked = Signal(str)

    def __init__(
        self,
        context: LessonContext,
        video: Video,
        transcripts: dict[str, str],
        captions: dict[str, tuple[Cue, ...]],
    ) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.setUsesScrollButtons(True)
        self.tabBar().setDrawBase(False)
        for one in (self, self.tabBar()):
            one.setAccessibleName(translate("VideoView", "Beside the video"))
        self._context, self._transcripts = context, transcripts
        self.spoken = TranscriptPane()
        self.transcript = self.spoken.rows
        self.spoken.asked.connect(self.asked)
        self._text = RichText(context)
        self._text.activity_asked.connect(self.activity_asked)
        self._text.address_asked.connect(self.address_asked)
        if transcripts:
            place = Column(COLUMN)
            place.body.addWidget(self._text)
            place.body.addStretch(1)
            self.addTab(place, translate("VideoView", "Transcript"))
        if captions:  # those that were fetched and can be read
            words = translate("VideoView", "Captions")
            name = words if transcripts else translate("VideoView", "Transcript")
            self.addTab(self.spoken, name)
        self.slides: SlidesPane | None = None
        if video.slides and blobs.path(context.home, video.slides).is_file():
            path = blobs.path(context.home, video.slides)
            self.slides = SlidesPane(path, video.title, video.turns)
            self.slides.pdf.pages.address_asked.connect(self.address_asked)
            self.addTab(self.slides, translate("VideoView", "Slides"))

    def show_language(self, language: str, cues: tuple[Cue, ...]) -> None:
        """Show what is said in that language; the transcript stays where it has none."""
        self.spoken.show_cues(cues, direction(language))
        if self._transcripts:
            first = next(iter(self._transcripts.values()))
            self._text.set_html(self._transcripts.get(language, first))

    def show_time(self, time: float) -> None:
        """Follow the video."""
        self.transcript.show_time(time)
        if self.slides is not None:
            self.slides.show_time(time)

    def search(self) -> None:
        """Search what is said; nothing where nothing is written down."""
        if self.indexOf(self.spoken) >= 0:
            self.setCurrentWidget(self.spoken)
            self.spoken.search()

    def show_slide(self, page: int) -> None:
        """Show a page of the slides, from 1; nothing where there are none."""
        if self.slides is not None:
            self.setCurrentWidget(self.slides)
            self.slides.go_to(page - 1)

    def step_slide(self, by: int) -> None:
        """Browse to another slide."""
        if self.slides is not None:
            self.slides.go_to(self.slides.page + by)

    def close_files(self) -> None:
        """Let go of the slides."""
        if self.slides is not None:
            self.slides.close_file()
