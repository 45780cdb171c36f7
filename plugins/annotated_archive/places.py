"""Know the places of a document that an annotation can be about, and find words in their texts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .anchor_lock import digest
from .model import Annotation, Document
from .selectors import Miss, Selector, Span, locate

_ELLIPSIS = re.compile(r"\s+(?:…|\.\.\.)\s+")


@dataclass(frozen=True, slots=True)
class Request:
    """Hold one annotation as its content file states it, before it is anchored.

    *slug* is the item whose file it stands in, where that is another item.
    """

    annotation: Annotation
    selector: Selector | None
    path: str
    line: int
    slug: str = ""

    @property
    def commenter(self) -> str:
        """Return the name of the commenter whom it is about, or an empty string."""
        before, found, name = self.annotation.place.partition("commenter:")
        return name.strip() if found and not before else ""

    @property
    def digest(self) -> str:
        """Return the digest of what the editor wrote of its place."""
        return digest(repr((self.annotation.place, self.selector)))


@dataclass(frozen=True, slots=True)
class Places:
    """Hold the text of each place of a document, and the blocks that the article's text has."""

    texts: Mapping[str, str]
    blocks: tuple[tuple[str, int, int], ...]
    authors: Mapping[str, tuple[str, ...]]

    def block_at(self, place: str, start: int) -> tuple[str, str, int]:
        """Return the id and text of the block in which a span begins, and where that block begins."""
        if place == "article":
            for name, first, last in self.blocks:
                if start < last + 2:
                    return name, self.texts[place][first:last], first
        return place, self.texts.get(place, ""), 0


def places_of(document: Document) -> Places:
    """Return the places of a document that an annotation can be in.

    The article's paragraphs are one text, apart by a blank line.
    """
    blocks, offset = [], 0
    paragraphs = [block for block in document.blocks if block.kind == "paragraph"]
    for block in paragraphs:
        blocks.append((block.id, offset, offset + len(block.text)))
        offset += len(block.text) + 2
    authors: dict[str, tuple[str, ...]] = {}
    hidden = {(place, one.replacement) for one in document.withheld for place in one.places}
    for comment in document.comments:
        if (comment.id, comment.author) in hidden:
            continue  # several people may be shown by the same words
        authors[comment.author] = (*authors.get(comment.author, ()), comment.id)
    texts = {
        "title": document.title,
        "article": "\n\n".join(block.text for block in paragraphs),
        **{comment.id: comment.text for comment in document.comments},
    }
    return Places(texts, tuple(blocks), authors)


def find(selector: Selector, text: str) -> tuple[Span, ...] | Miss:
    """Locate a selector, also in shorthand, unless the text itself has what looks like it.

    >>> find(Selector("one [[two]] three"), "two, one two three")
    (Span(start=9, end=12),)
    >>> find(Selector("one … three"), "zero one two three four")
    (Span(start=5, end=18),)
    """
    whole = locate(selector, text)
    before, opened, rest = selector.quote.partition("[[")
    words, closed, after = rest.partition("]]")
    if isinstance(whole, Miss) and opened and closed and words:
        if selector.before or selector.after:
            remedy = "leave out before: and after:, or the brackets and what is around them"
            return Miss("what stands around the words is said twice", remedy)
        return locate(Selector(words, before, after, selector.occurrence), text)
    ends = _ELLIPSIS.split(selector.quote)
    if not isinstance(whole, Miss) or len(ends) != 2:
        return whole
    if selector.occurrence is not None:
        remedy = "leave it out, and give ends that stand once, or before: and after:"
        return Miss("occurrence: means nothing with 'first … last'", remedy)
    first = locate(Selector(ends[0], selector.before), text)
    last = locate(Selector(ends[1], "", selector.after), text)
    for part in (first, last):
        if isinstance(part, Miss):
            return part
    assert isinstance(first, tuple)
    assert isinstance(last, tuple)
    if last[0].start < first[0].end:
        return Miss(f"'{ends[1]}' stands before '{ends[0]}'", "write them in their order")
    return (Span(first[0].start, last[0].end),)
