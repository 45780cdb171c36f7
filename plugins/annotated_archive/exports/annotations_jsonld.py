"""Write an item's annotations as JSON-LD, in the words of the W3C Web Annotation Data Model.

An article's paragraph or a comment is a block, named by a FragmentSelector; words in it are said by
a TextQuoteSelector and a TextPositionSelector, as two ways to say the same (section 4.2). They are
counted in code points of that block's ``text`` in edition.json. Words never begin or end within
what readers see as one character, for `selectors` finds none there; prefix and suffix are cut
where characters end. What the model has no words for is below the namespace `OWN`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urljoin

from ..annotations import KINDS
from ..cross_references import destination
from ..json_text import indented_json
from ..model import Annotation, Edition, Target
from ..places import Places, places_of

NAME = "annotations.jsonld"
ANNO = "http://www.w3.org/ns/anno.jsonld"
OWN = "urn:annotated-archive:"
AUTHORITY = "archive.invalid,2026"
FRAGMENT = "http://tools.ietf.org/rfc/rfc3236"
SIDE = 32
"""How many characters of context stand on each side of a quote."""
LISTS = frozenset(
    name
    for kind in KINDS.values()
    for name, schema in kind.fields.items()
    if schema["type"] == "array"
)
"""The kinds' own fields whose value is a list."""
CONTEXT = [ANNO, {"archive": OWN}]
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_JOINS = frozenset("\u200d\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Names:
    """Name an item and its parts by IRIs: below its page's *address*, else tag IRIs (RFC 4151).

    >>> Names("rain").place("note-a"), Names("rain", "https://a.example/rain/").place("note-a")
    ('tag:archive.invalid,2026:rain/note-a', 'https://a.example/rain/#note-a')
    """

    slug: str
    address: str = ""
    authority: str = AUTHORITY

    @property
    def item(self) -> str:
        """Return the IRI of the item."""
        return self.address or f"tag:{self.authority}:{self.slug}"

    @property
    def collection(self) -> str:
        """Return the IRI of all of its annotations: the address of this export."""
        return urljoin(self.address, NAME) if self.address else self.place("annotations")

    def place(self, place: str) -> str:
        """Return the IRI of a place in the item."""
        return f"{self.item}{'#' if self.address else '/'}{place}"

    def sibling(self, slug: str, place: str) -> str:
        """Return the IRI of a place in another item, or of an entry of the glossary.

        >>> Names("a", "https://a.example/a/").sibling("b", "note-c")
        'https://a.example/b/#note-c'
        >>> Names("a", "https://a.example/a/").sibling("glossary", "c")
        'https://a.example/glossary/c.html'
        """
        if slug == "glossary" and self.address:
            return urljoin(self.address, f"../glossary/{place.replace('article', 'index')}.html")
        page = "index.html" if self.address.endswith("/index.html") else ""
        address = urljoin(self.address, f"../{slug}/{page}") if self.address else ""
        names = Names(slug, address, self.authority)
        return names.item if place == "article" else names.place(place)


def annotations_jsonld(edition: Edition, address: str, authority: str = AUTHORITY) -> str:
    """Return the annotations of *edition* as an AnnotationCollection; the same give the same bytes.

    *address* is the item page's absolute address, or empty where the site has none. *authority* is
    that of the tag IRIs which name things then, as in ``archive.invalid,2026``.
    """
    names = Names(edition.document.slug, address, authority)
    return indented_json(collection(edition, names)) + "\n"


def collection(edition: Edition, names: Names) -> Json:
    """Return the AnnotationCollection, its only page embedded (section 5)."""
    places = places_of(edition.document)
    items = [annotation(one, names, places) for one in edition.annotations]
    first = f"{names.collection}{'#' if names.address else '/'}page-1"
    page = {
        "@context": CONTEXT,
        "id": first,
        "type": "AnnotationPage",
        "partOf": names.collection,
        "startIndex": 0,
        "items": items,
    }
    return {
        "@context": CONTEXT,
        "id": names.collection,
        "type": "AnnotationCollection",
        "label": edition.document.title,
        "total": len(items),
        **({"first": page, "last": first} if items else {}),
        "archive:item": names.slug,
    }


def annotation(one: Annotation, names: Names, places: Places) -> Json:
    """Return one Annotation (section 3)."""
    targets = list(_targets(one, names, places))
    return {
        "@context": CONTEXT,
        "id": names.place(f"note-{one.id}"),
        "type": "Annotation",
        "motivation": KINDS[one.kind].motivation,
        **({"created": f"{one.date}T00:00:00Z"} if one.date else {}),
        **({"creator": {"type": "Person", "name": one.by}} if one.by else {}),
        "body": list(_bodies(one, names)),
        "target": targets[0] if len(targets) == 1 else targets,
        **dict(_own(one)),
    }


def _own(one: Annotation) -> Iterator[tuple[str, object]]:
    """Yield what the model has no words for; a date without a time is told as it is."""
    yield "archive:kind", one.kind
    yield "archive:in", one.place
    for name, values in one.fields:
        yield f"archive:{name}", list(values) if name in LISTS else one.field(name)
    if one.date:
        yield "archive:date", one.date
    if one.entry:
        yield "archive:entry", one.entry
    if not one.targets:
        yield "archive:lost", one.lost


def _bodies(one: Annotation, names: Names) -> Iterator[Json]:
    """Yield the body, each tag, and each address that the annotation leads to or rests on."""
    text = {"type": "TextualBody", "value": one.body, "format": "text/markdown"}
    yield {**text, "purpose": KINDS[one.kind].motivation}
    for tag in one.tags:
        yield {"type": "TextualBody", "value": tag, "format": "text/plain", "purpose": "tagging"}
    for address in _addresses(one, names):
        yield {"type": "SpecificResource", "source": address, "purpose": "linking"}


def _addresses(one: Annotation, names: Names) -> Iterator[str]:
    where = destination(one.field("to"), names.slug) if one.values("to") else None
    if where and where.slug == names.slug:
        yield names.item if where.place == "article" else names.place(where.place)
    elif where:
        yield names.sibling(where.slug, where.place)
    for value in (*(() if where else one.values("to")), *one.values("sources")):
        for part in value.split(", "):
            address = part.removeprefix("archived ")
            if _IRI.fullmatch(address):
                yield address


def _targets(one: Annotation, names: Names, places: Places) -> Iterator[object]:
    """Yield each block that each target touches; of a whole page, its IRI.

    Where there are several, each says which of the annotation's targets it is part of.
    """
    parts = [
        (number, part)
        for number, target in enumerate(one.targets, 1)
        for part in _parts(target, names, places)
    ]
    for number, part in parts:
        numbered = {"archive:target": number} if len(parts) > 1 else {}
        yield {**part, **numbered} if isinstance(part, dict) else part
    if not parts:
        yield names.item


def _parts(target: Target, names: Names, places: Places) -> Iterator[str | Json]:
    resource = partial(_resource, names.item)
    if target.span is None:
        is_comment = target.place.startswith("comment-")
        yield resource(target.place) if is_comment else names.item
        return
    start, end = target.span
    if target.place != "article":
        yield resource(target.place, selectors(places.texts[target.place], start, end))
        return
    for name, first, last in places.blocks:
        if start < last and end > first:
            text = places.texts["article"][first:last]
            inner = max(start, first) - first, min(end, last) - first
            yield resource(name, selectors(text, *inner))


def _resource(item: str, block: str, within: Sequence[Json] = ({},)) -> Json:
    """Return a SpecificResource: a block, or words that each of the selectors *within* says.

    Selectors beside each other say the same in other ways. A list under ``refinedBy`` would be
    shorter; the W3C's first tests, and readers that refine once, take none.
    """
    block_itself = {"type": "FragmentSelector", "value": block, "conformsTo": FRAGMENT}
    ways = [{**block_itself, **({"refinedBy": one} if one else {})} for one in within]
    return {"type": "SpecificResource", "source": item, "selector": ways}


def selectors(text: str, start: int, end: int) -> Sequence[Json]:
    """Return the ways to say which words of a block are meant: by quoting, and by counting.

    >>> selectors("one two three", 4, 7)[1]
    {'type': 'TextPositionSelector', 'start': 4, 'end': 7}
    """
    first = next(at for at in range(max(start - SIDE, 0), start + 1) if not _joins(text, at))
    last = next(at for at in range(min(end + SIDE, len(text)), end - 1, -1) if not _joins(text, at))
    sides = {"prefix": text[first:start], "suffix": text[end:last]}
    quote = {"type": "TextQuoteSelector", "exact": text[start:end]}
    return [
        {**quote, **{name: side for name, side in sides.items() if side}},
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def _joins(text: str, at: int) -> bool:
    """Tell whether readers see the characters around an offset as one."""
    if not 0 < at < len(text):
        return False
    return not _JOINS.isdisjoint(text[at - 1 : at + 1]) or unicodedata.category(text[at])[0] == "M"


def own_value(record: Mapping[str, Any], name: str) -> Any:
    """Return what an Annotation says in our own words; None where it does not.

    >>> own_value({"urn:annotated-archive:kind": "gloss"}, "kind")
    'gloss'
    """
    return record.get(f"archive:{name}", record.get(OWN + name))
