"""Count what the whole archive holds, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ..views import EditionView
from ..wording import date_words


@dataclass(frozen=True, slots=True)
class Holdings:
    """Hold the figures of the archive; *first* and *last* are days of its items, or None.

    *missing* are the responses that pages declared and no capture has, *names* the different names
    that comments bear, those withheld left out.
    """

    items: int
    comments: int
    missing: int
    notes: int
    sources: int
    names: int
    first: datetime | None = None
    last: datetime | None = None

    @property
    def first_day(self) -> str:
        """Return the day of the oldest item in words, or an empty string."""
        return date_words(self.first) if self.first else ""

    @property
    def last_day(self) -> str:
        """Return the day of the newest item in words, or an empty string."""
        return date_words(self.last) if self.last else ""


def in_zone(when: datetime) -> datetime:
    """Return a moment that can be compared with any other."""
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def holdings_of(editions: Sequence[EditionView], sources: int, names: int) -> Holdings:
    """Count the editions, given how many sources and names they have."""
    documents = [edition.document for edition in editions]
    days = sorted((one.published for one in documents if one.published), key=in_zone)
    return Holdings(
        items=len(documents),
        comments=sum(len(one.comments) for one in documents),
        missing=sum(one.responses.missing for one in documents),
        notes=sum(len(edition.notes) for edition in editions),
        sources=sources,
        names=names,
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )
