"""Render pages that people write by hand: their markup is trusted, their scripts and paths are not.

They are CommonMark with tables, footnotes, definition lists and attributes. The parser's time is
linear in the text's length, whatever the text; Python-Markdown's is not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import nh3

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_TAGS = nh3.ALLOWED_TAGS | {
    "section",
    "article",
    "aside",
    "figure",
    "figcaption",
    "header",
    "footer",
}
_ATTRIBUTES = {
    **nh3.ALLOWED_ATTRIBUTES,
    "*": {"id", "class", "title", "lang", "dir", "role", "aria-label", "aria-labelledby"},
}
_LINK = re.compile(
    r"""(?:href|src|poster|data|cite|action|content)\s*=\s*["']?\s*[{|](?:static|attach|filename|index)[|}]([^"'\s>]*)""",
    re.IGNORECASE,
)


_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "p",
        "li",
    ]
)
_REFUSED = re.compile(r"(?<!\\)\]\(")
_REFERENCE = re.compile(r"(?<!\\)\[\^")
_ACTS = re.compile(r"[<\[]|://")
MAX_FRONT = 20_000
MAX_DEPTH = 400
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_KEYS = re.compile(r"\A\ufeff?(?:[A-Za-z0-9_-]+:[^\n]*\n(?:[ ]{4,}[^\n]*\n)*)+(?:[ \t]*\n|\Z)")


_HEADING = re.compile(r"<h([1-6])(?: [^>]*)?>(.*?)</h\1>", re.DOTALL)


def split_front(text: str) -> tuple[str, str]:
    r"""Return a page's front matter and its body; raise `ValueError` above `MAX_FRONT`.

    >>> split_front("Title: a\nDate: 2020-01-01\n\nBody: b\n")
    ('Title: a\nDate: 2020-01-01\n\n', 'Body: b\n')
    """
    found = _FRONT.match(text) or _KEYS.match(text)
    if not found:
        return "", text
    if found.end() > MAX_FRONT:
        raise ValueError(f"the front matter is longer than {MAX_FRONT:,} characters")
    return found.group(), text[found.end() :]


@cache
def _parser() -> "MarkdownIt":
    """Return the parser; it keeps nothing of what it has parsed."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.anchors import anchors_plugin
    from mdit_py_plugins.attrs import attrs_plugin
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable("table")
    parser.use(footnote_plugin).use(deflist_plugin).use(attrs_plugin)
    return parser.use(anchors_plugin, max_level=4)


@lru_cache(maxsize=4096)
def render_markdown(text: str) -> str:
    r"""Return the HTML of a body in CommonMark, harmless.

    >>> render_markdown("*a* <script>b</script>")
    '<p><em>a</em> </p>\n'
    """
    html = str(_parser().render(text))
    if _depth(html) > MAX_DEPTH:
        raise ValueError(f"elements are nested deeper than {MAX_DEPTH} levels")
    return harmless_html(html)


def render_body(text: str) -> str:
    r"""Return the HTML of an annotation's body, harmless: its headings are paragraphs without ids.

    >>> render_body("# a")
    '<p class="note-heading">a</p>\n'
    """
    return _HEADING.sub(r'<p class="note-heading">\2</p>', render_markdown(text))


@dataclass(frozen=True, slots=True)
class Parsed:
    """Say of a body in Markdown what would act elsewhere: its links, raw HTML, footnotes."""

    addresses: tuple[str, ...] = ()
    has_html: bool = False
    has_references: bool = False


@cache
def _bare_parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


def parse_body(text: str) -> Parsed:
    """Return what a body holds that other programs would act on.

    >>> parse_body("[a](b) <i>")
    Parsed(addresses=('b',), has_html=True, has_references=False)
    """
    if not _ACTS.search(text):
        return Parsed()
    tokens = [
        token for block in _bare_parser().parse(text) for token in (block, *(block.children or ()))
    ]
    inline = [token for token in tokens if token.type == "inline"]
    refused = [found for one in inline if (found := _left_over(one, _REFUSED))]
    return Parsed(
        (*(str(token.attrs["href"]) for token in tokens if "href" in token.attrs), *refused),
        any(token.type in ("html_block", "html_inline") for token in tokens),
        any(_left_over(one, _REFERENCE) for one in inline),
    )


def _left_over(inline: "Token", sign: re.Pattern[str]) -> str:
    """Return what follows a sign that stands in the source and, unescaped, in the text still."""
    text = "".join(one.content for one in inline.children or () if one.type == "text")
    found = sign.search(inline.content)
    return inline.content[found.end() :] if found and found.group() in text else ""


def _depth(html: str) -> int:
    """Return how deep elements may be nested at most: tags opened and not closed again."""
    depth = deepest = 0
    for found in _TAG.finditer(html):
        if found[1]:
            depth = max(depth - 1, 0)
        elif found[2].lower() not in _VOID:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def harmless_html(html: str) -> str:
    """Return *html* without scripts, event attributes, styles, and addresses of other schemes.

    >>> harmless_html('<p onclick="x()">a<script>b</script> <a href="javascript:c">d</a></p>')
    '<p>a <a rel="noopener noreferrer">d</a></p>'
    """
    return _cleaner().clean(html)


@cache
def _cleaner() -> nh3.Cleaner:
    """Return what cleans HTML; it keeps nothing of what it has cleaned."""
    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        generic_attribute_prefixes={"aria-"},
    )


def outside_links(html: str, source: Path, content: Path) -> Iterator[str]:
    """Yield each of Pelican's own links in *html* that leads to a file outside *content*."""
    root = content.resolve()
    for found in _LINK.finditer(unescape(html)):
        path = unquote(unescape(found[1])).partition("#")[0].partition("?")[0]
        base = root if path.startswith("/") else source.parent
        if not (base / path.lstrip("/")).resolve().is_relative_to(root):
            yield found[1]
