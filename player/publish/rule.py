# SPDX-License-Identifier: Apache-2.0
"""`[attestation]` of course.toml: what the course asks for its attestation."""

from __future__ import annotations

from player.course.credential import TEXT, TITLE
from player.course.manifest import AttestationRule, AttestationWords
from player.publish.faults import Place
from player.publish.table import Table

_LONGEST = {"title": TITLE, "text": TEXT}


def read_rule(root: Table) -> tuple[AttestationRule | None, dict[str, Place]]:
    """Return the rule, None where there is none, and where it names each activity.

    Whether these are there is the reader's to say who knows the activities.
    """
    table = root.inner("attestation")
    if table is None:
        return None, {}
    rule = AttestationRule(
        title=_short(table, "title", "Say what is attested, as it shall stand on the paper."),
        text=_short(table, "text"),
        watched=table.share("watched", 0.0),
        answered=table.share("answered", 0.0),
        mean=table.share("mean", 0.0),
        of=tuple(table.texts("of")),
        marks=_marks(table),
    )
    table.close()
    if not (rule.watched or rule.answered or rule.mean or rule.marks):
        what = "The attestation asks for nothing, so everybody would have it."
        table.findings.fault(table.place(), what, "Write `watched = 0.8`, `mean = 0.6`, `marks` …")
    if rule.of and not rule.mean:
        what, do = "`of` says of which marks `mean` is, and there is no `mean`.", "Write one."
        table.findings.fault(table.place("of"), what, do)
    places = {one: table.place("of") for one in rule.of}
    return rule, places | {one: table.place("marks", one) for one in rule.marks}


def read_words(root: Table) -> AttestationWords:
    """What the attestation is called, and says, in another language."""
    table = root.inner("attestation")
    if table is None:
        return AttestationWords()
    words = AttestationWords(_short(table, "title"), _short(table, "text"))
    table.close()
    return words


def _marks(table: Table) -> dict[str, float]:
    inner = table.inner("marks")
    if inner is None:
        return {}
    marks = {key: inner.share(key, 0.0) for key in inner.raw}
    for key in (key for key, value in marks.items() if not value):
        do = "Write the least mark, such as 0.6, or leave the activity out."
        inner.findings.fault(inner.place(key), f"`{key}` is asked for no mark.", do)
    return marks


def _short(table: Table, key: str, missing: str = "") -> str:
    value, most = table.text(key, missing), _LONGEST[key]
    if (size := len(value.encode())) > most:
        what = f"`{key}` takes {size} bytes; there is room for {most}."
        do = "Shorten it: it goes into a QR code. A letter with an accent takes two."
        table.findings.fault(table.place(key), what, do)
    return value
