"""Read ``1. Name``, an indented text, and a time at its foot."""

import re
from collections.abc import Sequence

from ...lines import Line
from ..moments import Moment
from .page import Page
from .signatures import Signature, Signed, next_words, sign
from .signs import when

_HEAD = re.compile(r"(?P<number>\d{1,5})\.(?:\s+(?P<name>.{1,120}?))?(?:\s+says:)?", re.IGNORECASE)


def numbered(page: Page, start: int) -> tuple[Signed, ...]:
    """Return the comments whose heads count on, if at least half of them have a time."""
    heads, feet = _read(page, start)
    if len(feet) * 2 < len(heads):
        return ()
    ends = [head.first for head in heads[1:]]
    return tuple(
        _signed(page.lines, head, feet.get(place), ends[place] if place < len(ends) else None)
        for place, head in enumerate(heads)
    )


def _read(page: Page, start: int) -> tuple[list[Signature], dict[int, tuple[int, Moment]]]:
    """Return the heads, and by a head's place the line and the moment at its foot."""
    heads: list[Signature] = []
    feet: dict[int, tuple[int, Moment]] = {}
    closed = True
    for index in sorted({*page.numerals, *page.moments}):
        if index < start:
            continue
        head = _head(page.lines, heads, index, closed)
        if head:
            heads.append(head)
            closed = False
            continue
        foot = page.sign(index, when) if heads else None
        moment = foot.moment if foot else None
        if moment and moment.kind == "time" and _ends_comment(page.lines, index, heads):
            feet[len(heads) - 1] = (index, moment)
            closed = True
    return heads, feet


def _head(
    lines: Sequence[Line], heads: Sequence[Signature], index: int, closed: bool
) -> Signature | None:
    words = lines[index].words
    found = _HEAD.fullmatch(words[:240]) if words[:1].isdigit() else None
    if not found or not _continues(lines, heads, index, int(found["number"]), closed):
        return None
    return Signature(index, index + 1, (found["name"] or "").strip(), number=int(found["number"]))


def _signed(
    lines: Sequence[Line], head: Signature, foot: tuple[int, Moment] | None, limit: int | None
) -> Signed:
    """Make a comment of a head and its foot; without a foot it ends at *limit*, or by its margin."""
    if foot:
        end, moment = foot
        mark = Signature(head.first, head.last, head.name, moment, head.number)
        return sign(lines, mark, (head.last, end), head.first, end + 1)
    end = _margin_end(lines, head) if limit is None else limit
    return sign(lines, head, (head.last, end), head.first, end)


def _continues(
    lines: Sequence[Line], heads: Sequence[Signature], index: int, number: int, closed: bool
) -> bool:
    """Tell whether a numbered line begins the next comment, not a list within one."""
    if not heads:
        return True
    if number != (heads[-1].number or 0) + 1:
        return False
    first = lines[heads[0].first]
    body = lines[next_words(lines, heads[-1].last)]
    return closed or (body.indent > first.indent and abs(lines[index].indent - first.indent) <= 1)


def _ends_comment(lines: Sequence[Line], index: int, heads: Sequence[Signature]) -> bool:
    """Tell whether a time at *index* is a foot: a ``|`` ends it, or the next comment follows."""
    after = next_words(lines, index + 1)
    if lines[index].words.endswith("|") or after == len(lines):
        return True
    found = _HEAD.fullmatch(lines[after].words[:240])
    follows = found is not None and int(found["number"]) == (heads[-1].number or 0) + 1
    return follows or lines[after].indent < max(lines[index].indent, 1)


def _margin_end(lines: Sequence[Line], head: Signature) -> int:
    """Return where an undated last comment ends: where its margin does."""
    margin = lines[head.first].indent
    index = head.last
    while index < len(lines) and (not lines[index].words or lines[index].indent > margin):
        index += 1
    return index
