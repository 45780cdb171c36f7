"""Read a page that was saved as HTML, by any browser or program."""

import re

from ..html.provenance import Saved
from ..html.read import read_page
from ..html.tree import decode_page
from ..model import Capture
from .base import CaptureFormat

_START = re.compile(
    rb"(?:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s+(?:charset|http-equiv)|<title>)",
    re.IGNORECASE,
)
_SKIPPED = re.compile(rb"(?:\s+|<!--.{0,20000}?-->|<\?xml[^>]{0,200}\?>)", re.DOTALL)
_BEGINNING = 32 * 1024


def is_html(data: bytes) -> bool:
    r"""Tell whether *data* begins as a page does, after marks, white space and comments.

    >>> is_html(b"\xef\xbb\xbf <!-- saved --><!DOCTYPE html>"), is_html(b"Ann wrote <html>")
    (True, False)
    """
    head = data[:_BEGINNING]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode()
    elif head[:200].count(0) > 60:
        head = head.replace(b"\x00", b"")
    head = head.removeprefix(b"\xef\xbb\xbf")
    at = 0
    while skipped := _SKIPPED.match(head, at):
        at = skipped.end()
    return _START.match(head, at) is not None


def read_html(data: bytes, captured: str | None = None) -> Capture:
    """Read the bytes of a page; raise `Unreadable` where they are beyond the limits.

    *captured* is when it was captured, in ISO 8601, where the file itself does not say: words such
    as "3 days ago" are reckoned from it.
    """
    return read_page(decode_page(data), Saved(captured=captured))


FORMAT = CaptureFormat("html", is_html, read_html)
