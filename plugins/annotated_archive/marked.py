"""Split captured text into chunks of lines of runs: where annotations and styles begin and end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from .model import Style

_LINE = re.compile(r"[^\n]+")
_BLOCKS = ("quote", "item", "numbered-item")
ChunkKind = Literal["", "quote", "item", "numbered-item"]


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
    """Hold text under the same annotations and styles.

    *refs* are the marks whose words end with it.
    """

    text: str
    ids: tuple[str, ...] = ()
    refs: tuple[Mark, ...] = ()
    styles: tuple[Style, ...] = ()


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Hold lines of one kind: of a paragraph, of a quotation's paragraphs, or of a list.

    *paragraphs* are one for plain text and for a list, whose lines are its items.
    """

    kind: ChunkKind
    paragraphs: tuple[tuple[Line, ...], ...]


def chunks(
    text: str, marks: Sequence[Mark] = (), styles: Sequence[Style] = ()
) -> tuple[Chunk, ...]:
    r"""Return the chunks of captured text: a blank line parts paragraphs, a newline lines.

    >>> [run.text for run in chunks("a b", [Mark(0, 1, "x")])[0].paragraphs[0][0]]
    ['a', ' b']
    >>> [chunk.kind for chunk in chunks("a\nb", (), [Style(2, 3, "quote")])]
    ['', 'quote']
    """
    pieces = [
        (kind, tuple(line for _, line in lines))
        for paragraph in _paragraphs(text, marks, styles)
        for kind, lines in groupby(paragraph, key=lambda one: one[0])
    ]
    return tuple(_joined(pieces))


def _joined(pieces: Sequence[tuple[ChunkKind, tuple[Line, ...]]]) -> Iterator[Chunk]:
    """Join what Markdown would: quotations, and lists of a kind, that follow each other."""
    for kind, several in groupby(pieces, key=lambda one: one[0]):
        parts = tuple(lines for _, lines in several)
        if not kind:
            yield from (Chunk("", (lines,)) for lines in parts)
        elif kind == "quote":
            yield Chunk("quote", parts)
        else:
            yield Chunk(kind, (tuple(line for lines in parts for line in lines),))


def _paragraphs(
    text: str, marks: Sequence[Mark], styles: Sequence[Style]
) -> Iterator[list[tuple[ChunkKind, Line]]]:
    """Yield each paragraph as lines with their kinds."""
    paragraph: list[tuple[ChunkKind, Line]] = []
    before = -2
    for found in _LINE.finditer(text):
        if not found.group().strip():
            continue
        if before >= 0 and text[before : found.start()].count("\n") > 1:
            yield paragraph
            paragraph = []
        here = [one for one in styles if one.start < found.end() and one.end > found.start()]
        line = _runs(text, found.start(), found.end(), marks, here)
        paragraph.append((_kind(found.start(), found.end(), here), line))
        before = found.end()
    if paragraph:
        yield paragraph


def _kind(start: int, end: int, styles: Sequence[Style]) -> ChunkKind:
    """Return what all of a line belongs to."""
    kinds = {one.kind for one in styles if one.start <= start and end <= one.end}
    for kind in _BLOCKS:
        if kind in kinds:
            return kind  # type: ignore[return-value]
    return ""


def _runs(text: str, start: int, end: int, marks: Sequence[Mark], styles: Sequence[Style]) -> Line:
    """Cut one line at each place where an annotation or a style within it begins or ends."""
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    inline = [one for one in styles if one.kind not in _BLOCKS]
    spans: tuple[Mark | Style, ...] = (*here, *inline)
    cuts = {start, end}
    for one in spans:
        cuts |= {max(one.start, start), min(one.end, end)}
    places = sorted(cuts)
    return tuple(
        Run(
            text[first:last],
            tuple(dict.fromkeys(m.id for m in here if m.start <= first and last <= m.end)),
            tuple(mark for mark in here if mark.number and mark.end == last),
            tuple(one for one in inline if one.start <= first and last <= one.end),
        )
        for first, last in pairwise(places)
    )
