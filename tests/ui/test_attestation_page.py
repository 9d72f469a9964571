# SPDX-License-Identifier: Apache-2.0
"""The attestation in the window: what is missing, the provisional one, what came, anybody's."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from posted import AT, PLATFORM, SECRET, Post
from PySide6.QtCore import QBuffer, QByteArray, QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPlainTextEdit, QPushButton
from shell import COURSE, Publisher, Shell, seen

from player.course import credential, jwt
from player.course.credential import Grant
from player.course.did import did_of
from player.course.judging import Verdict
from player.journal import events as acts
from player.journal import journal
from player.journal.items import Attestation

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

RULE = '\n[attestation]\ntitle = "Attestation de suivi"\ntext = "Tout est vu et réussi."\n'
RULE += "watched = 0.8\nmarks = { examen = 0.6 }\n"
ISSUER = Ed25519PrivateKey.from_private_bytes(bytes([5] * 32))
NOW = datetime(2026, 1, 8, 9, tzinfo=UTC)


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    """The small course, with a rule."""
    made = Publisher(tmp_path)
    source = tmp_path / "source"
    assert made.publish() == COURSE
    outline = source / "course.toml"
    rule = outline.read_text(encoding="utf-8") + RULE
    made.publish({"course.toml": rule.partition('\n[[section]]\ntitle = "Décider"')[0] + RULE})
    return made


@pytest.fixture
def open_course(shell: Shell) -> Shell:
    shell.learn()
    platform = msgspec.structs.replace(
        PLATFORM, repositories=(), issuers=(did_of(ISSUER.public_key()),)
    )
    shell.shown.services.join(msgspec.json.encode(platform))
    shell.take(COURSE)
    return shell


def line(shell: Shell) -> list[str]:
    return shell.texts(shell.window.course.attestation)


def do(shell: Shell, activity: str, act: acts.AnyAct) -> None:
    services = shell.shown.services
    journal.record(services.db, services.where(COURSE, activity), act, services.now)


def watch(shell: Shell) -> None:
    seen_: dict[str, Any] = {"visit": "v", "time": 60.0, "length": 60.0}
    do(shell, "roles-video", acts.Completed(type="video", **seen_))


def pass_exam(shell: Shell) -> None:
    done = acts.Finished(type="exam", attempt="a", score=0.8, points=8, out_of=10, passed=True)
    do(shell, "examen", done)


def do_all(shell: Shell) -> None:
    watch(shell)
    pass_exam(shell)
    shell.window.course.mark_now()


def grant(shell: Shell, **changes: str) -> Grant:
    learner = shell.shown.services.learner
    assert learner
    about = {"home": PLATFORM.home, "platform": "Campus", "course": COURSE, "learner": learner.id}
    about |= {"title": "Attestation de suivi", "text": "Tout est vu et réussi."}
    return Grant(**{**about, **changes})


def came(shell: Shell, tmp_path: Path, text: str) -> None:
    """A credential comes with a letter."""
    services = shell.shown.services
    folder = tmp_path / "stick"
    Post(shell, folder).learner(
        Attestation(id="t1", at=AT, title="Attestation de suivi", credential=text, text="Bravo.")
    )
    assert services.mail.take([folder]).problems == ()


def open_page(shell: Shell) -> None:
    shell.press("Attestation", shell.window.course.attestation)
    assert shell.window.page == "attestation"


def save(shell: Shell, monkeypatch: pytest.MonkeyPatch, path: Path, words: str) -> bytes:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
    shell.press(words, shell.window.attestation)
    return path.read_bytes()


def read_code(data: bytes, dots: int = 150) -> list[str]:
    """What a phone would read off the printed page, at so many dots to the inch."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    pdf = QPdfDocument()
    pdf.load(buffer)
    assert pdf.pageCount() == 1
    size = QSize(round(8.27 * dots), round(11.69 * dots))
    page = QImage(size, QImage.Format.Format_Grayscale8)
    page.fill(255)
    painter = QPainter(page)
    painter.drawImage(0, 0, pdf.render(0, size))
    painter.end()
    wide = page.bytesPerLine()
    raw = bytes(page.constBits())
    rows = b"".join(raw[y * wide : y * wide + size.width()] for y in range(size.height()))
    pixels = memoryview(rows).cast("B", (size.height(), size.width()))
    found = zxingcpp.read_barcodes(pixels, formats=zxingcpp.BarcodeFormat.QRCode)
    return [one.text for one in found]


def test_a_course_without_one_shows_none(shell: Shell, publisher: Publisher) -> None:
    shell.learn()
    publisher.publish(
        {
            "course.toml": (publisher.root / "source" / "course.toml")
            .read_text(encoding="utf-8")
            .partition("\n[attestation]")[0]
        }
    )
    shell.shown.services.refresh_all()
    shell.take(COURSE)
    assert not shell.window.course.attestation.isVisible()


def test_from_the_start_it_says_what_is_missing_and_leads_there(open_course: Shell) -> None:
    shell = open_course
    (said,) = line(shell)
    assert said == "Attestation de suivi: 0 of 2 done. Next: Watch 80% of the videos: 0% so far"
    watch(shell)
    shell.window.course.mark_now()
    (said,) = line(shell)
    assert said == "Attestation de suivi: 1 of 2 done. Next: Reach 60% in “Examen”: 0% so far"
    shell.press("Go there", shell.window.course.attestation)
    assert (shell.window.page, shell.window.lesson.activity) == ("lesson", "examen")


def test_the_page_has_each_condition_and_gives_nothing_yet(open_course: Shell) -> None:
    shell = open_course
    open_page(shell)
    texts = shell.texts(shell.window.attestation)
    assert "Watch 80% of the videos: 0% so far" in texts
    assert "Reach 60% in “Examen”: 0% so far" in texts
    assert "How you get it" in texts
    visible = [one.text() for one in seen(shell.window.attestation, QPushButton)]
    assert "Save as PDF…" not in visible
    shell.press("Back", shell.window.attestation)
    assert shell.window.page == "course"


def test_a_mark_that_is_waited_for_is_said(open_course: Shell) -> None:
    shell = open_course
    watch(shell)
    do(shell, "examen", acts.Finished(type="exam", attempt="a", score=0, points=0, out_of=0))
    shell.window.course.mark_now()
    assert line(shell) == ["Attestation de suivi: all is done here, waiting for the mark."]


def test_the_provisional_one_says_so_in_both_languages_and_its_code_reads(
    open_course: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = open_course
    do_all(shell)
    assert line(shell) == ["Attestation de suivi: all that it asks for is done."]
    open_page(shell)
    page = shell.window.attestation
    (name,) = seen(page.having, QLineEdit)
    assert name.text() == "Awa"
    name.selectAll()
    shell.qtbot.keyClicks(name, "Awa Ndiaye")
    data = save(shell, monkeypatch, tmp_path / "a.pdf", "Save as PDF…")
    services = shell.shown.services
    (text,) = read_code(data)
    judged = services.attesting.judge(text.encode())
    assert (judged.verdict, judged.name) == (Verdict.CLAIM, "Awa Ndiaye")
    assert services.attesting.judge(data) == judged  # the file says what its code says
    assert services.settings.printed_name == "Awa Ndiaye"
    assert services.attesting.has_claimed(COURSE)
    from player.ui import attestation_paper  # noqa: PLC0415 - as the page does

    sheet = attestation_paper.Sheet(text, judged, "Awa", "C", "Campus", ("en", "fr"))
    paper = attestation_paper.document(sheet).toPlainText()
    assert "PROVISIONAL: Campus" in paper
    assert "PROVISOIRE : Campus" in paper
    shell.press("Back", page)
    assert line(shell) == ["Attestation de suivi: asked for. The platform has yet to confirm it."]


def test_read_in_another_language_it_is_called_as_the_course_says_there(
    open_course: Shell, publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = open_course
    outline = (tmp_path / "source" / "course.toml").read_text(encoding="utf-8")
    english = '[attestation]\ntitle = "Followed with success"\ntext = "All is seen and passed."\n'
    publisher.publish(
        {
            "course.toml": outline.partition('\n[[section]]\ntitle = "Décider"')[0],
            "course.en.toml": english,
        }
    )
    services = shell.shown.services
    services.refresh_all()
    services.renew(COURSE)
    services.languages.choose(COURSE, "en")
    do_all(shell)
    shell.window.open_course(COURSE)
    shell.idle()
    assert line(shell) == ["Followed with success: all that it asks for is done."]
    open_page(shell)
    page = shell.window.attestation
    assert {"Followed with success", "All is seen and passed."} <= set(shell.texts(page))
    (text,) = read_code(save(shell, monkeypatch, tmp_path / "a.pdf", "Save as PDF…"))
    assert services.attesting.judge(text.encode()).title == "Followed with success"
    # What the platform signs is in the course's own language; the paper says both
    came(shell, tmp_path, credential.write(grant(shell, name="Awa"), ISSUER, NOW))
    page.show_now()
    from player.ui import attestation_paper  # noqa: PLC0415 - as the page does

    paper = attestation_paper.document(page.having._sheet()).toPlainText()
    assert "Attestation de suivi\nIn translation: Followed with success\n" in paper


def test_the_platforms_is_shown_saved_printed_and_told(
    open_course: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = open_course
    text = credential.write(grant(shell, name="Awa Ndiaye"), ISSUER, NOW)
    came(shell, tmp_path, text)
    shell.window.course.mark_now()
    assert line(shell) == [f"Attestation de suivi: confirmed by {PLATFORM.name}."]
    open_page(shell)
    page = shell.window.attestation
    texts = "\n".join(shell.texts(page))
    assert "Genuine: signed by" in texts
    assert "It is of Awa, who learns on this computer." in texts
    (name,) = seen(page.having, QLineEdit)
    assert (name.text(), name.isReadOnly()) == ("Awa Ndiaye", True)
    assert read_code(save(shell, monkeypatch, tmp_path / "a.pdf", "Save as PDF…")) == [text]
    assert save(shell, monkeypatch, tmp_path / "a.jwt", "Save for a portfolio…") == text.encode()
    whole = save(shell, monkeypatch, tmp_path / "a.json", "Save for a portfolio…")
    assert json.loads(whole)["id"] == f"data:application/vc+jwt,{text}"
    assert jwt.find(whole) == text
    asked: list[str] = []
    page.address_wanted.disconnect()
    page.address_wanted.connect(asked.append)
    shell.press("Add to LinkedIn", page)
    assert asked[0].startswith("https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME")
    assert "issueYear=2026&issueMonth=1&" in asked[0]
    shell.press("Copy the text", page)
    assert QGuiApplication.clipboard().text() == text


def test_a_forged_one_is_said_to_be_and_cannot_be_printed(
    open_course: Shell, tmp_path: Path
) -> None:
    shell = open_course
    text = credential.write(grant(shell), ISSUER, NOW)
    came(shell, tmp_path, text[:-6] + "AAAAAA")
    open_page(shell)
    page = shell.window.attestation
    assert any(one.startswith("Not genuine") for one in shell.texts(page))
    assert "Save as PDF…" not in [one.text() for one in seen(page, QPushButton)]


def test_a_message_leads_to_it(open_course: Shell, tmp_path: Path) -> None:
    shell = open_course
    came(shell, tmp_path, credential.write(grant(shell), ISSUER, NOW))
    shell.window.open_message("t1")
    shell.press("Show the attestation")
    assert (shell.window.page, shell.window.attestation.course) == ("attestation", COURSE)


def test_anybodys_is_checked_by_paste_by_file_and_by_drop(
    open_course: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = open_course
    window = shell.window
    window.settings.check_wanted.emit()
    assert (window.page, window.attestation.course) == ("attestation", "")
    card = window.attestation.verify
    (field,) = seen(card, QPlainTextEdit)
    text = credential.write(grant(shell, learner="somebody"), ISSUER, NOW)
    for shown, starts in (
        (text, "Genuine"),
        (text.replace("J", "~", 1), "This is no credential"),
        (text[:-5] + "AAAAA", "Not genuine"),
        (credential.write(grant(shell), SECRET, NOW), "Unknown issuer"),
        (credential.write_claim(grant(shell), SECRET, NOW), "Not confirmed"),
        ("Bonjour", "This is no credential"),
    ):
        field.setPlainText(shown)
        assert any(one.startswith(starts) for one in shell.texts(card)), (starts, shell.texts(card))
    field.clear()
    assert not card.verdict.isVisible()
    path = tmp_path / "other.jwt"
    path.write_text(text)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(path), ""))
    shell.press("Choose a file…", card)
    assert any(one.startswith("Genuine") for one in shell.texts(card))
    card.look_at(tmp_path / "away.jwt")
    assert not card.verdict.isVisible()  # it would seem to be the verdict of this one
    data = QMimeData()
    path.write_text("nothing")
    data.setUrls([QUrl.fromLocalFile(str(path))])
    card.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert "This is no credential." in shell.texts(card)
    shell.press("Back", window.attestation)
    assert window.page == "settings"


def test_all_of_it_is_reached_with_tab_alone(open_course: Shell) -> None:
    shell = open_course
    do_all(shell)
    open_page(shell)
    page = shell.window.attestation
    reached: list[str] = []
    for _ in range(12):
        at = shell.window.focusWidget()
        reached.append(at.accessibleName() or getattr(at, "text", str)())
        shell.qtbot.keyClick(at, Qt.Key.Key_Tab)
    for words in ("Save as PDF…", "Print…", "What the code says", "Choose a file…"):
        assert words in reached, reached
    assert page.isVisible()


def test_a_code_that_is_too_long_is_left_out(qtbot: object) -> None:
    from player.ui import attestation_paper  # noqa: PLC0415 - as the page does

    assert attestation_paper.code("e" * 3000) is None
