# SPDX-License-Identifier: Apache-2.0
"""Icons drawn as strokes on a 24 × 24 grid, in the colour that the moment asks for.

Where the window is read from the right, those that point along the line of reading are mirrored.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from player.ui.style import colours

_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{colour}"'
    ' stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round">'
)

SHAPES = {
    "play": '<path d="M7 4.5v15l12-7.5z" fill="{colour}"/>',
    "pause": '<path d="M8 5v14M16 5v14" stroke-width="3.4"/>',
    "stop": '<rect x="6" y="6" width="12" height="12" rx="1" fill="{colour}"/>',
    "back10": '<path d="M4 4v5h5M4.6 9a8 8 0 1 1-.5 4"/><path d="M9.5 10.5v5M13 12v2a1.5 1.5 0 0 0 3 0v-2a1.5 1.5 0 0 0-3 0" stroke-width="1.4"/>',
    "forward10": '<path d="M20 4v5h-5M19.4 9a8 8 0 1 0 .5 4"/><path d="M8.5 10.5v5M12 12v2a1.5 1.5 0 0 0 3 0v-2a1.5 1.5 0 0 0-3 0" stroke-width="1.4"/>',
    "volume": '<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z"/><path d="M15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a7.8 7.8 0 0 1 0 11"/>',
    "mute": '<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z"/><path d="m16 9.5 5 5m0-5-5 5"/>',
    "captions": '<rect x="3" y="5" width="18" height="14" rx="2.5"/><path d="M10.5 10.5a2.2 2.2 0 1 0 0 3M17.5 10.5a2.2 2.2 0 1 0 0 3"/>',
    "fullscreen": '<path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"/>',
    "speed": '<path d="M4.5 17a8.5 8.5 0 1 1 15 0"/><path d="m12 14 4-5"/>',
    "quality": '<path d="M4 7h9M17 7h3M4 12h3M11 12h9M4 17h11M19 17h1"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="12" r="2"/><circle cx="17" cy="17" r="2"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7"/>',
    "check-circle": '<circle cx="12" cy="12" r="9"/><path d="m8 12.3 2.8 2.8L16 9.8"/>',
    "cross": '<path d="M6 6l12 12M18 6 6 18"/>',
    "cross-circle": '<circle cx="12" cy="12" r="9"/><path d="m9 9 6 6m0-6-6 6"/>',
    "circle": '<circle cx="12" cy="12" r="8.5"/>',
    "half": '<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5a8.5 8.5 0 0 1 0 17z" fill="{colour}" stroke="none"/>',
    "dot": '<circle cx="12" cy="12" r="4" fill="{colour}"/>',
    "link": '<path d="M9.5 14.5l5-5M8 11l-2.5 2.5a3.9 3.9 0 0 0 5.5 5.5L13.5 16.5M16 13l2.5-2.5a3.9 3.9 0 0 0-5.5-5.5L10.5 7.5"/>',
    "copy": '<rect x="8.5" y="8.5" width="11" height="11" rx="2"/><path d="M15.5 5.5v-1h-11v11h1"/>',
    "arrow-left": '<path d="M19 12H5m6-6.5L4.5 12l6.5 6.5"/>',
    "arrow-right": '<path d="M5 12h14m-6-6.5 6.5 6.5-6.5 6.5"/>',
    "chevron-right": '<path d="m9 5 7 7-7 7"/>',
    "chevron-down": '<path d="m5 9 7 7 7-7"/>',
    "chevron-up": '<path d="m5 15 7-7 7 7"/>',
    "zoom-in": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5M10.5 7.5v6M7.5 10.5h6"/>',
    "zoom-out": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5M7.5 10.5h6"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "document": '<path d="M6 3.5h8l4.5 4.5v12.5H6z"/><path d="M14 3.5V8h4.5M9 12.5h6.5M9 16h6.5"/>',
    "page": '<path d="M5 4h14v16H5z"/><path d="M8.5 8.5h7M8.5 12h7M8.5 15.5h4"/>',
    "links": '<path d="M9.5 14.5l5-5M8 11l-2.5 2.5a3.9 3.9 0 0 0 5.5 5.5l2.5-2.5M16 13l2.5-2.5a3.9 3.9 0 0 0-5.5-5.5L10.5 7.5"/>',
    "book": '<path d="M12 6.5C10 4.8 7 4.5 3.5 4.5v13.5c3.5 0 6.5.300 8.5 2 2-1.7 5-2 8.5-2V4.5c-3.5 0-6.5.300-8.5 2zM12 6.5V20"/>',
    "more": '<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3.6"/>',
    "keyboard": '<rect x="2.5" y="6" width="19" height="12" rx="2"/><path d="M6 10h.01M9 10h.01M12 10h.01M15 10h.01M18 10h.01M8 14.500h8"/>',
    "list": '<path d="M8.5 6.5h11M8.5 12h11M8.5 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01"/>',
    "question": '<circle cx="12" cy="12" r="9"/><path d="M9.3 9.5a2.8 2.8 0 1 1 4.2 2.4c-1 .6-1.5 1.1-1.5 2.1M12 17h.01"/>',
    "exam": '<path d="M6 3.5h12v17H6z"/><path d="m9 9 1.2 1.2L12.5 8M9 15l1.2 1.2 2.3-2.2M14.5 9.5h1M14.5 15.5h1"/>',
    "pencil": '<path d="M4.5 19.5 5.500 15 16 4.500l3.500 3.500L9 18.500zM13.500 7l3.500 3.500"/>',
    "bookmark": '<path d="M6.500 4h11v16.500l-5.500-4-5.500 4z"/>',
    "note": '<path d="M5 4h14v11l-5 5H5z"/><path d="M19 15h-5v5M8.500 8.500h7M8.500 12h4.500"/>',
    "video": '<rect x="3" y="5" width="18" height="14" rx="2.5"/><path d="m10 9 5 3-5 3z" fill="{colour}"/>',
    "audio": '<path d="M9 17.5V6l10-2v11.5"/><circle cx="6.5" cy="17.5" r="2.5"/><circle cx="16.5" cy="15.5" r="2.5"/>',
    "saved": '<path d="M5 4h11l3 3v13H5z"/><path d="M8.5 4v5h6V4M8 20v-6h8v6"/>',
    "sent": '<path d="M20.5 3.5 10 14M20.5 3.5 14 20.5 10 14 3.5 10z"/>',
    "received": '<path d="m2.5 12.5 4 4 8.5-9M11 15.5l1 1 9-9.5"/>',
    "warning": '<path d="M12 4 2.8 20h18.4zM12 10v4.5M12 17.3h.01"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.7h.01"/>',
    "refresh": '<path d="M20 5v5h-5M4 19v-5h5"/><path d="M19.5 10A8 8 0 0 0 5.6 7.5M4.5 14a8 8 0 0 0 13.9 2.5"/>',
    "again": '<path d="M6 4h9l3 3v6M6 4v16h5M9.5 9h5M9.5 12.5h3"/><path d="M14 18.5a4 4 0 1 0 1.2-2.8M14.500 13v3h3"/>',
    "settings": '<circle cx="12" cy="12" r="3"/><path d="M12 3v2.5M12 18.5V21M3 12h2.5M18.5 12H21M5.6 5.6l1.8 1.8M16.6 16.6l1.8 1.8M18.4 5.6l-1.8 1.8M7.4 16.6l-1.8 1.8"/>',
    "download": '<path d="M12 4v11m-5-4.5 5 5 5-5M4.5 20h15"/>',
    "folder": '<path d="M3.5 6h6l2 2.5h9V19h-17z"/>',
    "library": '<path d="M4.5 4.5v15M8.5 4.5v15M4.5 4.5h4M4.5 19.5h4M12 4.8l3.8-1 4 14.7-3.8 1z"/>',
    "work": '<path d="M5 4h14v16H5z"/><path d="m8.5 12 2.3 2.3 4.7-4.8"/>',
    "mail": '<rect x="3.500" y="5.500" width="17" height="13" rx="2"/><path d="m4 7.500 8 6 8-6"/>',
    "flag": '<path d="M6 21V4M6 5h11l-2.500 3.500L17 12H6"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="9.5" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.5l3.5 2"/>',
    "calendar": '<rect x="3.500" y="5.500" width="17" height="15" rx="2"/><path d="M3.500 10h17M8 3.500v4M16 3.500v4M8 14h.01M12 14h.01M16 14h.01M8 17h.01M12 17h.01"/>',
    "people": '<circle cx="9" cy="9" r="3.200"/><path d="M3 19.500c.6-3.600 3-5 6-5s5.400 1.400 6 5M15.500 6.200a3 3 0 0 1 0 5.600M17 14.800c2.200.6 3.600 2 4 4.700"/>',
    "offline": '<path d="M4 4l16 16M8.5 15.5a5 5 0 0 1 7 0M5.5 12a9.5 9.5 0 0 1 4-2.3M18.5 12a9.5 9.5 0 0 0-3.3-2.1M12 19.5h.01"/>',
    "disk": '<path d="M3.5 13.5h17v6h-17zM3.5 13.5 6 4.5h12l2.5 9M17 16.5h.01M13.5 16.5h.01"/>',
    "computers": '<path d="M3 4.5h10v7H3zM5 15h6M8 11.5V15M13.5 10H21v6h-7.500M14 19.500h6M17 16v3.500"/>',
    "bag": '<path d="M4 9.5h16V19a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 19z"/><path d="M4 9.5 6 5h12l2 4.5M8.5 5V3.5h7V5M9.5 9.5v4h5v-4"/>',
    "trash": '<path d="M5 7h14M10 4h4M7 7l1 13h8l1-13M10.5 11v5.5M13.5 11v5.5"/>',
    "letters": '<path d="m3 18.500 5-13 5 13M4.900 14h6.200M21 11.500v7"/><circle cx="17.700" cy="15" r="3.300"/>',
    "listen": '<path d="M4 6h9M4 10.500h6M4 15h5M4 19.500h9"/><path d="M12.500 12.500v3h2l2.500 2.500v-8l-2.500 2.500zM19.500 11.800a3.600 3.600 0 0 1 0 4.400"/>',
    "outline": '<path d="M4.500 5.500h11M8.500 10h11M8.500 14.500h9M4.500 19h11"/>',
    "path": '<circle cx="6" cy="18" r="2.300"/><circle cx="18" cy="6" r="2.300"/><path d="M8.300 18H15a3 3 0 0 0 0-6H9a3 3 0 0 1 0-6h6.700"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
}  # fmt: skip


MIRRORED = frozenset(
    {"arrow-left", "arrow-right", "chevron-right", "list", "listen", "outline", "question", "sent"}
)
"""What points along the line of reading, lists, and the question mark (؟). Not what is of a tape,
as play, nor checks and clocks: the right-to-left rules of Material Design."""


def icon(name: str, colour: str | None = None) -> QIcon:
    """The icon of that name; in the text's colour where none is given."""
    found = QIcon()
    now = colours()
    for side in (16, 20, 24, 32, 48):
        found.addPixmap(pixmap(name, colour or now.text, side))
        found.addPixmap(pixmap(name, now.muted, side), QIcon.Mode.Disabled)
    return found


def pixmap(name: str, colour: str, side: int) -> QPixmap:
    """The icon as a square of `side` pixels."""
    from_the_right = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return _drawn(name, colour, side, from_the_right and name in MIRRORED)


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, side: int, mirrored: bool) -> QPixmap:
    svg = (_HEAD + SHAPES[name] + "</svg>").replace("{colour}", colour)
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture.transformed(QTransform.fromScale(-1, 1)) if mirrored else picture
