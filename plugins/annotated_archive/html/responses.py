"""Read what stands around a page's comments: how many it declares, and where the rest of them are."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from ..model import CapturedComment
from .declared import count_in
from .elements import Element, all_text
from .index import Index
from .json_ld import LinkedData
from .platform import Platform
from .visible import is_hidden, read_visible


@dataclass(slots=True)
class Responses:
    """Hold the count that a page declares, its pager's words, and whether a service holds the rest."""

    declared: int | None = None
    pager: str = ""
    elsewhere: str = ""
    elements: list[tuple[Element, str]] = field(default_factory=list)


def read_responses(
    pages: Sequence[Index],
    platforms: Sequence[Platform],
    found: Sequence[CapturedComment],
    linked: LinkedData,
    title: str,
    comments: Collection[Element],
) -> Responses:
    """Return what a page and its frames say of comments that may not be there."""
    responses = Responses()
    for index in pages:
        for platform in platforms:
            _read_declared(responses, index, platform, title, comments)
            _read_pager(responses, index, platform, comments)
        for platform in platforms:
            if platform.elsewhere and not responses.elsewhere:
                one = index.first(platform.elsewhere)
                if one is not None and not found:
                    responses.elsewhere = one.get("id") or one.get("class") or ""
    if responses.declared is None:
        responses.declared = linked.declared
    first = min((pages[0].place[one] for one in comments if one in pages[0].place), default=None)
    above = _declared_above(pages[0], first, title) if first is not None else None
    if above and responses.declared is None:
        responses.declared = above[1]
        responses.elements.append((above[0], "responses heading"))
    return responses


def _read_declared(
    responses: Responses,
    index: Index,
    platform: Platform,
    title: str,
    comments: Collection[Element],
) -> None:
    inside = index.spans(one for one in comments if one in index.place)
    first = min((index.place[one] for one in comments if one in index.place), default=None)
    for selector in platform.declared:
        counted = []
        for one in index.find(selector)[:12]:
            if index.place[one] in inside or _is_beside(one):
                continue
            words = _words(one)
            if one.tag == "a" and not any(char.isalpha() for char in words):
                continue
            count = count_in(words, title)
            if count is not None:
                counted.append((one, count))
        if counted:
            counted = [pair for pair in counted if not _PINGS.search(_words(pair[0]))] or counted
            if first is None and len({n for _, n in counted}) > 1 and not _is_heading(selector):
                # a list of articles, each with its own count
                continue
            before = [
                pair for pair in counted if first is not None and index.place[pair[0]] < first
            ]
            one, count = before[-1] if before else counted[0]
            if responses.declared is None:
                responses.declared = count
            responses.elements.append((one, "responses heading"))
            return


def _is_heading(selector: str) -> bool:
    return any(word in selector for word in ("title", "header", "h2", "h3", "h4", "intro"))


def _declared_above(index: Index, first: int, title: str) -> tuple[Element, int] | None:
    """Return the heading shortly above the first comment that declares how many there are."""
    for one in reversed(index.elements[max(first - 30, 0) : first]):
        if one.tag in ("h2", "h3", "h4", "h5", "h6", "legend", "caption"):
            words = _words(one)
            is_about = _COMMENTS.search(words) and not re.search(r"\d:\d\d", words)
            count = count_in(words, title) if is_about else None
            if count is not None:
                return one, count
    return None


def _words(one: Element) -> str:
    """Return what an element says: its text, or the number that an attribute holds."""
    for name in ("data-num-comments", "data-comment-count", "data-count"):
        value = one.get(name) or ""
        if value.isascii() and value.isdigit() and len(value) < 8:
            return value
    content = one.get("content") or ""
    found = re.search(r"UserComments:(\d{1,7})$", content)
    if found:
        return found[1]
    if content.isdigit() and len(content) < 8:
        return content
    return " ".join(read_visible([one]).text.split())


_PINGS = re.compile(r"trackback|pingback|トラックバック", re.I)
_COMMENTS = re.compile(
    r"comment|kommentar|coment|respon[sd]|repl(?:y|ies)|antwort|thought|reacti|reakti|réaction|comment[oi]|отзыв|коммент|تعليق|دیدگاه|コメント|评论|評論|댓글|תגוב|komentarz|yorum",
    re.I,
)
_FURTHER = re.compile(
    r"comment-?page|cpage=|commentPage=|[?&]page=|#comments?\b|#respond|javascript:|^#|load|/p\d|/page",
    re.I,
)


def _leads_on(one: Element) -> bool:
    """Tell whether *one* leads to more comments: a button, or a link to a page of comments."""
    links = [a for a in one.iter("a") if a.get("href")]
    return not links or any(_FURTHER.search(a.get("href") or "") for a in links)


def _is_beside(one: Element) -> bool:
    return any(
        a.tag == "aside"
        or {"widget", "Blog"} & set((a.get("class") or "").split()) == {"widget"}
        or (a.get("id") or "").startswith("sidebar")
        for a in one.iterancestors()
    )


def _read_pager(
    responses: Responses, index: Index, platform: Platform, comments: Collection[Element]
) -> None:
    if not platform.pager:
        return
    inside = index.spans(one for one in comments if one in index.place)
    for one in index.find(platform.pager)[:20]:
        around = list(one.iterancestors())
        is_shown = one.tag == "button" or not is_hidden(one)
        if (
            not is_shown
            or index.place[one] in inside
            or _is_beside(one)
            or any(is_hidden(a) for a in around)
        ):
            continue
        words = " ".join(
            (all_text(one) if one.tag == "button" else read_visible([one]).text).split()
        )
        if words and len(words) < 300 and _leads_on(one):
            responses.elements.append((one, "pager"))
            responses.pager = responses.pager or words
