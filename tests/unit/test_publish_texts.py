# SPDX-License-Identifier: Apache-2.0
"""Nothing harmful gets through; links and lines are told exactly."""

from __future__ import annotations

import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.course.fragment import ATTRIBUTES, TAGS, clean
from player.course.manifest import Link
from player.publish.faults import Findings, meant
from player.publish.folder import Folder
from player.publish.links import parse_links
from player.publish.markdown import from_markdown
from player.publish.outline import KINDS, read_outline
from player.publish.pages import Texts, first_heading, slug
from player.publish.positions import positions

# Cleaning


class Everything(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<script>x</script>a<style>b{}</style>", "a"),
        ('<p style="color:red" onclick="x()" class="y" lang="fr" dir="ltr">a</p>',
         '<p lang="fr" dir="ltr">a</p>'),
        ('<a href="javascript:x()">a</a>', "<a>a</a>"),
        ('<a href=" https://a.example ">a</a>', '<a href="https://a.example">a</a>'),
        ('<a href="#activity:roles">a</a>', '<a href="#activity:roles">a</a>'),
        ('<a href="file:///etc/passwd">a</a>', "<a>a</a>"),
        ('<a href="page.html">a</a>', "<a>a</a>"),
        ('<img src="a.png" alt="b">', '<img src="a.png" alt="b">'),
        ('<img src="//a.example/a.png">', "<img>"),
        ('<img src="/etc/a.png"><img src="\\\\server\\a.png">', "<img><img>"),
        ('<img src="data:image/png;base64,AA" srcset="https://a.example/b.png 2x">', "<img>"),
        ('<img src="a.png" width="expression(1)">', '<img src="a.png">'),
        ("<form><input value=a><button>b</button></form>", "b"),
        ("<iframe src=https://a.example>x</iframe><object data=a></object>b", "b"),
        ("<svg><a href=javascript:x()>a</a></svg>b", "b"),
        ("<details><summary>a</summary>b</details>", "ab"),
        ("H<sub>2</sub>O<sup>+</sup>", "H<sub>2</sub>O<sup>+</sup>"),
        ('<td colspan="2">a</td>', "a"),
        ('<table><tr><td colspan="2" style="x">a</td></tr></table>',
         '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>'),
    ],
)  # fmt: skip
def test_only_what_is_allowed_stays(html: str, cleaned: str) -> None:
    assert clean(html) == cleaned


_PIECES = st.sampled_from(
    ["<", ">", "</", "script", "img", "a", "p", "table", "svg", "math", "style", "title", " src=",
     " href=", " onerror=", "javascript:", "https://a.example/", "x.png", '"', "'", "=", "/",
     "&lt;", "<!--", "-->", "<![CDATA[", "]]>", "\x00", "é", " ", "\n", "mtext",
     "noscript", "textarea"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_whatever_is_typed_only_allowed_tags_and_attributes_come_out(html: str) -> None:
    for tag, attributes in Everything(clean(html)).tags:
        assert tag in TAGS
        allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set())
        for name, value in attributes:
            assert name in allowed
            if name == "src":
                assert value is not None
                assert not re.match(r"[/\\#?]|.*:", value)


# Pages


def test_the_first_heading_is_the_title_without_its_markup() -> None:
    html = clean(from_markdown("Avant\n\n## Un *beau*\n titre\n\n# Autre\n"))
    assert first_heading(html) == "Un beau"
    assert first_heading("<p>rien</p>") == ""


def test_a_link_in_a_page_leads_to_the_web_or_to_an_activity() -> None:
    findings = Findings()
    source = (
        "[a](https://a.example)\n[b](#activity:b)\n[c](c.pdf)\n[d](#d)\n[e](mailto:e@f.example)\n"
    )
    texts = Texts(Folder(Path(), findings), "p.md", source)
    html = texts.take(from_markdown(source))
    assert texts.references[0][0] == "b"
    assert texts.references[0][1].line == 2
    assert [found.line for found in findings.faults] == [3]
    assert [found.line for found in findings.warnings] == [4]
    assert html.count("href=") == 3


@pytest.mark.parametrize(
    ("title", "id_"),
    [
        ("Qui fait quoi ?", "qui-fait-quoi"),
        ("  Été — « déjà » ", "ete-deja"),
        ("Œuvre n° 2", "uvre-n-2"),
        ("مرحبا", "none"),
        ("x" * 99, "x" * 60),
    ],
)
def test_an_id_is_made_from_a_title(title: str, id_: str) -> None:
    assert slug(title, "none") == id_


# Lists of links


def test_a_list_of_links_has_titles_and_notes() -> None:
    findings = Findings()
    text = (
        "# Liens\n\nAvant.\n\n"
        "- [Kolibri](https://k.example/a?b=1&c=2): une *bibliothèque*\n  sans réseau.\n"
        "- <http://b.example>\n\n  Un [autre](https://c.example) mot.\n"
        "1. [Un `deux`](HTTPS://d.example) — trois\n"
    )
    links, before = parse_links(text, "l.md", findings)
    assert before == "# Liens\n\nAvant.\n"
    assert links == (
        Link("https://k.example/a?b=1&c=2", "Kolibri", "une bibliothèque sans réseau."),
        Link("http://b.example", "http://b.example", "Un autre mot."),
        Link("HTTPS://d.example", "Un deux", "trois"),
    )
    assert not findings.faults


@pytest.mark.parametrize(
    ("text", "line"),
    [("Pas de liste", 0), ("\n- rien", 2), ("- [a](https://a.example)\n- [b](b.html)", 2)],
)
def test_a_list_that_leads_nowhere_is_a_fault_in_its_line(text: str, line: int) -> None:
    findings = Findings()
    parse_links(text, "l.md", findings)
    assert [found.line for found in findings.faults] == [line]


# Lines of course.toml

TOML = '''\
# [[not]]
[course]
title = "a # b" # c
"quoted.key" = 1
long = """
[[no]]
x = 1"""
list = [ # here
    { a = 1, b = "}" },
    { a = [
        2,
        'x]',
    ] },
]

[[section]]
id = 1

[[section.part]]
when = 1979-05-27 07:32:00
deep.er = 2

[[section]]
[[section.part]]
[[section.part]]
id = 3
'''


def test_every_key_has_its_line() -> None:
    lines = positions(TOML)
    assert tomllib.loads(TOML)
    assert lines[("course",)] == 2
    assert lines[("course", "title")] == 3
    assert lines[("course", "quoted.key")] == 4
    assert lines[("course", "long")] == 5
    assert lines[("course", "list")] == 8
    assert lines[("course", "list", 0, "b")] == 9
    assert lines[("course", "list", 1)] == 10
    assert lines[("course", "list", 1, "a", 1)] == 12
    assert lines[("section", 0, "id")] == 17
    assert lines[("section", 0, "part", 0, "when")] == 20
    assert lines[("section", 0, "part", 0, "deep", "er")] == 21
    assert lines[("section", 1, "part", 1, "id")] == 26


_VALUES = st.recursive(
    st.one_of(
        st.sampled_from(['"a"', "'#'", '"""x\ny"""', "1.5", "true", '"\\""', "'''a'b'''"]),
    ),
    lambda inner: st.lists(inner, max_size=3).map(lambda many: f"[{','.join(many)}\n]"),
    max_leaves=5,
)


@given(st.lists(_VALUES, min_size=1, max_size=6))
def test_the_line_of_a_key_is_where_it_is_written(values: list[str]) -> None:
    text = "".join(f"key{at} = {value}\n" for at, value in enumerate(values))
    lines = positions(text)
    assert tomllib.loads(text).keys() == {path[0] for path in lines}
    for at in range(len(values)):
        assert text.split("\n")[lines[(f"key{at}",)] - 1].startswith(f"key{at} =")


def test_a_word_that_is_far_from_all_is_not_guessed() -> None:
    assert meant("tilte", ["title", "id"]) == "Did you mean `title`?"
    assert meant("xyz", ["title", "id"]) == ""


def test_the_example_of_the_authors_page_is_an_outline_without_a_fault() -> None:
    page = Path(__file__).parents[2] / "docs" / "authoring.md"
    toml = page.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    findings = Findings()
    outline = read_outline(toml, findings)
    assert outline is not None
    assert [one.kind for one in outline.sections[0].sequences[0].activities] == [*KINDS]
    assert not findings.faults


# The language of one activity


def test_an_activity_may_have_a_language_of_its_own() -> None:
    text = (
        '[course]\nid = "a"\ntitle = "A"\nlanguage = "fr"\nauthors = [{ name = "B" }]\n'
        'licence = "CC0-1.0"\n[[section]]\ntitle = "S"\n[[section.sequence]]\ntitle = "Q"\n'
        'activities = [{ page = "a.md" }, { page = "b.md", language = "ar" },'
        ' { quiz = "c.gift", language = "ara bic" }]\n'
    )
    findings = Findings()
    outline = read_outline(text, findings)
    assert outline is not None
    lines = outline.sections[0].sequences[0].activities
    assert [one.language for one in lines[:2]] == ["", "ar"]
    assert [one.what for one in findings.faults] == ["“ara bic” is not a language tag."]
