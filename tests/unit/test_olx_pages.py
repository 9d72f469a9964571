# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest

from player.publish.olx.desk import Desk, Spot
from player.publish.olx.pages import clean

SPOT = Spot("html", "h1", "Text", "Week / Lesson / Unit")


@pytest.fixture
def desk() -> Desk:
    return Desk({}, Path("nowhere"), frozenset({"known", "Video_1"}), "en", {})


def cleaned(desk: Desk, markup: str) -> str:
    return clean(markup, desk, SPOT).html


def reasons(desk: Desk) -> list[str]:
    return [entry.reason for entry in desk.left_out]


def test_tables_lists_code_and_maths_stay(desk: Desk) -> None:
    html = (
        '<h2>T</h2><ul><li>a</li></ul><table><tbody><tr><td colspan="2">b</td></tr></tbody></table>'
        "<pre><code>if x:\n  y</code></pre><p>\\(a &lt; b\\) \\[c\\]</p>"
    )
    assert cleaned(desk, html) == html


def test_scripts_styles_and_handlers_go(desk: Desk) -> None:
    html = '<style>p{}</style><p style="x" onclick="y()" class="z">a</p><script>alert(1)</script>'
    assert cleaned(desk, html) == "<p>a</p>"


def test_boxes_become_paragraphs_or_vanish(desk: Desk) -> None:
    html = '<div class="a"><section><div>one</div><p>two</p></section></div><span>three</span>'
    assert cleaned(desk, html) == "<p>one</p><p>two</p>three"


def test_words_beside_blocks_keep_their_box_apart(desk: Desk) -> None:
    html = "<div>one<p>two</p></div><div>three<p>four</p></div>"
    assert cleaned(desk, html) == "<div>one<p>two</p></div><div>three<p>four</p></div>"


def test_empty_paragraphs_and_icon_words_go(desk: Desk) -> None:
    html = (
        '<p>&nbsp;</p><p><span class="material-symbols-outlined">menu_book</span></p>'
        '<p><i aria-hidden="true">star</i>a</p><div><p> <br></p></div>'
    )
    assert cleaned(desk, html) == "<p>a</p>"


def test_a_frame_becomes_a_line_that_says_where_it_is(desk: Desk) -> None:
    html = '<p>a</p><iframe src="https://example.org/x?a=1&amp;b" title="Sim">old</iframe>'
    assert cleaned(desk, html) == (
        '<p>a</p><p>Online only: <a href="https://example.org/x?a=1&amp;b">Sim</a> '
        "(https://example.org/x?a=1&amp;b)</p>"
    )
    assert len(desk.left_out) == 1


def test_in_a_french_course_it_says_so_in_french() -> None:
    desk = Desk({}, Path("nowhere"), frozenset(), "fr-CA", {})
    assert "En ligne seulement" in cleaned(desk, '<iframe src="https://example.org"></iframe>')


def test_a_frame_on_the_platform_is_left_out(desk: Desk) -> None:
    assert cleaned(desk, '<p>a</p><iframe src="/static/x.html"></iframe>') == "<p>a</p>"
    assert "x.html" in reasons(desk)[0]


def test_a_block_of_buttons_is_left_out(desk: Desk) -> None:
    html = "<div><p>Useful?</p><button onclick='x()'>Yes</button><button>No</button></div>"
    assert cleaned(desk, html) == ""
    assert "buttons" in reasons(desk)[0]


def test_buttons_in_a_text_go_and_the_text_stays(desk: Desk) -> None:
    words = "A long explanation. " * 10
    assert cleaned(desk, f"<p>{words}<button>More</button></p>") == f"<p>{words.strip()}</p>"
    assert reasons(desk) == []


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("/jump_to_id/known", "known"),
        ("/jump_to_id/Video_1#x", "Video_1"),
        ("/courses/course-v1:A+B+C/jump_to_id/known", "known"),
        ("/courses/c/jump_to/block-v1:A+B+C+type@html+block@known", "known"),
        ("/jump_to/i4x://A/B/html/known", "known"),
        ("https://lms.example/courses/c/courseware/known/unknown/1", "known"),
    ],
)
def test_links_to_blocks_are_found(desk: Desk, href: str, target: str) -> None:
    assert (
        cleaned(desk, f'<p><a href="{href}">x</a></p>')
        == f'<p><a href="#activity:{target}">x</a></p>'
    )


@pytest.mark.parametrize(
    "href", ["/jump_to_id/gone", "/course/about", "#top", "javascript:x()", "page.html"]
)
def test_links_to_nowhere_are_text(desk: Desk, href: str) -> None:
    assert cleaned(desk, f'<p><a href="{href}">x</a></p>') == "<p>x</p>"


def test_links_to_the_web_stay(desk: Desk) -> None:
    html = '<p><a href="https://example.org/a?b=c&amp;d">x</a> <a href="mailto:a@b.c">y</a></p>'
    assert cleaned(desk, html) == html


def test_pictures_from_elsewhere_become_links_or_words(desk: Desk) -> None:
    html = (
        '<p><img src="https://e.org/a.png" alt="A cat"><img src="/static/no.png" alt="A dog">!</p>'
    )
    assert cleaned(desk, html) == '<p><a href="https://e.org/a.png">A cat</a>A dog!</p>'
    assert len(desk.left_out) == 2


def test_a_spacer_is_dropped_without_a_word(desk: Desk) -> None:
    html = '<p>a<img src="data:image/png;base64, iVBORw0KGgo="></p>'
    assert cleaned(desk, html) == "<p>a</p>"
    assert reasons(desk) == []


def test_a_linked_file_that_is_no_pdf_is_listed(desk: Desk) -> None:
    assert cleaned(desk, '<p><a href="/static/a.zip">x</a></p>') == "<p>x</p>"
    assert "a.zip" in reasons(desk)[0]


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "\0",
        "<" * 500,
        "<div>" * 5_000,
        "<p><table><p></table>",
        "<!-- a",
        "<svg><script>x</script>",
    ],
)
def test_any_markup_at_all_is_cleaned(desk: Desk, markup: str) -> None:
    assert "<script" not in cleaned(desk, markup)


MATHML = "<math><mfrac><mi>s</mi><mi>v</mi></mfrac></math>"


@pytest.mark.parametrize(
    ("markup", "made"),
    [
        ("<p>[mathjaxinline]a &lt; b[/mathjaxinline]</p>", "<p>\\(a &lt; b\\)</p>"),
        ("<p>[mathjax]a<br/>b[/mathjax]</p>", "<p>\\[a b\\]</p>"),
        ('<p><script type="math/tex">a < b</script></p>', "<p>\\(a &lt; b\\)</p>"),
        (f"<p>{MATHML}</p>", f"<p>{MATHML}</p>"),
        (
            "<p><math><maction href='x'><mi>a</mi></maction></math></p>",
            "<p><math><mi>a</mi></math></p>",
        ),
    ],
)
def test_formulas_stay_however_they_were_written(desk: Desk, markup: str, made: str) -> None:
    assert cleaned(desk, markup) == made
