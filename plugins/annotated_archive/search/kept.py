"""Turn what is to be found of an item into bytes, and back, so that it need not be made again."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

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
    records = tuple(SearchRecord(*map(_tuples, row)) for row in rows)
    return SearchItem(url, title, tuple(tags), records), tuple(
        [(head, text) for head, text in terms]
    )


def _tuples(value: Any) -> Any:
    """Return lists as tuples, at any depth."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
