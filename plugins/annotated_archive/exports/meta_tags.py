"""Say in a page's head what the item is, for Zotero, for Highwire's readers, and for Open Graph.

Zotero takes ``og:type`` or ``citation_title`` alone for a journal's article; the type goes before.
An address is given only where the site has one.
"""

from collections.abc import Iterator

from ..citations import ITEM_TYPES
from ..marks import show_marks
from ..model import Edition
from ..wording import known_authors, summary_of
from .structured_data import Described

Tag = tuple[str, str, str]
"""Whether the name stands in ``name`` or ``property``, the name, and what it says."""


def meta_tags(edition: Edition, about: Described) -> tuple[Tag, ...]:
    """Return the meta elements of an item's page, in a fixed order; none of them is empty."""
    named = (("name", *one) for one in _citation(edition, about))
    shared = (("property", *one) for one in _open_graph(edition, about))
    lines = ((kind, name, _line(content)) for kind, name, content in (*named, *shared))
    return tuple(one for one in lines if one[2])


def _citation(edition: Edition, about: Described) -> Iterator[tuple[str, str]]:
    document = edition.document
    yield ITEM_TYPES[about.item_type].meta
    yield "citation_title", document.title
    for name in known_authors(document):
        yield "citation_author", name
    if document.published:
        yield "citation_publication_date", document.published.date().isoformat().replace("-", "/")
    yield "citation_public_url", about.address
    for tag in edition.tags:
        yield "citation_keywords", tag
    yield "citation_language", document.language
    yield "twitter:card", "summary"


def _open_graph(edition: Edition, about: Described) -> Iterator[tuple[str, str]]:
    document = edition.document
    yield "og:type", "article"
    yield "og:title", document.title
    yield "og:description", summary_of(edition)
    yield "og:url", about.address
    yield "og:site_name", about.site
    yield "og:locale", _locale(document.language)
    if document.published:
        when = document.published
        yield (
            "article:published_time",
            when.date().isoformat() if document.is_day else when.isoformat(),
        )
    for name in known_authors(document):
        yield "article:author", name
    for tag in edition.tags:
        yield "article:tag", tag


def _locale(language: str) -> str:
    """Return a language with its country as Open Graph writes it; empty where none is named.

    >>> _locale("pt-BR"), _locale("en")
    ('pt_BR', '')
    """
    name, _, country = language.partition("-")
    return f"{name}_{country}" if len(country) == 2 and country.isupper() else ""


def _line(text: str) -> str:
    return " ".join(show_marks(text).split())
