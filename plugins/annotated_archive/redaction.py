"""Withhold words from a document, before anything else sees them.

`redact` returns a new document in which the withheld words stand nowhere, and the list of secrets
that the leak gate looks for. No error names the words that it is about.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal, TypeVar
from urllib.parse import unquote

from .errors import Problems
from .fixity import keyed_sha256
from .folding import find_terms, fold, term_pattern
from .model import (
    Block,
    CaptureFile,
    Comment,
    Document,
    Ledger,
    Note,
    Passage,
    Style,
    Withholding,
)
from .resolution import (
    NEVER_CHANGED,
    Redaction,
    Resolved,
    Secret,
    allowed_spans,
    covered,
    holds,
    place_of,
    problem_of,
    reaches,
    resolve,
    telltale,
)

T = TypeVar("T")
Shape = Literal["text", "name", "address"]
_SHAPES: Mapping[str, Shape] = {
    "author": "name",
    "authors": "name",
    "source": "address",
    "address": "address",
}
"""What a field of the document holds; any other holds text."""


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
    resolved, problems = resolve(document, redactions)
    problems += telltale(document, resolved)
    if problems:
        raise Problems(problems)
    plan = _Plan(document, resolved)
    changed = plan.apply()
    files, ledger = changed.files, changed.ledger
    if any(plan.places.values()) or any(one.redaction.applied for one in resolved):
        files = tuple(_without_digest(file, key, originals or {}) for file in files)
        ledger = count_shown(changed)
    withheld = tuple(
        plan.told(one)
        for one in resolved
        if plan.places[one.redaction.id] or not one.redaction.archive_wide
    )
    changed = replace(changed, files=files, ledger=ledger, withheld=withheld)
    left = [one for one in resolved if one.pattern and holds(changed, one)]
    if left:
        raise Problems(
            problem_of(
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


class _Plan:
    """Apply resolved redactions to a document, and remember where each one did something."""

    def __init__(self, document: Document, resolved: Sequence[Resolved]) -> None:
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
        return replace(comment, text=f"[{one.shown}]", styles=(), variants=())

    def _map(self, value: T, place: str, shape: Shape = "text") -> T:
        if isinstance(value, str):
            return self._replaced(value, place, shape)  # type: ignore[return-value]
        if isinstance(value, tuple):
            return tuple(self._map(part, place, shape) for part in value)  # type: ignore[return-value]
        if isinstance(value, Note) or not is_dataclass(value) or isinstance(value, type):
            return value
        place = place_of(value, place)
        changes: dict[str, Any] = {}
        for field in fields(value):
            if field.name not in NEVER_CHANGED:
                inner = "title" if isinstance(value, Document) and field.name == "title" else place
                shaped = _SHAPES.get(field.name, "text")
                changes[field.name] = self._map(getattr(value, field.name), inner, shaped)
        if isinstance(value, Comment | Block) and value.styles:
            replacements = self._replacements(value.text, place)
            changes["styles"] = _restyled(changes["styles"], replacements)
        return replace(value, **changes)  # type: ignore[type-var]

    def _replaced(self, text: str, place: str, shape: Shape) -> str:
        """Return *text* with each withheld term in it replaced by words in brackets.

        Where the term is all of a name, the words stand without brackets. Of an address nothing
        else is left: with a part replaced it would lead elsewhere. Terms that overlap go together.
        """
        if shape == "address":
            read = dict.fromkeys((text, unquote(text)))
            return next(
                (one[2] for words in read for one in self._replacements(words, place, shape)), text
            )
        for start, end, words in reversed(self._replacements(text, place, shape)):
            text = f"{text[:start]}{words}{text[end:]}"
        return text

    def _replacements(
        self, text: str, place: str, shape: Shape = "text"
    ) -> list[tuple[int, int, str]]:
        """Return where words of *text* are replaced, and by what."""
        spans: list[tuple[int, int, Redaction]] = []
        for one in self.resolved:
            if not text or one.pattern is None or not reaches(one.redaction, place):
                continue
            allowed = allowed_spans(one.redaction, place, text)
            for start, end in find_terms(text, one.pattern):
                if not covered(start, end, allowed):
                    spans.append((start, end, one.redaction))
                    if place not in self.places[one.redaction.id]:
                        self.places[one.redaction.id].append(place)
        replacements = []
        for start, end, redaction in _merged(spans):
            is_all = not text[:start].strip() and not text[end:].strip()
            is_bare = shape == "address" or (shape == "name" and is_all)
            words = redaction.shown if is_bare else f"[{redaction.shown}]"
            replacements.append((start, end, words))
        return replacements

    def told(self, one: Resolved) -> Withholding:
        """Return what the public is told of one redaction."""
        redaction = one.redaction
        places = tuple(self.places[redaction.id]) or (redaction.place.partition(":")[0],)
        note = redaction.public_note
        return Withholding(
            redaction.id, redaction.withhold, redaction.shown, note, redaction.date, places
        )


def _restyled(
    styles: Sequence[Style], replacements: Sequence[tuple[int, int, str]]
) -> tuple[Style, ...]:
    """Return *styles* where the text stands after words were replaced; none cuts a replacement."""

    def moved(at: int, is_end: bool) -> int:
        by = 0
        for start, end, words in replacements:
            if end <= at:
                by += len(words) - (end - start)
            elif start < at:
                return start + by if is_end else start + by + len(words)
        return at + by

    shifted = (
        replace(one, start=moved(one.start, False), end=moved(one.end, True)) for one in styles
    )
    return tuple(one for one in shifted if one.start < one.end)


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


def touches(text: str, secrets: Iterable[Secret]) -> str:
    """Return the id of the first redaction whose words stand in *text*, or an empty string."""
    folded = fold(text)
    for secret in secrets:
        if term_pattern([secret.words]).search(folded):
            return secret.redaction
    return ""
