# SPDX-License-Identifier: Apache-2.0
"""Pieces that another file of the course holds, whole, begun or damaged: copied, not fetched.

Both files were cut by content (docs/format.md, "Pieces"), so what an edit did not touch has the
same hash in both lists; nothing has to be cut or scanned here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from player.course.manifest import Blob, Manifest
from player.download.parts import Span, begun, lacking
from player.download.targets import Piece
from player.errors import ContentProblem
from player.store import blobs, courses
from player.store.database import Database
from player.store.place import parts_folder

Place = tuple[Path, int]
"""A file that is here, and where in it a piece begins."""


@dataclass(slots=True)
class Twins:
    """The pieces of the files of a course that are here, in all its versions."""

    db: Database
    home: Path
    course: str
    _files: list[tuple[Blob, Path, list[Span]]] | None = field(default=None)

    def copies(self, pieces: Iterable[Piece]) -> Iterator[tuple[Piece, bytes]]:
        """Yield those of `pieces` that are here, with their bytes; whoever takes them checks."""
        wanted = {piece.sha256: piece for piece in pieces}
        for sha256, (path, start) in self.places(wanted.keys()).items():
            piece = wanted[sha256]
            try:
                with path.open("rb") as file:
                    file.seek(start)
                    yield piece, file.read(piece.size)
            except OSError:
                continue

    def places(self, wanted: Iterable[str]) -> dict[str, Place]:
        """Where those of the pieces `wanted` are that are here, by their hash."""
        left, found = set(wanted), dict[str, Place]()
        if self._files is None:
            self._files = list(self._known())
        for blob, path, spans in self._files:
            if not left:
                break
            start = 0
            for length, sha256 in blobs.pieces(self.home, blob):
                if sha256 in left and not lacking(spans, start, start + length):
                    left.discard(sha256)
                    found[sha256] = path, start
                start += length
        return found

    def _known(self) -> Iterator[tuple[Blob, Path, list[Span]]]:
        """What is here of files whose piece lists are here: the files and their bytes."""
        present, folder = blobs.present(self.db), parts_folder(self.home)
        files = {
            sha256: blob
            for manifest in self._versions()
            for sha256, blob in manifest.blobs.items()
            if blob.pieces in present
        }
        for sha256, blob in files.items():
            if sha256 in present:
                yield blob, blobs.path(self.home, sha256), [(0, blob.size)]
            elif found := begun(folder, sha256):
                yield blob, *found
        for sha256, blob in files.items():  # last: what is being mended is known to be damaged
            damaged = blobs.path(self.home, sha256)
            if sha256 not in present and damaged.is_file():
                yield blob, damaged, [(0, min(blob.size, damaged.stat().st_size))]

    def _versions(self) -> Iterator[Manifest]:
        query = "SELECT manifest FROM courses WHERE id = ? ORDER BY version DESC"
        for (data,) in self.db.execute(query, [self.course]).fetchall():
            try:
                yield courses.decoded(bytes(data))
            except ContentProblem:
                continue
