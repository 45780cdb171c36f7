"""Name what signs a comment, and cut the lines between signatures into comments."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ... import furniture
from ...lines import Line, paragraphs
from ...model import CapturedComment
from ..moments import Moment, MomentKind


@dataclass(frozen=True, slots=True)
class Signature:
    """Hold what signs one comment, on the lines from *first* up to *last* (exclusive).

    *shape* is how its theme prints name and moment: the words and signs around them.
    """

    first: int
    last: int
    name: str
    moment: Moment | None = None
    number: int | None = None
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """Hold one comment, the lines from *first* up to *last* (exclusive), and its signature's line.

    *kind* is that of the moment that its signature has, if any; *says* that its name "says".
    """

    first: int
    last: int
    comment: CapturedComment
    signature: int
    kind: MomentKind | None = None
    says: bool = False


Stops = Callable[[int], bool]


def next_words(lines: Sequence[Line], index: int) -> int:
    """Return the index of the first line from *index* on that is not blank."""
    while index < len(lines) and not lines[index].words:
        index += 1
    return index


def filled(lines: Sequence[Line], first: int, last: int) -> int:
    """Count the lines from *first* up to *last* that are not blank."""
    return sum(1 for line in lines[first:last] if line.words)


def is_control(words: str) -> bool:
    """Tell whether a line is blank or a button of a comment."""
    return not words or furniture.is_control(words)


def sign(
    lines: Sequence[Line], mark: Signature, body: tuple[int, int], first: int, last: int
) -> Signed:
    """Make a comment of a signature and its text, without the buttons above and below it."""
    begin, end = body
    while end > begin and is_control(lines[end - 1].words):
        end -= 1
    while begin < end and is_control(lines[begin].words):
        begin += 1
    text = "\n\n".join(paragraphs(lines[begin:end]))
    stamp = mark.moment.stamp if mark.moment else None
    comment = CapturedComment(mark.name, text, stamp, mark.number)
    kind = mark.moment.kind if mark.moment else None
    return Signed(first, last, comment, mark.first, kind, "says" in mark.shape)


def by_heads(lines: Sequence[Line], marks: Sequence[Signature], stops: Stops) -> tuple[Signed, ...]:
    """Give each head the lines up to the next head, or up to where the comments stop."""
    ends = [mark.first for mark in marks[1:]]
    ends += [_last_end(lines, marks[-1].last, stops)] if marks else []
    return tuple(
        sign(lines, mark, (mark.last, end), mark.first, end)
        for mark, end in zip(marks, ends, strict=True)
    )


def _last_end(lines: Sequence[Line], begin: int, stops: Stops) -> int:
    """Return where the last comment ends: where *stops* says, or at its last button above that."""
    end = next((at for at in range(begin, len(lines)) if stops(at)), len(lines))
    for at in range(end - 1, begin, -1):
        words = lines[at].words
        if words and is_control(words):
            return at + 1
        if words and not furniture.furniture_name(words):
            return end
    return end
