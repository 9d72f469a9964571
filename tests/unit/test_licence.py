# SPDX-License-Identifier: Apache-2.0
"""What a licence allows is said of those that are known, and nothing is made up of others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.course.licence import Terms, terms
from player.course.manifest import Licence


@pytest.mark.parametrize(
    ("id_", "name", "share", "adapt", "earn", "alike"),
    [
        ("CC-BY-4.0", "CC BY 4.0", True, True, True, False),
        ("CC-BY-SA-4.0", "CC BY-SA 4.0", True, True, True, True),
        ("CC-BY-NC-4.0", "CC BY-NC 4.0", True, True, False, False),
        ("CC-BY-ND-4.0", "CC BY-ND 4.0", True, False, True, False),
        ("CC-BY-NC-ND-3.0", "CC BY-NC-ND 3.0", True, False, False, False),
        ("CC-BY-NC-SA-3.0-IGO", "CC BY-NC-SA 3.0 IGO", True, True, False, True),
        ("cc by-nc-nd 4.0", "CC BY-NC-ND 4.0", True, False, False, False),
        ("CC0-1.0", "CC0 1.0", True, True, True, False),
        ("Apache-2.0", "Apache-2.0", True, True, True, False),
        ("MIT", "MIT", True, True, True, False),
        ("GPL-3.0-or-later", "GPL-3.0-or-later", True, True, True, True),
        ("Unlicense", "Unlicense", True, True, True, False),
        ("LicenseRef-All-Rights-Reserved", "", False, False, False, False),
        ("All rights reserved", "", False, False, False, False),
        ("Tous droits réservés.", "", False, False, False, False),
        ("LicenseRef-Ecole", "Ecole", None, None, None, False),
        ("unknown", "unknown", None, None, None, False),
        ("CC-BY-4.0 OR everything", "CC-BY-4.0 OR everything", None, None, None, False),
    ],
)
def test_what_a_licence_allows(
    id_: str, name: str, share: bool | None, adapt: bool | None, earn: bool | None, alike: bool
) -> None:
    found = terms(Licence(id_))
    assert (found.name, found.share, found.adapt, found.earn) == (name, share, adapt, earn)
    assert found.alike == alike
    assert found.is_known == (share is not None)


def test_its_text_is_led_to() -> None:
    assert terms(Licence("CC-BY-NC-SA-3.0-IGO")).url == (
        "https://creativecommons.org/licenses/by-nc-sa/3.0/igo/"
    )
    assert terms(Licence("CC0-1.0")).url == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert terms(Licence("MIT")).url == "https://spdx.org/licenses/MIT.html"
    assert terms(Licence("CC-BY-4.0", "https://example.org/x")).url == "https://example.org/x"
    assert terms(Licence("Ours")).url == ""


@given(st.text(max_size=40))
def test_no_name_makes_it_fail(name: str) -> None:
    found = terms(Licence(name))
    assert isinstance(found, Terms)
    assert found.is_known or (found.adapt is None and found.earn is None)
