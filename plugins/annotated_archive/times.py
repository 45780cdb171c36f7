"""Read dates and times as pages print them, in the languages of `LANGUAGES`.

`WHEN` and `TIME` match them in a line, `read_stamp` reads them, `localise` puts them into a zone.
"""

import re
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from .model import Stamp
from .plain_text.languages import any_of, month_numbers, pattern

_MONTHS = month_numbers()
_MONTH = rf"(?:{any_of(_MONTHS)}\b\.?)"
_WEEKDAY = rf"(?:(?<!\w){pattern('weekdays')}\b\.?,?\s+)?"
_DAY = r"(?<!\d)\d{1,2}(?:st|nd|rd|th|er|º|ª|\.)?"
_OF = r"(?:(?:of|de|del|do|den)\s+)?"
_NUMERIC = (
    r"(?:(?<![\d/-])\d{4}-\d{1,2}-\d{1,2}(?!\d)|(?<![\d/-])\d{4}/\d{1,2}/\d{1,2}(?!\d)"
    r"|(?<![\d/])\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?![\d/])"
    r"|(?<![\d-])\d{1,2}-\d{1,2}-\d{4}(?![\d-])"
    r"|(?<![\d.])\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})(?!\d|\.\d)"
    r"|(?<!\d)\d{4}年\s?\d{1,2}月\s?\d{1,2}日)"
)
DATE = (
    rf"(?:{_WEEKDAY}(?:(?<!\w){_MONTH}\s+{_DAY}\s*,?\s+\d{{4}}\b"
    rf"|{_DAY}\s+{_OF}{_MONTH}\s*,?\s+{_OF}\d{{4}}\b|{_NUMERIC}))"
)
YEARLESS = rf"(?:{_WEEKDAY}(?:(?<!\w){_MONTH}\s+{_DAY}(?![\d:])|{_DAY}\s+{_OF}(?<!\w){_MONTH}))"
"""A day without its year: it is known as a day, and not read."""

_ZONE = r"(?:\(?(?-i:[A-Z]{1,4}T|GMT|UTC|BST|Z)\b\)?|[+-]\d{2}:?\d{2}\b)"
TIME = (
    r"(?:(?<![\d:])\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?!\d)(?:\s*[ap]\.?\s?m\b\.?|\s*(?:uhr|h)\b)?"
    r"|(?<![\d:])\d{1,2}(?:[.\s]\d{2})?\s*[ap]\.?m\b\.?|(?<!\d)\d{1,2}\s?(?:h|時)\s?\d{2}\b分?"
    r"|(?<!\d)\d{1,2}\.\d{2}\s*uhr\b)"
    rf"(?:\s*{_ZONE})?"
)
TIME_ONLY = re.compile(TIME, re.IGNORECASE)
JOINT = rf"(?:T|\s*,?\s*(?:[@|/·•–—-]\s*)?(?:{pattern('at')}\b\.?:?)?\s*)"
"""What may stand between a date and its time."""

WHEN = rf"{DATE}(?:{JOINT}{TIME})?"
"""A date, with its time where one follows it."""

_NAMED = re.compile(
    rf"(?<!\w)(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})\D*?\s(?P<year>\d{{4}})", re.I
)
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})\S*\s+{_OF}(?P<month>{_MONTH})\s*,?\s+{_OF}(?P<year>\d{{4}})", re.I
)
_ISO = re.compile(r"(?P<year>\d{4})[-/年]\s?(?P<month>\d{1,2})[-/月]\s?(?P<day>\d{1,2})")
_SLASHED = re.compile(r"(?P<month>\d{1,2})[/-](?P<day>\d{1,2})[/-](?P<year>\d{2,4})")
_POINTED = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{2,4})")
_FORMS = (_ISO, _SLASHED, _POINTED, _NAMED, _DAY_FIRST)
_CLOCK = re.compile(
    rf"(?P<hour>\d{{1,2}})(?:(?::|\s?h\s?|\s?時\s?|[.\s](?=\d\d))(?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:\.\d+)?)?)?分?\s*"
    rf"(?P<half>[ap])?(?:\.?\s?m\b\.?|uhr\b|h\b)?\s*(?P<zone>{_ZONE})?$",
    re.IGNORECASE,
)
_SLASHES = re.compile(r"/\d{1,2}/\d\d")
_DAYS_BEFORE_MONTHS = re.compile(
    r"(?<![\d/])(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])/\d{2,4}(?![\d/])"
)
_MONTHS_BEFORE_DAYS = re.compile(
    r"(?<![\d/])(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/\d{2,4}(?![\d/])"
)

ZONES = {
    "E": "America/New_York",
    "C": "America/Chicago",
    "M": "America/Denver",
    "P": "America/Los_Angeles",
}
_FIXED = {
    "GMT": "UTC",
    "UTC": "UTC",
    "Z": "UTC",
    "BST": "Europe/London",
    "CET": "Europe/Berlin",
}


def puts_days_first(text: str) -> bool:
    """Tell whether the dates in figures of a page show that it puts days before months.

    >>> puts_days_first("16/06/2012 and 05/07/2012"), puts_days_first("05/07/2012")
    (True, False)
    """
    if not _SLASHES.search(text):
        return False
    return bool(_DAYS_BEFORE_MONTHS.search(text)) and not _MONTHS_BEFORE_DAYS.search(text)


def read_stamp(printed: str, time: str = "", days_first: bool = False) -> Stamp | None:
    """Read a date, with its time or with one printed apart, or return None if there is no such day.

    >>> read_stamp("June 17, 2009 at 7:49 am").local.isoformat()
    '2009-06-17T07:49:00'
    >>> read_stamp("June 16th, 2009", "09:17 PM ET").printed
    'June 16th, 2009 09:17 PM ET'
    >>> read_stamp("4. März 2014 um 8:05 Uhr").local.isoformat()
    '2014-03-04T08:05:00'
    >>> read_stamp("05/07/2012", days_first=True).local.isoformat()
    '2012-07-05T00:00:00'
    >>> read_stamp("February 30, 2009") is None
    True
    """
    found = next((match for form in _FORMS if (match := form.search(printed))), None)
    if found is None:
        return None
    clock = TIME_ONLY.search(printed[found.end() :]) or TIME_ONLY.search(printed[: found.start()])
    if clock:
        time = ""
    clock = clock or TIME_ONLY.search(time)
    clock_parts = _CLOCK.match(clock.group()) if clock else None
    text = f"{printed.strip()} {time.strip()}".strip()
    try:
        local = _day(found, days_first)
        if clock_parts is None:
            return Stamp(text, local, has_time=False)
        local += _since_midnight(clock_parts)
    except ValueError:
        return None
    zone = (clock_parts["zone"] or "").strip("()").upper()
    return Stamp(text, local, zone)


def _day(found: re.Match[str], days_first: bool) -> datetime:
    """Return midnight of a day; of figures alone the month comes first, unless it cannot."""
    month, day = _month(found["month"]), int(found["day"])
    if found.re is _SLASHED and (days_first or month > 12):
        month, day = day, month
    return datetime(_year(found["year"]), month, day)


def _month(text: str) -> int:
    """Return the number of a month, however large its letters are.

    >>> _month("Dec."), _month("ARALIK")
    (12, 12)
    """
    name = text.rstrip(".")
    if name.isdigit():
        return int(name)
    found = _MONTHS.get(name.lower())
    if found is None:  # Turkish has an I without a dot, which is no other I in small letters
        same = re.compile(re.escape(name), re.IGNORECASE).fullmatch
        found = next(number for one, number in _MONTHS.items() if same(one))
    return found


def _year(text: str) -> int:
    year = int(text)
    return year if year > 99 else year + (1900 if year > 69 else 2000)


def _since_midnight(clock: re.Match[str]) -> timedelta:
    """Return the time after midnight; 12 am is midnight, 12 pm is noon."""
    hour, half = int(clock["hour"]), (clock["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        half = ""  # "17:04 pm" is printed by themes that mix both forms
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    parts = (hour, int(clock["minute"] or 0), int(clock["second"] or 0))
    if parts[0] > 23 or parts[1] > 59 or parts[2] > 59:
        raise ValueError(clock.group())
    return timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2])


def zone_of(abbreviation: str) -> tzinfo | None:
    """Return the zone that an abbreviation or an offset stands for in American and ISO usage.

    >>> zone_of("ET")
    zoneinfo.ZoneInfo(key='America/New_York')
    >>> zone_of("+0530")
    datetime.timezone(datetime.timedelta(seconds=19800))
    """
    short = abbreviation.upper()
    if short[:1] in "+-" and short:
        hours, minutes = int(short[1:3]), int(short[-2:])
        delta = timedelta(hours=hours, minutes=minutes)
        return timezone(-delta if short[0] == "-" else delta) if hours < 24 else None
    name = _FIXED.get(short) or (_FIXED["CET"] if short == "CEST" else None)
    if name is None and short.endswith("T"):
        name = ZONES.get(short[0])
    return ZoneInfo(name) if name else None


def localise(stamp: Stamp, zone: tzinfo) -> datetime:
    """Return the time of *stamp* with an offset: its own, where it printed one, else that of *zone*.

    Where a clock that was set back shows the same time twice, the earlier is meant.
    """
    own = zone_of(stamp.zone) if stamp.zone[:1] in ("+", "-", "Z", "U", "G") else None
    return stamp.local.replace(tzinfo=own or zone)
