"""Read what an editor says of which comment answers which, and hold it against the item."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from .errors import Problem
from .model import Document
from .yaml_file import YamlFile

NOTHING = "nothing"
"""What an entry says of a comment that answers none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold one entry: the *comment* answers the comment *to*; none, where that is empty."""

    comment: str
    to: str = ""
    path: str = ""
    line: int = 1


def readings_of(file: YamlFile, value: Mapping[str, Any], shown: str) -> tuple[Reading, ...]:
    """Return the entries of ``answers:`` in an annotations file."""
    return tuple(
        Reading(
            entry["comment"],
            "" if entry["to"] == NOTHING else entry["to"],
            shown,
            file.line(("answers", index)),
        )
        for index, entry in enumerate(value.get("answers") or ())
    )


def reading_faults(readings: Sequence[Reading], document: Document) -> Iterator[Problem]:
    """Yield a problem for each entry that does not hold in the item."""
    known = {comment.id: comment.reply_to for comment in document.comments}
    held: list[Reading] = []
    seen: dict[str, set[str]] = {}
    for one in readings:
        fault, remedy = _fault(one, known, seen.setdefault(one.comment, set()))
        seen[one.comment].add(one.to)
        if fault:
            yield _problem(one, fault, remedy)
        elif one.to:
            held.append(one)
    said = [(name, to) for name, to in known.items() if to]
    circles = in_circles([*said, *((one.comment, one.to) for one in held)])
    for one in held:
        if one.comment in circles and one.to in circles:
            yield _problem(
                one, "with the others it leads round in a circle", "look which is the earlier"
            )


def _fault(one: Reading, known: Mapping[str, str], others: Collection[str]) -> tuple[str, str]:
    """Say what is wrong with an entry, and what to do; nothing where it holds."""
    for id_ in (one.comment, one.to):
        if id_ and id_ not in known:
            close = get_close_matches(id_, known, 1, 0.8)
            remedy = f"did you mean '{close[0]}'?" if close else "see the ids in the page"
            return f"there is no {id_} in this item", remedy
    if one.comment == one.to:
        return "a comment cannot answer itself", "name the one that it answers"
    said = known[one.comment]
    if said and said != one.to:
        return f"the page itself says that it answers {said}", "take the entry away"
    if one.to in others:
        return "it stands here twice", "take one away"
    if others and ("" in others or not one.to):
        return f"it answers '{NOTHING}', and another entry names a comment", "take one away"
    return "", ""


def _problem(one: Reading, fault: str, remedy: str) -> Problem:
    fault = f"answer of {one.comment}: {fault}"
    return Problem("answer", fault, path=one.path, line=one.line, remedy=remedy)


def in_circles(pairs: Iterable[tuple[str, str]]) -> Collection[str]:
    """Return the names that lie on circles of *pairs*, or between two of them.

    >>> sorted(in_circles([("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")]))
    ['b', 'c']
    """
    left: set[tuple[str, str]] = set(pairs)
    for end in (0, 1):
        left = _without_ends(left, end)
    return {name for pair in left for name in pair}


def _without_ends(pairs: Collection[tuple[str, str]], end: int) -> set[tuple[str, str]]:
    """Take away, again and again, the pairs whose other side no pair has on the side *end*."""
    towards: dict[str, list[tuple[str, str]]] = {}
    count: dict[str, int] = {}
    for pair in pairs:
        towards.setdefault(pair[1 - end], []).append(pair)
        count[pair[end]] = count.get(pair[end], 0) + 1
    free = deque(name for name in towards if not count.get(name))
    left = set(pairs)
    while free:
        for pair in towards.get(free.popleft(), ()):
            left.discard(pair)
            count[pair[end]] -= 1
            if not count[pair[end]]:
                free.append(pair[end])
    return left
