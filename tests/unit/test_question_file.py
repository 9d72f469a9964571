# SPDX-License-Identifier: Apache-2.0
"""Questions in TOML become those of the format, and mistakes are found before a learner does."""

from __future__ import annotations

from pathlib import Path

import pytest

from player.course.interactions import (
    Choice,
    ChoiceInteraction,
    ClozeInteraction,
    Criterion,
    FormulaAnswer,
    FormulaInteraction,
    FreeTextInteraction,
    Item,
    Level,
    MatchInteraction,
    NumberAnswer,
    NumberInteraction,
    OrderInteraction,
    Pair,
    SurveyInteraction,
    TextAnswer,
    TextInteraction,
)
from player.course.quiz import Drawn, Outcome, Pool, Question, decode_quiz
from player.publish.faults import Findings
from player.publish.folder import Folder
from player.publish.pages import Texts
from player.publish.quizzes import encode_questions, read_questions


def read(text: str) -> tuple[tuple[Question, ...], Findings]:
    findings = Findings()
    questions = read_questions(Texts(Folder(Path(), findings), "q.toml", text), "fr")
    assert decode_quiz(encode_questions(questions)) == questions
    return questions, findings


def asked(text: str) -> Question:
    [question], findings = read(f"[[question]]\n{text}")
    assert not findings.faults
    return question


def test_a_question_has_markdown_and_what_goes_with_it() -> None:
    question = asked(
        """
        title = "Été"
        body = "Combien *font* {a} et {a} ?"
        feedback = "Relisez."
        hints = ["Deux **fois**."]
        outcome = {right = "Bien."}
        penalty = 0.25
        pool = {id = "p", take = 2}
        variables = [{name = "a", low = 1, high = 5}]
        [[question.interaction]]
        type = "formula"
        answers = [{value = "2*a"}]
        """
    )
    assert question == Question(
        id="ete",
        title="Été",
        body="<p>Combien <em>font</em> {a} et {a} ?</p>",
        interactions=(FormulaInteraction("r", (FormulaAnswer("2*a"),)),),
        feedback="Relisez.",
        outcome=Outcome("Bien."),
        hints=("Deux <strong>fois</strong>.",),
        penalty=0.25,
        variables=(Drawn("a", 1, 5),),
        pool=Pool("p", 2),
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (
            """type = "choice"
            choices = [{text = "*Oui*", fraction = 1, feedback = "Bien."}, "Non"]""",
            ChoiceInteraction("r", (Choice("a", "<em>Oui</em>", 1.0, "Bien."), Choice("b", "Non"))),
        ),
        (
            """type = "text"
            answers = ["*yon", {text = "Lyon", case = true}]""",
            TextInteraction("r", (TextAnswer("*yon"), TextAnswer("Lyon", case=True))),
        ),
        (
            """type = "match"
            sources = {sn = "Sénégal", ml = "Mali"}
            targets = {dakar = "Dakar", bamako = "Bamako"}
            pairs = ["sn dakar", {source = "ml", target = "bamako", points = 2}]""",
            MatchInteraction(
                "r",
                (Item("sn", "Sénégal"), Item("ml", "Mali")),
                (Item("dakar", "Dakar"), Item("bamako", "Bamako")),
                (Pair("sn", "dakar"), Pair("ml", "bamako", 2.0)),
            ),
        ),
        (
            """type = "order"
            items = ["Récolter", "Semer"]
            order = ["b", "a"]""",
            OrderInteraction("r", (Item("a", "Récolter"), Item("b", "Semer")), ("b", "a")),
        ),
        (
            """type = "cloze"
            text = "Le {{x}} est {{y}}."
            [[question.interaction.gaps]]
            id = "x"
            type = "text"
            answers = ["ciel"]
            [[question.interaction.gaps]]
            id = "y"
            type = "choice"
            choices = [{text = "bleu", fraction = 1}, "vert"]""",
            ClozeInteraction(
                "r",
                "<p>Le {{x}} est {{y}}.</p>",
                (
                    TextInteraction("x", (TextAnswer("ciel"),)),
                    ChoiceInteraction("y", (Choice("a", "bleu", 1.0), Choice("b", "vert"))),
                ),
            ),
        ),
        (
            """type = "freetext"
            scoring = "self"
            rubric = [{text = "Clair ?", levels = ["Non", {text = "Oui", points = 2}]}]""",
            FreeTextInteraction(
                "r",
                (Criterion("a", "Clair ?", (Level("a", "Non"), Level("b", "Oui", 2.0))),),
                scoring="self",
            ),
        ),
        (
            """type = "survey"
            items = {rythme = "Le rythme"}
            scale = ["Non", "Oui"]""",
            SurveyInteraction(
                "r", (Item("rythme", "Le rythme"),), (Item("a", "Non"), Item("b", "Oui"))
            ),
        ),
        (
            """type = "number"
            answers = [5, {value = 200, percent = 10, fraction = 0.5}, {low = 1, high = 2}]""",
            NumberInteraction(
                "r", (NumberAnswer(5, 5), NumberAnswer(180, 220, 0.5), NumberAnswer(1, 2))
            ),
        ),
    ],
)
def test_each_kind_is_written_once(written: str, meant: object) -> None:
    [interaction] = asked(f'body = "?"\n[[question.interaction]]\n{written}').interactions
    assert interaction == meant


def test_numbers_rounded_and_open() -> None:
    answers = (
        "[{value = 3.14, places = 1}, {value = 3.14, figures = 2}, "
        "{low = 0, high = 1, above = true}]"
    )
    question = asked(f'[[question.interaction]]\ntype = "number"\nanswers = {answers}')
    [number] = question.interactions
    assert isinstance(number, NumberInteraction)
    first, second, third = number.answers
    assert first == second
    assert first.low == 3.05
    assert first.high < 3.15
    assert 0 < third.low < 1e-300


ASKED = "[[question]]\n[[question.interaction]]\n"
PICTURE = "type='hotspot'\nimage=''\nwidth=9\nheight=9\n"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("[[question]", 1, "no TOML"),
        ("\n[[question]]\n[[question.interaction]]\ntype='telepathy'", 2, "telepathy"),
        (ASKED + "type='match'", 1, "sources"),
        ("[[question]]\ntitle=3", 1, "title"),
        ("[[question]]\ninteraction=['x']", 1, "“x”"),
        ("[[question]]\n[[question]]\nid='q1'", 2, "twice"),
        (ASKED + "type='survey'\nitems=3\nscale=[1, 2]", 1, "cannot be read"),
        (ASKED + "type='match'\nsources=[]\ntargets='x'\npairs=7", 1, "cannot be read"),
        (ASKED + "type='number'\nanswers=[{low=1}, {value='a'}]", 1, "cannot be read"),
        (ASKED + "type='cloze'\ntext=''\ngaps=[3]", 1, "cannot be read"),
        (ASKED + "type='match'\nsources=['A']\ntargets=['B']\npairs=['a c']", 1, "“c”"),
        (
            ASKED + "type='order'\nitems=['A']\norder=[]",
            *(1, "`order`"),
        ),
        (
            ASKED + "type='cloze'\ntext='{{x}}'\ngaps=[{id='y', type='text', answers=['a']}]",
            *(1, "gaps"),
        ),
        (
            ASKED + "type='formula'\nanswers=[{value='b+1'}]",
            *(1, "“b+1”"),
        ),
        (ASKED + "type='choice'\nchoices=['a']", 1, "No choice"),
        (
            ASKED + "type='number'\nanswers=['x']",
            1,
            "cannot be read",
        ),
        ("[[questions]]", 0, "`questions`"),
        ("[[question]]\nhint=['a']", 1, "`hint`"),
        ("[[question]]\noutcome={correct='a'}", 1, "`correct`"),
        ("[[question]]\nvariables=[{name='a', hihg=3}]", 1, "`hihg`"),
        ("[[question]]\nvariables=[{name='a', low=9, high=3}]", 1, "“a” ends"),
        (ASKED + "type='freetext'\n[[question.rubric]]\nid='a'", 1, "`rubric`"),
        (ASKED + "type='freetext'\nleast_words=9\nmost_words=3", 1, "`most_words`"),
        (ASKED + "type='choice'\nchoices=[{text='a', fraction=1, fedback='b'}]", 1, "`fedback`"),
        (ASKED + "type='number'\nanswers=[{value=1, percent=1, places=2}]", 1, "`places`"),
        (ASKED + "type='choice'\nchoices=[{text='a', fraction=1}]\nscoring='all'", 1, "“all”"),
        (ASKED + "type='text'\nanswers=['a']\nscoring='exact'", 1, "“exact”"),
        (ASKED + "type='upload'\naccept=['jpg']", 1, "“jpg”"),
        (ASKED + PICTURE + "areas={a={shape='rect', coords=[1, 2, 3]}}", 1, "4 numbers"),
        (ASKED + PICTURE + "areas={a={shape='poly', coords=[1, 2, 3, 4]}}", 1, "three corners"),
    ],
)
def test_mistakes_are_found_with_their_line(text: str, line: int, what: str) -> None:
    _, findings = read(text)
    assert findings.faults
    assert findings.faults[0].line == line
    assert what in findings.faults[0].what


def test_a_shape_that_no_reader_knows_is_a_mistake() -> None:
    findings = Findings()
    text = ASKED + PICTURE + "areas={a={shape='cercle', coords=[1, 2, 3]}}"
    read_questions(Texts(Folder(Path(), findings), "q.toml", text), "fr")
    assert any("“cercle”" in one.what for one in findings.faults)


def test_what_the_format_calls_interactions_may_be_called_so() -> None:
    question = asked("[[question.interactions]]\ntype = 'freetext'")
    assert question.interactions == (FreeTextInteraction("r"),)


def test_times_signs_of_what_is_worked_out_are_no_emphasis() -> None:
    variables = "variables=[{name='a'}, {name='b'}]\n"
    text = variables + "feedback='*{a}* × {b} : {=a*b}, {=a*b*0.75}.'\n"
    question = read("[[question]]\ntitle='Q'\n" + text)[0][0]
    assert question.feedback == "<em>{a}</em> × {b} : {=a*b}, {=a*b*0.75}."


def test_a_questionnaire_may_ask_for_a_number_without_a_right_one() -> None:
    text = "[[question]]\nbody = 'Combien ?'\ninteraction = { type = 'number' }\n"
    findings = Findings()
    texts = Texts(Folder(Path(), findings), "q.toml", text)
    (question,) = read_questions(texts, "fr", survey=True)
    assert question.interactions == (NumberInteraction("r", ()),)
    assert not findings.faults
    assert len(read(text)[1].faults) == 1
