# SPDX-License-Identifier: Apache-2.0
"""GIFT becomes questions of the format, scored as Moodle scores them."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.course.interactions import (
    ChoiceInteraction,
    FreeTextInteraction,
    Interaction,
    Item,
    MatchInteraction,
    NumberAnswer,
    NumberInteraction,
    Pair,
    TextInteraction,
)
from player.course.quiz import Question, decode_quiz
from player.publish.faults import Findings
from player.publish.folder import Folder
from player.publish.pages import Texts
from player.publish.quizzes import encode_questions, read_questions


def read(text: str, language: str = "fr") -> tuple[tuple[Question, ...], Findings]:
    findings = Findings()
    questions = read_questions(Texts(Folder(Path(), findings), "q.gift", text), language)
    assert decode_quiz(encode_questions(questions)) == questions
    return questions, findings


def asked(text: str, language: str = "fr") -> Interaction:
    [question], findings = read(text, language)
    assert not findings.faults
    [interaction] = question.interactions
    return interaction


def choice(text: str) -> ChoiceInteraction:
    interaction = asked(text)
    assert isinstance(interaction, ChoiceInteraction)
    return interaction


def test_one_right_answer_is_a_single_choice() -> None:
    interaction = choice("Q ? {~a #non =b #oui ~%50%c}")
    assert not interaction.multiple
    assert [(one.id, one.text, one.fraction, one.feedback) for one in interaction.choices] == [
        ("a", "a", 0.0, "non"),
        ("b", "b", 1.0, "oui"),
        ("c", "c", 0.5, ""),
    ]


def test_weights_without_a_right_answer_are_several_choices() -> None:
    interaction = choice("Q ? {~%50%a ~%50%b ~%-50%c ~d}")
    assert interaction.multiple
    assert interaction.scoring == "map"
    assert [one.fraction for one in interaction.choices] == [0.5, 0.5, -0.5, 0.0]


def test_wrong_choices_that_take_everything_away_make_it_all_or_nothing() -> None:
    assert choice("Q ? {~%50%a ~%50%b ~%-100%c}").scoring == "exact"


def test_three_thirds_are_the_whole() -> None:
    interaction = choice("Q ? {~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-50%d}")
    assert sum(one.fraction for one in interaction.choices if one.fraction > 0) == 1.0


def test_true_and_false_are_words_of_the_course_in_their_order() -> None:
    interaction = choice("Q ? {F #Mais non #Eh oui}")
    assert not interaction.shuffle
    assert [(one.id, one.text, one.fraction, one.feedback) for one in interaction.choices] == [
        ("true", "Vrai", 0.0, "Mais non"),
        ("false", "Faux", 1.0, "Eh oui"),
    ]
    english = asked("Q? {T}", "en-GB")
    assert isinstance(english, ChoiceInteraction)
    assert [one.text for one in english.choices] == ["True", "False"]


def test_a_short_answer_has_its_texts_in_order() -> None:
    interaction = asked("[html]Q ? {=<b>Dakar</b> #Bien =%50%Thi&egrave;s =%0%* #Non}")
    assert isinstance(interaction, TextInteraction)
    assert [(one.text, one.fraction, one.feedback) for one in interaction.answers] == [
        ("Dakar", 1.0, "Bien"),
        ("Thiès", 0.5, ""),
        ("*", 0.0, "Non"),
    ]


def test_a_number_has_ranges_and_a_word_for_everything_else() -> None:
    interaction = asked("Q ? {#=1822:0 #Juste =%50%1822:2 ~#Non}")
    assert isinstance(interaction, NumberInteraction)
    assert interaction.answers == (
        NumberAnswer(1822, 1822, 1.0, "Juste"),
        NumberAnswer(1820, 1824, 0.5),
    )
    assert interaction.feedback == "Non"


def test_a_missing_word_is_a_gap_in_the_text() -> None:
    [question], _ = read("La capitale est {=Dakar} depuis 1960.")
    assert question.body == "<p>La capitale est _____ depuis 1960.</p>"


@pytest.mark.parametrize(
    ("stem", "body"),
    [
        ("a\\nb", "<p>a<br>b</p>"),
        ("[plain]1 <b>2</b>", "<p>1 &lt;b&gt;2&lt;/b&gt;</p>"),
        ("[markdown]**a**", "<p><strong>a</strong></p>"),
        ('[html]<p onclick\\="x()">a</p><script>x()</script>', "<p>a</p>"),
        ("<ul><li>a</ul>", "<ul><li>a</li></ul>"),
    ],
)
def test_a_text_is_html_after_its_own_format(stem: str, body: str) -> None:
    [question], findings = read(f"{stem} {{T}}")
    assert question.body == body
    assert not findings.faults


def test_a_description_asks_nothing() -> None:
    [question], _ = read("::Avant::Lisez ceci.")
    assert (question.id, question.interactions) == ("avant", ())


def test_ids_are_made_from_titles_else_from_the_place() -> None:
    questions, _ = read("$CATEGORY: x\n\n::Été !::a {T}\n\nb {T}\n\nc {}\n\n::été::d {T}\n\ne {T}")
    assert [question.id for question in questions] == ["ete", "q2", "q3", "ete-2", "q5"]


def test_an_essay_is_a_long_text_that_somebody_marks() -> None:
    assert asked("Racontez. {}") == FreeTextInteraction("r")


def test_matching_has_a_target_for_each_answer_and_those_that_fit_none() -> None:
    """Moodle: `=-> Lomé` is an answer that belongs to no question."""
    assert asked("Q ? {=Sénégal -> Dakar =<b>Mali</b> -> Bamako =Thiès -> Dakar =-> Lomé}") == (
        MatchInteraction(
            "r",
            (Item("s1", "Sénégal"), Item("s2", "<b>Mali</b>"), Item("s3", "Thiès")),
            (Item("t1", "Dakar"), Item("t2", "Bamako"), Item("t3", "Lomé")),
            (Pair("s1", "t1"), Pair("s2", "t2"), Pair("s3", "t1")),
        )
    )


@pytest.mark.parametrize("text", ["Q ? {~a ~b}", "Q ? {~%-50%a ~%0%b}", "{T}"])
def test_a_question_without_text_or_right_answer_is_a_fault(text: str) -> None:
    _, findings = read(text)
    assert [found.line for found in findings.faults] == [1]


def test_weights_that_do_not_add_up_are_warned_of() -> None:
    _, findings = read("Q ? {~%50%a ~%20%b ~c}")
    [warning] = findings.warnings
    assert "70 %" in warning.what


def test_the_examples_of_the_authors_page_are_read_without_a_word() -> None:
    page = Path(__file__).parents[2] / "docs" / "authoring.md"
    gift = page.read_text(encoding="utf-8").split("```\n// A comment")[1].split("```")[0]
    questions, findings = read(f"// A comment{gift}")
    assert len(questions) >= 4
    assert not findings.faults
    assert not findings.warnings
