"""Give a theme what it shows of a paragraph or a comment."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from .markdown import to_html
from .marked import Mark
from .marks import show_marks
from .merge import inserted
from .model import Block, Comment, Variant
from .note_views import (
    NoteView,
    ReferenceView,
    marked_html,
)
from .robust_links import robust
from .wording import (
    author_words,
    kind_words,
    time_words,
    variant_words,
)

_SHORT = 60
_OVERHANG = 220
"""How far the notes of a paragraph may reach below it, in pixels: the text then has a hole of that height."""


def plain_html(text: str) -> Markup:
    """Return captured text as escaped HTML."""
    return Markup(to_html(text, "<br>"))


def variant_views(variants: Sequence[Variant], lead: str) -> tuple[tuple[str, Markup], ...]:
    """Return what other captures have instead: words that say which, and escaped HTML.

    What the leading text has not is marked as inserted.
    """
    return tuple(
        (
            show_marks(variant_words(one)),
            Markup(to_html(one.text, "<br>", styles=inserted(one.text, lead))),
        )
        for one in variants
    )


@dataclass(frozen=True)
class BlockView:
    """Show one paragraph or figure: ``id kind html address caption notes warnings is_crowded``.

    *is_crowded* tells that its notes need more room than there is beside it, see `with_room`.
    """

    block: Block
    marks: tuple[Mark, ...] = ()
    notes: tuple[NoteView, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[NoteView, ...] = ()
    link: Callable[[str], str] = "#{}".format
    captured: str = ""
    is_crowded: bool = False

    @property
    def id(self) -> str:
        """Return the block's id."""
        return self.block.id

    @property
    def kind(self) -> str:
        """Return ``paragraph`` or ``figure``."""
        return self.block.kind

    @property
    def html(self) -> Markup:
        """Return the paragraph's escaped HTML."""
        block = self.block
        html = marked_html(block.text, self.marks, self.numbers, block.styles, self.link)
        return Markup(robust(html, self.captured))

    @property
    def is_heading(self) -> bool:
        """Tell whether all of it is a heading of the captured page."""
        whole = (0, len(self.block.text))
        return any((s.start, s.end) == whole for s in self.block.styles if s.kind == "heading")

    @property
    def heading(self) -> str:
        """Return a heading's words in one line, shortened for a table of contents."""
        words = " ".join(self.block.text.split())
        return show_marks(words if len(words) <= _SHORT else f"{words[: _SHORT - 2]} …")

    @property
    def variants(self) -> tuple[tuple[str, Markup], ...]:
        """Return what other captures have instead: words that say which, and escaped HTML."""
        return variant_views(self.block.variants, self.block.text)

    @property
    def address(self) -> str:
        """Return where a figure's picture was; never a link."""
        return show_marks(self.block.address)

    @property
    def caption(self) -> str:
        """Return what the page said below a figure."""
        return show_marks(self.block.caption)


def _note_height(note: NoteView) -> int:
    """Guess how tall a note is in the margin, in pixels."""
    words = len(note.annotation.body) * 4 // 7
    return 66 + words + 26 * len(note.fields) + 22 * (bool(note.tags) + bool(note.references))


def _height(block: BlockView) -> int:
    """Guess how tall a block is in the text's column, in pixels."""
    return 60 if block.warnings else 30 + len(block.block.text) // 2


def with_room(blocks: Sequence[BlockView]) -> tuple[BlockView, ...]:
    """Return the blocks, each crowded whose notes do not fit beside it, with a little overhang.

    Beside a block there is room down to the next one that has notes.
    """
    found, free = [], 0
    for block in reversed(blocks):
        free += _height(block)
        tall = sum(map(_note_height, block.notes))
        found.append(replace(block, is_crowded=tall > free + _OVERHANG))
        free = 0 if block.notes else free
    return tuple(reversed(found))


@dataclass(frozen=True, slots=True)
class AnswerView:
    """Show that a comment answers another, or is answered: that one's *address* and *author*.

    *before* and *after* are words around the name; *by* is ``page``, ``editor`` or ``machine``.
    """

    address: str
    author: str
    before: str
    after: str
    by: str


@dataclass(frozen=True)
class CommentView:
    """Show one comment: ``id number author printed time words html early withheld notes``.

    *withheld* says in words what of the comment is withheld. *notes* stand beside it; *also* are
    notes elsewhere that are about all of it, each with the id of its reference. *warnings* are the
    content warnings that fold it, *references* the cross-references that lead to it, *answers* the
    comments that it answers, *answered_by* those that answer it. *link* gives the
    address of a place of the item from the comment's *page* on. *is_unnamed* says that its author's
    name was not captured, or is withheld.
    """

    comment: Comment
    early: bool = False
    withheld: tuple[str, ...] = ()
    notes: tuple[NoteView, ...] = ()
    also: tuple[tuple[NoteView, str], ...] = ()
    marks: tuple[Mark, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[NoteView, ...] = ()
    references: tuple[ReferenceView, ...] = ()
    answers: tuple[AnswerView, ...] = ()
    answered_by: tuple[AnswerView, ...] = ()
    captures: str = ""
    link: Callable[[str], str] = "#{}".format
    page: int = 1
    captured: str = ""
    is_unnamed: bool = False

    @property
    def kind(self) -> str:
        """Return ``Pingback`` or ``Trackback``, or an empty string."""
        return kind_words(self.comment)

    @property
    def variants(self) -> tuple[tuple[str, Markup], ...]:
        """Return what other captures have instead: words that say which, and escaped HTML."""
        return variant_views(self.comment.variants, self.comment.text)

    @property
    def id(self) -> str:
        """Return the permanent id."""
        return self.comment.id

    @property
    def language(self) -> str:
        """Return the language that the page or its editor says, or an empty string."""
        return self.comment.language

    @property
    def permanent(self) -> str:
        """Return its permanent address from its page on: below the item's own page."""
        return f"#{self.id}" if self.page == 1 else f"index.html#{self.id}"

    @property
    def number(self) -> int | None:
        """Return the number that the page printed."""
        return self.comment.number

    @property
    def author(self) -> str:
        """Return the author's name, or words that say there is none."""
        return show_marks(author_words(self.comment))

    @property
    def printed(self) -> str:
        """Return the time as the page printed it."""
        return show_marks(self.comment.printed)

    @property
    def time(self) -> str:
        """Return the time in ISO 8601 with offset, or an empty string."""
        return self.comment.published.isoformat() if self.comment.published else ""

    @property
    def words(self) -> str:
        """Return the time in words, or say that none was captured."""
        published = self.comment.published
        return time_words(published, self.comment.is_day) if published else "no time captured"

    @property
    def html(self) -> Markup:
        """Return the comment's escaped HTML."""
        comment = self.comment
        html = marked_html(comment.text, self.marks, self.numbers, comment.styles, self.link)
        return Markup(robust(html, self.captured))
