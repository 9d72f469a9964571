# SPDX-License-Identifier: Apache-2.0
"""Asking for what comes from outside: the file of a platform, a folder, a `.course` file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget

from player.app import Services
from player.course.platform import Platform
from player.errors import NotAFolder, PlayerError, system_reason
from player.transport.archive import ENDING
from player.ui.language import say, translate

LIMIT = 1_000_000  # bytes: a platform.json has a few thousand


def join(parent: QWidget, services: Services) -> Platform | None:
    """Ask for a platform.json and belong to its platform; None where nothing was chosen.

    Raises:
        Malformed, NewerFormat, NotAFolder: nothing was changed.
    """
    title = translate("Settings", "The file your platform gave you")
    name, _ = QFileDialog.getOpenFileName(parent, title, filter="platform.json (*.json)")
    if not name:
        return None
    try:
        with Path(name).open("rb") as file:
            data = file.read(LIMIT)
    except OSError as error:
        raise NotAFolder(place=name, reason=system_reason(error)) from error
    return services.join(data)


def folder(parent: QWidget) -> str:
    """Ask for the folder of a course repository; '' where none was chosen."""
    title = translate("Settings", "The folder of a course repository")
    return QFileDialog.getExistingDirectory(parent, title)


def other_drive(parent: QWidget) -> str:
    """Ask where the files of the courses are to be; '' where nothing was chosen."""
    title = translate("Space", "A drive or a folder for the files of the courses")
    return QFileDialog.getExistingDirectory(parent, title)


def course_file(parent: QWidget) -> str:
    """Ask for a `.course` file; '' where none was chosen."""
    title = translate("Settings", "A course in one file")
    name, _ = QFileDialog.getOpenFileName(parent, title, filter=f"{title} (*{ENDING})")
    return name


def dropped(data: QMimeData) -> str:
    """The `.course` file or the folder that is let go of over the window; '' for anything else."""
    for url in data.urls():
        path = Path(url.toLocalFile())
        if url.isLocalFile() and (path.suffix.lower() == ENDING or path.is_dir()):
            return str(path)
    return ""


def described(services: Services) -> str:
    """The platform this PC belongs to, in words; '' without one."""
    try:
        platform = services.platform
    except PlayerError as error:
        return say(error)
    return f"{platform.name}\n{platform.home}" if platform else ""
