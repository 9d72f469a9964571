# SPDX-License-Identifier: Apache-2.0
"""Letters of a platform, written where the window's PC will look."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from carrying import CAMPUS
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from shell import COURSE, Shell

from player.course.signing import public_key
from player.journal.events import Addressed
from player.journal.items import Announcement, AnyItem, Attestation, Box, Digest, Mark, written
from player.sync import letter
from player.sync.letter import Letter

SECRET = Ed25519PrivateKey.from_private_bytes(bytes([7] * 32))
PLATFORM = msgspec.structs.replace(CAMPUS, mail=(str(public_key(SECRET)),))
AT = "2026-01-06T09:00:00Z"


def announcement(number: int = 1, title: str = "The exam is on Friday") -> Announcement:
    text = "<p>Bring <b>paper</b>.</p><script>x()</script><img src='https://x/y.png'>"
    text += "<p><a href='https://campus.example/exam'>More</a></p>"
    return Announcement(
        id=f"a{number}", at=AT, title=title, text=text, language="en", by="A. Diallo"
    )


def digest() -> Digest:
    text = "<ul><li>Who decides?</li><li>How to say no</li></ul>"
    return Digest(
        id="d1", at="2026-01-05T09:00:00Z", title="Week 1", text=text, by="The moderators"
    )


def mark(act: str, activity: str, **changes: object) -> Mark:
    made = Mark(
        id=f"m {act}",
        at="2026-01-07T09:00:00Z",
        act=act,
        activity=activity,
        score=0.8,
        points=8,
        out_of=10,
        feedback="Well argued.\nSay <more> of the roles.",
        by="B. Sarr",
    )
    return msgspec.structs.replace(made, **changes)


def attestation() -> Attestation:
    return Attestation(
        id="t1", at="2026-01-08T09:00:00Z", title="Attestation", text="You did it.", credential="x"
    )


@dataclass
class Post:
    """The platform's post for the learner of `shell`, laid into `folder`."""

    shell: Shell
    folder: Path
    _numbers: dict[Box, int] = field(default_factory=dict)

    def everybody(self, *items: AnyItem) -> None:
        self._write(Box(PLATFORM.home, COURSE), items)

    def learner(self, *items: AnyItem) -> None:
        services = self.shell.shown.services
        services.mail.tell_address()
        learner, entries = services.learner, services.ledger(kinds=("addressed",))
        assert learner
        (act,) = [one.event.act for one in entries if isinstance(one.event.act, Addressed)]
        self._write(Box(PLATFORM.home, COURSE, learner.id, act.recipient), items)

    def _write(self, box: Box, items: tuple[AnyItem, ...]) -> None:
        number = self._numbers[box] = self._numbers.get(box, 0) + 1
        made = Letter(
            platform=box.platform,
            course=box.course,
            learner=box.learner,
            recipient=box.recipient,
            number=number,
            at=AT,
            items=tuple(map(written, items)),
        )
        path = self.folder / box.path(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(letter.write(made, SECRET))
