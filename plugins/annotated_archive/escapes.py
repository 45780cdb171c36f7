"""Undo in a text what stands for other characters, and take its tags away.

Entities, percent signs, backslash escapes and quoted-printable are undone, one layer at a time.
"""

import html
import quopri
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote_to_bytes

ROUNDS = 3
"""Undo so many layers of escapes."""

_TAGS = re.compile(rb"<[!/?a-zA-Z][^<>]*+>")
_QUICK_TAGS = re.compile(rb"<[!/?a-zA-Z][^>]*>")
_COMMENT_BEGINS = re.compile(rb"<(?=!--)")  # one literal byte first, which is sought fastest
_COMMENTS = re.compile(rb"<!--.*?-->", re.DOTALL)
_ENTITY = re.compile(
    rb"&(?!(?:amp|lt|gt|quot|apos|#39|#x27|#34|#123|#124);)[#a-zA-Z]|&amp;[#a-zA-Z]"
)
_ZEROS = re.compile(rb"&#([xX]?)0{4,}(?=[0-9a-fA-F])")
_TOO_LARGE = re.compile(rb"&#[0-9]{8,};?")
"""Find references with more digits than Python reads as a number; a browser shows what they stand for."""
_PLAIN = (
    (b"&", re.compile(rb"&(?:(?:#39|#x27|#34|quot|apos|#124);|amp;(?![#a-zA-Z<]))")),
    (b"\\", re.compile(rb"\\[nrt]")),
)
"""Find escapes that become no letter, no tag and no part of another escape."""
_PERCENT = re.compile(rb"%[0-9a-fA-F]{2}")
_ESCAPE = re.compile(
    r"[\\%]u([0-9a-fA-F]{4})|\\u\{([0-9a-fA-F]{1,6})\}|\\x([0-9a-fA-F]{2})"
    r"|\\([0-9a-fA-F]{2,6})[ \t\n]?|\\([0-7]{3})"
)
_PERCENT_U = re.compile(rb"%u[0-9a-fA-F]{4}")
_ESCAPE_BYTES = re.compile(rb"\\(?:[ux][0-9a-fA-F{]|[0-9a-fA-F]{2})")
_WHITE_ESCAPE = re.compile(rb"\\[nrt]")
_QUOTED = re.compile(rb"=[0-9A-F]{2}|=\r?\n")
_PDF_KERN = re.compile(rb"\)\s*-?[\d.]+\s*\(")


def unkerned(data: bytes) -> Iterator[bytes]:
    """Yield the text of a PDF without the numbers that set its letters apart."""
    if _PDF_KERN.search(data) and b"TJ" in data:
        yield _PDF_KERN.sub(b"", data)


def has_comment(data: bytes) -> bool:
    """Tell whether a comment begins in *data*."""
    return b"<" in data and _COMMENT_BEGINS.search(data) is not None


def softened(data: bytes) -> Iterator[bytes]:
    """Yield *data* with spaces for its plain escapes: for all, and for white space alone.

    A template writes O&#39;Hara in each page: where there is no other escape, none is undone.
    """
    for patterns in (_PLAIN, _PLAIN[1:]):
        former, text = data, data
        for sign, pattern in patterns:
            if sign in text:
                former, text = text, pattern.sub(b" ", text)
        if text is data:
            return
        yield text
        if former is data or former is text:  # but one of the two was there
            return


def strip_tags(data: bytes) -> bytes:
    """Return *data* without its comments and tags, or *data* itself where it has none."""
    if has_comment(data):
        last = data.rfind(b"-->") + 3  # what opens after it closes nowhere
        data = _COMMENTS.sub(b"", data[:last]) + data[last:]
    if b"<" not in data:
        return data
    quickly, count = _QUICK_TAGS.subn(b"", data)
    if data.count(b"<") == count + quickly.count(b"<"):  # then no tag held another's beginning
        return quickly if count else data
    return _TAGS.sub(b"", data)


def decode_once(data: bytes) -> bytes:
    """Undo one layer of entities, percent signs, backslash escapes and quoted-printable."""
    changed = undo_quoted_printable(undo_escapes(data))
    return data if changed == data else changed


def undo_escapes(data: bytes) -> bytes:
    """Undo one layer of entities, percent signs and backslash escapes."""
    changed = data
    if b"&" in changed and _ENTITY.search(changed):
        changed = _TOO_LARGE.sub("\ufffd".encode(), _ZEROS.sub(rb"&#\1", changed))
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
    return changed


def undo_quoted_printable(data: bytes) -> bytes:
    """Undo quoted-printable, everywhere, if *data* looks like it anywhere."""
    return quopri.decodestring(data) if is_quoted(data) else data


def is_quoted(data: bytes) -> bool:
    """Tell whether *data* may be quoted-printable."""
    return b"=" in data and _QUOTED.search(data) is not None


def decoded(reading: bytes, undo: Callable[[bytes], bytes] = decode_once) -> Iterator[bytes]:
    """Yield what is left when escapes are undone, again and again, with tags and without."""
    for _ in range(ROUNDS):
        former, reading = reading, undo(reading)
        if former is reading:
            return
        yield reading
        if b"<" in reading:
            yield strip_tags(reading)


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[5], 8) if found[5] else int(found[1] or found[2] or found[3] or found[4], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
