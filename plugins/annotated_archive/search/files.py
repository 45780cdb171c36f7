"""Put the files of the search together: a manifest, and the shards that it names."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import pairwise
from typing import Protocol

from ..hands import share
from ..note_index import TermView
from ..views import EditionView
from .families import BETWEEN, RecordTerms, Shard, beginnings, call, gather, item_terms, shards
from .kept import Parts, packed, unpacked
from .postings import encode
from .records import SearchItem, glossary_item, item_of
from .texts import text_shards

FOLDER = "search"
_NAME = "search"


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
    hands: int = 1,
) -> Iterator[tuple[str, str]]:
    """Yield each file of the search: its path below the site, and its text.

    *views* are the editions, each with the address of its page below the site; *terms* are the
    glossary's. Unless *by_commenter*, comments cannot be chosen by who wrote them. The *store* keeps
    what is made of each item; what it has not is made by as many processes as *hands*. The same views
    give the same files, in whatever order they come.
    """
    items, terms_of = [], []
    for item, found in _parts(sorted(views, key=_age), store, hands):
        items.append(item)
        terms_of.append(found)
    if terms:
        entries = glossary_item(terms)
        items.insert(0, entries)
        terms_of.insert(0, item_terms(entries))
    yield from index_files(items, by_commenter, terms_of)


def _parts(
    views: Sequence[tuple[EditionView, str]], store: Store | None, hands: int
) -> Iterator[Parts]:
    """Yield the records of each item and their terms, out of its view or the store if they have them."""
    missing = [(view, url) for view, url in views if not view.keeps((_NAME, url))]
    data = {view.slug: _stored(view, url, store) for view, url in missing}
    new = [(view, url) for view, url in missing if data[view.slug] is None]
    for made in share(new, _made, hands):
        data |= made
    for view, url in new:
        found = data[view.slug]
        if store and found and view.edition.digest:
            store.keep_part(view.slug, _key(view, url), found)
    for view, url in views:
        yield view.keep((_NAME, url), partial(_read, view, url, data.get(view.slug)))


def _stored(view: EditionView, url: str, store: Store | None) -> bytes | None:
    return store.part(view.slug, _key(view, url)) if store and view.edition.digest else None


def _key(view: EditionView, url: str) -> str:
    return f"{view.edition.digest} {view.per_page} {url}"


def _made(views: Sequence[tuple[EditionView, str]]) -> dict[str, bytes | None]:
    """Return the records and terms of some items, packed; None where they have a lone surrogate."""
    found: dict[str, bytes | None] = {}
    for view, url in views:
        item = item_of(view, url)
        found[view.slug] = None
        with suppress(TypeError):
            found[view.slug] = packed(item, item_terms(item))
    return found


def _read(view: EditionView, url: str, data: bytes | None) -> Parts:
    """Return what is in some bytes, or what should be."""
    if data is not None:
        with suppress(Exception):  # whatever is in it
            return unpacked(data)
    item = item_of(view, url)
    return item, item_terms(item)


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
