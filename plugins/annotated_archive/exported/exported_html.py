"""Read the HTML in which exports keep articles and comments, as the site would have shown it.

WordPress keeps line breaks instead of paragraphs, comments that mark its blocks, and shortcodes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape, unescape

from lxml.html import HtmlElement

from ..errors import Unreadable
from ..html.blocks import read_blocks
from ..html.index import index_page
from ..html.tree import parse_page
from ..html.visible import Visible, read_visible
from ..model import Block, Style
from ..shortcodes import SHORTCODE, read_figure

_TAG = re.compile(r"(<[!/?A-Za-z][^<>]*+>)")
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_BREAK = re.compile(r"[ \t]*\n[ \t\n]*")
_WP_BLOCK = re.compile(r"<!--\s+(/?)wp:[a-z][a-z0-9/-]*+\s[^\n]*?(/?)-->")
_CAPTION = re.compile(r"\[(wp_caption|caption)\b([^\[\]]*+)\]")
_PICTURE = re.compile(r"<img\b[^<>]*+>(?:\s*+</a>)?", re.IGNORECASE)
_MEDIA_CODES = frozenset(
    ["caption", "wp_caption", "gallery", "playlist", "slideshow", "video", "audio", "embed",
     "youtube", "vimeo", "dailymotion", "soundcloud", "flickr", "googlevideo", "img", "image"]
)  # fmt: skip
_BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "caption", "center", "col", "colgroup", "dd",
     "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
     "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "map", "menu", "nav",
     "ol", "p", "pre", "script", "section", "style", "summary", "table", "tbody", "td", "tfoot",
     "th", "thead", "tr", "ul", "br", "textarea", "noscript"]
)  # fmt: skip
_VERBATIM = frozenset(["pre", "script", "style", "textarea"])


def plain_words(html: str) -> str:
    """Return a title or a name without markup, on one line.

    >>> plain_words("Hart&#8217;s <em>Tongue</em>\\n")
    'Hart’s Tongue'
    """
    return on_one_line(unescape(_TAG.sub("", html)))


def on_one_line(text: str) -> str:
    """Return a text with single spaces for its white space; a no-break space stays one."""
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")


def prose_of(html: str, keeps_breaks: bool = True) -> tuple[str, tuple[Style, ...]]:
    """Return the text of a comment and how it was set; an empty line parts paragraphs.

    >>> prose_of("Wet <em>hessian</em>,\\nand patience.\\n\\nA < B")
    ('Wet hessian,\\nand patience.\\n\\nA < B', (Style(start=4, end=11, kind='emphasis', address=''),))
    """
    visible = _visible(with_breaks(html) if keeps_breaks else _tamed(html))
    return visible.text, visible.styles


def with_breaks(html: str) -> str:
    r"""Return *html* with a ``br`` for each line break that WordPress would show (wpautop).

    A break beside the tag of a block is none.

    >>> with_breaks("One\ntwo\n\nthree\n<ul>\n<li>four</li>\n</ul>\nfive")
    'One<br>two<br><br>three<ul><li>four</li></ul>five'
    """
    pieces = _TAG.split(html.replace("\r\n", "\n").replace("\r", "\n"))
    written, verbatim, after_block = [], 0, True
    for place, piece in enumerate(pieces):
        if place % 2:
            name = _tag_name(piece)
            after_block = name in _BLOCKS or (after_block and not name)
            if name in _VERBATIM:
                verbatim = max(verbatim + (-1 if piece[1] == "/" else 1), 0)
            written.append(piece)
        elif piece:
            following = _next_name(pieces, place)
            written.append(_tamed(piece) if verbatim else _broken(piece, after_block, following))
            after_block = after_block and not piece.strip()
    return "".join(written)


def _tag_name(tag: str) -> str:
    """Return the name of a tag in lower case; of a comment, nothing."""
    found = _NAME.match(tag)
    return found[1].lower() if found else ""


def _next_name(pieces: Sequence[str], place: int) -> bool:
    """Tell whether the text at *place* stands before the tag of a block, or ends."""
    return place + 1 == len(pieces) or _tag_name(pieces[place + 1]) in _BLOCKS


def _broken(text: str, after_block: bool, before_block: bool) -> str:
    start = len(text) - len(text.lstrip("\n\t ")) if after_block else 0
    inner = text[start:]
    inner = (
        inner.rstrip("\n\t ") if before_block and "\n" in inner[len(inner.rstrip()) :] else inner
    )
    return _BREAK.sub(lambda found: "<br>" * min(found[0].count("\n"), 2), _tamed(inner))


def _tamed(text: str) -> str:
    """Keep what only looks like a tag as text."""
    return re.sub(r"<(?![!/?A-Za-z])", "&lt;", text)


def _visible(html: str) -> Visible:
    try:
        return read_visible([parse_page(f"<div>{html}</div>")])
    except Unreadable:
        return Visible(unescape(_TAG.sub("", html)).strip())


def blocks_of(html: str) -> tuple[Block, ...]:
    """Return the paragraphs and figures of an article.

    >>> [(one.id, one.text) for one in blocks_of("One\\n\\ntwo [gallery]\\n\\n[gallery ids=4]")]
    [('p-1', 'One'), ('p-2', 'two [gallery]'), ('figure-1', '[gallery ids=4]')]
    """
    html = _without_comments("".join(_segments(_with_figures(html))))
    try:
        root = parse_page(f"<div>{html}</div>")
    except Unreadable:
        return _numbered([Block("", "paragraph", unescape(_TAG.sub("", html)).strip())])
    _show_media(root)
    blocks = read_blocks(index_page(root), [root], frozenset())
    return _numbered(one for block in blocks for one in _without_codes(block))


def _with_figures(html: str) -> str:
    """Put a ``figure`` in place of each shortcode that gives a picture its caption."""
    parts, end = [], 0
    for found in _CAPTION.finditer(html):
        closing = f"[/{found[1]}]"
        close = html.find(closing, found.end(), found.end() + 20_000)
        picture = _PICTURE.search(html, found.end(), max(close, 0))
        if found.start() < end or not picture:
            continue
        inside = html[picture.end() : close].strip()
        told = read_figure(f"[caption{unescape(found[2])}]")
        words = inside or escape(told[1] if told else "")
        parts.append(html[end : found.start()])
        shown = html[found.end() : picture.end()].replace("\n", " ")
        parts.append(f"\n\n<figure>{shown}<figcaption>{words}</figcaption></figure>\n\n")
        end = close + len(closing)
    return "".join([*parts, html[end:]])


def _segments(html: str) -> Iterator[str]:
    """Yield the parts of an article, with breaks where WordPress shows them: outside its blocks."""
    depth = end = 0
    for found in _WP_BLOCK.finditer(html):
        yield _segment(html[end : found.start()], depth)
        end = found.end()
        if not found[2]:
            depth = max(depth + (-1 if found[1] else 1), 0)
    yield _segment(html[end:], depth)


def _segment(html: str, depth: int) -> str:
    if depth or not html.strip():
        return _tamed(html)
    return f"<div>{with_breaks(html)}</div>"


def _without_comments(html: str) -> str:
    """Leave comments out, an unfinished one too."""
    parts, end = [], 0
    while (start := html.find("<!--", end)) >= 0:
        parts.append(html[end:start])
        close = html.find("-->", start)
        end = close + 3 if close >= 0 else len(html)
    return "".join([*parts, html[end:]])


def _show_media(root: HtmlElement) -> None:
    """Make pictures of films, sounds and frames: what was not captured, and where it was."""
    for medium in list(root.iter("iframe", "video", "audio", "embed", "object")):
        source = medium.find(".//source")
        inner = source.get("src") if source is not None else ""
        address = medium.get("src") or medium.get("data") or inner or ""
        tail = medium.tail
        medium.clear()
        medium.tag, medium.tail = "img", tail
        medium.set("src", address)


def _without_codes(block: Block) -> Iterator[Block]:
    """Yield a block; a shortcode of media at the start of a paragraph is a figure of its own."""
    found = SHORTCODE.match(block.text) if block.kind == "paragraph" else None
    figure = read_figure(found.group()) if found and found["name"].lower() in _MEDIA_CODES else None
    if not found or not figure:
        yield block
        return
    yield Block("", "figure", found.group(), *figure)
    rest = block.text[found.end() :].lstrip()
    cut = len(block.text) - len(rest)
    if rest:
        styles = (
            Style(max(one.start - cut, 0), one.end - cut, one.kind, one.address)
            for one in block.styles
            if one.end > cut
        )
        yield Block("", "paragraph", rest, styles=tuple(styles))


def _numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return blocks under their numbers: p-1, p-2, figure-1."""
    counts = {"paragraph": 0, "figure": 0}
    numbered = []
    for block in blocks:
        counts[block.kind] += 1
        prefix = "p" if block.kind == "paragraph" else "figure"
        numbered.append(replace(block, id=f"{prefix}-{counts[block.kind]}"))
    return tuple(numbered)
