# SPDX-License-Identifier: Apache-2.0
"""One search over a whole course: everything that may be seen is found, and nothing else."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import cartable
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from searched import COURSE, searched_course

from player import app
from player.app import Services
from player.app.finding import Answer, Finding
from player.course.manifest import Manifest, Page, Video
from player.journal import journal, learners
from player.journal.events import AnyAct, Begun, Finished, Noted
from player.lesson.spot import Spot
from player.publish.keys import public_text
from player.publish.repository import publish
from player.store import blobs

SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose learner has fetched the course."""
    root = tmp_path_factory.mktemp("searched")
    publish(searched_course(root / "source"), root / "repository", SECRET)
    services = app.build(root / "home")
    services.introduce("Awa")
    services.change(allowed_keys=(public_text(SECRET),))
    services.add_repository(str(root / "repository"))
    services.refresh_all()
    sections = [section.id for section in services.take_up(COURSE).sections]
    services.ask(COURSE, sections, "240p")
    services.download(by_hand=True)
    services.finding.index()
    services.close_thread()
    return root / "home"


@pytest.fixture
def services(taken: Path, tmp_path: Path) -> Iterator[Services]:
    """The same, for one test alone."""
    shutil.copytree(taken, tmp_path / "home")
    made = app.build(tmp_path / "home")
    yield made
    made.close_thread()


def find(services: Services, typed: str, **choices: object) -> Answer:
    services.finding.index()
    return services.finding.find(typed, **choices)  # type: ignore[arg-type]


def kinds(answer: Answer) -> list[str]:
    return [one.hit.kind for one in answer.found]


def record(services: Services, activity: str, act: AnyAct, learner: str = "") -> None:
    where = services.where(COURSE, activity)
    if learner:
        where = journal.Where(learner, where.course, where.version, activity)
    journal.record(services.db, where, act, services.now)


def id_of(services: Services, kind: type) -> str:
    return next(one.id for one in services.course(COURSE).activities() if type(one) is kind)


def title_of(services: Services, title: str) -> str:
    return next(one.id for one in services.course(COURSE).activities() if one.title == title)


@pytest.mark.parametrize(
    ("typed", "kind", "spot"),
    [
        ("CHERCHER", "course", Spot()),
        ("debrouss", "section", Spot()),
        ("premiere seance", "sequence", Spot()),
        ("mode d'emploi", "activity", Spot()),
        ("HIBISCUS", "page", Spot(words="hibiscus ; ensuite elle arrose.")),
        ("coeur sacre", "page", Spot(words="Cœur-Sacré récoltent le mil. Le sorgho vient")),
        ("compost", "said", Spot(time=1.0)),
        ('"aujourd’hui nous parlons"', "said", Spot(time=0.0)),
        ("paillage", "said", Spot(time=2.5)),
        ("recipient", "document", Spot(page=1)),
        ("brouette", "document", Spot(page=2)),
        ("voliere", "links", Spot()),
        ("sarcler", "question", Spot(words="sarcler ?", question=1)),
    ],
)
def test_each_kind_of_text_is_found_and_leads_there(
    services: Services, typed: str, kind: str, spot: Spot
) -> None:
    found = find(services, typed).found
    assert (found[0].hit.kind, found[0].spot) == (kind, spot)
    hit = found[0].hit
    assert [hit.text[start:end] for start, end in hit.marks]


@pytest.mark.parametrize(
    "typed", ["bravosecret", "ratesecret", "generalsecret", "agroforesterie", "matin", "inconnu"]
)
def test_no_answer_no_feedback_no_exam_is_found(services: Services, typed: str) -> None:
    assert not find(services, typed).found


def test_an_exam_is_found_once_it_is_over_and_not_while_it_runs_again(services: Services) -> None:
    exam = title_of(services, "Examen")
    assert not find(services, "agroforesterie").found
    for number in (1, 2):
        attempt = str(uuid.uuid4())
        begun = Begun(name="Examen", type="exam", attempt=attempt, number=number)
        record(services, exam, begun)
        assert not find(services, "agroforesterie").found
        record(
            services,
            exam,
            Finished(name="E", type="exam", attempt=attempt, score=0, points=0, out_of=1),
        )
        assert kinds(find(services, "agroforesterie")) == ["question"]


def test_before_it_is_over_no_word_of_an_exam_is_on_the_disk(services: Services) -> None:
    query = "SELECT count(*) FROM search_pieces WHERE text LIKE '%agroforesterie%'"
    find(services, "agroforesterie")
    assert services.db.execute(query).fetchone()[0] == 0


def test_what_is_not_open_yet_is_not_found(services: Services) -> None:
    def first_week(manifest: Manifest) -> frozenset[str]:
        return frozenset(one.id for one in manifest.sections[0].activities())

    finding = Finding(
        services.home,
        lambda: services.db,
        lambda: services.learner,
        services.course,
        lambda: services.settings.language,
        first_week,
    )
    for typed in ("grenier", "récolter", "seconde", "la suite"):
        assert find(services, typed).found, typed
        assert not finding.find(typed).found, typed
    assert finding.find("hibiscus").found


def test_what_is_not_on_this_pc_is_found_by_its_title_alone(services: Services) -> None:
    video = services.course(COURSE).find(id_of(services, Video))
    assert isinstance(video, Video)
    assert kinds(find(services, "compost")) == ["said"]
    for blob in (*(one.blob for one in video.captions), *(one.blob for one in video.renditions)):
        blobs.forget(services.db, services.home, blob)
    assert not services.finding.find("compost").found  # at once, whatever the index still has
    [found] = [one for one in find(services, video.title).found if one.hit.kind == "activity"]
    assert not found.is_here
    assert services.db.execute(
        "SELECT count(*) FROM search_pieces WHERE text LIKE '%compost%'"
    ).fetchone() == (0,)


def test_captions_of_two_languages_say_it_once(services: Services) -> None:
    assert [one.hit.language for one in find(services, "compost").found] == ["fr"]
    assert [one.hit.language for one in find(services, "mulch").found] == ["en"]


def test_a_page_found_by_its_heading_is_found_once(services: Services) -> None:
    assert kinds(find(services, "jardin")) == ["activity"]
    assert kinds(find(services, "jardin hibiscus")) == ["page"]


def test_only_the_learners_own_notes_are_found_as_they_are_now(services: Services) -> None:
    other = learners.add(services.db, "Ines").id
    video = id_of(services, Video)
    record(services, video, Noted(name="V", note="a", text="revoir la citerne", time=83.5))
    record(services, video, Noted(name="V", note="b", text="acheter une houe", page=2))
    record(services, "", Noted(name="C", note="c", text="appeler Moussa"))
    record(services, video, Noted(name="V", note="d", text="la citerne d’Ines"), other)
    [found] = find(services, "citerne").found
    assert (found.hit.kind, found.spot) == ("note", Spot(time=83.5))
    assert find(services, "houe").found[0].spot == Spot(page=2)
    assert find(services, "moussa").found[0].hit.activity == ""
    record(services, video, Noted(name="V", note="a", text="revoir le puits", time=90))
    record(services, video, Noted(name="V", note="b", text="", page=2))
    assert not find(services, "citerne").found
    assert not find(services, "houe").found
    assert find(services, "puits").found[0].spot == Spot(time=90)


def test_nobody_finds_a_course_that_was_not_taken_up(services: Services, taken: Path) -> None:
    found = services.finding.find("hibiscus").found
    stranger = learners.Learner(str(uuid.uuid4()), "Jo")
    finding = Finding(
        services.home,
        lambda: services.db,
        lambda: stranger,
        services.course,
        lambda: services.settings.language,
        services.calendar.open_to,
    )
    assert found
    assert not finding.find("hibiscus").found
    assert not finding.find("chercher").found
    assert not finding.find("").courses


def test_words_may_stand_apart_in_one_text(services: Services) -> None:
    page = services.course(COURSE).find(id_of(services, Page))
    assert page is not None
    [found] = find(services, "hibiscus sorgho").found
    assert found.hit.activity == page.id
    assert not find(services, "hibiscus grenier").found  # those are two pages
    assert not find(services, "hibiscus bravosecret").found


def test_it_may_be_looked_in_one_course_and_for_one_kind(services: Services) -> None:
    assert kinds(find(services, "compost", kinds=["videos"])) == ["said"]
    assert not find(services, "compost", kinds=["texts"]).found
    assert not find(services, "compost", kinds=["notes"]).found
    assert kinds(find(services, "seance", kinds=["titles"])) == ["sequence", "sequence"]
    assert find(services, "compost", within=COURSE).found
    assert not find(services, "compost", within="autre").found


def test_one_letter_finds_titles(services: Services) -> None:
    assert set(kinds(find(services, "p"))) <= {"course", "section", "sequence", "activity"}
    assert find(services, "p").found


def test_nothing_typed_finds_nothing_and_names_the_courses(services: Services) -> None:
    answer = find(services, "  …  ")
    assert not answer.found
    assert answer.courses == ((COURSE, "Chercher sans réseau"),)


def test_the_command_finds_and_brings_the_index_up_to_date(services: Services) -> None:
    record(services, "", Noted(name="C", note="c", text="tailler les manguiers"))
    ran = cartable(services.home, "find", "MANGUIERS", "tailler")
    assert (ran.code, ran.err) == (0, "")
    assert "tailler les manguiers" in ran.out
    ran = cartable(services.home, "find", "--json", "puis du paillage")
    assert [(one["kind"], one["time"]) for one in ran.facts["found"]] == [("said", 2.5)]
    assert cartable(services.home, "find", "nulle part").out == "Nothing was found.\n"
    assert cartable(services.home, "find", "x", "--in", "autre").code == 1
