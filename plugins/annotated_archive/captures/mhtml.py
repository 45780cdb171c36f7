"""Read a page that was saved as MHTML: one file of mail, with the page and what it shows as parts."""

import email
import re
from email.message import Message
from email.policy import compat32

from ..errors import Unreadable
from ..html.addresses import public_address
from ..html.limits import MAX_BYTES, MAX_FRAMES
from ..html.provenance import Saved, iso_time
from ..html.read import read_page
from ..html.tree import Source, decode_page
from ..model import Capture
from .base import CaptureFormat, Guide

_HEADER = re.compile(rb"^[A-Za-z][A-Za-z0-9-]*:", re.MULTILINE)
_MULTIPART = re.compile(rb"^content-type:\s*multipart/(?:related|mixed|alternative)\b", re.I | re.M)
_BOUNDARY = re.compile(rb"boundary=\s*\"?([^\"\s;]{1,120})", re.IGNORECASE)
_BEGINNING = 16 * 1024


def is_mhtml(data: bytes) -> bool:
    r"""Tell whether *data* begins with the headers of a mail of several parts.

    >>> is_mhtml(b'From: <Saved by Blink>\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n')
    True
    >>> is_mhtml(b"<html>Content-Type: multipart/related")
    False
    """
    head = data[:_BEGINNING].lstrip(b"\xef\xbb\xbf\r\n \t")
    return _HEADER.match(head) is not None and _MULTIPART.search(head) is not None


def read_mhtml(data: bytes, captured: str | None = None) -> Capture:
    """Read the page of an MHTML file, with where it was and when it was saved.

    Raises `Unreadable` where it has no page, or is beyond the limits.
    """
    if len(data) > 2 * MAX_BYTES:
        fault = f"the capture has {len(data):,} bytes, more than {2 * MAX_BYTES:,}"
        raise Unreadable("too-large", fault, remedy="save the page as HTML")
    whole = email.message_from_bytes(_mended(data), policy=compat32)
    parts = [
        part
        for part in whole.walk()
        if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    if not parts:
        raise Unreadable("no-page", "the MHTML file holds no page", remedy="save the page again")
    main = _main(whole, parts)
    page = _decoded(main)
    framed = _with_frames(page, main, parts)
    saved = Saved(_address(whole, main), iso_time(str(whole.get("Date") or "")))
    return read_page(framed, saved, captured)


def _mended(data: bytes) -> bytes:
    """Return *data* without lines among its first headers that are none: they would hide the parts."""
    data = data.lstrip(b"\xef\xbb\xbf\r\n \t")
    found = _BOUNDARY.search(data[:_BEGINNING])
    mark = b"--" + found[1] if found else b"\r\n\r\n"
    end = data.find(mark)
    if end < 0 or end > _BEGINNING:
        return data
    lines = data[:end].splitlines()
    kept = [one for one in lines if (one[:1] in b" \t" and one.strip()) or _HEADER.match(one)]
    return b"\r\n".join(kept) + b"\r\n\r\n" + data[end:]


def _main(whole: Message, parts: list[Message]) -> Message:
    """Return the part that is the page: the one at the saved address, else the first."""
    address = str(
        whole.get("Snapshot-Content-Location") or whole.get("Content-Location") or ""
    ).strip()
    start = (whole.get_param("start") or "") if whole.is_multipart() else ""
    for part in parts:
        if address and str(part.get("Content-Location") or "").strip() == address:
            return part
        if start and str(part.get("Content-ID") or "").strip() == str(start).strip():
            return part
    return parts[0]


def _decoded(part: Message) -> Source:
    payload = part.get_payload(decode=True)
    charset = part.get_content_charset() or ""
    return decode_page(payload if isinstance(payload, bytes) else b"", charset)


_FRAME = re.compile(
    r"<i?frame\b[^<>]{0,2000}?\ssrc=[\"']?(cid:[^\"'\s>]{1,300})[\"']?", re.IGNORECASE
)


def _with_frames(page: Source, main: Message, parts: list[Message]) -> Source:
    """Return the page with the frames that the file holds put into it, as ``srcdoc``."""
    frames = {
        f"cid:{str(part.get('Content-ID') or '').strip('<> ')}": part
        for part in parts
        if part is not main
    }
    wanted = list(dict.fromkeys(found[1] for found in _FRAME.finditer(page.text)))[:MAX_FRAMES]
    text = page.text
    for address in wanted:
        if address in frames:
            inner = _decoded(frames[address]).text.replace("&", "&amp;").replace('"', "&quot;")
            tail = f'<iframe srcdoc="{inner}"></iframe>'
            text = f"{text}{tail}"
    return Source(text, page.encoding, page.notes)


def _address(whole: Message, main: Message) -> str | None:
    for message, name in (
        (whole, "Snapshot-Content-Location"),
        (main, "Content-Location"),
        (whole, "Content-Location"),
    ):
        address = public_address(str(message.get(name) or ""))
        if re.match(r"https?://[^/]", address, re.IGNORECASE):
            return address
    return None


FORMAT = CaptureFormat(
    "mhtml",
    is_mhtml,
    read_mhtml,
    Guide(
        about="A web page with its frames in one file, as Chrome, Edge and Opera save it",
        recognised="Headers of a mail of several parts, even with a broken line among them",
        reads=(
            "the page as [HTML](#the-html-format), and the frames that the file holds",
            "where the page was and when it was saved, from the file's own headers",
        ),
        lacks=("pictures and styles, which the file holds too",),
        make=("In Chrome: Save page as, “Webpage, Single File”",),
    ),
)
