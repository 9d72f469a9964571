# SPDX-License-Identifier: Apache-2.0
"""Build the media of the example courses from their storyboards.

    python examples/build_media.py                     # both courses, about a minute
    python examples/build_media.py diriger-une-equipe  # one course
    python examples/build_media.py --video organiser   # one video, while writing its storyboard
    python examples/build_media.py --pictures          # the pages' and the questions' pictures

Needs: espeak-ng and the Noto Sans typeface (Debian: `apt install espeak-ng fonts-noto-core`),
PyAV and PySide6 (`pip install -e '.[publish]'`). Nothing is fetched and no window opens.
PySide6 6.12.0 under Python 3.11 aborts after some thousand strokes (“deallocating None”: it loses
references to None); use Python 3.12 or later, or PySide6 6.11.

Reads, in each course's folder:
    media.toml              the course's colours and voice, the pictures of its pages, its sheets
    storyboards/NAME.toml   one video: slides, and for each the sentences in French and in English

Writes beside them, replacing what is there:
    media/NAME.audio.m4a, .240p.mp4, .480p.mp4, .fr.vtt, .en.vtt, .pdf (slides), .png (poster)
    the pictures and sheets that media.toml names

The outputs are committed, so nobody has to run this to try Cartable. Run it after a change to a
storyboard, look at the result, and commit both. A text that does not fit its place on a slide
stops the build, and so does a sentence too long for a caption.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_HASH_SEED", "0")  # else Qt numbers the fonts of a PDF by chance

from media_tools.captions import web_vtt
from media_tools.slides import write_picture, write_poster, write_sheet, write_slides
from media_tools.storyboard import Look, read_course, read_storyboard
from media_tools.video import write_sound, write_video
from media_tools.voice import narrate
from PySide6.QtGui import QGuiApplication

HERE = Path(__file__).parent
COURSES = ("diriger-une-equipe", "studying-without-a-network")


def build_course(folder: Path, only: str | None) -> None:
    """Build a course's pictures, sheets and videos, of these only the one named `only`."""
    media = read_course(folder)
    for picture in media.picture:
        write_picture(picture, media.look, folder / picture.file)
    for sheet in media.sheet:
        write_sheet(sheet, media.look, folder / sheet.file)
    for storyboard in sorted(folder.glob("storyboards/*.toml")):
        if only in (None, storyboard.stem):
            build_video(storyboard, folder / "media", media.look)


def build_video(storyboard: Path, target: Path, look: Look) -> None:
    """Build everything that belongs to one video, named by its storyboard's name."""
    slides, stem = read_storyboard(storyboard).slide, storyboard.stem
    target.mkdir(exist_ok=True)
    narration = narrate(slides, look)
    for language in ("fr", "en"):
        captions = web_vtt(slides, narration, language)
        (target / f"{stem}.{language}.vtt").write_text(captions, encoding="utf-8")
    write_poster(slides[0], look, target / f"{stem}.png")
    write_slides(slides, look, slides[0].title, target / f"{stem}.pdf")
    sound = target / f"{stem}.audio.m4a"
    write_sound(narration, sound)
    for height in (240, 480):
        write_video(slides, narration, look, sound, target / f"{stem}.{height}p.mp4")
    weight = sum(file.stat().st_size for file in target.glob(f"{stem}.*"))
    print(f"{storyboard.parent.parent.name}/{stem}: {narration.seconds:.0f} s, {weight:,} bytes")


def main() -> int:
    """Build what the command line asks for."""
    parser = argparse.ArgumentParser(description="Build the media of the example courses.")
    parser.add_argument("course", nargs="*", default=COURSES, help="folders beside this script")
    parser.add_argument("--video", help="build only the video of this name")
    parser.add_argument("--pictures", action="store_true", help="build no video")
    asked = parser.parse_args()
    _application = QGuiApplication(sys.argv[:1])  # fonts need it
    for course in asked.course:
        build_course(HERE / course, "" if asked.pictures else asked.video)
    return 0


if __name__ == "__main__":
    sys.exit(main())
