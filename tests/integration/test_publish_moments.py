# SPDX-License-Identifier: Apache-2.0
"""An author says when chapters begin and slides turn, and hears which of the times cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_course import COURSE, PDF, film, small_course, write

from player.course.manifest import Chapter, SlideTurn, Video
from player.errors import SourceFaults
from player.publish.source import read_source

TWO_PAGES = PDF.replace(b"%%EOF", b"2 0 obj <</Type /Page>> endobj\n%%EOF")


def course(root: Path, keys: str, **files: bytes | str) -> Path:
    """The small course; its film has 90 seconds, slides of two pages, and what `keys` say."""
    small_course(root)
    said = COURSE.replace('video = "media/roles"', f'video = "media/roles", {keys}')
    more = {f"media/roles.{name.replace('_', '.')}": text for name, text in files.items()}
    made: dict[str, str | bytes] = {
        "course.toml": said,
        "media/roles.pdf": TWO_PAGES,
        "media/roles.240p.mp4": film(90, 240),
    }
    return write(root, made | more)


def published(root: Path) -> Video:
    source = read_source(root)
    (video,) = (a for s in source.sections for a in s.activities() if isinstance(a, Video))
    return video


def mistakes(root: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(SourceFaults) as caught:
        read_source(root)
    return [(fault.file, fault.line, fault.what) for fault in caught.value.faults]  # type: ignore[attr-defined]


def test_times_are_written_as_people_write_them(tmp_path: Path) -> None:
    chapters = 'chapters = ["0:00 Les  rôles", "0:07.25 Le tableau", "1:02,5 À retenir"]'
    keys = f'{chapters}, slides_at = [0, "0:07.25", "1:00 1", "1:10"]'
    video = published(course(tmp_path, keys))
    assert video.chapters == (
        Chapter(0.0, "Les rôles"),
        Chapter(7.25, "Le tableau"),
        Chapter(62.5, "À retenir"),
    )
    assert video.turns == (
        SlideTurn(0.0, 1),
        SlideTurn(7.25, 2),
        SlideTurn(60.0, 1),
        SlideTurn(70.0, 2),
    )


def test_chapters_come_from_a_webvtt_file_too(tmp_path: Path) -> None:
    vtt = "WEBVTT\n\n00:00.000 --> 00:30.000\nLes rôles\n\n00:30.000 --> 01:30.000\nLe tableau\n"
    video = published(course(tmp_path, 'title = "Film"', chapters_vtt=vtt))
    assert video.chapters == (Chapter(0.0, "Les rôles"), Chapter(30.0, "Le tableau"))
    assert [track.language for track in video.captions] == ["fr"]


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        ('chapters = ["Le début"]', "“Le début” in `chapters` does not begin with a time."),
        ('chapters = ["3 conseils"]', "“3 conseils” in `chapters` does not begin with a time."),
        ('chapters = ["0:75 Trop"]', "“0:75 Trop” in `chapters` does not begin with a time."),
        ('chapters = ["0:05"]', "The chapter at 0:05 has no title."),
        (
            'chapters = ["0:10 Un", "0:05 Deux"]',
            "A chapter at 0:05 comes behind one at 0:10.",
        ),
        ('chapters = ["0:10 Un", "0:10 Deux"]', "A chapter at 0:10 comes behind one at 0:10."),
        ('chapters = ["1:30 Après"]', "A chapter at 1:30: the video ends at 1:30."),
        ('chapters = "0:10 Un"', "`chapters` has to be a list."),
        ("slides_at = [true]", "“True” in `slides_at` does not begin with a time."),
        ("slides_at = [-2]", "“-2” in `slides_at` does not begin with a time."),
        ('slides_at = ["2:00:00"]', "A slide at 2:00:00: the video ends at 1:30."),
        ('slides_at = ["0:05 deux"]', "“deux” behind 0:05 is no number of a page."),
        ("slides_at = [0, 1, 2]", "The slides have 2 pages, and page 3 is shown at 0:02."),
        ('slides_at = ["0:05 0"]', "The slides have 2 pages, and page 0 is shown at 0:05."),
    ],
)
def test_a_time_that_cannot_be_is_told_with_its_line(tmp_path: Path, keys: str, what: str) -> None:
    source = course(tmp_path, keys)
    line = COURSE[: COURSE.index("media/roles")].count("\n") + 1
    assert mistakes(source) == [("course.toml", line, what)]


def test_each_line_of_a_long_list_has_its_place(tmp_path: Path) -> None:
    keys = 'chapters = [\n"0:00 Un",\n"0:10 Deux",\n"9:10 Trois",\n]'
    (fault,) = mistakes(course(tmp_path, keys))
    line = COURSE[: COURSE.index("media/roles")].count("\n") + 1
    assert fault == ("course.toml", line + 3, "A chapter at 9:10: the video ends at 1:30.")


def test_slides_that_are_not_there_do_not_turn(tmp_path: Path) -> None:
    source = course(tmp_path, "slides_at = [0, 5]")
    (source / "media/roles.pdf").unlink()
    said = COURSE.replace('    { document = "media/roles.pdf", title = "Les diapositives" },\n', "")
    said = said.replace('"media/roles"', '"media/roles", slides_at = [0, 5]')
    (source / "course.toml").write_text(said, encoding="utf-8")
    (fault,) = mistakes(source)
    assert fault[2] == "`slides_at` says when slides turn, and there are no slides."


def test_chapters_said_twice_or_unreadable_are_a_mistake(tmp_path: Path) -> None:
    vtt = "WEBVTT\n\n00:00.000 --> 00:30.000\nLes rôles\n"
    twice = course(tmp_path / "a", 'chapters = ["0:00 Un"]', chapters_vtt=vtt)
    assert [one[2] for one in mistakes(twice)] == [
        "The chapters of this video stand in media/roles.chapters.vtt already."
    ]
    broken = course(tmp_path / "b", 'title = "Film"', chapters_vtt="rien\n")
    assert [one[0] for one in mistakes(broken)] == ["media/roles.chapters.vtt"]


def test_a_page_has_no_chapters(tmp_path: Path) -> None:
    source = small_course(tmp_path)
    said = COURSE.replace('"pages/roles.md"', '"pages/roles.md", chapters = ["0:00 Un"]')
    (source / "course.toml").write_text(said, encoding="utf-8")
    assert [one[2] for one in mistakes(source)] == ["`chapters` is not a key that belongs here."]
