"""Keep in the program what the next build of the same archive need not make again, as `serve` does.

It is never written anywhere. What it holds of an item is used only as long as the item's files stand
as they stood, and the archive's rules are the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import time_ns
from typing import TYPE_CHECKING, Any

from .anchor_lock import Pin
from .file_states import State
from .item_keys import states_of
from .items import ArchiveRules, Item, read_document
from .leaks import Gate
from .model import Document, Edition
from .project import Project

if TYPE_CHECKING:
    from .views import EditionView


@dataclass(frozen=True, slots=True)
class Read:
    """Hold an item that was read, and how its files stood at the moment *at*, before they were read."""

    item: Item
    states: Mapping[str, State]
    at: int


class Interrupted(BaseException):
    """Say that a build was left off, because what it builds from has changed meanwhile."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """Hold what an item's captures say, read with the *pins* of its lock file, and how they stood then."""

    slug: str
    document: Document
    pins: Sequence[Pin]
    states: Mapping[str, State]
    at: int


@dataclass(slots=True)
class Memory:
    """Hold items as they were read by *rules*, and their views.

    *editions* are what the last build showed, by slug, *gate* what it was searched by; *pages* makes an
    item's pages as that build made them. There is no gate where that build withheld what is unknown.
    *shown* are the digests of pages that were put in place since then.
    *store* keeps what is made of items, in the cache. *pause* is called between two pages, and may raise `Interrupted`.
    *parsed* is the item that was shown last.
    """

    rules: ArchiveRules | None = None
    editions: Mapping[str, Edition] = field(default_factory=dict)
    gate: Gate | None = None
    pages: Any = None
    shown: dict[str, str] = field(default_factory=dict)
    store: Any = None
    pause: Callable[[], None] = lambda: None
    items: dict[str, Read] = field(default_factory=dict)
    views: dict[str, "EditionView"] = field(default_factory=dict)
    parsed: Parsed | None = None

    def follow(self, rules: ArchiveRules) -> None:
        """Forget the items if the archive's rules are not those that they were read by."""
        if self.rules is None or _words(rules) != _words(self.rules):
            self.items = {}
        self.rules = rules

    def item(self, slug: str, states: Mapping[str, State] | None) -> Item | None:
        """Return an item that was read, if its files stand as they stood."""
        read = self.items.get(slug)
        if read is None or read.states != states:
            return None
        is_settled = all(one.is_settled(read.at) for one in read.states.values())
        return read.item if is_settled else None

    def keep(
        self,
        items: Mapping[str, Item],
        states: Mapping[str, Mapping[str, State] | None],
        at: int,
    ) -> None:
        """Keep items whose files stood so at the moment *at*, and no others."""
        kept = {}
        for slug, item in items.items():
            found, before = states[slug], self.items.get(slug)
            if before is not None and before.item is item and before.states == found:
                kept[slug] = before
            elif found is not None:
                kept[slug] = Read(item, found, at)
        self.items = kept

    def document(self, project: Project, slug: str, pins: Sequence[Pin]) -> Document:
        """Return what an item's captures say; those of the item asked for last are not read again.

        Raises what `read_document` raises.
        """
        at, states, known = time_ns(), _of_captures(project, slug), self.parsed
        is_same = known and (known.slug, known.pins, known.states) == (slug, pins, states)
        if known and is_same and all(one.is_settled(known.at) for one in known.states.values()):
            return known.document
        document = read_document(project, slug, pins)
        self.parsed = Parsed(slug, document, pins, states, at)
        return document

    def view(self, edition: Edition, per_page: int) -> "EditionView":
        """Return the view of an edition: the same one as long as the edition is the same."""
        from .views import EditionView

        slug = edition.document.slug
        found = self.views.get(slug)
        if found is None or not edition.digest or _said(found) != (edition.digest, per_page):
            found = self.views[slug] = EditionView(edition, per_page)
        return found


def _of_captures(project: Project, slug: str) -> Mapping[str, State]:
    states = states_of(project, slug)
    return {name: one for name, one in states.items() if name.startswith("captures/")}


def _words(rules: ArchiveRules) -> tuple[object, ...]:
    """Return what rules say, by which they can be compared."""
    entries = rules.glossary.entries if rules.glossary else ()
    return replace(rules, glossary=None), tuple(entries)


def _said(view: "EditionView") -> tuple[str, int]:
    return view.edition.digest, view.per_page
