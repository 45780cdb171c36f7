"""Check where cross-references lead, across the whole archive, and make the ways back."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .model import Annotation, Document, Edition, GlossaryEntry, Reference

ADDRESSES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Destination:
    """Say where a cross-reference leads: a *place* of the item *slug*.

    *place* is article, a comment's id or ``note-<id>``; of the slug ``glossary``, an entry's id.
    """

    slug: str
    place: str


def destination(target: str, slug: str) -> Destination | None:
    """Return where *target* leads from the item *slug*; None where it is an address outside.

    >>> destination("comment-20090616-1620", "a"), destination("b#note-c", "a"), destination("b", "a")
    (Destination(slug='a', place='comment-20090616-1620'), Destination(slug='b', place='note-c'), Destination(slug='b', place='article'))
    """
    if target.startswith(ADDRESSES):
        return None
    item, found, place = target.partition("#")
    if found:
        return Destination(item or slug, place or "article")
    if item == "article" or item.startswith(("comment-", "note-")):
        return Destination(slug, item)
    return Destination(item, "article")


def lost_within(
    annotations: Sequence[Annotation], document: Document
) -> Iterator[tuple[Annotation, str]]:
    """Yield each cross-reference to a place of its own item that is not there, and what is wrong."""
    known = {"article", *(comment.id for comment in document.comments)}
    known |= {f"note-{one.id}" for one in annotations}
    for one in annotations:
        where = destination(one.field("to"), document.slug)
        made = where is not None and where.place.startswith("note-glossary-")
        if one.kind == "cross-reference" and where and where.slug == document.slug and not made:
            wrong = _fault(where, document.slug, {document.slug: known})
            if wrong:
                yield one, f"'{one.field('to')}' {wrong}"


def places_in(edition: Edition) -> Collection[str]:
    """Return every place of an edition that a cross-reference may lead to."""
    comments = (comment.id for comment in edition.document.comments)
    return {"article", *comments, *(f"note-{one.id}" for one in edition.annotations)}


def with_references(
    editions: Sequence[Edition],
    entries: Sequence[GlossaryEntry] = (),
    failed: Collection[str] = (),
) -> tuple[tuple[Edition, ...], tuple[tuple[str, Annotation, str], ...]]:
    """Return the editions with the references that lead to each, and those that lead nowhere.

    The latter are an item's slug, the annotation, and what is wrong. What leads into an item that
    *failed* is not judged.
    """
    items = {one.document.slug: one for one in editions}
    known: dict[str, Collection[str]] = {"glossary": {"article", *(entry.id for entry in entries)}}
    leading: dict[str, list[Reference]] = {}
    astray = []
    for edition in editions:
        slug = edition.document.slug
        for one, where in _leading(edition):
            if where.slug in items and where.slug not in known:
                known[where.slug] = places_in(items[where.slug])
            wrong = "" if where.slug in failed else _fault(where, slug, known)
            if wrong:
                astray.append((slug, one, f"'{one.field('to')}' {wrong}"))
                continue
            title = edition.document.title
            leading.setdefault(where.slug, []).append(Reference(where.place, slug, one.id, title))
    return (
        tuple(_referenced(edition, leading.get(edition.document.slug, ())) for edition in editions),
        tuple(astray),
    )


def _referenced(edition: Edition, references: Sequence[Reference]) -> Edition:
    return edition.referred_to(tuple(references)) if references else edition


def _leading(edition: Edition) -> Iterator[tuple[Annotation, Destination]]:
    for one in edition.annotations:
        where = destination(one.field("to"), edition.document.slug)
        if one.kind == "cross-reference" and where:
            yield one, where


def _fault(where: Destination, slug: str, known: Mapping[str, Collection[str]]) -> str:
    """Say why a cross-reference leads nowhere, if it does."""
    if where.slug not in known:
        return "is no item of this archive, no place in this item and no address"
    if where.place not in known[where.slug]:
        item = "this item" if where.slug == slug else f"'{where.slug}'"
        return f"is no place in {item} and no address"
    return ""
