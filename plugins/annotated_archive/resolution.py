"""Say what a redaction means in a document: which words it withholds, and how far it reaches.

No message names the words that it is about.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from .errors import Problem
from .folding import find_terms, fold, term_pattern, words_of
from .model import Block, Comment, Document

_WORDS = {
    "author": "Name withheld",
    "quote": "Words withheld",
    "comment": "Comment withheld",
    "attribute": "Address withheld",
    "term": "Name withheld",
}
NEVER_CHANGED = frozenset(
    {
        "id",
        "slug",
        "kind",
        "code",
        "format",
        "sha256",
        "keyed_sha256",
        "captured",
        "time_zone",
        "origins",
        "source_id",
        "reply_to",
        "language",
    }
)


@dataclass(frozen=True, slots=True)
class Allowed:
    """Name an innocent occurrence: *quote* holds the words with enough around them."""

    place: str
    quote: str


@dataclass(frozen=True, slots=True)
class Redaction:
    """Hold one decision to withhold, as its content file states it."""

    id: str
    withhold: str
    place: str = "page"
    words: str = ""
    also: tuple[str, ...] = ()
    attribute: str = ""
    replacement: str = ""
    public_note: str = ""
    date: str = ""
    allow: tuple[Allowed, ...] = ()
    applied: bool = False
    path: str = ""
    line: int = 1
    archive_wide: bool = False

    @property
    def shown(self) -> str:
        """Return the words that are shown instead."""
        return self.replacement or _WORDS[self.withhold]


@dataclass(frozen=True, slots=True)
class Secret:
    """Hold words that no output may hold, and the quotes in which they are innocent."""

    redaction: str
    words: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """Hold a redaction with the words that it withholds in this document."""

    redaction: Redaction
    terms: tuple[str, ...]
    pattern: re.Pattern[str] | None
    comment: str = ""

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """Return what no output may hold."""
        allowed = tuple(one.quote for one in self.redaction.allow)
        return tuple(Secret(self.redaction.id, term, allowed) for term in self.terms)


def problem_of(one: Redaction, code: str, fault: str, remedy: str) -> Problem:
    """Return a problem of one redaction, with its place."""
    return Problem(
        code, f"redaction '{one.id}' {fault}", path=one.path, line=one.line, remedy=remedy
    )


def resolve(
    document: Document, redactions: Sequence[Redaction]
) -> tuple[list[Resolved], list[Problem]]:
    """Return each redaction with its words, and every one that names what is not there."""
    resolved: list[Resolved] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for one in redactions:
        if one.id in seen:
            problems.append(
                problem_of(one, "redaction", "has an id that stands twice", "give it another")
            )
        seen.add(one.id)
        try:
            resolved.append(_resolve_one(document, one))
        except Problem as problem:
            problems.append(problem)
    return resolved, problems


def _resolve_one(document: Document, one: Redaction) -> Resolved:
    if one.archive_wide:
        name = one.place.partition(":")[2].strip()
        words = name if one.withhold == "author" else one.words
        if one.withhold not in ("author", "term") or not words_of(words):
            remedy = (
                "write withhold: term with term:, or withhold: author with 'in: commenter: NAME'"
            )
            raise problem_of(one, "redaction", "cannot hold for the whole archive", remedy)
        return _with_pattern(one, (words, *one.also))
    comments = {comment.id: comment for comment in document.comments}
    name = (
        one.place.removeprefix("commenter:").strip() if one.place.startswith("commenter:") else ""
    )
    if one.place.startswith("comment-") and one.place not in comments:
        fault = f"names {one.place}, which this item does not have"
        raise problem_of(one, "redaction", fault, "see the ids in the item's page")
    if one.applied:
        return Resolved(one, (), None)
    if one.withhold == "author":
        author = name or (comments[one.place].author if one.place in comments else "")
        if not author or author not in {comment.author for comment in document.comments}:
            raise problem_of(
                one,
                "redaction",
                "names no comment with an author",
                "write in: comment-… or 'in: commenter: NAME'",
            )
        return _with_pattern(one, (author, *one.also))
    if one.withhold == "comment":
        if one.place not in comments:
            raise problem_of(
                one, "redaction", "names no comment", "write in: with the comment's id"
            )
        comment = comments[one.place]
        texts = (comment.text, *(variant.text for variant in comment.variants))
        lines = [line for text in texts for line in text.splitlines()]
        telling = tuple(line for line in lines if len(words_of(line)) > 3)
        return Resolved(one, telling, None, one.place)
    if one.withhold == "attribute":
        values = _attributes(document, one)
        if not values:
            raise problem_of(
                one,
                "redaction",
                f"names the attribute '{one.attribute}', which is not there",
                "write attribute: source or picture",
            )
        return _with_pattern(one, (*values, *one.also))
    if not fold(one.words).strip():
        raise problem_of(
            one, "redaction", f"has no '{one.withhold}:'", "add the words it withholds"
        )
    resolved = _with_pattern(one, (one.words, *one.also))
    found = _count(document, resolved)
    if found == 0:
        raise problem_of(
            one,
            "redaction",
            f"withholds words that do not stand in {one.place}",
            "copy them from the page",
        )
    return resolved


def _with_pattern(one: Redaction, terms: tuple[str, ...]) -> Resolved:
    terms = tuple(dict.fromkeys(term for term in terms if fold(term).strip()))
    return Resolved(one, terms, term_pattern(terms))


def _attributes(document: Document, one: Redaction) -> tuple[str, ...]:
    if one.attribute == "source":
        return (document.source,) if document.source else ()
    return tuple(block.address for block in document.blocks if block.address)


def _count(document: Document, one: Resolved) -> int:
    pattern = one.pattern
    assert pattern is not None
    return sum(
        len(find_terms(text, pattern))
        for place, text in texts_of(document)
        if reaches(one.redaction, place)
    )


def reaches(one: Redaction, place: str) -> bool:
    """Tell whether a redaction reaches a place: an author's name goes everywhere from a comment."""
    if one.withhold in ("author", "attribute") or one.place == "page":
        return True
    if one.withhold == "term" and one.place.startswith("commenter:"):
        return True
    return one.place == place


def texts_of(value: Any, place: str = "page") -> Iterable[tuple[str, str]]:
    """Yield every text of a document that may change, with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_of(part, place)
    elif is_dataclass(value):
        place = place_of(value, place)
        for field in fields(value):
            if field.name not in NEVER_CHANGED:
                inner = "title" if isinstance(value, Document) and field.name == "title" else place
                yield from texts_of(getattr(value, field.name), inner)


def place_of(value: Any, place: str) -> str:
    """Return the place of a value: a comment's id, the article, or that of what holds it."""
    if isinstance(value, Comment):
        return value.id
    return "article" if isinstance(value, Block) else place


def holds(document: Document, one: Resolved) -> bool:
    """Tell whether a document still holds what a redaction withholds, where it reaches."""
    assert one.pattern is not None
    for place, text in texts_of(replace(document, withheld=())):
        if reaches(one.redaction, place):
            allowed = allowed_spans(one.redaction, place, text)
            for start, end in find_terms(text, one.pattern):
                if not covered(start, end, allowed):
                    return True
    return False


def allowed_spans(one: Redaction, place: str, text: str) -> list[tuple[int, int]]:
    """Return where innocent occurrences stand in *text*."""
    quotes = [allowed.quote for allowed in one.allow if allowed.place in (place, "page")]
    return find_terms(text, term_pattern(quotes)) if quotes else []


def covered(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Tell whether one of *spans* holds all from *start* to *end*."""
    return any(first <= start and end <= last for first, last in spans)


def telltale(document: Document, resolved: Sequence[Resolved]) -> list[Problem]:
    """Return each public name or note that says what a redaction withholds."""
    problems = []
    names = [document.slug, *(file.name for file in document.files)]
    for one in resolved:
        pattern = one.pattern or term_pattern(one.terms)
        for other in (entry.redaction for entry in resolved):
            public = {"id": other.id, "replacement": other.shown, "public-note": other.public_note}
            for field, text in public.items():
                if text and pattern.search(fold(text)):
                    whose = "it" if other is one.redaction else f"'{one.redaction.id}'"
                    fault = f"says what {whose} withholds in its {field}"
                    problems.append(problem_of(other, "telltale", fault, "write it otherwise"))
        if any(pattern.search(fold(name)) for name in names):
            fault = "withholds what the item's slug or a file's name says"
            problems.append(
                problem_of(one.redaction, "telltale", fault, "rename the item or the file")
            )
    return problems
