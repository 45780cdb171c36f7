"""Write the texts of records into shards, for excerpts of what was found.

A shard is loaded when one of its records is shown. It holds all that a result shows.
"""

from collections.abc import Iterator, Sequence

from .families import call
from .records import SearchItem, SearchRecord

TEXTS = 32_000
"""A shard of texts has about so many characters at most, unless one text alone has more."""


def text_shards(items: Sequence[SearchItem]) -> Iterator[tuple[int, str]]:
    """Yield the number of the first record of each shard, and its code.

    A shard lists items as address and title, and records as the place of their item in that
    list, what they are, kind, authors, which passages are folded, day, title, and passages: address
    and text by turns. Where none is folded stands 0, which also parts an author from a title.
    """
    size = first = shard = number = 0
    listed: list[list[object]] = []
    records: list[list[object]] = []
    for item in items:
        known = False
        for record in item.records:
            length = sum(len(address) + len(text) for address, text in record.passages) + 40
            if records and size + length > TEXTS:
                yield first, call("add", "texts", shard, listed, records)
                size, first, shard, listed, records, known = 0, number, shard + 1, [], [], False
            if not known:
                listed.append([item.url, item.title])
                known = True
                size += len(item.url) + len(item.title)
            records.append(_row(record, len(listed) - 1))
            size += length
            number += 1
    if records:
        yield first, call("add", "texts", shard, listed, records)


def _row(record: SearchRecord, item: int) -> list[object]:
    passages = [part for passage in record.passages for part in passage]
    authors = ", ".join(record.authors)
    folded = record.folded or 0
    return [item, record.what, record.kind, authors, folded, record.day, record.title, passages]
