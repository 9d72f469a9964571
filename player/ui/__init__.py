# SPDX-License-Identifier: Apache-2.0
"""The window: the only Qt. It shows what the stages have written and calls their functions.

`main` starts it, `main_window` holds the pages, `lesson` shows one activity, `video` plays,
`tasks` runs a stage's function beside the window, `changes` brings the stages' news to it.
"""

import sys
from typing import Any

import PySide6.QtCore  # noqa: F401 - with it comes what is asked for below

# PySide6 reads the source of every module that is imported after it, since one might want other
# names for Qt's methods (`from __feature__ import snake_case`), and Python keeps the lines: 6 MB at
# the start. Nobody here wants any. A PySide6 that knows nothing of this goes on as it likes.
_features: Any = sys.modules.get("shibokensupport.feature")
if hasattr(_features, "_mod_uses_pyside"):
    _features._mod_uses_pyside = lambda _module: True  # noqa: SLF001 - there is no other way
