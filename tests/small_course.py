# SPDX-License-Identifier: Apache-2.0
"""A tiny course with one activity of every kind, as its author's folder."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

COURSE = """\
[course]
id = "petit-cours"
title = "Petit cours"
language = "fr"
summary = "Un cours minuscule."
image = "images/cover.png"
authors = [{ name = "A. Diallo", role = "Formatrice" }]
licence = "CC-BY-SA-4.0"

[[section]]
title = "Organiser"

[[section.sequence]]
id = "roles"
title = "Qui fait quoi ?"
activities = [
    { page = "pages/roles.md" },
    { video = "media/roles" },
    { document = "media/roles.pdf", title = "Les diapositives" },
    { links = "pages/liens.md" },
    { quiz = "quizzes/roles.gift", title = "Faites le point" },
    { exam = "quizzes/roles.gift", title = "Examen", pass = 0.6, attempts = 2 },
]
"""

PAGE = """\
# Qui fait quoi ?

![Un schéma](../images/cover.png) Voir [les liens](#activity:pour-aller-plus-loin).

| a | b |
|---|---|
| 1 | 2 |
"""

LINKS = """\
# Pour aller plus loin

À lire un jour de réseau.

- [Kolibri](https://learningequality.org/kolibri/): une bibliothèque.
- [Guide](https://example.org/guide.pdf)
"""

GIFT = """\
::Rôle:: Qui décide ? {
    =L'équipe #Oui.
    ~Personne #Alors tout est urgent.
}

::Jours:: Combien de jours dans deux semaines ? {#14}
"""

VTT = "WEBVTT\n\n00:00.000 --> 00:01.500\nBonjour.\n"

PDF = b"%PDF-1.4\n1 0 obj <</Type /Page>> endobj\n%%EOF\n"


def box(kind: bytes, *bodies: bytes) -> bytes:
    body = b"".join(bodies)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def track(handler: bytes, codec: bytes, height: int = 0) -> bytes:
    stsd = box(b"stsd", bytes(4), struct.pack(">I", 1), box(codec, bytes(8)))
    return box(
        b"trak",
        box(b"tkhd", bytes(80), struct.pack(">I", height << 16)),
        box(
            b"mdia",
            box(b"hdlr", bytes(8), handler, bytes(12)),
            box(b"minf", box(b"stbl", stsd)),
        ),
    )


def mp4(seconds: float, *tracks: bytes, rest: bytes = b"") -> bytes:
    """The boxes that say what a film is; `rest` stands for the film itself."""
    header = box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, round(seconds * 1000)), bytes(80))
    return box(b"ftyp", b"isom", bytes(4)) + box(b"mdat", rest) + box(b"moov", header, *tracks)


def film(seconds: float, height: int, rest: bytes = b"") -> bytes:
    return mp4(seconds, track(b"vide", b"avc1", height), track(b"soun", b"mp4a"), rest=rest)


def sound(seconds: float) -> bytes:
    return mp4(seconds, track(b"soun", b"mp4a"))


def png(colour: int = 0) -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes([0, colour]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write files by their paths; return the folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def small_course(root: Path) -> Path:
    """Write the course into `root`; its larger film is too large for a pack."""
    return write(
        root,
        {
            "course.toml": COURSE,
            "pages/roles.md": PAGE,
            "pages/liens.md": LINKS,
            "quizzes/roles.gift": GIFT,
            "images/cover.png": png(),
            "media/roles.pdf": PDF,
            "media/roles.fr.vtt": VTT,
            "media/roles.fr.md": "# Texte\n\nBonjour.\n",
            "media/roles.audio.m4a": sound(1.5),
            "media/roles.240p.mp4": film(1.5, 240),
            "media/roles.480p.mp4": film(1.5, 480, rest=bytes(200_000)),
        },
    )
