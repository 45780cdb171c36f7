"""Read comments that are signed below their text, or named above and dated below it."""

from collections.abc import Sequence

from ...furniture import furniture_name
from ...lines import Line
from ..moments import MomentKind
from .page import Page
from .signatures import Signature, Signed, Stops, filled, is_control, next_words, sign
from .signs import Rule, Sign, by_who_when, when

_LONG = 40
"""A first comment below a heading has at most so many filled lines."""

_SHORT = 60
"""A line that is longer is no name."""

_FAR = 80
"""The head of a first comment is looked for in so many lines above its foot."""


def feet(
    page: Page, start: int, rule: Rule, kind: MomentKind, is_headed: bool, stops: Stops
) -> tuple[Signed, ...]:
    """Read texts that are each signed at their foot: ``Comment by Name — time``.

    Where nothing stands before the first signature, or a text after the last, they are heads.
    """
    found = _signs(page, start, rule, kind)
    if not found:
        return ()
    is_below = is_headed and filled(page.lines, start, found[0][0]) <= _LONG
    begin = start if is_below else first_text(page.lines, start, found[0][0])
    begin = _after_furniture(page.lines, begin, found[0][0])
    is_marked = is_headed and rule is by_who_when
    if begin >= found[0][0] or (not is_marked and _has_text(page, found[-1][0] + 1, stops)):
        return ()
    signed: list[Signed] = []
    for at, foot in found:
        mark = Signature(at, at + 1, foot.name, foot.moment, foot.number, foot.shape)
        begin = next_words(page.lines, begin)
        signed.append(sign(page.lines, mark, (begin, at), begin, at + 1))
        begin = at + 1
    return tuple(signed)


def _after_furniture(lines: Sequence[Line], begin: int, end: int) -> int:
    begin = next_words(lines, begin)
    while begin < end and furniture_name(lines[begin].words):
        begin = next_words(lines, begin + 1)
    return begin


def _has_text(page: Page, start: int, stops: Stops) -> bool:
    """Tell whether a text that is no furniture follows, before the comments stop."""
    for at in range(start, len(page.lines)):
        if stops(at):
            return False
        if page.lines[at].words and not furniture_name(page.lines[at].words):
            return True
    return False


def first_text(lines: Sequence[Line], start: int, foot: int) -> int:
    """Return where the text of a first comment begins that nothing parts from the article.

    Paragraphs stand apart; where two lines touch, the second was not of the article. Else the
    comment is taken to be the last paragraph.
    """
    above = range(foot - 1, max(start, foot - _FAR), -1)
    touching = next((at for at in above if lines[at].words and lines[at - 1].words), None)
    if touching is not None:
        while touching - 2 >= start and lines[touching - 2].words:
            touching -= 1
        return touching
    return next((at for at in above if lines[at].words), start)


def _signs(page: Page, start: int, rule: Rule, kind: MomentKind) -> list[tuple[int, Sign]]:
    """Return the lines that *rule* reads with one kind of moment, each with what it says."""
    return [
        (at, found)
        for at, found in page.signed(rule)
        if at >= start and found.moment and found.moment.kind == kind
    ]


def framed(
    page: Page, start: int, rule: Rule, kind: MomentKind, is_headed: bool
) -> tuple[Signed, ...]:
    """Read texts that have a name above and a time below, on lines of their own."""
    found = _signs(page, start, when, kind)
    signed: list[Signed] = []
    begin, named = start, 0
    for at, foot in found:
        top = _top(page, begin, at, rule, is_headed or bool(signed))
        head = page.sign(top, rule) if top < at else None
        if head is None and not signed:
            continue
        named += head is not None
        signed.append(_framed(page, head, foot, top, at))
        begin = at + 1
    return tuple(signed) if named * 4 >= len(signed) * 3 else ()


def _framed(page: Page, head: Sign | None, foot: Sign, top: int, at: int) -> Signed:
    words = head.name if head else ""
    mark = Signature(at, at + 1, words, foot.moment, head.number if head else None)
    return sign(page.lines, mark, (top + 1 if head else top, at), top, at + 1)


def _top(page: Page, begin: int, foot: int, rule: Rule, is_bounded: bool) -> int:
    """Return the line of the name: the first that is no button, or of a first comment the nearest."""
    if is_bounded:
        at = next_words(page.lines, begin)
        while at < foot and is_control(page.lines[at].words):
            at = next_words(page.lines, at + 1)
        return at
    return _nearest(page, begin, foot, rule)


def _nearest(page: Page, begin: int, foot: int, rule: Rule) -> int:
    """Return the highest line that may be a name below the last long line above a text."""
    found, text = foot, False
    for at in range(foot - 1, max(begin - 1, foot - _FAR), -1):
        words = page.lines[at].words
        if found < foot and len(words) > _SHORT:
            break
        if text and page.sign(at, rule):
            found = at
        text = text or bool(words and not is_control(words))
    return found
