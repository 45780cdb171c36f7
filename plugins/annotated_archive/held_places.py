"""Hold where annotations stand against where they stood: what moved, and what changed in its place."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .anchor_lock import Held, hold_target, is_same_place, migrate
from .model import Target
from .places import Places, Request, find
from .selectors import Miss


def all_held(request: Request, targets: Sequence[Target], places: Places) -> tuple[Held, ...]:
    """Return what is to be remembered of each target."""
    count = len(_matches(request, places)) or len(targets)
    return tuple(
        _held(request, (number, count), target, places) for number, target in enumerate(targets, 1)
    )


def _matches(request: Request, places: Places) -> Sequence[Target]:
    """Return every place that the words match, where the editor says which of several is meant."""
    selector = request.selector
    if selector is None or selector.occurrence in (None, "all"):
        return ()
    every = find(
        replace(selector, occurrence="all"), places.texts.get(request.annotation.place, "")
    )
    spans = () if isinstance(every, Miss) else every
    return tuple(Target(request.annotation.place, span.start, span.end) for span in spans)


def _held(request: Request, number: tuple[int, int], target: Target, places: Places) -> Held:
    span = target.span
    name, text, offset = places.block_at(target.place, span[0] if span else 0)
    inner = (span[0] - offset, span[1] - offset) if span else (0, len(text))
    return hold_target(
        request.annotation.id, number, target.place, (name, text), inner, request.digest
    )


def has_moved(held: Sequence[Held], now: Sequence[Held], request: Request, places: Places) -> bool:
    """Tell whether words that the editor did not choose anew stand elsewhere than they did.

    All occurrences, and all of a page or of a commenter's comments, are wherever they are.
    """
    if not _is_held(held, request):
        return False
    others = [
        (_held(request, (1, now[0].count), one, places), _block_text(one, places))
        for one in _matches(request, places)
    ]
    here = (now[0].block, now[0].start)
    others = [(one, text) for one, text in others if (one.block, one.start) != here]
    target = Target(now[0].place, *_span_of(now[0], places))
    return not is_same_place(held[0], now[0], _block_text(target, places), others) or (
        _length(now[0]) > 2 * _length(held[0]) + 40 and request.selector is not None
    )


def _is_held(held: Sequence[Held], request: Request) -> bool:
    """Tell whether the lock says where the words must be."""
    if held[0].request != request.digest or request.commenter:
        return False
    if request.selector is None:
        return request.annotation.place.startswith("comment-")
    return request.selector.occurrence != "all"


def has_other_words(held: Sequence[Held], now: Sequence[Held], request: Request) -> bool:
    """Tell whether the words between the ends of a passage are others than they were."""
    return (
        request.selector is not None and _is_held(held, request) and held[0].words != now[0].words
    )


def _length(one: Held) -> int:
    return one.end - one.start


def _span_of(one: Held, places: Places) -> tuple[int, int]:
    offset = next(
        (first for name, _, first in blocks_of(one.place, places) if name == one.block), 0
    )
    return one.start + offset, one.end + offset


def _block_text(target: Target, places: Places) -> str:
    return places.block_at(target.place, target.start or 0)[1]


def migrated(held: Sequence[Held], request: Request, places: Places) -> Target | None:
    """Return where words stand that were changed, if both ends lie in text that was not."""
    if len(held) != 1 or held[0].request != request.digest:
        return None
    old = held[0]
    for name, text, offset in blocks_of(old.place, places):
        span = migrate(old, text) if name == old.block else None
        if span:
            return Target(old.place, span[0] + offset, span[1] + offset)
    return None


def blocks_of(place: str, places: Places) -> Iterator[tuple[str, str, int]]:
    """Yield each block of a place: its id, its text, and where it begins."""
    if place == "article":
        for name, first, last in places.blocks:
            yield name, places.texts[place][first:last], first
    elif place in places.texts:
        yield place, places.texts[place], 0
