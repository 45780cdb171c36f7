"""Index a page once, so that every selector after that is a look-up."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from .elements import Element
from .limits import MAX_ATTRIBUTE
from .spans import Spans

_COMPOUND = re.compile(
    r"(?P<tag>^[a-z][a-z0-9]*|^\*)|\.(?P<class>[\w-]+)|#(?P<id>[\w-]+)"
    r"|\[(?P<name>[\w:-]+)(?:(?P<how>[*^$~|]?)=(?P<value>[^\]]*))?\]|:not\((?P<not>[^)]*)\)"
)


_COMMA = re.compile(r",(?![^\[(]*[\])])")
_WORD = re.compile(r">|(?:\[[^\]]*\]|\([^)]*\)|[^\s>\[(])+")


@dataclass(frozen=True, slots=True, eq=False)
class Compound:
    """Hold what one element must have: a tag, classes, an id, attributes; and what it must not.

    Each is one object for each way to write it, and so its own key.
    """

    tag: str = ""
    classes: tuple[str, ...] = ()
    id: str = ""
    attributes: tuple[tuple[str, str, str], ...] = ()
    unlike: "tuple[Compound, ...]" = ()
    is_child: bool = False


@lru_cache(maxsize=4096)
def parse_selector(text: str) -> tuple[tuple[Compound, ...], ...]:
    """Parse a selector: a subset of CSS with ``.c #i [a=v] :not(…)``, descendant, child and comma.

    >>> parse_selector("ol > li.x")[0][1].is_child
    True
    """
    return tuple(_chain(part.strip()) for part in _COMMA.split(text))


@lru_cache(maxsize=8192)
def _chain(text: str) -> tuple[Compound, ...]:
    found, is_child = [], False
    for word in _WORD.findall(text):
        if word == ">":
            is_child = True
            continue
        found.append(_compound(word, is_child))
        is_child = False
    return tuple(found)


@lru_cache(maxsize=8192)
def _compound(text: str, is_child: bool = False) -> Compound:
    tag, id_, classes, attributes, unlike, end = "", "", [], [], [], 0
    for part in _COMPOUND.finditer(text):
        if part.start() != end:
            break
        end = part.end()
        tag = part["tag"] or tag
        id_ = part["id"] or id_
        classes += [part["class"]] if part["class"] else []
        unlike += [_compound(part["not"])] if part["not"] else []
        if part["name"]:
            how = part["how"] or ("=" if part["value"] is not None else "")
            attributes.append((part["name"], how, (part["value"] or "").strip("\"'")))
    if end != len(text):
        raise ValueError(f"not a selector: {text!r}")
    tag = "" if tag == "*" else tag
    return Compound(tag, tuple(classes), id_, tuple(attributes), tuple(unlike), is_child)


@dataclass(slots=True)
class Index:
    """Know the order, the extent, the ids and the classes of a page's elements."""

    root: Element
    elements: list[Element] = field(default_factory=list)
    place: dict[Element, int] = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)
    ids: dict[str, list[Element]] = field(default_factory=dict)
    classes: dict[str, list[Element]] = field(default_factory=dict)
    tags: dict[str, list[Element]] = field(default_factory=dict)
    attributes: dict[str, dict[str, list[Element]]] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)
    found: dict[tuple[Compound, ...], list[Element]] = field(default_factory=dict)
    answers: dict[str, list[Element]] = field(default_factory=dict)

    def contains(self, outer: Element, inner: Element) -> bool:
        """Tell whether *inner* is *outer* or stands within it."""
        first = self.place[outer]
        return first <= self.place[inner] < self.ends[first]

    def extent(self, element: Element) -> tuple[int, int]:
        """Return the place of *element* and the place after its last descendant."""
        first = self.place[element]
        return first, self.ends[first]

    def spans(self, elements: Iterable[Element]) -> Spans:
        """Return the extents of *elements*, merged."""
        return Spans.of(self.extent(one) for one in elements)

    def find(self, selector: str, within: Element | None = None) -> list[Element]:
        """Return the elements that *selector* matches, in the order of the page."""
        found = self.answers.get(selector)
        if found is None:
            chains = [self._chain(chain) for chain in parse_selector(selector)]
            filled = [chain for chain in chains if chain]
            if len(filled) == 1:
                found = filled[0]
            else:
                merged = {one for chain in filled for one in chain}
                found = sorted(merged, key=self.place.__getitem__)
            self.answers[selector] = found
        return self._cut(found, *self.extent(within)) if within is not None else found

    def first(self, selector: str, within: Element | None = None) -> Element | None:
        """Return the first element that *selector* matches, or None."""
        return next(iter(self.find(selector, within)), None)

    def matches(self, element: Element, selector: str) -> bool:
        """Tell whether *selector* matches *element* itself."""
        return any(_matches_chain(element, chain) for chain in parse_selector(selector))

    def _chain(self, chain: tuple[Compound, ...]) -> list[Element]:
        """Return what a chain of compounds matches: within what all but its last match."""
        if chain in self.found:
            return self.found[chain]
        last = chain[-1]
        if len(chain) == 1:
            found = [one for one in self._candidates(last) if _matches(one, last)]
        else:
            found = self._within(self._chain(chain[:-1]), last)
        self.found[chain] = found
        return found

    def _within(self, scopes: list[Element], last: Compound) -> list[Element]:
        if not scopes:
            return []
        if last.is_child:
            children = [child for scope in scopes for child in scope if child in self.place]
            found = [child for child in children if _matches(child, last)]
            return sorted(found, key=self.place.__getitem__)
        candidates = self._candidates(last)
        if not candidates:
            return []
        # a scope is not within itself
        spans = Spans.of((first + 1, end) for first, end in map(self.extent, scopes))
        return [
            one
            for first, end in zip(spans.starts, spans.ends, strict=True)
            for one in self._cut(candidates, first, end)
            if _matches(one, last)
        ]

    def _candidates(self, last: Compound) -> list[Element]:
        if last.id:
            return self.ids.get(last.id, [])
        if last.classes:
            return min((self.classes.get(name, []) for name in last.classes), key=len)
        if last.attributes:
            return self._with(*last.attributes[0])
        return self.tags.get(last.tag, []) if last.tag else self.elements

    def _with(self, name: str, how: str, value: str) -> list[Element]:
        """Return the elements with an attribute: it has few values, and many elements the same."""
        if name not in self.attributes:
            values: dict[str, list[Element]] = {}
            for one in self.elements:
                own = one.get(name)
                if own is not None:
                    values.setdefault(own, []).append(one)
            self.attributes[name] = values
            self.spellings[name] = "\n".join(values)
        values = self.attributes[name]
        if how == "=":
            return values.get(value, [])
        if value not in self.spellings[name]:
            return []
        groups = [group for own, group in values.items() if _is_like(own, how, value)]
        if len(groups) == 1:
            return groups[0]
        return sorted((one for group in groups for one in group), key=self.place.__getitem__)

    def _cut(self, found: list[Element], first: int, last: int) -> list[Element]:
        """Return those of *found*, which are in order, that stand from *first* up to *last*."""
        place = self.place.__getitem__
        low = bisect_left(found, first, key=place)
        return found[low : bisect_left(found, last, lo=low, key=place)]


_UNSEEN = frozenset(["template", "noscript", "noframes"])


def index_page(root: Element) -> Index:
    """Return the index of a parsed page, without what stands in its templates.

    >>> from lxml import html
    >>> [one.tag for one in index_page(html.fromstring("<ul class=x><li id=a>")).find(".x > li")]
    ['li']
    """
    index = Index(root)
    elements, place, ends = index.elements, index.place, index.ends
    unseen = 0
    for event, one in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            unseen = max(unseen - 1, 0)
            if not unseen and one in place:
                ends[place[one]] = len(elements)
            continue
        if unseen:
            unseen += 1
            continue
        unseen = int(one.tag in _UNSEEN)
        place[one] = len(elements)
        elements.append(one)
        ends.append(0)
        index.tags.setdefault(str(one.tag), []).append(one)
        names = one.get("class")
        if names and len(names) > MAX_ATTRIBUTE:
            # only a name is looked for there, and it is taken apart many times
            names = " ".join(filter(str.isprintable, names[:MAX_ATTRIBUTE].split()))
            one.set("class", names)
        if names:
            for name in dict.fromkeys(names.split()):
                index.classes.setdefault(name, []).append(one)
        id_ = one.get("id")
        if id_:
            index.ids.setdefault(id_, []).append(one)
    return index


def _matches_chain(element: Element, chain: tuple[Compound, ...]) -> bool:
    if not _matches(element, chain[-1]):
        return False
    at: Element | None = element
    for place in range(len(chain) - 2, -1, -1):
        is_child = chain[place + 1].is_child
        at = at.getparent() if at is not None else None
        while at is not None and not _matches(at, chain[place]):
            at = None if is_child else at.getparent()
        if at is None:
            return False
    return True


def _matches(element: Element, wanted: Compound) -> bool:
    if wanted.tag and element.tag != wanted.tag:
        return False
    if wanted.id and element.get("id") != wanted.id:
        return False
    if wanted.classes:
        names = (element.get("class") or "").split()
        for name in wanted.classes:
            if name not in names:
                return False
    for attribute in wanted.attributes:
        if not _has(element, *attribute):
            return False
    return not any(_matches(element, one) for one in wanted.unlike)


def _has(element: Element, name: str, how: str, value: str) -> bool:
    own = element.get(name)
    return own is not None and _is_like(own, how, value)


def _is_like(own: str, how: str, value: str) -> bool:
    match how:
        case "":
            return True
        case "=":
            return own == value
        case "*":
            return value in own
        case "^":
            return own.startswith(value)
        case "$":
            return own.endswith(value)
        case "~":
            return value in own.split()
    return own == value or own.startswith(f"{value}-")
