# SPDX-License-Identifier: Apache-2.0
"""One learner's Cartable in one process, without its window: `learner.py HOME VERSION KEY URL …`.

Knows the repositories, believes their publisher, has the course in `VERSION`, asks for all of it
and fetches it. What it knows from an earlier start it asks nobody. Exit 0: everything is here; 75:
it is to be started again, and why is on the error stream.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from player.app import Services, build
from player.download.patience import ENDLESS
from player.errors import PlayerError

COURSE = "made-up"
RENDITION = "240p"
AGAIN = 75  # EX_TEMPFAIL


def main(arguments: Sequence[str]) -> int:
    home, version, key, *urls = arguments
    try:
        services = build(Path(home))
    except PlayerError as error:
        return _again(str(error))
    try:
        _take_up(services, urls, int(version), key)
        if not _is_through(services, int(version)):
            services.download(patience=ENDLESS)  # as the window does
        through = _is_through(services, int(version))
    except PlayerError as error:
        return _again(str(error))
    else:
        return 0 if through else _again(f"lacking: {', '.join(_lacking(services))}")
    finally:
        services.close_thread()


def _again(why: str) -> int:
    print(why, file=sys.stderr)
    return AGAIN


def _take_up(services: Services, urls: Sequence[str], version: int, key: str) -> None:
    here = _version(services)
    if max(here, _version(services, "coming")) < version:
        if services.learner is None:
            services.introduce("Awa")
        if key not in services.settings.allowed_keys:
            services.trust(key)
        for url in urls:
            services.refresh(services.add_repository(url))
        course = services.renew(COURSE) if here else services.take_up(COURSE)
        services.ask(COURSE, [section.id for section in course.sections], RENDITION)
    elif not services.wishes():  # ended between the two
        sections = services.course(COURSE).sections
        services.ask(COURSE, [section.id for section in sections], RENDITION)


def _version(services: Services, which: str = "version") -> int:
    """The version of the course that is here, or the one that is `coming` in its place."""
    return next((getattr(one, which, 0) for one in services.library() if one.id == COURSE), 0)


def _is_through(services: Services, version: int) -> bool:
    asked = bool(services.wishes()) and not _lacking(services)
    return asked and _version(services) >= version


def _lacking(services: Services) -> list[str]:
    return [wish.section for wish in services.wishes() if wish.here < wish.total]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
