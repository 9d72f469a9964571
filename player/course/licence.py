# SPDX-License-Identifier: Apache-2.0
"""What a licence allows, for people who do not read licences, and for tools that keep to it. Pure.

A course names its licence by SPDX identifier, or in its own words. What is known here by name is
told; of anything else nothing is claimed, and its text is the only answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from player.course.manifest import Licence

_CC = re.compile(
    r"CC[- ]BY((?:[- ](?:NC|ND|SA))*)[- ](\d\.\d)(?:[- ]([A-Z]{2,3}))?\Z", re.IGNORECASE
)
_ZERO = re.compile(r"(?:CC0|CC[- ]0|CC[- ]ZERO)(?:[- ]1\.0)?\Z", re.IGNORECASE)
_RESERVED = re.compile(
    r"(?:LicenseRef-)?"
    r"(?:all[- ]rights[- ]reserved|tous[- ]droits[- ]r[ée]serv[ée]s|proprietary)\.?\Z",
    re.IGNORECASE,
)
_FREE = re.compile(r"(?:MIT|ISC|Apache-|BSD-|Zlib|BSL-|OFL-|EUPL-|MPL-|LGPL-|A?GPL-|GFDL-)")
_ALIKE = re.compile(r"(?:LGPL-|A?GPL-|GFDL-|MPL-|EUPL-)")
_GIVEN_AWAY = {"Unlicense", "0BSD", "CC-PDDC", "PDDL-1.0"}


@dataclass(frozen=True, slots=True)
class Terms:
    """What one may do with a course. None where this version does not know the licence.

    `share`: pass on copies as they are; `adapt`: pass on a changed one; `earn`: use it where money
    is earned. `credit` asks to name who made it, `alike` to pass on changes under the same licence.
    `name` is how people write it; `url` leads to its text, '' for none.
    """

    name: str
    url: str
    share: bool | None = None
    adapt: bool | None = None
    earn: bool | None = None
    credit: bool = False
    alike: bool = False

    @property
    def is_known(self) -> bool:
        """Whether there is more to say than its name."""
        return self.share is not None


def terms(licence: Licence) -> Terms:
    """What `licence` allows."""
    name, url = licence.id.strip(), licence.url
    if match := _CC.match(name):
        return _creative_commons(match, url)
    if _ZERO.match(name):
        zero = "https://creativecommons.org/publicdomain/zero/1.0/"
        return Terms("CC0 1.0", url or zero, share=True, adapt=True, earn=True)
    if _RESERVED.match(name):
        return Terms("", url, share=False, adapt=False, earn=False, credit=True)
    spdx = f"https://spdx.org/licenses/{name}.html"
    if name in _GIVEN_AWAY:
        return Terms(name, url or spdx, share=True, adapt=True, earn=True)
    if _FREE.match(name):
        alike = bool(_ALIKE.match(name))
        said = url or spdx
        return Terms(name, said, share=True, adapt=True, earn=True, credit=True, alike=alike)
    return Terms(name.removeprefix("LicenseRef-"), url)


def _creative_commons(match: re.Match[str], url: str) -> Terms:
    """Creative Commons, 1.0 to 4.0: BY with NC, and ND or SA. None allows to hide who made it."""
    parts = {one.upper() for one in re.findall(r"[A-Za-z]+", match[1])}
    code = "-".join(["BY", *(one for one in ("NC", "ND", "SA") if one in parts)])
    ported = f"{match[3].lower()}/" if match[3] else ""
    text = f"https://creativecommons.org/licenses/{code.lower()}/{match[2]}/{ported}"
    name = f"CC {code} {match[2]}" + (f" {match[3].upper()}" if match[3] else "")
    return Terms(
        name,
        url or text,
        share=True,
        adapt="ND" not in parts,
        earn="NC" not in parts,
        credit=True,
        alike="SA" in parts,
    )
