"""Split captured text into runs where annotations begin and end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """Say that the words from *start* up to *end* bear the annotation *id*.

    *number* counts the annotation's targets, from 1: the reference to its note stands at each end;
    0 where the words go on elsewhere.
    """

    start: int
    end: int
    id: str
    number: int = 1


@dataclass(frozen=True, slots=True)
class Run:
    """Hold text under the same annotations; *refs* are the marks whose words end with it."""

    text: str
    ids: tuple[str, ...] = ()
    refs: tuple[Mark, ...] = ()


Line = tuple[Run, ...]


def marked_paragraphs(text: str, marks: Sequence[Mark]) -> tuple[tuple[Line, ...], ...]:
    r"""Return paragraphs of lines of runs, as `split_paragraphs` splits text.

    >>> [(run.text, run.ids) for run in marked_paragraphs("a b", [Mark(0, 1, "x")])[0][0]]
    [('a', ('x',)), (' b', ())]
    """
    paragraphs: list[list[Line]] = []
    before = -2
    for found in _LINE.finditer(text):
        if not found.group().strip():
            continue
        gap = text[before : found.start()] if before >= 0 else "\n\n"
        if gap.count("\n") > 1:
            paragraphs.append([])
        paragraphs[-1].append(_runs(text, found.start(), found.end(), marks))
        before = found.end()
    return tuple(tuple(lines) for lines in paragraphs)


def _runs(text: str, start: int, end: int, marks: Sequence[Mark]) -> Line:
    """Cut one line at each place where an annotation begins or ends."""
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    cuts = {start, end}
    for mark in here:
        cuts |= {max(mark.start, start), min(mark.end, end)}
    places = sorted(cuts)
    return tuple(
        Run(
            text[first:last],
            tuple(
                dict.fromkeys(m.id for m in here if m.start <= first and last <= m.end),
            ),
            tuple(mark for mark in here if mark.number and mark.end == last),
        )
        for first, last in pairwise(places)
    )
