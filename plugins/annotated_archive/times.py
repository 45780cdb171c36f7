"""Read dates and times as classic themes print them, in American and ISO forms.

`DATE` and `TIME` match them in a line, `read_stamp` reads them, `localise` puts them into a zone.
"""

import re
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from .model import Stamp

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thur?s?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?,?\s+)?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = (
    rf"(?:{_WEEKDAY}{_MONTH}\s+{_DAY}\s*,?\s+\d{{4}}\b"
    rf"|{_WEEKDAY}\b{_DAY}\.?\s+(?:of\s+)?{_MONTH}\s*,?\s+\d{{4}}\b"
    r"|(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d)|\b\d{4}/\d{1,2}/\d{1,2}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b)"
)
_ZONE = r"(?:\(?(?-i:[A-Z]{1,4}T|GMT|UTC|BST|Z)\b\)?|[+-]\d{2}:?\d{2}\b)"
TIME = (
    r"(?:(?<!\d)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[ap]\.?m\b\.?)?|(?<!\d)\d{1,2}\s*[ap]\.?m\b\.?)"
    rf"(?:\s*{_ZONE})?"
)
TIME_ONLY = re.compile(TIME, re.IGNORECASE)

_NAMED = re.compile(rf"(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})\D*?\s(?P<year>\d{{4}})", re.I)
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})\S*\s+(?:of\s+)?(?P<month>{_MONTH})\s*,?\s+(?P<year>\d{{4}})",
    re.I,
)
_ISO = re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})")
_SLASHED = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{2,4})")
_CLOCK = re.compile(
    rf"(?P<hour>\d{{1,2}})(?::(?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:\.\d+)?)?)?\s*"
    rf"(?P<half>[ap])?(?:\.?m\b\.?)?\s*(?P<zone>{_ZONE})?$",
    re.IGNORECASE,
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


def read_stamp(printed: str, time: str = "") -> Stamp | None:
    """Read a date, with its time or with one printed apart, or return None if there is no such day.

    >>> read_stamp("June 17, 2009 at 7:49 am").local.isoformat()
    '2009-06-17T07:49:00'
    >>> read_stamp("June 16th, 2009", "09:17 PM ET")
    Stamp(printed='June 16th, 2009 09:17 PM ET', local=datetime.datetime(2009, 6, 16, 21, 17), zone='ET', has_time=True)
    >>> read_stamp("February 30, 2009") is None
    True
    """
    for pattern in (_ISO, _SLASHED, _NAMED, _DAY_FIRST):
        found = pattern.search(printed)
        if found:
            break
    else:
        return None
    clock = TIME_ONLY.search(printed[found.end() :])
    if clock:
        time = ""
    clock = clock or TIME_ONLY.search(time)
    clock_parts = _CLOCK.match(clock.group()) if clock else None
    text = f"{printed.strip()} {time.strip()}".strip()
    try:
        local = datetime(_year(found["year"]), _month(found["month"]), int(found["day"]))
        if clock_parts is None:
            return Stamp(text, local, has_time=False)
        local += _since_midnight(clock_parts)
    except ValueError:
        return None
    zone = (clock_parts["zone"] or "").strip("()").upper()
    return Stamp(text, local, zone)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _MONTHS.index(text[:3].lower()) + 1


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
