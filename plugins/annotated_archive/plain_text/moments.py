"""Find where a line says when something was written: a time, a day, a day without its year, an age."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ..model import Stamp
from ..times import DATE, JOINT, STAMP, TIME, YEARLESS, read_stamp
from .languages import LANGUAGES, any_of, month_numbers, pattern
from .languages import words as alternatives

MomentKind = Literal["time", "yearless", "day", "age"]
KINDS: tuple[MomentKind, ...] = ("time", "yearless", "day", "age")

_ON = rf"(?:\s*[,|·•–—-]?\s*(?:{pattern('on')}\b\s*)?|\s+)"
_TODAYS = (
    "today yesterday heute gestern hier ayer hoy hoje ontem oggi ieri vandaag gisteren "
    "idag igår dzisiaj wczoraj сегодня вчера"
)
_TODAY = any_of(_TODAYS.split())
_COUNT = r"(?:\d{1,3}|an?|one|two|three|einem|einer|une?|una|uma?|uno|een|ett?|en|один)"
_SPAN = rf"{_COUNT}\s*{pattern('units')}\b(?:(?:,|\s+and|\s+und|\s+et|\s+y|\s+e)?\s*\d{{1,2}}\s*{pattern('units')}\b)?"
_ABOUT = (
    r"(?:(?:about|over|almost|more\s+than|less\s+than|circa|ungefähr|etwa|environ|casi|около)\s+)?"
)
_AGO = rf"{_ABOUT}(?<!\w){pattern('ago').replace('#', _SPAN)}(?!\w)"
_START = rf"(?:(?<![\d:])(?=\d)|(?<!\w)(?={pattern('weekdays')}|{pattern('months')}|{_ABOUT}{_COUNT}\s|{_TODAY}|{pattern('ago').replace('#', '')}))"
_MOMENT = re.compile(
    rf"{_START}(?:(?P<time>{STAMP}|{TIME}{_ON}{DATE})|(?P<day>{DATE})"
    rf"|(?P<yearless>{YEARLESS}{JOINT}{TIME}|{TIME}{_ON}{YEARLESS}|(?<!\w){_TODAY}{JOINT}{TIME})|(?P<age>{_AGO}))",
    re.IGNORECASE,
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

_HINTS = _AGE_HINTS.union(
    _LETTERS.findall(_TODAYS),
    (
        max(_LETTERS.findall(cell), key=len)
        for row in LANGUAGES.values()
        for cell in alternatives(row.months)
    ),
)
"""No moment is without one of these words, or a date in figures."""

_PLAIN = re.compile(
    r"(?P<time>(?P<month>[A-Za-z]+) (?P<day>\d\d?), (?P<year>[12]\d{3}) at"
    r" (?P<hour>\d\d?):(?P<minute>\d\d) (?P<half>[apAP])[mM])(?: \|)?",
    re.ASCII,
)
"""A time as most pages print it, whole: this is the same as `_MOMENT` reads, in a tenth of the time."""

_MONTHS = month_numbers()
_LONGEST = 240


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
        for found in _MOMENT.finditer(words)
        if (moment := _moment(found, days_first)) is not None
    )


def _may_have(words: str) -> bool:
    """Tell quickly whether a line may have a moment."""
    if not _DIGIT.search(words):
        lower = words.lower()
        return any(map(lower.__contains__, _AGE_HINTS)) and not _AGE_HINTS.isdisjoint(
            _LETTERS.findall(lower)
        )
    return bool(_FIGURES.search(words)) or not _HINTS.isdisjoint(_LETTERS.findall(words.lower()))


def _plain_moment(found: re.Match[str]) -> Moment | None:
    """Return what is printed as most pages print it, or None where it needs a closer look."""
    month, hour = _MONTHS.get(found["month"].lower()), int(found["hour"])
    if month is None or not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if found["half"] in "pP" else 0)
    try:
        local = datetime(int(found["year"]), month, int(found["day"]), hour, int(found["minute"]))
    except ValueError:
        return None
    end = found.end("time")
    return Moment(0, end, "time", Stamp(found["time"], local))


def _moment(found: re.Match[str], days_first: bool) -> Moment | None:
    """Return a moment; of days that do not exist none."""
    for kind in ("yearless", "age"):
        if found[kind]:
            return Moment(found.start(), found.end(), kind)
    stamp = read_stamp(found.group(), days_first=days_first)
    if stamp is None:
        return None
    return Moment(found.start(), found.end(), "time" if stamp.has_time else "day", stamp)
