# SPDX-License-Identifier: Apache-2.0
"""What came of an errand, in a word for the learner: a sentence, a fault to say, or nothing.

Nothing where nobody asked and there is merely no connection: that is how most days are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from player.catalogue.refresh import Refreshed
from player.download.worker import Summary
from player.errors import (
    ConnectionProblem,
    DatabaseBusy,
    Held,
    NoPlatform,
    PlayerError,
    Unsigned,
    UntrustedKey,
)
from player.sync.push import Pushed
from player.ui.language import size, translate

Told = PlayerError | str | None


@dataclass(frozen=True, slots=True)
class Way:
    """A next step: `text` on its button, `step` is 'trust' or 'settings'."""

    text: str
    step: str


def way_out(error: PlayerError) -> Way | None:
    """What the learner may do about a fault with one press, if anything."""
    if isinstance(error, UntrustedKey) and error.details.get("public"):
        return Way(translate("Window", "Trust this key"), "trust")
    if isinstance(error, (Unsigned, NoPlatform, Held)):
        return Way(translate("Window", "Settings"), "settings")
    return None


def of_look(results: Sequence[object], *, quietly: bool) -> Told:
    """Of looking into every repository: the gravest fault, else how much there is."""
    faults = [one for one in results if isinstance(one, PlayerError)]
    graver = [one for one in faults if not isinstance(one, ConnectionProblem)]
    if graver:
        return graver[0]
    if quietly:
        return None
    if faults:
        return faults[0]
    if not results:
        return translate(
            "Window", "No place to look in yet. Add an address or a folder in the settings."
        )
    count = sum(one.courses for one in results if isinstance(one, Refreshed))
    return translate("Window", "%n course(s) on offer.", "", count)


def of_fetch(result: object, *, quietly: bool) -> Told:
    """Of a download; its `result` is None where the learner paused it."""
    if isinstance(result, PlayerError):
        return None if quietly and _waits(result) else result
    if result is None:
        return translate("Window", "Paused. What has come so far is kept.")
    if isinstance(result, Summary) and result.fetched:
        text = translate("Window", "Everything you asked for is here ({size} fetched).")
        return text.format(size=size(result.fetched))
    return None


def of_sending(result: object, *, quietly: bool) -> Told:
    """Of telling the platform."""
    if isinstance(result, PlayerError):
        return None if quietly and (_waits(result) or isinstance(result, NoPlatform)) else result
    if not isinstance(result, Pushed) or quietly:
        return None
    received = result.received
    return translate("Window", "%n act(s) received by the platform.", "", received)


def _waits(error: PlayerError) -> bool:
    """Whether it will be tried again by itself, so that nobody need be told."""
    return isinstance(error, (ConnectionProblem, DatabaseBusy, Held))
