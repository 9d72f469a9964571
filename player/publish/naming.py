# SPDX-License-Identifier: Apache-2.0
"""Ids for sections, sequences and activities: a learner's progress hangs on them.

An id that the author gave is taken as it is. Others are made from titles; where two are the same,
the later one is named after what it is (`roles-video`), or after the part that it is in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from player.publish.faults import Findings, Place
from player.publish.outline import Outline
from player.publish.pages import slug


class Part(NamedTuple):
    """A section, sequence or activity: its own id or nothing, its title, where it stands."""

    id: str
    title: str
    place: Place


@dataclass(slots=True)
class Names:
    """The ids of one course, each given once."""

    findings: Findings
    given: dict[str, Place]
    taken: set[str] = field(default_factory=set)

    def name(self, part: Part, kind: str, inside: str = "") -> str:
        """Return the part's id: its own, or one made from its title; `inside` is its parent's."""
        id_, title, place = part
        if id_:
            return id_
        base = slug(title, f"x{hashlib.sha256(title.encode()).hexdigest()[:8]}")
        for candidate in (base, f"{base}-{kind}", f"{inside}-{base}"[:80].strip("-")):
            if candidate not in self.given and candidate not in self.taken:
                if candidate != base:
                    what = f"“{title}” gets the id `{candidate}`, since `{base}` is taken."
                    self.findings.warn(place, what, "Give it an `id` if its place may change.")
                self.taken.add(candidate)
                return candidate
        what = f"“{title}” would get the id `{base}`, which is taken."
        self.findings.fault(place, what, "Give one of the two an `id` of its own.")
        return base


def given_names(outline: Outline, findings: Findings) -> Names:
    """Return the names with the author's own ids in them; those that stand twice are faults."""
    given: dict[str, Place] = {}
    for id_, place in _given(outline):
        if id_ in given:
            what = f"The id `{id_}` stands in line {given[id_].line} already."
            findings.fault(place, what, "Every id in a course is its own; choose another one.")
        given.setdefault(id_, place)
    return Names(findings, given)


def _given(outline: Outline) -> Iterator[tuple[str, Place]]:
    for section in outline.sections:
        if section.id:
            yield section.id, section.place
        for sequence in section.sequences:
            if sequence.id:
                yield sequence.id, sequence.place
            yield from ((one.id, one.place) for one in sequence.activities if one.id)
    yield from ((one.meeting.id, one.place) for one in outline.meetings if one.meeting.id)
