# SPDX-License-Identifier: Apache-2.0
"""A course in several languages: whatever lacks in one is read in the next, and nothing is lost."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.course import manifest as manifests
from player.course.languages import is_own, languages, names_attestation, preferred, spoken
from player.course.manifest import (
    AnyActivity,
    AttestationRule,
    AttestationWords,
    Author,
    Blob,
    Chapter,
    CoursePath,
    Exam,
    Licence,
    Link,
    Links,
    Manifest,
    Meeting,
    Page,
    Quiz,
    Rendition,
    Rule,
    Section,
    Sequence,
    SlideTurn,
    Survey,
    Track,
    Translation,
    Unknown,
    Video,
    decode_manifest,
    faults,
)
from player.course.needs import Choice, needs
from player.errors import Malformed


def sha(letter: str) -> str:
    return letter * 64


BLOBS = {sha(one): Blob(size=10, type="text/html") for one in "0123456789abcdef"}
VIDEO = Video(
    id="film",
    title="Film",
    duration=60,
    renditions=(Rendition("240p", sha("1"), 240),),
    captions=(Track("en", sha("2")),),
)
EXAM = Exam(id="exam", title="Exam", blob=sha("3"), questions=2, passing=0.6, attempts=1, limit=600)


def course(*translations: Translation, **changes: Any) -> Manifest:
    activities: tuple[AnyActivity, ...] = (
        Page(id="page", title="Page", blob=sha("0")),
        VIDEO,
        EXAM,
    )
    made = Manifest(
        format="cartable/1",
        kind="course",
        id="c",
        version=1,
        title="Course",
        language="en",
        summary="About.",
        authors=(),
        licence=Licence("CC-BY-4.0"),
        issued="2026-01-01T00:00:00Z",
        sections=(Section("s", "Section", (Sequence("q", "Sequence", activities),)),),
        paths=(CoursePath("p", "Path"),),
        blobs=BLOBS,
        translations=translations,
    )
    return msgspec.structs.replace(made, **changes)


FR = Translation(
    language="fr",
    title="Cours",
    titles={"s": "Partie", "p": "Chemin"},
    activities=(Page(id="page", title="Page (fr)", blob=sha("a")),),
)
FR_CA = Translation(language="fr-CA", summary="Icitte.", titles={"q": "Séance"})


# Which language


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (["fr-CA"], ("fr-CA", "fr", "fr-BE", "en")),
        (["fr"], ("fr", "fr-BE", "fr-CA", "en")),
        (["fr-CH"], ("fr", "fr-BE", "fr-CA", "en")),
        (["FR_ca"], ("fr-CA", "fr", "fr-BE", "en")),
        (["fr-Latn-CA"], ("fr", "fr-BE", "fr-CA", "en")),
        (["de", "pt"], ("pt-BR", "en")),
        (["en-GB", "fr"], ("en",)),
        (["ar"], ("en",)),
        (["", "f", "fra"], ("en",)),
        ([], ("en",)),
    ],
)
def test_the_language_itself_then_without_its_region_then_of_other_regions(
    wanted: list[str], found: tuple[str, ...]
) -> None:
    assert preferred(["en", "fr-CA", "pt-BR", "fr-BE", "fr"], wanted, "en") == found


tags = st.sampled_from(["en", "en-GB", "fr", "fr-CA", "fr-BE", "pt", "pt-BR", "zh-Hant-TW", "ar"])


@given(st.lists(tags, max_size=8), st.lists(tags | st.text(max_size=9), max_size=6), tags)
def test_the_order_ends_with_the_own_language_and_names_only_what_there_is(
    available: list[str], wanted: list[str], own: str
) -> None:
    order = preferred([*available, own], wanted, own)
    assert order[-1] == own
    assert len({one.lower() for one in order}) == len(order)
    assert set(order) <= {*available, own}


def test_a_course_lists_each_of_its_languages_once_its_own_first() -> None:
    twice = (FR_CA, FR, msgspec.structs.replace(FR, language="FR"))
    assert languages(course(*twice)) == ("en", "fr", "fr-CA")


# What is read in it


def test_what_lacks_in_a_language_is_read_in_the_next_one_that_fits() -> None:
    said = spoken(course(FR, FR_CA), ["fr-CA"])
    assert (said.language, said.title, said.summary) == ("fr-CA", "Cours", "Icitte.")
    section = said.sections[0]
    assert (section.title, section.sequences[0].title) == ("Partie", "Séance")
    assert said.paths[0].title == "Chemin"
    page, film, exam = said.activities()
    assert isinstance(page, Page)
    assert (page.title, page.language, page.blob) == ("Page (fr)", "fr", sha("a"))
    assert (film.title, film.language) == ("Film", "en")  # so that it is read aloud in English
    assert (exam.title, exam.language) == ("Exam", "en")


def test_nothing_changes_for_whoever_reads_the_courses_own_language() -> None:
    whole = course(FR, FR_CA)
    assert spoken(whole, ["en"]) is whole
    assert spoken(whole, ["de"]) is whole
    assert spoken(whole, []) is whole


def test_a_translation_changes_no_rule_of_marking() -> None:
    easy = msgspec.structs.replace(
        EXAM, title="Examen", blob=sha("b"), passing=0.0, attempts=0, limit=0, needs=("film",)
    )
    said = spoken(course(Translation(language="fr", activities=(easy,))), ["fr"]).find("exam")
    assert said == msgspec.structs.replace(EXAM, title="Examen", blob=sha("b"), language="fr")


def test_a_translation_of_another_kind_or_of_nothing_is_passed_over() -> None:
    wrong: tuple[AnyActivity, ...] = (
        Links(id="page", title="Liens", links=()),
        Quiz(id="exam", title="Quiz", blob=sha("c"), questions=1),  # an exam is no quiz
        Unknown(id="film", title="?", kind="hologram"),
        Page(id="nowhere", title="Rien", blob=sha("d")),
    )
    said = spoken(course(Translation(language="fr", activities=wrong)), ["fr"])
    assert [one.title for one in said.activities()] == ["Page", "Film", "Exam"]
    assert {one.language for one in said.activities()} == {"en"}
    assert {blob for one in said.activities() for blob in one.every_blob()} <= set(map(sha, "0123"))


def test_a_dubbed_film_is_the_films_place_with_other_files() -> None:
    dubbed = Video(
        id="film", title="Le film", duration=62, renditions=(Rendition("240p", sha("4"), 240),)
    )
    said = spoken(course(Translation(language="fr", activities=(dubbed,))), ["fr"])
    assert list(needs(said.sections[0], Choice("240p"))) == [sha("0"), sha("3"), sha("4")]


texts = st.sampled_from(["", " ", "Mot", "Autre"])
kinds = st.sampled_from(["page", "film", "exam", "nowhere"])


@st.composite
def translations(draw: st.DrawFn) -> Translation:
    pages = draw(st.lists(st.tuples(kinds, texts, st.sampled_from("456789")), max_size=4))
    return Translation(
        language=draw(tags),
        title=draw(texts),
        titles=draw(st.dictionaries(st.sampled_from("sqpxyz"), texts, max_size=4)),
        activities=tuple(Page(id=id_, title=title, blob=sha(one)) for id_, title, one in pages),
    )


@given(st.lists(translations(), max_size=6), st.lists(tags, max_size=4))
def test_in_every_language_a_course_has_the_same_parts_and_each_has_a_title(
    given_: list[Translation], wanted: list[str]
) -> None:
    whole = course(*given_)
    said = spoken(whole, wanted)
    before, after = list(whole.activities()), list(said.activities())
    assert [(type(one), one.id) for one in after] == [(type(one), one.id) for one in before]
    assert all(part.title.strip() for part in (said, *said.sections, *said.paths, *after))
    assert said.blobs == whole.blobs  # what is referenced is so in every language
    assert not list(faults(said))
    assert spoken(said, wanted).sections == said.sections  # saying it twice says the same


# Every text by itself

RULE = AttestationRule(title="Badge", text="Has done it.", watched=0.5)
MEETING = Meeting(
    id="m", title="Talk", starts="2027-01-01T10:00:00Z", place="Library", note="Come early."
)
FILM = msgspec.structs.replace(
    VIDEO,
    chapters=(Chapter(0, "Begin"), Chapter(30, "End")),
    slides=sha("5"),
    poster=sha("6"),
    turns=(SlideTurn(0, 1),),
)
SURVEY = Survey(
    id="survey",
    title="Survey",
    blob=sha("7"),
    questions=1,
    rules=(Rule("p", {}, "You are new."), Rule("", {}, "You know it.")),
)
WHOLE = course(
    authors=(Author("Awa", "Voice"),),
    cite="Awa, Course.",
    adapted="Shortened.",
    effort="2 h",
    attestation=RULE,
    meetings=(MEETING,),
    paths=(CoursePath("p", "Path", summary="For the new."),),
    sections=(Section("s", "Section", (Sequence("q", "Sequence", (FILM, SURVEY)),)),),
)


def in_french(*translations: Translation) -> Manifest:
    return spoken(msgspec.structs.replace(WHOLE, translations=translations), ["fr-CA"])


def test_each_text_that_a_learner_sees_is_read_in_the_first_language_that_has_it() -> None:
    film_ = msgspec.structs.replace(
        FILM, title="Le film", chapters=(Chapter(0, "Début"), Chapter(30, "End")), language="en"
    )
    rules = (Rule("p", {}, "Vous débutez."), Rule("", {}, "You know it."))
    survey = msgspec.structs.replace(SURVEY, rules=rules, language="en")
    dear = Translation(
        language="fr-CA",
        cite="Awa, Cours.",
        attestation=AttestationWords(title="Insigne"),
        titles={"m": "Causerie"},
        notes={"m": "Venez tôt."},
        activities=(film_, survey),
    )
    pictured = msgspec.structs.replace(
        film_,
        title="Film",
        chapters=(Chapter(0, "Commencement"), Chapter(30, "Fin")),
        slides=sha("8"),
        poster=sha("9"),
    )
    other = Translation(
        language="fr",
        title="Cours",
        adapted="Abrégé.",
        effort="2 heures",
        attestation=AttestationWords(title="Badge (fr)", text="L’a fait."),
        titles={"s": "Partie", "q": "Séance", "p": "Chemin", "m": "Discours"},
        summaries={"p": "Pour débuter."},
        places={"m": "Bibliothèque"},
        roles={"Awa": "Voix"},
        summary="À propos.",
        activities=(
            pictured,
            msgspec.structs.replace(
                SURVEY,
                title="Questionnaire",
                blob=sha("a"),
                rules=(Rule("p", {}, "Débutant."), Rule("", {}, "Vous savez.")),
            ),
        ),
    )
    said = in_french(dear, other)
    assert (said.title, said.cite, said.adapted, said.effort) == (
        *("Cours", "Awa, Cours."),
        *("Abrégé.", "2 heures"),
    )
    assert said.authors == (Author("Awa", "Voix"),)
    assert said.attestation == msgspec.structs.replace(RULE, title="Insigne", text="L’a fait.")
    assert names_attestation(said)
    [meeting] = said.meetings
    assert (meeting.title, meeting.place, meeting.note) == (
        *("Causerie", "Bibliothèque"),
        "Venez tôt.",
    )
    assert said.paths[0].summary == "Pour débuter."
    found = said.find("film")
    assert found == msgspec.structs.replace(
        FILM,
        title="Le film",
        language="en",
        chapters=(Chapter(0, "Début"), Chapter(30, "Fin")),
        slides=sha("8"),
        poster=sha("9"),
    )
    asked = said.find("survey")
    assert isinstance(asked, Survey)
    assert (asked.title, asked.language, asked.blob) == ("Questionnaire", "fr", sha("a"))
    assert [one.reason for one in asked.rules] == ["Vous débutez.", "Vous savez."]


# Texts of the format that are words for learners; how a file's words are is the file's (`_content`)
SAID = {
    *("Activity.title", "AttestationRule.text", "AttestationRule.title", "Author.role"),
    *("Chapter.title", "CoursePath.summary", "CoursePath.title", "Link.note", "Link.title"),
    *("Links.note", "Manifest.adapted", "Manifest.cite", "Manifest.effort", "Manifest.summary"),
    *("Manifest.title", "Meeting.note", "Meeting.place", "Meeting.title", "Rule.reason"),
    *("Section.title", "Sequence.title"),
}
UNSAID = {  # names, dates, addresses, and words for programs
    *("Activity.language", "Author.name", "Blob.encoding", "Blob.type", "Exam.code", "Licence.id"),
    *("Licence.url", "Link.url", "Manifest.ends", "Manifest.format", "Manifest.issued"),
    *("Manifest.kind", "Manifest.starts", "Meeting.ends", "Meeting.kind", "Meeting.starts"),
    *("Meeting.url", "Quiz.answer_by", "Quiz.connect_by", "Quiz.counts", "Quiz.marking"),
    *("Rule.path", "Section.due", "Section.opens", "Survey.when", "Unknown.kind", "Work.marking"),
}


def structs(value: object) -> Iterator[msgspec.Struct]:
    """Every struct of a value, and of what it holds."""
    if isinstance(value, msgspec.Struct):
        yield value
        value = [getattr(value, name) for name in value.__struct_fields__]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            yield from structs(one)


def said_texts(manifest: Manifest) -> dict[str, str]:
    """The words for learners in a manifest, by field."""
    return {
        f"{kind.__name__}.{name}": getattr(one, name)
        for one in structs(msgspec.structs.replace(manifest, translations=()))
        for kind in type(one).__mro__
        for name in inspect.get_annotations(kind)
        if f"{kind.__name__}.{name}" in SAID
    }


def test_every_text_of_the_format_is_known_to_be_translated_or_no_words() -> None:
    kinds = [one for one in vars(manifests).values() if isinstance(one, type)]
    declared = {
        f"{kind.__name__}.{name}"
        for kind in kinds
        if issubclass(kind, msgspec.Struct) and kind.__module__ == manifests.__name__
        for name, hint in inspect.get_annotations(kind).items()
        if hint == "str"
    }
    translations_ = {one for one in declared if one.startswith(("Translation.", "AttestationWo"))}
    assert declared - translations_ == SAID | UNSAID


def test_a_whole_translation_leaves_no_text_in_the_courses_own_language() -> None:
    links = Links(id="links", title="Links", links=(Link("https://x", "A", "b"),), note="Note")
    whole = msgspec.structs.replace(
        WHOLE,
        sections=(Section("s", "Section", (Sequence("q", "Sequence", (FILM, SURVEY, links)),)),),
    )
    assert said_texts(whole).keys() == SAID
    words = ("title", "summary", "effort", "cite", "adapted")
    parts: tuple[AnyActivity, ...] = (
        msgspec.structs.replace(
            FILM, title="Film (fr)", chapters=(Chapter(0, "Début"), Chapter(30, "Fin"))
        ),
        msgspec.structs.replace(
            SURVEY,
            title="Questionnaire",
            rules=(Rule("p", {}, "Débutant."), Rule("", {}, "Vous savez.")),
        ),
        Links(id="links", title="Liens", links=(Link("https://x", "À", "B"),), note="Mot"),
    )
    french = Translation(
        language="fr",
        attestation=AttestationWords("Insigne", "L’a fait."),
        titles=dict.fromkeys("sqpm", "Titre"),
        summaries={"p": "Pour débuter."},
        places={"m": "Bibliothèque"},
        notes={"m": "Venez tôt."},
        roles={"Awa": "Voix"},
        activities=parts,
        **dict.fromkeys(words, "Mot"),
    )
    said = spoken(msgspec.structs.replace(whole, translations=(french,)), ["fr"])
    own, there = said_texts(whole), said_texts(said)
    assert {name for name in SAID if own[name] == there[name]} == set()


def test_chapters_of_a_film_that_is_dubbed_have_their_own_seconds() -> None:
    dubbed = msgspec.structs.replace(
        FILM,
        duration=50,
        renditions=(Rendition("240p", sha("8"), 240),),
        chapters=(Chapter(0, "Début"), Chapter(25, "Fin")),
        turns=(),
        slides=None,
    )
    titled = msgspec.structs.replace(
        FILM, language="en", chapters=(Chapter(0, "Ouverture"), Chapter(30, "Clôture"))
    )
    first = Translation(language="fr-CA", activities=(titled,))
    found = in_french(first, Translation(language="fr", activities=(dubbed,))).find("film")
    assert found == msgspec.structs.replace(dubbed, language="fr")


def test_a_film_that_is_not_dubbed_loses_nothing_that_a_translation_leaves_out() -> None:
    bare = msgspec.structs.replace(FILM, title="Le film", chapters=(), slides=None, poster=None)
    found = in_french(Translation(language="fr", activities=(bare,))).find("film")
    assert found == msgspec.structs.replace(FILM, title="Le film", language="en")


def test_a_film_without_pictures_may_have_some_in_another_language() -> None:
    french = msgspec.structs.replace(VIDEO, slides=sha("5"), poster=sha("6"), language="en")
    found = spoken(course(Translation(language="fr", activities=(french,))), ["fr"])
    assert found.find(VIDEO.id) == french


def test_rules_that_lead_elsewhere_keep_their_own_sentences() -> None:
    other = msgspec.structs.replace(SURVEY, rules=(Rule("", {}, "Non."), Rule("p", {}, "Oui.")))
    asked = in_french(Translation(language="fr", activities=(other,))).find("survey")
    assert isinstance(asked, Survey)
    assert asked.rules == SURVEY.rules


# What strangers write


def test_a_thousand_translations_are_read_and_one_is_chosen() -> None:
    many = [
        Translation(language=f"x{chr(97 + n // 26 % 26)}{chr(97 + n % 26)}", title=str(n))
        for n in range(999)
    ]
    data = msgspec.json.encode(course(*many, FR))
    said = spoken(decode_manifest(data), ["fr"])
    assert said.title == "Cours"


def test_a_blob_of_a_translation_has_to_be_listed() -> None:
    lost = Page(id="page", title="Page", blob="f" * 63 + "0")
    data = msgspec.json.encode(course(Translation(language="fr", activities=(lost,))))
    with pytest.raises(Malformed, match="not listed"):
        decode_manifest(data)


def test_a_kind_of_a_later_version_in_a_translation_is_set_aside() -> None:
    raw = msgspec.json.decode(msgspec.json.encode(course(FR)))
    raw["translations"][0]["activities"][0] = {"type": "hologram", "id": "page", "title": "x"}
    said = spoken(decode_manifest(msgspec.json.encode(raw)), ["fr"])
    assert said.find("page") == Page(id="page", title="Page", blob=sha("0"), language="en")


def test_a_translation_into_no_language_is_refused_with_its_place() -> None:
    raw = msgspec.json.decode(msgspec.json.encode(course(FR)))
    raw["translations"][0]["language"] = "../../etc"
    with pytest.raises(Malformed, match="translations"):
        decode_manifest(msgspec.json.encode(raw))


def test_a_course_that_is_read_in_another_language_is_known_as_such() -> None:
    assert is_own(course(FR))
    assert is_own(spoken(course(FR), ["de"]))
    assert not is_own(spoken(course(FR), ["fr"]))
