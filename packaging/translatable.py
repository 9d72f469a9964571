# SPDX-License-Identifier: Apache-2.0
"""Every text of the program that is said to a person, written as C++ for lupdate.

lupdate reads Python too, but below PySide6 6.12 (docs/decisions/0009) it takes a plural for one
only where the number is a literal, and passes over the text where it is an expression. Its C++ is
sound.

    python packaging/translatable.py > texts.cpp
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path

PLAYER = Path(__file__).parents[1] / "player"


def texts(source: str) -> Iterator[str]:
    """Yield a C++ call for each `translate("Context", "Text", …)` and `QT_TRANSLATE_NOOP` in it.

    A call whose text is no literal looks one up that stands elsewhere, and is left out.
    """
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Name(id=name) | ast.Attribute(attr=name),
                args=[ast.Constant(value=str(context)), ast.Constant(value=str(text)), *more],
                keywords=keywords,
            ) if name in ("translate", "QT_TRANSLATE_NOOP"):
                comment = more[0].value if more and isinstance(more[0], ast.Constant) else ""
                plural = len(more) > 1 or any(keyword.arg == "n" for keyword in keywords)
                words = ", ".join(
                    json.dumps(word or "", ensure_ascii=False) for word in (context, text, comment)
                )
                yield f"QCoreApplication::translate({words}{', n' if plural else ''});"


if __name__ == "__main__":
    for path in sorted(PLAYER.rglob("*.py")):
        for text in texts(path.read_text(encoding="utf-8")):
            sys.stdout.write(text + "\n")
