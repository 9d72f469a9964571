# SPDX-License-Identifier: Apache-2.0
"""A learner in front of one activity: real blobs in a real home, and what the view asked for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPoint, QPointF
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter

from player.app.asked import Paths
from player.course.manifest import AnyActivity, Licence, Manifest, Page, Section, Sequence
from player.course.quiz import Question, Questions
from player.errors import PlayerError
from player.journal.events import AnyAct
from player.journal.journal import Now, Where, events
from player.settings import Settings
from player.store import blobs
from player.store.database import Database
from player.ui.lesson.context import LessonContext

COURSE, VERSION = "mini", 1


@dataclass
class Desk:
    """One learner, one home; collects what views say and ask for."""

    db: Database
    home: Path
    learner: str
    now: Now
    language: str = "fr"
    files_go: str = "network"
    settings: Settings = field(default_factory=Settings)
    said: list[PlayerError] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    remembered: list[Settings] = field(default_factory=list)
    changes: int = 0

    def blob(self, data: bytes) -> str:
        """Put a file into the home as if it had been fetched; its hash."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = blobs.path(self.home, sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return sha256

    def quiz(self, *questions: Question) -> str:
        """The hash of a quiz with these questions."""
        made = Questions(format="cartable/1", kind="quiz", questions=questions)
        return self.blob(msgspec.json.encode(made))

    def context(self, activity: AnyActivity) -> LessonContext:
        """What a view of `activity` is given; a page named `suite` follows it in the course."""
        after = Page(id="suite", title="La suite", blob="0" * 64)
        sequence = Sequence(id="sq", title="Séance", activities=(activity, after))
        manifest = Manifest(
            format="cartable/1",
            kind="course",
            id=COURSE,
            version=VERSION,
            title="Cours",
            language=self.language,
            summary="",
            authors=(),
            licence=Licence(id="CC0-1.0"),
            issued="2026-01-01T00:00:00Z",
            sections=(Section(id="s", title="Semaine", sequences=(sequence,)),),
            blobs={},
        )
        return LessonContext(
            db=self.db,
            home=self.home,
            where=Where(self.learner, COURSE, VERSION, activity.id),
            manifest=manifest,
            activity=activity,
            settings=self.settings,
            now=self.now,
            say=self.said.append,
            open_activity=self.activities.append,
            open_url=self.addresses.append,
            changed=self._count,
            files_go=self.files_go,
            remember=self.remembered.append,
            paths=Paths(lambda: self.db, lambda: self.learner, self.now),
        )

    def acts(self, *kinds: str) -> list[AnyAct]:
        """What the journal holds, oldest first; of these kinds, or of all."""
        return [one.act for one in events(self.db) if not kinds or one.kind in kinds]

    def kinds(self) -> list[str]:
        """The kinds of what the journal holds, oldest first."""
        return [one.kind for one in events(self.db)]

    def _count(self) -> None:
        self.changes += 1


def picture(colour: str = "#3550c8", width: int = 40, height: int = 20) -> bytes:
    """A PNG of one colour."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def pdf(*pages: str) -> bytes:
    """A PDF with one line of text on each page."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    writer.setPageMargins(QMarginsF(15, 15, 15, 15))
    painter = QPainter(writer)
    for number, text in enumerate(pages):
        if number:
            writer.newPage()
        font = painter.font()
        font.setPointSize(20)
        painter.setFont(font)
        painter.drawText(QPointF(200, 1200), text)
    painter.end()
    return bytes(buffer.data().data())


def shows(grabbed: QImage, colour: str) -> bool:
    """Whether a pixel of exactly that colour is in the picture."""
    wanted = QColor(colour).rgb()
    return any(
        grabbed.pixel(QPoint(x, y)) == wanted
        for y in range(0, grabbed.height(), 2)
        for x in range(0, grabbed.width(), 2)
    )
