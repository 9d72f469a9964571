# SPDX-License-Identifier: Apache-2.0
"""A process that answers, watches and reads until it is killed: see test_kill_while_answering.

For each line on its input, the path of a home, it forks: the child tells its process id, then after
each act that returned the `seq` and id of what was written. The parent has the libraries loaded, so
that forty children take no longer than one start; each child dies a death of its own.
"""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

from pupil import TICK, acts, answer, attempt, open_questions, opening, read
from village import COURSE, EXAM, PAGE, QUIZ, VIDEO

from player.app import Services
from player.course.manifest import Video
from player.lesson.video import VideoVisit
from player.transport import Roads


def main() -> None:
    """Take homes from the input until it ends."""
    tell("ready")
    for line in sys.stdin:
        child = os.fork()
        if not child:
            learn(Path(line.rstrip("\n")))
        os.waitpid(child, 0)
        tell("gone")


def tell(*words: object) -> None:
    """Say a line to the test, at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def learn(home: Path) -> None:
    """Do one act after another, and tell of each; never ends by itself."""
    tell("child", os.getpid())
    with opening(home, Roads()) as services:
        told = len(acts(services))
        for _ in each_act(services):
            for event in acts(services)[told:]:
                told += 1
                tell(event.seq, event.id)


def each_act(services: Services):  # type: ignore[no-untyped-def]
    """Go round and round; every step is one act that has returned."""
    video = next(a for a in services.course(COURSE).activities() if a.id == VIDEO)
    assert isinstance(video, Video)
    for turn in count():
        for quiz in (QUIZ, EXAM):
            found = attempt(services, COURSE, quiz)
            yield
            for question in open_questions(found):
                answer(found, [question], right=turn % 3 > 0)
                yield
            found.finish()
            yield
        visit = VideoVisit(services.db, services.where(COURSE, VIDEO), video)
        visit.played(0.0)
        yield
        for step in range(1, 7):
            visit.tick(step * TICK)
        visit.ended(6 * TICK)
        yield
        visit.left(6 * TICK)
        yield
        read(services, COURSE, PAGE)
        yield


if __name__ == "__main__":
    main()
