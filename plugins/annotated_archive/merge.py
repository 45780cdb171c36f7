"""Merge the captures of one item: the union of their comments and blocks, and what differs.

A comment is the same in two captures where its own id is; else where its author, its minute and, up
to an edit, its text are. Nothing is chosen for the reader: the first capture's text leads, and what
others have instead stays beside it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from .model import Block, Capture, CapturedComment, Origin, Passage, Style, Variant

_LIKE = 60
"""How like two texts must be, in percent, for one comment of one author and minute."""
_SAME = 90
"""How like they must be where no minute tells."""
_LIKE_BLOCK = 60
_WORD = re.compile(r"\w+|[^\w\s]")
_COMPARED = 4_000_000
"""How many pairs of words are compared at most, to show what differs."""


@dataclass(frozen=True, slots=True)
class MergedComment:
    """Hold one comment of all captures, where each has it, and what some have instead."""

    comment: CapturedComment
    origins: tuple[Origin, ...]
    variants: tuple[Variant, ...] = ()


@dataclass(slots=True)
class _Merging:
    """Gather one comment while the captures are gone through."""

    comment: CapturedComment
    origins: list[Origin]
    others: dict[tuple[str, str], list[Origin]] = field(default_factory=dict)

    def add(self, other: CapturedComment, origin: Origin) -> None:
        """Add what one more capture has of it."""
        self.origins.append(origin)
        if (other.author, other.text) != (self.comment.author, self.comment.text):
            self.others.setdefault((other.author, other.text), []).append(origin)

    @property
    def merged(self) -> MergedComment:
        """Return it as it is to be kept."""
        own = self.comment.author
        variants = tuple(
            Variant(text, tuple(origins), author if author != own else "")
            for (author, text), origins in self.others.items()
        )
        return MergedComment(self.comment, tuple(self.origins), variants)


def merge_comments(names: Sequence[str], captures: Sequence[Capture]) -> tuple[MergedComment, ...]:
    """Return the union of all comments in order; *names* are the captures' files.

    What only a later capture has stands where that capture has it: after what precedes it there, or
    before what follows, or at the end where the captures have nothing in common.
    """
    merging: list[_Merging] = []
    order: list[int] = []
    for name, capture in zip(names, captures, strict=True):
        index = _Index(merging)
        places: list[tuple[int, bool]] = []
        for number, comment in enumerate(capture.comments, 1):
            origin = Origin(name, number)
            found = index.find(comment)
            places.append((len(merging) if found is None else found, found is None))
            if found is None:
                merging.append(_Merging(comment, [origin]))
            else:
                merging[found].add(comment, origin)
        order = _in_order(order, places)
    return tuple(merging[place].merged for place in order)


class _Index:
    """Find, for each comment of one capture, the one among those of earlier captures; each once."""

    def __init__(self, merging: Sequence[_Merging]) -> None:
        self._merging = merging
        self._free = set(range(len(merging)))
        self._by_id = {m.comment.source_id: n for n, m in enumerate(merging) if m.comment.source_id}
        self._by_author: dict[str, list[int]] = {}
        for number, one in enumerate(merging):
            self._by_author.setdefault(_name(one.comment), []).append(number)

    def find(self, comment: CapturedComment) -> int | None:
        """Return the number of the same comment, or None; the likest of several."""
        if not self._free:
            return None
        found = self._by_id.get(comment.source_id) if comment.source_id else None
        if found is None or found not in self._free:
            found = self._likest(comment)
        self._free.discard(-1 if found is None else found)
        return found

    def _likest(self, comment: CapturedComment) -> int | None:
        best, score = None, 0.0
        for number in self._by_author.get(_name(comment), ()):
            other = self._merging[number].comment
            if number not in self._free or _are_apart(comment, other):
                continue
            like = _likeness(comment, other)
            if like > score:
                best, score = number, like
            if like == 100:
                break
        return best


def _name(comment: CapturedComment) -> str:
    return " ".join(comment.author.casefold().split())


def _are_apart(one: CapturedComment, other: CapturedComment) -> bool:
    """Tell whether two comments cannot be one: by their ids, or by their minutes."""
    if one.source_id and other.source_id and one.source_id != other.source_id:
        return True
    return _minute(one) != _minute(other) and bool(_minute(one) and _minute(other))


def _minute(comment: CapturedComment) -> str:
    stamp = comment.stamp
    if stamp is None or stamp.is_approximate or not stamp.has_time:
        return ""
    return f"{stamp.local:%Y-%m-%dT%H:%M}"


def _likeness(one: CapturedComment, other: CapturedComment) -> float:
    """Return how like two comments are, in percent; 0 where they are not like enough."""
    from rapidfuzz import fuzz

    if one.text == other.text:
        return 100.0
    least = _LIKE if _minute(one) and _minute(other) else _SAME
    like = float(fuzz.ratio(one.text, other.text, score_cutoff=least))
    if not like and least == _LIKE and one.text and other.text:
        short, long = sorted((one.text, other.text), key=len)
        return 99.0 if long.startswith(short) else 0.0
    return min(like, 99.0)


def _in_order(order: Sequence[int], places: Sequence[tuple[int, bool]]) -> list[int]:
    """Return an order with the new ones of one capture put where that capture has them."""
    known = [place for place, is_new in places if not is_new]
    if not known:
        return [*order, *(place for place, _ in places)]
    first = known[0]
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    last = None
    for place, is_new in places:
        if not is_new:
            last = place
        elif last is None:
            before.setdefault(first, []).append(place)
        else:
            after.setdefault(last, []).append(place)
    return [
        one for place in order for one in (*before.get(place, ()), place, *after.get(place, ()))
    ]


def inserted(text: str, lead: str) -> tuple[Style, ...]:
    """Return the words of *text* that the leading text has not, as styles of it.

    >>> inserted("a new cat sat", "a cat sat")
    (Style(start=2, end=5, kind='inserted', address=''),)
    """
    words = list(_WORD.finditer(text))
    other = [found.group() for found in _WORD.finditer(lead)]
    if len(words) * len(other) > _COMPARED:
        return ()
    pairs = SequenceMatcher(None, other, [found.group() for found in words], autojunk=False)
    return tuple(
        Style(words[first].start(), words[last - 1].end(), "inserted")
        for kind, _, _, first, last in pairs.get_opcodes()
        if kind in ("insert", "replace") and first < last
    )


def merge_blocks(
    names: Sequence[str], captures: Sequence[Capture]
) -> tuple[tuple[Block, ...], tuple[Passage, ...]]:
    """Return the article of the first capture that has one, with variants, and what is left over.

    A block that another capture has otherwise is a variant of the likest; one that is like none is
    kept as a passage of that capture.
    """
    having = [
        (name, capture) for name, capture in zip(names, captures, strict=True) if capture.blocks
    ]
    if not having:
        return (), ()
    blocks = having[0][1].blocks
    variants: dict[int, dict[str, list[Origin]]] = {}
    passages: dict[str, str] = {}
    for name, capture in having[1:]:
        for place, text, origin in _differing(blocks, capture, name):
            if place is None:
                passages.setdefault(text, f"article text of {name}")
            else:
                variants.setdefault(place, {}).setdefault(text, []).append(origin)
    return (
        tuple(_with_variants(block, variants.get(n, {})) for n, block in enumerate(blocks)),
        tuple(Passage(name, text) for text, name in passages.items()),
    )


def _differing(
    blocks: Sequence[Block], capture: Capture, name: str
) -> Iterator[tuple[int | None, str, Origin]]:
    """Yield each block of another capture that the first has not, and of which it is a variant."""
    from rapidfuzz import fuzz

    known = {block.text for block in blocks}
    own = {block.text for block in capture.blocks}
    free = {n for n, block in enumerate(blocks) if block.text not in own}
    for number, block in enumerate(capture.blocks, 1):
        if block.text in known:
            continue
        likeness = {n: fuzz.ratio(block.text, blocks[n].text) for n in free}
        best = max(likeness, key=lambda n: likeness[n], default=None)
        if best is not None and likeness[best] >= _LIKE_BLOCK:
            free.discard(best)
        else:
            best = None
        yield best, block.text, Origin(name, number)


def _with_variants(block: Block, texts: Mapping[str, Sequence[Origin]]) -> Block:
    if not texts:
        return block
    variants = tuple(Variant(text, tuple(origins)) for text, origins in texts.items())
    return replace(block, variants=variants)
