# SPDX-License-Identifier: Apache-2.0
"""The demo platform in processes of its own, for tests: Ralph and a web server."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from player.course.platform import Platform, decode_platform

PLATFORM_FOLDER = Path(__file__).parents[1] / "examples" / "platform"


@pytest.fixture(scope="module")
def python() -> str:
    """The interpreter of the platform's own environment."""
    path = os.environ.get("CARTABLE_PLATFORM_PYTHON", "")
    if not Path(path).is_file():
        pytest.skip("no environment for the demo platform: see requirements/platform.in")
    return path


@dataclass(frozen=True)
class Campus:
    """A platform that runs. `data` is its folder, `process` what to stop."""

    data: Path
    process: subprocess.Popen[str]

    @property
    def platform(self) -> Platform:
        return decode_platform((self.data / "platform.json").read_bytes())

    def records(self) -> list[dict[str, Any]]:
        """Every statement of its store, as its reader sees it."""
        reader = json.loads((self.data / "reader.json").read_text())
        found: list[dict[str, Any]] = read_back()(**reader)
        return found

    def stop(self) -> int:
        """Do as if whoever started it were gone; return how it ended."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(timeout=30)


def read_back() -> Callable[..., list[dict[str, Any]]]:
    spec = importlib.util.spec_from_file_location("read_back", PLATFORM_FOLDER / "read_back.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.read_back  # type: ignore[no-any-return]


def start(python: str, folder: Path, *more: str) -> Campus:
    command = [python, str(PLATFORM_FOLDER / "serve.py"), "--with-parent", *more]
    command += ["--repository", str(folder / "repository"), "--data", str(folder / "data")]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder, text=True
    )
    assert process.stdout is not None
    with process.stdout:
        said = process.stdout.readline()
    assert said.endswith("Ready.\n"), said
    return Campus(folder / "data", process)
