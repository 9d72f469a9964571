# SPDX-License-Identifier: Apache-2.0
"""A process that sits an exam until it is killed: see test_timed_exam and answering.py.

It types, in one question after the other, something else each time, and tells the number of what
was kept.
"""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

from answering import tell
from pupil import attempt, opening
from village import COURSE, TIMED

from player.course.interactions import ChoiceInteraction
from player.course.quiz import Question
from player.lesson.answers import Answer
from player.transport import Roads


def main() -> None:
    """Take homes from the input until it ends."""
    tell("ready")
    for line in sys.stdin:
        child = os.fork()
        if not child:
            sit(Path(line.rstrip("\n")))
        os.waitpid(child, 0)
        tell("gone")


def sit(home: Path) -> None:
    """Type, tick and answer; never ends by itself."""
    tell("child", os.getpid())
    with opening(home, Roads()) as services:
        found = attempt(services, COURSE, TIMED)
        assert found.time is not None
        for number in count():
            question = found.questions[number % len(found.questions)]
            found.keep(question, typed(question, number))
            tell("typed", number)
            if number % 5 == 4:
                found.time.tick()


def typed(question: Question, number: int) -> dict[str, Answer]:
    """What is typed as the `number`th thing: another thing each time."""
    (part,) = question.interactions
    if isinstance(part, ChoiceInteraction):
        chosen = part.choices[number // 7 % len(part.choices)].id
        return {part.id: [chosen] if part.multiple else chosen}
    return {part.id: str(number)}


if __name__ == "__main__":
    main()
