"""Put each annotation where its editor's selector says, or report it; never elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from .anchor_lock import Held, Lock, sealed
from .errors import Problem
from .held_places import all_held, blocks_of, has_moved, has_other_words, migrated
from .model import Annotation, Document, Target
from .places import Places, Request, find, places_of
from .selectors import Miss


@dataclass(frozen=True, slots=True)
class Anchored:
    """Hold what anchoring found: annotations in order, what the lock keeps, and what is wrong."""

    annotations: tuple[Annotation, ...]
    held: tuple[Held, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Found:
    annotations: list[Annotation] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    seal: bool = False


def anchor(
    document: Document,
    requests: Sequence[Request],
    telling: Callable[[str], bool] = lambda text: False,
    lock: Lock | None = None,
    allow_lost: bool = False,
    seal: bool = False,
) -> Anchored:
    """Return the annotations with their targets, in order of their places, and what has none.

    *telling* tells whether a text holds something withheld: then no message repeats it. *lock* says
    where they were: one that would now stand elsewhere is a problem until its editor accepts it.
    Where *allow_lost* is true, one without a place is kept without targets, with a warning; the lock
    then keeps no digest of a text that has changed, if it is to *seal* what it held.
    """
    places = places_of(document)
    lock = lock or Lock()
    found = _Found(seal=seal)
    seen: dict[str, Request] = {}
    for request in requests:
        one = request.annotation
        if one.id in seen:
            other = seen[one.id]
            where = f"line {other.line}" if other.path == request.path else other.path
            fault, remedy = (
                f"the id '{one.id}' stands twice",
                f"give one of them another (the other is in {where})",
            )
            found.problems.append(_told("anchor", request, fault, remedy))
            continue
        seen[one.id] = request
        _anchor_one(request, places, lock.held.get(one.id, ()), telling, allow_lost, found)
    return Anchored(
        in_order(found.annotations, document),
        tuple(found.held),
        tuple(found.problems),
        tuple(found.warnings),
    )


def _anchor_one(
    request: Request,
    places: Places,
    held: Sequence[Held],
    telling: Callable[[str], bool],
    allow_lost: bool,
    found: _Found,
) -> None:
    one, selector = request.annotation, request.selector
    targets = _targets(request, places)
    if isinstance(targets, tuple) and not targets:
        return  # a commenter who is not on this page
    if isinstance(targets, Miss) and selector and telling(selector.quote):
        fault = f"annotation '{one.id}' quotes words that are withheld"
        found.problems.append(_told("anchor", request, fault, "quote other words"))
        return
    if isinstance(targets, Miss) and "does not occur" in targets.fault:
        again = migrated(held, request, places)
        if again:
            words = places.texts[again.place][again.start : again.end]
            fault = f"annotation '{one.id}': its words have changed where they stand, to '{_short(words)}'"
            found.warnings.append(_told("migrated", request, fault, "write them as the quote"))
            targets, held = (again,), ()
    if isinstance(targets, Miss):
        problem = _told(
            "anchor", request, f"annotation '{one.id}': {targets.fault}", targets.remedy
        )
        _lose(request, problem, held, places, allow_lost, found)
        return
    now = all_held(request, targets, places)
    if held and has_moved(held, now, request, places):
        where = f"it was in {held[0].block}, at {held[0].start} to {held[0].end}"
        fault = f"annotation '{one.id}' would move to {_around(targets[0], places)}; {where}"
        remedy = f"if that is what you mean: invoke annotations accept {one.id}"
        problem = _told("moved", request, fault, remedy)
        _lose(request, problem, held, places, allow_lost, found)
        return
    if held and has_other_words(held, now, request):
        words = places.texts[targets[0].place][slice(*(targets[0].span or (0, 0)))]
        fault = (
            f"annotation '{one.id}': its words have changed where they stand, to '{_short(words)}'"
        )
        found.warnings.append(_told("migrated", request, fault, "look whether it still holds"))
    found.held += now
    found.annotations.append(one.at(targets))


def _lose(
    request: Request,
    problem: Problem,
    held: Sequence[Held],
    places: Places,
    allow_lost: bool,
    found: _Found,
) -> None:
    """Report an annotation without a place, and keep it without targets if that is allowed."""
    if not allow_lost:
        found.problems.append(problem)
        return
    words = request.selector.quote if request.selector else request.annotation.place
    found.annotations.append(replace(request.annotation, lost=words))
    blocks = {name: text for h in held for name, text, _ in blocks_of(h.place, places)}
    found.held += [sealed(h, blocks.get(h.block, "")) for h in held] if found.seal else held
    found.warnings.append(problem)


def _told(code: str, request: Request, fault: str, remedy: str) -> Problem:
    subject = request.annotation.id
    return Problem(
        code, fault, path=request.path, line=request.line, remedy=remedy, subject=subject
    )


def in_order(annotations: Sequence[Annotation], document: Document) -> tuple[Annotation, ...]:
    """Return annotations as a reader meets them: the notes on the whole follow the article's words.

    Those without a place come last.
    """
    names = ["article", "page", *(comment.id for comment in document.comments), ""]
    order = {place: number for number, place in enumerate(names)}

    def rank(one: Annotation) -> tuple[int, int]:
        place = "page" if one.is_on_the_whole else one.home
        span = one.targets[0].span if one.targets else None
        return order[place], span[0] if span else -1

    return tuple(sorted(annotations, key=rank))


def _targets(request: Request, places: Places) -> tuple[Target, ...] | Miss:
    """Return what an annotation is about, or why not; nothing for a commenter of another page."""
    one, selector = request.annotation, request.selector
    if request.commenter:
        if selector is not None:
            remedy = "leave the quote out: all comments of a commenter are meant"
            return Miss("a quote cannot stand in a commenter", remedy)
        return tuple(Target(place) for place in places.authors.get(request.commenter, ()))
    if one.place != "page" and one.place not in places.texts:
        return Miss(f"there is no {one.place} in this item", "see the ids in the page")
    if selector is None:
        return (Target(one.place),)
    if one.place in ("page", "title"):
        remedy = "leave the quote out: the whole title or page is meant; or write in: article"
        return Miss(f"a quote cannot stand in the {one.place}", remedy)
    spans = find(selector, places.texts[one.place])
    if isinstance(spans, Miss):
        return Miss(f"{spans.fault} in {one.place}", spans.remedy)
    return tuple(Target(one.place, span.start, span.end) for span in spans)


def _around(target: Target, places: Places) -> str:
    span = target.span
    text = places.texts.get(target.place, "")
    name, _, offset = places.block_at(target.place, span[0] if span else 0)
    if span is None:
        return f"all of {target.place}, whose text is another now"
    words = " ".join(text[max(span[0] - 30, 0) : span[1] + 30].split())
    return f"{name}, at {span[0] - offset} to {span[1] - offset}: '… {words} …'"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:57]}…"
