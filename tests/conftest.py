# SPDX-License-Identifier: Apache-2.0
"""What every test stands on: no screen, no network, one language, and nothing left behind."""

from __future__ import annotations

import gc
import ipaddress
import os
import shutil
import signal
import socket
import sqlite3
import tempfile
import threading
import uuid
import weakref
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar

import pytest
from clock import Clock
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytestqt.qtbot import QtBot

from player.journal import journal
from player.store import database
from player.store.database import Database

ROOT = Path(__file__).parents[1]

# A busy machine is no bug, and the gate draws the same examples for everybody: new ones are drawn
# by `pytest --hypothesis-profile=seeking`.
_CALM = hypothesis_settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
hypothesis_settings.register_profile("seeking", _CALM, max_examples=1000)
hypothesis_settings.register_profile("gate", _CALM, derandomize=True, database=None)
hypothesis_settings.load_profile("gate")
for _wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitExposed, QtBot.waitActive):
    _wait.__kwdefaults__["timeout"] = 30_000  # milliseconds; nothing takes so long

# Before anything imports Qt. With CARTABLE_TEST_DISPLAY the windows can be watched.
if not os.environ.get("CARTABLE_TEST_DISPLAY"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # nobody's own
os.environ["LANG"] = os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)
os.environ.setdefault("CARTABLE_PLATFORM_PYTHON", str(ROOT / ".venv-platform" / "bin" / "python"))


# A shell has what it starts in the background ignore Ctrl+C, and so would all that a test starts
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# What other threads collect may be a widget of an earlier test (player/ui/sweeping.py)
gc.disable()


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """Collect what a test leaves behind, in the thread of the tests."""
    yield
    assert not gc.isenabled(), "this test has every thread collect, in the tests after it too"
    from player.ui.sweeping import sweep  # noqa: PLC0415 - Qt, after the lines above

    sweep()


# Half the time of a test was waiting for the disk, and all of its delays on a busy machine: where
# there is room, the files of tests lie in memory.
_MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own there
if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > 2 << 30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
    tempfile.tempdir = str(_MEMORY)


# Nothing but loopback is reached, and no name is looked up


_connect, _connect_ex, _getaddrinfo = (
    socket.socket.connect,
    socket.socket.connect_ex,
    socket.getaddrinfo,
)


def _check(host: object) -> None:
    name = str(host or "localhost").partition("%")[0]
    if name.endswith(".invalid"):  # RFC 6761: a name that never leads anywhere
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    try:
        here = ipaddress.ip_address(name).is_loopback
    except ValueError:
        here = name == "localhost"
    if not here:
        pytest.fail(f"a test reached for {name}; tests talk to 127.0.0.1 alone")


def _loopback_connect(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6):
        _check(address[0])
    _connect(self, address)


def _loopback_connect_ex(self: socket.socket, address: Any) -> int:
    if self.family in (socket.AF_INET, socket.AF_INET6):
        _check(address[0])
    return _connect_ex(self, address)


def _loopback_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
    _check(host.decode() if isinstance(host, bytes) else host)
    return _getaddrinfo(host, *args, **kwargs)


socket.socket.connect = _loopback_connect  # type: ignore[method-assign]
socket.socket.connect_ex = _loopback_connect_ex  # type: ignore[method-assign]
socket.getaddrinfo = _loopback_getaddrinfo


# Nothing is left behind


class _Connection(sqlite3.Connection):
    """A connection that is known until it is closed or gone."""

    open: ClassVar[weakref.WeakSet[_Connection]] = weakref.WeakSet()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open.add(self)

    def close(self) -> None:
        super().close()
        self.open.discard(self)


@pytest.fixture(autouse=True)
def leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that ends with a thread running or a database open."""
    connect = sqlite3.connect

    def watched(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        return connect(*args, **({"factory": _Connection} | kwargs))

    monkeypatch.setattr(sqlite3, "connect", watched)
    threads, connections = set(threading.enumerate()), set(_Connection.open)
    yield
    running = [t for t in set(threading.enumerate()) - threads if not t.daemon]
    assert not running, f"threads left running: {running}"
    assert not set(_Connection.open) - connections, "a database was left open: close it"


@pytest.fixture(autouse=True)
def nobodys_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the home of whoever runs it."""
    monkeypatch.setenv("CARTABLE_HOME", str(tmp_path / "home"))


# What tests ask for


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Course material that others made, beside the project; not everybody has it."""
    path = ROOT.parent / "shared" / "corpora"
    if not path.is_dir():
        pytest.skip("the corpora are not here: ../shared/corpora beside the project")
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder with an empty database."""
    path = tmp_path / "home"
    database.prepare(path)
    return path


@pytest.fixture
def db(home: Path) -> Iterator[Database]:
    """This thread's connection to the database of `home`."""
    with closing(database.connect(home)) as connection:
        yield connection


@pytest.fixture
def learner(db: Database) -> str:
    """The id of a learner who is known in `home`."""
    name = str(uuid.UUID(int=1))
    with db.atomic():
        db.execute(
            "INSERT INTO learners (id, name, created_at) VALUES (?, 'Awa', '2026-01-05T08:00:00Z')",
            [name],
        )
    return name


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time of a test: Monday 5 January 2026, 9:00 UTC, until it is moved."""
    found = Clock()
    monkeypatch.setattr(journal, "since_boot", lambda: found.up)
    monkeypatch.setattr(journal, "boot_id", lambda: found.boot)
    return found
