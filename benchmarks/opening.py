# SPDX-License-Identifier: Apache-2.0
"""From a click on a course of 500 activities to its page, and to its first activity.

The course is made up: ten weeks of ten sequences, pages, quizzes and links, each activity with a
title of its own, published, fetched and half done; 500 activities, and one of 20 for comparison.
Each run is a fresh process, off-screen; what is timed is what a person waits for: from the click in
the library until the page is painted, from there to the first activity, and back to the course. The
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
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from player import app  # noqa: E402 - the path comes first
from player.journal.events import Completed, Opened  # noqa: E402
from player.journal.journal import record_all  # noqa: E402
from player.publish.keys import own_key, public_text  # noqa: E402
from player.publish.repository import publish  # noqa: E402

RUNS = 5
SIZES = (20, 500)
SEQUENCES = 10  # in a week; five activities in each
IN_EACH = 5
GIFT = "::Q:: Who decides? {\n    =The team #Yes.\n    ~Nobody\n}\n"


def main() -> None:
    """Print the median and the worst of all runs."""
    if len(sys.argv) > 1:
        print(json.dumps(opened(Path(sys.argv[1]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            home = made(Path(folder) / str(size), size)
            launch(home)  # the first one compiles the modules and warms the disk's cache
            report(size, [launch(home) for _ in range(RUNS)])


def made(place: Path, size: int) -> Path:
    """A home with the course in it, every second activity done."""
    source = place / "source"
    source.mkdir(parents=True)
    (source / "quiz.gift").write_text(GIFT, encoding="utf-8")
    (source / "links.md").write_text("# Links\n\n- [A](https://example.org/)\n", encoding="utf-8")
    head = (
        '[course]\nid = "large"\ntitle = "A large course"\nlanguage = "en"\n'
        'authors = [{ name = "A" }]\nlicence = "CC0-1.0"\n'
    )
    lines = [head]
    for number in range(size):
        if number % (IN_EACH * SEQUENCES) == 0:
            lines.append(f'[[section]]\ntitle = "Week {number // (IN_EACH * SEQUENCES) + 1}"\n')
        if number % IN_EACH == 0:
            here = ", ".join(activity(source, n) for n in range(number, number + IN_EACH))
            lines.append(
                f'[[section.sequence]]\ntitle = "Sequence {number}"\nactivities = [{here}]\n'
            )
    (source / "course.toml").write_text("".join(lines), encoding="utf-8")
    secret = own_key(place / "publisher.key")
    publish(source, place / "repository", secret)
    services = app.build(place / "home")
    services.introduce("Awa")
    services.change(allowed_keys=(public_text(secret),), language="en", send_by_itself=False)
    services.add_repository(str(place / "repository"))
    services.refresh_all()
    course = services.take_up("large")
    services.ask("large", [one.id for one in course.sections], "")
    services.download(by_hand=True)
    for one in list(course.activities())[: size // 2 * 2 : 2]:
        acts = [Opened(name=one.title, type="page"), Completed(name=one.title, type="page")]
        record_all(services.db, services.where("large", one.id), acts, lambda: datetime.now(UTC))
    services.close_thread()
    return place / "home"


def activity(source: Path, number: int) -> str:
    """A line of the outline; every fifth is a quiz, every seventh a list of links."""
    kind, file = "page", f"{number}.md"
    if number % 5 == 4:
        kind, file = "quiz", "quiz.gift"
    elif number % 7 == 6:
        kind, file = "links", "links.md"
    else:
        text = f"# Page {number}\n\n" + "A paragraph that is read.\n\n" * 20
        (source / file).write_text(text, encoding="utf-8")
    return f'{{ {kind} = "{file}", id = "a{number}", title = "Activity {number}" }}'


# In the process that is measured


def opened(home: Path) -> dict[str, float]:
    """Open the course, its first activity, and the course again; seconds and MB by name."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - not in the process that launches

    from player.ui.main import Shown, application  # noqa: PLC0415

    shown = Shown(application(), home)
    window = shown.window
    window.resize(1024, 768)
    window.show()
    until(lambda: window.idle)
    found = {"before_mb": rss()}

    def timed(name: str, do: Callable[[], object], there: Callable[[], bool]) -> None:
        wall, used = time.perf_counter(), time.process_time()
        do()
        until(there)
        window.repaint()
        QApplication.processEvents()
        found[name] = time.perf_counter() - wall
        found[f"{name}_cpu"] = time.process_time() - used

    timed("course", lambda: window.open_course("large"), lambda: window.page == "course")
    timed("activity", window.going_on.go_on, lambda: bool(window.lesson.activity))
    timed("back", window.lesson.leave, lambda: window.page == "course")
    found["after_mb"] = rss()
    shown.close()
    return found


def until(there: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    from PySide6.QtCore import QEventLoop, QTimer  # noqa: PLC0415 - as above

    while not there():
        loop = QEventLoop()
        QTimer.singleShot(1, loop.quit)
        loop.exec()


def rss() -> float:
    """The memory of this process now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def launch(home: Path) -> dict[str, float]:
    """Measure in a process of its own."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run(
        [sys.executable, __file__, str(home)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    figures: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return figures


def report(size: int, runs: list[dict[str, float]]) -> None:
    print(f"{size} activities, {len(runs)} runs     median    worst  processor")
    for name, words in (
        ("course", "the course's page"),
        ("activity", "its next activity"),
        ("back", "back to the course"),
    ):
        walls, used = ([run[key] * 1000 for run in runs] for key in (name, f"{name}_cpu"))
        print(f"  {words:22}{median(walls):8.0f} {max(walls):8.0f} {median(used):8.0f} ms")
    more = median(run["after_mb"] - run["before_mb"] for run in runs)
    print(f"  {'memory':22}{more:+8.1f} MB, {median(r['after_mb'] for r in runs):.0f} in all")


if __name__ == "__main__":
    main()
