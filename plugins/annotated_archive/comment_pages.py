"""Spread the comments of an item over pages, and nest the answers within a page.

An item's own page, ``index.html``, has the article and the first comments; ``comments-2.html`` and
so on have the others. Where a comment stands may change with every new capture. So its permanent
address is that of the item's own page, which keeps every comment's id.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .model import Annotation, Comment
from .notes import reference_id

PER_PAGE = 500
"""At most so many comments stand on a page: more of them make a phone slow."""
DEEPEST = 6
"""How many levels of answers are set in; a narrow screen has room for no more."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Hold the comments in the order in which they are shown, and where each place is.

    *pages* gives the number of the page of each place, from 1: a comment's id, a note's, a
    reference's. Places of the first page need not be in it.
    """

    comments: tuple[Comment, ...]
    per_page: int
    pages: Mapping[str, int]

    @property
    def count(self) -> int:
        """Count the pages; an item without comments has one."""
        return max(1, -(-len(self.comments) // self.per_page))

    def on(self, number: int) -> tuple[Comment, ...]:
        """Return the comments of a page."""
        return self.comments[(number - 1) * self.per_page : number * self.per_page]

    def page_of(self, place: str) -> int:
        """Return the number of the page that a place is on."""
        return self.pages.get(place, 1)

    def link(self, place: str, here: int) -> str:
        """Return the address of a place from the page *here* of the same item on."""
        number = self.page_of(place)
        return f"#{place}" if number == here else f"{page_name(number)}#{place}"


def page_name(number: int) -> str:
    """Return the name of a page's file in the item's folder.

    >>> page_name(1), page_name(2)
    ('index.html', 'comments-2.html')
    """
    return "index.html" if number == 1 else f"comments-{number}.html"


def below(item: str, place: str) -> str:
    """Return the address of a place that is given from the page *item* on.

    >>> below("rain/index.html", "#a"), below("rain/", "comments-2.html#a")
    ('rain/index.html#a', 'rain/comments-2.html#a')
    """
    return item + place if place.startswith("#") else item.removesuffix("index.html") + place


def paging(
    comments: Sequence[Comment], annotations: Sequence[Annotation], per_page: int = PER_PAGE
) -> Paging:
    """Spread *comments* over pages, those of readers first, then what other sites sent."""
    shown = sorted(comments, key=lambda one: one.kind != "comment")
    pages = {one.id: place // per_page + 1 for place, one in enumerate(shown)}
    for one in annotations if len(shown) > per_page else ():
        if one.home in pages:
            pages[f"note-{one.id}"] = pages[one.home]
        for number, target in enumerate(one.targets, 1):
            if target.place in pages:
                pages[reference_id(one.id, number)] = pages[target.place]
    return Paging(tuple(shown), per_page, pages)


def depths(comments: Sequence[Comment]) -> tuple[int, ...]:
    """Return how deep each comment is nested: an answer below the comment that it answers.

    Only those are nested that were captured so, each after the one that it answers or after
    another answer to it: nesting never changes the order.

    >>> a, b, c = Comment("a", "A", ""), Comment("b", "B", "", reply_to="a"), Comment("c", "C", "")
    >>> depths([a, b, c]), depths([a, c, b])
    ((0, 1, 0), (0, 0, 0))
    """
    found, above = [], list[str]()
    for one in comments:
        kept = above.index(one.reply_to) + 1 if one.reply_to in above else 0
        above[kept:] = [one.id]
        found.append(min(kept, DEEPEST))
    return tuple(found)
