# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import json

import pytest

from player.publish.olx.captions import Cue, cues_of, webvtt


def test_srt_with_a_byte_order_mark_and_crlf_is_read() -> None:
    srt = "\ufeff0\r\n00:00:01,000 --> 00:00:02,500\r\nBonjour\r\nà tous\r\n\r\n1\r\n"
    srt += "01:00:03,000 --> 01:00:04,000\r\nFin\r\n"
    assert cues_of(srt.encode()) == (
        Cue(1000, 2500, "Bonjour\nà tous"),
        Cue(3_603_000, 3_604_000, "Fin"),
    )


def test_webvtt_with_header_settings_and_short_times_is_read() -> None:
    vtt = "WEBVTT\n\nNOTE nothing\n\nfirst\n00:01.000 --> 00:02.000 align:start\n<v Ann>Hi</v>\n"
    assert cues_of(vtt.encode()) == (Cue(1000, 2000, "Hi"),)


def test_sjson_loses_null_and_empty_cues_and_decodes_entities_twice() -> None:
    sjson = {
        "start": [0, 1000, 2000],
        "end": [900, 1900, 2900],
        "text": [None, " ", "a &amp;gt; b"],
    }
    assert cues_of(json.dumps(sjson).encode()) == (Cue(2000, 2900, "a > b"),)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"{}",
        b'{"start": 1, "end": 2, "text": 3}',
        b'{"start": [NaN, 1], "end": [1, Infinity], "text": ["a", "b"]}',
        b"9" * 5000 + b":00:01,000 --> 00:00:02,000\na",
        b"\xff\xfe",
        b"words only",
        b"[" * 99_999,
    ],
)
def test_what_is_no_transcript_gives_no_cue(content: bytes) -> None:
    assert cues_of(content) == ()


def test_deeply_nested_sjson_gives_no_cue() -> None:
    assert cues_of(b'{"start":' * 50_000) == ()


def test_an_overlap_is_cut_and_an_end_before_the_start_is_mended() -> None:
    srt = b"1\n00:00:01,000 --> 00:00:09,000\na\n\n2\n00:00:03,000 --> 00:00:02,000\nb\n"
    assert cues_of(srt) == (Cue(1000, 3000, "a"), Cue(3000, 5000, "b"))


def test_old_windows_files_are_read() -> None:
    srt = "1\n00:00:01,000 --> 00:00:02,000\nÉté\n"
    assert cues_of(srt.encode("cp1252"))[0].text == "Été"
    assert cues_of(srt.encode("utf-16"))[0].text == "Été"


def test_webvtt_is_written_with_escapes_and_reads_back() -> None:
    cues = (Cue(1, 2, "a < b & c"), Cue(3_600_000, 3_600_500, "x → y"))
    text = webvtt(cues)
    assert text == (
        "WEBVTT\n\n00:00:00.001 --> 00:00:00.002\na &lt; b &amp; c\n\n"
        "01:00:00.000 --> 01:00:00.500\nx → y\n"
    )
    assert cues_of(text.encode()) == cues


def test_an_arrow_in_the_words_cannot_break_the_file() -> None:
    sjson = {"start": [0], "end": [900], "text": ["a --> b\n\nc"]}
    assert cues_of(json.dumps(sjson).encode())[0].text == "a → b\nc"
