"""Read the records of WARC (ISO 28500, 1.0 and 1.1) and ARC files one after the other."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from ..errors import Problem
from .base import damaged
from .byte_source import ByteSource, Place
from .limits import CHUNK, MAX_BLANK_LINES, MAX_HEADER_LINE, MAX_HEADER_LINES

_VERSION = re.compile(rb"WARC/\d\.\d+\s*$")
_DATE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z")


class Body:
    """Read the block of one record, and no further."""

    def __init__(self, source: ByteSource, length: int) -> None:
        self.source = source
        self.length = self.left = length

    def read(self, size: int = CHUNK) -> bytes:
        """Return up to *size* bytes; raise a problem where the file ends before the block does."""
        if not self.left:
            return b""
        data = self.source.read(min(size, self.left))
        if not data:
            raise damaged(f"the last record lacks {self.left:,} of its {self.length:,} bytes")
        self.left -= len(data)
        return data

    def read_up_to(self, size: int) -> bytes:
        """Return the first *size* bytes, or all if there are fewer."""
        parts = []
        while size > 0 and (data := self.read(min(size, CHUNK))):
            parts.append(data)
            size -= len(data)
        return b"".join(parts)

    def drain(self) -> None:
        """Pass over what was not read."""
        while self.read():
            pass


@dataclass(frozen=True, slots=True)
class Record:
    """Hold one record: its *kind* (WARC-Type), *place*, *fields* in lower case, and its block.

    *arc* is how many words its line has in an ARC file, 0 in a WARC file.
    """

    kind: str
    address: str
    captured: str | None
    place: Place
    fields: Mapping[str, str]
    body: Body
    arc: int = 0


def read_records(source: ByteSource) -> Iterator[Record | Problem]:
    """Yield all records, and a problem where the file breaks off or cannot be followed further."""
    try:
        arc = _arc_words(source)
        while record := read_record(source, arc):
            yield record
            record.body.drain()
    except Problem as problem:
        yield problem


def read_record(source: ByteSource, arc: int) -> Record | None:
    """Return the next record, or None at the end; *arc* as in `Record`."""
    return _arc_record(source, arc) if arc else _warc_record(source)


def _filled_line(source: ByteSource) -> bytes:
    """Return the next line that is not blank; nothing at the end of the file."""
    for _ in range(MAX_BLANK_LINES):
        if not source.buffer and not source.fill():
            return b""
        if bytes(source.buffer[:1]) not in (b"\r", b"\n"):
            return source.read_line(MAX_HEADER_LINE)
        source.read_line(MAX_HEADER_LINE)
    raise damaged(f"nothing but blank lines before byte {source.place[0]:,}")


def _next_place(source: ByteSource) -> Place:
    """Return where the next record begins, after the blank lines between records."""
    while True:
        place = source.place
        if bytes(source.buffer[:1]) not in (b"\r", b"\n"):
            return place
        source.read(1)


def _warc_record(source: ByteSource) -> Record | None:
    place = _next_place(source)
    line = _filled_line(source)
    if not line:
        return None
    if not _VERSION.match(line):
        raise damaged(f"no record begins at byte {place[0]:,}")
    fields = read_fields(source.read_line)
    length = fields.get("content-length", "")
    if not re.fullmatch(r"[0-9]{1,15}", length):
        raise damaged(f"the record at byte {place[0]:,} does not say its length")
    date = _DATE.fullmatch(fields.get("warc-date", ""))
    address = fields.get("warc-target-uri", "").strip("<>")
    body = Body(source, int(length))
    captured = f"{date[1]}Z" if date else None
    return Record(fields.get("warc-type", ""), address, captured, place, fields, body)


def read_fields(read_line: Callable[[int], bytes]) -> dict[str, str]:
    """Read header fields up to the blank line; names in lower case, the first of a name counts."""
    fields: dict[str, str] = {}
    last = ""
    for _ in range(MAX_HEADER_LINES):
        line = read_line(MAX_HEADER_LINE)
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if not text:
            return fields
        if text[0] in " \t" and last:
            fields[last] = f"{fields[last]} {text.strip()}"
            continue
        name, colon, value = text.partition(":")
        if colon:
            last = name.strip().lower()
            fields.setdefault(last, value.strip())
    raise damaged(f"a header has more than {MAX_HEADER_LINES:,} lines")


def _arc_words(source: ByteSource) -> int:
    """Return how many words a record's line has in this ARC file; 0 where it is a WARC file."""
    if not source.buffer:
        source.fill()
    if not source.buffer.startswith(b"filedesc://"):
        return 0
    record = _arc_record(source, 5)
    version = record.body.read_up_to(MAX_HEADER_LINE) if record else b""
    if record:
        record.body.drain()
    return 10 if version.startswith(b"2") else 5


def _arc_record(source: ByteSource, count: int) -> Record | None:
    place = _next_place(source)
    line = _filled_line(source)
    if not line:
        return None
    parts = line.decode("utf-8", "replace").strip().rsplit(" ", count - 1)
    if len(parts) != count or not re.fullmatch(r"[0-9]{1,15}", parts[-1]):
        raise damaged(f"no record begins at byte {place[0]:,}")
    fields = {"content-type": parts[3]}
    body = Body(source, int(parts[-1]))
    return Record("response", parts[0], _arc_date(parts[2]), place, fields, body, count)


def _arc_date(text: str) -> str | None:
    try:
        return f"{datetime.strptime(text, '%Y%m%d%H%M%S'):%Y-%m-%dT%H:%M:%S}Z"
    except ValueError:
        return None
