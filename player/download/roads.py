# SPDX-License-Identifier: Apache-2.0
"""How each source fares in a run: when it may be asked again, and for what never more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from player.download.patience import Patience, is_final
from player.download.sources import Source
from player.download.targets import Piece, Target
from player.errors import ConnectionProblem
from player.store.database import Database, translated

TWICE = 2  # wrong so often from one source, a piece is never asked from it again


@dataclass(slots=True, eq=False)
class Road:
    """One source in this run.

    `wrong` counts, by hash, the pieces that came wrong from it, in earlier runs too; `lacks` are
    the paths that it does not have. `problem` is why it is waited for, None while it works;
    `not_before` when it may be asked again, by the clock of the run; `since` when the trouble
    began, by the wall clock. A road that is `over` is asked nothing more in this run.
    """

    source: Source
    patience: Patience
    wrong: dict[str, int] = field(default_factory=dict)
    lacks: set[str] = field(default_factory=set)
    holds: dict[str, bool] = field(default_factory=dict)
    whole_files: bool = False
    problem: ConnectionProblem | None = None
    fruitless: int = 0
    not_before: float = 0.0
    over: bool = False

    def ready(self, now: float) -> bool:
        """Whether it may be asked now."""
        return not self.over and now >= self.not_before

    def worked(self) -> None:
        """Bytes came."""
        self.problem, self.fruitless, self.not_before = None, 0, 0.0

    def failed(self, problem: ConnectionProblem, path: str, came: int, now: float) -> None:
        """Asking for `path` ended with `problem` after `came` bytes: judge when to ask again."""
        if is_final(problem):
            self.lacks.add(path)
            return
        self.fruitless = 0 if came else self.fruitless + 1
        wait = self.patience.wait(problem, self.fruitless)
        self.problem = problem
        if wait is None:
            self.over = True
        else:
            self.not_before = max(self.not_before, now + wait)

    def has(self, target: Target) -> bool:
        """Whether it may have a file: nothing says otherwise."""
        if self.over or target.path in self.lacks:
            return False
        if self.source.known is not None and target.name not in self.source.known:
            return False
        if self.source.near and self.source.known is None:
            if target.path not in self.holds:
                self.holds[target.path] = self.source.holds(target.path)
            return self.holds[target.path]
        return True

    def gives(self, piece: Piece) -> bool:
        """Whether a piece may be asked from it."""
        return self.wrong.get(piece.sha256, 0) < TWICE


def remembered(db: Database, road: Road) -> Road:
    """The road with what earlier runs found wrong on it."""
    query = "SELECT piece, times FROM faults WHERE source = ?"
    road.wrong = dict(db.execute(query, [road.source.url]).fetchall())
    return road


def blame(db: Database, road: Road, piece: Piece) -> None:
    """Write down that a piece came wrong."""
    times = road.wrong[piece.sha256] = road.wrong.get(piece.sha256, 0) + 1
    with translated(db.path), db.atomic():
        db.execute(
            "INSERT INTO faults (source, piece, times) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET times = excluded.times",
            [road.source.url, piece.sha256, times],
        )


def forgive(db: Database, pieces: Iterable[str]) -> None:
    """Have another try at pieces that came wrong: somebody asks for them again."""
    with translated(db.path), db.atomic():
        db.conn.executemany("DELETE FROM faults WHERE piece = ?", [(one,) for one in pieces])
