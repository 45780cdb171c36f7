"""Cut time into spans that a reader can name: from ten minutes to a century.

Moments are naive: they stand on the clock that is shown. A span is known by its number, counted in
its unit from the year 1 (spans of minutes) or 0 (spans of months).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, datetime, timedelta
from functools import lru_cache

from ..wording import date_words, month_words

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Unit:
    """Name a length of time, of *minutes* or of *months*; *steps* are how many may lie between ticks."""

    name: str
    minutes: int = 0
    months: int = 0
    steps: tuple[int, ...] = (1, 2, 5, 10, 20, 50)

    def number(self, when: datetime) -> int:
        """Return the number of the span that holds a moment."""
        if self.minutes:
            days = when.toordinal() - 1
            return (days * _DAY + when.hour * 60 + when.minute) // self.minutes
        return (when.year * 12 + when.month - 1) // self.months

    def start(self, number: int) -> datetime:
        """Return when a span begins, as far as a calendar goes."""
        if self.minutes:
            span = timedelta(minutes=self.minutes)
            return datetime.min + min(number * span, datetime.max - datetime.min)
        year, month = divmod(number * self.months, 12)
        if year > MAXYEAR:
            return datetime.max
        return datetime(year, month + 1, 1) if year else datetime.min

    @lru_cache(maxsize=4096)  # noqa: B019 - units are few, and stay as long as the program
    def words(self, number: int) -> str:
        """Return a span in words.

        >>> HOUR, MONTH = Unit("hour", minutes=60), Unit("month", months=1)
        >>> HOUR.words(HOUR.number(datetime(2009, 6, 16, 23, 5)))
        '16 June 2009, 23:00 to 24:00'
        >>> MONTH.words(MONTH.number(datetime(2009, 6, 16)))
        'June 2009'
        """
        start = self.start(number)
        if self.minutes and self.minutes < _DAY:
            end = _clock(self.start(number + 1)).replace("00:00", "24:00")
            return f"{date_words(start)}, {_clock(start)} to {end}"
        if self.minutes == _DAY:
            return date_words(start)
        if self.minutes:
            return f"the week of {date_words(start)}"
        if self.months < 12:
            last = month_words(self.start(number + 1) - timedelta(days=1))
            first = month_words(start)
            return first if first == last else f"{first.split()[0]} to {last}"
        last_year = start.year + self.months // 12 - 1 - start.year % (self.months // 12)
        return f"{start.year}" if self.months == 12 else f"{start.year} to {last_year}"

    def label(self, number: int) -> str:
        """Return a few words for the axis, below the beginning of a span.

        >>> HOUR = Unit("hour", minutes=60)
        >>> [HOUR.label(HOUR.number(datetime(2009, 6, 16, hour))) for hour in (0, 6)]
        ['16 June', '06:00']
        """
        start = self.start(number)
        if self.minutes and self.minutes < _DAY and (start.hour or start.minute):
            return _clock(start)
        if self.minutes:
            return date_words(start).rpartition(" ")[0]
        return month_words(start) if self.months < 12 else f"{start.year}"


def _clock(when: datetime) -> str:
    return f"{when.hour:02}:{when.minute:02}"


FINE = (
    Unit("ten minutes", 10, steps=(1, 2, 3, 6, 12, 18)),
    Unit("half an hour", 30, steps=(1, 2, 4, 6, 12)),
    Unit("an hour", 60, steps=(1, 2, 3, 6, 12)),
    Unit("three hours", 180, steps=(1, 2, 4, 8, 16)),
    Unit("six hours", 360, steps=(1, 2, 4, 8, 12)),
)
DAYS = (
    Unit("a day", _DAY, steps=(1, 2, 4, 7, 14)),
    Unit("a week", 7 * _DAY, steps=(1, 2, 4, 8, 13)),
)
MONTH, QUARTER = (
    Unit("a month", months=1, steps=(1, 2, 3, 6, 12)),
    Unit("a quarter of a year", months=3),
)
YEARS = (Unit("a year", months=12), Unit("ten years", months=120), Unit("a century", months=1200))
UNITS = (*FINE, *DAYS, MONTH, QUARTER, *YEARS)


def choose(
    moments: Sequence[datetime], units: Sequence[Unit], most: int, leave: int = 0
) -> tuple[Unit, int, int]:
    """Return the finest unit whose window of at most *most* spans holds all but *leave* moments.

    With it come the first and the last number of the window. Of the coarsest unit the fullest window
    is taken, whatever it leaves out. Where the next coarser unit holds all moments, it is that: little
    is gained by leaving some out. *moments* are in order, and there is one at least.

    >>> days = [datetime(2009, 6, day) for day in (1, 2, 3)]
    >>> unit, first, last = choose([*days, datetime(2019, 1, 1)], UNITS, 50, leave=1)
    >>> unit.name, unit.words(first), last - first
    ('an hour', '1 June 2009, 00:00 to 01:00', 48)
    """
    enough, last_place = len(moments) - leave, len(units) - 1
    place = next(
        (n for n, one in enumerate(units) if _holds(moments, one, most, enough)), last_place
    )
    unit, coarser = units[place], units[min(place + 1, last_place)]
    first, last = coarser.number(moments[0]), coarser.number(moments[-1])
    if last - first < most and not _holds(moments, unit, most, len(moments)):
        return coarser, first, last
    numbers = [unit.number(moment) for moment in moments]
    begin, end = _fullest(numbers, most)
    return unit, numbers[begin], numbers[end - 1]


def _holds(moments: Sequence[datetime], unit: Unit, most: int, enough: int) -> bool:
    """Tell whether *enough* of the moments, which follow each other, lie in one window of a unit."""
    ends = zip(moments, moments[enough - 1 :], strict=False)
    return any(unit.number(last) - unit.number(first) < most for first, last in ends)


def _fullest(numbers: Sequence[int], most: int) -> tuple[int, int]:
    """Return from where up to where the most numbers lie within *most* of each other: the first such."""
    begin, best = 0, (0, 0)
    for end, number in enumerate(numbers, 1):
        while number - numbers[begin] >= most:
            begin += 1
        if end - begin > best[1] - best[0]:
            best = (begin, end)
    return best


def ticks(unit: Unit, first: int, last: int, most: int) -> tuple[int, ...]:
    """Return the numbers of at most *most* spans to label: round ones, evenly apart."""
    for step in unit.steps:
        found = tuple(range(first + -first % step, last + 1, step))
        if len(found) <= most:
            return found
    return found[:: -(-len(found) // most)]
