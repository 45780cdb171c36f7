"""Hold the lines of a page, and read each only once by a rule."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ...lines import Line
from ..moments import Moment, MomentKind, find_moments
from .signs import TIMED, Rule, Sign, ping

_LONGEST = 240


@dataclass
class Page:
    """Hold the *lines* of a page; *days_first* says how it writes days in figures."""

    lines: Sequence[Line]
    days_first: bool = False
    signs: dict[tuple[int, Rule], Sign | None] = field(default_factory=dict)
    found: dict[Rule, tuple[tuple[int, Sign], ...]] = field(default_factory=dict)
    counted: dict[int, Mapping[MomentKind, int]] = field(default_factory=dict)

    @cached_property
    def moments(self) -> Mapping[int, tuple[Moment, ...]]:
        """Return the lines that have moments, in order, each with its own."""
        every = ((at, find_moments(words, self.days_first)) for at, words in self._short)
        return {at: moments for at, moments in every if moments}

    @cached_property
    def numerals(self) -> tuple[int, ...]:
        """Return the lines that begin with a figure."""
        return tuple(at for at, line in enumerate(self.lines) if line.words[:1].isdigit())

    @cached_property
    def pings(self) -> Mapping[int, Sign]:
        """Return the lines that are pingbacks or trackbacks."""
        every = ((at, ping(words)) for at, words in self._short)
        return {at: found for at, found in every if found}

    @cached_property
    def _short(self) -> Sequence[tuple[int, str]]:
        """Return the lines that may be part of a signature: neither blank nor long."""
        every = ((at, line.words) for at, line in enumerate(self.lines))
        return [(at, words) for at, words in every if words and len(words) <= _LONGEST]

    def kinds(self, start: int) -> Mapping[MomentKind, int]:
        """Count the lines from *start* on that have moments of each kind."""
        if start not in self.counted:
            found = (moments for at, moments in self.moments.items() if at >= start)
            self.counted[start] = Counter(
                kind for moments in found for kind in {one.kind for one in moments}
            )
        return self.counted[start]

    def sign(self, index: int, rule: Rule) -> Sign | None:
        """Return what *rule* reads on the line at *index*; of a blank line or a long one nothing."""
        words = self.lines[index].words
        moments = self.moments.get(index, ())
        if not words or len(words) > _LONGEST or (rule in TIMED and not moments):
            return None
        if (index, rule) not in self.signs:
            self.signs[index, rule] = rule(words, moments)
        return self.signs[index, rule]

    def signed(self, rule: Rule) -> tuple[tuple[int, Sign], ...]:
        """Return every line that *rule* reads, with what it reads there."""
        if rule not in self.found:
            filled = self.moments if rule in TIMED else (at for at, _ in self._short)
            every = ((at, self.sign(at, rule)) for at in filled)
            self.found[rule] = tuple((at, found) for at, found in every if found)
        return self.found[rule]
