# SPDX-License-Identifier: Apache-2.0
"""The links that everything is measured over.

What is ideal is the payload over the link's rate and nothing else: no round trips, no minutes in
which the link is dead. So on some links nobody can reach 1.00; `floor` says what is left then for
somebody who pays exactly the payload.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from impair_proxy import PRESETS, parse_rate

_MID8M, _LAN = PRESETS["mid8m"], PRESETS["lan"]


@dataclass(frozen=True)
class Profile:
    """A link (fields of `impair_proxy.Profile`), a course, and what happens to the tool.

    `scale` is the course (`make_course.SCALES`). The tool is killed (-9) `kill_every` seconds after
    each start, 0 for never, and has not finished if it needs more than `limit` seconds. With `had`,
    version 1 is here in whole before, and version 2 is fetched.
    """

    name: str
    title: str
    limit: float
    link: dict[str, Any] = field(default_factory=dict)
    scale: str = "mid"
    kill_every: float = 0
    had: bool = False
    floor: float = 1.0

    @property
    def version(self) -> str:
        """Which version of the course is fetched."""
        return "v2" if self.had else "v1"

    def ideal(self, payload: int) -> float:
        """Seconds that `payload` bytes take at the link's rate, 0 where it has none."""
        rate = parse_rate(self.link.get("rate"))
        return payload * 8 / rate if rate else 0.0


PROFILES = {
    one.name: one
    for one in (
        Profile("slow2m", "2 Mbit/s, 300 ms", 400, PRESETS["slow2m"]),
        Profile("slow256k", "256 kbit/s, 600 ms", 400, PRESETS["slow256k"], scale="tiny"),
        Profile("drop", "8 Mbit/s, cut every ~1 MB or 10 s", 150, PRESETS["drop"]),
        Profile("outage", "2 Mbit/s, dead 20 s of each minute", 400, PRESETS["outage"], floor=1.5),
        Profile("portal", "8 Mbit/s, captive portal at first", 120, PRESETS["portal"], floor=1.75),
        Profile(
            "portal-mid",
            "8 Mbit/s, captive portal in the middle",
            120,
            PRESETS["portal-mid"],
            floor=1.75,
        ),
        Profile("kill", "8 Mbit/s, 100 ms, killed (-9) every 6 s", 150, _MID8M, kill_every=6),
        Profile("stall", "2 Mbit/s, stalls 20 s of each minute", 400, PRESETS["stall"], floor=1.5),
        Profile("update", "100 Mbit/s, version 2 over version 1", 60, _LAN, had=True, floor=0.0),
    )
}

# Not in the table: that the harness works, in a second
LEAST = Profile("least", "no limit, a handful of files", 60, scale="least")
