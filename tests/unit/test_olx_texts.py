# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.publish.olx.about import licence
from player.publish.olx.desk import asset_name, spelling
from player.publish.olx.markup import formed, in_lines, safe, settle, squeezed
from player.publish.olx.model import slug
from player.publish.olx.write import quoted
from player.publish.olx.xml import parse, plain

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]><problem a="&d;">&d;</problem>"""


@given(st.text())
def test_any_text_is_a_toml_string(text: str) -> None:
    assert tomllib.loads(f"a = {quoted(text)}") == {"a": text}


def test_half_a_surrogate_does_not_break_the_file() -> None:
    assert tomllib.loads(f"a = {quoted('x' + chr(0xD800))}") == {"a": "x?"}


@pytest.mark.parametrize(
    ("given_as", "spdx"),
    [
        ("creative-commons: ver=4.0 BY NC SA", "CC-BY-NC-SA-4.0"),
        ("creative-commons: ver=3.0 BY", "CC-BY-3.0"),
        ("creative-commons: ver=4.0 BY NC ND", "CC-BY-NC-ND-4.0"),
        ("creative-commons: ver=1.0 ZERO", "CC0-1.0"),
        ("all-rights-reserved", "LicenseRef-All-Rights-Reserved"),
        ("", "unknown"),
        ("something else", "unknown"),
    ],
)
def test_the_licence_becomes_spdx(given_as: str, spdx: str) -> None:
    assert licence(given_as) == spdx


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("/static/a.png", "a.png"),
        ("static/a.png?raw#x", "a.png"),
        ("../static/My%20Pic.png", "My Pic.png"),
        ("/asset-v1:Org+C+R+type@asset+block@a.png", "a.png"),
        ("asset-v1:Org+C+R+type@asset+block/a.png", "a.png"),
        ("/assets/courseware/v1/ff/asset-v1:O+C+R+type@asset+block/a.png", "a.png"),
        ("/c4x/Org/C/asset/a.png", "a.png"),
        ("https://studio.edx.org/c4x/edX/DemoX/asset/Africa.png", "Africa.png"),
        ("https://example.org/a.png", None),
        ("", None),
    ],
)
def test_the_ways_to_name_a_static_file(reference: str, name: str | None) -> None:
    assert asset_name(reference) == name


def test_spellings_of_one_file_are_one() -> None:
    names = ("My Pic.png", "my_pic.PNG", "My%20Pic.png")
    assert len({spelling(name) for name in names}) == 1


def test_slugs_are_ids() -> None:
    assert slug("Été à l’école!") == "ete-a-lecole"
    assert slug("日本") == "x"
    assert slug("a__B--c") == "a-b-c"
    assert slug("CON") == "x-con"
    assert len(slug("a" * 500)) == 80


def test_xml_with_an_entity_of_html_is_read() -> None:
    root = parse(b"<html><p>a&nbsp;b &amp; &lt;c&gt;</p></html>")
    assert root is not None
    assert root[0].text == "a\xa0b & <c>"


@pytest.mark.parametrize(
    "content",
    [
        LAUGHS,
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        b"<a><b></a>",
        b"",
        b"<a>" * 10_000,
        b"\xff\xfe\x00",
    ],
)
def test_xml_that_is_broken_or_a_bomb_is_not_read(content: bytes) -> None:
    assert parse(content) is None


def test_json_attributes_are_plain_text() -> None:
    assert plain('"2016-01-01"') == "2016-01-01"
    assert plain("null") == ""
    assert plain('"open') == '"open'
    assert plain(None) == ""
    assert plain(True) == "True"


def test_scripts_go_and_old_maths_marks_change() -> None:
    markup = "<script>bad()</script>[mathjaxinline]x[/mathjaxinline] [mathjax]y[/mathjax] \\(z\\)"
    assert formed(markup) == "\\(x\\) \\[y\\] \\(z\\)"


def test_only_known_tags_and_addresses_are_let_out() -> None:
    html = '<p onclick="x()" style="a">a<a href="javascript:x()">b</a><blink>c</blink></p>'
    assert safe(html) == "<p>a<a>b</a>c</p>"


def test_links_to_blocks_become_links_to_activities_or_text() -> None:
    html = '<a href="#activity:Known_1">a <b>b</b></a> <a href="#activity:gone">c</a>'
    assert (
        settle(html, {"Known_1": "known-1"}.get) == '<a href="#activity:known-1">a <b>b</b></a> c'
    )


def test_html_is_squeezed_but_not_inside_pre() -> None:
    html = "<p>  a\n\n b </p>\n<pre>x\n  y\n\nz</pre>\n"
    assert squeezed(html) == "<p>a b</p> <pre>x\n  y\n\nz</pre>"
    assert in_lines(squeezed(html)) == "<p>a b</p> \n<pre>x\n  y\n\nz</pre>\n"
