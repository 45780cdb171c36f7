"""Read the text of elements as a browser shows it, with the way it was set."""

import re
from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass, field

from ..model import Style, StyleKind
from .addresses import public_address
from .elements import Element

INVISIBLE = frozenset(
    ["script", "style", "template", "noscript", "head", "title", "meta", "link", "object", "svg",
     "iframe", "select", "option", "textarea", "input", "button", "canvas", "audio", "video", "map",
     "noframes", "applet", "embed", "datalist", "math"]
)  # fmt: skip
_PARAGRAPHS = frozenset(
    ["p", "div", "blockquote", "pre", "ul", "ol", "dl", "table", "section", "article", "aside",
     "header", "footer", "nav", "main", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption",
     "address", "fieldset", "form", "hr", "center", "details", "summary", "body", "html"]
)  # fmt: skip
_LINES = frozenset(["li", "dt", "dd", "tr", "caption", "thead", "tbody", "tfoot"])
_STYLES: dict[str, StyleKind] = {
    "em": "emphasis", "i": "emphasis", "strong": "strong", "b": "strong", "code": "code",
    "tt": "code", "kbd": "code", "samp": "code", "del": "deleted", "s": "deleted",
    "strike": "deleted", "blockquote": "quote", "pre": "preformatted", "h1": "heading",
    "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
}  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_HIDDEN_CLASSES = frozenset(
    ["screen-reader-text", "visually-hidden", "sr-only", "hidden", "element-invisible",
     "assistive-text", "visuallyhidden", "says", "screen-reader-only", "offscreen"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Visible:
    """Hold a visible text, its styles in code points, how many images it lost, and where figures stood."""

    text: str = ""
    styles: tuple[Style, ...] = ()
    images: int = 0
    figures: tuple[tuple[int, Element], ...] = ()


def is_hidden(element: Element) -> bool:
    """Tell whether a browser shows nothing of *element*."""
    if element.tag in INVISIBLE or "hidden" in element.attrib:
        return True
    names = element.get("class")
    if names and not _HIDDEN_CLASSES.isdisjoint(names.split()):
        return True
    style = element.get("style")
    return bool(style and _HIDDEN.search(style))


@dataclass(slots=True)
class Writer:
    """Write text piece by piece, white space collapsed, and keep where each style began."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    gap: int = 0
    styles: list[Style] = field(default_factory=list)
    starting: list[list[int]] = field(default_factory=list)
    images: int = 0
    as_figures: Collection[Element] = frozenset()
    figures: list[tuple[int, Element]] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Write inline *text*; what was due before it (a space, a line, a paragraph) comes first."""
        # a soft hyphen is a hint for breaking lines: no browser shows it within a line
        words = _SPACE.sub(" ", text.replace("\u00ad", ""))
        if words[:1] == " ":
            self.due(1)
            words = words[1:]
        if not words:
            return
        ends_open = words[-1] == " "
        self.put(words[:-1] if ends_open else words)
        if ends_open:
            self.due(1)

    def put(self, text: str) -> None:
        """Write *text* as it is."""
        if self.gap and self.length:
            gap = (" ", "\n", "\n\n")[self.gap - 1]
            self.pieces.append(gap)
            self.length += len(gap)
        self.gap = 0
        for start in self.starting:
            start[0] = self.length
        self.starting.clear()
        self.pieces.append(text)
        self.length += len(text)

    def due(self, gap: int) -> None:
        """Note that a space (1), a new line (2) or a new paragraph (3) is due."""
        self.gap = max(self.gap, gap)

    def line_break(self) -> None:
        """End a line; a second time, the paragraph."""
        self.gap = 3 if self.gap >= 2 else 2


def read_visible(
    elements: Iterable[Element],
    leave_out: Container[Element] = frozenset(),
    as_figures: Collection[Element] = frozenset(),
) -> Visible:
    """Return the visible text of *elements*, one after another, without those to *leave out*.

    Of those *as figures* only the place is kept. Paragraphs are apart by a blank line, lines and items of lists by a newline.

    >>> from lxml import html
    >>> read_visible([html.fromstring("<div><p>a <em>b</em><br>c<p>d</div>")])
    Visible(text='a b\\nc\\n\\nd', styles=(Style(start=2, end=3, kind='emphasis', address=''),), images=0, figures=())
    """
    writer = Writer(as_figures=as_figures)
    for element in elements:
        if element not in leave_out and not is_hidden(element):
            _walk(writer, element, leave_out)
            writer.due(1)
    return _finished(writer)


def _finished(writer: Writer) -> Visible:
    text = "".join(writer.pieces)
    bare = text.rstrip(" \n\u00a0")
    shift = len(bare) - len(bare.lstrip(" \n\u00a0"))
    styles = (
        Style(max(s.start - shift, 0), min(s.end, len(bare)) - shift, s.kind, s.address)
        for s in writer.styles
    )
    kept = tuple(sorted((s for s in styles if s.start < s.end), key=lambda s: (s.start, -s.end)))
    figures = tuple((max(place - shift, 0), one) for place, one in writer.figures)
    return Visible(bare[shift:], kept, writer.images, figures)


def _walk(writer: Writer, top: Element, leave_out: Container[Element]) -> None:
    """Write *top* without recursion: a page may be nested two thousand deep."""
    stack: list[tuple[Element, list[int] | None, int]] = []
    items = preformatted = 0
    at: Element | None = top
    while True:
        # go down
        while at is not None:
            gap, start = _open(writer, at, items, at is top)
            items += at.tag in _LINES and at is not top
            preformatted += at.tag == "pre"
            stack.append((at, start, gap))
            if at.text:
                _write(writer, at.text, preformatted)
            at = _visible_child(writer, at, leave_out, preformatted)
        # go up
        while stack:
            done, start, gap = stack.pop()
            _close(writer, done, start, gap)
            items -= done.tag in _LINES and done is not top
            preformatted -= done.tag == "pre"
            if not stack:
                return
            if done.tail:
                _write(writer, done.tail, preformatted)
            at = _visible_next(writer, done.getnext(), leave_out, preformatted)
            if at is not None:
                break


def _write(writer: Writer, text: str, preformatted: int) -> None:
    if not preformatted:
        writer.write(text)
        return
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if writer.gap >= 2:
        text = text.lstrip("\n")
    if text:
        writer.put(text)


def _visible_child(
    writer: Writer, parent: Element, leave_out: Container[Element], preformatted: int
) -> Element | None:
    return _visible_next(writer, parent[0] if len(parent) else None, leave_out, preformatted)


def _visible_next(
    writer: Writer, at: Element | None, leave_out: Container[Element], preformatted: int
) -> Element | None:
    """Return the first element from *at* on that is shown; write the text between."""
    while at is not None and (at in leave_out or at in writer.as_figures or is_hidden(at)):
        if at in writer.as_figures:
            writer.figures.append((writer.length, at))
            writer.due(3)
        if at.tag in _PARAGRAPHS:
            writer.due(3)
        if at.tail:
            _write(writer, at.tail, preformatted)
        at = at.getnext()
    return at


def _open(
    writer: Writer, element: Element, items: int, is_top: bool
) -> tuple[int, list[int] | None]:
    """Begin *element*: return the gap due around it, and where its style begins, once known.

    The topmost element is no item of a list, though a page may make it one: as it does a comment.
    """
    tag = str(element.tag)
    gap = 0
    if tag == "br":
        writer.line_break()
    elif tag == "img":
        _image(writer, element)
    elif tag in _LINES or (items and tag in _PARAGRAPHS):
        gap = 2
    elif tag in _PARAGRAPHS:
        gap = 3
    elif tag in ("td", "th"):
        writer.due(1)
    if gap:
        writer.due(gap)
    is_item = tag == "li" and not is_top
    if tag in _STYLES or is_item or (tag == "a" and element.get("href")):
        start = [-1]
        writer.starting.append(start)
        return gap, start
    return gap, None


def _close(writer: Writer, element: Element, start: list[int] | None, gap: int) -> None:
    if start is not None and start[0] >= 0:
        writer.styles.append(_style(element, start[0], writer.length))
    elif start is not None:
        writer.starting.pop()
    if gap:
        writer.due(gap)
    elif element.tag in ("td", "th"):
        writer.due(1)


def _style(element: Element, start: int, end: int) -> Style:
    tag = str(element.tag)
    if tag == "a":
        return Style(start, end, "link", public_address(element.get("href") or ""))
    if tag == "li":
        parent = element.getparent()
        is_numbered = parent is not None and parent.tag == "ol"
        return Style(start, end, "numbered-item" if is_numbered else "item")
    return Style(start, end, _STYLES[tag])


def _image(writer: Writer, element: Element) -> None:
    """Write the alternative text of a smiley, which is part of its sentence; count other images as lost."""
    names = (element.get("class") or "").split()
    if "avatar" in names or "photo" in names or element.get("width") in ("0", "1"):
        return
    alt = (element.get("alt") or "").strip()
    is_smiley = "wp-smiley" in names or "emoji" in names or "smiley" in names
    if alt and is_smiley:
        writer.write(alt)
    else:
        writer.images += 1
