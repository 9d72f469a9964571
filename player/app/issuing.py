# SPDX-License-Identifier: Apache-2.0
"""The platform's desk issues attestations: to whom, by the published rule and its store's word.

What is decided becomes an item of a learner's letters in one transaction; so whoever is killed and
begins anew issues nothing twice, and nothing is issued that no letter brings.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from player.clock import stamp
from player.course import credential
from player.course.attestation import Fact, Standing, best, standing
from player.course.credential import Grant
from player.course.manifest import Manifest, Quiz
from player.course.platform import Platform
from player.errors import BadNames
from player.journal import desk
from player.journal.desk import Seen
from player.journal.items import Attestation
from player.lesson.policy import counted
from player.publish import versions
from player.store.database import Database

_NAMES = 4 * 1024 * 1024  # bytes of a table of names


@dataclass(frozen=True, slots=True)
class Row:
    """One learner of a course: `state` is 'issued', 'before' (issued by an earlier run), 'due'
    (would be issued), 'waiting' (for a mark) or 'missing'. `claimed`: they say that it is met.
    """

    course: str
    learner: str
    name: str
    state: str
    claimed: bool
    standing: Standing


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: a platform, by its key."""

    platform: Platform
    secret: Ed25519PrivateKey
    now: Callable[[], datetime]


def issue(
    db: Database,
    repository: Path,
    course: str,
    issuer: Issuer,
    names: Mapping[str, str],
    *,
    dry: bool = False,
) -> list[Row]:
    """Decide for every learner of whom the store told anything in `course`; returns each.

    A learner has met the rule who met that of the latest version, or of one that they worked on.
    Where the platform marks, no score counts but its own. With `dry`, nothing is issued.
    """
    manifests = {one.version: one for one in versions.manifests(repository, course)}
    rows: list[Row] = []
    if not any(one.attestation for one in manifests.values()):
        return rows
    marked = desk.marked(db, course)
    for told in desk.seen(db, course):
        acts = [_believed(one, manifests, marked) for one in told]
        held = {max(manifests), *(one.version for one in acts)} & manifests.keys()
        latest_first = [manifests[one] for one in sorted(held, reverse=True)]
        stands = (standing(one, _facts(one, acts)) for one in latest_first)
        found = best(one for one in stands if one)
        if found is None:
            continue
        learner = acts[0].learner
        grant = _grant(manifests[max(manifests)], issuer.platform, learner, found, names)
        state = _state(db, grant, found)
        if state == "due" and not dry:
            desk.add(db, course, learner, _item(grant, issuer))
            state = "issued"
        claimed = any(one.kind == "claimed" for one in acts)
        rows.append(Row(course, learner, grant.name, state, claimed, found))
    return rows


def read_names(path: Path) -> dict[str, str]:
    """Return the names that credentials shall bear, by account: a CSV with `learner` and `name`.

    Raises:
        BadNames: it is no such table.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_NAMES + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise BadNames(place=path.name, reason=error.strerror or "no file") from error
    except UnicodeDecodeError as error:
        raise BadNames(place=path.name, reason="it is not in UTF-8") from error
    if len(data) > _NAMES:
        raise BadNames(place=path.name, reason="it is far too large")
    first = text.partition("\n")[0]
    table = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ",")
    try:
        if not {"learner", "name"} <= set(table.fieldnames or ()):
            raise BadNames(place=path.name, reason="it has no columns `learner` and `name`")
        rows = [(row["learner"] or "", " ".join((row["name"] or "").split())) for row in table]
    except csv.Error as error:
        raise BadNames(place=path.name, reason="it is no table") from error
    return {learner.strip(): name for learner, name in rows if learner.strip() and name}


def _believed(
    one: Seen, manifests: Mapping[int, Manifest], marked: Collection[tuple[str, str]]
) -> Seen:
    """What was told, without a score that nobody but the learner's PC gave, if it has no key."""
    if one.score is None or (one.learner, one.act) in marked:
        return one
    latest_first = [manifests[number] for number in sorted(manifests, reverse=True)]
    own = manifests.get(one.version)
    found = (of.find(one.activity) for of in ([own] if own else latest_first))
    quiz = next(filter(None, found), None)
    if isinstance(quiz, Quiz) and not quiz.marking:
        return one
    return replace(one, score=None)


def _facts(manifest: Manifest, acts: Sequence[Seen]) -> dict[str, Fact]:
    """What was told of each activity, by the rule of the manifest for several attempts."""
    by: dict[str, list[Seen]] = {}
    for one in acts:
        if one.activity:
            by.setdefault(one.activity, []).append(one)
    return {name: _fact(manifest, name, group) for name, group in by.items()}


def _fact(manifest: Manifest, activity: str, acts: Sequence[Seen]) -> Fact:
    quiz = manifest.find(activity)
    ended = [one for one in acts if one.kind == "finished"]
    scores = [one.score for one in ended if one.score is not None]
    return Fact(
        watched=max(one.watched for one in acts),
        length=max(one.length for one in acts),
        finished=bool(ended),
        score=counted(scores, quiz.counts if isinstance(quiz, Quiz) else "best"),
    )


def _state(db: Database, grant: Grant, found: Standing) -> str:
    id_ = credential.id_of(grant.home, grant.course, grant.learner)
    if desk.item_of(db, grant.course, grant.learner, id_) is not None:
        return "before"
    if found.met:
        return "due"
    return "waiting" if found.waiting else "missing"


def _grant(
    manifest: Manifest,
    platform: Platform,
    learner: str,
    found: Standing,
    names: Mapping[str, str],
) -> Grant:
    return Grant(
        home=platform.home,
        platform=platform.name,
        course=manifest.id,
        learner=learner,
        title=found.rule.title,
        text=found.rule.text,
        name=names.get(learner, ""),
    )


def _item(grant: Grant, issuer: Issuer) -> Attestation:
    now = issuer.now()
    return Attestation(
        id=credential.id_of(grant.home, grant.course, grant.learner),
        at=stamp(now, "milliseconds"),
        title=grant.title,
        credential=credential.write(grant, issuer.secret, now),
        text=grant.text,
    )
