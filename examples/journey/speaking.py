# SPDX-License-Identifier: Apache-2.0
"""A course in another language: what that takes is read before, and no more than that comes."""

from __future__ import annotations

from walker import Lost, Walker

from player.app import Services
from player.course.manifest import Page, Quiz
from player.store.blobs import present
from player.ui.language import translate
from player.ui.main_window import MainWindow

from .meter import Metered
from .telling import tell


def read_otherwise(
    walker: Walker, services: Services, window: MainWindow, road: Metered, course: str
) -> None:
    """Read a course in the language that it has beside its own, then again in its own."""
    own = services.course(course).language
    done = {id_ for id_, one in services.done(course).items() if one.completed_at}
    other, said, new, came = _change(walker, services, window, road, course)
    manifest = services.course(course)
    there = [one for one in manifest.activities() if one.language == other]
    tell(
        "Read anew",
        f"{course} in {other}, “{manifest.title}”: {len(there)} activities are translated;"
        f" {new:,} bytes are new for {said:,} said; {came:,} came, word of the platform with them",
    )
    for wanted in (Page, Quiz):
        activity = next(one for one in there if isinstance(one, wanted))
        window.open_activity(course, activity.id)
        walker.until(window.lesson.isVisible, "the lesson")
        walker.picture(f"{other}-{activity.id}")
    walker.press(translate("Lesson", "Who made this, and what you may do with it"))
    walker.picture(f"{other}-credits")
    window.lesson.leave()
    _, _, new, _ = _change(walker, services, window, road, course)
    kept = {id_ for id_, one in services.done(course).items() if one.completed_at}
    if services.course(course).language != own or new or not done <= kept:
        raise Lost(f"{course} did not come back as it was: {new} bytes")
    tell("Read again", f"{course} in {own}: {new} bytes are new, {len(kept)} activities stay done")


def _change(
    walker: Walker, services: Services, window: MainWindow, road: Metered, course: str
) -> tuple[str, int, int, int]:
    """Choose the other language on the course's page: it, its price, the bytes of files that are
    new, and all that came over the line meanwhile."""
    window.open_course(course)
    walker.until(window.course.isVisible, "the course page")
    about = window.course.about
    if not about.open.isChecked():
        about.open.click()
    choice = about.languages.choice
    choice.setCurrentIndex(1 - choice.currentIndex())
    other = str(choice.currentData())
    said, came, here = services.languages.price(course, other), road.came, present(services.db)
    walker.picture(f"about-in-{other}")
    about.languages.read.click()
    walker.until(lambda: window.idle and _whole(services, course), f"{course} in {other}")
    if services.course(course).language != other:
        raise Lost(f"{course} is not read in {other}")
    listed = services.course(course).blobs
    new = sum(listed[one].cost for one in present(services.db) - here if one in listed)
    return other, said, new, road.came - came


def _whole(services: Services, course: str) -> bool:
    """Whether all that was asked for of a course is here."""
    return all(one.here == one.total for one in services.wishes() if one.course == course)
