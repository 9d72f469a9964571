# SPDX-License-Identifier: Apache-2.0
"""A course of made-up files in two versions, and what other tools need to fetch it.

Taken from the research behind `benchmarks/transfer`: the same seed makes the same bytes, so its
figures can be compared. N "videos" of random bytes (video does not compress) whose sizes follow a
clipped log-normal distribution, and M small texts (html, vtt, svg, json) that compress about as
well as real ones. Version 2 re-encodes some videos, edits some texts, inserts a block in the middle
of one video, and leaves the rest as it was.

    python benchmarks/make_course.py OUT --scale mid

    OUT/v1/ OUT/v2/            the files, below video/ and unit00/, unit01/ …
    OUT/v1.json OUT/v2.json    {"files": [{"path", "size", "sha256"} …], "payload": bytes}
    OUT/v1.tar OUT/v1.tar.zsync OUT/v1.meta4 … as --artefacts asks
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import random
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MB = 1_000_000
PIECE = 256 * 1024  # bytes: what a metalink gives a hash of
UNIT = 25  # texts in one folder
FIRST_DAY, SECOND_DAY = 1_700_000_000, 1_700_086_400  # when the versions were written
SEED = 7


@dataclass(frozen=True)
class Scale:
    """How large a course is, and what of it changes. Videos in MB, texts in kB."""

    videos: int
    video_mb: float
    lo: float
    hi: float
    small: int
    small_kb: float
    ch_video: int
    ch_small: int
    insert_mb: float


SCALES = {
    "full": Scale(30, 400, 3, 60, 300, 6000, 2, 20, 2.0),
    "mid": Scale(5, 19, 3, 5, 60, 1000, 1, 4, 0.5),
    "tiny": Scale(2, 2.0, 0.6, 1.4, 30, 400, 1, 2, 0.1),
    # Twenty sections of three videos: what comes first, and after how long
    "weeks": Scale(60, 150, 2, 3, 500, 4000, 1, 4, 0.5),
    # As little as shows that everything works
    "least": Scale(2, 0.7, 0.3, 0.4, 8, 40, 1, 1, 0.05),
}


def build(
    out: Path, scale: Scale, seed: int = SEED, artefacts: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Make both versions below `out`; return what version 2 changed."""
    for version in ("v1", "v2"):
        shutil.rmtree(out / version, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    build_v1(out / "v1", scale, seed)
    changes = build_v2(out / "v1", out / "v2", scale, seed)
    for version in ("v1", "v2"):
        (out / f"{version}.json").write_text(json.dumps(contents(out / version), indent=1))
        for artefact in artefacts:
            MAKERS[artefact](out, version)
    return changes


# The files


def video_sizes(n: int, total: int, lo: int, hi: int, rnd: random.Random) -> list[int]:
    """Return `n` log-normal sizes clipped to [lo, hi] that add up to `total`."""
    raw = [math.exp(rnd.gauss(0, 0.7)) for _ in range(n)]
    scale = total / sum(raw)
    sizes = [min(max(r * scale, lo), hi) for r in raw]
    for _ in range(200):  # push the residue into the free ones
        diff = total - sum(sizes)
        free = [i for i, s in enumerate(sizes) if (s < hi if diff > 0 else s > lo)]
        if abs(diff) < n or not free:
            break
        for i in free:
            sizes[i] = min(max(sizes[i] + diff / len(free), lo), hi)
    return [int(s) for s in sizes]


def _vocabulary(rnd: random.Random) -> list[str]:
    syllables = "ba co di fu ga he ji ko la mi no pe qua ro sa te u vi wo xe ya zo".split()  # noqa: SIM905
    return ["".join(rnd.choice(syllables) for _ in range(rnd.randint(1, 4))) for _ in range(3000)]


def _prose(rnd: random.Random, vocabulary: list[str], n: int) -> str:
    out: list[str] = []
    size = 0
    while size < n:
        word = vocabulary[min(int(rnd.paretovariate(0.9)) - 1, len(vocabulary) - 1)]
        out.append(word)
        size += len(word) + 1
    return " ".join(out)[:n]


Prose = Callable[[int], str]


def _html(rnd: random.Random, prose: Prose) -> Iterator[str]:
    head = "<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>Lesson</title></head><body>\n"
    yield head
    while True:
        yield f"<p class='para'>{prose(rnd.randint(200, 700))}.</p>\n"


def _vtt(rnd: random.Random, prose: Prose) -> Iterator[str]:
    yield "WEBVTT\n\n"
    at = 0.0
    while True:
        spoken = rnd.uniform(1.5, 5)
        yield f"{_time(at)} --> {_time(at + spoken)}\n{prose(rnd.randint(30, 80))}\n\n"
        at += spoken


def _time(at: float) -> str:
    return f"{int(at // 3600):02d}:{int(at // 60) % 60:02d}:{at % 60:06.3f}"


def _svg(rnd: random.Random, _prose: Prose) -> Iterator[str]:
    yield "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 800 600'>\n"
    while True:
        points = " ".join(f"{rnd.uniform(0, 800):.2f},{rnd.uniform(0, 600):.2f}" for _ in range(12))
        yield f"<polyline fill='none' stroke='#{rnd.randrange(1 << 24):06x}' points='{points}'/>\n"


def _json(size: int, rnd: random.Random, prose: Prose) -> str:
    items, n = [], 0
    while n < size:
        question = {
            "id": rnd.randrange(10**6),
            "question": prose(120),
            "answers": [prose(40) for _ in range(4)],
            "correct": rnd.randrange(4),
        }
        items.append(question)
        n += len(json.dumps(question)) + 2
    return json.dumps({"items": items}, indent=1)


KINDS = {  # the lines, how many bytes are left for the end, the end
    "html": (_html, 20, "</body></html>\n"),
    "vtt": (_vtt, 0, ""),
    "svg": (_svg, 10, "</svg>\n"),
    "json": (None, 0, ""),
}


def small_file(kind: str, size: int, rnd: random.Random, vocabulary: list[str]) -> bytes:
    """Return a text of about `size` bytes that looks like its kind."""

    def prose(n: int) -> str:
        return _prose(rnd, vocabulary, n)

    lines, spare, end = KINDS[kind]
    if lines is None:
        return _json(size, rnd, prose).encode()
    parts: list[str] = []
    written = 0
    source = lines(rnd, prose)
    while not parts or written < size - spare:
        parts.append(next(source))
        written += len(parts[-1])
    return "".join([*parts, end]).encode()


def build_v1(root: Path, scale: Scale, seed: int) -> None:
    """Write the first version below `root`."""
    rnd = random.Random(seed)
    vocabulary = _vocabulary(rnd)
    total, lo, hi = (int(size * MB) for size in (scale.video_mb, scale.lo, scale.hi))
    for i, size in enumerate(video_sizes(scale.videos, total, lo, hi, rnd)):
        path = root / "video" / f"lesson{i:02d}.mp4"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            noise = random.Random(f"{seed}-v{i}")
            for at in range(0, size, MB):
                file.write(noise.randbytes(min(size - at, MB)))
    mean = scale.small_kb * 1000 / scale.small
    raw = [math.exp(rnd.gauss(0, 0.6)) for _ in range(scale.small)]
    factor = mean * scale.small / sum(raw)
    for i, share in enumerate(raw):
        kind = tuple(KINDS)[i % len(KINDS)]
        path = root / f"unit{i // UNIT:02d}" / f"page{i:03d}.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(small_file(kind, max(600, int(share * factor)), rnd, vocabulary))
    _date(root.rglob("*"), FIRST_DAY)


def build_v2(v1: Path, v2: Path, scale: Scale, seed: int) -> dict[str, Any]:
    """Copy v1 to v2 with the scale's changes; return what was changed."""
    rnd = random.Random(seed + 1)
    shutil.copytree(v1, v2, copy_function=_link_or_copy)
    videos = sorted((v2 / "video").iterdir())
    smalls = sorted(p for p in v2.rglob("*") if p.is_file() and p.parent.name != "video")
    by_size = sorted(videos, key=lambda path: path.stat().st_size)
    middle = by_size[len(by_size) // 2]  # the one with the insert
    again = rnd.sample([path for path in videos if path != middle], scale.ch_video)
    for path in again:
        size = int(path.stat().st_size * rnd.uniform(0.9, 1.1))
        _replace(path, random.Random(f"{seed}-re-{path.name}").randbytes(size))
    data = middle.read_bytes()
    half = len(data) // 2
    inserted = random.Random(f"{seed}-ins").randbytes(int(scale.insert_mb * 1e6))
    _replace(middle, data[:half] + inserted + data[half:])
    edited = rnd.sample(smalls, scale.ch_small)
    for path in edited:
        text = path.read_bytes()
        at = rnd.randrange(len(text) // 4, 3 * len(text) // 4)
        _replace(path, text[:at] + b" corrected in the second edition " + text[at:])
    _date([*again, middle, *edited], SECOND_DAY)
    return {
        "reencoded": [str(path.relative_to(v2)) for path in again],
        "inserted": str(middle.relative_to(v2)),
        "edited": sorted(str(path.relative_to(v2)) for path in edited),
    }


def _replace(path: Path, data: bytes) -> None:
    path.unlink()  # version 1 may have the same file, by a link
    path.write_bytes(data)


def _date(paths: Iterator[Path] | list[Path], at: int) -> None:
    for path in paths:
        os.utime(path, (at, at))


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def contents(root: Path) -> dict[str, Any]:
    """Return what is below `root`: `files` with their hashes, and the bytes of all of them."""
    files = [
        {
            "path": path.relative_to(root).as_posix(),
            "size": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in sorted(root.rglob("*"))
        if path.is_file()
    ]
    return {"files": files, "payload": sum(file["size"] for file in files)}


# What other tools need


def make_tar(out: Path, version: str) -> None:
    """One archive of all files, as zsync takes it."""
    root = out / version
    with tarfile.open(out / f"{version}.tar", "w", format=tarfile.GNU_FORMAT) as tar:
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            info = tar.gettarinfo(str(path), arcname=path.relative_to(root).as_posix())
            info.type, info.size, info.linkname = tarfile.REGTYPE, path.stat().st_size, ""
            info.uid = info.gid = 0
            info.uname = info.gname = ""
            with path.open("rb") as file:
                tar.addfile(info, file)


def make_zsync(out: Path, version: str) -> None:
    """The block sums of the archive; its URL is relative."""
    name = f"{version}.tar"
    command = ["zsyncmake", "-u", name, "-o", f"{name}.zsync", name]
    subprocess.run(command, cwd=out, check=True, capture_output=True)


def make_meta4(out: Path, version: str, base: str = "@BASE@") -> None:
    """Metalink 4 (RFC 5854) with the hash of each file and of each piece, for aria2."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<metalink xmlns="urn:ietf:params:xml:ns:metalink">',
    ]
    for file in json.loads((out / f"{version}.json").read_text())["files"]:
        data = (out / version / file["path"]).read_bytes()
        pieces = (data[at : at + PIECE] for at in range(0, len(data), PIECE))
        lines += [
            f'<file name="{file["path"]}"><size>{file["size"]}</size>',
            f'<hash type="sha-256">{file["sha256"]}</hash>',
            f'<pieces length="{PIECE}" type="sha-256">',
            *(f"<hash>{hashlib.sha256(piece).hexdigest()}</hash>" for piece in pieces),
            f"</pieces><url>{base}/{version}/{file['path']}</url></file>",
        ]
    (out / f"{version}.meta4").write_text("\n".join([*lines, "</metalink>"]))


MAKERS = {"tar": make_tar, "zsync": make_zsync, "meta4": make_meta4}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--scale", choices=sorted(SCALES), default="mid")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--artefacts", default="tar,zsync,meta4", help="with commas between")
    chosen = parser.parse_args()
    artefacts = tuple(filter(None, chosen.artefacts.split(",")))
    changes = build(chosen.out, SCALES[chosen.scale], chosen.seed, artefacts)
    for version in ("v1", "v2"):
        found = json.loads((chosen.out / f"{version}.json").read_text())
        print(version, len(found["files"]), "files", found["payload"], "bytes")
    print(json.dumps(changes, indent=1))


if __name__ == "__main__":
    main()
