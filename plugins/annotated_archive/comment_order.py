"""Tell which of two comments is the earlier one, however the page orders them."""

from collections.abc import Sequence
from itertools import pairwise

from .model import Comment


def is_newest_first(comments: Sequence[Comment]) -> bool:
    """Tell whether the times of *comments*, as captured, mostly go back."""
    times = [comment.published for comment in comments if comment.published]
    back = sum(first > second for first, second in pairwise(times))
    return back > sum(first < second for first, second in pairwise(times))


def ranks(comments: Sequence[Comment]) -> tuple[int, ...]:
    """Return for each comment how many are earlier: by time, else by its place on the page.

    A comment without a time counts as written when the one before it was.
    """
    places = range(len(comments))
    written = tuple(reversed(places)) if is_newest_first(comments) else tuple(places)
    known = next((c.published for p in written if (c := comments[p]).published), None)
    dated = []
    for place in written:
        known = comments[place].published or known
        dated.append((known, place))
    if known:
        dated.sort(key=lambda one: one[0] or known)
    found = [0] * len(comments)
    for rank, (_, place) in enumerate(dated):
        found[place] = rank
    return tuple(found)
