"""Give a theme what it shows of annotations, and of the marks in captured text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from markupsafe import Markup

from .annotations import KINDS
from .comment_pages import Paging
from .cross_references import Destination
from .hand_pages import render_body, render_markdown
from .markdown import to_html
from .marked import Mark
from .marks import show_marks
from .model import Annotation, Edition, Reference, Style
from .note_images import with_images_from
from .notes import Notes, field_words, reference_id, words_of_targets
from .project import editor_slug
from .robust_links import robust, robust_sources
from .wording import author_words

_SHORT = 120


@dataclass(frozen=True)
class ReferenceView:
    """Show one cross-reference that leads here: its item's *title*, and its *address*."""

    title: str
    address: str


@dataclass(frozen=True)
class NoteView:
    """Show one annotation: ``id number kind label html fields by date tags words references``.

    *link* gives the address of a place of the item from the page on that the note stands on. *page* is the
    number of that page. *author* is that of the comment that all
    of it is about.
    """

    annotation: Annotation
    number: int
    edition: Edition
    link: Callable[[str], str] = "#{}".format
    page: int = 1
    author: str = ""

    @property
    def id(self) -> str:
        """Return the annotation's id; its place is ``note-<id>``."""
        return self.annotation.id

    @property
    def permanent(self) -> str:
        """Return its permanent address from its page on: below the item's own page."""
        return f"#note-{self.id}" if self.page == 1 else f"index.html#note-{self.id}"

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
        """Return the body as safe HTML, as it stands on its page."""
        return Markup(robust(self._here(render_body(self.annotation.body)), self.date))

    def _here(self, html: str) -> str:
        """Return HTML of the item's own page as it stands on the note's page."""
        return html.replace('href="#', 'href="index.html#') if self.page > 1 else html

    def html_from(self, site: str) -> Markup:
        """Return the body as safe HTML, as it stands on another page; *site* leads to the site's root."""
        return Markup(self._from(self.html, site))

    def _from(self, html: str, site: str) -> str:
        """Return HTML of the item's page as it stands on another page."""
        item = f"{site}/{self.edition.document.slug}"
        html = with_images_from(str(html), item).replace('href="../', f'href="{site}/')
        html = html.replace('href="index.html#', 'href="#')
        return html.replace('href="#', f'href="{item}/index.html#')

    @cached_property
    def fields(self) -> tuple[tuple[str, Markup], ...]:
        """Return the kind's own fields: a name and safe HTML each."""
        words = field_words(self.annotation, self.edition.document.slug, self._address)
        day = self.annotation.field("checked") or self.date
        html = ((name, self._here(render_markdown(text))) for name, text in words)
        return tuple((name, Markup(robust_sources(one, day))) for name, one in html)

    def fields_from(self, site: str) -> tuple[tuple[str, Markup], ...]:
        """Return the kind's own fields as they stand on another page; *site* leads to the site's root."""
        return tuple((name, Markup(self._from(words, site))) for name, words in self.fields)

    @property
    def place_words(self) -> str:
        """Say what it is about as a whole: the comment by somebody, the article, the page."""
        place = self.annotation.home
        return f"the whole comment by {self.author}" if self.author else f"the {place}"

    def _address(self, where: Destination) -> str:
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
        return references_to(self.edition, f"note-{self.id}", self.link)


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


def references_to(
    edition: Edition, place: str, link: Callable[[str], str] = "#{}".format
) -> tuple[ReferenceView, ...]:
    """Return the cross-references that lead to a place of an edition."""
    return tuple(
        reference_view(one, edition, link) for one in edition.references if one.place == place
    )


def reference_view(
    one: Reference, edition: Edition, link: Callable[[str], str] = "#{}".format
) -> ReferenceView:
    """Return the view of one cross-reference; *link* gives the address of a place of the edition."""
    slug = edition.document.slug
    if one.slug == slug:
        return ReferenceView("a note on this item", link(f"note-{one.id}"))
    return ReferenceView(show_marks(one.title), address_of(one.slug, f"note-{one.id}", slug))


def marked_html(
    text: str,
    marks: tuple[Mark, ...],
    numbers: Mapping[str, int],
    styles: tuple[Style, ...] = (),
    link: Callable[[str], str] = "#{}".format,
) -> Markup:
    """Return captured text with its marks, each followed by a reference to its note.

    The number of a reference is an attribute, which the theme shows: the text stays what was captured.
    *link* gives the address of a place of the item.
    """

    def reference(mark: Mark) -> str:
        number = numbers[mark.id]
        place = reference_id(mark.id, mark.number)
        where = f'class="note-ref" id="{place}" href="{link(f"note-{mark.id}")}"'
        return f'<a {where} aria-label="Note {number}" data-number="{number}"></a>'

    return Markup(to_html(text, "<br>", marks, reference, noted=True, styles=styles))


def note_views(edition: Edition, paging: Paging) -> tuple[NoteView, ...]:
    """Return all annotations of an edition, numbered in order of their places."""
    numbers = Notes(edition.annotations).numbers
    comments = {one.id: one for one in edition.document.comments}

    def view(one: Annotation) -> NoteView:
        page = paging.page_of(one.home)
        found = comments.get(one.home)
        author = show_marks(author_words(found)) if found else ""
        link = partial(paging.link, here=page)
        return NoteView(one, numbers[one.id], edition, link, page, author)

    return tuple(map(view, edition.annotations))
