"""Make records of an edition: what the search finds, each with the address of its very place.

A record holds only words that the item's pages show: it is made of the redacted edition.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from ..folded_places import folded_places, folded_words
from ..marks import show_marks
from ..model import Comment, GlossaryEntry
from ..note_index import TermView
from ..note_views import NoteView
from ..views import EditionView
from ..wording import author_words, is_replacement

PART = 8_000
"""An article of more characters is several records: a reader's browser loads texts whole."""

_BREAK = re.compile(r"<br>|</(?:p|li|h\d|blockquote|pre|d[td]|t[dhr])>")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """Hold one thing to be found: an article or a part of one, a comment, a note, a glossary entry.

    *passages* are its texts, each after the address of its place below the item's folder. *authors*
    and *tags* are as shown, *day* is ISO 8601 or empty. *title* is empty where it is that of its
    item. *head* are words that weigh more. *folded* are the numbers of the passages that a content
    warning folds: they are found, and not shown. By *unnamed* of its authors nobody chooses: they
    stand for a name that is withheld, or that was not captured.
    """

    what: str
    kind: str
    authors: tuple[str, ...]
    day: str
    tags: tuple[str, ...]
    title: str
    head: str
    passages: tuple[tuple[str, str], ...]
    folded: tuple[int, ...] = ()
    unnamed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchItem:
    """Hold an item's records, oldest first, the article last; *url* is its page's below the site."""

    url: str
    title: str
    tags: tuple[str, ...]
    records: tuple[SearchRecord, ...]


def item_of(view: EditionView, url: str) -> SearchItem:
    """Return what is to be found of one item."""
    tags = tuple(map(_line, view.edition.tags))
    folded = folded_places(view.edition)
    replacements = view.document.replacements
    records = (
        *_notes(view, folded),
        *_comments(view, folded, replacements),
        *_articles(view, tags, folded, replacements),
    )
    return SearchItem(url, _line(view.document.title), tags, records)


def glossary_item(terms: Sequence[TermView]) -> SearchItem:
    """Return what is to be found of the glossary."""
    return SearchItem("glossary/index.html", "Glossary", (), tuple(map(_entry, terms)))


def _articles(
    view: EditionView,
    tags: tuple[str, ...],
    folded: frozenset[str],
    replacements: frozenset[str],
) -> Iterator[SearchRecord]:
    """Yield the article in as few parts as `PART` allows, the first of them last."""
    authors = tuple(map(_line, view.document.authors))
    unnamed = _replaced(view.document.authors, replacements)
    day = _day(view.document.published)
    head = " ".join((_line(view.document.title), *authors, *tags))
    parts: list[list[tuple[str, str]]] = [[]]
    folds: list[list[int]] = [[]]
    size = 0
    for address, text, is_folded in _passages(view, folded):
        if size and size + len(text) > PART:
            parts.append([])
            folds.append([])
            size = 0
        if is_folded:
            folds[-1].append(len(parts[-1]))
        parts[-1].append((address, text))
        size += len(text)
    for part, hidden in zip(reversed(parts), reversed(folds), strict=True):
        yield SearchRecord(
            "article", "", authors, day, (), "", head, tuple(part), tuple(hidden), unnamed
        )


def _replaced(authors: Sequence[str], replacements: frozenset[str]) -> tuple[str, ...]:
    """Return those of some names, as shown, that are replacements of what is withheld."""
    return tuple(_line(one) for one in authors if is_replacement(one, replacements))


def _passages(view: EditionView, folded: frozenset[str]) -> Iterator[tuple[str, str, bool]]:
    """Yield the address and the words of each paragraph and caption, and whether they are folded."""
    for block in view.document.blocks:
        text = _line(block.caption if block.kind == "figure" else block.text)
        for start in range(0, len(text), PART):
            yield view.where(block.id), text[start : start + PART], block.id in folded


def _comments(
    view: EditionView, folded: frozenset[str], replacements: frozenset[str]
) -> Iterator[SearchRecord]:
    """Yield the comments, oldest first; those without a time before them, as captured.

    A time that was reckoned gives no day: nobody captured it.
    """
    noted: dict[str, list[str]] = {}
    for note in view.edition.annotations:
        for target in note.targets if note.tags else ():
            noted.setdefault(target.place, []).extend(map(_line, note.tags))
    where = view.where
    for one in sorted(view.document.comments, key=_time):
        author = _line(author_words(one))
        tags = tuple(dict.fromkeys(noted.get(one.id, ())))
        head = author if one.author else ""
        passages = ((where(one.id), _line(one.text)),)
        day = "" if one.is_approximate else _day(one.published)
        hidden = (0,) if one.id in folded else ()
        unnamed = _replaced((one.author,), replacements) if one.author else (author,)
        yield SearchRecord("comment", "", (author,), day, tags, "", head, passages, hidden, unnamed)


def _time(comment: Comment) -> float:
    return comment.published.timestamp() if comment.published else 0.0


def _notes(view: EditionView, folded: frozenset[str]) -> Iterator[SearchRecord]:
    """Yield the annotations, the first of the page last; folded words are no title of theirs."""
    hidden = folded_words(view.edition, folded)
    for note in reversed(view.notes):
        fields = "".join(f" {name}: {plain(html)}" for name, html in note.fields)
        text = _line(f"{plain(note.html)}{fields}")
        by = (_line(note.by),) if note.by else ()
        tags = tuple(map(_line, note.tags))
        head = " ".join((note.label, note.words, *by, *tags))
        passages = ((view.where(f"note-{note.id}"), text),)
        title = "" if note.id in hidden else note.words
        yield SearchRecord("note", note.kind, by, _note_day(note), tags, title, head, passages)


def _note_day(note: NoteView) -> str:
    return note.date if re.fullmatch(r"\d{4}-\d\d-\d\d", note.date) else ""


def _entry(term: TermView) -> SearchRecord:
    entry: GlossaryEntry = term.entry
    names = tuple(map(_line, entry.terms))
    by = (_line(entry.by),) if entry.by else ()
    tags = tuple(map(_line, entry.tags))
    passages = ((term.address.rpartition("/")[2], _line(plain(term.html))),)
    return SearchRecord("entry", "", by, "", tags, names[0], " ".join((*names, *tags)), passages)


def _day(when: object) -> str:
    """Return the day of a time on its own clock."""
    return str(when)[:10] if when else ""


def _line(text: str) -> str:
    """Return text as the page shows it, in one line."""
    return " ".join(show_marks(text).split())


def plain(html: str) -> str:
    """Return the words of HTML.

    >>> plain("<p>One <em>bo</em>dy &amp; soul</p><p>Two</p>")
    'One body & soul Two '
    """
    return unescape(_TAG.sub("", _BREAK.sub(" ", str(html))))
