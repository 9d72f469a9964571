# SPDX-License-Identifier: Apache-2.0
"""PDFs that nobody means well with, made by hand: each a name and a file.

Object 1 is the catalogue, 2 the root of the pages, 3 the first page, 4 what is drawn on it.
"""

from __future__ import annotations

import zlib

_CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
_ONE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_HELLO = b"BT /F 40 Tf 100 100 Td (Bonjour) Tj ET"


def assembled(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1."""
    made, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return made + head + table + end % (len(objects) + 1, len(made))


def stream(data: bytes, words: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (words, len(data), data)


def page(box: bytes = b"0 0 595 842", resources: bytes = b"", more: bytes = b"") -> bytes:
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    return b"<</Type/Page/Parent 2 0 R/MediaBox[%b]/Contents 4 0 R/Resources<<%b>>%b>>" % (
        box,
        resources or font,
        more,
    )


def own_child() -> bytes:
    """The root of its pages is among its own pages: loading it never ends."""
    return assembled(_CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>")


def in_circles() -> bytes:
    """Two nodes name each other."""
    first = b"<</Type/Pages/Kids[3 0 R 3 0 R]/Count 4>>"
    return assembled(_CATALOGUE, first, b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 2 0 R]/Count 2>>")


def forms_in_forms(depth: int = 14) -> bytes:
    """It loads at once; drawing its page draws ten forms, each of which draws ten, and so on."""
    forms = []
    for number in range(depth):
        last = number == depth - 1
        inner = b"" if last else b"/Resources<</XObject<</X %d 0 R>>>>" % (number + 6)
        body = b"0 0 9 9 re f" if last else b"/X Do " * 10
        forms.append(stream(body, b"/Type/XObject/Subtype/Form/BBox[0 0 500 500]" + inner))
    first = page(resources=b"/XObject<</X 5 0 R>>")
    return assembled(_CATALOGUE, _ONE, first, stream(b"/X Do"), *forms)


def bomb(megabytes: int = 200) -> bytes:
    """What draws its page unpacks to so much, in two steps, from some hundred bytes."""
    packed = zlib.compress(zlib.compress(bytes(megabytes << 20), 1), 9)
    words = b"/Filter[/FlateDecode/FlateDecode]"
    return assembled(_CATALOGUE, _ONE, page(), stream(packed, words))


def enormous() -> bytes:
    """A page of 70 metres each way."""
    return assembled(_CATALOGUE, _ONE, page(b"0 0 200000 200000"), stream(_HELLO))


def ribbon() -> bytes:
    """A page as wide as a finger and 70 metres long."""
    return assembled(_CATALOGUE, _ONE, page(b"0 0 10 200000"), stream(_HELLO))


def outline_in_circles() -> bytes:
    """A page that is fine, and an outline that follows itself."""
    catalogue = b"<</Type/Catalog/Pages 2 0 R/Outlines 5 0 R>>"
    line = b"<</Title(a)/Next 6 0 R/First 6 0 R/Parent 5 0 R/Dest[3 0 R/Fit]>>"
    root = b"<</First 6 0 R/Last 6 0 R>>"
    return assembled(catalogue, _ONE, page(), stream(_HELLO), root, line)


def font_of_itself() -> bytes:
    """A letter is drawn by that letter."""
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]"
        b"/CharProcs<</a 6 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[9]"
        b"/Resources<</Font<</F 5 0 R>>>>>>"
    )
    letter = stream(b"9 0 d0 BT /F 9 Tf (aaaaaaaaaa) Tj ET")
    drawn = stream(b"BT /F 20 Tf 10 10 Td (aaaa) Tj ET")
    first = page(resources=b"/Font<</F 5 0 R>>")
    return assembled(_CATALOGUE, _ONE, first, drawn, font, letter)


def many_pages(count: int) -> bytes:
    """So many pages, all with the same words."""
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(count))
    root = b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count)
    return assembled(_CATALOGUE, root, b"null", stream(_HELLO), *[page()] * count)


def count_that_lies() -> bytes:
    """One page, and the word that there are two thousand million."""
    root = b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"
    return assembled(_CATALOGUE, root, page(), stream(_HELLO))


def lacking_page() -> bytes:
    """One page, and another that is not in the file."""
    root = b"<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>"
    return assembled(_CATALOGUE, root, page(), stream(_HELLO))


def link_page(address: bytes, inside: bytes = b"/Fit") -> bytes:
    """Two pages: a link to an address above, one to a place inside the second page below."""
    web = b"<</Type/Annot/Subtype/Link/Rect[0 742 595 842]/A<</S/URI/URI(%b)>>>>" % address
    inside = b"<</Type/Annot/Subtype/Link/Rect[0 542 595 642]/Dest[5 0 R%b]>>" % inside
    root = b"<</Type/Pages/Kids[3 0 R 5 0 R]/Count 2>>"
    first = page(more=b"/Annots[%b %b]" % (web, inside))
    return assembled(_CATALOGUE, root, first, stream(_HELLO), page())
