"""Read comments that are signed above their text, on one line or on several."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from .page import Page
from .signatures import Signature, Signed, Stops, by_heads, next_words
from .signs import Rule, Sign, by_who, who_when

_SUBJECT = re.compile(r"(?:re|aw|sv|antw|odp)\s*:\s.{1,120}", re.IGNORECASE)
FORM = 3
"""So many lines of a form or a sidebar are no part of a comment."""


def heads(page: Page, start: int, rules: Sequence[Rule], gap: int) -> tuple[Signature, ...]:
    """Return the heads whose lines each follow one of the *rules*, in order, within *gap* lines."""
    marks: list[Signature] = []
    index = start
    for at in sorted({*page.pings, *(place for place, _ in page.signed(rules[0]))}):
        mark = (_ping(page, at) or _head(page, at, rules, gap)) if at >= index else None
        if mark:
            marks.append(mark)
            index = mark.last
    return tuple(marks)


def _ping(page: Page, index: int) -> Signature | None:
    found = page.pings.get(index)
    return Signature(index, index + 1, found.name, number=found.number) if found else None


def _head(page: Page, index: int, rules: Sequence[Rule], gap: int) -> Signature | None:
    """Return the head that begins at *index*."""
    parts: list[Sign] = []
    at, last = index, index
    for rule in rules:
        at = next_words(page.lines, last) if parts else index
        found = page.sign(at, rule) if at < len(page.lines) and at < last + gap else None
        if found is None:
            return None
        parts.append(found)
        last = at + 1
    named = next((part for part in parts if part.name), Sign())
    moment = next((part.moment for part in parts if part.moment), None)
    shape = " ".join(part.shape for part in parts)
    return Signature(index, last, named.name, moment, named.number, shape)


def before_a_form(marks: Sequence[Signature], stops: Stops) -> tuple[Signature, ...]:
    """Return the marks up to a form or a sidebar: where several lines between two marks stop."""
    for place, (first, second) in enumerate(pairwise(marks), 1):
        if sum(1 for at in range(first.last, second.first) if stops(at)) >= FORM:
            return tuple(marks[:place])
    return tuple(marks)


def headed(page: Page, marks: Sequence[Signature], stops: Stops) -> tuple[Signed, ...]:
    """Make comments of heads; a subject above a head is part of it."""
    return by_heads(page.lines, [_with_subject(page, mark) for mark in numbers_kept(marks)], stops)


def _with_subject(page: Page, mark: Signature) -> Signature:
    above = mark.first - 1
    if above < 0 or not _SUBJECT.fullmatch(page.lines[above].words[:200]):
        return mark
    return replace(mark, first=above)


def numbers_kept(marks: Sequence[Signature]) -> tuple[Signature, ...]:
    """Return marks whose bare numbers count on from the first; else the numbers belong to names."""
    numbers = [mark.number for mark in marks if mark.number is not None]
    in_order = all(second > first for first, second in pairwise(numbers))
    if in_order and len(numbers) * 2 > len(marks):
        return tuple(marks)
    return tuple(
        mark
        if mark.number is None
        else replace(mark, name=f"{mark.number} {mark.name}", number=None)
        for mark in marks
    )


def of_one_shape(marks: Sequence[Signature]) -> tuple[Signature, ...]:
    """Return the marks that are printed like most of them."""
    shapes = Counter(mark.shape for mark in marks if mark.moment)
    if not shapes:
        return tuple(marks)
    common = shapes.most_common(1)[0][0]
    return tuple(mark for mark in marks if mark.shape == common or not mark.moment)


def with_undated(
    page: Page, start: int, marks: Sequence[Signature], rules: Sequence[Rule]
) -> tuple[Signature, ...]:
    """Add the heads ``by Name`` that lack their time, where others are ``by Name on time``."""
    if rules != (who_when,) or not marks or not marks[0].shape.startswith("by"):
        return tuple(marks)
    known = {mark.first for mark in marks}
    alone = (
        Signature(at, at + 1, found.name, shape=found.shape)
        for at, found in page.signed(by_who)
        if at >= start and at not in known
    )
    return tuple(sorted((*marks, *alone), key=lambda mark: mark.first))
