"""Open an export, and one that was gzipped as it was downloaded."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from ..errors import Problem
from .base import Progress
from .byte_source import ByteSource
from .limits import CHUNK


def first_bytes(path: Path, size: int = 64 * 1024) -> bytes:
    """Return the first bytes of a file, unpacked where it is gzipped, as far as that goes."""
    with path.open("rb") as file:
        source = ByteSource(file)
        with suppress(Problem):
            while len(source.buffer) < size and source.fill():
                pass
        return bytes(source.buffer[:size])


@contextmanager
def opened(path: Path, progress: Progress) -> Iterator[IO[bytes]]:
    """Open a file; one that is gzipped is unpacked into a temporary file, within limits."""
    with path.open("rb") as file:
        if file.read(2) != b"\x1f\x8b":
            file.seek(0)
            yield file
            return
        file.seek(0)
        total = path.stat().st_size
        source = ByteSource(file, tick=lambda done: progress(done, total, "unpacking"))
        with tempfile.TemporaryFile() as unpacked:
            while data := source.read(CHUNK):
                unpacked.write(data)
            unpacked.seek(0)
            yield unpacked
