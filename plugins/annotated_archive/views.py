"""Give a theme what it shows of an edition: escaped HTML, and words ready to print.

Every string here is plain text that a template must escape, except `html`, which is escaped.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from .annotations import KINDS
from .hand_pages import render_markdown
from .markdown import to_html
from .marked import Mark
from .marks import show_marks
from .model import Annotation, Block, CaptureFile, Comment, Document, Edition, Ledger, Note, Passage
from .notes import block_marks, comment_marks, field_words
from .wording import (
    author_words,
    date_words,
    gap_words,
    order_words,
    plural,
    summary_of,
    time_words,
    withholding_words,
)


def _numbers(notes: tuple["NoteView", ...]) -> Mapping[str, int]:
    return {note.id: note.number for note in notes}


def _html(text: str) -> Markup:
    return Markup(to_html(text, "<br>"))


@dataclass(frozen=True)
class NoteView:
    """Show one annotation: ``id number kind label html fields by date tags``; *html* is safe."""

    annotation: Annotation
    number: int

    @property
    def id(self) -> str:
        """Return the annotation's id; its place is ``note-<id>``."""
        return self.annotation.id

    @property
    def kind(self) -> str:
        """Return the kind, as in content files."""
        return self.annotation.kind

    @property
    def label(self) -> str:
        """Return the kind's name for readers."""
        return KINDS[self.annotation.kind].label

    @property
    def is_anchored(self) -> bool:
        """Tell whether it is about words, rather than a whole place."""
        return bool(self.annotation.anchors)

    @property
    def html(self) -> Markup:
        """Return the body as safe HTML."""
        return Markup(render_markdown(self.annotation.body))

    @property
    def fields(self) -> tuple[tuple[str, Markup], ...]:
        """Return the kind's own fields: a name and safe HTML each."""
        return tuple(
            (name, Markup(render_markdown(words))) for name, words in field_words(self.annotation)
        )

    @property
    def by(self) -> str:
        """Return who wrote it, or an empty string."""
        return self.annotation.by

    @property
    def date(self) -> str:
        """Return when it was written, or an empty string."""
        return self.annotation.date

    @property
    def tags(self) -> tuple[str, ...]:
        """Return the annotation's own tags."""
        return self.annotation.tags


def _marked_html(text: str, marks: tuple[Mark, ...], numbers: Mapping[str, int]) -> Markup:
    """Return captured text with its marks, each followed by a reference to its note.

    The number of a reference is an attribute, which the theme shows: the text stays what was captured.
    """

    def reference(one: str) -> str:
        number = numbers[one]
        where = f'class="note-ref" id="ref-{one}" href="#note-{one}"'
        return f'<a {where} aria-label="Note {number}" data-number="{number}"></a>'

    return Markup(to_html(text, "<br>", marks, reference, noted=True))


@dataclass(frozen=True)
class BlockView:
    """Show one paragraph or figure: ``id kind html address caption notes``."""

    block: Block
    marks: tuple[Mark, ...] = ()
    notes: tuple[NoteView, ...] = ()

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
        return _marked_html(self.block.text, self.marks, _numbers(self.notes))

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
    """Show one comment: ``id number author printed time words html early withheld``.

    *withheld* says in words what of the comment is withheld.
    """

    comment: Comment
    early: bool = False
    withheld: tuple[str, ...] = ()
    notes: tuple[NoteView, ...] = ()

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
        marks = comment_marks(self.comment, [note.annotation for note in self.notes])
        return _marked_html(self.comment.text, marks, _numbers(self.notes))

    @property
    def warnings(self) -> tuple[NoteView, ...]:
        """Return the content warnings on the whole comment, which fold it."""
        return tuple(n for n in self.notes if n.kind == "content-warning" and not n.is_anchored)


@dataclass(frozen=True)
class EditionView:
    """Show one edition; a theme finds it as ``article.edition``."""

    edition: Edition

    @property
    def document(self) -> Document:
        """Return the document that is shown."""
        return self.edition.document

    @property
    def slug(self) -> str:
        """Return the slug."""
        return self.document.slug

    @property
    def title(self) -> str:
        """Return the title."""
        return show_marks(self.document.title)

    @property
    def authors(self) -> tuple[str, ...]:
        """Return the authors' names."""
        return tuple(map(show_marks, self.document.authors))

    @property
    def role(self) -> str:
        """Return what the byline says of the author."""
        return show_marks(self.document.role)

    @property
    def summary(self) -> str:
        """Return the summary for lists."""
        return show_marks(summary_of(self.edition))

    @property
    def time(self) -> str:
        """Return the time of publication in ISO 8601 with offset, or an empty string."""
        return self.document.published.isoformat() if self.document.published else ""

    @property
    def date(self) -> str:
        """Return the date of publication in words, or an empty string."""
        return date_words(self.document.published) if self.document.published else ""

    @property
    def words(self) -> str:
        """Return the time of publication in words, or say that the page shows none."""
        published = self.document.published
        return time_words(published, self.document.is_day) if published else "no date captured"

    @property
    def printed(self) -> str:
        """Return the time of publication as the page printed it."""
        return show_marks(self.document.published_printed)

    @cached_property
    def blocks(self) -> tuple[BlockView, ...]:
        """Return the article's blocks, each with the notes whose words end in it."""
        views = {note.id: note for note in self.notes}
        return tuple(
            BlockView(block, marks, tuple(views[m.id] for m in marks if m.first))
            for block, marks in block_marks(self.edition)
        )

    @cached_property
    def notes(self) -> tuple[NoteView, ...]:
        """Return all annotations in order of their places."""
        return tuple(NoteView(one, n) for n, one in enumerate(self.edition.annotations, 1))

    @property
    def page_notes(self) -> tuple[NoteView, ...]:
        """Return the notes on the title, the whole page or the whole article."""
        return tuple(note for note in self.notes if note.annotation.is_on_the_whole)

    @cached_property
    def comments(self) -> tuple[CommentView, ...]:
        """Return the comments in the order captured."""
        early = {
            anchor
            for note in self.document.notes
            if note.code == "comment-before-post"
            for anchor in note.comments
        }
        return tuple(
            CommentView(
                c,
                c.id in early,
                tuple(
                    show_marks(withholding_words(one))
                    for one in self.document.withheld
                    if c.id in one.places
                ),
                tuple(note for note in self.notes if note.annotation.place == c.id),
            )
            for c in self.document.comments
        )

    @property
    def comment_count(self) -> str:
        """Return the number of comments captured, in words."""
        return plural(len(self.document.comments), "comment")

    @property
    def gap(self) -> str:
        """Say what the page declared and what of it was captured."""
        return show_marks(gap_words(self.document))

    @property
    def missing(self) -> int:
        """Count the responses that were declared and not captured."""
        return self.document.responses.missing

    @property
    def order(self) -> str:
        """Say in which order the comments stand."""
        return order_words(self.document)

    @property
    def filed_under(self) -> tuple[str, ...]:
        """Return the categories that the page printed."""
        return tuple(map(show_marks, self.document.filed_under))

    @property
    def source(self) -> str:
        """Return the address of the original, or an empty string."""
        return show_marks(self.document.source or "")

    @property
    def time_zone(self) -> str:
        """Return the zone of the page's own clock."""
        return self.document.time_zone

    @property
    def files(self) -> tuple[CaptureFile, ...]:
        """Return the captured files: ``name format sha256 captured keyed_sha256``."""
        return self.document.files

    @property
    def ledger(self) -> Ledger:
        """Return the counts of characters: ``article comment furniture remainder total``."""
        return self.document.ledger

    @property
    def remarks(self) -> tuple[Note, ...]:
        """Return what is to be known of the capture: ``code text comments``."""
        return self.document.notes

    @property
    def withheld(self) -> tuple[tuple[str, str], ...]:
        """Return each redaction's id, and what the public is told of it."""
        return tuple((w.id, show_marks(withholding_words(w))) for w in self.document.withheld)

    @property
    def furniture(self) -> tuple[Passage, ...]:
        """Return the page furniture as captured: ``name text``."""
        return tuple(Passage(p.name, show_marks(p.text)) for p in self.document.furniture)

    @property
    def remainder(self) -> tuple[Markup, ...]:
        """Return the captured text that was not understood, as escaped HTML."""
        return tuple(_html(passage.text) for passage in self.document.remainder)
