"""Draw when things came in: bars over time, and the same figures in a table.

Widths and places are in hundredths of the drawing's width, heights in hundredths of its height; a
template draws them, and nothing of it depends on how wide the page is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from .periods import Unit, ticks

_FEWEST = 12
"""A window of fewer spans is drawn as wide as this many: no bar is a block."""
_TICKS = 7
"""So many labels stand apart at the width of a text; a letter is about 7 pixels wide, a phone 320."""
_LOWEST = 4.0
"""A bar of one must be seen beside a bar of thousands."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Draw the *count* of one span; the *hollow* part of its *height*, above, is apart from the rest."""

    x: float
    width: float
    height: float
    hollow: float
    count: int
    words: str
    address: str = ""

    @property
    def top(self) -> float:
        """Return how far below the top of the drawing it begins."""
        return round(100 - self.height, 2)

    @property
    def solid(self) -> float:
        """Return the height of what is not hollow."""
        return round(self.height - self.hollow, 2)


@dataclass(frozen=True, slots=True)
class Panel:
    """Draw the bars of one sort of thing, the highest of which counts *most*."""

    name: str
    most: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """Label the axis at *x*; *anchor* says which end of the words stands there.

    A narrow page leaves out what *is_minor*.
    """

    x: float
    words: str
    anchor: str
    is_minor: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Give the figures of one span, one for each column; *address* leads to the place."""

    words: str
    counts: tuple[int, ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Hold a drawing and its table.

    *title* says what it shows, *span* how long one is, *clock* on whose clock, if not on each item's
    own. *heads* are the columns of the table.
    *stamp* is where a moment of its own stands, *stamp_words* which. *before* and *after* are what
    lies outside of the drawing, *remarks* what it cannot show. *is_local* says that its addresses
    begin at the page itself, not at the site's root.
    """

    title: str
    span: str
    panels: tuple[Panel, ...]
    ticks: tuple[Tick, ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    stamp: float | None = None
    stamp_words: str = ""
    before: Row | None = None
    after: Row | None = None
    remarks: tuple[str, ...] = ()
    has_hollow: bool = False
    clock: str = ""
    is_local: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Hold the spans that are drawn: of *unit*, from the number *first* to *last*."""

    unit: Unit
    first: int
    last: int

    @property
    def spans(self) -> int:
        """Count the spans that the drawing has room for."""
        return max(self.last - self.first + 1, _FEWEST)

    def holds(self, when: datetime) -> bool:
        """Tell whether a moment is drawn."""
        return self.first <= self.unit.number(when) <= self.last

    def x(self, number: float) -> float:
        """Return where a number begins."""
        return round((number - self.first) * 100 / self.spans, 2)

    def place(self, when: datetime) -> float:
        """Return where a moment stands."""
        number = self.unit.number(when)
        start, end = self.unit.start(number), self.unit.start(number + 1)
        within = (when - start) / (end - start) if end > start else 0.0
        return self.x(number + within)

    def panel(
        self,
        name: str,
        counts: Mapping[int, int],
        address_of: Callable[[int], str],
        hollow: Mapping[int, int] = MappingProxyType({}),
    ) -> Panel:
        """Return the bars of what is counted by spans; *hollow* counts those that are apart."""
        most = max(counts.values(), default=0)
        bars = (
            self._bar(number, count, hollow.get(number, 0), most, name, address_of(number))
            for number, count in sorted(counts.items())
        )
        return Panel(name, most, tuple(bars))

    def _bar(self, number: int, count: int, apart: int, most: int, name: str, address: str) -> Bar:
        height = max(round(count * 100 / most, 2), _LOWEST)
        words = (
            f"{count:,} {name if count > 1 else name.removesuffix('s')}, {self.unit.words(number)}"
        )
        width = round(80 / self.spans, 2)
        x = round(self.x(number) + 10 / self.spans, 2)
        return Bar(x, width, height, round(height * apart / count, 2), count, words, address)

    def ticks(self) -> tuple[Tick, ...]:
        """Return the labels of the axis: below the middle of a day or more, else at its beginning.

        Of more than three the rounder half stays on a narrow page: days rather than noons.
        """
        shift = 0.0 if 0 < self.unit.minutes < 24 * 60 else 0.5
        numbers = ticks(self.unit, self.first, self.last, _TICKS)
        round_ones = 2 * (numbers[1] - numbers[0]) if len(numbers) > 3 else 1
        return tuple(self._tick(number, shift, number % round_ones > 0) for number in numbers)

    def _tick(self, number: int, shift: float, is_minor: bool) -> Tick:
        x, words = self.x(number + shift), self.unit.label(number)
        room = max(0.0, (len(words) * 3.6 - 14) / 3)
        anchor = "start" if x < room else "end" if x > 100 - room else "middle"
        return Tick(x, words, anchor, is_minor)

    def rows(
        self, counted: Sequence[Mapping[int, int]], address_of: Callable[[int], str]
    ) -> tuple[Row, ...]:
        """Return a row for each span that has something in any column."""
        numbers = sorted(set().union(*counted))
        return tuple(
            Row(
                _capital(self.unit.words(number)),
                tuple(column.get(number, 0) for column in counted),
                address_of(number),
            )
            for number in numbers
        )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
