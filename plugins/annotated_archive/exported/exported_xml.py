"""Scan the XML of exports that no strict parser takes, and know where every part of it stands.

Real exports hold control characters, bytes of another encoding, ``&nbsp;`` outside CDATA and broken
tags. So they are scanned here, in one pass and in time that grows with their length alone. There is
nothing to attack: no entity is declared, none is expanded but single characters, nothing is fetched.
What strict XML 1.0 (fifth edition) forbids is counted in `Flaws`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5

from .xml_encoding import decode_xml

MAX_DEPTH = 32
"""Take tags below this depth as text; an export nests 6 deep."""

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z_][\w:.-]{0,100}+)"
    r"(?P<attributes>[^<>\"']*+(?:(?:\"[^\"<]*+\"|'[^'<]*+')[^<>\"']*+)*+)>"
)
_ATTRIBUTE = re.compile(r"([A-Za-z_][\w:.-]*+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>/]++))")
_REFERENCE = re.compile(r"&(?:#([0-9]{1,8}|[xX][0-9a-fA-F]{1,7})|([A-Za-z][A-Za-z0-9]{0,31}));")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OPENINGS = (("<![CDATA[", "]]>"), ("<!--", "-->"), ("<?", "?>"))
_PREDEFINED = frozenset(["amp", "lt", "gt", "quot", "apos"])


@dataclass(slots=True)
class Element:
    """Hold one element: *start* to *end* with its tags, *inner* to *inner_end* without them.

    *name* is the local name, *space* the address of its namespace, or its prefix where none is
    declared. *pieces* are its own text: start, end, and whether it is CDATA.
    """

    name: str
    space: str
    attributes: dict[str, str]
    start: int
    inner: int
    inner_end: int = -1
    end: int = -1
    children: list["Element"] = field(default_factory=list)
    pieces: list[tuple[int, int, bool]] = field(default_factory=list)

    def all(self, name: str) -> Iterator["Element"]:
        """Yield the children called *name*."""
        return (child for child in self.children if child.name == name)

    def first(self, *names: str) -> "Element | None":
        """Return the first child with one of *names*."""
        return next((child for child in self.children if child.name in names), None)


@dataclass(slots=True)
class Flaws:
    """Count what a strict parser would have refused."""

    control_characters: int = 0
    bad_bytes: int = 0
    entities: int = 0
    tags: int = 0
    truncated: bool = False

    def words(self) -> str:
        """Say what was met, or return an empty string.

        >>> Flaws(control_characters=2, tags=1, truncated=True).words()
        '2 control characters; 1 misplaced tag; the end is missing'
        """
        counts = (
            (self.control_characters, "control character", "control characters"),
            (self.bad_bytes, "byte of no encoding", "bytes of no encoding"),
            (self.entities, "entity unknown to XML", "entities unknown to XML"),
            (self.tags, "misplaced tag", "misplaced tags"),
        )
        found = [f"{n:,} {one if n == 1 else many}" for n, one, many in counts if n]
        return "; ".join([*found, *(["the end is missing"] if self.truncated else [])])


@dataclass(slots=True)
class XmlText:
    """Hold the decoded text of an export, its elements below *root*, and its flaws.

    *stray* is the text that stands between elements where none belongs: start and end.
    """

    text: str
    root: Element
    flaws: Flaws
    stray: list[tuple[int, int]]
    encoding: str = "UTF-8"

    def value(self, element: Element | None) -> str:
        """Return the text of an element, its references resolved once, without what XML forbids."""
        if element is None:
            return ""
        text = "".join(
            self.text[start:end] if literal else resolve(self.text[start:end])
            for start, end, literal in element.pieces
        )
        return _CONTROL.sub("", text)

    def is_literal(self, element: Element) -> bool:
        """Tell whether all words of an element stand in CDATA, and so are HTML, not text."""
        words = [p for p in element.pieces if not self.text[p[0] : p[1]].isspace()]
        return bool(words) and all(literal for _, _, literal in words)


def resolve(text: str) -> str:
    """Replace references to single characters, those that HTML names included.

    >>> resolve("&lt;b&gt; &amp;amp; &nbsp;&#8220;&unknown;")
    '<b> &amp; \\xa0“&unknown;'
    """
    return _REFERENCE.sub(_resolved, text) if "&" in text else text


def _resolved(found: re.Match[str]) -> str:
    if found[2]:
        return html5.get(f"{found[2]};", "'" if found[2] == "apos" else found[0])
    number = int(found[1][1:], 16) if found[1][0] in "xX" else int(found[1])
    is_character = 0 < number < 0x110000 and not 0xD800 <= number < 0xE000
    return chr(number) if is_character else found[0]


def scan(data: bytes, opaque: frozenset[str] = frozenset()) -> XmlText:
    """Return the elements of an export; markup within those called as in *opaque* is text.

    >>> xml = scan(b"<a><b x='1'>T&amp;C</b><c><![CDATA[<i>]]></c></a>")
    >>> [(one.name, xml.value(one)) for one in xml.root.children[0].children]
    [('b', 'T&C'), ('c', '<i>')]
    """
    text, encoding, bad = decode_xml(data)
    flaws = Flaws(len(_CONTROL.findall(text)), bad)
    return _Scanner(text, opaque, flaws).scanned(encoding)


class _Scanner:
    """Go through a text once, and put each part below the element that it stands in."""

    def __init__(self, text: str, opaque: frozenset[str], flaws: Flaws) -> None:
        self.text = text
        self.opaque = opaque
        self.flaws = flaws
        self.root = Element("", "", {}, 0, 0, len(text), len(text))
        self.stack = [self.root]
        self.names = [""]
        self.spaces: dict[str, str] = {}
        self.without_end: set[str] = set()
        self.end = 0

    def scanned(self, encoding: str) -> XmlText:
        """Return what the whole text holds."""
        at = 0
        while at < len(self.text):
            found = self.text.find("<", at)
            found = len(self.text) if found < 0 else found
            if found > at:
                self.add_text(at, found, False)
            at = self.markup(found) if found < len(self.text) else found
        self.flaws.truncated |= len(self.stack) > 1
        self.close(1, len(self.text), len(self.text))
        self.flaws.entities = sum(_undeclared(self.text, *piece) for piece in self.plain(self.root))
        return XmlText(self.text, self.root, self.flaws, list(self.stray(self.root)), encoding)

    def plain(self, element: Element) -> Iterator[tuple[int, int]]:
        """Yield where text that is not CDATA stands."""
        yield from ((start, end) for start, end, literal in element.pieces if not literal)
        for child in element.children:
            yield from self.plain(child)

    def markup(self, at: int) -> int:
        """Take what begins with ``<``, and return where it ends."""
        for opening, closing in _OPENINGS:
            if self.text.startswith(opening, at):
                return self.section(at, opening, closing)
        if self.text.startswith("<!", at):
            return self.declaration(at)
        tag = _TAG.match(self.text, at)
        if tag is None:
            self.flaws.tags += 1
            self.add_text(at, at + 1, False)
            return at + 1
        return self.end_tag(tag) if tag["close"] else self.start_tag(tag)

    def section(self, at: int, opening: str, closing: str) -> int:
        start = at + len(opening)
        end = self.text.find(closing, start)
        if end < 0:
            self.flaws.truncated = True
            end = len(self.text)
        if opening == "<![CDATA[":
            self.stack[-1].pieces.append((start, end, True))
        return min(end + len(closing), len(self.text))

    def declaration(self, at: int) -> int:
        """Pass a document type over, with what it declares (XML 1.0, 2.8)."""
        end = self.text.find(">", at)
        subset = self.text.find("[", at, end if end >= 0 else len(self.text))
        if subset >= 0:
            end = self.text.find("]", subset)
            end = self.text.find(">", end) if end >= 0 else end
        self.flaws.truncated |= end < 0
        return end + 1 if end >= 0 else len(self.text)

    def start_tag(self, tag: re.Match[str]) -> int:
        if len(self.stack) > MAX_DEPTH:
            self.flaws.tags += 1
            self.add_text(tag.start(), tag.end(), False)
            return tag.end()
        self.end = tag.end()
        element = self.element(tag)
        self.stack[-1].children.append(element)
        if tag["attributes"].endswith("/"):
            element.inner_end = element.end = tag.end()
            return tag.end()
        self.stack.append(element)
        self.names.append(tag["name"])
        return self.opaque_text(tag) if element.name in self.opaque else tag.end()

    def element(self, tag: re.Match[str]) -> Element:
        attributes: dict[str, str] = {}
        for name, *values in _ATTRIBUTE.findall(tag["attributes"]):
            value = resolve("".join(values))
            if name.startswith("xmlns"):
                self.spaces[name[6:]] = value
            attributes[name.rpartition(":")[2]] = value
        prefix, _, name = tag["name"].rpartition(":")
        space = self.spaces.get(prefix, prefix) if prefix else ""
        return Element(name, space, attributes, tag.start(), tag.end())

    def opaque_text(self, tag: re.Match[str]) -> int:
        """Take text and CDATA up to the end tag, whatever markup stands between; return its place."""
        at, end, closing = tag.end(), -1, f"</{tag['name']}"
        while closing not in self.without_end:
            end = self.text.find(closing, at) if end < at else end
            if end < 0:
                self.without_end.add(closing)
                break
            section = self.text.find("<![CDATA[", at, end)
            if section < 0:
                self.add_text(at, end, False)
                return end
            self.add_text(at, section, False)
            at = self.section(section, "<![CDATA[", "]]>")
        return at

    def end_tag(self, tag: re.Match[str]) -> int:
        if tag["name"] not in self.names[1:]:
            self.flaws.tags += 1
            return tag.end()
        depth = len(self.names) - 1 - self.names[::-1].index(tag["name"])
        self.flaws.tags += len(self.names) - 1 - depth
        self.close(depth + 1, tag.start(), tag.start())
        self.close(depth, tag.start(), tag.end())
        return tag.end()

    def close(self, depth: int, inner_end: int, end: int) -> None:
        """Close all elements from *depth* on."""
        for element in self.stack[depth:]:
            element.inner_end, element.end = inner_end, end
        del self.stack[depth:]
        del self.names[depth:]

    def add_text(self, start: int, end: int, literal: bool) -> None:
        if end <= start:
            return
        pieces = self.stack[-1].pieces
        if pieces and pieces[-1][1:] == (start, literal):
            start = pieces.pop()[0]
        pieces.append((start, end, literal))

    def stray(self, element: Element) -> Iterator[tuple[int, int]]:
        """Yield text, blank or not, that stands beside elements."""
        if not element.children and element is not self.root:
            return
        for start, end, _ in element.pieces:
            if not self.text[start:end].isspace() and start < end:
                yield start, end
        for child in element.children:
            yield from self.stray(child)


def _undeclared(text: str, start: int, end: int) -> int:
    """Count the names of entities that XML does not declare by itself (XML 1.0, 4.6)."""
    if text.find("&", start, end) < 0:
        return 0
    found = _REFERENCE.finditer(text, start, end)
    return sum(bool(one[2]) and one[2] not in _PREDEFINED for one in found)
