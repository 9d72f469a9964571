# SPDX-License-Identifier: Apache-2.0
"""What a new version costs somebody who has the old one: by files, by fixed blocks, by our pieces.

    python benchmarks/update.py [--scale mid]

First the course of `make_course.py`: some videos encoded again, one with an insert, some texts
corrected. Texts cost the same in every way, what changed of them, compressed. Then a film, joined
from those of examples/, after edits that change its container and not its picture: a new title, an
index at the other end, a beginning left out. Nothing is fetched; what would be is added up, piece
lists included. The table in docs/decisions/0010 is from here.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import make_course

from player.course.pieces import decode_pieces
from player.publish.cut import MOST, piece_list
from player.publish.folder import SMALL, file_content

EXAMPLES = Path(__file__).parents[1] / "examples"
BLOCK = 1024 * 1024  # bytes

Parts = list[tuple[int, str]]  # length and hash


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--scale", default="mid", choices=make_course.SCALES)
    scale = make_course.SCALES[parser.parse_args().scale]
    print(f"{'':<42}{'whole files':>16}{'blocks of 1 MiB':>18}{'our pieces':>16}")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        make_course.build(place, scale)
        _show("course, version 1 to 2", _files(place / "v1"), _files(place / "v2"))
        film = join(sorted(EXAMPLES.glob("*/media/*.480p.mp4")), place / "film.mp4")
        for what, edit in EDITS.items():
            _show(f"film: {what}", [film], [edit(film, place / "edited.mp4")])


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def _show(what: str, old: list[Path], new: list[Path]) -> None:
    size = sum(path.stat().st_size for path in new)
    print(f"{f'{what} ({size / 1e6:.1f} MB)':<42}", end="")
    for width, cut in ((16, whole), (18, blocks), (16, pieces)):
        cost = update(old, new, cut)
        print(f"{f'{cost / 1e6:.2f} MB {cost / size:6.1%}':>{width}}", end="", flush=True)
    print()


def update(old: list[Path], new: list[Path], cut: Callable[[Path], tuple[Parts, int]]) -> int:
    """Bytes that whoever has `old` fetches for `new`: no file and no part of one twice."""
    files = {_digest(path) for path in old}
    parts = {part for path in old if path.stat().st_size > SMALL for part in cut(path)[0]}
    cost = 0
    for path in new:
        if _digest(path) in files:
            continue
        if path.stat().st_size <= SMALL:
            cost += len(zlib.compress(path.read_bytes(), 9))
            continue
        found, listed = cut(path)
        cost += listed + sum(length for length, _ in set(found) - parts)
    return cost


def whole(path: Path) -> tuple[Parts, int]:
    return [(path.stat().st_size, _digest(path))], 0


def blocks(path: Path) -> tuple[Parts, int]:
    """Blocks at fixed places; the list of their hashes costs 32 bytes each."""
    with path.open("rb") as file:
        found = [
            (len(block), hashlib.sha256(block).hexdigest())
            for block in iter(lambda: file.read(BLOCK), b"")
        ]
    return found, 32 * len(found)


def pieces(path: Path) -> tuple[Parts, int]:
    listed = piece_list(file_content(path, "video/mp4"))
    if listed is None:
        assert path.stat().st_size <= MOST, "pip install cartable[publish]"
        return whole(path)
    data = listed.read()
    return list(decode_pieces(data, path.stat().st_size)), len(zlib.compress(data, 9))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# Films


def join(films: list[Path], target: Path) -> Path:
    """One longer film, its index first, as one publishes it for the web."""
    return copy(films, target, title="A film")


def copy(
    films: list[Path], target: Path, title: str, *, faststart: bool = True, after: float = 0.0
) -> Path:
    """Copy the packets of some films one behind the other, without encoding anything again.

    Args:
        films: of one encoder, so that their headers are the same.
        target: the file to write.
        title: goes into its index.
        faststart: whether the index comes before the picture.
        after: leave out what comes before the first key frame after so many seconds.
    """
    options = {"movflags": "+faststart"} if faststart else {}
    with av.open(str(target), "w", options=options) as output:
        output.metadata["title"] = title
        streams: dict[str, Any] = {}
        shift = 0.0
        for film in films:
            with av.open(str(film)) as source:
                for stream in source.streams:
                    if stream.type not in streams:
                        streams[stream.type] = output.add_stream_from_template(stream)
                for packet in _packets(source, after):
                    moved = round((shift - after) / packet.time_base)
                    packet.dts += moved
                    packet.pts += moved
                    packet.stream = streams[packet.stream.type]
                    output.mux(packet)
                shift += (source.duration or 0) / av.time_base
    return target


def _packets(source: Any, after: float) -> Iterator[Any]:
    begun = not after
    for packet in source.demux():
        if packet.dts is None:
            continue
        late = packet.dts * packet.time_base >= after
        begun = begun or (late and packet.is_keyframe and packet.stream.type == "video")
        if begun and late:
            yield packet


EDITS: dict[str, Callable[[Path, Path], Path]] = {
    "another title": lambda film, to: copy([film], to, "A film, second edition of the year"),
    "index at the end": lambda film, to: copy([film], to, "A film", faststart=False),
    "beginning left out": lambda film, to: copy([film], to, "A film", after=4.0),
}


if __name__ == "__main__":
    main()
