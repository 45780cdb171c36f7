"""Undo, layer by layer, what may hide words in the bytes of a published file.

`layers` yields the bytes and every text that can be decoded from them: containers and compressed
streams are opened, entities, percent signs and escapes undone, tags taken away. Depth and size are
limited, so that a bomb costs no more than it says.
"""

import base64
import binascii
import bz2
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator

from .escapes import decoded, softened, strip_tags, unkerned

MAX_DEPTH = 4
MAX_INFLATED = 64 * 1024 * 1024
"""Look at so many bytes of one compressed stream."""

_BASE64_MASK = bytes(
    65 if chr(code).isascii() and (chr(code).isalnum() or chr(code) in "+/_-") else 32
    for code in range(256)
)
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_HEX_MASK = bytes(65 if chr(code) in "0123456789abcdefABCDEF" else 32 for code in range(256))
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PNG_TEXT = re.compile(rb"(tEXt|zTXt|iTXt)")


def inflate_all(data: bytes) -> bytes:
    """Return what all members of a gzip file hold together, up to `MAX_INFLATED` bytes."""
    parts, size = [], 0
    while data[:2] == b"\x1f\x8b" and size < MAX_INFLATED:
        decoder = zlib.decompressobj(31)
        try:
            parts.append(decoder.decompress(data, MAX_INFLATED - size))
        except zlib.error:
            parts.append(inflate(data))
            break
        size += len(parts[-1])
        data = decoder.unused_data.lstrip(b"\0")
    return b"".join(parts)


def inflate(data: bytes) -> bytes:
    """Return up to `MAX_INFLATED` bytes of a gzip, zlib or raw deflate stream, however damaged."""
    for window in (47, -15):
        try:
            decoder = zlib.decompressobj(window)
            text = decoder.decompress(data, MAX_INFLATED)
            if text:
                return text
        except zlib.error:
            continue
    return b""


def containers(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what stands in an archive, a compressed stream, a PDF or a picture, with its channel."""
    if data[:2] == b"\x1f\x8b":
        yield "gzip", inflate_all(data)
    elif data[:4] == b"PK\x03\x04":
        yield from _zip(data)
    elif data[:3] == b"BZh":
        yield "bzip2", _quiet(lambda: bz2.decompress(data[:MAX_INFLATED]))
    elif data[:6] == b"\xfd7zXZ\x00":
        yield "xz", _quiet(lambda: lzma.LZMADecompressor().decompress(data, MAX_INFLATED))
    elif data[:5] == b"%PDF-":
        for found in _PDF_STREAM.finditer(data):
            yield "PDF stream", inflate(found[1]) or found[1]
    elif data[:8] == b"\x89PNG\r\n\x1a\n":
        yield from _png(data)
    elif data[:1] == b"\x78" and data[1:2] in (b"\x01", b"\x5e", b"\x9c", b"\xda"):
        yield "zlib", inflate(data)


def _quiet(decode: object) -> bytes:
    try:
        return bytes(decode())  # type: ignore[operator]
    except (OSError, EOFError, ValueError, lzma.LZMAError):
        return b""


def _zip(data: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                yield "zip entry's name", entry.filename.encode() + b"\n" + entry.comment
                with archive.open(entry) as file:
                    yield f"zip entry {entry.filename}", file.read(MAX_INFLATED)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, zlib.error):
        yield "damaged zip", b""


def _png(data: bytes) -> Iterator[tuple[str, bytes]]:
    offset = 8
    while offset + 8 <= len(data):
        length = int.from_bytes(data[offset : offset + 4], "big")
        kind, body = data[offset + 4 : offset + 8], data[offset + 8 : offset + 8 + length]
        if _PNG_TEXT.fullmatch(kind):
            yield "PNG text", body
            _, _, rest = body.partition(b"\0")
            for skip in range(4):
                packed = inflate(rest[skip:]) if rest[skip : skip + 1] == b"\x78" else b""
                if packed:
                    yield "PNG text", packed
        elif kind == b"eXIf":
            yield "PNG metadata", body
        offset += 12 + length


def embedded(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what long runs of base64 and hexadecimal digits stand for."""
    masked = data.translate(_BASE64_MASK)
    runs = [data[start:end] for start, end in _runs(masked, 40)]  # hexadecimal digits among them
    for run in runs:
        run = run.translate(_URL_SAFE)
        try:
            yield "base64", base64.b64decode(run + b"=" * (-len(run) % 4))
        except binascii.Error:
            yield "base64", base64.b64decode(run[: len(run) // 4 * 4])
    for run in runs:
        masked = run.translate(_HEX_MASK)
        for start, end in _runs(masked, 48):
            digits = run[start : end - (end - start) % 2]
            yield "hexadecimal", bytes.fromhex(digits.decode("ascii"))


def _runs(masked: bytes, length: int) -> Iterator[tuple[int, int]]:
    """Yield where runs of ``A`` of at least *length* begin and end."""
    start = masked.find(b"A" * length)
    while start >= 0:
        end = masked.find(b" ", start)
        end = len(masked) if end < 0 else end
        yield start, end
        start = masked.find(b"A" * length, end)


def is_utf16(data: bytes) -> str:
    """Name the UTF-16 codec of *data*, or return an empty string."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    head = data[:2048]
    if b"\0" not in head:
        return ""
    if len(head) > 3 and head[1::2].count(0) > 0.6 * len(head[1::2]):
        return "utf-16-le"
    if len(head) > 3 and head[::2].count(0) > 0.6 * len(head[::2]):
        return "utf-16-be"
    return ""


def texts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield *data* as UTF-8 bytes in every reading in which it could be read as text.

    First as it is; then without its tags; then with entities, percent signs and escapes undone,
    again and again as long as there are any, with tags and without. Each of these is also read with
    its plain escapes undone alone.
    """
    for reading, text in _readings(data):
        yield reading, text
        for plain in softened(text):
            yield reading.replace("text", "decoded text") if reading[0] == "t" else reading, plain


def _readings(data: bytes) -> Iterator[tuple[str, bytes]]:
    codec = is_utf16(data)
    if codec:
        yield "UTF-16", data.decode(codec, "replace").encode("utf-8", "replace")
    yield "text", data
    stripped = strip_tags(data)
    if stripped is not data:
        yield "text across tags", stripped
    escaped = [*decoded(data)]
    yield from (("decoded text", text) for text in escaped)
    if escaped and stripped is not data:  # taking tags away makes no escape that a browser undoes
        yield from (("decoded text across tags", text) for text in decoded(stripped))
    yield from (("PDF text", text) for text in unkerned(data))


def layers(data: bytes, channel: str = "", depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield every reading of *data* with the channel that leads to it, the outermost first."""
    inner = [*containers(data)]
    name = f"{channel} > " if channel else ""
    yield channel, data
    if depth >= MAX_DEPTH:
        return
    for found, body in inner:
        if body:
            yield from layers(body, f"{name}{found}", depth + 1)
    if not inner:
        for found, body in embedded(data):
            if len(body) > 8:
                yield from layers(body, f"{name}{found}", depth + 1)
