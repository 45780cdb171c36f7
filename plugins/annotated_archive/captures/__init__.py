"""Recognise and read captures: one file a format, tried in the order of `FORMATS`."""

from ..errors import Unreadable
from ..model import Capture
from .base import CaptureFormat
from .disqus import FORMAT as DISQUS
from .html import FORMAT as HTML
from .mhtml import FORMAT as MHTML
from .text import FORMAT as TEXT
from .wxr import FORMAT as WXR

FORMATS: tuple[CaptureFormat, ...] = (WXR, DISQUS, MHTML, HTML, TEXT)


def recognise(data: bytes) -> CaptureFormat:
    """Return the first format that recognises *data* by its content."""
    for candidate in FORMATS:
        if candidate.sniff(data):
            return candidate
    raise Unreadable(
        "unknown-format",
        "no capture format recognises this file",
        remedy=f"give one of: {', '.join(known.name for known in FORMATS)}",
    )


def read(data: bytes, name: str, captured: str | None = None) -> Capture:
    """Read *data* by the format called *name*; *captured* is when it was captured, if that is known."""
    for candidate in FORMATS:
        if candidate.name == name:
            return candidate.read(data, captured)
    raise Unreadable(
        "unknown-format",
        f"there is no capture format {name!r}",
        remedy=f"write one of: {', '.join(known.name for known in FORMATS)}",
    )
