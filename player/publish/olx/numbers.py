# SPDX-License-Identifier: Apache-2.0
"""Number answers: Open edX lets a teacher write `10^3`, `1/3` or `pi`; a GIFT file wants 1000."""

from __future__ import annotations

import ast
import math
import operator
import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 100
_OPERATORS: dict[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "ln": math.log,
    "log10": math.log10,
    "log2": math.log2,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "abs": abs,
}
_NAMES = {"pi": math.pi, "e": math.e}
_SUFFIXES = {"%": "e-2", "k": "e3", "M": "e6", "G": "e9", "T": "e12"} | {
    "c": "e-2",
    "m": "e-3",
    "u": "e-6",
    "n": "e-9",
    "p": "e-12",
}
_RANGE = re.compile(r"([\[(])\s*([^,]+),([^,]+?)\s*([\])])")


def number(text: str) -> float | None:
    """The value of an expression of numbers, None where it is none, or not real and finite.

    Nothing of the text is run: a syntax tree of sums, products, powers and nine functions is
    walked, everything else refused.
    """
    text = re.sub(r"(?<=[\d.])([%kMGTcmunp])(?!\w)", lambda m: _SUFFIXES[m[1]], text.strip())
    if not text or len(text) > _LONGEST:
        return None
    try:
        value = _value(ast.parse(text.replace("^", "**"), mode="eval").body)
    except (SyntaxError, ValueError, ArithmeticError, TypeError, RecursionError, MemoryError):
        return None
    return float(value) if isinstance(value, float) and math.isfinite(value) else None


def interval(text: str) -> tuple[float, float] | None:
    """The ends of `[1, 5]` or `(1, 5)`, None where the text is no interval."""
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return None
    low, high = number(match[2]), number(match[3])
    return None if low is None or high is None or low > high else (low, high)


def written(value: float) -> str:
    """A number without exponent and without noise: `0.00001`, `93000000`."""
    text = f"{Decimal(f'{value:.12g}'):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _value(node: ast.AST) -> float:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return float(value)
        case ast.Name(id=name) if name in _NAMES:
            return _NAMES[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand)
        case ast.BinOp(op=kind, left=left, right=right) if type(kind) in _OPERATORS:
            return _OPERATORS[type(kind)](_value(left), _value(right))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](_value(argument))
        case _:
            raise ValueError(ast.dump(node)[:40])
