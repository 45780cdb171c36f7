"""Keep where each annotation was, and which comment bears which id, in the item's lock file.

``content/annotations/<slug>.lock.yaml`` is written by `invoke pages` and kept in git. A line of
``comments`` is: id, number in its file, time as printed, file. A line of ``annotations`` is: id,
number of the target, count of the places that its words match, place, block, start and end in the
block, and digests of the words, of the
24 characters before and after them, of the block, and of what the editor wrote. All digests are of
the text as it is published, so they tell nothing of what is withheld.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .content_schemas import LOCK
from .errors import Problem, Problems
from .fixity import sha256
from .model import Comment
from .validation import faults
from .yaml_file import load_yaml

WINDOW = 24
"""How many characters on each side of the words are remembered."""
_PAD = "\x00" * WINDOW
_LEAST = 8
"""Fewer characters of text than this beside the words prove nothing."""
HEAD = "# Written by 'invoke pages'; keep it in git, and do not edit it."


@dataclass(frozen=True, slots=True)
class Pin:
    """Hold the permanent *id* of the comment that is the *number*th of a captured *file*."""

    id: str
    number: int
    time: str
    file: str


@dataclass(frozen=True, slots=True)
class Held:
    """Hold where one target of an annotation was; offsets count from the start of its block.

    *count* is how many places its words matched, whichever of them was meant.
    """

    id: str
    number: int
    count: int
    place: str
    block: str
    start: int
    end: int
    words: str
    before: str
    after: str
    whole: str
    request: str

    @property
    def line(self) -> str:
        """Return its line of the lock file."""
        numbers = f"{self.number} {self.count} {self.place} {self.block} {self.start} {self.end}"
        digests = f"{self.words} {self.before} {self.after} {self.whole} {self.request}"
        return f"{self.id} {numbers} {digests}"


@dataclass(frozen=True, slots=True)
class Lock:
    """Hold an item's lock file: its *pins*, and what was held of each annotation, by id."""

    pins: tuple[Pin, ...] = ()
    held: Mapping[str, tuple[Held, ...]] = field(default_factory=dict)


def digest(text: str) -> str:
    """Return a short digest of text in NFC: 16 digits of its SHA-256.

    >>> digest("cafe\u0301") == digest("caf\u00e9")
    True
    """
    return sha256(unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass"))[:16]


def windows(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the characters of a block before and after a span, filled up at the block's edges.

    Of all of a block, they are its first and its last ones.
    """
    if end - start == len(text):
        return text[:WINDOW], text[-WINDOW:]
    padded = f"{_PAD}{text}{_PAD}"
    return padded[start : start + WINDOW], padded[end + WINDOW : end + 2 * WINDOW]


def hold_target(
    one: str,
    number: tuple[int, int],
    place: str,
    block: tuple[str, str],
    span: tuple[int, int],
    request: str,
) -> Held:
    """Return what is to be remembered of a target: the first of *number*, of as many as the second.

    *block* is an id and a text, *span* counts in it.
    """
    name, text = block
    start, end = span
    before, after = windows(text, start, end)
    digests = (digest(text[start:end]), digest(before), digest(after), digest(text), request)
    return Held(one, *number, place, name, start, end, *digests)


def likeness(old: Held, new: Held, text: str) -> int:
    """Tell how well the neighbourhood of words is the one that was held, from 0 to 4.

    4 is the same block of the same text; 3 the same text in a block of another number; 2 and 1 are
    the text on both sides or on one, if there is enough of it. *text* is that of the new block.
    """
    if old.whole == new.whole and (old.start, old.end) == (new.start, new.end):
        return 4 if old.block == new.block else 3
    before, after = windows(text, new.start, new.end)
    return (old.before == new.before and len(before.strip("\x00 \n")) >= _LEAST) + (
        old.after == new.after and len(after.strip("\x00 \n")) >= _LEAST
    )


def is_same_place(old: Held, new: Held, text: str, others: Iterable[tuple[Held, str]] = ()) -> bool:
    """Tell whether words stand where they stood, though the text may have changed elsewhere.

    *others* are the other places that the words match, with their blocks' texts: none may be as
    like what was held; and if there are more or fewer of them than there were, one side is not enough.
    """
    if old.place != new.place:
        return False
    like = likeness(old, new, text)
    if like < (1 if old.count == new.count else 2):
        return False
    if like == 4 and old.count == new.count:
        return True
    return all(likeness(old, other, words) < like for other, words in others)


def sealed(old: Held, text: str) -> Held:
    """Return what was held, without digests of a text that is no longer published as it was."""
    if digest(text) == old.whole:
        return old
    nothing = "0" * 16
    return replace(old, words=nothing, before=nothing, after=nothing, whole=nothing)


def migrate(old: Held, text: str) -> tuple[int, int] | None:
    """Return where the words of *old* stand in the changed *text* of their block, if it is certain.

    Both ends must lie in unchanged text: the characters before and those after must each occur
    once, in order, and what stands between must not be far longer than it was.
    """
    padded = f"{_PAD}{text}{_PAD}"
    starts = [
        at
        for at in range(len(text) + 1)
        if digest(padded[at : at + WINDOW]) == old.before
        and len(padded[at : at + WINDOW].strip("\x00 \n")) >= _LEAST
    ]
    ends = [
        at
        for at in range(len(text) + 1)
        if digest(padded[at + WINDOW : at + 2 * WINDOW]) == old.after
        and len(padded[at + WINDOW : at + 2 * WINDOW].strip("\x00 \n")) >= _LEAST
    ]
    if len(starts) != 1 or len(ends) != 1 or ends[0] <= starts[0]:
        return None
    longest = 2 * (old.end - old.start) + 40
    return (starts[0], ends[0]) if ends[0] - starts[0] <= longest else None


def pinned_ids(comments: Sequence[Comment], pins: Sequence[Pin]) -> list[str]:
    """Return the pinned id of each comment, or an empty string.

    A comment is the one that was pinned where its place in a captured file and its time agree; or,
    if another reading of the file counts its comments otherwise, where its time alone does.
    """
    if not pins:
        return [""] * len(comments)
    places = {(pin.file, pin.number): pin for pin in pins}
    ids, used = [], set[str]()
    for comment in comments:
        found = (places.get((origin.file, origin.number)) for origin in comment.origins)
        pin = next((one for one in found if one and one.time == comment.minute), None)
        ids.append(pin.id if pin and pin.id not in used else "")
        used.add(ids[-1])
    left: dict[tuple[str, str], list[str]] = {}
    for pin in pins:
        if pin.id not in used:
            left.setdefault((pin.file, pin.time), []).append(pin.id)
    for place, comment in enumerate(comments) if left else ():
        for origin in comment.origins if not ids[place] else ():
            names = left.get((origin.file, comment.minute))
            if names and not ids[place]:
                ids[place] = names.pop(0)
    return ids


def pins_of(comments: Sequence[Comment], old: Sequence[Pin]) -> tuple[Pin, ...]:
    """Return the pins of comments; those of comments that are gone stay, so that no id comes twice."""
    now = {comment.id for comment in comments}
    new = [
        Pin(one.id, one.origins[0].number, one.minute, one.origins[0].file)
        for one in comments
        if one.origins
    ]
    return (*new, *(pin for pin in old if pin.id not in now))


def lock_text(pins: Sequence[Pin], held: Iterable[Held]) -> str:
    """Return the text of a lock file; empty where there is nothing to keep."""
    comments = [f"  {one.id} {one.number} {one.time} {one.file}" for one in pins]
    annotations = [f"  {one.line}" for one in held]
    if not comments and not annotations:
        return ""
    lines = [HEAD, "version: 1"]
    lines += ["comments: |", *comments] if comments else []
    lines += ["annotations: |", *annotations] if annotations else []
    return "\n".join(lines) + "\n"


def read_lock(data: bytes, shown: str) -> Lock:
    """Return what a lock file holds; raise `Problems` where it is damaged."""
    file = load_yaml(data, shown)
    found = faults(file, LOCK, shown)
    if found:
        raise Problems(found)
    assert isinstance(file.value, dict)
    held: dict[str, tuple[Held, ...]] = {}
    pins: list[Pin] = []
    try:
        for line in str(file.value.get("comments", "")).splitlines():
            name, number, time, path = line.split(" ", 3)
            pins.append(Pin(name, int(number), time, path))
        for line in str(file.value.get("annotations", "")).splitlines():
            one, number, count, place, block, start, end, *rest = line.split(" ")
            words, before, after, whole, request = rest
            target = Held(
                one,
                int(number),
                int(count),
                place,
                block,
                int(start),
                int(end),
                words,
                before,
                after,
                whole,
                request,
            )
            held[one] = (*held.get(one, ()), target)
    except ValueError:
        remedy = "bring it back from git, or delete it and run: invoke pages"
        fault = f"the lock file is damaged: '{line[:60]}'"
        raise Problems([Problem("lock", fault, path=shown, remedy=remedy)]) from None
    return Lock(tuple(pins), held)
