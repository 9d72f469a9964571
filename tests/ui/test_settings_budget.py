# SPDX-License-Identifier: Apache-2.0
"""The data budget in the settings: set from the keyboard, kept, and said."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTime
from PySide6.QtNetwork import QHostAddress, QNetworkInterface
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QSpinBox, QTimeEdit
from pytestqt.qtbot import QtBot
from shell import Shell, seen, spoken

from player import settings
from player.errors import BudgetSpent, MeteredLink, OutsideHours
from player.store import traffic
from player.ui import metered, outcome
from player.ui.language import install, say, say_again
from player.ui.main import application
from player.ui.metered import Metered, _loaded
from player.ui.settings_page import SettingsPage
from player.ui.style import GRID

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def page(shell: Shell) -> SettingsPage:
    shell.learn()
    shell.window._show(shell.window.settings)
    return shell.window.settings


def stored(shell: Shell) -> settings.Settings:
    return settings.load(shell.shown.services.home)


def field(page: SettingsPage, name: str) -> QSpinBox:
    return next(one for one in seen(page, QSpinBox) if spoken(one) == name)


@pytest.mark.parametrize(
    ("name", "setting", "typed"),
    [
        ("At most in a day", "budget_day_mb", "50"),
        ("At most in a month", "budget_month_mb", "200"),
        ("Not faster than", "ceiling_kbits", "256"),
    ],
)
def test_a_limit_is_typed_and_kept_when_it_is_whole(
    shell: Shell, page: SettingsPage, qtbot: QtBot, name: str, setting: str, typed: str
) -> None:
    number = field(page, name)
    assert number.text() == "no limit"
    number.setFocus()
    number.selectAll()
    qtbot.keyClicks(number, typed)
    assert getattr(stored(shell), setting) == 0  # 2 on the way to 200 is not meant
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert getattr(stored(shell), setting) == int(typed)
    assert getattr(shell.shown.services.settings, setting) == int(typed)


def test_hours_are_two_times_behind_a_switch(shell: Shell, page: SettingsPage) -> None:
    begins, ends = seen(page, QTimeEdit)
    assert not begins.isEnabled()
    shell.press_switch("Download by itself only from")
    assert begins.isEnabled()
    assert stored(shell).allowed_hours == "22:00-06:00"
    begins.setTime(QTime(23, 30))
    ends.setTime(QTime(0, 0))
    assert stored(shell).allowed_hours == "23:30-00:00"
    shell.press_switch("Download by itself only from")
    assert stored(shell).allowed_hours == ""
    shell.press_switch("Download by itself only from")
    assert stored(shell).allowed_hours == "23:30-00:00"
    assert [spoken(one) for one in (begins, ends)] == ["Downloads may begin at", "Downloads end at"]


def test_more_hours_than_can_be_shown_stay(shell: Shell, page: SettingsPage) -> None:
    shell.shown.services.change(allowed_hours="1:00-5:00,12:00-13:30")
    page.show_now()
    begins, _ = seen(page, QTimeEdit)
    assert begins.time() == QTime(1, 0)
    begins.setTime(QTime(2, 0))
    assert stored(shell).allowed_hours == "02:00-05:00,12:00-13:30"


def test_whose_word_on_the_line_counts(shell: Shell, page: SettingsPage) -> None:
    unknown = "This system does not tell whether the line is paid by the megabyte."
    shell.shown.services.line.system = lambda: None
    page.show_now()
    assert unknown in shell.texts(page)
    name = "This line is paid by the megabyte"
    box = next(one for one in seen(page, QComboBox) if spoken(one) == name)
    box.setCurrentIndex(box.findData("yes"))
    assert stored(shell).metered == "yes"
    assert unknown not in shell.texts(page)
    name = "Downloads on such a line"
    box = next(one for one in seen(page, QComboBox) if spoken(one) == name)
    box.setCurrentIndex(box.findData("go"))
    assert stored(shell).on_metered == "go"


def test_what_was_spent_is_shown(shell: Shell, page: SettingsPage) -> None:
    services = shell.shown.services
    today = services.now().astimezone().date()
    traffic.add(services.db, today, "content", 4_200_000, 100_000)
    page.show_now()
    text = "Spent on the line so far: 4.3 MB today, 4.3 MB this month."
    assert text in shell.texts(page)


def test_every_field_is_reached_from_the_keyboard(page: SettingsPage) -> None:
    fields = [*seen(page, QSpinBox), *seen(page, QTimeEdit), *seen(page, QComboBox)]
    for one in fields:
        assert one.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert spoken(one) if isinstance(one, (QAbstractSpinBox, QComboBox)) else True


def test_digits_keep_from_the_edge_as_words_do(page: SettingsPage) -> None:
    page.budget._only.click()
    for one in (*seen(page, QSpinBox), *seen(page, QTimeEdit)):
        inner = one.lineEdit()
        text = one.fontMetrics().horizontalAdvance(inner.text())
        assert inner.x() + inner.textMargins().left() >= GRID
        assert text + GRID < inner.width()  # and nothing is cut off at the other end


# What the system says


def test_where_nobody_tells_the_line_is_unknown(qtbot: QtBot) -> None:
    assert Metered().value is None


def test_the_real_one_answers_something(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.ui.metered._loaded", _loaded)
    assert Metered().value in (True, False, None)


def test_news_comes_when_it_changes(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    line = Metered()
    heard: list[object] = []
    line.changed.connect(heard.append)
    line._system = None
    for said in (True, True, False):
        line._hear(said)
    assert heard == [True, False]
    assert line.value is False


def test_glib_that_says_no_may_not_know(qtbot: QtBot) -> None:
    class Glib:
        def backendName(self) -> str:  # noqa: N802 - Qt's
            return "glib"

    line = Metered()
    line._system = Glib()  # type: ignore[assignment]
    assert line._judged(True) is True
    assert line._judged(False) is None


class Adapter:
    """A network adapter as Qt describes one."""

    def __init__(self, name: str, place: str, *flags: str) -> None:
        self._name, self._flags = name, flags
        self._address, _, self._length = place.partition("/")

    def name(self) -> str:
        return self._name

    def index(self) -> int:
        return 2

    def flags(self) -> QNetworkInterface.InterfaceFlag:
        found = QNetworkInterface.InterfaceFlag(0)
        for name in ("IsRunning", *self._flags):
            found |= QNetworkInterface.InterfaceFlag[name]
        return found

    def addressEntries(self) -> list[Adapter]:  # noqa: N802 - Qt's
        return [self] if self._address else []

    def ip(self) -> QHostAddress:
        return QHostAddress(self._address)

    def prefixLength(self) -> int:  # noqa: N802 - Qt's
        return int(self._length)


@pytest.mark.parametrize(
    ("adapters", "name"),
    [
        ([("wlan0", "192.168.43.17/24")], "wlan0 192.168.43.0/24"),
        ([("lo", "127.0.0.1/8", "IsLoopBack"), ("eth0", "10.1.2.3/16")], "eth0 10.1.0.0/16"),
        ([("ppp0", "10.64.3.9/32", "IsPointToPoint")], "ppp0"),  # another address each day
        ([("wwan0", "10.64.3.9/30")], "wwan0"),
        ([("tun0", "10.8.0.2/32", "IsPointToPoint"), ("eth0", "10.1.2.3/16")], "eth0 10.1.0.0/16"),
        ([("docker0", "172.17.0.1/16")], ""),
        ([("eth0", "169.254.7.7/16")], ""),  # nobody gave it an address
        ([("eth0", "fe80::1/64")], ""),
        ([("eth0", "")], ""),
        ([], ""),
    ],
)
def test_a_network_has_a_name_that_stays(
    monkeypatch: pytest.MonkeyPatch, adapters: list[tuple[str, ...]], name: str
) -> None:
    monkeypatch.undo()  # the one that is asked of in the other tests
    found = [Adapter(*one) for one in adapters]
    monkeypatch.setattr(QNetworkInterface, "allInterfaces", lambda: found)
    assert metered.network() == name


def test_the_window_tells_the_services(shell: Shell) -> None:
    shell.learn()
    shell.qtbot.waitUntil(lambda: shell.shown.line is not None)
    line = shell.shown.line
    assert line is not None
    line._system = None
    line._hear(True)
    assert shell.shown.services.metered() is True
    assert shell.shown.services.allowance().reason == "metered"


# What is said


def test_a_rule_that_holds_is_no_fault_where_nobody_asked(qtbot: QtBot) -> None:
    held = MeteredLink()
    assert outcome.of_fetch(held, quietly=True) is None
    assert outcome.of_fetch(held, quietly=False) is held
    way = outcome.way_out(held)
    assert way is not None
    assert way.step == "settings"


def test_times_are_said_as_the_reader_says_them(qtbot: QtBot) -> None:
    install(application(), "en")
    spent = BudgetSpent(amount=200, until="2026-12-01")
    assert "on 1 December, or" in say(spent)
    assert "on 1 December, or" in say_again(str(spent))
    assert "until 26 November, 22:00, as" in say(OutsideHours(until="2026-11-26 22:00"))
    assert date(2026, 12, 1).isoformat() in str(spent)
    QCoreApplication.processEvents()
