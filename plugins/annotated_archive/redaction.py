"""Withhold words from a document, before anything else sees them.

`redact` returns a new document in which the withheld words stand nowhere, and the list of secrets
that the leak gate looks for. No error names the words that it is about.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from .errors import Problem, Problems
from .fixity import keyed_sha256
from .folding import find_terms, fold, term_pattern, words_of
from .model import Block, CaptureFile, Comment, Document, Ledger, Note, Passage, Withholding

T = TypeVar("T")
_WORDS = {
    "author": "Name withheld",
    "quote": "Words withheld",
    "comment": "Comment withheld",
    "attribute": "Address withheld",
    "term": "Name withheld",
}
_NEVER_CHANGED = frozenset(
    {"id", "slug", "kind", "code", "format", "sha256", "keyed_sha256", "captured", "time_zone"}
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
class Redacted:
    """Hold a redacted document, and what no output of it may hold."""

    document: Document
    secrets: tuple[Secret, ...] = ()


def redact(
    document: Document,
    redactions: Sequence[Redaction],
    key: bytes | None = None,
    originals: Mapping[str, bytes] | None = None,
) -> Redacted:
    """Return *document* without what *redactions* withhold, and the secrets.

    *key* makes the digests of the *originals* that may be published; without it none are.
    Raises `Problems` with every redaction that does not hold.
    """
    if not redactions:
        return Redacted(document)
    resolved, problems = _resolve(document, redactions)
    problems += _telltale(document, resolved)
    if problems:
        raise Problems(problems)
    plan = _Plan(document, resolved)
    changed = plan.apply()
    files = changed.files
    if any(plan.places.values()) or any(one.redaction.applied for one in resolved):
        files = tuple(_without_digest(file, key, originals or {}) for file in files)
    withheld = tuple(
        plan.told(one)
        for one in resolved
        if plan.places[one.redaction.id] or not one.redaction.archive_wide
    )
    changed = replace(changed, files=files, ledger=count_shown(changed), withheld=withheld)
    left = [one for one in resolved if one.pattern and _holds(changed, one)]
    if left:
        raise Problems(
            _problem(
                one.redaction,
                "redaction",
                "does not reach every occurrence of what it withholds",
                "report this as a fault",
            )
            for one in left
        )
    return Redacted(changed, tuple(secret for one in resolved for secret in one.secrets))


def _without_digest(
    file: CaptureFile, key: bytes | None, originals: Mapping[str, bytes]
) -> CaptureFile:
    """Return what may be published of a file: its keyed digest, where there is a key."""
    if file.keyed_sha256 or not key or file.name not in originals:
        return replace(file, sha256=None)
    return replace(file, sha256=None, keyed_sha256=keyed_sha256(key, originals[file.name]))


@dataclass(frozen=True, slots=True)
class _Resolved:
    """Hold a redaction with the words that it withholds in this document."""

    redaction: Redaction
    terms: tuple[str, ...]
    pattern: re.Pattern[str] | None
    comment: str = ""

    @property
    def secrets(self) -> tuple[Secret, ...]:
        allowed = tuple(one.quote for one in self.redaction.allow)
        return tuple(Secret(self.redaction.id, term, allowed) for term in self.terms)


def _problem(one: Redaction, code: str, fault: str, remedy: str) -> Problem:
    return Problem(
        code, f"redaction '{one.id}' {fault}", path=one.path, line=one.line, remedy=remedy
    )


def _resolve(
    document: Document, redactions: Sequence[Redaction]
) -> tuple[list[_Resolved], list[Problem]]:
    """Return each redaction with its words, and every one that names what is not there."""
    resolved: list[_Resolved] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for one in redactions:
        if one.id in seen:
            problems.append(
                _problem(one, "redaction", "has an id that stands twice", "give it another")
            )
        seen.add(one.id)
        try:
            resolved.append(_resolve_one(document, one))
        except Problem as problem:
            problems.append(problem)
    return resolved, problems


def _resolve_one(document: Document, one: Redaction) -> _Resolved:
    if one.archive_wide:
        name = one.place.partition(":")[2].strip()
        words = name if one.withhold == "author" else one.words
        if one.withhold not in ("author", "term") or not words_of(words):
            remedy = (
                "write withhold: term with term:, or withhold: author with 'in: commenter: NAME'"
            )
            raise _problem(one, "redaction", "cannot hold for the whole archive", remedy)
        return _with_pattern(one, (words, *one.also))
    comments = {comment.id: comment for comment in document.comments}
    name = (
        one.place.removeprefix("commenter:").strip() if one.place.startswith("commenter:") else ""
    )
    if one.place.startswith("comment-") and one.place not in comments:
        fault = f"names {one.place}, which this item does not have"
        raise _problem(one, "redaction", fault, "see the ids in the item's page")
    if one.applied:
        return _Resolved(one, (), None)
    if one.withhold == "author":
        author = name or (comments[one.place].author if one.place in comments else "")
        if not author or author not in {comment.author for comment in document.comments}:
            raise _problem(
                one,
                "redaction",
                "names no comment with an author",
                "write in: comment-… or 'in: commenter: NAME'",
            )
        return _with_pattern(one, (author, *one.also))
    if one.withhold == "comment":
        if one.place not in comments:
            raise _problem(one, "redaction", "names no comment", "write in: with the comment's id")
        lines = comments[one.place].text.splitlines()
        telling = tuple(line for line in lines if len(words_of(line)) > 3)
        return _Resolved(one, telling, None, one.place)
    if one.withhold == "attribute":
        values = _attributes(document, one)
        if not values:
            raise _problem(
                one,
                "redaction",
                f"names the attribute '{one.attribute}', which is not there",
                "write attribute: source or picture",
            )
        return _with_pattern(one, (*values, *one.also))
    if not fold(one.words).strip():
        raise _problem(one, "redaction", f"has no '{one.withhold}:'", "add the words it withholds")
    resolved = _with_pattern(one, (one.words, *one.also))
    found = _count(document, resolved)
    if found == 0:
        raise _problem(
            one,
            "redaction",
            f"withholds words that do not stand in {one.place}",
            "copy them from the page",
        )
    return resolved


def _with_pattern(one: Redaction, terms: tuple[str, ...]) -> _Resolved:
    terms = tuple(dict.fromkeys(term for term in terms if fold(term).strip()))
    return _Resolved(one, terms, term_pattern(terms))


def _attributes(document: Document, one: Redaction) -> tuple[str, ...]:
    if one.attribute == "source":
        return (document.source,) if document.source else ()
    return tuple(block.address for block in document.blocks if block.address)


def _count(document: Document, one: _Resolved) -> int:
    pattern = one.pattern
    assert pattern is not None
    return sum(
        len(find_terms(text, pattern))
        for place, text in texts_of(document)
        if _reaches(one.redaction, place)
    )


def _reaches(one: Redaction, place: str) -> bool:
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
        place = _place_of(value, place)
        for field in fields(value):
            if field.name not in _NEVER_CHANGED:
                inner = "title" if isinstance(value, Document) and field.name == "title" else place
                yield from texts_of(getattr(value, field.name), inner)


def _place_of(value: Any, place: str) -> str:
    if isinstance(value, Comment):
        return value.id
    return "article" if isinstance(value, Block) else place


def _holds(document: Document, one: _Resolved) -> bool:
    """Tell whether a document still holds what a redaction withholds, where it reaches."""
    assert one.pattern is not None
    for place, text in texts_of(replace(document, withheld=())):
        if _reaches(one.redaction, place):
            allowed = _allowed_spans(one.redaction, place, text)
            for start, end in find_terms(text, one.pattern):
                if not _covered(start, end, allowed):
                    return True
    return False


def _allowed_spans(one: Redaction, place: str, text: str) -> list[tuple[int, int]]:
    quotes = [allowed.quote for allowed in one.allow if allowed.place in (place, "page")]
    return find_terms(text, term_pattern(quotes)) if quotes else []


def _covered(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in spans)


class _Plan:
    """Apply resolved redactions to a document, and remember where each one did something."""

    def __init__(self, document: Document, resolved: Sequence[_Resolved]) -> None:
        self.document = document
        self.resolved = resolved
        self.places: dict[str, list[str]] = {one.redaction.id: [] for one in resolved}

    def apply(self) -> Document:
        """Return the redacted document."""
        whole = {one.comment: one.redaction for one in self.resolved if one.comment}
        comments = tuple(
            self._withhold(comment, whole[comment.id]) if comment.id in whole else comment
            for comment in self.document.comments
        )
        return self._map(replace(self.document, comments=comments), "page")

    def _withhold(self, comment: Comment, one: Redaction) -> Comment:
        self.places[one.id].append(comment.id)
        return replace(comment, text=f"[{one.shown}]")

    def _map(self, value: T, place: str, alone: bool = False) -> T:
        if isinstance(value, str):
            return self._replaced(value, place, alone)  # type: ignore[return-value]
        if isinstance(value, tuple):
            return tuple(self._map(part, place, alone) for part in value)  # type: ignore[return-value]
        if isinstance(value, Note) or not is_dataclass(value) or isinstance(value, type):
            return value
        place = _place_of(value, place)
        changes = {}
        for field in fields(value):
            if field.name not in _NEVER_CHANGED:
                inner = "title" if isinstance(value, Document) and field.name == "title" else place
                names = field.name in ("author", "authors", "source", "address")
                changes[field.name] = self._map(getattr(value, field.name), inner, names)
        return replace(value, **changes)

    def _replaced(self, text: str, place: str, alone: bool) -> str:
        """Return *text* with each withheld term in it replaced by words in brackets.

        Where the term is all of a name or an address, the words stand without brackets. Terms that
        overlap go together.
        """
        spans: list[tuple[int, int, Redaction]] = []
        for one in self.resolved:
            if not text or one.pattern is None or not _reaches(one.redaction, place):
                continue
            allowed = _allowed_spans(one.redaction, place, text)
            for start, end in find_terms(text, one.pattern):
                if not _covered(start, end, allowed):
                    spans.append((start, end, one.redaction))
                    if place not in self.places[one.redaction.id]:
                        self.places[one.redaction.id].append(place)
        for start, end, redaction in reversed(_merged(spans)):
            is_all = alone and not text[:start].strip() and not text[end:].strip()
            words = redaction.shown if is_all else f"[{redaction.shown}]"
            text = f"{text[:start]}{words}{text[end:]}"
        return text

    def told(self, one: _Resolved) -> Withholding:
        """Return what the public is told of one redaction."""
        redaction = one.redaction
        places = tuple(self.places[redaction.id]) or (redaction.place.partition(":")[0],)
        note = redaction.public_note
        return Withholding(
            redaction.id, redaction.withhold, redaction.shown, note, redaction.date, places
        )


def _merged(spans: list[tuple[int, int, Redaction]]) -> list[tuple[int, int, Redaction]]:
    """Join spans that overlap, under the redaction of the first."""
    merged: list[tuple[int, int, Redaction]] = []
    for start, end, redaction in sorted(spans, key=lambda span: (span[0], -span[1])):
        if merged and start < merged[-1][1]:
            first, last, before = merged[-1]
            merged[-1] = (first, max(last, end), before)
        else:
            merged.append((start, end, redaction))
    return merged


def count_shown(document: Document) -> Ledger:
    """Count the characters of the redacted text alone: no figure tells the length of what is withheld."""
    return Ledger(**_lengths(document))


def _lengths(document: Document) -> dict[str, int]:
    """Count the characters of each account that stand in the document's own texts."""

    def passages(parts: Iterable[Passage]) -> int:
        return sum(len(part.text) for part in parts)

    article = [document.title, document.role, *document.authors]
    return {
        "article": sum(map(len, article)) + sum(len(block.text) for block in document.blocks),
        "comment": sum(len(one.author) + len(one.text) for one in document.comments),
        "furniture": passages(document.furniture),
        "remainder": passages(document.remainder),
    }


def _telltale(document: Document, resolved: Sequence[_Resolved]) -> list[Problem]:
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
                    problems.append(_problem(other, "telltale", fault, "write it otherwise"))
        if any(pattern.search(fold(name)) for name in names):
            fault = "withholds what the item's slug or a file's name says"
            problems.append(
                _problem(one.redaction, "telltale", fault, "rename the item or the file")
            )
    return problems


def touches(text: str, secrets: Iterable[Secret]) -> str:
    """Return the id of the first redaction whose words stand in *text*, or an empty string."""
    folded = fold(text)
    for secret in secrets:
        if term_pattern([secret.words]).search(folded):
            return secret.redaction
    return ""
