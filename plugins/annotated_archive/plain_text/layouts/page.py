"""Hold the lines of a page, and read each only once by a rule."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...lines import Line
from ..moments import Moment, find_moments
from .signs import Rule, Sign, ping


@dataclass(slots=True)
class Page:
    """Hold the *lines* of a page; *days_first* says how it writes days in figures."""

    lines: Sequence[Line]
    days_first: bool = False
    moments: dict[int, tuple[Moment, ...]] = field(default_factory=dict)
    signs: dict[tuple[int, Rule], Sign | None] = field(default_factory=dict)
    found: dict[Rule, tuple[tuple[int, Sign], ...]] = field(default_factory=dict)
    called: dict[int, Sign] | None = None

    def sign(self, index: int, rule: Rule) -> Sign | None:
        """Return what *rule* reads on the line at *index*; of a blank line or a long one nothing."""
        words = self.lines[index].words
        if not words or len(words) > 240:
            return None
        if (index, rule) not in self.signs:
            if index not in self.moments:
                self.moments[index] = find_moments(words, self.days_first)
            self.signs[index, rule] = rule(words, self.moments[index])
        return self.signs[index, rule]

    def signed(self, rule: Rule) -> tuple[tuple[int, Sign], ...]:
        """Return every line that *rule* reads, with what it reads there."""
        if rule not in self.found:
            filled = (at for at, line in enumerate(self.lines) if line.words)
            every = ((at, self.sign(at, rule)) for at in filled)
            self.found[rule] = tuple((at, found) for at, found in every if found)
        return self.found[rule]

    @property
    def pings(self) -> dict[int, Sign]:
        """Return the lines that are pingbacks or trackbacks."""
        if self.called is None:
            every = ((at, ping(line.words)) for at, line in enumerate(self.lines) if line.words)
            self.called = {at: found for at, found in every if found}
        return self.called
