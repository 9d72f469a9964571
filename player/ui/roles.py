# SPDX-License-Identifier: Apache-2.0
"""What a screen reader is told a widget is, where Qt itself would only say "a part of a window".

Qt knows the roles of its own controls. A widget that takes the keyboard and is painted by us is
named here by its class.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

ROLES = {"PdfPages": QAccessible.Role.Document}
"""Roles by the name of a class; its name for the ear is the widget's own accessible name."""


def install() -> None:
    """Have them told. Once is enough; Qt asks only while something listens."""
    QAccessible.installFactory(_interface)


def _interface(kind: str, thing: QObject) -> QAccessibleInterface | None:
    role = ROLES.get(kind)
    if role is None or not isinstance(thing, QWidget):
        return None
    return QAccessibleWidget(thing, role, thing.accessibleName())
