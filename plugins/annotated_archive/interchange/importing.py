"""Import annotations from outside into an item's annotations file; none is lost, none is guessed.

What is certain to belong somewhere is written as it is. What is not is written as a draft, with the
reason above it. What is there already, what another file makes, and what says something withheld is
only reported.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from ..annotation_files import entry_requests
from ..annotations import KINDS
from ..cross_references import destination, places_in
from ..entries.annotate import Room, entry_problems, open_room, stranger, unshowable
from ..entries.annotation_entries import TO_WRITE, NewEntry, add_entries
from ..entries.entry_selectors import Values, free_id, selection
from ..errors import Problem
from ..files import write_atomically
from ..folding import fold, term_pattern
from ..lock import hold
from ..model import Annotation, Target
from ..project import Project
from ..wording import plural
from ..yaml_file import YamlFile
from .foreign_entries import kind_of, own_id, said, unplaced
from .foreign_places import Found, Ground, find_foreign, other_subject
from .web_annotations import MAX_BYTES, Foreign, read_foreign

_UNCHECKED = "the item's own address is not recorded, so whether they are about it was not checked"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Say what became of one annotation: anchored, a draft, there already, or not written."""

    number: int
    id: str
    state: str
    reason: str = ""

    @property
    def text(self) -> str:
        """Return one line about it.

        >>> Outcome(2, "rain", "draft", "its words do not occur here").text
        '2. rain: draft: its words do not occur here'
        """
        return ": ".join(
            part for part in (f"{self.number}. {self.id}", self.state, self.reason) if part
        )


@dataclass(frozen=True, slots=True)
class Imported:
    """Hold what became of each annotation of a file, and the annotations file that was written."""

    path: Path
    outcomes: tuple[Outcome, ...]
    notes: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """Return a line for each annotation, and one that counts them."""
        counts = Counter(one.state for one in self.outcomes)
        states = ", ".join(f"{count} {state}" for state, count in counts.items())
        total = f"{plural(len(self.outcomes), 'annotation')}: {states or 'nothing to import'}"
        return (*(one.text for one in self.outcomes), *self.notes, total)


@dataclass
class _Work:
    """Hold what is known of an item, and gather entries for it."""

    room: Room
    leading: frozenset[str]
    entries: list[NewEntry] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    made: dict[str, Annotation] = field(default_factory=dict)
    values: dict[str, Values] = field(default_factory=dict)

    @cached_property
    def secret(self) -> re.Pattern[str]:
        """Return what finds anything withheld."""
        return term_pattern(one.words for one in self.room.item.secrets)


def import_annotations(project: Project, slug: str, path: Path) -> Imported:
    """Add the annotations of the file *path* to those of the item *slug*, and say what became of each.

    Raises `Problem` or `Problems` where the file holds none that are known, and where the item or
    its annotations file cannot be read; then nothing is written.
    """
    if path.stat().st_size > MAX_BYTES:
        fault = f"the file is larger than {MAX_BYTES:,} bytes"
        raise Problem("import", fault, path=path, remedy="split it")
    foreign = read_foreign(path.read_bytes(), str(path))
    with hold(project):
        room = open_room(project, slug)
        work = _start(room, foreign)
        ground = Ground(room.places)
        for number, one in enumerate(foreign, 1):
            _take(one, number, ground, work)
        if work.entries:
            text = add_entries(room.text, work.entries, project.shown(room.path))
            write_atomically(room.path, text.encode())
    unchecked = room.item.edition.document.source is None and any(not one.kind for one in foreign)
    return Imported(room.path, tuple(work.outcomes), (_UNCHECKED,) if unchecked else ())


def _start(room: Room, foreign: Sequence[Foreign]) -> _Work:
    edition = room.item.edition
    leading = {*places_in(edition), *(f"note-{own_id(one)}" for one in foreign if own_id(one))}
    work = _Work(room, frozenset(leading), ids=set(room.ids))
    work.made = {one.id: one for one in edition.annotations}
    work.values = {entry["id"]: entry for entry in room.value.get("annotations") or ()}
    return work


def _take(one: Foreign, number: int, ground: Ground, work: _Work) -> None:
    """Take one annotation: an entry for each place that it is about, or a reason why not."""
    name = own_id(one) or "-"
    made_by = "the glossary" if one.entry else ""
    if name.startswith("from-") and one.place.startswith("commenter:"):
        made_by = "another item's file"
    if made_by or not (one.parts or one.body or one.lost):
        reason = f"it is made by {made_by}" if made_by else ", ".join(one.doubts)
        work.outcomes.append(Outcome(number, name, "not written", reason or "it says nothing"))
        return
    for index, found in enumerate(_each(find_foreign(one, ground), work.room)):
        _enter(one, number, index, found, work)


def _each(found: Sequence[Found], room: Room) -> Sequence[Found]:
    """Part what no single entry can say into several."""
    each: list[Found] = []
    for one in found:
        if len(one.spans) > 1 and selection(room.places, one.place, one.spans) is None:
            each += [Found(one.place, (span,)) for span in one.spans]
        else:
            each.append(one)
    return each


def _enter(one: Foreign, number: int, index: int, found: Found, work: _Work) -> None:
    """Write one entry, unless it is there already, or must not be written."""
    values, doubts = _entry(one, index, found, work)
    base = str(values["id"])
    told = _withheld(values, doubts, work)
    wrong = "; ".join(problem.fault for problem in entry_problems(values))
    if told or wrong:
        reason = f"it says what redaction '{told}' withholds" if told else wrong
        work.outcomes.append(Outcome(number, "-" if told else base, "not written", reason))
        return
    made = _made(values, found, work.room)
    name, is_there = _name(base, values, made, work)
    state = "there already" if is_there else "draft" if doubts else "anchored"
    reason = "" if is_there else "; ".join(doubts) or f"in {found.place}"
    work.outcomes.append(Outcome(number, name, state, reason))
    if not is_there:
        _keep(name, values, made, doubts, work)


def _entry(one: Foreign, index: int, found: Found, work: _Work) -> tuple[Values, list[str]]:
    """Return an entry, and why it is not to be published as it is; the file's defaults are left out."""
    room = work.room
    selected = None if found.reason else selection(room.places, found.place, found.spans)
    where = unplaced(one, index, found) if selected is None else selected
    values = {"kind": kind_of(one), **where, **said(one)}
    for name in ("by", "date"):
        if name in values and values[name] == room.value.get(name):
            del values[name]
    doubts = _doubts(one, index, found, values, work)
    if selected is None and not found.reason:
        doubts.append("no entry can say which words are meant")
    words = str(values.get("quote", "")) or one.body or found.place
    base = own_id(one) or free_id(words, ())
    base = f"note-{base}" if base.startswith(("glossary-", "from-")) else base
    return {"id": base, **values, **({"status": "draft"} if doubts else {})}, doubts


def _keep(
    name: str, values: Values, made: Annotation | None, doubts: Sequence[str], work: _Work
) -> None:
    work.ids.add(name)
    work.values[name] = {**values, "id": name}
    if made:
        work.made[name] = replace(made, id=name)
    comment = f"imported as a draft: {'; '.join(doubts)}" if doubts else ""
    work.entries.append(NewEntry(work.values[name], comment))


def _doubts(one: Foreign, index: int, found: Found, values: Values, work: _Work) -> list[str]:
    """Return why an annotation is not to be published as it is."""
    edition, slug = work.room.item.edition, work.room.slug
    source = one.parts[min(index, len(one.parts) - 1)].source if one.parts else ""
    other = other_subject(source, slug, edition.document.source, bool(one.kind))
    unknown = stranger(work.room, one.by) if one.by else None
    missing = [name for name in KINDS[str(values["kind"])].required if name not in values]
    doubts = [*one.doubts, other, found.reason, unknown.fault if unknown else ""]
    doubts.append(unshowable(work.room, str(values["body"])))
    doubts.append("it has no words of its own" if values["body"] == TO_WRITE else "")
    doubts.append("it leads nowhere" if _is_astray(str(values.get("to", "")), work) else "")
    doubts += [f"it lacks '{name}'" for name in missing]
    return [doubt for doubt in doubts if doubt]


def _is_astray(to: str, work: _Work) -> bool:
    """Tell whether a cross-reference leads where there is nothing, as far as this item can tell."""
    room = work.room
    where = destination(to, room.slug) if to else None
    if where is None:
        return False
    if where.slug == "glossary" and room.rules.glossary:
        known = {"article", *(entry.id for entry in room.rules.glossary.entries)}
        return where.place not in known
    if where.slug != room.slug:
        return not (room.project.captures / where.slug).is_dir()
    return where.place not in work.leading


def _made(values: Values, found: Found, room: Room) -> Annotation | None:
    """Return the annotation that an entry makes; None where it is a draft."""
    if "status" in values:
        return None
    defaults = {name: room.value[name] for name in ("by", "date") if name in room.value}
    value = {**defaults, "annotations": [values]}
    request = entry_requests(YamlFile(value), value, "")[0]
    places = room.places.authors.get(request.commenter, ()) or (found.place,)
    targets = [Target(found.place, span.start, span.end) for span in found.spans]
    return request.annotation.at(tuple(targets or map(Target, places)))


def _withheld(values: Values, doubts: Sequence[str], work: _Work) -> str:
    """Return the id of the redaction that withholds what an entry says, or an empty string."""
    text = " ".join([*map(str, values.values()), *doubts])
    found = work.room.item.secrets and work.secret.search(fold(text))
    return work.room.withholds(text) if found else ""


def _name(base: str, values: Values, made: Annotation | None, work: _Work) -> tuple[str, bool]:
    """Return an id that is free, or the one under which the same annotation is there already."""
    name, number = base, 1
    while name in work.ids:
        if _is_same(values, work.values.get(name)):
            return name, True
        held = work.made.get(name)
        if made and held and replace(made, id=name) == held:
            return name, True
        number += 1
        name = f"{base}-{number}"
    return name, False


def _is_same(values: Values, other: Values | None) -> bool:
    """Tell whether two entries say the same, whatever their ids, drafts or not."""
    own = {"id": "", "status": ""}
    return other is not None and {**values, **own} == {**other, **own}
