# SPDX-License-Identifier: Apache-2.0
"""The narration: each sentence spoken alone by espeak-ng, so that its times are known exactly.

Sound is 16-bit mono at 22 050 Hz, which is what espeak-ng makes.
"""

from __future__ import annotations

import io
import subprocess
import wave
from array import array
from typing import NamedTuple

from .storyboard import Look, Slide

RATE = 22_050
QUIET = 200
"""Samples below this (of 32 767) count as silence around a sentence."""
BEFORE, BETWEEN_SENTENCES, BETWEEN_SLIDES, AFTER = 0.6, 0.45, 0.9, 1.2
"""Seconds of silence: at the start, after a sentence, after a slide, at the end."""


class Spoken(NamedTuple):
    """When one sentence is heard, in seconds, and what the picture shows from then on."""

    start: float
    end: float
    slide: int
    shown: int


class Narration(NamedTuple):
    """A whole video's sound and the times of its sentences, in order."""

    samples: array[int]
    sentences: list[Spoken]

    @property
    def seconds(self) -> float:
        """How long the narration lasts."""
        return len(self.samples) / RATE


def narrate(slides: list[Slide], look: Look) -> Narration:
    """Speak all sentences of `slides` in the course's language, with pauses between them."""
    samples, spoken = _silence(BEFORE), []
    for number, slide in enumerate(slides):
        staged = any(sentence.show is not None for sentence in slide.sentence)
        shown = 0 if staged else len(slide.items)
        for sentence in slide.sentence:
            shown = shown if sentence.show is None else sentence.show
            start = len(samples) / RATE
            samples.extend(speak(sentence.text(look.language), look.voice, look.speed))
            spoken.append(Spoken(start, len(samples) / RATE, number, shown))
            samples.extend(_silence(BETWEEN_SENTENCES))
        samples.extend(_silence(BETWEEN_SLIDES - BETWEEN_SENTENCES))
    samples.extend(_silence(AFTER - BETWEEN_SLIDES))
    return Narration(samples, spoken)


def speak(words: str, voice: str, speed: int) -> array[int]:
    """Return one sentence as samples, without the silence around it."""
    command = ["espeak-ng", "-v", voice, "-s", str(speed), "--stdout", "--stdin"]
    done = subprocess.run(command, input=words.encode(), capture_output=True, check=True)
    with wave.open(io.BytesIO(done.stdout)) as sound:
        # espeak-ng streams: its header does not know the length, so read what there is.
        samples = array("h", sound.readframes(len(done.stdout)))
    loud = [i for i, sample in enumerate(samples) if abs(sample) > QUIET]
    return samples[loud[0] : loud[-1] + 1]


def _silence(seconds: float) -> array[int]:
    return array("h", bytes(2 * round(seconds * RATE)))
