# SPDX-License-Identifier: Apache-2.0
"""The benchmark of the search measures what it says: what is asked is in what is read."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import search

from player.app import build
from player.search import finding, index
from player.search.query import understand


def test_what_is_asked_is_found_in_what_is_made(tmp_path: Path) -> None:
    places, asked = search._made(600)
    assert sum(len(place.texts) for place in places) == 600
    services = build(tmp_path / "home")
    with closing(services.db):
        index.refresh(services.db, services.home, places)
        by_name = {place.source: place for place in places}
        known = index.known(services.db)
        allowed = {number: [by_name[name]] for name, number in known.items()}
        for typed in asked:
            assert finding.find(services.db, understand(typed), allowed)[0], typed
