"""Describe an item in the words of schema.org, with its comments and the claims that editors checked.

What a guess, a reckoned time, or a name that was not captured or is withheld would say is left out. A time without
an hour is a day alone.
"""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..citations import ITEM_TYPES
from ..marks import show_marks
from ..model import Annotation, Comment, Edition
from ..wording import known_authors, known_name

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Described:
    """Hold what is known beside the edition: the *site*'s name, and addresses where there are any.

    *home* is the site's address, *address* the item's own; *item_type* is a key of `ITEM_TYPES`.
    """

    site: str
    home: str = ""
    address: str = ""
    item_type: str = "blogPosting"

    def place(self, name: str) -> str:
        """Return the identity of a place in the item: absolute, or relative to its folder.

        >>> Described("a").place("comment-1"), Described("a", address="https://a.example/b/").place("")
        ('index.html#comment-1', 'https://a.example/b/')
        """
        return (self.address or "index.html") + (f"#{name}" if name else "")


def structured_data(edition: Edition, about: Described, comments: Iterable[Comment]) -> Json:
    """Return what the item's own page says: the item, its *comments* there, the claims checked."""
    item = _item(edition, about) | _discussion(edition, about, comments)
    reviews = [*_reviews(edition, about)]
    body = {"@graph": [item, *reviews]} if reviews else item
    return {"@context": "https://schema.org", **body}


def further_data(edition: Edition, about: Described, comments: Iterable[Comment]) -> Json:
    """Return what a further page says: of which item it shows which *comments*."""
    item = _item(edition, about)
    named = {name: item[name] for name in ("@type", "@id", "headline")}
    discussion = _discussion(edition, about, comments)
    return {"@context": "https://schema.org", **named, **discussion}


def _item(edition: Edition, about: Described) -> Json:
    document = edition.document
    source = document.source or ""
    return _known(
        {
            "@type": ITEM_TYPES[about.item_type].schema,
            "@id": about.place(""),
            "url": about.address,
            "headline": show_marks(document.title),
            "author": [_person(name) for name in known_authors(document)],
            "datePublished": _when(document.published, document.is_day),
            "inLanguage": document.language,
            "keywords": list(map(show_marks, edition.tags)),
            "publisher": _known(
                {"@type": "Organization", "name": about.site, "url": about.home},
            ),
            "isBasedOn": show_marks(source) if source.startswith(("http://", "https://")) else "",
            "commentCount": sum(one.kind == "comment" for one in document.comments),
        }
    )


def _discussion(edition: Edition, about: Described, comments: Iterable[Comment]) -> Json:
    answers = _answers(edition)
    parents = frozenset(answers.values())
    readers = (one for one in comments if one.kind == "comment")
    withheld = edition.document.replacements
    listed = [_comment(one, about, answers, parents, withheld) for one in readers]
    return _known({"comment": listed})


def _answers(edition: Edition) -> Mapping[str, str]:
    """Return which comment each one answers: as the page or an editor says, never as a guess."""
    said = {one.id: one.reply_to for one in edition.document.comments if one.reply_to}
    return said | {one.comment: one.to for one in edition.answers if one.by != "machine"}


def _comment(
    one: Comment,
    about: Described,
    answers: Mapping[str, str],
    parents: Container[str],
    withheld: Collection[str],
) -> Json:
    """Return one comment; its address is its identity too only where that is referred to.

    There may be 500 on a page, and each address is long.
    """
    parent = answers.get(one.id)
    author = known_name(one.author, withheld)
    identity = about.place(one.id)
    return _known(
        {
            "@type": "Comment",
            "@id": identity if one.id in parents or not about.address else "",
            "url": identity if about.address else "",
            "author": _person(author) if author else "",
            "dateCreated": "" if one.is_approximate else _when(one.published, one.is_day),
            "text": show_marks(one.text),
            "parentItem": {"@id": about.place(parent)} if parent else "",
        }
    )


def _reviews(edition: Edition, about: Described) -> Iterator[Json]:
    """Yield a ClaimReview for each fact check that says what was claimed, and what is known of it."""
    for one in edition.annotations:
        claim, verdict = one.field("claim"), one.field("verdict")
        if one.kind == "fact-check" and one.targets and claim and verdict:
            yield _review(one, claim, verdict, about)


def _review(one: Annotation, claim: str, verdict: str, about: Described) -> Json:
    identity = about.place(f"note-{one.id}")
    appears = about.place(one.home if one.home.startswith("comment-") else "")
    return _known(
        {
            "@type": "ClaimReview",
            "@id": identity,
            "url": identity,
            "claimReviewed": claim,
            "reviewRating": {"@type": "Rating", "alternateName": verdict},
            "author": _person(one.by) if one.by else {"@type": "Organization", "name": about.site},
            "datePublished": one.date,
            "itemReviewed": {"@type": "Claim", "appearance": {"@id": appears}},
        }
    )


def _person(name: str) -> Json:
    return {"@type": "Person", "name": show_marks(name)}


def _when(when: datetime | None, is_day: bool) -> str:
    if when is None:
        return ""
    return when.date().isoformat() if is_day else when.isoformat()


def _known(facts: Json) -> Json:
    """Return the facts that are known; a count of none is one of them."""
    return {name: value for name, value in facts.items() if value or value == 0}
