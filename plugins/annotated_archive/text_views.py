"""Give a theme what it shows of a paragraph or a comment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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
from .wording import (
    author_words,
    kind_words,
    time_words,
    variant_words,
)


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
    """Show one paragraph or figure: ``id kind html address caption notes warnings``."""

    block: Block
    marks: tuple[Mark, ...] = ()
    notes: tuple[NoteView, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[NoteView, ...] = ()

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
        return marked_html(self.block.text, self.marks, self.numbers, self.block.styles)

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


@dataclass(frozen=True)
class CommentView:
    """Show one comment: ``id number author printed time words html early withheld notes``.

    *withheld* says in words what of the comment is withheld. *notes* stand beside it; *also* are
    notes elsewhere that are about all of it, each with the id of its reference. *warnings* are the
    content warnings that fold it, *references* the cross-references that lead to it.
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
    answered: Comment | None = None
    captures: str = ""

    @property
    def kind(self) -> str:
        """Return ``Pingback`` or ``Trackback``, or an empty string."""
        return kind_words(self.comment)

    @property
    def reply(self) -> tuple[str, str] | None:
        """Return the id and the author of the comment that it answers, if the page says so."""
        if self.answered is None:
            return None
        return self.answered.id, show_marks(author_words(self.answered))

    @property
    def variants(self) -> tuple[tuple[str, Markup], ...]:
        """Return what other captures have instead: words that say which, and escaped HTML."""
        return variant_views(self.comment.variants, self.comment.text)

    @property
    def id(self) -> str:
        """Return the permanent id."""
        return self.comment.id

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
        return marked_html(self.comment.text, self.marks, self.numbers, self.comment.styles)
