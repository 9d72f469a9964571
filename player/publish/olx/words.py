# SPDX-License-Identifier: Apache-2.0
"""The few sentences an import adds to a course: the learner reads them in the course's language."""

from __future__ import annotations

_WORDS = {
    "en": {
        "online": "Online only:",
        "this": "embedded page",
        "no video": "This video is not in this package.",
        "watch": "watch the video",
        "transcript": "Transcript",
        "no title": "Video",
    },
    "fr": {
        "online": "En ligne seulement :",
        "this": "page intégrée",
        "no video": "Cette vidéo n’est pas dans ce paquet.",
        "watch": "voir la vidéo",
        "transcript": "Transcription",
        "no title": "Vidéo",
    },
}


def say(key: str, language: str) -> str:
    """The sentence in a BCP 47 language, in English where we have no other."""
    return _WORDS.get(language.lower().partition("-")[0], _WORDS["en"])[key]
