"""Put each annotation where its editor's selector says, or report it; never elsewhere."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .anchor_lock import Held, Lock, digest, hold_target, is_same_place, migrate, sealed
from .errors import Problem
from .model import Annotation, Document, Target
from .selectors import Miss, Selector, Span, locate

_ELLIPSIS = re.compile(r"\s+(?:…|\.\.\.)\s+")


@dataclass(frozen=True, slots=True)
class Request:
    """Hold one annotation as its content file states it, before it is anchored.

    *slug* is the item whose file it stands in, where that is another item.
    """

    annotation: Annotation
    selector: Selector | None
    path: str
    line: int
    slug: str = ""

    @property
    def commenter(self) -> str:
        """Return the name of the commenter whom it is about, or an empty string."""
        before, found, name = self.annotation.place.partition("commenter:")
        return name.strip() if found and not before else ""

    @property
    def digest(self) -> str:
        """Return the digest of what the editor wrote of its place."""
        return digest(repr((self.annotation.place, self.selector)))


@dataclass(frozen=True, slots=True)
class Places:
    """Hold the text of each place of a document, and the blocks that the article's text has."""

    texts: Mapping[str, str]
    blocks: tuple[tuple[str, int, int], ...]
    authors: Mapping[str, tuple[str, ...]]

    def block_at(self, place: str, start: int) -> tuple[str, str, int]:
        """Return the id and text of the block in which a span begins, and where that block begins."""
        if place == "article":
            for name, first, last in self.blocks:
                if start < last + 2:
                    return name, self.texts[place][first:last], first
        return place, self.texts.get(place, ""), 0


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
        again = _migrated(held, request, places)
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
    now = _all_held(request, targets, places)
    if held and _has_moved(held, now, request, places):
        where = f"it was in {held[0].block}, at {held[0].start} to {held[0].end}"
        fault = f"annotation '{one.id}' would move to {_around(targets[0], places)}; {where}"
        remedy = f"if that is what you mean: invoke annotations accept {one.id}"
        problem = _told("moved", request, fault, remedy)
        _lose(request, problem, held, places, allow_lost, found)
        return
    if held and _has_other_words(held, now, request, places):
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
    blocks = {name: text for h in held for name, text, _ in _blocks(h.place, places)}
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


def places_of(document: Document) -> Places:
    """Return the places of a document that an annotation can be in.

    The article's paragraphs are one text, apart by a blank line.
    """
    blocks, offset = [], 0
    paragraphs = [block for block in document.blocks if block.kind == "paragraph"]
    for block in paragraphs:
        blocks.append((block.id, offset, offset + len(block.text)))
        offset += len(block.text) + 2
    authors: dict[str, tuple[str, ...]] = {}
    hidden = {(place, one.replacement) for one in document.withheld for place in one.places}
    for comment in document.comments:
        if (comment.id, comment.author) in hidden:
            continue  # several people may be shown by the same words
        authors[comment.author] = (*authors.get(comment.author, ()), comment.id)
    texts = {
        "title": document.title,
        "article": "\n\n".join(block.text for block in paragraphs),
        **{comment.id: comment.text for comment in document.comments},
    }
    return Places(texts, tuple(blocks), authors)


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


def find(selector: Selector, text: str) -> tuple[Span, ...] | Miss:
    """Locate a selector, also in shorthand, unless the text itself has what looks like it.

    >>> find(Selector("one [[two]] three"), "two, one two three")
    (Span(start=9, end=12),)
    >>> find(Selector("one … three"), "zero one two three four")
    (Span(start=5, end=18),)
    """
    whole = locate(selector, text)
    before, opened, rest = selector.quote.partition("[[")
    words, closed, after = rest.partition("]]")
    if isinstance(whole, Miss) and opened and closed and words:
        if selector.before or selector.after:
            remedy = "leave out before: and after:, or the brackets and what is around them"
            return Miss("what stands around the words is said twice", remedy)
        return locate(Selector(words, before, after, selector.occurrence), text)
    ends = _ELLIPSIS.split(selector.quote)
    if not isinstance(whole, Miss) or len(ends) != 2:
        return whole
    if selector.occurrence is not None:
        remedy = "leave it out, and give ends that stand once, or before: and after:"
        return Miss("occurrence: means nothing with 'first … last'", remedy)
    first = locate(Selector(ends[0], selector.before), text)
    last = locate(Selector(ends[1], "", selector.after), text)
    for part in (first, last):
        if isinstance(part, Miss):
            return part
    assert isinstance(first, tuple)
    assert isinstance(last, tuple)
    if last[0].start < first[0].end:
        return Miss(f"'{ends[1]}' stands before '{ends[0]}'", "write them in their order")
    return (Span(first[0].start, last[0].end),)


def _all_held(request: Request, targets: Sequence[Target], places: Places) -> tuple[Held, ...]:
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


def _has_moved(held: Sequence[Held], now: Sequence[Held], request: Request, places: Places) -> bool:
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


def _has_other_words(
    held: Sequence[Held], now: Sequence[Held], request: Request, places: Places
) -> bool:
    """Tell whether the words between the ends of a passage are others than they were."""
    return (
        request.selector is not None and _is_held(held, request) and held[0].words != now[0].words
    )


def _length(one: Held) -> int:
    return one.end - one.start


def _span_of(one: Held, places: Places) -> tuple[int, int]:
    offset = next((first for name, _, first in _blocks(one.place, places) if name == one.block), 0)
    return one.start + offset, one.end + offset


def _block_text(target: Target, places: Places) -> str:
    return places.block_at(target.place, target.start or 0)[1]


def _migrated(held: Sequence[Held], request: Request, places: Places) -> Target | None:
    """Return where words stand that were changed, if both ends lie in text that was not."""
    if len(held) != 1 or held[0].request != request.digest:
        return None
    old = held[0]
    for name, text, offset in _blocks(old.place, places):
        span = migrate(old, text) if name == old.block else None
        if span:
            return Target(old.place, span[0] + offset, span[1] + offset)
    return None


def _blocks(place: str, places: Places) -> Iterator[tuple[str, str, int]]:
    if place == "article":
        for name, first, last in places.blocks:
            yield name, places.texts[place][first:last], first
    elif place in places.texts:
        yield place, places.texts[place], 0


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
