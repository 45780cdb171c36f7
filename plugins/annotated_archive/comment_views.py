"""Give a theme the pages of an item's comments, each comment with all that is said of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from itertools import zip_longest

from .answered import answered_by, answers_of
from .comment_pages import Paging, depths, page_name
from .marks import show_marks
from .model import Answer, Comment, Edition, Reference
from .note_views import NoteView, ReferenceView, reference_view
from .notes import Notes, comment_marks, reference_id
from .robust_links import captured_on
from .text_views import AnswerView, CommentView
from .wording import (
    answer_words,
    author_words,
    date_words,
    known_name,
    origin_words,
    withholding_words,
)

Folding = Callable[[Iterable[str]], tuple[NoteView, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """Show one comment of a page, nested: it has *answers* below it, and *closes* so many lists."""

    comment: CommentView
    answers: int
    closes: int


@dataclass(frozen=True)
class CommentPage:
    """Show one page of comments: its *number* from 1, its *name*, and the *comments* on it.

    *first* and *last* count comments from 1.
    """

    number: int
    first: int
    comments: tuple[CommentView, ...]

    @property
    def name(self) -> str:
        """Return the name of the page's file in the item's folder."""
        return page_name(self.number)

    @property
    def last(self) -> int:
        """Return the number of its last comment."""
        return self.first + len(self.comments) - 1

    @cached_property
    def threads(self) -> tuple[Row, ...]:
        """Return readers' comments, each with how many lists of answers begin and end with it."""
        return tuple(_rows([one for one in self.comments if not one.kind]))

    @property
    def pings(self) -> tuple[CommentView, ...]:
        """Return what other sites sent."""
        return tuple(one for one in self.comments if one.kind)

    @cached_property
    def notes(self) -> tuple[NoteView, ...]:
        """Return the notes that stand beside its comments."""
        return tuple(note for one in self.comments for note in one.notes)

    @cached_property
    def span(self) -> tuple[tuple[str, str], ...]:
        """Return the first and the last day of its comments: in ISO 8601, and in words."""
        dated = [one.comment for one in self.comments if one.comment.published]
        ends = (min(dated, key=_when), max(dated, key=_when)) if dated else ()
        days = dict.fromkeys(_when(one).date().isoformat() for one in ends)
        return tuple((day, date_words(datetime.fromisoformat(day))) for day in days)


def _when(comment: Comment) -> datetime:
    assert comment.published  # only comments with a time are asked
    return comment.published


def _rows(comments: Sequence[CommentView]) -> Iterator[Row]:
    """Yield each comment with the lists that open and close after it."""
    deep = (*depths([one.comment for one in comments]), 0)
    below = [0] * len(comments)
    above: list[int] = []
    for place, depth in enumerate(deep[:-1]):
        del above[depth:]
        for one in above:
            below[one] += 1
        above.append(place)
    for place, comment in enumerate(comments):
        yield Row(comment, below[place], max(deep[place] - deep[place + 1], 0))


def comment_pages(
    edition: Edition,
    paging: Paging,
    notes: Notes,
    views: Mapping[str, NoteView],
    folding: Folding,
) -> tuple[CommentPage, ...]:
    """Return the pages of an edition's comments; the first of them is the item's own page.

    *views* has the view of each annotation by its id; *folding* picks those that fold what they
    are about.
    """
    show = _Showing(edition, paging, notes, views, folding)
    return tuple(
        CommentPage(
            number,
            (number - 1) * paging.per_page + 1,
            tuple(show.comment(one, number) for one in paging.on(number)),
        )
        for number in range(1, paging.count + 1)
    )


def differing(pages: Sequence[CommentPage], former: Sequence[CommentPage]) -> Iterator[CommentPage]:
    """Yield each page whose comments, or what is said of them, are not as on the *former* one.

    Numbers of notes do not count.
    """
    for page, before in zip_longest(pages, former[: len(pages)]):
        if before is None or [*map(_said, page.comments)] != [*map(_said, before.comments)]:
            yield page


def _said(one: CommentView) -> tuple[object, ...]:
    """Return what is shown of a comment, so that it can be compared with what was."""
    return (
        one.comment,
        one.early,
        one.withheld,
        [note.annotation for note in one.notes],
        [(note.annotation, place, one.link(f"note-{note.id}")) for note, place in one.also],
        one.marks,
        [note.annotation for note in one.warnings],
        one.references,
        one.answers,
        one.answered_by,
        one.captures,
        one.captured,
        one.is_unnamed,
    )


@dataclass(frozen=True)
class _Showing:
    """Know of an edition what its comments show, each looked up once."""

    edition: Edition
    paging: Paging
    notes: Notes
    views: Mapping[str, NoteView]
    folding: Folding

    @cached_property
    def replacements(self) -> frozenset[str]:
        """Return what is shown instead of what is withheld."""
        return self.edition.document.replacements

    @cached_property
    def early(self) -> frozenset[str]:
        """Return the comments that bear a time before the post's own."""
        notes = self.edition.document.notes
        return frozenset(
            one for note in notes if note.code == "comment-before-post" for one in note.comments
        )

    @cached_property
    def withheld(self) -> Mapping[str, Sequence[str]]:
        """Return what is said of each comment of which something is withheld."""
        found: dict[str, list[str]] = {}
        for one in self.edition.document.withheld:
            for place in one.places:
                found.setdefault(place, []).append(show_marks(withholding_words(one)))
        return found

    @cached_property
    def references(self) -> Mapping[str, Sequence[Reference]]:
        """Return the cross-references that lead to each place."""
        found: dict[str, list[Reference]] = {}
        for one in self.edition.references:
            found.setdefault(one.place, []).append(one)
        return found

    @cached_property
    def by_id(self) -> Mapping[str, Comment]:
        """Return the comments by their ids."""
        return {one.id: one for one in self.edition.document.comments}

    def comment(self, comment: Comment, page: int) -> CommentView:
        """Return the view of a comment that stands on a page."""
        notes, views = self.notes, self.views
        link = partial(self.paging.link, here=page)
        marks = comment_marks(comment, notes)
        wholes = notes.wholes(comment.id)
        return CommentView(
            comment,
            comment.id in self.early,
            tuple(self.withheld.get(comment.id, ())),
            tuple(views[one.id] for one in notes.beside(comment.id)),
            tuple((views[one.id], reference_id(one.id, n)) for one, n in wholes if n > 1),
            marks,
            notes.numbers,
            self.folding([*(one.id for one, _ in wholes), *(mark.id for mark in marks)]),
            self._references(comment.id, link),
            tuple(self._answer(one, one.to, link) for one in self.answers.get(comment.id, ())),
            tuple(
                self._answer(one, one.comment, link) for one in self.answered.get(comment.id, ())
            ),
            show_marks(origin_words(comment.origins, self.edition.document)),
            link,
            page,
            captured_on(self.edition.document, comment.origins),
            not known_name(comment.author, self.replacements),
        )

    @cached_property
    def answers(self) -> Mapping[str, Sequence[Answer]]:
        """Return what each comment answers."""
        return answers_of(self.edition)

    @cached_property
    def answered(self) -> Mapping[str, Sequence[Answer]]:
        """Return what each comment is answered by."""
        return answered_by(self.edition)

    def _answer(self, one: Answer, other: str, link: Callable[[str], str]) -> AnswerView:
        before, after = answer_words(one)
        author = show_marks(author_words(self.by_id[other]))
        return AnswerView(link(other), author, before, show_marks(after), one.by)

    def _references(self, place: str, link: Callable[[str], str]) -> tuple[ReferenceView, ...]:
        found = self.references.get(place, ())
        return tuple(reference_view(one, self.edition, link) for one in found)
