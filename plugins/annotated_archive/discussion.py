"""Hold what the rules of guessing need to know of an item's comments."""

from dataclasses import dataclass

from .model import Document


@dataclass(frozen=True, slots=True)
class Discussion:
    """Hold the comments of a *document*: how early each is, and the places of those to guess about."""

    document: Document
    ranks: tuple[int, ...]
    open: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """Hold one guess: the comment at *place* answers the one at *to*, by its *words*."""

    place: int
    to: int
    words: str
