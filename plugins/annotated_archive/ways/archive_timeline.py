"""Draw when the items of the archive and their comments were published."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from ..views import EditionView
from .periods import MONTH, YEARS, choose
from .timeline import Timeline, Window

_MOST = 48
_FEWEST = 2
_OUTSIDE = 100
"""One moment in so many may lie outside of what is drawn: a clock that was never set says 1970."""


def archive_timeline(
    editions: Sequence[EditionView], address_of: Callable[[int, int], str]
) -> Timeline | None:
    """Return when items and comments came in, each on its own clock; None where two items have no date.

    *address_of* gives the place of a year and a month in the index of dates; a month of 0 is all of
    the year.
    """
    items = sorted(
        one.document.published.replace(tzinfo=None) for one in editions if one.document.published
    )
    comments = sorted(
        comment.published.replace(tzinfo=None)
        for edition in editions
        for comment in edition.document.comments
        if comment.published
    )
    if len(items) < _FEWEST:
        return None
    moments = sorted([*items, *comments])
    window = Window(*choose(moments, (MONTH, *YEARS), _MOST, len(moments) // _OUTSIDE))
    outside = sum(1 for one in moments if not window.holds(one))
    items = [one for one in items if window.holds(one)]
    comments = [one for one in comments if window.holds(one)]
    counted = [Counter(map(window.unit.number, moments)) for moments in (items, comments)]
    places = _places(window, items, address_of)

    def place(number: int) -> str:
        return places.get(number, "")

    panels = [window.panel("items", counted[0], place)]
    if comments:
        panels.append(window.panel("comments", counted[1], place))
    return Timeline(
        title="Items and comments by date" if comments else "Items by date",
        span=window.unit.name,
        panels=tuple(panels),
        ticks=window.ticks(),
        heads=("Time", "Items", "Comments") if comments else ("Time", "Items"),
        rows=window.rows(counted if comments else counted[:1], place),
        remarks=tuple(_remarks(editions, outside)),
    )


def _places(
    window: Window, items: Sequence[datetime], address_of: Callable[[int, int], str]
) -> dict[int, str]:
    """Return where the items of each span are listed: of more than a year, its first items."""
    places: dict[int, str] = {}
    for when in items:
        month = when.month if window.unit is MONTH else 0
        places.setdefault(window.unit.number(when), address_of(when.year, month))
    return places


def _remarks(editions: Sequence[EditionView], outside: int) -> list[str]:
    undated = sum(1 for one in editions if not one.document.published)
    silent = sum(
        1 for one in editions for comment in one.document.comments if not comment.published
    )
    remarks = []
    if outside:
        remarks.append(f"{outside:,} long before or after the others not drawn.")
    if undated:
        remarks.append(f"{undated:,} item{'s' if undated > 1 else ''} without a date not drawn.")
    if silent:
        remarks.append(f"{silent:,} comment{'s' if silent > 1 else ''} without a time not drawn.")
    return remarks
