# SPDX-License-Identifier: Apache-2.0
"""A course with an attestation, and a learner who does what it asks, for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from posting import COURSE, Pc, World
from small_course import small_course, write

from player.course.manifest import Manifest
from player.journal import events as acts
from player.publish.keys import own_key, public_text
from player.publish.repository import publish

RULE = """
[attestation]
title = "Attestation de suivi avec succès"
text = "A regardé les vidéos et réussi l’examen."
watched = 0.8
answered = 1.0
marks = { examen = 0.6 }
"""
VIDEO, QUIZ, EXAM = "roles-video", "faites-le-point", "examen"


def source(folder: Path, rule: str = RULE, id_: str = COURSE) -> Path:
    """The small course with a rule."""
    made = small_course(folder)
    path = made / "course.toml"
    text = path.read_text(encoding="utf-8").replace('id = "petit-cours"', f'id = "{id_}"', 1)
    return write(made, {"course.toml": text + rule})


def offer(world: World, rule: str = RULE) -> None:
    """Publish it in the world's repository."""
    publish(
        source(world.folder / "source", rule), world.repository, own_key(world.folder / "p.key")
    )


def take(world: World, pc: Pc) -> Manifest:
    """Have the course at a PC, in its latest version."""
    pc.services.change(allow_unsigned=True, allowed_keys=(_public(world),))
    assert not [one for one in pc.services.refresh_all() if isinstance(one, Exception)]
    pc.services.take_up(COURSE)
    return pc.services.renew(COURSE)


def _public(world: World) -> str:
    return public_text(own_key(world.folder / "p.key"))


def watch(pc: Pc, share: float = 1.0) -> None:
    """Watch of the video."""
    seen: dict[str, Any] = {"visit": "v", "time": 60 * share, "length": 60.0}
    seen |= {"segments": ((0.0, 60 * share),)}
    pc.do(acts.Left(**seen, progress=share), activity=VIDEO)
    if share == 1:
        pc.do(acts.Completed(type="video", **seen), activity=VIDEO)


def hand_in(pc: Pc, activity: str, score: float | None = 1.0) -> str:
    """End a quiz; the id of the act. Without a score, it waits for its mark."""
    out_of = 0.0 if score is None else 2.0
    done = acts.Finished(
        type="quiz",
        attempt="0f0e8a52-6d13-4a0e-8b39-f1a5f1c1a1d4",
        score=score or 0.0,
        points=(score or 0.0) * out_of,
        out_of=out_of,
    )
    return pc.do(done, activity=activity)[0]


def do_all(pc: Pc) -> None:
    """Do what the rule asks for."""
    watch(pc)
    hand_in(pc, QUIZ, 0.5)
    hand_in(pc, EXAM, 0.8)
