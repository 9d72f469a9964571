# SPDX-License-Identifier: Apache-2.0
"""What there is to say of an attestation, in the reader's words."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from player.app.attesting import Held
from player.app.verdicts import SAID
from player.clock import stamp
from player.course import attestation, languages
from player.course.attestation import Line, Standing
from player.course.judging import Judged, Verdict
from player.course.manifest import Manifest
from player.ui.language import percent, translate, when

KINDS = {Verdict.GENUINE: "good", Verdict.EARLY: "warn", Verdict.EXPIRED: "warn"}
KINDS |= {Verdict.FOREIGN: "warn", Verdict.CLAIM: "warn", Verdict.NO_KEY: "warn"}
SIGNS = {"good": "check-circle", "warn": "warning", "bad": "cross-circle"}


def kind(verdict: Verdict) -> str:
    """The colour of a verdict: good, warn or bad."""
    return KINDS.get(verdict, "bad")


def verdict(judged: Judged, now: datetime) -> str:
    """The sentence of a verdict."""
    said = asdict(judged) | {"now": when(stamp(now))}
    said |= {"since": when(judged.since), "until": when(judged.until)}
    said["issuer"] = judged.issuer or "…"
    said["algorithm"] = judged.algorithm or translate("Credential", "a proof of another kind")
    return translate("Credential", SAID[judged.verdict]).format(**said)


def condition(line: Line, manifest: Manifest) -> str:
    """What is asked, and how far it is."""
    need, have = percent(line.need), percent(line.have)
    if line.kind == attestation.WATCHED:
        text = translate("Attestation", "Watch {need} of the videos: {have} so far")
    elif line.kind == attestation.ANSWERED:
        text = translate("Attestation", "Hand in {need} of what there is to answer: {have} so far")
    elif line.kind == attestation.MEAN:
        text = translate("Attestation", "Reach {need} on average: {have} so far")
    else:
        text = translate("Attestation", "Reach {need} in “{title}”: {have} so far")
    found = manifest.find(line.activity)
    said = text.format(need=need, have=have, title=found.title if found else line.activity)
    if line.waiting:
        return f"{said} · {translate('Attestation', 'waiting for the mark')}"
    return said


def brief(stands: Standing, manifest: Manifest, held: Held | None, *, claimed: bool) -> str:
    """How far it is, in one line."""
    title = _title(stands, manifest)
    if held and held.judged.verdict is Verdict.GENUINE:
        text = translate("Attestation", "{title}: confirmed by {platform}.")
        return text.format(title=title, platform=held.judged.issuer)
    if held:
        return translate("Attestation", "{title}: it has come. Look at it.").format(title=title)
    if claimed:
        text = translate("Attestation", "{title}: asked for. The platform has yet to confirm it.")
    elif stands.met:
        text = translate("Attestation", "{title}: all that it asks for is done.")
    elif stands.waiting:
        text = translate("Attestation", "{title}: all is done here, waiting for the mark.")
    else:
        return _missing(stands, manifest)
    return text.format(title=title)


def _title(stands: Standing, manifest: Manifest) -> str:
    """What it is called, unless that is in another language than the course is read in."""
    is_said = languages.is_own(manifest) or languages.names_attestation(manifest)
    return stands.rule.title if is_said else translate("Attestation", "Attestation")


def _missing(stands: Standing, manifest: Manifest) -> str:
    done = sum(line.met for line in stands.lines)
    text = translate("Attestation", "{title}: {done} of {all} done. Next: {what}")
    following = next((one for one in stands.lines if not one.met and not one.waiting), None)
    what = condition(following, manifest) if following else ""
    return text.format(title=_title(stands, manifest), done=done, all=len(stands.lines), what=what)
