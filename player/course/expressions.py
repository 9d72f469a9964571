# SPDX-License-Identifier: Apache-2.0
"""The value of `2*a + sqrt(b)`: arithmetic over numbers and names, and nothing else.

The text may come from a course or a learner. Nothing of it is run: Python's own parser makes a
tree of it, and a closed set of nodes is walked over floats, whose powers cannot grow beyond a
number. What is longer than `LONGEST` is not looked at.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping

LONGEST = 200
_OPERATORS: dict[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
    ast.Pow: math.pow,
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
    "arcsin": math.asin,
    "arccos": math.acos,
    "arctan": math.atan,
    "abs": abs,
    "floor": math.floor,
    "ceil": math.ceil,
    "round": round,
}
CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}
_MEANT = str.maketrans(
    {"^": "**", "\N{MULTIPLICATION SIGN}": "*", "\N{DOT OPERATOR}": "*", "\N{MIDDLE DOT}": "*"}
    | {"\N{DIVISION SIGN}": "/", "\N{MINUS SIGN}": "-", "\N{EN DASH}": "-"}
    | {"\N{GREEK SMALL LETTER PI}": "pi", "\N{SUPERSCRIPT TWO}": "**2"}
    | {"\N{SUPERSCRIPT THREE}": "**3"}
)
_BESIDE = re.compile(r"(?<![\w.])(\d+(?:\.\d*)?)\s*(?=[A-DF-Za-df-z(]|e(?![\d+-]))")

_SIGNS = re.compile(
    r"""(?: \s* (?: (?: \d+\.?\d* | \.\d+ ) (?: [eE][+-]?\d+ )? (?![\w.])
        | [A-Za-z]\w*(?!\w) | [-+*/%()] ) )+""",
    re.ASCII | re.VERBOSE,
)


def value_of(text: str, names: Mapping[str, float] = CONSTANTS) -> float | None:
    """Return the value of `text`; None where it is no expression, or not real and finite.

    `^` is a power, `2a` and `2(a+1)` are products, as they are on paper.

    Args:
        text: sums, differences, products, quotients, remainders, powers and fifteen functions.
        names: what the names in it stand for.
    """
    tree = _parsed(text)
    if tree is None:
        return None
    try:
        value = _value(tree, names)
    except (ValueError, ArithmeticError):
        return None
    return value if math.isfinite(value) else None


def is_expression(text: str, names: Mapping[str, float] = CONSTANTS) -> bool:
    """Whether `text` can be read with `names`, even if it has no value there, as `1/0` has none."""
    tree = _parsed(text)
    if tree is None:
        return False
    try:
        _value(tree, names)
    except _NoExpressionError:
        return False
    except (ValueError, ArithmeticError):
        pass
    return True


class _NoExpressionError(ValueError):
    """A node that is no arithmetic."""


def _parsed(text: str) -> ast.expr | None:
    meant = _BESIDE.sub(r"\1*", text.translate(_MEANT)).strip()
    if len(meant) > LONGEST or not _SIGNS.fullmatch(meant):
        return None
    try:
        return ast.parse(meant, mode="eval").body
    except (SyntaxError, RecursionError, MemoryError):
        return None


def _value(node: ast.AST, names: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return float(value)
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, names)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand, names)
        case ast.BinOp(op=kind, left=left, right=right) if type(kind) in _OPERATORS:
            return _OPERATORS[type(kind)](_value(left, names), _value(right, names))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in _FUNCTIONS:
            return float(_FUNCTIONS[name](_value(argument, names)))
        case _:
            raise _NoExpressionError
