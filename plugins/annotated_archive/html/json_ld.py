"""Read what a page says of itself in JSON-LD: its article, its comments, their count."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..model import CapturedComment, Stamp
from .index import Index
from .limits import MAX_COMMENTS, MAX_JSON_BYTES
from .stamps import read_iso

_ARTICLES = ("Article", "BlogPosting", "NewsArticle", "TechArticle", "SocialMediaPosting", "DiscussionForumPosting",
             "LiveBlogPosting", "Report", "OpinionNewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "ReviewNewsArticle", "Question")  # fmt: skip
_COMMENTS = ("Comment", "UserComments", "Answer")
_DEPTH = 64


@dataclass(slots=True)
class LinkedData:
    """Hold what the page says of itself in JSON-LD."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: Stamp | None = None
    section: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    declared: int | None = None
    comments: list[CapturedComment] = field(default_factory=list)


def read_linked_data(index: Index) -> LinkedData:
    """Return what all JSON-LD of a page says; what is no JSON is passed over."""
    data = LinkedData()
    for script in index.find("script[type=application/ld+json]"):
        text = (script.text or "").strip().removeprefix("<![CDATA[").removesuffix("]]>")
        if not text or len(text) > MAX_JSON_BYTES or text.count("[") + text.count("{") > 200_000:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        nodes = list(_nodes(value))
        names = _names(nodes)
        for node in nodes:
            _read_node(data, node, names)
    return data


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects at the top of a document, those of ``@graph`` and main entities."""
    stack, depth = [value], 0
    while stack and depth < 10_000:
        depth += 1
        one = stack.pop(0)
        if isinstance(one, list):
            stack += one
        elif isinstance(one, dict):
            yield one
            stack += [
                one[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage")
                if isinstance(one.get(key), list | dict)
            ]


def _names(nodes: list[dict[str, Any]]) -> dict[str, str]:
    return {
        str(n["@id"]): str(n["name"])
        for n in nodes
        if n.get("@id") and isinstance(n.get("name"), str)
    }


def _types(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type")
    return [str(k).rsplit("/", 1)[-1] for k in (kind if isinstance(kind, list) else [kind])]


def _read_node(data: LinkedData, node: dict[str, Any], names: dict[str, str]) -> None:
    types = _types(node)
    if any(kind in _ARTICLES for kind in types):
        data.title = data.title or _text(node.get("headline") or node.get("name"))
        data.authors = data.authors or _people(node.get("author"), names)
        data.published = data.published or _stamp(node)
        data.section = data.section or _words(node.get("articleSection"))
        data.keywords = data.keywords or _words(node.get("keywords"))
        count = node.get("commentCount", node.get("answerCount"))
        if data.declared is None and str(count).isdigit():
            data.declared = int(str(count)[:9])
        for key in ("comment", "suggestedAnswer", "acceptedAnswer"):
            _read_comments(data, node.get(key), names)
    elif any(kind in _COMMENTS for kind in types):
        _read_comments(data, node, names)


def _read_comments(data: LinkedData, value: Any, names: dict[str, str]) -> None:
    """Read comments within comments, without recursion."""
    stack: list[tuple[Any, str, int]] = [(value, "", 0)]
    while stack and len(data.comments) < MAX_COMMENTS:
        one, parent, depth = stack.pop()
        if isinstance(one, list):
            stack += [(each, parent, depth) for each in reversed(one)]
        elif isinstance(one, dict) and depth < _DEPTH and any(k in _COMMENTS for k in _types(one)):
            id_ = _id(one)
            text = _text(one.get("text") or one.get("commentText") or one.get("description"))
            author = ", ".join(_people(one.get("author") or one.get("creator"), names))
            if text:
                data.comments.append(
                    CapturedComment(author, text, _stamp(one), source_id=id_, reply_to=parent)
                )
            stack.append((one.get("comment"), id_ or parent, depth + 1))


def _id(node: dict[str, Any]) -> str:
    address = str(node.get("@id") or node.get("url") or node.get("identifier") or "")
    tail = address.rsplit("#", 1)[-1] if "#" in address else address.rstrip("/").rsplit("/", 1)[-1]
    number = re.fullmatch(r"[A-Za-z_-]*?(\d+)", tail)
    return number[1][:40] if number else tail[:80] if any(c.isdigit() for c in tail) else ""


def _stamp(node: dict[str, Any]) -> Stamp | None:
    value = (
        node.get("datePublished")
        or node.get("dateCreated")
        or node.get("commentTime")
        or node.get("uploadDate")
    )
    return read_iso(value) if isinstance(value, str) else None


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return ""
    if ("<" in value and ">" in value) or ("&" in value and ";" in value):
        from .tree import parse_page
        from .visible import read_visible

        return read_visible([parse_page(f"<div>{value}</div>")]).text
    return value.strip()


def _people(value: Any, names: dict[str, str]) -> tuple[str, ...]:
    people = value if isinstance(value, list) else [value]
    found = []
    for one in people[:20]:
        if isinstance(one, dict):
            one = one.get("name") or names.get(str(one.get("@id")), "")
        if isinstance(one, list):
            one = one[0] if one else ""
        if isinstance(one, str) and one.strip() and "://" not in one:
            found.append(_text(one))
    return tuple(dict.fromkeys(found))


def _words(value: Any) -> tuple[str, ...]:
    listed = (
        value
        if isinstance(value, list)
        else str(value).split(",")
        if isinstance(value, str)
        else []
    )
    return tuple(
        dict.fromkeys(_text(one) for one in listed[:200] if isinstance(one, str) and one.strip())
    )
