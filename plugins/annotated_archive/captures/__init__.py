"""Recognise and read captures: one module a format, tried in the order of `FORMATS`."""

from importlib import import_module

from ..errors import Unreadable
from ..model import Capture
from .base import CaptureFormat

FORMATS = ("wxr", "disqus", "mhtml", "html", "text")
"""The formats' names. Each has the module of its name, which is imported when it is first needed."""


def format_of(name: str) -> CaptureFormat:
    """Return one of `FORMATS`.

    >>> format_of("text").name
    'text'
    """
    found: CaptureFormat = import_module(f".{name}", __name__).FORMAT
    return found


def recognise(data: bytes) -> CaptureFormat:
    """Return the first format that recognises *data* by its content."""
    for name in FORMATS:
        if format_of(name).sniff(data):
            return format_of(name)
    raise Unreadable(
        "unknown-format",
        "no capture format recognises this file",
        remedy=f"give one of: {', '.join(FORMATS)}",
    )


def read(data: bytes, name: str, captured: str | None = None) -> Capture:
    """Read *data* by the format called *name*; *captured* is when it was captured, if that is known."""
    if name in FORMATS:
        return format_of(name).read(data, captured)
    raise Unreadable(
        "unknown-format",
        f"there is no capture format {name!r}",
        remedy=f"write one of: {', '.join(FORMATS)}",
    )
