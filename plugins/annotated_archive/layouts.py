"""Find the comments of a captured text, whichever way its theme printed them.

A theme signs each comment with a name and a time. A layout says how: by a *head* of one or two
lines before the text, by a *foot* after it, or by both. The layout that signs most comments wins.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .furniture import furniture_name
from .lines import Line, paragraphs
from .model import CapturedComment, Stamp
from .times import DATE, TIME, read_stamp

_STAMP = rf"(?P<stamp>{DATE}(?:T|\s*(?:,|at\b|@|-|–|—|\||/)?\s*){TIME})(?:\s+at\s+{TIME})?"
_DAY = rf"(?P<stamp>{DATE})"
_NUMBER = r"(?:(?P<number>\d{1,5})[.)]\s+)?"
_TAIL = (
    r"\s*(?:\|\s*)?(?:(?:reply|permalink|link|quote|edit|#\d*|\(edit\)|report abuse)\s*[|↓→]?\s*)*"
)
_SAYS = r"(?:says?|said|wrote|writes|commented|responded|replied)"


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_NUMBERED = _whole(r"(?P<number>\d{1,5})\.(?:\s+(?P<name>.{1,120}?))?(?:\s+says:)?")
_DATE_LINE = _whole(rf"(?:(?:posted |commented )?on\s+|posted:?\s+|at\s+)?{_STAMP}{_TAIL}")
_SAYS_LINE = _whole(rf"{_NUMBER}(?P<name>.{{1,120}}?)\s+(?P<says>{_SAYS})\s*:?")
_NAME_LINE = _whole(rf"{_NUMBER}(?P<name>[^.!?:;]{{1,60}}|.{{1,40}}\b(?:\w|Jr|Sr|Dr|St|Mr|Mrs)\.)")
_SIGNED_BY = r"(?:(?:(?:comment|posted|written|submitted|left)\s+)?(?:by|from)\s*:?\s+)"
_BARE_NUMBER = r"(?:(?P<number>\d{1,5})[.)]?\s+)?"
_PART = r"\s*(?:,|\bon\b|\bat\b|—|–|-|\||•|·|\()\s*"
_INLINE_HEAD = _whole(
    rf"{_BARE_NUMBER}{_SIGNED_BY}?(?P<name>.{{1,100}}?)(?:{_PART}|\s+){_STAMP}\)?\s*{_SAYS}?\s*:?{_TAIL}"
)
_INLINE_DAY = _whole(rf"{_NUMBER}{_SIGNED_BY}?(?P<name>.{{1,80}}?){_PART}{_DAY}\)?\s*{_SAYS}?\s*:?")
_DAY_LINE = _whole(rf"(?:(?:posted )?on\s+)?{_DAY}{_TAIL}")
_NO_NAME = _whole(
    r"(?:sent|date|on|from|posted|updated|last updated|published|as of|since|until|.*:)"
)
_INLINE_FOOT = _whole(
    rf"{_SIGNED_BY}(?P<name>.{{1,100}}?)\s*(?:,|\bon\b|\bat\b|@|—|–|-|\||•|·|\s)\s*{_STAMP}{_TAIL}"
)
_DIGIT = re.compile(r"\d")
_PING = _whole(rf"{_NUMBER}(?P<kind>pingback|trackback)(?:\s*(?:by|from))?\s*:\s*(?P<name>.+)")


@dataclass(frozen=True, slots=True)
class Signed:
    """Hold one comment, the lines from *first* up to *last* (exclusive), and that of its signature."""

    first: int
    last: int
    comment: CapturedComment
    signature: int


@dataclass(frozen=True, slots=True)
class Signature:
    """Hold what signs one comment, on the lines from *first* up to *last* (exclusive)."""

    first: int
    last: int
    name: str
    stamp: Stamp | None
    number: int | None = None


def _signature(found: re.Match[str], first: int, last: int, stamp: Stamp | None) -> Signature:
    groups = found.groupdict()
    number = int(groups["number"]) if groups.get("number") else None
    return Signature(first, last, (groups.get("name") or "").strip(), stamp, number)


def _next_words(lines: Sequence[Line], index: int) -> int:
    """Return the index of the first line from *index* on that is not blank."""
    while index < len(lines) and not lines[index].words:
        index += 1
    return index


def _signed(
    lines: Sequence[Line], mark: Signature, body: tuple[int, int], first: int, last: int
) -> Signed:
    text = "\n\n".join(paragraphs(tuple(lines[body[0] : body[1]])))
    comment = CapturedComment(mark.name, text, mark.stamp, mark.number)
    return Signed(first, last, comment, mark.first)


def numbered(lines: Sequence[Line], start: int) -> tuple[Signed, ...]:
    """Read ``1. Name``, an indented text, and a time at its foot."""
    heads: list[Signature] = []
    closed, feet = True, dict[int, tuple[int, Stamp]]()
    for index in range(start, len(lines)):
        words = lines[index].words
        found = _NUMBERED.fullmatch(words[:240]) if words[:1].isdigit() else None
        if found and _continues(lines, heads, index, int(found["number"]), closed):
            heads.append(_signature(found, index, index + 1, None))
            closed = False
            continue
        foot = _DATE_LINE.fullmatch(words) if heads and words and len(words) < 240 else None
        stamp = read_stamp(foot["stamp"]) if foot else None
        if stamp and heads and _ends_comment(lines, index, heads):
            feet[len(heads) - 1] = (index, stamp)
            closed = True
    if len(feet) * 2 < len(heads):
        return ()
    signed = []
    for place, head in enumerate(heads):
        limit = (
            heads[place + 1].first
            if place + 1 < len(heads)
            else _region_end(lines, head, feet.get(place))
        )
        foot_at = feet.get(place)
        end = foot_at[0] if foot_at else limit
        mark = Signature(
            head.first,
            head.last,
            head.name,
            foot_at[1] if foot_at else None,
            head.number,
        )
        signed.append(
            _signed(
                lines,
                mark,
                (head.last, end),
                head.first,
                foot_at[0] + 1 if foot_at else limit,
            )
        )
    return tuple(signed)


def _continues(
    lines: Sequence[Line], heads: list[Signature], index: int, number: int, closed: bool
) -> bool:
    """Tell whether a numbered line begins the next comment, not a list within one."""
    if not heads:
        return True
    if number != (heads[-1].number or 0) + 1:
        return False
    first = lines[heads[0].first]
    body = lines[_next_words(lines, heads[-1].last)]
    return closed or (body.indent > first.indent and abs(lines[index].indent - first.indent) <= 1)


def _ends_comment(lines: Sequence[Line], index: int, heads: list[Signature]) -> bool:
    """Tell whether a time at *index* is a foot: a ``|`` ends it, or the next comment follows."""
    after = _next_words(lines, index + 1)
    if lines[index].words.endswith("|") or after == len(lines):
        return True
    found = _NUMBERED.fullmatch(lines[after].words)
    follows = found is not None and int(found["number"]) == (heads[-1].number or 0) + 1
    return follows or lines[after].indent < max(lines[index].indent, 1)


def _region_end(lines: Sequence[Line], head: Signature, foot: tuple[int, Stamp] | None) -> int:
    """Return where an undated last comment ends: where its margin does."""
    if foot:
        return foot[0] + 1
    margin = lines[head.first].indent
    index = head.last
    while index < len(lines) and (not lines[index].words or lines[index].indent > margin):
        index += 1
    return index


def _by_heads(
    lines: Sequence[Line], marks: Sequence[Signature], stops: Callable[[int], bool]
) -> tuple[Signed, ...]:
    """Give each head the lines up to the next head, or up to where the comments stop."""
    signed = []
    for place, mark in enumerate(marks):
        limit = marks[place + 1].first if place + 1 < len(marks) else len(lines)
        is_last = place + 1 == len(marks)
        end = next((at for at in range(mark.last, limit) if is_last and stops(at)), limit)
        body = end
        while body > mark.last and _is_control(lines[body - 1].words):
            body -= 1
        signed.append(_signed(lines, mark, (mark.last, body), mark.first, end))
    return tuple(signed)


def _is_control(words: str) -> bool:
    return not words or furniture_name(words) == "comment control"


def heads_of(
    pattern: re.Pattern[str], date: re.Pattern[str] | None
) -> Callable[[Sequence[Line], int], tuple[Signature, ...]]:
    """Return a finder of heads: *pattern* on one line and, where given, *date* on the next."""

    def find(lines: Sequence[Line], start: int) -> tuple[Signature, ...]:
        marks: list[Signature] = []
        index = start
        while index < len(lines):
            mark = _head_at(lines, index, pattern, date)
            if mark:
                marks.append(mark)
                index = mark.last
            else:
                index += 1
        return tuple(marks)

    return find


def _head_at(
    lines: Sequence[Line], index: int, pattern: re.Pattern[str], date: re.Pattern[str] | None
) -> Signature | None:
    words = lines[index].words
    if not words or len(words) > 240:
        return None
    ping = _PING.fullmatch(words) if "back" in words.lower() else None
    if ping:
        return _signature(ping, index, index + 1, None)
    if date is None:
        found = pattern.fullmatch(words) if _DIGIT.search(words) else None
        stamp = read_stamp(found["stamp"]) if found and not _is_no_name(found) else None
        return _signature(found, index, index + 1, stamp) if found and stamp else None
    after = _next_words(lines, index + 1)
    if after >= len(lines) or after > index + 3 or not _DIGIT.search(lines[after].words[:240]):
        return None
    when = date.fullmatch(lines[after].words[:240])
    found = pattern.fullmatch(words) if when else None
    stamp = read_stamp(when["stamp"]) if when and found and not _is_no_name(found) else None
    return _signature(found, index, after + 1, stamp) if found and stamp else None


def _is_no_name(found: re.Match[str]) -> bool:
    return _NO_NAME.fullmatch(found["name"].strip()) is not None


def _numbered_in_order(marks: Sequence[Signature]) -> tuple[Signature, ...]:
    """Return marks whose bare numbers count on from the first; else the numbers belong to names."""
    numbers = [mark.number for mark in marks if mark.number is not None]
    if all(second > first for first, second in pairwise(numbers)) and (
        len(numbers) * 2 > len(marks)
    ):
        return tuple(marks)
    return tuple(
        replace(mark, name=f"{mark.number} {mark.name}", number=None)
        if mark.number is not None
        else mark
        for mark in marks
    )


def feet(lines: Sequence[Line], start: int) -> tuple[Signed, ...]:
    """Read texts that are each signed at their foot: ``Comment by Name — time``.

    Where nothing stands before the first signature, it is a head.
    """
    signed: list[Signed] = []
    begin = start
    for index in range(start, len(lines)):
        words = lines[index].words
        found = _INLINE_FOOT.fullmatch(words) if len(words) < 240 else None
        stamp = read_stamp(found["stamp"]) if found else None
        if found and stamp:
            mark = _signature(found, index, index + 1, stamp)
            first = _next_words(lines, begin)
            while not signed and first < index and furniture_name(lines[first].words):
                first = _next_words(lines, first + 1)
            if first == index and not signed:
                return ()
            signed.append(_signed(lines, mark, (first, index), first, index + 1))
            begin = index + 1
    return tuple(signed)


def find_comments(
    lines: Sequence[Line],
    start: int,
    stops: Callable[[int], bool],
    is_headed: bool = False,
) -> tuple[Signed, ...]:
    """Return the comments from line *start* on, by the layout that signs most with a time.

    *stops* tells whether the line at an index ends the last comment of a layout without feet.
    Names with a day and no time are read only where the page heads its responses.
    """

    def headed(pattern: re.Pattern[str], date: re.Pattern[str] | None) -> tuple[Signed, ...]:
        marks = _numbered_in_order(heads_of(pattern, date)(lines, start))
        return _by_heads(lines, marks, stops)

    found = [
        numbered(lines, start),
        headed(_SAYS_LINE, _DATE_LINE),
        feet(lines, start),
        headed(_NAME_LINE, _DATE_LINE),
        headed(_INLINE_HEAD, None),
    ]
    if is_headed and not any(found):
        found += [headed(_INLINE_DAY, None), headed(_NAME_LINE, _DAY_LINE)]
    return max(found, key=_weight)


def _weight(signed: Sequence[Signed]) -> tuple[int, int]:
    """Weigh a reading: by the comments that bear a time, then by those that have a text."""
    return (
        sum(one.comment.stamp is not None for one in signed),
        sum(bool(one.comment.text) for one in signed),
    )
