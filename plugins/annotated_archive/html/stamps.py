"""Read the times of a page: by machine-readable attributes, and by words in many languages."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal

from ..model import Stamp
from .calendar_words import (
    LANGUAGES,
    fold,
    language_of,
    month_names,
    month_pattern,
    read_age,
)
from .day_times import CLOCK, offset, read_clock, zone_at
from .limits import MAX_STAMP
from .years import is_thai, read_year

Order = Literal["day-first", "month-first"]

_ISO = re.compile(
    r"(?<!\d)(?P<y>[12]\d{3})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"(?:(?:T|\s+)(?P<hh>\d{1,2}):(?P<mm>\d{2})(?::(?P<ss>\d{2})(?:[.,]\d+)?)?\s*"
    r"(?P<zone>Z\b|[+-]\d{2}:?\d{2}(?!\d)|[+-]\d{2}(?!\d))?)?",
    re.IGNORECASE,
)
_ISO_BASIC = re.compile(
    r"^(?P<y>[12]\d{3})(?P<m>\d{2})(?P<d>\d{2})(?:T(?P<hh>\d{2})(?P<mm>\d{2})(?P<ss>\d{2})?(?P<zone>Z|[+-]\d{4})?)?$"
)
_CJK = re.compile(r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]?")
_ORDINAL = r"(?:\s*(?:st|nd|rd|th|er|ere|eme|o|a|re|de|e|i|ος|η|º|ª|°)\b|[º°ª])?"
_JOIN = r"\s*[.,]?\s*(?:of|de|di|del|du|d['’]|den|ta['’])?\s*"
_YEAR = r"(?P<y>\d{4}(?!\d)|['’]?\d{2}(?!\d|\s*[:.]\s*\d{2}|\s*h))"
_NAMED = (
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}}){_ORDINAL}{_JOIN}\x01(?P<m>\d\d)\x01\.?\s*[-,/]?\s*(?:de|del|of|du)?\s*{_YEAR}"),
    re.compile(rf"\x01(?P<m>\d\d)\x01\.?\s*(?P<d>\d{{1,2}}){_ORDINAL}\s*[.,]?\s*(?:del|de|of|-|/)?\s*{_YEAR}"),
    re.compile(r"(?<!\d)(?P<y>\d{4})[.,]?\s*(?:gada|m|eko|ko|\(?e\)?)?\s*[.,-]?\s*\x01(?P<m>\d\d)\x01[.,]?\s*-?\s*(?P<d>\d{1,2})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})[-/.]\x01(?P<m>\d\d)\x01[-/.]{_YEAR}"),
    re.compile(r"\x01(?P<m>\d\d)\x01\s+(?P<d>\d{1,2})\s+[\d:]{5,8}\s+(?:[a-z]{3,4}\s+)?(?P<y>\d{4})"),
)  # fmt: skip
_YEAR_FIRST = re.compile(
    r"(?<![\d/.-])(?P<y>\d{4})\s?(?P<s>[./])\s?(?P<m>\d{1,2})\s?(?P=s)\s?(?P<d>\d{1,2})(?!\d)"
)
_NUMERIC = re.compile(
    r"(?<![\d/.:-])(?P<a>\d{1,2})\s?(?P<s>[./-])\s?(?P<b>\d{1,2})\s?(?P=s)\s?(?P<y>\d{4}|\d{2})(?![\d:])"
)


@dataclass(frozen=True, slots=True)
class Clock:
    """Hold what is known of a page's dates: its *language*, the order of its days and months, and
    when it was captured.
    """

    language: str = ""
    order: Order | None = None
    captured: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Hold a stamp, where in the text it stands, and whether its day and month could be swapped."""

    stamp: Stamp
    start: int
    end: int
    is_ambiguous: bool = False


def read_iso(text: str, language: str = "") -> Stamp | None:
    """Read a machine-readable time, as attributes hold it; *language* is the page's, if known.

    >>> read_iso("2019-07-28T13:39:46+02:00").zone
    '+02:00'
    >>> read_iso("2019-07-28").has_time
    False
    """
    text = text.strip()
    found = _ISO.match(text) or _ISO_BASIC.match(text)
    if not found:
        return None
    zone = offset(found["zone"] or "")
    return _stamped(text, found, *_clock_of(found), zone, language)


def _clock_of(found: re.Match[str]) -> tuple[timedelta, bool]:
    if not found["hh"]:
        return timedelta(), False
    return timedelta(
        hours=int(found["hh"]), minutes=int(found["mm"]), seconds=int(found["ss"] or 0)
    ), True


def _stamped(
    printed: str,
    found: re.Match[str],
    since: timedelta,
    has_time: bool,
    zone: str = "",
    language: str = "",
) -> Stamp | None:
    try:
        year = read_year(found["y"], is_thai(printed, language, zone))
        day = datetime(year, int(found["m"]), int(found["d"]))
        if since >= timedelta(days=1):
            return None
        return Stamp(printed, day + since, zone, has_time)
    except (ValueError, OverflowError):
        return None


def find_stamp(text: str, clock: Clock) -> Found | None:
    """Find the first date in a short *text*, with the time beside it.

    >>> find_stamp("28. Juli 2019 um 13:39", Clock("de")).stamp.local.isoformat()
    '2019-07-28T13:39:00'
    >>> find_stamp("At 2/15/2005 11:36 AM, Ann said", Clock("en")).end
    21
    >>> find_stamp("No day", Clock("en")) is None
    True
    """
    if len(text) > 4 * MAX_STAMP or not any(char.isdecimal() for char in text):
        return _relative(text, clock)
    return _find(text, clock.language, clock.order) or _relative(text, clock)


@lru_cache(maxsize=8192)
def _find(text: str, tag: str, order: Order | None) -> Found | None:
    folded = fold(text)
    if len(folded) != len(text):
        plain = _plain(text)
        folded = fold(plain)
        text = plain if len(plain) == len(folded) else folded
    language = language_of(tag)
    iso = _ISO.search(folded)
    if iso:
        stamp = _stamped(text, iso, *_clock_of(iso), offset(iso["zone"] or ""), language)
        return _with_clock(text, folded, iso, stamp, language)
    for pattern in (_CJK, _YEAR_FIRST):
        found = pattern.search(folded)
        if found:
            stamp = _stamped(text, found, timedelta(), False, language=language)
            return _with_clock(text, folded, found, stamp, language)
    named = _find_named(text, folded, language)
    return named or _find_numeric(text, folded, tag, order, language)


def _plain(text: str) -> str:
    """Return *text* composed, without marks of direction: one character for each that folds."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not unicodedata.combining(c)
                   and c not in "\u200e\u200f\u202a\u202b\u202c\u200c\u00ad")  # fmt: skip


def _find_named(text: str, folded: str, language: str) -> Found | None:
    for candidate in dict.fromkeys((language, "en", *LANGUAGES) if language else LANGUAGES):
        if not candidate or not month_pattern(candidate).search(folded):
            continue
        names = month_names(candidate)
        marked, moves = _marked(folded, candidate, names)
        for pattern in _NAMED:
            found = pattern.search(marked)
            stamp = found and _stamped(text, found, timedelta(), False, language=candidate)
            if found and stamp:
                span = _unmoved(found.start(), moves), _unmoved(found.end(), moves)
                return _with_clock(text, folded, span, stamp, candidate)
    return None


def _marked(folded: str, language: str, names: dict[str, int]) -> tuple[str, list[tuple[int, int]]]:
    """Replace each month's name by its number between marks; return also by how much that moves."""
    pieces, moves, end, at = [], [], 0, 0
    for found in month_pattern(language).finditer(folded):
        pieces += [folded[end : found.start()], f"\x01{names[found.group()]:02}\x01"]
        at += found.start() - end + 4
        end = found.end()
        moves.append((at, end - at))
    pieces.append(folded[end:])
    return "".join(pieces), moves


def _unmoved(place: int, moves: list[tuple[int, int]]) -> int:
    shift = 0
    for at, move in moves:
        if place >= at:
            shift = move
    return place + shift


def _find_numeric(
    text: str, folded: str, tag: str, order: Order | None, language: str
) -> Found | None:
    found = _NUMERIC.search(folded)
    if not found:
        return None
    first, second = int(found["a"]), int(found["b"])
    own = order_of(first, second)
    chosen = own or order or ("day-first" if found["s"] == "." else usual_order(tag))
    is_ambiguous = own is None and order is None and first != second and found["s"] != "."
    day, month = (first, second) if chosen == "day-first" else (second, first)
    try:
        year = read_year(found["y"], is_thai(text, language))
        stamp = Stamp(text, datetime(year, month, day), has_time=False)
    except ValueError:
        return None
    timed = _with_clock(text, folded, found, stamp, language)
    return timed and replace(timed, is_ambiguous=is_ambiguous)


def order_of(first: int, second: int) -> Order | None:
    """Return which of two numbers of a date is the day, if they show it themselves."""
    if first > 12 >= second:
        return "day-first"
    if second > 12 >= first:
        return "month-first"
    return None


def usual_order(tag: str) -> Order:
    """Return what is usual where a language is written: only Americans put the month first."""
    lower = tag.lower().replace("_", "-")
    return "month-first" if lower in ("", "en", "en-us", "en-ca", "en-ph", "fil") else "day-first"


def _with_clock(
    text: str,
    folded: str,
    span: re.Match[str] | tuple[int, int],
    stamp: Stamp | None,
    language: str,
) -> Found | None:
    """Add to a day the time that is printed nearest to it: after it, else before it."""
    if stamp is None:
        return None
    start, end = span if isinstance(span, tuple) else span.span()
    printed = text[start:end]
    if stamp.has_time:
        return Found(replace(stamp, printed=printed), start, end)
    after = read_clock(folded[end:], language, 24)
    if after:
        low, high, since = after
        zone, zone_end = zone_at(text, end + high)
        stamp = _timed(stamp, text[start:zone_end], since, zone)
        return Found(stamp, start, zone_end)
    before = read_clock(folded[:start], language, 400)
    if before:
        low, _, since = before
        zone, zone_end = zone_at(text, end)
        stamp = _timed(stamp, text[low:zone_end], since, zone)
        return Found(stamp, low, zone_end)
    within = CLOCK.search(folded[start:end])
    if within and ":" in within.group():
        clock = read_clock(folded[start:end], language, end - start)
        if clock:
            return Found(
                replace(stamp, printed=printed, local=stamp.local + clock[2], has_time=True),
                start,
                end,
            )
    return Found(replace(stamp, printed=printed), start, end)


def _timed(stamp: Stamp, printed: str, since: timedelta, zone: str) -> Stamp:
    return Stamp(printed.strip(), stamp.local + since, zone)


def _relative(text: str, clock: Clock) -> Found | None:
    """Read "3 days ago" against the time of the capture; marked approximate."""
    printed = text.strip()
    if not printed or len(printed) > MAX_STAMP or clock.captured is None:
        return None
    age = read_any_age(printed, clock.language)
    if age is None:
        return None
    try:
        local = clock.captured - age
    except OverflowError:
        return None
    has_time = age < timedelta(days=1)
    return Found(Stamp(printed, local, "", has_time, True), 0, len(text))


@lru_cache(maxsize=4096)
def read_any_age(text: str, tag: str) -> timedelta | None:
    """Return how long ago *text* says that something was, in the page's language or in English."""
    for language in dict.fromkeys((language_of(tag) or "en", "en")):
        age = read_age(text, language)
        if age is not None:
            return age
    return None
