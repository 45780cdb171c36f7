"""Part an article's visible text into blocks: paragraphs, and figures that were not captured."""

import re
from collections.abc import Collection, Iterable
from urllib.parse import urljoin

from ..model import Block, Style
from .addresses import public_address
from .elements import Element
from .index import Index
from .visible import Visible, read_visible

_GAP = re.compile(r"\n[ \u00a0]*(?:\n[ \u00a0]*)+")
_FIGURES = "figure, .wp-caption, .wp-block-image, img"
_CAPTIONS = "figcaption, .wp-caption-text, .caption-text"
_SOURCES = ("data-orig-file", "data-src", "data-lazy-src", "data-original", "src")


def read_blocks(
    index: Index, bodies: Iterable[Element], leave_out: Collection[Element], base: str = ""
) -> tuple[Block, ...]:
    """Return the blocks of an article, p-1, p-2 …, as its elements *bodies* show them."""
    listed = list(bodies)
    found = (
        {one for body in listed for one in index.find(_FIGURES, body)}
        - set(leave_out)
        - set(listed)
    )
    figures = {one: figure for one in found if (figure := _figure(index, one, base))}
    figures = {
        one: figure
        for one, figure in figures.items()
        if not any(a in figures for a in one.iterancestors())
    }
    visible = read_visible(listed, leave_out, frozenset(figures))
    return _parted(visible, figures)


def _figure(index: Index, element: Element, base: str) -> Block | None:
    """Return the figure that *element* is, or None: too small, without an address, or with text of its own."""
    images = [element] if element.tag == "img" else index.find("img", element)
    if len(images) != 1 or (
        element.tag != "img"
        and index.find("blockquote, table, pre, p", element)
        and not index.find(_CAPTIONS, element)
    ):
        return None
    image = images[0]
    names = (image.get("class") or "").split()
    if "wp-smiley" in names or "emoji" in names or "avatar" in names or _is_small(image):
        return None
    address = next((a for name in _SOURCES if (a := _address(image.get(name) or "", base))), "")
    captions = index.find(_CAPTIONS, element) if element is not image else []
    caption = read_visible(captions).text if captions else ""
    alt = " ".join((image.get("alt") or "").split())
    return (
        Block("", "figure", alt, address=address, caption=caption)
        if address or caption or alt
        else None
    )


def _is_small(image: Element) -> bool:
    sizes = [image.get("width") or "", image.get("height") or ""]
    return any(size.isdigit() and int(size) < 24 for size in sizes)


def _address(text: str, base: str) -> str:
    if text.startswith(("data:", "cid:", "blob:")):
        return ""
    try:
        return public_address(urljoin(base, text) if base and text else text)
    except ValueError:
        return ""


def _parted(visible: Visible, figures: dict[Element, Block]) -> tuple[Block, ...]:
    """Cut a visible text at its blank lines, but not within preformatted text."""
    verbatim = [s for s in visible.styles if s.kind == "preformatted"]
    cuts, start = [], 0
    for gap in _GAP.finditer(visible.text):
        if not any(s.start <= gap.start() and gap.end() <= s.end for s in verbatim):
            cuts.append((start, gap.start()))
            start = gap.end()
    cuts.append((start, len(visible.text)))
    placed: list[tuple[int, int, Block]] = [
        (place, 1, figures[one]) for place, one in visible.figures
    ]
    at = 0
    for first, last in cuts:
        text = visible.text[first:last].strip(" \u00a0\n")
        if text:
            block, at = _paragraph(visible, first, last, at)
            placed.append((first, 2, block))
    placed.sort(key=lambda one: (one[0], one[1]))
    numbers = {"figure": 0, "paragraph": 0}
    named = []
    for _, _, block in placed:
        numbers[block.kind] += 1
        prefix = "p" if block.kind == "paragraph" else "figure"
        named.append(
            Block(
                f"{prefix}-{numbers[block.kind]}",
                block.kind,
                block.text,
                block.address,
                block.caption,
                block.styles,
            )
        )
    return tuple(named)


def _paragraph(visible: Visible, first: int, last: int, at: int) -> tuple[Block, int]:
    """Return the paragraph from *first* to *last*, and the first style that later ones may need."""
    text = visible.text[first:last]
    lead = len(text) - len(text.lstrip(" \u00a0\n"))
    first, text = first + lead, text.strip(" \u00a0\n")
    end = first + len(text)
    styles = visible.styles
    while at < len(styles) and styles[at].end <= first:
        at += 1
    own = []
    for style in styles[at:]:
        if style.start >= end:
            break
        if style.end > first:
            own.append(
                Style(
                    max(style.start, first) - first,
                    min(style.end, end) - first,
                    style.kind,
                    style.address,
                )
            )
    return Block("", "paragraph", text, styles=tuple(own)), at
