"""Find the elements of an export in its bytes, one after another, in bounded memory."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from .base import damaged, refused
from .limits import CHUNK, MAX_ITEM

_OVERLAP = 256
_ENDS = {b"<![CDATA[": b"]]>", b"<!--": b"-->"}


@dataclass(frozen=True, slots=True)
class Range:
    """Hold one element: its *name*, and where it stands. *data* is None above `MAX_ITEM`.

    *is_whole* is false where the file ends before the element does.
    """

    name: str
    start: int
    end: int
    data: bytes | None
    is_whole: bool = True


class _Window:
    """Hold the part of a stream that is being looked at."""

    def __init__(self, stream: IO[bytes], tick: Callable[[int], None]) -> None:
        self.stream = stream
        self.tick = tick
        self.buffer = bytearray()
        self.base = 0  # where the buffer begins in the stream
        self.at = 0  # where to look on, in the buffer
        self.kept: int | None = None  # where the element that is kept begins, in the buffer
        self.is_at_end = False

    def load(self) -> bool:
        """Read on; forget what nobody keeps. Tell whether there was more."""
        unneeded = self.at if self.kept is None else self.kept
        del self.buffer[:unneeded]
        self.base, self.at = self.base + unneeded, self.at - unneeded
        self.kept = None if self.kept is None else 0
        data = self.stream.read(CHUNK)
        self.buffer += data
        self.is_at_end = not data
        self.tick(self.base + len(self.buffer))
        return bool(data)

    def search(self, pattern: re.Pattern[bytes]) -> bytes:
        """Go behind the next match, and return it; nothing at the end of the stream."""
        while True:
            found = pattern.search(self.buffer, self.at)
            if found and (found.end() < len(self.buffer) or self.is_at_end):
                span, words = found.span(), bytes(found.group())
                self.at = span[1]
                return words
            self.at = max(self.at, len(self.buffer) - _OVERLAP) if not found else found.start()
            if self.kept is not None and len(self.buffer) - self.kept > MAX_ITEM + CHUNK:
                self.kept = None
            if self.is_at_end or not self.load():
                if found:
                    continue
                self.at = len(self.buffer)
                return b""


def find_elements(
    stream: IO[bytes], names: Sequence[str], tick: Callable[[int], None] = lambda done: None
) -> Iterator[Range]:
    """Yield the elements called *names*, in order; none of them is looked for within another.

    What stands in CDATA or in a comment is no tag.

    >>> import io
    >>> [one.data for one in find_elements(io.BytesIO(b"<a><b>1</b><!--<b>--><b/></a>"), ["b"])]
    [b'<b>1</b>', b'<b/>']
    """
    window = _Window(stream, tick)
    choice = b"|".join(re.escape(name.encode()) for name in names)
    outside = re.compile(rb"<!\[CDATA\[|<!--|<(?:%s)(?=[\s/>])" % choice)
    inside = {
        name: re.compile(rb"<!\[CDATA\[|<!--|</%s\s*>" % re.escape(name.encode())) for name in names
    }
    while words := window.search(outside):
        if words in _ENDS:
            if not window.search(re.compile(re.escape(_ENDS[words]))):
                raise damaged("a comment or CDATA of the export has no end")
            continue
        yield _element(window, words[1:].decode(), len(words), inside)


_TAG_END = re.compile(rb"/?>")


def _element(
    window: _Window, name: str, length: int, inside: dict[str, re.Pattern[bytes]]
) -> Range:
    """Return the element whose tag's first *length* bytes have just been passed."""
    window.kept = window.at - length
    start = window.base + window.kept
    words = window.search(_TAG_END)
    is_whole = bool(words)
    while is_whole and words != b"/>":
        words = window.search(inside[name])
        if words not in _ENDS:
            is_whole = bool(words)
            break
        is_whole = bool(window.search(re.compile(re.escape(_ENDS[words]))))
    end = window.base + window.at
    is_kept = window.kept is not None and end - start <= MAX_ITEM
    data = bytes(window.buffer[window.kept : window.at]) if is_kept else None
    window.kept = None
    return Range(name, start, end, data, is_whole)


def read_range(stream: IO[bytes], start: int, end: int) -> bytes:
    """Return the bytes from *start* up to *end*; raise a problem where they are too many, or gone."""
    if end - start > MAX_ITEM:
        raise refused(f"the item has {end - start:,} bytes, more than {MAX_ITEM:,}")
    stream.seek(start)
    data = stream.read(end - start)
    if len(data) != end - start:
        raise damaged("the export has changed while it was read", "try again")
    return data
