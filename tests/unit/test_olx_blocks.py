# SPDX-License-Identifier: Apache-2.0
"""Polls, surveys, essays and drag and drop of Open edX, good ones and bad ones."""

from __future__ import annotations

import json
import struct
from contextlib import suppress
from pathlib import Path

import pytest

from player.publish.olx.blocks import READERS, asked_of
from player.publish.olx.desk import Desk, Spot
from player.publish.olx.dragging import size_of
from player.publish.olx.model import Block, Question
from player.publish.olx.responses import Unfit
from player.publish.olx.xml import parse

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 300, 200)
GIF = b"GIF89a" + struct.pack("<HH", 30, 20)
JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc2\0\x0b\x08" + struct.pack(">HH", 200, 300) + b"\x01"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "brain.png").write_bytes(PNG)
    files = {"static/brain.png": tmp_path / "brain.png"}
    return Desk(files, tmp_path / "out", frozenset(), "en", {})


def read(desk: Desk, kind: str, xml: str = "", **settings: object) -> tuple[Question, ...]:
    element = parse(f"<{kind}>{xml}</{kind}>".encode())
    assert element is not None
    said = {
        name: one if isinstance(one, str) else json.dumps(one) for name, one in settings.items()
    }
    block = Block(kind, "b1", "Named", said, element)
    return asked_of(block, desk, Spot(kind, "b1", "Named", "Week / Unit"))


def test_a_poll_has_choices_and_no_right_one(desk: Desk) -> None:
    answers = [["R", {"label": "Red &amp; <b>bold</b>", "img": ""}], ["B", {"label": "Blue"}]]
    (question,) = read(desk, "poll", question="Which?", answers=answers, feedback="Thanks")
    (asked,) = question.asked
    assert (question.text, question.feedback) == ("<p>Which?</p>", "Thanks")
    assert (asked["type"], asked["scoring"]) == ("choice", "none")
    assert "<b>bold</b>" in asked["choices"][0]["text"]
    assert not question.is_gift


def test_a_survey_rates_each_question(desk: Desk) -> None:
    rows = [["a", {"label": "Good?"}], ["b", "Useful?"]]
    scale = [["Y", "Yes"], ["N", "No"]]
    (asked,) = read(desk, "survey", questions=rows, answers=scale)[0].asked
    assert (len(asked["items"]), len(asked["scale"])) == (2, 2)


def test_an_essay_has_its_rubric(desk: Desk) -> None:
    xml = """<prompts><prompt>
      <description>&lt;p&gt;Write.&lt;/p&gt;</description></prompt></prompts>
      <assessments><assessment name="self-assessment"/></assessments><rubric><criterion>
      <label>Clear</label><prompt>Is it?</prompt><option points="3"><label>Yes</label></option>
      <option points="0"><name>No</name></option></criterion></rubric>"""
    essay, files = read(desk, "openassessment", xml, file_upload_type="image")
    (asked,) = essay.asked
    assert (essay.text, "scoring" in asked) == ("<p>Write.</p>", False)  # somebody marks it
    assert [level["points"] for level in asked["rubric"][0]["levels"]] == [3, 0]
    assert files.asked[0]["type"] == "upload"


def test_drag_and_drop_puts_labels_on_zones(desk: Desk) -> None:
    zones = [
        {"uid": "z", "title": "Top", "x": 1, "y": "2", "width": "30px", "height": 40},
        {"uid": "w", "title": "Bottom", "x": 1, "y": 90, "width": 30, "height": 40},
    ]
    items = [
        {"displayName": "Right in both", "zones": ["z", "w"]},
        {"displayName": "Nowhere", "zones": []},
    ]
    data = {"targetImg": "/static/brain.png", "zones": zones, "items": items}
    (asked,) = read(desk, "drag-and-drop-v2", data=data)[0].asked
    assert (asked["width"], asked["height"], asked["out_of"]) == (300, 200, 1)
    assert asked["zones"][0]["coords"] == [1, 2, 31, 42]
    assert asked["pairs"] == ["l1 z1", "l1 z2"]


@pytest.mark.parametrize("kind", sorted(set(READERS) - {"edx_sga", "word_cloud"}))
@pytest.mark.parametrize(
    "odd",
    ["", "nothing", 7, [], [1], [[1, 2], [3, {}]], {}, {"zones": 7}, {"zones": [1], "items": "x"}],
)
def test_what_cannot_be_read_is_refused_and_never_fails(desk: Desk, kind: str, odd: object) -> None:
    with suppress(Unfit):
        assert read(desk, kind, answers=odd, questions=odd, data=odd, question=odd)[0].asked


def test_the_size_of_a_picture_is_in_its_first_bytes() -> None:
    assert [size_of(one) for one in (PNG, GIF, JPEG)] == [(300, 200), (30, 20), (300, 200)]
    for data in (b"", b"x" * 40, PNG[:20], GIF[:8], JPEG[:14], b"\xff\xd8\xff\xe0\0\0\xff\xe0\0\0"):
        assert size_of(data) is None
