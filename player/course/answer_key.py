# SPDX-License-Identifier: Apache-2.0
"""What a graded course's package leaves out: the key file of docs/format.md.

It stays with the platform. The questions in it are those of the package, by the same ids, with all
that tells what is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, TypeGuard

import msgspec
from msgspec import Meta

from player.course.decode import decode
from player.course.manifest import Count, Id, Language, Sha256, Share
from player.course.quiz import Question, set_unknown_kinds_aside
from player.errors import QT_TRANSLATE_NOOP, Malformed

DOCUMENT = QT_TRANSLATE_NOOP("errors", "The key file")
SHOWN = 16
"""Digits of a blob's hash that an act carries: enough to tell versions of a quiz apart."""


class KeyedQuiz(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One activity. `blob` is the quiz blob that learners have, `questions` those with their key.

    `passing`, `attempts` and `answer_by` are as in the manifest.
    """

    blob: Sha256
    questions: tuple[Question, ...]
    title: str = ""
    passing: Share = 0.0
    attempts: Count = 0
    answer_by: str = ""


class AnswerKey(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The keys of one version of a course, by activity; in its other languages, too.

    Ids and what is right are the same in all of them; accepted texts and what is said are not.
    """

    format: str
    kind: str
    course: Id
    version: Annotated[int, Meta(ge=1)]
    language: Language
    activities: dict[Id, KeyedQuiz]
    translations: dict[Language, dict[Id, KeyedQuiz]] = {}

    def of(self, activity: str) -> Iterator[KeyedQuiz]:
        """The questions of an activity with their key, in each language."""
        for quizzes in (self.activities, *self.translations.values()):
            if activity in quizzes:
                yield quizzes[activity]

    @property
    def file_name(self) -> str:
        """What its file is called."""
        return f"{self.course}-{self.version}.key.json"


def decode_key(data: bytes) -> AnswerKey:
    """Return the keys.

    Raises:
        Malformed, NewerFormat: as for every document. So is one in which an interaction is not
            known to this version: it could not be marked.
    """
    return decode(data, AnswerKey, document=DOCUMENT, expected="key", arrange=_check)


def _check(raw: dict[str, Any]) -> None:
    translations = raw.get("translations")
    found = [raw.get("activities"), *(translations.values() if _is_dict(translations) else ())]
    quizzes = [one for activities in found if _is_dict(activities) for one in activities.items()]
    for id_, quiz in quizzes:
        if isinstance(quiz, dict):
            set_unknown_kinds_aside(quiz)
            if b'"unsupported"' in msgspec.json.encode(quiz):
                raise Malformed(
                    document=DOCUMENT,
                    reason=f"it has questions of a later version - at `$.activities.{id_[:80]}`",
                )


def _is_dict(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)
