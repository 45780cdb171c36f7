"""Judge whether signed texts are comments.

Under a heading one is enough. Where nothing heads them, other things are signed with a name and a
moment too: events, posts in a list, the turns of a live page. Comments differ from these.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from ...lines import Line
from ..moments import find_moments
from .signatures import Signed
from .signs import is_plain_name

_PARAGRAPH = 60
"""A line with more characters is a paragraph."""

_ENDS = (".", "!", "?", "…", ")", ":", ";", "”", '"', "»", "。")

_TEASER = re.compile(
    r"(?:continue reading|read more|weiterlesen|lire la suite|leer más|leia mais|lees verder|leggi tutto|читать далее)\W*",
    re.IGNORECASE,
)
_HEAD = 25
"""The head of a page has so many filled lines."""

_NEEDED = {"time": 2, "yearless": 2, "day": 3, "age": 3, None: 3}
"""So many comments with such a moment are needed where nothing heads them."""


def is_certain(signed: Sequence[Signed], lines: Sequence[Line]) -> bool:
    """Tell whether signed texts are certainly comments where nothing heads them."""
    if not signed or _says_when(signed):
        return bool(signed)
    kind = next((one.kind for one in signed if one.kind), None)
    return len(signed) >= _NEEDED[kind] and _are_people(signed) and not _are_others(signed, lines)


def is_likely(signed: Sequence[Signed], lines: Sequence[Line]) -> bool:
    """Tell whether signed texts are comments below a heading; with days and ages, posts may be."""
    if all(one.kind not in ("day", "age") for one in signed):
        return True
    return _are_people(signed) and not _are_others(signed, lines)


def _says_when(signed: Sequence[Signed]) -> bool:
    """Tell whether each name "says", and has a time: nothing else is printed so."""
    return all(one.kind == "time" and one.says and one.comment.text for one in signed)


def may_be_comments(signed: Sequence[Signed], lines: Sequence[Line]) -> bool:
    """Tell whether signed texts may be comments: below an article, each with a name and a text."""
    if not signed or not _follow_an_article(signed, lines):
        return False
    named = all(one.kind and is_plain_name(one.comment.author) for one in signed)
    said = all(_is_comment(one) for one in signed) or len(signed) > 1
    return named and said and _are_people(signed) and not _are_others(signed, lines)


def _follow_an_article(signed: Sequence[Signed], lines: Sequence[Line]) -> bool:
    """Tell whether sentences stand above the first comment, and not much less than all below it."""
    above = [line.words for line in lines[: signed[0].first] if _is_said(line.words)]
    below = sum(len(line.words) for line in lines[signed[0].first :])
    return len(above) > 1 and sum(map(len, above)) * 2 > below


def _are_people(signed: Sequence[Signed]) -> bool:
    """Tell whether most names look like names, and most texts like texts, not all of one hand."""
    names = [one.comment.author for one in signed]
    plain = sum(is_plain_name(name) for name in names)
    said = sum(_is_comment(one) for one in signed)
    most = Counter(names).most_common(1)[0][1]
    alone = len(names) > 2 and most * 3 > len(names) * 2
    return plain * 2 >= len(names) and said * 2 >= len(names) and not alone


def _are_others(signed: Sequence[Signed], lines: Sequence[Line]) -> bool:
    """Tell whether signed texts are events, or other posts of the site."""
    return _are_announced(signed) or _are_older(signed, lines) or _are_teasers(signed)


def _are_teasers(signed: Sequence[Signed]) -> bool:
    """Tell whether several texts lead to more of them: "Continue reading"."""
    ends = (line for one in signed for line in one.comment.text.splitlines())
    return sum(_TEASER.fullmatch(line) is not None for line in ends) > 1


def _are_older(signed: Sequence[Signed], lines: Sequence[Line]) -> bool:
    """Tell whether most of the days are before the first that the head of the page prints."""
    head = [line.words for line in lines[: signed[0].first] if line.words][:_HEAD]
    printed = [
        moment.stamp.local for words in head for moment in find_moments(words) if moment.stamp
    ]
    stamps = [one.comment.stamp for one in signed if one.comment.stamp and one.kind == "day"]
    if not printed or not stamps:
        return False
    first = min(printed) - timedelta(days=1)
    return sum(stamp.local < first for stamp in stamps) * 2 > len(stamps)


def _is_comment(one: Signed) -> bool:
    """Tell whether a text is there, and is no title where it bears no time."""
    text = one.comment.text
    return _is_said(text) if one.kind in ("day", "age") else bool(text)


def _is_said(text: str) -> bool:
    """Tell whether a text is more than a title: a line of it is long, or ends like a sentence."""
    return any(len(line) > _PARAGRAPH or line.endswith(_ENDS) for line in text.splitlines())


def _are_announced(signed: Sequence[Signed]) -> bool:
    """Tell whether all times are of the full quarter: so events are announced, and nobody writes."""
    stamps = [one.comment.stamp for one in signed if one.comment.stamp]
    timed = [stamp for stamp in stamps if stamp.has_time]
    return bool(timed) and len(timed) > 1 and all(stamp.local.minute % 15 == 0 for stamp in timed)


def weight(signed: Sequence[Signed]) -> tuple[int, int]:
    """Weigh a reading: by what signs its comments, then by those that have a text.

    A time weighs twice as much as a day or an age, which titles in a list have as well.
    """
    return sum(map(_sureness, signed)), sum(bool(one.comment.text) for one in signed)


def _sureness(one: Signed) -> int:
    if one.kind in ("time", "yearless"):
        return 2 if one.comment.author else -1
    return int(one.kind is not None and is_plain_name(one.comment.author))
