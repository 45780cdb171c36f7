"""Show each page no more of the archive than is its own, so that it depends on nothing else.

The page of an item looks up who else of its commenters wrote, and where its tags are listed; it has
the indexes of the whole archive no longer, only what they say of it.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..views import EditionView


@dataclass(frozen=True)
class KnownCommenter:
    """Show what an item's page says of a commenter: its page's *address*, *count* and *short* name."""

    address: str
    count: str
    short: str


@dataclass(frozen=True)
class ItemCommenters:
    """Know the commenters of one item who have a page, by their comments' ids."""

    slug: str
    known: Mapping[str, KnownCommenter]

    def of(self, slug: str, comment: str) -> KnownCommenter | None:
        """Return who wrote a comment of the item, if that name has a page."""
        return self.known.get(comment) if slug == self.slug else None


@dataclass(frozen=True)
class Namesake:
    """Know the commenter who has the *name* of an author, if there is one."""

    name: str
    known: KnownCommenter | None

    def named(self, name: str) -> KnownCommenter | None:
        """Return the commenter of the name."""
        return self.known if name == self.name else None


PAGINATOR = "_paginator"


def narrowed(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a page of one thing has instead of the indexes of the whole archive.

    A page of a list has what is on it, and of the others their addresses and their number.
    """
    own = _own(context)
    for name, paginator in context.items():
        if name.endswith(PAGINATOR):
            own |= _page_of(context, name.removesuffix(PAGINATOR), paginator)
    return own


def _page_of(context: Mapping[str, Any], name: str, paginator: Any) -> dict[str, Any]:
    """Return one page of a list without what stands on the others."""
    lean = copy(paginator)
    lean._count, lean._num_pages, lean.object_list = paginator.count, paginator.num_pages, ()
    own = {f"{name}{PAGINATOR}": lean}
    for place in ("_page", "_next_page", "_previous_page"):
        page = context[f"{name}{place}"]
        if page is not None:
            own[f"{name}{place}"] = page = copy(page)
            page.paginator = lean
            page.object_list = page.object_list if place == "_page" else ()
    return own


def _own(context: Mapping[str, Any]) -> dict[str, Any]:
    if "tag" in context:
        return _of_tag(context)
    if "author" in context:
        return _of_author(context)
    view = getattr(context.get("article"), "edition", None)
    if view is None:
        return {}
    commenters = context.get("COMMENTERS")
    places = context.get("TAG_PLACES") or {}
    tags = {*view.edition.tags, *(tag for one in view.notes for tag in one.tags)}
    return {
        "COMMENTERS": commenters.keep(view, partial(_commenters, commenters, view))
        if commenters
        else None,
        "TAG_PLACES": {name: places[name] for name in sorted(tags) if name in places},
    }


def _of_tag(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return the notes of one tag, by all the names that lead to it."""
    index, tag = context.get("NOTE_INDEX"), context["tag"]
    if index is None:
        return {}
    name = getattr(tag, "captured", tag.name) or tag.name
    names = (context.get("TAG_NAMES") or {}).get(name, (name,))
    return {"NOTE_INDEX": index.of_tags(names), "TAG_NAMES": {name: tuple(names)}}


def _of_author(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return the commenter of an author's name, if there is one."""
    index, author = context.get("COMMENTERS"), context["author"]
    if not index:
        return {}
    name = getattr(author, "captured", author.name) or author.name
    return {"COMMENTERS": Namesake(name, known_as(index.named(name)))}


def known_as(commenter: Any) -> KnownCommenter | None:
    """Return what other pages say of a commenter."""
    if commenter is None:
        return None
    return KnownCommenter(commenter.address, commenter.count, commenter.short)


def _commenters(index: Any, view: EditionView) -> ItemCommenters:
    found = {one.id: known_as(index.of(view.slug, one.id)) for one in view.document.comments}
    return ItemCommenters(view.slug, {id: one for id, one in found.items() if one})
