"""Name the nouns of the archive: from a capture's bytes to a Markdown page.

Every offset counts Unicode code points of the decoded capture, line ends as captured.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

Account = Literal["article", "comment", "furniture", "remainder"]
BlockKind = Literal["paragraph", "figure"]


@dataclass(frozen=True, slots=True)
class Note:
    """Say a fact about a capture that a reader or an editor should know.

    *comments* lists the ids of the comments that the fact is about.
    """

    code: str
    text: str
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """Account for the characters from *start* up to *end* of a capture, as *name* says."""

    start: int
    end: int
    account: Account
    name: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Keep captured text that is neither article nor comment, under the name of what it is."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """Keep a date and time as *printed*, and as *local* reads it (without a zone).

    *zone* is the abbreviation that the page printed beside it ("ET"), or empty;
    *has_time* is false where only a date was printed.
    """

    printed: str
    local: datetime
    zone: str = ""
    has_time: bool = True


@dataclass(frozen=True, slots=True)
class Block:
    """Hold one paragraph, or one figure whose picture was not captured.

    *text* is as captured, line breaks as a newline; of a figure it is the shortcode itself,
    *address* is where its picture was, *caption* what the page said below it.
    """

    id: str
    kind: BlockKind
    text: str
    address: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class CapturedComment:
    """Hold one comment as a capture has it; *text* has paragraphs apart by a blank line."""

    author: str
    text: str
    stamp: Stamp | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """Hold what one capture format read from one file."""

    characters: int
    title: str | None = None
    stamp: Stamp | None = None
    authors: tuple[str, ...] = ()
    role: str = ""
    filed_under: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    comments: tuple[CapturedComment, ...] = ()
    declared: int | None = None
    pager: str = ""
    entries: tuple[Entry, ...] = ()
    furniture: tuple[Passage, ...] = ()
    remainder: tuple[Passage, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class CaptureFile:
    """Say where a capture came from: one entry of ``files:`` in capture.yaml.

    *sha256* is None in what is published of an item with something withheld: a plain digest would
    let anyone test a guess. *keyed_sha256* is an HMAC with the archive's own key, if it has one.
    """

    name: str
    format: str
    sha256: str | None
    captured: str | None = None
    keyed_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """Hold one comment of a document, under its permanent *id*.

    *is_day* says that the page printed a day alone: the midnight in *published* is no time of its own.
    """

    id: str
    author: str
    text: str
    published: datetime | None = None
    printed: str = ""
    number: int | None = None
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Say what the page declares and no capture has."""

    declared: int | None
    captured: int
    pager: str = ""

    @property
    def missing(self) -> int:
        """Count the responses that were declared and not captured."""
        return max((self.declared or 0) - self.captured, 0)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Count the characters of all captures of an item, by what they belong to."""

    article: int = 0
    comment: int = 0
    furniture: int = 0
    remainder: int = 0

    @property
    def total(self) -> int:
        """Count all characters."""
        return self.article + self.comment + self.furniture + self.remainder


@dataclass(frozen=True, slots=True)
class Withholding:
    """Tell the public of one redaction: what is withheld, where, and what is shown instead.

    *places* are ids of comments, ``article``, ``title`` or ``page``.
    """

    id: str
    withheld: str
    replacement: str
    public_note: str
    date: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Hold one item: what all of its captures say, together."""

    slug: str
    title: str
    published: datetime | None
    published_printed: str
    authors: tuple[str, ...]
    role: str
    filed_under: tuple[str, ...]
    tags: tuple[str, ...]
    blocks: tuple[Block, ...]
    comments: tuple[Comment, ...]
    responses: Gap
    ledger: Ledger
    source: str | None
    time_zone: str
    files: tuple[CaptureFile, ...]
    furniture: tuple[Passage, ...] = ()
    remainder: tuple[Passage, ...] = ()
    notes: tuple[Note, ...] = ()
    withheld: tuple[Withholding, ...] = ()
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """Hold where an annotation's words stand in its place, in code points: [start, end)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """Hold one annotation: its *body* in Markdown, its *place*, and the *anchors* found in it.

    *place* is article, title, page, or a comment's id; without anchors the whole place is meant.
    *fields* are the kind's own, as names and texts.
    """

    id: str
    kind: str
    place: str
    body: str
    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tags: tuple[str, ...] = ()
    by: str = ""
    date: str = ""
    anchors: tuple[Anchor, ...] = ()

    def field(self, name: str) -> str:
        """Return the text of one of the kind's own fields, or an empty string."""
        return ", ".join(dict(self.fields).get(name, ()))

    @property
    def is_on_the_whole(self) -> bool:
        """Tell whether it is about the title, the page, or all of the article."""
        return self.place in ("title", "page") or (self.place == "article" and not self.anchors)

    def at(self, anchors: tuple[Anchor, ...]) -> "Annotation":
        """Return the same annotation with its anchors."""
        return replace(self, anchors=anchors)


@dataclass(frozen=True, slots=True)
class Edition:
    """Hold a document as its editors publish it: tags, category and annotations beside it."""

    document: Document
    tags: tuple[str, ...] = ()
    category: str = ""
    summary: str = ""
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one generated Markdown page: its whole text, which carries its own digest."""

    slug: str
    text: str
