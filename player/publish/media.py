# SPDX-License-Identifier: Apache-2.0
"""What is in a media file: how long, how high, which codecs.

MP4 is read here, from its boxes (ISO/IEC 14496-12), so that every publisher finds the same
numbers, with PyAV (the extra `publish`) or without. Other containers need PyAV.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

_LARGEST_INDEX = 64 * 1024 * 1024  # bytes: the `moov` of a film of many hours has a few million
_CODECS = {"avc1": "h264", "avc3": "h264", "mp4a": "aac", "hev1": "hevc", "hvc1": "hevc"}
_CODECS |= {"av01": "av1", "vp09": "vp9", "Opus": "opus", ".mp3": "mp3"}


@dataclass(frozen=True, slots=True)
class Media:
    """`duration` in seconds, `height` in pixels; empty codecs where there is no such stream."""

    duration: float = 0.0
    height: int = 0
    video: str = ""
    audio: str = ""

    @property
    def plays_everywhere(self) -> bool:
        """H.264 with AAC, either of them alone too."""
        return self.video in ("h264", "") and self.audio in ("aac", "")


def describe(path: Path) -> Media | None:
    """Return what is in the file; None where it cannot be read as media."""
    media = _from_boxes(path)
    if media and media.duration and (media.video or media.audio):
        return media
    return _from_pyav(path)


def _from_pyav(path: Path) -> Media | None:
    try:
        import av  # noqa: PLC0415 - an extra: most publishers have MP4 and need nothing else
    except ImportError:
        return None
    try:
        with av.open(str(path)) as container:
            # A stream of an unknown codec has no context: nobody could play it
            video = next((one for one in container.streams.video if one.codec_context), None)
            audio = next((one for one in container.streams.audio if one.codec_context), None)
            if video is None and audio is None:
                return None
            return Media(
                round((container.duration or 0) / 1_000_000, 3),
                video.height if video else 0,
                video.codec_context.name if video else "",
                audio.codec_context.name if audio else "",
            )
    except (av.error.FFmpegError, OSError):
        return None


def _from_boxes(path: Path) -> Media | None:
    index = _index(path)
    if index is None:
        return None
    media = Media()
    try:
        for kind, body in _boxes(index):
            if kind == b"mvhd":
                media = replace(media, duration=_duration(body))
            elif kind == b"trak":
                media = _with_track(media, body)
    except struct.error:
        return None
    return media


def _index(path: Path) -> bytes | None:
    """The `moov` box, wherever it stands among the boxes of the file."""
    with path.open("rb") as file:
        end = file.seek(0, 2)
        at = 0
        while at + 8 <= end:
            file.seek(at)
            head = file.read(16)
            size, kind = struct.unpack(">I4s", head[:8])
            start = 8
            if size == 1 and len(head) == 16:
                size, start = struct.unpack(">Q", head[8:])[0], 16
            size = size or end - at
            if kind == b"moov" and size <= _LARGEST_INDEX:
                file.seek(at + start)
                return file.read(size - start)
            if size < start:
                return None
            at += size
    return None


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if size < 8:
            return
        yield kind, data[at + 8 : at + size]
        at += size


def _inside(data: bytes, *kinds: bytes) -> bytes:
    """The body of a box inside a box inside …; empty where there is none."""
    for kind in kinds:
        data = next((body for found, body in _boxes(data) if found == kind), b"")
    return data


def _duration(header: bytes) -> float:
    """`mvhd`: version 1 has 64-bit times."""
    layout, at = (">IQ", 20) if header[:1] == b"\x01" else (">II", 12)
    scale, duration = struct.unpack_from(layout, header, at)
    unknown = duration in (0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
    return round(duration / scale, 3) if scale and not unknown else 0.0


def _with_track(media: Media, track: bytes) -> Media:
    handler = _inside(track, b"mdia", b"hdlr")[8:12]
    entry = _inside(track, b"mdia", b"minf", b"stbl", b"stsd")[12:16].decode("latin-1")
    codec = _CODECS.get(entry, entry)
    if handler == b"vide" and not media.video:
        (height,) = struct.unpack(">I", _inside(track, b"tkhd")[-4:])
        return replace(media, video=codec, height=height >> 16)
    if handler == b"soun" and not media.audio:
        return replace(media, audio=codec)
    return media
