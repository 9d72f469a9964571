# SPDX-License-Identifier: Apache-2.0
"""A text read aloud, sentence by sentence, by the system's voice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTextBoundaryFinder, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from player.ui import voices

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, from `start` to `end` of its document.

    `words` are as they are said, in `language` (BCP 47, '' for that of the voice), and `where` is
    the widget that shows them.
    """

    start: int
    end: int
    words: str = ""
    language: str = ""
    where: QWidget | None = None


class Aloud(QObject):
    """Reads sentences one after the other, and can rest between two of them.

    A rest takes the sentence up again from its start: not every engine can stop within one.

    Signals:
        sentence_changed: the `Sentence` that is being read, None when nothing is any more.
        playing_changed: whether a voice is heard now.
    """

    sentence_changed = Signal(object)
    playing_changed = Signal(bool)

    def __init__(self, speech: QTextToSpeech, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._sentences: list[Sentence] = []
        self._at, self._language = 0, ""
        self._playing = False
        speech.stateChanged.connect(self._heard)

    @property
    def playing(self) -> bool:
        """Whether a voice is heard now."""
        return self._playing

    @property
    def begun(self) -> bool:
        """Whether there is something to go on with."""
        return bool(self._sentences)

    def speaks(self, language: str) -> bool:
        """Whether its voices speak a language (BCP 47)."""
        return voices.fitting(self._speech, language) is not None

    def read(self, sentences: list[Sentence]) -> None:
        """Read these, from the first; what is in a language it does not speak is left out."""
        self.stop()
        known = {one: not one or self.speaks(one) for one in {each.language for each in sentences}}
        self._sentences, self._at = [one for one in sentences if known[one.language]], 0
        self.go_on()

    def go_on(self) -> None:
        """Read on, at the start of the sentence in which there was a rest."""
        if not self._sentences:
            return
        self._set_playing(True)
        self._say()

    def pause(self) -> None:
        """Rest here."""
        if self._playing:
            self._set_playing(False)
            self._speech.stop()

    def step(self, by: int) -> None:
        """Go to a sentence before or behind."""
        if self._sentences:
            self._at = max(0, min(self._at + by, len(self._sentences) - 1))
            if self._playing:
                self._set_playing(False)
                self._speech.stop()
            self.go_on()

    def stop(self) -> None:
        """Be silent and forget where it was."""
        self._set_playing(False)
        if self._sentences:
            self._sentences = []
            self._speech.stop()
            self.sentence_changed.emit(None)

    def _say(self) -> None:
        sentence = self._sentences[self._at]
        if sentence.language and sentence.language != self._language:
            self._language = sentence.language
            voices.speak_in(self._speech, self._language)
        self.sentence_changed.emit(sentence)
        self._speech.say(sentence.words)

    def _heard(self, state: QTextToSpeech.State) -> None:
        """The engine has come to the end of a sentence, or can speak no more."""
        if state.name == "Error":
            self.stop()
        elif state.name == "Ready" and self._playing and self._sentences:
            self._at += 1
            if self._at < len(self._sentences):
                self._say()
            else:
                self.stop()

    def _set_playing(self, playing: bool) -> None:
        if playing != self._playing:
            self._playing = playing
            self.playing_changed.emit(playing)


def sentences(document: QTextDocument, start: int = 0) -> list[Sentence]:
    """The sentences of a document that end behind a position, by Unicode's rules (UAX #29)."""
    found, block = [], document.begin()
    while block.isValid():
        text = block.text()
        finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Sentence, text)
        begun = 0
        while (end := finder.toNextBoundary()) >= 0:
            if text[begun:end].strip() and block.position() + end > start:
                found.append(Sentence(block.position() + begun, block.position() + end))
            begun = end
        block = block.next()
    return found
