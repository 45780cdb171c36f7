"""Hold what is known of a page's comments while they are being read."""

from dataclasses import dataclass, field

from ..model import CapturedComment, Stamp
from .elements import Element
from .items import Item
from .visible import Visible

BEST = 4
"""Score this for a comment with words, a name and a time."""


@dataclass(slots=True)
class Comments:
    """Hold the comments that a table found, and the elements of each."""

    platform: str
    comments: list[CapturedComment] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    ambiguous: list[str] = field(default_factory=list)
    relative: list[str] = field(default_factory=list)
    images: int = 0

    @property
    def score(self) -> int:
        """Count what was found: two for a text, one for an author, one for a time."""
        return sum(2 * bool(c.text) + bool(c.author) + bool(c.stamp) for c in self.comments)


@dataclass(slots=True)
class Draft:
    """Hold what is known of one comment so far, and the elements that say it."""

    author: str = ""
    author_at: Element | None = None
    stamp: Stamp | None = None
    date_at: Element | None = None
    body: Visible | None = None
