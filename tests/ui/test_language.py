# SPDX-License-Identifier: Apache-2.0
"""Another language: every word changes, the place does not, and the old window is gone."""

from __future__ import annotations

import threading
import weakref

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from shell import COURSE, Shell, answer, seen

from player.app.next_step import Part
from player.ui import language
from player.ui.main import application
from player.ui.main_window import MainWindow
from player.ui.next_words import _section

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


def speak(shell: Shell, code: str) -> None:
    """As the settings page does."""
    shell.window._show(shell.window.settings)
    box = next(
        one for one in seen(shell.window.settings, QComboBox) if one.findText("Français") >= 0
    )
    box.setCurrentIndex(box.findData(code))
    QApplication.processEvents()


def sweep() -> None:
    """Let Qt delete what is to be deleted."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def words(shell: Shell) -> set[str]:
    """Everything that can be read on every page, the learner's and the author's words aside."""
    found: set[str] = set()
    for name in ("library", "course", "downloads", "work", "mail", "settings"):
        shell.window.show_page(name)
        found |= set(shell.texts())
        found |= {one.text() for one in seen(shell.window, QPushButton) if one.text()}
    return found


def test_every_text_of_every_page_changes(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE, "")
    answer(shell, COURSE, 1)
    english = words(shell)
    speak(shell, "fr")
    shell.take(COURSE)
    french = words(shell)
    alike = ("Cartable", "Messages", "Notes")
    same = {text for text in english & french if len(text) > 3 and text not in alike}
    ours = (str(shell.shown.services.home), "file://", "Petit cours", "Organiser", "Décider", "Key")
    known = {text for text in same if text.startswith(ours) or text == "Un cours minuscule."}
    assert not {text for text in same - known if not text.startswith("A. Diallo")}
    assert "Mon travail" in french


def test_it_stays_on_its_page(shell: Shell) -> None:
    shell.learn()
    speak(shell, "fr")
    assert shell.window.page == "settings"
    assert shell.shown.services.settings.language == "fr"
    assert QLocale().language() == QLocale.Language.French


def test_an_open_lesson_is_open_again(shell: Shell) -> None:
    shell.learn()
    shell.take(COURSE, "")
    first = next(shell.shown.services.course(COURSE).activities())
    shell.window.open_activity(COURSE, first.id)
    shell.shown.services.change(language="fr")
    shell.shown.renew()
    assert (shell.window.page, shell.window.lesson.activity) == ("lesson", first.id)
    shell.window.lesson.leave()
    assert (shell.window.page, shell.window.course.course) == ("course", COURSE)


def test_the_old_window_is_gone_and_hears_nothing(shell: Shell) -> None:
    shell.learn()
    old: weakref.ref[MainWindow] = weakref.ref(shell.window)
    kept = shell.window
    for code in ("fr", "en", "fr"):
        speak(shell, code)
    sweep()
    assert not shiboken6.isValid(kept)
    del kept
    shell.window.refresh()
    shell.idle()
    assert shell.window.messages.text == "1 cours proposé."
    every = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
    assert [one for one in every if one.services is shell.shown.services] == [shell.window]
    assert old() is None or not shiboken6.isValid(old())


def test_a_download_runs_on(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.learn()
    shell.take(COURSE)
    gate, stopped = threading.Event(), shell.shown.errands._stop
    download = shell.shown.services.download

    def slow(report: object, **more: object) -> object:
        gate.wait(30)
        return download(report, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(shell.shown.services, "download", slow)
    shell.window.fetch(COURSE, ["organiser"], "")
    speak(shell, "fr")
    sweep()
    assert not stopped.is_set()
    shell.window._show(shell.window.downloads)
    assert shell.button("Pause", shell.window.downloads)  # the new window knows
    gate.set()
    shell.idle()
    assert shell.window.messages.text.startswith("Tout ce que vous avez demandé")
    wish = shell.shown.services.wishes()[0]
    assert wish.here == wish.total


def test_only_a_change_of_colours_makes_the_window_anew(shell: Shell) -> None:
    before = shell.window
    shell.shown._recolour()
    assert shell.window is before


@pytest.mark.parametrize(
    ("count", "english", "french"),
    [
        (999, "999 B", "999 o"),
        (1500, "2 kB", "2 ko"),
        (4_300_000, "4.3 MB", "4,3 Mo"),
        (250_000_000, "250 MB", "250 Mo"),
        (7_100_000_000, "7.1 GB", "7,1 Go"),
    ],
)
def test_sizes_are_written_as_they_are_read(count: int, english: str, french: str) -> None:
    said = []
    for code in ("en", "fr"):
        language.install(application(), code)
        said.append(language.size(count).replace("\N{NO-BREAK SPACE}", " "))
    assert [text.replace("\N{NARROW NO-BREAK SPACE}", " ") for text in said] == [english, french]


def test_times_and_shares() -> None:
    language.install(application(), "en")
    assert [language.duration(s) for s in (0, 59.9, 247, 3725)] == [
        "0:00",
        "0:59",
        "4:07",
        "1:02:05",
    ]
    assert [language.minutes(s) for s in (1, 300, 4800)] == ["1 min", "5 min", "1 h 20"]
    assert language.percent(0.8) == "80%"
    assert language.when(None) == ""
    assert "2026" in language.when("2026-01-05T09:00:00.000Z") or "26" in language.when(
        "2026-01-05T09:00:00.000Z"
    )


def test_a_language_we_do_not_have_is_english() -> None:
    assert [language.chosen(one) for one in ("fr_CI", "wo", "en_GB")] == ["fr", "en", "en"]


def test_what_still_lacks_is_not_rounded_away(shell: Shell) -> None:
    assert language.part(2_299_000, 2_305_000) == "2.2 of 2.3 MB"
    assert language.part(2_305_000, 2_305_000) == "2.3 of 2.3 MB"
    assert language.part(9_990, 10_000) == "9 of 10 kB"


def test_a_title_that_runs_the_other_way_leaves_the_numbers_beside_it_where_they_are(
    shell: Shell,
) -> None:
    assert language.apart("Équipe, 2") == "Équipe, 2"
    assert language.apart("قيادة فريق") == "\u2068قيادة فريق\u2069"
    assert _section(Part("قيادة", 0, 6, 420.0)) == "\u2068قيادة\u2069: 0 of 6, about 7 min left"
