# SPDX-License-Identifier: Apache-2.0
"""`make run`: the example courses, a platform on this PC, and the window connected to it.

    python examples/demo.py                     the window
    python examples/demo.py --journey           the journey off-screen, with figures and pictures
    python examples/demo.py --journey --course EXPORT     the same with an Open edX export

Everything it makes lies under `build/`: the course repository, the platform's records, and the
home of the window, kept from one start to the next. A journey begins with an empty one.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from player import app
from player.app.courier import public_parts
from player.course.did import did_of
from player.errors import PlayerError
from player.publish.keys import own_key, public_text
from player.publish.olx import import_olx
from player.publish.repository import Published, publish

HERE = Path(__file__).parent
BUILD = HERE.parent / "build"
EXAMPLES = ("diriger-une-equipe", "studying-without-a-network")


def main() -> int:
    """Read the command line and do it; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--journey", action="store_true", help="play the journey off-screen")
    parser.add_argument("--course", type=Path, help="an Open edX export to take along")
    choices = parser.parse_args()
    place = BUILD / ("journey" if choices.journey else "demo")
    if choices.journey:
        shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True, exist_ok=True)
    secret = own_key(place / "publisher.key")
    try:
        published = list(publish_all(place, choices.course))
    except PlayerError as error:
        print(error, file=sys.stderr)
        return 1
    with platform(place, public_text(secret)) as description:
        services = app.build(place / "home")
        services.join(description.read_bytes())
        services.close_thread()
        if choices.journey:
            from journey import Journey  # noqa: PLC0415 - it loads Qt

            return Journey(place, published, imported=choices.course is not None).play()
        from player.ui.main import start  # noqa: PLC0415 - the same

        return start(place / "home")


def publish_all(place: Path, export: Path | None) -> Iterator[Published]:
    """Publish the examples, or an export alone, into `place/repository`."""
    secret = own_key(place / "publisher.key")
    sources = [HERE / name for name in EXAMPLES]
    if export:
        source = place / "imported"
        shutil.rmtree(source, ignore_errors=True)
        result = import_olx(export, source)
        print(f"Imported “{result.title}”: {len(result.left_out)} parts were left out, see")
        print(f"  {(source / 'IMPORT.md').relative_to(BUILD.parent)}")
        sources = [source]
    for source in sources:
        found = publish(source, place / "repository", secret, keys=place / "marking")
        word = "Published" if found.changed else "Already published:"
        print(f"{word} {found.course} version {found.version}, {found.total_bytes / 1e6:.1f} MB")
        yield found


@contextmanager
def platform(place: Path, key: str) -> Iterator[Path]:
    """Run the demo platform over `place`, and give the path of its platform.json.

    It has a field office, whose home is `place/office`: `cartable courier deliver` works there; and
    a desk in `place/desk`, for `cartable platform grade`, `attest` and `mailbox`.

    Raises:
        RuntimeError: it did not start; what it printed is said.
    """
    python = os.environ.get("CARTABLE_PLATFORM_PYTHON", HERE.parent / ".venv-platform/bin/python")
    data = place / "platform"
    description = data / "platform.json"
    description.unlink(missing_ok=True)
    office = public_parts(app.build(place / "office").courier.secrets(make=True))
    desk = app.build(place / "desk").desk
    mail, issuer = public_text(desk.key(make=True)), did_of(desk.issuer_key(make=True).public_key())
    command = [
        str(python), str(HERE / "platform" / "serve.py"), "--with-parent",
        "--repository", str(place / "repository"), "--data", str(data), "--key", key,
        "--recipient", office["recipients"][0], "--office", office["offices"][0], "--mail", mail,
        "--attests", issuer,
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        try:
            until = time.monotonic() + 60
            while not description.exists():
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError("the demo platform did not start")
                time.sleep(0.02)
            shutil.copy(data / "lrs.json", place / "desk" / "lrs.json")
            app.build(place / "desk").join(description.read_bytes())
            yield description
        finally:
            process.terminate()


if __name__ == "__main__":
    sys.exit(main())
