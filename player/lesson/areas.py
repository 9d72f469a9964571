# SPDX-License-Identifier: Apache-2.0
"""Whether a point lies in an area of a picture, its edge included."""

from __future__ import annotations

import math
from itertools import pairwise

from player.course.interactions import Area
from player.lesson.answers import Point


def holds(area: Area, point: Point) -> bool:
    """Whether `area` holds `point`, both in pixels. An area whose `coords` do not fit is empty."""
    (x, y), at = point, area.coords
    match area.shape:
        case "rect" if len(at) == 4:
            return min(at[0], at[2]) <= x <= max(at[0], at[2]) and (
                min(at[1], at[3]) <= y <= max(at[1], at[3])
            )
        case "circle" if len(at) == 3:
            return math.hypot(x - at[0], y - at[1]) <= at[2]
        case "ellipse" if len(at) == 4 and at[2] > 0 < at[3]:
            return math.hypot((x - at[0]) / at[2], (y - at[1]) / at[3]) <= 1
        case "poly" if len(at) >= 6 and len(at) % 2 == 0:
            return _is_inside(x, y, list(zip(at[::2], at[1::2], strict=True)))
    return False


def _is_inside(x: float, y: float, corners: list[Point]) -> bool:
    """By how often a ray to the right crosses an edge; a corner or an edge itself is inside."""
    inside = False
    for (ax, ay), (bx, by) in pairwise([*corners, corners[0]]):
        turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
        if turn == 0 and min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by):
            return True
        if (ay > y) != (by > y) and (turn > 0) == (by > ay):
            inside = not inside
    return inside
