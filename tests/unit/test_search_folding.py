# SPDX-License-Identifier: Apache-2.0
"""Words as they are compared: whatever the case and the accents, in every script."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from player.search.folding import APART, LONGEST, Folded, fold, fold_words, spans, tokens
from player.search.query import understand

SAME = {
    "french": ("Œuvre, cœur, Noël, ÇA", "oeuvre coeur noel ca"),
    "danish": ("Ærø smørrebrød", "aero smorrebrod"),
    "german": ("Straße STRASSE straẞe", "strasse strasse strasse"),
    "turkish": ("İstanbul ISPARTA ılık", "istanbul isparta ilik"),
    "vietnamese": ("Đặng Thùy Trâm, tiếng Việt", "dang thuy tram tieng viet"),
    "polish": ("Łódź, żółć", "lodz zolc"),
    "greek": ("ΣΟΦΟΣ σοφός σοφοσ", "σοφοσ σοφοσ σοφοσ"),
    "russian": ("Ёлка ЕЛКА", "елка елка"),
    "arabic": ("عَرَبِيَّةٌ إلى آخر أحمد مستشفى", "عربيه الي اخر احمد مستشفي"),
    "article": ("الكتاب والكتاب بالكتاب للكتاب كتاب الله", "كتاب كتاب كتاب كتاب كتاب الله"),
    "tatweel": ("كتـــاب", "كتاب"),
    "persian": ("می‌خواهم کتابی ۱۲", "ميخواهم كتابي 12"),
    "hebrew": ("שָׁלוֹם צה״ל", "שלום צה ל"),
    "digits": ("٣٥ ½ x²", "35 1 2 x2"),
    "width": ("ＡＢＣ ﬁn", "abc fin"),
    "apostrophes": ("l’équipe qu'ils", "l equipe qu ils"),
    "compounds": (
        "Week‑end, aujourd'hui",
        f"week end aujourd hui {APART} weekend {APART} aujourdhui",
    ),
    "elided": ("l’arc-en-ciel", f"l arc en ciel {APART} arcenciel"),
    "lines": ("管\n 理 的\nend", "管理 理 的 end"),
    "soft hyphen": ("col\u00adlecte", "collecte"),
}


@pytest.mark.parametrize(("text", "folded"), SAME.values(), ids=SAME)
def test_what_is_compared(text: str, folded: str) -> None:
    assert tokens(text) == folded


@pytest.mark.parametrize(
    ("text", "inside", "beside"),
    [
        ("我们学习中文", ["学习", "中文", "们学习中", "文", "我"], ["中学", "文我"]),
        ("図書館で日本語を勉強します", ["日本語", "勉強", "で日", "します"], ["語日", "書本"]),
        ("ภาษาไทยไม่มีช่องว่าง", ["ไทย", "ภาษา", "ช่อง"], ["ไทภ"]),
        ("ខ្ញុំរៀនភាសាខ្មែរ", ["ភាសា", "ខ្មែរ"], ["រភា"]),
        ("第3课abc开始", ["3课", "abc开始", "开"], ["课开"]),
    ],
)
def test_where_no_blanks_part_the_words_what_stands_together_is_found(
    text: str, inside: list[str], beside: list[str]
) -> None:
    enclosed = f" {tokens(text)} "
    for words in inside:
        assert understand(words).stands_in(enclosed), words
    for words in beside:
        assert not understand(words).stands_in(enclosed), words


def test_vowel_signs_are_letters_where_they_are_no_accents() -> None:
    assert tokens("हिन्दी") == "हिन्दी"
    assert tokens("கல்வி") != tokens("கலவ")


def test_what_is_longer_than_any_word_is_cut_alike() -> None:
    assert tokens("x" * 500) == "x" * LONGEST
    assert understand("x" * 500).stands_in(f" {tokens('x' * 600)} ")


LETTERS = st.characters(categories=["Lu", "Ll", "Lt", "Lo", "Nd"])
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=8), min_size=1, max_size=8)
LATIN = st.text(st.sampled_from("abcdefghijklmnoprstuvzàâçéèêëîïôùûüÿœæßøñåščžłđı"), min_size=1)


@given(WORDS, st.data())
def test_every_word_of_a_text_is_found_in_it(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    word = data.draw(st.sampled_from(words))
    query = understand(word)
    assume(query)
    assert query.stands_in(f" {tokens(text)} ")
    assert query.marks(text)


@given(LATIN, st.text(max_size=20), st.text(max_size=20))
def test_case_and_accents_do_not_matter(word: str, before: str, after: str) -> None:
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFD", word)
        if unicodedata.category(letter) != "Mn"
    )
    enclosed = f" {tokens(f'{before} {word} {after}')} "
    decomposed = unicodedata.normalize("NFD", word)
    for typed in (word, word.upper(), word.title(), bare, bare.upper(), decomposed):
        assert understand(typed).stands_in(enclosed), typed


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing_and_composing_neither(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    composed = unicodedata.normalize("NFC", text)
    assert tokens(unicodedata.normalize("NFD", composed)) == tokens(composed)


@given(st.text(max_size=200))
def test_the_places_of_tokens_are_theirs(text: str) -> None:
    made = spans(text)
    assert " ".join(one.word for one in made) == tokens(text)
    for one in made:
        assert one.word == APART or 0 <= one.start < one.end <= len(text)
        if not one.is_unparted and one.word != APART:  # alone it is the same word
            assert one.word in tokens(text[one.start : one.end]).split()


@pytest.mark.parametrize(
    ("text", "words", "places"),
    [
        ("Élève élevé", "eleve", [(0, 5), (6, 5)]),
        ("Straße", "STRASSE", [(0, 6)]),
        ("oﬃce", "ffi", [(1, 1)]),
        ("un  deux", "un deux", []),
        ("a=b, c = d", "a=b", [(0, 3)]),
        ("Œuvre", "OEUVRE", [(0, 5)]),
        ("Vu? Non.", "?", [(2, 1)]),
        ("co\u00adopérer", "cooperer", [(0, 9)]),
        ("aaa", "aa", [(0, 2)]),
        ("مَرحبا", "مرحبا", [(0, 6)]),
        ("tout", "  ", []),
        ("", "a", []),
    ],
)
def test_words_are_found_where_they_stand(
    text: str, words: str, places: list[tuple[int, int]]
) -> None:
    assert Folded(text).found(fold_words(words)) == places
