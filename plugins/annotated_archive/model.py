"""Name the nouns of the archive: from a capture's bytes to a Markdown page.

Every offset counts Unicode code points of the decoded capture, line ends as captured.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Literal

Account = Literal["article", "comment", "furniture", "remainder"]
BlockKind = Literal["paragraph", "figure"]
CommentKind = Literal["comment", "pingback", "trackback"]
AnswerBy = Literal["page", "editor", "machine"]
StyleKind = Literal[
    "emphasis", "strong", "code", "deleted",
    "inserted", "link",
    "quote", "item", "numbered-item", "preformatted", "heading",
]  # fmt: skip


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

    *zone* is the abbreviation that the page printed beside it ("ET"), its offset ("+02:00"), or
    empty; *has_time* is false where only a date was printed. *is_approximate* says that it was
    reckoned from words such as "3 days ago" and the time of the capture.
    """

    printed: str
    local: datetime
    zone: str = ""
    has_time: bool = True
    is_approximate: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """Say how the characters of a text from *start* up to *end* were set: in code points.

    Of quotes, items, headings and preformatted text they are whole paragraphs or lines. *address*
    is where a link leads.
    """

    start: int
    end: int
    kind: StyleKind
    address: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Say that something is the *number*th comment or block, from 1, of a captured *file*."""

    file: str
    number: int


@dataclass(frozen=True, slots=True)
class Variant:
    """Hold what some captures have instead of a comment's or a block's text."""

    text: str
    origins: tuple[Origin, ...]
    author: str = ""


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
    styles: tuple[Style, ...] = ()
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class CapturedComment:
    """Hold one comment as a capture has it; *text* has paragraphs apart by a blank line.

    *source_id* is the page's own id of it, *reply_to* that of the comment it answers, *language* a
    tag of BCP 47: each if the page says so.
    """

    author: str
    text: str
    stamp: Stamp | None = None
    number: int | None = None
    source_id: str = ""
    reply_to: str = ""
    kind: CommentKind = "comment"
    styles: tuple[Style, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Capture:
    """Hold what one capture format read from one file.

    *source* and *captured* are the address and the time that the file itself gives; *language* is
    a tag of BCP 47, or empty.
    """

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
    source: str | None = None
    captured: str | None = None
    language: str = ""
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
    *origins* are the captures that have it, *variants* what some of them have instead. *reply_to* is
    the id of the comment that it answers. *is_approximate* says that its time was reckoned. *language*
    is a tag of BCP 47 where the page or an editor says it.
    """

    id: str
    author: str
    text: str
    published: datetime | None = None
    printed: str = ""
    number: int | None = None
    is_day: bool = False
    origins: tuple[Origin, ...] = ()
    source_id: str = ""
    reply_to: str = ""
    kind: CommentKind = "comment"
    styles: tuple[Style, ...] = ()
    variants: tuple[Variant, ...] = ()
    is_approximate: bool = False
    language: str = ""

    @property
    def minute(self) -> str:
        """Return its time to the minute on the page's own clock, or a hyphen."""
        return f"{self.published:%Y-%m-%dT%H:%M}" if self.published else "-"


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
    language: str = ""

    @property
    def replacements(self) -> frozenset[str]:
        """Return what is shown instead of what is withheld, wherever it stood.

        A redaction that was applied at the source knows its places no longer.
        """
        return frozenset(one.replacement for one in self.withheld)


@dataclass(frozen=True, slots=True)
class Target:
    """Say what an annotation is about: all of *place*, or its words from *start* up to *end*.

    *place* is article, title, page, or a comment's id; offsets count code points of its text.
    """

    place: str
    start: int | None = None
    end: int | None = None

    @property
    def span(self) -> tuple[int, int] | None:
        """Return where its words stand, or None where all of the place is meant."""
        return None if self.start is None or self.end is None else (self.start, self.end)


@dataclass(frozen=True, slots=True)
class Annotation:
    """Hold one annotation: its *body* in Markdown, and the *targets* that it was anchored to.

    *place* is where its editor put it: article, title, page, a comment's id, or ``commenter: NAME``.
    *fields* are the kind's own, as names and texts. *entry* is the glossary's entry that made it.
    Without targets it is no longer anchored: *lost* says what its words were.
    """

    id: str
    kind: str
    place: str
    body: str
    fields: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tags: tuple[str, ...] = ()
    by: str = ""
    date: str = ""
    targets: tuple[Target, ...] = ()
    entry: str = ""
    lost: str = ""

    def values(self, name: str) -> tuple[str, ...]:
        """Return the texts of one of the kind's own fields."""
        return dict(self.fields).get(name, ())

    def field(self, name: str) -> str:
        """Return the text of one of the kind's own fields, or an empty string."""
        return ", ".join(self.values(name))

    @property
    def home(self) -> str:
        """Return the place that its note stands beside; empty where it is not anchored."""
        return self.targets[0].place if self.targets else ""

    @property
    def is_on_words(self) -> bool:
        """Tell whether it is about words, rather than a whole place."""
        return bool(self.targets) and self.targets[0].span is not None

    @property
    def is_on_the_whole(self) -> bool:
        """Tell whether it is about the title, the page, or all of the article."""
        return self.home in ("title", "page", "article") and not self.is_on_words

    def at(self, targets: tuple[Target, ...]) -> "Annotation":
        """Return the same annotation with its targets."""
        return replace(self, targets=targets)


@dataclass(frozen=True, slots=True)
class Editor:
    """Hold one registered editor; *address* is public, or empty."""

    name: str
    role: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """Hold one gloss of the whole archive: its *terms*, the first of which names it.

    It holds in *items* and in items with one of *item_tags*; where both are empty, everywhere. On
    a page it explains the first occurrence, or each, if it is meant *everywhere*.
    """

    id: str
    terms: tuple[str, ...]
    body: str
    items: tuple[str, ...] = ()
    item_tags: tuple[str, ...] = ()
    everywhere: bool = False
    tags: tuple[str, ...] = ()
    by: str = ""
    date: str = ""
    path: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Reference:
    """Hold a cross-reference that leads here, to *place*: from the annotation *id* of *slug*.

    *place* is article, a comment's id, or ``note-<id>``; *title* is that of the item it comes from.
    """

    place: str
    slug: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Say that a *comment* answers an earlier one, *to*, and who says so; both are ids.

    The page itself does, or an editor reads it so, or the machine guesses it: *words* are then
    those of the comment that the guess rests on.
    """

    comment: str
    to: str
    by: AnswerBy
    words: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """Hold a document as its editors publish it: tags, category and annotations beside it.

    *references* are the cross-references that lead to it from other notes, *answers* which comments
    answer which. *item_type* says what it is, where its editor does: a key of `ITEM_TYPES`. *digest*
    is that of all the rest, where it was `stamped`.
    """

    document: Document
    tags: tuple[str, ...] = ()
    category: str = ""
    summary: str = ""
    annotations: tuple[Annotation, ...] = ()
    references: tuple[Reference, ...] = ()
    answers: tuple[Answer, ...] = ()
    item_type: str = ""
    digest: str = field(default="", repr=False, compare=False)

    def stamped(self) -> "Edition":
        """Return the same edition with its digest: all that a page shows of an item depends on it."""
        said = repr(self).encode("utf-8", "surrogatepass")
        return replace(self, digest=sha256(said).hexdigest())

    def referred_to(self, references: tuple[Reference, ...]) -> "Edition":
        """Return the same edition with the references that lead to it; its digest tells of them."""
        said = f"{self.digest}{references!r}".encode("utf-8", "surrogatepass")
        digest = sha256(said).hexdigest() if self.digest else ""
        return replace(self, references=references, digest=digest)


@dataclass(frozen=True, slots=True)
class Page:
    """Hold one generated Markdown page: its whole text, which carries its own digest."""

    slug: str
    text: str
