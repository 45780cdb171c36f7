"""Find the comments of a captured text, whichever way its theme printed them.

A theme signs each comment with a name, and mostly with a moment. A layout says how: by a *head* of
lines before the text, by a *foot* after it, or by both. The layout that signs most comments wins.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...furniture import furniture_name
from ...lines import Line
from ..moments import KINDS, MomentKind
from .certainty import is_certain, is_likely, may_be_comments, weight
from .feet import feet, framed
from .heads import FORM, before_a_form, headed, heads, of_one_shape, with_undated
from .numbered import numbered
from .page import Page
from .signatures import Signature, Signed, Stops, filled
from .signs import (
    TIMED,
    Rule,
    by_who_when,
    name,
    place,
    plain_name,
    says,
    says_so,
    when,
    when_who,
    who_when,
)

__all__ = ["LAYOUTS", "Comments", "Page", "Signed", "Stops", "find_comments"]


@dataclass(frozen=True, slots=True)
class Layout:
    """Say which lines sign a comment above its text, and which below.

    The lines of a head follow each other within *gap* lines.
    """

    what: str
    head: tuple[Rule, ...] = ()
    foot: tuple[Rule, ...] = ()
    gap: int = 3


LAYOUTS = (
    Layout("name, place, moment", head=(plain_name, place, when), gap=1),
    Layout("name says, moment", head=(says, when)),
    Layout("signed below", foot=(by_who_when,)),
    Layout("name, moment", head=(name, when)),
    Layout("name and moment", head=(who_when,)),
    Layout("moment and name", head=(when_who,)),
    Layout("moment, name says", head=(when, says)),
    Layout("moment, name", head=(when, plain_name)),
    Layout("name says … moment", head=(says_so,), foot=(when,)),
    Layout("name … moment", head=(plain_name,), foot=(when,)),
    Layout("signed below, without a word that says so", foot=(who_when,)),
    Layout("name says", head=(says_so,)),
)
"""The layouts, the surer first; the numbered one stands before them."""

_NEAR = 15
"""So many filled lines may stand between a heading and the first comment."""

_LONG = 40
"""A first comment that is signed below its text has at most so many filled lines."""


@dataclass(frozen=True, slots=True)
class Comments:
    """Hold the comments that were found; where it is not *certain* that they are, only where."""

    signed: tuple[Signed, ...] = ()
    certain: bool = True


def find_comments(page: Page, start: int, stops: Stops, is_headed: bool = False) -> Comments:
    """Return the comments from line *start* on, by the layout that signs most.

    *stops* tells whether the line at an index ends the last comment of a layout without feet.
    *is_headed* says that the page heads its responses before *start*.
    """
    lines = page.lines
    found = [numbered(page, start)]
    is_sure = is_headed and _is_near(lines, start, stops, found[0]) and is_likely(found[0], lines)
    known = weight(found[0]) if is_sure else (-1, 0)
    for layout in LAYOUTS:
        if _may_exceed(page, layout, start, known):
            found += _read(page, layout, start, stops, is_headed)
    below = [signed for signed in found if is_headed and _is_near(lines, start, stops, signed)]
    certain = [signed for signed in below if is_likely(signed, lines)] or [
        signed for signed in found if is_certain(signed, lines)
    ]
    if certain:
        return Comments(max(certain, key=weight))
    doubtful = [signed for signed in found if may_be_comments(signed, lines)]
    return Comments(max(doubtful, key=weight, default=()), False)


def _may_exceed(page: Page, layout: Layout, start: int, known: tuple[int, int]) -> bool:
    """Tell whether a layout may read what weighs more than *known*.

    Each of its comments needs a moment of its own, but for pingbacks and undated heads, which weigh
    nothing. Where numbered comments have all moments of a page, no other layout need be tried.
    """
    timed = next((rule for rule in (*layout.head, *layout.foot) if rule in TIMED), None)
    if timed is None:
        return (0, len(page.lines)) > known
    others = len(page.lines) if layout.head == (who_when,) else len(page.pings)
    if _most(page.kinds(start), others) <= known:
        return False
    signs = (sign.moment for at, sign in page.signed(timed) if at >= start)
    return _most(Counter(moment.kind for moment in signs if moment), others) > known


def _most(counts: Mapping[MomentKind, int], others: int) -> tuple[int, int]:
    """Return what comments weigh at most that all have moments of one of these kinds."""
    weights = [
        ((2 if kind in ("time", "yearless") else 1) * count, count + others)
        for kind, count in counts.items()
    ]
    return max(weights, default=(0, others))


def _is_near(lines: Sequence[Line], start: int, stops: Stops, signed: Sequence[Signed]) -> bool:
    """Tell whether the first comment begins soon after *start*, rather than in a sidebar."""
    if not signed:
        return False
    between = range(start, signed[0].first)
    return (
        filled(lines, start, signed[0].first) <= _NEAR
        and not any(furniture_name(lines[at].words) == "sidebar" for at in between)
        and filled(lines, start, signed[0].signature) <= _NEAR + _LONG
        and sum(map(stops, between)) < FORM
    )


def _read(
    page: Page, layout: Layout, start: int, stops: Stops, is_headed: bool
) -> list[tuple[Signed, ...]]:
    """Return what a layout reads of a page: one list of comments for each kind of moment."""
    if not layout.head:
        return [feet(page, start, layout.foot[0], kind, is_headed, stops) for kind in KINDS]
    if layout.foot:
        return [framed(page, start, layout.head[0], kind, is_headed) for kind in KINDS]
    marks = before_a_form(heads(page, start, layout.head, layout.gap), stops)
    if layout.head == (says_so,):
        return [headed(page, marks, stops)]
    return [
        headed(page, chosen, stops)
        for kind in KINDS
        if (chosen := _of_kind(page, start, marks, kind, layout))
    ]


def _of_kind(
    page: Page, start: int, marks: Sequence[Signature], kind: MomentKind, layout: Layout
) -> tuple[Signature, ...]:
    """Return the marks with one kind of moment, or none; with days and ages only of one shape."""
    chosen = [mark for mark in marks if mark.moment is None or mark.moment.kind == kind]
    if not any(mark.moment for mark in chosen):
        return ()
    alike = chosen if kind == "time" else of_one_shape(chosen)
    return with_undated(page, start, alike, layout.head)
