# SPDX-License-Identifier: Apache-2.0
"""Files to hand in: chosen, dropped here, made smaller, removed, and what they will cost."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from player.course.interactions import UploadInteraction
from player.errors import FileNotAccepted, FileTooLarge, PlayerError
from player.lesson.answers import Answer, listed
from player.lesson.parts import Part
from player.store import handed
from player.store.handed import File
from player.ui.language import say, translate
from player.ui.lesson import photo
from player.ui.lesson.context import LessonContext
from player.ui.lesson.file_row import Choice, FileRow
from player.ui.lesson.pieces import Notice
from player.ui.lesson.rubric import Rubric
from player.ui.lesson.upload_words import kinds_of, limits_of, to_send
from player.ui.parts import button, clear, column, label, row
from player.ui.style import GRID
from player.ui.tasks import Tasks

_JPEG = "image/jpeg"


class UploadField(QWidget):
    """What files are answered with. Each is copied into the home as soon as it is chosen.

    Signals:
        edited: a file was added, changed or removed.
    """

    edited = Signal()

    def __init__(self, context: LessonContext, interaction: UploadInteraction) -> None:
        super().__init__()
        self.id, self._interaction, self._context = interaction.id, interaction, context
        self._tasks = tasks = Tasks(lambda: None, self)
        self.destroyed.connect(lambda: tasks.close(0))  # what is being copied is chosen again then
        self._pending: list[tuple[Path, FileRow | None]] = []  # to be copied, one after the other
        self._is_locked = False
        self.rows: list[FileRow] = []
        self.add = button(translate("Upload", "Choose a file…"), self._choose, sign="plus")
        self.notice = Notice("", "warning")
        self.notice.hide()
        self._total = label(role="muted")
        self._files = column(gap=GRID)
        layout = column(self, gap=GRID + GRID // 2)
        if interaction.rubric:
            layout.addWidget(Rubric(context, interaction.rubric))
        limits = label(limits_of(interaction), "caption")
        self.add.setAccessibleDescription(limits.text())
        layout.addLayout(self._files)
        layout.addWidget(self.notice)
        layout.addLayout(row(self.add, 1))
        layout.addWidget(limits)
        layout.addWidget(self._total)
        self.setAcceptDrops(True)
        self.setLayoutDirection(context.direction)
        self._show_state()

    @property
    def given(self) -> Answer:
        """The files, a line each."""
        return [self._line(one.file) for one in self.rows if one.file is not None]

    @property
    def is_busy(self) -> bool:
        """Whether a file is still being copied."""
        return bool(self._pending)

    def show_given(self, answer: Answer) -> None:
        """Show what was chosen before; of another PC's files the names alone are known."""
        clear(self._files)
        self.rows = []
        for line in listed(answer):
            file = handed.file_of(line) or File("", 0, line)
            self._put(Choice(file.name, file.size, file))
        self._show_state()

    def show_marked(self, part: Part | None) -> None:
        """Nothing: the verdict beneath says all there is to say."""

    def lock(self, *, locked: bool) -> None:
        """Take no more changes, or take them again."""
        self._is_locked = locked
        for one in self.rows:
            one.lock(locked=locked)
        self._show_state()

    @property
    def entry(self) -> QWidget:
        """Where the keyboard goes."""
        return self.rows[0].remove if self._is_full and self.rows else self.add

    def take(self, paths: Iterable[Path], instead: FileRow | None = None) -> None:
        """Add files, or one `instead` of another; what cannot be is said, the rest is added."""
        self.notice.hide()
        for path in paths:
            if instead is None and self._is_full:
                self._say(translate("Upload", "No more files can be added: remove one first."))
                break
            self._pending.append((path, instead))
            if len(self._pending) == 1:
                self._copy()
        self._show_state()

    def _copy(self) -> None:
        """Copy the first of those that wait."""
        path, instead = self._pending[0]
        work = partial(_taken, self._context.home, path, self._interaction)
        self._tasks.run(work, partial(self._add, instead), self._refuse)

    def _copied(self) -> None:
        """Go on with the next."""
        del self._pending[0]
        if self._pending:
            self._copy()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not self._is_locked and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        urls = event.mimeData().urls()
        self.take(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
        event.acceptProposedAction()

    @property
    def _is_full(self) -> bool:
        return len(self.rows) + len(self._pending) >= self._interaction.most_files

    def _choose(self, instead: FileRow | None = None) -> None:
        title = translate("Upload", "A file to hand in")
        endings = " ".join(f"*{one}" for one in handed.endings(self._interaction.accept))
        filter_ = f"{title} ({endings})" if endings else ""
        if instead is None:
            names, _ = QFileDialog.getOpenFileNames(self, title, filter=filter_)
        else:
            name, _ = QFileDialog.getOpenFileName(self, title, filter=filter_)
            names = [name] if name else []
        self.take(map(Path, names), instead)

    def _add(self, instead: FileRow | None, choice: Choice) -> None:
        self._copied()
        if instead in self.rows:
            self._drop(instead)
        if choice.file and choice.file.sha256 in [one.file.sha256 for one in self.rows if one.file]:
            self._say(translate("Upload", "“{name}” is here already.").format(name=choice.name))
        else:
            self._put(choice)
        self._changed()

    def _refuse(self, problem: PlayerError) -> None:
        self._copied()
        if isinstance(problem, FileNotAccepted):  # in words, not in media types
            problem = FileNotAccepted(
                name=problem.details["name"], types=kinds_of(self._interaction)
            )
        self._say(say(problem))
        self._show_state()

    def _put(self, choice: Choice) -> None:
        made = FileRow(self._context.home, choice)
        made.shrunk.connect(partial(self._shrink, made))
        made.restored.connect(lambda: self._show(made, choice.file))
        made.removed.connect(partial(self._remove, made))
        made.replaced.connect(partial(self._choose, made))
        made.lock(locked=self._is_locked)
        self.rows.append(made)
        self._files.addWidget(made)
        made.show()  # at once: what is hidden takes no keyboard

    def _shrink(self, made: FileRow) -> None:
        choice = made.choice
        with self._context.saying():
            name = str(Path(choice.name).with_suffix(".jpg"))
            self._show(made, handed.keep_bytes(self._context.home, choice.small, name))
            made.remove.setFocus()

    def _show(self, made: FileRow, file: File | None) -> None:
        made.show_file(file)
        self._changed()

    def _remove(self, made: FileRow) -> None:
        place = self.rows.index(made)
        self._drop(made)
        self._changed()
        (self.rows[min(place, len(self.rows) - 1)].remove if self.rows else self.add).setFocus()

    def _drop(self, made: FileRow | None) -> None:
        if made is not None:
            self.rows.remove(made)
            self._files.removeWidget(made)
            made.hide()
            made.deleteLater()

    def _changed(self) -> None:
        self._show_state()
        self.edited.emit()

    def _say(self, sentence: str) -> None:
        self.notice.words.setText(sentence)
        self.notice.setAccessibleName(sentence)
        self.notice.show()

    def _show_state(self) -> None:
        self.add.setVisible(not self._is_locked)
        self.add.setEnabled(not self._is_full)
        if self.is_busy:
            self._total.setText(translate("Upload", "Copying…"))
            return
        files = [one.file for one in self.rows if one.file is not None and one.file.size]
        self._total.setVisible(bool(files))
        self._total.setText(to_send([one.size for one in files], self._context.files_go))

    @staticmethod
    def _line(file: File) -> str:
        return file.line if file.size else file.name


def _taken(home: Path, path: Path, asked: UploadInteraction) -> Choice:
    """Copy a file; of a picture that is large, have a smaller one ready. In a thread."""
    can_shrink = handed.fits(_JPEG, asked.accept)
    try:
        file = handed.keep(home, path, asked.accept, asked.most_bytes)
    except FileTooLarge:
        small = photo.smaller(path) if can_shrink else b""
        if not 0 < len(small) <= asked.most_bytes:
            raise
        return Choice(handed.named(path.name), path.stat().st_size, None, small)
    small = b""
    if can_shrink and file.size > photo.WORTH:
        small = photo.smaller(handed.path(home, file.sha256))
    return Choice(file.name, file.size, file, small)
