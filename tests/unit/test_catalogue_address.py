# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest

from player.catalogue.refresh import normalise
from player.errors import NotARepository
from player.transport import place


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("campus.example/courses", "https://campus.example/courses/"),
        ("  campus.example  ", "https://campus.example/"),
        ("http://campus.example/courses/", "http://campus.example/courses/"),
        ("HTTPS://Campus.Example/Courses", "https://campus.example/Courses/"),
        ("https://campus.example/courses/catalogue.json", "https://campus.example/courses/"),
        ("https://campus.example/courses?x=1#top", "https://campus.example/courses/"),
        ("localhost:8000/x", "https://localhost:8000/x/"),
        ("http://[::1]:8000", "http://[::1]:8000/"),
        ("https://Awa:Secret@Campus.example/", "https://Awa:Secret@campus.example/"),
        ("file:///media/stick/campus", "file:///media/stick/campus/"),
        ("file://server/share/", "file://server/share/"),
    ],
)
def test_an_address_has_one_spelling(typed: str, meant: str) -> None:
    assert normalise(typed) == meant
    assert normalise(meant) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "ftp://campus.example/", "javascript://x", "https://", "two words", "http://[::1", "a:b"],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(NotARepository):
        normalise(typed)


def test_a_folder_becomes_a_file_url_and_the_url_the_same_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Clé USB 100%#? é"
    folder.mkdir()
    url = normalise(str(folder))
    assert url.startswith("file:///")
    assert url.endswith("/")
    assert place(url) == str(folder)
    monkeypatch.chdir(tmp_path)
    assert normalise(folder.name) == normalise(f"./{folder.name}") == url


def test_a_folder_that_is_not_there_yet_is_still_a_folder(tmp_path: Path) -> None:
    assert normalise(str(tmp_path / "later")) == (tmp_path / "later").as_uri() + "/"
    assert normalise("~/courses") == (Path.home() / "courses").resolve().as_uri() + "/"


def test_a_course_file_is_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "Semaine 1.course"
    file.write_bytes(b"")
    url = normalise(str(file))
    assert url == file.as_uri() + "/"
    assert normalise(url) == url
    assert place(url) == str(file)
    monkeypatch.chdir(tmp_path)
    assert normalise(file.name) == url
    assert normalise("campus.course") == "https://campus.course/"
