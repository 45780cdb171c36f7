"""Read the time that an element holds: in its attributes, in its words, or in those around it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from ..model import Stamp
from .elements import Element, has_more
from .limits import MAX_STAMP
from .stamps import Clock, find_stamp, read_any_age, read_iso
from .visible import read_visible


@dataclass(frozen=True, slots=True)
class TimeRead:
    """Hold the stamp of an element, or the words that only say how long ago it was."""

    stamp: Stamp | None = None
    is_ambiguous: bool = False
    relative: str = ""


def read_time(element: Element, clock: Clock, item: Element | None = None) -> TimeRead:
    """Return the time of *element*: a machine's, with the words printed for it, else the words'.

    >>> from lxml import html
    >>> one = html.fromstring('<time datetime="2019-07-28T13:39+02:00">July 28</time>')
    >>> read_time(one, Clock("en")).stamp.printed
    'July 28'
    """
    if has_more(element, 40):
        return TimeRead()
    printed = " ".join(read_visible([element]).text.split())
    if len(printed) > 3 * MAX_STAMP:
        return TimeRead()
    machine = _machine(element, clock)
    found = find_stamp(printed, clock) if printed else None
    if printed and found is None and len(element):
        # names and times may be told apart by their style alone
        found = find_stamp(
            " ".join(" ".join(str(piece) for piece in element.itertext()).split())[: 3 * MAX_STAMP],
            clock,
        )
    words = None if found is None or found.stamp.is_approximate else found.stamp
    if machine and not (words and words.has_time and not machine.zone and not _is_iso(element)):
        is_own = element.tag in ("time", "abbr") and any(char.isdecimal() for char in printed)
        if words is None and is_own and read_any_age(printed, clock.language) is None:
            machine = replace(machine, printed=printed[:MAX_STAMP])
        return TimeRead(_both(machine, words, printed))
    if words and found:
        if not words.has_time:
            words = _with_time_around(element, words, clock, item)
        return TimeRead(words, found.is_ambiguous)
    if found:
        return TimeRead(found.stamp)
    is_age = 0 < len(printed) <= 48 and read_any_age(printed, clock.language) is not None
    return TimeRead(relative=printed if is_age else "")


def _is_iso(element: Element) -> bool:
    return any(read_iso(element.get(name) or "") for name in ("datetime", "content", "title"))


def _machine(element: Element, clock: Clock) -> Stamp | None:
    """Return the time in the attributes of an element, or of the first in it made for a time."""
    own = _attributes(element, clock)
    if own or not len(element):
        return own
    inner = next(iter(element.iter("time", "abbr")), None)
    return _attributes(inner, clock) if inner is not None else None


def _attributes(element: Element, clock: Clock) -> Stamp | None:
    for name in ("datetime", "content", "data-datetime", "data-date"):
        value = element.get(name)
        stamp = read_iso(value, clock.language) if value else None
        if stamp:
            return stamp
    for name in ("data-timestamp", "data-utime", "data-time", "data-comment-timestamp"):
        value = element.get(name) or ""
        if value.isascii() and value.isdigit() and 9 <= len(value) <= 13:
            seconds = int(value) / (1000 if len(value) > 11 else 1)
            local = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
            return Stamp("", local, "+00:00")
    for name in (
        "title",
        "data-original-title",
        "data-tooltip",
        "data-tippy-content",
        "aria-label",
    ):
        value = (element.get(name) or "").strip()
        if 6 <= len(value) <= MAX_STAMP:
            stamp = read_iso(value, clock.language)
            if stamp:
                return stamp
            found = find_stamp(value, clock)
            if found and not found.stamp.is_approximate:
                return found.stamp
    return None


def _both(machine: Stamp, words: Stamp | None, printed: str) -> Stamp:
    """Return the machine's time with the words; the words' time of day where it has none."""
    if words is None:
        return machine if machine.printed else replace(machine, printed=printed)
    if not machine.has_time and words.has_time and machine.local.date() == words.local.date():
        return words
    apart = words.local - machine.local.replace(second=words.local.second)
    if machine.zone in ("Z", "+00:00") and words.has_time and apart and _is_zone(apart):
        minutes = int(apart.total_seconds() // 60)
        sign, minutes = ("-" if minutes < 0 else "+"), abs(minutes)
        return replace(words, zone=f"{sign}{minutes // 60:02}:{minutes % 60:02}")
    return replace(machine, printed=words.printed)


def _is_zone(apart: timedelta) -> bool:
    """Tell whether a wall clock may be *apart* from the machine's: by quarters of an hour, to 14 hours.

    The words have no seconds.
    """
    minutes = round(apart.total_seconds() / 60)
    return minutes % 15 == 0 and abs(minutes) <= 14 * 60


def _with_time_around(element: Element, words: Stamp, clock: Clock, item: Element | None) -> Stamp:
    """Return a day with the time of day that is printed beside it, in the element around."""
    parent = element.getparent()
    if parent is None or parent is item or has_more(parent, 12):
        return words
    around = " ".join(read_visible([parent]).text.split())
    if len(around) > MAX_STAMP:
        return words
    found = find_stamp(around, clock)
    if found and found.stamp.has_time and found.stamp.local.date() == words.local.date():
        return found.stamp
    return words
