# SPDX-License-Identifier: Apache-2.0
"""What a teacher should know about where an activity is marked, said when it is published. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from player.course.manifest import Exam, Manifest, Quiz, Work


def notes(manifest: Manifest, earlier: Sequence[Manifest]) -> Iterator[str]:
    """Yield a sentence for each activity marked by the platform, and each exam that is not.

    `earlier` are the versions that learners may have, the latest last.
    """
    for activity in manifest.activities():
        if not isinstance(activity, Quiz):
            continue
        yield from _trade(activity)
        held = [one for one in earlier if _holds_key(one, activity.id)]
        kept = [one for one in earlier if _is_graded(one, activity.id)]
        if activity.marking and held:
            yield (
                f"Beware: version {_listed(held)} of the course has the key of “{activity.title}” "
                "in the package, and learners may have it. Ask something else than was asked there."
            )
        if not activity.marking and kept:
            yield (
                f"Beware: the key of “{activity.title}” is in the package from this version on; "
                f"whoever has yet to hand in version {_listed(kept)} can read it here."
            )


def _trade(activity: Quiz) -> Iterator[str]:
    name = f"“{activity.title}”"
    if isinstance(activity, Work):
        yield f"{name} is handed in, and somebody marks it: the mark comes with a later sync."
    elif activity.marking:
        yield (
            f"{name} is marked by the platform: the package holds no key, so nobody sees a mark at "
            "once; it comes with a later sync. Guard the key file, and mark with `cartable grade`."
        )
    elif isinstance(activity, Exam):
        yield (
            f"{name} is marked on the learner's PC: the mark comes at once, without a network, but "
            'the key is in the package, and whoever looks can read it. `marking = "platform"` '
            "keeps it out."
        )


def _holds_key(manifest: Manifest, activity: str) -> bool:
    found = manifest.find(activity)
    return isinstance(found, Quiz) and not found.marking


def _is_graded(manifest: Manifest, activity: str) -> bool:
    found = manifest.find(activity)
    return isinstance(found, Quiz) and bool(found.marking)


def _listed(versions: Sequence[Manifest]) -> str:
    return ", ".join(str(one.version) for one in versions)
