# SPDX-License-Identifier: Apache-2.0
"""Downloads: how far each is, how to stop, go on and give up, and no figure that is not true."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar
from shell import COURSE, Shell, seen
from simulator import Simulator

from player.download.news import DownloadNews
from player.errors import Offline, ServerRefused
from player.store import blobs
from player.ui import outcome
from player.ui.language import size
from player.ui.rate import ENOUGH, SPAN, Rate

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


def show(shell: Shell) -> None:
    shell.window._show(shell.window.downloads)


def bars(shell: Shell) -> list[int]:
    return [one.value() for one in seen(shell.window.downloads, QProgressBar)]


def test_nothing_asked_for_says_what_to_do(shell: Shell) -> None:
    shell.learn()
    show(shell)
    assert any(text.startswith("Nothing was asked for.") for text in shell.texts())
    assert not shell.button("Download now").isEnabled()


def test_what_came_is_shown_whole_and_can_be_opened(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE, "480p")
    assert shell.window.messages.text.startswith("Everything you asked for is here (")
    show(shell)
    assert bars(shell) == []  # nothing is to come, nor to be put in order
    (row, _) = shell.window.downloads.queue.rows.values()
    assert not row.up.isVisible()
    assert any(text.startswith("Here, whole and checked") for text in shell.texts())
    assert any(text.startswith("Everything you asked for is here") for text in shell.texts())
    shell.window.downloads.queue.rows[COURSE, "organiser", ""].open.click()
    shell.idle()
    assert shell.window.page == "course"


def test_pausing_keeps_what_came_and_going_on_ends_it(far: Shell, server: Simulator) -> None:
    far.take(COURSE)
    far.window.fetch(COURSE, ["organiser"], "480p")
    far.window.errands.pause()
    show(far)
    far.idle()
    assert far.window.messages.text == "Paused. What has come so far is kept."
    assert bars(far)[0] < 1000
    far.shown.errands.try_again()  # the program does not go on by itself after that
    assert not far.shown.errands.is_fetching
    far.idle()
    far.press("Download now")
    far.idle()
    assert bars(far) == []  # all of it is here
    heavy = max(server.files, key=lambda path: len(server.files[path]))
    assert 0 < server.served[heavy] <= len(server.files[heavy])  # nothing of it was paid twice


def test_the_button_is_pause_while_it_runs(far: Shell) -> None:
    show(far)
    far.shown.errands.fetching.emit(True)
    assert far.button("Pause").isVisible()
    assert far.window.downloads._go.isHidden()
    far.shown.errands.fetching.emit(False)
    assert far.button("Download now")


def test_a_download_that_failed_says_why_and_can_be_tried_again(
    far: Shell, server: Simulator
) -> None:
    far.take(COURSE)
    server.refuse(404, "packs/", times=10**6)
    server.refuse(404, "blobs/", times=10**6)
    far.window.fetch(COURSE, ["organiser"], "")
    far.idle()
    assert far.window.messages.kind == "warn"
    assert "404" in far.window.messages.text
    show(far)
    assert bars(far)[0] < 1000
    assert any("404" in text for text in far.texts(far.window.downloads))
    server._refusals.clear()
    far.press("Download now")
    far.idle()
    assert bars(far) == []
    assert not any("404" in text for text in far.texts(far.window.downloads))


def test_a_section_can_be_given_up_and_what_came_stays(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE, "")
    show(shell)
    here = blobs.present(shell.shown.services.db)
    shell.press("Organiser: No longer wanted; what came stays")
    assert [one.section for one in shell.shown.services.wishes()] == ["decider"]
    assert len(shell.window.downloads.queue.rows) == 1
    assert blobs.present(shell.shown.services.db) == here


def test_cards_stay_the_same_widgets_so_that_the_keyboard_is_not_lost(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE, "")
    show(shell)
    before = list(shell.window.downloads.queue.rows.values())
    shell.window.downloads.show_now()
    assert list(shell.window.downloads.queue.rows.values()) == before


def test_news_moves_a_bar_and_says_what_it_waits_for(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE, "")
    show(shell)
    why = str(Offline(place="campus.example"))
    news = DownloadNews(COURSE, "organiser", 250, 1000, "waiting", why)
    shell.shown.changes.downloading.emit(news)
    assert bars(shell)[0] == 250
    assert "250 B of 1 kB are here" in shell.texts()
    assert why in shell.texts()


def test_what_waits_says_since_when_and_what_is_safe(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE, "")
    show(shell)
    news = DownloadNews(
        COURSE, "organiser", 250, 1000, "waiting", str(Offline(place="x")), "2026-11-26T10:42:00Z"
    )
    shell.shown.changes.downloading.emit(news)
    (said,) = [text for text in shell.texts() if text.startswith("Waiting for the connection")]
    assert said.endswith("250 B of 1 kB are safe here")


def test_the_queue_is_put_in_order_by_keys_by_buttons_and_by_dropping(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE, "")
    show(shell)
    queue = shell.window.downloads.queue

    def order() -> list[str]:
        asked = [one.section for one in shell.shown.services.wishes()]
        assert [card.key[1] for card in queue.rows.values()] == asked
        return asked

    assert order() == ["organiser", "decider"]
    first = queue.rows[COURSE, "organiser", ""]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert order() == ["decider", "organiser"]
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)  # it is the last
    assert order() == ["decider", "organiser"]
    first.up.click()
    assert order() == ["organiser", "decider"]
    assert not first.up.isEnabled()
    queue.put_at(first, QPoint(0, queue.height()))
    assert order() == ["decider", "organiser"]


def test_one_wish_can_wait_while_the_others_come(far: Shell, server: Simulator) -> None:
    far.take(COURSE)
    services = far.shown.services
    services.ask(COURSE, ["organiser", "decider"], "")
    show(far)
    far.press("Organiser: Wait")
    far.shown.errands.fetch()
    far.idle()
    assert [one.here == one.total for one in services.wishes()] == [False, True]
    assert any(text.startswith("On hold") for text in far.texts(far.window.downloads))
    far.press("Organiser: Go on")
    far.idle()
    assert [one.here == one.total for one in services.wishes()] == [True, True]


def test_the_month_is_told_in_words_and_to_who_cannot_see_the_picture(
    far: Shell, server: Simulator
) -> None:
    far.take(COURSE, "480p")
    far.idle()
    show(far)
    picture = far.window.downloads.traffic.picture
    assert picture.accessibleName() == "Used by day"
    total = far.shown.services.traffic().total
    assert total > 0
    assert picture.accessibleDescription().endswith(size(total))
    assert any(text.startswith(f"{size(total)}, of it") for text in far.texts())
    far.press("The month before")
    assert picture.accessibleDescription() == ""
    far.press("The month after")
    assert picture.accessibleDescription().endswith(size(total))


def test_news_of_a_section_asked_for_meanwhile_is_shown(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE)
    show(shell)
    shell.shown.services.ask(COURSE, ["decider"], "")
    news = DownloadNews(COURSE, "decider", 0, 10, "fetching")
    shell.shown.changes.downloading.emit(news)
    assert len(bars(shell)) == 1


def test_a_speed_is_said_only_when_enough_was_seen() -> None:
    now = [0.0]
    rate = Rate(lambda: now[0])
    assert rate.speed() is None
    rate.hear(0)
    now[0] = ENOUGH - 0.1
    rate.hear(3000)
    assert rate.speed() is None
    now[0] = 20.0
    rate.hear(20_000)
    assert rate.speed() == 1000
    now[0] = 40.0  # nothing came since: the figure falls at once
    assert rate.speed() == 500
    rate.forget()
    assert rate.speed() is None


def test_on_a_line_that_is_dead_every_other_half_minute_the_time_left_is_true() -> None:
    now, here = [0.0], 0
    rate = Rate(lambda: now[0])
    said = []
    for second in range(600):
        now[0] = float(second)
        here += 3000 if second % 60 < 30 else 0  # bytes: 1500 a second in the long run
        rate.hear(here)
        if second > SPAN:
            said.append(rate.speed())
    assert all(speed == pytest.approx(1500, rel=0.05) for speed in said)


def test_a_line_that_has_died_has_no_speed_any_more_and_sleep_is_no_waiting() -> None:
    now = [0.0]
    rate = Rate(lambda: now[0])
    for second in range(60):
        now[0] = float(second)
        rate.hear(1000 * second)
    for second in range(60, 60 + round(SPAN) + 2):
        now[0] = float(second)
        rate.hear(59_000)
    assert rate.speed() is None
    now[0] += 3600  # the PC slept
    rate.hear(59_000)
    now[0] += ENOUGH + 1
    rate.hear(59_000 + 11_000)
    assert rate.speed() == pytest.approx(1000)


def test_what_came_of_a_download_in_words() -> None:
    busy = ServerRefused(place="x", status=500)
    assert outcome.of_fetch(busy, quietly=False) is busy
    assert outcome.of_fetch(busy, quietly=True) is None
