# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from player.publish.faults import Findings
from player.publish.gift import parse_gift
from player.publish.olx.gift import escaped, gift, titled
from player.publish.olx.model import Answer, Question

_MOODLE = ["\\:", "\\#", "\\=", "\\{", "\\}", "\\~", "\\n"]


def as_moodle_reads(text: str) -> str:
    """`escapedchar_pre` and `escapedchar_post` of Moodle's `question/format/gift/format.php`."""
    text = text.replace("\\\\", "&&092;")
    for number, escape in enumerate(_MOODLE):
        text = text.replace(escape, f"&&{number};")
    text = text.replace("&&092;", "\\")
    for number, escape in enumerate(_MOODLE):
        text = text.replace(f"&&{number};", "\n" if escape == "\\n" else escape[1])
    return text


def same(html: str) -> str:
    return html


def written(question: Question) -> str:
    return gift([question], same)


@given(st.text(alphabet="\\~=#{}:nab \n%[]-<>"))
def test_escaped_text_comes_back_as_it_was_in_moodles_reading(text: str) -> None:
    assert as_moodle_reads(escaped(text)) == text


@given(st.text(alphabet="\\~=#{}:nab \n"))
def test_escaped_text_has_no_bare_sign_and_no_line_break(text: str) -> None:
    bare = escaped(text).replace("\\\\", "")
    for sign in "~=#{}:":
        bare = bare.replace("\\" + sign, "")
    assert not set(bare) & set("~=#{}:\n")


def test_a_single_choice_is_written_with_feedback() -> None:
    answers = (Answer("Dakar", 100, "Yes: the capital"), Answer("<b>Thiès</b>", 0), Answer("?", 50))
    question = Question("choice", "The: title", "<p>Which?</p>", answers, "<p>See 1</p>")
    assert written(question) == (
        "::The\\: title::[html]<p>Which?</p> {\n"
        "\t=Dakar #Yes\\: the capital\n"
        "\t~[html]<b>Thiès</b>\n"
        "\t~%50%?\n"
        "\t####[html]<p>See 1</p>\n"
        "}\n"
    )


def test_several_choices_are_all_weighted() -> None:
    third = 100 / 3
    answers = (Answer("a", third), Answer("b", third), Answer("c", third), Answer("d", -100))
    text = written(Question("choices", "t", "q", answers))
    assert text.count("~%33.33333%") == 3
    assert "~%-100%d" in text
    assert "\t=" not in text


def test_one_right_choice_of_several_is_no_single_choice() -> None:
    text = written(Question("choices", "t", "q", (Answer("a", 100), Answer("b", -100))))
    assert "\t~%100%a\n\t~%-100%b" in text


def test_a_choice_that_looks_like_a_weight_or_a_format_is_not_taken_for_one() -> None:
    text = written(Question("choice", "t", "q", (Answer("%50%", 100), Answer("[moodle]", 0))))
    assert "\t=[html]&percnt;50%\n" in text
    assert "\t~[html][moodle]\n" in text


def test_text_answers_are_plain_and_a_star_is_a_star() -> None:
    answers = (
        Answer("SELECT * {x}", 100),
        Answer("%5%", 100),
        Answer("a<b", 100),
        Answer("no", 0, "Never"),
    )
    text = written(Question("text", "t", "q", answers))
    assert "\t=SELECT \\\\* \\{x\\}\n" in text
    assert "\t=%100%%5%\n" in text
    assert "\t=[plain]a<b\n" in text
    assert "\t=%0%no #Never\n" in text


def test_numbers_open_with_a_hash() -> None:
    answers = (Answer("600:5", 100), Answer("1..2", 50, "Half"))
    text = written(Question("number", "t", "q", answers))
    assert "[html]q {#\n\t=600:5\n\t=%50%1..2 #Half\n}" in text


def test_a_line_break_in_code_is_escaped_so_that_the_question_goes_on() -> None:
    text = written(Question("choice", "t", "<pre>a\n\nb</pre>", (Answer("x", 100),)))
    assert "<pre>a\\n\\nb</pre>" in text
    assert "\n\n" not in text


def test_questions_of_the_same_name_get_numbers() -> None:
    question = Question("choice", "Quiz", "q", ())
    assert [one.title for one in titled([question] * 3)] == ["Quiz", "Quiz (2)", "Quiz (3)"]


@given(
    html=st.text(alphabet="\\~=#{}:nab %[]-&;").map(lambda text: f"<p>x{text}</p>"),
    plain=st.text(alphabet="\\~=#{}:nab %-<").map(lambda text: f"x{text}x"),
)
def test_our_own_reader_reads_what_was_written(html: str, plain: str) -> None:
    choice = Question("choice", plain, html, (Answer(html, 100, html), Answer("b", 0)), html)
    choices = Question("choices", "2", html, (Answer(html, 100 / 3), Answer("b", -100, html)))
    text = Question("text", "3", html, (Answer(plain, 100), Answer("n", 0, html)))
    number = Question("number", "4", html, (Answer("1:0.5", 100, html), Answer("3..4", 50)))
    findings = Findings()
    read = parse_gift(gift([choice, choices, text, number], same), "q.gift", findings)
    assert findings.faults == []
    assert [one.kind for one in read] == ["choice", "choice", "short", "number"]
    assert read[0].title == " ".join(plain.split())
    for question in read:
        assert (question.stem.format, question.stem.text) == ("html", html)
    assert read[0].feedback is not None
    assert read[0].feedback.text == html
    assert [(one.right, one.weight, one.text.text) for one in read[0].answers] == [
        (True, None, html),
        (False, None, "b"),
    ]
    assert [(one.right, one.weight) for one in read[1].answers] == [
        (False, 33.33333),
        (False, -100),
    ]
    assert read[2].answers[0].text.text.split() == plain.split()  # marking folds white space
    assert [one.number and (one.number.low, one.number.high) for one in read[3].answers] == [
        (0.5, 1.5),
        (3, 4),
    ]
