# SPDX-License-Identifier: Apache-2.0
"""Captions of every kind become cues that a player can show one after the other."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.course.captions import WIDEST, Cue, parse_captions, plain, to_webvtt
from player.errors import Malformed


def parse(text: str, name: str = "a.srt") -> tuple[Cue, ...]:
    return parse_captions(text.encode(), name)


def test_every_real_file_gives_sorted_plain_cues_and_survives_webvtt(corpora: Path) -> None:
    files = [path for path in (corpora / "captions").iterdir() if path.suffix != ".md"]
    assert len(files) >= 10
    for path in files:
        cues = parse_captions(path.read_bytes(), path.name)
        assert len(cues) > 10, path.name
        assert all(a.end <= b.start for a, b in pairwise(cues)), path.name
        assert all(cue.start < cue.end and cue.text.strip() for cue in cues), path.name
        assert not any("-->" in cue.text or "&#" in cue.text for cue in cues), path.name
        assert parse(to_webvtt(cues), "a.vtt") == cues, path.name


def test_subrip_is_read_with_its_usual_faults() -> None:
    text = (
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>Bonjour</i> {\\an8}&amp;amp; merci\r\n\r\n"
        "2\r\n00:00:05,000 --> 00:00:06,000 X1:10 X2:20\r\n\r\n"
        "3\n0:00:03.000 --> 0:00:04.000\nsuite\n\net fin\n"
        "4\n00:00:07,5 --> 00:00:09,000\ndernier\n"
    )
    assert parse(text) == (
        Cue(1.0, 2.5, "Bonjour & merci"),
        Cue(3.0, 4.0, "suite\net fin"),
        Cue(7.5, 9.0, "dernier"),
    )


def test_webvtt_is_read_without_its_notes_names_and_styles() -> None:
    text = (
        "WEBVTT - titre\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE --\nrien\n\n"
        "intro\n00:01.000 --> 00:02.000 align:start\n<v Awa>Bonjour</v> <00:01.500>vous\n\n"
        "NOTE fin\n\n01:00:00.000 --> 01:00:01.000\n1 &lt; 2 &amp;amp;\n"
    )
    assert parse(text, "a.vtt") == (
        Cue(1.0, 2.0, "Bonjour vous"),
        Cue(3600.0, 3601.0, "1 < 2 &amp;"),
    )


def test_sjson_is_read_with_nulls_entities_and_overlaps() -> None:
    raw = {
        "start": [0, 2000, 1000, None, 9000, "x", 10000],
        "end": [1500, 3000, 1000, 5, None, 1, 11000],
        "text": ["it&amp;#39;s", None, "b", "c", "d", "e", ""],
    }
    assert parse(json.dumps(raw), "a.srt.sjson") == (
        Cue(0.0, 1.0, "it's"),
        Cue(1.0, 6.0, "b"),
        Cue(9.0, 14.0, "d"),
    )


def test_what_starts_together_is_shown_together() -> None:
    text = "00:01,0 --> 00:02,0\na\n\n00:01,0 --> 00:03,0\nb\n"
    assert parse(text) == (Cue(1.0, 3.0, "a\nb"),)


def test_a_transcript_is_one_line_a_cue() -> None:
    assert plain([Cue(0, 1, "a\nb"), Cue(1, 2, "c")]) == "a b\nc"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.srt"),
        (b"WEBVTT\n\n", "a.vtt"),
        (b"\xff\x00\x12", "a.srt"),
        (b"[1]", "a.sjson"),
        (b'{"start": 1, "end": 2, "text": 3}', "a.sjson"),
        (b'{"start": [1]}', "a.sjson"),
        (b"[" * 100_000, "a.sjson"),
        (b'{"start":[1e400,NaN,true],"end":[1,1,1],"text":["a","b",""]}', "a.sjson"),
    ],
)
def test_what_is_no_caption_is_malformed(data: bytes, name: str) -> None:
    with pytest.raises(Malformed, match=name):
        parse_captions(data, name)


def test_utf_16_with_its_mark_is_read() -> None:
    data = "1\n00:01,0 --> 00:02,0\né\n".encode("utf-16")
    assert parse_captions(data, "a.srt") == (Cue(1.0, 2.0, "é"),)


@given(
    st.binary(max_size=200) | st.text("0123456789:.,-> \n<&;WEBVTT", max_size=200).map(str.encode)
)
def test_any_bytes_are_cues_or_malformed(data: bytes) -> None:
    for name in ("a.srt", "a.sjson"):
        try:
            cues = parse_captions(data, name)
        except Malformed:
            continue
        assert all(a.end <= b.start for a, b in pairwise(cues))


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Z"]), min_size=1)


@given(st.lists(_WORDS.filter(lambda text: "{" not in text and "\\N" not in text), min_size=1))
def test_webvtt_comes_back_as_it_was(texts: list[str]) -> None:
    cues = tuple(Cue(float(at), at + 0.5, text) for at, text in enumerate(texts))
    assert parse(to_webvtt(cues), "a.vtt") == cues


def test_an_endless_cue_is_parted_and_loses_no_word() -> None:
    words = " ".join(f"mot{number}" for number in range(2000))
    cues = parse_captions(f"WEBVTT\n\n00:10.000 --> 01:50.000\n{words}\n".encode(), "a.vtt")
    assert " ".join(cue.text for cue in cues) == words
    assert max(len(cue.text) for cue in cues) <= WIDEST
    assert (cues[0].start, cues[-1].end) == (10, 110)
    assert all(one.end == other.start for one, other in pairwise(cues))


def test_a_cue_without_a_gap_is_parted_too() -> None:
    cues = parse("WEBVTT\n\n00:01.000 --> 00:09.000\n" + "m" * 10 * WIDEST, "a.vtt")
    assert [len(cue.text) for cue in cues] == [WIDEST] * 10


def test_captions_without_end_are_none() -> None:
    with pytest.raises(Malformed):
        parse_captions(b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"mot " * 600_000, "a.vtt")
