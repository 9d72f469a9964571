# SPDX-License-Identifier: Apache-2.0
"""Pictures of every page in every state: empty, waiting, failed, far too long, and from the right.

    python examples/gallery_pages.py                      # into build/gallery/pages, all looks
    python examples/gallery_pages.py --only fr-dark-200
    python examples/gallery_pages.py --scene course       # those whose name begins so

The scenes of `scenes.py` are played in the real window, off-screen, at 1024 × 768. What scrolls is
photographed at its top and at its end. Beside each picture the window is measured (`faults.py`).
What is found is printed, and the exit code is 1. `sheet-….png` show them together.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import homes
import looks
from faults import faults
from looks import LANGUAGES, LOOKS, MIRRORED, Look
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QScrollArea
from scenes import Stage, scenes
from walker import Walker

PLACE = looks.PLACE / "pages"


def main() -> int:
    """Take all pictures; returns 1 where something is cut or covered."""
    every = [*LOOKS, MIRRORED]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=[str(one) for one in every], help="one look")
    parser.add_argument("--scene", default="", help="how the names of the scenes begin")
    chosen = parser.parse_args()
    qInstallMessageHandler(looks.quiet)
    shutil.rmtree(PLACE, ignore_errors=True)
    found = 0
    for language in LANGUAGES:
        made = homes.prepare(PLACE / "work" / language, language)
        for look in every:
            if look.language == language and chosen.only in (None, str(look)):
                found += _photograph(look, made, chosen.scene)
    print(f"{found} faults" if found else "Nothing is cut and nothing overlaps")
    return 1 if found else 0


def _photograph(look: Look, made: dict[str, Path], beginning: str) -> int:
    """Take the pictures of one look; returns how many faults were found."""
    found, taken = 0, []
    for name, home in made.items():
        copy = shutil.copytree(home, home.parent / str(look) / name)
        with looks.shown(look, copy) as shown:
            walker = Walker(lambda: shown.window, PLACE / str(look))
            stage = Stage(shown, look.language, walker)
            stage.settle()
            for scene in scenes(shown.window, name):
                if scene.name.startswith(beginning):
                    stage.clear()
                    scene.show(stage)
                    found += _look_at(stage, look, scene.name)
            taken += walker.taken
    looks.sheets(taken, PLACE / f"sheet-{look}")
    print(f"{look}: {len(taken)} pictures", flush=True)
    return found


def _look_at(stage: Stage, look: Look, scene: str) -> int:
    """Photograph and measure a scene, from its top to its end; how many faults were found."""
    found: dict[str, None] = {}
    for end in _ends(stage):
        stage.walker.picture(f"{scene}{end}")
        found |= dict.fromkeys(faults(stage.window))
    for fault in found:
        print(f"{look}/{scene}: {fault}", flush=True)
    return len(found)


def _ends(stage: Stage) -> Iterator[str]:
    """The page as it opens, then its end where it has one that is not seen yet."""
    stage.settle()
    yield ""
    bars = [one.verticalScrollBar() for one in stage.walker.see(QScrollArea)]
    if any(bar.value() < bar.maximum() for bar in bars):
        for bar in bars:
            bar.setValue(bar.maximum())
        QApplication.processEvents()
        yield "-end"


if __name__ == "__main__":
    sys.exit(main())
