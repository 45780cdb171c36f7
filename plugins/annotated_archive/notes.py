"""Lay out the annotations of an edition: their numbers, their marks, and their words."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .annotations import KINDS
from .cross_references import ADDRESSES, Destination, destination
from .markdown import escape_inline
from .marked import Mark
from .model import Annotation, Block, Comment, Document, Edition, Target
from .note_images import images_in

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


_LISTED = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s(?:(?!\n\s*\n).)*\Z", re.MULTILINE | re.DOTALL)
"""A body that ends with an item of a list."""


@dataclass(frozen=True)
class Notes:
    """Hold the annotations of an edition in order of their places."""

    annotations: tuple[Annotation, ...] = ()

    @cached_property
    def anchored(self) -> tuple[Annotation, ...]:
        """Return those that have a place."""
        return tuple(one for one in self.annotations if one.targets)

    @cached_property
    def lost(self) -> tuple[Annotation, ...]:
        """Return those that are no longer anchored."""
        return tuple(one for one in self.annotations if not one.targets)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Return each annotation's number on the page, from 1."""
        return {one.id: number for number, one in enumerate(self.annotations, 1)}

    @cached_property
    def _places(self) -> Mapping[str, Sequence[tuple[Annotation, int, Target]]]:
        """Return what is about each place, with the number of its target, from 1."""
        places: dict[str, list[tuple[Annotation, int, Target]]] = {}
        for one in self.annotations:
            for number, target in enumerate(one.targets, 1):
                places.setdefault(target.place, []).append((one, number, target))
        return places

    def beside(self, place: str) -> tuple[Annotation, ...]:
        """Return the annotations whose notes stand beside a place."""
        return tuple(one for one, number, _ in self._places.get(place, ()) if number == 1)

    def marks(self, place: str, start: int, end: int) -> tuple[Mark, ...]:
        """Return the marks that fall between two offsets of a place, counted from the first of them."""
        return tuple(
            Mark(
                max(span[0], start) - start,
                min(span[1], end) - start,
                one.id,
                number if span[1] <= end else 0,
            )
            for one, number, target in self._places.get(place, ())
            if (span := target.span) and span[0] < end and span[1] > start
        )

    def wholes(self, *places: str) -> tuple[tuple[Annotation, int], ...]:
        """Return the annotations of all of a place, each with the number of that target."""
        found = [
            (one, number)
            for place in places
            for one, number, target in self._places.get(place, ())
            if target.span is None
        ]
        return tuple(sorted(found, key=lambda whole: self.numbers[whole[0].id]))


def reference_id(one: str, number: int) -> str:
    """Return the id of the *number*th reference to a note.

    >>> reference_id("a", 1), reference_id("a", 2)
    ('ref-a', 'ref-a.2')
    """
    return f"ref-{one}" + (f".{number}" if number > 1 else "")


def block_marks(edition: Edition, notes: Notes) -> Iterator[tuple[Block, tuple[Mark, ...]]]:
    """Yield each block with its marks: the paragraphs are one text, apart by a blank line."""
    offset = 0
    for block in edition.document.blocks:
        if block.kind != "paragraph":
            yield block, ()
            continue
        end = offset + len(block.text)
        yield block, notes.marks("article", offset, end)
        offset = end + 2


def comment_marks(comment: Comment, notes: Notes) -> tuple[Mark, ...]:
    """Return the marks of one comment."""
    return notes.marks(comment.id, 0, len(comment.text))


Link = Callable[[Destination], str]


def field_words(one: Annotation, slug: str, link: Link) -> Iterator[tuple[str, str]]:
    """Yield the kind's own fields for readers, as a name and words in Markdown.

    *slug* is the item's; *link* gives the address of a place in the archive.
    """
    for name, values in one.fields:
        if name not in _FIELDS:
            continue
        for value in values:
            where = destination(value, slug) if name == "to" else None
            yield _FIELDS[name], _led(where, slug, link) if where else _linked(value)


def _led(where: Destination, slug: str, link: Link) -> str:
    """Return words for a place of this archive, with a link to it."""
    parts = [where.slug] if where.slug != slug else []
    parts += [where.place] if where.place != "article" or not parts else []
    address = link(where)
    return f"[{', '.join(parts)}](<{address}>)" if address else ", ".join(parts)


def _linked(value: str) -> str:
    """Return words whose addresses, if they have any, are links.

    >>> _linked("A title, https://a.example/b")
    '[A title](<https://a.example/b>)'
    >>> _linked("A, https://a.example, archived https://b.example/a")
    '[A](<https://a.example>) ([archived copy](<https://b.example/a>))'
    >>> _linked("https://a.example")
    '[https&#58;//a.example](<https://a.example>)'
    """
    has_copy = ", archived " in value
    value, copy = _split_address(value, ", archived ") if has_copy else (value, "")
    words, target = _split_address(value, ", ")
    shown = f"[{escape_inline(words or target)}](<{target}>)" if target else escape_inline(words)
    return f"{shown} ([archived copy](<{copy}>))" if copy else shown


def _split_address(value: str, separator: str) -> tuple[str, str]:
    """Return words and the address that follows them, or is all of them."""
    words, _, address = value.rpartition(separator)
    if address.startswith(ADDRESSES) and not set("<> \\\n") & set(address):
        return words, address
    return value, ""


def markdown_link(slug: str) -> Link:
    """Return what gives an address within generated Markdown pages, from the page of *slug*.

    The glossary has no Markdown page, and programs name footnotes each in a way of its own.
    """

    def link(where: Destination) -> str:
        place = where.place if where.place.startswith("comment-") else ""
        if where.slug == slug:
            return f"#{place}" if place else ""
        if where.slug == "glossary":
            return ""
        return f"{{filename}}{where.slug}.md" + (f"#{place}" if place else "")

    return link


def note_markdown(one: Annotation, slug: str) -> str:
    """Return an annotation in Markdown: its kind, its body, its own fields, and who wrote it."""
    parts = [f"**{KINDS[one.kind].label}.** {_pictured(one.body, slug)}"]
    fields = [f"- {name}: {words}" for name, words in field_words(one, slug, markdown_link(slug))]
    if one.lost:
        fields.append(
            f"- No longer anchored. It was on: {escape_inline(' '.join(one.lost.split()))}"
        )
    if one.tags:
        fields.append(f"- Tags: {escape_inline(', '.join(one.tags))}")
    if fields:
        parts += ["<!-- -->"] if _LISTED.search(one.body) else []  # or they would join its list
        parts.append("\n".join(fields))
    signed = ", ".join(part for part in (one.by, one.date) if part)
    if signed:
        parts.append(f"— {escape_inline(signed)}")
    return "\n\n".join(parts)


def _pictured(body: str, slug: str) -> str:
    """Return a body whose pictures are found from the generated page on."""
    for name in images_in(body):
        body = body.replace(f"]({name}", f"](../../annotations/{slug}/{name}")
    return body


def words_of_targets(one: Annotation, document: Document) -> str:
    """Return the words that an annotation is about, or what it is about as a whole."""
    if not one.targets:
        return one.lost
    first = one.targets[0]
    if first.span is None:
        return ""
    if first.place == "article":
        text = "\n\n".join(b.text for b in document.blocks if b.kind == "paragraph")
    else:
        text = next(c.text for c in document.comments if c.id == first.place)
    return text[first.start : first.end]
