"""Read what a page says of its article: title, authors, time, categories, tags, language."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from ..model import Stamp
from .bylines import find_authors
from .day_times import find_clock
from .elements import Element
from .index import Index
from .json_ld import LinkedData
from .names import read_name
from .near import Near, text_of
from .platform import Platform
from .stamps import Clock, find_stamp, read_iso
from .times_of import read_time
from .titles import Front, meta_of, read_title

_META_DATES = (
    "meta[property=article:published_time]", "meta[itemprop=datePublished]", "meta[name=date]", "meta[name=dc.date]", "meta[name=DC.date]", "meta[name=DC.date.issued]",
    "meta[name=pubdate]", "meta[name=publishdate]", "meta[property=og:published_time]", "meta[name=parsely-pub-date]", "meta[name=sailthru.date]", "meta[name=article.published]",
)  # fmt: skip
_META_AUTHORS = (
    "meta[name=author]",
    "meta[property=article:author]",
    "meta[name=dc.creator]",
    "meta[name=DC.creator]",
    "meta[name=parsely-author]",
    "meta[name=byl]",
)
_BYLINES = (
    "[itemprop=author] [itemprop=name]",
    "[itemprop=author]",
    ".p-author",
    "a[rel~=author]",
    ".byline .fn",
    ".author .fn",
    ".post .author",
    ".hentry .author",
    "article .author",
    ".author-name",
    ".byauthor",
)


def read_front(
    index: Index,
    platforms: Sequence[Platform],
    linked: LinkedData,
    clock: Clock,
    body: Sequence[Element],
    comments: Collection[Element],
) -> Front:
    """Return what the page says of its article, by its tables, its meta elements and its JSON-LD."""
    front = Front()
    near = Near(index, body, comments)
    read_title(front, near, platforms, linked)
    _read_time(front, near, platforms, linked, clock)
    _read_authors(front, near, platforms, linked, clock)
    front.categories = (
        _terms(front, near, [s for p in platforms for s in p.categories]) or linked.section
    )
    tags = (
        _terms(front, near, [s for p in platforms for s in p.tags] + ["a[rel=tag]"])
        or linked.keywords
    )
    front.tags = tuple(tag for tag in tags if tag not in front.categories)
    return front


_MACHINES = frozenset(["shopify", "admin", "administrator", "wordpress", "blogger", "drupal"])


def _read_time(
    front: Front, near: Near, platforms: Sequence[Platform], linked: LinkedData, clock: Clock
) -> None:
    selectors = [s for p in platforms for s in p.published]
    for selector in [
        *selectors,
        "[itemprop=datePublished]",
        "abbr.published",
        "time[pubdate]",
        "time[datetime]",
        ".dt-published",
    ]:
        for one in near.find(selector)[:4]:
            if not near.is_home(one) and selector in ("time[datetime]", ".date", ".meta"):
                continue
            read = read_time(one, clock)
            if read.stamp and not read.stamp.is_approximate:
                front.stamp, front.is_ambiguous = read.stamp, read.is_ambiguous
                front.elements.append(one)
                break
        if front.stamp:
            break
    lines = near.lines(front.elements) if front.stamp is None or not front.stamp.has_time else []
    for one in lines if front.stamp is None else ():
        read = read_time(one, clock)
        if read.stamp and not read.stamp.is_approximate:
            front.stamp, front.is_ambiguous = read.stamp, read.is_ambiguous
            front.elements.append(one)
            break
    machine = read_iso(meta_of(near.index, _META_DATES), clock.language) or linked.published
    if front.stamp is None:
        front.stamp = machine
    elif not front.stamp.has_time:
        front.stamp = _timed(front.stamp, machine, near, lines, clock)


def _timed(
    day: Stamp, machine: Stamp | None, near: Near, lines: Sequence[Element], clock: Clock
) -> Stamp:
    """Return a day with its time: a machine's, one printed with the same day, or a clock beside it."""
    if machine and machine.has_time and machine.local.date() == day.local.date():
        return replace(machine, printed=day.printed)
    for one in lines:
        text = text_of(one)
        found = find_stamp(text, clock)
        if found and found.stamp.has_time and found.stamp.local.date() == day.local.date():
            return found.stamp
    for one in lines:
        text = text_of(one)
        titles = " ".join(
            a.get("title") or "" for a in one.iter("a") if len(a.get("title") or "") < 12
        )
        since = find_clock(titles, clock.language) or (
            None if find_stamp(text, clock) else find_clock(text, clock.language)
        )
        if since is not None and len(text) < 200:
            return replace(day, local=day.local.replace(hour=0, minute=0) + since, has_time=True)
    return day


def _read_authors(
    front: Front, near: Near, platforms: Sequence[Platform], linked: LinkedData, clock: Clock
) -> None:
    selectors = [s for p in platforms for s in p.byline]
    for selector in [*selectors, *_BYLINES]:
        names: list[str] = []
        for one in near.find(selector)[:6]:
            if not near.is_home(one):
                continue
            name = read_name(text_of(one) or (one.get("content") or ""), clock, is_line=True)
            if (
                name
                and name.lower() not in ("admin by", "author", "by")
                and (not names or _is_beside(near.index, one, front.elements[-1]))
            ):
                names.append(name)
                front.elements.append(one)
        if names:
            front.authors = tuple(dict.fromkeys(names))
            return
    if linked.authors:
        front.authors = linked.authors
        return
    for one in near.lines(front.elements):
        classes = f"{one.get('class') or ''} {one.get('id') or ''}"
        found = find_authors(
            text_of(one),
            clock,
            bool(re.search(r"byline|author|posted|meta|info|dateline|credit", classes, re.I)),
        )
        if found:
            front.authors = found
            front.elements.append(one)
            return
    said = meta_of(near.index, _META_AUTHORS)
    front.authors = (
        (said,)
        if said and "://" not in said and len(said) < 120 and said.lower() not in _MACHINES
        else ()
    )


def _is_beside(index: Index, one: Element, other: Element) -> bool:
    """Tell whether two names stand in one list or line."""
    around = [
        a
        for _, a in zip(range(3), other.iterancestors(), strict=False)
        if a.tag not in ("article", "body", "main")
    ]
    return (
        bool(around)
        and index.contains(around[-1], one)
        and index.place[one] - index.place[other] < 40
    )


def _terms(front: Front, near: Near, selectors: Sequence[str]) -> tuple[str, ...]:
    for selector in selectors:
        found = [one for one in near.find(selector) if near.is_home(one)][:60]
        words = dict.fromkeys(text for one in found if (text := text_of(one)) and len(text) < 100)
        if words:
            front.elements += found
            return tuple(words)
    return ()


def page_language(index: Index) -> str:
    """Return the language that a page says it is in, as a tag of BCP 47, or nothing."""
    root = index.root
    said = (
        root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or root.get("xml:lang")
        or ""
    )
    if not said:
        said = meta_of(
            index,
            (
                "meta[http-equiv=content-language]",
                "meta[http-equiv=Content-Language]",
                "meta[name=language]",
                "meta[property=og:locale]",
            ),
        )
    return language_tag(said)


def language_tag(said: str) -> str:
    """Return what a page says of a language as a tag of BCP 47, or nothing.

    >>> language_tag("pt_BR"), language_tag("English, please")
    ('pt-BR', '')
    """
    tag = said.strip().replace("_", "-").split(",")[0]
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", tag) else ""
