# SPDX-License-Identifier: Apache-2.0
"""A licence in plain words: what one may do with a course, and how to cite it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from player.course.licence import Terms, terms
from player.course.manifest import Licence, Manifest
from player.store.courses import Shelf
from player.ui.language import day, translate


def name(licence: Licence) -> str:
    """What the licence is called: `CC BY-SA 4.0`, “All rights reserved”."""
    known = terms(licence)
    if known.is_known and not known.name:
        return translate("Licence", "All rights reserved")
    return known.name


def named(licence: Licence) -> str:
    """The same in a line with other things; '' where nothing is said."""
    words = translate("Course", "licence {name}").format(name=name(licence))
    return words if terms(licence).name else name(licence) if licence.id else ""


ALLOWED, FORBIDDEN, ASKED = "check-circle", "cross-circle", "info"
"""The signs of what one may do, may not do, and has to do where one does it."""


def rules(known: Terms) -> Iterator[tuple[str, str]]:
    """A sign and a sentence for each thing that a licence says; none of an unknown one."""
    if not known.is_known:
        return
    if not known.share:
        yield FORBIDDEN, translate("Licence", "You may not pass it on without asking its authors.")
        yield FORBIDDEN, translate("Licence", "You may not change it without asking them.")
        return
    yield ALLOWED, translate("Licence", "You may copy it and pass it on.")
    if known.adapt:
        yield ALLOWED, translate("Licence", "You may translate it, change it, take parts of it.")
    else:
        yield FORBIDDEN, translate("Licence", "You may not pass on a changed version.")
    if not known.earn:
        yield FORBIDDEN, translate("Licence", "Not where money is earned with it.")
    if known.credit:
        yield ASKED, translate("Licence", "Say who made it, and under which licence.")
    if known.alike:
        yield ASKED, translate("Licence", "Pass on what you change under the same licence.")


def to_lend(shelves: Iterable[Shelf]) -> Iterator[str]:
    """A sentence for each course here that may not be passed on, or not where money is earned."""
    for shelf in shelves:
        known = terms(Licence(shelf.licence))
        if not shelf.version or not known.is_known or (known.share and known.earn):
            continue
        if known.share:
            words = translate("Licence", "{title}: not where money is earned with it.")
        else:
            words = translate("Licence", "{title}: all rights reserved; ask its authors first.")
        yield words.format(title=shelf.title)


def cited(manifest: Manifest) -> str:
    """How to cite it: as its authors say, else put together from what is known of it."""
    if manifest.cite:
        return manifest.cite
    makers = ", ".join(author.name for author in manifest.authors)
    words = translate("Licence", "{title}, course, version {number}, {day}.")
    when = day(manifest.issued)
    said = words.format(title=manifest.title, number=manifest.version, day=when)
    return " ".join(filter(None, (f"{makers}." if makers else "", said, name(manifest.licence))))
