# SPDX-License-Identifier: Apache-2.0
"""Tables of marks, as spreadsheets and people write them."""

from __future__ import annotations

import csv
import io

import pytest

from player.errors import BadMark, BadMarkTable
from player.journal.desk import DoneAct
from player.sync.marking import Verdict
from player.sync.marktable import COLUMNS, as_table, filled


def read(text: str, encoding: str = "utf-8") -> dict[str, Verdict]:
    found = filled(text.encode(encoding), "marks.csv")
    assert not found.problems
    return {id_: verdict for id_, (_, verdict) in found.verdicts.items()}


@pytest.mark.parametrize(
    ("typed", "score", "points", "out_of"),
    [
        ("0.8", 0.8, None, None),
        ("0,8", 0.8, None, None),
        ("1", 1, None, None),
        ("0", 0, None, None),
        ("80 %", 0.8, None, None),
        ("80%", 0.8, None, None),
        ("8/10", 0.8, 8, 10),
        (" 12,5 / 20 ", 0.625, 12.5, 20),
    ],
)
def test_a_score_is_taken_as_people_type_it(
    typed: str, score: float, points: float | None, out_of: float | None
) -> None:
    (found,) = read(f'statement,score\na,"{typed}"\n').values()
    assert (found.score, found.points, found.out_of) == (pytest.approx(score), points, out_of)


@pytest.mark.parametrize(
    "typed",
    ["8", "-1", "11/10", "1/0", "good", "10-Aug", "1e3", "nan", "inf", "٨/١٠", "120 %"],
)
def test_what_is_no_score_is_said_with_its_line(typed: str) -> None:
    found = filled(f"statement,score\na,1\nb,{typed}\nc,1\n".encode(), "marks.csv")
    assert list(found.verdicts) == ["a", "c"]
    (problem,) = found.problems
    assert isinstance(problem, BadMark)
    assert str(problem).startswith("marks.csv, line 3: ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_every_way_a_spreadsheet_saves_is_taken(encoding: str, mark: str) -> None:
    text = io.StringIO()
    table = csv.writer(text, delimiter=mark, quoting=csv.QUOTE_ALL)
    table.writerows([("Feedback ", "Score", "STATEMENT"), ("Très « bien » ;\nà relire", "1", "A")])
    (found,) = read(text.getvalue(), encoding).values()
    assert found.feedback == "Très « bien » ;\nà relire"


def test_the_line_is_that_on_which_the_row_begins() -> None:
    table = 'statement,score,feedback\na,1,"two\nlines"\n\nb,x,"three\n\nlines"\n'
    (problem,) = filled(table.encode(), "m").problems
    assert problem.details["line"] == 5


def test_the_same_act_twice_is_said_and_the_first_counts() -> None:
    found = filled(b"statement,score\na,1\nA,0\n", "m")
    assert found.verdicts["a"][1].score == 1
    assert found.problems[0].details["line"] == 3


def test_feedback_alone_is_a_mark_and_an_empty_row_is_none() -> None:
    found = read("statement,score,feedback\na,,See me\nb,,\n,,\nc\n")
    assert list(found) == ["a"]
    assert (found["a"].score, found["a"].feedback) == (None, "See me")


@pytest.mark.parametrize("data", [b"", b"\n\n", b"Dear editor,\nhello", b"statement;points\n"])
def test_what_is_no_table_is_said(data: bytes) -> None:
    (problem,) = filled(data, "m").problems
    assert isinstance(problem, BadMarkTable)


def test_what_stands_before_the_fault_is_taken() -> None:
    table = b'statement,score\na,1\nb,"' + b"x" * 200_000
    found = filled(table, "m")
    assert list(found.verdicts) == ["a"]
    assert "line 3" in str(found.problems[0])


def test_no_cell_is_a_formula_and_what_was_written_is_read() -> None:
    said = '=HYPERLINK("http://evil")\n@x;\''
    act = DoneAct("id", "+33", "course", "quiz", "iri", "-1", said, "2026-01-05", 0)
    data = as_table([act])
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    assert tuple(row) == COLUMNS
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert row["response"] == f"'{said}"
    assert not filled(data, "m").verdicts
