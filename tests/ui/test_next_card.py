# SPDX-License-Identifier: Apache-2.0
"""The card of the next step: its words, its one button, the plan, and the picture of the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shell import COURSE, Publisher, Shell, running
from simulator import Simulator
from small_course import COURSE as OUTLINE

from player.app.next_step import STATES, Part, Passed, Return, Step, Stretch
from player.app.plan import Week
from player.course.attestation import Line, Standing
from player.course.manifest import AttestationRule, Manifest
from player.journal.events import Completed, Opened
from player.journal.journal import record
from player.ui import language, next_words, style
from player.ui.next_card import NextCard
from player.ui.way import MANY, Way, paint_mark

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


def card(shell: Shell) -> NextCard:
    return shell.window.library.cards[0]


def finish(shell: Shell) -> list[str]:
    names = [one.id for one in shell.shown.services.course(COURSE).activities()]
    shell.done(COURSE, len(names))
    return names


# Words


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (5, "about 1 min"), (200, "about 3 min"), (400, "about 7 min"), (700, "about 10 min"),
        (23 * 60, "about 25 min"), (44 * 60, "about 40 min"), (66 * 60, "about 1 h 10"),
        (119 * 60, "about 2 h 00"),
    ],
)  # fmt: skip
def test_times_are_no_more_exact_than_anybody_can_know(
    qapp: QApplication, seconds: float, said: str
) -> None:
    assert next_words.about(seconds) == said


MONDAY = date(2026, 1, 5)
MAY = datetime(2026, 5, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("week", "said"),
    [
        (Week(MONDAY, 0, 0), ""),
        (Week(MONDAY, 0, 600), "Learnt this week: 10 min."),
        (Week(MONDAY, 3, 0), "A new week: 3 h are planned."),
        (Week(MONDAY, 3, 4200), "Learnt this week: 1 h 10 of 3 h."),
        (Week(MONDAY, 0.5, 3000), "Learnt this week: 50 min. Your plan of 30 min is met. Bravo!"),
    ],
)
def test_a_week_is_told_without_a_word_of_blame(qapp: QApplication, week: Week, said: str) -> None:
    assert next_words.week(week) == said


def at_the_end(
    course: Manifest, *lines: Line, later: bool = False, at: datetime | None = None
) -> Step:
    standing = Standing(AttestationRule(title="A"), lines, begun=True) if lines else None
    section = course.sections[0] if later else None
    return Step(course, None, None, 7, 7, later=section, opens_at=at, attestation=standing)


def test_the_end_of_a_course_is_said_as_it_is(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE)
    course = shell.shown.services.course(COURSE)
    met, open_ = Line("mark", 0.5, 0.6), Line("mark", 0.5, 0.1, next="examen")
    waits = Line("mark", 0.5, 0.0, waiting=True)
    said = {
        "plain": next_words.headline(at_the_end(course)),
        "met": next_words.headline(at_the_end(course, met)),
        "left": next_words.details(at_the_end(course, met, open_)),
        "waits": next_words.details(at_the_end(course, met, waits)),
        "later": next_words.details(at_the_end(course, later=True)),
        "day": next_words.details(at_the_end(course, later=True, at=MAY)),
    }
    assert said == {
        "plain": "You have come to the end of this course. Bravo!",
        "met": "You have come to the end, and your attestation is earned. Bravo!",
        "left": "For your attestation, 1 thing is left.",
        "waits": "For your attestation, only a mark has to come back.",
        "later": "“Organiser” opens another day.",
        "day": "“Organiser” opens on 3 May.",
    }
    assert next_words.headline(at_the_end(course, later=True)).startswith("All that is open")


def test_days_that_passed_are_said_kindly_and_not_all_of_them(qapp: QApplication) -> None:
    language.install(qapp, "en")  # whose plurals are in a file of their own
    gone = tuple(Passed(name, MAY) for name in ("Quiz", "Exam", "Work", "Plan"))
    said = next_words.passed(Return(40, "", None, 0, gone))
    assert said.startswith("“Quiz” was due on 3 May. “Exam” was due on 3 May. 2 more were due")
    assert said.endswith("sees that it came later.")
    assert next_words.passed(Return(40, "", None, 0, gone[:0])) == ""


def test_a_sitting_is_proposed_where_it_is_more_than_the_next_activity(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE)
    course = shell.shown.services.course(COURSE)
    first = next(course.activities())
    one = Step(course, first, None, 0, 7, seconds=60, sitting=Part("Qui ?", 0, 6, 700))
    assert next_words.sitting(one) == "A sitting now could be “Qui ?”, about 10 min."
    alone = Step(course, first, None, 0, 7, seconds=60, sitting=Part("Qui ?", 5, 6, 60))
    assert next_words.sitting(alone) == ""


def test_a_word_that_is_wider_than_the_card_can_be_broken() -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitän"
    found = next_words.soft(f"Die {word}")
    assert found.replace("\u200b", "") == f"Die {word}"
    assert max(len(part) for part in found.replace("\u200b", " ").split()) <= 20
    assert next_words.soft("kurz und knapp") == "kurz und knapp"


# The card


def test_at_the_start_the_keyboard_is_on_the_next_step(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE, "240p")
    shell.done(COURSE, 1)
    shell.window.show_page("library")
    shell.shown.renew()
    assert shell.window.page == "library"
    assert shell.window.focusWidget() is card(shell).go
    assert card(shell).go.text() == "Continue"


@pytest.fixture
def distant(qtbot: QtBot, tmp_path: Path, publisher: Publisher) -> Iterator[Shell]:
    server = Simulator()
    server.publish(publisher.folder)
    with running(qtbot, tmp_path / "far", publisher, server) as made:
        services = made.shown.services
        services.introduce("Awa")
        services.change(allowed_keys=(publisher.public,))
        services.add_repository(server.url)
        made.window.begin()
        made.idle()
        made.take(COURSE)
        yield made


def test_what_is_not_here_is_fetched_alone_and_then_opened(distant: Shell) -> None:
    shell, services = distant, distant.shown.services
    done = shell.done(COURSE, 1)
    shell.window.show_page("library")
    go = card(shell).go
    assert go.text().startswith("Fetch it and go on · ")
    go.click()
    assert (go.text(), go.isEnabled()) == ("On its way…", False)
    shell.qtbot.waitUntil(lambda: shell.window.page == "lesson")
    shell.idle()
    names = [one.id for one in services.course(COURSE).activities()]
    assert shell.window.lesson.activity == names[1] != done[0]
    assert [one.activity for one in services.wishes()] == [names[1]]


def test_nobody_is_pulled_along_who_went_elsewhere(distant: Shell) -> None:
    shell = distant
    shell.window.show_page("library")
    card(shell).go.click()
    shell.window.show_page("settings")
    shell.idle()
    assert shell.window.page == "settings"
    shell.window.show_page("library")
    assert card(shell).go.text() == "Begin"  # it is here now


def test_where_it_does_not_come_the_button_is_there_again(
    distant: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = distant
    shell.window.show_page("library")
    monkeypatch.setattr(shell.shown.errands, "fetch", lambda **_: None)
    card(shell).go.click()
    shell.shown.errands.fetched.emit(None, True)  # it ended, and nothing came
    assert card(shell).go.text().startswith("Fetch it and go on · ")
    assert card(shell).go.isEnabled()


def test_two_courses_under_way_have_a_card_and_a_short_one(
    shell: Shell, publisher: Publisher
) -> None:
    publisher.publish(id="x-", title="Autre ")
    shell.learn()
    for course in (COURSE, f"x-{COURSE}"):
        shell.take(course, "240p")
        shell.done(course, 1)
    shell.window.show_page("library")
    first, second = shell.window.library.cards
    assert first.step is not None
    assert second.step is not None
    assert (first.step.manifest.id, second.step.manifest.id) == (f"x-{COURSE}", COURSE)
    assert first.way.isVisible()
    assert not second.way.isVisible()
    second.go.click()
    assert shell.window.course.course == COURSE


def test_at_the_end_of_the_last_course_the_card_leads_elsewhere(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE, "240p")
    finish(shell)
    shell.window.show_page("library")
    texts = shell.texts(card(shell))
    assert "You have come to the end of this course. Bravo!" in texts
    assert not card(shell).plan.isVisible()  # there is nothing left to plan
    card(shell).go.click()
    shell.idle()
    assert shell.window.page == "course"
    shell.press("Another course", shell.window.course)
    assert shell.window.page == "library"


def test_who_was_away_is_welcomed_until_they_do_something(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE, "240p")
    services = shell.shown.services
    then = datetime.now(UTC) - timedelta(days=40)
    names = [one.id for one in services.course(COURSE).activities()]
    for name in names[:3]:
        where = services.where(COURSE, name)
        for act in (Opened(name=name, type="page"), Completed(name=name, type="page")):
            record(services.db, where, act, lambda: then)
    shell.window.show_page("library")
    assert "Welcome back. You had got to “Les diapositives”." in shell.texts(card(shell))
    card(shell).again.click()
    assert shell.window.lesson.activity == names[0]
    shell.window.show_page("library")
    assert not [one for one in shell.texts(card(shell)) if one.startswith("Welcome")]


def test_a_plan_is_set_changed_and_let_go_from_the_card(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE, "240p")
    shell.done(COURSE, 1)
    shell.window.show_page("library")
    plan, plans = card(shell).plan, shell.shown.services.plans
    shell.press("Plan my week…")
    assert plan.setting is not None
    assert any("would take 1 week" in one for one in shell.texts(plan))
    plan.setting.hours.setValue(2.5)
    shell.press("Keep this plan")
    assert plans.of(COURSE) == 2.5
    assert plan.setting is None
    assert any("of 2 h 30" in one or "2 h 30 are planned" in one for one in shell.texts(plan))
    shell.press("Change my plan…")
    shell.press("Without a plan")
    assert plans.of(COURSE) == 0
    assert shell.button("Plan my week…")


def test_what_the_course_says_of_its_effort_is_proposed(qtbot: QtBot, tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    outline = OUTLINE.replace("[course]", '[course]\neffort = "3 h par semaine"')
    publisher.publish({"course.toml": outline})
    with running(qtbot, tmp_path / "home", publisher) as shell:
        shell.learn()
        shell.take(COURSE)
        shell.press("Plan my week…", shell.window.course)
        setting = shell.window.course.next.plan.setting
        assert setting is not None
        assert setting.hours.value() == 3
        assert "For this course, 3 h a week would fit." in shell.texts(setting)


def test_with_a_path_all_of_it_is_what_is_on_the_path(qtbot: QtBot, tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    outline = OUTLINE + '\n[[path]]\nid = "calm"\ntitle = "C"\nsections = ["decider"]\n'
    outline += '\n[[path]]\nid = "fast"\ntitle = "F"\nsections = ["organiser"]\n'
    outline = outline.replace("[course]", "[course]\ncombine_paths = true")
    publisher.publish({"course.toml": outline})
    with running(qtbot, tmp_path / "home", publisher) as shell:
        shell.learn()
        shell.take(COURSE)
        page, services = shell.window.course, shell.shown.services
        assert "Compose your course: choose what you want to learn." in shell.texts(page)
        shell.press("Choose…", page)
        assert page.asks.choice is not None
        page.asks.choice.options["calm"].click()
        shell.press("Follow this path", page)
        assert "Your path: C" in shell.texts(page)
        assert page.offer.all.text().startswith("All of my path · ")
        page.offer.all.click()
        shell.idle()
        assert [one.section for one in services.wishes()] == ["decider"]
        shell.press("Change…", page)
        page.asks.choice.options["fast"].click()
        shell.press("Follow these paths", page)
        assert "Your path: C + F" in shell.texts(page)
        assert services.paths.of(COURSE) == "calm fast"
        assert page.offer.all.text().startswith("Everything · ")


# The picture


@pytest.fixture
def way(qtbot: QtBot) -> Way:
    made = Way()
    qtbot.addWidget(made)
    made.show_way(
        [Stretch("Préparer", ("done", "done", "begun")), Stretch("Agir", ("next", "open", "later"))]
    )
    made.resize(400, made.heightForWidth(400))
    return made


def test_the_picture_is_told_in_words(way: Way) -> None:
    assert way.accessibleName() == "Your way through the course"
    assert way.accessibleDescription() == "Préparer: 2 of 3 done. Agir: 0 of 3 done"


def test_where_there_is_little_room_it_takes_more_lines(way: Way) -> None:
    assert way.heightForWidth(140) > way.heightForWidth(400) > 0


def test_a_long_course_has_a_bar_for_each_section(way: Way) -> None:
    assert not way.is_long
    way.show_way([Stretch(str(n), ("done",) * 10) for n in range(MANY // 10 + 1)])
    assert way.is_long
    assert not way.grab().isNull()


def test_in_a_language_from_right_to_left_the_way_begins_at_the_right(way: Way) -> None:
    left = way.grab().toImage()
    way.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    right = way.grab().toImage()
    ground = left.pixelColor(left.width() - 2, 2)
    assert any(left.pixelColor(x, 8) != ground for x in range(60))
    end = right.width()
    assert any(right.pixelColor(x, 8) != ground for x in range(end - 60, end))
    assert all(right.pixelColor(x, 8) == ground for x in range(60))


def test_each_state_has_a_shape_of_its_own_without_any_colour(qapp: QApplication) -> None:
    shapes = {}
    for state in STATES:
        image = QImage(40, 40, QImage.Format.Format_ARGB32)
        image.fill(QColor(style.LIGHT.surface))
        painter = QPainter(image)
        paint_mark(painter, QRect(4, 4, 32, 32).toRectF(), state)
        painter.end()
        grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
        shapes[state] = tuple(
            grey.pixelColor(x, y).lightness() < 200 for x in range(40) for y in range(40)
        )
    for one in STATES:
        for other in STATES:
            if one < other:
                differ = sum(a != b for a, b in zip(shapes[one], shapes[other], strict=True))
                assert differ > 60, (one, other)


def test_a_way_of_thousands_of_sections_is_measured_once(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[int] = []
    lead = Way._lead

    def counted(way: Way, number: int) -> int:
        measured.append(number)
        return lead(way, number)

    monkeypatch.setattr(Way, "_lead", counted)
    way = Way()
    qtbot.addWidget(way)
    way.show_way([Stretch("A", ("open",))] * 3000)
    heights = {way.heightForWidth(400) for _ in range(5)}
    assert len(measured) == 3000
    way.show_way([Stretch("A", ("open",))] * 2)
    assert way.heightForWidth(400) < heights.pop()


def test_a_course_of_hundreds_of_sections_keeps_its_page_for_them(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.learn()
    shell.take(COURSE)
    shown = shell.window.course.next
    assert shown.way.isVisible()
    monkeypatch.setattr("player.ui.next_card.MOST", 1)
    shell.window.course.show_now()
    assert not shown.way.isVisible()
    assert shown.way.heightForWidth(400) == 0
