"""State what a table of a platform holds: where its pages keep what."""

from dataclasses import dataclass

Where = tuple[str, str, str]
"""Say where a value stands: a selector (empty: the item itself; ^: the element before it), an attribute,
a pattern of one group."""


@dataclass(frozen=True, slots=True)
class Platform:
    """Hold one platform's markup through the years, as selectors; each tuple is tried in its order.

    *marks* are on every page of it; one that *is everywhere* is looked for without them too. *items* hold one comment each; *item_ids* are patterns of ids
    whose elements do so too. *follows* says that a comment goes on over the siblings after its item,
    up to the next. *ids* say where a comment's own id is, *parents* that of the one it answers;
    *level* is a pattern of a class that counts how deep it is, *nests* what its answers are indented
    by. *leave_out* is no text of a comment. A *body* that ends in "+" is all of its matches together.
    *name_cut* is no part of a name.
    """

    name: str
    is_everywhere: bool = False
    marks: str = ""
    items: str = ""
    item_ids: tuple[str, ...] = ()
    follows: bool = False
    ids: tuple[Where, ...] = ()
    author: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    parents: tuple[Where, ...] = ()
    level: str = ""
    nests: str = ""
    pingbacks: str = ""
    trackbacks: str = ""
    leave_out: str = ""
    declared: tuple[str, ...] = ()
    pager: str = ""
    elsewhere: str = ""
    article: tuple[str, ...] = ()
    article_leave_out: str = ""
    title: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    name_cut: str = ""
