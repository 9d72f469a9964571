# SPDX-License-Identifier: Apache-2.0
"""From files to pieces of text: HTML, captions, PDF; whatever they are made of."""

from __future__ import annotations

import logging
import sys
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import hostile_pdfs as hostile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from player import apart
from player.course.captions import Cue
from player.search import markup, pdf_text, spoken
from player.search.segments import LONGEST, Segment, clipped

PAGE = """
<h1>Qui fait quoi ?</h1><p>Le <b>tableau</b> des\n rôles&nbsp;: un nom<br>par tâche.</p>
<script>alert("secret")</script><style>p { color: red }</style>
<ul><li>Awa</li><li>Ines <img src="x" alt="photo"> et Jo</li></ul>
<table><tr><td>Tâche</td><td>Qui</td></tr></table>
<h2>À vous</h2><p>Essayez.</p>
"""


def test_a_page_is_read_line_by_line_from_one_heading_to_the_next() -> None:
    first, second = markup.segments(PAGE)
    assert first.text.split("\n") == [
        "Qui fait quoi ?",
        "Le tableau des rôles : un nom",
        "par tâche.",
        "Awa",
        "Ines",
        "et Jo",
        "Tâche",
        "Qui",
    ]
    assert second.text == "À vous\nEssayez."


def test_a_line_keeps_what_a_reader_sees() -> None:
    assert markup.flat("<p>Pourquoi\u202f? &lt;b&gt; 3 &amp; 4</p>") == "Pourquoi\u202f? <b> 3 & 4"
    assert markup.flat("un<sup>er</sup> mai") == "uner mai"


@pytest.mark.parametrize("html", ["", "   ", "<", "<p", "&", "<script>x", "<![CDATA[x]]>", "\0"])
def test_what_is_hardly_html_is_read_as_far_as_it_goes(html: str) -> None:
    assert "x" not in markup.flat(html)


def test_a_page_that_is_nested_beyond_reason_ends() -> None:
    assert isinstance(markup.lines("<div>" * 100_000 + "mot"), list)


@given(st.text(max_size=300))
def test_any_html_gives_lines_without_breaks(html: str) -> None:
    for line in markup.lines(html):
        assert line.strip()
        assert "\n" not in line


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=700), max_size=6))
def test_pieces_are_short_and_say_everything(texts: list[str]) -> None:
    text = " ".join(" ".join(texts).split())
    parts = clipped(text)
    assert all(0 < len(part) <= LONGEST for part in parts)
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")


# What is said


def cues(*said: tuple[float, str]) -> list[Cue]:
    ends = [*(at for at, _ in said[1:]), said[-1][0] + 2]
    return [Cue(at, end, text) for (at, text), end in zip(said, ends, strict=True)]


def test_a_sentence_is_one_piece_over_several_cues_and_each_word_has_its_second() -> None:
    [one, two] = spoken.segments(
        cues((1, "Confier, c’est"), (2.5, "laisser décider\nl’autre."), (4, "Merci."))
    )
    assert one.text == "Confier, c’est\nlaisser décider\nl’autre."
    assert one.second_at(one.text.index("c’est")) == 1
    assert one.second_at(one.text.index("décider")) == 2.5
    assert two == Segment("Merci.", seconds=((0, 4),))


def test_a_silence_parts_what_has_no_stops() -> None:
    said = spoken.segments([Cue(0, 1, "avant"), Cue(1, 2, "encore"), Cue(30, 31, "après")])
    assert [one.text for one in said] == ["avant\nencore", "après"]


def test_captions_without_stops_are_cut_all_the_same() -> None:
    said = spoken.segments(cues(*((float(at), "des mots sans fin") for at in range(200))))
    assert all(len(one.text) < 300 for one in said)
    assert sum(one.text.count("fin") for one in said) == 200
    assert all(one.seconds[0][1] < two.seconds[0][1] for one, two in pairwise(said))


def test_there_is_nothing_in_nothing() -> None:
    assert spoken.segments([]) == []


# PDF

TEXT = "BT /F1 12 Tf 72 700 Td ({}) Tj ET"


def pdf(*pages: str, deflated: bool = False) -> bytes:
    """A PDF whose pages draw these."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    bodies = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        f"<</Type /Pages /Kids [{kids}] /Count {len(pages)}>>".encode(),
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>",
    ]
    for number, drawn in enumerate(pages):
        data = drawn.encode("latin-1")
        how = b""
        if deflated:
            data, how = zlib.compress(data), b"/Filter /FlateDecode "
        bodies.append(
            f"<</Type /Page /Parent 2 0 R /Contents {5 + 2 * number} 0 R"
            " /Resources <</Font <</F1 3 0 R>>>>>>".encode()
        )
        bodies.append(
            b"<<" + how + f"/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"
        )
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(made)
    made += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    made += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    made += f"trailer <</Size {len(bodies) + 1} /Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return made


def file(tmp_path: Path, data: bytes) -> Path:
    made = tmp_path / "x.pdf"
    made.write_bytes(data)
    return made


def test_a_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    data = pdf(TEXT.format("D\xe9l\xe9guer sans abandonner"), "", TEXT.format("Suite"))
    assert pdf_text.segments(file(tmp_path, data)) == [
        Segment("Déléguer sans abandonner", page=1),
        Segment("Suite", page=3),
    ]


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.4", b"no pdf at all" * 50, pdf("")[:200], b"%PDF-1.7\n" + bytes(5000)],
    ids=["empty", "head", "text", "cut", "zeros"],
)
def test_what_is_no_pdf_is_not_read(
    tmp_path: Path, data: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "player.search.pdf_text"):
        assert pdf_text.segments(file(tmp_path, data)) is None
    assert "x.pdf" in caplog.text


def test_a_bomb_costs_its_page_and_no_other(tmp_path: Path) -> None:
    bomb = TEXT.format("boom") + " " * (pdf_text.LARGEST_STREAM + 1)
    data = pdf(TEXT.format("avant"), bomb, TEXT.format("apres"), deflated=True)
    found = pdf_text.segments(file(tmp_path, data))
    assert found is not None
    assert [one.page for one in found] == [1, 3]


def test_a_page_that_draws_without_end_is_left_out(tmp_path: Path) -> None:
    endless = "0 0 m 1 1 l S " * pdf_text.OPERATIONS
    found = pdf_text.segments(file(tmp_path, pdf(endless, TEXT.format("apres"))))
    assert found == [Segment("apres", page=2)]


def test_a_file_is_read_no_longer_than_it_may(tmp_path: Path) -> None:
    assert pdf_text.segments(file(tmp_path, pdf(*[TEXT.format("mot")] * 50)), seconds=0) == []


@pytest.mark.parametrize("made", [hostile.own_child, hostile.in_circles, hostile.enormous])
def test_what_would_keep_a_reader_for_ever_keeps_nobody(
    tmp_path: Path, made: Callable[[], bytes]
) -> None:
    found = pdf_text.segments(file(tmp_path, made()), seconds=10)
    said = [Segment("Bonjour", page=1)] if made is hostile.enormous else None
    assert found == said


def test_what_has_been_read_stays_when_the_reader_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = r'[0, []]\n[1, ["mot"]]\n[2, ["not wh'
    fell = [sys.executable, "-c", f"import os; os.write(1, b'{lines}'); os.abort()"]
    monkeypatch.setattr(apart, "command", lambda *_: fell)
    assert pdf_text.segments(file(tmp_path, b"")) == [Segment("mot", page=1)]


def test_a_reader_that_turns_in_circles_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_text, "_STARTING", 0.1)
    monkeypatch.setattr(apart, "AFTER", 0.0)
    endless = [sys.executable, "-c", "while True: pass"]
    monkeypatch.setattr(apart, "command", lambda *_: endless)
    assert pdf_text.segments(file(tmp_path, b""), seconds=0.1) is None


def test_whoever_stops_it_is_heard(tmp_path: Path) -> None:
    class Enough(Exception):
        pass

    def stop() -> None:
        raise Enough

    with pytest.raises(Enough):
        pdf_text.segments(file(tmp_path, pdf(TEXT.format("mot"))), stop)


def test_a_locked_file_is_not_read(tmp_path: Path) -> None:
    import pypdf  # noqa: PLC0415

    writer = pypdf.PdfWriter()
    writer.append(file(tmp_path, pdf(TEXT.format("mot"))))
    writer.encrypt("secret")
    locked = tmp_path / "locked.pdf"
    writer.write(locked)
    assert pdf_text.segments(locked) is None


def test_a_cue_that_nobody_could_read_is_cut() -> None:
    [one] = spoken.segments([Cue(0, 1, "mot " * 100_000)])
    assert len(one.text) <= LONGEST


def test_a_page_of_one_endless_line_takes_no_time_to_cut() -> None:
    found = markup.segments("<p>" + "mot " * 500_000)
    assert all(len(one.text) <= LONGEST for one in found)
    assert sum(one.text.count("mot") for one in found) == 500_000
