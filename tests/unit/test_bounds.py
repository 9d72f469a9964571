# SPDX-License-Identifier: Apache-2.0
"""HTML that no author writes by hand is read as its words; what authors write stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.course.bounds import LONGEST, bounded
from player.course.fragment import clean, words

WORD = "texte"
HOSTILE = {
    "100,000 boxes in one another": "<div>" * 100_000 + WORD,
    "tables in tables": "<table><tr><td>" * 10_000 + WORD,
    "lists in lists": "<ul><li>" * 50_000 + WORD,
    "quotes in quotes": "<blockquote>" * 10_000 + WORD,
    "bold in bold": "<b>" * 100_000 + WORD,
    "a tag of 300,000 attributes": f"<p {' '.join(f'a{n}=1' for n in range(300_000))}>{WORD}</p>",
    "20 MB": f"<h1>{WORD}</h1>" + "<p>une ligne de plus, et encore une</p>" * 500_000,
    "a million references": f"<p>{WORD}</p>" + "&amp;" * 1_000_000,
    "a million opened tags": f"<p>{WORD}</p>" + "<" * 1_000_001,
    "scripts that never end": f"<p>{WORD}</p>" + "<script>" * 200_000,
    "comments that never end": f"<p>{WORD}</p>" + "<!--" * 300_000,
}


@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE)
def test_what_would_take_minutes_is_its_words(markup: str) -> None:
    made = clean(markup)
    assert WORD in made
    assert len(made) <= 5 * LONGEST
    assert "<div>" * 101 not in made


def test_words_between_millions_of_tags_are_read_as_far_as_time_allows() -> None:
    made = bounded("<b>a</b>" * 500_000)
    assert 0 < made.count("a") < LONGEST // 2


def test_the_words_alone_come_in_time_too() -> None:
    assert words("<i>" * 100_000 + WORD) == WORD


@pytest.mark.parametrize(
    "markup",
    [
        "<p>a<p>b" * 300,  # tags that end by themselves
        "<ul>" + "<li>x" * 500 + "</ul>",
        "<div>" * 90 + "x" + "</div>" * 90,
        "<table><tr><td>x" * 3,
        '<p title="a > b < c">a < b, 3 <4</p>',
        "<br/>" * 500 + "<img src='a.png'>" * 500,
    ],
)
def test_what_authors_write_is_left_alone(markup: str) -> None:
    assert bounded(markup) == markup


def test_nothing_hidden_is_among_the_words() -> None:
    hidden = "<script>un</script><style>deux</style><svg><text>trois</text></svg><!-- quatre -->"
    made = bounded(hidden + "<div>" * 200 + "<p>vu &amp; lu</p><p>a &lt; b</p>")
    assert made == "<p>vu &amp; lu</p><p>a &lt; b</p>"


@given(st.lists(st.sampled_from(["<", ">", "<p", "</p>", "<!--", "-->", "<script", "&lt;", "a "])))
def test_words_hold_no_tag_but_paragraphs(parts: list[str]) -> None:
    made = bounded("<div>" * 101 + "".join(parts))
    inside = made.replace("<p>", "").replace("</p>", "")
    assert "<" not in inside
