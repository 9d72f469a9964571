# SPDX-License-Identifier: Apache-2.0
"""libVLC as we use it: the size of its pictures, its one thread, what it is not allowed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import pytest

from player.lesson import vlc
from player.lesson.media import State
from player.lesson.screen import fitted
from player.lesson.vlc import Turns
from player.lesson.vlc_player import VlcPlayer

PATIENCE = 20  # seconds that nothing should take on the slowest machine


@pytest.mark.parametrize(
    ("size", "pixel", "turned", "drawn"),
    [
        ((426, 240), (1, 1), False, (426, 240)),
        ((426, 240), (0, 0), False, (426, 240)),
        ((720, 576), (16, 15), False, (768, 576)),
        ((1920, 1080), (1, 1), False, (1280, 720)),
        ((1080, 1920), (1, 1), False, (405, 720)),
        ((1920, 1080), (1, 1), True, (405, 720)),
        ((0, 0), (1, 1), False, (2, 2)),
    ],
)
def test_pictures_are_drawn_upright_in_square_pixels_and_no_greater_than_of_use(
    size: tuple[int, int], pixel: tuple[int, int], turned: bool, drawn: tuple[int, int]
) -> None:
    assert fitted(size, pixel, turned=turned) == drawn


def test_turns_are_taken_in_order_in_one_thread_that_ends() -> None:
    turns, done = Turns(), []
    for number in range(100):
        turns.give(lambda number=number: done.append((number, threading.current_thread().name)))
    turns.end(lambda: done.append((100, threading.current_thread().name)))
    turns.give(lambda: done.append((101, "after the end")))
    turns.wait()
    assert done == [(number, "cartable-vlc") for number in range(101)]


@pytest.fixture
def seen() -> list[tuple[int, int, int, int]]:
    return []


@pytest.fixture
def player(
    seen: list[tuple[int, int, int, int]],
) -> Iterator[tuple[VlcPlayer, Callable[..., None]]]:
    """A player, and a function that waits for it to get into a state."""
    if not vlc.available():
        pytest.skip("libVLC is not on this machine")
    states: list[State] = []
    changed = threading.Condition()

    def became(state: State) -> None:
        with changed:
            states.append(state)
            changed.notify_all()

    def until(state: State) -> None:
        with changed:
            assert changed.wait_for(lambda: state in states, PATIENCE), states

    made = VlcPlayer(
        lambda wide, high, stride, pixels: seen.append((wide, high, stride, len(pixels))),
        became,
        lambda _reason: None,
    )
    yield made, until
    made.close()
    made.wait()


@pytest.mark.parametrize(
    ("size", "pixel", "drawn"),
    [((426, 240), (1, 1), (426, 240)), ((854, 480), (1, 1), (854, 480)),
     ((360, 288), (16, 15), (384, 288)), ((1920, 1080), (1, 1), (1280, 720))],
)  # fmt: skip
def test_a_picture_has_the_films_size_without_the_decoders_padding(
    tmp_path: Path,
    player: tuple[VlcPlayer, Callable[..., None]],
    seen: list[tuple[int, int, int, int]],
    size: tuple[int, int],
    pixel: tuple[int, int],
    drawn: tuple[int, int],
) -> None:
    path = tmp_path / "grey"  # like a blob, without an ending
    with av.open(str(path), "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=25)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.sample_aspect_ratio = Fraction(*pixel)
        for _ in range(10):
            out.mux(stream.encode(av.VideoFrame(*size, "yuv420p")))
        out.mux(stream.encode())
    engine, until = player
    engine.load(path)
    engine.play()
    until(State.ENDED)
    assert {(wide, high) for wide, high, _, _ in seen} == {drawn}
    assert all(stride >= wide * 4 and size == stride * high for wide, high, stride, size in seen)


def test_a_film_name_may_be_anything_a_disk_allows(
    tmp_path: Path, player: tuple[VlcPlayer, Callable[..., None]]
) -> None:
    path = tmp_path / "leçon #1 à 100% ? é.mp4"
    with av.open(str(path), "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(5):
            out.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        out.mux(stream.encode())
    engine, until = player
    engine.load(path)
    engine.play()
    until(State.ENDED)


def test_without_a_sound_card_alsa_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("player.lesson.vlc.sys.platform", "linux")
    monkeypatch.setattr("player.lesson.vlc.Path.glob", lambda *_: iter(()))
    assert vlc._sound() == ["--aout=pulse,adummy"]
    card = tmp_path / "pcmC0D0p"
    card.touch()
    monkeypatch.setattr("player.lesson.vlc.Path.glob", lambda *_: iter([card]))
    assert vlc._sound() == ["--aout=pulse,alsa,adummy"]
    monkeypatch.setattr("player.lesson.vlc.sys.platform", "win32")
    assert vlc._sound() == []
