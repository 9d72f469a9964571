# SPDX-License-Identifier: Apache-2.0
"""Pictures of every kind of question, before it is answered and after, right, partly and wrong.

    python examples/gallery.py               # into build/gallery/questions, in all looks
    python examples/gallery.py --only fr-dark-200

Every question file of the example courses is asked as practice in the real window, off-screen, at
1024 × 768. Beside each picture the window is measured: words without room, widgets that overlap.
What is found is printed, and the exit code is 1. `sheet-….png` show them together.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import looks
from faults import faults
from homes import COURSES
from keyed_answers import PARTLY, RIGHT, WRONG, answers
from looks import LOOKS, Look
from PySide6.QtCore import qInstallMessageHandler
from walker import Walker

from player import app
from player.course.manifest import Quiz
from player.publish.keys import own_key, public_text
from player.publish.repository import publish
from player.ui.lesson.question_page import QuestionPage

HERE = Path(__file__).parent
PLACE = looks.PLACE / "questions"


def main() -> int:
    """Take all pictures; returns 1 where something is cut or covered."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--only", choices=[str(one) for one in LOOKS], help="one look instead of all"
    )
    only = parser.parse_args().only
    qInstallMessageHandler(looks.quiet)
    shutil.rmtree(PLACE, ignore_errors=True)
    found = 0
    for language, course in COURSES.items():
        home = _prepared(language, HERE / course)
        for look in LOOKS:
            if look.language == language and only in (None, str(look)):
                found += _photograph(look, home)
    print(f"{found} faults" if found else "Nothing is cut and nothing overlaps")
    return 1 if found else 0


def _prepared(language: str, course: Path) -> Path:
    """A home in which every question file of `course` is a quiz of its own."""
    place = PLACE / "work" / language
    source = place / "source"
    files = sorted(one for one in course.glob("*/*.toml") if one.parent.name != "storyboards")
    for folder in {one.parent for one in files}:
        shutil.copytree(folder, source / folder.name)
    lines = [
        f'{{ quiz = "{one.relative_to(course).as_posix()}", id = "{one.stem}" }}' for one in files
    ]
    (source / "course.toml").write_text(
        f'[course]\nid = "gallery"\ntitle = "Cartable"\nlanguage = "{language}"\n'
        'authors = [{ name = "Cartable" }]\nlicence = "CC-BY-SA-4.0"\n'
        '[[section]]\ntitle = "1"\n[[section.sequence]]\ntitle = "1"\n'
        f"activities = [{', '.join(lines)}]\n",
        encoding="utf-8",
    )
    secret = own_key(place / "publisher.key")
    publish(source, place / "repository", secret, keys=place / "marking")
    services = app.build(place / "home")
    services.introduce("Awa Diop")
    services.change(allowed_keys=(public_text(secret),))
    services.add_repository(str(place / "repository"))
    services.refresh_all()
    services.ask("gallery", [one.id for one in services.take_up("gallery").sections], "")
    services.download(by_hand=True)
    services.close_thread()
    return place / "home"


def _photograph(look: Look, home: Path) -> int:
    """Take the pictures of one look; returns how many faults were found."""
    copy = home.parent / str(look)
    shutil.copytree(home, copy)
    found = 0
    with looks.shown(look, copy) as shown:
        walker = Walker(lambda: shown.window, PLACE / str(look))
        for activity in shown.services.course("gallery").activities():
            if not isinstance(activity, Quiz):
                continue
            shown.window.open_activity("gallery", activity.id)
            for name in _states(walker):
                walker.picture(f"{activity.id}-{name}")
                for fault in dict.fromkeys(faults(shown.window)):
                    found += 1
                    print(f"{look}/{activity.id}-{name}: {fault}", flush=True)
    looks.sheets(walker.taken, PLACE / f"sheet-{look}")
    print(f"{look}: {len(walker.taken)} pictures", flush=True)
    return found


def _states(walker: Walker) -> Iterator[str]:
    """Answer question after question, and yield the name of each thing to be seen."""
    walker.until(lambda: walker.see(QuestionPage), "the first question", 5)
    page = walker.see(QuestionPage)[0]
    while walker.see(QuestionPage):
        walker.rest(0.05)
        question = page.card.question
        yield f"{question.id}-1-before"
        given = answers(question)
        for number, worth in enumerate((WRONG, PARTLY, RIGHT), 2):
            if worth in given:
                if not page.answerable:
                    page.retry()
                page.card.show_given(given[worth])
                page.card.edited.emit()
                page.answer()
                walker.rest(0.05)
                yield f"{question.id}-{number}-{worth}"
        walker.click(page.on)
    yield "result"


if __name__ == "__main__":
    sys.exit(main())
