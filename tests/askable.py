# SPDX-License-Identifier: Apache-2.0
"""Interactions of every kind, made up by hypothesis, each with an answer that is fully right."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from player.course.interactions import (
    Area,
    Choice,
    ChoiceInteraction,
    ClozeInteraction,
    Criterion,
    FormulaAnswer,
    FormulaInteraction,
    Free,
    FreeTextInteraction,
    HotspotInteraction,
    ImageDragInteraction,
    Interaction,
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
    UploadInteraction,
)
from player.course.quiz import Question
from player.lesson.answers import Answer

Asked = tuple[Interaction, Answer]
"""An interaction and its right answer."""

_WORDS = st.from_regex(r"[A-Za-zÀ-ÿ]{1,8}( [a-z]{1,5})?", fullmatch=True)
_BAD = st.floats(-1, 0)


def items(prefix: str, count: int) -> tuple[Item, ...]:
    """`count` items `a0`, `a1`, … for the prefix `a`."""
    return tuple(Item(f"{prefix}{number}", f"<b>{prefix}</b> {number}") for number in range(count))


@st.composite
def choices(draw: Any, id_: str = "i", *, scored: bool = False) -> Asked:
    rules = ["map", "exact", "edc", "halves", *([] if scored else ["completion"])]
    right, wrong = draw(st.integers(1, 4)), draw(st.lists(_BAD, max_size=4))
    multiple = draw(st.booleans())
    shares = [1 / right if multiple else 1.0] * (right if multiple else 1)
    shown = tuple(Choice(f"c{n}", "x", share) for n, share in enumerate([*shares, *wrong]))
    asked = ChoiceInteraction(id_, shown, multiple, scoring=draw(st.sampled_from(rules)))
    return asked, [f"c{n}" for n in range(len(shares))]


@st.composite
def texts(draw: Any, id_: str = "i") -> Asked:
    word = draw(_WORDS)
    answers = (TextAnswer(word, case=draw(st.booleans())), TextAnswer("*", 0.25))
    return TextInteraction(id_, answers), word


@st.composite
def numbers(draw: Any, id_: str = "i") -> Asked:
    value = draw(st.integers(-(10**6), 10**6))
    best = NumberAnswer(value - 0.5, value + 0.5)
    return NumberInteraction(id_, (NumberAnswer(value - 9, value + 9, 0.5), best)), str(value)


@st.composite
def formulas(draw: Any, id_: str = "i") -> Asked:
    a, b = draw(st.integers(1, 50)), draw(st.integers(1, 50))
    key = FormulaAnswer(f"{a}*x + {b}")
    return FormulaInteraction(id_, (key,), (Free("x"),)), f"{b}+x*{a}"


@st.composite
def clozes(draw: Any) -> Asked:
    kinds = draw(st.lists(st.sampled_from([texts, numbers, formulas, choices]), min_size=1))
    gaps, answer = [], []
    for number, kind in enumerate(kinds[:5]):
        more = {"scored": True} if kind is choices else {}
        gap, right = draw(kind(f"g{number}", **more))
        gaps.append(gap)
        answer += [f"g{number} {one}" for one in ([right] if isinstance(right, str) else right)]
    weights = {gap.id: draw(st.floats(0.5, 3)) for gap in gaps}
    text = " ".join(f"{{{{{gap.id}}}}}" for gap in gaps)
    return ClozeInteraction("i", text, tuple(gaps), weights), answer


@st.composite
def _paired(draw: Any) -> tuple[tuple[Item, ...], int, tuple[Pair, ...], list[str], dict[str, Any]]:
    sources, targets = items("s", draw(st.integers(1, 5))), draw(st.integers(1, 4))
    points = draw(st.lists(st.floats(0.25, 4), min_size=len(sources), max_size=len(sources)))
    right = [Pair(one.id, f"t{n % targets}", points[n]) for n, one in enumerate(sources)]
    wrong = [Pair("s0", f"t{n}", draw(st.floats(-4, 0))) for n in range(1, targets)]
    how = {
        "scoring": draw(st.sampled_from(["map", "exact"])),
        "default": draw(_BAD),
        "lower": draw(_BAD),
        "per_source": draw(st.integers(0, 2)),
    }
    answer = [f"{one.source} {one.target}" for one in right]
    return sources, targets, (*right, *wrong), answer, how


@st.composite
def matches(draw: Any) -> Asked:
    sources, targets, pairs, answer, how = draw(_paired())
    return MatchInteraction("i", sources, items("t", targets), pairs, **how), answer


@st.composite
def drags(draw: Any) -> Asked:
    labels, zones, pairs, answer, how = draw(_paired())
    shown = tuple(Area(f"t{n}", "rect", (n, 0, n + 1, 1)) for n in range(zones))
    return ImageDragInteraction("i", "a.png", 9, 9, labels, shown, pairs, **how), answer


@st.composite
def orders(draw: Any) -> Asked:
    shown = items("o", draw(st.integers(1, 7)))
    order = draw(st.permutations([one.id for one in shown]))
    rule = draw(st.sampled_from(["exact", "positions", "pairs"]))
    return OrderInteraction("i", shown, tuple(order), scoring=rule), list(order)


@st.composite
def hotspots(draw: Any) -> Asked:
    count, visible = draw(st.integers(1, 4)), draw(st.booleans())
    shapes = [("rect", (0, 0, 8, 8)), ("circle", (4, 4, 4)), ("ellipse", (4, 4, 4, 2))]
    shapes.append(("poly", (0, 0, 8, 0, 8, 8, 0, 8)))
    areas = []
    for number in range(count):
        shape, coords = draw(st.sampled_from(shapes))
        # each in its own column of 10 pixels
        moved = tuple(c + 10 * number if at in _ACROSS[shape] else c for at, c in enumerate(coords))
        areas.append(Area(f"a{number}", shape, moved, points=draw(st.floats(0.5, 3))))
    answer = [f"a{n}" if visible else f"{4 + 10 * n} 4" for n in range(count)]
    asked = HotspotInteraction(
        *("i", "a.png", 100, 10, tuple(areas), count, visible), default=draw(_BAD), lower=draw(_BAD)
    )
    return asked, answer


_ACROSS = {"rect": (0, 2), "circle": (0,), "ellipse": (0,), "poly": (0, 2, 4, 6)}


@st.composite
def essays(draw: Any) -> Asked:
    levels = (Level("no", "No", 0), Level("yes", "Yes", draw(st.floats(0.5, 5))))
    rubric = tuple(Criterion(f"k{n}", "?", levels) for n in range(draw(st.integers(1, 3))))
    rule = draw(st.sampled_from(["self", "completion"]))
    text = draw(_WORDS)
    return FreeTextInteraction("i", rubric, scoring=rule), [text, *(f"{k.id} yes" for k in rubric)]


@st.composite
def surveys(draw: Any) -> Asked:
    asked = items("q", draw(st.integers(1, 4)))
    survey = SurveyInteraction("i", asked, items("l", 5), "completion")
    return survey, [f"{one.id} l{draw(st.integers(0, 4))}" for one in asked]


@st.composite
def uploads(draw: Any) -> Asked:
    names = draw(st.lists(_WORDS, min_size=1, max_size=3))
    asked = UploadInteraction("i", most_files=3, scoring="completion")
    return asked, [f"{n:064x} 12 {name}.pdf" for n, name in enumerate(names)]


def every_kind() -> st.SearchStrategy[Asked]:
    """Any kind that can be marked here, with its right answer."""
    return st.one_of(
        *(choices(), texts(), numbers(), formulas(), clozes(), matches()),
        *(orders(), hotspots(), drags(), essays(), surveys()),
    )


def with_uploads() -> st.SearchStrategy[Asked]:
    """Any of the twelve kinds. Nothing here can tell whether the right file was handed in."""
    return every_kind() | uploads()


def any_answer() -> st.SearchStrategy[Answer]:
    """Answers that a form could give, and those that none would."""
    ids = st.sampled_from(
        ["c0", "c1", "o0", "o1", "a0", "s0 t0", "s1 t0", "s0 t1", "q0 l1", "g0 7"]
    )
    odd = st.text(max_size=20) | st.sampled_from(["1 2", "4 4", "14 4", "-1 nan", " ", "x", "1/0"])
    return st.text(max_size=20) | st.lists(ids | odd, max_size=6)


def right_answer(question: Question) -> dict[str, Answer]:
    """What is fully right by the question's own key; '' where it has none."""
    return {one.id: _right(one) for one in question.interactions}


def _right(asked: Interaction) -> Answer:  # noqa: C901, PLR0911 - one for each kind
    match asked:
        case ChoiceInteraction():
            most = max(one.fraction for one in asked.choices)
            good = [one.id for one in asked.choices if one.fraction > 0]
            return (
                good
                if asked.multiple
                else [one.id for one in asked.choices if one.fraction == most][:1]
            )
        case TextInteraction():
            return max(asked.answers, key=lambda one: one.fraction).text.replace(r"\*", "*")
        case NumberInteraction():
            best_range = max(asked.answers, key=lambda one: one.fraction)
            return repr((best_range.low + best_range.high) / 2)
        case FormulaInteraction():
            return max(asked.answers, key=lambda one: one.fraction).value
        case ClozeInteraction():
            return [f"{gap.id} {one}" for gap in asked.gaps for one in _listed(_right(gap))]
        case HotspotInteraction():
            return [one.id for one in asked.areas if one.points > 0][: asked.most]
        case MatchInteraction() | ImageDragInteraction():
            firsts = {pair.source: pair.target for pair in reversed(asked.pairs) if pair.points > 0}
            return [f"{source} {target}" for source, target in firsts.items()]
        case OrderInteraction():
            return list(asked.order)
        case FreeTextInteraction():
            best = [
                (one.id, max(one.levels, key=lambda level: level.points)) for one in asked.rubric
            ]
            return ["word " * (asked.least_words or 1), *(f"{id_} {one.id}" for id_, one in best)]
    return ""


def _listed(answer: Answer) -> list[str]:
    return answer if isinstance(answer, list) else [answer]
