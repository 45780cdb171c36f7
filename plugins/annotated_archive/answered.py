"""Find an edition's answers by the comment that gives them, or that got them."""

from collections.abc import Iterable, Mapping

from .model import Answer, Edition


def answers_of(edition: Edition) -> Mapping[str, tuple[Answer, ...]]:
    """Return the answers that each comment gives, by the comment's id."""
    return _grouped((one.comment, one) for one in edition.answers)


def answered_by(edition: Edition) -> Mapping[str, tuple[Answer, ...]]:
    """Return the answers that each comment got, by the comment's id, in the order captured."""
    return _grouped((one.to, one) for one in edition.answers)


def _grouped(pairs: Iterable[tuple[str, Answer]]) -> Mapping[str, tuple[Answer, ...]]:
    groups: dict[str, list[Answer]] = {}
    for name, one in pairs:
        groups.setdefault(name, []).append(one)
    return {name: tuple(group) for name, group in groups.items()}
