"""Hold the lines of a page, and read each only once by a rule."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...lines import Line
from ..moments import Moment, find_moments
from .signs import Rule, Sign


@dataclass(slots=True)
class Page:
    """Hold the *lines* of a page; *days_first* says how it writes days in figures."""

    lines: Sequence[Line]
    days_first: bool = False
    moments: dict[int, tuple[Moment, ...]] = field(default_factory=dict)
    signs: dict[tuple[int, Rule], Sign | None] = field(default_factory=dict)

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
