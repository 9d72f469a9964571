# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import re
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


@pytest.mark.parametrize("credit", ["edc", "halves", "EDC,halves"])
def test_partial_credit_for_checkboxes_is_kept(desk: Desk, credit: str) -> None:
    xml = f"""<problem><choiceresponse partial_credit="{credit}"><label>Which?</label>
      <checkboxgroup><choice correct="true">a</choice><choice correct="true">b</choice>
      <choice correct="false">c</choice></checkboxgroup></choiceresponse></problem>"""
    (asked,) = read(desk, xml)[0].asked
    assert (asked["scoring"], asked["multiple"]) == (credit.lower().split(",")[0], True)
    assert [one["fraction"] for one in asked["choices"]] == [0.5, 0.5, -1]
    assert desk.changes == {}


def test_checkboxes_that_are_all_right_are_all_or_nothing(desk: Desk) -> None:
    xml = f"""<problem><choiceresponse><label>Which?</label><checkboxgroup>
      {RIGHT + RIGHT}</checkboxgroup></choiceresponse></problem>"""
    (asked,) = read(desk, xml)[0].asked
    assert asked["scoring"] == "exact"
    assert desk.changes == {}


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


def test_a_text_minds_capitals_and_old_alternatives_are_parted(desk: Desk) -> None:
    xml = '<problem><p>?</p><stringresponse answer="a*_or_b"><textline/></stringresponse></problem>'
    (asked,) = read(desk, xml)[0].asked
    assert [(one["text"], one["case"]) for one in asked["answers"]] == [(r"a\*", True), ("b", True)]
    assert desk.changes == {}


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


def test_hints_on_demand_come_in_their_order(desk: Desk) -> None:
    xml = one_choice(RIGHT + WRONG).replace(
        "</problem>", "<demandhint><hint>1</hint><hint><b>2</b></hint></demandhint></problem>"
    )
    assert read(desk, xml)[0].hints == ("1", "<b>2</b>")
    assert desk.left_out == []


def test_open_ends_and_close_answers_are_kept(desk: Desk) -> None:
    xml = """<problem><p>?</p><numericalresponse answer="(5, 7]"/></problem>"""
    (asked,) = read(desk, xml)[0].asked
    assert asked["answers"] == [{"low": 5, "high": 7, "above": True, "fraction": 1}]
    xml = """<problem><p>?</p><numericalresponse answer="10" partial_credit="close">
      <responseparam type="tolerance" default="1" partial_range="3"/>
      </numericalresponse></problem>"""
    assert read(desk, xml)[0].answers == (Answer("10:1", 100), Answer("10:3", 50))


def test_a_formula_is_tried_where_open_edx_tries_it(desk: Desk) -> None:
    xml = """<problem><script type="loncapa/python">key = "R_1*R_2"</script><p>?</p>
      <formularesponse type="cs" samples="R_1,R_2@1,2:3,4#10" answer="$key">
      <responseparam type="tolerance" default="1%"/><formulaequationinput/></formularesponse>
      </problem>"""
    (asked,) = read(desk, xml)[0].asked
    assert asked == {
        "type": "formula",
        "answers": [{"value": "R_1*R_2", "tolerance": 0.01, "relative": True}],
        "free": [{"name": "R_1", "low": 1, "high": 3}, {"name": "R_2", "low": 2, "high": 4}],
        "samples": 10,
    }


def test_a_place_in_a_picture(tmp_path: Path) -> None:
    (tmp_path / "map.png").write_bytes(b"x")
    desk = Desk({"static/map.png": tmp_path / "map.png"}, tmp_path / "out", frozenset(), "en", {})
    xml = """<problem><p>Where?</p><imageresponse><imageinput src="/static/map.png" width="60"
      height="40" rectangle="(1,2)-(3,4);(5,6)-(7,8)" regions="[[[1,1],[9,1],[9,9]]]" alt="Map"/>
      </imageresponse></problem>"""
    (asked,) = read(desk, xml)[0].asked
    assert (asked["image"], asked["width"], asked["description"]) == (
        "../images/map.png",
        60,
        "Map",
    )
    assert [one["coords"] for one in asked["areas"]] == [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
        [1, 1, 9, 1, 9, 9],
    ]


@pytest.mark.parametrize("regions", ["[1]", "[[]]", "[[[1]], 3]", "nothing", '[["a", "b"]]'])
def test_regions_that_cannot_be_read_are_none(desk: Desk, regions: str) -> None:
    field = f"<imageinput src='/static/a.png' width='9' height='9' regions='{regions}'/>"
    assert "picture" in why(desk, f"<problem><imageresponse>{field}</imageresponse></problem>")


def test_several_answers_in_one_text_are_gaps(desk: Desk) -> None:
    xml = """<problem><p>A <b>frog</b> is <optionresponse>
      <optioninput options="('green','blue')" correct="green"/></optionresponse> and has
      <numericalresponse answer="4"><textline/></numericalresponse> legs.</p></problem>"""
    (question,) = read(desk, xml)
    (asked,) = question.asked
    assert question.kind == "cloze"
    assert re.sub(r"\s+", " ", re.sub("<[^>]+>", "", asked["text"])).strip() == (
        "A frog is {{g1}} and has {{g2}} legs."
    )
    assert [(gap["id"], gap["type"]) for gap in asked["gaps"]] == [
        ("g1", "choice"),
        ("g2", "number"),
    ]


def test_answers_that_share_one_question_are_parts_of_it(desk: Desk) -> None:
    boxes = f"<choiceresponse><checkboxgroup>{RIGHT + WRONG}</checkboxgroup></choiceresponse>"
    (question,) = read(desk, f"<problem><p>Both?</p>{boxes}{boxes}</problem>")
    assert [one["type"] for one in question.asked] == ["choice", "choice"]


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
        ('<problem><p>?</p><stringresponse answer=""/></problem>', "empty"),
        (one_choice(WRONG), "No choice is right"),
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
        ('<problem><stringresponse answer="a" type="ci"/></problem>', "no question text"),
    ],
)
def test_what_cannot_be_asked_is_left_out_with_its_reason(desk: Desk, xml: str, word: str) -> None:
    assert word in why(desk, xml)
