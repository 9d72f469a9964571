# SPDX-License-Identifier: Apache-2.0
"""Captions in WebVTT: one cue for each sentence, timed by the narration."""

from __future__ import annotations

import textwrap

from .storyboard import Slide
from .voice import Narration

LINGER = 0.3
"""Seconds a caption stays after its sentence: less than the pause, so two never overlap."""


def web_vtt(slides: list[Slide], narration: Narration, language: str) -> str:
    """Return the captions of a video in `language`, "fr" or "en", as WebVTT."""
    words = [sentence.text(language) for slide in slides for sentence in slide.sentence]
    cues = [
        f"{_clock(spoken.start)} --> {_clock(spoken.end + LINGER)}\n{_two_lines(text)}\n"
        for text, spoken in zip(words, narration.sentences, strict=True)
    ]
    return "\n".join(["WEBVTT\n", *cues])


def _two_lines(text: str) -> str:
    """Break a long sentence into two lines of about the same length."""
    if len(text) <= 42:
        return text
    for width in range(len(text) // 2, len(text)):
        lines = textwrap.wrap(text, width, break_on_hyphens=False)
        if len(lines) <= 2:
            break
    return "\n".join(lines)


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"00:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
