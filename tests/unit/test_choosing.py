# SPDX-License-Identifier: Apache-2.0
"""Rules that suggest a path: what holds, what nobody can tell, and what is wrong with them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.course.choosing import DEEPEST, Facts, holds, mistakes, suggested, suggestions
from player.course.manifest import Rule

SCALE = ("no", "hm", "yes")
ANSWERS = {
    "level": Facts(chosen=frozenset({"new"})),
    "tools": Facts(chosen=frozenset({"saw", "hammer"})),
    "ease": Facts(rated={"plan": "hm"}, scale=SCALE),
    "years": Facts(number=3.0),
}
NEW = {"question": "level", "chosen": "new"}
OLD = {"question": "level", "chosen": "old"}
SKIPPED = {"question": "mood", "chosen": "good"}
ODD = {"moon": "full"}


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (NEW, True),
        (OLD, False),
        ({"question": "tools", "chosen": "saw"}, True),
        ({"question": "ease", "item": "plan", "rated": "hm"}, True),
        ({"question": "ease", "item": "plan", "rated": "no"}, True),
        ({"question": "ease", "item": "plan", "rated": "yes"}, False),
        ({"question": "years", "low": 3, "high": 5}, True),
        ({"question": "years", "low": 3.5}, False),
        ({"question": "years", "high": 2}, False),
        ({"all": [NEW, {"not": OLD}]}, True),
        ({"all": [NEW, OLD]}, False),
        ({"any": [OLD, NEW]}, True),
        ({"any": [OLD]}, False),
        ({"not": NEW}, False),
    ],
)
def test_what_was_answered_is_true_or_false(when: dict[str, Any], expected: bool) -> None:
    assert holds(when, ANSWERS) is expected


@pytest.mark.parametrize(
    "when",
    [
        SKIPPED,
        {"not": SKIPPED},
        {"all": [NEW, SKIPPED]},
        {"any": [OLD, SKIPPED]},
        {"question": "ease", "item": "talk", "rated": "no"},
        {"question": "ease", "item": "plan", "rated": "gone"},
        {"question": "years", "chosen": "new"},
        {"question": "level", "low": 1},
        {"question": "years", "low": "1"},
        {"question": "years", "low": True},
        {"question": "years"},
        {"question": "level", "chosen": "new", "more": 1},
        {"question": ["level"], "chosen": "new"},
        {"all": []},
        {"any": []},
        {"all": NEW},
        {"all": [NEW], "question": "level"},
        ODD,
        {},
        None,
        [NEW],
        "level == new",
    ],
)
def test_what_was_skipped_or_makes_no_sense_is_neither(when: Any) -> None:
    assert holds(when, ANSWERS) is None
    assert holds({"not": when}, ANSWERS) is None


def test_what_is_known_already_needs_no_more() -> None:
    assert holds({"any": [ODD, NEW]}, ANSWERS) is True
    assert holds({"all": [ODD, OLD]}, ANSWERS) is False


def test_the_first_rule_that_holds_suggests() -> None:
    rules = [Rule("odd", ODD), Rule("old", OLD), Rule("new", NEW, "…"), Rule("all", {"not": OLD})]
    assert suggested(rules, ANSWERS) == rules[2]
    assert suggested(rules[:2], ANSWERS) is None


def test_where_paths_are_combined_every_path_is_suggested_once() -> None:
    rules = [
        Rule("odd", ODD), Rule("new", NEW, "first"), Rule("new", NEW, "second"),
        Rule("all", {"not": OLD}), Rule("old", OLD),
    ]  # fmt: skip
    assert suggestions(rules, ANSWERS, several=True) == (rules[1], rules[3])
    assert suggestions(rules, ANSWERS) == (rules[1],)
    assert suggestions(rules[:1], ANSWERS) == suggestions((), ANSWERS, several=True) == ()


def test_conditions_in_each_other_end_somewhere() -> None:
    deep: Any = NEW
    for _ in range(DEEPEST + 1):
        deep = {"not": deep}
    assert holds(deep, ANSWERS) is None
    for _ in range(50_000):
        deep = {"all": [deep]}
    assert holds(deep, ANSWERS) is None
    assert list(mistakes(deep, ANSWERS))


PLAIN = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["all", "any", "not", "question", "chosen", "item", "rated", "low", "high", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(PLAIN)
def test_whatever_stands_there_nothing_fails_and_only_what_is_right_can_hold(when: Any) -> None:
    if holds(when, ANSWERS) is not None and "any" not in str(when) and "all" not in str(when):
        assert not list(mistakes(when, ALL))
    assert all(isinstance(one, str) for one in mistakes(when, ALL))


ALL = {
    "level": Facts(chosen=frozenset({"new", "old"})),
    "tools": Facts(chosen=frozenset({"saw", "hammer"})),
    "ease": Facts(rated={"plan": ""}, scale=SCALE),
    "years": Facts(number=0.0),
}


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (SKIPPED, "no question “mood”"),
        ({"question": "level", "chosen": "medium"}, "no choice “medium”"),
        ({"question": "level", "chosen": ["new"]}, "no choice"),
        ({"question": "ease", "item": "talk", "rated": "no"}, "no item “talk”"),
        ({"question": "ease", "item": "plan", "rated": "9"}, "no step “9”"),
        ({"question": "level", "low": 1}, "asks for no number"),
        ({"question": "years", "low": 5, "high": 3}, "No number lies between 5 and 3"),
        ({"question": "years", "low": "5"}, "have to be numbers"),
        ({"question": "years"}, "has to be `chosen`"),
        ({"question": "years", "equals": 3}, "has to be `chosen`"),
        ({"all": []}, "`all` stands alone"),
        ({"all": [SKIPPED]}, "no question “mood”"),
        ({"not": SKIPPED}, "no question “mood”"),
        (ODD, "no question “None”"),
        ("level", "A condition is a table"),
    ],
)
def test_the_author_is_told_what_can_never_hold(when: Any, said: str) -> None:
    assert any(said in one for one in mistakes(when, ALL)), list(mistakes(when, ALL))


def test_what_is_right_has_no_mistake() -> None:
    right = [
        NEW,
        {"question": "ease", "item": "plan", "rated": "yes"},
        {"question": "years", "low": 2},
        {"all": [NEW, {"any": [OLD, {"not": NEW}]}]},
    ]
    assert not [what for one in right for what in mistakes(one, ALL)]
