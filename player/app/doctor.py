# SPDX-License-Identifier: Apache-2.0
"""Examining a home: what is sound, what is not, and what to do. Only `mend` changes anything."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from player.app.repair import look, repair
from player.app.services import Services
from player.catalogue.freshness import clock_is_behind
from player.catalogue.trust import REVOKED
from player.errors import PlayerError
from player.journal import journal
from player.store import blobs, place
from player.store.database import FILE, translated
from player.store.space import LITTLE


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `good` or not, in a sentence."""

    what: str
    good: bool
    text: str


def examine(services: Services) -> list[Finding]:
    """Look at everything once; a fault of one part hides no other."""
    looks = (_database, _journal, _files, _handed, _space, _platform, _repositories, _clock, _video)
    return [finding for look in looks for finding in _looked(look, services)]


def _looked(look: Callable[[Services], Iterator[Finding]], services: Services) -> list[Finding]:
    try:
        with translated(services.home / FILE):
            return list(look(services))
    except PlayerError as error:
        return [Finding(look.__name__.strip("_"), False, str(error))]


def _database(services: Services) -> Iterator[Finding]:
    verdict = services.db.execute("PRAGMA quick_check").fetchone()[0]
    sound = verdict == "ok"
    text = "SQLite finds it whole." if sound else f"SQLite says: {verdict}. Keep a copy of it."
    yield Finding("database", sound, text)


def _journal(services: Services) -> Iterator[Finding]:
    broken = journal.broken_links(services.db)
    total = services.db.execute("SELECT count(*) FROM events").fetchone()[0]
    text = f"{total} acts, the chain of hashes holds."
    if broken:
        text = f"{len(broken)} of {total} acts were changed afterwards, the first is {broken[0]}."
    yield Finding("journal", not broken, text)


def _files(services: Services) -> Iterator[Finding]:
    found = look(services.db, services.home)
    total = len(blobs.present(services.db))
    bad = len(found.damaged) + len(found.missing)
    text = f"{total} files, each as it was published."
    if bad:
        text = (
            f"{bad} of {total} files are damaged or gone; `cartable doctor --repair`, then "
            "`cartable download` fetches what is bad of them."
        )
    yield Finding("files", not bad, text)
    if found.sound or found.broken or found.stray:
        unknown, stray = len(found.sound) + len(found.broken), len(found.stray)
        left = f"{unknown} files are here and not known, {stray} are left over"
        yield Finding("leftovers", True, f"{left}; `cartable doctor --repair` sees to them.")
    if found.unreferenced:
        text = f"{len(found.unreferenced)} files are of no course any more; `cartable free`."
        yield Finding("unused files", True, text)


def _handed(services: Services) -> Iterator[Finding]:
    total, bad = services.handing.damaged()
    if not total:
        return
    text = f"{total} files were handed in, each as it was chosen."
    if bad:
        names = ", ".join(bad)
        text = f"{len(bad)} of {total} files that were handed in are damaged or gone: {names}."
    yield Finding("handed in", not bad, text)


def mend(services: Services) -> Finding:
    """Mend the files, and say what was done. See `player.app.repair`."""
    done = repair(services.db, services.home, services.now)
    freed = done.freed + services.handing.tidy()
    text = (
        f"{done.to_fetch} files are to be fetched again (`cartable download`: only what is bad of "
        f"them), {done.adopted} were taken in, {done.removed} left over were removed, "
        f"{freed / 1e6:.1f} MB of no course came free."
    )
    return Finding("repair", True, text)


def _space(services: Services) -> Iterator[Finding]:
    for folder in dict.fromkeys((services.home, place.content_folder(services.home))):
        free = shutil.disk_usage(folder).free
        yield Finding("space", free >= LITTLE, f"{free / 1e9:.1f} GB free at {folder}.")


def _platform(services: Services) -> Iterator[Finding]:
    try:
        platform = services.platform
    except PlayerError as error:
        yield Finding("platform", False, str(error))
        return
    counts = services.counts()
    text = platform.name if platform else "None: work stays on this computer."
    waiting = counts.waiting
    yield Finding(
        "platform",
        counts.refused == 0,
        f"{text} {counts.received} received, {waiting} to send, {counts.refused} refused.",
    )


def _repositories(services: Services) -> Iterator[Finding]:
    for repository in services.repositories():
        looked = f"last looked at {repository.refreshed_at or 'never'}."
        signed = f"{repository.trust}{f' (key {repository.key})' if repository.key else ''}"
        said = repository.problem or repository.notice or f"{looked} {signed}".rstrip()
        good = not repository.problem and repository.trust != REVOKED
        yield Finding(f"repository {repository.url}", good, said)


def _clock(services: Services) -> Iterator[Finding]:
    behind = clock_is_behind(services.db, services.now())
    text = f"{services.now():%Y-%m-%d %H:%M}."
    if behind:
        text += " It stands before a catalogue that was already signed: set it right."
    yield Finding("clock", not behind, text)


def _video(_services: Services) -> Iterator[Finding]:
    from player.lesson import vlc  # noqa: PLC0415 - so that no other command looks for libVLC

    found = vlc.available()
    text = "libVLC is here." if found else "libVLC is not here; Qt's own player is used."
    yield Finding("video", True, text)
