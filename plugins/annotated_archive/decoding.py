"""Undo, layer by layer, what may hide words in the bytes of a published file.

`layers` yields the bytes and every text that can be decoded from them: containers and compressed
streams are opened, entities, percent signs and escapes undone, tags taken away. Depth and size are
limited, so that a bomb costs no more than it says.
"""

import base64
import binascii
import bz2
import html
import io
import lzma
import quopri
import re
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

MAX_DEPTH = 4
MAX_INFLATED = 64 * 1024 * 1024
"""Look at so many bytes of one compressed stream."""

_TAGS = re.compile(rb"<[!/?a-zA-Z][^<>]*+>")
_COMMENTS = re.compile(rb"<!--.*?-->", re.DOTALL)
_ENTITY = re.compile(
    rb"&(?!(?:amp|lt|gt|quot|apos|#39|#x27|#34|#123|#124);)[#a-zA-Z]|&amp;[#a-zA-Z]"
)
_PERCENT = re.compile(rb"%[0-9a-fA-F]{2}")
_ESCAPE = re.compile(
    r"[\\%]u([0-9a-fA-F]{4})|\\u\{([0-9a-fA-F]{1,6})\}|\\x([0-9a-fA-F]{2})"
    r"|\\([0-9a-fA-F]{2,6})[ \t\n]?|\\([0-7]{3})"
)
_PERCENT_U = re.compile(rb"%u[0-9a-fA-F]{4}")
_ESCAPE_BYTES = re.compile(rb"\\(?:[ux][0-9a-fA-F{]|[0-9a-fA-F]{2})")
_WHITE_ESCAPE = re.compile(rb"\\[nrt]")
_QUOTED = re.compile(rb"=[0-9A-F]{2}|=\r?\n")
_BASE64_MASK = bytes(
    65 if chr(code).isascii() and (chr(code).isalnum() or chr(code) in "+/_-") else 32
    for code in range(256)
)
_HEX_MASK = bytes(65 if chr(code) in "0123456789abcdefABCDEF" else 32 for code in range(256))
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PDF_KERN = re.compile(rb"\)\s*-?[\d.]+\s*\(")
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
    for start, end in _runs(masked, 40):
        run = data[start:end].translate(bytes.maketrans(b"-_", b"+/"))
        try:
            yield "base64", base64.b64decode(run + b"=" * (-len(run) % 4))
        except binascii.Error:
            yield "base64", base64.b64decode(run[: len(run) // 4 * 4])
    masked = data.translate(_HEX_MASK)
    for start, end in _runs(masked, 48):
        yield "hexadecimal", bytes.fromhex(data[start : end - (end - start) % 2].decode("ascii"))


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
    again and again as long as there are any, with tags and without.
    """
    codec = is_utf16(data)
    if codec:
        yield "UTF-16", data.decode(codec, "replace").encode("utf-8", "replace")
    yield "text", data
    stripped = _strip_tags(data)
    if stripped is not data:
        yield "text across tags", stripped
    escaped = [*_decoded("decoded text", data)]
    yield from escaped
    if escaped and stripped is not data:  # taking tags away makes no escape that a browser undoes
        yield from _decoded("decoded text across tags", stripped)
    if b"TJ" in data and _PDF_KERN.search(data):
        yield "PDF text", _PDF_KERN.sub(b"", data)


def _decoded(name: str, reading: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what is left when escapes are undone, again and again, with tags and without."""
    for _ in range(3):
        decoded = _decode_once(reading)
        if decoded is reading:
            return
        reading = decoded
        yield name, reading
        if b"<" in reading:
            yield name, _strip_tags(reading)


def _strip_tags(data: bytes) -> bytes:
    if b"<!--" in data:
        last = data.rfind(b"-->") + 3  # what opens after it closes nowhere
        data = _COMMENTS.sub(b"", data[:last]) + data[last:]
    return _TAGS.sub(b"", data) if b"<" in data else data


def _decode_once(data: bytes) -> bytes:
    """Undo one layer of entities, percent signs, backslash escapes and quoted-printable."""
    changed = data
    if b"&" in changed and _ENTITY.search(changed):
        changed = html.unescape(changed.decode("utf-8", "replace")).encode("utf-8", "replace")
    if b"%u" in changed and _PERCENT_U.search(changed):
        changed = _ESCAPE.sub(_unescaped, changed.decode("utf-8", "replace")).encode(
            "utf-8", "replace"
        )
    if b"%" in changed and _PERCENT.search(changed):
        changed = unquote_to_bytes(changed)
    if b"\\" in changed:
        changed = _WHITE_ESCAPE.sub(b" ", changed)
        if _ESCAPE_BYTES.search(changed):
            text = changed.decode("utf-8", "replace")
            changed = _ESCAPE.sub(_unescaped, text).encode("utf-8", "replace")
    if b"=" in changed and _QUOTED.search(changed):
        changed = quopri.decodestring(changed)
    return data if changed == data else changed


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[5], 8) if found[5] else int(found[1] or found[2] or found[3] or found[4], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


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
