"""Read a page that was saved as HTML, by any browser or program."""

import re

from ..html.read import read_page
from ..html.tree import decode_page
from ..model import Capture
from .base import CaptureFormat, Guide

_START = re.compile(
    rb"(?:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s+(?:charset|http-equiv)|<title>)",
    re.IGNORECASE,
)
_SKIPPED = re.compile(rb"(?:\s+|<!--.{0,20000}?-->|<\?xml[^>]{0,200}\?>)", re.DOTALL)
_LATER = re.compile(rb"^(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE | re.MULTILINE)
_BEGINNING = 32 * 1024
_NEAR = 4 * 1024
"""How far from its start and its end a page may begin and end."""


def is_html(data: bytes) -> bool:
    r"""Tell whether *data* begins as a page does, after marks, white space and comments.

    What a server printed before a whole page, such as its own warnings, does not matter.

    >>> is_html(b"\xef\xbb\xbf <!-- saved --><!DOCTYPE html>"), is_html(b"Ann wrote <html>")
    (True, False)
    >>> is_html(b"<b>Warning</b>: no\n<!DOCTYPE html>\n<html></html>\n")
    True
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
    if _START.match(head, at) is not None:
        return True
    return _LATER.search(head[:_NEAR]) is not None and b"</html>" in data[-_NEAR:].lower()


def read_html(data: bytes, captured: str | None = None) -> Capture:
    """Read the bytes of a page; raise `Unreadable` where they are beyond the limits.

    *captured* is when it was captured, in ISO 8601, where the file itself does not say: words such
    as "3 days ago" are reckoned from it.
    """
    return read_page(decode_page(data), captured=captured)


FORMAT = CaptureFormat(
    "html",
    is_html,
    read_html,
    Guide(
        about="A web page, saved as HTML by any browser or program, SingleFile included",
        recognised="A doctype, or a first tag of a page, after marks, white space and comments",
        reads=(
            "comments of WordPress (classic themes, Kubrick, the walkers since 2.7, block themes, Genesis, Thesis, P2, wpDiscuz, CNN's blogs), "
            "Blogger, Movable Type and TypePad, Drupal 5 to 10, Disqus as rendered, LiveJournal, schema.org in microdata and JSON-LD, microformats, "
            "and lists that plainly are comments",
            "of each its own id, author, time, words with the way they were set, the comment it answers, and whether it is a pingback or trackback",
            "the article by its platform's markup, else what trafilatura takes for the main text; title, authors, time, categories, tags, figures",
            "times in attributes and in words of some sixty languages; “3 days ago” from the time of the capture; whether the day or the month comes first from the page's own dates",
            "how many comments the page declares, and its pager; that a service such as Disqus holds them",
        ),
        lacks=(
            "pictures; their address and caption stay",
            "comments that a script would have loaded: unfold them before saving",
            "addresses, digests and numbers of commenters, and what tracks readers in links: they are never read",
        ),
        make=(
            "Unfold the comments, then save with SingleFile, or as “web page, HTML only”",
            "Save each page of comments as its own file, and give all of them to `invoke capture`",
        ),
    ),
)
