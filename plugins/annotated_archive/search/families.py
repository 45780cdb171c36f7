"""Gather the terms of all records, and cut each family of terms into shards of a bounded size.

A family is a sorted list of terms, each with its records: the words of texts, beginnings of words
that so many words share that they have a list of their own, authors, tags, kinds and days. Its
shards follow each other as pages of a dictionary do, and the manifest knows the first term of each.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

from ..json_text import json_text
from .postings import entry
from .records import SearchItem, SearchRecord
from .terms import key_of, terms_of

SHARD = 48_000
"""A shard has about so many bytes at most, where its terms let it."""
BETWEEN = "\ua66e"
"""A letter that no name has: between two neighbours it keeps them from reading as one name."""
WIDE = 2
"""A beginning whose words fill more shards than these gets a list of its own."""

Numbers = list[int]
Lists = Mapping[str, tuple[Numbers, Numbers]]
"""Of each term: the records that have it in their text, and those that have it in their heads."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Hold the lists of words, those of each other family, and names as they are shown, by family."""

    words: Lists
    facets: Mapping[str, Lists]
    names: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Shard:
    """Hold one part of a family: its *first* term, and its *code*, a call of the script's."""

    first: str
    code: str


RecordTerms = tuple[str, str]


def record_terms(record: SearchRecord) -> RecordTerms:
    """Return the terms of a record's head, and those of its text alone, each parted by spaces.

    They are in no order: lists are, and sorting words costs more than finding them.
    """
    head = terms_of(record.head)
    text = terms_of(" ".join(text for _, text in record.passages)) - head
    return " ".join(head), " ".join(text)


def item_terms(item: SearchItem) -> tuple[RecordTerms, ...]:
    """Return the terms of each record of an item; they depend on nothing else."""
    return tuple(map(record_terms, item.records))


def gather(
    items: Sequence[SearchItem], terms: Iterable[Sequence[RecordTerms]], by_commenter: bool = True
) -> Gathered:
    """Return the lists of all families; records are numbered in the order given, from 0."""
    texts: dict[str, Numbers] = defaultdict(list)
    heads: dict[str, Numbers] = defaultdict(list)
    facets = _Facets(by_commenter)
    number = 0
    for item, found in zip(items, terms, strict=True):
        facets.add(item, number)
        for head, text in found:
            _note(texts, text.split(), number)
            _note(heads, head.split(), number)
            number += 1
    none: Numbers = []
    words = {term: (texts.get(term, none), heads.get(term, none)) for term in {**texts, **heads}}
    lists = {
        family: {key: (numbers, none) for key, numbers in keys.items()}
        for family, keys in facets.lists.items()
    }
    return Gathered(words, lists, facets.names)


def _note(lists: dict[str, Numbers], terms: Sequence[str], number: int) -> None:
    """Add a number to the list of each term; a loop in C, for there are millions."""
    deque(map(list.append, map(lists.__getitem__, terms), repeat(number)), maxlen=0)


class _Facets:
    """Gather what records are chosen by: a state while items are read."""

    def __init__(self, by_commenter: bool) -> None:
        self.by_commenter = by_commenter
        families = ("kinds", "days", "authors", "tags")
        self.lists: dict[str, dict[str, Numbers]] = {f: defaultdict(list) for f in families}
        self.names: dict[str, dict[str, str]] = {"authors": {}, "tags": {}}

    def add(self, item: SearchItem, first: int) -> None:
        """Add the records of an item, numbered from *first* on."""
        kinds, days = self.lists["kinds"], self.lists["days"]
        of_item = self._keys("tags", item.tags)
        for key in of_item:
            self.lists["tags"][key].extend(range(first, first + len(item.records)))
        for number, record in enumerate(item.records, first):
            kinds[record.what].append(number)
            if record.kind:
                kinds[record.kind].append(number)
            if record.day:
                days[record.day].append(number)
            if self.by_commenter or record.what != "comment":
                for key in self._keys("authors", _chosen_by(record)):
                    self.lists["authors"][key].append(number)
            for key in self._keys("tags", record.tags):
                if key not in of_item:
                    self.lists["tags"][key].append(number)

    def _keys(self, family: str, names: Sequence[str]) -> tuple[str, ...]:
        """Return the keys of names, each once, and keep how the first of each is shown."""
        for name in names:
            self.names[family].setdefault(_KEYS[name], name)
        return tuple(dict.fromkeys(_KEYS[name] for name in names))


def _chosen_by(record: SearchRecord) -> Sequence[str]:
    """Return the authors by whom a record can be chosen."""
    if not record.unnamed:
        return record.authors
    return [name for name in record.authors if name not in record.unnamed]


class _Keys(dict[str, str]):
    """Remember the key of each name."""

    def __missing__(self, name: str) -> str:
        if len(self) > 65536:
            self.clear()
        self[name] = key_of(name)
        return self[name]


_KEYS = _Keys()


def shards(family: str, lists: Lists, names: Mapping[str, str] | None = None) -> Iterator[Shard]:
    """Yield the shards of a family, in the order of its terms.

    Terms are in the order in which JavaScript compares strings: by code units. Each is followed by
    the number of its records, which keeps neighbours from reading as one name.
    """
    size, number, part = 0, 0, list[tuple[str, str, int]]()
    for term in sorted(lists, key=_units):
        for text, head in _pieces(*lists[term]):
            code = entry(text, head)
            added = len(term.encode()) + len(code) + 6 + _room(term, names)
            if part and size + added > SHARD:
                yield _shard(family, number, part, names)
                size, number, part = 0, number + 1, []
            part.append((term, code, len(text) + len(head)))
            size += added
    if part:
        yield _shard(family, number, part, names)


def _room(term: str, names: Mapping[str, str] | None) -> int:
    """Return how many bytes a term's shown name takes, with what parts it from the next."""
    return len(names[term].encode()) + len(BETWEEN.encode()) + 4 if names is not None else 0


def _units(term: str) -> bytes:
    return term.encode("utf-16-be", "surrogatepass")


def _pieces(text: Numbers, head: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Yield the records of a term in parts that a shard can hold; almost always in one."""
    most = SHARD // 2
    if len(text) + len(head) <= most:
        yield text, head
        return
    yield from ((text[at : at + most], []) for at in range(0, len(text), most))
    yield from (([], head[at : at + most]) for at in range(0, len(head), most))


def _shard(
    family: str, number: int, part: Sequence[tuple[str, str, int]], names: Mapping[str, str] | None
) -> Shard:
    terms = " ".join(f"{term} {count}" for term, _, count in part)
    lists = " ".join(code for _, code, _ in part)
    values: list[object] = [family, number, terms, lists]
    if names is not None:
        values.append(f"\n{BETWEEN}\n".join(names[term] for term, _, _ in part))
    return Shard(part[0][0], call("add", *values))


def call(name: str, *values: object) -> str:
    """Return a script that hands values to the search.

    >>> call("add", "words", 0)
    'annotatedArchiveSearch.add("words",0);\\n'
    """
    written = ",".join(map(json_text, values))
    written = written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"annotatedArchiveSearch.{name}({written});\n"


def beginnings(lists: Lists, firsts: Sequence[str]) -> Lists:
    """Return one list for each beginning whose words fill more than `WIDE` shards.

    *firsts* are the first terms of the shards. Such a beginning starts the first term of a shard
    that it fills, so no other needs to be looked at.
    """
    counts: dict[str, int] = {}
    for term in firsts:
        for length in range(1, len(term) + 1):
            counts[term[:length]] = counts.get(term[:length], 0) + 1
    wide = {start for start, count in counts.items() if count >= WIDE}
    texts: dict[str, set[int]] = {start: set() for start in wide}
    heads: dict[str, set[int]] = {start: set() for start in wide}
    for term, (text, head) in lists.items() if wide else ():
        start = next((term[:end] for end in range(len(term), 0, -1) if term[:end] in wide), "")
        if start:
            texts[start].update(text)
            heads[start].update(head)
    for start in sorted(wide, key=len, reverse=True):
        if start[:-1] in wide:
            texts[start[:-1]] |= texts[start]
            heads[start[:-1]] |= heads[start]
    return {
        start: (sorted(texts[start] - heads[start]), sorted(heads[start])) for start in sorted(wide)
    }
