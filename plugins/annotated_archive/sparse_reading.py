"""Decode only what lies near an escape: elsewhere a decoded text is the text as it stands.

A run of letters that only a decoded text has lies where something was undone. So it is enough to
search a file as it is and without its tags, both also with each plain escape taken for a space, and
then the decoded neighbourhoods of all other escapes, if these are wide enough for the longest run
that is looked for. Letters of a tag do not count as width, for the tag may go; nor do those that may
yet become part of an escape.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from .decoding import is_utf16, texts
from .escapes import (
    decoded,
    has_comment,
    is_quoted,
    softened,
    strip_tags,
    undo_escapes,
    undo_quoted_printable,
    unkerned,
)

_OTHERS = tuple(
    re.compile(pattern)
    for pattern in (
        rb"&(?!(?:#39|#x27|#34|quot|apos|#124);|amp;[^#a-zA-Z<])[#a-zA-Z<]",
        rb"%[0-9a-fA-Fu<]",
        rb"\\[0-9a-fA-Fux<]",
    )
)
"""Find the beginning of each escape that is not plain, also of one that is there when tags are taken away."""
_QUOTED = re.compile(rb"=(?:[0-9a-fA-F]{2}|[0-9a-fA-F]?<|[=\r\n])")
"""Find what changes where quoted-printable is undone."""
_TAG_BEGINS = re.compile(rb"<[!/?a-zA-Z]")
_BRACKET = re.compile(rb"[<>]")
_TAG_OR_PART = re.compile(rb"<[^<>]*>?")
_ESCAPE_GROWS = re.compile(rb"[0-9A-Za-z;#{}&%=\\]*(?:[ \t\r\n]{1,2}[0-9A-Za-z;#{}&%=\\]+){0,3}")
"""Match what may become part of an escape when others before it are undone, one space a round."""
_NOT_ALNUM = bytes(code for code in range(128) if not chr(code).isalnum())
_BREAK_OF_CR = re.compile(rb"=\r(?!\n)")
_MARGIN = 8
"""A sign becomes an escape, if what follows it is undone, over no more than so many bytes."""


class _FarReaching(Exception):
    """Say that what is undone reaches farther than its neighbourhood."""


def sparse_texts(data: bytes, reach: int) -> Iterator[tuple[bool, bytes]]:
    """Yield texts that hold between them each run of *reach* letters and digits that `texts` holds.

    A letter that is not ASCII counts as its bytes. With each text comes whether it was decoded.
    """
    try:
        if has_comment(data) or is_utf16(data):
            raise _FarReaching
        stripped = strip_tags(data)
        whole = (data,) if stripped is data else (data, stripped)
        for text in (*whole, *unkerned(data)):
            yield False, text
            yield from ((False, plain) for plain in softened(text))
        yield True, b" ".join(_decoded_near(data, stripped, reach))
    except _FarReaching:
        yield from ((True, text) for _, text in texts(data))


def _decoded_near(data: bytes, stripped: bytes, reach: int) -> Iterator[bytes]:
    """Yield the decoded texts of what is near escapes, and of that without its tags."""
    quoted = is_quoted(data)
    near = neighbourhoods(data, reach, quoted)
    if not near:
        return
    yield from _decoded(near, quoted)
    if stripped is data:
        return
    if not _has_bracket(stripped):
        near = strip_tags(near)
    elif _TAG_BEGINS.search(stripped):  # a tag may be there now that was none
        raise _FarReaching
    else:
        near = neighbourhoods(stripped, reach, quoted)
    yield from _decoded(near, quoted)


def _decoded(near: bytes, may_be_quoted: bool) -> Iterator[bytes]:
    def undo(data: bytes) -> bytes:
        escaped = undo_escapes(data)
        if (is_quoted(escaped) and not may_be_quoted) or _BREAK_OF_CR.search(escaped):
            raise _FarReaching  # all the data are to be unquoted, or all up to the line's end goes
        changed = undo_quoted_printable(escaped)
        return data if changed == data else changed

    for text in decoded(near, undo):
        if has_comment(text):
            raise _FarReaching
        yield text
        yield from softened(text)


def neighbourhoods(data: bytes, reach: int, quoted: bool = False) -> bytes:
    """Return what is near the escapes of *data*, with what the gaps do to tags around them.

    >>> text = b"far " * 99 + b"Qu&eacute;bec" + b" far" * 99
    >>> b"Qu&eacute;bec" in neighbourhoods(text, 6), len(neighbourhoods(text, 6)) < len(text)
    (True, True)
    """
    windows = _Windows(data, reach)
    signs = (*_OTHERS, _QUOTED) if quoted else _OTHERS
    for first, last in _clusters(data, signs, 4 * (reach + _MARGIN)):
        windows.add(first, last)
    ends = (0, *(place for span in windows.spans for place in span), len(data))
    parts = []
    for number, (start, end) in enumerate(pairwise(ends)):
        parts.append(data[start:end] if number % 2 else _gap(data, start, end))
    return b"".join(parts) if windows.spans else b""


def _clusters(
    data: bytes, signs: Iterable[re.Pattern[bytes]], distance: int
) -> Iterator[tuple[int, int]]:
    """Yield where escapes begin: the first and the last of those that stand close together."""
    places = sorted(found.start() for sign in signs for found in sign.finditer(data))
    first = 0
    for number, (place, following) in enumerate(pairwise((*places, len(data) + distance)), 1):
        if following - place >= distance:
            yield places[first], place
            first = number


def _gap(data: bytes, start: int, end: int) -> bytes:
    """Return what stands for a gap: it opens and closes tags around it as what it leaves out does."""
    first = _BRACKET.search(data, start, end)
    if first is None:
        return b" "
    last = max(data.rfind(b"<", start, end), data.rfind(b">", start, end))
    closes, opens = first[0] == b">", data[last : last + 1] == b"<"
    if not closes and not opens:
        return b" <a> "
    parts = (
        b">" if closes else b"<" if last > first.start() else b"",
        data[last : last + 2] if opens else b"",
    )
    return b" %b %b " % parts


class _Windows:
    """Gather the neighbourhoods of *data*, from left to right; they begin and end at spaces."""

    def __init__(self, data: bytes, reach: int) -> None:
        self.data = data
        self.reach = reach + _MARGIN
        self.spans: list[tuple[int, int]] = []
        self.end = 0
        self.is_open = False  # the last bracket before the end opens
        self.asked, self.bracket = 0, -1  # the first bracket from there on

    def add(self, first: int, last: int) -> None:
        """Add the neighbourhood of the escapes that begin from *first* to *last*."""
        start = self._start(first) if first > self.end else self.end
        grown = _ESCAPE_GROWS.match(self.data, last)
        end = self._end(grown.end() if grown else last + 1)
        if self.spans and start <= self.end:
            self.spans[-1] = (self.spans[-1][0], end)
        else:
            self.spans.append((start, end))
        self.is_open = self._opens(end)
        self.end = end

    def _start(self, first: int) -> int:
        room = 2 * self.reach
        while True:
            start = self.data.rfind(b" ", self.end, max(first - room, self.end))
            if start <= self.end:
                return self.end
            near = self.data[start:first]
            if _width(near) >= self.reach and (_has_bracket(near) or not self._opens(start)):
                return start
            room *= 2

    def _end(self, last: int) -> int:
        room = 2 * self.reach
        while True:
            end = last + room
            if end > self.end:
                end = self.data.find(b" ", end)
                if end < 0:
                    return len(self.data)
            near = self.data[last:end]
            if _width(near) >= self.reach and (_has_bracket(near) or not self._closes(end)):
                return max(end, self.end)
            room *= 2

    def _opens(self, place: int) -> bool:
        """Tell whether the last bracket before *place* opens."""
        opening = self.data.rfind(b"<", self.end, place)
        closing = self.data.rfind(b">", self.end, place)
        return opening > closing if opening != closing else self.is_open

    def _closes(self, place: int) -> bool:
        """Tell whether the first bracket from *place* on closes; look no bracket up again and again."""
        if not self.asked <= place <= self.bracket:
            found = _BRACKET.search(self.data, place)
            self.asked, self.bracket = place, found.start() if found else len(self.data)
        return self.data[self.bracket : self.bracket + 1] == b">"


def _has_bracket(data: bytes) -> bool:
    return b"<" in data or b">" in data


def _width(data: bytes) -> int:
    """Count the letters and digits that are in no tag, however the brackets around are read."""
    closing = data.find(b">")
    if closing >= 0 and b"<" not in data[:closing]:
        data = data[closing:]
    if b"<" in data:
        data = _TAG_OR_PART.sub(b"", data)
    data = next(softened(data), data)
    return len(data.translate(None, _NOT_ALNUM))
