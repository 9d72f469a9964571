# SPDX-License-Identifier: Apache-2.0
"""A course's page: prices, what is here, what is done, the way in, and a later version."""

from __future__ import annotations

import pytest
import scheduled
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QTreeView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from shell import COURSE, Publisher, Shell, seen

from player.course.manifest import Manifest, Video
from player.download.plan import cost
from player.journal.progress import Done
from player.store import blobs
from player.ui.course_tree import Column, CourseTree, Role
from player.ui.course_words import Place, nearest
from player.ui.language import size

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


@pytest.fixture
def open_course(shell: Shell) -> Shell:
    shell.learn()
    shell.take(COURSE)
    return shell


def tree(shell: Shell) -> QTreeView:
    return seen(shell.window.course, QTreeView)[0]


def rendition(shell: Shell) -> QComboBox:
    return seen(shell.window.course, QComboBox)[0]


def row(shell: Shell, activity: str) -> list[str]:
    model = tree(shell).model()
    assert isinstance(model, CourseTree)
    found = model.index_of(activity)
    return [found.siblingAtColumn(column).data() for column in Column]


def test_a_course_that_is_not_here_yet_says_what_each_choice_costs(open_course: Shell) -> None:
    shell, services = open_course, open_course.shown.services
    manifest = services.course(COURSE)
    everything = [one.id for one in manifest.sections]
    present = blobs.present(services.db)
    for name in ("", "audio", "480p"):
        rendition(shell).setCurrentIndex(rendition(shell).findData(name))
        whole = cost(manifest, everything, present)[name]
        part = cost(manifest, everything[:1], present)[name]
        assert shell.button(f"Everything · {size(whole)}").isEnabled()
        assert shell.button(f"This week · {size(part)}").isEnabled()
    prices = cost(manifest, everything[:1], present)
    takes = next(text for text in shell.texts() if text.startswith("This week takes: "))
    assert f"text {size(prices[''])}" in takes
    assert f"480p {size(prices['480p'])}" in takes


def test_the_week_that_is_priced_is_the_one_that_was_chosen(open_course: Shell) -> None:
    shell, manifest = open_course, open_course.shown.services.course(COURSE)
    second = manifest.sections[1]
    model = tree(shell).model()
    tree(shell).setCurrentIndex(model.index(1, 0))
    part = cost(manifest, [second.id], frozenset())["240p"]
    shell.press(f"This week · {size(part)}")
    shell.idle()
    assert [one.section for one in shell.shown.services.wishes()] == [second.id]


def test_what_is_here_costs_nothing_and_is_marked(open_course: Shell) -> None:
    shell = open_course
    first = next(shell.shown.services.course(COURSE).activities())
    section = tree(shell).model().index(0, Column.PLACE)
    assert section.data() == "Not here yet"
    assert row(shell, first.id)[Column.PLACE] == ""  # its section says it for all
    rendition(shell).setCurrentIndex(rendition(shell).findData("240p"))
    shell.window.course.offer.all.click()
    shell.idle()
    assert section.data() == "Here"
    assert not shell.window.course.offer.isVisible()  # nothing lacks: the weeks have the room
    shell.press("Files", shell.window.course)
    assert not shell.button("Everything is here").isEnabled()
    takes = next(text for text in shell.texts() if text.startswith("This week takes: "))
    assert "text" not in takes  # nothing is paid for twice
    assert "480p" in takes


def test_where_letters_are_large_titles_keep_most_of_the_row(open_course: Shell) -> None:
    shell = open_course
    page, shown = shell.window.course, tree(shell)
    large = shown.font()
    large.setPixelSize(48)
    shown.setFont(large)
    page.resize(page.width() - 8, page.height())
    shown.doItemsLayout()
    assert shown.columnWidth(Column.PLACE) <= shown.width() // 4


def test_an_activity_that_lacks_says_so_where_others_of_its_week_are_here(
    open_course: Shell,
) -> None:
    manifest = open_course.shown.services.course(COURSE)
    page, video, *_ = manifest.activities()
    model = CourseTree()
    model.show(manifest)
    for here, words in ((frozenset(), ""), (frozenset([page.id]), "Not here yet")):
        model.mark({}, here, {})
        found = model.index_of(video.id)
        assert found.siblingAtColumn(Column.PLACE).data() == words
        assert "Not here yet" in found.data(Qt.ItemDataRole.AccessibleTextRole)


def test_progress_is_shown_for_the_course_the_week_and_the_activity(open_course: Shell) -> None:
    shell = open_course
    done = shell.done(COURSE, 2)
    shell.window.course.show_now()
    assert any(text.startswith("2 of 7 done") for text in shell.texts(shell.window.course))
    section = tree(shell).model().index(0, Column.DONE)
    assert section.data() == "2 of 6"
    assert section.data(Role.SHARE) == pytest.approx(2 / 6)
    assert row(shell, done[0])[Column.DONE] == "Done"
    assert tree(shell).model().index(1, Column.DONE).data(Role.SHARE) == 0


def test_continue_opens_the_next_thing_to_do(open_course: Shell) -> None:
    shell = open_course
    shell.take(COURSE, "240p")
    assert shell.button("Begin").isEnabled()
    shell.done(COURSE, 2)
    shell.window.course.show_now()
    ids = [one.id for one in shell.shown.services.course(COURSE).activities()]
    shell.press("Continue", shell.window.course)
    assert shell.window.lesson.activity == ids[2]


def test_a_row_opens_by_click_and_by_key_and_a_section_folds(
    open_course: Shell, qtbot: QtBot
) -> None:
    shell, view = open_course, tree(open_course)
    shell.take(COURSE, "")
    first = next(shell.shown.services.course(COURSE).activities())
    view.setCurrentIndex(view.model().index(0, 0))
    view.setFocus()
    assert view.isExpanded(view.currentIndex())
    view.activated.emit(view.currentIndex())
    wanted = view.hasFocus()  # off-screen, a window may not become active
    assert view.isExpanded(view.model().index(0, 0)) != wanted
    view.setCurrentIndex(view.model().index_of(first.id))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert (shell.window.page, shell.window.lesson.activity) == ("lesson", first.id)


def test_the_choice_of_a_rendition_is_remembered_and_the_nearest_is_offered(
    open_course: Shell,
) -> None:
    shell = open_course
    rendition(shell).setCurrentIndex(rendition(shell).findData("480p"))
    shell.window.course.offer.all.click()
    shell.idle()
    assert shell.shown.services.settings.rendition == "480p"
    assert {one.rendition for one in shell.shown.services.wishes()} == {"480p"}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("240p", "240p"), ("360p", "240p"), ("720p", "480p"), ("", ""), ("audio", "audio")],
)
def test_a_rendition_the_course_lacks_is_replaced_by_the_next_lighter(
    wanted: str, found: str
) -> None:
    assert nearest({"audio": 0, "240p": 240, "480p": 480}, wanted) == found
    assert nearest({}, "240p") == ""
    assert nearest({"480p": 480}, "240p") == "480p"


def test_a_later_version_is_offered_and_comes_only_when_asked_for(
    open_course: Shell, publisher: Publisher
) -> None:
    shell, services = open_course, open_course.shown.services
    shell.take(COURSE, "")
    shell.done(COURSE, 1)
    assert not any(text.startswith("Version") for text in shell.texts())
    publisher.publish(title="Nouveau ")
    shell.window.refresh()
    shell.idle()
    assert "Version 2 is offered. You have 1; what you did stays." in shell.texts()
    assert services.course(COURSE).version == 1
    assert "Petit cours" in shell.texts(shell.window.course)
    shell.press("Get it")
    shell.idle()
    assert services.course(COURSE).version == 2
    assert "Nouveau Petit cours" in shell.texts(shell.window.course)
    assert not any(text.startswith("Version") for text in shell.texts())
    assert any(text.startswith("1 of 7 done") for text in shell.texts(shell.window.course))


def test_a_course_that_is_gone_from_its_repository_opens_all_the_same(
    open_course: Shell, publisher: Publisher
) -> None:
    shell = open_course
    for path in sorted(publisher.folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    shell.window._show(shell.window.library)
    shell.take(COURSE)
    assert shell.window.page == "course"
    assert shell.window.messages.text == ""


def test_the_tree_keeps_qts_rules(open_course: Shell, qtmodeltester: ModelTester) -> None:
    manifest: Manifest = open_course.shown.services.course(COURSE)
    model = CourseTree()
    model.show(manifest)
    ids = [one.id for one in manifest.activities()]
    done = {ids[0]: Done("2026-01-05T09:00:00Z", 0.5, "2026-01-05T09:00:00Z")}
    model.mark(
        done, frozenset(ids[:1]), {manifest.sections[0].id: Place("1 of 2 MB", "waiting", "clock")}
    )
    qtmodeltester.check(model)
    assert model.index_of(ids[0]).siblingAtColumn(Column.DONE).data() == "50%"
    assert model.index_of("nowhere") == QModelIndex()


def test_a_course_of_many_sections_is_laid_out_once_and_stays_unfolded(qtbot: QtBot) -> None:
    manifest = scheduled.course(*(scheduled.week(f"w{n}") for n in range(101)))
    model, view = CourseTree(), QTreeView()
    qtbot.addWidget(view)
    model.show(manifest)
    view.setModel(model)
    chosen = model.index_of("w7-page")
    view.expand(chosen.parent().parent())
    view.expand(chosen.parent())
    view.setCurrentIndex(chosen)
    told: list[str] = []
    model.dataChanged.connect(lambda *_: told.append("part"))
    model.layoutChanged.connect(lambda *_: told.append("all"))
    model.mark({}, frozenset(["w7-page"]), {})
    assert told == ["all"]
    assert view.isExpanded(chosen.parent())
    assert view.currentIndex() == chosen


def test_one_activity_alone_can_be_brought_here(open_course: Shell) -> None:
    shell, services = open_course, open_course.shown.services
    manifest = services.course(COURSE)
    video = next(one for one in manifest.activities() if isinstance(one, Video))
    tree(shell).setCurrentIndex(tree(shell).model().index_of(video.id))
    offer = shell.window.course.offer
    offer.rendition.setCurrentIndex(offer.rendition.findData("240p"))
    section = next(one for one in manifest.sections if video in one.activities())
    present = blobs.present(services.db)
    alone = cost(manifest, [section.id], present, activity=video.id)["240p"]
    assert 0 < alone < cost(manifest, [section.id], present)["240p"]
    shell.press(f"Only this video · {size(alone)}")
    shell.idle()
    assert [one.key for one in services.wishes()] == [(COURSE, section.id, video.id)]
    assert offer.one.isHidden()


def test_a_week_itself_is_no_activity_to_bring_alone(open_course: Shell) -> None:
    tree(open_course).setCurrentIndex(tree(open_course).model().index(0, 0))
    assert open_course.window.course.offer.one.isHidden()


def test_where_a_part_is_is_said_in_fewer_words_before_a_title_is_cut(open_course: Shell) -> None:
    page, view = open_course.window.course, tree(open_course)
    model, first = view.model(), open_course.shown.services.course(COURSE).sections[0].id
    assert isinstance(model, CourseTree)
    place = model.index(0, Column.PLACE)
    for said, shown in (("to come " * 20, "12 MB"), ("Here", "Here")):
        model.mark({}, frozenset(), {first: Place(said, "12 MB")})
        page.resizeEvent(QResizeEvent(page.size(), page.size()))
        assert place.data() == shown
        assert view.columnWidth(Column.TITLE) >= view.sizeHintForColumn(Column.TITLE)
