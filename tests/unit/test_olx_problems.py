# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest

from player.publish.olx.desk import Desk, Spot
from player.publish.olx.model import Answer, Block, Question
from player.publish.olx.problems import questions_of
from player.publish.olx.xml import parse

RIGHT = '<choice correct="true">a</choice>'
WRONG = '<choice correct="false">b</choice>'
SPOT = Spot("problem", "p1", "Named", "Week / Lesson / Unit")


@pytest.fixture
def desk() -> Desk:
    return Desk({}, Path("nowhere"), frozenset(), "en", {})


def read(desk: Desk, xml: str, title: str = "Named") -> tuple[Question, ...]:
    element = parse(xml.encode())
    assert element is not None
    spot = Spot("problem", "p1", title, SPOT.where)
    return questions_of(Block("problem", "p1", title, {}, element), desk, spot).questions


def why(desk: Desk, xml: str) -> str:
    assert read(desk, xml) == ()
    assert desk.left_out[-1].url_name == "p1"
    assert desk.left_out[-1].where == "Week / Lesson / Unit"
    return desk.left_out[-1].reason


def one_choice(choices: str, extra: str = "") -> str:
    return (
        f"<problem><multiplechoiceresponse>{extra}<label>Which?</label><choicegroup>{choices}"
        "</choicegroup></multiplechoiceresponse></problem>"
    )


def test_a_single_choice_keeps_label_hints_and_solution(desk: Desk) -> None:
    xml = """<problem><p>Look.</p><multiplechoiceresponse><label>Which?</label>
      <description>One only.</description>
      <choicegroup type="MultipleChoice">
        <choice correct="true">A <code>&lt;b&gt;</code></choice>
        <choice correct="false">B <choicehint>Not that.</choicehint></choice>
      </choicegroup>
      <solution><div class="detailed-solution"><p>Because.</p></div></solution>
      </multiplechoiceresponse></problem>"""
    assert read(desk, xml) == (
        Question(
            "choice",
            "Named",
            "<p>Look.</p><p>Which?</p> <p>One only.</p>",
            (Answer("A <code>&lt;b&gt;</code>", 100.0), Answer("B", 0.0, "Not that.")),
            "<p>Because.</p>",
        ),
    )


def test_each_of_two_right_choices_earns_everything(desk: Desk) -> None:
    xml = one_choice(
        '<choice correct="true">a</choice><choice correct="True">b</choice>'
        '<choice correct="partial" point_value="0.25">c</choice><choice correct="false">d</choice>'
    )
    assert [answer.weight for answer in read(desk, xml)[0].answers] == [100, 100, 25, 0]


def test_checkboxes_are_all_or_nothing(desk: Desk) -> None:
    xml = """<problem><choiceresponse><label>Which?</label><checkboxgroup>
      <choice correct="true">a<choicehint selected="true">Yes</choicehint>
        <choicehint selected="false">Also</choicehint></choice>
      <choice correct="true">b</choice><choice correct="false">c</choice>
      </checkboxgroup></choiceresponse></problem>"""
    (question,) = read(desk, xml)
    assert question.kind == "choices"
    assert question.answers == (Answer("a", 50, "Yes"), Answer("b", 50), Answer("c", -100))
    assert [sentence.split()[0] for sentence in desk.changes] == ["Feedback"]


def test_partial_credit_for_checkboxes_is_shared_out_and_noted(desk: Desk) -> None:
    xml = """<problem><choiceresponse partial_credit="edc"><label>Which?</label><checkboxgroup>
      <choice correct="true">a</choice><choice correct="true">b</choice>
      <choice correct="false">c</choice></checkboxgroup></choiceresponse></problem>"""
    assert [answer.weight for answer in read(desk, xml)[0].answers] == [50, 50, -50]
    assert [sentence.split()[0] for sentence in desk.changes] == ["Partial"]


def test_checkboxes_that_are_all_right_are_noted(desk: Desk) -> None:
    xml = f"""<problem><choiceresponse><label>Which?</label><checkboxgroup>
      {RIGHT + RIGHT}</checkboxgroup></choiceresponse></problem>"""
    assert [answer.weight for answer in read(desk, xml)[0].answers] == [50, 50]
    assert len(desk.changes) == 1


def test_a_dropdown_in_either_writing_is_a_choice(desk: Desk) -> None:
    old = """<problem><p>Where?</p><optionresponse>
      <optioninput options="('India','A &lt; B')" correct="India"/></optionresponse></problem>"""
    new = """<problem><p>Where?</p><optionresponse><optioninput>
      <option correct="True">India</option>
      <option correct="False">Spain<optionhint>No.</optionhint></option>
      </optioninput></optionresponse></problem>"""
    assert read(desk, old)[0].answers == (Answer("India", 100), Answer("A &lt; B", 0))
    assert read(desk, new)[0].answers == (Answer("India", 100), Answer("Spain", 0, "No."))


def test_a_text_takes_alternatives_and_hints(desk: Desk) -> None:
    xml = """<problem><p>State?</p><stringresponse answer="Alaska" type="ci">
      <correcthint>Big.</correcthint><additional_answer answer="AK"/>
      <additional_answer>Alyeska</additional_answer>
      <stringequalhint answer="Texas">Smaller.</stringequalhint>
      <textline label="State?" size="20"/></stringresponse></problem>"""
    (question,) = read(desk, xml)
    assert question.text == "<p>State?</p>"
    assert question.answers == (
        Answer("Alaska", 100, "Big."),
        Answer("AK", 100),
        Answer("Alyeska", 100),
        Answer("Texas", 0, "Smaller."),
    )
    assert desk.changes == {}


def test_a_text_that_minds_capitals_is_noted_and_old_alternatives_are_parted(desk: Desk) -> None:
    xml = '<problem><p>?</p><stringresponse answer="a_or_b"><textline/></stringresponse></problem>'
    assert [answer.text for answer in read(desk, xml)[0].answers] == ["a", "b"]
    assert any("capital" in sentence for sentence in desk.changes)


@pytest.mark.parametrize(
    ("answer", "setting", "key"),
    [
        ("600", '<responseparam type="tolerance" default="5"/>', "600:5"),
        ("200", '<responseparam type="tolerance" default="10%"/>', "200:20"),
        ("-200", '<responseparam type="tolerance" default="10%"/>', "-200:20"),
        ("12", "", "12:0.00012"),
        ("0", "", "0:0"),
        ("10^3", "", "1000:0.01"),
        ("[5, 1/2*20]", "", "5..10"),
        ("(5, 7)", "", "5..7"),
    ],
)
def test_numbers_have_the_tolerance_of_open_edx(
    desk: Desk, answer: str, setting: str, key: str
) -> None:
    xml = f"""<problem><p>?</p><numericalresponse answer="{answer}">{setting}
      <formulaequationinput/></numericalresponse></problem>"""
    assert read(desk, xml)[0].answers == (Answer(key, 100),)


def test_numbers_take_further_answers_and_half_right_ones(desk: Desk) -> None:
    xml = """<problem><p>?</p><numericalresponse answer="2" partial_credit="list">
      <responseparam type="tolerance" default="0.1"/><additional_answer answer="3"/>
      <correcthint>Yes.</correcthint>
      <responseparam partial_answers="1,4"/></numericalresponse></problem>"""
    assert read(desk, xml)[0].answers == (
        Answer("2:0.1", 100, "Yes."),
        Answer("3:0.1", 100),
        Answer("1:0.1", 50),
        Answer("4:0.1", 50),
    )


def test_several_responses_with_their_own_text_are_several_questions(desk: Desk) -> None:
    xml = """<problem><p>First?</p><numericalresponse answer="1"><textline/></numericalresponse>
      <p>Second?</p><numericalresponse answer="2"><textline/></numericalresponse><p>After.</p>
      <solution><p>Both.</p></solution></problem>"""
    first, second = read(desk, xml)
    assert (first.title, first.text) == ("Named (1)", "<p>First?</p>")
    assert (second.title, second.text) == ("Named (2)", "<p>Second?</p><p>After.</p>")
    assert first.feedback == second.feedback == "<p>Both.</p>"


def test_a_problem_without_a_name_is_named_after_its_text(desk: Desk) -> None:
    xml = one_choice(RIGHT + WRONG).replace("Which?", "word " * 30)
    title = read(desk, xml, title="")[0].title
    assert title.startswith("word word")
    assert title.endswith("…")
    assert len(title) <= 61


def test_the_label_of_the_field_stands_in_for_missing_text(desk: Desk) -> None:
    field = '<stringresponse answer="x" type="ci"><textline label="Say x."/></stringresponse>'
    xml = f"<problem>{field}</problem>"
    assert read(desk, xml)[0].text == "<p>Say x.</p>"


def test_a_python_script_that_draws_nothing_does_no_harm(desk: Desk) -> None:
    script = '<script type="loncapa/python">x = $nothing</script>'
    choices = "<choice correct='true'>costs $5</choice><choice correct='false'>b</choice>"
    assert len(read(desk, one_choice(choices, script))) == 1


def test_a_clarification_stands_in_brackets(desk: Desk) -> None:
    xml = one_choice(RIGHT + WRONG).replace(
        "Which?", "Use it<clarification>the rule</clarification> now"
    )
    assert read(desk, xml)[0].text == "<p>Use it (the rule) now</p>"


def test_hints_on_demand_are_listed(desk: Desk) -> None:
    xml = one_choice(RIGHT + WRONG).replace(
        "</problem>", "<demandhint><hint>1</hint><hint>2</hint></demandhint></problem>"
    )
    assert len(read(desk, xml)) == 1
    assert [entry.block for entry in desk.left_out] == ["hint"]


@pytest.mark.parametrize(
    ("xml", "word"),
    [
        ("<problem><p>Only text.</p></problem>", "asks nothing"),
        ("<problem><customresponse><textline/></customresponse></problem>", "Python"),
        ("<problem><formularesponse/></problem>", "formula"),
        ("<problem><schematicresponse/></problem>", "circuit"),
        ("<problem><imageresponse/></problem>", "picture"),
        ("<problem><annotationresponse/></problem>", "annotation"),
        ("<problem><coderesponse/></problem>", "server"),
        ("<problem><newresponse/></problem>", "newresponse"),
        (
            (
                '<problem><script type="loncapa/python">x=1</script><p>$x?</p>'
                '<numericalresponse answer="$x"/></problem>'
            ),
            "drawn",
        ),
        ('<problem><p>?</p><numericalresponse answer="10*i"/></problem>', "no plain number"),
        ('<problem><p>?</p><stringresponse answer="..b" type="ci regexp"/></problem>', "regular"),
        ('<problem><p>?</p><stringresponse answer="a-&gt;b"/></problem>', "->"),
        ('<problem><p>?</p><stringresponse answer=""/></problem>', "empty"),
        (one_choice(WRONG), "No choice is right"),
        (one_choice(RIGHT + RIGHT), "Every choice is right"),
        (one_choice('<choice correct="true"></choice>'), "empty"),
        (
            (
                "<problem><choiceresponse><label>?</label><checkboxgroup>"
                '<choice correct="false">a</choice></checkboxgroup></choiceresponse></problem>'
            ),
            "No choice is right",
        ),
        (
            (
                '<problem><p>?</p><optionresponse><optioninput options="f()" correct="a"/>'
                "</optionresponse></problem>"
            ),
            "list of options",
        ),
        (
            "<problem><p>?</p><optionresponse>"
            + "<optioninput options=\"('a',)\" correct='a'/>" * 2
            + "</optionresponse></problem>",
            "several drop-down",
        ),
        (
            "<problem><table>"
            + '<tr><td><stringresponse answer="a"/></td></tr>' * 2
            + "</table></problem>",
            "one text or table",
        ),
        (
            "<problem><p>Both?</p>" + '<stringresponse answer="a" type="ci"/>' * 2 + "</problem>",
            "share one question",
        ),
        ('<problem><stringresponse answer="a" type="ci"/></problem>', "no question text"),
    ],
)
def test_what_gift_cannot_ask_is_left_out_with_its_reason(desk: Desk, xml: str, word: str) -> None:
    assert word in why(desk, xml)
