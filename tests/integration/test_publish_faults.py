# SPDX-License-Identifier: Apache-2.0
"""An author sees every mistake at once, each in its line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from small_course import COURSE, film, png, small_course, write

from player.course.manifest import Exam, Quiz
from player.course.supervisor import opens
from player.errors import SourceFaults
from player.publish.source import read_source

WRONG = """\
[course]
id = "Mon Cours"
title = "Cours"
langage = "fr"
summary = 7
image = "images/Cover.png"
authors = [{ role = "x" }]
licence = "Ma licence à moi"

[[section]]
id = "s"
title = "Un"

[[section.sequence]]
id = "s"
title = "Deux"
activities = [
    { page = "pages/a.md" },
    { page = "../secret.md" },
    { page = "pages/none.md" },
    { quiz = "quizzes/a.gift", pass = 60 },
    { document = "images/cover.png" },
    { video = "media/film" },
    { links = "pages/links.md" },
    { page = "pages/latin.md", quiz = "quizzes/a.gift" },
    { page = "pages/latin.md" },
    { page = "pages\\\\a.md" },
]

[[section]]
title = "Vide"
"""


def mistakes(source: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(SourceFaults) as caught:
        read_source(source)
    return [(fault.file, fault.line, fault.what) for fault in caught.value.faults]  # type: ignore[attr-defined]


def test_a_table_of_another_name_has_its_line(tmp_path: Path) -> None:
    text = COURSE.replace("[[section]]", "[[sections]]", 1)
    source = write(small_course(tmp_path), {"course.toml": text})
    line = text.splitlines().index("[[sections]]") + 1
    what = "`sections` is not a key that belongs here."
    assert ("course.toml", line, what) in mistakes(source)


def test_a_language_is_its_tag_and_not_its_name(tmp_path: Path) -> None:
    text = COURSE.replace('language = "fr"', 'language = "french"')
    [(_, _, what)] = mistakes(write(small_course(tmp_path), {"course.toml": text}))
    assert what == "“french” is not a language tag."


def test_one_pair_of_brackets_for_two_says_so(tmp_path: Path) -> None:
    text = COURSE.replace("[[section]]", "[section]", 1) + '\n[[section]]\ntitle = "x"\n'
    source = write(small_course(tmp_path), {"course.toml": text})
    with pytest.raises(SourceFaults) as caught:
        read_source(source)
    assert "`[[x]]` one of several" in str(caught.value.faults[0])


def warnings(source: Path) -> list[tuple[str, int, str]]:
    return [(one.file, one.line, one.what) for one in read_source(source).warnings]


def test_every_mistake_is_reported_at_once_with_its_line(tmp_path: Path) -> None:
    source = write(
        tmp_path,
        {
            "course.toml": WRONG,
            "images/cover.png": png(),
            "pages/a.md": "# A\n\n![Rien](rien.png)\n\n[ici](page2.html) [là](#activity:nulle)\n",
            "pages/links.md": "- sans lien\n- [ftp](ftp://a.example)\n",
            "pages/latin.md": "# é\nà\n".encode("latin-1"),
            "quizzes/a.gift": "Q ? {=a\n\nR ? {~a ~b}\n",
            "media/film.fr.vtt": "rien\n",
            "media/film.240p.mp4": b"rien",
        },
    )
    found = [(file, line, what.split("“")[0].strip()) for file, line, what in mistakes(source)]
    assert found == [
        ("course.toml", 1, "`language` is missing."),
        ("course.toml", 2, ""),
        ("course.toml", 4, "`langage` is not a key that belongs here."),
        ("course.toml", 5, "`summary` has to be a text in quotes."),
        ("course.toml", 6, ""),
        ("course.toml", 7, "`name` is missing."),
        ("course.toml", 8, ""),
        ("course.toml", 14, "The id `s` stands in line 10 already."),
        ("course.toml", 19, ""),
        ("course.toml", 20, "There is no file"),
        ("course.toml", 21, "`pass` is 60, which is not between 0 and 1."),
        ("course.toml", 22, ""),
        ("course.toml", 23, "There is no video that can be played for"),
        ("course.toml", 25, "This activity is page and quiz at once."),
        ("course.toml", 27, ""),
        ("course.toml", 30, "`sequence` is missing."),
        ("media/film.240p.mp4", 0, "This cannot be read as a video."),
        ("media/film.fr.vtt", 0, "The captions cannot be read: no caption with a time was found."),
        ("pages/a.md", 3, "There is no file"),
        ("pages/a.md", 5, "The link"),
        ("pages/a.md", 5, "The link #activity:nulle leads to no activity of this course."),
        ("pages/latin.md", 1, "A character here is not in UTF-8."),
        ("pages/links.md", 1, "This item has no link."),
        ("pages/links.md", 2, ""),
        ("quizzes/a.gift", 1, "The { here is never closed."),
        ("quizzes/a.gift", 3, "No answer of this question is right."),
    ]


def test_a_misspelt_key_is_guessed(tmp_path: Path) -> None:
    source = small_course(tmp_path)
    write(source, {"course.toml": COURSE.replace("summary =", "sumary =")})
    with pytest.raises(SourceFaults) as caught:
        read_source(source)
    assert "course.toml:5: " in str(caught.value.faults[0])
    assert "Did you mean `summary`?" in str(caught.value.faults[0])


def test_what_is_not_toml_is_reported_where_it_breaks(tmp_path: Path) -> None:
    assert mistakes(write(tmp_path, {"course.toml": "[course]\ntitle = \n"}))[0][:2] == (
        "course.toml",
        2,
    )


def test_which_attempt_counts_is_one_of_three(tmp_path: Path) -> None:
    source = small_course(tmp_path)
    for said in ("best", "first", "last", "both"):
        write(source, {"course.toml": COURSE.replace("pass = 0.6", f'counts = "{said}"')})
        if said == "both":
            assert [what for _, _, what in mistakes(source)] == ["`counts` is “both”."]
        else:
            (section,) = read_source(source).sections
            quizzes = [one for one in section.activities() if isinstance(one, Quiz)]
            assert [one.counts for one in quizzes] == ["best", said]


@pytest.mark.parametrize("id_", ["con", "nul", "lpt1", "aux"])
def test_a_name_that_windows_keeps_is_no_id(tmp_path: Path, id_: str) -> None:
    source = small_course(tmp_path)
    write(source, {"course.toml": COURSE.replace("petit-cours", id_)})
    [(file, line, what)] = mistakes(source)
    assert (file, line) == ("course.toml", 2)
    assert "Windows" in what


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a right there")
def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    source = small_course(tmp_path / "source")
    write(tmp_path, {"secret.md": "# Secret", "out/film.240p.mp4": film(1, 240)})
    (source / "pages/roles.md").unlink()
    (source / "pages/roles.md").symlink_to(tmp_path / "secret.md")
    (source / "away").symlink_to(tmp_path / "out")
    write(source, {"course.toml": COURSE.replace('media/roles"', 'away/film"')})
    assert [line for _, line, what in mistakes(source) if "leads out" in what] == [17, 18]


def test_a_name_has_to_have_the_files_own_capital_letters(tmp_path: Path) -> None:
    source = small_course(tmp_path)
    write(source, {"course.toml": COURSE.replace("pages/roles.md", "pages/Roles.md")})
    [(_, line, what)] = mistakes(source)
    assert line == 17
    assert "capital letters" in what


def test_a_name_may_be_composed_in_another_way_than_the_files(tmp_path: Path) -> None:
    source = small_course(tmp_path)
    (source / "pages/roles.md").rename(source / "pages/ro\u0302les.md")
    write(source, {"course.toml": COURSE.replace("pages/roles.md", "pages/r\u00f4les.md")})
    assert read_source(source).sections


def test_a_byte_order_mark_and_windows_lines_are_welcome(tmp_path: Path) -> None:
    source = small_course(tmp_path)
    plain = read_source(source)
    for name in ("course.toml", "pages/roles.md", "pages/liens.md", "quizzes/roles.gift"):
        path = source / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_source(source) == plain


def test_utf_16_is_refused_by_its_name(tmp_path: Path) -> None:
    source = small_course(tmp_path)
    (source / "pages/roles.md").write_text("# Rôles", encoding="utf-16")
    assert mistakes(source) == [("pages/roles.md", 1, "The file is in UTF-16.")]


def test_a_picture_is_known_by_its_bytes_and_never_comes_from_a_network(tmp_path: Path) -> None:
    source = small_course(tmp_path)
    page = "![a](x.png)\n\n![b](https://a.example/b.png)\n\n<img src='data:image/png;base64,AA'>\n"
    write(source, {"pages/roles.md": page, "pages/x.png": "<svg/>"})
    assert [(line, what) for _, line, what in mistakes(source)] == [
        (1, "“x.png” is not a picture that every player can show."),
        (3, "The picture “https://a.example/b.png” is not beside the text."),
        (5, "The picture “data:image/png;base64,AA” is not beside the text."),
    ]


def test_warnings_never_stop_a_course(tmp_path: Path) -> None:
    source = small_course(tmp_path)
    write(
        source,
        {
            "pages/roles.md": "# R\n\n![](../images/cover.png)\n",
            "quizzes/roles.gift": "Q ? {T}\n\nP ? {~%50%a ~b}\n\nR ? {~%60%a ~b}\n",
            "media/roles.txt": "?",
            "media/roles.240p.mp4": film(1.5, 360),
        },
    )
    assert [(file, line) for file, line, _ in warnings(source)] == [
        ("course.toml", 18),  # the id of the video, whose title the sequence took
        ("media/roles.240p.mp4", 0),
        ("media/roles.txt", 0),
        ("pages/roles.md", 3),
        ("quizzes/roles.gift", 3),
        ("quizzes/roles.gift", 5),
    ]


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        ("limit = 30, warning = 30", "`warning` is not shorter than `limit`."),
        ("limit = -1", "`limit` is -1."),
        ("limit = nan", "`limit` is nan."),
        ("limit = 1e9", "`limit` is 1000000000.0."),
        ("limit = true", "`limit` has to be a number of minutes, such as 45."),
        ("code = 2026", "`code` has to be a text in quotes."),
        ("code = ' '", "`code` is empty, so this exam would open to everybody."),
    ],
)
def test_the_time_of_an_exam_is_checked(tmp_path: Path, keys: str, what: str) -> None:
    text = COURSE.replace("attempts = 2", keys)
    source = write(small_course(tmp_path), {"course.toml": text})
    assert [said for _, _, said in mistakes(source)] == [what]


def exam_of(source: Path) -> Exam:
    sections = read_source(source).sections
    every = (one for part in sections for seq in part.sequences for one in seq.activities)
    return next(one for one in every if isinstance(one, Exam))


@pytest.mark.parametrize(("limit", "warning"), [(0, 300), (45, 300), (8, 120)])
def test_a_short_exam_warns_in_its_last_quarter(tmp_path: Path, limit: int, warning: int) -> None:
    text = COURSE.replace("attempts = 2", f"limit = {limit}")
    assert exam_of(write(small_course(tmp_path), {"course.toml": text})).warning == warning


def test_a_code_is_published_as_its_hash_alone_and_a_short_one_warned_of(tmp_path: Path) -> None:
    text = COURSE.replace("attempts = 2", 'code = "2026"')
    source = write(small_course(tmp_path), {"course.toml": text})
    assert "The code of this exam has 4 characters." in [what for _, _, what in warnings(source)]
    found = exam_of(source)
    assert found.code.startswith("$argon2id$")
    assert opens("2026", found.code)
    assert found == exam_of(source), "the same at each publication"
