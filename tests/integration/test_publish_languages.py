# SPDX-License-Identifier: Apache-2.0
"""A course in another language, from files beside its own to the manifest and the catalogue."""

from __future__ import annotations

import zlib
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from small_course import COURSE, PDF, film, png, small_course, write

from player.course.answer_key import AnswerKey, decode_key
from player.course.catalogue import Offer, decode_catalogue
from player.course.interactions import ChoiceInteraction
from player.course.languages import spoken
from player.course.manifest import Manifest, Quiz, Survey, Video, decode_manifest
from player.course.quiz import Question, decode_quiz
from player.errors import SourceFaults
from player.publish.faults import Fault
from player.publish.repository import publish
from player.publish.source import Source, read_source

SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

LINES = """\
title = "Little course"
summary = "A tiny course."

[titles]
organiser = "Get organised"
roles = "Who does what?"
roles-video = "The film"
faites-le-point = "Check yourself"
"""
PAGE = "# Who does what?\n\n![A drawing](../images/cover.png) See [more](#activity:roles-video).\n"
GIFT_EN = """\
::Role:: Who decides? {
    =The team #Yes.
    ~Nobody #Then all is urgent.
}

::Days:: How many days in two weeks? {#14}
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write(
        small_course(tmp_path / "source"),
        {
            "course.en.toml": LINES,
            "pages/roles.en.md": PAGE,
            "quizzes/roles.en.gift": GIFT_EN,
        },
    )


def told(found: Source) -> list[str]:
    return [str(one) for one in found.warnings]


def faults(source: Path) -> list[Fault]:
    with pytest.raises(SourceFaults) as caught:
        read_source(source)
    return [one for one in caught.value.faults if isinstance(one, Fault)]


def put_up(source: Path, repository: Path, keys: Path | None = None) -> tuple[Offer, Manifest]:
    publish(source, repository, SECRET, keys=keys)
    [offer] = decode_catalogue((repository / "catalogue.json").read_bytes()).courses
    data = (repository / "courses" / offer.id / f"{offer.version}.json").read_bytes()
    return offer, decode_manifest(data)


def blob(repository: Path, manifest: Manifest, name: str) -> bytes:
    one = manifest.blobs[name]
    assert one.pack
    pack = (repository / "packs" / one.pack[:2] / one.pack).read_bytes()
    data = pack[one.offset : one.offset + one.length]
    return zlib.decompress(data) if one.encoding else data


def test_what_lies_beside_the_course_is_its_translation(source: Path, tmp_path: Path) -> None:
    offer, manifest = put_up(source, tmp_path / "repository")
    [english] = manifest.translations
    assert (english.language, english.title) == ("en", "Little course")
    said = spoken(manifest, ["en"])
    assert [one.title for one in said.activities()] == [
        "Who does what?",  # the page's own heading
        "The film",
        "Les diapositives",
        "Pour aller plus loin",
        "Check yourself",
        "Examen",  # its questions are there, and no title
    ]
    languages = [one.language for one in said.activities()]
    assert languages == [
        "en",
        "fr",
        "fr",
        "fr",
        "en",
        "en",
    ]  # only the title of the film is English
    film_, french = said.find("roles-video"), manifest.find("roles-video")
    assert isinstance(film_, Video)
    assert isinstance(french, Video)
    assert set(film_.every_blob()) == set(french.every_blob())
    page = said.find("qui-fait-quoi")
    assert page is not None
    assert b"Who does what" in blob(tmp_path / "repository", manifest, next(page.blobs()))
    assert list(page.resources) == ["cover.png"]
    [words] = offer.translations
    assert (words.language, words.title, words.summary) == ("en", "Little course", "A tiny course.")
    assert words.cost
    assert words.cost.base != offer.cost.base


def test_questions_take_the_ids_of_those_they_translate(source: Path, tmp_path: Path) -> None:
    _, manifest = put_up(source, tmp_path / "repository")
    own, there = manifest.find("faites-le-point"), spoken(manifest, ["en"]).find("faites-le-point")
    assert isinstance(own, Quiz)
    assert isinstance(there, Quiz)
    asked = [decode_quiz(blob(tmp_path / "repository", manifest, one.blob)) for one in (own, there)]
    assert [[one.id for one in questions] for questions in asked] == [["role", "jours"]] * 2
    assert [questions[0].body for questions in asked] == [
        "<p>Qui décide ?</p>",
        "<p>Who decides?</p>",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GIFT_EN.partition("::Days")[0], "There are 1 questions here, and 2 in the original."),
        (GIFT_EN.replace("#14", "#15"), "Question 2 is not the one of the original, “Jours”."),
        (
            GIFT_EN.replace("=The", "~The").replace("~Nobody", "=Nobody"),
            "Question 1 is not the one of the original, “Rôle”.",
        ),
        (
            GIFT_EN.replace("    ~Nobody", "    ~Somebody\n    ~Nobody"),
            "Question 1 is not the one of the original, “Rôle”.",
        ),
        (GIFT_EN.replace("{#14}", "{=14}"), "Question 2 is not the one of the original, “Jours”."),
    ],
)
def test_questions_that_ask_something_else_are_not_published(
    source: Path, text: str, said: str
) -> None:
    write(source, {"quizzes/roles.en.gift": text})
    assert (faults(source)[0].file, faults(source)[0].what) == ("quizzes/roles.en.gift", said)


def test_what_is_missing_is_counted_and_what_is_too_much_is_said(source: Path) -> None:
    more = LINES + 'organisr = "x"\n\n[files]\nroles = "pages/roles.en.md"\n'
    write(source, {"course.en.toml": more})
    warnings = told(read_source(source))
    [strange] = [one for one in warnings if "organisr" in one]
    assert strange.startswith("course.en.toml:9: Nothing in this course has the id `organisr`.")
    assert "Did you mean `organiser`?" in strange
    assert any("`roles` has no file that could be translated." in one for one in warnings)
    [roles, left] = read_source(source).left
    assert roles == "course.en.toml: 1 of 3 other texts stay in fr: roles.A. Diallo."
    activities = "les-diapositives, pour-aller-plus-loin, roles-video"
    assert left == f"course.en.toml: 3 of 6 activities stay in fr: {activities}."


def test_a_file_of_another_name_is_named(source: Path) -> None:
    write(
        source,
        {
            "course.en.toml": LINES + '\n[files]\nroles-video = "english/roles"\n'
            'les-diapositives = "english/slides.pdf"\n',
            "english/roles.240p.mp4": film(1.5, 240, rest=b"dubbed"),
            "english/roles.en.vtt": "WEBVTT\n\n00:00.000 --> 00:01.500\nHello.\n",
            "english/slides.pdf": PDF + b"%",
        },
    )
    found = read_source(source)
    [english] = found.translations
    dubbed = {one.id: one for one in english.activities}["roles-video"]
    assert isinstance(dubbed, Video)
    assert (dubbed.title, [one.name for one in dubbed.renditions]) == ("The film", ["240p"])
    carried = {one.sha256 for group in found.contents for one in group}
    assert set(dubbed.every_blob()) <= carried


def dubbed_film(
    source: Path, times: str, lines: dict[str, str] | None = None, **files: str | bytes
) -> tuple[Source, Video]:
    """The small course whose film of 90 seconds has `times`, and one of 80 in English."""
    keys = COURSE.replace('video = "media/roles"', f'video = "media/roles", {times}')
    more = {f"english/roles.{name.replace('_', '.')}": text for name, text in files.items()}
    made: dict[str, str | bytes] = {
        "course.toml": keys,
        "course.en.toml": LINES + '\n[files]\nroles-video = "english/roles"\n',
        "media/roles.240p.mp4": film(90, 240),
        "media/roles.pdf": PDF,
        "english/roles.240p.mp4": film(80, 240, rest=b"dubbed"),
    }
    found = read_source(write(source, made | more | (lines or {})))
    made_of = {one.id: one for one in found.translations[0].activities}
    video = made_of["roles-video"]
    assert isinstance(video, Video)
    return found, video


def test_a_dubbed_film_has_the_slides_and_the_times_of_the_original(source: Path) -> None:
    times = 'slides_at = ["0:00"], chapters = ["0:00 Rôles", "1:10 Fin"]'
    found, film_ = dubbed_film(source, times)
    assert film_.slides is not None
    assert [one.page for one in film_.turns] == [1]
    assert [one.title for one in film_.chapters] == ["Rôles", "Fin"]
    assert not [one for one in told(found) if "fit" in one]


def test_a_dubbed_film_may_have_chapters_of_its_own(source: Path) -> None:
    own = "WEBVTT\n\n00:00.000 --> 00:10.000\nRoles\n"
    _, film_ = dubbed_film(source, 'chapters = ["0:00 Rôles", "1:10 Fin"]', chapters_vtt=own)
    assert [one.title for one in film_.chapters] == ["Roles"]


def test_titles_of_the_original_s_chapters_are_not_those_of_another_film(source: Path) -> None:
    own = "".join(f"\n\n00:{at}.000 --> 00:{at}.500\nPart {at}" for at in (10, 20, 30))
    named = "\n[chapters]\nroles-video = ['Roles', 'The end']\n"
    times = 'chapters = ["0:00 Rôles", "1:10 Fin"]'
    lines = {"course.en.toml": f'{LINES}\n[files]\nroles-video = "english/roles"\n{named}'}
    _, film_ = dubbed_film(source, times, lines=lines, chapters_vtt=f"WEBVTT{own}\n")
    assert [one.title for one in film_.chapters] == ["Part 10", "Part 20", "Part 30"]
    (source / "english/roles.chapters.vtt").unlink()
    _, film_ = dubbed_film(source, times, lines=lines)
    assert [one.title for one in film_.chapters] == ["Roles", "The end"]


def test_times_that_do_not_fit_a_dubbed_film_are_left_out(source: Path) -> None:
    times = 'slides_at = ["1:25"], chapters = ["0:00 Rôles", "1:25 Fin"]'
    found, film_ = dubbed_film(source, times)
    assert film_.chapters == film_.turns == ()
    said = [one for one in told(found) if "1:20" in one]
    assert len(said) == 2
    assert all(one.startswith("course.en.toml:11: ") for one in said)


def test_a_meeting_without_an_id_has_its_title_in_another_language(source: Path) -> None:
    path = source / "course.toml"
    meeting = '\n[[meeting]]\ntitle = "Vos questions"\nstarts = 2027-01-14\n'
    path.write_text(path.read_text(encoding="utf-8") + meeting, encoding="utf-8")
    write(source, {"course.en.toml": LINES + 'vos-questions = "Your questions"\n'})
    found = read_source(source)
    assert found.translations[0].titles["vos-questions"] == "Your questions"
    assert not [one for one in told(found) if "vos-questions" in one]


EVERY_TEXT = """
[[path]]
id = "vite"
title = "Vite"
summary = "Sans détour."
sections = ["organiser"]

[[meeting]]
id = "direct"
title = "En direct"
starts = 2027-01-14
place = "Bibliothèque"
note = "Venez tôt."

[attestation]
title = "Suivi"
text = "A suivi le cours."
answered = 0.5
"""
FILM = """{ video = "media/roles", chapters = ["0:00 Rôles", "0:01 Fin"], slides_at = ["0:00"] }"""
SURVEY = """\
    { id = "avant", survey = "quizzes/avant.toml", title = "Avant", rules = [
        { path = "vite", when = { question = "q", chosen = "oui" }, reason = "Déjà vu." },
        { path = "vite", when = { question = "q", chosen = "non" }, reason = "Tout est neuf." },
    ] },
"""
ASKED = """
[[question]]
id = "q"
body = "Déjà vu ?"

[[question.interaction]]
type = "choice"
scoring = "none"
choices = { oui = "Oui", non = "Non" }
"""
EVERY_LINE = """\
title = "Little course"
summary = "A tiny course."
effort = "2 hours"
cite = "By Diallo."
adapted = "Shortened."

[titles]
organiser = "Get organised"
roles = "Who does what?"
vite = "Fast"
direct = "Live"

[summaries]
vite = "No detours."

[places]
direct = "Library"

[notes]
direct = "Come early."

[roles]
"A. Diallo" = "Trainer"

[chapters]
roles-video = ["Roles", ""]

[reasons]
avant = ["You know it.", "All is new."]

[attestation]
title = "Followed"
text = "Has followed the course."
"""


def with_every_text(source: Path, english: str = EVERY_LINE) -> Path:
    """The small course with a text of every kind, and what course.en.toml has of them."""
    text = (source / "course.toml").read_text(encoding="utf-8")
    head = 'effort = "2 h"\ncite = "Diallo."\nadapted = "Abrégé."\nlicence ='
    text = text.replace("licence =", head).replace('{ video = "media/roles" }', FILM)
    text = text.replace("    { exam =", SURVEY + "    { exam =") + EVERY_TEXT
    files = {"course.toml": text, "course.en.toml": english, "quizzes/avant.toml": ASKED}
    return write(
        source, {**files, "media/roles.en.pdf": PDF + b"%en", "media/roles.en.png": png(9)}
    )


def test_every_text_of_a_course_has_its_translation(source: Path, tmp_path: Path) -> None:
    _, manifest = put_up(with_every_text(source), tmp_path / "repository")
    said = spoken(manifest, ["en"])
    assert (said.effort, said.cite, said.adapted) == ("2 hours", "By Diallo.", "Shortened.")
    assert [one.role for one in said.authors] == ["Trainer"]
    assert said.attestation is not None
    assert (said.attestation.title, said.attestation.answered) == ("Followed", 0.5)
    assert said.attestation.text == "Has followed the course."
    assert (said.paths[0].title, said.paths[0].summary) == ("Fast", "No detours.")
    [live] = said.meetings
    assert (live.title, live.place, live.note) == ("Live", "Library", "Come early.")
    asked, film_ = said.find("avant"), said.find("roles-video")
    assert isinstance(asked, Survey)
    assert [one.reason for one in asked.rules] == ["You know it.", "All is new."]
    assert isinstance(film_, Video)
    assert [one.title for one in film_.chapters] == ["Roles", "Fin"]
    assert film_.language == "fr"  # nobody dubbed it
    assert film_.slides
    assert blob(tmp_path / "repository", manifest, film_.slides) == PDF + b"%en"
    assert film_.poster in manifest.blobs
    left = read_source(source).left
    assert not [one for one in left if "other texts" in one]


def test_texts_that_are_not_translated_are_counted_by_their_names(source: Path) -> None:
    left = read_source(with_every_text(source, 'title = "Little"\n')).left
    [others] = [one for one in left if "other texts" in one]
    names = (
        "adapted, attestation.text, attestation.title, chapters.roles-video, effort, notes.direct …"
    )
    assert others == f"course.en.toml: 11 of 12 other texts stay in fr: {names}."


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[notes]\nroles = 'x'", "`roles` has no note that could be translated."),
        ("[places]\ndirekt = 'x'", "Nothing in this course has the id `direkt`. Did you mean `dir"),
        ("[summaries]\norganiser = 'x'", "`organiser` has no summary that could be translated."),
        ("[chapters]\navant = ['x']", "`avant` has no chapter that could be translated."),
        ("[reasons]\nroles-video = ['x']", "`roles-video` has no rule with a reason that could"),
        (
            "[roles]\n'A. Dialo' = 'x'",
            "No author of this course with a `role` is called “A. Dialo”.",
        ),
    ],
)
def test_a_translation_of_what_there_is_not_is_a_warning(
    source: Path, line: str, said: str
) -> None:
    found = read_source(with_every_text(source, line))
    [warning] = [one for one in told(found) if "course.en.toml:2" in one]
    assert said in warning


@pytest.mark.parametrize("key", ["cite", "adapted", "effort"])
def test_a_text_of_the_course_that_there_is_not_has_no_translation(source: Path, key: str) -> None:
    write(source, {"course.en.toml": f'{key} = "x"\n[attestation]\ntitle = "x"\n'})
    warnings = told(read_source(source))
    assert any(f"The course has no `{key}` that could be translated." in one for one in warnings)
    assert any("has no attestation that could be translated." in one for one in warnings)


def test_a_list_of_another_length_is_not_published(source: Path) -> None:
    lines = "[chapters]\nroles-video = ['x']\n[reasons]\navant = ['x', 'y', 'z']\n"
    found = faults(with_every_text(source, lines))
    assert [(one.line, one.what) for one in found] == [
        (2, "`roles-video` has 2 chapters in the original, and 1 here."),
        (4, "`avant` has 2 reasons in the original, and 3 here."),
    ]


def test_an_attestation_that_no_code_could_hold_is_not_published(source: Path) -> None:
    [fault] = faults(with_every_text(source, f"[attestation]\ntitle = '{'x' * 121}'\n"))
    assert (fault.line, fault.what) == (2, "`title` takes 121 bytes; there is room for 120.")


def test_one_language_has_one_file(source: Path) -> None:
    write(source, {"course.EN.toml": LINES})
    if len([one for one in source.iterdir() if one.name.lower() == "course.en.toml"]) == 1:
        pytest.skip("this disk knows no difference")
    [fault] = faults(source)
    assert fault.what.endswith("is the translation into en already.")


def test_slides_in_a_language_that_the_course_has_not_are_left_out(source: Path) -> None:
    (source / "course.en.toml").unlink()
    write(source, {"media/roles.de.pdf": PDF})
    [warning] = [one for one in told(read_source(source)) if "roles.de.pdf" in one]
    assert "there is no course.de.toml" in warning


def test_translated_slides_with_too_few_pages_are_left_out(source: Path) -> None:
    made = with_every_text(source)
    two = PDF.replace(b"endobj", b"endobj\n2 0 obj <</Type /Page>> endobj")
    text = (made / "course.toml").read_text(encoding="utf-8")
    write(
        made,
        {"media/roles.pdf": two, "course.toml": text.replace('["0:00"]', '["0:00", "0:01"]')},
    )
    found = read_source(made)
    assert any("media/roles.en.pdf: The slides have 1 pages" in one for one in told(found))
    [film_] = [one for one in found.translations[0].activities if isinstance(one, Video)]
    assert film_.slides == found.sections[0].sequences[0].activities[1].slides  # type: ignore[union-attr]


def test_a_quiz_that_cannot_be_read_is_not_called_another_one(source: Path) -> None:
    write(source, {"quizzes/roles.en.gift": GIFT_EN.replace("}\n\n::", "\n::")})
    [fault] = faults(source)
    assert fault.what == "The { here is never closed."


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("course.fr.toml", "", "fr is the course's own language."),
        ("course.english.toml", "", "“english” in the name of this file is not a language tag."),
        ("course.en.toml", "title = ", "This is not TOML"),
        ("course.en.toml", 'titel = "x"', "`titel` is not a key that belongs here."),
        ("course.en.toml", '[files]\nroles-video = "../x"', "leads out of the course's folder"),
        ("course.en.toml", '[files]\nles-diapositives = "no.pdf"', "There is no file “no.pdf”."),
    ],
)
def test_mistakes_have_their_place(source: Path, name: str, text: str, said: str) -> None:
    write(source, {name: text})
    found = [one for one in faults(source) if one.file == name]
    assert any(said in one.what for one in found)


def test_a_page_that_links_to_nothing_is_a_fault_in_every_language(source: Path) -> None:
    write(source, {"pages/roles.en.md": "# Who\n\n[x](#activity:nowhere)\n"})
    [fault] = faults(source)
    assert (fault.file, fault.line) == ("pages/roles.en.md", 3)


def test_the_second_publication_of_the_same_is_none(source: Path, tmp_path: Path) -> None:
    put_up(source, tmp_path / "repository")
    assert not publish(source, tmp_path / "repository", SECRET).changed
    write(source, {"pages/roles.en.md": PAGE + "\nOne more.\n"})
    assert publish(source, tmp_path / "repository", SECRET).new_blobs == 1


# The key of what the platform marks


def graded(source: Path) -> Path:
    text = (source / "course.toml").read_text(encoding="utf-8")
    text = text.replace("pass = 0.6,", 'pass = 0.6, marking = "platform",').replace(
        '    { quiz = "quizzes/roles.gift", title = "Faites le point" },\n', ""
    )
    return write(source, {"course.toml": text})


def test_a_graded_quiz_has_the_same_ids_and_a_key_in_every_language(
    source: Path, tmp_path: Path
) -> None:
    keys = tmp_path / "keys"
    _, manifest = put_up(graded(source), tmp_path / "repository", keys)
    [file] = keys.iterdir()
    key = decode_key(file.read_bytes())
    own, english = key.of("examen")
    there = spoken(manifest, ["en"]).find("examen")
    assert isinstance(there, Quiz)
    assert (english.blob, there.marking) == (there.blob, "platform")
    assert own.blob != english.blob
    assert [_choices(one) for one in own.questions] == [_choices(one) for one in english.questions]
    assert english.questions[0].body == "<p>Who decides?</p>"
    shown = blob(tmp_path / "repository", manifest, there.blob)
    assert b"all is urgent" not in shown
    assert b"fraction" not in shown


def _choices(question: Question) -> list[tuple[str, float]]:
    asked = question.interactions[0]
    choices = asked.choices if isinstance(asked, ChoiceInteraction) else ()
    return [(one.id, one.fraction) for one in choices]


def test_a_key_file_of_before_is_read(source: Path, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    (source / "course.en.toml").unlink()
    put_up(graded(source), tmp_path / "repository", keys)
    [file] = keys.iterdir()
    raw = msgspec.json.decode(file.read_bytes())
    assert "translations" not in raw
    assert isinstance(decode_key(file.read_bytes()), AnswerKey)
