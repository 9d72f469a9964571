# SPDX-License-Identifier: Apache-2.0
"""What a course's licence asks of whoever publishes it, hands it out, or changes it.

Every tool of the school that makes another course of somebody's course, or encodes its videos anew,
asks `may_change` first. It keeps to what the course says of itself; whether a permission was given
is known to people alone, who say so by a flag. What changes its form and nothing else is no adapted
material (CC BY-ND 4.0 §2(a)(4)): pages as HTML, captions as WebVTT, files in packs and pieces.
"""

from __future__ import annotations

from collections.abc import Iterator

from player.course.licence import terms
from player.course.manifest import Licence, Manifest
from player.errors import NotYoursToChange


def may_change(licence: Licence, title: str, what: str, *, allowed: bool) -> None:
    """Go on where the licence of a course allows to change it, or somebody says they are `allowed`.

    Args:
        licence: the course's.
        title: of the course.
        what: what would be another than in the original, as the end of a sentence.
        allowed: somebody said that its owner has permitted it.

    Raises:
        NotYoursToChange: it does not, and nobody did.
    """
    if terms(licence).adapt is False and not allowed:
        raise NotYoursToChange(title=title, licence=said(licence), what=what)


def said(licence: Licence) -> str:
    """The licence's name, for a sentence on the command line."""
    known = terms(licence)
    return known.name or ("all rights reserved" if known.is_known else licence.id)


def to_publish(manifest: Manifest) -> Iterator[str]:
    """What to know before a course is published under its licence."""
    if terms(manifest.licence).adapt is not False:
        return
    name = said(manifest.licence)
    yield (
        f"Its licence ({name}) allows no changed versions: pages and captions get another form, no"
        " word and no picture is another; documents and videos go as they are, byte for byte."
    )
    if manifest.translations:
        yield (
            f"A translation is a changed version. If others hold the rights ({name}), ask them"
            " before you publish it."
        )


def to_hand_out(licence: Licence) -> Iterator[str]:
    """What to know before copies of a course under it are given to others."""
    known, name = terms(licence), said(licence)
    if not known.is_known:
        return
    if not known.share:
        yield "All rights are reserved: hand it out only where its owner has permitted that."
        return
    if not known.earn:
        yield f"Its licence ({name}) is not for business: hand it out where nothing is earned."
    if not known.adapt:
        yield f"Its licence ({name}) allows copies alone: this is one, and has to stay one."
