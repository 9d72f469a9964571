# SPDX-License-Identifier: Apache-2.0
"""Where courses come from and whom to believe, as rows of the settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QWidget

from player.app import Repository
from player.course.signing import PublicKey
from player.ui.language import say_again, translate, when
from player.ui.parts import column, label, row, sign_button


def repository_row(repository: Repository, forget: Callable[[str], object]) -> QFrame:
    """A repository, how the last look went, and the way to forget it."""
    name = translate("Settings", "Forget this address; its courses stay")
    title = repository.title or repository.url
    words = [label(title, "strong")]
    if title != repository.url:
        words.append(label(repository.url, "caption"))
    return forgettable([*words, _looked(repository)], title, name, lambda: forget(repository.url))


def key_row(key: str, distrust: Callable[[str], object]) -> QFrame:
    """A publisher's key that somebody allowed here, and the way to take that back."""
    try:
        found = PublicKey.parse(key).id
    except ValueError:
        found = key
    title = translate("Settings", "Key {key}").format(key=found)
    words = [
        label(title, "strong"),
        label(translate("Settings", "You trust what is signed with it."), "caption"),
    ]
    return forgettable(
        words, title, translate("Settings", "Trust it no longer"), lambda: distrust(key)
    )


def forgettable(
    words: Sequence[QWidget], title: str, drop: str, do: Callable[[], object]
) -> QFrame:
    """A row of something that is known here, with a button that says what pressing it drops."""
    frame = QFrame()
    frame.setProperty("role", "panel")
    inner = row()
    inner.setContentsMargins(12, 8, 8, 8)
    text = column(gap=2)
    for one in words:
        text.addWidget(one)
    inner.addLayout(text, 1)
    made = sign_button("trash", drop, do)
    made.setAccessibleName(f"{title}: {drop}")
    inner.addWidget(made)
    frame.setLayout(inner)
    return frame


def _looked(repository: Repository) -> QWidget:
    if repository.problem:
        return label(say_again(repository.problem), "warn")
    if repository.notice:
        return label(say_again(repository.notice), "caption")
    if not repository.refreshed_at:
        return label(translate("Settings", "Not looked at yet"), "caption")
    text = translate("Settings", "Last looked at {time}").format(time=when(repository.refreshed_at))
    signed = {
        "trusted": translate("Settings", "signed by a key you trust"),
        "unsigned": translate("Settings", "not signed"),
        "untrusted": translate("Settings", "signed by a key that you allowed"),
        "revoked": translate("Settings", "signed by a key that was withdrawn"),
    }.get(repository.trust, "")
    return label(" · ".join(part for part in (text, signed) if part), "caption")
