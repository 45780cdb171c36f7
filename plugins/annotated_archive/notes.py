"""Lay out the annotations of an edition: their numbers, their marks, and their words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .annotations import KINDS
from .markdown import escape_inline
from .marked import Mark
from .model import Annotation, Block, Comment, Edition

_FIELDS = {
    "claim": "Claim",
    "verdict": "Verdict",
    "sources": "Sources",
    "checked": "Checked on",
    "was": "Was",
    "now": "Now",
    "to": "See",
    "language": "Language",
}


@dataclass(frozen=True)
class Notes:
    """Hold the annotations of an edition in order of their places."""

    annotations: tuple[Annotation, ...] = ()

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Return each annotation's number on the page, from 1."""
        return {one.id: number for number, one in enumerate(self.annotations, 1)}

    def on(self, place: str) -> tuple[Annotation, ...]:
        """Return the annotations of one place."""
        return tuple(one for one in self.annotations if one.place == place)


def _marks(annotations: Sequence[Annotation], start: int, end: int) -> tuple[Mark, ...]:
    """Return the marks that fall between two offsets, counted from the first of them."""
    return tuple(
        Mark(
            max(anchor.start, start) - start,
            min(anchor.end, end) - start,
            one.id,
            place == 0 and anchor.end <= end,
        )
        for one in annotations
        for place, anchor in enumerate(one.anchors)
        if anchor.start < end and anchor.end > start
    )


def block_marks(edition: Edition) -> Iterator[tuple[Block, tuple[Mark, ...]]]:
    """Yield each block with its marks: the paragraphs are one text, apart by a blank line."""
    article = [one for one in edition.annotations if one.place == "article"]
    offset = 0
    for block in edition.document.blocks:
        if block.kind != "paragraph":
            yield block, ()
            continue
        end = offset + len(block.text)
        yield block, _marks(article, offset, end)
        offset = end + 2


def comment_marks(comment: Comment, annotations: Sequence[Annotation]) -> tuple[Mark, ...]:
    """Return the marks of one comment."""
    own = [one for one in annotations if one.place == comment.id]
    return _marks(own, 0, len(comment.text))


def field_words(one: Annotation) -> Iterator[tuple[str, str]]:
    """Yield the kind's own fields for readers, as a name and words in Markdown."""
    for name, values in one.fields:
        if name not in _FIELDS:
            continue
        for value in values:
            yield _FIELDS[name], _linked(value)


def _linked(value: str) -> str:
    """Return words whose address, if they have one, is a link.

    >>> _linked("A title, https://a.example/b")
    '[A title](<https://a.example/b>)'
    """
    words, _, address = value.rpartition(", ")
    target = address if address.startswith(("http://", "https://")) else ""
    if target and not set("<> \\n") & set(target):
        return f"[{escape_inline(words or target)}](<{target}>)"
    if value.startswith("comment-") or value == "article":
        return f"[{value}](#{'comments' if value == 'article' else value})"
    return escape_inline(value)


def note_markdown(one: Annotation) -> str:
    """Return an annotation in Markdown: its kind, its body, its own fields, and who wrote it."""
    parts = [f"**{KINDS[one.kind].label}.** {one.body}"]
    fields = [f"- {name}: {words}" for name, words in field_words(one)]
    if fields:
        parts.append("\n".join(fields))
    signed = ", ".join(part for part in (one.by, one.date) if part)
    if signed:
        parts.append(f"— {escape_inline(signed)}")
    return "\n\n".join(parts)
