# SPDX-License-Identifier: Apache-2.0
"""How a course's files stand, at a glance: what was asked for of it, taken together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from player.app import WishedSection
from player.app.services import WishKey
from player.download.news import DownloadNews
from player.ui.language import part, percent, since, size, translate


class Latest:
    """What was last told while a download runs: the database knows only of whole files."""

    def __init__(self) -> None:
        self._told: dict[WishKey, DownloadNews] = {}
        self._since = ""

    def hear(self, news: DownloadNews) -> None:
        """Take news of one wish; the line that it waits for is everybody's."""
        self._told[news.course, news.section, news.activity] = news
        self._since = news.since

    def forget(self) -> None:
        """Nothing is under way any more."""
        self._told, self._since = {}, ""

    def here(self, wish: WishedSection) -> int:
        """How many bytes of a wish are here, those of begun files included."""
        told = self._told.get(wish.key)
        if told is None or told.total != wish.total:  # that was of another version
            return wish.here
        return max(wish.here, told.done)

    def since(self, wish: WishedSection) -> str:
        """When a wish began to wait for the line, RFC 3339; '' where that is not what it lacks."""
        return self._since if wish.here < wish.total and not wish.held else ""


@dataclass(frozen=True, slots=True)
class Standing:
    """`here` of `total` bytes that were asked for; `problem` says why some of it does not come."""

    here: int = 0
    total: int = 0
    problem: bool = False
    coming: bool = False
    """Whether a download runs that would fetch it: not all of it is held."""
    since: str = ""
    """When it began to wait for the line, RFC 3339; '' while it does not."""

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
        return "clock" if self.since else "download" if self.coming else "pause"

    @property
    def words(self) -> str:
        """In a few words, with the figures."""
        if self.whole:
            return translate("Library", "Here · {size}").format(size=size(self.total))
        if self.problem:
            text = translate("Library", "Something is missing · {part} here")
        elif self.since:
            text = translate("Library", "Waiting since {time} · {part} here")
        elif self.coming:
            text = translate("Library", "Downloading · {share} of {total}")
        else:
            text = translate("Library", "Waiting · {part} here")
        return text.format(
            part=part(self.here, self.total),
            total=size(self.total),
            share=percent(self.here / self.total),
            time=since(self.since) if self.since else "",
        )


def standing(wish: WishedSection, latest: Latest, *, running: bool) -> Standing:
    """Of one wish; `running` says whether a download is under way."""
    here = latest.here(wish)
    lacks = here < wish.total
    return Standing(
        here=min(here, wish.total),
        total=wish.total,
        problem=bool(lacks and wish.problem),
        coming=running and lacks and not wish.held,
        since=latest.since(wish),
    )


def standings(
    wishes: Iterable[WishedSection], latest: Latest, *, running: bool
) -> dict[str, Standing]:
    """By course, of what was asked for."""
    found: dict[str, Standing] = {}
    for wish in wishes:
        one, more = found.get(wish.course, Standing()), standing(wish, latest, running=running)
        found[wish.course] = replace(
            one,
            here=one.here + more.here,
            total=one.total + more.total,
            problem=one.problem or more.problem,
            coming=one.coming or more.coming,
            since=one.since or more.since,
        )
    return found
