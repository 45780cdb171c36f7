"""Fold text and split it into the terms by which it is found.

``theme/static/js/search-terms.js`` does the same in the reader's browser, with the same tables;
``tests/search/terms.json`` holds both to one answer. What counts as a sign here is a fixed list, not
a property of some version of Unicode, so that old browsers agree.
"""

import re
import unicodedata
from itertools import pairwise

LONGEST = 40
"""A term has at most so many characters; what follows them is not looked at."""

_DROPPED = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0711\u0730-\u074a\u08d3-\u08e1\u08e3-\u08ff\u180b-\u180e\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
    "\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff"
)
"""Accents, points, vowel signs that Arabic and Hebrew may leave out, joiners, tatweel, the invisible."""

_SIGNS = (
    "\u0000-&(-/:-`{-\u00bf\u00d7\u00f7\u02c2-\u02c5\u02d2-\u02df\u02e5-\u02eb\u02ed\u02ef-\u02ff"
    "\u0375\u037e\u0384\u0385\u0387\u03f6\u055a-\u055f\u0589-\u058f\u05be\u05c0\u05c3\u05c6\u05f3"
    "\u0600-\u060f\u061b-\u061f\u066a-\u066d\u06d4\u06dd\u06de\u06e9\u06fd\u06fe\u0700-\u070f"
    "\u0964\u0965\u0970\u0df4\u0e2f\u0e3f\u0e46\u0e4f\u0e5a\u0e5b\u0eaf\u0ec6\u0f01-\u0f17\u0f1a-\u0f1f"
    "\u0f34\u0f36\u0f38\u0f3a-\u0f3d\u0f85\u0fbe-\u0fc5\u0fc7-\u0fda\u104a-\u104f\u10fb\u1360-\u1368"
    "\u1390-\u1399\u1400\u166d\u166e\u1680\u169b\u169c\u16eb-\u16ed\u1735\u1736\u17d4-\u17db\u1800-\u180a"
    "\u1940-\u1945\u1c3b-\u1c3f\u2000-\u206f\u207a-\u207e\u208a-\u208e\u20a0-\u20cf\u2100-\u25ff"
    "\u27c0-\u2bff\u2ce5-\u2cea\u2cf9-\u2cff\u2e00-\u2e7f\u2ff0-\u3004\u3008-\u3020\u3030\u3036-\u3037"
    "\u303d-\u303f\u309b\u309c\u30a0\u30fb\u3190-\u3191\u31c0-\u31ef\u4dc0-\u4dff\ua490-\ua4cf\ua4fe\ua4ff"
    "\ua60d-\ua60f\ua673\ua67e\ua6f2-\ua6f7\ua700-\ua721\ua789\ua78a\ua828-\ua82b\ua836-\ua839\ua874-\ua877"
    "\ua8ce\ua8cf\ua92e\ua92f\ua95f\ua9c1-\ua9cd\uaa5c-\uaa5f\uabeb\ud800-\uf8ff\ufd3e-\ufd4f\ufdfc-\ufdff"
    "\ufe10-\ufe1f\ufe30-\ufe6f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffff"
    "\U0001d000-\U0001d3ff\U000f0000-\U0010ffff"
)
"""What parts words: punctuation, symbols, spaces. An apostrophe does not."""

_UNSPACED = (
    "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e\u0e81-\u0eae\u0eb0-\u0ec5\u0ec8-\u0ecd\u0edc-\u0edf"
    "\u1000-\u103f\u1050-\u109f\u1780-\u17d3\u17dc\u17dd\u2600-\u27bf\u2e80-\u2fef\u3005-\u3007"
    "\u3021-\u302f\u3031-\u3035\u3038-\u303c\u3041-\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3100-\u312f"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U0001aff0-\U0001b16f\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
"""Scripts that set no space between words: Thai, Lao, Burmese, Khmer, Han, Kana; and pictures."""

_ZEROES = "\u0660\u06f0\u07c0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0e50\u0ed0\u0f20\u1040\u17e0\u1810"
_LETTERS = str.maketrans(
    {
        **{ord(zero) + digit: str(digit) for zero in _ZEROES for digit in range(10)},
        **dict.fromkeys(map(ord, "\u2018\u2019\u201b\u2032\u02bb\u02bc\u02bd\u05f4\uff07"), "'"),
        **dict(zip(map(ord, "ςłøđħŋŧðĸ"), "σlodhntdk", strict=True)),
        **dict(zip(map(ord, "æœþß"), ("ae", "oe", "th", "ss"), strict=True)),
        # Arabic letters as Persian writes them; forms of one letter as one.
        **dict.fromkeys(map(ord, "\u064a\u0649\u06d2"), "\u06cc"),
        **dict.fromkeys(map(ord, "\u0643\u06aa"), "\u06a9"),
        **dict.fromkeys(map(ord, "\u0629\u06c0\u06c1\u06c2\u06c3\u06d5\u06be"), "\u0647"),
        ord("\u0671"): "\u0627",
    }
)

_RUNS = re.compile(r"[^\x00-\x7f]+")
_DROP = re.compile(f"[{_DROPPED}]+")
_WORD = f"[^'{_SIGNS}{_UNSPACED}]+"
_WORDS = re.compile(f"{_WORD}(?:'{_WORD})*")
_ASCII_WORDS = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
_CALLS = re.compile(rf"(?<![a-z0-9])[@#](?:{_WORD})")
_UNSPACED_RUNS = re.compile(f"[{_UNSPACED}]+")
_NAMES = re.compile(f"[^'{_SIGNS}]+")


class _Folds(dict[str, str]):
    """Remember what runs of characters that are not ASCII fold to."""

    def __missing__(self, run: str) -> str:
        if len(self) > 65536:
            self.clear()
        kept = _DROP.sub("", unicodedata.normalize("NFKD", run)).upper().lower()
        self[run] = unicodedata.normalize("NFC", kept.translate(_LETTERS))
        return self[run]


_FOLDS = _Folds()


def fold(text: str) -> str:
    """Return *text* without case, accents and ways of writing that a reader does not search for.

    >>> fold("Größe, Ēlan, Ёлка, ΟΔΟΣ"), fold("كِتَابٌ ۱۲")
    ('grosse, elan, елка, οδοσ', 'کتاب 12')
    """
    if not text.isascii():
        text = _RUNS.sub(lambda run: _FOLDS[run[0]], text)
    return text.lower()


def terms_of(text: str) -> set[str]:
    """Return the terms by which *text* is found.

    >>> sorted(terms_of("@Dave: don't! L'Iran, 東京都"))
    ['@dave', 'dave', 'don', 'dont', 'iran', 'liran', '京都', '東京', '都']
    """
    folded = fold(text)
    if folded.isascii():
        terms = set(_ASCII_WORDS.findall(folded))
    else:
        terms = set(_WORDS.findall(folded))
        for run in set(_UNSPACED_RUNS.findall(folded)):
            terms.update(map("".join, pairwise(run)))
            terms.add(run[-1])
    if "'" in folded:
        for word in [term for term in terms if "'" in term]:
            terms.remove(word)
            parts = word.split("'")
            terms.add("".join(parts))
            terms.update(part for part in parts if len(part) > 2)
    if "@" in folded or "#" in folded:
        terms.update(_CALLS.findall(folded))
    if max(map(len, terms), default=0) > LONGEST:
        return {term[:LONGEST] for term in terms}
    return terms


def key_of(name: str) -> str:
    """Return the key of an author's or a tag's name: its folded words, without a space.

    >>> key_of("J.V.Hodgson"), key_of("!!")
    ('j_v_hodgson', '0x21_21')
    """
    key = "_".join(_NAMES.findall(fold(name).replace("'", "")))
    return key[:80] or "0x" + "_".join(f"{ord(char):x}" for char in name[:20])
