# SPDX-License-Identifier: Apache-2.0
"""Encoding with PyAV: the sound once, then each rendition with that same sound inside.

One thread, fixed settings and no dates: with the same espeak-ng, Qt and FFmpeg, the sound comes out
the same byte for byte, and so do the frames given to x264; x264's own output may differ a little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import av.filter
from PySide6.QtGui import QImage, QPainter

from .slides import HEIGHT, WIDTH, draw_progress, slide_image
from .storyboard import Look, Slide
from .voice import RATE, Narration, Spoken

FRAMES_PER_SECOND = 10
FADE = 0.4
"""Seconds of a cross-fade."""
KEYFRAME_EVERY = 4 * FRAMES_PER_SECOND
"""A viewer who jumps waits for at most four seconds of picture to be decoded."""
CONTAINER = {"movflags": "+faststart", "fflags": "+bitexact"}
SOFTEN = (
    ("highpass", "f=80"),
    ("lowpass", "f=7000"),  # takes the edge off a synthetic voice
    ("loudnorm", "I=-16:TP=-3:LRA=7"),  # EBU R128, with room for what AAC adds
    ("aresample", str(RATE)),
    ("alimiter", "limit=0.6:level=disabled"),
    ("aformat", f"sample_fmts=fltp:sample_rates={RATE}:channel_layouts=mono"),
)
X264 = {
    240: {"crf": "27", "preset": "slow", "tune": "stillimage"},
    480: {"crf": "28", "preset": "slow", "tune": "stillimage"},
}


def write_sound(narration: Narration, path: Path) -> None:
    """Write the narration as AAC, mono, about 40 kbit/s, at an even level."""
    with av.open(str(path), "w", format="ipod", options=CONTAINER) as out:
        stream = out.add_stream("aac", rate=RATE, bit_rate=40_000, layout="mono")
        stream.codec_context.flags |= av.codec.context.Flags.bitexact
        for frame in _levelled(narration):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def write_video(
    slides: list[Slide], narration: Narration, look: Look, sound: Path, path: Path
) -> None:
    """Write one rendition; its height stands in the name, as in `roles.240p.mp4`."""
    height = int(path.suffixes[-2].strip(".p"))
    with av.open(str(path), "w", options=CONTAINER) as out, av.open(str(sound)) as source:
        picture = out.add_stream("libx264", rate=FRAMES_PER_SECOND, options=X264[height])
        context = picture.codec_context
        context.width, context.height = slide_image(slides[0], look, 0, height).size().toTuple()
        context.pix_fmt, context.gop_size, context.thread_count = "yuv420p", KEYFRAME_EVERY, 1
        context.flags |= av.codec.context.Flags.bitexact
        heard = out.add_stream_from_template(source.streams.audio[0])
        waiting = [packet for packet in source.demux(audio=0) if packet.dts is not None]
        for number, image in enumerate(_frames(slides, narration, look, height)):
            out.mux(picture.encode(_frame(image, number)))
            # The sound goes in beside the picture it belongs to: a player reads straight on.
            while waiting and waiting[0].pts * waiting[0].time_base <= number / FRAMES_PER_SECOND:
                packet = waiting.pop(0)
                packet.stream = heard
                out.mux(packet)
        out.mux(picture.encode(None))
        for packet in waiting:
            packet.stream = heard
            out.mux(packet)


def _frames(slides: list[Slide], narration: Narration, look: Look, height: int) -> Iterator[QImage]:
    """Yield every frame: the slide as far as it has been told, and the line moving below it."""
    scenes = list(_scenes(narration.sentences))
    stills = {
        scene: slide_image(slides[scene[0]], look, scene[1], height) for _start, scene in scenes
    }
    first = {scene[0]: start for start, scene in reversed(scenes)}
    marks = [first[number] / narration.seconds for number in range(len(slides))]
    playing = 0
    for number in range(int(narration.seconds * FRAMES_PER_SECOND)):
        now = number / FRAMES_PER_SECOND
        while playing + 1 < len(scenes) and scenes[playing + 1][0] <= now:
            playing += 1
        start, scene = scenes[playing]
        before = stills[scenes[max(0, playing - 1)][1]]
        image = _blend(before, stills[scene], min(1.0, (now - start) / FADE))
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(image.width() / WIDTH, image.height() / HEIGHT)
            draw_progress(painter, marks, now / narration.seconds, look)
        yield image


def _scenes(sentences: list[Spoken]) -> Iterator[tuple[float, tuple[int, int]]]:
    """Yield when each new picture appears: its time, its slide and how much of it is lit."""
    yield 0.0, (sentences[0].slide, sentences[0].shown)
    for last, this in pairwise(sentences):
        if (last.slide, last.shown) != (this.slide, this.shown):
            yield max(0.0, this.start - FADE), (this.slide, this.shown)


def _blend(before: QImage, after: QImage, share: float) -> QImage:
    image = before.copy()
    with QPainter(image) as painter:
        painter.setOpacity(share)
        painter.drawImage(0, 0, after)
    return image


def _frame(image: QImage, number: int) -> av.VideoFrame:
    pixels = image.convertToFormat(QImage.Format.Format_RGBA8888)
    frame = av.VideoFrame.from_bytes(bytes(pixels.constBits()), image.width(), image.height())
    frame.pts, frame.time_base = number, Fraction(1, FRAMES_PER_SECOND)
    return frame


def _levelled(narration: Narration) -> Iterable[av.AudioFrame]:
    """Yield the narration through the filters of `SOFTEN`."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(
        sample_rate=RATE, format="s16", layout="mono", time_base=Fraction(1, RATE)
    )
    filters = [graph.add(name, arguments) for name, arguments in SOFTEN]
    graph.link_nodes(source, *filters, graph.add("abuffersink")).configure()
    frame = av.AudioFrame(format="s16", layout="mono", samples=len(narration.samples))
    frame.planes[0].update(narration.samples.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
    frame.rate, frame.pts, frame.time_base = RATE, 0, Fraction(1, RATE)
    graph.push(frame)
    graph.push(None)
    while True:
        try:
            yield graph.pull()
        except (EOFError, BlockingIOError):
            return
