# SPDX-License-Identifier: Apache-2.0
"""A course in the language of whoever learns: its translations, and what stands in where one lacks.

Whatever is not there in the language that was asked for is there in the next one that fits, and at
last in the course's own; so no translation can make a course shorter than it is. Ids, kinds, order
and every rule of marking are the course's own in all languages: what a learner did counts whichever
they did it in. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import singledispatch
from typing import Any

from msgspec.structs import replace

from player.course.manifest import (
    AnyActivity,
    AttestationRule,
    Chapter,
    Document,
    Links,
    Manifest,
    Meeting,
    Page,
    Quiz,
    Section,
    Survey,
    Translation,
    Video,
)


def spoken_in(own: str, translated: Iterable[str]) -> tuple[str, ...]:
    """The languages a course can be read in: its own, then those of its translations, each once."""
    known = {one.lower(): one for one in (*reversed(list(translated)), own)}
    others = (one for one in known.values() if one.lower() != own.lower())
    return (own, *sorted(others, key=str.lower))


def languages(manifest: Manifest) -> tuple[str, ...]:
    """The languages a course can be read in, its own first."""
    return spoken_in(manifest.language, (one.language for one in manifest.translations))


def is_own(manifest: Manifest) -> bool:
    """Whether a course, as it is read, is in its own language."""
    read = manifest.language.lower()
    return all(one.language.lower() != read for one in manifest.translations)


def names_attestation(manifest: Manifest) -> bool:
    """Whether a translation says what the attestation of a course, as it is read, is called."""
    rule = manifest.attestation
    return rule is not None and any(
        one.attestation.title == rule.title for one in manifest.translations
    )


def preferred(available: Sequence[str], wanted: Sequence[str], own: str) -> tuple[str, ...]:
    """Those of `available` to read in, the best first; the last one is `own`.

    For each wish, RFC 4647 §3.4 ("lookup"): the tag itself, then without its last parts; and behind
    these, what RFC 4647 leaves out, the same language of other regions: whoever reads `fr-CA` reads
    `fr-FR` before English.
    """
    found: dict[str, str] = {}
    for wish in wanted:
        for one in _fitting(available, wish):
            if one.lower() == own.lower():
                return (*found.values(), own)
            found.setdefault(one.lower(), one)
    return (*found.values(), own)


def _fitting(available: Sequence[str], wish: str) -> list[str]:
    tag = wish.replace("_", "-").lower()
    parts = tag.split("-")
    ranks = {"-".join(parts[:count]): len(parts) - count for count in range(len(parts), 0, -1)}
    beside = [one for one in available if one.lower().split("-")[0] == parts[0] and parts[0]]
    return sorted(beside, key=lambda one: (ranks.get(one.lower(), len(parts)), one.lower()))


def best(manifest: Manifest, wanted: Sequence[str]) -> str:
    """The language of the course for whoever wants these, the dearest first."""
    return preferred(languages(manifest), wanted, manifest.language)[0]


def spoken(manifest: Manifest, wanted: Sequence[str]) -> Manifest:
    """The course as whoever wants these languages reads it.

    Its `language` is the best that there is. Each activity says its own: one that is not translated
    is in another. Translations of what the course does not have, or of another kind than its own,
    are passed over. Blobs are those of the whole course, of all languages.
    """
    order = preferred(languages(manifest), wanted, manifest.language)[:-1]
    first: dict[str, Translation] = {}
    for one in manifest.translations:
        first.setdefault(one.language.lower(), one)
    chosen = [first[one.lower()] for one in order]
    if not chosen:
        return manifest
    return _Said(manifest.language, chosen).course(manifest)


class _Said:
    """What translations say, the dearest first, each text looked for by itself.

    One that is the course's own, word for word, was not translated there: an activity has to have
    a title and files, whichever of them were.
    """

    def __init__(self, own: str, chosen: Sequence[Translation]) -> None:
        self._own, self._chosen = own, chosen
        self._activities = [
            (one.language, {activity.id: activity for activity in reversed(one.activities)})
            for one in chosen
        ]

    def course(self, manifest: Manifest) -> Manifest:
        words = ("title", "summary", "effort", "cite", "adapted")
        rule = manifest.attestation
        return replace(
            manifest,
            language=self._chosen[0].language,
            **{name: self._words(name, getattr(manifest, name)) for name in words},
            authors=tuple(
                replace(one, role=self._by("roles", one.name, one.role)) for one in manifest.authors
            ),
            attestation=rule and self._rule(rule),
            sections=tuple(map(self._section, manifest.sections)),
            paths=tuple(
                replace(self._titled(one), summary=self._by("summaries", one.id, one.summary))
                for one in manifest.paths
            ),
            meetings=tuple(map(self._meeting, manifest.meetings)),
        )

    def _words(self, name: str, own: str) -> str:
        return _first((getattr(one, name) for one in self._chosen), own)

    def _by(self, table: str, key: str, own: str) -> str:
        return _first((getattr(one, table).get(key, "") for one in self._chosen), own)

    def _titled(self, part: Any) -> Any:
        """A part of the course with its title."""
        return replace(part, title=self._by("titles", part.id, part.title))

    def _rule(self, rule: AttestationRule) -> AttestationRule:
        title = _first((one.attestation.title for one in self._chosen), rule.title)
        text = _first((one.attestation.text for one in self._chosen), rule.text)
        return replace(rule, title=title, text=text)

    def _meeting(self, meeting: Meeting) -> Meeting:
        place = self._by("places", meeting.id, meeting.place)
        note = self._by("notes", meeting.id, meeting.note)
        titled: Meeting = self._titled(meeting)
        return replace(titled, place=place, note=note)

    def _section(self, section: Section) -> Section:
        sequences = (
            replace(self._titled(one), activities=tuple(map(self._activity, one.activities)))
            for one in section.sequences
        )
        titled: Section = self._titled(section)
        return replace(titled, sequences=tuple(sequences))

    def _activity(self, activity: AnyActivity) -> AnyActivity:
        found: list[tuple[str, AnyActivity]] = []
        for language, activities in self._activities:
            one = activities.get(activity.id)
            if one is not None and type(one) is type(activity):
                found.append((language, one))
        content = _content(activity)
        base, language = activity, activity.language or self._own
        for spoken_there, one in found:
            if (said := _content(one)) != content:
                base, language = replace(activity, **said), one.language or spoken_there
                break
        others = [one for _, one in found]
        title = _first((one.title for one in others), activity.title)
        beside = _beside(base, activity, others)
        return replace(base, title=title, language=language, **beside)


def _first(said: Iterable[str], own: str) -> str:
    """The first text that is one, and not the course's own; that, where there is none."""
    return next((one for one in said if one.strip() and one != own), own)


@singledispatch
def _content(_activity: Any) -> dict[str, Any]:
    """What is another one, as a whole, in each language; all the rest is the course's own."""
    return {}


def _fields(activity: AnyActivity, *names: str) -> dict[str, Any]:
    return {name: getattr(activity, name) for name in ("resources", *names)}


@_content.register
def _(activity: Page) -> dict[str, Any]:
    return _fields(activity, "blob")


@_content.register
def _(activity: Document) -> dict[str, Any]:
    return _fields(activity, "blob", "pages")


@_content.register
def _(activity: Links) -> dict[str, Any]:
    return _fields(activity, "links", "note")


@_content.register
def _(activity: Quiz) -> dict[str, Any]:
    return _fields(activity, "blob")


@_content.register
def _(activity: Video) -> dict[str, Any]:
    """A dubbed film. One that is not may have pictures and chapters of its own (`_beside`)."""
    heard = _fields(activity, "duration", "renditions", "captions", "transcripts")
    return heard | {"turns": activity.turns}


@singledispatch
def _beside(_base: Any, _own: Any, _said: Sequence[Any]) -> dict[str, Any]:
    """What is said beside the content, each text by itself.

    Args:
        _base: the activity with the content that was found.
        _own: it as the course itself has it.
        _said: it in all languages that fit, the dearest first.
    """
    return {}


@_beside.register
def _(_base: Survey, own: Survey, said: Sequence[Survey]) -> dict[str, Any]:
    """The sentences of its rules, by their order."""
    same = [one.rules for one in said if _ways(one) == _ways(own)]
    rules = (
        replace(rule, reason=_first((rules[at].reason for rules in same), rule.reason))
        for at, rule in enumerate(own.rules)
    )
    return {"rules": tuple(rules)}


def _ways(survey: Survey) -> list[str]:
    return [one.path for one in survey.rules]


@_beside.register
def _(base: Video, own: Video, said: Sequence[Video]) -> dict[str, Any]:
    """Chapters by their seconds, slides with the same turns, a poster."""
    film = next(one for one in (own, *said) if _content(one) == _content(base))
    seconds = [chapter.at for chapter in film.chapters]
    same = [one.chapters for one in said if [chapter.at for chapter in one.chapters] == seconds]
    known = {chapter.at: chapter.title for chapter in own.chapters}
    titles = (
        _first((chapters[at].title for chapters in same), known.get(chapter.at, chapter.title))
        for at, chapter in enumerate(film.chapters)
    )
    slides = (one.slides for one in said if one.slides and one.turns == film.turns)
    posters = (one.poster for one in said if one.poster)
    undubbed = film is own  # a dubbed one that has none goes without
    return {
        "chapters": tuple(map(Chapter, seconds, titles)),
        "slides": ((undubbed or film.slides) and _first(slides, own.slides or "")) or None,
        "poster": ((undubbed or film.poster) and _first(posters, own.poster or "")) or None,
    }
