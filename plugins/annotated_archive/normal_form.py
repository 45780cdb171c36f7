"""Put text into the form in which words are sought, and know the way back to its offsets."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from operator import itemgetter

_FOLDED = str.maketrans(
    "‘’‚‛′`´“”„‟″«»‹›‐‑‒–—−",
    "'''''''\"\"\"\"\"\"\"''------",
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"  # the invisible
    "\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff",
)
_ODD = re.compile(r"(?<!\s)\s*[\r\n]\s*|\S?[^\x00-\x7f\s]+")
_ODD_FOLDED = re.compile(r"\s{2,}|[^\S ]|\S?[^\x00-\x7f\s]+")
_JOINED = re.compile("[\u1160-\u11ff\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")


@dataclass(frozen=True, slots=True)
class Normal:
    """Hold normalised text, and each unit of it that is not one character for one.

    A unit is: where it begins and ends here, and where it does in the original. Words begin and end
    where units do: nothing is found in half an emoji, or in a letter without its accent.
    """

    text: str
    units: Sequence[tuple[int, int, int, int]]

    def original(self, at: int, is_end: bool) -> int | None:
        """Return where in the original words begin, or end, that do so here; None within a unit."""
        bisect = bisect_left if is_end else bisect_right
        index = bisect(self.units, at, key=itemgetter(0)) - 1
        first, last, start, end = self.units[index] if index >= 0 else (0, 0, 0, 0)
        if at >= last:
            return end + at - last
        return start if at == first else None

    def unit(self, at: int) -> tuple[int, int]:
        """Return the unit of the original that *at* cuts in two; *at* twice, if it cuts none."""
        index = bisect_right(self.units, at, key=itemgetter(2)) - 1
        start, end = self.units[index][2:] if index >= 0 else (at, at)
        return (start, end) if start < at < end else (at, at)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_FOLDED).casefold())


def normalise(text: str, fold: bool) -> Normal:
    """Return *text* in NFC, white space with a line break as one space; or folded.

    Folded, any white space is one space; case, kinds of signs and the invisible fall away.
    """
    spell = _fold if fold else partial(unicodedata.normalize, "NFC")
    parts: list[str] = []
    units: list[tuple[int, int, int, int]] = []
    length = done = 0
    for found in (_ODD_FOLDED if fold else _ODD).finditer(text):
        run = found.group()
        plain = run.isalpha() and unicodedata.is_normalized("NFC", run) and not _JOINED.search(run)
        if plain and len(run.casefold()) == len(run):
            continue
        parts.append(spell(text[done : found.start()]))
        length, done = length + found.start() - done, found.start()
        for old in _characters(run):
            new = " " if old.isspace() else spell(old)
            parts.append(new)
            if len(old) > 1 or len(new) != 1:
                units.append((length, length + len(new), done, done + len(old)))
            length, done = length + len(new), done + len(old)
    return Normal("".join([*parts, spell(text[done:])]), units)


def folded(text: str) -> str:
    """Return *text* folded, without the way back, and without white space at its ends.

    >>> folded(" “Old\\n  Cistern” ")
    '"old cistern"'
    """
    return " ".join(_fold(text).split())


normal_of = lru_cache(maxsize=256)(normalise)
"""Texts are normalised once for all annotations on them; quotes, which differ, are not kept."""


def _characters(run: str) -> Iterator[str]:
    """Yield what readers see as characters; white space is one.

    Shortened from Unicode Standard Annex 29: marks, joiners, flags and parts of Korean syllables
    belong to what stands before them.
    """
    start = 0
    for at in range(1, len(run)) if not run.isspace() else ():
        before, char = run[at - 1], run[at]
        kind = unicodedata.category(char)[0] if char >= "\u0300" else "L"
        joined = kind == "M" or _JOINED.match(char) or (kind == "S" and before == "\u200d")
        if not (joined or (_FLAG.match(char) and _FLAG.match(before))):
            yield run[start:at]
            start = at
    yield run[start:]
