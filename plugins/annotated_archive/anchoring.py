"""Put each annotation where its editor's selector says, or report it; never elsewhere."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .errors import Problem
from .model import Anchor, Annotation, Document
from .selectors import Miss, Selector, Span, locate

_MARKED = re.compile(r"^(?P<before>.*?)\[\[(?P<quote>.+?)\]\](?P<after>.*)$", re.DOTALL)
_ELLIPSIS = re.compile(r"\s+(?:…|\.\.\.)\s+")


@dataclass(frozen=True, slots=True)
class Request:
    """Hold one annotation as its content file states it, before it is anchored."""

    annotation: Annotation
    selector: Selector | None
    path: str
    line: int


def anchor(
    document: Document,
    requests: Sequence[Request],
    telling: Callable[[str], bool] = lambda text: False,
) -> tuple[tuple[Annotation, ...], tuple[Problem, ...]]:
    """Return the annotations with their anchors, in order of their places, and what has none.

    *telling* tells whether a text holds something withheld: then no message repeats it.
    """
    texts = places_of(document)
    anchored, problems = [], []
    seen: dict[str, int] = {}
    for request in requests:
        one = request.annotation
        if one.id in seen:
            fault = f"the id '{one.id}' stands twice"
            remedy = f"give one of them another (the other is in line {seen[one.id]})"
            problems.append(_problem(request, fault, remedy))
            continue
        seen[one.id] = request.line
        found = _anchors(one, request.selector, texts)
        if isinstance(found, Miss) and request.selector and telling(request.selector.quote):
            fault = f"annotation '{one.id}' quotes words that are withheld"
            problems.append(_problem(request, fault, "quote other words"))
            continue
        if isinstance(found, Miss):
            problems.append(
                _problem(request, f"annotation '{one.id}': {found.fault}", found.remedy)
            )
            continue
        wrong = _target_fault(one, document)
        if wrong:
            problems.append(
                _problem(request, f"annotation '{one.id}': {wrong}", "see the ids in the page")
            )
            continue
        anchored.append(one.at(found))
    places = ["article", "page", *(place for place in texts if place.startswith("comment-"))]
    order = {place: number for number, place in enumerate(places)}
    anchored.sort(key=lambda one: _rank(one, order))
    return tuple(anchored), tuple(problems)


def _rank(one: Annotation, order: Mapping[str, int]) -> tuple[int, int]:
    """Rank an annotation as a reader meets it: the notes on the whole follow the article's words."""
    place = "page" if one.is_on_the_whole else one.place
    return order[place], one.anchors[0].start if one.anchors else -1


def _problem(request: Request, fault: str, remedy: str) -> Problem:
    return Problem("anchor", fault, path=request.path, line=request.line, remedy=remedy)


def places_of(document: Document) -> Mapping[str, str]:
    """Return the text of each place that an annotation can be in.

    The article's paragraphs are one text, apart by a blank line.
    """
    article = "\n\n".join(b.text for b in document.blocks if b.kind == "paragraph")
    comments = {comment.id: comment.text for comment in document.comments}
    return {"title": document.title, "article": article, **comments}


def _anchors(
    one: Annotation, selector: Selector | None, texts: Mapping[str, str]
) -> tuple[Anchor, ...] | Miss:
    if one.place != "page" and one.place not in texts:
        return Miss(f"there is no {one.place} in this item", "see the ids in the page")
    if selector is None:
        return ()
    if one.place in ("page", "title"):
        remedy = "leave the quote out: the whole title or page is meant; or write in: article"
        return Miss(f"a quote cannot stand in the {one.place}", remedy)
    found = find(selector, texts[one.place])
    if isinstance(found, Miss):
        return Miss(f"{found.fault} in {one.place}", found.remedy)
    return tuple(Anchor(span.start, span.end) for span in found)


def find(selector: Selector, text: str) -> tuple[Span, ...] | Miss:
    """Locate a selector, also in shorthand.

    >>> find(Selector("one [[two]] three"), "two, one two three")
    (Span(start=9, end=12),)
    >>> find(Selector("one … three"), "zero one two three four")
    (Span(start=5, end=18),)
    """
    marked = _MARKED.match(selector.quote)
    if marked:
        return locate(
            Selector(marked["quote"], marked["before"], marked["after"], selector.occurrence), text
        )
    whole = locate(selector, text)
    ends = _ELLIPSIS.split(selector.quote)
    if not isinstance(whole, Miss) or len(ends) != 2:
        return whole
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


def _target_fault(one: Annotation, document: Document) -> str:
    """Say why a cross-reference leads nowhere, if it does."""
    target = one.field("to")
    if one.kind != "cross-reference" or target.startswith(("http://", "https://")):
        return ""
    known = {"article", *(comment.id for comment in document.comments)}
    return "" if target in known else f"'{target}' is no place in this item and no address"
