"""Say how an item, a comment or an annotation is cited: one record each, in the terms of CSL-JSON.

A record names the archive, and the place in it, which is right wherever the site is. An address of
the archive is in it only where the site has one; elsewhere it gives that of the original. Names
are kept whole: which part of a captured name is the family's is not known.

``js/citations.js`` makes the same records of what a page shows; shared vectors hold the two equal.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .annotations import KINDS
from .marks import show_marks
from .model import Annotation, Comment, Document, Edition
from .robust_links import captured_on
from .wording import known_authors, known_name

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ItemType:
    """Name one type of item in the words of CSL, of schema.org and of Zotero's meta elements."""

    csl: str
    schema: str
    meta: tuple[str, str]


ITEM_TYPES: Mapping[str, ItemType] = {
    "blogPosting": ItemType("post-weblog", "BlogPosting", ("z:itemType", "blogPost")),
    "newsArticle": ItemType("article-newspaper", "NewsArticle", ("DC.type", "NewsItem")),
}
"""What ``ARCHIVE_ITEM_TYPE`` may say, the first of which holds unless it is set."""


_OWN = "webpage"
"""The type of what the archive itself published: annotations."""


@dataclass(frozen=True, slots=True)
class Cited:
    """Hold what all citations of one item share.

    *location* is the item's place in the archive, its slug; *address* that of its page, or empty
    where the site has none. *source* is where the original is or was, *captured* the day of the
    capture, each empty where it is not known.
    """

    title: str
    archive: str
    location: str
    address: str = ""
    source: str = ""
    captured: str = ""


def cited(document: Document, archive: str, address: str = "") -> Cited:
    """Return what the citations of a document share; *archive* is the site's name."""
    return Cited(
        title=_line(document.title),
        archive=_line(archive),
        location=document.slug,
        address=address,
        source=_line(document.source or ""),
        captured=captured_on(document),
    )


def item_record(edition: Edition, one: Cited, item_type: str = "blogPosting") -> Record:
    """Return how an item is cited."""
    document = edition.document
    return _record(
        one,
        kind=ITEM_TYPES[item_type].csl,
        title=one.title,
        authors=known_authors(document),
        issued=document.published,
        language=document.language,
    )


def comment_record(comment: Comment, one: Cited, replacements: Collection[str] = ()) -> Record:
    """Return how a comment is cited, without a name that was not captured or is withheld.

    *replacements* are those of its document.
    """
    return _record(
        one,
        place=comment.id,
        kind="post",
        genre=comment.kind.capitalize(),
        title=f"{comment.kind.capitalize()} on “{one.title}”",
        authors=(known_name(comment.author, replacements),),
        issued=comment.published,
        is_reckoned=comment.is_approximate,
    )


def annotation_record(annotation: Annotation, one: Cited) -> Record:
    """Return how an editor's annotation is cited: the archive itself published it."""
    label = KINDS[annotation.kind].label
    return _record(
        one,
        place=f"note-{annotation.id}",
        kind=_OWN,
        genre=label,
        title=f"{label} on “{one.title}”",
        authors=(annotation.by,),
        issued=date.fromisoformat(annotation.date) if annotation.date else None,
    )


def _record(
    one: Cited,
    *,
    kind: str,
    title: str,
    authors: tuple[str, ...],
    issued: date | datetime | None,
    place: str = "",
    genre: str = "",
    language: str = "",
    is_reckoned: bool = False,
) -> Record:
    """Return a record without what is not known of it.

    The original's address is the record's own where the archive has none, with the day of capture
    as that of access; else it is in the note. What the archive itself published is not there.
    """
    is_web = one.source.startswith(("http://", "https://"))
    is_own = kind == _OWN
    cites_original = is_web and not one.address and not is_own
    names = [{"literal": name} for name in map(_line, authors) if name]
    fields: dict[str, Any] = {
        "id": one.location + (f"#{place}" if place else ""),
        "type": kind,
        "title": title,
        "author": names,
        "issued": _csl_date(issued) if issued else None,
        "genre": genre,
        "language": language,
        "container-title": one.archive if is_own else "",
        "archive": one.archive,
        "archive_location": one.location + (f"#{place}" if place else ""),
        "URL": one.source if cites_original else _joined(one.address, place),
        "accessed": _csl_day(one.captured) if cites_original and one.captured else None,
        "note": _note(one, cites_original, is_reckoned),
    }
    return {name: value for name, value in fields.items() if value or name == "title"}


def _note(one: Cited, cites_original: bool, is_reckoned: bool) -> str:
    """Return what is to be said of the original, and of a date that is not as printed."""
    captured = f", captured {one.captured}" if one.captured else ""
    said = f"Original: {one.source}{captured}." if one.source and not cites_original else ""
    reckoned = "The date is reckoned." if is_reckoned else ""
    return " ".join(part for part in (reckoned, said) if part)


def _joined(address: str, place: str) -> str:
    return f"{address}#{place}" if address and place else address


def _csl_date(when: date) -> Record:
    return {"date-parts": [[when.year, when.month, when.day]]}


def _csl_day(day: str) -> Record:
    return {"date-parts": [[int(part) for part in day.split("-")]]}


def _line(text: str) -> str:
    """Return a text as one line, its deceiving characters as marks."""
    return " ".join(show_marks(text).split())
