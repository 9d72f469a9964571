# SPDX-License-Identifier: Apache-2.0
"""No byte of what is published tells what is right, where the platform marks; and authors know."""

from __future__ import annotations

import gzip
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import cartable
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from small_course import png, small_course, write

from player.course.answer_key import AnswerKey, decode_key
from player.course.manifest import Manifest, Quiz, decode_manifest
from player.course.quiz import decode_quiz
from player.errors import KeysInTheOpen, SourceFaults
from player.lesson.grading import counts, grade
from player.publish.repository import Published, publish
from player.publish.single import pack_course

SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

# Each word that tells begins with SECRET: of every kind, key and feedback
KINDS = """
[[question]]
title = "Choix"
body = "Qui ?"
feedback = "SECRETgeneral"
outcome = { right = "SECRETright", partly = "SECRETpartly", wrong = "SECRETwrong" }
hints = ["Un indice que chacun peut lire."]
penalty = 0.1
[[question.interaction]]
type = "choice"
multiple = true
choices = [
    { id = "secretid-a", text = "Tous", fraction = 0.7071, feedback = "SECRETyes ![x](solution.png)" },
    { id = "secretid-b", text = "Un", fraction = 0.2929, feedback = "SECRETno" },
    { id = "secretid-c", text = "Zéro", fraction = -0.4242, feedback = "SECRETnever" },
]

[[question]]
title = "Texte"
body = "Où ?"
[[question.interaction]]
type = "text"
answers = ["SECRETcity", { text = "SECRETtown*", fraction = 0.5, feedback = "SECRETnear" }]
feedback = "SECRETnowhere"

[[question]]
title = "Nombre"
body = "Combien ?"
[[question.interaction]]
type = "number"
unit = "km"
answers = [{ value = 31337.25, tolerance = 0.125, feedback = "SECREThit" }]
feedback = "SECRETmiss"

[[question]]
title = "Formule"
body = "L'aire de {a} sur {b} ?"
variables = [{ name = "a", low = 2, high = 9 }, { name = "b", low = 2, high = 9 }]
[[question.interaction]]
type = "formula"
free = [{ name = "x" }]
answers = [{ value = "a*b*x + 271828", feedback = "SECRETarea {=a*b}" }]
feedback = "SECRETnoarea"

[[question]]
title = "Trous"
body = ""
[[question.interaction]]
type = "cloze"
text = "La {{secretid-gap}} vaut {{n}} en {{u}}."
weights = { secretid-gap = 3 }
gaps = [
    { id = "secretid-gap", type = "text", answers = ["SECRETgravity"] },
    { id = "n", type = "number", answers = [{ value = 27182.75, fraction = 1, feedback = "SECRETnine" }] },
    { id = "u", type = "choice", choices = [{ id = "secretid-u", text = "m", fraction = 1, feedback = "SECRETunit" }, "kg"] },
]

[[question]]
title = "Paires"
body = ""
[[question.interaction]]
type = "match"
sources = { secretid-sn = "Sénégal", secretid-ml = "Mali" }
targets = { secretid-dkr = "Dakar", secretid-bko = "Bamako" }
pairs = ["secretid-sn secretid-dkr", { source = "secretid-ml", target = "secretid-bko", points = 1.6180 }]
default = -0.4343

[[question]]
title = "Ordre"
body = ""
[[question.interaction]]
type = "order"
scoring = "pairs"
items = { secretid-first = "Lire", secretid-second = "Répondre", secretid-third = "Envoyer" }
order = ["secretid-first", "secretid-second", "secretid-third"]

[[question]]
title = "Carte"
body = ""
[[question.interaction]]
type = "hotspot"
image = "map.png"
description = "Une carte"
width = 640
height = 480
areas = { secretid-dakar = { shape = "circle", coords = [123.25, 321.75, 24.5], text = "SECRETplace", feedback = "SECREThere" } }

[[question]]
title = "Étiquettes"
body = ""
[[question.interaction]]
type = "image-drag"
image = "map.png"
description = "Une carte"
width = 640
height = 480
labels = { secretid-l1 = "Nord", secretid-l2 = "Sud" }
zones = { secretid-z1 = { shape = "rect", coords = [0, 0, 9, 9] }, secretid-z2 = { shape = "rect", coords = [9, 9, 19, 19], points = 1.7320, feedback = "SECRETzone" } }
pairs = ["secretid-l1 secretid-z1", "secretid-l2 secretid-z2"]

[[question]]
title = "Essai"
body = "Racontez."
feedback = "SECRETmodel"
[[question.interaction]]
type = "freetext"
rubric = [{ text = "Clair ?", levels = [{ text = "Non" }, { text = "Oui", points = 2 }] }]

[[question]]
title = "Avis"
body = "Votre avis ?"
[[question.interaction]]
type = "survey"
items = ["Clair"]
scale = ["Non", "Oui"]

[[question]]
title = "Photo"
body = "Une photo."
feedback = "SECRETphoto"
[[question.interaction]]
type = "upload"
"""  # noqa: E501 - TOML has one line for an inline table
TELLING = (
    *(b"SECRET", b"secretid", b"0.7071", b"0.2929", b"0.4242", b"0.4343", b"1.618", b"1.732"),
    *(b"31337", b"27182", b"a*b", b"123.25", b"321.75", b'"order":["', b'"pairs":[{'),
)
COURSE = """\
[course]
id = "cours"
title = "Cours"
language = "fr"
summary = "Un cours."
authors = [{ name = "A. Diallo" }]
licence = "CC-BY-SA-4.0"

[[section]]
title = "Une"

[[section.sequence]]
title = "Séance"
activities = [
    { quiz = "bilan.toml", id = "bilan", title = "Bilan", marking = "MARKING", attempts = 2, pass = 0.5 },
    { exam = "practice.gift", id = "examen", title = "Examen" },
]
"""  # noqa: E501
SOLUTION, MAP = png(200), png(7)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "source"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return tmp_path / "repository"


def source(folder: Path, marking: str = "platform", questions: str = KINDS) -> Path:
    return write(
        folder,
        {
            "course.toml": COURSE.replace("MARKING", marking),
            "bilan.toml": questions,
            "practice.gift": "::P:: Deux ? {=Oui ~Non}",
            "solution.png": SOLUTION,
            "map.png": MAP,
        },
    )


def put_up(folder: Path, repository: Path, keys: Path | None = None) -> Published:
    return publish(folder, repository, SECRET, keys=keys or repository.with_name("keys"))


def manifests(repository: Path) -> list[Manifest]:
    found = sorted((repository / "courses").rglob("[0-9]*.json"))
    return [decode_manifest(one.read_bytes()) for one in found]


def everything(repository: Path) -> Iterator[tuple[str, bytes]]:
    """Every byte there is, as it lies there and unpacked."""
    for file in sorted(one for one in repository.rglob("*") if one.is_file()):
        data = file.read_bytes()
        yield file.name, data
        if file.suffix == ".gz":
            yield file.name, gzip.decompress(data)
    for manifest in manifests(repository):
        for name, blob in manifest.blobs.items():
            if blob.pack:
                pack = repository / "packs" / blob.pack[:2] / blob.pack
                member = pack.read_bytes()[blob.offset : blob.offset + blob.length]
                yield name, zlib.decompress(member) if blob.encoding else member


def graded(manifest: Manifest) -> Quiz:
    found = manifest.find("bilan")
    assert isinstance(found, Quiz)
    return found


def key_of(published: Published) -> AnswerKey:
    assert published.key_file is not None
    return decode_key(published.key_file.read_bytes())


def test_no_byte_tells_the_key_of_any_kind(folder: Path, repository: Path) -> None:
    published = put_up(source(folder), repository)
    whole = list(everything(repository))
    assert {word for word in TELLING for _, data in whole if word in data} == set()
    assert SOLUTION not in [data for _, data in whole]  # a picture that only a feedback shows
    assert MAP in [data for _, data in whole]
    key = key_of(published)
    text = published.key_file.read_bytes() if published.key_file else b""
    assert all(
        word in text for word in (b"SECRETyes", b"SECRETcity", b"31337", b"a*b*x", b"123.25")
    )
    [manifest] = manifests(repository)
    blob = dict(whole)[graded(manifest).blob]
    asked, keyed = decode_quiz(blob), key.activities["bilan"].questions
    assert key.activities["bilan"].blob == graded(manifest).blob
    assert key.activities["bilan"].attempts == 2
    assert [one.id for one in asked] == [one.id for one in keyed]
    assert len({one.interactions[0].__struct_config__.tag for one in asked}) == 12
    assert not any(map(counts, asked))
    assert sum(map(counts, keyed)) == 9  # all but the essay, the opinion and the photo
    assert all(grade(one, {}).score is None for one in asked)
    assert asked[0].hints


def test_no_byte_of_a_course_in_one_file_tells_it(
    folder: Path, repository: Path, tmp_path: Path
) -> None:
    put_up(source(folder), repository)
    file = tmp_path / "cours.course"
    pack_course(repository, "cours", file)
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as packed:
        assert not [name for name in packed.namelist() if "key." in name]
        packed.extractall(tmp_path / "unpacked")
    whole = [*everything(tmp_path / "unpacked"), ("", file.read_bytes())]
    assert {word for word in TELLING for _, data in whole if word in data} == set()


def test_practice_is_found_by_the_same_search(folder: Path, repository: Path) -> None:
    """So the search would have found it."""
    published = put_up(source(folder, "here"), repository)
    whole = list(everything(repository))
    seen = {word for word in TELLING for _, data in whole if word in data}
    assert seen == set(TELLING)
    assert SOLUTION in [data for _, data in whole]
    assert published.key_file is None


def test_the_key_lies_outside_for_its_owner_alone(
    folder: Path, repository: Path, tmp_path: Path
) -> None:
    source(folder)
    for inside in (repository, repository / "keys", repository / "a" / ".." / "b", None):
        with pytest.raises(KeysInTheOpen):
            publish(folder, repository, SECRET, keys=inside)
        assert not (repository / "catalogue.json").exists()
    link = tmp_path / "link"
    repository.mkdir(exist_ok=True)
    link.symlink_to(repository)
    with pytest.raises(KeysInTheOpen, match="Nothing was published"):
        publish(folder, repository, SECRET, keys=link / "keys")
    published = put_up(folder, repository)
    assert published.key_file == repository.with_name("keys") / "cours-1.key.json"
    if os.name == "posix":
        assert stat.S_IMODE(published.key_file.stat().st_mode) == 0o600


def test_a_mended_key_is_no_new_version(folder: Path, repository: Path) -> None:
    put_up(source(folder), repository)
    again = put_up(source(folder, questions=KINDS.replace("SECRETcity", "Thiès")), repository)
    assert (again.changed, again.version, again.new_bytes) == (False, 1, 0)
    assert "Thiès" in str(key_of(again).activities["bilan"].questions)


def test_the_key_of_each_version_stays_whoever_counts_alike(
    folder: Path, repository: Path, tmp_path: Path
) -> None:
    keys = tmp_path / "keys"
    first = put_up(source(folder), repository, keys)
    other = KINDS.replace("Qui ?", "Qui donc ?")
    second = put_up(source(folder, questions=other), repository, keys)
    trial = put_up(source(folder, questions=other.replace("Où ?", "Où ça ?")), tmp_path / "t", keys)
    again = put_up(folder, tmp_path / "t", keys)
    assert trial.key_file == again.key_file
    assert (first.version, second.version, trial.version) == (1, 2, 1)
    assert len(list(keys.iterdir())) == 3
    shown = {key_of(one).activities["bilan"].blob for one in (first, second, trial)}
    assert len(shown) == 3


def test_who_publishes_is_told_what_it_means(folder: Path, repository: Path) -> None:
    bilan, exam = put_up(source(folder), repository).notes
    assert "holds no key" in bilan
    assert "later sync" in bilan
    assert "`cartable grade`" in bilan
    assert "whoever looks can read it" in exam
    assert "Examen" in exam


def test_who_moves_a_key_in_or_out_is_warned_for_as_long_as_it_matters(
    folder: Path, repository: Path
) -> None:
    put_up(source(folder, "here"), repository)
    for questions in (KINDS, KINDS.replace("Qui ?", "Qui donc ?")):  # two versions later, too
        notes = put_up(source(folder, questions=questions), repository).notes
        assert any("Beware: version 1 of the course has the key of “Bilan”" in one for one in notes)
    notes = put_up(source(folder, "here"), repository).notes
    assert any("whoever has yet to hand in version 2, 3" in one for one in notes)
    assert not [one for one in notes if "Examen" in one and "Beware" in one]


def test_one_file_in_practice_and_graded_is_warned_of(folder: Path, repository: Path) -> None:
    source(folder)
    text = COURSE.replace("MARKING", "platform").replace(
        "    { exam", '    { quiz = "bilan.toml", id = "essai", title = "À blanc" },\n    { exam'
    )
    (folder / "course.toml").write_text(text)
    [warning] = put_up(folder, repository).warnings
    assert "“Bilan” asks what “À blanc” asks" in str(warning)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ('type = "freetext"\n', 'type = "freetext"\nscoring = "platform"\n'),
        ('answers = ["SECRETcity", ', 'answers = []\nrest = ["SECRETcity", '),
        ('type = "freetext"\n', 'type = "freetext"\nscoring = "self"\n'),
    ],
)
def test_what_could_not_be_marked_is_a_fault(
    folder: Path, repository: Path, change: str, what: str
) -> None:
    with pytest.raises(SourceFaults):
        put_up(source(folder, questions=KINDS.replace(change, what)), repository)


def test_the_command_says_it_and_keeps_the_key_in_the_home(tmp_path: Path, folder: Path) -> None:
    home, repository = tmp_path / "home", tmp_path / "repository"
    done = cartable(home, "publish", source(folder), repository)
    assert done.code == 0
    assert "holds no key" in done.err
    assert str(home / "keys" / "cours-1.key.json") in done.out
    refused = cartable(home, "publish", folder, repository, "--keys", repository / "keys")
    assert refused.code == 1
    assert "learners can fetch them" in refused.err
    small = small_course(tmp_path / "small")
    assert cartable(home, "publish", small, repository, "--json").facts["key_file"] is None


def test_nobody_marks_a_questionnaire(folder: Path, repository: Path) -> None:
    source(folder)
    text = (folder / "course.toml").read_text().replace("{ quiz =", "{ survey =")
    (folder / "course.toml").write_text(text)
    with pytest.raises(SourceFaults) as refused:
        put_up(folder, repository)
    assert "right or wrong" in " ".join(map(str, refused.value.faults))
