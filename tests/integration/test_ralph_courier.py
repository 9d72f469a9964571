# SPDX-License-Identifier: Apache-2.0
"""The stick's way to a real store: packed here, delivered at two offices, the receipts read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from carrying import CAMPUS, OFFICES, PACE
from test_ralph import TOLD, Campus, once_each, python, start, stored

from player.course.platform import Platform
from player.journal import outbox
from player.journal.journal import Where, record
from player.journal.learners import Learner
from player.store.database import Database
from player.sync import courier
from player.sync.office import deliver
from player.sync.push import push
from player.transport import Roads

__all__ = ["python"]  # a fixture, asked for by name


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def campus(python: str, tmp_path: Path) -> Iterator[Campus]:
    (tmp_path / "repository").mkdir()
    found = start(python, tmp_path)
    try:
        yield found
    finally:
        assert found.stop() == 0


@pytest.fixture
def roads() -> Iterator[Roads]:
    with closing(Roads()) as found:
        yield found


@pytest.fixture
def platform(campus: Campus) -> Platform:
    return msgspec.structs.replace(
        campus.platform, recipients=CAMPUS.recipients, offices=CAMPUS.offices
    )


def test_by_stick_by_two_offices_and_by_network_each_act_is_there_once(
    campus: Campus, platform: Platform, roads: Roads, db: Database, learner: str, tmp_path: Path
) -> None:
    ids = [record(db, Where(learner, "course", 1, "quiz"), act).id for act in TOLD.values()]
    whose = [Learner(learner, "Awa")]
    parcels = courier.pack(db, platform, OFFICES[0].secret, whose, now=now)
    (file,) = courier.carry(db, parcels, tmp_path, now=now)
    for at in OFFICES:
        slip = tmp_path / f"{file.stem}.cartable-receipt"
        slip.unlink(missing_ok=True)  # as if each had another copy of the stick
        done = deliver(file, roads, platform, at, now=now, announce=lambda _: None, pace=PACE)
        assert (done.received, done.refused, done.left) == (len(ids), 0, 0)
    assert push(db, roads, platform, now=now, announce=lambda _: None).refused == 0
    assert stored(campus, ids) == once_each(ids)
    courier.receipts(db, platform, [tmp_path])
    assert outbox.counts(db).received == len(ids)
