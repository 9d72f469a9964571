# SPDX-License-Identifier: Apache-2.0
"""What the journey prints, and what of Qt's words it passes on."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QMessageLogContext, QtMsgType

_BEGUN = time.monotonic()


def tell(step: str, facts: str) -> None:
    """Print a step with its figures, and when it was done."""
    print(f"{time.monotonic() - _BEGUN:6.1f} s  {step:<12} {facts}", flush=True)


def quiet(_kind: QtMsgType, _place: QMessageLogContext, text: str) -> None:
    """Pass on what Qt says, but for what its off-screen platform says of every window."""
    if "propagateSizeHints" not in text:
        print(text, file=sys.stderr)
