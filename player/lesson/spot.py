# SPDX-License-Identifier: Apache-2.0
"""A place inside an activity: to lead to what was found, noted or marked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """The second of a video, the page of a document or of the slides (from 1), words of a text.

    What is None or '' leads nowhere in particular.
    """

    time: float | None = None
    page: int | None = None
    words: str = ""
