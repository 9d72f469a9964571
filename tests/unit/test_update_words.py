# SPDX-License-Identifier: Apache-2.0
"""What an update changes and costs, in words."""

from __future__ import annotations

import pytest

from player.app import WishedSection
from player.app.updates import Preview
from player.course.changes import Change, Changes
from player.store.courses import Shelf
from player.ui import update_words
from player.ui.update_words import LONGEST, changed, most


def changes(*every: tuple[str, str, str, str]) -> Changes:
    return Changes(tuple(Change(*one) for one in every))


def preview(cost: int, at_most: int, *, exact: bool = True) -> Preview:
    return Preview("a", "A", 1, 2, changes(), cost, at_most, exact)


def wish(rendition: str) -> WishedSection:
    return WishedSection("a", "s", "A", "S", rendition, 0, 1, "")


def shelf(base: int, **renditions: int) -> Shelf:
    names = {name.removeprefix("r"): size for name, size in renditions.items()}
    return Shelf("a", 1, 2, "A", "en", "", "", "trusted", 1, 0, base, names, here=True, last_at="")


def test_other_languages_have_a_line_of_their_own() -> None:
    assert changed(Changes((), ("fr", "pt-BR"))) == [
        "Other languages: Français, Português (Brasil)"
    ]


def test_each_kind_of_change_has_its_line() -> None:
    found = changes(
        ("added", "w5", "", "Week 5"),
        ("renamed", "w2", "", "Week two"),
        ("content", "w2", "page", "Roles"),
        ("renamed", "w2", "page", "Roles"),
        ("renditions", "w2", "film", "Who decides"),
        ("moved", "w3", "quiz", "Test yourself"),
        ("removed", "w3", "old", "Old news"),
    )
    assert changed(found) == [
        "New: Week 5",
        "Changed: Week two, Roles",
        "Videos saved anew: Who decides",
        "In another place: Test yourself",
        "Gone: Old news",
    ]


def test_a_week_that_comes_or_goes_stands_for_all_that_is_in_it() -> None:
    found = changes(
        ("added", "w5", "", "Week 5"),
        ("added", "w5", "page", "The budget"),
        ("added", "w1", "more", "One more"),
        ("removed", "w9", "", "Week 9"),
        ("removed", "w9", "gone", "Gone with it"),
    )
    assert changed(found) == ["New: Week 5, One more", "Gone: Week 9"]


def test_many_are_counted_and_long_ones_are_cut() -> None:
    found = changes(*(("content", "w", str(n), f"Page {n}") for n in range(7)))
    assert changed(found)[0].startswith("Changed: Page 0, Page 1, Page 2 and ")
    [line] = changed(changes(("content", "w", "p", "word " * 40)))
    assert len(line) <= len("Changed: ") + LONGEST
    assert line.endswith("word…")


def test_what_nobody_sees_is_said_too() -> None:
    assert changed(changes()) == ["Nothing changes that you would see."]


@pytest.mark.parametrize(
    ("found", "said", "button"),
    [
        (
            preview(4_400_000, 8_100_000),
            "It takes 4.4 MB: what is here already is not fetched again.",
            "Get it (4.4 MB)",
        ),
        (
            preview(8_100_000, 8_100_000, exact=False),
            "It takes at most 8.1 MB: how much of that is here already could not be looked up.",
            "Get it (at most 8.1 MB)",
        ),
        (preview(0, 0), "It costs nothing.", "Get it"),
        (preview(0, 0, exact=False), "It costs nothing.", "Get it"),
    ],
)
def test_the_price_is_said_before_and_on_the_button(found: Preview, said: str, button: str) -> None:
    assert update_words.price(found) == said
    assert update_words.get(found.cost, exact=found.exact) == button


@pytest.mark.parametrize(
    ("offered", "wished", "bound"),
    [
        (shelf(1000, r240p=5000, r480p=9000), ["240p"], 6000),
        (shelf(1000, r240p=5000, r480p=9000), ["240p", "480p"], 10_000),
        (shelf(1000, r240p=5000, r480p=9000), ["720p"], 10_000),  # the nearest there is
        (shelf(1000, r240p=5000), [""], 1000),
        (shelf(1000, r240p=5000), [], 0),
        (shelf(0), ["240p"], None),
    ],
)
def test_without_a_look_the_catalogue_tells_the_most(
    offered: Shelf, wished: list[str], bound: int | None
) -> None:
    assert most(offered, [wish(one) for one in wished]) == bound
    words = update_words.at_most(bound)
    assert ("at most" in words) == bool(bound)
    assert ("not known" in words) == (bound is None)
