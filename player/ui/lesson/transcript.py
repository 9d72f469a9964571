# SPDX-License-Identifier: Apache-2.0
"""What is said in a video, to read and to jump by: one row a cue, the current one marked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QListWidgetItem

from player.course.captions import Cue
from player.search.folding import Folded, fold_words
from player.ui.language import duration, translate
from player.ui.lesson.captions import cue_at
from player.ui.lesson.cue_rows import TIME, WORDS, CueList, CueRows

_READ_ALOUD = Qt.ItemDataRole.AccessibleTextRole
_MOVES = (
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    *(Qt.Key.Key_Home, Qt.Key.Key_End),
)


class Transcript(CueList):
    """The cues of one language. It follows the speech until the learner moves in it by hand.

    Attributes:
        following: whether it follows the speech now.
        matches: the rows in which something was found.

    Signals:
        asked: the learner wants to hear the cue that begins at this second.
        following_changed: whether it follows the speech now.
    """

    asked = Signal(float)
    following_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._cues: tuple[Cue, ...] = ()
        self._folded: list[Folded] = []  # of each row, once somebody searches
        self.following = True
        self.matches: list[int] = []
        self._match = -1
        self.setProperty("role", "plain")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._rows = CueRows(self)
        self.setItemDelegate(self._rows)
        self.setWordWrap(True)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSpacing(1)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(translate("VideoView", "Transcript"))
        self.itemActivated.connect(self._ask)
        self.itemClicked.connect(self._ask)
        self.verticalScrollBar().actionTriggered.connect(lambda _: self._let_go())

    def show_cues(self, cues: tuple[Cue, ...], direction: Qt.LayoutDirection) -> None:
        """Show other cues, of a language that is written in that direction."""
        self._cues, self._folded, self.matches, self.marks = cues, [], [], {}
        self.spoken, self.here, self._match = -1, -1, -1
        self._rows.forget()
        self.setLayoutDirection(direction)
        self.clear()
        for cue in cues:
            words = " ".join(cue.text.split("\n"))
            item = QListWidgetItem(f"{duration(cue.start)}   {words}")
            item.setData(TIME, duration(cue.start))
            item.setData(WORDS, words)
            item.setData(_READ_ALOUD, words)
            self.addItem(item)

    def show_time(self, time: float) -> None:
        """Mark the cue of that second; keep it in sight while it follows."""
        number = cue_at(self._cues, time)
        if number == self.spoken:
            return
        self.spoken = number
        self.viewport().update()
        if self.following:
            self._show_spoken()

    def follow(self) -> None:
        """Follow the speech, from now on."""
        self._set_following(following=True)
        self._show_spoken()

    def search(self, words: str) -> None:
        """Mark every place of `words`; bring the next one from the present cue on into sight."""
        self._folded = self._folded or [
            Folded(self.item(n).data(WORDS)) for n in range(self.count())
        ]
        wanted = fold_words(words)
        places = ((row, one.found(wanted)) for row, one in enumerate(self._folded))
        self.marks = {row: there for row, there in places if there}
        self.matches, self._match, self.here = list(self.marks), -1, -1
        self.viewport().update()
        if self.matches:
            after = (n for n, row in enumerate(self.matches) if row >= self.spoken)
            self._go_to(next(after, 0))
        elif not wanted:
            self.follow()

    @property
    def match(self) -> int:
        """Which of the `matches` is in sight, from 0; -1 where there is none."""
        return self._match

    def step(self, by: int) -> None:
        """Bring another match into sight, and behind the last the first."""
        if self.matches:
            self._go_to((self._match + by) % len(self.matches))

    def ask_match(self) -> None:
        """Go in the video to the match in sight."""
        if self._match >= 0:
            self.asked.emit(self._cues[self.matches[self._match]].start)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the keys that move in a list; letters and space belong to the video."""
        if event.key() in _MOVES and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._let_go()
            if self.currentRow() < 0:
                self.setCurrentRow(max(self.spoken, 0))
            else:
                super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem():
            self._ask(self.currentItem())
        else:
            event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._settle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._settle)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()

    def _settle(self) -> None:
        if self.following:
            self._show_spoken()

    def _show_spoken(self) -> None:
        self._bring(self.spoken)

    def _go_to(self, match: int) -> None:
        self._match = match
        self.here = row = self.matches[match]
        self._let_go()
        self.setCurrentRow(row)
        self._bring(row)

    def _bring(self, row: int) -> None:
        item = self.item(row)
        if item is not None:
            self.scrollToItem(item, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _let_go(self) -> None:
        self._set_following(following=False)

    def _set_following(self, *, following: bool) -> None:
        if following != self.following:
            self.following = following
            self.following_changed.emit(following)

    def _ask(self, item: QListWidgetItem) -> None:
        self._set_following(following=True)
        self.asked.emit(self._cues[self.row(item)].start)
