"""Recognise containers, files that hold captures of many items: one file a container."""

from pathlib import Path

from .base import Contained, Container, Progress
from .disqus import CONTAINER as DISQUS
from .opened import first_bytes
from .wacz import CONTAINER as WACZ
from .warc import CONTAINER as WARC
from .wxr import CONTAINER as WXR

CONTAINERS: tuple[Container, ...] = (WARC, WACZ, WXR, DISQUS)

__all__ = ["CONTAINERS", "Contained", "Container", "Progress", "recognise_container"]


def recognise_container(path: Path) -> Container | None:
    """Return the first container that recognises a file by its first bytes, or None."""
    head = first_bytes(path)
    return next((one for one in CONTAINERS if one.sniff(head)), None)
