"""Turn what is to be found of an item into bytes, and back, so that it need not be made again."""

from collections.abc import Sequence
from dataclasses import fields

import orjson

from .families import RecordTerms
from .records import SearchItem, SearchRecord

Parts = tuple[SearchItem, Sequence[RecordTerms]]
"""An item's records, and the terms of each."""


_FIELDS = [one.name for one in fields(SearchRecord)]


def packed(item: SearchItem, terms: Sequence[RecordTerms]) -> bytes:
    """Return an item and its terms as bytes.

    >>> item = SearchItem("a/", "A", ("b",), (SearchRecord("note", "", (), "", (), "", "d", (("", "e"),)),))
    >>> unpacked(packed(item, [("d", "e")])) == (item, (("d", "e"),))
    True
    """
    records = [[getattr(one, name) for name in _FIELDS] for one in item.records]
    return orjson.dumps((item.url, item.title, item.tags, records, terms))


def unpacked(data: bytes) -> Parts:
    """Return what `packed` had; raise an exception of any kind where it is something else."""
    url, title, tags, rows, terms = orjson.loads(data)
    records = tuple([_record(*row) for row in rows])
    found = tuple([(head, text) for head, text in terms])
    return SearchItem(url, title, tuple(tags), records), found


def _record(
    what: str,
    kind: str,
    authors: list[str],
    day: str,
    tags: list[str],
    title: str,
    head: str,
    passages: list[list[str]],
    folded: list[int],
    unnamed: list[str],
) -> SearchRecord:
    """Return a record of which every tuple is a list."""
    pairs = tuple([(place, text) for place, text in passages])
    people, names, numbers = tuple(authors), tuple(unnamed), tuple(folded)
    return SearchRecord(what, kind, people, day, tuple(tags), title, head, pairs, numbers, names)
