# SPDX-License-Identifier: Apache-2.0
"""Every way in which a standard accepts a number, as the one that the format has: a closed range.

Ends that are excluded move to the next float, so a reader needs no other rule than `low` ≤ x ≤
`high`. Both ends are the floats of the decimals that an author or a learner writes: who types
3.175 means 3.175, not the float's last digit. Each function returns (low, high).
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

Range = tuple[float, float]


def around(value: float, tolerance: float) -> Range:
    """`tolerance` up and down (Moodle, GIFT; QTI `absolute`; Open edX without `%`)."""
    middle, step = _exact(value), abs(_exact(tolerance))
    return float(middle - step), float(middle + step)


def percent(value: float, share: float) -> Range:
    """`share` per cent of the value up and down (QTI `relative`; Open edX with `%`)."""
    return around(value, float(abs(_exact(value) * _exact(share)) / 100))


def between(low: float, high: float, *, above: bool = False, below: bool = False) -> Range:
    """From `low` to `high`; `above` leaves `low` itself out, `below` leaves `high` out."""
    return (
        math.nextafter(low, math.inf) if above else low,
        math.nextafter(high, -math.inf) if below else high,
    )


def figures(value: float, count: int) -> Range:
    """What rounds to the same `count` significant figures, halves away from 0 (QTI)."""
    if value == 0:
        return 0.0, 0.0
    exact = abs(_exact(value))
    rounded = _rounded(exact, exact.adjusted() - count + 1)
    unit = Decimal(1).scaleb(rounded.adjusted() - count + 1)
    is_power = rounded == Decimal(1).scaleb(rounded.adjusted())
    below = unit / 20 if is_power else unit / 2  # beneath 1.00 the figures are finer
    return _signed(rounded - below, rounded + unit / 2, value)


def places(value: float, count: int) -> Range:
    """What rounds to the same `count` decimal places, halves away from 0 (QTI)."""
    half = Decimal(1).scaleb(-count) / 2
    rounded = _rounded(abs(_exact(value)), -count)
    if rounded == 0:
        return between(float(-half), float(half), above=True, below=True)
    return _signed(rounded - half, rounded + half, value)


def _exact(value: float) -> Decimal:
    return Decimal(repr(float(value)))


def _rounded(value: Decimal, exponent: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(exponent), ROUND_HALF_UP)


def _signed(low: Decimal, high: Decimal, value: float) -> Range:
    """From `low`, included, to `high`, excluded; the other way round below 0."""
    near, far = between(float(low), float(high), below=True)
    return (near, far) if value > 0 else (-far, -near)
