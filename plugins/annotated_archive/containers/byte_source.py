"""Read plain or gzipped bytes in bounded pieces, and know at which place of the file each stands."""

import zlib
from collections.abc import Callable
from typing import IO

from .base import damaged, refused
from .limits import CHUNK, FREE_EXPANSION, MAX_EXPANSION, MAX_UNPACKED

_MAGIC = b"\x1f\x8b"
_LOAD = 32 * 1024  # what is left of a load is copied at each member; members may be small
Place = tuple[int, int]
"""Where the gzip member begins in the file, and how many unpacked bytes of it come before."""


class ByteSource:
    """Read a file, member by member where it is gzipped (RFC 1952, 2.2).

    A member that breaks off raises a problem, and so does one whose check sum is wrong.
    """

    def __init__(
        self,
        file: IO[bytes],
        place: Place = (0, 0),
        tick: Callable[[int], None] = lambda done: None,
    ) -> None:
        self.file = file
        self.tick = tick
        self.buffer = bytearray()
        self.packed = b""
        self.done = place[0]
        self.position = 0
        self.is_gzip = False
        self.unpacker = zlib.decompressobj(wbits=31)
        self.starts: list[tuple[int, int]] = [(place[0], 0)]
        self.taken_in = self.given_out = 0
        self.is_at_end = False
        self.fault = ""
        if place[0]:
            file.seek(place[0])
        self._begin()
        self.skip(place[1])

    def _begin(self) -> None:
        self.packed = self._load()
        self.is_gzip = self.packed[:2] == _MAGIC
        if not self.is_gzip:
            self.buffer += self.packed
            self.packed = b""

    def _load(self) -> bytes:
        data = self.file.read(_LOAD if self.is_gzip else CHUNK)
        self.done += len(data)
        self.tick(self.done)
        return data

    @property
    def place(self) -> Place:
        """Return where the next byte stands."""
        if not self.buffer:
            self.fill()
        if not self.is_gzip:
            return self.starts[0][0] + self.position, 0
        start = next(
            (one for one in reversed(self.starts) if one[1] <= self.position), self.starts[0]
        )
        return start[0], self.position - start[1]

    def fill(self) -> bool:
        """Read more into the buffer; tell whether there was more."""
        before = len(self.buffer)
        while len(self.buffer) == before and not self.is_at_end:
            if self.is_gzip:
                self._unpack()
            else:
                data = self._load()
                self.buffer += data
                self.is_at_end = not data
        return len(self.buffer) > before

    def _unpack(self) -> None:
        if self.unpacker.eof and not self._next_member():
            return
        packed = self.unpacker.unconsumed_tail or self.packed or self._load()
        if packed is self.packed:
            self.packed = b""
        if self.fault or not packed:
            fault = f"is damaged: {self.fault}" if self.fault else "breaks off"
            raise damaged(f"the gzip member at byte {self.starts[-1][0]:,} {fault}")
        data = self._unpacked(packed)
        left = len(self.unpacker.unconsumed_tail) + len(self.unpacker.unused_data)
        self.taken_in += len(packed) - left
        self.given_out += len(data)
        self.buffer += data
        self._refuse_bomb()

    def _unpacked(self, packed: bytes) -> bytes:
        """Return what *packed* holds; where it is damaged, what stands before the damage."""
        before = self.unpacker.copy()
        try:
            return self.unpacker.decompress(packed, CHUNK)
        except zlib.error as error:
            self.fault = str(error)
        found = bytearray()
        for at in range(len(packed)):
            try:
                found += before.decompress(packed[at : at + 1])
            except zlib.error:
                break
        return bytes(found)

    def _refuse_bomb(self) -> None:
        if self.given_out > max(FREE_EXPANSION, MAX_EXPANSION * self.taken_in):
            fault = f"the gzip member at byte {self.starts[-1][0]:,} expands more than {MAX_EXPANSION} times"
            raise refused(fault)
        if self.position + len(self.buffer) > MAX_UNPACKED:
            raise refused(f"it unpacks to more than {MAX_UNPACKED:,} bytes")

    def _next_member(self) -> bool:
        """Begin the next member, after zero bytes that may pad; tell whether there is one."""
        rest = self.unpacker.unused_data.lstrip(b"\0") or self.packed.lstrip(b"\0")
        self.packed = b""
        while not rest:
            loaded = self._load()
            if not loaded:
                self.is_at_end = True
                return False
            rest = loaded.lstrip(b"\0")
        if len(rest) == 1:
            rest += self._load()
        start = self.done - len(rest)
        if not rest.startswith(_MAGIC):
            raise damaged(f"what follows byte {start:,} is not gzip")
        self.starts = [*self.starts[-8:], (start, self.position + len(self.buffer))]
        self.packed, self.unpacker = rest, zlib.decompressobj(wbits=31)
        self.taken_in = self.given_out = 0
        return True

    def read(self, size: int) -> bytes:
        """Return up to *size* bytes; nothing at the end."""
        if not self.buffer and not self.fill():
            return b""
        data = bytes(self.buffer[:size])
        del self.buffer[: len(data)]
        self.position += len(data)
        return data

    def skip(self, size: int) -> None:
        """Pass over *size* bytes."""
        while size > 0:
            data = self.read(min(size, CHUNK))
            if not data:
                return
            size -= len(data)

    def read_line(self, limit: int) -> bytes:
        """Return one line with its end; raise a problem where it is longer than *limit*."""
        searched = 0
        while (end := self.buffer.find(b"\n", searched)) < 0 and len(self.buffer) <= limit:
            searched = len(self.buffer)
            if not self.fill():
                end = len(self.buffer) - 1
                break
        if (end < 0 and not self.is_at_end) or end >= limit:
            raise refused(f"a header line is longer than {limit:,} bytes")
        return self.read(end + 1) if end >= 0 else b""
