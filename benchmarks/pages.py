# SPDX-License-Identifier: Apache-2.0
"""Every page of the window, opened in a home with 1,000 courses, 100,000 acts, 5,000 notes and
2,000 messages.

Until it is painted, for the first time (its modules are loaded and it is made) and again. The
processor's time stands beside it, since other work on the machine is not ours.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).parent)]

import startup  # noqa: E402 - the path comes first

from player.journal import events, mail  # noqa: E402
from player.journal.items import Box  # noqa: E402
from player.journal.journal import Where, record_all  # noqa: E402
from player.store import database  # noqa: E402
from player.store.database import Database  # noqa: E402

NOTES = 5_000
MESSAGES = 2_000
WISHED = 25  # courses of which everything was asked for
PAGES = (
    *("library", "search", "calendar", "notes", "revision", "work", "mail", "downloads"),
    *("space", "settings"),
)
WORD = "team"
PLATFORM = "https://campus.example/"
LAST = startup.course_id(startup.KEPT - 1)


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(opened(Path(sys.argv[1]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        startup.fill(home)
        with closing(database.connect(home)) as db:
            write_notes(db)
            bring_messages(db)
            wish(db)
        launch(home)  # the first one compiles the modules, and reads what is kept afterwards
        report(launch(home))


def write_notes(db: Database) -> None:
    for number in range(NOTES):
        course, activity = number % startup.KEPT, number % startup.ACTIVITIES
        where = Where(startup.LEARNER, startup.course_id(course), 1, startup.activity_id(activity))
        text = f"Note {number}: who leads the {WORD}, and by what right. " * 3
        note = events.Noted(name=f"Activity {activity}", note=f"note-{number}", text=text)
        record_all(db, where, [note], lambda: startup.MONDAY)


def bring_messages(db: Database) -> None:
    for number in range(MESSAGES):
        box = Box(PLATFORM, startup.course_id(number % startup.KEPT))
        at = startup.stamp(startup.MONDAY + timedelta(hours=number))
        text = "<p>The next meeting is on Tuesday. Bring your questions.</p>" * 4
        item = {"type": "announcement", "id": f"item-{number}", "at": at, "text": text}
        item["title"] = f"Announcement {number}"
        mail.take(db, box, number // startup.KEPT + 1, at, [item], at)


def wish(db: Database) -> None:
    with db.atomic():
        for number in range(WISHED):
            for week in range(4):
                db.execute(
                    "INSERT INTO wishes (course, section, rendition, place, asked_at)"
                    " VALUES (?, ?, '', ?, ?)",
                    [
                        startup.course_id(number),
                        f"week-{week}",
                        4 * number + week,
                        startup.stamp(startup.MONDAY),
                    ],
                )


# In the process that is measured


def opened(home: Path) -> dict[str, list[float]]:
    """Seconds on the wall, and of the processor, by page."""
    from PySide6.QtCore import QEventLoop, QTimer  # noqa: PLC0415 - not in the one that launches
    from PySide6.QtWidgets import QApplication, QLineEdit  # noqa: PLC0415 - as above

    from player.ui.main import Shown, application  # noqa: PLC0415 - as above

    shown = Shown(application(), home)
    window = shown.window
    window.resize(1024, 768)
    window.show()
    found: dict[str, list[float]] = {}

    def until(there: Callable[[], bool]) -> None:
        while not there():
            loop = QEventLoop()
            QTimer.singleShot(1, loop.quit)
            loop.exec()

    def timed(
        name: str, do: Callable[[], object], there: Callable[[], bool] = lambda: True
    ) -> None:
        until(lambda: window.idle)
        wall, used = time.perf_counter(), time.process_time()
        do()
        until(there)
        window.repaint()
        QApplication.processEvents()
        found[name] = [time.perf_counter() - wall, time.process_time() - used]

    def show(page: str) -> Callable[[], object]:
        return lambda: window.show_page(page)

    def type_(text: str) -> Callable[[], object]:
        return lambda: window.search.findChildren(QLineEdit)[0].setText(text)

    until(lambda: window.idle)
    for page in (*PAGES, *(f"{page}, again" for page in PAGES)):
        timed(page, show(page.partition(",")[0]))
    window.show_page("search")
    for number in range(2, len(WORD) + 1):
        timed(f"“{WORD[:number]}”", type_(WORD[:number]))
    for name in ("course", "course, again"):
        timed(name, lambda: window.open_course(LAST), lambda: window.page == "course")
        window.show_page("library")
    shown.close()
    return found


def launch(home: Path) -> dict[str, list[float]]:
    ran = subprocess.run(
        [sys.executable, __file__, str(home)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    figures: dict[str, list[float]] = json.loads(ran.stdout.splitlines()[-1])
    return figures


def report(found: dict[str, list[float]]) -> None:
    print("                       wall   processor")
    for name, seconds in found.items():
        print(f"{name:18}" + "".join(f"{1000 * one:9.0f}" for one in seconds) + " ms")


if __name__ == "__main__":
    main()
