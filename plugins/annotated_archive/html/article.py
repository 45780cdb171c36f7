"""Find the article of a page: by the tables, else by what trafilatura takes for its main text."""

import logging
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from lxml import etree, html

from .elements import Element, all_text, short_length
from .fringe import fringe
from .index import Index
from .platform import Platform
from .spans import Spans
from .visible import is_hidden

_ASIDE = (
    "aside, .sidebar, #sidebar, .widget:not(.Blog), nav, #comments, .comments-area, .comment, .related-posts, .jp-relatedposts, .yarpp-related, .recent-posts,"
    " .wp-block-latest-posts, .wp-block-query:not(main), .modal, .popup, .related"
)
_LIST_LEFT_OUT = "form, nav, aside, script, style, .sharedaddy, .share, .social-share, .addtoany_share_save_container, .jp-relatedposts, .related-posts, #comments, #respond"
_ENOUGH = 140
_MANY = 6_000
_MARK = "data-annotated-archive"


@dataclass(slots=True)
class Body:
    """Hold the elements of an article's text, what of them is no part of it, and who found it."""

    elements: list[Element] = field(default_factory=list)
    leave_out: set[Element] = field(default_factory=set)
    by: str = ""


def find_body(index: Index, platforms: Sequence[Platform], comments: Collection[Element]) -> Body:
    """Return the article's body, the comments and what else is within it left out."""
    for platform in platforms:
        body = _by_table(index, platform, comments)
        if body:
            return body
    return _by_trafilatura(index, comments)


def _by_table(index: Index, platform: Platform, comments: Collection[Element]) -> Body | None:
    out = set(
        index.find(
            f"{_LIST_LEFT_OUT}, {platform.article_leave_out}"
            if platform.article_leave_out
            else _LIST_LEFT_OUT
        )
    )
    out |= set(comments)
    asides = index.spans(index.find(_ASIDE))
    inside = index.spans(comments)
    first_comment = min((index.place[one] for one in comments), default=None)
    for selector in platform.article:
        found = [
            one
            for one in index.find(selector)
            if index.place[one] not in asides
            and index.place[one] not in inside
            and not is_hidden(one)
        ][:200]
        found = [
            one for one in found if not any(a is not one and index.contains(a, one) for a in found)
        ]
        if not found:
            continue
        sized = [(one, _size(one)) for one in found]
        chosen = _chosen(index, sized, first_comment)
        if chosen is not None and _size(chosen) * 3 >= _prose(index, inside, asides):
            out |= fringe(chosen, out)
            return Body([chosen], out - {chosen}, platform.name)
    return None


def _size(one: Element) -> int:
    """Count the characters of an element's text, without its scripts."""
    silent = sum(len(script.text or "") for script in one.iter("script", "style"))
    return short_length(one) - silent


def _prose(index: Index, comments: Spans, asides: Spans) -> int:
    """Count the characters of the page's long paragraphs that are neither comments nor beside."""
    return sum(
        size
        for one in index.find("p")
        if (size := len(all_text(one))) > 80
        and index.place[one] not in asides
        and index.place[one] not in comments
    )


def _chosen(
    index: Index, sized: Sequence[tuple[Element, int]], first_comment: int | None
) -> Element | None:
    """Choose the one body of a page of one article; None on a page of many, without comments."""
    enough = [(one, size) for one, size in sized if size >= _ENOUGH]
    if not enough:
        return None
    largest, most = max(enough, key=lambda one: one[1])
    if first_comment is not None:
        before = [one for one, _ in enough if index.place[one] < first_comment]
        return largest if largest in before or not before else before[-1]
    others = sum(size for one, size in enough if one is not largest)
    return largest if most >= others or len(enough) < 3 else None


def _by_trafilatura(index: Index, comments: Collection[Element]) -> Body:
    """Return the elements whose text trafilatura takes for the main text."""
    lines = main_text(index, comments)
    if not lines:
        return Body()
    wanted: dict[str, int] = {}
    for line in lines:
        key = _key(line)
        if key:
            wanted[key] = wanted.get(key, 0) + 1
    return _mapped(index, wanted, comments)


def main_text(index: Index, comments: Collection[Element]) -> list[str]:
    """Return the lines of a page's main text, as trafilatura sees it without the page's comments."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    marked = [one for one in comments if one in index.place]
    for one in marked:
        one.set(_MARK, "")
    text = etree.tostring(index.root, encoding="unicode", method="html")
    page = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True))
    for one in marked:
        del one.attrib[_MARK]
    for comment in [one for one in page.iter() if _MARK in one.attrib]:
        del comment[:]  # its tail stays: it may hold what lxml reads but does not set again
        comment.text = None
    try:
        # its second opinion takes a time that grows with the square of the number of paragraphs
        found = bare_extraction(
            page, include_comments=False, with_metadata=False, fast=len(index.elements) > _MANY
        )
    except Exception:
        return []
    words = getattr(found, "text", "")
    return [line for line in (words or "").split("\n") if line.strip()]


_KEY = re.compile(r"\W+")


def _key(text: str) -> str:
    return _KEY.sub("", text).lower()


_CONTAINERS = frozenset(
    [
        "p",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "td",
        "th",
        "dd",
        "dt",
        "figcaption",
        "div",
        "section",
        "article",
        "span",
        "a",
        "main",
        "center",
        "table",
        "tr",
        "ul",
        "ol",
        "dl",
        "body",
        "header",
    ]
)


def _mapped(index: Index, wanted: dict[str, int], comments: Collection[Element]) -> Body:
    """Return the smallest body that holds the lines of the main text, and what of it they do not."""
    matched: list[Element] = []
    joined = "\x00".join(wanted)
    for one in index.elements:
        if one.tag not in _CONTAINERS or one.tag in ("body", "main", "article") or is_hidden(one):
            continue
        if matched and index.contains(matched[-1], one):
            continue
        text = all_text(one)
        key = _key(text) if len(text) < 20_000 else ""
        if key and (key in wanted or (len(key) > 24 and key in joined)):
            matched.append(one)
    inside = index.spans(comments)
    matched = [one for one in matched if index.place[one] not in inside]
    return _around(index, matched, comments) if matched else Body()


_RESPONSES = "#comments, #trackbacks, #trackback, h2#comment, .comments-head, .comments-header, a[name=comments]"
_BOXES = frozenset(
    [
        "p",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "table",
        "ul",
        "ol",
        "dl",
        "div",
        "section",
        "form",
        "nav",
        "aside",
        "header",
        "footer",
        "article",
        "iframe",
        "script",
        "style",
        "noscript",
        "small",
        "hr",
    ]
)


def _around(index: Index, matched: Sequence[Element], comments: Collection[Element]) -> Body:
    """Return the common ancestor of what matched, without its parts that hold nothing that did."""
    top = matched[0]
    while not all(index.contains(top, one) for one in matched):
        parent = top.getparent()
        if parent is None:
            break
        top = parent
    keep = {around for one in matched for around in (one, *one.iterancestors())}
    inside = set(matched)
    out: set[Element] = set(comments)
    ends = [*comments, *(index.find(_RESPONSES, top) if comments else ())]
    first = min(
        (place for one in ends if (place := index.place[one]) > index.place[matched[0]]),
        default=None,
    )
    stack = [top]
    while stack:
        one = stack.pop()
        for child in one:
            if first is not None and index.place.get(child, 0) >= first:
                out.add(child)
                continue
            if child in inside:
                continue
            if child in keep:
                stack.append(child)
            elif child.tag in _BOXES or any(
                inner.tag in _BOXES for inner in child.iterdescendants()
            ):
                out.add(child)
    return Body([top], out, "trafilatura")
