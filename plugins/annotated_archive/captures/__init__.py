"""Recognise and read captures: one file a format, tried in the order of `FORMATS`."""

from ..errors import Unreadable
from ..model import Capture
from .base import CaptureFormat
from .text import FORMAT as TEXT

FORMATS: tuple[CaptureFormat, ...] = (TEXT,)


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


def read(data: bytes, name: str) -> Capture:
    """Read *data* by the format called *name*."""
    for candidate in FORMATS:
        if candidate.name == name:
            return candidate.read(data)
    raise Unreadable(
        "unknown-format",
        f"there is no capture format {name!r}",
        remedy=f"write one of: {', '.join(known.name for known in FORMATS)}",
    )
