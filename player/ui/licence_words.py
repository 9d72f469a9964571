# SPDX-License-Identifier: Apache-2.0
"""A licence in plain words: what one may do with a course, and how to cite it."""

from __future__ import annotations

from collections.abc import Iterator

from player.course.licence import Terms, terms
from player.course.manifest import Licence, Manifest
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


def rules(known: Terms) -> Iterator[tuple[bool, str]]:
    """Whether something is allowed, and the sentence that says so; none of an unknown licence."""
    if not known.is_known:
        return
    if not known.share:
        yield False, translate("Licence", "You may not pass it on without asking its authors.")
        yield False, translate("Licence", "You may not change it without asking them.")
        return
    yield True, translate("Licence", "You may copy it and pass it on.")
    if known.adapt:
        yield True, translate("Licence", "You may translate it, change it, take parts of it.")
    else:
        yield False, translate("Licence", "You may not pass on a changed version.")
    if not known.earn:
        yield False, translate("Licence", "Not where money is earned with it.")
    if known.credit:
        yield True, translate("Licence", "Say who made it, and under which licence.")
    if known.alike:
        yield True, translate("Licence", "Pass on what you change under the same licence.")


def cited(manifest: Manifest) -> str:
    """How to cite it: as its authors say, else put together from what is known of it."""
    if manifest.cite:
        return manifest.cite
    makers = ", ".join(author.name for author in manifest.authors)
    words = translate("Licence", "{title}, course, version {number}, {day}.")
    when = day(manifest.issued)
    said = words.format(title=manifest.title, number=manifest.version, day=when)
    return " ".join(filter(None, (f"{makers}." if makers else "", said, name(manifest.licence))))
