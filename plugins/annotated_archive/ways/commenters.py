"""List the comments of the whole archive by the names that they were written under."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import Any, TypeVar

from ..marks import show_marks
from ..model import Comment
from ..project import make_slug
from ..views import EditionView
from ..wording import is_replacement, kind_words, plural, time_words
from .commenter_names import INITIAL, initial_of, shown_name, slugs_of
from .holdings import in_zone

T = TypeVar("T")
EXCERPT = 300
"""How many characters of a comment are shown away from its page."""
SPLIT_AT = 300
"""From so many names on, each initial has pages of its own."""
_LONG_NAME = 80


@dataclass(frozen=True, slots=True)
class Contribution:
    """Show one comment away from its page: *item* is the address of its item."""

    comment: Comment
    edition: EditionView
    item: str

    @property
    def title(self) -> str:
        """Return the title of its item."""
        return self.edition.title

    @property
    def address(self) -> str:
        """Return the address of the comment below the site's root."""
        return below(self.item, self.edition.where(self.comment.id))

    @property
    def time(self) -> str:
        """Return its time in ISO 8601, or an empty string."""
        published = self.comment.published
        return published.isoformat() if published else ""

    @property
    def when(self) -> str:
        """Return its time in words, or as it was printed, or say that none was captured.

        A reckoned time is told as one, after the words that it was reckoned from.
        """
        one = self.comment
        printed = show_marks(one.printed)
        if not one.published:
            return printed or "no time captured"
        words = time_words(one.published, one.is_day)
        if not one.is_approximate:
            return words
        return f"{printed}, reckoned as {words}" if printed else f"{words}, reckoned"

    @property
    def is_folded(self) -> bool:
        """Tell whether a content warning covers it."""
        return self.comment.id in self.edition.folded

    @property
    def excerpt(self) -> str:
        """Return how it begins; empty where a content warning covers it."""
        return "" if self.is_folded else excerpt_of(self.comment.text)

    @property
    def moment(self) -> tuple[bool, datetime]:
        """Return what it is ordered by: its time, those without one last."""
        published = self.comment.published
        if published is None:
            return True, datetime.max.replace(tzinfo=UTC)
        return False, in_zone(published)


@dataclass(frozen=True)
class Commenter:
    """Show one name: its comments, oldest first, and the *address* of its page.

    A name with a single comment has no page: its address is that of the comment.
    """

    name: str
    comments: tuple[Contribution, ...]
    address: str

    @property
    def has_page(self) -> bool:
        """Tell whether its comments have a page."""
        return len(self.comments) > 1

    @property
    def count(self) -> str:
        """Return the number of its comments, in words."""
        return plural(len(self.comments), "comment")

    @property
    def items(self) -> str:
        """Return the number of items that it stands in, in words."""
        return plural(len({one.item for one in self.comments}), "item")

    @property
    def short(self) -> str:
        """Return the name, or how a very long one begins."""
        return self.name if len(self.name) <= _LONG_NAME else f"{self.name[:_LONG_NAME]}…"


@dataclass(frozen=True)
class Initial:
    """Hold the names that begin alike: *words* for readers, and their page's *address*."""

    words: str
    anchor: str
    address: str
    commenters: tuple[Commenter, ...]


class CommenterIndex:
    """Know every name that comments of readers were written under.

    *nameless* comments have no name, *withheld* ones none that may be shown; *pings* are what other
    sites sent. None of them is listed. *item_address* gives an item's address by its slug.
    """

    def __init__(
        self,
        editions: Sequence[EditionView],
        item_address: str = "{slug}/index.html",
        split_at: int = SPLIT_AT,
    ) -> None:
        found: dict[str, list[Contribution]] = {}
        left_out: Counter[str] = Counter()
        for edition in editions:
            address = item_address.format(slug=edition.slug)
            listed = edition.keep(("commenters", address), partial(_listed, edition, address))
            for name, one in listed.named:
                found.setdefault(name, []).append(one)
            left_out.update(listed.left_out)
        self.nameless, self.withheld = left_out["nameless"], left_out["withheld"]
        self.pings = left_out["pings"]
        slugs = slugs_of([name for name, listed in found.items() if len(listed) > 1])
        made = (_commenter(name, listed, slugs) for name, listed in found.items())
        keyed = sorted((make_slug(one.name[:200]), one.name, one) for one in made)
        self.commenters = tuple(one for _, _, one in keyed)
        self.is_split = len(found) > split_at
        self._last: tuple[EditionView, Any] | None = None

    @cached_property
    def _by_comment(self) -> Mapping[tuple[str, str], Commenter]:
        return {
            (one.edition.slug, one.comment.id): commenter
            for commenter in self.commenters
            if commenter.has_page
            for one in commenter.comments
        }

    @cached_property
    def _by_name(self) -> Mapping[str, Commenter]:
        return {one.name: one for one in self.commenters}

    def of(self, slug: str, comment: str) -> Commenter | None:
        """Return the commenter of one comment of an item, if the name has a page."""
        return self._by_comment.get((slug, comment))

    def keep(self, edition: EditionView, make: Callable[[], T]) -> T:
        """Return what *make* returned when it was last asked for, if that was for the same item.

        An item of very many comments has many pages, which follow on each other.
        """
        if self._last is None or self._last[0] is not edition:
            self._last = edition, make()
        found: T = self._last[1]
        return found

    def named(self, name: str) -> Commenter | None:
        """Return the commenter of a name."""
        return self._by_name.get(shown_name(name))

    @property
    def with_pages(self) -> tuple[Commenter, ...]:
        """Return the commenters that have a page."""
        return tuple(one for one in self.commenters if one.has_page)

    @cached_property
    def initials(self) -> tuple[Initial, ...]:
        """Return the names by what they begin with: letters, then digits, then other signs."""
        found: dict[tuple[str, str], list[Commenter]] = {}
        for one in self.commenters:
            found.setdefault(initial_of(one.name), []).append(one)
        order = sorted(found, key=lambda initial: (len(initial[1]) > 1, initial[1]))
        return tuple(
            Initial(words, f"{INITIAL}{key}", self._page_of(key), tuple(found[words, key]))
            for words, key in order
        )

    def _page_of(self, key: str) -> str:
        page = f"commenters/{INITIAL}{key}.html"
        return page if self.is_split else f"commenters/index.html#{INITIAL}{key}"


@dataclass(frozen=True, slots=True)
class _Listed:
    """Hold the comments of one item under their names, and how many are *left_out*, by why."""

    named: tuple[tuple[str, Contribution], ...]
    left_out: Mapping[str, int]


def _listed(edition: EditionView, address: str) -> _Listed:
    replacements = edition.document.replacements
    named = []
    left_out: Counter[str] = Counter()
    for comment in edition.document.comments:
        name = shown_name(comment.author)
        if kind_words(comment):
            left_out["pings"] += 1
        elif not name:
            left_out["nameless"] += 1
        elif is_replacement(comment.author, replacements):
            left_out["withheld"] += 1
        else:
            named.append((name, Contribution(comment, edition, address)))
    return _Listed(tuple(named), left_out)


def _commenter(name: str, listed: list[Contribution], slugs: Mapping[str, str]) -> Commenter:
    listed.sort(key=lambda one: one.moment)
    address = f"commenters/{slugs[name]}.html" if name in slugs else listed[0].address
    return Commenter(name, tuple(listed), address)


def below(item: str, place: str) -> str:
    """Return the address below the site of a *place* that is known from its item's page on.

    >>> below("a/index.html", "#b"), below("a/index.html", "comments-2.html#b"), below("a/", "#b")
    ('a/index.html#b', 'a/comments-2.html#b', 'a/#b')
    """
    return f"{item}{place}" if place.startswith("#") else f"{item.rpartition('/')[0]}/{place}"


def excerpt_of(text: str, length: int = EXCERPT) -> str:
    """Return how a text begins, cut between words.

    >>> excerpt_of("one  two three", 8)
    'one two …'
    """
    words = " ".join(text[: length * 8].split())
    if len(words) <= length and len(text) <= length * 8:
        return show_marks(words)
    kept = words[: length + 1].rpartition(" ")[0]
    return show_marks(f"{kept if len(kept) > length // 2 else words[:length]} …")
