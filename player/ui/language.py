# SPDX-License-Identifier: Apache-2.0
"""The window's words: which language, and the reader's forms of sizes, dates and durations.

Every text goes through `translate`, which lupdate finds by its name. Sentences of errors come from
the stages as templates, and are said here in the window's language.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter

from PySide6.QtCore import (
    QCoreApplication,
    QDate,
    QDateTime,
    QLibraryInfo,
    QLocale,
    Qt,
    QTranslator,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from player.errors import SHAPES, PlayerError
from player.lesson.spot import Spot

log = logging.getLogger(__name__)

LANGUAGES = {"en": "English", "fr": "Français"}
_PLAIN = {**LANGUAGES, "es": "Español"}  # Qt names the English and Spanish of one country
translate = QCoreApplication.translate
Said = Callable[[str, str], str]
"""Says a text of a context in some language."""
_FOLDER = Path(__file__).parent / "i18n"
_SIZE = re.compile(r"(\d+(?:\.\d)?) (bytes|kB|MB|GB)", re.ASCII)
_WORTH = {"bytes": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9}
_SIZES = {"size", "most", "needed", "free"}
_TIMES = {"until", "date", "newest"}
_WORDS = {"reason", "needed"}
_THINGS = {"document", "what"}  # of ours (`The catalogue`), each with a capital, or a title
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d))?", re.ASCII)


def chosen(setting: str) -> str:
    """The language to speak: the setting, else the system's where we have it, else English."""
    wanted = setting or QLocale.system().name()
    code = wanted[:2].lower()
    return code if code in LANGUAGES else "en"


def of_system(code: str) -> tuple[str, ...]:
    """The languages to read in where nothing is chosen, the dearest first: the system's, then the
    window's."""
    return (*QLocale.system().uiLanguages(), code)


def apart(title: str) -> str:
    """A title in a sentence of ours: where its letters run the other way than the window's, what
    stands beside it stays where it is (Unicode's isolates, UAX #9)."""
    runs = {unicodedata.bidirectional(letter) for letter in title}
    other = runs & {"R", "AL"} if QGuiApplication.isLeftToRight() else runs & {"L"}
    return f"\u2068{title}\u2069" if other else title


def tongue(tag: str) -> str:
    """A language as those who speak it write it: `Français`, `Français (Canada)`."""
    code, _, more = tag.partition("-")
    found = QLocale(tag.replace("-", "_"))
    if found.language() == QLocale.Language.C:
        return tag
    name = _PLAIN.get(code.lower()) or found.nativeLanguageName()
    region = f" ({found.nativeTerritoryName()})" if more else ""
    return name[:1].upper() + name[1:] + region


def install(app: QApplication, setting: str) -> str:
    """Make `app` speak the chosen language from now on, and return its code.

    The locale of numbers and dates follows; a system locale of the same language keeps its region.
    """
    code = chosen(setting)
    system = QLocale.system()
    QLocale.setDefault(system if system.name()[:2] == code else QLocale(code))
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    folders = {
        f"cartable_{code}": str(_FOLDER),
        f"qtbase_{code}": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
    }
    for name, folder in folders.items():
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
        elif code != "en":
            log.warning("no translation %s in %s", name, folder)
    return code


def say(error: PlayerError) -> str:
    """The error's sentence in the window's language."""
    return _filled(type(error), error.details, translate)


def say_again(sentence: str) -> str:
    """A sentence that a stage wrote down in English, in the window's language.

    What is no sentence of an error, or of an older version, stays as it is.
    """
    for kind, pattern in _patterns():
        if match := pattern.fullmatch(sentence):
            return _filled(kind, match.groupdict(), translate)
    return sentence


def _filled(kind: type[PlayerError], details: Mapping[str, object], translate: Said) -> str:
    said = {name: _blank(name, value, translate) for name, value in details.items()}
    return translate("errors", kind.sentence).format(**said)


def _blank(name: str, value: object, translate: Said) -> object:
    """What fills a blank as the reader says it, where it is a word, a size or a time of ours.

    The name of the blank says so: what somebody else named, a course, a file or a person, stays as
    it is, whatever it looks like. A local time of ours is said as `1 December, 22:00`.
    """
    if isinstance(value, date):
        return QLocale().toString(QDate(value.year, value.month, value.day), "d MMMM yyyy")
    if not isinstance(value, str) or not value:
        return value
    if name in _TIMES and (moment := _MOMENT.fullmatch(value)):
        return _moment(moment[1], moment[2])
    if name in _SIZES and (found := _SIZE.fullmatch(value)):
        return size(round(float(found[1]) * _WORTH[found[2]]), translate)
    for shape, pattern in _shapes() if name == "reason" else ():
        if found := pattern.fullmatch(value):
            return translate("errors", shape).format(**found.groupdict())
    is_ours = name in _WORDS or (name in _THINGS and value[0].isupper())
    return translate("errors", value) if is_ours else value


def _moment(day: str, time: str | None) -> str:
    said = QLocale().toString(QDate.fromString(day, Qt.DateFormat.ISODate), "d MMMM")
    return f"{said}, {time}" if time else said


@cache
def _patterns() -> list[tuple[type[PlayerError], re.Pattern[str]]]:
    """For each kind of error, what its filled sentence looks like."""
    found, kinds = [], [PlayerError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
        if "sentence" in vars(kind):
            found.append((kind, _pattern(kind.sentence)))
    return found[1:]  # the root's own sentence would fit too much


@cache
def _shapes() -> list[tuple[str, re.Pattern[str]]]:
    """What a reason that has blanks looks like."""
    return [(one, _pattern(one)) for one in SHAPES]


def _pattern(template: str) -> re.Pattern[str]:
    """What a template looks like once it is filled."""
    seen: set[str] = set()
    parts = []
    for text, name, _, _ in Formatter().parse(template):
        parts.append(re.escape(text))
        if name:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>.*)")
            seen.add(name)
    return re.compile("".join(parts), re.DOTALL)


def said_in(error: PlayerError, code: str) -> str:
    """The error's sentence in a language of ours, in English otherwise; no window is needed."""
    return _filled(type(error), error.details, _speaker(code))


def in_language(code: str, context: str, text: str) -> str:
    """A text of ours in a language of ours, in English otherwise."""
    return _speaker(code)(context, text)


def _speaker(code: str) -> Said:
    translator = QTranslator()
    translator.load(f"cartable_{code}", str(_FOLDER))
    return lambda context, text: translator.translate(context, text) or text


def day(stamp: str) -> str:
    """The day of a stored time (RFC 3339, UTC), written out."""
    moment = QDateTime.fromString(stamp, Qt.DateFormat.ISODate).toLocalTime()
    return QLocale().toString(moment.date(), "d MMMM yyyy")


def size(count: int, translate: Said = translate) -> str:
    """Bytes as a person reads them: `4,3 Mo`, `4.3 MB`. Powers of ten, as networks are sold."""
    return _unit(count, translate).format(n=_number(count, count))


def part(here: int, total: int) -> str:
    """How much of something: `34.1 of 58.0 MB`, both in the unit of all of it.

    What lacks is never rounded away: nobody understands what `58.0 of 58.0 MB` waits for.
    """
    said, shown, whole = translate("Units", "{part} of {whole}"), here, _number(total, total)
    while 0 < shown < total and _number(shown, total) == whole:
        shown -= total // 100 + 1
    return _unit(total).format(n=said.format(part=_number(max(0, shown), total), whole=whole))


def _unit(count: int, translate: Said = translate) -> str:
    if count < 1000:
        return translate("Units", "{n} B")
    if count < 1_000_000:
        return translate("Units", "{n} kB")
    return translate("Units", "{n} MB") if count < 1_000_000_000 else translate("Units", "{n} GB")


def _number(count: int, like: int) -> str:
    """`count` in the unit of `like`."""
    if like < 1_000_000:
        return QLocale().toString(count if like < 1000 else round(count / 1000))
    scale = 1e6 if like < 1_000_000_000 else 1e9
    return QLocale().toString(count / scale, "f", 0 if 100e6 <= like < 1e9 else 1)


def duration(seconds: float) -> str:
    """`1:02:05`, `4:07`: as a player shows it."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def spot_name(spot: Spot) -> str:
    """A place in an activity, as short as can be: the second or the page; '' for all of it."""
    if spot.time is not None:
        return duration(spot.time)
    if spot.page is not None:
        return translate("Notes", "Page {page}").format(page=spot.page)
    return ""


def minutes(seconds: float) -> str:
    """`5 min`, `1 h 20`: how long something takes."""
    whole = max(1, round(seconds / 60))
    if whole < 60:
        return translate("Units", "{n} min").format(n=whole)
    return translate("Units", "{h} h {m}").format(h=whole // 60, m=f"{whole % 60:02}")


def when(stamp: str | None, *, briefly: bool = False) -> str:
    """A stored time (RFC 3339, UTC) in the reader's time zone and form; empty for none.

    `briefly`: the day alone.
    """
    moment = QDateTime.fromString(stamp or "", Qt.DateFormat.ISODateWithMs).toLocalTime()
    short = QLocale.FormatType.ShortFormat
    return QLocale().toString(moment.date() if briefly else moment, short)


def since(stamp: str) -> str:
    """When something began, as short as can be: `10:42` where it was today."""
    moment = QDateTime.fromString(stamp, Qt.DateFormat.ISODateWithMs).toLocalTime()
    short = QLocale.FormatType.ShortFormat
    if moment.date() == QDate.currentDate():
        return QLocale().toString(moment.time(), short)
    return QLocale().toString(moment, short)


def percent(share: float) -> str:
    """`80 %` in French, `80%` in English."""
    return translate("Units", "{n}%").format(n=round(share * 100))


def units(text: str) -> int:
    """How many letters Qt counts: those beyond the first plane are two."""
    return len(text) + sum(1 for letter in text if letter > "\uffff")


def direction(language: str) -> Qt.LayoutDirection:
    """Which way a language (BCP 47) is written; one that nobody knows from the left."""
    return QLocale(language.replace("-", "_")).textDirection()


def direction_of(text: str, otherwise: Qt.LayoutDirection) -> Qt.LayoutDirection:
    """Which way a text is written: by its first letter that says so (UAX #9, P2 and P3)."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            return Qt.LayoutDirection.RightToLeft
        if kind == "L":
            return Qt.LayoutDirection.LeftToRight
    return otherwise
