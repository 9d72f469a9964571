# SPDX-License-Identifier: Apache-2.0
"""What learners handed in, laid out for whoever marks it: folders, and a table.

    OUT/<course>/<activity>/<learner>/<answer>/the files, and text.txt
    OUT/works.csv

Anybody can put something into a drop box. A file counts for the answer that its pieces name: the
id of that is chance, and known to the learner and to the store alone. What does not fit is left
aside and said; nothing is deleted, so that the next run, with more pieces, finds everything again.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from player.errors import BadPiece, CourierProblem, Malformed, NewerFormat
from player.journal.desk import DoneAct
from player.store import blobs, place
from player.sync import dropbox, handed_piece, marktable
from player.sync.handed_piece import Head

TABLE = "works"
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # of Windows
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_WRONG = (CourierProblem, Malformed, NewerFormat)
_MOST_PROBLEMS = 100

Sealed = dict[int, list[Path]]
"""The pieces of a file, by number: a stick and the drop box may both have one."""


@dataclass(slots=True)
class Works:
    """What a run laid out. `files` were opened now, `known` before; `missing` are sentences."""

    acts: int = 0
    files: int = 0
    known: int = 0
    table: str = ""
    missing: list[str] = field(default_factory=list)
    problems: list[BadPiece] = field(default_factory=list)

    def lack(self, sentence: str) -> None:
        """Say of something that it waits for a later run."""
        if len(self.missing) < _MOST_PROBLEMS:
            self.missing.append(sentence)

    def leave(self, what: str, reason: object) -> None:
        """Leave something aside."""
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(BadPiece(place=what, reason=str(reason).rstrip(".")))


def lay_out(
    acts: Sequence[DoneAct],
    known: Callable[[str], DoneAct | None],
    folders: Iterable[Path],
    out: Path,
    identity: str,
    platform: str,
) -> Works:
    """Open what is in `folders` for `acts`, which wait for a mark.

    Args:
        acts: in the order of the table.
        known: any act of the store by its id, None for one that it does not have.
        folders: with sealed pieces.
        out: where they go; what lies there already stays.
        identity: opens the pieces.
        platform: its home.
    """
    done, files = Works(acts=len(acts)), defaultdict[str, list[str]](list)
    wanted = {one.id for one in acts}
    for act in acts:  # before the files: of these one may be called as our text is
        _write_text(act, out)
    for sealed in _found(folders).values():
        _File(sealed, out, identity, platform, done).open(known, wanted, files)
    lines = {act: "\n".join(paths) for act, paths in files.items()}
    done.table = _write_table(marktable.as_table(acts, lines), out)
    return done


def folder_of(act: DoneAct) -> Path:
    """Where an answer is laid out, below the folder for all."""
    names = (act.course, act.activity, act.learner, act.id)
    return Path(*map(safe, names))


def safe(name: str) -> str:
    """A name that is one file in one folder on every system, whatever somebody called theirs."""
    text = _UNSAFE.sub("_", name).strip(" .")[:120].strip(" .") or "_"
    return f"_{text}" if _RESERVED.fullmatch(text) else text


@dataclass(slots=True)
class _File:
    """One file of which pieces came."""

    sealed: Sealed
    out: Path
    identity: str
    platform: str
    done: Works

    def open(
        self,
        known: Callable[[str], DoneAct | None],
        wanted: set[str],
        files: dict[str, list[str]],
    ) -> None:
        """Lay it out, if all of it is here and it is of an answer that waits."""
        first = next(self._opened(min(self.sealed)), None)
        if first is None:
            return
        head = first[0]
        act = known(head.act)
        # On a terminal, too, names are no more than words
        what = f"“{safe(head.name)}” of {safe(head.learner)}"
        if act is None:
            self.done.lack(f"{what}: its answer has not reached the store")
        elif (act.learner, act.course, act.activity) != (head.learner, head.course, head.activity):
            self.done.leave(what, "it says that it is of another answer than it names")
        elif act.id in wanted:
            here = sum(number in self.sealed for number in range(1, head.pieces + 1))
            if here < head.pieces:
                self.done.lack(f"{what}: {here} of {head.pieces} pieces are here")
            elif path := self._lay(head, self.out / folder_of(act), what):
                files[act.id].append(path.relative_to(self.out).as_posix())

    def _lay(self, head: Head, folder: Path, what: str) -> Path | None:
        """Put the file together; None where it is not what its pieces say."""
        _make(folder, self.out)
        for path in _names(folder, safe(head.name)):
            if not path.exists():
                break
            if blobs.whole(path, head.sha256, head.size):
                self.done.known += 1
                return path
        part = folder / f"{head.id}.part"
        found = hashlib.sha256()
        try:
            with part.open("wb") as target:
                for number in range(1, head.pieces + 1):
                    data = self._piece(number, head)
                    if data is None:
                        self.done.leave(what, f"piece {number} is not of the same file")
                        return None
                    target.write(data)
                    found.update(data)
            if found.hexdigest() != head.sha256:
                self.done.leave(what, "its pieces together are not what was handed in")
                return None
            blobs.sync(part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        self.done.files += 1
        return path

    def _piece(self, number: int, head: Head) -> bytes | None:
        """The bytes of a piece of the same file as `head`; None where none is."""
        about = (head.act, head.sha256, head.size, head.name)
        for other, data in self._opened(number):
            if (other.act, other.sha256, other.size, other.name) == about:
                return data
        return None

    def _opened(self, number: int) -> Iterator[tuple[Head, bytes]]:
        for path in self.sealed[number]:
            try:
                sealed = path.read_bytes()
                found = handed_piece.read(sealed, self.identity, self.platform, path.name)
            except _WRONG as error:
                self.done.leave(path.name, error)
            except OSError as error:
                self.done.leave(path.name, error.strerror or "it cannot be read")
            else:
                yield found.head, found.data


def _found(folders: Iterable[Path]) -> dict[str, Sealed]:
    """The pieces in the folders, by the file that their names name."""
    found: dict[str, Sealed] = {}
    for folder in folders:
        for path in dropbox.on_stick(folder):
            name = handed_piece.parsed(path.name)
            if name:
                found.setdefault(name[0], {}).setdefault(name[1], []).append(path)
    return found


def _names(folder: Path, name: str) -> Iterator[Path]:
    """`report.pdf`, then `report-2.pdf`, and so on: two files may have one name."""
    yield folder / name
    stem, suffix = Path(name).stem, Path(name).suffix
    for number in range(2, 10_000):
        yield folder / f"{stem}-{number}{suffix}"


def _make(folder: Path, out: Path) -> None:
    """The folder of an answer. Raises NotADirectoryError where a link leads out of `out`."""
    folder.mkdir(parents=True, exist_ok=True)
    if not folder.resolve().is_relative_to(out.resolve()):
        raise NotADirectoryError(str(folder))


def _write_text(act: DoneAct, out: Path) -> None:
    """What was asked and what was answered, where that is a text."""
    if not act.response.strip():
        return
    path = out / folder_of(act) / "text.txt"
    _make(path.parent, out)
    text = f"{act.question}\n\n{act.response}\n".encode()
    if not path.exists() or path.read_bytes() != text:
        place.write(path, text)


def _write_table(data: bytes, out: Path) -> str:
    """Write the table beside those of earlier runs, in which somebody may have written marks."""
    for path in _names(out, f"{TABLE}.csv"):
        if not path.exists():
            place.write(path, data)
            return path.name
        if path.read_bytes() == data:
            return path.name
    raise FileExistsError(str(out))
