# SPDX-License-Identifier: Apache-2.0
"""How long to go on trying on a bad line. Pure but for the clock and the sleep it is given."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from player.errors import ConnectionProblem, Damaged, PlayerError, ServerBusy, ServerRefused

_PASSING = (408, 425)  # 4xx that another try may heal: Request Timeout, Too Early


@dataclass(frozen=True, slots=True)
class Patience:
    """Waits grow from `first` to `longest` seconds, half of each by chance; after `soon` in a row,
    to `lasting`: a line that is back is noticed at once, one that is dead for hours costs nothing.

    `tries` is how many in a row may bring nothing; any byte starts the count anew, and then nothing
    is waited for. A server that asks for more than `obey` seconds is left alone until the next run.
    """

    tries: int = 40
    first: float = 0.5
    longest: float = 2.0
    soon: int = 15
    lasting: float = 6.0
    obey: float = 120.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random

    def wait(self, problem: ConnectionProblem, fruitless: int) -> float | None:
        """Seconds until the next try after `fruitless` in a row; None: there is no use in one."""
        if fruitless >= self.tries or is_final(problem):
            return None
        if isinstance(problem, ServerBusy):
            asked = float(str(problem.details["seconds"]))
            return asked if asked <= self.obey else None
        if fruitless == 0:
            return 0.0
        most = self.longest if fruitless <= self.soon else self.lasting
        span = min(most, self.first * 2.0 ** min(fruitless - 1, 10))
        return span * (0.5 + self.chance() / 2)


ENDLESS = Patience(tries=10**9)  # waits for its line as long as it takes


def is_final(problem: PlayerError) -> bool:
    """Whether there is no use in asking this source for this file again, and only for this file.

    The file is wrong there, or the server means it: it has no such file, or does not give it to us.
    """
    if not isinstance(problem, ServerRefused):
        return isinstance(problem, Damaged)
    status = int(str(problem.details["status"]))
    return 400 <= status < 500 and status not in _PASSING
