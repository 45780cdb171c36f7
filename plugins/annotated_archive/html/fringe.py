"""Leave out what stands at the fringe of an article's body and is no part of it."""

import re
from collections.abc import Collection, Iterable
from itertools import islice

from ..furniture import furniture_name
from .elements import Element, all_text
from .visible import is_hidden

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "ul",
        "ol",
        "section",
        "aside",
        "footer",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "table",
        "figure",
        "dl",
        "center",
    ]
)
_SHARES = re.compile(
    r"(?:share (?:on|this|with)\b.{0,40}|(?:(?:twitter|facebook|whatsapp|google\+?|buffer|linkedin|pin it|pinterest|reddit|e-?mail|print|tumblr|pocket|telegram|mehr|teilen(?: mit:?)?|more)\s*){1,12}"
    r"|gefällt mir:?.{0,30}|(?:kommentar|comment)[ -]?feed\b.{0,120}|.{0,60}\btrackback[ -]ur[il]\b.{0,120}|tagged(?: with| as)?:? .{0,200}|tags?:.{0,200}|schlagwörter:.{0,200}|mots-clés ?:.{0,200})",
    re.IGNORECASE,
)
_FEW = 300
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|related|newsletter|subscribe|author-?box|tags|breadcrumbs?|rating|adsbygoogle)(?:$|[\s_-])",
    re.I,
)


def fringe(body: Element, leave_out: Collection[Element]) -> set[Element]:
    """Return the blocks at the beginning and the end of *body* that are furniture, and boxes of links.

    >>> from lxml import html
    >>> body = html.fromstring("<div><p>It rained.<p>Share this:</div>")
    >>> [one.text for one in fringe(body, set())]
    ['Share this:']
    """
    leaves = [one for one in _leaves(body) if one not in leave_out and not is_hidden(one)]
    found: set[Element] = set()
    for ordered in (leaves, reversed(leaves)):
        found |= _while_furniture(ordered)
    return found | {
        one
        for one in body.iter("div", "section")
        if one is not body and _is_small(one) and _is_links(one)
    }


def _leaves(body: Element) -> list[Element]:
    return [
        one
        for one in body.iterdescendants()
        if one.tag in _BLOCKS and not any(child.tag in _BLOCKS for child in one)
    ]


def _while_furniture(leaves: Iterable[Element]) -> set[Element]:
    found = set()
    for one in leaves:
        text = " ".join(all_text(one).split())
        if not text:
            continue
        if len(text) > 240 or not (furniture_name(text) or _SHARES.fullmatch(text)):
            break
        found.add(one)
    return found


def _is_small(one: Element) -> bool:
    """Tell whether a box has few elements, so that boxes within boxes cost little."""
    return next(islice(one.iterdescendants(), _FEW, None), None) is None


def _is_links(one: Element) -> bool:
    """Tell whether a box by its name leads elsewhere, or holds little but links."""
    if _NAMES.search(f"{one.get('class') or ''} {one.get('id') or ''}"):
        return len(all_text(one)) < 1500
    links = list(one.iter("a"))
    if len(links) < 2 or not one.get("class"):
        return False
    text = len(" ".join(all_text(one).split()))
    linked = sum(len(" ".join(all_text(link).split())) for link in links)
    return text < 800 and linked > 0.8 * text
