"""List everything by its date: years, months within them, and what has no date."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..wording import month_words

SPLIT_AT = 300
"""From so many items on, each year has pages of its own."""
MONTHS_FROM = 12
"""A year of more items is cut into months."""
UNDATED = "archives/undated.html"


@dataclass(frozen=True, slots=True)
class Dated:
    """Hold an *item*, which a template shows, its date, or None, and the number of its *comments*."""

    item: Any
    when: datetime | None
    comments: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """List the items of one month, latest first; *number* is 0 where a year is not cut."""

    number: int
    name: str
    anchor: str
    address: str
    listed: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """List the items of one year by *months*, latest first."""

    number: int
    address: str
    months: tuple[Month, ...]
    comments: int

    @property
    def rows(self) -> tuple[tuple[Month, Any], ...]:
        """Return all its items, latest first, each with its month."""
        return tuple((month, item) for month in self.months for item in month.listed)

    @property
    def count(self) -> int:
        """Count its items."""
        return sum(len(month.listed) for month in self.months)


class DateIndex:
    """Know the date of every item.

    *year_address* gives the page of a year where the index *is_split*, *page_address* that page of a
    paginated list on which the item with a number, from 0, stands.
    """

    def __init__(
        self,
        dated: Sequence[Dated],
        year_address: Callable[[int], str] = "archives/{}.html".format,
        page_address: Callable[[str, int, int], str] = lambda address, place, count: address,
        split_at: int = SPLIT_AT,
    ) -> None:
        self.is_split = len(dated) > split_at
        self._year_address = year_address
        self._page_address = page_address
        years: dict[int, list[Dated]] = {}
        for one in sorted(
            (one for one in dated if one.when), key=lambda one: _wall(one.when), reverse=True
        ):
            years.setdefault(_wall(one.when).year, []).append(one)
        self.years = tuple(self._year(number, listed) for number, listed in years.items())
        self.undated = tuple(one.item for one in dated if not one.when)
        self.count = len(dated)
        self._places = {
            (year.number, month.number): month.address
            for year in self.years
            for month in year.months
        } | {(year.number, 0): year.address for year in self.years}

    @property
    def undated_address(self) -> str:
        """Return where the items without a date are listed."""
        return UNDATED if self.is_split else "archives.html#year-unknown"

    def address_of(self, year: int, month: int = 0) -> str:
        """Return where a year, or a month of it, is listed; an empty string where it has no item."""
        return self._places.get((year, month)) or self._places.get((year, 0), "")

    def year(self, number: int) -> Year | None:
        """Return one year."""
        return next((one for one in self.years if one.number == number), None)

    def _year(self, number: int, dated: Sequence[Dated]) -> Year:
        address = self._year_address(number) if self.is_split else f"archives.html#year-{number}"
        comments = sum(one.comments for one in dated)
        if len(dated) <= MONTHS_FROM and not self.is_split:
            listed = tuple(one.item for one in dated)
            return Year(number, address, (Month(0, "", "", address, listed),), comments)
        months: dict[int, list[Dated]] = {}
        for one in dated:
            months.setdefault(_wall(one.when).month, []).append(one)
        made, place = [], 0
        for month, found in months.items():
            made.append(self._month(number, month, found, place, len(dated)))
            place += len(found)
        return Year(number, address, tuple(made), comments)

    def _month(
        self, year: int, month: int, dated: Sequence[Dated], place: int, count: int
    ) -> Month:
        anchor = f"month-{year}-{month:02}"
        page = "archives.html"
        if self.is_split:
            page = self._page_address(self._year_address(year), place, count)
        name = month_words(datetime(year, month, 1))
        return Month(month, name, anchor, f"{page}#{anchor}", tuple(one.item for one in dated))


def _wall(when: datetime | None) -> datetime:
    """Return a date as its own clock shows it."""
    return (when or datetime.min).replace(tzinfo=None)
