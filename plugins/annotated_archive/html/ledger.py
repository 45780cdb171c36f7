"""Account for every character of a page: of its text, and of the markup around it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from ..furniture import furniture_name, heading_count
from ..model import Account, Entry, Passage
from .addresses import without_mailboxes
from .elements import Element
from .index import Index
from .visible import INVISIBLE, is_hidden

Claim = tuple[Account, str]
_TAGS: dict[str, Claim] = {
    "nav": ("furniture", "navigation"), "aside": ("furniture", "sidebar"), "footer": ("furniture", "footer"),
    "form": ("furniture", "form"), "header": ("furniture", "header"),
}  # fmt: skip
_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?:^|[\s_-])(?:{words})", re.IGNORECASE))
    for name, words in (
        ("reply form", r"respond|comment-?form|reply-?form|postcomment|leave-?(?:a-)?(?:reply|comment)|login|add-comment"),
        ("pager", r"pagination|pager|page-?links|nav-(?:links|previous|next|above|below)|navigation|post-?nav|prevnext"),
        ("navigation", r"nav(?:bar|igation)?(?:$|[\s_-])|menu|breadcrumbs?|skip-?link|skip(?:$|[\s_-])|topbar|screen-reader|visually-hidden"),
        ("sidebar", r"side-?bar|widgets?|blogroll|archives?(?:$|[\s_-])|recent-?(?:posts|comments)|tag-?cloud|secondary|rightcol|leftcol"),
        ("related", r"related|recommended|popular|trending|you-may|more-(?:stories|posts)|outbrain|taboola|yarpp"),
        ("sharing", r"shar(?:e|ing|edaddy|ebar|e-?buttons)|social|addtoany|addthis|follow|like-?(?:box|button)|jetpack-likes|sd-"),
        ("advertisement", r"ads?(?:$|[\s_-])|advert|banner|sponsor|promo|adsense"),
        ("header", r"header|masthead|branding|site-?title|logo|top-?bar"),
        ("footer", r"footer|colophon|credits?|copyright|bottom"),
        ("notice", r"cookies?|consent|gdpr|popup|modal|newsletter|subscri"),
        ("entry line", r"(?:post|entry|article)?-?meta(?:data)?(?:$|[\s_-])|byline|post-?info|entry-?utility|author-?(?:box|info|bio)|about-?author|submitted|tags?(?:-links)?(?:$|[\s_-])|categor"),
        ("comment control", r"reply|comment-?(?:links?|actions|controls|tools)|likes?(?:$|[\s_-])|vote|rating|report"),
        ("responses heading", r"comments?-?(?:title|header|heading|count|head|number|info|intro|link)|response-?count"),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Accounted:
    """Hold the entries of a page and the passages that are neither article nor comment."""

    entries: tuple[Entry, ...]
    furniture: tuple[Passage, ...]
    remainder: tuple[Passage, ...]


@dataclass(slots=True)
class _Run:
    claim: Claim
    length: int
    pieces: list[str]


def account(
    pages: Sequence[tuple[Index, Mapping[Element, Claim], tuple[int, int]]], characters: int
) -> Accounted:
    """Return the account of all *pages* of a file of so many *characters*: its own, then its frames.

    Each page comes with what is claimed of it, by element, and with the extent of its main content.
    """
    runs: list[_Run] = []
    for index, claims, main in pages:
        _run(runs, index, claims, main)
    entries: list[Entry] = []
    start = 0
    for run in runs:
        if entries and (entries[-1].account, entries[-1].name) == run.claim:
            entries[-1] = Entry(entries[-1].start, start + run.length, *run.claim)
        else:
            entries.append(Entry(start, start + run.length, *run.claim))
        start += run.length
    if start < characters or not entries:
        entries.append(Entry(start, max(characters, start), "furniture", "markup"))
    furniture = _passages(runs, "furniture")
    return Accounted(tuple(entries), furniture, _passages(runs, "remainder"))


def _run(
    runs: list[_Run], index: Index, claims: Mapping[Element, Claim], main: tuple[int, int]
) -> None:
    """Put each text node on the account of the element that it stands in, in the page's order."""
    stack: list[Claim] = []
    outside: Claim = ("furniture", "page furniture")
    silent = 0
    for event, one in etree.iterwalk(index.root, events=("start", "end")):
        if event == "start":
            if silent or one.tag in INVISIBLE:
                silent += 1
                continue
            parent = stack[-1] if stack else outside
            claim = claims.get(one) or _known(one, parent, index.place[one], main)
            stack.append(claim)
            text = one.text
            is_break = one.tag in _BREAKS
        else:
            if silent:
                silent -= 1
            else:
                stack.pop()
            text = None if silent else one.tail
            is_break = one.tag in _BREAKS
        if text and not silent:
            _put(runs, stack[-1] if stack else outside, text, is_break)
        elif is_break and runs:
            runs[-1].pieces.append("\n")


_BREAKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "table",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "form",
        "dt",
        "dd",
        "blockquote",
        "pre",
    ]
)


def _put(runs: list[_Run], claim: Claim, text: str, is_break: bool) -> None:
    """Add a text node; white space alone goes with what stands before it."""
    is_blank = not text.strip()
    if not is_blank and claim[0] == "remainder":
        words = " ".join(text.split())
        name = furniture_name(words) or (
            "responses heading" if heading_count(words[:300])[0] else ""
        )
        claim = ("furniture", name) if name else claim
    if runs and (is_blank or runs[-1].claim == claim):
        runs[-1].length += len(text)
        runs[-1].pieces += ["\n", text] if is_break else [text]
    else:
        runs.append(_Run(claim, len(text), [text]))


def _known(one: Element, around: Claim, place: int, main: tuple[int, int]) -> Claim:
    """Return the account of an element that nobody claims: furniture known by its tag or its name."""
    if around[0] in ("article", "comment"):
        return around
    if around[0] == "furniture" and around[1] not in ("page furniture", "header"):
        return around
    if is_hidden(one):
        return ("furniture", "hidden")
    found = _TAGS.get(str(one.tag))
    if found:
        return found
    names = f"{one.get('id') or ''} {one.get('class') or ''}"
    if names != " " and one.tag not in ("body", "html", "main") and place != main[0]:
        name = _named(names)
        if name:
            return ("furniture", name)
    if main[0] <= place < main[1] and around[1] != "header":
        return ("remainder", "not understood")
    return around if around[0] == "furniture" else ("furniture", "page furniture")


_CACHE: dict[str, str] = {}


def _named(names: str) -> str:
    if names not in _CACHE:
        if len(_CACHE) > 20_000:
            _CACHE.clear()
        _CACHE[names] = next((name for name, pattern in _NAMES if pattern.search(names)), "")
    return _CACHE[names]


def _passages(runs: Sequence[_Run], wanted: Account) -> tuple[Passage, ...]:
    """Return the texts on an account, one after another where they have the same name."""
    passages: list[Passage] = []
    for run in runs:
        if run.claim[0] != wanted:
            continue
        text = without_mailboxes(_tidy("".join(run.pieces)))
        if not text:
            continue
        if passages and passages[-1].name == run.claim[1]:
            passages[-1] = Passage(run.claim[1], f"{passages[-1].text}\n{text}")
        else:
            passages.append(Passage(run.claim[1], text))
    return tuple(passages)


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
