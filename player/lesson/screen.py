# SPDX-License-Identifier: Apache-2.0
"""The memory into which libVLC draws, one picture at a time, and the functions that it calls.

libVLC calls them in a thread of its own: `setup` once the size is known, then for each picture
`lock` (where to draw?) and `display` (it is time to show it). None of them calls libVLC.
"""

from __future__ import annotations

import ctypes
from typing import Any

from player.lesson.media import OnFrame

WIDEST, HIGHEST = 1280, 720
"""Greater pictures are made smaller: on an old PC painting them costs more than they show."""
_ALIGNED = 32  # bytes: libVLC asks for it

_Number = ctypes.POINTER(ctypes.c_uint)
_Setup = ctypes.CFUNCTYPE(
    ctypes.c_uint,
    ctypes.c_void_p,
    ctypes.POINTER(ctypes.c_char),
    _Number,
    _Number,
    _Number,
    _Number,
)
_Lock = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p))
_Display = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)


class Screen:
    """Memory for one film. Keep it as long as the film: libVLC knows its addresses alone.

    Attributes:
        setup, lock, display: `libvlc_video_format_cb` and so on, as C functions.
    """

    def __init__(self, size: tuple[int, int] | None, on_frame: OnFrame) -> None:
        """`size` is that of the pictures, in pixels; None where only the decoder knows it."""
        self._size, self._on_frame = size, on_frame
        self._wide = self._high = self._stride = self._first = 0
        self._memory = (ctypes.c_char * 0)()
        self.setup, self.lock = _Setup(self._set_up), _Lock(self._lock)
        self.display = _Display(self._display)

    def _set_up(self, _opaque: Any, chroma: Any, wide: Any, high: Any, *room: Any) -> int:
        # The size offered is the decoder's, with its padding: the film's own is the right one.
        self._wide, self._high = self._size or (wide[0], high[0])
        self._stride = _aligned(self._wide * 4)
        lines = _aligned(self._high)
        self._memory = (ctypes.c_char * (self._stride * lines + _ALIGNED))()
        self._first = -ctypes.addressof(self._memory) % _ALIGNED
        ctypes.memmove(chroma, b"RV32", 4)
        wide[0], high[0] = self._wide, self._high
        room[0][0], room[1][0] = self._stride, lines
        return 1

    def _lock(self, _opaque: Any, planes: Any) -> None:
        planes[0] = ctypes.addressof(self._memory) + self._first

    def _display(self, _opaque: Any, _picture: Any) -> None:
        pixels = memoryview(self._memory).cast("B")
        last = self._first + self._stride * self._high
        self._on_frame(self._wide, self._high, self._stride, pixels[self._first : last])


def fitted(size: tuple[int, int], pixel: tuple[int, int], *, turned: bool) -> tuple[int, int]:
    """Return the size to draw in: square pixels, upright, within `WIDEST` by `HIGHEST`.

    Args:
        size: width and height as encoded.
        pixel: the shape of one pixel, width to height; a 0 means that nobody said.
        turned: whether the film lies on its side, as telephones record.
    """
    wide, high = float(size[0]), float(size[1])
    if all(pixel):
        wide = wide * pixel[0] / pixel[1]
    if turned:
        wide, high = high, wide
    shrunk = min(WIDEST / max(wide, 1.0), HIGHEST / max(high, 1.0), 1.0)
    return max(round(wide * shrunk), 2), max(round(high * shrunk), 2)


def _aligned(number: int) -> int:
    return -(-number // _ALIGNED) * _ALIGNED
