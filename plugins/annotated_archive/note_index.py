"""List the annotations of the whole archive: by kind, by editor, by tag, and by glossary entry."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from markupsafe import Markup

from .annotations import KINDS
from .comment_pages import below
from .hand_pages import render_body
from .marks import show_marks
from .model import Comment, Editor, GlossaryEntry
from .note_views import NoteView
from .robust_links import robust
from .views import EditionView
from .wording import author_words, plural

_EXCERPT = 200
_SAID = 4


@dataclass(frozen=True)
class NoteEntry:
    """Show one annotation in a list: its *note*, its item's *title*, and its *address* below the site.

    *where* gives the address of a place from the item's own page on.
    """

    note: NoteView
    title: str
    address: str
    where: Callable[[str], str] = "#{}".format

    @property
    def places(self) -> tuple[str, ...]:
        """Return the address of each of its references in the text."""
        return tuple(below(self.item, self.where(place)) for place, _ in self.note.refs)

    @property
    def item(self) -> str:
        """Return the address of its item."""
        return self.address.partition("#")[0]


@dataclass(frozen=True)
class CommentEntry:
    """Show one annotated comment in a list: *author*, *words*, its item's *title*, its *address*."""

    author: str
    words: str
    title: str
    address: str


@dataclass(frozen=True)
class Facet:
    """Show one way to choose annotations: *name* in words, its page's *address*, and the *count*.

    *role* and *contact* are those of an editor, or empty.
    """

    name: str
    address: str
    count: int
    role: str = ""
    contact: str = ""


@dataclass(frozen=True)
class TermView:
    """Show one glossary entry: ``id term variants html by date tags address``, and its *notes*."""

    entry: GlossaryEntry
    notes: tuple[NoteEntry, ...] = ()

    @property
    def term(self) -> str:
        """Return the term that names it."""
        return self.entry.terms[0]

    @property
    def variants(self) -> tuple[str, ...]:
        """Return the other forms of the term."""
        return self.entry.terms[1:]

    @property
    def address(self) -> str:
        """Return its page's address below the site."""
        return f"glossary/{self.entry.id}.html"

    @cached_property
    def html(self) -> Markup:
        """Return the explanation as safe HTML."""
        return Markup(robust(render_body(self.entry.body), self.entry.date))

    @property
    def places(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """Return each item that has the term: title, address, and the address of each occurrence."""
        return tuple((one.title, one.item, one.places) for one in self.notes)


@dataclass(frozen=True)
class Listing:
    """Hold one page to be written of annotations: its *template*, *address* and *title*.

    *kind* says what it lists by: all, kind, editor, glossary, entry. *facet* is what it is about.
    """

    template: str
    address: str
    title: str
    kind: str
    notes: tuple[NoteEntry, ...] = ()
    facet: Facet | None = None
    term: TermView | None = None

    @property
    def count(self) -> str:
        """Return the number of its annotations, in words."""
        return plural(len(self.notes), "note")

    @property
    def head(self) -> "ListingHead":
        """Return what each page of the list says of all of it."""
        return ListingHead(self.address, self.title, self.kind, self.count, self.facet)


@dataclass(frozen=True)
class ListingHead:
    """Show what a list of annotations is: as `Listing`, without the annotations themselves."""

    address: str
    title: str
    kind: str
    count: str
    facet: Facet | None = None


@dataclass(frozen=True)
class NoteWays:
    """Show the ways to choose among annotations: how many each kind, editor and tag has, and *terms*."""

    kinds: tuple[Facet, ...]
    editors: tuple[Facet, ...]
    tags: Mapping[str, int]
    terms: int


@dataclass(frozen=True)
class NotesOf:
    """Know the annotations of some tags, as `NoteIndex` does, and the comments that they are about."""

    tags: Mapping[str, tuple[NoteEntry, ...]]
    comments: Mapping[str, tuple[CommentEntry, ...]]

    def tagged_comments(self, tag: str) -> tuple[CommentEntry, ...]:
        """Return the comments that annotations of a tag are about, each once."""
        return self.comments.get(tag, ())


class NoteIndex:
    """Know every annotation of the archive, in order of items and places."""

    def __init__(
        self,
        editions: Sequence[EditionView],
        editors: Sequence[Editor] = (),
        glossary: Sequence[GlossaryEntry] = (),
        item_address: str = "{slug}/index.html",
    ) -> None:
        self._editions = editions
        self._editors = {editor.name: editor for editor in editors}
        self._glossary = glossary
        self._item_address = item_address

    @cached_property
    def entries(self) -> tuple[NoteEntry, ...]:
        """Return all annotations."""
        address = self._item_address
        return tuple(
            entry
            for edition in self._editions
            for entry in edition.keep(("notes", address), partial(_entries, edition, address))
        )

    def __bool__(self) -> bool:
        return bool(self.entries or self._glossary)

    @cached_property
    def said(self) -> tuple[NoteEntry, ...]:
        """Return the newest note on words of each kind, the newest first, for the home page."""
        newest: dict[str, NoteEntry] = {}
        for one in self.entries:
            note = one.note
            if not note.is_anchored or note.is_lost or note.kind == "content-warning":
                continue
            if note.kind not in newest or note.date > newest[note.kind].note.date:
                newest[note.kind] = one
        by_date = sorted(newest.values(), key=lambda one: one.note.date, reverse=True)
        return tuple(by_date[:_SAID])

    @cached_property
    def _by_kind(self) -> Mapping[str, list[NoteEntry]]:
        kinds: dict[str, list[NoteEntry]] = {name: [] for name in KINDS}
        for one in self.entries:
            kinds[one.note.kind].append(one)
        return {name: notes for name, notes in kinds.items() if notes}

    @cached_property
    def _by_editor(self) -> Mapping[str, list[NoteEntry]]:
        """Return the annotations of each editor, by the slug of the name."""
        editors: dict[str, list[NoteEntry]] = {}
        for one in self.entries:
            if one.note.by:
                editors.setdefault(one.note.editor, []).append(one)
        return dict(sorted(editors.items()))

    @cached_property
    def tags(self) -> Mapping[str, tuple[NoteEntry, ...]]:
        """Return the annotations that bear each tag, by the tag's name."""
        tags: dict[str, list[NoteEntry]] = {}
        for one in self.entries:
            for tag in one.note.tags:
                tags.setdefault(tag, []).append(one)
        return {name: tuple(notes) for name, notes in sorted(tags.items())}

    def of_tags(self, names: Iterable[str]) -> NotesOf:
        """Return what is known of some tags alone."""
        listed = [name for name in names if name in self.tags]
        return NotesOf(
            {name: self.tags[name] for name in listed},
            {name: self.tagged_comments(name) for name in listed},
        )

    def tagged_comments(self, tag: str) -> tuple[CommentEntry, ...]:
        """Return the comments that annotations of a tag are about, each once."""
        found: dict[str, CommentEntry] = {}
        for one in self.tags.get(tag, ()):
            comments = self._comments[one.note.edition.document.slug]
            for target in one.note.annotation.targets:
                if target.place in comments:
                    entry = _comment_entry(comments[target.place], one)
                    found.setdefault(entry.address, entry)
        return tuple(found.values())

    @cached_property
    def has_feed(self) -> bool:
        """Tell whether any annotation has a date."""
        return any(one.note.date for one in self.entries)

    @cached_property
    def _comments(self) -> Mapping[str, Mapping[str, Comment]]:
        return {e.slug: {c.id: c for c in e.document.comments} for e in self._editions}

    @cached_property
    def kinds(self) -> tuple[Facet, ...]:
        """Return each kind of which there are annotations."""
        return tuple(
            Facet(KINDS[name].plural, f"notes/kind-{name}.html", len(notes))
            for name, notes in self._by_kind.items()
        )

    @cached_property
    def editors(self) -> tuple[Facet, ...]:
        """Return each editor who wrote annotations, with what the registry says."""
        return tuple(self._editor(slug, notes) for slug, notes in self._by_editor.items())

    def _editor(self, slug: str, notes: Sequence[NoteEntry]) -> Facet:
        name = notes[0].note.by
        known = self._editors.get(name, Editor(name))
        return Facet(name, f"notes/by-{slug}.html", len(notes), known.role, known.address)

    @cached_property
    def terms(self) -> tuple[TermView, ...]:
        """Return the glossary's entries by their terms, each with its annotations."""
        made: dict[str, list[NoteEntry]] = {}
        for one in self.entries:
            if one.note.entry:
                made.setdefault(one.note.entry, []).append(one)
        terms = (TermView(entry, tuple(made.get(entry.id, ()))) for entry in self._glossary)
        return tuple(sorted(terms, key=lambda one: (one.term.casefold(), one.term)))

    @cached_property
    def ways(self) -> "NoteWays":
        """Return the ways to choose among the annotations, by their numbers alone."""
        counts = {name: len(notes) for name, notes in self.tags.items()}
        return NoteWays(self.kinds, self.editors, counts, len(self.terms))

    def listings(self) -> Iterator[Listing]:
        """Yield every page that is made of annotations."""
        if self.entries:
            yield Listing("notes", "notes/index.html", "Notes", "all", self.entries)
        for facet, notes in zip(self.kinds, self._by_kind.values(), strict=True):
            yield Listing("notes", facet.address, facet.name, "kind", tuple(notes), facet)
        for facet, notes in zip(self.editors, self._by_editor.values(), strict=True):
            yield Listing("notes", facet.address, facet.name, "editor", tuple(notes), facet)
        if self.terms:
            yield Listing("glossary", "glossary/index.html", "Glossary", "glossary")
        for term in self.terms:
            yield Listing("glossary_entry", term.address, term.term, "entry", term.notes, term=term)


def _entries(edition: EditionView, address: str) -> tuple[NoteEntry, ...]:
    """Return the annotations of one edition."""
    item = address.format(slug=edition.slug)
    return tuple(
        NoteEntry(note, edition.title, f"{item}#note-{note.id}", edition.where)
        for note in edition.notes
    )


def _comment_entry(comment: Comment, one: NoteEntry) -> CommentEntry:
    words = " ".join(comment.text.split())
    words = words if len(words) <= _EXCERPT else f"{words[:_EXCERPT].rsplit(' ', 1)[0]} …"
    author = show_marks(author_words(comment))
    return CommentEntry(author, show_marks(words), one.title, f"{one.item}#{comment.id}")
