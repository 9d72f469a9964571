# SPDX-License-Identifier: Apache-2.0
"""Quiz blobs are read as docs/format.md says; what a later version asks is set aside."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.course.interactions import (
    Choice,
    ChoiceInteraction,
    NumberAnswer,
    NumberInteraction,
    TextAnswer,
    TextInteraction,
    Unsupported,
)
from player.course.quiz import MOST_ASKED, MOST_PARTS, Question, Questions, decode_quiz, parts_of
from player.errors import Malformed, NewerFormat
from player.publish.quizzes import encode_questions


def blob(*questions: Any, **more: Any) -> bytes:
    head = {"format": "cartable/1", "kind": "quiz", "questions": list(questions)}
    return json.dumps(head | more).encode()


def question(*interactions: Any, **more: Any) -> dict[str, Any]:
    return {"id": "q", "title": "", "body": "<p>?</p>", "interactions": list(interactions)} | more


def test_absent_fields_have_the_defaults_of_the_format() -> None:
    [read] = decode_quiz(
        blob(
            question(
                {"type": "choice", "id": "a", "choices": [{"id": "x", "text": "X"}]},
                {"type": "text", "id": "b", "answers": [{"text": "X"}]},
                {"type": "number", "id": "c", "answers": [{"low": 1, "high": 2}]},
            )
        )
    )
    choice, text, number = read.interactions
    assert choice == ChoiceInteraction("a", (Choice("x", "X", 0.0, ""),), False, True, "map")
    assert text == TextInteraction("b", (TextAnswer("X", 1.0, "", False),), "")
    assert number == NumberInteraction("c", (NumberAnswer(1.0, 2.0, 1.0, ""),), "", "")
    assert (read.weight, read.feedback) == (1.0, "")


@pytest.mark.parametrize("many", [MOST_PARTS - 1, MOST_PARTS])
def test_a_question_of_thousands_of_choices_is_set_aside_and_the_rest_is_read(many: int) -> None:
    choices = [{"id": f"c{n}", "text": ""} for n in range(many)]
    crowded = question({"type": "choice", "id": "a", "choices": choices})
    first, second = decode_quiz(
        blob(crowded, question({"type": "text", "id": "t", "answers": []}, id="r"))
    )
    assert isinstance(first.interactions[0], Unsupported) == (many == MOST_PARTS)
    assert second.interactions == (TextInteraction("t", ()),)
    if many < MOST_PARTS:
        assert parts_of(first) == MOST_PARTS


def test_an_interaction_of_a_later_version_is_set_aside_and_the_rest_is_read() -> None:
    first, second = decode_quiz(
        blob(
            question({"type": "telepathy", "id": "h", "areas": [[1, 2]]}),
            question({"type": "text", "id": "t", "answers": []}, id="r", mood="new"),
        )
    )
    assert first.interactions == (Unsupported("h", "telepathy"),)
    assert second.interactions == (TextInteraction("t", ()),)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"[" * 100_000,
        blob(question(), question()),
        blob(question(id="../x")),
        blob(question({"type": "choice", "id": "a", "choices": []})),
        blob(question({"type": "choice", "id": "a", "choices": [{"id": "x", "text": 2}]})),
        blob(question({"type": "text", "id": "a", "answers": [{"text": "", "fraction": 2}]})),
        blob(question({"type": "later"})),
        blob(question({"type": ["choice"]})),
        blob(question(weight=-1)),
        blob(question(interactions=7)),
        blob(kind="course"),
        blob(questions=7),
        blob(7),
        blob(question(7)),
    ],
)  # fmt: skip
def test_what_breaks_the_format_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        decode_quiz(data)


def test_a_newer_format_says_which() -> None:
    with pytest.raises(NewerFormat):
        decode_quiz(blob(format="cartable/2"))


_IDS = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,9}", fullmatch=True)
_FRACTIONS = st.floats(-1, 1)
_NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
_TEXTS = st.text(st.characters(codec="utf-8"), max_size=9)
_INTERACTIONS = st.one_of(
    st.builds(
        ChoiceInteraction,
        _IDS,
        st.lists(st.builds(Choice, _IDS, _TEXTS, _FRACTIONS, _TEXTS), min_size=1).map(tuple),
        st.booleans(),
        st.booleans(),
        st.sampled_from(["map", "exact", "edc", "halves"]),
    ),
    st.builds(
        TextInteraction,
        _IDS,
        st.lists(st.builds(TextAnswer, _TEXTS, _FRACTIONS, _TEXTS, st.booleans())).map(tuple),
        _TEXTS,
    ),
    st.builds(
        NumberInteraction,
        _IDS,
        st.lists(st.builds(NumberAnswer, _NUMBERS, _NUMBERS, _FRACTIONS, _TEXTS)).map(tuple),
        _TEXTS,
        _TEXTS,
    ),
)
_QUESTIONS = st.lists(
    st.builds(
        Question,
        _IDS,
        _TEXTS,
        _TEXTS,
        st.lists(_INTERACTIONS, max_size=3).map(tuple),
        _TEXTS,
        st.floats(0, 1000),
    ),
    max_size=3,
    unique_by=lambda one: one.id,
).map(tuple)


@given(_QUESTIONS)
def test_every_quiz_that_is_written_is_read_again(questions: tuple[Question, ...]) -> None:
    assert decode_quiz(encode_questions(questions)) == questions


def test_a_quiz_blob_says_what_it_is() -> None:
    written = json.loads(encode_questions(()))
    assert written == {"format": "cartable/1", "kind": "quiz", "questions": []}
    assert Questions(**written).questions == []


def test_no_attempt_asks_more_than_a_window_can_show() -> None:
    gap = {"type": "text", "id": "t"}
    many = [question(gap, id=f"q{number}") for number in range(MOST_ASKED + 1)]
    assert len(decode_quiz(blob(*many[1:]))) == MOST_ASKED
    with pytest.raises(Malformed, match="1000 questions"):
        decode_quiz(blob(*many))
    pooled = [one | {"pool": {"id": "p", "take": 5}} for one in many]
    assert len(decode_quiz(blob(*pooled))) == MOST_ASKED + 1
