# SPDX-License-Identifier: Apache-2.0
"""Files that were handed in, piece by piece: below the platform's drop box, or onto a stick.

    sealed ─► written down as leaving ─► PUT ─► taken, for good

Any server that takes PUT will do. A piece that was taken is never sent again; where the line broke
before the answer, the server is asked first whether it has it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from player.clock import Now, stamp
from player.course.platform import Platform
from player.errors import (
    ConnectionProblem,
    Damaged,
    FileGone,
    NoRecipients,
    NotTheServer,
    NotWritable,
    PlayerError,
    ServerRefused,
)
from player.journal import handing
from player.journal.handing import Handed, Piece
from player.store import blobs, handed
from player.store.database import Database
from player.store.saving import write
from player.sync import handed_piece, seal
from player.transport import Transport, place, refusal

log = logging.getLogger(__name__)

_TAKEN = (200, 201, 202, 204)
_ANSWER = 64 * 1024  # bytes of an answer that is read at all


class FilesNews(msgspec.Struct, frozen=True):
    """How far the files are: pieces `taken` of those there are."""

    taken: int
    pieces: int


@dataclass(frozen=True, slots=True)
class Round:
    """One run over what is left. `announce` is told a `FilesNews` per piece; it may raise."""

    db: Database
    home: Path
    platform: Platform
    now: Now
    announce: Callable[[object], None] = lambda _: None

    def send(self, transport: Transport) -> PlayerError | None:
        """Put what is left into the drop box; what stood in the way, None where nothing did.

        Raises:
            StorageProblem: this PC's disk or database.
        """
        found: PlayerError | None = None
        if not self.platform.dropbox or not (recipients := self._recipients):
            return None
        for file in self._whole_files():
            if isinstance(file, PlayerError):
                found = found or file
                continue
            try:
                for piece in handing.left(self.db, file):
                    self._send(transport, file, piece, recipients)
            except ServerRefused as problem:  # of this file alone, perhaps
                found = found or problem
            except (ConnectionProblem, FileGone) as problem:
                return problem
        return found

    def carry(self, stick: Path) -> list[Path]:
        """Write what is left onto a stick, beside what lies there already.

        Raises:
            NoRecipients: nobody is named for whom it could be sealed.
            DiskFull, NotWritable: of the stick; pieces that were whole before stay.
        """
        if not (recipients := self._recipients):
            raise NoRecipients(name=self.platform.name)
        folder, written = stick / handed_piece.FOLDER, []
        for file in self._whole_files():
            if isinstance(file, PlayerError):
                log.warning("not carried: %s", file)
                continue
            for piece in handing.left(self.db, file):
                path = folder / handed_piece.called(file.id, piece.number)
                if not path.exists():
                    _make(folder, stick)
                    write(path, self._sealed(file, piece.number, recipients))
                    written.append(path)
                handing.mark_packed(self.db, [(file.id, piece.number)], self._stamp())
        return written

    @property
    def _recipients(self) -> list[str]:
        return seal.known(self.platform.recipients)

    def _whole_files(self) -> Iterator[Handed | PlayerError]:
        """Those of which something is left; a fault for each that is damaged here."""
        handing.gather(self.db, self.home)
        for one in handing.waiting(self.db):
            path = handed.path(self.home, one.file.sha256)
            whole = blobs.whole(path, one.file.sha256, one.file.size)
            yield one if whole else Damaged(what=one.file.name, place=str(path))

    def _send(
        self, transport: Transport, file: Handed, piece: Piece, recipients: list[str]
    ) -> None:
        name = handed_piece.called(file.id, piece.number)
        if not (piece.sealed and has(transport, self.platform.dropbox, name, piece.sealed)):
            sealed = self._sealed(file, piece.number, recipients)
            handing.leaving(self.db, file, piece.number, len(sealed))
            put(transport, self.platform.dropbox, name, sealed)
        handing.take(self.db, [(file.id, piece.number)], self._stamp())
        standing = handing.standing(self.db)
        self.announce(FilesNews(standing.taken, standing.pieces))

    def _sealed(self, file: Handed, number: int, recipients: list[str]) -> bytes:
        data = handed.piece(self.home, file.file, number)
        return handed_piece.write(file, number, data, self.platform.home, recipients)

    def _stamp(self) -> str:
        return stamp(self.now(), "milliseconds")


def put(transport: Transport, dropbox: str, name: str, sealed: bytes) -> None:
    """Have a piece below `dropbox`. Raises ConnectionProblem where it is not known to be there."""
    url = f"{dropbox.rstrip('/')}/{name}"
    headers = {"Content-Type": "application/octet-stream"}
    with transport.request("PUT", url, headers=headers, body=sealed) as reply:
        if 300 <= reply.status < 400:  # no drop box sends elsewhere, but a login page does
            raise NotTheServer(place=place(url))
        if reply.status not in _TAKEN:
            raise refusal(reply, url)
        # Apache says in HTML that it created it, but with 201: a login page comes with 200
        if reply.status == 200 and reply.read(_ANSWER).lstrip()[:1] == b"<":
            raise NotTheServer(place=place(url))


def has(transport: Transport, dropbox: str, name: str, size: int) -> bool:
    """Whether the drop box says that it has a piece of that length; many never say."""
    url = f"{dropbox.rstrip('/')}/{name}"
    with transport.request("HEAD", url, headers={"Accept-Encoding": "identity"}) as reply:
        return reply.status == 200 and reply.headers.get("content-length") == str(size)


def forward(
    transport: Transport, platform: Platform, stick: Path, known: set[str]
) -> tuple[list[str], PlayerError | None]:
    """As an office: put the pieces on a stick into the drop box, those that are `known` apart.

    Returns the names of those that are there now, and why some are not, None where all are.
    """
    there: list[str] = []
    if not platform.dropbox:
        return there, None
    try:
        for path in on_stick(stick / handed_piece.FOLDER):
            if path.name not in known:
                sealed = path.read_bytes()
                if not sealed.startswith(seal.MAGIC):
                    continue
                put(transport, platform.dropbox, path.name, sealed)
            there.append(path.name)
    except ConnectionProblem as problem:
        return there, problem
    except OSError as error:
        log.warning("a piece cannot be read: %s", error)
        return there, FileGone(name=stick.name)
    return there, None


def on_stick(folder: Path) -> Iterator[Path]:
    """The pieces in a folder of somebody else's, by their names; nothing that leads out of it."""
    if folder.is_symlink() or not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if handed_piece.parsed(path.name) is None or path.is_symlink() or not path.is_file():
            continue
        if path.stat().st_size <= handed_piece.LARGEST:
            yield path


def _make(folder: Path, stick: Path) -> None:
    """The folder on the stick; one that is a link to elsewhere is not written into."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise NotWritable(place=str(stick)) from error
    if folder.is_symlink():
        raise NotWritable(place=str(folder))
