"""Know quickly whether a place of a page is in one of many extents."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Spans:
    """Hold extents of places, merged, so that it is quick to tell whether a place is in one."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, extents: Iterable[tuple[int, int]]) -> "Spans":
        """Return the spans of *extents*.

        >>> [place in Spans.of([(2, 4), (3, 6)]) for place in (1, 5, 6)]
        [False, True, False]
        """
        spans = cls()
        for first, last in sorted(extents):
            if spans.ends and first <= spans.ends[-1]:
                spans.ends[-1] = max(spans.ends[-1], last)
            else:
                spans.starts.append(first)
                spans.ends.append(last)
        return spans

    def __contains__(self, place: int) -> bool:
        """Tell whether a place is in one of the spans."""
        at = bisect_right(self.starts, place) - 1
        return at >= 0 and place < self.ends[at]
