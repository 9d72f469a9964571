# SPDX-License-Identifier: Apache-2.0
"""Reading: formulas, direction, finding, letters, and pages that mean harm."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from lesson_course import Desk, shows
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from player.course.manifest import Page
from player.journal.journal import Now
from player.lesson.spot import Spot
from player.settings import Settings
from player.store.database import Database
from player.ui import voices
from player.ui.lesson import look, safe_svg
from player.ui.lesson.aloud import sentences
from player.ui.lesson.cleaning import arranged, plain
from player.ui.lesson.find_bar import hits
from player.ui.lesson.formula_object import TYPE, objects
from player.ui.lesson.page_view import PageView
from player.ui.lesson.redress import redress
from player.ui.lesson.rich_text import CleanText, RichText

MATHML = "<math><msqrt><mi>x</mi></msqrt></math>"
pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", "pipewire", "PulseAudio", "No audio device"
)


@pytest.fixture
def desk(db: Database, home: Path, learner: str, clock: Now) -> Desk:
    return Desk(db, home, learner, clock)


def shown(qtbot: QtBot, desk: Desk, html: str, language: str = "", **files: bytes) -> PageView:
    named = {name.replace("_", "."): desk.blob(data) for name, data in files.items()}
    page = Page(
        id="p", title="Page", blob=desk.blob(html.encode()), resources=named, language=language
    )
    view = PageView(desk.context(page), page)
    qtbot.addWidget(view)
    view.resize(760, 640)
    with qtbot.waitExposed(view):
        view.show()
    return view


# Formulas


def formulas(view: RichText) -> list[str]:
    cursor = view.textCursor()
    said = []
    for position in objects(view.document()):
        cursor.setPosition(position + 1)
        assert cursor.charFormat().objectType() == TYPE
        said.append(cursor.charFormat().toolTip())
    return said


def test_formulas_are_drawn_and_say_their_latex(qtbot: QtBot, desk: Desk) -> None:
    html = rf"<p>Soit \(t = \frac{{s}}{{v}}\), puis {MATHML}.</p><p>\[a &lt; b\]</p>"
    view = shown(qtbot, desk, html)
    assert formulas(view) == [r"t = \frac{s}{v}", "x", "a < b"]
    assert view.accessibleName() == r"Soit t = \frac{s}{v}, puis x. a < b"


def test_a_formula_stands_on_the_line_of_its_text(qtbot: QtBot, desk: Desk) -> None:
    alone = shown(qtbot, desk, "<p>xxxxx</p>").grab().toImage()
    beside = shown(qtbot, desk, r"<p>xxxxx \(x\)\(x\)\(x\)</p>").grab().toImage()

    def lowest(image: object) -> int:
        return max(
            y
            for y in range(20, 90)
            for x in range(24, 160)
            if image.pixelColor(x, y).lightness() < 128  # type: ignore[attr-defined]
        )

    assert lowest(beside) == pytest.approx(lowest(alone), abs=1)


def test_a_formula_has_the_colour_of_its_text(qtbot: QtBot, desk: Desk) -> None:
    plain_text = shown(qtbot, desk, r"<p>\(\blacksquare\)</p>").grab().toImage()
    link = shown(qtbot, desk, r"<p><a href='https://a.b'>\(\blacksquare\)</a></p>").grab()
    assert shows(plain_text, "#1c2230")
    assert shows(link.toImage(), "#3550c8")


def test_a_formula_grows_with_the_text(qtbot: QtBot, desk: Desk) -> None:
    html = r"<p>\(\frac{s}{v}\)</p>"
    usual = shown(qtbot, desk, html).document().size().height()
    desk.settings = Settings(text_size=200)
    assert shown(qtbot, desk, html).document().size().height() > usual + 10


def test_a_wide_formula_is_made_to_fit(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, r"<p>\[" + "x + " * 60 + r"y\]</p>")
    assert formulas(view)
    assert view.horizontalScrollBar().maximum() == 0


def test_what_cannot_be_drawn_shows_its_source(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, r"<p>a \(\frac{1}{\) b \(x\), 5 $ ou 10 $</p><pre>\(y\)</pre>")
    assert view.toPlainText().split("\n")[0] == "a \\frac{1}{ b \ufffc, 5 $ ou 10 $"
    assert "\\(y\\)" in view.toPlainText()
    assert formulas(view) == ["x"]


def test_copied_text_has_the_latex(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, r"<p>Soit \(x^2\) et <span dir='rtl'>abc</span>.</p>")
    view.selectAll()
    view.copy()
    assert QGuiApplication.clipboard().text() == "Soit x^2 et abc."


def test_many_formulas_come_in_turns_and_the_text_at_once(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.ui.lesson.rich_text._AT_ONCE", -1.0)
    view = shown(qtbot, desk, r"<p>un \(z_{77}\) deux</p>")
    assert view.toPlainText() == "un z_{77} deux"  # its source, for now
    monkeypatch.undo()
    qtbot.waitUntil(lambda: formulas(view) == ["z_{77}"])


def test_a_question_shows_formulas_too(qtbot: QtBot, desk: Desk) -> None:
    page = Page(id="p", title="Q", blob="0" * 64)
    text = RichText(desk.context(page), r"<p>\(10^2\) s</p>")
    qtbot.addWidget(text)
    assert formulas(text) == ["10^2"]
    assert plain(r"<p>\(10^2\) s</p>") == "10^2 s"


def test_a_letter_shows_formulas_at_the_width_it_has(qtbot: QtBot) -> None:
    text = CleanText(Settings(), Qt.LayoutDirection.LeftToRight, r"<p>\(x + " + "y + " * 9 + r"z\)")
    qtbot.addWidget(text)
    text.show()
    text.resize(80, 100)
    narrow = text.document().size().height()
    text.resize(700, 100)
    assert text.document().size().height() > narrow


# Direction


def test_a_page_has_the_direction_of_its_own_language(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, "<p>مرحبا</p>", "ar")
    assert view.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert view.cursorRect(view.textCursor()).x() > view.width() / 2


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ('<p lang="ar">a</p>', '<p dir="rtl">a</p>'),
        ('<div lang="ar"><p>a</p><p lang="fr">b</p></div>',
         '<div dir="rtl"><p dir="rtl">a</p><p>b</p></div>'),
        ('<p dir="auto">مر</p>', '<p dir="rtl">مر</p>'),
        ('<p>a <span lang="he">b</span></p>', "<p>a <span>\u2067b\u2069</span></p>"),
        ("<p>a <bdi>b</bdi></p>", "<p>a <span>\u2068b\u2069</span></p>"),
    ],
)  # fmt: skip
def test_direction_is_said_as_qt_knows_it(html: str, made: str) -> None:
    assert arranged(html, lambda _: None) == f"<div>{made}</div>"


def test_code_in_a_page_from_the_right_is_written_from_the_left() -> None:
    html = arranged("<p>a <code>x(1)</code></p>", lambda _: None, from_the_right=True)
    assert '<p dir="rtl">a <code>\u2066x(1)\u2069</code></p>' in html


def test_columns_of_a_table_from_the_right_begin_at_the_right() -> None:
    html = arranged("<table><tr><td>1</td><td>2</td></tr></table>", lambda _: None,
                    from_the_right=True)  # fmt: skip
    assert html.index(">2<") < html.index(">1<")


# Tables, code, pictures


def test_a_wide_table_scrolls_and_its_words_stay_whole(qtbot: QtBot, desk: Desk) -> None:
    cells = "".join(f"<td>Nomenclature{n}</td>" for n in range(12))
    view = shown(qtbot, desk, f"<table><tr>{cells}</tr></table>")
    assert view.horizontalScrollBar().maximum() > 300


def test_a_table_is_made_to_fit_before_it_scrolls(qtbot: QtBot, desk: Desk) -> None:
    words = ["Nomenclature", "Responsabilité", "Coordination", "Indispensable"]
    cells = "".join(f"<td>{one}</td>" for one in words)
    view = shown(qtbot, desk, f"<p>{'mot ' * 200}</p><table><tr>{cells}</tr></table>")
    roomy, fits = view.document().size(), []
    for width in range(view.width(), 300, -20):
        view.resize(width, view.height())
        QApplication.processEvents()
        scrolls = view.horizontalScrollBar().maximum() > 0
        fits.append((view._fit, scrolls))
    assert fits == sorted(fits), "roomy, then tighter, then with broken words, then it scrolls"
    assert {fit for fit, _ in fits} == {0, 1, 2} == {fit for fit, scrolls in fits if not scrolls}
    view.resize(640, view.height())
    QApplication.processEvents()
    assert view._fit == 0
    assert roomy.height() <= view.document().size().height()


def test_a_table_is_not_set_tighter_for_code_that_is_wide(qtbot: QtBot, desk: Desk) -> None:
    code = "<pre><code>" + "mot " * 60 + "</code></pre>"
    view = shown(qtbot, desk, f"<table><tr><td>Un</td><td>Deux</td></tr></table>{code}")
    assert view.horizontalScrollBar().maximum() > 0
    assert view._fit == 0


def test_code_is_never_wrapped(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, "<pre><code>" + "mot " * 60 + "</code></pre>")
    assert view.horizontalScrollBar().maximum() > 300


def test_a_table_in_a_question_scrolls_there(qtbot: QtBot, desk: Desk) -> None:
    page = Page(id="p", title="Q", blob="0" * 64)
    cells = "".join(f"<td>Nomenclature{n}</td>" for n in range(12))
    text = RichText(desk.context(page), f"<table><tr>{cells}</tr></table>")
    qtbot.addWidget(text)
    text.resize(300, 200)
    text.show()
    assert text.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOn
    assert text.height() > text.document().size().height()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" '
SVG += 'xmlns:xlink="http://www.w3.org/1999/xlink">{inside}</svg>'
BOX = '<rect width="40" height="20" fill="#ff0000"/>'


def test_an_svg_picture_is_shown_without_what_it_would_load(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "private.svg").write_text(SVG.format(inside=BOX.replace("ff0000", "00ff00")))
    private = (tmp_path / "private.svg").as_uri()
    inside = f'{BOX}<image xlink:href="{private}" width="40" height="20"/><script>x()</script>'
    view = shown(qtbot, desk, "<p><img src='a.svg' alt='x'></p>",
                 a_svg=SVG.format(inside=inside).encode())  # fmt: skip
    image = view.grab().toImage()
    assert shows(image, "#ff0000")
    assert not shows(image, "#00ff00")


@pytest.mark.parametrize(
    "harm",
    [
        '<image xlink:href="file:///etc/a.png"/>',
        '<image href="https://e.example/a.png"/>',
        '<use xlink:href="other.svg#a"/>',
        "<script>x()</script>",
        "<foreignObject><p>x</p></foreignObject>",
        '<rect onload="x()"/>',
        '<rect style="fill:url(https://e.example/a)"/>',
        '<style>@import "https://e.example/a.css";</style>',
        '<a xlink:href="javascript:x()"><text>y</text></a>',
    ],
)
def test_an_svg_looks_nowhere_else(harm: str) -> None:
    made = safe_svg.made_safe(SVG.format(inside=BOX + harm).encode()).decode()
    assert "#ff0000" in made
    for word in ("file:", "https:", "other.svg", "script", "foreign", "onload", "@import"):
        assert word not in made.replace("http://www.w3.org", "")


def test_an_svg_of_entities_is_none() -> None:
    laughs = '<!DOCTYPE s [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
    made = safe_svg.made_safe((laughs + SVG.format(inside="<text>&b;</text>")).encode())
    assert b"aa" not in made
    assert safe_svg.made_safe(b"<svg") == b""
    assert safe_svg.made_safe(b"\x1f\x8bsvgz") == b""
    assert safe_svg.made_safe(b"\x89PNG...") == b"\x89PNG..."


# Pages that mean harm

HOSTILE = {
    "script": "<script>evil()</script><p>mot</p>",
    "frame": "<iframe src='https://e.example'>evil</iframe><p>mot</p>",
    "handler": "<p onclick='evil()' onload=evil()>mot</p>",
    "style": "<style>p{background:url(//e/evil)}</style><p style='x:url(evil)'>mot</p>",
    "data": "<img src='data:text/html,evil'><p>mot</p>",
    "link": "<p><a href='javascript:evil()'>mot</a></p>",
    "data link": "<p><a href='data:text/html,evil'>mot</a></p>",
    "vbscript": "<p><a href=' vbscript:evil()'>mot</a></p>",
    "refresh": "<meta http-equiv=refresh content='0;url=https://e.example/evil'><p>mot</p>",
    "base": "<base href='https://e.example/evil'><p>mot</p>",
    "form": "<form action='https://e.example/evil'><input value=evil></form><p>mot</p>",
    "svg": "<svg onload=evil()><script>evil()</script><a href=evil>evil</a></svg><p>mot</p>",
    "object": "<object data=evil>evil</object><embed src=evil><p>mot</p>",
    "mutation": "<math><mtext><table><mglyph><style><img src=evil onerror=evil()></style></table>"
    "</mtext></math><p>mot</p>",
    "template": "<template><p>evil</p></template><p>mot</p>",
    "noscript": "<noscript><p title='</noscript><img src=x>'></noscript><p>mot</p>",
    "comment": "<!--evil--><!--><p>mot</p>",
    "deep": "<div>" * 100_000 + "mot",
    "tables": "<table><tr><td>" * 90 + "mot",
    "quotes": "<blockquote>" * 90 + "mot",
    "attributes": f"<p {' '.join(f'a{n}=evil' for n in range(100_000))}>mot</p>",
    "spans": "<table><tr><td colspan=99999999 rowspan=99999999>mot</table>",
    "numbers": "<ol start=99999999999999999999><li>mot</ol>",
    "one line": "mot" * 100_000,
    "formulas": r"<p>\(x^{x^{x^{x^{x^{x^{x^{x^{x^{x^{x}}}}}}}}}}\)</p><p>mot</p>",
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_shows_its_text_and_nothing_else(
    qtbot: QtBot, desk: Desk, html: str
) -> None:
    view = shown(qtbot, desk, html)
    said = view.toPlainText()
    assert "mot" in said
    assert "evil" not in said
    assert "evil" not in view.toHtml()
    assert desk.addresses == desk.activities == []


def test_a_table_of_endless_rows_and_columns_is_lines_of_text() -> None:
    square = "<table><tr><th>Kept</th></tr>" + "<tr>" * 5000 + "<td>x" * 5000
    down = "<table>" + "<tr><td rowspan=9999>x</td></tr>" * 5000
    for html in (square, down, "<table><tr>" + "<td colspan='99999'>x</td>" * 60):
        made = arranged(html, lambda _: None)
        assert "<table" not in made
        assert made.count("x") >= 60
    usual = "<table>" + "<tr><td rowspan=2>x</td><td colspan=9999>y</td></tr>" * 9
    assert 'colspan="1000"' in arranged(usual, lambda _: None)


# Finding


def test_words_are_found_whatever_their_accents(qtbot: QtBot, desk: Desk) -> None:
    view = shown(
        qtbot, desk, "<p>Une Équipe.</p><p>L’équipe dort.</p><table><tr><td>equipe</table>"
    )
    found = hits(view.document(), "  équipe ")
    assert [view.words_between(*one) for one in found] == ["Équipe", "équipe", "equipe"]
    assert hits(view.document(), "absent") == hits(view.document(), " ") == []
    arabic = shown(qtbot, desk, "<p>مَدْرَسَة كبيرة</p>", "ar")
    assert len(hits(arabic.document(), "مدرسة")) == 1
    smiling = shown(qtbot, desk, "<p>😀 bravo</p>")
    assert [smiling.words_between(*one) for one in hits(smiling.document(), "bravo")] == ["bravo"]


def test_finding_by_the_keyboard(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, "<p>un mot</p>" + "<p>rien</p>" * 80 + "<p>un mot</p>")
    view.activateWindow()
    view.setFocus()
    qtbot.keyClick(view, "f", Qt.KeyboardModifier.ControlModifier)
    words = view.bar.words
    qtbot.waitUntil(words.hasFocus)
    qtbot.keyClicks(words, "MOT")
    assert words.accessibleDescription() == "1 of 2"
    assert len(view.extraSelections()) == 2
    qtbot.keyClick(words, Qt.Key.Key_Return)
    assert words.accessibleDescription() == "2 of 2"
    assert view.verticalScrollBar().value() > 0
    assert view.bar.geometry().bottom() <= view.viewport().geometry().top()
    qtbot.keyClick(words, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert words.accessibleDescription() == "1 of 2"
    qtbot.keyClicks(words, "zz")
    assert words.accessibleDescription() == "not found"
    qtbot.keyClick(words, Qt.Key.Key_Escape)
    assert view.bar.isHidden()
    assert view.hasFocus()
    assert view.extraSelections() == []


def test_a_letter_that_stands_everywhere_is_marked_around_here(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, "<p>e e e e e e e e e e</p>" * 300)
    view.bar.open("")
    view.bar.words.setText("e")
    assert view.bar.words.accessibleDescription() == "1 of 3000"
    assert len(view.extraSelections()) <= 1000


def test_a_page_is_opened_at_words_of_it(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, "<p>rien</p>" * 80 + "<p>Décider ensemble</p>")
    view.show_spot(Spot(words="decider"))
    assert view.textCursor().selectedText() == "Décider"
    assert view.verticalScrollBar().value() > 0


# Letters


def test_the_font_for_dyslexic_readers_comes_with_its_licence() -> None:
    folder = Path(look.__file__).parents[1] / "fonts"
    licence = (folder / "OpenDyslexic-LICENCE.txt").read_text(encoding="utf-8")
    assert "CC-BY-3.0" in licence
    assert "Abelardo Gonzalez" in licence
    assert sum(one.stat().st_size for one in folder.iterdir()) < 500_000
    assert {one.name for one in folder.glob("*.otf")} == set(look.FACES)


def test_the_fonts_and_their_licence_are_in_the_package() -> None:
    root = Path(look.__file__).parents[3]
    facts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = facts["tool"]["setuptools"]["package-data"]["player.ui"]
    for file in (root / "player" / "ui" / "fonts").iterdir():
        assert any(file.match(f"player/ui/{pattern}") for pattern in patterns), file.name


def test_letters_and_spacing_follow_the_settings(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, "<p>Une ligne de texte.</p>" * 30)
    high, wide = view.document().size().height(), view.column
    redress(view, Settings(text_font="dyslexic", line_spacing=200, letter_spacing=10))
    font = view.document().defaultFont()
    assert font.families()[0] == "OpenDyslexic"
    assert font.letterSpacing() == 110
    assert view.document().size().height() > high * 1.3
    redress(view, Settings(text_width="narrow"))
    assert view.column < wide
    assert "OpenDyslexic" not in view.document().defaultFont().families()


def test_other_letters_do_not_make_a_page_read(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, "<p>Une ligne de texte.</p>" * 200)
    redress(view, Settings(text_size=200))
    redress(view, Settings())
    assert desk.kinds() == ["opened"]


def test_letters_that_hang_together_are_not_pulled_apart(qtbot: QtBot, desk: Desk) -> None:
    desk.settings = Settings(letter_spacing=20)
    view = shown(qtbot, desk, "<p>مرحبا</p>", "ar")
    assert view.document().defaultFont().letterSpacing() in (0, 100)


# Aloud


@pytest.fixture
def _spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices, "engines", lambda: ["mock"])


def test_sentences_are_told_apart(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, r"<p>Un mot. Deux \(x\) ! Et trois ?</p><p>Fin</p>")
    said = [view.words_between(one.start, one.end).strip() for one in sentences(view.document())]
    assert said == ["Un mot.", "Deux x !", "Et trois ?", "Fin"]


@pytest.mark.usefixtures("_spoken")
def test_a_page_is_read_aloud_and_what_is_heard_is_marked(qtbot: QtBot, desk: Desk) -> None:
    desk.language = "en"
    view = shown(qtbot, desk, "<p>One. Two.</p><p>Three.</p>")
    speaks, _find = view.tools()
    assert speaks.accessibleName().startswith("Read aloud")
    heard: list[str] = []
    aloud = view.listening.aloud
    assert aloud is not None
    aloud.sentence_changed.connect(
        lambda one: heard.append(view.words_between(one.start, one.end).strip() if one else "")
    )
    qtbot.keyClick(
        view, "u", Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert aloud.playing
    assert len(view.extraSelections()) == 1
    assert speaks.accessibleName().startswith("Pause")
    qtbot.waitUntil(lambda: heard[-1] == "")
    assert heard == ["One.", "Two.", "Three.", ""]
    assert view.extraSelections() == []


@pytest.mark.usefixtures("_spoken")
def test_reading_aloud_rests_goes_on_and_ends_with_the_lesson(qtbot: QtBot, desk: Desk) -> None:
    desk.language = "en"
    view = shown(qtbot, desk, "<p>A sentence of many words that takes a while. Two.</p>")
    view.tools()
    aloud = view.listening.aloud
    assert aloud is not None
    view.listening.turn()
    view.listening.turn()
    assert not aloud.playing
    assert aloud.begun
    view.listening.turn()
    assert aloud.playing
    view.close_lesson()
    assert not aloud.playing
    assert not aloud.begun


@pytest.mark.usefixtures("_spoken")
def test_without_a_voice_for_the_language_there_is_no_control(qtbot: QtBot, desk: Desk) -> None:
    view = shown(qtbot, desk, "<p>مرحبا</p>", "ar")
    assert [one.accessibleName() for one in view.tools()] == ["Find in this text (Ctrl+F)"]
    view.listening.turn()  # and its key does nothing


def test_without_any_voice_the_settings_say_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices, "engines", list)
    assert voices.described().startswith("This computer has no voice")
    assert voices.voice("fr") is None
