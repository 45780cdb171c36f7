"""Decode the bytes of a captured text, or say at which offset they are not text."""

import re

from .errors import Unreadable
from .model import Note

MAX_BYTES = 32 * 1024 * 1024
"""Refuse a text capture above this size; the largest real page with comments seen is 1 MB."""

_BINARY = re.compile(rb"[\x00\x01-\x06\x0e-\x1a\x1c-\x1f]")
_MULTIBYTE = re.compile(rb"[\xc3-\xf4][\x80-\xbf]+")


def decode(data: bytes) -> tuple[str, tuple[Note, ...]]:
    r"""Return the text of *data*, and a note where it was not UTF-8.

    UTF-16 is known by its byte order mark or by its zero bytes, Windows-1252 by not being UTF-8.

    >>> decode("naïve".encode("cp1252"))[0]
    'naïve'
    >>> decode(b"caf\xc3\xa9 \xff")
    Traceback (most recent call last):
    annotated_archive.errors.Unreadable: ...

    Raises `Unreadable` for an empty file, for what is not text, for mixed encodings (with the
    offset of the first byte that is not UTF-8) and above `MAX_BYTES`.
    """
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise Unreadable("empty", "the capture is empty", remedy="capture the page again")
    if len(data) > MAX_BYTES:
        raise Unreadable(
            "too-large",
            f"the capture has {len(data):,} bytes, more than {MAX_BYTES:,}",
            remedy="split it into one file for each page of comments",
        )
    utf16 = _utf16(data)
    if utf16:
        return _decoded(data, utf16, "UTF-16")
    binary = _BINARY.findall(data[:65536])
    if b"\x00" in data or len(binary) > 0.05 * min(len(data), 65536):
        found = _BINARY.search(data)
        raise Unreadable(
            "not-text",
            f"the capture is not text: byte 0x{data[found.start()]:02x} at offset {found.start()}"
            if found
            else "the capture is not text",
            remedy="save the page as text, or as one of the formats in docs/content-files.md",
        )
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        if _MULTIBYTE.search(data[: error.start]) or _is_utf8_later(data, error.end):
            raise _undecodable(data, error.start, "UTF-8") from None
    return _decoded(data, "cp1252", "Windows-1252")


def _is_utf8_later(data: bytes, start: int) -> bool:
    """Tell whether a sequence after *start* is UTF-8 of more than one byte."""
    for found in _MULTIBYTE.finditer(data, start):
        try:
            found.group().decode("utf-8")
        except UnicodeDecodeError:
            continue
        return True
    return False


def _utf16(data: bytes) -> str:
    """Name the codec where *data* is UTF-16, else return an empty string."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    head = data[:4096]
    for codec, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(zeros) > 1 and zeros.count(0) > 0.7 * len(zeros) and head.count(0) < 0.6 * len(head):
            return codec
    return ""


def _decoded(data: bytes, codec: str, name: str) -> tuple[str, tuple[Note, ...]]:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise _undecodable(data, error.start, name) from None
    return text, (Note("encoding", f"The capture's encoding is {name}, not UTF-8."),)


def _undecodable(data: bytes, offset: int, name: str) -> Unreadable:
    line = data.count(b"\n", 0, offset) + 1
    return Unreadable(
        "undecodable",
        f"byte 0x{data[offset]:02x} at offset {offset} is not {name}",
        line=line,
        remedy="save the capture again as UTF-8",
    )
