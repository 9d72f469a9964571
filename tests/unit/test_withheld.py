# SPDX-License-Identifier: Apache-2.0
"""What the platform marks travels without anything that tells what is right."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from askable import Asked, every_kind
from hypothesis import assume, given
from hypothesis import strategies as st

from player.course.answer_key import AnswerKey, KeyedQuiz, decode_key
from player.course.interactions import (
    Choice,
    ChoiceInteraction,
    ClozeInteraction,
    FreeTextInteraction,
    Interaction,
    Item,
    MatchInteraction,
    NumberAnswer,
    NumberInteraction,
    OrderInteraction,
    Pair,
    TextAnswer,
    TextInteraction,
)
from player.course.quiz import Outcome, Question, decode_quiz
from player.errors import Malformed, NewerFormat
from player.lesson.answers import Answer
from player.lesson.grading import counts, grade, is_marked, points_of
from player.lesson.saying import given_of, response
from player.publish.quizzes import encode_questions
from player.publish.withheld import withheld

SECRET = bytes(range(64))
TELLING = ("fraction", "pairs", "points", "feedback", "outcome", "default")


def asked(*interactions: Interaction, **more: Any) -> Question:
    return Question("q", "Titre", "<p>?</p>", interactions, **more)


def both(question: Question, secret: bytes = SECRET) -> tuple[Question, Question]:
    (shown,), (keyed,) = withheld((question,), secret, "cours/examen")
    return shown, keyed


def labelled(interaction: Interaction) -> Interaction:
    """The same, in which each thing that has an id is called by it."""

    def walk(plain: Any) -> Any:
        if isinstance(plain, dict):
            walked = {key: walk(one) for key, one in plain.items()}
            is_thing = "id" in plain and ("text" in plain or "shape" in plain)
            return walked | ({"text": plain["id"]} if is_thing else {})
        return [walk(one) for one in plain] if isinstance(plain, list | tuple) else plain

    plain = walk(msgspec.to_builtins(interaction))
    if isinstance(interaction, ClozeInteraction):
        plain["text"] = interaction.text
    return msgspec.convert(plain, type(interaction))


def renamed(answer: Answer, keyed: Question) -> Answer:
    """An answer by the ids that the key has."""
    ids: dict[str, str] = {}

    def walk(plain: Any, place: str) -> None:
        if isinstance(plain, dict):
            if "text" in plain and "id" in plain:
                ids[f"{place}{plain['text']}"] = plain["id"]
            for key, one in plain.items():
                walk(one, f"{plain['id']} " if key == "choices" and "type" in plain else place)
        for one in plain if isinstance(plain, list | tuple) else ():
            walk(one, place)

    [interaction] = keyed.interactions
    walk(msgspec.to_builtins(interaction), "")
    if isinstance(interaction, ChoiceInteraction):
        ids = {key.removeprefix("i "): one for key, one in ids.items()}

    def said(text: str) -> str:
        if isinstance(interaction, ClozeInteraction):
            gap, _, rest = text.partition(" ")
            number = 1 + int(gap.removeprefix("g"))  # in `askable` they count from 0
            return f"g{number} {ids.get(f'g{number} {rest}', rest)}"
        return " ".join(ids.get(word, word) for word in text.split(" "))

    return said(answer) if isinstance(answer, str) else [said(one) for one in answer]


@given(every_kind(), st.binary(max_size=64))
def test_what_was_right_is_right_by_the_key(one: Asked, secret: bytes) -> None:
    interaction, right = one
    _, keyed = both(asked(labelled(interaction)), secret)
    assert grade(keyed, {"i": renamed(right, keyed)}).score == 1


@given(every_kind())
def test_an_answer_says_the_same_with_the_key_and_without(one: Asked) -> None:
    interaction, right = one
    shown, keyed = both(asked(labelled(interaction)))
    answer = {"i": renamed(right, keyed)}
    kind, said, _ = response(shown, answer)
    assert (kind, said) == response(keyed, answer)[:2]
    if not isinstance(interaction, FreeTextInteraction):  # the learner's own marks are not told
        assert grade(keyed, given_of(keyed, said)).score == grade(keyed, answer).score


@given(every_kind(), st.randoms())
def test_the_package_tells_nothing_of_the_key(one: Asked, random: Any) -> None:
    """Another key for the same things to choose from, written in another order, looks the same."""
    interaction = labelled(one[0])
    assume(getattr(interaction, "scoring", "") != "completion")
    plain = msgspec.to_builtins(interaction)
    for name in ("choices", "sources", "targets", "labels", "zones", "items", "pairs", "order"):
        if name in plain and plain.get("type") != "survey":
            plain[name] = random.sample(plain[name], len(plain[name]))
    other = msgspec.convert(plain, type(interaction))
    if isinstance(other, ChoiceInteraction):
        worth = [choice.fraction for choice in other.choices]
        moved = zip(other.choices, random.sample(worth, len(worth)), strict=True)
        choices = tuple(msgspec.structs.replace(choice, fraction=f) for choice, f in moved)
        other = msgspec.structs.replace(other, choices=choices)
    first, second = both(asked(interaction))[0], both(asked(other))[0]
    assert msgspec.json.encode(first) == msgspec.json.encode(second)


def test_no_word_that_tells_is_left() -> None:
    question = asked(
        ChoiceInteraction("c", (Choice("right", "a", 1.0, "Bravo"), Choice("b", "b", -0.5, "Non"))),
        TextInteraction("t", (TextAnswer("Dakar", feedback="Oui"),), "Raté"),
        NumberInteraction("n", (NumberAnswer(41.5, 42.5),), unit="km"),
        MatchInteraction(
            "m", (Item("x", "x"),), (Item("y", "y"),), (Pair("x", "y"),), default=-0.25
        ),
        OrderInteraction("o", (Item("first", "1"), Item("second", "2")), ("first", "second")),
        feedback="Parce que",
        outcome=Outcome("Juste", "Presque", "Faux"),
        hints=("Pensez-y.",),
        weight=3,
    )
    shown, keyed = both(question)
    said = msgspec.json.encode(shown).decode()
    for word in ("right", "Bravo", "Non", "Dakar", "Oui", "Raté", "42.5", "Parce", "first", "0.25"):
        assert word not in said
    assert not any(f'"{word}"' in said for word in TELLING)
    assert (shown.hints, shown.weight) == (question.hints, 3)
    assert keyed.outcome == question.outcome


def test_the_next_version_has_the_same_ids_and_another_publisher_has_others() -> None:
    question = asked(ChoiceInteraction("c", (Choice("a", "a", 1.0), Choice("b", "b"))))
    more = asked(
        ChoiceInteraction("c", (Choice("new", "new"), Choice("a", "a"), Choice("b", "b", 1.0)))
    )

    def ids(one: Question, secret: bytes = SECRET) -> set[str]:
        choices = both(one, secret)[0].interactions[0]
        assert isinstance(choices, ChoiceInteraction)
        return {choice.id for choice in choices.choices}

    assert ids(question) < ids(more)
    assert not ids(question) & ids(question, b"other")


def test_what_keeps_its_order_keeps_it() -> None:
    scale = ChoiceInteraction(
        "c", tuple(Choice(f"c{n}", str(n), n / 4) for n in range(5)), shuffle=False
    )
    shown = both(asked(scale))[0].interactions[0]
    assert isinstance(shown, ChoiceInteraction)
    assert [one.text for one in shown.choices] == ["0", "1", "2", "3", "4"]


def test_gaps_are_not_called_by_what_belongs_there() -> None:
    gaps = (TextInteraction("dakar", (TextAnswer("Dakar"),)), NumberInteraction("b"))
    text = "{{b}} km to {{dakar}}, {{nowhere}}"
    shown, keyed = both(asked(ClozeInteraction("c", text, gaps, {"dakar": 2, "none": 1})))
    assert "dakar" not in msgspec.json.encode(shown).decode().lower()
    (cloze,) = keyed.interactions
    assert isinstance(cloze, ClozeInteraction)
    assert (cloze.text, cloze.weights) == ("{{g2}} km to {{g1}}, {{nowhere}}", {"g1": 2})


def test_a_poll_stays_as_it_is() -> None:
    poll = ChoiceInteraction("c", (Choice("a", "a"), Choice("b", "b")), scoring="none")
    shown, _ = both(asked(poll))
    assert shown.interactions == (poll,)
    assert not is_marked(shown)  # so nobody waits for a mark of it
    assert is_marked(both(asked(FreeTextInteraction("e")))[0])


KEY = AnswerKey(
    format="cartable/1",
    kind="key",
    course="cours",
    version=3,
    language="fr",
    activities={"examen": KeyedQuiz(blob="0" * 64, questions=(asked(),))},
)


def test_a_key_file_is_read_as_it_was_written() -> None:
    assert decode_key(msgspec.json.encode(KEY)) == KEY
    assert KEY.file_name == "cours-3.key.json"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"format": "cartable/2"}, NewerFormat),
        ({"kind": "quiz"}, Malformed),
        ({"version": 0}, Malformed),
        ({"activities": []}, Malformed),
        ({"activities": {"../x": {}}}, Malformed),
    ],
)
def test_a_bad_key_file_is_refused(change: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        decode_key(msgspec.json.encode(msgspec.to_builtins(KEY) | change))


def test_a_key_with_a_question_of_a_later_version_is_refused() -> None:
    plain = msgspec.to_builtins(KEY)
    later = {"type": "telepathy", "id": "x"}
    plain["activities"]["examen"]["questions"][0]["interactions"] = [later]
    with pytest.raises(Malformed, match="later version"):
        decode_key(msgspec.json.encode(plain))


@given(every_kind())
def test_without_its_key_nothing_is_right_or_wrong(one: Asked) -> None:
    """Whoever meets the questions alone, such as a revision, can tell: never "0 %"."""
    interaction, right = one
    assume(getattr(interaction, "scoring", "") not in ("completion", "self", "none"))
    shown, keyed = both(asked(labelled(interaction)))
    (bare,) = decode_quiz(encode_questions((shown,)))
    marked = grade(bare, {"i": renamed(right, keyed)})
    assert (marked.score, marked.success, marked.unread) == (None, None, ())
    assert all(part.fraction is None and not part.right + part.wrong for part in marked.parts)
    assert not counts(bare)
    assert points_of((bare,), {"q": 0.0}) == (0.0, 0.0)
