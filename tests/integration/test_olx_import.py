# SPDX-License-Identifier: Apache-2.0
"""Whole imports: small hand-made exports, hostile ones, and the real ones of the corpora."""

from __future__ import annotations

import io
import os
import re
import stat
import tarfile
import tomllib
import zipfile
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from askable import right_answer

from player.errors import BadExport, NotAFolder, NotWritable, NotYoursToChange
from player.lesson.grading import grade
from player.publish.faults import Findings
from player.publish.folder import Folder
from player.publish.olx import ImportResult, import_olx
from player.publish.olx.archive import Limits, gather
from player.publish.outline import read_outline
from player.publish.pages import Texts
from player.publish.quizzes import read_questions

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
SRT = b"1\r\n00:00:01,000 --> 00:00:02,000\r\nHello\r\n"
CORPORA = Path(__file__).parents[3] / "shared" / "corpora" / "olx"

Tree = dict[str, str | bytes]


def course(*verticals: str, **more: str | bytes) -> Tree:
    """An export with one chapter, one sequential and these verticals, inline."""
    inside = "".join(verticals)
    return {
        "course.xml": '<course url_name="run" org="Org" course="C1"/>',
        "course/run.xml": '<course display_name="A course"><chapter url_name="ch"/></course>',
        "chapter/ch.xml": '<chapter display_name="Week 1"><sequential url_name="sq"/></chapter>',
        "sequential/sq.xml": f'<sequential display_name="Lesson 2">{inside}</sequential>',
        **{name.replace("__", "/"): content for name, content in more.items()},
    }


def unit(inside: str, name: str = "v1") -> str:
    return f'<vertical url_name="{name}" display_name="Unit">{inside}</vertical>'


def text(name: str, words: str = "Some words.") -> str:
    return f'<html url_name="{name}"><p>{words}</p></html>'


def problem(name: str) -> str:
    return (
        f'<problem url_name="{name}" display_name="Asked" max_attempts="2"><multiplechoiceresponse>'
        "<label>Which?</label><choicegroup><choice correct='true'>a</choice>"
        "<choice correct='false'>b</choice></choicegroup></multiplechoiceresponse></problem>"
    )


def folder(tmp_path: Path, tree: Tree) -> Path:
    root = tmp_path / "export"
    for name, content in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def imported(
    tmp_path: Path, tree: Tree, media: Path | None = None, *, may_adapt: bool = False
) -> ImportResult:
    return import_olx(folder(tmp_path, tree), tmp_path / "out", media, may_adapt=may_adapt)


def source(result: ImportResult) -> dict[str, Any]:
    return tomllib.loads((result.target / "course.toml").read_text("utf-8"))


def activities(result: ImportResult) -> list[dict[str, Any]]:
    return [
        one
        for section in source(result)["section"]
        for sequence in section["sequence"]
        for one in sequence["activities"]
    ]


def tar(path: Path, tree: Tree, mode: str = "w:gz", prefix: str = "") -> Path:
    with tarfile.open(path, mode) as bundle:
        for name, content in tree.items():
            data = content.encode() if isinstance(content, str) else content
            member = tarfile.TarInfo(prefix + name)
            member.size = len(data)
            bundle.addfile(member, io.BytesIO(data))
    return path


# --- the story of a good export -------------------------------------------------------------


def test_blocks_of_a_unit_become_activities_in_their_order(tmp_path: Path) -> None:
    tree = course(
        unit(text("h1") + text("h2") + problem("p1") + problem("p2") + text("h3")),
        unit(text("h4"), "v2"),
    )
    result = imported(tmp_path, tree)
    assert activities(result) == [
        {"page": "pages/h1.html", "id": "h1", "title": "Unit"},
        {"quiz": "quizzes/p1.gift", "id": "p1", "title": "Unit", "tries": 2},
        {"page": "pages/h3.html", "id": "h3", "title": "Unit"},
        {"page": "pages/h4.html", "id": "h4", "title": "Unit"},
    ]
    assert (result.sections, result.sequences, result.pages) == (1, 1, 3)
    assert (result.quizzes, result.questions, result.left_out) == (1, 2, ())
    quiz = (result.target / "quizzes/p1.gift").read_text("utf-8")
    assert quiz.startswith("::Asked::[html]<p>Which?</p> {\n\t=a\n\t~b\n}\n\n::Asked (2)::")


def test_the_course_table_is_filled(tmp_path: Path) -> None:
    tree = course(unit(text("h1")), static__Cover_pic=b"")
    tree |= {
        "course/run.xml": '<course display_name="Old" language="fr" course_image="My Cover.png" '
        'license="creative-commons: ver=4.0 BY SA" lti_passports="[&quot;k:SECRET&quot;]" '
        'instructor_info="{&quot;instructors&quot;: [{&quot;name&quot;: &quot;A. Diallo&quot;, '
        '&quot;title&quot;: &quot;Formatrice&quot;}]}"><chapter url_name="ch"/></course>',
        "policies/run/policy.json": '{"course/run": {"display_name": "Le \\"cours\\""}, '
        '"chapter/ch": {"display_name": "Semaine"}}',
        "about/short_description.html": "Quatre <b>phrases</b> &amp; plus.",
        "static/My_Cover.png": PNG,
    }
    result = imported(tmp_path, tree)
    table = source(result)
    assert table["course"] == {
        "id": "org-c1-run",
        "title": 'Le "cours"',
        "language": "fr",
        "summary": "Quatre phrases & plus.",
        "image": "images/my-cover.png",
        "authors": [{"name": "A. Diallo", "role": "Formatrice"}],
        "licence": "CC-BY-SA-4.0",
    }
    assert table["section"][0]["title"] == "Semaine"
    written = b"".join(path.read_bytes() for path in result.target.rglob("*") if path.is_file())
    assert b"SECRET" not in written


def test_without_a_licence_the_teacher_is_told(tmp_path: Path) -> None:
    result = imported(tmp_path, course(unit(text("h1"))))
    assert source(result)["course"]["licence"] == "unknown"
    assert source(result)["course"]["authors"] == [{"name": "Org"}]
    assert "names no licence" in (result.target / "IMPORT.md").read_text("utf-8")


@pytest.mark.parametrize("mode", ["w:gz", "w:xz", "w:bz2", "w"])
@pytest.mark.parametrize("prefix", ["", "./", "any name/", "./course/"])
def test_archives_of_every_kind_with_any_leading_folder_give_the_same(
    tmp_path: Path, mode: str, prefix: str
) -> None:
    tree = course(unit(text("h1")))
    tree |= {"._course.xml": b"\0\5\x16\7", ".DS_Store": b"x", "drafts/vertical/d.xml": "<broken"}
    result = import_olx(tar(tmp_path / "c.tar", tree, mode, prefix), tmp_path / "out")
    assert result.pages == 1
    assert {path.name for path in tmp_path.iterdir()} == {"c.tar", "out"}


def test_a_zip_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as bundle:
        for name, content in course(unit(text("h1"))).items():
            bundle.writestr("export/" + name, content)
    assert import_olx(tmp_path / "c.zip", tmp_path / "out").pages == 1


def test_pictures_and_documents_travel_under_safe_names(tmp_path: Path) -> None:
    tree = course(unit('<html url_name="h1" filename="h1"/>'))
    tree |= {
        "html/h1.html": '<p><img src="/static/My%20Pic.PNG"><img src="asset-v1:a+b+c+type@asset+'
        'block@a.png" alt="A"> <a href="/static/Slides_1.pdf">The slides</a> '
        '<a href="/static/slides 1.pdf">again</a></p>',
        "static/My_Pic.PNG": PNG,
        "static/a.png": PNG + b"lower",
        "static/A.png": PNG + b"upper",
        "static/Slides 1.pdf": b"%PDF",
        "static/unused.png": PNG,
    }
    result = imported(tmp_path, tree)
    page = (result.target / "pages/h1.html").read_text("utf-8")
    assert '<img src="../images/my-pic.png" alt="">' in page
    assert '<img src="../images/a.png" alt="A">' in page
    assert page.count('href="#activity:slides-1"') == 2
    assert (result.target / "images/a.png").read_bytes().endswith(b"lower")
    assert not (result.target / "images/unused.png").exists()
    assert activities(result)[1] == {
        "document": "media/slides-1.pdf",
        "id": "slides-1",
        "title": "The slides",
    }


def test_files_whose_names_differ_only_by_case_do_not_overwrite_each_other(tmp_path: Path) -> None:
    tree = course(unit('<html url_name="h1" filename="h1"/>'))
    tree |= {
        "html/h1.html": '<img src="/static/a.png"><img src="/static/A.png">',
        "static/a.png": PNG + b"lower",
        "static/A.png": PNG + b"upper",
    }
    result = import_olx(tar(tmp_path / "c.tgz", tree), tmp_path / "out")
    kept = {
        path.name.lower(): path.read_bytes()[-5:] for path in (result.target / "images").iterdir()
    }
    assert kept == {"a.png": b"lower", "a-2.png": b"upper"}


def test_a_picture_that_publish_would_refuse_is_replaced_by_its_words(tmp_path: Path) -> None:
    page = '<p><img src="/static/a.svg" alt="A drawing"></p>'
    tree = course(unit('<html url_name="h1" filename="h1"/>'), html__x=b"")
    tree |= {"html/h1.html": page, "static/a.svg": "<svg/>"}
    result = imported(tmp_path, tree)
    assert (result.target / "pages/h1.html").read_text("utf-8") == "<p>A drawing</p>\n"
    assert [entry.block for entry in result.left_out] == ["picture"]


def test_links_lead_to_activities_that_exist(tmp_path: Path) -> None:
    links = "".join(
        f'<a href="/jump_to_id/{name}">{name}</a> ' for name in ("p1", "v2", "ch", "poll1", "gone")
    )
    tree = course(
        unit(f'<html url_name="h1"><p>{links}</p></html>{problem("p1")}<poll url_name="poll1"/>'),
        unit(text("h2"), "v2"),
    )
    page = (imported(tmp_path, tree).target / "pages/h1.html").read_text("utf-8")
    assert re.findall(r'href="#activity:([^"]+)"', page) == ["p1", "h2", "h1"]
    assert "poll1 gone" in page


def test_a_film_is_taken_from_the_media_folder_by_any_of_its_names(tmp_path: Path) -> None:
    videos = (
        '<video url_name="a" youtube="1.00:YT1"/>'
        '<video url_name="b" edx_video_id="1234-abcd"/>'
        '<video url_name="c"><source src="https://e.org/x/My%20Film.mp4?a"/></video>'
        '<video url_name="d" display_name="D"/>'
        '<libcast_xblock url_name="e" video_id="LIB1"/>'
        '<lti_consumer url_name="f" launch_url="https://marsha.education/lti/videos/uu-id"/>'
    )
    media = tmp_path / "films"
    (media / "deep").mkdir(parents=True)
    names = ("YT1.mp4", "1234-abcd.webm", "my_film.MP4", "d.mov", "deep/LIB1.m4v", "uu-id.mp4")
    for name in names:
        (media / name).write_bytes(name.encode())
    result = imported(tmp_path, course(unit(videos)), media)
    assert [one["video"] for one in activities(result)] == [
        "media/a.mp4",
        "media/b.webm",
        "media/c.mp4",
        "media/d.mov",
        "media/e.m4v",
        "media/f.mp4",
    ]
    assert (result.target / "media/c.mp4").read_bytes() == b"my_film.MP4"
    assert result.left_out == ()


def test_a_film_in_the_export_keeps_its_captions(tmp_path: Path) -> None:
    video = (
        '<video url_name="V_1" display_name="Film" sub="old" edx_video_id="vid">'
        '<source src="https://e.org/film.mp4"/><transcript language="fr" src="fr%20one.srt"/>'
        "</video>"
    )
    tree = course(unit(video))
    tree |= {
        "static/film.mp4": b"film",
        "static/fr one.srt": SRT,
        "static/vid-de.srt": SRT,
        "static/subs_old.srt.sjson": '{"start": [0], "end": [900], "text": ["Hi &amp;amp; ho"]}',
        "static/es_subs_old.srt.sjson": '{"start": [0], "end": [900], "text": ["Hola"]}',
    }
    result = import_olx(tar(tmp_path / "c.tgz", tree), tmp_path / "out")
    assert activities(result) == [{"video": "media/v-1.mp4", "id": "v-1", "title": "Film"}]
    found = sorted(path.name for path in (result.target / "media").iterdir())
    assert found == ["v-1.de.vtt", "v-1.en.vtt", "v-1.es.vtt", "v-1.fr.vtt", "v-1.mp4"]
    assert "Hi &amp; ho" in (result.target / "media/v-1.en.vtt").read_text("utf-8")


def test_a_film_that_is_missing_leaves_a_page_with_its_transcript(tmp_path: Path) -> None:
    video = '<video url_name="v" youtube="1.00:YT1"><transcript language="en" src="t.srt"/></video>'
    result = imported(tmp_path, course(unit(video), **{"static__t.srt": SRT}))
    assert activities(result) == [{"page": "pages/v.html", "id": "v", "title": "Video"}]
    page = (result.target / "pages/v.html").read_text("utf-8")
    assert "not in this package" in page
    assert "watch?v=YT1" in page
    assert '<p lang="en">Hello</p>' in page
    (entry,) = result.left_out
    assert (entry.block, entry.url_name, entry.where) == ("video", "v", "Week 1 / Lesson 2 / Unit")
    assert "“YT1.mp4”" in entry.reason


NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


def dated(
    tmp_path: Path, whole: str = "", chapter: str = "", *parts: str, unit_: str = ""
) -> ImportResult:
    """An export of a chapter with a sequential for each of `parts`: attributes, as they stand."""
    inside = "".join(
        f'<sequential url_name="s{n}" {part}><vertical url_name="v{n}" {unit_}>'
        f"{problem(f'p{n}')}{text(f't{n}')}</vertical></sequential>"
        for n, part in enumerate(parts or ("",))
    )
    tree: Tree = {
        "course.xml": '<course url_name="run" org="Org" course="C1"/>',
        "course/run.xml": f'<course display_name="A" {whole}><chapter url_name="ch"/></course>',
        "chapter/ch.xml": f'<chapter display_name="Week 1" {chapter}>{inside}</chapter>',
    }
    return import_olx(folder(tmp_path, tree), tmp_path / "out", now=lambda: NOW)


def section_of(result: ImportResult) -> dict[str, Any]:
    """What course.toml says of the first section, sequences and names apart."""
    found: dict[str, Any] = source(result)["section"][0]
    return {key: one for key, one in found.items() if key not in ("id", "title", "sequence")}


def test_dates_to_come_are_carried_and_published(tmp_path: Path) -> None:
    made = dated(
        tmp_path,
        'start="&quot;2027-01-04T00:00:00+00:00&quot;" end="2027-03-01T00:00:00"',
        'start="2027-01-11T08:00:00Z" due="2027-01-24T23:59:00Z"',
        'due="2027-01-17T23:59:00Z"',
    )
    whole = source(made)["course"]
    assert whole["starts"] == datetime(2027, 1, 4, tzinfo=UTC)
    assert whole["ends"] == datetime(2027, 3, 1, tzinfo=UTC)
    assert section_of(made) == {
        "opens": datetime(2027, 1, 11, 8, 0, tzinfo=UTC),
        "due": datetime(2027, 1, 24, 23, 59, tzinfo=UTC),
    }
    quiz = next(one for one in activities(made) if "quiz" in one)
    assert quiz["answer_by"] == datetime(2027, 1, 17, 23, 59, tzinfo=UTC)
    findings = Findings()
    read_outline((made.target / "course.toml").read_text("utf-8"), findings)
    assert not findings.faults


@pytest.mark.parametrize(
    "date",
    [
        "2030-01-01T00:00:00Z",
        "&quot;2030-01-01T00:00:00+00:00&quot;",
        "9999-01-01T00:00:00",
        "soon",
    ],
)
def test_a_start_that_nobody_chose_is_none(tmp_path: Path, date: str) -> None:
    made = dated(tmp_path, f'start="{date}"', f'start="{date}"')
    assert "starts" not in source(made)["course"]
    assert section_of(made) == {}


def test_dates_of_a_run_that_is_over_are_dropped_and_said(tmp_path: Path) -> None:
    made = dated(
        tmp_path,
        'start="2019-01-01T00:00:00Z" end="2019-06-01T00:00:00Z"',
        'start="2019-01-01T00:00:00Z"',
        'due="2019-02-01T00:00:00Z"',
    )
    assert section_of(made) == {}
    assert "answer_by" not in next(one for one in activities(made) if "quiz" in one)
    notes = (made.target / "IMPORT.md").read_text("utf-8")
    assert "Dates that are past are not carried: 4 of them." in notes


def test_who_goes_at_their_own_pace_has_deadlines_in_weeks(tmp_path: Path) -> None:
    made = dated(
        tmp_path,
        'self_paced="true"',
        'start="2027-01-11T08:00:00Z"',
        'relative_weeks_due="2" due="2027-01-17T23:59:00Z"',
        'relative_weeks_due="3"',
    )
    assert section_of(made) == {"due_after": 21}
    assert "answer_by" not in next(one for one in activities(made) if "quiz" in one)


def test_a_section_opens_with_the_first_of_its_parts_and_is_due_with_the_last(
    tmp_path: Path,
) -> None:
    made = dated(
        tmp_path,
        "",
        "",
        'start="2027-01-18T00:00:00Z" due="2027-01-24T00:00:00Z"',
        'start="2027-01-11T00:00:00Z" due="2027-01-31T00:00:00Z"',
    )
    assert section_of(made) == {
        "opens": datetime(2027, 1, 11, tzinfo=UTC),
        "due": datetime(2027, 1, 31, tzinfo=UTC),
    }
    assert "Parts of a section opened on days of their own" in (
        made.target / "IMPORT.md"
    ).read_text("utf-8")


def test_an_export_that_contradicts_itself_makes_no_source_that_publish_refuses(
    tmp_path: Path,
) -> None:
    made = dated(
        tmp_path,
        'start="2027-06-01T00:00:00Z" end="2027-01-01T00:00:00Z"',
        'start="2027-02-01T00:00:00Z" due="2026-12-24T00:00:00Z"',
    )
    assert "starts" not in source(made)["course"]
    assert section_of(made) == {"due": datetime(2026, 12, 24, tzinfo=UTC)}


def test_behind_an_entrance_exam_everything_waits_for_it(tmp_path: Path) -> None:
    tree: Tree = {
        "course.xml": '<course url_name="run" org="Org" course="C1"/>',
        "course/run.xml": '<course entrance_exam_enabled="true"><chapter url_name="exam"/>'
        '<chapter url_name="ch"/></course>',
        "chapter/exam.xml": '<chapter display_name="Entrance" is_entrance_exam="true">'
        f'<sequential url_name="s1"><vertical url_name="v1">{problem("p1")}</vertical></sequential>'
        "</chapter>",
        "chapter/ch.xml": '<chapter display_name="Week 1"><sequential url_name="s2">'
        f"{unit(text('t'), 'v2')}</sequential></chapter>",
    }
    first, second = source(imported(tmp_path, tree))["section"]
    assert "needs" not in first
    assert second["needs"] == [first["id"]]


def test_wrappers_carry_their_children_and_say_so(tmp_path: Path) -> None:
    tree = course(
        unit(
            f'<split_test url_name="s">{unit(text("g1"), "a")}{unit(text("g2"), "b")}</split_test>'
            f'<library_content url_name="l" max_count="1">{problem("p1")}{problem("p2")}'
            f"</library_content><conditional url_name='c'><show/>{text('c1')}</conditional>"
        )
    )
    result = imported(tmp_path, tree)
    assert [one["id"] for one in activities(result)] == ["g1", "p1", "c1"]
    assert result.questions == 2
    assert [entry.block for entry in result.left_out] == ["split_test", "conditional"]
    quiz = tomllib.loads((result.target / "quizzes/p1.toml").read_text("utf-8"))
    assert [one["pool"] for one in quiz["question"]] == [{"id": "l", "take": 1}] * 2


def test_what_cannot_come_is_listed_with_its_place(tmp_path: Path) -> None:
    tree = course(
        unit(text("h1") + '<poll url_name="po" display_name="Poll"/><unheard_of url_name="x"/>'),
        unit('<html url_name="missing"/>' + '<html url_name="gone" filename="gone"/>', "v2"),
        '<vertical url_name="v3"/>',
        f'<vertical url_name="v4" visible_to_staff_only="true">{text("secret")}</vertical>',
    )
    tree["vertical/v5.xml"] = "<vertical"
    tree["sequential/sq.xml"] = str(tree["sequential/sq.xml"]).replace(
        "</sequential>", '<vertical url_name="v5"/></sequential>'
    )
    result = imported(tmp_path, tree)
    left = {entry.url_name: entry for entry in result.left_out}
    assert set(left) == {"po", "x", "missing", "gone", "v3", "v4", "v5"}
    assert left["po"].where == "Week 1 / Lesson 2 / Unit"
    assert "staff" in left["v4"].reason
    assert "cannot be read" in left["v5"].reason
    assert not (result.target / "pages/secret.html").exists()
    notes = (result.target / "IMPORT.md").read_text("utf-8")
    for entry in result.left_out:
        assert f"(`{entry.url_name}`)" in notes
    assert f"Left out or changed: {len(result.left_out)}" in notes


def test_a_sequence_with_nothing_left_is_listed(tmp_path: Path) -> None:
    tree = course(unit(text("h1")))
    tree["chapter/ch.xml"] = (
        '<chapter display_name="W"><sequential url_name="sq"/>'
        f'<sequential url_name="empty">{unit("<poll/>", "e")}</sequential></chapter>'
    )
    result = imported(tmp_path, tree)
    assert result.sequences == 1
    assert "empty" in {entry.url_name for entry in result.left_out}


def test_ids_are_unique_whatever_the_names_were(tmp_path: Path) -> None:
    tree = course(
        unit(text("A_1") + problem("a-1"), "x"), unit(text("a.1"), "y"), unit("<html>z</html>", "z")
    )
    ids = [one["id"] for one in activities(imported(tmp_path, tree))]
    assert ids == ["a-1", "a-1-2", "a-1-3", "z"]


def test_pointers_in_a_ring_end(tmp_path: Path) -> None:
    tree = course('<vertical url_name="r"/>', unit(text("h1"), "v2"))
    tree["vertical/r.xml"] = '<vertical><vertical url_name="r"/><vertical url_name="r"/></vertical>'
    result = imported(tmp_path, tree)
    assert result.pages == 1
    assert "twice" in result.left_out[0].reason


def test_inline_blocks_nested_without_end_are_cut(tmp_path: Path) -> None:
    tree = course("<vertical>" * 200 + "</vertical>" * 200, unit(text("h1")))
    assert imported(tmp_path, tree).pages == 1


def test_every_chapter_is_reported_and_the_report_may_stop_the_import(tmp_path: Path) -> None:
    told: list[str] = []
    import_olx(folder(tmp_path, course(unit(text("h1")))), tmp_path / "one", report=told.append)
    assert told == ["Week 1"]

    def stop(_news: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_olx(tmp_path / "export", tmp_path / "two", report=stop)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export", "one"]


# --- the target -----------------------------------------------------------------------------


def test_an_empty_folder_may_be_the_target_but_not_a_full_one(tmp_path: Path) -> None:
    export = folder(tmp_path, course(unit(text("h1"))))
    (tmp_path / "out").mkdir()
    import_olx(export, tmp_path / "out")
    before = (tmp_path / "out/course.toml").read_bytes()
    with pytest.raises(NotAFolder, match="not empty"):
        import_olx(export, tmp_path / "out")
    assert (tmp_path / "out/course.toml").read_bytes() == before


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotAFolder, match="not there"):
        import_olx(tmp_path / "no.tgz", tmp_path / "out")
    with pytest.raises(NotAFolder, match="not a folder"):
        import_olx(tmp_path, tmp_path / "out", tmp_path / "no")


def test_a_disk_that_refuses_is_said(tmp_path: Path) -> None:
    export = folder(tmp_path, course(unit(text("h1"))))
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotWritable):
        import_olx(export, tmp_path / "file" / "out")


# --- hostile archives -----------------------------------------------------------------------


def refused(tmp_path: Path, archive: Path, words: str) -> None:
    """The import fails with these words, and nothing new lies beside the archive."""
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BadExport, match=words):
        import_olx(archive, tmp_path / "out")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["../evil", "a/../../evil", "/etc/evil", "..\\evil", "C:\\evil"])
def test_names_that_leave_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    tree = {**course(unit(text("h1"))), name: "x"}
    refused(tmp_path, tar(tmp_path / "c.tgz", tree), "outside")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as bundle:
        for one, content in tree.items():
            bundle.writestr(one, content)
    refused(tmp_path, tmp_path / "c.zip", "outside")


def test_links_and_devices_are_never_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET")
    tree = course(unit('<html url_name="h1" filename="h1"/>' + text("h2")))
    path = tar(tmp_path / "c.tar", tree, "w")
    with tarfile.open(path, "a") as bundle:
        kinds = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE)
        for name, kind in zip(("h1", "b", "c", "d"), kinds, strict=True):
            member = tarfile.TarInfo(f"html/{name}.html")
            member.type, member.linkname = kind, str(tmp_path / "secret")
            bundle.addfile(member)
    result = import_olx(path, tmp_path / "out")
    assert "SECRET" not in (result.target / "pages/h1.html").read_text("utf-8")


def test_links_in_a_zip_and_in_a_folder_are_never_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET")
    tree = course(unit('<html url_name="h1" filename="h1"/>' + text("h2")))
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as bundle:
        for name, content in tree.items():
            bundle.writestr(name, content)
        link = zipfile.ZipInfo("html/h1.html")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        bundle.writestr(link, str(tmp_path / "secret"))
    export = folder(tmp_path, tree)
    (export / "html").mkdir()
    (export / "html/h1.html").symlink_to(tmp_path / "secret")
    (export / "loop").symlink_to(export)
    for number, archive in enumerate((tmp_path / "c.zip", export)):
        result = import_olx(archive, tmp_path / f"out{number}")
        assert result.pages == 1
        assert "SECRET" not in (result.target / "pages/h1.html").read_text("utf-8")


def test_ten_thousand_nested_folders_are_refused(tmp_path: Path) -> None:
    tree = {**course(unit(text("h1"))), "a/" * 10_000 + "x": "x"}
    refused(tmp_path, tar(tmp_path / "c.tgz", tree), "folders lie in each other")


def test_nested_folders_on_the_disk_are_refused(tmp_path: Path) -> None:
    export = folder(tmp_path, course(unit(text("h1"))))
    deep = export / Path(*["d"] * 70)
    deep.mkdir(parents=True)
    refused(tmp_path, export, "folders lie in each other")


def test_an_archive_larger_than_allowed_is_refused_before_it_fills_the_disk(tmp_path: Path) -> None:
    path = tar(tmp_path / "bomb.tgz", {"static/zeros": bytes(12 << 20)})
    (tmp_path / "room").mkdir()
    with pytest.raises(BadExport, match="larger than 1 MiB"):
        gather(path, tmp_path / "room", Limits(bytes=1 << 20))
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("static/zeros", bytes(12 << 20))
    with pytest.raises(BadExport, match="larger than 1 MiB"):
        gather(tmp_path / "bomb.zip", tmp_path / "room", Limits(bytes=1 << 20))
    assert sum(one.stat().st_size for one in (tmp_path / "room").iterdir()) <= 6 << 20


def test_a_member_that_declares_a_huge_size_is_refused(tmp_path: Path) -> None:
    member = tarfile.TarInfo("static/huge")
    member.size = 1 << 40
    (tmp_path / "c.tar").write_bytes(member.tobuf() + bytes(2048))
    refused(tmp_path, tmp_path / "c.tar", "larger than|damaged")


def test_a_huge_extended_header_is_refused_unread(tmp_path: Path) -> None:
    header = tarfile.TarInfo("pax")
    header.type, header.size = tarfile.XHDTYPE, 1 << 32
    (tmp_path / "c.tar").write_bytes(header.tobuf() + bytes(2048))
    refused(tmp_path, tmp_path / "c.tar", "larger than")


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    path = tar(tmp_path / "c.tgz", {f"static/{n}": "" for n in range(30)})
    (tmp_path / "room").mkdir()
    for archive in (path, folder(tmp_path, {f"static/{n}": "" for n in range(30)})):
        with pytest.raises(BadExport, match="more than 20 files"):
            gather(archive, tmp_path / "room", Limits(files=20))


@pytest.mark.parametrize("mode", ["w:gz", "w:xz", "w:bz2"])
def test_an_archive_cut_anywhere_is_refused(tmp_path: Path, mode: str) -> None:
    tree = {**course(unit(text("h1"))), "static/noise": os.urandom(4000)}
    whole = tar(tmp_path / "whole", tree, mode).read_bytes()
    for length in range(0, len(whole) - 1, len(whole) // 12):
        (tmp_path / "cut").write_bytes(whole[:length])
        refused(tmp_path, tmp_path / "cut", "damaged|no course.xml")


def test_a_flipped_byte_is_noticed(tmp_path: Path) -> None:
    path = tar(tmp_path / "c.tgz", {**course(unit(text("h1"))), "static/noise": os.urandom(4000)})
    content = bytearray(path.read_bytes())
    content[-6] ^= 1  # in the checksum at the very end
    path.write_bytes(content)
    refused(tmp_path, path, "damaged")


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "c.zip").write_bytes(b"PK\3\4 and nothing more")
    refused(tmp_path, tmp_path / "c.zip", "damaged")


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Only notes. " * 200)
    refused(tmp_path, tmp_path / "notes.txt", "damaged or of another kind")


def test_an_archive_without_a_course_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, tar(tmp_path / "c.tgz", {"readme": "x"}), "no course.xml")
    refused(tmp_path, tar(tmp_path / "d.tgz", {"course.xml": "<x"}), "cannot be read")
    refused(tmp_path, tar(tmp_path / "e.tgz", {"course.xml": "<course/>"}), "no chapters")
    polls = course(unit("<poll/>"))
    refused(tmp_path, tar(tmp_path / "f.tgz", polls), "nothing in it can be carried")


def test_an_xml_bomb_in_a_problem_is_left_out(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE p [<!ENTITY l0 "ha">{laughs}]><problem a="&l11;">&l11;</problem>'
    tree = {**course(unit('<problem url_name="p"/>' + text("h1"))), "problem/p.xml": bomb}
    result = imported(tmp_path, tree)
    assert [(entry.url_name, entry.block) for entry in result.left_out] == [("p", "problem")]
    assert result.pages == 1


def test_an_entity_cannot_read_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET")
    uri = (tmp_path / "secret").as_uri()
    evil = f'<!DOCTYPE h [<!ENTITY e SYSTEM "{uri}">]><html display_name="x"><p>&e;</p></html>'
    tree = {**course(unit('<html url_name="h"/>' + text("h1"))), "html/h.xml": evil}
    result = imported(tmp_path, tree)
    assert "SECRET" not in "".join(p.read_text("utf-8") for p in result.target.rglob("*.*"))


# --- real courses ---------------------------------------------------------------------------

REAL = {
    "openedx-demo-course": (6, 17, 79, 1, 1, 15, 27),
    "harvardx-studio-advanced": (7, 41, 180, 0, 2, 69, 108),
    "microsoft-oxa-kitchen-sink": (4, 11, 1, 0, 0, 10, 11),
    "mitx-grading-library-demo": (2, 10, 10, 0, 0, 0, 0),
}


@pytest.fixture(scope="module", params=sorted(REAL))
def real(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ImportResult:
    archive = CORPORA / f"{request.param}.tar.gz"
    if not archive.exists():
        pytest.skip(f"the corpus {archive.name} is not here")
    result = import_olx(archive, tmp_path_factory.mktemp("real") / request.param)
    counts = (result.sections, result.sequences, result.pages, result.videos, result.documents)
    assert (*counts, result.quizzes, result.questions) == REAL[request.param]
    return result


def test_a_real_course_names_only_files_that_exist_and_every_file_is_named(
    real: ImportResult,
) -> None:
    named = [next(iter(one.values())) for one in activities(real)]
    assert len(named) == len(set(named))
    for path in named:
        assert (real.target / path).is_file()
    image = source(real)["course"].get("image")
    assert image is None or (real.target / image).is_file()
    texts = [*real.target.glob("pages/*"), *real.target.glob("quizzes/*")]
    assert {path.relative_to(real.target).as_posix() for path in texts} <= set(named)


def test_a_real_course_is_an_outline_that_publish_takes(real: ImportResult) -> None:
    findings = Findings()
    outline = read_outline((real.target / "course.toml").read_text("utf-8"), findings)
    assert outline is not None
    assert (findings.faults, findings.warnings) == ([], [])
    assert len(outline.sections) == real.sections


def test_in_a_real_course_every_picture_is_there_and_every_link_leads_somewhere(
    real: ImportResult,
) -> None:
    ids = {one["id"] for one in activities(real)}
    assert len(ids) == len(activities(real))
    for path in [*real.target.glob("pages/*"), *real.target.glob("quizzes/*")]:
        written = path.read_text("utf-8").replace("\\", "")
        for picture in re.findall(r'<img[^>]*? src="([^"]*)"', written):
            assert (path.parent / unescape(picture)).is_file()
        for link in re.findall(r'<a[^>]*? href="([^"]*)"', written):
            assert link.startswith(("http://", "https://", "mailto:", "#activity:"))
            assert not link.startswith("#activity:") or link.removeprefix("#activity:") in ids


def test_in_a_real_course_nothing_needs_a_script_or_the_platform(real: ImportResult) -> None:
    for path in real.target.glob("pages/*"):
        written = path.read_text("utf-8")
        assert not re.search(r"<(script|style|iframe|form|button|input|link)\b", written)
        assert not re.search(r"""<[^>]*(href|src)=["']/?(static|jump_to_id)/""", written)
        assert not re.search(r"<[^>]* (on\w+|style|class)=", written)
        assert re.sub(r"<[^>]+>", "", written).strip() or "<img" in written


def test_a_real_course_lists_all_it_leaves_out(real: ImportResult) -> None:
    notes = (real.target / "IMPORT.md").read_text("utf-8")
    for entry in real.left_out:
        assert entry.reason.endswith((".", ")."))
        assert not entry.url_name or f"`{entry.url_name}`" in notes
    assert "SECRET" not in notes


def test_real_quizzes_are_read_by_our_own_reader_without_a_fault(real: ImportResult) -> None:
    findings = Findings()
    folder = Folder(real.target, findings)
    files = sorted(real.target.glob("quizzes/*"))
    found = [
        question
        for path in files
        for question in read_questions(
            Texts(folder, f"quizzes/{path.name}", path.read_text("utf-8")), "en"
        )
    ]
    assert findings.faults == []
    assert len(found) == real.questions
    for question in found:
        assert question.title
        best = grade(question, right_answer(question))
        assert best.score in {1.0, None}


def test_the_secrets_of_a_real_course_stay_behind(real: ImportResult) -> None:
    for path in real.target.rglob("*"):
        if path.suffix in {".toml", ".md", ".html", ".gift"}:
            assert "codeboard_secret" not in path.read_text("utf-8")


def test_a_content_library_is_named_as_one(tmp_path: Path) -> None:
    archive = CORPORA / "openedx-demo-content-library.orig.tar.gz"
    if not archive.exists():
        pytest.skip(f"the corpus {archive.name} is not here")
    with pytest.raises(BadExport, match="content library"):
        import_olx(archive, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


# --- what its licence allows ----------------------------------------------------------------


def licensed(tree: Tree, licence: str) -> Tree:
    head = f'<course license="{licence}"><chapter url_name="ch"/></course>'
    return {**tree, "course/run.xml": head}


ND = "creative-commons: ver=4.0 BY NC ND"


@pytest.mark.parametrize("licence", [ND, "all-rights-reserved"])
def test_a_course_that_may_not_be_changed_is_imported_by_permission_alone(
    tmp_path: Path, licence: str
) -> None:
    tree = licensed(course(unit(text("h1") + "<discussion url_name='d'/>")), licence)
    with pytest.raises(NotYoursToChange, match="1 parts of it would be left out or changed"):
        imported(tmp_path, tree)
    assert not (tmp_path / "out").exists()
    result = imported(tmp_path, tree, may_adapt=True)
    said = "Imported from an Open edX export; 1 of its parts were left out or changed."
    assert source(result)["course"]["adapted"] == said


def test_another_form_alone_is_no_change(tmp_path: Path) -> None:
    result = imported(tmp_path, licensed(course(unit(text("h1"))), ND))
    assert source(result)["course"]["licence"] == "CC-BY-NC-ND-4.0"
    assert "adapted" not in source(result)["course"]


def test_a_part_with_a_licence_of_its_own_is_named(tmp_path: Path) -> None:
    page = (
        '<html url_name="h9" display_name="Chant" license="creative-commons: ver=4.0 BY">x</html>'
    )
    tree = licensed(course(unit(text("h1") + page)), "creative-commons: ver=4.0 BY SA")
    result = imported(tmp_path, tree)
    notes = (result.target / "IMPORT.md").read_text("utf-8")
    assert "- “Chant” has a licence of its own, CC-BY-4.0: say so where it is shown." in notes
