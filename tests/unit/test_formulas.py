# SPDX-License-Identifier: Apache-2.0
"""Where formulas stand in a text, and which of them are drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.course.formulas import LONGEST, Formula, settled, split, written
from player.course.fragment import clean, words
from player.lesson.formulas import draw
from player.publish.markdown import from_markdown


def inline(source: str) -> Formula:
    return Formula(source)


def display(source: str) -> Formula:
    return Formula(source, display=True)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (r"soit \(t = s\) ici", ["soit ", inline("t = s"), " ici"]),
        (r"\[a\]\(b\)$$c$$", [display("a"), inline("b"), display("c")]),
        ("5 $ ou 10 $, $5 and $10", ["5 $ ou 10 $, $5 and $10"]),
        (r"\(jamais fermée", [r"\(jamais fermée"]),
        (r"fermée \) seule", [r"fermée \) seule"]),
        (r"\\(pas une\\)", [r"\\(pas une\\)"]),
        (r"\(a \\ b\)", [inline(r"a \\ b")]),
        (r"\( \) vide \(x\)", [r"\( \) vide ", inline("x")]),
        (r"\(a \[ b\)", [inline(r"a \[ b")]),
        ("\\(" + "x" * (LONGEST + 1) + "\\)", ["\\(" + "x" * (LONGEST + 1) + "\\)"]),
        ("", []),
    ],
)
def test_formulas_are_told_from_text(text: str, parts: list[str | Formula]) -> None:
    assert split(text) == parts


@given(st.text(alphabet="ab \\()[]$", max_size=60))
def test_no_letter_of_a_text_is_lost(text: str) -> None:
    said = "".join(one if isinstance(one, str) else one.source for one in split(text))
    assert [letter for letter in said if letter in "ab"] == [c for c in text if c in "ab"]


@pytest.mark.parametrize(
    ("markup", "made"),
    [
        ("[mathjaxinline]x[/mathjaxinline]", r"\(x\)"),
        ("[mathjax]x[/mathjax]", r"\[x\]"),
        ('<script type="math/tex">x < y</script>.', r"\(x &lt; y\)."),
        ("<script type='math/tex; mode=display'>x</script>", r"\[x\]"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ('<script type="math/tex">x', '<script type="math/tex">x'),
        (r"\[a<br>b<BR />c\]<br>", r"\[a b c\]<br>"),
    ],
)
def test_other_ways_of_writing_them_are_brought_to_one(markup: str, made: str) -> None:
    assert settled(markup) == made


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (r"A \(a_1 * b_2 < c\) B", r"<p>A \(a_1 * b_2 &lt; c\) B</p>"),
        ("$`x_1`$ and `$5`", r"<p>\(x_1\) and <code>$5</code></p>"),
        ("It is $5, or $6_a_", "<p>It is $5, or $6_a_</p>"),
        ("A\n\\[\nx\n- 1\n\\]\nB", "<p>A</p>\n<p>\\[x\n- 1\\]</p>\n<p>B</p>"),
        ("$$\nx\n$$", r"<p>\[x\]</p>"),
        ("```math\na<b\n```", r"<p>\[a&lt;b\]</p>"),
        ("```\n\\(x\\)\n```", "<pre><code>\\(x\\)\n</code></pre>"),
        (r"an open \(bracket", "<p>an open (bracket</p>"),
        ("\\[ a\n\nb \\]", "<p>[ a</p>\n<p>b ]</p>"),
        ("- $$x$$", "<ul>\n<li>\n<p>\\[x\\]</p>\n</li>\n</ul>"),
        ("<!-- formulas: $ -->\n\n$a_1$ for $5 and $6", None),
    ],
)
def test_markdown_carries_formulas_as_they_are(text: str, html: str | None) -> None:
    made = clean(from_markdown(text)).strip()
    assert made == (html or r"<p>\(a_1\) for $5 and $6</p>")


MATHML = (
    '<math display="block"><semantics><mfrac><mi>s</mi><mi>v</mi></mfrac>'
    '<annotation encoding="application/x-tex">\\frac{s}{v}</annotation></semantics></math>'
)


def test_mathml_is_kept_and_nothing_comes_in_with_it() -> None:
    assert clean(MATHML) == MATHML
    hostile = (
        '<math href="javascript:x()" style="x"><mi onclick="x()" mathcolor="red">a</mi>'
        '<maction actiontype="x"><mi>b</mi></maction><annotation-xml encoding="text/html">'
        "<script>x()</script><iframe src=//e></iframe></annotation-xml>"
        "<mtext><img src=x onerror=x()><style>y</style></mtext><mglyph src=x></mglyph></math>"
    )
    made = clean(hostile)
    for harm in ("script", "iframe", "onclick", "onerror", "javascript", "style", "mglyph", "red"):
        assert harm not in made
    assert "<mi>a</mi>" in made


def test_the_words_of_mathml_are_said_once() -> None:
    assert words(f"<p>soit {MATHML}</p>") == "soit sv"


@pytest.mark.parametrize(
    "source",
    [
        "x^2",
        r"t = \frac{s}{v}",
        r"\sum_{i=1}^n i^2 = \frac{n(n+1)(2n+1)}{6}",
        r"\begin{pmatrix}a&b\\c&d\end{pmatrix}",
        r"\begin{cases}1 & x>0\\0&\text{sinon, déjà}\end{cases}",
        r"\begin{align}a&=b\\c&=d\end{align}",
        r"\sqrt[3]{x} \le \vec{a} \cdot \overline{AB}",
        r"E = mc^2 \tag{1}",
        "{" * 38 + "x" + "}" * 38,  # in time: rows that hold nothing but a row are none
        r"\begin{pmatrix}" + r"\frac{a_1}{b} & \frac{a_2}{b} \\" * 8 + r"\end{pmatrix}",
        r"\Phi = \int_0^a dx \int_0^b dy \frac{1}{\sqrt{x^2 + y^2 + a^2}}",  # of a real course
        r"\displaystyle \frac{\partial x_i}{\partial x_j} =",  # of a real course
    ],
)
def test_what_is_written_in_courses_is_drawn(source: str) -> None:
    drawing = draw(display(source))
    assert drawing is not None
    assert drawing.svg.startswith("<svg")
    assert drawing.width > 5
    assert drawing.ascent > 0


def test_what_stands_below_the_line_is_known() -> None:
    flat, deep = draw(inline("x")), draw(inline(r"\frac{s}{v}"))
    assert flat is not None
    assert deep is not None
    assert deep.descent > flat.descent + 3
    assert flat.descent < 2


def test_mathml_is_drawn_like_latex() -> None:
    made = draw(Formula(MATHML, display=True, mathml=True))
    same = draw(display(r"\frac{s}{v}"))
    assert made is not None
    assert same is not None
    assert (made.width, made.ascent) == pytest.approx((same.width, same.ascent), abs=1)


NESTED = {
    "powers": "x^{" * 30 + "1" + "}" * 30,
    "fractions": r"\frac{1}{" * 30 + "x" + "}" * 30,
    "roots": r"\sqrt{" * 200 + "x" + "}" * 200,
    "brackets": r"\left(" * 30 + "x" + r"\right)" * 30,
    "matrices": r"\begin{matrix}" * 20 + "x" + r"\end{matrix}" * 20,
    "braces": "{" * 1900 + "x" + "}" * 1900,
    "rows": "{a" * 38 + "x" + "}" * 38,
    "what is unseen": r"\phantom{" * 12 + "x" + "}" * 12,
}


@pytest.mark.parametrize(
    "source",
    [
        *NESTED.values(),
        "x^2+" * 900 + "1",
        "x" * (LONGEST + 1),
        r"\def\a{\a\a}\a",
        r"\newcommand{\b}{xx}\b",
        r"\rule{99999cm}{99999cm}",
        r"\hspace{99999cm}x",
        r"\frac{1}{",
        r"\left(",
        "^^^",
        "&&&",
        r"\text{سرعة}",  # letters that ziamath cannot join
    ],
    ids=lambda source: source[:12],
)
def test_what_cannot_be_drawn_in_time_is_not_drawn(source: str) -> None:
    assert draw(display(source)) is None


def test_mathml_that_would_take_too_long_is_not_drawn() -> None:
    for name in ("mrow", "semantics", "mtd", "mtr", "mlabeledtr", "none", "math"):
        rows = f"<{name}><mi>a</mi>" * 40 + f"</{name}>" * 40
        assert draw(Formula(f"<math>{rows}</math>", mathml=True)) is None, name
    deep = "<math>" + "<msup><mi>x</mi>" * 40 + "<mn>1</mn>" + "</msup>" * 40 + "</math>"
    assert draw(Formula(deep, mathml=True)) is None
    wide = "<math><mspace width='99999999px'/><mi>s</mi></math>"
    assert draw(Formula(wide, mathml=True)) is None
    entities = '<!DOCTYPE a [<!ENTITY b "bb">]><math><mi>&b;</mi></math>'
    assert draw(Formula(entities, mathml=True)) is None


@given(st.text(alphabet="\\{}^_&abfrcsqt()[]12 ", max_size=30))
def test_any_source_at_all_is_drawn_or_not(source: str) -> None:
    drawing = draw(inline(source))
    assert drawing is None or drawing.width > 0


def test_a_formula_is_written_so_that_html_keeps_it() -> None:
    assert written(" a < b & c ", display=True) == r"\[a &lt; b &amp; c\]"
