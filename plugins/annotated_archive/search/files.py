"""Put the files of the search together: a manifest, and the shards that it names."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import pairwise
from typing import Protocol

from ..note_index import TermView
from ..views import EditionView
from .families import BETWEEN, RecordTerms, Shard, beginnings, call, gather, item_terms, shards
from .kept import Parts, packed, unpacked
from .postings import encode
from .records import SearchItem, glossary_item, item_of
from .texts import text_shards

FOLDER = "search"


class Store(Protocol):
    """Keep what was made of items, by an item's slug and a key of what it was made from."""

    def part(self, slug: str, key: str) -> bytes | None:
        """Return what was kept, or None where nothing was under this key."""

    def keep_part(self, slug: str, key: str, data: bytes) -> None:
        """Keep what was made, if it may be kept."""


def search_files(
    views: Sequence[tuple[EditionView, str]],
    terms: Sequence[TermView] = (),
    *,
    by_commenter: bool = True,
    store: Store | None = None,
) -> Iterator[tuple[str, str]]:
    """Yield each file of the search: its path below the site, and its text.

    *views* are the editions, each with the address of its page below the site; *terms* are the
    glossary's. Unless *by_commenter*, comments cannot be chosen by who wrote them. The *store* keeps
    what is made of each item. The same views
    give the same files, in whatever order they come.
    """
    items, terms_of = [], []
    for view, url in sorted(views, key=_age):
        item, found = view.keep(("search", url), partial(_parts_of, view, url, store))
        items.append(item)
        terms_of.append(found)
    if terms:
        entries = glossary_item(terms)
        items.insert(0, entries)
        terms_of.insert(0, item_terms(entries))
    yield from index_files(items, by_commenter, terms_of)


def _parts_of(view: EditionView, url: str, store: Store | None) -> Parts:
    """Return an item's records and their terms, out of the store if it has them."""
    slug, key = view.slug, f"{view.edition.digest} {view.per_page} {url}"
    data = store.part(slug, key) if store and view.edition.digest else None
    if data is not None:
        with suppress(Exception):  # whatever is in it
            return unpacked(data)
    item = item_of(view, url)
    terms = item_terms(item)
    if store and view.edition.digest:
        with suppress(TypeError):  # a lone surrogate
            store.keep_part(slug, key, packed(item, terms))
    return item, terms


def _age(one: tuple[EditionView, str]) -> tuple[float, str]:
    published = one[0].document.published
    return (published.timestamp() if published else float("-inf")), one[0].slug


def index_files(
    items: Sequence[SearchItem],
    by_commenter: bool = True,
    terms: Iterable[Sequence[RecordTerms]] | None = None,
) -> Iterator[tuple[str, str]]:
    """Yield the files that find the records of *items*, the oldest item first.

    *terms* are those of each item, where they are known already.
    """
    gathered = gather(items, terms or map(item_terms, items), by_commenter)
    words = [*shards("words", gathered.words)]
    starts = beginnings(gathered.words, [shard.first for shard in words])
    families: dict[str, list[Shard]] = {"words": words, "starts": [*shards("starts", starts)]}
    for family, lists in gathered.facets.items():
        families[family] = [*shards(family, lists, gathered.names.get(family))]
    for family, parts in families.items():
        for number, shard in enumerate(parts):
            yield f"{FOLDER}/{family}-{number}.js", shard.code
    firsts = []
    for number, (first, code) in enumerate(text_shards(items)):
        firsts.append(first)
        yield f"{FOLDER}/texts-{number}.js", code
    count = sum(len(item.records) for item in items)
    lengths = [after - before for before, after in pairwise([*firsts, count])]
    manifest = {
        family: f" {BETWEEN} ".join(shard.first for shard in parts)
        for family, parts in families.items()
    }
    further = encode([*_further(items)])
    yield f"{FOLDER}/index.js", call("start", count, manifest, lengths, further)


def _further(items: Sequence[SearchItem]) -> Iterator[int]:
    """Yield the number of each record that is a part of an article, but not its first, which follows."""
    number = 0
    for item in items:
        articles = sum(record.what == "article" for record in item.records)
        number += len(item.records)
        yield from range(number - articles, number - 1)
