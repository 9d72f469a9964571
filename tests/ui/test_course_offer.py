# SPDX-License-Identifier: Apache-2.0
"""Which captions come with a course, chosen where there are several languages."""

from __future__ import annotations

import msgspec
from pytestqt.qtbot import QtBot
from shell import COURSE, Shell

from player.course.manifest import Manifest, Video
from player.ui.course_offer import CourseOffer, caption_languages


def in_two_languages(manifest: Manifest, other: str = "wo") -> Manifest:
    """The course, the captions of its first video in another language too."""
    video = next(one for one in manifest.activities() if isinstance(one, Video))
    track = msgspec.structs.replace(video.captions[0], language=other)
    changed = msgspec.structs.replace(video, captions=(*video.captions, track))

    def sitting(one: object) -> object:
        activities = tuple(changed if each is video else each for each in one.activities)  # type: ignore[attr-defined]
        return msgspec.structs.replace(one, activities=activities)

    sections = tuple(
        msgspec.structs.replace(one, sequences=tuple(sitting(each) for each in one.sequences))
        for one in manifest.sections
    )
    return msgspec.structs.replace(manifest, sections=sections)


def test_captions_are_chosen_where_a_course_has_several_languages(
    shell: Shell, qtbot: QtBot
) -> None:
    shell.learn()
    shell.take(COURSE)
    manifest = in_two_languages(shell.shown.services.course(COURSE))
    offer = CourseOffer()
    qtbot.addWidget(offer)
    offer.show_course(manifest, "240p")
    offer.show_prices(manifest.sections[0].id, None, frozenset())
    assert not offer._captions.isHidden()
    assert offer.languages == ()  # all of them
    wolof = next(one for one in offer._menu.actions() if one.data() == "wo")
    wolof.setChecked(False)
    assert offer.languages == tuple(one for one in caption_languages(manifest) if one != "wo")
    with qtbot.waitSignal(offer.wanted) as wanted:
        offer.all.click()
    assert wanted.args[3] == offer.languages


def test_one_language_is_no_choice(shell: Shell, qtbot: QtBot) -> None:
    shell.learn()
    shell.take(COURSE)
    offer = CourseOffer()
    qtbot.addWidget(offer)
    offer.show_course(shell.shown.services.course(COURSE), "")
    assert offer._captions.isHidden()


def test_languages_are_called_as_those_who_speak_them_do(shell: Shell, qtbot: QtBot) -> None:
    shell.learn()
    shell.take(COURSE)
    manifest = in_two_languages(shell.shown.services.course(COURSE), "ar")
    offer = CourseOffer()
    qtbot.addWidget(offer)
    offer.show_course(manifest, "240p")
    names = [action.text() for action in offer._menu.actions()]
    assert sorted(names) == ["Français", "العربية"]
    next(one for one in offer._menu.actions() if one.data() == "fr").setChecked(False)
    # What is written the other way keeps to itself among what stands beside it
    assert "\u2068العربية\u2069" in offer._captions.text()
