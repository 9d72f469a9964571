# SPDX-License-Identifier: Apache-2.0
"""What was typed, and where it stands in a text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.search.folding import fold, tokens, without_article
from player.search.query import MOST, merged, understand


@pytest.fixture(scope="module")
def words() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE texts USING fts5(words, tokenize = 'ascii')")
        yield db


@pytest.mark.parametrize(
    ("typed", "expression"),
    [
        ("équipe", '"equipe"*'),
        ("Équipe  confi", '"equipe"* AND "confi"*'),
        ("l’équipe", '"l equipe"*'),
        ('"dix minutes"', '"dix minutes"'),
        ("« dix minutes » point", '"dix minutes" AND "point"*'),
        ("“dix minutes” point", '"dix minutes" AND "point"*'),
        ('"dix min', '"dix min"'),  # still being typed
        (
            "AND OR NOT NEAR(a) x:y -z",
            '"and"* AND "or"* AND "not"* AND "near a"* AND "x y"* AND "z"*',
        ),
        ("* ^ ( ) \" ' ; -- % _", ""),
        ("中文", '"中文"'),
        ("学中文", '"学中 中文"'),
        ("文", '"文"*'),
        ("deux deux", '"deux"*'),
        ("", ""),
    ],
)
def test_what_is_asked_of_the_index(typed: str, expression: str) -> None:
    assert understand(typed).expression == expression


def test_nobody_asks_for_more_words_than_a_few() -> None:
    query = understand(" ".join(f"mot{number}" for number in range(500)))
    assert sum(len(piece.words) for piece in query.pieces) == MOST


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_typed_the_index_understands(
    words: sqlite3.Connection, typed: str, text: str
) -> None:
    """And it finds exactly what our own reading of the text finds."""
    query = understand(typed)
    if not query:
        return
    text = f"{text} {typed}"
    kept = tokens(text)
    words.execute("DELETE FROM texts")
    words.execute("INSERT INTO texts VALUES (?)", [kept])
    asked = "SELECT count(*) FROM texts WHERE texts MATCH ?"
    [found] = words.execute(asked, [query.expression]).fetchone()
    assert bool(found) == query.stands_in(f" {kept} ")
    said = {mark.piece for mark in query.marks(text)}
    assert bool(found) == (said == set(range(len(query.pieces))))


def test_marks_are_where_it_stands_in_the_text_itself() -> None:
    text = "L’ÉQUIPE décide ; l\u2019e\u0301quipe s’équipe. Cœur."
    marks = understand("equipe").marks(text)
    assert [text[one.start : one.end] for one in marks] == ["ÉQUIPE", "e\u0301quipe", "équipe"]
    assert all(one.exact for one in marks)
    [begun] = understand("coe").marks(text)
    assert (text[begun.start : begun.end], begun.exact) == ("Cœur", False)


def test_marks_of_a_phrase_reach_over_what_stands_between() -> None:
    [mark] = understand('"dix minutes"').marks("Le point de dix, minutes !")
    assert (mark.start, mark.end) == (12, 24)


def test_marks_of_a_text_without_blanks_are_merged() -> None:
    text = "我们学习中文"
    found = merged((one.start, one.end) for one in understand("学习中").marks(text))
    assert [text[start:end] for start, end in found] == ["学习中"]


@pytest.mark.parametrize("word", ["الكتاب", "والمدرسة", "إلى", "الله", "والدة", "للطلاب", "بالغ"])
def test_an_arabic_word_is_found_after_each_of_its_letters(word: str) -> None:
    text = f" {tokens(f'قال {word} هنا')} "
    article = len(word) - len(without_article(fold(word)))  # alone it is no word yet
    for end in range(article + 1, len(word) + 1):
        assert understand(word[:end]).stands_in(text), word[:end]
    assert understand(f'"{word}"').stands_in(text)


def test_an_arabic_noun_is_found_with_its_article_and_marked_whole() -> None:
    text = "قرأ الطالبُ في الكِتابِ."
    [mark] = understand("كتاب").marks(text)
    assert text[mark.start : mark.end] == "الكِتابِ"
    assert mark.exact


def test_points_in_arabic_letters_are_marked_with_them() -> None:
    text = "كَتَبَ الطالبُ"
    [mark] = understand("كتب").marks(text)
    assert text[mark.start : mark.end] == "كَتَبَ"


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("weekend", "Un week‑end de pluie", "week‑end"),
        ("week-end", "Un weekend de pluie", "weekend"),
        ("aujourdhui", "Et aujourd’hui ?", "aujourd’hui"),
        ("Aujourd'hui", "Et aujourdhui ?", "aujourdhui"),
        ("e-mail", "Des emails", "emails"),
        ("email", "Des e-mails", "e-mails"),
        ("week", "Un week-end", "week"),
        ("lecole", "L’école", ""),
        ("école", "L’école", "école"),
        ("l'ecole", "L’école", "L’école"),
        ("chef d'œuvre", "Ce chef-d’oeuvre", "chef"),
        ('"pluie weekend"', "Un week-end de pluie", ""),
        ('"de pluie"', "Un week-end de pluie", "de pluie"),
        ("管理的基础", "今天学习管理\n的基础。", "管理\n的基础"),
    ],
)
def test_compounds_and_ends_of_lines_part_nothing(typed: str, text: str, marked: str) -> None:
    query = understand(typed)
    assert query.stands_in(f" {tokens(text)} ") is bool(marked)
    assert "".join(text[one.start : one.end] for one in query.marks(text)[:1]) == marked
