"""Draw when the comments of an item came in."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..text_views import CommentView
from ..views import EditionView
from ..wording import plural, time_words
from .periods import UNITS, Unit, choose
from .timeline import Row, Timeline, Window

FEWEST = 8
"""So many dated comments are worth a drawing."""
_MOST = 48
_OUTSIDE = 10
"""One comment in so many may lie outside of what is drawn."""


@dataclass(frozen=True, slots=True)
class _Dated:
    """Hold a comment and its time on the page's own clock, without a zone."""

    when: datetime
    comment: CommentView


def item_timeline(edition: EditionView) -> Timeline | None:
    """Return when the comments came in, or None where too few have a time.

    A few that came long before or after the others are counted beside the drawing. Where most have a
    day alone, it is by days; else those with a day alone are counted beside it.
    """
    zone = _zone(edition.time_zone)
    comments = [one for one in edition.comments if one.comment.published]
    days = [one for one in comments if one.comment.is_day]
    if 2 * len(days) <= len(comments):
        comments = [one for one in comments if not one.comment.is_day]
        units: Sequence[Unit] = UNITS
    else:
        days, units = [], tuple(one for one in UNITS if one.months or one.minutes >= 24 * 60)
    dated = sorted((_dated(one, zone) for one in comments), key=lambda one: one.when)
    if len(dated) < FEWEST or dated[0].when == dated[-1].when:
        return None
    leave = max(1, len(dated) // _OUTSIDE)
    window = Window(*choose([one.when for one in dated], units, _MOST, leave))
    stamp = _stamp(edition, zone)
    if stamp and 0 < window.first - window.unit.number(stamp) < _MOST - window.spans:
        window = Window(window.unit, window.unit.number(stamp), window.last)
    return _drawn(edition, window, dated, stamp, len(days), edition.time_zone if zone else "")


def _drawn(
    edition: EditionView,
    window: Window,
    dated: Sequence[_Dated],
    stamp: datetime | None,
    days: int,
    clock: str,
) -> Timeline | None:
    numbered = [(window.unit.number(one.when), one.comment) for one in dated]
    inside = [one for one in numbered if window.first <= one[0] <= window.last]
    before = [comment for number, comment in numbered if number < window.first]
    after = [comment for number, comment in numbered if number > window.last]
    counts = Counter(number for number, _ in inside)
    early = Counter(number for number, comment in inside if comment.early)
    firsts = {number: edition.where(comment.id) for number, comment in reversed(inside)}
    address_of = firsts.__getitem__
    panel = window.panel("comments", counts, address_of, early)
    counted, heads = [counts], ["Time", "Comments"]
    if early:
        counted.append(early)
        heads.append("Before the post’s stamp")
    shown = stamp is not None and window.holds(stamp)
    return Timeline(
        title="When the comments came in",
        span=window.unit.name,
        panels=(panel,),
        ticks=window.ticks(),
        heads=tuple(heads),
        rows=window.rows(counted, address_of),
        stamp=window.place(stamp) if stamp and shown else None,
        stamp_words=f"The post’s own stamp, {edition.words}" if shown else "",
        before=_outside(edition, before, "earlier"),
        after=_outside(edition, after, "later"),
        remarks=tuple(_remarks(edition, days, [comment for _, comment in inside])),
        has_hollow=bool(early),
        clock=clock,
        is_local=True,
    )


def _remarks(edition: EditionView, days: int, inside: Sequence[CommentView]) -> list[str]:
    """Say what the drawing cannot show."""
    undated = sum(1 for one in edition.comments if not one.comment.published)
    reckoned = sum(1 for one in inside if one.comment.is_approximate)
    remarks = []
    if undated:
        remarks.append(f"{plural(undated, 'comment')} without a time not drawn.")
    if days:
        remarks.append(f"{plural(days, 'comment')} with a day and no hour not drawn.")
    if reckoned:
        verb = "has" if reckoned == 1 else "have"
        remarks.append(f"{plural(reckoned, 'comment')} {verb} a reckoned time.")
    return remarks


def _outside(edition: EditionView, dated: Sequence[CommentView], word: str) -> Row | None:
    """Return what lies before or after what is drawn: it leads to the first of it."""
    if not dated:
        return None
    first, last = dated[0].comment, dated[-1].comment
    words = [
        time_words(one.published, one.is_day) for one in (first, last) if one.published is not None
    ]
    span = words[0] if words[0] == words[-1] else " to ".join(words)
    return Row(f"{len(dated):,} {word}: {span}", (len(dated),), edition.where(first.id))


def _stamp(edition: EditionView, zone: ZoneInfo | None) -> datetime | None:
    """Return the post's own time, where it has more than a day."""
    published = edition.document.published
    return None if published is None or edition.document.is_day else _local(published, zone)


def _dated(comment: CommentView, zone: ZoneInfo | None) -> _Dated:
    published = comment.comment.published
    assert published is not None  # those without a time were left out
    return _Dated(_local(published, zone), comment)


def _local(when: datetime, zone: ZoneInfo | None) -> datetime:
    """Return a moment on the page's own clock; where there is none, on that which it came with."""
    try:
        return (when.astimezone(zone) if zone and when.tzinfo else when).replace(tzinfo=None)
    except OverflowError:
        return when.replace(tzinfo=None)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
