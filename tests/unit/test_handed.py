# SPDX-License-Identifier: Apache-2.0
"""Which files can be handed in, and what becomes of their names."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.errors import (
    DiskFull,
    FileGone,
    FileIsEmpty,
    FileNotAccepted,
    FileProblem,
    FileTooLarge,
    NotAFile,
    NotWritable,
)
from player.store import handed
from player.store.handed import PIECE, File, file_of, fits, keep, named, type_of
from player.sync import handed_piece


def test_a_copy_is_whole_and_independent_of_the_original(tmp_path: Path) -> None:
    source, data = tmp_path / "page.jpg", os.urandom(3_000_000)
    source.write_bytes(data)
    found = keep(tmp_path, source)
    source.unlink()
    assert found == File(hashlib.sha256(data).hexdigest(), len(data), "page.jpg")
    assert handed.path(tmp_path, found.sha256).read_bytes() == data
    assert b"".join(handed.piece(tmp_path, found, n + 1) for n in range(found.pieces)) == data
    assert [one.name for one in handed.stored(tmp_path)] == [found.sha256]


@pytest.mark.parametrize("kind", ["folder", "link", "pipe", "gone", "device"])
def test_what_is_no_file_is_refused_and_nothing_hangs(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "it"
    if kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to("/etc/hostname")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path = Path(os.devnull)
    with pytest.raises(FileGone if kind == "gone" else NotAFile) as caught:
        keep(tmp_path, path)
    assert path.name in str(caught.value)


def test_an_empty_a_large_and_a_foreign_file_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"")
    with pytest.raises(FileIsEmpty):
        keep(tmp_path, path)
    path.write_bytes(b"%PDF-" + b"x" * 95)
    assert keep(tmp_path, path, ["application/pdf"], most=100)
    with pytest.raises(FileTooLarge):
        keep(tmp_path, path, most=99)
    with pytest.raises(FileNotAccepted):
        keep(tmp_path, path, ["image/*"])


class _Stick(io.BytesIO):
    """A stick that is pulled while it is read, or a file that grows or shrinks meanwhile."""

    def __init__(self, data: bytes, *, dies: bool = False) -> None:
        super().__init__(data)
        self.dies = dies

    def read(self, size: int | None = -1, /) -> bytes:
        if self.dies and self.tell() > 100:
            raise OSError(errno.EIO, "Input/output error")
        return super().read(min(size or 0, 200))


@pytest.mark.parametrize(
    "stick", [_Stick(b"x" * 1000, dies=True), _Stick(b"x" * 999), _Stick(b"x" * 5000)]
)
def test_a_stick_that_is_pulled_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stick: _Stick
) -> None:
    path, real = tmp_path / "a.txt", Path.open
    path.write_bytes(b"x" * 1000)
    opened: list[None] = []

    def open_(self: Path, *args: Any, **more: Any) -> Any:
        if self == path:
            opened.append(None)
            if len(opened) == 2:  # the first look goes well
                return stick
        return real(self, *args, **more)

    monkeypatch.setattr(Path, "open", open_)
    with pytest.raises(FileGone):
        keep(tmp_path, path)
    assert not list((tmp_path / "handed").iterdir())


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EROFS, NotWritable)],
)
def test_a_full_disk_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 1000)

    def full(_: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(handed.os, "fsync", full)
    with pytest.raises(kind):
        keep(tmp_path, path)
    assert not list((tmp_path / "handed").iterdir())


@given(st.text(max_size=300))
def test_any_name_stands_on_one_line_of_an_answer(name: str) -> None:
    file = File("a" * 64, 1, named(name))
    assert file_of(file.line) == file
    assert "[,]" not in file.name
    assert len(file.name) <= 120


def test_a_long_name_keeps_its_ending() -> None:
    assert named("a" * 500 + ".pdf").endswith("a.pdf")


@pytest.mark.parametrize("line", ["", "x", "a" * 64, f"{'a' * 64} 0 x", f"{'A' * 64} 1 x", "a.pdf"])
def test_what_is_no_file_of_this_pc_is_none(line: str) -> None:
    assert file_of(line) is None


def test_types_go_by_the_name_and_else_by_the_first_bytes() -> None:
    assert type_of("a.JPG") == "image/jpeg"
    assert type_of("IMG_0001", b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert type_of("letter", b"hello") == ""
    for name in ("a.heic", "b.webp", "c.png", "d.gif"):
        assert fits(type_of(name), ["image/*"]), name
    assert type_of("a.docx").endswith("wordprocessingml.document")
    assert type_of("a.odt").endswith("opendocument.text")
    assert fits("image/jpeg", ["application/pdf", "image/*"])
    assert fits("image/jpeg", ["IMAGE/JPEG"])
    assert not fits("", ["image/*"])
    assert fits("", [])


@pytest.mark.parametrize("size", [1, PIECE - 1, PIECE, PIECE + 1, 10 * PIECE])
def test_pieces_cover_a_file(size: int) -> None:
    file = File("a" * 64, size, "x")
    assert (file.pieces - 1) * PIECE < size <= file.pieces * PIECE
    assert handed_piece.cost(size) > size


def test_each_fault_has_its_sentence() -> None:
    facts = {"name": "a.pdf", "size": "2 MB", "most": "1 MB", "types": "PDF"}
    sentences = {str(kind(**facts)) for kind in FileProblem.__subclasses__()}
    assert len(sentences) == 5
    assert all("not added" in one for one in sentences)
