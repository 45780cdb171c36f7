"""State the contract of a capture format."""

from collections.abc import Callable
from dataclasses import dataclass

from ..model import Capture


@dataclass(frozen=True, slots=True)
class CaptureFormat:
    """Hold a format's *name*, how to recognise its bytes, and how to read them.

    *sniff* looks at the bytes alone, never at a file's name. *read* raises `Unreadable` where the
    bytes cannot be read, and accounts for every character in the capture's entries.
    """

    name: str
    sniff: Callable[[bytes], bool]
    read: Callable[[bytes], Capture]
