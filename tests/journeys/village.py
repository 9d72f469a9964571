# SPDX-License-Identifier: Apache-2.0
"""A small course in a repository, and a learner's home that has it: where journeys begin."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec
from lrs_simulator import PLATFORM
from pupil import opening
from small_course import small_course

from player.publish.keys import own_key, public_text
from player.publish.repository import publish

COURSE, SECTION = "petit-cours", "organiser"
PAGE, VIDEO, QUIZ, EXAM, TIMED = "page", "video", "quiz", "exam", "timed"

_ACTIVITIES = """\
activities = [
    { id = "page", page = "pages/roles.md" },
    { id = "video", video = "media/roles" },
    { id = "pour-aller-plus-loin", links = "pages/liens.md" },
    { id = "quiz", quiz = "quizzes/roles.gift", title = "Faites le point" },
    { id = "exam", exam = "quizzes/roles.gift", title = "Examen", pass = 0.6 },
    { id = "timed", exam = "quizzes/roles.gift", title = "Épreuve", attempts = 1, limit = 30 },
]
"""
_MORE = """
::Mois:: Combien de mois dans une année ? {#12}

::Mot:: Le contraire de « seul » ? { =ensemble =en équipe }

::Qui:: Qui peut aider ? { ~%50%Un voisin ~%50%Une amie ~%-50%Personne }
"""


@dataclass(frozen=True)
class Village:
    """`repository` and `home` are folders; `platform` is its platform.json."""

    repository: Path
    home: Path
    platform: Path


def published(folder: Path, url: str = "", endpoint: str = "") -> Village:
    """A repository in `folder`, and a platform that vouches for it; the home is not made yet.

    Args:
        folder: everything is made below it.
        url: where the platform says that the courses are; the folder itself otherwise.
        endpoint: of its learning record store; the simulator's otherwise.
    """
    source = small_course(folder / "source")
    text = (source / "course.toml").read_text(encoding="utf-8")
    text = text[: text.index("activities = [")] + _ACTIVITIES
    (source / "course.toml").write_text(
        text.replace('title = "Organiser"', f'id = "{SECTION}"\ntitle = "Organiser"')
    )
    with (source / "quizzes" / "roles.gift").open("a", encoding="utf-8") as quiz:
        quiz.write(_MORE)
    repository = folder / "repository"
    secret = own_key(folder / "publisher.key")
    publish(source, repository, secret)
    lrs = PLATFORM.lrs
    assert lrs is not None
    platform = msgspec.structs.replace(
        PLATFORM,
        repositories=(url or repository.as_uri(),),
        keys=(public_text(secret),),
        lrs=msgspec.structs.replace(lrs, endpoint=endpoint or lrs.endpoint),
    )
    (folder / "platform.json").write_bytes(msgspec.json.encode(platform))
    return Village(repository, folder / "home", folder / "platform.json")


def settled(village: Village, rendition: str = "240p") -> Village:
    """The same, with a learner at home who has fetched the course."""
    with opening(village.home) as services:
        services.join(village.platform.read_bytes())
        services.introduce("Awa")
        services.refresh_all()
        services.ask(COURSE, [SECTION], rendition)
        assert services.download().sections == 1
    return village
