"""State the contract of a capture format."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ..model import Capture


@dataclass(frozen=True, slots=True)
class Guide:
    """Tell people about a format or a container: each in Markdown, without a full stop at its end.

    *about* says what it is, *recognised* by what it is known, *reads* and *lacks* list what is
    understood and what is not, *make* says how to make such a capture with common tools.
    """

    about: str
    recognised: str
    reads: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    make: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaptureFormat:
    """Hold a format's *name*, how to recognise its bytes, and how to read them.

    *sniff* looks at the bytes alone, never at a file's name. *read* raises `Unreadable` where the
    bytes cannot be read, and accounts for every character in the capture's entries; its second
    argument is when the file was captured, in ISO 8601, or None.
    """

    name: str
    sniff: Callable[[bytes], bool]
    read: Callable[[bytes, str | None], Capture]
    guide: Guide = field(default=Guide("", ""))
