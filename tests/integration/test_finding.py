# SPDX-License-Identifier: Apache-2.0
"""One search over a whole course: everything that may be seen is found, and nothing else."""

from __future__ import annotations

import hashlib
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from command_line import cartable
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from searched import COURSE, searched_course

from player import app
from player.app import Services
from player.app.finding import Answer, Finding
from player.course.interactions import Choice, ChoiceInteraction
from player.course.manifest import Manifest, Page, Video
from player.course.quiz import Drawn, Outcome, Pool, Question, Questions
from player.journal import journal, learners
from player.journal.events import AnyAct, Begun, Finished, Noted
from player.lesson.spot import Spot
from player.publish.keys import public_text
from player.publish.repository import publish
from player.store import blobs, versions

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


def sit(services: Services, activity: str) -> None:
    """Begin an exam, and end it."""
    attempt = str(uuid.uuid4())
    record(services, activity, Begun(name="E", type="exam", attempt=attempt, number=1))
    end = Finished(name="E", type="exam", attempt=attempt, score=0, points=0, out_of=1)
    record(services, activity, end)


def renew(services: Services, activity: str, *questions: Question) -> None:
    """Have a version in which an exam asks these questions; the same as before without any."""
    manifest = versions.course(services.db, COURSE)
    assert manifest is not None
    plain = msgspec.to_builtins(manifest)
    plain["version"] += 1
    if questions:
        asked = Questions(format="cartable/1", kind="quiz", questions=questions)
        data = msgspec.json.encode(asked)
        blob = hashlib.sha256(data).hexdigest()
        path = blobs.path(services.home, blob)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        blobs.add(services.db, services.home, blob, len(data))
        plain["blobs"][blob] = {"size": len(data), "type": "application/json"}
        for section in plain["sections"]:
            for sequence in section["sequences"]:
                for one in sequence["activities"]:
                    if one["id"] == activity:
                        one["blob"] = blob
    versions.keep(services.db, msgspec.json.encode(plain), "here", "trusted")
    assert services.course(COURSE).version == manifest.version + 1


def test_a_new_version_of_an_exam_is_found_once_that_version_was_sat(services: Services) -> None:
    exam = title_of(services, "Examen")
    sit(services, exam)
    renew(services, exam)
    assert kinds(find(services, "agroforesterie")) == ["question"], "it asks what was asked before"
    renew(services, exam, Question(id="n1", title="", body="<p>À quoi sert un andain ?</p>"))
    assert not find(services, "andain").found
    query = "SELECT count(*) FROM search_pieces WHERE text LIKE '%andain%'"
    assert services.db.execute(query).fetchone()[0] == 0
    sit(services, exam)
    assert kinds(find(services, "andain")) == ["question"]


def test_an_exam_that_is_changed_while_one_sits_it_counts_by_what_was_asked(
    services: Services,
) -> None:
    exam, attempt = title_of(services, "Examen"), str(uuid.uuid4())
    record(services, exam, Begun(name="E", type="exam", attempt=attempt, number=1))
    renew(services, exam, Question(id="n1", title="", body="<p>À quoi sert un andain ?</p>"))
    end = Finished(name="E", type="exam", attempt=attempt, score=0, points=0, out_of=1)
    record(services, exam, end)  # its time ran out, and nobody saw the new questions
    assert not find(services, "andain").found


def test_of_an_exam_that_is_over_no_pool_no_drawn_number_and_no_answer_is_found(
    services: Services,
) -> None:
    exam = title_of(services, "Examen")
    asked = ChoiceInteraction("i", (Choice("a", "Le fourrage", 1.0, feedback="mulchsecret"),))
    renew(
        services,
        exam,
        Question(id="a", title="titresecret", body="<p>L’ensilage ?</p>", interactions=(asked,)),
        Question(id="b", title="", body="<p>Le pâturin ?</p>", pool=Pool("p", 1)),
        Question(
            id="c",
            title="",
            body="<p>Le rendement de {aire} ares à {=aire*tonnage} ?</p>",
            variables=(Drawn("aire"), Drawn("tonnage")),
            hints=("<p>indicesecret</p>",),
            outcome=Outcome(right="<p>bravesecret</p>"),
        ),
    )
    sit(services, exam)
    assert kinds(find(services, "ensilage")) == ["question"]
    assert find(services, "rendement").found[0].hit.text == "Le rendement de … ares à … ?"
    for typed in ("fourrage", "mulchsecret", "titresecret", "pâturin", "aire", "tonnage"):
        assert not find(services, typed).found, typed
    for typed in ("indicesecret", "bravesecret"):
        assert not find(services, typed).found, typed


def test_before_it_is_over_no_word_of_an_exam_is_on_the_disk(services: Services) -> None:
    query = "SELECT count(*) FROM search_pieces WHERE text LIKE '%agroforesterie%'"
    find(services, "agroforesterie")
    assert services.db.execute(query).fetchone()[0] == 0


def opened_to(services: Services, open_to: Callable[[Manifest], frozenset[str]]) -> Finding:
    """The search of somebody who may open these activities alone."""
    return Finding(
        services.home,
        lambda: services.db,
        lambda: services.learner,
        services.course,
        lambda: services.settings.language,
        open_to,
    )


def test_what_is_not_open_yet_is_not_found(services: Services) -> None:
    def first_week(manifest: Manifest) -> frozenset[str]:
        return frozenset(one.id for one in manifest.sections[0].activities())

    finding = opened_to(services, first_week)
    for typed in ("grenier", "récolter", "seconde", "la suite"):
        assert find(services, typed).found, typed
        assert not finding.find(typed).found, typed
    assert finding.find("hibiscus").found


def test_of_what_is_not_open_nothing_is_found_in_any_kind_of_text(services: Services) -> None:
    finding = opened_to(services, lambda _: frozenset())
    for typed in ("hibiscus", "compost", "mulch", "brouette", "voliere", "sarcler", "roles"):
        assert find(services, typed).found, typed
        assert not finding.find(typed).found, typed
        assert not finding.find(typed[:3]).found, typed
    assert kinds(finding.find("chercher")) == ["course"]


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
    for typed in ("nulle part", "agroforesterie", "bravosecret"):
        assert cartable(services.home, "find", typed).out == "Nothing was found.\n"
    assert cartable(services.home, "find", "x", "--in", "autre").code == 1
