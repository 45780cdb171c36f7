"""Choose one element for each comment, where a page marks several within each other."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from .elements import Element
from .index import Index
from .platform import Platform

_SHELL = re.compile(
    r"(?:^|\s)(?:comment|pingback|trackback|depth-\d+|wpd-comment|wc-comment|comment-item|comment-wrap(?:per)?"
    r"|comment-container|comment-block|single-comment|thread-(?:even|odd))(?:\s|$)"
)
_NO_ITEMS = frozenset(
    [
        "a",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "input",
        "textarea",
        "button",
        "label",
        "form",
        "template",
        "img",
        "time",
    ]
)


def candidates(index: Index, platform: Platform) -> list[Element]:
    """Return all elements that may hold a comment, in the order of the page."""
    found = set(index.find(platform.items)) if platform.items else set()
    if platform.item_ids:
        pattern = _any_id(platform)
        for id_, elements in index.ids.items():
            if pattern.fullmatch(id_):
                found.update(one for one in elements if one.tag not in _NO_ITEMS)
    return sorted(found, key=index.place.__getitem__)


def _any_id(platform: Platform) -> re.Pattern[str]:
    return re.compile("|".join(platform.item_ids) or "(?!)")


def own_ids(found: Sequence[Element], platform: Platform) -> dict[Element, str]:
    """Return the ids that stand on the candidates themselves."""
    pattern = _any_id(platform)
    own: dict[Element, str] = {}
    for one in found:
        match = pattern.fullmatch(one.get("id") or "")
        if match:
            own[one] = next((group for group in match.groups() if group), "")
    return own


def choose(
    index: Index, platform: Platform, found: Sequence[Element], own: dict[Element, str]
) -> list[Element]:
    """Choose one element a comment: its shell where it has one, never two within each other.

    Where candidates have ids, one without an id holds no comment of its own, unless it is a ping.
    """
    shells: dict[Element, str] = {}
    taken: set[Element] = set()
    for one in found:
        if one in own:
            shell = _shell(index, one, own)
            shells.setdefault(shell, own[one])
            taken.add(one)
    spans = [(index.place[s], index.ends[index.place[s]]) for s in shells]
    starts = sorted(place for place, _ in spans)
    loose = [one for one in found if one not in taken and one not in shells]
    if shells:
        pings = ", ".join(part for part in (platform.pingbacks, platform.trackbacks) if part)
        loose = [
            one
            for one in loose
            if pings and index.matches(one, pings) and not _holds(index, one, starts)
        ]
    else:
        loose = _outermost_items(index, loose)
    chosen = sorted({*shells, *loose}, key=index.place.__getitem__)
    own.update(shells)
    return _without_inner(index, chosen, own)


def _holds(index: Index, one: Element, starts: Sequence[int]) -> bool:
    """Tell whether *one* holds an item, which makes it a list or a shell."""
    first = index.place[one]
    at = bisect_right(starts, first - 1)
    return at < len(starts) and starts[at] < index.ends[first]


def _outermost_items(index: Index, loose: Sequence[Element]) -> list[Element]:
    """Leave out an element that only wraps, or is wrapped by, another candidate of the same comment.

    A candidate that is the only one in its parent candidate, with no list between, repeats it.
    """
    kept: list[Element] = []
    stack: list[Element] = []
    for one in loose:
        while stack and not index.contains(stack[-1], one):
            stack.pop()
        if stack and not _is_answer(one, stack[-1]):
            continue
        kept.append(one)
        stack.append(one)
    return kept


_ANSWERS = re.compile(
    r"children|repl(?:y|ies)|thread|nested|indented|answers|responses|sub-?comments|child", re.I
)


def _is_answer(inner: Element, outer: Element) -> bool:
    """Tell whether a list, or an element for answers, stands between two candidates."""
    if (
        inner.tag == outer.tag
        and inner.get("class", "").split()[:1] == outer.get("class", "").split()[:1]
    ):
        return True
    at = inner.getparent()
    while at is not None and at is not outer:
        if at.tag in ("ul", "ol") or _ANSWERS.search(at.get("class") or ""):
            return True
        at = at.getparent()
    return False


def _shell(index: Index, one: Element, own: dict[Element, str]) -> Element:
    """Return the outermost element around *one* that is a comment's, and of no other before it."""
    shell, at = one, one.getparent()
    while at is not None and at.tag in ("li", "div", "article", "section"):
        if at in own and own[at] != own[one]:
            break
        is_shell = at.tag == "li" or at in own or _SHELL.search(at.get("class") or "")
        if is_shell:
            if not _is_first(index, at, one, own):
                break
            if at.tag != "li" and at not in own and sum(child in own for child in at) > 1:
                break
            shell = at
        elif at.tag == "section" or re.search(r"\bcomments|respond", at.get("class") or ""):
            break
        at = at.getparent()
    return shell


def _is_first(index: Index, outer: Element, one: Element, own: dict[Element, str]) -> bool:
    """Tell whether no comment with another id begins in *outer* before *one*."""
    for place in range(index.place[outer], index.place[one]):
        other = own.get(index.elements[place])
        if other is not None and other != own[one]:
            return False
    return True


def _without_inner(
    index: Index, chosen: Sequence[Element], own: dict[Element, str]
) -> list[Element]:
    """Leave out an element whose own id is that of an item around it."""
    kept: list[Element] = []
    stack: list[Element] = []
    for one in chosen:
        while stack and not index.contains(stack[-1], one):
            stack.pop()
        id_ = own.get(one)
        if id_ and any(own.get(outer) == id_ for outer in stack[-3:]):
            continue
        kept.append(one)
        stack.append(one)
    return kept
