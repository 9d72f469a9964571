# SPDX-License-Identifier: Apache-2.0
"""How a course's files stand, at a glance: what was asked for of it, taken together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from player.app import WishedSection
from player.ui.language import percent, size, translate


@dataclass(frozen=True, slots=True)
class Standing:
    """`here` of `total` bytes that were asked for; `problem` says why some of it does not come."""

    here: int = 0
    total: int = 0
    problem: bool = False
    coming: bool = False
    """Whether a download runs that would fetch it: not all of it is held."""

    @property
    def whole(self) -> bool:
        """Whether everything asked for is here."""
        return self.here >= self.total

    @property
    def sign(self) -> str:
        """The icon that says the same."""
        if self.whole:
            return "check-circle"
        if self.problem:
            return "warning"
        return "download" if self.coming else "pause"

    @property
    def words(self) -> str:
        """In a few words, with the figures."""
        if self.whole:
            return translate("Library", "Here · {size}").format(size=size(self.total))
        if self.problem:
            text = translate("Library", "Something is missing · {here} of {total} here")
        elif self.coming:
            text = translate("Library", "Downloading · {share} of {total}")
        else:
            text = translate("Library", "Waiting · {here} of {total} here")
        share = percent(self.here / self.total)
        return text.format(here=size(self.here), total=size(self.total), share=share)


def standings(wishes: Iterable[WishedSection], *, running: bool) -> dict[str, Standing]:
    """By course, of what was asked for; `running` says whether a download is under way."""
    found: dict[str, Standing] = {}
    for wish in wishes:
        one = found.get(wish.course, Standing())
        lacks = wish.here < wish.total
        found[wish.course] = replace(
            one,
            here=one.here + min(wish.here, wish.total),
            total=one.total + wish.total,
            problem=one.problem or bool(lacks and wish.problem),
            coming=one.coming or (running and lacks and not wish.held),
        )
    return found
