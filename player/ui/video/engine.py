# SPDX-License-Identifier: Apache-2.0
"""Who plays: libVLC where it is found, Qt where not. Neither is loaded before a video is opened."""

from __future__ import annotations

import logging

from player.lesson.media import MediaPlayer, OnError, OnFrame, OnState, Silent

log = logging.getLogger(__name__)


def choose(setting: str, on_frame: OnFrame, on_state: OnState, on_error: OnError) -> MediaPlayer:
    """Return an engine of the kind that `Settings.engine` asks for, or the next best.

    libVLC comes first: it needs less of an old PC. Where a setting asks for what is not here, the
    log says so and the other plays.

    Args:
        setting: `auto`, `vlc` or `qt`.
        on_frame: see `player.lesson.media.OnFrame`; `VideoSurface.set_frame` is one.
        on_state: a signal's `emit`: called in whatever thread.
        on_error: likewise.
    """
    if setting != "qt":
        player = _vlc(on_frame, on_state, on_error)
        if player is not None:
            return player
        if setting == "vlc":
            log.warning("libVLC is asked for and is not here; Qt plays")
    return _qt(on_frame, on_state, on_error) or Silent(on_frame, on_state, on_error)


def _vlc(on_frame: OnFrame, on_state: OnState, on_error: OnError) -> MediaPlayer | None:
    from player.lesson.vlc import available  # noqa: PLC0415 - libVLC takes time and memory
    from player.lesson.vlc_player import VlcPlayer  # noqa: PLC0415 - likewise

    return VlcPlayer(on_frame, on_state, on_error) if available() else None


def _qt(on_frame: OnFrame, on_state: OnState, on_error: OnError) -> MediaPlayer | None:
    try:
        from player.ui.video.qt_player import QtPlayer  # noqa: PLC0415 - loads FFmpeg
    except ImportError:
        log.exception("Qt Multimedia is not here either: nothing can be played")
        return None
    return QtPlayer(on_frame, on_state, on_error)
