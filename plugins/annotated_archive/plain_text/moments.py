"""Find where a line says when something was written: a time, a day, a day without its year, an age."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal

from ..model import Stamp
from ..times import DATE, JOINT, TIME, WHEN, YEARLESS, read_stamp
from .languages import LANGUAGES, any_of, month_numbers, pattern
from .languages import words as alternatives

MomentKind = Literal["time", "yearless", "day", "age"]
KINDS: tuple[MomentKind, ...] = ("time", "yearless", "day", "age")

_TODAYS = (
    "today yesterday heute gestern hier ayer hoy hoje ontem oggi ieri vandaag gisteren "
    "idag igår dzisiaj wczoraj сегодня вчера"
)
_COUNT = r"(?:\d{1,3}|an?|one|two|three|einem|einer|une?|una|uma?|uno|een|ett?|en|один)"
_ABOUT = (
    r"(?:(?:about|over|almost|more\s+than|less\s+than|circa|ungefähr|etwa|environ|casi|около)\s+)?"
)
_FIGURES = re.compile(r"\d([/.-])\s?\d{1,2}\1\s?\d|年")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_AGE_HINTS = frozenset(
    max(_LETTERS.findall(cell), key=len)
    for row in LANGUAGES.values()
    for cell in alternatives(row.ago)
)
"""No age is without one of these words."""

_DAY_HINTS = frozenset(_LETTERS.findall(_TODAYS)).union(
    max(_LETTERS.findall(cell), key=len)
    for row in LANGUAGES.values()
    for cell in alternatives(row.months)
)
"""No other moment is without one of these words, or a date in figures."""

_PLAIN = re.compile(
    r"(?P<time>(?P<month>[A-Za-z]+) (?P<day>\d\d?)(?:st|nd|rd|th)?, (?P<year>[12]\d{3})(?: at"
    r" (?P<hour>\d\d?):(?P<minute>\d\d) (?P<half>[apAP])[mM])?)(?: \|)?",
    re.ASCII,
)
"""A time as most pages print it, whole: this is the same as `_pattern` reads, in a tenth of the time."""

_MONTHS = month_numbers()
_LONGEST = 240


@cache
def _pattern() -> re.Pattern[str]:
    """Return what matches a moment; few pages need it, and it takes long to compile."""
    on = rf"(?:\s*[,|·•–—-]?\s*(?:{pattern('on')}\b\s*)?|\s+)"
    today = any_of(_TODAYS.split())
    ago = pattern("ago").replace("#", "")
    start = rf"(?:(?<![\d:])(?=\d)|(?<!\w)(?={pattern('weekdays')}|{pattern('months')}|{_ABOUT}{_COUNT}\s|{today}|{ago}))"
    return re.compile(
        rf"{start}(?:(?P<time>{WHEN}|{TIME}{on}{DATE})"
        rf"|(?P<yearless>{YEARLESS}{JOINT}{TIME}|{TIME}{on}{YEARLESS}|(?<!\w){today}{JOINT}{TIME})"
        rf"|(?P<age>{_ABOUT}(?<!\w)(?:{_ages()})(?!\w)))",
        re.IGNORECASE,
    )


@cache
def _counted() -> re.Pattern[str]:
    """Return what matches a count and its unit: no age is without them."""
    return re.compile(rf"{_COUNT}\s*{pattern('units')}\b", re.IGNORECASE)


def _ages() -> str:
    """Return a pattern for ages. What stands before and after a span is gathered: spans are long."""
    units = pattern("units")
    span = rf"{_COUNT}\s*{units}\b(?:(?:,|\s+and|\s+und|\s+et|\s+y|\s+e)?\s*\d{{1,2}}\s*{units}\b)?"
    cells = (cell for row in LANGUAGES.values() for cell in alternatives(row.ago))
    parted = [tuple(map(str.strip, cell.split("#"))) for cell in cells]
    before = any_of(before for before, after in parted if not after)
    after = any_of(after for before, after in parted if not before)
    around = (rf"{before}\s+{span}\s+{after}" for before, after in parted if before and after)
    return "|".join((rf"{before}\s+{span}", *around, rf"{span}\s+{after}"))


@dataclass(frozen=True, slots=True)
class Moment:
    """Say that the characters from *start* up to *end* of a line are a moment of some kind.

    *stamp* is None where no year is printed, or where an age is: they are no time by themselves.
    """

    start: int
    end: int
    kind: MomentKind
    stamp: Stamp | None = None


def find_moments(words: str, days_first: bool = False) -> tuple[Moment, ...]:
    """Return the moments of a line, from left to right; of a long line none.

    >>> [moment.kind for moment in find_moments("Ann, May 3, 2012 at 5:04 pm")]
    ['time']
    >>> [moment.kind for moment in find_moments("Ann • il y a 3 jours")]
    ['age']
    >>> find_moments("Ann, February 30, 2012")
    ()
    """
    if len(words) > _LONGEST:
        return ()
    plain = _PLAIN.fullmatch(words)
    if plain and (moment := _plain_moment(plain)):
        return (moment,)
    if not _may_have(words):
        return ()
    return tuple(
        moment
        for found in _pattern().finditer(words)
        if (moment := _moment(found, days_first)) is not None
    )


def _may_have(words: str) -> bool:
    """Tell quickly whether a line may have a moment."""
    lower = words.lower()
    if _DIGIT.search(words) and (
        _FIGURES.search(words) or not _DAY_HINTS.isdisjoint(_LETTERS.findall(lower))
    ):
        return True
    return (
        any(map(lower.__contains__, _AGE_HINTS))
        and not _AGE_HINTS.isdisjoint(_LETTERS.findall(lower))
        and _counted().search(words) is not None
    )


def _plain_moment(found: re.Match[str]) -> Moment | None:
    """Return what is printed as most pages print it, or None where it needs a closer look."""
    month, hour = _MONTHS.get(found["month"].lower()), int(found["hour"] or 12)
    if month is None or not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if found["half"] in ("p", "P") else 0)
    minute = int(found["minute"] or 0)
    try:
        local = datetime(int(found["year"]), month, int(found["day"]), hour, minute)
    except ValueError:
        return None
    stamp = Stamp(found["time"], local, has_time=found["hour"] is not None)
    return Moment(0, found.end("time"), "time" if stamp.has_time else "day", stamp)


def _moment(found: re.Match[str], days_first: bool) -> Moment | None:
    """Return a moment; of days that do not exist none."""
    for kind in ("yearless", "age"):
        if found[kind]:
            return Moment(found.start(), found.end(), kind)
    stamp = read_stamp(found.group(), days_first=days_first)
    if stamp is None:
        return None
    return Moment(found.start(), found.end(), "time" if stamp.has_time else "day", stamp)
