"""Give a theme what it shows of an edition: escaped HTML, and words ready to print.

Every string here is plain text that a template must escape, except `html`, which is escaped.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from markupsafe import Markup

from .annotations import KINDS
from .comment_pages import PER_PAGE, Paging, paging
from .comment_views import CommentPage, comment_pages
from .folded_places import folded_places, folds
from .marks import show_marks
from .model import CaptureFile, Document, Edition, Ledger, Note, Passage
from .note_views import NoteView, ReferenceView, note_views, references_to
from .notes import Notes, block_marks
from .project import editor_slug
from .robust_links import captured_on
from .text_views import BlockView, CommentView, plain_html, with_room
from .wording import (
    date_words,
    gap_words,
    order_words,
    plural,
    summary_of,
    time_words,
    withholding_words,
)

T = TypeVar("T")


@dataclass(frozen=True)
class EditionView:
    """Show one edition; a theme finds it as ``article.edition``.

    At most *per_page* comments stand on a page of it.
    """

    edition: Edition
    per_page: int = PER_PAGE

    def keep(self, name: Hashable, make: Callable[[], T]) -> T:
        """Return what *make* returned when it was first asked for by that name.

        What is made of one edition alone is so made once, however many builds show it.
        """
        kept: dict[Hashable, Any] = self.__dict__.setdefault("_kept", {})
        if name not in kept:
            kept[name] = make()
        found: T = kept[name]
        return found

    def keeps(self, name: Hashable) -> bool:
        """Tell whether something is kept by that name."""
        return name in self.__dict__.get("_kept", ())

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
    def language(self) -> str:
        """Return the language of the article as a tag of BCP 47, or an empty string."""
        return self.document.language

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
    def _notes(self) -> Notes:
        return Notes(self.edition.annotations)

    @cached_property
    def _views(self) -> Mapping[str, NoteView]:
        return {note.id: note for note in self.notes}

    @cached_property
    def blocks(self) -> tuple[BlockView, ...]:
        """Return the article's blocks, each with the notes whose words end in it."""
        return with_room(
            [
                BlockView(
                    block,
                    marks,
                    tuple(self._views[mark.id] for mark in marks if mark.number == 1),
                    self._notes.numbers,
                    self._folding(mark.id for mark in marks),
                    self.where,
                    self.captured,
                )
                for block, marks in block_marks(self.edition, self._notes)
            ]
        )

    def _folding(self, ids: Iterable[str]) -> tuple[NoteView, ...]:
        """Return the content warnings among some annotations that fold what they are about."""
        views = (self._views[one] for one in dict.fromkeys(ids))
        return tuple(view for view in views if folds(view.annotation))

    @cached_property
    def notes(self) -> tuple[NoteView, ...]:
        """Return all annotations in order of their places, those without a place last."""
        return note_views(self.edition, self._paging)

    @property
    def page_notes(self) -> tuple[NoteView, ...]:
        """Return the notes on the title, the whole page or the whole article."""
        return tuple(note for note in self.notes if note.annotation.is_on_the_whole)

    @property
    def lost_notes(self) -> tuple[NoteView, ...]:
        """Return the notes that are no longer anchored."""
        return tuple(note for note in self.notes if note.is_lost)

    @cached_property
    def note_groups(self) -> tuple[tuple[str, str, tuple[NoteView, ...]], ...]:
        """Return the notes that have their place, grouped by it: an id, a title, and notes."""
        in_text = tuple(one for one in self.notes if one.place == "article" and one.is_anchored)
        elsewhere = ("article", "title", "page", "")
        in_comments = tuple(one for one in self.notes if one.place not in elsewhere)
        groups = (
            ("article", "In the article", in_text),
            ("whole", "On the page as a whole", self.page_notes),
            ("comments", "In the comments", in_comments),
        )
        return tuple(group for group in groups if group[2])

    @property
    def warnings(self) -> tuple[NoteView, ...]:
        """Return the content warnings that fold all of the article."""
        return self._folding(one.id for one, _ in self._notes.wholes("article", "page"))

    @property
    def note_count(self) -> str:
        """Return the number of notes, in words; empty where there are none."""
        return plural(len(self.notes), "note") if self.notes else ""

    @cached_property
    def kinds(self) -> tuple[tuple[str, str, int], ...]:
        """Return each kind of its notes: as in content files, in words for their number, and the number."""
        counts = Counter(note.kind for note in self.notes)
        return tuple(
            (
                kind.name,
                (kind.label if counts[kind.name] == 1 else kind.plural).lower(),
                counts[kind.name],
            )
            for kind in KINDS.values()
            if counts[kind.name]
        )

    @cached_property
    def editors(self) -> tuple[tuple[str, str, int], ...]:
        """Return each editor of its notes: slug, name and number of notes."""
        counts = Counter(note.by for note in self.notes if note.by)
        return tuple((editor_slug(name), name, count) for name, count in counts.items())

    @property
    def references(self) -> tuple[ReferenceView, ...]:
        """Return the cross-references that lead to the article as a whole."""
        return references_to(self.edition, "article")

    @cached_property
    def comments(self) -> tuple[CommentView, ...]:
        """Return the comments in the order captured, what other sites sent at the end."""
        return tuple(one for page in self.pages for one in page.comments)

    @cached_property
    def folded(self) -> frozenset[str]:
        """Return the ids of the paragraphs, figures and comments that content warnings cover."""
        return folded_places(self.edition)

    @cached_property
    def comment_ids(self) -> frozenset[str]:
        """Return the ids of all comments."""
        return frozenset(one.id for one in self.document.comments)

    @cached_property
    def pages(self) -> tuple[CommentPage, ...]:
        """Return the pages that the comments are spread over; the first is the item's own page."""
        return comment_pages(self.edition, self._paging, self._notes, self._views, self._folding)

    @property
    def page_count(self) -> int:
        """Count the pages that the comments are spread over."""
        return self._paging.count

    @cached_property
    def _paging(self) -> Paging:
        return paging(self.document.comments, self.edition.annotations, self.per_page)

    def where(self, place: str) -> str:
        """Return the address of a comment, a note or a paragraph from the item's own page on."""
        return self._paging.link(place, 1)

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

    @cached_property
    def order(self) -> str:
        """Say in which order the comments stand."""
        return order_words(self.document)

    @property
    def filed_under(self) -> tuple[str, ...]:
        """Return the categories that the page printed."""
        return tuple(map(show_marks, self.document.filed_under))

    @cached_property
    def captured(self) -> str:
        """Return the day of the first capture whose day is known, or an empty string."""
        return captured_on(self.document)

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
        return tuple(plain_html(passage.text) for passage in self.document.remainder)
