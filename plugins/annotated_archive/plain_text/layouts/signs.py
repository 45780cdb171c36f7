"""Read single lines as parts of a signature: a name, a name that says, a moment, or several of them.

Each rule takes the words of a line and its moments, and returns what it read, or None.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category

from ...furniture import furniture_name, is_controls
from ..languages import pattern
from ..moments import Moment

_SAYS = pattern("says")
_NOTE = pattern("note")
_ON = rf"(?:{pattern('on')}|at|um|om|kl|às|à|a las|alle)\b\.?"
_BY = rf"(?:{_NOTE}\s+{pattern('by')}|by|from|par|por|door|przez|автор)\b\s*:?\s+"
_NUMBER = r"(?:(?P<number>\d{1,5})[.)]\s+|[#»•*]\s+)?"
_BARE_NUMBER = r"(?:(?P<number>\d{1,5})[.)]?\s+|[#»•*~—–-]\s*)?"
_MARK = r"[,@—–|•·»(:\[…/-]"
_TITLE = r"(?<=\b\w)\.|(?<=\b\w\w)\.|(?<=\b\w\w\w)\.|\.(?=\w)"
"""A full stop that ends no sentence: after a letter or a short form, or within a word."""

_NAMED = rf"(?:[^.!?:;·]|{_TITLE}){{1,60}}"


def _whole(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


_LEAD = _whole(
    rf"[\s(\[—–|•·»-]*(?:(?:{_NOTE}|date|datum|fecha|data|дата|time|added|created|sent)\s*:?\s*)?"
    rf"(?:{_ON})?\s*:?\s*"
)
_WHO = _whole(
    rf"{_BARE_NUMBER}(?P<by>{_BY})?(?P<name>.{{1,100}}?)(?P<says>\s+{_SAYS})?"
    rf"(?P<mark>\s*{_MARK})?\s*(?:{_NOTE}\s*:?\s+)?(?P<on>\b{_ON})?\s*[:(]?\s*"
)
_AFTER = _whole(
    rf"\s*(?:\(UTC\))?\s*[)\].]?\s*(?P<says>{_SAYS})?\s*:?(?P<rest>(?:\s+at\s+[\d:]+\s*(?:[ap]m)?)?.*)"
)
_HANDLE = re.compile(r"\(?#\d+\)?|(?<!\w)@\w+|\(?\bUTC\)?")
_SAYS_LINE = _whole(
    rf"{_NUMBER}(?P<name>.{{1,120}}?)\s+(?P<says>{_SAYS})\s*(?P<end>:|,|\.{{3}}|…)?"
)
_EXTRA = r"(?:\s+·\s+[^·]{1,80})*"
_NAME_LINE = _whole(rf"{_NUMBER}(?P<by>{_BY})?(?P<name>{_NAMED}){_EXTRA}")
_BY_LINE = _whole(rf"(?P<by>{_BY})(?P<name>[^.!?:;,]{{1,60}})")
_AFTER_NAME = _whole(rf"\s*[)\]]?\s*{_MARK}?\s*(?:by\s+)?(?P<name>{_NAMED}?)(?:\s+{_SAYS})?\s*:?")
_NO_NAME = _whole(
    r"(?:sent|date|on|from|posted|updated?|last updated|published|edit(?:ed)?|correction|as of|since|until|.*:)"
)
_MEMBER = re.compile(
    r"\s*(?:\s(?:replying to|in reply to|en réponse à|in risposta a|en respuesta a)\s.*|\(\d{2,}\)|\s-?\d+\s+(?:points?|votes?|likes?))$",
    re.IGNORECASE,
)
_PING = _whole(rf"{_NUMBER}(?P<kind>pingback|trackback)(?:\s*(?:by|from))?\s*:\s*(?P<name>.+)")
_FUNCTION_WORDS = (
    "a an the for in of with to and or is are was how why what your my our this that"
    " die das und im für los las les des et pour para con gli het een на для"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """Hold what a line says of a signature; *shape* is what its theme prints around it."""

    name: str = ""
    moment: Moment | None = None
    number: int | None = None
    shape: str = ""


Rule = Callable[[str, Sequence[Moment]], Sign | None]


def is_name(text: str) -> bool:
    """Tell whether words may be a name, rather than a label or a part of a sentence.

    >>> is_name("Ann Lee"), is_name("Last updated"), is_name("—")
    (True, False, False)
    """
    words = text.strip()
    visible = any(sign.isalnum() or category(sign) == "So" for sign in words)
    return visible and not _NO_NAME.fullmatch(words)


def is_plain_name(text: str) -> bool:
    """Tell whether words look like a name and like nothing else.

    >>> is_plain_name("Ann van der Lee"), is_plain_name("Jazz in the Granary")
    (True, False)
    """
    words = text.lower().split()
    if not 1 <= len(words) <= 4 or text.endswith(("!", "?")):
        return False
    return any(map(str.isalpha, text)) and set(_FUNCTION_WORDS.split()).isdisjoint(words)


def when(words: str, moments: Sequence[Moment]) -> Sign | None:
    """Read a moment alone, with the words and buttons that may stand around it."""
    for moment in moments:
        if _is_lead(words[: moment.start]) and _is_tail(words[moment.end :]):
            return Sign(moment=moment)
    return None


def who_when(words: str, moments: Sequence[Moment]) -> Sign | None:
    """Read a name and then a moment: ``Ann on May 3, 2012 at 5:04 pm said:``."""
    for moment in moments:
        before, after = words[: moment.start], words[moment.end :]
        if _is_lead(before):
            continue
        found = _WHO.fullmatch(before)
        if found and is_name(found["name"]) and _is_tail(after):
            return _sign(found, moment)
    return None


def by_who_when(words: str, moments: Sequence[Moment]) -> Sign | None:
    """Read a name that a word leads to, and a moment: ``Posted by: Ann | May 3, 2012``."""
    found = who_when(words, moments)
    return found if found and found.shape.startswith("note") else None


def when_who(words: str, moments: Sequence[Moment]) -> Sign | None:
    """Read a moment and then a name: ``May 3, 2012 at 5:04 pm Ann``."""
    for moment in moments:
        found = _AFTER_NAME.fullmatch(words[moment.end :])
        if found and _LEAD.fullmatch(words[: moment.start]) and is_plain_name(found["name"]):
            return Sign(found["name"].strip(), moment) if is_name(found["name"]) else None
    return None


def says(words: str, moments: Sequence[Moment]) -> Sign | None:
    """Read a name that says: ``Ann says:``."""
    found = None if moments or len(words) > 160 else _SAYS_LINE.fullmatch(words)
    return _sign(found, None) if found and is_name(found["name"]) else None


def says_so(words: str, moments: Sequence[Moment]) -> Sign | None:
    """Read a name that says, with the colon, the comma or the dots that lead to what it says."""
    found = None if moments or len(words) > 100 else _SAYS_LINE.fullmatch(words)
    if not found or not found["end"] or not is_name(found["name"]) or "," in found["name"]:
        return None
    return _sign(found, None) if len(found["name"].split()) <= 6 else None


def name(words: str, moments: Sequence[Moment]) -> Sign | None:
    """Read a name alone on a line."""
    found = None if moments or len(words) > 160 else _NAME_LINE.fullmatch(words)
    return _sign(found, None) if found and is_name(found["name"]) else None


def plain_name(words: str, moments: Sequence[Moment]) -> Sign | None:
    """Read a name alone on a line that looks like nothing else."""
    found = name(words, moments)
    return found if found and is_plain_name(found.name) and not furniture_name(words) else None


TIMED = frozenset((when, who_when, by_who_when, when_who))
"""The rules that read a moment: they read nothing on a line that has none."""


def by_who(words: str, moments: Sequence[Moment]) -> Sign | None:
    """Read a name that a word leads to: ``by Ann``."""
    found = None if moments or len(words) > 80 else _BY_LINE.fullmatch(words)
    return _sign(found, None) if found and len(found["name"].split()) <= 4 else None


def place(words: str, moments: Sequence[Moment]) -> Sign | None:
    """Read what may stand between a name and a time: a place, a rank, a number of points."""
    return Sign() if not moments and len(words) <= 40 and words[-1] not in ".!?:;" else None


def ping(words: str) -> Sign | None:
    """Read a pingback or a trackback: ``Pingback: elsewhere``."""
    found = _PING.fullmatch(words) if len(words) <= 240 and "back" in words.lower() else None
    return _sign(found, None) if found else None


@lru_cache(maxsize=4096)
def _is_lead(words: str) -> bool:
    """Tell whether nothing that matters stands before a moment."""
    return _LEAD.fullmatch(words) is not None or is_controls(words)


@lru_cache(maxsize=4096)
def _is_tail(words: str) -> bool:
    """Tell whether nothing that matters follows a moment."""
    found = _AFTER.fullmatch(words)
    rest = _HANDLE.sub("", found["rest"]) if found else words
    return is_controls(rest) or not any(sign.isalnum() for sign in rest) or _is_clock(rest)


def _is_clock(words: str) -> bool:
    return re.fullmatch(r"\s*at\s+[\d:]+\s*(?:[ap]m)?\s*[|·]?", words, re.I) is not None


def _sign(found: re.Match[str], moment: Moment | None) -> Sign:
    groups = found.groupdict()
    number = int(groups["number"]) if groups.get("number") else None
    by = groups.get("by") or ""
    words = groups["name"].strip()
    shape = ("note " if len(by.split()) > 1 else "by ") if by else ""
    shape += (groups.get("mark") or "").strip() + (" says" if groups.get("says") else "")
    return Sign(_MEMBER.sub("", words) or words, moment, number, shape)
