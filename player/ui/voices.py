# SPDX-License-Identifier: Apache-2.0
"""The voices of this PC, by which texts are read aloud. QtTextToSpeech is loaded when asked for.

Where the system has none, nothing is said of it: there is no control, and one sentence in the
settings. On Linux voices come from speech-dispatcher, whose library may be missing; Qt would
complain of that, so it is looked for first.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibrary, QLocale, QObject

from player.ui.language import translate

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech


def engines() -> list[str]:
    """The names of what can speak here, the best first."""
    if sys.platform == "linux" and not QLibrary("libspeechd.so.2").load():
        return []
    from PySide6.QtTextToSpeech import QTextToSpeech  # noqa: PLC0415 - see the module

    return [name for name in QTextToSpeech.availableEngines() if name != "mock"]


def speaks(language: str) -> bool:
    """Whether something here speaks a language (BCP 47)."""
    wanted = QLocale(language.replace("-", "_")).language()
    return any(wanted == QLocale(one).language() for one in _locales(tuple(engines())))


def voice(language: str, parent: QObject | None = None) -> QTextToSpeech | None:
    """Return what speaks a language (BCP 47), None where nothing does."""
    for speech in _speaking(tuple(engines()), parent):
        if fitting(speech, language) is not None:
            speak_in(speech, language)
            return speech
        speech.deleteLater()
    return None


def fitting(speech: QTextToSpeech, language: str) -> QLocale | None:
    """Return what it has for a language (BCP 47), best from the same country; None for nothing."""
    wanted = QLocale(language.replace("-", "_"))
    locales = [one for one in speech.availableLocales() if one.language() == wanted.language()]
    exact = [one for one in locales if one.territory() == wanted.territory()]
    return next(iter(exact or locales), None)


def speak_in(speech: QTextToSpeech, language: str) -> None:
    """Have it speak a language (BCP 47), where it can."""
    found = fitting(speech, language)
    if found is not None and found != speech.locale():
        speech.setLocale(found)


def described() -> str:
    """One sentence on who reads aloud here."""
    locales = (QLocale(one) for one in _locales(tuple(engines())))
    spoken = {one.nativeLanguageName().lower() for one in locales}
    if not spoken:
        return translate(
            "Reading",
            "This computer has no voice, so nothing can be read aloud. "
            "The system’s settings may let you add one.",
        )
    said = translate("Reading", "Pages and questions can be read aloud in: {languages}.")
    return said.format(languages=", ".join(sorted(spoken)))


@cache
def _locales(names: tuple[str, ...]) -> frozenset[str]:
    """What engines speak, `fr_FR` and so on; asked once, since each is woken up for it."""
    found: set[str] = set()
    for speech in _speaking(names, None):
        found.update(one.name() for one in speech.availableLocales())
        speech.deleteLater()
    return frozenset(found)


def _speaking(names: tuple[str, ...], parent: QObject | None) -> list[QTextToSpeech]:
    """Engines that are ready to speak."""
    if not names:
        return []
    from PySide6.QtTextToSpeech import QTextToSpeech  # noqa: PLC0415 - see the module

    ready = []
    for name in names:
        speech = QTextToSpeech(name, parent)
        if speech.state() == QTextToSpeech.State.Error:
            speech.deleteLater()
        else:
            ready.append(speech)
    return ready
