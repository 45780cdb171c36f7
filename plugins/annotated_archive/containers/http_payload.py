"""Take the page out of an HTTP response (RFC 9112), its codings undone within limits."""

import io
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped,unused-ignore]

from .base import damaged, refused
from .limits import MAX_CODINGS, MAX_PAYLOAD
from .records import read_fields

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,4096})?\r?\n")
_HTML = ("text/html", "application/xhtml+xml")
_LOOKS_HTML = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head)\b", re.I | re.S
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """Hold the status and the header fields of a response; *length* is that of both, in bytes."""

    status: int
    fields: Mapping[str, str]
    length: int

    @property
    def is_redirect(self) -> bool:
        """Tell whether it leads elsewhere."""
        return self.status in (301, 302, 303, 307, 308) and bool(self.fields.get("location"))

    @property
    def charset(self) -> str:
        """Return the character encoding that the server declared, or an empty string."""
        found = _CHARSET.search(self.fields.get("content-type", ""))
        return found[1] if found else ""


def read_head(block: bytes) -> Head | None:
    r"""Return the head of a response, or None where the block is none.

    >>> read_head(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=koi8-r\r\n\r\n<p>").charset
    'koi8-r'
    """
    status = _STATUS.match(block)
    if not status:
        return None
    stream = io.BytesIO(block)
    stream.readline()
    fields = read_fields(stream.readline)
    return Head(int(status[1]), fields, stream.tell())


def is_html(content_type: str, data: bytes) -> bool:
    """Tell whether a payload is a page: by its declared type, else by how it begins.

    >>> is_html("text/html; charset=utf-8", b""), is_html("", b"<!DOCTYPE html>"), is_html("image/png", b"<html>")
    (True, True, False)
    """
    kind = content_type.partition(";")[0].strip().lower()
    return kind in _HTML or (not kind and bool(_LOOKS_HTML.match(data[:4096])))


def payload_of(body: bytes, fields: Mapping[str, str]) -> bytes:
    """Return the page that *body* carries, its transfer and content codings undone.

    A coding that is declared and was undone already by the tool that captured it is none.

    >>> payload_of(b"5\\r\\n<p>Hi\\r\\n0\\r\\n\\r\\n", {"transfer-encoding": "chunked"})
    b'<p>Hi'

    Raises `Problem` for a coding that is unknown or broken, and above `MAX_PAYLOAD`.
    """
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = _dechunked(body)
    codings = [one.strip().lower() for one in fields.get("content-encoding", "").split(",")]
    codings = [one for one in codings if one and one != "identity"]
    if len(codings) > MAX_CODINGS:
        raise refused(f"the page is encoded {len(codings)} times over")
    for coding in reversed(codings):
        body = _decoded(body, coding)
    return body


def _dechunked(body: bytes) -> bytes:
    """Join the chunks of a body (RFC 9112, 7.1); many tools have done so before they wrote it."""
    parts, at = [], 0
    size = _CHUNK_SIZE.match(body)
    if not size:
        return body
    while size and int(size[1], 16):
        start = size.end()
        at = start + int(size[1], 16)
        parts.append(body[start:at])
        ending = 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0
        size = _CHUNK_SIZE.match(body, at + ending)
        if at > len(body) or not size:
            raise damaged("the page breaks off within a chunk")
    return b"".join(parts)


def _decoded(body: bytes, coding: str) -> bytes:
    if coding in ("gzip", "x-gzip"):
        return _inflated(body, 31) if body[:2] == b"\x1f\x8b" else body
    if coding == "deflate":
        return _deflated(body)
    if coding == "br":
        return _unbrotlied(body)
    raise damaged(f"the page is encoded as '{coding}', which is not known", "capture it again")


def _inflated(body: bytes, wbits: int) -> bytes:
    unpacker = zlib.decompressobj(wbits=wbits)
    try:
        data = unpacker.decompress(body, MAX_PAYLOAD + 1)
    except zlib.error as error:
        raise damaged(f"the page's compression is damaged: {error}") from None
    if len(data) > MAX_PAYLOAD:
        raise refused(f"the page expands to more than {MAX_PAYLOAD:,} bytes")
    if not unpacker.eof:
        raise damaged("the page's compression breaks off")
    return data


def _deflated(body: bytes) -> bytes:
    """Undo deflate with the zlib header that RFC 9110 asks for, or raw, as some servers send it."""
    if len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2]) % 31 == 0:
        return _inflated(body, 15)
    if body[:1] == b"<":
        return body
    return _inflated(body, -15)


def _unbrotlied(body: bytes) -> bytes:
    """Undo Brotli (RFC 7932) in bounded steps."""
    if _LOOKS_HTML.match(body[:4096]):
        return body
    unpacker = brotli.Decompressor()
    parts: list[bytes] = []
    length, feed = 0, body
    try:
        while not unpacker.is_finished():
            part = unpacker.process(feed, output_buffer_limit=1024 * 1024)
            feed = b""
            length += len(part)
            parts.append(part)
            if length > MAX_PAYLOAD:
                raise refused(f"the page expands to more than {MAX_PAYLOAD:,} bytes")
            if not part and unpacker.can_accept_more_data():
                break
    except brotli.error:
        raise damaged("the page's Brotli compression is damaged") from None
    if not unpacker.is_finished():
        raise damaged("the page's Brotli compression breaks off")
    return b"".join(parts)


def read_limited(read: Callable[[int], bytes], limit: int) -> bytes | None:
    """Return all that *read* gives, or None where it is more than *limit* bytes."""
    parts: list[bytes] = []
    while data := read(limit + 1):
        parts.append(data)
        limit -= len(data)
        if limit < 0:
            return None
    return b"".join(parts)
