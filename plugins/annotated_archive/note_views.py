"""Give a theme what it shows of annotations, and of the marks in captured text."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from .annotations import KINDS
from .cross_references import Destination
from .hand_pages import render_body, render_markdown
from .markdown import to_html
from .marked import Mark
from .marks import show_marks
from .model import Annotation, Edition, Reference, Style
from .note_images import with_images_from
from .notes import Notes, field_words, words_of_targets
from .project import editor_slug
from .wording import author_words

_SHORT = 120


@dataclass(frozen=True)
class ReferenceView:
    """Show one cross-reference that leads here: its item's *title*, and its *address*."""

    title: str
    address: str


@dataclass(frozen=True)
class NoteView:
    """Show one annotation: ``id number kind label html fields by date tags words references``."""

    annotation: Annotation
    number: int
    edition: Edition

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
        return self.annotation.is_on_words

    @property
    def is_lost(self) -> bool:
        """Tell whether it is no longer anchored."""
        return not self.annotation.targets

    @cached_property
    def words(self) -> str:
        """Return the words that it is about, shortened; empty where a whole place is meant."""
        words = " ".join(words_of_targets(self.annotation, self.edition.document).split())
        words = words if len(words) <= _SHORT else f"{words[: _SHORT - 2].rsplit(' ', 1)[0]} …"
        return show_marks(words)

    @property
    def place(self) -> str:
        """Return the place that it is about: article, title, page, a comment's id."""
        return self.annotation.home

    @property
    def refs(self) -> tuple[tuple[str, int], ...]:
        """Return each reference to it in the text: an id, and a number from 1; the first twenty."""
        targets = self.annotation.targets
        return tuple(
            (reference_id(self.id, number), number)
            for number, target in enumerate(targets[:20], 1)
            if target.span or number > 1
        )

    @cached_property
    def html(self) -> Markup:
        """Return the body as safe HTML, as it stands on the item's own page."""
        return Markup(render_body(self.annotation.body))

    def html_from(self, site: str) -> Markup:
        """Return the body as safe HTML, as it stands on another page; *site* leads to the site's root."""
        return Markup(self._from(self.html, site))

    def _from(self, html: str, site: str) -> str:
        """Return HTML of the item's page as it stands on another page."""
        item = f"{site}/{self.edition.document.slug}"
        html = with_images_from(str(html), item).replace('href="../', f'href="{site}/')
        return html.replace('href="#', f'href="{item}/index.html#')

    @cached_property
    def fields(self) -> tuple[tuple[str, Markup], ...]:
        """Return the kind's own fields: a name and safe HTML each."""
        words = field_words(self.annotation, self.edition.document.slug, self._link)
        return tuple((name, Markup(render_markdown(text))) for name, text in words)

    def fields_from(self, site: str) -> tuple[tuple[str, Markup], ...]:
        """Return the kind's own fields as they stand on another page; *site* leads to the site's root."""
        return tuple((name, Markup(self._from(words, site))) for name, words in self.fields)

    @property
    def place_words(self) -> str:
        """Say what it is about as a whole: the comment by somebody, the article, the page."""
        place = self.annotation.home
        comments = self.edition.document.comments
        found = (
            next((c for c in comments if c.id == place), None) if place[:8] == "comment-" else None
        )
        return (
            show_marks(f"the whole comment by {author_words(found)}") if found else f"the {place}"
        )

    def _link(self, where: Destination) -> str:
        """Return the address of a place in the archive, from the item's page on."""
        return address_of(where.slug, where.place, self.edition.document.slug)

    @property
    def by(self) -> str:
        """Return who wrote it, or an empty string."""
        return self.annotation.by

    @property
    def editor(self) -> str:
        """Return the slug of who wrote it, or an empty string."""
        return editor_slug(self.annotation.by)

    @property
    def date(self) -> str:
        """Return when it was written, or an empty string."""
        return self.annotation.date

    @property
    def tags(self) -> tuple[str, ...]:
        """Return the annotation's own tags."""
        return self.annotation.tags

    @property
    def entry(self) -> str:
        """Return the id of the glossary's entry that it is, or an empty string."""
        return self.annotation.entry

    @property
    def references(self) -> tuple[ReferenceView, ...]:
        """Return the cross-references that lead to it."""
        return references_to(self.edition, f"note-{self.id}")


def reference_id(one: str, number: int) -> str:
    """Return the id of the *number*th reference to a note.

    >>> reference_id("a", 1), reference_id("a", 2)
    ('ref-a', 'ref-a.2')
    """
    return f"ref-{one}" + (f".{number}" if number > 1 else "")


def address_of(slug: str, place: str, here: str) -> str:
    """Return the address of a place from the page of the item *here* on.

    >>> address_of("b", "note-c", "a"), address_of("a", "article", "a")
    ('../b/index.html#note-c', '#top')
    """
    if slug == "glossary":
        return f"../glossary/{'index' if place == 'article' else place}.html"
    fragment = "" if place == "article" else f"#{place}"
    if slug == here:
        return fragment or "#top"
    return f"../{slug}/index.html{fragment}"


def references_to(edition: Edition, place: str) -> tuple[ReferenceView, ...]:
    """Return the cross-references that lead to a place of an edition."""
    return tuple(_reference(one, edition) for one in edition.references if one.place == place)


def _reference(one: Reference, edition: Edition) -> ReferenceView:
    slug = edition.document.slug
    title = "a note on this page" if one.slug == slug else show_marks(one.title)
    return ReferenceView(title, address_of(one.slug, f"note-{one.id}", slug))


def marked_html(
    text: str,
    marks: tuple[Mark, ...],
    numbers: Mapping[str, int],
    styles: tuple[Style, ...] = (),
) -> Markup:
    """Return captured text with its marks, each followed by a reference to its note.

    The number of a reference is an attribute, which the theme shows: the text stays what was captured.
    """

    def reference(mark: Mark) -> str:
        number = numbers[mark.id]
        place = reference_id(mark.id, mark.number)
        where = f'class="note-ref" id="{place}" href="#note-{mark.id}"'
        return f'<a {where} aria-label="Note {number}" data-number="{number}"></a>'

    return Markup(to_html(text, "<br>", marks, reference, noted=True, styles=styles))


def note_views(edition: Edition) -> tuple[NoteView, ...]:
    """Return all annotations of an edition, numbered in order of their places."""
    notes = Notes(edition.annotations)
    return tuple(NoteView(one, notes.numbers[one.id], edition) for one in edition.annotations)
