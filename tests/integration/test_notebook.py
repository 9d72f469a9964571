# SPDX-License-Identifier: Apache-2.0
"""All notes of a learner, by course; as Markdown that says what was typed and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from clock import Clock
from command_line import cartable
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from revised import COURSE, Pupil

from player.app.notebook import Entry, Words, markdown, moment
from player.course.manifest import Links, Page, Video
from player.errors import NotWritable
from player.journal.journal import Where
from player.journal.notes import Bookmark, Note
from player.lesson import noting
from player.lesson.spot import Spot
from player.store import courses


@pytest.fixture
def pupil(tmp_path: Path, clock: Clock) -> Iterator[Pupil]:
    made = Pupil(tmp_path, clock)
    made.take()
    yield made
    made.services.close_thread()


def first(pupil: Pupil, kind: type) -> str:
    every = pupil.services.course(COURSE).activities()
    return next(one.id for one in every if type(one) is kind)


def write(pupil: Pupil, kind: type, text: str, spot: Spot) -> None:
    services = pupil.services
    pupil.clock.forward(seconds=1)
    activity = services.course(COURSE).find(first(pupil, kind))
    assert activity is not None
    where = services.where(COURSE, activity.id)
    if text:
        noting.write(
            services.db, noting.begin(services.db, where, activity, spot), text, pupil.clock
        )
    else:
        noting.toggle(services.db, where, activity, spot, pupil.clock)


def test_notes_stand_in_the_order_of_the_course_with_their_titles(pupil: Pupil) -> None:
    write(pupil, Links, "À ouvrir", Spot())
    write(pupil, Video, "Plus tard", Spot(time=75.0))
    write(pupil, Video, "", Spot(time=3.0))
    write(pupil, Page, "En premier", Spot())
    found = pupil.services.notebook.entries()
    assert [(one.text, moment(one.spot)) for one in found] == [
        ("En premier", ""),
        ("", "0:03"),
        ("Plus tard", "1:15"),
        ("À ouvrir", ""),
    ]
    assert {(one.course_title, one.section, one.is_here) for one in found} == {
        ("Petit cours", "Organiser", True)
    }
    assert pupil.services.notebook.entries("another") == []


def test_what_a_crash_left_is_among_them(pupil: Pupil) -> None:
    services = pupil.services
    page = services.course(COURSE).find(first(pupil, Page))
    assert page is not None
    writing = noting.begin(services.db, services.where(COURSE, page.id), page, Spot())
    noting.keep(services.db, writing, "interrupted", pupil.clock)
    assert [one.text for one in services.notebook.entries()] == ["interrupted"]


def test_what_is_written_can_be_read_on_a_disk_that_takes_nothing(
    pupil: Pupil, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(pupil, Page, "written", Spot())
    services = pupil.services
    activity = services.course(COURSE).find(first(pupil, Page))
    assert activity is not None
    where = services.where(COURSE, activity.id)
    noting.keep(services.db, noting.begin(services.db, where, activity, Spot()), "left typed")

    def refuse(*_: object) -> None:
        raise NotWritable(place="home")

    with monkeypatch.context() as disk:
        disk.setattr(noting, "record", refuse)
        assert [one.text for one in services.notebook.entries()] == ["written"]
    assert {one.text for one in services.notebook.entries()} == {"written", "left typed"}


def test_notes_outlive_their_course(pupil: Pupil) -> None:
    write(pupil, Page, "Toujours là", Spot())
    with pupil.services.db.atomic():
        pupil.services.db.execute("DELETE FROM courses")
    (left,) = pupil.services.notebook.entries()
    assert (left.course_title, left.title) == ("Petit cours", "Qui fait quoi ?")
    assert (left.section, left.is_here) == ("", False)


def test_a_note_is_thrown_away_and_had_back(pupil: Pupil) -> None:
    book = pupil.services.notebook
    write(pupil, Page, "Une", Spot())
    write(pupil, Video, "", Spot(time=3.0))
    note, mark = (one.what for one in book.entries())
    assert isinstance(note, Note)
    assert isinstance(mark, Bookmark)
    gone = book.write(note, "")
    book.take_away(mark)
    assert book.entries() == []
    book.write(gone, note.text)
    book.put_back(mark)
    assert [one.text for one in book.entries()] == ["Une", ""]


def test_a_link_that_waited_is_told_once_it_is_opened(pupil: Pupil) -> None:
    services = pupil.services
    where = services.where(COURSE, first(pupil, Links))
    names = noting.Named(name="Liens", language="fr")
    noting.keep_link(services.db, where, names, "https://example.org/a", "Guide", pupil.clock)
    (link,) = services.notebook.links()
    services.notebook.follow(link)
    assert services.notebook.links() == []
    query = "SELECT kind FROM events ORDER BY seq DESC LIMIT 2"
    kinds = [row[0] for row in services.db.execute(query)]
    assert kinds == ["link_kept", "followed"]


# Markdown


def entry(text: str, title: str = "Les rôles", time: float | None = None) -> Entry:
    what = Note("n", "c", "a", text, time, None, "", "", title, "fr", 1, 1)
    return Entry(what, "Cours", "Semaine 1", title, 0, is_here=True)


def test_the_document_names_course_section_activity_and_time() -> None:
    elsewhere = replace(entry("Ici"), what=replace(entry("Ici").what, activity="b"))
    told = markdown(
        [
            entry("Deux\nlignes\n\net un paragraphe", time=3725.0),
            replace(elsewhere, title="Autre", place=1, section="Semaine 2"),
        ],
        Words(title="Mes notes"),
    )
    assert told == (
        "# Mes notes\n\n## Cours\n\n### Semaine 1\n\n#### Les rôles\n\n"
        "- **1:02:05** Deux\\\n  lignes\n\n  et un paragraphe\n\n"
        "### Semaine 2\n\n#### Autre\n\n- Ici\n"
    )


def test_without_notes_it_says_so() -> None:
    assert markdown([]) == "# Notes\n\nNothing is noted yet.\n"


def shown(token: Token) -> str:
    return "".join(
        "\n" if one.type in ("softbreak", "hardbreak") else one.content
        for one in token.children or ()
    )


PLAIN = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zs", "Zl", "Zp", "Co", "Cn"))
    | st.sampled_from(" \n*_`[]()<>#+-.!|~&;:/\\=@1"),
    max_size=40,
)


@given(PLAIN, PLAIN)
@example("# Title\n===\n---", "![x](http://evil.example/a.png)")
@example("<script>alert(1)</script>", "[link](javascript:alert(1))")
@example("1. one\n2) two\n- three\n+ four\n> five", "</h4><img src=x>")
@example("```\ncode\n```\n~~~", "&lt;b&gt; &amp;")
@example("www.example.org me@example.org https://example.org", "a\\*b")
def test_whatever_was_typed_is_text(text: str, title: str) -> None:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(markdown([entry(text or "x", title or "y")]))
    kinds = {token.type for token in tokens}
    assert kinds <= {
        *("heading_open", "inline", "heading_close", "bullet_list_open", "list_item_open"),
        *("paragraph_open", "paragraph_close", "list_item_close", "bullet_list_close"),
    }
    inline = {one.type for token in tokens for one in token.children or ()}
    assert inline <= {"text", "hardbreak", "text_special", "softbreak"}
    said = "\n".join(shown(token) for token in tokens if token.type == "inline")
    for typed in (text, title):
        for line in typed.splitlines():
            assert squeezed(line) in squeezed(said)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


# The command


def test_the_command_shows_and_saves_them(pupil: Pupil, tmp_path: Path) -> None:
    write(pupil, Video, "À revoir", Spot(time=75.0))
    home, file = pupil.services.home, tmp_path / "notes.md"
    ran = cartable(home, "notes")
    film = pupil.services.course(COURSE).find(first(pupil, Video))
    assert film is not None
    assert ran.out == f"Petit cours  {film.title}  1:15  À revoir\n"
    facts = cartable(home, "notes", "--json").facts
    assert [(one["text"], one["time"]) for one in facts["notes"]] == [("À revoir", 75.0)]
    ran = cartable(home, "notes", "--course", COURSE, "--markdown", file)
    assert "1 notes and bookmarks" in ran.out
    assert "- **1:15** À revoir" in file.read_text(encoding="utf-8")
    assert "- **1:15** À revoir" in cartable(home, "notes", "--markdown", "-").out
    ran = cartable(home, "notes", "--course", "another")
    assert ran.out == "Nothing is noted yet.\n"
    ran = cartable(home, "notes", "--markdown", tmp_path / "nowhere" / "x.md")
    assert ran.code == 1
    assert str(NotWritable(place=str(tmp_path / "nowhere"))) in ran.err


def test_nobody_has_no_notes(tmp_path: Path) -> None:
    assert json.loads(cartable(tmp_path / "new", "notes", "--json").out) == {
        "notes": [],
        "links": [],
    }


def test_another_learners_notes_are_not_shown(pupil: Pupil) -> None:
    page = pupil.services.course(COURSE).find(first(pupil, Page))
    assert page is not None
    services = pupil.services
    where = Where("somebody else", COURSE, 1, page.id)
    with services.db.atomic():
        services.db.execute(
            "INSERT INTO learners (id, name, created_at) VALUES ('somebody else', 'B', '2027')"
        )
    noting.write(services.db, noting.begin(services.db, where, page, Spot()), "secret", pupil.clock)
    assert services.notebook.entries() == []
    assert courses.course(services.db, COURSE) is not None
