"""Say what an annotation from outside says, in the words of an entry."""

import re
from collections.abc import Mapping

from ..annotations import KINDS
from ..entries.annotation_entries import TO_WRITE
from ..entries.entry_selectors import Values
from ..schema_parts import ID
from .foreign_places import Found
from .foreign_text import foreign_markdown
from .web_annotations import Foreign

_KINDS: Mapping[str, str] = {
    kind.motivation: kind.name for kind in reversed(tuple(KINDS.values())) if not kind.required
}
"""The kind for each motivation; where several have it, the first of them."""
_ADDRESS = re.compile(r"https?://[^\s<>]+")


def unplaced(one: Foreign, index: int, found: Found) -> Values:
    """Return what an entry says of words whose place is not known, as they were given."""
    part = one.parts[index] if index < len(one.parts) else None
    quote = one.lost or "\n\n".join(
        p.exact for p in one.parts if p.exact and (one.kind or p is part)
    )
    context = (
        {"before": part.prefix, "after": part.suffix} if part and quote and not one.kind else {}
    )
    given = {"quote": quote, **context}
    unknown = ("article", "page") if quote else ("article",)
    values: Values = {"in": found.place} if found.place not in unknown else {}
    return values | {name: text.strip() for name, text in given.items() if text.strip()}


def _leads(one: Foreign) -> str:
    """Return the address that another program's annotation links its target to, or an empty string."""
    links = [link for link in one.links if _ADDRESS.fullmatch(link)]
    return links[0] if links and not one.kind and "linking" in one.motivations else ""


def kind_of(one: Foreign) -> str:
    """Return the kind of entry: our own, or what stands for the first motivation that is known.

    >>> kind_of(Foreign(motivations=("highlighting", "questioning"))), kind_of(Foreign())
    ('question', 'context')
    """
    known = (_KINDS[name] for name in one.motivations if name in _KINDS)
    return one.kind or ("cross-reference" if _leads(one) else next(known, "context"))


def said(one: Foreign) -> Values:
    """Return what an entry says besides its kind and its place."""
    to = _leads(one)
    links = [link for link in one.links if link != to or not one.body]
    shown = [
        f"<{link}>" if _ADDRESS.fullmatch(link) else foreign_markdown(link, "text/plain")
        for link in links
    ]
    body = "\n\n".join(part for part in (one.body, *shown) if part)
    values: Values = {**one.fields, **({"to": to} if to else {})}
    values |= {"tags": list(one.tags)} if one.tags else {}
    values |= {name: text for name, text in (("by", one.by), ("date", one.date)) if text}
    return {**values, "body": body or TO_WRITE}


def own_id(one: Foreign) -> str:
    """Return the id that one of our own annotations has, or an empty string.

    >>> own_id(Foreign(id="https://a.example/b/#note-c")), own_id(Foreign(id="https://a.example/c"))
    ('c', '')
    """
    name = re.search(r"[/#]note-([^/#]+)$", one.id)
    return name[1] if name and re.search(ID["pattern"], name[1]) else ""
