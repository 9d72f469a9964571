# SPDX-License-Identifier: Apache-2.0
"""A page: what is shown of it, what never is, and when it counts as read."""

from __future__ import annotations

from pathlib import Path

import pytest
from lesson_course import Desk, pdf, picture, shows
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from player.course.manifest import Document, Exam, Links, Page, Unknown
from player.errors import DiskFull, NotHere
from player.journal.events import Followed
from player.journal.journal import Now
from player.lesson import reading
from player.settings import Settings
from player.store import blobs
from player.store.database import Database
from player.ui.lesson.cleaning import arranged, plain
from player.ui.lesson.document_view import DocumentView
from player.ui.lesson.links_view import LinksView
from player.ui.lesson.page_view import PageView
from player.ui.lesson.quiz_view import QuizView
from player.ui.lesson.sentence_view import SentenceView
from player.ui.lesson.views import view_for

IMAGE = QTextDocument.ResourceType.ImageResource
LONG = "<p>Une ligne de plus.</p>" * 200
RED = "#ff0000"

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # Qt's, of a screen that is none


@pytest.fixture
def desk(db: Database, home: Path, learner: str, clock: Now) -> Desk:
    return Desk(db, home, learner, clock)


def shown(qtbot: QtBot, desk: Desk, html: str, **resources: str) -> PageView:
    named = {name.replace("_", "."): sha256 for name, sha256 in resources.items()}
    page = Page(id="p", title="Rôles", blob=desk.blob(html.encode()), resources=named)
    view = PageView(desk.context(page), page)
    qtbot.addWidget(view)
    view.resize(760, 640)
    with qtbot.waitExposed(view):
        view.show()
    return view


def test_the_text_is_shown_and_what_runs_is_not(qtbot: QtBot, desk: Desk) -> None:
    view = shown(
        qtbot,
        desk,
        "<h1>Qui fait quoi ?</h1><p onclick='x()'>Formule \\(a^2\\)</p><script>alert(1)</script>"
        "<style>p{display:none}</style><form><input value='mot'></form>",
    )
    assert view.toPlainText().split("\n") == ["Qui fait quoi ?", "Formule \ufffc"]


def test_a_picture_that_the_page_brought_is_shown(qtbot: QtBot, desk: Desk) -> None:
    sha256 = desk.blob(picture(RED))
    view = shown(qtbot, desk, "<p><img src='a.png' alt='Un schéma'></p>", a_png=sha256)
    assert shows(view.grab().toImage(), RED)


def test_a_picture_is_never_wider_than_the_column(qtbot: QtBot, desk: Desk) -> None:
    sha256 = desk.blob(picture(RED, 3000, 200))
    view = shown(qtbot, desk, "<p><img src='a.png'></p>", a_png=sha256)
    image = view.loadResource(IMAGE.value, QUrl(f"blob:{sha256}"))
    assert (image.width(), image.height()) == (view.column, round(view.column * 200 / 3000))
    assert view.horizontalScrollBar().maximum() == 0


def test_nothing_is_shown_from_this_computer_or_from_a_network(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "private.png").write_bytes(picture(RED, 300, 300))
    where = tmp_path / "private.png"
    view = shown(
        qtbot,
        desk,
        f"<p><img src='{where}' alt='un'><img src='{where.as_uri()}' alt='deux'>"
        "<img src='http://127.0.0.1:9/a.png' alt='trois'></p>",
    )
    assert view.toPlainText() == "[un][deux][trois]"
    for name in (str(where), where.as_uri()):
        assert view.loadResource(IMAGE.value, QUrl(name)).width() == 1
    assert not shows(view.grab().toImage(), RED)


def test_a_picture_that_is_missing_or_broken_is_said_in_words(qtbot: QtBot, desk: Desk) -> None:
    broken = desk.blob(b"no picture at all")
    view = shown(
        qtbot,
        desk,
        "<p><img src='a.png' alt='Le tableau'> <img src='b.png' alt='Le plan'></p>",
        a_png="0" * 64,
        b_png=broken,
    )
    assert view.toPlainText() == "[Le tableau] [Le plan]"


def test_a_name_may_be_percent_encoded_in_the_text(desk: Desk) -> None:
    html = "<p><img src='sch%C3%A9ma%201.png' alt=''></p>"
    assert 'src="found"' in arranged(html, {"schéma 1.png": "found"}.get)


def test_a_link_to_an_activity_opens_it(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, "<p><a href='#activity:suite'>la suite</a></p>")
    view.anchorClicked.emit(QUrl("#activity:suite"))
    assert desk.activities == ["suite"]
    assert desk.addresses == []


def test_a_link_to_the_web_is_recorded_and_left_to_the_window(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, "<p><a href='https://example.org/a?b=1'>le guide</a></p>")
    click = view.cursorForPosition(QPoint(60, 40))
    assert click.charFormat().anchorHref() == "https://example.org/a?b=1"
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    assert desk.addresses == ["https://example.org/a?b=1"]
    (act,) = desk.acts("followed")
    assert isinstance(act, Followed)
    assert act.url == "https://example.org/a?b=1"


def test_what_leads_nowhere_is_no_link() -> None:
    html = arranged(
        "<a href='javascript:x()'>a</a><a href='file:///etc/a'>b</a><a href='c.pdf'>c</a>",
        lambda _: None,
    )
    assert html == "<div>abc</div>"


def test_a_page_that_is_seen_whole_counts_as_read(qtbot: QtBot, desk: Desk) -> None:
    shown(qtbot, desk, "<p>Court.</p>")
    qtbot.waitUntil(lambda: desk.kinds() == ["opened", "completed"])
    assert desk.changes == 2


def test_a_long_page_counts_as_read_at_its_end_and_once(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, LONG)
    qtbot.wait(50)
    assert desk.kinds() == ["opened"]
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert desk.kinds() == ["opened"]
    bar.setValue(bar.maximum())
    bar.setValue(0)
    bar.setValue(bar.maximum())
    assert desk.kinds() == ["opened", "completed"]
    view.close_lesson()


def test_the_keyboard_scrolls_the_page(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, LONG)
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.verticalScrollBar().value() > 0


def test_the_text_stands_in_a_column_that_the_eye_can_follow(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, LONG)
    view.resize(1600, 640)
    frame = view.document().rootFrame().frameFormat()
    assert frame.leftMargin() == frame.rightMargin()
    assert 1600 - frame.leftMargin() - frame.rightMargin() == pytest.approx(view.column, abs=30)
    assert view.column == 720


def test_the_size_of_the_text_follows_the_setting(qtbot: QtBot, desk: Desk) -> None:
    usual = shown(qtbot, desk, "<p>a</p>")
    desk.settings = Settings(text_size=150)
    larger = shown(qtbot, desk, "<p>a</p>")
    sizes = [view.document().defaultFont().pointSizeF() for view in (usual, larger)]
    assert sizes[1] == pytest.approx(sizes[0] * 1.5)


def test_a_course_in_arabic_is_written_from_the_right(qtbot: QtBot, desk: Desk) -> None:
    desk.language = "ar"
    view = shown(qtbot, desk, "<p>مرحبا</p>")
    assert view.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert view.cursorRect(view.textCursor()).x() > view.width() / 2


def test_a_page_that_was_not_fetched_says_so(desk: Desk, qtbot: QtBot) -> None:
    page = Page(id="p", title="Rôles", blob="0" * 64)
    with pytest.raises(NotHere, match="Rôles"):
        PageView(desk.context(page), page)


def test_a_full_disk_is_said_and_the_page_is_shown(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = DiskFull(place="home", needed="1 MB", free="0 kB")

    def refuse(*_: object) -> None:
        raise full

    monkeypatch.setattr(reading, "opened", refuse)
    view = shown(qtbot, desk, LONG)
    assert desk.said == [full]
    assert "Une ligne" in view.toPlainText()


def test_a_damaged_picture_does_not_pass_for_the_one_it_replaced(qtbot: QtBot, desk: Desk) -> None:
    sha256 = desk.blob(picture(RED))
    blobs.path(desk.home, sha256).write_bytes(picture("#00ff00"))
    view = shown(qtbot, desk, "<p><img src='a.png' alt='Un schéma'></p>", a_png=sha256)
    assert view.toPlainText() == "[Un schéma]"


def test_an_activity_of_a_later_kind_says_so(qtbot: QtBot, desk: Desk) -> None:
    board = Unknown(id="w", title="Le tableau blanc", kind="whiteboard")
    view = view_for(desk.context(board))
    qtbot.addWidget(view)
    assert isinstance(view, SentenceView)
    assert view.notice.words.text().startswith("Le tableau blanc needs a newer Cartable")
    view.close_lesson()


def test_each_kind_of_activity_has_its_view(qtbot: QtBot, desk: Desk) -> None:
    page = Page(id="p", title="Rôles", blob=desk.blob(b"<p>a</p>"))
    links = Links(id="l", title="Liens", links=())
    quiz = Exam(id="x", title="Examen", blob=desk.quiz(), questions=0)
    document = Document(id="d", title="Plan", blob=desk.blob(pdf("Une")))
    views = [view_for(desk.context(one)) for one in (page, links, quiz, document)]
    for view in views:
        qtbot.addWidget(view)
    assert [type(view) for view in views] == [PageView, LinksView, QuizView, DocumentView]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>un</p><p>deux</p>", "un deux"),
        ("mo<b>t</b> entier", "mot entier"),
        ("<p>vu : <img src='a' alt='un chat'> noir</p>", "vu : un chat noir"),
        ("a &lt;b&gt;<script>c</script>", "a <b>"),
        ("", ""),
    ],
)
def test_html_is_read_aloud_as_its_words(html: str, words: str) -> None:
    assert plain(html) == words
