"""Guess whom a comment answers by the name that it addresses."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from .address_forms import FORMS, Form, form_at
from .addressees import Name, Names
from .discussion import Discussion, Guess

_PARTNERS = 3
"""Who addresses so many others is perhaps the post's author, and may be addressed for the post."""
_NEAR = 3


@dataclass(frozen=True, slots=True)
class _Address:
    """Hold one address: the *guess* made of it, who speaks to whom, and in which form."""

    guess: Guess
    by: Name
    to: Name
    form: Form


def named_answers(discussion: Discussion) -> Iterator[Guess]:
    """Yield a guess for each commenter whom a comment addresses, and who wrote before it.

    Who answers many is perhaps the host of the page, and then "Jacob, ..." may be about the post:
    there only a plain "@Jacob", shortly after a comment of that name, is taken for an answer.
    """
    addresses = tuple(_addresses(discussion))
    hosts = _hosts(addresses)
    ranks = discussion.ranks
    for one in addresses:
        distance = ranks[one.guess.place] - ranks[one.guess.to]
        if one.to not in hosts or (one.form is FORMS[0] and distance <= _NEAR):
            yield one.guess


def _addresses(discussion: Discussion) -> Iterator[_Address]:
    """Yield each address of an earlier commenter by another."""
    comments = discussion.document.comments
    names = Names(discussion.document, discussion.ranks)
    for place in discussion.open:
        text, own = comments[place].text, names.names[place]
        for found in names.in_text(text):
            if _is_own(found.name, own):
                continue
            to = names.latest(found, discussion.ranks[place])
            if to is None:
                continue
            taken = form_at(text, found.start, found.end, names.weakness(found))
            if taken:
                form, begins = taken
                words = " ".join(text[begins : found.end].split())
                yield _Address(Guess(place, to, words), own, found.name, form)


def _is_own(name: Name, own: Name) -> bool:
    """Tell whether a name may be the commenter's own, as "Thanks, Tim" is where Timothy signs.

    >>> _is_own(("tim", "brown"), ("timothy",)), _is_own(("tom",), ("timothy",))
    (True, False)
    """
    if name == own or not own:
        return bool(own)
    short, long = sorted((name[0], own[0]), key=len)
    return len(short) > 2 and long.startswith(short)


def _hosts(addresses: Sequence[_Address]) -> Collection[Name]:
    """Return the names of those who address many others."""
    partners: dict[Name, set[Name]] = {}
    for one in addresses:
        partners.setdefault(one.by, set()).add(one.to)
    return {name for name, others in partners.items() if name and len(others) >= _PARTNERS}
