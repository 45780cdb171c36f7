"""Read the times that exports give, a local clock and Greenwich's beside it."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from ..model import Stamp

_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?"
)
_CREATED = re.compile(r"\bcreated\s*=\s*\"(\d{4}-\d\d-\d\d \d\d:\d\d)\"")
_FARTHEST = timedelta(hours=14)


def stamp_of(local: str, gmt: str = "", published: str = "") -> Stamp | None:
    """Return a time with the offset that lies between a site's own clock and Greenwich's.

    *published* is the same time after RFC 2822, for where *gmt* says nothing. A time of all zeros
    is none.

    >>> stamp_of("2009-06-16 17:57:00", "2009-06-16 16:57:00")
    Stamp(printed='2009-06-16 17:57:00', local=datetime.datetime(2009, 6, 16, 17, 57), zone='+01:00', has_time=True, is_approximate=False)
    >>> stamp_of("", "2009-06-16 16:57:00").zone, stamp_of("2009-06-16 16:57:00").zone
    ('+00:00', '')
    >>> stamp_of("0000-00-00 00:00:00") is None
    True
    """
    here, there, sent = _time(local), _time(gmt), utc_of(published)
    if here is None and there is not None:
        return Stamp(gmt, there, "+00:00")
    if here is None:
        return Stamp(published, sent, "+00:00") if sent else None
    if there is None and sent and abs(here - sent) <= _FARTHEST:
        there = sent
    return Stamp(local, here, _offset(here - there) if there else "")


def _time(text: str) -> datetime | None:
    found = _TIME.fullmatch(text.strip())
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    try:
        return datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None


def _offset(difference: timedelta) -> str:
    """Return an offset as "+02:00", or an empty string where no clock is that far off.

    The two clocks were read one after the other, so the difference may be a second short; all
    offsets since 1972 are whole quarters of an hour.
    """
    quarters = round(difference / timedelta(minutes=15))
    exact = quarters * timedelta(minutes=15)
    if abs(difference - exact) > timedelta(minutes=1) or abs(exact) > _FARTHEST:
        return ""
    hours, minutes = divmod(abs(quarters) * 15, 60)
    return f"{'-' if quarters < 0 else '+'}{hours:02}:{minutes:02}"


def utc_of(published: str) -> datetime | None:
    """Return a time after RFC 2822 (the format of RSS 2.0) on Greenwich's clock, without a zone.

    >>> utc_of("Tue, 16 Jun 2009 17:57:00 +0100")
    datetime.datetime(2009, 6, 16, 16, 57)
    """
    try:
        when = parsedate_to_datetime(published.strip())
        return (when.astimezone(UTC) if when.tzinfo else when).replace(tzinfo=None)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def header_time(header: str, published: datetime | None) -> str | None:
    """Return when a WordPress export says it was created, with its offset if *published* agrees.

    >>> header_time('<!-- generator="WordPress/5.7" created="2021-07-03 08:14" -->', None)
    '2021-07-03T08:14'
    """
    found = _CREATED.search(header)
    created = _time(found[1]) if found else None
    if created is None or (published and abs(published - created) < timedelta(minutes=2)):
        return f"{published:%Y-%m-%dT%H:%M:%S}+00:00" if published else None
    return f"{created:%Y-%m-%dT%H:%M}"


def iso_stamp(text: str) -> Stamp | None:
    """Return a time after ISO 8601, on Greenwich's clock unless it says another.

    None where there is no such time.

    >>> iso_stamp("2013-10-10T19:20:29Z").zone, iso_stamp("2011-x09-30T22:48:43Z")
    ('+00:00', None)
    """
    found, when = _TIME.fullmatch(text.strip()), _time(text)
    if not found or when is None:
        return None
    return Stamp(text.strip(), when, "+00:00" if found[7] in ("Z", None) else found[7])
