# SPDX-License-Identifier: Apache-2.0
"""What is measured: Cartable, and the tools beside it, each with the options that suit it best.

All of them wait no longer than 8 s for a connection and 12 s for a byte, as Cartable does, where
they can be told so. A tool is a command that is run again until it succeeds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from transfer import repository
from transfer.courses import Course

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
CONNECT, READ = "8", "12"  # seconds


@dataclass(frozen=True)
class Job:
    """Fetch one version of `course` from `url` into `out`. `had`: version 1 is there already.

    `url` leads to the course's folder (`courses.Course`), `door` is the repository's name in it.
    """

    course: Course
    version: str
    url: str
    door: str
    out: Path
    had: bool = False

    @property
    def base(self) -> str:
        """Where the version's files are, one by one."""
        return f"{self.url}/{self.version}"

    def tree(self) -> dict[str, Path]:
        """Where the files are to be in `out`, each under its own name."""
        return {one.path: self.out / one.path for one in self.course.versions[self.version]}

    def copy_first(self) -> None:
        """Have version 1 in `out`, with its dates."""
        shutil.copytree(self.course.folder / "v1", self.out, dirs_exist_ok=True)


@dataclass(frozen=True)
class Tool:
    """`command` prepares a job and says what to run, in `out`; `places` where the files then are.

    `program` is what has to be installed, '' for nothing; `artefacts` what it needs of
    `make_course`. `updates` says that it can do something about what it already has.
    """

    name: str
    command: Callable[[Job], list[str]]
    places: Callable[[Job], dict[str, Path]] = Job.tree
    program: str = ""
    artefacts: tuple[str, ...] = ()
    updates: bool = True

    def installed(self) -> bool:
        """Whether it can be run here."""
        return not self.program or shutil.which(self.program) is not None


def environment() -> dict[str, str]:
    """Of every tool: this Cartable, and no proxy or configuration of whoever runs this."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return kept | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}


def python(script: str, *arguments: object) -> list[str]:
    """A command that runs a script of this folder."""
    return [sys.executable, "-P", str(HERE / script), *map(str, arguments)]


# Cartable


def home_of(job: Job) -> Path:
    """The learner's home."""
    return job.out / "home"


def learner(job: Job, *mirrors: str) -> list[str]:
    """The learner's process (`learner.py`), with the URLs of more repositories that have it all."""
    url = f"{job.url}/{job.door}/"
    return python("learner.py", home_of(job), job.version[1:], repository.KEY, url, *mirrors)


def in_home(job: Job) -> dict[str, Path]:
    """Where Cartable keeps each file: by its hash."""
    blobs = home_of(job) / "blobs"
    files = job.course.versions[job.version]
    return {one.path: blobs / one.sha256[:2] / one.sha256 for one in files}


# The others


def curl(job: Job) -> list[str]:
    """One process for all files; it tries again by itself."""
    lines = [f'url = "{job.base}/{path}"\noutput = "{place}"' for path, place in job.tree().items()]
    (job.out / "list").write_text("\n".join(lines))
    patience = ["--retry", "1000", "--retry-all-errors", "--retry-delay", "1"]
    timeouts = ["--connect-timeout", CONNECT, "--speed-limit", "1", "--speed-time", READ]
    return ["curl", "-q", "-fsS", "-C", "-", "--create-dirs", *patience, *timeouts, "-K", "list"]


_LOOP = """\
while read -r path; do
    [ -e "$path.ok" ] && continue
    until curl -q -fsS -C - --create-dirs -o "$path" --connect-timeout {connect} \\
        --speed-limit 1 --speed-time {read} "{base}/$path"; do sleep 1; done
    touch "$path.ok"
done <list
"""


def curl_loop(job: Job) -> list[str]:
    """A shell loop that goes on with each file until curl is content, and remembers that it was."""
    (job.out / "list").write_text("".join(f"{path}\n" for path in job.tree()))
    return ["sh", "-c", _LOOP.format(connect=CONNECT, read=READ, base=job.base)]


def wget(job: Job) -> list[str]:
    """One process for all files; newer ones in place of older where version 1 is here."""
    if job.had:
        job.copy_first()
    (job.out / "list").write_text("".join(f"{job.base}/{path}\n" for path in job.tree()))
    depth = job.base.removeprefix("http://").count("/")
    go_on = ["-N"] if job.had else ["-c"]
    patience = ["--tries=0", "--waitretry=1", "--retry-connrefused", f"--timeout={READ}"]
    folders = ["-x", "-nH", f"--cut-dirs={depth}", "-P", str(job.out)]
    return ["wget", "--no-config", "-nv", *go_on, *patience, *folders, "-i", "list"]


def aria2(job: Job) -> list[str]:
    """With a hash for each 256 KiB, four connections to a file and five files at once.

    It is given the metalink beforehand, at no cost, and writes down each second what it has.
    """
    if job.had:
        job.copy_first()
    metalink = (job.course.folder / f"{job.version}.meta4").read_text()
    (job.out / "course.meta4").write_text(metalink.replace("@BASE@", job.url))
    patience = ["--max-tries=0", "--retry-wait=1"]
    timeouts = [f"--connect-timeout={CONNECT}", f"--timeout={READ}"]
    again = ["-c", "--auto-save-interval=1", "--auto-file-renaming=false", "--allow-overwrite=true"]
    check = ["-V"] if job.had else []
    at_once = ["-x4", "-s4", "-j5", "-k1M", "--file-allocation=none"]
    quiet = ["--no-conf", "--quiet", "-d", str(job.out), "-M", "course.meta4"]
    return ["aria2c", *quiet, *patience, *timeouts, *again, *check, *at_once]


def zsync(job: Job) -> list[str]:
    """All files in one archive. It knows no timeouts."""
    url = f"{job.url}/{job.version}.tar.zsync"
    seed = ["-i", str(job.course.folder / "v1.tar")] if job.had else []
    return ["zsync", "-q", *seed, "-o", "got.tar", url]


def from_archive(job: Job) -> dict[str, Path]:
    """Unpack what zsync brought, if it did."""
    archive, folder = job.out / "got.tar", job.out / "unpacked"
    if archive.exists():
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
    return {path: folder / path for path in job.tree()}


def plain_requests(job: Job) -> list[str]:
    """A careful script (`plain.py`)."""
    if job.had:
        job.copy_first()
    return python("plain.py", job.base, job.course.folder / f"{job.version}.json", job.out)


TOOLS = {
    one.name: one
    for one in (
        Tool("cartable", learner, in_home),
        Tool("curl", curl, program="curl", updates=False),
        Tool("curl-loop", curl_loop, program="curl", updates=False),
        Tool("wget", wget, program="wget"),
        Tool("aria2", aria2, program="aria2c", artefacts=("meta4",)),
        Tool("zsync", zsync, from_archive, program="zsync", artefacts=("tar", "zsync")),
        Tool("requests", plain_requests),
    )
}


def prepare_learner(job: Job) -> None:
    """Have version 1 in the learner's home, over whichever link there is now."""
    first = Job(job.course, "v1", job.url, job.door, job.out)
    subprocess.run(learner(first), env=environment(), check=True, capture_output=True)
