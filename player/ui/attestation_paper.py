# SPDX-License-Identifier: Apache-2.0
"""An attestation on paper: a sheet that a person can read, and a code that a program can check."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import segno
from PySide6.QtCore import QBuffer, QMarginsF, QUrl
from PySide6.QtGui import QImage, QPageSize, QPdfWriter, QTextDocument, qRgb

from player.course.judging import Judged, Verdict
from player.errors import QT_TRANSLATE_NOOP
from player.ui.language import day, in_language, translate

_SIDE = 400  # of the code, in the sheet's pixels (96 to the inch): some 106 mm
_DOT = 4  # pixels of one dot
_STYLE = """
    body { font-family: sans-serif; font-size: 11pt; color: #000000; }
    h1 { font-size: 24pt; font-weight: 600; }
    .name { font-size: 18pt; font-weight: 600; }
    .notice { font-size: 13pt; font-weight: 600; }
    .small { font-size: 8.5pt; }
"""
_NOTICE = QT_TRANSLATE_NOOP(
    "Attestation",
    "PROVISIONAL: {platform} has not confirmed it yet. It attests nothing until then.",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What goes onto paper: a signed `text` (a JWT), what it is, and what it does not say.

    `name` is to be printed, `course` is the course's title and `languages` those of the learner
    and of the course; `translated` is its title as the learner reads it, where `text` has another.
    """

    text: str
    judged: Judged
    name: str
    course: str
    platform: str
    languages: tuple[str, ...] = ()
    translated: str = ""

    @property
    def is_claim(self) -> bool:
        """Whether nobody has confirmed it."""
        return self.judged.verdict is Verdict.CLAIM


def code(text: str) -> QImage | None:
    """The QR code of a text, with the quiet zone that readers need; None where it is too long."""
    try:
        made = segno.make_qr(text, error="l", boost_error=False)
    except segno.DataOverflowError:
        return None
    rows = [list(row) for row in made.matrix_iter(scale=_DOT, border=4)]
    image = QImage(len(rows), len(rows), QImage.Format.Format_Mono)
    image.setColorTable([qRgb(255, 255, 255), qRgb(0, 0, 0)])
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            image.setPixel(x, y, 1 if dark else 0)
    return image


def document(sheet: Sheet) -> QTextDocument:
    """The sheet, laid out."""
    made = QTextDocument()
    made.setDefaultStyleSheet(_STYLE)
    image = code(sheet.text)
    if image is not None:
        made.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl("code"), image)
    parts = [*_head(sheet), *_who(sheet), *_code(sheet, has_code=image is not None)]
    made.setHtml(f'<body><div align="center">{"".join(parts)}</div></body>')
    return made


def as_pdf(sheet: Sheet) -> bytes:
    """It as a PDF of one A4 page, which carries the signed text in its metadata too."""
    data = QBuffer()
    data.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(data)
    writer.setTitle(sheet.judged.title)
    writer.setDocumentXmpMetadata(_metadata(sheet).encode())
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))  # printing a document leaves 2 cm by itself
    document(sheet).print_(writer)
    return bytes(data.data().data())


def _head(sheet: Sheet) -> list[str]:
    parts = [f"<p>{escape(sheet.platform)}</p>"]
    if sheet.is_claim:
        spoken = dict.fromkeys(in_language(one, "Attestation", _NOTICE) for one in sheet.languages)
        lines = (escape(one.format(platform=sheet.platform)) for one in spoken)
        cell = "".join(f'<p class="notice" align="center">{one}</p>' for one in lines)
        parts.append(
            f'<p></p><table width="100%" border="2" cellpadding="8" cellspacing="0" '
            f'style="border-color: #000000"><tr><td>{cell}</td></tr></table>'
        )
    parts.append(f"<h1>{escape(sheet.judged.title)}</h1>")
    if sheet.translated:
        said = translate("Attestation", "In translation: {title}").format(title=sheet.translated)
        parts.append(f"<p>{escape(said)}</p>")
    return parts


def _who(sheet: Sheet) -> list[str]:
    judged = sheet.judged
    if sheet.is_claim:
        said = translate(
            "Attestation",
            "By what was recorded on this computer, all that the course “{course}” asks for is "
            "done.",
        )
        dated = translate("Attestation", "Made on {day}, by the clock of this computer")
    else:
        said = translate("Attestation", "{platform} attests this for the course “{course}”.")
        dated = translate("Attestation", "Issued on {day}")
    said = said.format(course=sheet.course, platform=sheet.platform)
    more = "" if sheet.is_claim or judged.text == judged.title else judged.text
    name = f'<p class="name">{escape(sheet.name)}</p>' if sheet.name else ""
    dated = dated.format(day=day(judged.since))
    return [name, *(f"<p>{escape(one)}</p>" for one in (said, more, dated) if one)]


def _code(sheet: Sheet, *, has_code: bool) -> list[str]:
    if sheet.is_claim:
        said = translate(
            "Attestation",
            "The code holds this claim, signed with the key of the learner's computer. Anybody can "
            "check by it that nothing was changed; it proves no more than that.",
        )
    else:
        said = translate(
            "Attestation",
            "The code is the credential itself (Open Badges 3.0), signed by {platform}. It can be "
            "checked without a network: with Cartable, or with any program that knows the key "
            "below.",
        )
    lines = [said.format(platform=sheet.platform)]
    if sheet.judged.name != sheet.name or not sheet.name:
        lines.append(
            translate(
                "Attestation",
                "The name was written by whoever printed this page: the code names nobody, only "
                "the account of a learner.",
            )
        )
    lines += [sheet.judged.id, sheet.judged.key]
    image = f'<p><img src="code" width="{_SIDE}" height="{_SIDE}"/></p>' if has_code else ""
    return [image, *(f'<p class="small">{escape(line)}</p>' for line in lines)]


def _metadata(sheet: Sheet) -> str:
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:source>{escape(sheet.text)}</dc:source>"
        '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
    )
