"""State the contract of a container: a file that holds captures of many items."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..captures.base import Guide
from ..errors import Problem

Progress = Callable[[int, int, str], None]
"""Takes the bytes done, all bytes, and words on what is being done."""


@dataclass(frozen=True, slots=True)
class Contained:
    """Hold one item of a container, without its bytes.

    *key* names it within the container, *captured* is an ISO 8601 time, *format* a capture format,
    *size* the length of what *read* returns, if known. *provenance* goes into capture.yaml. *state*
    says why it is left out unless it is asked for ("draft", "revisit", "digest failed"), or is empty.
    *slug* is the container's own name of it, *aliases* are addresses that led to it.
    """

    key: str
    address: str
    title: str
    captured: str | None
    format: str
    size: int
    read: Callable[[], bytes] = field(repr=False)
    provenance: Mapping[str, str] = field(default_factory=dict)
    state: str = ""
    slug: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Container:
    """Hold a container's *name*, how to recognise its first unpacked bytes, and how to go through it.

    *entries* streams: it yields items in the order of the file, and a `Problem` for each part that
    it cannot read. It raises one where the whole cannot be read.
    """

    name: str
    sniff: Callable[[bytes], bool]
    entries: Callable[[Path, Progress], Iterator[Contained | Problem]]
    guide: Guide = field(default=Guide("", ""))


def damaged(fault: str, remedy: str = "") -> Problem:
    """Return the problem of a container that breaks off or is not what it says."""
    remedy = remedy or "copy it again from where it came; what stands before the damage can be used"
    return Problem("container-damaged", fault, remedy=remedy)


def refused(fault: str, remedy: str = "") -> Problem:
    """Return the problem of a container that goes beyond a limit."""
    remedy = remedy or "give the captures in it one by one"
    return Problem("container-limit", fault, remedy=remedy)
