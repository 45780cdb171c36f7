"""Know the commenters of an item by their names, and read a name in a text."""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import ahocorasick_rs

from .folding import fold, fold_with_offsets, words_of
from .model import Comment, Document
from .name_words import COMMON, NOBODY, OPENERS, TITLES

_LONGEST = 60
"""A name of more characters is none by which anyone is addressed."""
_MOST_WORDS = 6
_MOST = 40
"""So many names in one comment are looked at."""
_UNPARTED = "\u2e80"
"""From here on are scripts that do not part words."""
_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[^\n]{0,3}\Z")
_NEXT = re.compile(r" ([^\W\d_][\w'’]*)(\.?)")
Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Hold a name as a text has it, from *start* up to *end*: whose it is, and if it is all of it."""

    start: int
    end: int
    name: Name
    is_whole: bool


class _Folded(dict[int, str]):
    """Fold one character to one; a cross stands where that cannot be."""

    def __missing__(self, code: int) -> str:
        folded = fold(chr(code))
        self[code] = folded if len(folded) == 1 else "." if chr(code) == "…" else "\0"
        return self[code]


_FOLDED = _Folded()


def folded_in_place(text: str) -> tuple[str, Sequence[int]]:
    """Return *text* folded, and the offset of each folded character in it."""
    if text.isascii():
        return text.lower(), range(len(text))
    folded = text.translate(_FOLDED)
    return fold_with_offsets(text) if "\0" in folded else (folded, range(len(text)))


class Names:
    """Find in a text the names of those who comment, in time that does not grow with their number.

    A name is known by its first words too, where these are nobody else's.
    """

    def __init__(self, document: Document, ranks: Sequence[int]) -> None:
        self._by_name: dict[Name, list[tuple[int, int]]] = {}
        self._of_prefix: dict[Name, Name | None] = {}
        hidden = [one.replacement for one in document.withheld]
        self.names: list[Name] = []
        for place, comment in enumerate(document.comments):
            name = () if comment.kind != "comment" else _name(comment, hidden)
            self.names.append(name)
            if name:
                self._by_name.setdefault(name, []).append((ranks[place], place))
        for name, written in self._by_name.items():
            written.sort()
            for known_by in _forms(name):
                if self._of_prefix.setdefault(known_by, name) != name:
                    self._of_prefix[known_by] = None
        firsts = sorted({name[0] for name in self._of_prefix})
        self._search = ahocorasick_rs.AhoCorasick(firsts)
        self._firsts = firsts
        bylines = [words_of(author) for author in document.authors]
        self._writers = {word for byline in bylines for word in byline}
        self._hosts = {byline[:count] for byline in bylines for count in range(1, len(byline) + 1)}
        self._topics = _topics(document, self._by_name)

    def in_text(self, text: str) -> Iterator[Found]:
        """Yield each place where the name of a commenter stands in *text*."""
        folded, offsets = folded_in_place(text)
        for name, start, end in islice(self._read_all(folded), _MOST):
            owner = self._of_prefix[name]
            last = offsets[end - 1] + 1
            while last < len(text) and unicodedata.combining(text[last]):
                last += 1
            if owner and not _goes_on(text, offsets[start], last, name, owner):
                yield Found(
                    offsets[start], last, owner, len(name) >= len(owner) - (owner[0] in TITLES)
                )

    def _read_all(self, folded: str) -> Iterator[tuple[Name, int, int]]:
        """Yield each name in folded text; one whose first word is a topic only after an ``@``."""
        for number, start, end in self._search.find_matches_as_indexes(folded, overlapping=True):
            first = self._firsts[number]
            if first in self._topics and "@" not in folded[max(0, start - 4) : start]:
                continue
            parted = first[0] < _UNPARTED and (
                (start and folded[start - 1].isalnum())
                or (end < len(folded) and folded[end].isalnum())
            )
            read = None if parted else self._read(folded, start, end)
            if read:
                yield read[0], start, read[1]

    def _read(self, folded: str, start: int, end: int) -> tuple[Name, int] | None:
        """Return the longest name that begins at *start*, and where it ends."""
        name: Name = (folded[start:end],)
        if name not in self._of_prefix:
            return None
        for _ in range(_MOST_WORDS):
            following = _WORD.search(folded, end, end + _LONGEST)
            if not following or not _GAP.match(folded[end : following.start()]):
                break
            longer = (*name, following.group())
            if longer not in self._of_prefix:
                break
            name, end = longer, following.end()
        if len(name) == 1 and name[0] in TITLES and self._of_prefix[name] != name:
            return None
        return name, end

    def weakness(self, found: Found) -> str:
        """Say what speaks against a name: it is a ``topic`` of the page, or a common ``word``."""
        word = found.name[0]
        if found.is_whole and len(found.name) > 1:
            return ""
        if word in NOBODY or word in self._topics or len(word) == 1:
            return "topic"
        return "word" if word in COMMON else ""

    def latest(self, found: Found, rank: int) -> int | None:
        """Return the place of the latest comment under a name before *rank*, if there is one."""
        written = self._by_name[found.name]
        if found.name in self._hosts or (not found.is_whole and found.name[0] in self._writers):
            return None  # the post's own author: the post may be meant
        if found.name[0] in NOBODY and len(written) > 1:
            return None
        before = bisect_left(written, (rank, -1))
        return written[before - 1][1] if before else None


def _name(comment: Comment, hidden: Sequence[str]) -> Name:
    """Return the words of a commenter's name, folded; nothing where it is withheld, or is no name."""
    author = comment.author
    if len(author) > _LONGEST or any(words in author for words in hidden):
        return ()
    return words_of(author)


def _forms(name: Name) -> Iterator[Name]:
    """Yield the words by which one may be known: the first of the name, its title aside or not.

    >>> list(_forms(("the", "old", "miller")))
    [('the',), ('the', 'old'), ('the', 'old', 'miller'), ('old',), ('old', 'miller')]
    """
    for start in (0, 1) if name[0] in TITLES else (0,):
        yield from (name[start:end] for end in range(start + 1, len(name) + 1))


def _goes_on(text: str, start: int, end: int, name: Name, owner: Name) -> bool:
    """Tell whether what follows makes another name of it: "John Miller" is not "John"."""
    if len(name) > 1 and name == owner:
        return False
    following = _NEXT.match(text, end)
    if not following or not following[1][0].isupper() or text[start:end].isupper():
        return False
    word = following[1]
    if len(word) == 1:
        return bool(following[2])
    return word.lower().replace("’", "'") not in OPENERS


def _topics(document: Document, names: dict[Name, list[tuple[int, int]]]) -> frozenset[str]:
    """Return the first words of names that the article uses, or more comments than are their bearer's."""
    texts = [document.title, *(block.text for block in document.blocks)]
    topics = {word for text in texts for word in words_of(text)}
    own: Counter[str] = Counter()
    for name, written in names.items():
        own[name[0]] += len(written)
    mentions: Counter[str] = Counter()
    for comment in document.comments:
        mentions.update(own.keys() & set(comment.text.lower().split()))
    topics |= {word for word, count in mentions.items() if count > 4 + 3 * own[word]}
    return frozenset(topics & own.keys())
