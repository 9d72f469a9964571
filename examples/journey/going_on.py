# SPDX-License-Identifier: Apache-2.0
"""The next step: what the library says of it, a plan for the week, a path composed of verbs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from walker import Lost, Walker

from player.app import Services
from player.ui import next_words
from player.ui.language import translate
from player.ui.main_window import MainWindow

from .telling import tell

HOURS = 2.0
VERBS = 2  # paths that are combined, of those that a course has


def go_on(walker: Walker, services: Services, window: MainWindow, course: str) -> None:
    """Compose a path where the course lets one, plan a week, and follow the key that goes on."""
    manifest = services.course(course)
    window.course.show_course(manifest)
    window.show_page("course")
    if manifest.combine_paths:
        _compose(walker, services, window, course)
    if window.course.next.plan.open.isVisible():  # not where all of a course is done already
        _plan(walker, window, course)
    window.show_page("library")
    walker.picture(f"next-library-{course}")
    step = services.steps.of(manifest)
    week = services.plans.week(course)
    tell(
        "Next step",
        f"{course}: {next_words.headline(step)} ({next_words.details(step)});"
        f" {step.done} of {step.all} done, {week.learnt / 60:.1f} min of {week.planned:g} h learnt",
    )
    window.activateWindow()
    walker.until(window.isActiveWindow, "the window in front", 5)
    walker.key(Qt.Key.Key_Right, window, Qt.KeyboardModifier.AltModifier)
    if step.activity is not None:
        walker.until(lambda: window.lesson.activity == step.activity.id, "the next step", 5)
        window.lesson.leave()


def _plan(walker: Walker, window: MainWindow, course: str) -> None:
    plan = window.course.next.plan
    walker.click(plan.open)
    walker.until(lambda: plan.setting, "the plan")
    if plan.setting is None:
        raise Lost("there is no place for a plan")
    plan.setting.hours.setValue(HOURS)
    walker.picture(f"next-plan-{course}")
    walker.press(translate("Next", "Keep this plan"), window.course)


def _compose(walker: Walker, services: Services, window: MainWindow, course: str) -> None:
    asks, manifest = window.course.asks, services.course(course)
    walker.click(asks.path.act)
    walker.until(lambda: asks.choice, "the paths", 5)
    if asks.choice is None:
        raise Lost("there are no paths to choose of")
    now = services.paths.of(course).split()
    for name in [one.id for one in manifest.paths if one.id not in now][: VERBS - len(now)]:
        asks.choice.options[name].setChecked(True)
    walker.picture(f"next-paths-{course}")
    walker.click(asks.choice.follow)
    after = services.steps.of(manifest)
    titles = ", ".join(one.title for one in manifest.chosen(services.paths.of(course)))
    every = sum(1 for _ in manifest.activities())
    tell("Path", f"{course}: {titles}: {after.all} of {every} activities are on it")
