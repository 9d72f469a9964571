# SPDX-License-Identifier: Apache-2.0
"""One act of every kind, and of every shape that a statement says differently."""

from __future__ import annotations

from typing import Any

from player.journal import events as acts
from player.journal.events import AnyAct, Event

_VISIT = "7d9d2a4e-1c62-4d52-9d8e-0a6b3f5a9c11"
_ATTEMPT = "0f0e8a52-6d13-4a0e-8b39-f1a5f1c1a1d4"
_QUESTIONS = "9f86d081884c7d65"
_HERE: dict[str, Any] = {"name": "Qui fait quoi ?", "language": "fr"}
_WATCHED: dict[str, Any] = {
    **_HERE,
    "visit": _VISIT,
    "time": 12.5004,
    "length": 61.2,
    "segments": ((0.0, 5.25), (3.0, 12.5)),
    "progress": 0.2043,
}
_ANSWER: dict[str, Any] = {
    **_HERE,
    "attempt": _ATTEMPT,
    "question": "role",
    "title": "Rôle",
    "given": {"r": "a"},
    "seconds": 21.4,
}

ENROLLED = acts.Enrolled(name="Diriger une équipe", language="fr")
ADDRESSED = acts.Addressed(
    name="Diriger une équipe",
    language="fr",
    recipient="age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
)
DOWNLOADED = acts.Downloaded(**_HERE, section="organiser", rendition="240p", size=2_000_411)
VIDEO_DONE = acts.Completed(
    **_HERE,
    type="video",
    visit=_VISIT,
    time=61.2,
    length=61.2,
    segments=((0.0, 30.6), (15.3, 45.9)),
    seconds=70.0,
)
CHOSEN = acts.Answered(
    **_ANSWER,
    interaction="choice",
    response="a[,]b",
    choices={"a": "L'équipe", "b": "Personne", "c": ""},
    score=0.5,
    success=False,
    number=2,
)
WRITTEN = acts.Answered(**_ANSWER, interaction="fill-in", response="Paris", score=1.0, success=True)
UNMARKED = acts.Answered(**_ANSWER, interaction="long-fill-in", response="Bonne idée : « oui »")
EMPTY = acts.Answered(**_ANSWER, interaction="numeric", response="", score=0.0, success=False)
PASSED = acts.Finished(
    **_HERE,
    type="exam",
    attempt=_ATTEMPT,
    score=0.75,
    points=3.0,
    out_of=4.0,
    passed=True,
    seconds=312.25,
)

EVERY_ACT: dict[str, AnyAct] = {
    "enrolled": ENROLLED,
    "downloaded": DOWNLOADED,
    "opened a page": acts.Opened(**_HERE, type="page"),
    "opened a document": acts.Opened(**_HERE, type="document"),
    "opened links": acts.Opened(**_HERE, type="links"),
    "opened a video": acts.Opened(**_HERE, type="video"),
    "opened a quiz": acts.Opened(**_HERE, type="quiz"),
    "opened what comes later": acts.Opened(**_HERE, type="hologram"),
    "followed": acts.Followed(**_HERE, url="https://example.org/équipe à 100%?q=[1]#a b"),
    "played": acts.Played(**_WATCHED, speed=1.5, rendition="240p"),
    "paused": acts.Paused(**_WATCHED),
    "sought": acts.Sought(**_WATCHED, to=40.0),
    "watching": acts.Watching(**_WATCHED),
    "left": acts.Left(**_WATCHED),
    "completed a video": VIDEO_DONE,
    "completed a page": acts.Completed(**_HERE, type="page", seconds=95.0),
    "begun": acts.Begun(**_HERE, type="quiz", attempt=_ATTEMPT, number=1),
    "chose": CHOSEN,
    "wrote": WRITTEN,
    "wrote what nobody marks": UNMARKED,
    "left it empty": EMPTY,
    "asked for a hint": acts.Hinted(**_HERE, attempt=_ATTEMPT, question="role", number=2),
    "passed": PASSED,
    "failed": acts.Finished(
        **_HERE,
        type="exam",
        attempt=_ATTEMPT,
        score=0.25,
        points=1.0,
        out_of=4.0,
        passed=False,
    ),
    "ran out of time": acts.Finished(
        **_HERE,
        type="exam",
        attempt=_ATTEMPT,
        score=0.25,
        points=1.0,
        out_of=4.0,
        passed=False,
        seconds=2700.0,
        ended="time",
        record=(acts.Remark("clock", -3600.0, "2026-11-22T09:00:00.250Z"), acts.Remark("devices")),
    ),
    "ticked": acts.Ticked(**_HERE, attempt=_ATTEMPT),
    "finished without a mark": acts.Finished(
        **_HERE, type="quiz", attempt=_ATTEMPT, score=0.0, points=0.0, out_of=0.0
    ),
    "begun for the platform": acts.Begun(
        **_HERE, type="quiz", attempt=_ATTEMPT, number=2, questions=_QUESTIONS
    ),
    "answered for the platform": acts.Answered(
        **_ANSWER, interaction="numeric", response="12.5", questions=_QUESTIONS
    ),
    "handed in to the platform": acts.Finished(
        **_HERE,
        type="quiz",
        attempt=_ATTEMPT,
        score=0.0,
        points=0.0,
        out_of=0.0,
        questions=_QUESTIONS,
    ),
    "addressed": ADDRESSED,
    "reviewed": acts.Reviewed(**_HERE, question="role", rating=2, attempt=_ATTEMPT, seconds=17.25),
    "put in": acts.PutIn(**_HERE, question="role"),
    "set aside": acts.SetAside(**_HERE, question="role"),
    "set aside a course": acts.SetAside(name="Diriger une équipe", language="fr"),
    "confided": acts.Confided(**_HERE, answers={"role": {"r": "a"}}, slip=_ATTEMPT),
    "chose a path": acts.PathChosen(**_HERE, path="debutant", by="rule"),
    "composed a path": acts.PathChosen(**_HERE, path="accueillir transmettre"),
    "noted": acts.Noted(**_HERE, note=_ATTEMPT, text="À revoir : le tableau.", time=75.5),
    "threw a note away": acts.Noted(**_HERE, note=_ATTEMPT, page=3),
    "bookmarked": acts.Bookmarked(**_HERE, time=75.5),
    "took a bookmark away": acts.Bookmarked(**_HERE, page=3, kept=False),
    "kept a link": acts.LinkKept(**_HERE, url="https://example.org/guide", title="Guide"),
    "planned": acts.Planned(name="Diriger une équipe", language="fr", hours=2.5),
    "chose a language": acts.LanguageChosen(name="Diriger une équipe", language="fr", spoken="en"),
    "found sections open": acts.SectionOpened(
        name="Diriger une équipe", language="fr", sections=("semaine-2",)
    ),
    "claimed": acts.Claimed(
        name="Diriger une équipe", language="fr", title="Attestation de suivi avec succès"
    ),
    "opened what has no name": acts.Opened(type="page"),
}


_OF_THE_COURSE = (
    acts.Enrolled
    | acts.Addressed
    | acts.Downloaded
    | acts.PathChosen
    | acts.Planned
    | acts.LanguageChosen
    | acts.SectionOpened
    | acts.Claimed
)


def event(act: AnyAct, **changes: Any) -> Event:
    """An event of that act, always the same one."""
    facts: dict[str, Any] = {
        "seq": 7,
        "id": "3f8a6f0e-0d5b-4a53-a1a7-5d1c3b9c6f20",
        "learner": "b9a4d5c2-4f3e-4c1b-8a7d-6e5f4d3c2b1a",
        "course": "diriger-une-equipe",
        "version": 3,
        "activity": ""
        if isinstance(act, _OF_THE_COURSE) or act == acts.SetAside(name=act.name, language="fr")
        else "roles",
        "act": act,
        "at": "2026-11-22T10:00:00.250Z",
        "monotonic": 1234.5,
        "boot": "5c3f2b1a-0000-4000-8000-000000000000",
        "previous": "",
        "hash": "0" * 64,
    }
    return Event(**{**facts, **changes})
