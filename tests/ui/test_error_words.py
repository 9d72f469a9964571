# SPDX-License-Identifier: Apache-2.0
"""What fills a blank of an error's sentence is said in the window's language too.

The reasons are read off the source: each that is a text there has to be one that is translated.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import player
from player import errors
from player.course.platform import decode_platform
from player.errors import (
    FAILS_AT_IT,
    SHAPES,
    DiskFull,
    FileTooLarge,
    Malformed,
    NotAFile,
    NotHere,
    NotWritable,
    PlayerError,
    Rejected,
    SignInFailed,
    system_reason,
)
from player.sync.openid import NotGranted
from player.ui.language import in_language, install, said_in, say, say_again
from player.ui.main import application

ROOT = Path(player.__file__).parent
WORDS = {"document", "kind", "needed", "reason", "types", "what"}
"""Blanks that are words. All others are names, numbers, addresses and dates."""

# What is met on the command line alone, by whoever runs a platform or writes a course: all that it
# says besides is in English
NOT_IN_THE_WINDOW = (
    *("cli", "publish/olx", "publish/rotation.py", "publish/shelf.py", "publish/single.py"),
    *("publish/permission.py", "publish/repository.py", "publish/source.py", "publish/writing.py"),
    *("publish/notice.py", "app/identity.py", "app/issuing.py", "app/keyed.py", "app/post.py"),
    *("sync/marktable.py", "sync/works.py"),
)


def kinds(above: type[PlayerError] = PlayerError) -> Iterator[type[PlayerError]]:
    yield above
    for below in above.__subclasses__():
        yield from kinds(below)


NAMES = {kind.__name__ for kind in kinds() if kind.__module__ == errors.__name__}


def texts(value: ast.expr, names: dict[str, ast.expr]) -> Iterator[str]:
    """The texts that an expression may be, as far as the source says it."""
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Call(func=ast.Name(id="QT_TRANSLATE_NOOP"), args=[_, text]):
            yield from texts(text, names)
        case ast.BoolOp(values=values):
            for one in values:
                yield from texts(one, names)
        case ast.IfExp(body=body, orelse=orelse):
            yield from texts(body, names)
            yield from texts(orelse, names)
        case ast.Name(id=name) if name in names:
            yield from texts(names[name], {})
        case ast.JoinedStr(values=parts):
            yield "".join(one.value if isinstance(one, ast.Constant) else "…" for one in parts)


def blanks() -> Iterator[tuple[str, str]]:
    """(where, text) for each text that fills a blank of an error that the window may show."""
    for path in sorted(ROOT.rglob("*.py")):
        where = path.relative_to(ROOT).as_posix()
        if where.startswith(NOT_IN_THE_WINDOW):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        given = (one for one in ast.walk(tree) if isinstance(one, ast.Assign))
        names = {
            target.id: one.value
            for one in given
            for target in one.targets
            if isinstance(target, ast.Name)
        }
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in NAMES:
                for one in call.keywords:
                    if one.arg in WORDS:
                        yield from ((f"{where}:{call.lineno}", t) for t in texts(one.value, names))


def is_said(text: str) -> bool:
    """Whether it has its French, is known by its shape, or has no word of ours in it."""
    if (
        " - at `" in text
        or text.endswith(" MB")
        or not any(map(str.isalpha, text.replace("HTTP", "")))
    ):
        return True
    return in_language("fr", "errors", text) != text


def test_each_reason_that_a_sentence_may_name_is_translated() -> None:
    found = list(blanks())
    assert len(found) > 40, "the source is written otherwise than this test reads it"
    assert {one for one in found if not is_said(one[1])} == set()


@pytest.fixture
def french() -> Iterator[None]:
    install(application(), "fr")
    yield
    install(application(), "en")


@pytest.mark.usefixtures("french")
def test_what_breaks_a_document_is_said_by_its_place() -> None:
    with pytest.raises(Malformed) as caught:
        decode_platform(b'{"format": "cartable/1", "kind": "platform"}')
    said = "Le fichier de la plateforme ne peut pas être lu\u00a0: l’endroit `$` n’a pas la forme"
    assert say(caught.value).startswith(said)
    assert say_again(str(caught.value)) == say(caught.value)
    assert "Object missing required field" in str(caught.value)  # for whoever wrote it


@pytest.mark.usefixtures("french")
def test_sizes_are_said_as_they_are_read() -> None:
    for needed, said in (
        ("4.3 MB", "4,3\u00a0Mo"),
        ("12 bytes", "12\u00a0o"),
        ("some MB", "quelques Mo"),
    ):
        assert f"\u00a0: il faut {said} dans" in say(
            DiskFull(place="D:", needed=needed, free="0 MB")
        )


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize("number", [*range(1, 134), None])
def test_every_reason_of_the_system_is_said_in_words_of_ours(number: int | None) -> None:
    reason = system_reason(OSError(number, "in the system's own words"))
    assert in_language("fr", "errors", reason) != reason


@pytest.mark.usefixtures("french")
def test_what_a_server_says_is_quoted_unless_it_has_a_word_of_the_standard() -> None:
    denied = NotGranted("access_denied", "The user said no.").words
    assert "refus de la plateforme" in say(SignInFailed(place="x", reason=denied))
    assert NotGranted("odd", "Because.").words == "Because."
    assert NotGranted("odd").words == "odd"
    assert "Pas comme ça" in say(Rejected(reason="Pas comme ça"))


@pytest.mark.usefixtures("french")
def test_a_refusal_that_was_written_down_is_said_with_its_reason() -> None:
    kept = str(Rejected(reason=FAILS_AT_IT.format(status=500)))
    assert "à chaque essai (HTTP 500)" in say_again(kept)
    assert "(HTTP 500)" in kept


def test_the_command_line_fills_its_sentences_with_the_same_words() -> None:
    said = said_in(DiskFull(place="D:", needed="some MB", free="12 bytes"), "fr")
    assert "il faut quelques Mo dans D:, il reste 12\u00a0o" in said
    assert "some MB" in said_in(DiskFull(place="D:", needed="some MB", free="12 bytes"), "de")


def test_each_shape_of_a_reason_has_its_french() -> None:
    assert all(in_language("fr", "errors", one) != one for one in SHAPES)


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize("title", ["it is a folder", "3 MB", "2026-12-01", "a - at `b`", "some MB"])
def test_what_somebody_else_named_is_left_as_it_is(title: str) -> None:
    for error in (NotHere(what=title), NotAFile(name=title), NotWritable(place=title)):
        assert title in say(error)
        assert say_again(str(error)) == say(error)
    refused = say(FileTooLarge(name=title, size="3 MB", most="2.5 MB"))
    assert f"« {title} » fait 3,0 Mo" in refused.replace("\u00a0", " ").replace("\u202f", " ")
