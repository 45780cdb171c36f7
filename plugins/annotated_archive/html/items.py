"""Find the elements that hold one comment each, and which of them answers which."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from .elements import Element
from .index import Index
from .limits import MAX_COMMENTS
from .platform import Platform, Where
from .shells import candidates, choose, own_ids

_OUTSIDE = (
    ".widget:not(.Blog), .sidebar, #sidebar, #secondary, .recentcomments, #recentcomments, .recent-comments, #recent-comments,"
    " .widget_recent_comments, .wp-block-latest-comments, .latest-comments, nav, .comment-respond, #respond"
)


@dataclass(slots=True)
class Item:
    """Hold where a comment stands: an element, and up to which place of the page it goes on."""

    element: Element
    first: int
    last: int
    source_id: str = ""
    parent: int = -1
    rest: list[Element] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        """Return the elements that it consists of."""
        return [self.element, *self.rest]


@dataclass(slots=True)
class Items:
    """Hold all items of a page in its order; *parent* of each is the item around it, or -1."""

    index: Index
    all: list[Item]
    starts: list[int] = field(default_factory=list)

    def owner(self, element: Element) -> int:
        """Return the number of the innermost item around *element*, or -1."""
        place = self.index.place[element]
        at = bisect_right(self.starts, place) - 1
        while at >= 0 and self.all[at].last <= place:
            at = self.all[at].parent
        return at

    def group(self, selector: str) -> dict[int, list[Element]]:
        """Return what *selector* matches, by the item that it stands in."""
        groups: dict[int, list[Element]] = {}
        for element in self.index.find(selector):
            owner = self.owner(element)
            if owner >= 0:
                groups.setdefault(owner, []).append(element)
        return groups


def find_items(index: Index, platform: Platform) -> Items:
    """Return the items of the comments that *platform* knows on a page."""
    outside = index.spans(index.find(_OUTSIDE))
    found = candidates(index, platform)
    own = own_ids(found, platform)
    found = [one for one in found if one in own or index.place[one] not in outside]
    chosen = choose(index, platform, found[:MAX_COMMENTS], own)
    items = Items(
        index, [Item(one, index.place[one], index.ends[index.place[one]]) for one in chosen]
    )
    items.all = _without_repeats(items.all, own)
    if platform.follows or any(item.element.tag == "dt" for item in items.all):
        _follow(index, items.all)
    _nest(items.all)
    items.starts = [item.first for item in items.all]
    _identify(items, platform, own)
    return items


def _follow(index: Index, items: list[Item]) -> None:
    """Let each item go on over its siblings, up to the next item among them."""
    begins = {item.element for item in items}
    starts = [item.first for item in items]
    for item in items:
        at = item.element.getnext()
        while at is not None and at not in begins:
            is_own = at.tag == "dd" and item.element.tag == "dt"
            if at.tag in ("hr", "form", "script", "h1", "h2", "h3"):
                break
            if not is_own and _has_item(index, at, starts):
                break
            item.rest.append(at)
            item.last = index.ends[index.place[at]]
            at = at.getnext()


def _has_item(index: Index, element: Element, starts: Sequence[int]) -> bool:
    first = index.place[element]
    at = bisect_right(starts, first - 1)
    return at < len(starts) and starts[at] < index.ends[first]


def _nest(items: list[Item]) -> None:
    stack: list[int] = []
    for number, item in enumerate(items):
        while stack and items[stack[-1]].last <= item.first:
            stack.pop()
        item.parent = stack[-1] if stack else -1
        stack.append(number)


def _identify(items: Items, platform: Platform, own: dict[Element, str]) -> None:
    """Give each item the page's own id of it: its element's, else that of what stands in it.

    An id that stands twice is the first one's.
    """
    for item in items.all:
        item.source_id = own.get(item.element, "")
    for where in platform.ids:
        if all(item.source_id for item in items.all):
            break
        for number, value in values_at(items, where).items():
            items.all[number].source_id = items.all[number].source_id or value
    seen: set[str] = set()
    for item in items.all:
        item.source_id = "" if item.source_id in seen else item.source_id
        seen.add(item.source_id)


def values_at(items: Items, where: Where) -> dict[int, str]:
    """Return the value that stands in each item where *where* says, by the item's number."""
    return {number: values[0] for number, values in all_values_at(items, where).items()}


def all_values_at(items: Items, where: Where) -> dict[int, list[str]]:
    """Return all values that stand in each item where *where* says, by the item's number."""
    selector, attribute, pattern = where
    values: dict[int, list[str]] = {}
    if not selector:
        groups = {number: item.elements for number, item in enumerate(items.all)}
    elif selector == "^":
        before = ((number, item.element.getprevious()) for number, item in enumerate(items.all))
        groups = {number: [one] for number, one in before if one is not None}
    else:
        groups = items.group(selector)
    compiled = re.compile(pattern)
    for number, elements in groups.items():
        for element in elements:
            found = compiled.search(element.get(attribute) or "")
            if found:
                values.setdefault(number, []).append(next((g for g in found.groups() if g), ""))
    return values


def _without_repeats(items: list[Item], own: dict[Element, str]) -> list[Item]:
    """Leave out a later item with the same id as an earlier one."""
    seen: set[str] = set()
    kept = []
    for item in items:
        id_ = own.get(item.element, "")
        if not id_ or id_ not in seen:
            kept.append(item)
        seen.add(id_)
    return kept
