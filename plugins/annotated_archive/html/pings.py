"""Tell pingbacks and trackbacks from comments, and read who sent them."""

import re

from ..model import CommentKind
from .bodies import cut
from .elements import all_text
from .items import Item, Items
from .platform import Platform
from .visible import Visible

_FROM = re.compile(
    r"^\W*(?P<title>.{1,300}?)\s+(?:from|von|de|da|van|от|from weblog)\s+(?P<name>[^\n]{1,120})$|^\W*(?P<t2>.{1,300}?)\s+(?:from|より)\s*(?P<n2>[^\n]{1,120})$",
    re.I,
)
_MORE = re.compile(
    r"\s*\[(?:read more|weiter ?lesen|lire la suite|続きを読む|leer más|leggi tutto|more)[^\]]{0,12}\]?\s*$",
    re.I,
)


def read_trackback(body: Visible) -> tuple[str, Visible]:
    """Return the blog that a trackback is from, and its excerpt: "Title from Blog", then the words.

    >>> read_trackback(Visible("» Fruit from The Hedge Review\\nAt last. [Read More]"))[1].text
    'At last.'
    """
    first, _, rest = body.text.partition("\n")
    found = _FROM.match(first)
    if not found:
        return "", body
    end = _MORE.search(body.text)
    excerpt = (
        cut(body, len(first) + 1, end.start() if end else len(body.text)) if rest else Visible()
    )
    return (found["name"] or found["n2"]).strip(), excerpt


_PING = re.compile(
    r"^\W*(?:(?P<kind>pingback|trackback)s?\b|(?P<other>tracked\b|トラックバック|verlinkt am\b))",
    re.IGNORECASE,
)


def kinds_of(items: Items, platform: Platform) -> list[CommentKind]:
    """Return what each item is: by its class, else by what it says of itself."""
    pingbacks = set(items.index.find(platform.pingbacks)) if platform.pingbacks else set()
    trackbacks = set(items.index.find(platform.trackbacks)) if platform.trackbacks else set()
    kinds: list[CommentKind] = []
    for item in items.all:
        around = [item.element, *list(item.element.iterdescendants())[:3]]
        if any(one in trackbacks for one in around):
            kinds.append("trackback")
        elif any(one in pingbacks for one in around):
            kinds.append("pingback")
        else:
            kinds.append(_said_kind(item))
    return kinds


def _said_kind(item: Item) -> CommentKind:
    """Tell a ping by what it says of itself ("Pingback by …")."""
    for one in (
        e for part in item.elements for e in part.iter("cite", "small", "span", "p", "div")
    ):
        found = _PING.match((one.text or "").strip()[:40])
        if found and len(all_text(one)) < 300:
            return "pingback" if (found["kind"] or "").lower() == "pingback" else "trackback"
    return "comment"
