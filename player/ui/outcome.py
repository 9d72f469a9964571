# SPDX-License-Identifier: Apache-2.0
"""What came of an errand, in a word for the learner: a sentence, a fault to say, or nothing.

Nothing where nobody asked and there is merely no connection: that is how most days are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from player.app import Services
from player.app.repair import Repaired
from player.catalogue.refresh import Refreshed
from player.download.worker import Summary
from player.errors import (
    BadCourseFile,
    ClockWrong,
    ConnectionProblem,
    DatabaseBusy,
    DiskFull,
    DriveGone,
    Held,
    NoPlatform,
    OlderCatalogue,
    PlayerError,
    SignInFailed,
    SignInNeeded,
    Unsigned,
    UntrustedKey,
)
from player.journal.mail import Collected
from player.store.moving import Left, Moved
from player.ui.language import say, say_again, size, translate

if TYPE_CHECKING:
    from player.app.courier import Taken
    from player.app.homecoming import Home
    from player.sync.push import Pushed

Told = PlayerError | str | None


@dataclass(frozen=True, slots=True)
class Way:
    """A next step: its button's `text`; `step` is 'trust', 'settings', 'sign_in' or 'space'."""

    text: str
    step: str


def way_out(error: PlayerError) -> Way | None:
    """What the learner may do about a fault with one press, if anything."""
    if isinstance(error, UntrustedKey) and error.details.get("public"):
        return Way(translate("Window", "Trust this key"), "trust")
    if isinstance(error, (Unsigned, NoPlatform, Held, OlderCatalogue)):
        return Way(translate("Window", "Settings"), "settings")
    if isinstance(error, DiskFull):
        return Way(translate("Window", "Free some space"), "space")
    if isinstance(error, DriveGone):
        return Way(translate("Window", "Disk space"), "space")
    if isinstance(error, (SignInNeeded, SignInFailed)):
        return Way(translate("SignIn", "Sign in"), "sign_in")
    return None


def of_look(results: Sequence[object], *, quietly: bool) -> Told:
    """Of looking into every repository: the gravest fault, else how much there is."""
    faults = [one for one in results if isinstance(one, PlayerError)]
    graver = [one for one in faults if not _mends_itself(one)]
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


def notices(services: Services, *, quietly: bool) -> Iterator[str]:
    """What a person should know though nothing failed; of repositories to whoever asked."""
    if behind := services.clock_is_behind():
        yield say(behind)
    if not quietly:
        yield from (say_again(one.notice) for one in services.repositories() if one.notice)


def _mends_itself(error: PlayerError) -> bool:
    """Whether a look may well go through the next time, with nothing done about it."""
    lasts = isinstance(error, (BadCourseFile, ClockWrong))
    return isinstance(error, ConnectionProblem) and not lasts


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


def of_sending(result: Pushed | PlayerError, *, quietly: bool) -> Told:
    """Of telling the platform."""
    if isinstance(result, PlayerError):
        return None if quietly and (_waits(result) or isinstance(result, NoPlatform)) else result
    if quietly:
        return None
    if result.pieces and not result.received:
        return translate("Window", "The files that you handed in are there.")
    received = result.received
    return translate("Window", "%n act(s) received by the platform.", "", received)


def of_home(result: Home | PlayerError) -> Told:
    """Of looking for what the learner did elsewhere; what came counts more than what did not."""
    if isinstance(result, PlayerError):
        return result
    if result.new:
        text = translate("Window", "%n act(s) from your other computers came.", "", result.new)
        return f"{text} {say(result.problem)}" if result.problem else text
    return result.problem or translate("Window", "All you did elsewhere is here already.")


def of_file(result: Taken | PlayerError) -> Told:
    """Of taking in what the learner did on another computer."""
    if isinstance(result, PlayerError):
        return result
    text = translate("Work", "%n act(s) of {name} are new on this computer.", "", result.new)
    return text.format(name=result.learner.name)


def of_letters(result: object) -> Told:
    """Of looking for letters."""
    if isinstance(result, PlayerError):
        return result
    if not isinstance(result, Collected):
        return None
    if result.new:
        text = translate("Window", "%n new message(s) came.", "", result.new)
        return " ".join([text, *map(say, result.problems)])
    if result.problems:
        return result.problems[0]
    return translate("Window", "No new messages.")


def of_upkeep(result: object) -> Told:
    """Of work on the files of the courses; its `result` is None where the learner stopped it."""
    if isinstance(result, PlayerError):
        return result
    if result is None:
        return translate("Space", "Stopped. Everything is as it was before.")
    if isinstance(result, int):
        text = translate("Space", "{size} came free. What you did stays.")
        return text.format(size=size(result))
    if isinstance(result, Moved):
        return _moved(result)
    if isinstance(result, Left):
        return translate(
            "Space", "Courses begin anew on this computer. Let them go on in Downloads, one by one."
        )
    return _mended(result) if isinstance(result, Repaired) else None


def _moved(result: Moved) -> str:
    text = translate("Space", "The courses are in {folder} now; {size} were copied and checked.")
    said = text.format(folder=result.folder, size=size(result.copied))
    if not result.damaged:
        return said
    bad = result.damaged
    return f"{said} " + translate("Space", "%n file(s) were damaged: download again.", "", bad)


def _mended(result: Repaired) -> str:
    if not result.to_fetch:
        return translate("Space", "The files are in order.")
    count = result.to_fetch
    return translate("Space", "%n file(s) are fetched again: only what is bad of them.", "", count)


def _waits(error: PlayerError) -> bool:
    """Whether it will be tried again by itself, so that nobody need be told."""
    return isinstance(error, (ConnectionProblem, DatabaseBusy, Held))
