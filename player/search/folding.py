# SPDX-License-Identifier: Apache-2.0
"""Words as they are compared: without case and accents, in every script.

We cut texts into words ourselves and give SQLite plain tokens: its own `unicode61` knows no œ, ß or
alef, and finds nothing inside a Chinese or Thai sentence, where no blanks part the words. There,
each pair of neighbouring letters is a token (the last letter stands alone too), so that whatever
stands together is found, over the end of a line as well. Compounds (`week-end`, `aujourd’hui`) are
kept in one word, too, behind all others and apart from them. See docs/decisions, 0030
and 0036.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

RULES = f"2/{unicodedata.unidata_version}"
"""Names how words are folded: an index made by other rules is made anew."""

LONGEST = 64
"""Letters of a word that count; what is longer is no word."""

_LETTERS = {
    **dict.fromkeys("\N{LATIN SMALL LETTER DOTLESS I}", "i"),
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "ħ": "h",
    "ŧ": "t",
    "þ": "th",
    "ŋ": "n",
    "ĸ": "k",
    # Arabic: alefs, the ya without dots, ta marbuta; as Persian and Urdu write kaf, ya and ha
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ې": "ي",
    "ة": "ه",
    "ک": "ك",
    "ہ": "ه",
    "ھ": "ه",
    "ە": "ه",
    # Hebrew: what stands between letters is no accent
    **dict.fromkeys("\N{HEBREW PUNCTUATION MAQAF}\N{HEBREW PUNCTUATION GERESH}", " "),
    **dict.fromkeys("\N{HEBREW PUNCTUATION GERSHAYIM}", " "),
    "\N{ARABIC TATWEEL}": "",
}
_ACCENTS = re.compile(
    "[\u0300-\u0344\u0346-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06ed\u0711\u0730-\u074a\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\ufb1e\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef]"
)
"""What is left out: accents, harakat, points. Vowel signs of other scripts are letters."""

_UNPARTED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Tibetan; Burmese; Khmer
    "\u3005-\u3007\u3031-\u3035\u3040-\u30ff\u3100-\u312f\u31a0-\u31ff"  # kana, bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese characters
)
_ARTICLE = re.compile("[وفبك]?ال|[وف]?لل")
"""What is written in one with an Arabic noun: the article, with “and”, “so”, “in”, “as”, “for”."""
_LEAST = 3  # letters that a noun has without it
_BROKEN = re.compile(f"(?<=[{_UNPARTED}])[ \t]*\n[ \t]*(?=[{_UNPARTED}])")
_SOFT = "\N{SOFT HYPHEN}"  # is left out

APART = "\ue000"
"""Stands before each compound that is written in one: nobody types it, no phrase goes over it."""
_JOINT = re.compile("[-‐‑'’]")
_MAY_BE = re.compile(r"\S[-‐‑]\S|[^\s'’]{2}['’]\S|[^\s\0-ɏ]['’]\S")  # quick, and never too few
_COMPOUND = re.compile(r"(?<![^\W_])(?:[^\W_]{1,2}['’])?([^\W_]+(?:[-‐‑'’][^\W_]+)+)")
_ELIDED = re.compile(r"[^\W_]{1,2}['’]")  # l’école, qu’il: nobody writes these in one
_RUN = re.compile(f"(?P<unparted>[{_UNPARTED}]+)|[^\\s{_UNPARTED}]+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or two letters that stand together, and where: `start` to `end` in the text.

    With `is_last` it is the letter at the end of a text without blanks.
    """

    word: str
    start: int
    end: int
    is_unparted: bool = False
    is_last: bool = False


class _Folded(dict[int, str]):
    """What each character comes to, found out when it is first met; `signs` stay, or are blanks."""

    def __init__(self, *, signs: bool) -> None:
        super().__init__()
        self._signs = signs

    def __missing__(self, code: int) -> str:
        self[code] = found = self._folded(chr(code))
        return found

    def _folded(self, char: str) -> str:
        if char in _LETTERS:
            return _LETTERS[char]
        if _ACCENTS.match(char):
            return ""
        category = unicodedata.category(char)
        if category == "Cf":
            return ""  # soft hyphens, joiners, marks of direction
        is_sign = category[0] in "CPSZ" or "\N{MODIFIER LETTER PRIME}" <= char <= "\u02df"
        if is_sign and (not self._signs or char.isspace()):
            return " "
        if category == "Nd":
            return str(unicodedata.decimal(char))
        parts = unicodedata.normalize("NFKD", char.casefold())
        return char if parts == char else "".join(map(self._folded, parts))


_TABLE = _Folded(signs=False)
_WITH_SIGNS = _Folded(signs=True)


def fold(text: str) -> str:
    """The letters that are compared; whatever is no letter or number is a blank."""
    return text.translate(_TABLE)


def fold_words(words: str) -> str:
    """Words as they are looked for in one text, see `Folded`: signs stay, blanks are single."""
    return " ".join(words.translate(_WITH_SIGNS).split())


class Folded:
    """One text in which words are looked for as they stand, signs and all."""

    def __init__(self, text: str) -> None:
        self.text, self._origin, self._ends = _placed(text, _WITH_SIGNS)

    def found(self, words: str) -> list[tuple[int, int]]:
        """Start and length of every place of `words`, by `fold_words`; none over another."""
        places: list[tuple[int, int]] = []
        at = self.text.find(words) if words else -1
        while at >= 0:
            start = self._origin[at]
            places.append((start, self._ends[at + len(words) - 1] - start))
            at = self.text.find(words, at + len(words))
        return places


def is_unparted(word: str) -> bool:
    """Whether it begins with a letter of a script that has no blanks between words."""
    found = _RUN.match(word)
    return bool(found and found["unparted"])


def tokens(text: str) -> str:
    """The tokens of a text in their order, parted by blanks: for the index."""
    folded = fold(_mended(text))
    words = [
        " ".join(_pairs(found[0])) if found["unparted"] else _word(found[0])
        for found in _RUN.finditer(folded)
    ]
    return " ".join([*words, *(f"{APART} {one.word}" for one in _compounds(text))])


def spans(text: str) -> list[Token]:
    """The same tokens with their places in `text`, to mark them or to ask for them."""
    folded, origin, ends = _placed(_mended(text), _TABLE)
    made: list[Token] = []
    for found in _RUN.finditer(folded):
        first = found.start()
        if not found["unparted"]:
            word = _word(found[0])
            made.append(Token(word, origin[first], ends[found.end() - 1]))
            continue
        pairs = _pairs(found[0])
        for at, pair in enumerate(pairs, first):
            last = at - first == len(pairs) - 1
            made.append(Token(pair, origin[at], ends[at + len(pair) - 1], True, last))
    for one in _compounds(text):
        made += [Token(APART, one.start, one.start), one]
    return made


def in_one(word: str) -> str:
    """A compound as it is when it is written in one, folded; '' for what is none."""
    found = _COMPOUND.fullmatch(word.translate(_WITH_SIGNS))
    return "" if found is None or _ELIDED.match(found[1]) else _JOINT.sub("", found[1])


def _compounds(text: str) -> list[Token]:
    """The compounds of a text, each in one word."""
    if not _MAY_BE.search(text):
        return []
    folded, origin, ends = _placed(text, _WITH_SIGNS)
    return [
        Token(_JOINT.sub("", found[1])[:LONGEST], origin[found.start(1)], ends[found.end(1) - 1])
        for found in _COMPOUND.finditer(folded)
        if not _ELIDED.match(found[1]) and not is_unparted(found[1])
    ]


def _mended(text: str) -> str:
    """A text, as long as it is, in which no end of a line parts what has no blanks."""
    if "\n" not in text:
        return text
    return _BROKEN.sub(lambda broken: _SOFT * len(broken[0]), text)


def _placed(text: str, table: _Folded) -> tuple[str, Sequence[int], Sequence[int]]:
    """A text folded; for each letter of that, where what it stands for begins and ends.

    A character ends with the accents that follow it.
    """
    if all(len(table[ord(char)]) == 1 for char in set(text)):  # most texts: letter by letter
        return text.translate(table), range(len(text)), range(1, len(text) + 1)
    pieces, origin, ends = [], [], []
    end = len(text)
    for at in range(len(text) - 1, -1, -1):
        piece = table[ord(text[at])]
        if piece:
            pieces.append(piece)
            origin += [at] * len(piece)
            ends += [end] * len(piece)
            end = at
    return "".join(reversed(pieces)), origin[::-1], ends[::-1]


def _word(letters: str) -> str:
    """A word as it is compared: without an Arabic article, and no longer than any word is."""
    bare = without_article(letters)
    return (bare if len(bare) >= _LEAST else letters)[:LONGEST]


def without_article(word: str) -> str:
    """A folded word without what may be an Arabic article."""
    article = _ARTICLE.match(word) if word[0] in "اوفبكل" else None
    return word[article.end() :] if article else word


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run))]
