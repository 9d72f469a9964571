# SPDX-License-Identifier: Apache-2.0
"""What an update costs: pieces are never dearer than what others do, and a new title is cheap."""

from __future__ import annotations

from pathlib import Path

import make_course
import pytest
import update

SHAPE = make_course.Scale(3, 3, 0.8, 1.4, 20, 100, 1, 2, 0.1)


def test_a_new_version_costs_least_by_pieces(tmp_path: Path) -> None:
    make_course.build(tmp_path, SHAPE)
    trees = [sorted((tmp_path / v).rglob("*.*")) for v in ("v1", "v2")]
    costs = [update.update(*trees, cut) for cut in (update.pieces, update.blocks, update.whole)]
    assert costs[0] < 0.8 * min(costs[1:])
    assert update.update(trees[0], trees[0], update.pieces) == 0


@pytest.mark.parametrize("edit", update.EDITS)
def test_a_film_whose_container_was_edited_keeps_most_of_its_pieces(
    tmp_path: Path, edit: str
) -> None:
    film = update.join(sorted(update.EXAMPLES.glob("*/media/*.480p.mp4")), tmp_path / "film.mp4")
    edited = update.EDITS[edit](film, tmp_path / "edited.mp4")
    cost = update.update([film], [edited], update.pieces)
    assert 0 < cost < 0.15 * edited.stat().st_size
    assert update.update([film], [edited], update.whole) == edited.stat().st_size
