"""Read the title of an article, and where the page says that it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import Stamp
from .addresses import public_address
from .calendar_words import fold
from .elements import Element, all_text
from .index import Index
from .json_ld import LinkedData
from .near import Near, text_of
from .platform import Platform

_META_TITLES = (
    "meta[property=og:title]",
    "meta[name=twitter:title]",
    "meta[name=dc.title]",
    "meta[name=DC.title]",
    "meta[name=title]",
)
_SEPARATORS = re.compile(r"\s+[|\-–—»«·•:/~]+\s+|\s*[»«|]\s*")


@dataclass(slots=True)
class Front:
    """Hold what is said of an article, and the elements that say it."""

    title: str | None = None
    stamp: Stamp | None = None
    is_ambiguous: bool = False
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    elements: list[Element] = field(default_factory=list)


def meta_of(index: Index, selectors: Sequence[str]) -> str:
    """Return the first content of the meta elements that *selectors* name, or nothing."""
    for selector in selectors:
        for one in index.find(selector):
            value = (one.get("content") or "").strip()
            if value:
                return value
    return ""


def read_title(front: Front, near: Near, platforms: Sequence[Platform], linked: LinkedData) -> None:
    """Take the heading that the page's own title names; else what it says in its meta elements."""
    said = meta_of(near.index, _META_TITLES)
    head = next((_head_text(one) for one in near.index.find("title") if _head_text(one)), "")
    keys = [key for text in (said, linked.title) if (key := _key(text))]
    parts = {_key(part) for part in _SEPARATORS.split(head)} - {""}
    marked = [one for p in platforms for s in p.title for one in near.find(s)[:20]]
    headings = sorted(near.headings(), key=near.distance)
    for one in (*marked, *headings):
        key = _key(text_of(one))
        if not key or len(key) > 400:
            continue
        whole = _key(head)
        is_named = (
            (one in marked and len(key) > 5 and near.is_home(one) and key in whole)
            or key in keys
            or key in parts
            or (len(key) > 3 and (whole.startswith(key) or whole.endswith(key)))
        )
        if is_named and not (one in headings and one not in marked and near.is_site(one)):
            front.title = text_of(one)
            front.elements.append(one)
            return
    if said or linked.title:
        front.title = said or linked.title
        return
    spare = next((one for one in marked if text_of(one) and near.is_home(one)), None)
    if spare is None:
        spare = (
            next(
                (
                    one
                    for one in headings
                    if text_of(one) and not near.is_site(one) and near.distance(one) < 40
                ),
                None,
            )
            if near.body
            else None
        )
    if spare is not None:
        front.title = text_of(spare)
        front.elements.append(spare)
    else:
        front.title = (_SEPARATORS.split(head)[0].strip() or None) if head else None


def _key(text: str) -> str:
    return re.sub(r"\W+", "", fold(text))


def _head_text(one: Element) -> str:
    return " ".join(all_text(one).split())


def title_address(front: Front, index: Index) -> str | None:
    """Return where the title, or what the page calls its permanent link, leads."""
    title = front.elements[:1] if front.title else []
    around = [one for t in title for one in (*t.iter("a"), *list(t.iterancestors("a"))[:1])]
    marked = [
        one
        for s in (
            ".h-entry .u-url",
            "a.permalink[rel=bookmark]",
            ".entry-meta a[rel=bookmark]",
            ".entry-utility a[rel=bookmark]",
            ".postmetadata a[rel=bookmark]",
            "a[rel=bookmark][title^=Permalink]",
            "a[title*=permanent]",
            "a[title=permanent link]",
            ".entry-footer a.permalink",
            ".post-footers a.permalink",
            "a.permalink",
        )
        for one in index.find(s)[:1]
    ]
    for one in (*around, *marked):
        address = public_address(one.get("href") or "")
        if re.match(r"https?://[^/]+/.", address) and "#" not in address:
            return address
    return None
