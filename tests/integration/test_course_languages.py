# SPDX-License-Identifier: Apache-2.0
"""A learner reads a course in one language, pays for that one, and changes for the difference."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from clock import Clock
from command_line import cartable
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from simulator import Simulator
from small_course import film, small_course, write

from player import app
from player.app.repair import look
from player.course.languages import spoken
from player.course.manifest import Exam, Manifest, Video
from player.course.quiz import decode_quiz
from player.course.signing import public_key
from player.errors import NotOffered, PlayerError
from player.journal.events import Bookmarked, Completed, LanguageChosen, Noted
from player.journal.journal import events, record
from player.lesson.attempt import begin_or_resume
from player.publish.repository import publish
from player.store import blobs, courses, space
from player.store.blobs import present

SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
COURSE = "petit-cours"
QUIZ = "::Role:: Who? {\n=The team\n~Nobody\n}\n\n::Days:: How many? {#14}\n"


MEETING = """
[[meeting]]
id = "direct"
title = "En direct"
starts = 2027-01-14T17:00:00Z
place = "Bibliothèque"
note = "Venez tôt."
"""
ENGLISH = """\
title = "Little course"
summary = "Tiny."
[titles]
organiser = "Get organised"
direct = "Live"
[places]
direct = "Library"
[notes]
direct = "Come early."
[chapters]
roles-video = ["The overture"]
[files]
roles-video = "en/roles"
"""


def source(folder: Path) -> Path:
    """The small course, with a page, questions and a dubbed film in English, and a date."""
    made = small_course(folder)
    outline = (made / "course.toml").read_text("utf-8")
    due = '[[section]]\ntitle = "Organiser"\ndue_after = 6\n'
    outline = outline.replace(
        '{ video = "media/roles" }',
        '{ video = "media/roles", chapters = ["0:00 Ouverture"] }',
    )
    return write(
        made,
        {
            "course.toml": outline.replace('[[section]]\ntitle = "Organiser"\n', due) + MEETING,
            "course.en.toml": ENGLISH,
            "pages/roles.en.md": "# Who does what?\n\nEach of us.\n",
            "quizzes/roles.en.gift": QUIZ,
            "en/roles.240p.mp4": film(1.5, 240, rest=b"in English"),
        },
    )


@pytest.fixture
def server(tmp_path: Path) -> Simulator:
    publish(source(tmp_path / "source"), tmp_path / "repository", SECRET)
    found = Simulator()
    found.publish(tmp_path / "repository")
    return found


@pytest.fixture
def services(home: Path, server: Simulator) -> Iterator[app.Services]:
    """Somebody whose window is in English, who has nothing yet."""
    found = app.build(home, transport=server, now=Clock())
    found.add_repository(server.url)
    found.change(allowed_keys=(str(public_key(SECRET)),), language="en")
    found.introduce("Awa")
    look_at(found)
    yield found
    found.close_thread()


@contextmanager
def closing_thread(services: app.Services) -> Iterator[app.Services]:
    try:
        yield services
    finally:
        services.close_thread()


def look_at(services: app.Services) -> None:
    assert not [one for one in services.refresh_all() if isinstance(one, PlayerError)]


def everything(services: app.Services) -> None:
    services.ask(COURSE, [one.id for one in services.take_up(COURSE).sections], "240p")
    services.download()


def blobs_of(manifest: Manifest) -> set[str]:
    """What a learner of this language has, with 240p."""
    found = {blob for one in manifest.activities() for blob in one.blobs()}
    films = [one for one in manifest.activities() if isinstance(one, Video)]
    found |= {one.blob for film_ in films for one in film_.renditions if one.name == "240p"}
    return found | ({manifest.image} if manifest.image else set())


def original(services: app.Services) -> Manifest:
    found = courses.course(services.db, COURSE)
    assert found is not None
    return found


def test_the_library_speaks_the_learners_language_and_says_the_price_of_it(
    services: app.Services,
) -> None:
    [shelf] = services.library()
    assert (shelf.title, shelf.language, shelf.own) == ("Little course", "en", "fr")
    assert shelf.languages == ("fr", "en")
    assert shelf.licence == "CC-BY-SA-4.0"
    price = shelf.base
    services.change(language="de")
    [shelf] = services.library()
    assert (shelf.title, shelf.language) == ("Petit cours", "fr")
    assert shelf.base != price
    services.change(language="en")
    everything(services)
    manifest = services.course(COURSE)
    texts = blobs_of(manifest) - {
        one.blob for a in manifest.activities() if isinstance(a, Video) for one in a.renditions
    }
    assert sum(manifest.blobs[one].cost for one in texts) == price
    assert [one.title for one in services.wishes()] == ["Get organised"]
    assert [one.course_title for one in services.wishes()] == ["Little course"]
    assert [one.title for one in services.disk.videos()] == ["Get organised"]
    assert [one.title for one in services.disk.usage()] == ["Little course"]


def test_a_download_brings_one_language_and_another_only_what_differs(
    services: app.Services, server: Simulator
) -> None:
    everything(services)
    english = spoken(original(services), ["en"])
    assert present(services.db) == blobs_of(english)
    assert services.course(COURSE) == english
    price = services.languages.price(COURSE, "fr")
    french = original(services)
    lacking = blobs_of(french) - blobs_of(english)
    assert price == sum(french.blobs[one].cost for one in lacking)
    before = sum(server.served.values())
    assert services.languages.choose(COURSE, "fr") == french
    assert services.course(COURSE) == french
    services.download()
    after = sum(server.served.values())
    # Between two stretches of a pack a short gap is cheaper than another request
    assert price <= after - before < price + 200
    assert present(services.db) >= blobs_of(french) | blobs_of(english), "nothing was deleted"
    server.unreachable()
    assert services.languages.price(COURSE, "en") == 0
    services.languages.choose(COURSE, "en")
    assert all(state.state == "here" for state in services.sections(services.course(COURSE)))


def test_once_something_is_here_the_window_may_speak_another_language(
    services: app.Services,
) -> None:
    everything(services)
    services.change(language="fr")
    assert services.course(COURSE).language == "en"
    assert services.library()[0].title == "Little course"
    assert not [one for one in services.wishes() if one.here < one.total]


def test_what_was_begun_in_the_courses_own_language_stays_so(services: app.Services) -> None:
    services.change(language="fr")
    everything(services)
    services.change(language="en")
    assert services.course(COURSE).language == "fr"
    assert services.library()[0].language == "fr"
    kinds = [one.act for one in events(services.db) if isinstance(one.act, LanguageChosen)]
    assert kinds == [], "nobody chose"


def test_before_anything_is_asked_for_a_course_follows_the_window(services: app.Services) -> None:
    assert services.take_up(COURSE).language == "en"
    services.change(language="fr")
    assert services.course(COURSE).language == "fr"
    services.languages.system = ("en-GB",)
    services.change(language="")
    assert services.course(COURSE).language == "en"


def test_the_calendar_and_the_notes_speak_the_language_of_the_course(
    services: app.Services,
) -> None:
    everything(services)
    section, *_ = services.course(COURSE).sections
    page_, *_ = section.activities()
    record(services.db, services.where(COURSE, page_.id), Noted(note="n", text="x"), services.now)
    [entry] = services.notebook.entries()
    assert (entry.course_title, entry.section) == ("Little course", "Get organised")
    assert services.calendar.course(COURSE) == services.course(COURSE)
    services.languages.choose(COURSE, "fr")
    [entry] = services.notebook.entries()
    assert entry.course_title == "Petit cours"
    assert services.calendar.course(COURSE) == services.course(COURSE)


def test_what_was_done_counts_in_every_language(services: app.Services) -> None:
    everything(services)
    where = services.where(COURSE, "faites-le-point")
    record(services.db, where, Completed(name="Check", type="quiz"), services.now)
    services.languages.choose(COURSE, "fr")
    assert services.done(COURSE)["faites-le-point"].completed_at
    assert services.library()[0].completed == 1
    assert "faites-le-point" not in services.next_activity(services.course(COURSE))


def test_no_tidying_takes_a_translation_away(services: app.Services, home: Path) -> None:
    everything(services)
    services.languages.choose(COURSE, "fr")
    services.download()
    both = present(services.db)
    assert space.unreferenced(services.db) == []
    assert services.disk.free_unused() == 0
    assert not look(services.db, home).unreferenced
    assert present(services.db) == both
    freed = services.disk.free(
        services.disk.videos()
    )  # of every language: nobody sees the others' names
    films = {
        one.blob
        for activity in original(services).every_activity()
        if isinstance(activity, Video)
        for one in activity.renditions
    }
    assert freed
    assert present(services.db) == both - films
    assert services.disk.remove_course(COURSE)
    assert present(services.db) == set()


def test_a_damaged_file_of_the_language_that_is_read_comes_again(
    services: app.Services, home: Path
) -> None:
    everything(services)
    page = services.course(COURSE).find("qui-fait-quoi")
    assert page is not None
    name = next(page.blobs())
    blobs.path(home, name).write_bytes(b"?")
    found = services.disk.check()
    [spot] = services.disk.damage(found)
    assert (spot.course, spot.section, spot.activity) == (
        "Little course",
        "Get organised",
        "Who does what?",
    )
    services.disk.mend(found)
    services.download()
    assert blobs.read(home, name, "").startswith(b"<h1>Who")


def test_an_update_stays_in_the_language_and_costs_only_that(
    services: app.Services, server: Simulator, tmp_path: Path
) -> None:
    everything(services)
    folder = source(tmp_path / "source")
    write(
        folder,
        {
            "pages/roles.md": "# Qui fait quoi ?\n\nTout autre chose.\n",
            "pages/roles.en.md": "# Who does what?\n\nSomething else.\n",
        },
    )
    publish(folder, tmp_path / "repository", SECRET)
    server.publish(tmp_path / "repository")
    look_at(services)
    preview = services.update_preview(COURSE)
    assert preview.title == "Little course"
    new = services.renew(COURSE)
    [page] = blobs_of(services.goal(COURSE) or new) - present(services.db)
    assert preview.cost == (services.goal(COURSE) or new).blobs[page].cost
    services.download()
    assert services.course(COURSE).version == 2
    assert services.course(COURSE).language == "en"


def test_an_exam_ends_in_the_language_that_is_here(
    home: Path, tmp_path: Path, clock: Clock
) -> None:
    folder = source(tmp_path / "source")
    text = (folder / "course.toml").read_text(encoding="utf-8")
    write(folder, {"course.toml": text.replace("pass = 0.6,", "pass = 0.6, limit = 45,")})
    publish(folder, tmp_path / "timed", SECRET)
    with closing_thread(app.build(home, now=clock)) as services:
        services.introduce("Awa")
        services.change(allowed_keys=(str(public_key(SECRET)),), language="en")
        services.add_repository(str(tmp_path / "timed"))
        look_at(services)
        everything(services)
        exam = services.course(COURSE).find("examen")
        assert isinstance(exam, Exam)
        questions = decode_quiz(blobs.read(home, exam.blob, exam.title))
        where = services.where(COURSE, exam.id)
        attempt = begin_or_resume(services.db, where, exam, questions, clock)
        assert attempt is not None
        attempt.answer("role", {"r": "a"})
        services.languages.choose(COURSE, "fr")  # and no connection to fetch it by
        french = services.course(COURSE).find("examen")
        assert isinstance(french, Exam)
        assert french.blob not in present(services.db)
        clock.forward(hours=2)
        assert services.hand_in_overdue() == 1
        assert services.done(COURSE)["examen"].score == 0.5


def test_a_language_that_the_course_has_not_is_refused(services: app.Services) -> None:
    services.take_up(COURSE)
    with pytest.raises(NotOffered):
        services.languages.choose(COURSE, "de")
    with pytest.raises(NotOffered):
        services.languages.choose("nowhere", "fr")


def test_the_command_line_shows_and_chooses_a_language(
    services: app.Services, home: Path, tmp_path: Path
) -> None:
    everything(services)
    assert cartable(home, "language", COURSE).out.splitlines()[0].startswith("en")
    ran = cartable(home, "language", COURSE, "fr", "--json")
    assert (ran.code, ran.facts["language"], ran.facts["languages"]) == (0, "fr", ["fr", "en"])
    assert ran.facts["to_fetch"] > 0
    assert services.course(COURSE).language == "fr"
    assert cartable(home, "language", COURSE, "de").code == 1


def test_dates_and_notes_are_named_as_the_course_is_read(services: app.Services) -> None:
    everything(services)
    page = next(one.id for one in services.course(COURSE).activities())
    record(services.db, services.where(COURSE, page), Bookmarked(name="?"), services.now)
    date, _meeting = services.calendar.all_entries()
    [mark] = services.notebook.entries()
    assert (date.title, date.course_title) == ("Get organised", "Little course")
    assert (mark.course_title, mark.section) == ("Little course", "Get organised")
    assert mark.title == "Who does what?"


def test_a_meeting_is_said_in_it_in_the_calendar_its_file_and_on_the_command_line(
    services: app.Services, home: Path
) -> None:
    everything(services)
    _date, live = services.calendar.all_entries()
    assert (live.title, live.place, live.note) == ("Live", "Library", "Come early.")
    ran = cartable(home, "calendar", "--ics", "-")
    assert {"LOCATION:Library", "DESCRIPTION:Come early."} <= set(ran.out.splitlines())
    assert "Live" in cartable(home, "calendar").out
    services.languages.choose(COURSE, "fr")
    assert "LOCATION:Bibliothèque" in cartable(home, "calendar", "--ics", "-").out


def test_a_chapter_is_found_by_what_it_is_called_where_the_course_is_read(
    services: app.Services,
) -> None:
    everything(services)
    [found] = services.finding.find("overture").found
    assert (found.hit.kind, found.hit.text) == ("chapter", "The overture")
    assert not services.finding.find("ouverture").found
    services.languages.choose(COURSE, "fr")
    assert [one.hit.text for one in services.finding.find("ouverture").found] == ["Ouverture"]
