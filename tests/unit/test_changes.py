# SPDX-License-Identifier: Apache-2.0
"""What a new version changes."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
from repository_builder import Draft

from player.course.changes import Change, Changes, changes
from player.course.languages import spoken
from player.course.manifest import Manifest, Section, Translation
from player.course.manifest import Sequence as Sitting


def demo(texts: Sequence[str] = "abc", film: bytes = b"film", **sections: str) -> Manifest:
    draft = Draft()
    for name, title in (sections or {"one": "One"}).items():
        draft.section(name, [f"{name} {t}".encode() for t in texts], [{"240p": film}])
        draft.sections[-1] = msgspec.structs.replace(draft.sections[-1], title=title)
    return draft.manifest()[0]


def kinds(old: Manifest, new: Manifest) -> list[tuple[str, str]]:
    return [(one.what, one.activity or one.section) for one in changes(old, new).every]


def reordered(manifest: Manifest, order: Sequence[int]) -> Manifest:
    [section] = manifest.sections
    [sitting] = section.sequences
    activities = tuple(sitting.activities[at] for at in order)
    sitting = Sitting(sitting.id, sitting.title, activities)
    return msgspec.structs.replace(
        manifest, sections=(Section(section.id, section.title, (sitting,)),)
    )


def test_the_same_course_has_no_changes() -> None:
    assert changes(demo(), demo()).every == ()


def test_a_language_that_comes_is_one_and_changes_nothing_else() -> None:
    old = demo()
    new = msgspec.structs.replace(old, translations=(Translation(language="fr", title="Un"),))
    assert changes(old, new) == Changes((), ("fr",))
    assert changes(old, spoken(new, ["fr"])) == Changes((), ("fr",))
    assert changes(new, spoken(new, ["fr"])) == Changes(())


def test_a_text_that_changes_is_content() -> None:
    assert kinds(demo("abc"), demo("axc")) == [("content", "one-page-1")]


def test_a_film_that_is_encoded_anew_is_no_content() -> None:
    assert kinds(demo(), demo(film=b"other")) == [("renditions", "one-video-0")]


def test_what_is_new_and_what_is_gone() -> None:
    assert kinds(demo("ab"), demo("abc")) == [("added", "one-page-2")]
    assert changes(demo("abc"), demo("ab")).every == (
        Change("removed", "one", "one-page-2", "Page 2"),
    )


def test_sections_come_go_move_and_are_renamed() -> None:
    old = demo("a", one="One", two="Two", three="Three")
    new = demo("a", three="Three", one="Uno", four="Four")
    found = kinds(old, new)
    assert found[:4] == [
        ("moved", "three"),
        ("renamed", "one"),
        ("added", "four"),
        ("removed", "two"),
    ]
    assert ("added", "four-page-0") in found
    assert ("removed", "two-video-0") in found


@pytest.mark.parametrize(
    ("order", "moved"),
    [([3, 0, 1, 2], {3}), ([1, 2, 3, 0], {0}), ([1, 0, 3, 2], {1, 3}), ([0, 2, 3], set())],
)
def test_the_fewest_activities_are_said_to_have_moved(
    order: Sequence[int], moved: set[int]
) -> None:
    old = demo("abc")
    names = [activity.id for activity in old.activities()]
    found = kinds(old, reordered(old, order))
    said = {name for what, name in found if what == "moved"}
    assert len(said) == len(moved)
    if len(moved) == 1:
        assert said == {names[at] for at in moved}


def test_an_activity_in_another_section_has_moved() -> None:
    old = demo("a", one="One", two="Two")
    [one, two] = old.sections
    [sitting] = one.sequences
    rest = Sitting(sitting.id, sitting.title, sitting.activities[1:])
    [other] = two.sequences
    more = Sitting(other.id, other.title, (*other.activities, sitting.activities[0]))
    sections = Section("one", "One", (rest,)), Section("two", "Two", (more,))
    new = msgspec.structs.replace(old, sections=sections)
    assert changes(old, new).every == (Change("moved", "two", "one-page-0", "Page 0"),)


def test_an_activity_counts_once() -> None:
    found = changes(demo("abc"), demo("xyc"))
    assert found.count("content", "renamed") == 2
    assert found.count("added") == 0
